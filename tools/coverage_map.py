"""Write docs/coverage.md:  .venv/bin/python tools/coverage_map.py.

A cell of a lesson that serves an objective carries the objective's id as a tag; everything else is read from the
tables, the bank and the executed lessons.
"""

from __future__ import annotations

import ast
import html
import inspect
import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import myoteach
from myoteach import KnowledgeBase, figures, load
from myoteach.knowledge.records import Claim, Objective, Record, Topic
from myoteach.questions import Bank, read_bank

_T = TypeVar("_T")
ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "coverage.md"
#: What shows something, as opposed to what asks, keeps or cites.
_ASKING = {"KnowledgeBase", "KnowledgeError", "flashcards", "load", "progress", "quiz", "references", "terms"}
SHOWING = {*myoteach.__all__, *figures.__all__} - _ASKING
#: The tables whose rows a learner meets. The others hold sources, numbers of the simulation, pairs and findings.
MET = (
    "categories", "causes", "claims", "clues", "ep_rules", "epidemiology", "glossary", "groups", "investigations",
    "manoeuvres", "mimics", "red_flags", "treatments", "triggers", "urgency",
)  # fmt: skip
#: The columns by whose words a row is known.
_WORDING = {
    "term",
    "test",
    "context",
    "label",
    "name",
    "paraphrase",
    "plain_name",
    "plain",
    "clinical",
    "flag_plain",
    "rule",
}
_HEAD = """# What is taught where

Made by `tools/coverage_map.py` from the tables, the question bank and the executed lessons; a test holds this page and
them together, and fails when an objective has no section, nothing that shows it or fewer than three questions, when a
claim of the article has no home, or when a row that a learner should meet is met in no lesson.

"""


@dataclass(frozen=True)
class Cell:
    """A cell of a lesson: the heading above it, the objectives it serves, what it calls and what it printed."""

    heading: str
    objectives: frozenset[str]
    calls: tuple[str, ...]
    output: str


@dataclass(frozen=True)
class Lesson:
    """An executed lesson."""

    path: Path
    cells: tuple[Cell, ...]

    @property
    def number(self) -> str:
        """Two digits."""
        return self.path.name[:2]


@dataclass(frozen=True)
class Served:
    """What serves one objective."""

    objective: Objective
    sections: tuple[tuple[str, str], ...]
    shown_by: tuple[str, ...]
    questions: tuple[str, ...]
    claims: tuple[str, ...]
    sources: tuple[str, ...]


def read_lesson(path: Path) -> Lesson:
    """Read an executed notebook."""
    cells, heading = [], ""
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        text = "".join(cell["source"])
        if cell["cell_type"] == "markdown" and (found := re.match(r"#+ (.+)", text)):
            heading = found[1]
        tags = frozenset(tag for tag in cell["metadata"].get("tags", ()) if re.fullmatch(r"O\d\d-\d", tag))
        calls = tuple(_calls(text)) if cell["cell_type"] == "code" else ()
        cells.append(Cell(heading, tags, calls, "".join(map(_shown, cell.get("outputs", ())))))
    return Lesson(path, tuple(cells))


