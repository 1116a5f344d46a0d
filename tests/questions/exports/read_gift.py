"""GIFT, read by the npm package gift-pegjs (a grammar written apart from Moodle) in deno."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from .read_moodle import _pairs, _sum
from .responses import Read, Response, plain

_PARSER = "npm:gift-pegjs@1.0.2"
_SCRIPT = f"""
import parser from "{_PARSER}";
console.log(JSON.stringify(parser.parse(Deno.readTextFileSync(Deno.args[0]))));
"""


def deno() -> str | None:
    """Where deno is: beside this interpreter, or on the path."""
    beside = Path(sys.executable).with_name("deno")
    return str(beside) if beside.exists() else shutil.which("deno")


def is_there() -> bool:
    """Whether the parser can be had; deno fetches it once and keeps it."""
    program = deno()
    if program is None:
        return False
    fetch = [program, "cache", "--quiet", _PARSER]
    return subprocess.run(fetch, capture_output=True, check=False, timeout=120).returncode == 0


def read(path: Path) -> dict[str, Read]:
    """Questions by id."""
    command = [str(deno()), "eval", "--quiet", _SCRIPT, str(path)]
    run = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert run.returncode == 0, run.stderr
    questions = [question for question in json.loads(run.stdout) if question["type"] != "Category"]
    assert len({question["title"] for question in questions}) == len(questions)
    return {question["title"].split(" ")[0]: _question(question) for question in questions}


def _html(text: dict[str, str]) -> str:
    assert text["format"] == "html", text
    return plain(text["text"])


def _subanswer(text: str) -> str:
    """Undo the placeholders that gift-pegjs leaves in the right side of a pair."""
    for sign in "\\:#={}~":
        text = text.replace(f"&&{ord(sign):03d};", sign)
    return plain(text)


def _question(question: dict[str, Any]) -> Read:
    shown, after = [_html(question["stem"])], [_html(question["globalFeedback"])]
    after += [_html(choice["feedback"]) for choice in question.get("choices", [])]
    if question["type"] == "MC":
        shares = {_html(c["text"]): c["weight"] or 100.0 * c["isCorrect"] for c in question["choices"]}
        return Read(" ".join([*shown, *shares]), " ".join(after), lambda given: _sum(shares, given))
    if question["type"] == "Numerical":
        key, other = question["choices"]
        assert other["text"]["text"] == "*"
        assert not other["isCorrect"]
        return Read(" ".join(shown), " ".join(after), lambda given: _within(key["text"], given))
    assert question["type"] == "Matching", question["type"]
    pairs = [(plain(p["subquestion"]["text"]), _subanswer(p["subanswer"])) for p in question["matchPairs"]]
    asked = {premise: answer for premise, answer in pairs if premise}
    shown += [text for pair in pairs for text in pair]
    return Read(" ".join(shown), " ".join(after), lambda given: _pairs(asked, _placed(given)))


def _placed(given: Response) -> Response:
    """An order, told as the places of its steps."""
    return given if isinstance(given, dict) else {step: f"Place {n}" for n, step in enumerate(given, 1)}


def _within(key: dict[str, float], given: float) -> float:
    return float(abs(key["number"] - given) <= key["range"] + 1e-9)
