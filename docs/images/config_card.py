"""Makes config-card.png: runs the demo in a copy, and takes a picture of its card with headless Chromium."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
SIZE = "1340,890"
_CARD = (
    "from metaflow import Flow, namespace; from metaflow.cards import get_cards; namespace(None); "
    "print(get_cards(Flow('Training').latest_run['end'].task)[0].get())"
)


def main() -> None:
    """Run the demo, and take the picture."""
    browser = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if browser is None:
        raise SystemExit("Chromium or Chrome is not installed")
    with tempfile.TemporaryDirectory() as folder:
        demo = Path(folder) / "demo"
        ignored = shutil.ignore_patterns("__pycache__", ".metaflow", ".typedflow")
        shutil.copytree(HERE.parents[1] / "examples" / "demo", demo, ignore=ignored)
        run = ("-m", "typedflow", "run", "training", "--binding", "EXP_02", "--env", "prod")
        python(demo, *run, "--set", "evaluation.seed=7")
        (demo / "card.html").write_text(python(demo, "-c", _CARD), encoding="utf-8")
        options = ("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--hide-scrollbars")
        quiet = ("--disable-background-networking", "--disable-component-update", "--disable-sync")
        picture = (f"--user-data-dir={folder}/profile", f"--window-size={SIZE}", "--virtual-time-budget=5000")
        target = f"--screenshot={HERE / 'config-card.png'}"
        subprocess.run([browser, *options, *quiet, *picture, target, (demo / "card.html").as_uri()], check=True)


def python(directory: Path, *arguments: str) -> str:
    """Run Python there; give what it prints."""
    environ = {"METAFLOW_USER": "tester", **os.environ}
    return subprocess.check_output([sys.executable, *arguments], cwd=directory, env=environ, text=True)


if __name__ == "__main__":
    main()
