"""Judging flow classes: what Metaflow would find when it starts them, without running a step."""

import itertools
import json
import linecache
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from typedflow.metaflow import FlowChecker, check_flow, configs_of, flows_in
from typedflow.models import dump
from typedflow.project import import_file, open_project, resolve
from typedflow.values import Diagnostic, Span

ROOT = Path(__file__).parents[2]
FLOWS = Path(__file__).with_name("flows")
Load = Callable[[Path], Any]


@pytest.fixture
def load(monkeypatch: pytest.MonkeyPatch) -> Iterator[Load]:
    """Imports a flow's file in its folder, and gives its last flow class."""
    for file in (*(ROOT / "examples").rglob("*.py"), *FLOWS.glob("*.py")):
        monkeypatch.delitem(sys.modules, file.stem, raising=False)  # other tests' projects have modules of these names
    known = set(sys.modules)

    def load_it(file: Path) -> Any:
        monkeypatch.chdir(file.parent)
        monkeypatch.syspath_prepend(str(file.parent))
        return flows_in(import_file(file))[-1]

    yield load_it
    for name in set(sys.modules) - known:
        if str(getattr(sys.modules[name], "__file__", "")).startswith((str(ROOT / "examples"), str(FLOWS))):
            del sys.modules[name]


def _heads(found: list[Diagnostic]) -> list[str]:
    """Return the location and rule of each finding."""
    heads = []
    for each in found:
        place = each.location
        span = f":{place.span.line}:{place.span.column}" if place and place.span else ""
        heads.append(f"{Path(place.name).name if place else ''}{span} {each.rule.code} {each.message}")
    return heads


def test_every_typo_is_found_where_a_run_finds_it(load: Load) -> None:
    """The findings in decorators, expressions and Parameter defaults are those that `python typos.py run` prints."""
    heads = [head.split()[0:2] for head in _heads(check_flow(load(FLOWS / "typos.py"), {}))]
    assert heads == [
        ["typos.py:11:45", "TF401"],
        ["typos.py:14:47", "TF401"],
        ["typos.py:16:37", "TF401"],
        ["typos.py:16:70", "TF401"],
        ["typos.py:19:29", "TF401"],
        ["typos.py:20:31", "TF401"],
        ["typos.py:21:51", "TF401"],
        ["typos.py:23:31", "TF402"],
        ["typos.py:25:31", "TF402"],
        ["typos.py:26:30", "TF401"],
        ["typos.py:27:13", "TF403"],
        ["typos.py:28:47", "TF401"],
        ["typos.py:29:47", "TF401"],
        ["typos.py:36:5", "TF403"],
        ["typos.py:37:25", "TF401"],
    ]


@pytest.mark.parametrize("file", sorted((ROOT / "examples").glob("*/flow.py")), ids=lambda file: file.parent.name)
def test_the_examples_are_fine(load: Load, file: Path) -> None:
    """Each small example is fine with its own default files."""
    assert check_flow(load(file), {}) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", ["training", "nightly"])
def test_the_demo_is_fine_in_every_variant(load: Load, name: str) -> None:
    """The demo's flows are fine under each binding, in each environment."""
    flow = load(ROOT / "examples" / "demo" / "flows" / f"{name}.py")
    project = open_project(ROOT / "examples" / "demo")
    for binding, environment in itertools.product(project.bindings(name), (None, "dev", "prod")):
        resolved = resolve(project, name, binding, environment)
        assert check_flow(flow, {"settings": dump(resolved.config)}) == []


@pytest.mark.parametrize("script", ["inherited.py", "mutated.py", "small.py", "two.py", "typed.py"])
def test_flows_that_run_are_fine(load: Load, script: str) -> None:
    """Flows that Metaflow runs have no findings: inheritance, mixins, mutators, raw and several configs."""
    assert check_flow(load(FLOWS / script), {}) == []


