"""``typedflow completion``: print the code that enables shell completion."""

import argparse

from typedflow.cli import _parser

_EXAMPLES = """\
examples:
  eval "$(typedflow completion bash)"                                        in ~/.bashrc
  eval "$(typedflow completion zsh)"                                         in ~/.zshrc
  typedflow completion fish > ~/.config/fish/completions/typedflow.fish
"""


def add(commands: _parser.Commands) -> None:
    """Add the command."""
    parser = _parser.add_command(commands, "completion", run, "print the code that enables shell completion", _EXAMPLES)
    parser.add_argument("shell", metavar="SHELL", choices=("bash", "zsh", "fish"), help="bash, zsh or fish")


def run(arguments: argparse.Namespace) -> int:
    """Print the code for a shell."""
    from argcomplete.shell_integration import shellcode

    from typedflow.cli._console import put

    code = shellcode(["typedflow"], shell=arguments.shell)
    put(code.rstrip("\n") + "\n")
    return 0
