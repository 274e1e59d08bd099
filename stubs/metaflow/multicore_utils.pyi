# Made by typedflow's stubs/generate.py from metaflow-stubs (Apache-2.0) and patches: do not edit.
import typing

_A = typing.TypeVar("_A", contravariant=False, covariant=False)
_R = typing.TypeVar("_R", contravariant=False, covariant=False)

class MulticoreException(Exception): ...

def parallel_imap_unordered(
    func: typing.Callable[[_A], _R],
    iterable: typing.Iterable[_A],
    max_parallel: int | None = None,
    dir: str | None = None,
) -> typing.Iterator[_R]: ...
def parallel_map(
    func: typing.Callable[[_A], _R],
    iterable: typing.Iterable[_A],
    max_parallel: int | None = None,
    dir: str | None = None,
) -> list[_R]: ...
