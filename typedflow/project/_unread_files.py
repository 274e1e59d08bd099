"""Find files in the settings directory that resemble settings files, but that no layer reads."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from typedflow.parsing import format_of
from typedflow.project._included_files import GROUPS
from typedflow.project._manifest import Manifest
from typedflow.project._settings import BINDING, ENVIRONMENT, STEM, LayerName, SettingsFiles, file_stem, layer_name
from typedflow.values import TypedflowError
from typedflow.workspace import entries_in, files_in, is_folder, matching_files, read_source

#: Suffixes that editors and people add to the name of a backup copy.
_KEPT = re.compile(r"(~|\.(bak|backup|old|orig|save|sav|tmp|temp|copy|rej|off|disabled|\d{1,3}))$", re.IGNORECASE)
#: Suffixes of formats that typedflow does not read, and typos of those that it does; others are code, docs or data.
_FORMATS = {"jsonc", "json5", "hjson", "jsn", "jason", "ini", "cfg", "conf", "config", "properties", "env", "txt"}
_FORMATS |= {"yam", "yalm", "ymal", "yamll", "ylm", "tml", "tolm", "tom", "tomll"}
_TOML = {"ini", "cfg", "conf", "config", "properties", "env", "tml", "tolm", "tom", "tomll"}
_KINDS = {ENVIRONMENT: {"env", "envs"}, BINDING: {"config", "configs", "conf", "cfg", "binding", "bindings"}}
_DECLARED = re.compile(r"""Config\(\s*(?:name\s*=\s*)?["']([^"'\n]+)["']""")
_SEPARATORS = "-_ ("
#: `seting` for `settings` has 0.86; `strings` and `my-settings` have less.
_SLIP = 0.85
_MOST_PARTS = 2


@dataclass(frozen=True, slots=True)
class UnreadFile:
    """A file that no layer reads. ``meant`` is the name that was probably meant; empty if none is likely.

    ``layer`` is the layer of that name; ``is_spare``: it already has another file. ``section`` is the section that the
    file would be of, if the manifest listed it. ``is_named``: a flow's text names the file, and may read it itself.
    """

    file: Path
    meant: str = ""
    layer: LayerName | None = None
    section: str = ""
    is_spare: bool = False
    is_named: bool = False


def unread_files(files: SettingsFiles, manifest: Manifest, root: Path) -> list[UnreadFile]:
    """Return the files beside a project's settings that resemble settings files, without hidden ones and schemas."""
    names = _Names(files, manifest)
    near = {file: meant for file in files.others if (meant := names.meant(file.name)) is not None}
    if not near:
        return []
    known = {names.layer(file.path.name) for file in files.all()}
    texts = [*_texts(manifest, root), *_including(files, root / manifest.settings)]
    return [
        UnreadFile(
            file,
            meant,
            layer := names.layer(meant),
            names.section(file.name),
            is_spare=layer is not None and layer in known,
            is_named=any(file.name in text for text in texts),
        )
        for file, meant in near.items()
    ]


def renaming(files: SettingsFiles, manifest: Manifest, root: Path, kind: tuple[str, str]) -> str:
    """Return the hint to rename a missing layer's misnamed file, or to list its section; empty without such a file."""
    found = unread_files(files, manifest, root)
    for each in found:
        if not each.is_named and each.layer is not None and (each.layer.kind, each.layer.name) == kind:
            return f"rename `{each.file.name}` to `{each.meant}`; no layer reads it under its current name"
        if kind[0] == ENVIRONMENT and each.section == ENVIRONMENT:
            line = listing(manifest, (other.section for other in found if other.section in _KINDS))
            return f"add {line} to the manifest, so that `{each.file.name}` is read"
    return ""


def listing(manifest: Manifest, sections: Iterable[str]) -> str:
    """Return the line of the manifest that lists some more sections."""
    return f"`sections = {json.dumps(list(dict.fromkeys([*manifest.sections, *sections])))}`"


class _Names:
    """The names that a project's settings files may have."""

    def __init__(self, files: SettingsFiles, manifest: Manifest) -> None:
        declared = manifest.environments
        named = (declared.default, declared.unknown, declared.production)
        mapped = (*declared.branches.values(), *declared.tags.values())
        self._environments = {*files.environment_files, *mapped, *filter(None, named)}
        globs = (glob for unit in manifest.units() for glob in unit.bindings)
        self._bindings = {glob for glob in globs if glob.strip("*?")} | set(files.bindings)
        self._sections = manifest.sections

    def layer(self, name: str) -> LayerName | None:
        """Return the layer that a name stands for."""
        return layer_name(Path(name), self._sections) if name else None

    def section(self, name: str) -> str:
        """Return the section of a file, if the manifest listed it; empty for a name of another form."""
        stem, *parts = name.split(".")[:-1] or [""]
        is_form = stem == STEM and format_of(name) is not None and 0 < len(parts) <= _MOST_PARTS and all(parts)
        return parts[0] if is_form and parts[0] not in self._sections else ""

    def meant(self, name: str) -> str | None:
        """Return the name that a file should have, empty if that is unclear; None if it is not a settings file."""
        if name.startswith((".", "#")):
            return None
        kept = name
        while (shorter := _KEPT.sub("", kept)) != kept:
            kept = shorter
        stem, suffix = self._split(kept)
        first, *rest = stem.split(".")
        if suffix is None or rest[-1:] == ["schema"]:
            return None
        if kept != name and self.layer(kept) is not None:
            return kept
        if _is_near(first, STEM):
            return self._after_stem(rest, suffix)
        if first[: len(STEM)].lower() == STEM and first[len(STEM)] in _SEPARATORS:
            return self._after_stem(_parts(first[len(STEM) + 1 :], rest), suffix)
        return self._without_stem(first, rest, suffix) if format_of(kept) else None

    def _after_stem(self, parts: list[str], suffix: str) -> str:
        if not parts:
            return f"{STEM}{suffix}"
        first, *rest = parts
        kind = _kind(first)
        section = next((each for each in self._sections if _is_near(first, each)), kind)
        if section in self._sections:
            return f"{'.'.join([STEM, section, *rest])}{suffix}" if len(rest) < _MOST_PARTS else ""
        if kind is not None:
            return f"{STEM}.{kind}.{'.'.join(rest) or 'NAME'}{suffix}"
        name = ".".join(parts)
        known = self._known(name) or self._known(".".join(rest))
        return self._file(known, name if self._known(name) else ".".join(rest), suffix) if known else ""

    def _without_stem(self, first: str, rest: list[str], suffix: str) -> str | None:
        kind, name = _kind(first), ".".join(rest)
        if first in self._sections and len(rest) < _MOST_PARTS:
            return f"{'.'.join([STEM, first, *rest])}{suffix}"
        if kind is not None and name and (first == kind or self._known(name) == kind):
            return self._file(kind, name, suffix)
        name = ".".join([first, *rest])
        known = self._known(name)
        return self._file(known, name, suffix) if known else None

    def _file(self, kind: str, name: str, suffix: str) -> str:
        """Return the name of a file of an environment or a binding; empty if one of several sections was meant."""
        bound = [section for section in self._sections if section != ENVIRONMENT]
        is_unclear = kind == BINDING and len(bound) > 1
        return "" if is_unclear else f"{file_stem(kind, name, self._sections)}{suffix}"

    def _known(self, name: str) -> str | None:
        """Return the kind of layer that has a name: an environment, or a binding."""
        if name in self._environments:
            return ENVIRONMENT
        return BINDING if name and any(fnmatchcase(name, glob) for glob in self._bindings) else None

    def _split(self, name: str) -> tuple[str, str | None]:
        """Split a name into its stem and a settings suffix, perhaps instead of its own; None for code and the like."""
        stem, dot, last = name.rpartition(".")
        if format_of(name) is not None:
            return stem, f".{last}"
        if not dot:
            return name, ".yaml"
        if last.lower() in _FORMATS:
            if format_of(stem) is not None:
                return self._split(stem)
            return stem, ".toml" if last.lower() in _TOML else ".json" if "js" in last.lower() else ".yaml"
        first, *parts = name.lower().split(".")
        is_without = first == STEM and self.layer(f"{first}.{'.'.join(parts)}.yaml") is not None
        return (name, ".yaml") if is_without and len(parts) <= _MOST_PARTS else (stem, None)


def _parts(text: str, rest: Collection[str]) -> list[str]:
    """Split the text after the stem and a separator other than a dot; the number of a copy is dropped."""
    kind = next((word for words in _KINDS.items() for word in (words[0], *words[1]) if _begins(text, word)), None)
    parts = [kind, text[len(kind) + 1 :]] if kind else [text]
    return [part for part in (*parts, *rest) if part and not re.fullmatch(r"\(?\d*\)?|copy", part)]


def _begins(text: str, word: str) -> bool:
    return text[: len(word)].lower() == word and text[len(word) : len(word) + 1] in {*_SEPARATORS}


def _kind(word: str) -> str | None:
    kinds = (kind for kind, others in _KINDS.items() if word.lower() in others or _is_near(word, kind))
    return next(kinds, None)


def _is_near(word: str, meant: str) -> bool:
    from difflib import SequenceMatcher  # hardly any project has such a file

    return word.lower() == meant or SequenceMatcher(None, word.lower(), meant).ratio() >= _SLIP


def _texts(manifest: Manifest, root: Path) -> Iterator[str]:
    """Return the text of the project's units and of the modules beside them, which may read such a file themselves."""
    files = (root / name for unit in manifest.units() for name in matching_files(root, unit.file))
    return _texts_in(file.parent for file in files)


def _including(files: SettingsFiles, directory: Path) -> Iterator[str]:
    """Return the text of the settings files that include others, and of those files."""
    known = (*(file.path for file in files.all()), *files.others)
    folders = [directory / GROUPS]
    for folder in folders:
        found = entries_in(folder)
        folders += [each.path for each in found if is_folder(each.path) and not each.is_link]
        known += tuple(each.path for each in found if each.is_file)
    for file in known:
        with suppress(TypedflowError):
            text = read_source(file).text if format_of(file.name) else ""
            if "$include" in text:
                yield text


def declared_in(folders: Iterable[Path]) -> frozenset[str]:
    """Return the names of configs that the text of the Python files in some folders declares."""
    return frozenset(name for text in _texts_in(folders) for name in _DECLARED.findall(text))


def _texts_in(folders: Iterable[Path]) -> Iterator[str]:
    for folder in dict.fromkeys(folders):
        for file in files_in(folder):
            with suppress(TypedflowError):
                if file.suffix == ".py":
                    yield read_source(file).text
