"""Unions: which part of a default counts where files may choose another variant."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from typedflow.layers._plan import Plan
from typedflow.values import closest


def fit_default(
    low: Mapping[str, Any],
    high: Mapping[str, Any],
    layers: Sequence[Mapping[str, Any]],
    plan: Plan,
    knows: Callable[[Mapping[str, Any]], bool],
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the part of a default that merges with files, and the tags that their layers have to merge over, if any.

    Of a default of files' variant, that is all, and its tags where no file sets them; of another one, it is the tags
    above their choice, and all of its tags. With a tag, each part that a layer sets counts: a higher one may have
    chosen the default's variant again.
    ``knows``: whether the keys of a part are all of the default's class.
    """
    levels = [(level, _tag(level, low)) for level in plan.levels(low) if level.variants]
    kept: dict[str, Any] = {}
    for level, tag in levels:
        parts = [high] if tag is None else [high, *layers]
        if any(_is_other(level, low, part, knows) for part in parts):
            is_changed = any(tag in part for part in (high, *layers))
            return kept, {key: low[key] for _, key in levels if key is not None} if is_changed else {}
        kept |= {tag: low[tag]} if tag is not None else {}
    is_open = len(layers) > 1 and not high.keys() >= kept.keys()
    return dict(low), kept if is_open else {}


def tags_of(low: Mapping[str, Any], plan: Plan) -> dict[str, Any]:
    """Return only what chooses the variant of a union's default."""
    tags = (_tag(level, low) for level in plan.levels(low) if level.variants)
    return {tag: low[tag] for tag in tags if tag is not None}


def is_meant(low: Mapping[str, Any], high: Mapping[str, Any], plan: Plan, known: Collection[str]) -> bool:
    """Return whether files set a part of a union's default, which has no tag, and no other member.

    All keys are of the default's class, ``known``, or are those misspelt; and no literal says otherwise.
    """
    if plan.member(low).excludes(high) and not all(each.excludes(high) for each in plan.members):
        return False
    unknown = [key for key in high if key not in known] if known else []
    if unknown and not plan.inside:  # a member may take any key
        return False
    fields = {key: None for each in plan.members for key in each.fields}
    return all(key not in fields and closest(key, fields) in known for key in unknown)


def has_failing_choice(plan: Plan, value: Any) -> bool:
    """Return whether the model's function cannot choose a variant: then the model rejects the value."""
    if not isinstance(value, dict):
        return False
    level = plan.variant(value)
    return level.choose is not None and level.choice(value) is None


def _tag(level: Plan, low: Mapping[str, Any]) -> str | None:
    """Return the key that has the tag of a union; for one with a function, the one text that decides alone, if any."""
    if level.choose is None:
        return tag if (tag := level.tag_in(low)) in low else None
    chosen = level.chosen(low)
    texts = [key for key, value in low.items() if isinstance(value, str)] if level.chosen({}) != chosen else []
    keys = [key for key in texts if level.chosen({key: low[key]}) == chosen]
    return keys[0] if len(keys) == 1 else None


def _is_other(
    level: Plan, low: Mapping[str, Any], part: Mapping[str, Any], knows: Callable[[Mapping[str, Any]], bool]
) -> bool:
    """Return whether a part of a union is for another variant than a default's: with it, or alone by foreign keys."""
    own = level.choice(low)
    if own is None or level.chosen({**low, **part}) != level.chosen(low):
        return True
    return level.choose is not None and not knows(part) and level.choice(part) not in {None, own}
