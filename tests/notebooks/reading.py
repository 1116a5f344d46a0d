"""How hard a lesson is to read: its sentences, their words, the syllables of a word, the Flesch-Kincaid grade.

Counted strictly: only a full stop, a question mark or an exclamation mark ends a sentence (a colon or a semicolon does
not), and scraps of a list with fewer than four words are no sentences, because short scraps make any text look easy.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

KEY = re.compile(r"\s*\[@([a-z0-9_]+)\]")
_WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)?")
_BLOCK = re.compile(r"\n\s*\n|\n(?=\s*(?:[*+-]|\d+\.)\s)")
_END = re.compile(r"(?:(?<=[.!?])|(?<=[.!?][\"”’)]))\s+(?=[\"“‘(]*[A-Z0-9◀▶+])")
#: Two vowels that are spoken apart, as in "trial", "quiet", "fluid", "react", "video", "usual", "being", "myoclonus".
_APART = re.compile(
    r"(?<![cstgx])(?!(?<=l)ian)i[aou]|(?<=sc)ie|ie(?=t)|(?<!g)ui(?=d)|(?<=[rd])ea$|rea(?=l|ct)|crea(?=t[ei])|eo(?!u)|(?<![gq])ua(?=[ltr])"
    r"|uou|[aeiouy]ing|(?<=[^aeiou])y[aeo]"
)
#: Common words that the letters get wrong.
_KNOWN = {
    "people": 2,
    "every": 2,
    "everybody": 4,
    "everyone": 3,
    "everything": 3,
    "hundred": 2,
    "real": 1,
    "rhythm": 2,
    "really": 3,
}


def cells(path: Path, kind: str = "") -> list[dict[str, Any]]:
    """Return the cells of a notebook, all or those of one kind."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    return [cell for cell in notebook["cells"] if not kind or cell["cell_type"] == kind]


def text(cell: dict[str, Any]) -> str:
    """Return what a cell says."""
    return "".join(cell["source"])


def track_a(path: Path) -> list[str]:
    """Return the Markdown cells that everybody reads: what stands open."""
    kept: list[str] = []
    fold = 0
    for cell in cells(path, "markdown"):
        said = text(cell)
        heading = re.match(r"(#+) ", said)
        level = len(heading[1]) if heading else 0
        if fold and 0 < level <= fold:
            fold = 0
        if cell["metadata"].get("jp-MarkdownHeadingCollapsed"):
            fold = fold or level
        if not fold:
            kept.append(said)
    return kept


def sentences(markdown: str, *, keys: bool = False) -> list[str]:
    """Return the sentences of a text, without headings, tables, code and marks; with their keys of sources if asked."""
    lines = [line for line in markdown.splitlines() if not re.match(r"\s*(#|\||```)", line)]
    plain = re.sub(r"\[([^\]@]*)\]\([^)]*\)", r"\1", "\n".join(lines))
    plain = re.sub(r"(?m)^\s*>\s?", "", plain)
    plain = plain if keys else KEY.sub("", plain)
    found: list[str] = []
    for block in _BLOCK.split(plain):
        line = " ".join(re.sub(r"^\s*(?:[*+-]|\d+\.)\s+", "", block).replace("*", "").replace("`", "").split())
        # A key stands before the full stop or after it; it belongs to the sentence it follows.
        line = re.sub(r"([.!?])((?:\s*\[@\w+\])+)", r"\2\1", line)
        found += [part for part in _END.split(line) if len(words(KEY.sub("", part))) >= 4]
    return found


def words(sentence: str) -> list[str]:
    """Return the words of a sentence; figures and units are none."""
    return _WORD.findall(sentence)


def syllables(word: str) -> int:
    """Return how many syllables an English word has, by its letters."""
    small = re.sub(r"['’]s?", "", word.lower())
    if small in _KNOWN:
        return _KNOWN[small]
    plain = re.sub(r"^some(?=.)", "sum", small).replace("qu", "q")
    count = len(re.findall(r"[aeiouy]+|(?<=[aeiou]s)m", plain)) + len(_APART.findall(plain))
    return max(1, count - _silent(plain))


def _silent(word: str) -> int:
    """Return how many of a word's letters e are written and not spoken: in "time", "fires", "walked", "safely"."""
    inside = bool(re.search(r"[aeiouy][^aeiouy]e(?:ly|ments?|ful|less|ness)$", word))
    if re.search(r"[^aeiouy][lr]e[sd]?$", word):
        return inside  # "muscle", "centre"
    end = r"[^aeiouytd]ed$|(?:[^aeiouysxzcgh]|[^cs]h)es$|[^aeiouy]e$|[aeiou][rv]es?$|(?<=[aeo]u)[srt]e$"
    return inside + bool(re.search(end, word))


def grade(found: Iterable[str]) -> float:
    """Return the Flesch-Kincaid grade of some sentences (Kincaid and others 1975)."""
    listed = list(found)
    said = [word for sentence in listed for word in words(sentence)]
    return 0.39 * len(said) / len(listed) + 11.8 * sum(map(syllables, said)) / len(said) - 15.59
