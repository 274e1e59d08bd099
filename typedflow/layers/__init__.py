"""Layers and how they merge: a stack of parsed sources becomes one tree, and every leaf of it has an origin.

Merging knows the model only through a ``Plan``, which ``models`` makes; nothing here imports Pydantic.

Models name merge rules, and tasks load models: only the rules are loaded then, the rest when it is first used.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typedflow.layers._aliases import normalize_path as normalize_path
    from typedflow.layers._default_values import Default as Default
    from typedflow.layers._default_values import DefaultValue as DefaultValue
    from typedflow.layers._directives import NO_DIRECTIVES as NO_DIRECTIVES
    from typedflow.layers._directives import Directives as Directives
    from typedflow.layers._directives import Extended as Extended
    from typedflow.layers._hints import null_hint as null_hint
    from typedflow.layers._hints import value_hint as value_hint
    from typedflow.layers._history import FactoryValues as FactoryValues
    from typedflow.layers._inline import DIRECTIVES as DIRECTIVES
    from typedflow.layers._inline import meant_directive as meant_directive
    from typedflow.layers._inline_plans import typed_places as typed_places
    from typedflow.layers._layer import Layer as Layer
    from typedflow.layers._layer import Rank as Rank
    from typedflow.layers._layer import layer as layer
    from typedflow.layers._layer import may_have_directives as may_have_directives
    from typedflow.layers._layer import section_layer as section_layer
    from typedflow.layers._layer import without_schema as without_schema
    from typedflow.layers._merge import Merged as Merged
    from typedflow.layers._merge import layers_of as layers_of
    from typedflow.layers._merge import merge as merge
    from typedflow.layers._merge import with_directives as with_directives
    from typedflow.layers._plan import UNTYPED as UNTYPED
    from typedflow.layers._plan import FieldKeys as FieldKeys
    from typedflow.layers._plan import Merge as Merge
    from typedflow.layers._plan import Plan as Plan
    from typedflow.layers._provenance import provenance as provenance
    from typedflow.layers._reference import Reference as Reference
    from typedflow.layers._shared_findings import bad_directive as bad_directive
    from typedflow.layers._shared_findings import circular_reference as circular_reference
    from typedflow.layers._shared_findings import unknown_key as unknown_key
    from typedflow.layers._through import through as through
else:
    from typedflow.values import lazy_names

    __getattr__, __dir__, __all__ = lazy_names(__name__)
