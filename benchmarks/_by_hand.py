"""``python _by_hand.py MODEL_FILE BINDING``: what ``typedflow show`` prints of a project here, by hand."""

import argparse
import re
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import tomli
import yaml

_SECRET = re.compile(r"(?i)password|passwd|secret|token|api_?key|private_?key|credential")


def main() -> None:
    """Read the manifest, merge the files, validate, mask, print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("model", type=Path)
    parser.add_argument("binding")
    arguments = parser.parse_args()
    folder = tomli.loads(Path("typedflow.toml").read_text(encoding="utf-8")).get("settings", "settings")
    tree: Any = {}
    for name in ("settings.yaml", f"settings.configuration.{arguments.binding}.yaml"):
        tree = _merged(tree, yaml.load(Path(folder, name).read_bytes(), yaml.CSafeLoader))  # a safe loader
    spec = spec_from_file_location("model", arguments.model)
    assert spec is not None  # noqa: S101 # for mypy
    assert spec.loader is not None  # noqa: S101 # the same
    module = sys.modules["model"] = module_from_spec(spec)
    spec.loader.exec_module(module)
    config = module.Settings.model_validate(tree)
    text = yaml.dump(_masked(config.model_dump(mode="json", by_alias=True)), Dumper=yaml.CSafeDumper, sort_keys=False)
    print(text, end="")


def _merged(low: Any, high: Any) -> Any:
    if not (isinstance(low, dict) and isinstance(high, dict)):
        return high
    return {**low, **{key: _merged(low.get(key), value) for key, value in high.items()}}


def _masked(tree: Any) -> Any:
    if isinstance(tree, dict):
        return {
            key: "****" if isinstance(item, str) and _SECRET.search(key) else _masked(item)
            for key, item in tree.items()
        }
    return [_masked(item) for item in tree] if isinstance(tree, list) else tree


if __name__ == "__main__":
    main()
