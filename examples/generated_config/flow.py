"""A config that is generated at launch: which commit does this run come from?"""

import subprocess
from pathlib import Path

from metaflow import FlowSpec, step

from typedflow import Config, ConfigModel

HERE = Path(__file__).parent


class Git(ConfigModel):
    """The state of the working tree at launch."""

    commit: str
    branch: str
    clean: bool


def git_state(_):
    """Run git; Metaflow passes a context (of flow and parameter) that is not needed here."""
    return Git(
        commit=git("rev-parse", "HEAD"),
        branch=git("rev-parse", "--abbrev-ref", "HEAD"),
        clean=not git("status", "--porcelain"),
    )


def git(*arguments: str) -> str:
    """Return the output of git in the directory of this file."""
    return subprocess.check_output(["git", *arguments], cwd=HERE, text=True).strip()  # noqa: S603, S607


class GeneratedFlow(FlowSpec):
    """Every task sees the values from launch; no task runs git."""

    source = Config("source", model=Git, default_value=git_state)

    @step
    def start(self):
        print(f"commit {self.source.commit[:8]} of {self.source.branch}, clean: {self.source.clean}")
        self.next(self.end)

    @step
    def end(self):
        pass


if __name__ == "__main__":
    GeneratedFlow()
