"""The key paths of a contract, to find out where its model declares each."""

from __future__ import annotations

from collections.abc import Iterator

from typedflow.schema._compare_places import Places
from typedflow.schema._contract import Contract
from typedflow.values import KeyPath


def paths_of(contract: Contract) -> Iterator[KeyPath]:
    """Return the path of each field, as files write it and as compiled configs do; within itself a model is left out."""
    found: dict[KeyPath, None] = {}
    for schema in (contract.files, contract.read):
        for path, mapping, _ in Places(schema, schema, every=True).mappings():
            found.update(dict.fromkeys((*path, key) for key in mapping.schema.get("properties", ())))
    yield from found