def _calls(code: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SHOWING:
            yield node.func.id


def _shown(output: dict[str, Any]) -> str:
    return "".join("".join(output.get("data", {}).get(kind, "")) + " " for kind in ("text/html", "text/plain"))


@dataclass(frozen=True)
class Course:
    """The tables, the bank and the lessons, seen together."""

    kb: KnowledgeBase
    bank: Bank
    lessons: tuple[Lesson, ...]

    @cached_property
    def served(self) -> tuple[Served, ...]:
        """What serves each objective, in their order."""
        return tuple(map(self._serve, self.kb.records("objectives", Objective)))

    def _serve(self, objective: Objective) -> Served:
        cells = [(lesson, cell) for lesson in self.lessons for cell in lesson.cells if objective.id in cell.objectives]
        items = [item for item in self.bank.questions if item.objective == objective.id]
        asked = {row for item in items for row in item.covers}
        return Served(
            objective=objective,
            sections=_once((lesson.path.name, cell.heading) for lesson, cell in cells),
            shown_by=_once(call for _, cell in cells for call in cell.calls),
            questions=tuple(item.id for item in items),
            claims=tuple(claim.id for claim in self.claims if claim.id in asked),
            sources=tuple(sorted({source for item in items for source in item.sources})),
        )

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """The claims of the article."""
        return self.kb.records("claims", Claim)

    @property
    def homeless_claims(self) -> tuple[str, ...]:
        """Claims that no question of any objective takes up."""
        homes = {claim for row in self.served for claim in row.claims}
        return tuple(claim.id for claim in self.claims if claim.id not in homes)

    def unmet(self, table: str) -> tuple[str, ...]:
        """Rows of a table that no question covers and no lesson shows."""
        asked = {row for item in self.bank.by_id.values() for row in item.covers}
        return tuple(
            _name(row)
            for row in self.kb.table(table)
            if getattr(row, "printable", "yes") == "yes"
            and _name(row) not in asked
            and not any(words in self.shown for words in _wordings(row))
        )

    @cached_property
    def shown(self) -> str:
        """All words that the lessons print and that their explorers hold."""
        printed = (cell.output for lesson in self.lessons for cell in lesson.cells)
        called = {call for lesson in self.lessons for cell in lesson.cells for call in cell.calls}
        held = (words for name in sorted(called) for words in _held(getattr(myoteach, name, None)))
        return _flat(html.unescape(re.sub(r"<[^>]+>", " ", " ".join(printed)))) + _flat(" ".join(held))


def _held(make: Callable[..., Any] | None) -> Iterator[str]:
    """Yield the texts an explorer holds, if it can be made without being told of what."""
    if make is None or any(each.default is each.empty for each in inspect.signature(make).parameters.values()):
        return
    waiting = [getattr(make(), "data", None)]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            waiting += value.values()
        elif isinstance(value, list | tuple):
            waiting += value


def _name(row: Record) -> str:
    return str(getattr(row, "id", "") or "/".join(str(getattr(row, each.name)) for each in fields(row)[:2]))


def _wordings(row: Record) -> Iterator[str]:
    for each in fields(row):
        if each.name in _WORDING and getattr(row, each.name):
            yield _flat(str(getattr(row, each.name)))


def _flat(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def _once(values: Iterable[_T]) -> tuple[_T, ...]:
    return tuple(dict.fromkeys(values))


def course() -> Course:
    """Return the course as it stands in this folder."""
    return Course(load(), read_bank(), tuple(map(read_lesson, sorted(ROOT.glob("notebooks/*.ipynb")))))


def page(seen: Course) -> str:
    """Return the page's text."""
    return _HEAD + _objectives(seen) + _rows(seen) + _topics(seen.kb)


def _objectives(seen: Course) -> str:
    lines = ["## Objectives", "", "| objective | sections | shown by | questions | claims of the article | sources |"]
    lines.append("|---|---|---|---|---|---|")
    lines += [f"| {' | '.join(_cells(row))} |" for row in seen.served]
    return "\n".join(lines) + "\n\n"


def _cells(row: Served) -> tuple[str, ...]:
    links = (f"[{name}](../notebooks/{file}#{name.replace(' ', '-')})" for file, name in row.sections)
    return (
        f"**{row.objective.id}** ({row.objective.track}) {row.objective.objective}",
        "<br>".join(links),
        ", ".join(f"`{name}`" for name in row.shown_by),
        f"{len(row.questions)}: {', '.join(row.questions)}",
        ", ".join(row.claims) or "says nothing on this",
        ", ".join(row.sources),
    )


def _rows(seen: Course) -> str:
    lines = ["## Rows a learner meets", "", "| table | rows | met in a lesson or a question |", "|---|---:|---:|"]
    for name in MET:
        rows = len(seen.kb.table(name))
        kept = sum(getattr(row, "printable", "yes") != "yes" for row in seen.kb.table(name))
        note = f" ({kept} not fit to print)" if kept else ""
        lines.append(f"| {name} | {rows}{note} | {rows - kept - len(seen.unmet(name))} |")
    return "\n".join(lines) + "\n\n"


def _topics(kb: KnowledgeBase) -> str:
    topics = kb.records("topics", Topic)
    lines = [
        "## Breadth against the field",
        "",
        f"{len(topics)} topics that reviews, reference works and health pages teach on myoclonus, and where a learner",
        "meets them here.",
        "",
    ]
    for kind in _once(topic.kind for topic in topics):
        lines += [f"### {kind.capitalize()}", "", "| topic | taught by | here |", "|---|---|---|"]
        lines += [_topic(topic) for topic in topics if topic.kind == kind]
        lines.append("")
    return "\n".join(lines)


def _topic(topic: Topic) -> str:
    home = ", ".join(topic.home) or f"not here: {topic.why_not}"
    return f"| {topic.topic} | {', '.join(topic.taught_by)} | {home} |"


if __name__ == "__main__":
    PAGE.write_text(page(course()), encoding="utf-8")
    print(f"Wrote {PAGE.name}.", file=sys.stderr)
