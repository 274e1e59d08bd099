"""Cards in a browser that reaches no network: what is seen is what the data of the card says."""

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(BROWSER is None, reason="takes Chromium or Chrome, as `chromium` or `google-chrome`"),
]

Tables = Callable[[str], list[Any]]
Dom = Callable[..., str]

#: Writes what a reader would see into the page: how far it goes beyond its window, and the colours of rows.
_MEASURE = """
<script>
addEventListener("load", () => setTimeout(() => {
  const wider = e => e.scrollWidth > e.clientWidth;
  const tables = [...document.querySelectorAll(".typedflow-config")];
  const cells = tables.flatMap(each => [...each.querySelectorAll("td, td div")]);
  const colour = row => row && getComputedStyle(row.cells[0]).color;
  const said = {
    scrolls: wider(document.documentElement) || tables.some(each => wider(each.closest("section") || each)),
    cells: cells.filter(wider).length,
    heights: cells.filter(each => each.clientHeight > 300).length,
    default: colour(document.querySelector(".typedflow-config tr.default")),
    set: colour(document.querySelector(".typedflow-config tbody tr:not([class])")),
  };
  document.body.dataset.said = Object.entries(said).map(pair => pair.join("=")).join(";");
}, 500));
</script>
"""


_OPTIONS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--host-resolver-rules=MAP * ~NOTFOUND"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)


@pytest.fixture
def dom(tmp_path: Path) -> Dom:
    """Opens a page, and gives what the browser has made of it."""

    def render(page: str, width: int = 1280) -> str:
        file = tmp_path / "card.html"
        file.write_text(page + _MEASURE, encoding="utf-8")
        quiet = (
            "no-sandbox disable-gpu no-first-run disable-background-networking disable-component-update disable-sync"
        )
        options = [*(f"--{each}" for each in quiet.split()), "--host-resolver-rules=MAP * ~NOTFOUND"]
        options += [f"--user-data-dir={tmp_path / 'profile'}", f"--window-size={width},900"]
        command = [str(BROWSER), "--headless", *options, "--virtual-time-budget=10000", "--dump-dom", file.as_uri()]
        done = subprocess.run(command, check=False, text=True, capture_output=True, timeout=120)
        assert done.returncode == 0, done.stderr
        return done.stdout

    return render


def _said(dom: str) -> dict[str, str]:
    found = re.search(r'data-said="([^"]*)"', dom)
    assert found, dom[-3000:]
    return dict(pair.split("=", 1) for pair in found[1].split(";"))


@pytest.mark.parametrize("step", ["start", "each", "join"])
def test_what_is_seen_is_what_the_data_says(cards: Any, given: Tables, tables: Tables, dom: Dom, step: str) -> None:
    """In blank and default cards: every row, every text as it is; nothing in a value acts on the page."""
    page = cards.pages[step][0]
    shown = dom(page)
    assert tables(shown) == given(page)
    assert "<title>CardFlow/" in shown


@pytest.mark.parametrize("width", [700, 1000, 1280, 1920])
def test_nothing_is_scrolled_sideways(cards: Any, dom: Dom, width: int) -> None:
    """Long texts are wrapped, and scroll downwards in a box of their own."""
    said = _said(dom(cards.pages["start"][0], width))
    assert (said["scrolls"], said["cells"], said["heights"]) == ("false", "0", "0")


def test_defaults_are_weaker(cards: Any, dom: Dom) -> None:
    """Their text is lighter than that of values which somebody set."""
    said = _said(dom(cards.pages["start"][0]))
    light, dark = (sum(map(int, re.findall(r"\d+", said[name]))) for name in ("default", "set"))
    assert light > dark + 150
