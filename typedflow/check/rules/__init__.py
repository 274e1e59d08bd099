"""The rules that only a check can report, one in each file, which is named like the rule.

Other rules are reported where a config is read, merged, validated or run; `typedflow/explanations` explains them all.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typedflow.check.rules._by_subject import of_cases as of_cases
    from typedflow.check.rules._by_subject import of_files as of_files
    from typedflow.check.rules._by_subject import of_layer as of_layer
    from typedflow.check.rules._by_subject import of_model as of_model
    from typedflow.check.rules._by_subject import of_settings as of_settings
    from typedflow.check.rules._by_subject import of_subject as of_subject
    from typedflow.check.rules._by_subject import of_typed_layer as of_typed_layer
else:
    from typedflow.values import lazy_names

    __getattr__, __dir__, __all__ = lazy_names(__name__)
