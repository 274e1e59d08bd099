"""Check a project: report every mistake before anything is deployed.

User code (models and flows) is imported only in worker processes, which return their findings as values.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typedflow.check._engine import Progress as Progress
    from typedflow.check._facts import Facts as Facts
    from typedflow.check._fix_trials import Judge as Judge
    from typedflow.check._fix_trials import TriedFixes as TriedFixes
    from typedflow.check._fix_trials import try_fixes as try_fixes
    from typedflow.check._fixes import apply_fixes as apply_fixes
    from typedflow.check._patch import unified_patch as unified_patch
    from typedflow.check._rule_selection import unknown_rules as unknown_rules
    from typedflow.check._run import Options as Options
    from typedflow.check._run import check as check
    from typedflow.check._run import located as located
else:
    from typedflow.values import lazy_names

    __getattr__, __dir__, __all__ = lazy_names(__name__)
