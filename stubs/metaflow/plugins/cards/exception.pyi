# Made by typedflow's stubs/generate.py from metaflow-stubs (Apache-2.0) and patches: do not edit.
import metaflow.exception
import typing

from ...exception import MetaflowException as MetaflowException

TYPE_CHECK_REGEX: str

class CardClassFoundException(metaflow.exception.MetaflowException):
    def __init__(self, card_name: typing.Any) -> None: ...

class TypeRequiredException(metaflow.exception.MetaflowException):
    def __init__(self) -> None: ...

class CardNotPresentException(metaflow.exception.MetaflowException):
    def __init__(
        self,
        pathspec: typing.Any,
        card_type: typing.Any = None,
        card_hash: typing.Any = None,
        card_id: typing.Any = None,
    ) -> None: ...

class TaskNotFoundException(metaflow.exception.MetaflowException):
    def __init__(self, pathspec_query: typing.Any, resolved_from: typing.Any, run_id: typing.Any = None) -> None: ...

class IncorrectCardArgsException(metaflow.exception.MetaflowException):
    def __init__(self, card_type: typing.Any, args: typing.Any) -> None: ...

class UnrenderableCardException(metaflow.exception.MetaflowException):
    def __init__(self, card_type: typing.Any, args: typing.Any) -> None: ...

class UnresolvableDatastoreException(metaflow.exception.MetaflowException):
    def __init__(self, task: typing.Any) -> None: ...

class IncorrectArgumentException(metaflow.exception.MetaflowException):
    def __init__(self, obj_type: typing.Any) -> None: ...

class IncorrectPathspecException(metaflow.exception.MetaflowException):
    def __init__(self, pthspec: typing.Any) -> None: ...

class ComponentOverwriteNotSupportedException(metaflow.exception.MetaflowException):
    def __init__(self, component_id: typing.Any, card_id: typing.Any, card_type: typing.Any) -> None: ...
