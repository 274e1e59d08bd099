# Made by typedflow's stubs/generate.py from metaflow-stubs (Apache-2.0) and patches: do not edit.
import metaflow
import typing

from .exception import UnresolvableDatastoreException as UnresolvableDatastoreException
from .exception import IncorrectArgumentException as IncorrectArgumentException
from .exception import IncorrectPathspecException as IncorrectPathspecException

CARD_SUFFIX: str

class Card:
    def __init__(
        self,
        card_ds: typing.Any,
        type: typing.Any,
        path: typing.Any,
        hash: typing.Any,
        id: typing.Any = None,
        html: typing.Any = None,
        created_on: typing.Any = None,
        from_resumed: typing.Any = False,
        origin_pathspec: typing.Any = None,
    ) -> None: ...
    def get_data(self) -> dict[typing.Any, typing.Any] | None: ...
    def get(self) -> str: ...
    @property
    def path(self) -> str: ...
    @property
    def id(self) -> str | None: ...
    def __str__(self) -> str: ...
    def view(self) -> typing.Any: ...

class CardContainer:
    def __init__(self, card_paths: typing.Any, card_ds: typing.Any, origin_pathspec: typing.Any = None) -> None: ...
    def __len__(self) -> int: ...
    def __iter__(self) -> typing.Iterator[typing.Any]: ...
    def __getitem__(self, index: typing.Any) -> typing.Any: ...

def get_cards(
    task: str | metaflow.Task, id: str | None = None, type: str | None = None, follow_resumed: bool = True
) -> CardContainer: ...
