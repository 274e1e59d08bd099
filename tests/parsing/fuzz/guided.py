"""Texts that a fuzzer makes up, guided by the lines of ours and the references that they reach.

`guided.py FORMAT [options of libFuzzer] FOLDER`; it ends with an error at the first text that breaks a law.
"""

import contextlib
import sys
from pathlib import Path
from random import Random

import atheris

with atheris.instrument_imports(include=["typedflow", "tomli", "yaml"]):
    from laws import check

    from typedflow.parsing import decode
    from typedflow.values import TypedflowError

    for format_name, text in {"toml": "a = 1", "yaml": "a: 1", "json": '{"a": 1}'}.items():
        check(text, format_name)  # it loads what is only loaded for positions

import json_writer
import toml_writer
import yaml_writer
from mutations import PIECES

WRITERS = {"toml": toml_writer.write, "yaml": yaml_writer.write, "json": json_writer.write}


def main() -> None:
    """Fuzz one format, with a folder of texts to begin with as the last argument."""
    program, format_name, *options, folder = sys.argv
    _seed(Path(folder), format_name)
    words = Path(folder).with_suffix(".words")
    words.write_text("".join(f'"{_escaped(piece)}"\n' for piece in PIECES), encoding="ascii")
    atheris.Setup([program, f"-dict={words}", *options, folder], lambda data: _try(data, format_name))
    atheris.Fuzz()


def _try(data: bytes, format_name: str) -> None:
    with contextlib.suppress(TypedflowError):
        decode("a", data)
    check(data.decode(errors="ignore"), format_name)


def _seed(folder: Path, format_name: str) -> None:
    for number in range(200):
        text = WRITERS[format_name](Random(number))[0]  # noqa: S311 - luck is no secret
        (folder / f"written-{number}").write_bytes(text.encode())
    for file in (Path(__file__).parents[1] / "data").glob(f"*/*.{format_name}"):
        (folder / file.name).write_bytes(file.read_bytes())


def _escaped(piece: str) -> str:
    return "".join(f"\\x{byte:02x}" for byte in piece.encode())


if __name__ == "__main__":
    main()
