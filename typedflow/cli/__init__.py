"""The command line: one file per command, from arguments to an exit code. The only package that prints.

Exit codes: 0 success; 1 errors in files, configs or models; 2 an invalid command line (an option, or a project, flow,
binding, environment or key path that does not exist), or an internal error; 130 interrupted. ``run`` returns the exit
code of the flow that it starts.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typedflow.cli._main import main as main
else:
    from typedflow.values import lazy_names

    __getattr__, __dir__, __all__ = lazy_names(__name__)