_VARIANTS: list[tuple[dict[str, Any], list[str]]] = [
    ({}, []),
    ({"cpu": 4, "variables": {"A": "1"}, "times": 2, "parameter": "p"}, []),
    ({"drop": True, "seconds": 0}, []),  # the mutator takes away what would refuse it
    ({"seconds": 0}, ["judged.py:67 TF407"]),
    ({"size": 4}, ["judged.py:64 TF402"]),
    ({"times": 9}, ["judged.py:20 TF407"]),
    ({"broken": "pre_mutate"}, ["judged.py:33 TF407"]),
    ({"broken": "mutate"}, ["judged.py:47 TF407"]),
    ({"broken": "argument"}, ["judged.py:20 TF406"]),
    ({"parameter": "q", "drop": True}, []),
]


def _short(found: list[Diagnostic]) -> list[str]:
    return [f"{head.split(':')[0]}:{head.split(':')[1].split()[0]} {head.split()[1]}" for head in _heads(found)]


@pytest.mark.usefixtures("has_mutators")
@pytest.mark.parametrize(("job", "expected"), _VARIANTS)
def test_what_is_found_in_a_variant(load: Load, job: dict[str, Any], expected: list[str]) -> None:
    """Mutators, what they insert, class attributes and decorators' own checks are judged at the place to mend."""
    assert _short(check_flow(load(FLOWS / "judged.py"), {"job": _job(job)})) == expected


@pytest.mark.usefixtures("has_mutators")
def test_variants_in_any_order(load: Load) -> None:
    """Each variant is judged as if it were the first, whatever was judged before, and how often."""
    flow = load(FLOWS / "judged.py")
    order = [*_VARIANTS, *reversed(_VARIANTS), *_VARIANTS[::3], *_VARIANTS[::2]]
    for job, expected in order:
        assert _short(check_flow(flow, {"job": _job(job)})) == expected


@pytest.mark.usefixtures("has_mutators")
def test_one_checker_of_many_variants(load: Load) -> None:
    """A checker finds the same problems in each variant as for that variant alone, and does not change the class."""
    flow = load(FLOWS / "judged.py")
    before, one = _state(flow), FlowChecker(flow)
    for job, expected in [*_VARIANTS, *reversed(_VARIANTS), *_VARIANTS[::3]]:
        assert _short(one.check({"job": _job(job)})) == expected
        assert _state(flow) == before


_PLAIN = """\
from metaflow import FlowSpec, resources, retry, step
from typedflow import Config, ConfigModel, config_expr

class Job(ConfigModel):
    cpu: int = 1
    names: dict[str, list[str]] = {}

class PlainFlow(FlowSpec):
    job = Config("job", model=Job)

    @retry(times=job.cpu)
    @resources(cpu=job.cpu, memory=config_expr("job.cpu * 2"))
    @step
    def start(self):
        self.next(self.end)

    @step
    def end(self):
        pass
"""


def test_another_variant_costs_little(load: Load, tmp_path: Path) -> None:
    """What no variant changes is not done again: the class is not walked, no text parsed, no config copied for nobody.

    Units: calls of Python functions, Metaflow's among them; it was 3,700 when everything was done anew.
    """
    file = tmp_path / "plain.py"
    file.write_text(_PLAIN, encoding="utf-8")
    one = FlowChecker(load(file))
    given = [{"job": {"cpu": cpu, "names": {"a": ["b"] * 500}}} for cpu in range(1, 4)]
    assert one.check(given[0]) == []
    assert max(_calls(partial(one.check, each)) for each in given[1:]) < 700


