"""Checking: every mistake of a project, found before anything is deployed.

User code (models and flows) is imported in worker processes only; what they find travels as values.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typedflow.check._codes import unknown as unknown
    from typedflow.check._difference import difference as difference
    from typedflow.check._engine import Progress as Progress
    from typedflow.check._facts import Facts as Facts
    from typedflow.check._fixes import mended as mended
    from typedflow.check._mends import Judge as Judge
    from typedflow.check._mends import Mends as Mends
    from typedflow.check._mends import try_mends as try_mends
    from typedflow.check._run import Options as Options
    from typedflow.check._run import check as check
    from typedflow.check._run import located as located
else:
    from typedflow.values import lazy_names

    __getattr__, __dir__, __all__ = lazy_names(__name__)
