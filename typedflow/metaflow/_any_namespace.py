"""Metaflow's Client without a namespace, as long as typedflow reads what anybody has run."""

from collections.abc import Iterator
from contextlib import contextmanager

from metaflow import get_namespace, namespace
from metaflow.exception import MetaflowException


@contextmanager
def any_namespace() -> Iterator[None]:
    """Make the runs of everybody accessible; afterwards, the namespace of this process is what it was."""
    try:
        before = get_namespace()
    except MetaflowException:  # nobody is logged in: then there is no namespace to come back to
        before = None
    namespace(None)
    try:
        yield
    finally:
        namespace(before)
