"""The command line: one file per command, from arguments to an exit code. The only room that prints.

Exit codes: 0 fine; 1 findings, something is wrong in files, configs or models; 2 the command line is wrong (an
option, or a project, flow, binding, environment or key path that is not there), or typedflow itself is; 130
interrupted. ``run`` gives the code of the flow that it starts.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typedflow.cli._main import main as main
else:
    from typedflow.values import lazy_names

    __getattr__, __dir__, __all__ = lazy_names(__name__)
