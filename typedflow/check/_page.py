"""The page of the documentation about diagnostics, made of the docstrings of the rules."""

from __future__ import annotations

from collections.abc import Iterable

from typedflow.check._explain import Explanation

_INTRODUCTION = """\
# Diagnostics

A diagnostic says where, what was found, what was expected and where that is declared, who set it, and one thing to do:

```
settings/settings.configuration.EXP_02.yaml:3:3: error TF302 unknown-key: `data.targt` is not a field of Data
  3 |   targt: s5
    |   ^^^^^ did you mean `target`?
  = declared at flows/settings.py:28 (class Data); binding EXP_02
```

All findings are reported at once. Codes follow the pipeline: TF1 reading text, TF2 merging, TF3 validating,
TF4 expressions and flows, TF5 projects and command lines, TF6 schemas, TF7 runs. `typedflow check` finds all that can
be found before a run, and warns of what breaks nothing yet; `typedflow rule CODE` prints what this page says of a code.

The examples are mistakes in the [demo](../examples/demo), each in the file that its first line names; tests make every
one of them and see its code. Those `in flow.py` are lines in the body of this flow:

```python
# flow.py
import json
from datetime import timedelta

from metaflow import FlowSpec, Parameter, step

from typedflow import Config, ConfigModel, config_expr


class Train(ConfigModel):
    epochs: int = 3
    every: timedelta = timedelta(hours=1)


class Flow(FlowSpec):
    train = Config("train", model=Train, default_value={})
    # the example

    @step
    def start(self):
        self.next(self.end)

    @step
    def end(self):
        pass


if __name__ == "__main__":
    Flow()
```
"""
_FAMILIES = {
    "TF1": "Reading text",
    "TF2": "Merging",
    "TF3": "Validating",
    "TF4": "Expressions and flows",
    "TF5": "Projects and command lines",
    "TF6": "Schemas",
    "TF7": "Runs",
}


def page(explanations: Iterable[Explanation]) -> str:
    """Give the page of some rules, under a heading for each family."""
    parts = [_INTRODUCTION]
    family = ""
    for item in explanations:
        if family != item.rule.code[:3]:
            family = item.rule.code[:3]
            parts.append(f"## {_FAMILIES[family]}\n")
        parts.append(section(item))
    return "\n".join(parts)


def section(item: Explanation) -> str:
    """Give the section of one rule."""
    return f"### {item.rule.code} {item.rule.name}\n\n{item.markdown}\n"
