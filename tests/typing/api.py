"""The public API as a program that type checkers judge; it is never run."""

import json
from os import environ
from pathlib import Path
from typing import Annotated, Any

from metaflow.cards import Markdown
from metaflow.flowspec import FlowSpec
from pydantic import BaseModel
from typing_extensions import assert_type

from typedflow import (
    Config,
    ConfigModel,
    Diagnostic,
    Merge,
    Project,
    SettingsMixin,
    SystemSettings,
    Template,
    TypedflowError,
    config_expr,
    config_table,
    ref,
)


class Schedule(ConfigModel):
    """A sub-model."""

    cron: str = "0 0 * * *"


class Settings(ConfigModel):
    """A model."""

    schedule: Schedule = Schedule()
    features: Annotated[list[str], Merge.append] = []
    table: Annotated[list[dict[str, str]], Merge.by_key("name")] = []
    prompt: Annotated[str, Template] = "{{ question }}"
    prompts: Annotated[dict[str, list[str]], Template, Merge.replace] = {}
    output: Annotated[Path, Template] | None = None
    system: SystemSettings = SystemSettings()


class Plain(BaseModel):
    """A model that is not a ConfigModel."""

    a: int = 1


class Training(SettingsMixin[Settings], FlowSpec):
    """A flow: values are typed at class level and in steps."""

    config = Config("config", model=Settings, default="config.toml", help="What to train with.")
    plain = Config("plain", model=Plain, default_value={"a": 2}, required=True, parser="json.loads")
    instance = Config("instance", model=Plain, default_value=Plain(a=3))
    cron = config.schedule.cron
    required = Config("required", model=Plain, required=True)
    made = Config("made", model=Plain, default=lambda _: None)
    loaded = Config("loaded", model=Plain, default_value=json.loads("{}"))
    given = Config("given", model=Plain, default_value=lambda _: {"a": 1})
    maybe = Config("maybe", model=Settings)
    none = Config("none", model=Plain, default_value=None)
    sure = Config("sure", model=Plain, default_value=None, required=True)
    optional = Config("optional", model=Plain, default_value=environ.get("PLAIN"))
    perhaps = Config("perhaps", model=Plain, default=None, required=False, parser="json.loads")

    def start(self) -> None:
        """A step."""
        assert_type(self.config, Settings)
        assert_type(self.config.schedule.cron, str)
        assert_type(self.cron, str)
        assert_type(self.plain.a, int)
        assert_type(self.instance, Plain)
        assert_type(self.required, Plain)
        assert_type(self.made, Plain)
        assert_type(self.given.a, int)
        assert_type(self.loaded, Plain | Any)  # what is Any may be None
        assert_type(self.none, Plain | None)
        assert_type(self.sure, Plain)
        assert_type(self.optional, Plain | None)
        assert_type(self.maybe, Settings | None)
        assert_type(self.perhaps, Plain | None)
        if self.maybe is not None:
            assert_type(self.maybe.schedule.cron, str)
        assert_type(self.settings, Settings)
        assert_type(self.settings.features, list[str])
        assert_type(self.settings.prompt, str)
        assert_type(self.settings.prompts, dict[str, list[str]])
        assert_type(self.settings.output, Path | None)
        assert_type(self.settings.system.commit, str | None)
        self.show_settings(exclude_patterns=["table"])
        assert_type(config_table(self), Markdown)
        assert_type(config_table(self, "plain"), Markdown)


assert_type(ref(Settings, "settings"), Settings)
assert_type(ref(Settings, "settings").schedule.cron, str)
assert_type(Training.config.schedule, Schedule)
assert_type(Training.maybe, Settings | None)
assert_type(ref(Settings, "maybe").schedule, Schedule)


def takes(**values: object) -> None:
    """What a decorator does."""


takes(**Settings().schedule, cpu=config_expr("config.schedule.cron"))


def explain(error: TypedflowError) -> list[Diagnostic]:
    """Diagnostics are data."""
    return [diagnostic for diagnostic in error.diagnostics if diagnostic.rule.code == "TF302"]


def python_api(project: Project[Any], typed: Project[Settings]) -> None:
    """A project is generic in its model."""
    assert_type(Project.open("."), Project[Any])
    assert_type(Project.open(Path(), model=Settings), Project[Settings])
    assert_type(project.resolve("training"), Any)
    assert_type(typed.resolve("training", binding="EXP_01", overrides={"schedule.cron": "@daily"}), Settings)
    assert_type(typed.resolved().settings.schedule.cron, str)
    assert_type(typed.resolved().digest, str)
    assert_type(typed.resolve("serving", model=Plain), Plain)
    assert_type(project.resolved("serving", model=Plain).settings, Plain)
    assert_type([variant.binding for variant in typed.variants("training")], list[str])
    assert_type([unit.bindings for unit in typed.units()], list[tuple[str, ...]])
    assert_type(typed.check(select=["TF3"]).diagnostics, tuple[Diagnostic, ...])
    assert_type(typed.run("training").exit_code, int)
    assert_type([run.pathspec for run in typed.run_many(["training"], bindings=["EXP_*"])], list[str | None])
    assert_type(typed.run_many(jobs=2, on_progress=lambda progress: progress.latest)[0].log, Path)
    assert_type(typed.deploy(target="airflow", dry_run=True).has_errors, bool)
    assert_type([past.pathspec for past in typed.runs(where="run.successful")], list[str])
    assert_type(typed.diff("training", "EXP_01", "EXP_02").same, int)
    assert_type(typed.lock(check=True).variants, int)
