"""Mistakes in configs and expressions: diagnostics on one screen, no traceback, nothing left behind."""

import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from threading import Thread

import pytest

Flow = Callable[..., subprocess.CompletedProcess[str]]


def _heads(run: subprocess.CompletedProcess[str]) -> list[str]:
    """Return each diagnostic's first line up to its rule."""
    return re.findall(r"^(\S.*?(?:error|warning) TF\d+ [\w-]+):", run.stdout, re.MULTILINE)


def test_every_mistake_of_a_file_is_reported(flow: Flow, here: Path) -> None:
    """Unknown, misspelt, ill-typed and ill-shaped values are reported together, at their places, with what to do."""
    (here / "bad.yaml").write_text(
        "schedule:\n  crn: '5 4 * * *'\nmodel:\n  learning_rate: fast\nsize: huge\nresources: 3\ntuned-kye: 1\n"
    )
    run = flow("small.py", "--config", "config", "bad.yaml", "run")
    assert run.returncode == 1
    assert "Traceback" not in run.stdout
    assert run.stdout[run.stdout.index("bad.yaml") :] == (
        """\
bad.yaml:2:3: error TF302 unknown-key: `schedule.crn` is not a field of Schedule
  2 |   crn: '5 4 * * *'
    |   ^^^ did you mean `cron`?
  = declared at models.py:20 (class Schedule)
bad.yaml:4:18: error TF301 invalid-value: `model.learning_rate` is 'fast': input should be a valid number, \
unable to parse string as a number
  4 |   learning_rate: fast
    |                  ^^^^
  = declared at models.py:29 (class Model)
bad.yaml:5:7: error TF301 invalid-value: `size` is 'huge': input should be 'small' or 'large'
  5 | size: huge
    |       ^^^^
  = declared at models.py:58 (class TrainConfig)
bad.yaml:6:12: error TF301 invalid-value: `resources` is 3: input should be a mapping
  6 | resources: 3
    |            ^
  = declared at models.py:57 (class TrainConfig)
bad.yaml:7:1: error TF302 unknown-key: `"tuned-kye"` is not a field of TrainConfig
  7 | tuned-kye: 1
    | ^^^^^^^^^ did you mean `tuned-key`?
  = declared at models.py:52 (class TrainConfig)
5 problems
"""
    )
    assert not list(here.glob(".metaflow/SmallFlow/*/*"))


@pytest.mark.parametrize(
    ("name", "content", "head"),
    [
        ("a.toml", b"a = [", "a.toml:1:6: error TF101 invalid-syntax"),
        ("a.yaml", b"a: 1\na: 2\n", "a.yaml:2:1: error TF102 duplicate-key"),
        ("a.json", b'{"a": NaN}', "a.json:1:7: error TF103 not-finite"),
        ("a.yaml", b"a: !!python/object:os.system x\n", "a.yaml:1:4: error TF105 unsupported-tag"),
        ("a.yaml", b"- 1\n", "a.yaml:1:1: error TF106 not-a-mapping"),
        ("a.yaml", b"a: \xff\n", "a.yaml:1:4: error TF107 not-text"),
    ],
)
def test_a_file_that_cannot_be_read(flow: Flow, here: Path, name: str, content: bytes, head: str) -> None:
    """Bad syntax, duplicate keys, values that JSON lacks, objects and bad encodings are diagnostics at their place."""
    (here / name).write_bytes(content)
    run = flow("small.py", "--config", "config", name, "run")
    assert run.returncode == 1
    assert head in _heads(run), run.stdout
    assert "Traceback" not in run.stdout


@pytest.mark.parametrize(
    ("arguments", "variables", "text"),
    [
        (
            ["--config", "config", "othr.yaml"],
            {},
            "the file `othr.yaml` does not exist\n  = help: did you mean `other.yaml`?",
        ),
        (["--config", "config", "."], {}, "the file cannot be read: it is a directory, not a regular file"),
        (
            ["--config", "config", "small.py"],
            {},
            "small.py: error TF111 unknown-format: the file name has no known format",
        ),
        ([], {"METAFLOW_FLOW_CONFIG": '{"config": "nope.toml"}'}, "the file `nope.toml` does not exist"),
        ([], {"METAFLOW_FLOW_CONFIG": "config=x"}, "METAFLOW_FLOW_CONFIG must be a JSON object by config name"),
        ([], {"METAFLOW_FLOW_CONFIG_VALUE": "x"}, "METAFLOW_FLOW_CONFIG_VALUE must be a JSON object by config name"),
        (
            [],
            {"TYPEDFLOW__CONFIG__NAEM": "x"},
            "TYPEDFLOW__CONFIG__NAEM: error TF302 unknown-key: `naem` is not a field",
        ),
        ([], {"TYPEDFLOW__CONFIG__MODEL": "{"}, "TYPEDFLOW__CONFIG__MODEL: error TF507 bad-option"),
        (
            [],
            {"TYPEDFLOW__CONFG__NAME": "x"},
            "and the config is `config`\n  = help: did you mean `TYPEDFLOW__CONFIG__NAME`?\n",
        ),
        (
            ["--config-value", "config", "{}"],
            {},
            "--config-value config: error TF303 missing-key: `schedule` is missing",
        ),
    ],
)
def test_a_config_that_is_given_wrongly(flow: Flow, arguments: list[str], variables: dict[str, str], text: str) -> None:
    """Files, values and variables that do not serve are named as they were given."""
    run = flow("small.py", *arguments, "run", **variables)
    assert run.returncode == 1
    assert text in run.stdout
    assert "Traceback" not in run.stdout


