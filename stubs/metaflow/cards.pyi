# Made by typedflow's stubs/generate.py from metaflow-stubs (Apache-2.0) and patches: do not edit.
import typing

from .plugins.cards.card_client import get_cards as get_cards
from .plugins.cards.card_modules.card import MetaflowCardComponent as MetaflowCardComponent
from .plugins.cards.card_modules.card import MetaflowCard as MetaflowCard
from .plugins.cards.card_modules.components import Artifact as Artifact
from .plugins.cards.card_modules.components import Table as Table
from .plugins.cards.card_modules.components import Image as Image
from .plugins.cards.card_modules.components import Error as Error
from .plugins.cards.card_modules.components import Markdown as Markdown
from .plugins.cards.card_modules.components import VegaChart as VegaChart
from .plugins.cards.card_modules.components import ProgressBar as ProgressBar
from .plugins.cards.card_modules.components import ValueBox as ValueBox
from .plugins.cards.card_modules.components import PythonCode as PythonCode
from .plugins.cards.card_modules.components import EventsTimeline as EventsTimeline
from .plugins.cards.card_modules.components import JSONViewer as JSONViewer
from .plugins.cards.card_modules.components import YAMLViewer as YAMLViewer
from .plugins.cards.card_modules.basic import DefaultCard as DefaultCard
from .plugins.cards.card_modules.basic import PageComponent as PageComponent
from .plugins.cards.card_modules.basic import ErrorCard as ErrorCard
from .plugins.cards.card_modules.basic import BlankCard as BlankCard
