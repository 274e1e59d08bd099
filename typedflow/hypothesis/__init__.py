"""Hypothesis for configs: strategies of configs, files, layers and faults, and laws that hold for all of them.

``from typedflow.hypothesis import configs, laws`` needs ``typedflow[hypothesis]``. Nothing is registered with
Hypothesis, and nothing runs because somebody imports it.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typedflow.hypothesis._configs import configs as configs
    from typedflow.hypothesis._documents import documents as documents
    from typedflow.hypothesis._faults import Fault as Fault
    from typedflow.hypothesis._faults import faults as faults
    from typedflow.hypothesis._fuzz import Verdict as Verdict
    from typedflow.hypothesis._fuzz_worker import Asked as Asked
    from typedflow.hypothesis._fuzz_worker import verdicts as verdicts
    from typedflow.hypothesis._law import LawBroken as LawBroken
    from typedflow.hypothesis._laws import laws as laws
    from typedflow.hypothesis._overlays import overlays as overlays
    from typedflow.hypothesis._replay import Replay as Replay
    from typedflow.hypothesis._replay import read_replay as read_replay
    from typedflow.hypothesis._replay import replay as replay
    from typedflow.hypothesis._replay import replay_text as replay_text
    from typedflow.hypothesis._replay import test_text as test_text
    from typedflow.hypothesis._stacks import Stack as Stack
    from typedflow.hypothesis._stacks import stacks as stacks
else:
    from typedflow.values import lazy_names

    __getattr__, __dir__, __all__ = lazy_names(__name__)
