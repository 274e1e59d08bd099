"""Color for terminals, only when asked for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Painter:
    """Paints text with a rich style, or leaves it alone."""

    color: bool

    def __call__(self, text: str, style: str) -> str:
        """Return the text in the style."""
        if not self.color or not text:
            return text
        from rich.color import ColorSystem
        from rich.style import Style

        return Style.parse(style).render(text, color_system=ColorSystem.STANDARD)