_NONE = """\
from metaflow import FlowSpec, resources, step
from typedflow import Config, ConfigModel, config_expr, ref

class Sub(ConfigModel):
    cpu: int = 1

class Job(ConfigModel):
    cpu: int = 1
    sub: Sub | None = None

class NoneFlow(FlowSpec):
    none = Config("none", model=Job)
    some = Config("some", model=Job, default_value={{}})

    @resources({})
    @step
    def start(self):
        self.next(self.end)

    @step
    def end(self):
        pass
"""
_OF_CONFIG, _OF_FIELD = "give the config a value (`--config none FILE`), or a default", "give `some.sub` a value"
#: What a decorator is given, the column of the finding, what is None, and what to do.
_NONES = {
    "an attribute": ("cpu=none.cpu", 25, "`none` is None, so it has no `cpu`", _OF_CONFIG),
    "deeper": ("cpu=none.sub.cpu", 25, "`none` is None, so it has no `sub`", _OF_CONFIG),
    "an operator": ("cpu=none.cpu * 2", 25, "`none` is None, so it has no `cpu`", _OF_CONFIG),
    "a key": ('cpu=none["cpu"]', 25, "`none` is None, so it has no `cpu`", _OF_CONFIG),
    "an expression": ('cpu=config_expr("2 * none.cpu")', 42, "`none` is None, so it has no `cpu`", _OF_CONFIG),
    "a ref": ('cpu=ref(Job, "none").cpu', 37, "`none` is None, so it has no `cpu`", _OF_CONFIG),
    "unpacked": ("**none", 5, "`none` is None, so there is nothing to unpack", _OF_CONFIG),
    "an unpacked text": ('**config_expr("none")', 5, "`none` is None, so there is nothing to unpack", _OF_CONFIG),
    "a field": ("cpu=some.sub.cpu", 29, "`some.sub` is None, so it has no `cpu`", _OF_FIELD),
    "a field in a text": ('cpu=config_expr("some.sub.cpu")', 42, "`some.sub` is None, so it has no `cpu`", _OF_FIELD),
    "an unpacked field": ("**some.sub", 5, "`some.sub` is None, so there is nothing to unpack", _OF_FIELD),
}


@pytest.mark.parametrize(("given", "column", "message", "hint"), _NONES.values(), ids=_NONES)
def test_what_is_none_is_said(load: Load, tmp_path: Path, given: str, column: int, message: str, hint: str) -> None:
    """A config without a value, and a field that is None, have nothing to read: what is None, where, what to do."""
    file = tmp_path / "none_flow.py"
    file.write_text(_NONE.format(given), encoding="utf-8")
    [found] = check_flow(load(file), {})
    assert _heads([found]) == [f"none_flow.py:15:{column} TF404 {message}"]
    assert found.hint == hint


def _calls(run: Callable[[], object]) -> int:
    """Return the number of Python function calls."""
    seen: list[str] = []
    sys.setprofile(lambda _, event, __: seen.append(event))
    try:
        run()
    finally:
        sys.setprofile(None)
    return seen.count("call")


@pytest.mark.usefixtures("has_mutators")
def test_a_class_stays_as_it_is(load: Load) -> None:
    """After judging, the class, its base, steps, decorators, parameters and mutators are what they were."""
    flow = load(FLOWS / "judged.py")
    before = _state(flow)
    for job, _ in _VARIANTS:
        check_flow(flow, {"job": _job(job)})
        assert _state(flow) == before


@pytest.mark.slow
@pytest.mark.usefixtures("has_mutators")
@pytest.mark.parametrize("index", range(0, len(_VARIANTS), 3))
def test_a_fresh_process_finds_the_same(index: int) -> None:
    """A process that judges one variant only finds what one finds that judges all."""
    job, expected = _VARIANTS[index]
    code = (
        "import json, sys, judged; from typedflow.metaflow import flows_in, check_flow; "
        "found = check_flow(flows_in(judged)[-1], {'job': json.loads(sys.argv[1])}); "
        "print(json.dumps([f'judged.py:{each.location.span.line} {each.rule.code}' for each in found]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, json.dumps(_job(job))], cwd=FLOWS, check=True, text=True, capture_output=True
    )
    assert json.loads(done.stdout) == expected


