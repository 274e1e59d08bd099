# Made by typedflow's stubs/generate.py from metaflow-stubs (Apache-2.0) and patches: do not edit.
import metaflow.plugins.cards.card_modules.card
import typing

from .card import MetaflowCardComponent as MetaflowCardComponent
from .card import with_default_component_id as with_default_component_id

class JSONViewer(metaflow.plugins.cards.card_modules.card.MetaflowCardComponent):
    def __init__(
        self,
        data: typing.Any,
        collapsible: bool = True,
        max_height: str | None = None,
        show_copy_button: bool = True,
        title: str | None = None,
    ) -> None: ...
    def update(self, data: typing.Any) -> typing.Any: ...
    def render(self, *args: typing.Any, **kwargs: typing.Any) -> typing.Any: ...

class YAMLViewer(metaflow.plugins.cards.card_modules.card.MetaflowCardComponent):
    def __init__(
        self,
        data: typing.Any,
        collapsible: bool = True,
        max_height: str | None = None,
        show_copy_button: bool = True,
        title: str | None = None,
    ) -> None: ...
    def update(self, data: typing.Any) -> typing.Any: ...
    def render(self, *args: typing.Any, **kwargs: typing.Any) -> typing.Any: ...
