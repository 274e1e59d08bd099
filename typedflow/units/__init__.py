"""What a project instantiates, one kind per module: how a kind is resolved, named, started and deployed."""

from typing import TYPE_CHECKING

from typedflow.values import lazily

if TYPE_CHECKING:
    from typedflow.units._resolve_variants import Resolution as Resolution
    from typedflow.units._resolve_variants import resolve_variants as resolve_variants

__all__ = ["Resolution", "resolve_variants"]

__getattr__ = lazily(__name__, {"Resolution": "_resolve_variants", "resolve_variants": "_resolve_variants"})