@pytest.mark.parametrize("name", ["pipe", "pipe.yaml"])
def test_a_config_comes_through_a_pipe(flow: Flow, here: Path, name: str) -> None:
    """As the shell's ``<(...)`` gives it; its text is read once, and a value in it has its place."""
    os.mkfifo(here / name)
    writer = Thread(target=(here / name).write_text, args=["name: 1\nschedule: {}\n"])
    writer.start()
    run = flow("small.py", "--config", "config", name, "show")
    writer.join()
    assert run.returncode == 1
    assert f"{name}:1:7: error TF301 invalid-value" in run.stdout


def test_the_default_file_is_missing(flow: Flow, here: Path) -> None:
    """A default file that does not exist is a diagnostic at the line that names it."""
    (here / "myconfig.toml").unlink()
    run = flow("small.py", "run")
    assert run.returncode == 1
    assert _heads(run) == ["small.py:10:5: error TF505 missing-file"]
    assert "the file `myconfig.toml` does not exist" in run.stdout


def test_all_configs_of_a_flow_are_reported(flow: Flow, here: Path) -> None:
    """A mistake in one config does not hide those in another."""
    (here / "myconfig.toml").write_text("size = 'large'\n")
    run = flow("two.py", "--config-value", "small", '{"sise": 1}', "run")
    assert sorted(_heads(run)) == [
        "--config-value small:1:2: error TF302 unknown-key",
        "myconfig.toml: error TF303 missing-key",
    ], run.stdout


def test_every_typo_of_a_flow_is_reported(flow: Flow) -> None:
    """Mistakes in decorators, expressions and Parameter defaults are reported together, at their column."""
    run = flow("typos.py", "run")
    assert run.returncode == 1
    assert "Traceback" not in run.stdout
    assert _heads(run) == [
        "typos.py:11:45: error TF401 unknown-name",
        "typos.py:14:47: error TF401 unknown-name",
        "typos.py:16:37: error TF401 unknown-name",
        "typos.py:16:70: error TF401 unknown-name",
        "typos.py:19:29: error TF401 unknown-name",
        "typos.py:20:31: error TF401 unknown-name",
        "typos.py:21:51: error TF401 unknown-name",
        "typos.py:23:31: error TF402 expression-failed",
        "typos.py:25:31: error TF402 expression-failed",
        "typos.py:26:30: error TF401 unknown-name",
        "typos.py:27:13: error TF403 no-plain-value",
        "typos.py:28:47: error TF401 unknown-name",
        "typos.py:29:47: error TF401 unknown-name",
        "typos.py:36:5: error TF403 no-plain-value",
        "typos.py:37:25: error TF401 unknown-name",
    ]
    for advice in ("`cron`", "`learning_rate`", "`cpu`", "`memory`", "`my-key`", "`config`", "`depth`", "`resources`"):
        assert f"did you mean {advice}?" in run.stdout


def test_parsers_and_required_configs_that_fail(flow: Flow) -> None:
    """A parser that raises or gives no mapping, a config without value, a default that fails: all at once."""
    run = flow("defaults.py", "run", FAIL="1")
    assert run.returncode == 1
    assert "default_value of config `failing`: KeyError: 'nothing'\n  = raised at defaults.py:17" in run.stdout
    assert re.search(r"defaults\.py:\d+:1: error TF110 default-failed: the default of config `computed`", run.stdout)
    assert "the parser `loads` returned list; expected a mapping or a model instance" in run.stdout
    assert "the config `needed` is required but has no value" in run.stdout
    assert "4 problems" in run.stdout


