"""Possible secrets are masked in output, and rejected where data is written."""

from __future__ import annotations

import json
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import Field

from typedflow import ConfigModel
from typedflow.check import unified_patch
from typedflow.cli._masked_patch import masked_patch
from typedflow.metaflow import PastRun
from typedflow.operations import ArgumentError
from typedflow.operations._runs_columns import Column, columns_of, differing
from typedflow.operations._runs_names import Meaning

if TYPE_CHECKING:
    from tests.cli.conftest import Call, Project

ONE = ("training", "--binding", "EXP_01")
SETTINGS = "settings/settings.configuration.EXP_01.yaml"
FIELDS = "    db: dict[str, str | int] = {}\n    url: str = ''\n    hash: str = Field(default='', alias='algo')\n"


@pytest.fixture(autouse=True)
def secrets(project: Project) -> None:
    """One binding has a password, a number for one, and a URL with one; nothing of it is a finding's beyond doubt."""
    project.write("flows/settings.py", project.files()["flows/settings.py"] + FIELDS)
    project.write(SETTINGS, "db: {user: loader, password: hunter, pwd: 271828}\nurl: 'redis://:hun/ter@h/0'\n")


@pytest.mark.parametrize("format_", ["yaml", "toml"])
@pytest.mark.parametrize("origins", [(), ("--origins",)])
def test_show_masks(call: Call, format_: str, origins: tuple[str, ...]) -> None:
    """A comment marks the mask, which is not a value."""
    done = call("show", *ONE, "--format", format_, *origins)
    assert done.code == 0
    assert not any(secret in done.out for secret in ("hunter", "271828", "hun/ter"))
    lines = [line.strip() for line in done.out.splitlines() if "****" in line]
    assert len(lines) == 3
    assert all("# masked" in line for line in lines)
    assert "loader" in done.out


def test_show_refuses_masks_as_data(call: Call) -> None:
    """JSON has no place for a comment: nothing is printed, and each value is named at its line, with what to do."""
    done = call("show", *ONE, "--format", "json")
    assert (done.code, done.out) == (1, "")
    assert f"{SETTINGS}:1:30: error TF310 secret-value: `db.password` may be a secret, and" in done.err
    assert "add `db.password` to `public` in the manifest" in " ".join(done.err.split())
    assert not any(secret in done.err for secret in ("hunter", "271828", "hun/ter"))
    assert call("show", *ONE, "--format", "json", "--path", "db.user").out == '"loader"\n'


def test_lock_refuses_masks(project: Project, call: Call) -> None:
    """Nothing is written, and a lock file that is there stays."""
    done = call("lock")
    assert (done.code, done.out) == (1, "")
    assert "`url` may be a secret, and `typedflow.lock` would store it in the clear" in done.err
    assert "typedflow.lock" not in project.files()
    project.write("typedflow.lock", "{}")
    assert call("lock").code == call("lock", "--check").code == 1
    assert project.files()["typedflow.lock"] == "{}"


def test_what_is_public_is_data(project: Project, call: Call) -> None:
    """A project declares by key path what is not a secret; then it is written, and not a finding."""
    project.write("typedflow.toml", 'public = ["db.*", "url"]\n' + project.files()["typedflow.toml"])
    assert json.loads(call("show", *ONE, "--format", "json").out)["url"] == "redis://:hun/ter@h/0"
    assert "password: hunter\n" in call("show", *ONE).out
    assert call("lock").code == 0
    assert '"pwd": 271828' in project.files()["typedflow.lock"]
    assert '"hunter"' in call("diff", "training", "EXP_01", "EXP_02").out


def test_a_setting_is_named_by_its_field_too(project: Project, call: Call) -> None:
    """An alias does not hide what a field is."""
    model = project.files()["flows/settings.py"].replace("hash:", "password_text:")
    project.write("flows/settings.py", model)
    project.write(SETTINGS, "algo: hunter22\n")
    assert 'algo: "****"  # masked\n' in call("show", *ONE).out
    done = call("lock")
    assert (done.code, "`algo` may be a secret" in done.err) == (1, True)