def test_the_configs_of_a_flow(load: Load) -> None:
    """Configs are known by name, with their attribute, their model and the line that declares them."""
    configs = configs_of(load(FLOWS / "judged.py"))
    found = {name: (facts.attribute, facts.model and facts.model.__name__) for name, facts in configs.items()}
    assert found == {"job": ("job", "Job"), "raw": ("raw", None)}
    places = [facts.location for facts in configs.values() if facts.location and facts.location.span]
    assert [place.span.line for place in places if place.span] == [61, 62]


def test_the_file_is_read_when_a_place_is_asked(load: Load, tmp_path: Path) -> None:
    """Asking what configs a flow has costs no look into its file: it may be gone by then, or another."""
    file = tmp_path / "moved.py"
    text = (FLOWS / "judged.py").read_text(encoding="utf-8")
    file.write_text(text, encoding="utf-8")
    configs = configs_of(load(file))
    linecache.clearcache()
    file.write_text(f"\n{text}", encoding="utf-8")
    place = configs["job"].location
    assert place is not None
    assert place.span is not None
    assert place.span.line == 62


def test_the_flows_of_a_module(load: Load) -> None:
    """A module's flows are those that it defines, in order, also where a mutator without parentheses wraps one."""
    modules = [sys.modules[load(FLOWS / name).__module__] for name in ("judged.py", "mutated.py", "inherited.py")]
    names = [[flow.__name__ for flow in flows_in(module)] for module in modules]
    assert names == [["Base", "JudgedFlow"], ["MutatedFlow"], ["Base", "InheritedFlow"]]


_DEFAULTS = [
    ("raw = MetaflowConfig('raw', default='nothing.json')", "TF110", "could not be read"),
    ("raw = MetaflowConfig('raw', required=True)", "TF404", "the config `raw` is required but has no value"),
    ("raw = MetaflowConfig('raw', default_value='{')", "TF110", "the default of config `raw` cannot be read"),
    ("raw = MetaflowConfig('raw', default_value='1', parser=fail)", "TF110", "ZeroDivisionError"),
    ("job = Config('job', model=Job, default='nothing.yaml')", "TF505", "does not exist"),
    ("job = Config('job', model=Job, default_value={'sise': 1})", "TF302", "`sise` is not a field of Job"),
    ("job = Config('job', model=Job, required=True)", "TF404", "the config `job` is required but has no value"),
]


@pytest.mark.parametrize(("declared", "code", "words"), _DEFAULTS)
def test_a_default_that_cannot_be_read(load: Load, tmp_path: Path, declared: str, code: str, words: str) -> None:
    """What is wrong with the default of a config is found; a config that is given needs no default."""
    file = tmp_path / f"default_{abs(hash(declared))}.py"
    file.write_text(
        "from metaflow import Config as MetaflowConfig, FlowSpec, step\n"
        "from typedflow import Config, ConfigModel\n"
        "class Job(ConfigModel):\n    size: int = 1\n"
        "def fail(text):\n    return 1 / 0\n"
        f"class F(FlowSpec):\n    {declared}\n"
        "    @step\n    def start(self):\n        self.next(self.end)\n"
        "    @step\n    def end(self):\n        pass\n"
    )
    flow = load(file)
    (found,) = check_flow(flow, {})
    assert found.rule.code == code
    assert words in found.message
    assert check_flow(flow, {declared[:3]: {"size": 1}}) == []


