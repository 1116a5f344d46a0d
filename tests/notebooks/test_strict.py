"""Every committed notebook, run again, says what it said when it was committed; and the comparison can fail."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.slow
SANITIZE = Path(__file__).with_name("sanitize.cfg")


def compare(*notebooks: Path) -> tuple[int, int, str]:
    """Run nbval on notebooks; return how many cells passed and failed, and what it said."""
    options = ["-q", "-p", "no:cacheprovider", "-o", "addopts=", "-W", "default", "--nbval"]
    command = [sys.executable, "-m", "pytest", *options, f"--nbval-sanitize-with={SANITIZE}", *map(str, notebooks)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    counts = {word: int(number) for number, word in re.findall(r"(\d+) (passed|failed)", done.stdout)}
    return counts.get("passed", 0), counts.get("failed", 0), done.stdout + done.stderr


def cells(path: Path) -> int:
    """How many cells of code a notebook has."""
    return sum(cell["cell_type"] == "code" for cell in json.loads(path.read_text(encoding="utf-8"))["cells"])


def test_every_lesson_says_again_what_it_said_and_a_changed_output_is_noticed(tmp_path: Path) -> None:
    """Beside the lessons one broken on purpose is compared: another word in a saved output must turn it red."""
    lessons = sorted((ROOT / "notebooks").glob("*.ipynb"))
    broken = tmp_path / "broken.ipynb"
    text = lessons[0].read_text(encoding="utf-8")
    assert "Be seen by a doctor the same day." in text
    broken.write_text(text.replace("Be seen by a doctor the same day.", "Wait and see."), encoding="utf-8")
    passed, failed, said = compare(*lessons, broken)
    assert failed == 1, said
    assert "Wait and see." in said, said
    assert passed == sum(map(cells, lessons)) + cells(broken) - 1, said
