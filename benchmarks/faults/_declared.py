"""Where models declare a key: the lines of fields of its name, and of the classes that have them."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from benchmarks.faults._fault import Place
from benchmarks.faults._subject import Subject
from typedflow.values import KeyPath


def declared_places(subject: Subject, path: KeyPath) -> Iterator[Place]:
    """Return the lines where a model of the subject may declare a key path's last key."""
    for file in subject.code:
        for node in ast.walk(ast.parse(subject.files[file])):
            if isinstance(node, ast.ClassDef):
                for field in node.body:
                    if isinstance(field, ast.AnnAssign) and ast.unparse(field.target) == path[-1]:
                        yield Place(file, node.lineno, node.lineno)
                        yield Place(file, field.lineno, field.end_lineno or field.lineno)
