# Made by typedflow's stubs/generate.py from metaflow-stubs (Apache-2.0) and patches: do not edit.
import typing

from . import s3 as s3
from .s3 import RangeInfo as RangeInfo
from .s3 import S3 as S3
from .s3 import S3GetObject as S3GetObject
from .s3 import S3Object as S3Object
from .s3 import S3PutObject as S3PutObject
from .s3 import MetaflowS3InvalidObject as MetaflowS3InvalidObject
from .s3 import MetaflowS3URLException as MetaflowS3URLException
from .s3 import MetaflowS3Exception as MetaflowS3Exception
from .s3 import MetaflowS3NotFound as MetaflowS3NotFound
from .s3 import MetaflowS3AccessDenied as MetaflowS3AccessDenied
from .s3 import MetaflowS3InvalidRange as MetaflowS3InvalidRange
