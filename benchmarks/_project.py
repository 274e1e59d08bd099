"""The measured project on disk: a manifest, 54 leaves of global settings, bindings of 15 leaves."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import tomli_w
import yaml

from typedflow.project import LoadedProject, open_project

FLOW = "training"

GLOBAL: dict[str, Any] = {
    "name": "churn",
    "owner": "team-growth",
    "description": "Predicts which customers leave within the next quarter.",
    "tags": ["churn", "weekly", "tabular"],
    "schedule": {"cron": "0 6 * * 1", "timezone": "Europe/Berlin", "enabled": True, "timeout": "PT2H"},
    "resources": {"cpu": 4, "memory": 16000, "gpu": 0, "disk": 50000, "retries": 2},
    "data": {
        "table": "warehouse.marts.customers",
        "target": "left_within_90_days",
        "features": ["age", "tenure", "plan", "visits", "tickets", "discount"],
        "columns": [
            {"name": "age", "dtype": "int"},
            {"name": "tenure", "dtype": "float"},
            {"name": "plan", "dtype": "text"},
        ],
        "test_share": 0.2,
        "seed": 20240131,
    },
    "model": {
        "layers": [256, 128, 64, 32],
        "dropout": 0.1,
        "activation": "relu",
        "epochs": 40,
        "batch_size": 512,
        "optimizer": {"kind": "adam", "learning_rate": 0.001, "betas": [0.9, 0.999]},
    },
    "conda": {
        "python": "3.11",
        "numpy": ">=1.26,<3",
        "pandas": ">=2.2",
        "pyarrow": ">=17",
        "scikit-learn": ">=1.5",
        "torch": "2.4.*",
        "xgboost": ">=2.1",
    },
    "alerts": {
        "failure": ["growth-alerts@example.com", "oncall@example.com"],
        "drift": ["growth-alerts@example.com"],
        "success": ["reports@example.com"],
    },
}

BINDING: dict[str, Any] = {
    "description": "The same, for one market.",
    "schedule": {"cron": "0 7 * * 2", "timezone": "Europe/Paris"},
    "resources": {"cpu": 8, "memory": 32000},
    "data": {
        "table": "warehouse.marts.customers_fr",
        "features": ["region", "language"],
        "columns": [{"name": "age", "dtype": "float"}],
    },
    "model": {"dropout": 0.3, "optimizer": {"learning_rate": 0.0005, "betas": [0.9, 0.98]}},
    "conda": {"numpy": ">=2.0"},
}

_WRITERS: dict[str, Callable[[dict[str, Any]], str]] = {
    "toml": tomli_w.dumps,
    "yaml": lambda tree: yaml.safe_dump(tree, sort_keys=False),
    "json": lambda tree: json.dumps(tree, indent=2),
}
_MANIFEST = f"""\
model = "benchmarks._settings:Settings"

[flows.{FLOW}]
file = "flow.py"
bindings = ["*"]
"""


def make_project(root: Path, suffix: str, bindings: int = 1) -> LoadedProject:
    """Write a project with settings in the given format, and open it."""
    directory = root / "settings"
    directory.mkdir(parents=True)
    (root / "typedflow.toml").write_text(_MANIFEST, encoding="utf-8")
    (root / "flow.py").write_text("", encoding="utf-8")  # no command of these imports it, but it must exist
    write = _WRITERS[suffix]
    (directory / f"settings.{suffix}").write_text(write(GLOBAL), encoding="utf-8")
    text = write(BINDING)
    for index in range(bindings):
        (directory / f"settings.configuration.{binding_name(index)}.{suffix}").write_text(text, encoding="utf-8")
    return open_project(root)


def binding_name(index: int) -> str:
    """Return the name of a binding."""
    return f"B{index:05}"


def leaves(tree: Any) -> int:
    """Count the leaves of a tree."""
    if isinstance(tree, dict):
        return sum(map(leaves, tree.values()))
    return sum(map(leaves, tree)) if isinstance(tree, list) else 1