def test_a_compiled_config_of_another_model(flow: Flow, here: Path) -> None:
    """A config that was compiled with another model is explained like any other file."""
    from typedflow.project import digest_of

    text = '{"size": 1}'
    file = here / "compiled" / f"x.default.{digest_of(text)}.json"
    file.parent.mkdir()
    file.write_text(text)
    run = flow("small.py", "--config", "config", str(file), "run")
    assert run.returncode == 1
    assert "Traceback" not in run.stdout
    assert "error TF303 missing-key: `schedule` is missing; TrainConfig requires it" in run.stdout


def test_a_compiled_config_that_another_model_would_complete(flow: Flow, here: Path) -> None:
    """Fields that the config was compiled without do not get defaults of which nobody has been told."""
    from typedflow.project import digest_of

    text = '{"schedule": {"cron": "x"}}'
    file = here / "compiled" / f"x.default.{digest_of(text)}.json"
    file.parent.mkdir()
    file.write_text(text)
    record = file.with_suffix(".provenance.json")
    record.write_text('{"model": "models:Base", "schema": "eb06445c008b"}')
    run = flow("small.py", "--config", "config", str(file), "show")
    assert run.returncode == 1
    assert (
        "small.py:9:1: error TF514 other-model: the config `config` of SmallFlow is read by TrainConfig; its values "
        "were compiled with Base, without `model`"
    ) in run.stdout.replace("\n    ", " ")
    assert "name TrainConfig as `model` of the flow in the manifest, or use Base in the flow" in run.stdout


def test_a_ref_that_promises_another_model(flow: Flow, here: Path) -> None:
    """A `ref` whose model the config does not fit is a diagnostic at its line."""
    source = here / "inherited.py"
    source.write_text(
        source.read_text()
        .replace('config_expr("small.size")', 'ref(TrainConfig, "small").name')
        .replace("import Config, config_expr", "import Config, config_expr, ref")
    )
    run = flow("inherited.py", "show")
    assert run.returncode == 1
    assert "Traceback" not in run.stdout
    assert (
        "the config `small` does not fit TrainConfig, the model of this `ref`: `schedule`: Field required" in run.stdout
    )


@pytest.mark.usefixtures("has_plain")
def test_a_list_that_does_not_fit(flow: Flow) -> None:
    """A config that is a list is told what is wrong at the items' places."""
    run = flow("defaults.py", "run", BAD_LIST="1")
    assert run.returncode == 1
    assert _heads(run) == [
        "default_value of config `names`:1:7: error TF301 invalid-value",
        "default_value of config `names`:1:10: error TF301 invalid-value",
    ], run.stdout


@pytest.mark.parametrize("name", ["METAFLOW_FLOW_CONFIG", "METAFLOW_FLOW_CONFIG_VALUE"])
def test_help_works_with_a_broken_variable(flow: Flow, name: str) -> None:
    """What Metaflow's variables have is of no concern to who asks for help."""
    run = flow("small.py", "--help", **{name: "x"})
    assert run.returncode == 0, run.stdout
    assert "Traceback" not in run.stdout


@pytest.mark.parametrize("arguments", [("--help",), ("run", "--help")])
def test_help_works_with_a_broken_config(flow: Flow, here: Path, arguments: tuple[str, ...]) -> None:
    """`--help` is for people who are stuck: it must not need the config."""
    (here / "myconfig.toml").write_text("name = [")
    run = flow("typed.py", *arguments)
    assert run.returncode == 0, run.stdout
    assert "Usage: typed.py" in run.stdout
    assert "Traceback" not in run.stdout


@pytest.mark.parametrize(
    ("use", "text"),
    [
        ("x = 1 if config.name else 2", "`config.name` is tested before any config has been read"),
        ("x = config.name == 'a'", "`config.name` is compared"),
        ("x = f'{config.name}'", "`config.name` is formatted"),
        ("x = [y for y in config.features]", "`config.features` is iterated over"),
        ("x = 'a' in config.features", "`config.features` is searched"),
        ("x = len(config.features)", "`config.features` is measured"),
        ("x = int(config.model.learning_rate)", "`config.model.learning_rate` is converted"),
        ("x = config.name.upper()", "`config.name.upper` is called"),
    ],
)
def test_a_value_that_is_used_too_early(flow: Flow, use: str, text: str) -> None:
    """What needs the value in the class body is refused at once, with the line and what to write instead."""
    run = flow("early.py", "run", USE=use)
    assert run.returncode == 1
    assert "TF405 used-too-early" in run.stdout
    assert text in run.stdout
    assert "config_expr(" in run.stdout


def test_a_file_and_a_value_for_one_config(flow: Flow) -> None:
    """Metaflow's own rule stands: a config is given once."""
    run = flow("small.py", "--config", "config", "other.yaml", "--config-value", "config", "{}", "run")
    assert run.returncode != 0
    assert "Cannot provide both a value and a file for the same configuration" in run.stdout