@pytest.mark.parametrize("format_", ["text", "json", "markdown"])
def test_diff_masks(call: Call, format_: str) -> None:
    """The difference is shown without its values; in JSON a key marks a mask."""
    done = call("diff", "training", "EXP_01", "EXP_02", "--format", format_)
    assert done.code == 1
    assert not any(secret in done.out for secret in ("hunter", "271828", "hun/ter"))
    assert "db.password" in done.out
    if format_ == "json":
        sides = {each["path"]: each["sides"][0] for each in json.loads(done.out)["changed"]}
        assert (sides["db.password"]["value"], sides["db.password"]["masked"]) == ("****", True)
        assert "masked" not in sides["db.user"]


@pytest.mark.parametrize(("declared", "key"), [("db_login", "db_password"), ("db_password", "db_login")])
def test_both_names_of_a_field_count(project: Project, call: Call, declared: str, key: str) -> None:
    """A secret is masked under its alias and its field's name; either name may be declared public."""
    model = project.files()["flows/settings.py"].replace("hash:", f"{declared}:").replace("'algo'", f"'{key}'")
    project.write("flows/settings.py", model)
    project.write(SETTINGS, f"{key}: hunter22\n")
    done = call("diff", "training", "EXP_01", "EXP_02")
    assert (done.code, key in done.out, "hunter22" in done.out) == (1, True, False)
    project.write("typedflow.toml", f'public = ["{declared}"]\n' + project.files()["typedflow.toml"])
    assert '"hunter22"' in call("diff", "training", "EXP_01", "EXP_02").out
    assert f"{key}: hunter22\n" in call("show", *ONE).out


WRONG = [
    ("--set", "db.password hunter22"),
    ("--set", "db.password:hunter22"),
    ("--set", "db.pasword.x=hunter22"),
    ("--set", "password=hunter22 x"),
    ("--set", "db={password: hunter22"),
    ("--set", "db.password.x=hunter22"),
    ("--set", 'db."password"=[hunter22'),
    ("--set", "title.password=hunter22"),
    ("--set", "model.alpha=postgres://a:hunter22@h"),
    ("db.password=hunter22",),
    ("--sett", "db.password=hunter22"),
]


@pytest.mark.parametrize("arguments", WRONG)
def test_a_wrong_command_line(call: Call, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]) -> None:
    """The secret of a misspelled option is not repeated."""
    try:
        done = call("show", "training", *arguments)
        code, told = done.code, done.out + done.err
    except SystemExit as error:  # of argparse
        code, told = int(str(error.code)), "".join(capsys.readouterr())
    assert code == 2
    assert "error" in told
    assert "hunter" not in told


BROKEN = {
    "yaml-quotes": ("yaml", 'db: {user: a}\npassword: "hunter22\n'),
    "yaml-flow": ("yaml", "db: {password: hunter22\n"),
    "yaml-words": ("yaml", "a: 1\npassword hunter22\n"),
    "yaml-tag": ("yaml", "password: !!int hunter22\n"),
    "yaml-own-tag": ("yaml", "password: !hunter22 x\n"),
    "yaml-behind": ("yaml", "password: 'a' hunter22\n"),
    "yaml-colon": ("yaml", "password: hunter22: x\n"),
    "yaml-block": ("yaml", "password: |\n  hunter22\n bad\n"),
    "yaml-twice": ("yaml", "password: hunter22\npassword: hunter23\n"),
    "toml": ("toml", "password = hunter22\n"),
    "toml-quotes": ("toml", 'password = "hunter22\n'),
    "toml-lines": ("toml", 'password = """\nhunter22\\q\n"""\n'),
    "json": ("json", '{"password": hunter22}'),
    "json-lines": ("json", '{"password": [\n  "hunter22",\n  hunter22\n]}'),
}


@pytest.mark.parametrize(("suffix", "text"), BROKEN.values(), ids=BROKEN)
def test_a_file_that_does_not_parse(project: Project, call: Call, suffix: str, text: str) -> None:
    """The line is shown with its columns, without what may be a secret."""
    (project.root / SETTINGS).unlink()
    project.write(f"settings/settings.configuration.EXP_01.{suffix}", text)
    done = call("show", *ONE)
    assert done.code == 1
    assert "hunter" not in done.out + done.err