_UNREAD = [
    ('job = Config("job", model=Job, default="job.aml")', "flow.py:8 TF505", "the file `job.aml` does not exist"),
    ('job = Config("job", model=Job, default=lambda _: "a.toml")', "flow.py:8 TF505", "`a.toml` does not exist"),
    ('job = Config("job", model=Job, default=".")', "flow.py:8 TF506", "the default of config `job` is `.`: the file"),
    (
        'job = Config("job", model=Job, default="flow.py")',
        "flow.py:8 TF111",
        "the default of config `job` is `flow.py`",
    ),
    (
        'job = Config(\n        "job",\n        model=Job,\n        required=True)',
        "flow.py:8 TF404",
        "`job` is required",
    ),
    ('job = Config("job", model=Job, default=lambda _: 1 / 0)', "flow.py:8 TF110", "cannot be computed"),
    ('job = Config("job", model=Job, default=min)', "flow.py:8 TF110", "cannot be computed: TypeError"),
    ('job = Config("job", model=Job, default="bad.toml")', "bad.toml:2 TF302", "`sise` is not a field of Job"),
    ('job = Config("job", model=Job, default="bad.json", parser=json.loads)', "bad.json:2 TF108", "the parser fails"),
    ('job = Config("job", model=Job, default="latin.toml")', "latin.toml:1 TF107", "is not valid UTF-8"),
]


@pytest.mark.parametrize(("declared", "head", "words"), _UNREAD, ids=[row[1] + row[2][-9:] for row in _UNREAD])
def test_the_place_of_a_default(load: Load, tmp_path: Path, declared: str, head: str, words: str) -> None:
    """A file that cannot be read is mended where the flow names it; a file that is read, within itself."""
    file = tmp_path / "flow.py"
    file.write_text(
        "import json; from metaflow import FlowSpec, step\n"
        "from typedflow import Config, ConfigModel\n"
        "class Job(ConfigModel):\n    size: int = 1\n"
        "def fail(text):\n    return 1 / 0\n"
        f"class F(FlowSpec):\n    {declared}\n"
        "    @step\n    def start(self):\n        self.next(self.end)\n"
        "    @step\n    def end(self):\n        pass\n"
    )
    (tmp_path / "bad.toml").write_text("size = 1\nsise = 2\n")
    (tmp_path / "latin.toml").write_bytes(b"size = '\xe9'\n")
    (tmp_path / "bad.json").write_text('{"a": "\u2028\x85",\n "size" 2}', encoding="utf-8")
    (found,) = check_flow(load(file), {})
    assert _short([found]) == [head]
    assert words in found.message
    if head.startswith("bad.json"):
        assert found.location is not None
        assert found.location.span == Span(2, 9, 2, 11)


def _job(given: Mapping[str, Any]) -> dict[str, Any]:
    defaults = {"cpu": 1, "seconds": 60, "variables": {}, "times": None, "drop": False}
    return {**defaults, "parameter": None, "broken": "", "size": 3, **given}


def _state(flow: Any) -> Any:
    """Return the contents of a flow class and its base, as deep as a run can change them."""
    classes = flow.__mro__[:2]
    steps = [step for each in classes for step in vars(each)["_steps"]]
    decorated = [each for step in steps for each in (*step.decorators, *step.config_decorators)]
    parameters = [each for each in vars(classes[1]).values() if hasattr(each, "IS_CONFIG_PARAMETER")]
    return (
        [sorted(vars(each)) for each in classes],
        [(id(step), list(map(id, step.decorators)), list(map(id, step.wrappers))) for step in steps],
        [_text(vars(each)) for each in (*decorated, *parameters)],
        [repr(vars(vars(each)["_flow_state"])["_self_data"]) for each in classes],
        [_text(vars(each)) for each in _mutators(classes[0])],
    )


def _mutators(flow: Any) -> list[Any]:
    groups = vars(flow)["_flow_state"].self_data.values()
    return [each for group in groups if isinstance(group, list) for each in group if hasattr(each, "mutate")]


def _text(value: Any) -> str:
    """Return plain data as text, and anything else as its identity."""
    if isinstance(value, dict):
        return str({key: _text(item) for key, item in value.items()})
    if isinstance(value, list | set | tuple):
        return str(sorted(map(_text, value)))
    return repr(value) if isinstance(value, str | int | type(None)) else str(id(value))
