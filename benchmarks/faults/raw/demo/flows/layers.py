"""The layers of the settings, merged: what one writes without typedflow."""

import json
import os
from pathlib import Path

import yaml

SETTINGS = Path(__file__).parents[1] / "settings"


def merged(low, high):
    """Merge two dictionaries, key by key."""
    result = dict(low)
    for key, value in high.items():
        below = result.get(key)
        result[key] = merged(below, value) if isinstance(below, dict) and isinstance(value, dict) else value
    return result


def layered(_):
    """Return the settings of the binding and the environment that variables name, as Metaflow's Config takes them."""
    tree = {}
    for name in ("", f".environment.{os.environ['ENVIRONMENT']}", f".configuration.{os.environ['BINDING']}"):
        tree = merged(tree, yaml.safe_load((SETTINGS / f"settings{name}.yaml").read_text()))
    return json.dumps(tree)