_BLOCK = "password: |\n" + "  a\n" * 9 + "  hunter22\n\n"
_PRIVATE = "a: |\n  -----BEGIN PRIVATE " + "KEY-----\n" + "  b\n" * 5 + "  hunter22\n  -----END"
_PASSWORDS = "b: 2\n" * 20 + "passwords:\n- hunter22\n"
PATCHES = {
    "lines": ("password: hunter22\npasword: hunter22\n", "password: hunter22\na: 1\n"),
    "below": ("password:\n  hunter22\nprojct: a\n", "password:\n  hunter22\nproject: a\n"),
    "above": (_BLOCK + "b:1\n", _BLOCK + "b: 1\n"),
    "dashes": ("--- password: hunter22\n", "++ password: hunter22"),
    "key": (_PRIVATE + " PRIVATE KEY-----\nb: 1\n", _PRIVATE + " PRIVATE KEY-----\nc: 1\n"),
    "later": ("a: 1\n" + _PASSWORDS + "c: 1\n", _PASSWORDS + "d: 1\n"),
}


@pytest.mark.parametrize(("before", "after"), PATCHES.values(), ids=PATCHES)
def test_a_patch(before: str, after: str) -> None:
    """`check --diff` masks its lines, those that stay as well as those that change, wherever their keys stand."""
    patch = unified_patch("x", before, after)
    assert "hunter22" in patch
    shown = masked_patch(patch, before, after)
    assert "hunter" not in shown
    assert [(one, other) for one, other in zip(patch, shown, strict=True) if other not in (one, "*")] == []


class _Db(ConfigModel):
    db: dict[str, Any]


def _past(password: object) -> PastRun:
    now = datetime.now(timezone.utc)
    return PastRun("1", "A/1", now, "ann", (True, True), frozenset(), tree={"db": {"password": password, "port": 1}})


def test_runs_mask() -> None:
    """If runs differ in a secret, there is a column with masked cells; in JSON the row names it."""
    runs = [_past("hunter22"), _past(271828)]
    [column] = differing(runs, _Db)
    assert (column.name, [column.cell(each) for each in runs]) == ("db.password", ["****", "****"])
    assert [column.plain(each) for each in runs] == ["****", "****"]
    assert column.is_masked(runs[0])
    whole = Column("db", Meaning("setting", ("db",)), _Db)
    assert whole.cell(runs[0]) == '{"password": "****", "port": 1}'
    [shown] = columns_of("db.password", _Db, ("db.*",)) or ()
    assert (shown.cell(runs[0]), shown.is_masked(runs[0])) == ("hunter22", False)


class _Login(ConfigModel):
    login: str = Field(alias="db_password")
    db_password_text: str = Field(default="hunter23", validation_alias="text")
    data: float = 0.5


def test_runs_mask_by_both_names() -> None:
    """What a run stores has the fields' names."""
    now = datetime.now(timezone.utc)
    tree = {"login": "hunter22", "db_password_text": "hunter23", "data": 0.5}
    run = PastRun("1", "A/1", now, "ann", (True, True), frozenset(), tree=tree)
    for name in ("login", "db_password", "db_password_text", "text"):
        [column] = columns_of(name, _Login) or ()
        assert (column.cell(run), column.plain(run), column.is_masked(run)) == ("****", "****", True)
        with pytest.raises(ArgumentError, match=f"`{name}` is masked"):
            column.sorted([run])


def test_results_are_no_secrets() -> None:
    """A metric with `password` in its name is a number that reveals nothing, and sorts runs."""
    now = datetime.now(timezone.utc)

    def past(loss: float) -> PastRun:
        return PastRun(str(loss), "A/1", now, "ann", (True, True), frozenset(), _artifacts={"password_loss": loss})

    [column] = columns_of("data.password_loss", _Db) or ()
    assert [each.id for each in column.sorted(map(past, (0.9, 0.1, 0.5)))] == ["0.1", "0.5", "0.9"]


def test_an_artifact_that_is_a_model_has_both_names() -> None:
    """A part of a config that a step has stored is masked like the config."""
    login = _Login.model_validate({"db_password": "hunter22"})
    run = PastRun("1", "A/1", datetime.now(timezone.utc), "ann", (True, True), frozenset(), _artifacts={"part": login})
    part, field = columns_of("data.part,data.part.login", _Db) or ()
    assert (field.plain(run), field.is_masked(run)) == ("****", True)
    assert part.plain(run) == {"login": "****", "db_password_text": "****", "data": 0.5}
    [shown] = columns_of("data.part.login", _Db, ("part.login",)) or ()
    assert shown.plain(run) == "hunter22"
