# Made by typedflow's stubs/generate.py from metaflow-stubs (Apache-2.0) and patches: do not edit.
import contextlib
import typing

def profile(label: str, stats_dict: dict[str, int] | None = None) -> contextlib.AbstractContextManager[None]: ...
