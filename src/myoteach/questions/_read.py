"""Read the bank: YAML, held against the schema and the tables, then built into items; every problem at once."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from .._content import content_folder
from ..knowledge import KnowledgeBase, load
from ..knowledge._problems import nearest
from ..knowledge.records import Objective
from ._problems import BankError, Problem
from ._schema import Miss, misses, question_schema
from ._yaml import Node, parse
from .items import Bank, Case, Choice, Item, Matching, Numeric, Option, Ordering, Picture, Premise, Stage

#: What a stage's item takes over from its case when it does not say it itself.
_INHERITED = ("version", "lesson", "objective", "place", "audience", "covers", "status", "reviewed_by", "reviewed_on")


@dataclass(slots=True)
class Reading:
    """Items that could be built, the lines of their fields, and everything that is wrong in form."""

    items: list[Item] = field(default_factory=list)
    lines: dict[tuple[str, str], tuple[str, int]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def bank(self) -> Bank:
        """The items as a bank."""
        return Bank(tuple(self.items), self.lines)


def read_bank(folder: str | Path | None = None, kb: KnowledgeBase | None = None, lesson: str = "") -> Bank:
    """Read the questions.

    Parameters
    ----------
    folder
        A folder with YAML files of questions; by default the package's own ``data/questions``.
    kb
        The tables that sources and covered rows are looked up in; by default the package's own.
    lesson
        Only the file of this lesson, for example ``"06"`` for ``lesson-06.yaml``: all that a lesson needs, and sooner
        there. Where there is no such file, everything.

    Returns
    -------
    Bank
        Immutable. The lints are not run: see `check_bank`.

    Raises
    ------
    BankError
        When anything is wrong in form. It lists every problem with file, line, item, field, value, what was expected
        and the nearest valid value. Nothing is half-loaded.

    Examples
    --------
    >>> bank = read_bank()
    >>> all(item.sources for item in bank.questions)
    True
    """
    if folder is None and kb is None:
        return _read_own(lesson)
    return _complete(read_folder(Path(folder) if folder is not None else own_questions(), kb or load(), lesson))


@lru_cache(maxsize=32)
def _read_own(lesson: str) -> Bank:
    return _complete(read_folder(own_questions(), load(), lesson))


def own_questions() -> Path:
    """Return the folder of the package's own questions."""
    return content_folder("data") / "questions"


def _complete(reading: Reading) -> Bank:
    if reading.problems:
        raise BankError(reading.problems)
    return reading.bank


def read_folder(folder: Path, kb: KnowledgeBase, lesson: str = "") -> Reading:
    """Read every ``*.yaml`` of `folder`, in order of name, or the one of `lesson` if there is one."""
    reading = Reading()
    try:
        paths = sorted(path for path in folder.iterdir() if path.suffix == ".yaml")
    except OSError as error:
        reading.problems.append(
            Problem(file=str(folder), expected=f"a folder that exists and can be read ({error.strerror})")
        )
        return reading
    for path in [path for path in paths if path.name == f"lesson-{lesson}.yaml"] or paths:
        try:
            text = path.read_bytes().decode("utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            reading.problems.append(Problem(file=path.name, expected=f"a readable file of UTF-8 text ({error})"))
            continue
        _read_text(text, path.name, kb, reading)
    return reading


def read_text(text: str, kb: KnowledgeBase, file: str = "questions.yaml") -> Reading:
    """Read one file's text."""
    reading = Reading()
    _read_text(text, file, kb, reading)
    return reading


def _read_text(text: str, file: str, kb: KnowledgeBase, reading: Reading) -> None:
    before = len(reading.problems)
    root = parse(text, file, reading.problems)
    if root is None or len(reading.problems) > before:
        return
    if not isinstance(root.value, list):
        reading.problems.append(Problem(file=file, line=root.line, expected="a list of items, each begun by a hyphen"))
        return
    schema = question_schema()
    for node in root.value:
        found = list(misses(node, schema["items"], schema))
        found += [] if found else _reference_misses(node, kb)
        found += [] if found else _own_misses(node)
        reading.problems += [_problem(miss, node, file) for miss in found]
        if not found:
            _add(node, file, reading)


def _problem(miss: Miss, node: Node, file: str) -> Problem:
    item, path = _owner(node, miss.path)
    return Problem(
        file=file,
        line=miss.line,
        item=item,
        field=".".join(path),
        value=miss.value,
        expected=miss.expected,
        nearest=miss.nearest,
    )


def _owner(node: Node, path: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """Return the id of the innermost item a path leads through, and the rest of the path."""
    if path[:1] == ("stages",) and len(path) > 3 and path[2] == "item" and path[1].isdigit():
        stages = node.items("stages")
        stage = stages[int(path[1]) - 1].get("item")
        if stage is not None and stage.text("id"):
            return stage.text("id"), path[3:]
    return node.text("id"), path


def _item_nodes(node: Node) -> Iterator[tuple[tuple[str, ...], Node]]:
    """Yield an item's node and those of its stages, with the path to each."""
    yield (), node
    for number, stage in enumerate(node.items("stages"), 1):
        inner = stage.get("item")
        if inner is not None:
            yield ("stages", str(number), "item"), inner


@lru_cache(maxsize=4)
def _known_ids(kb: KnowledgeBase) -> tuple[dict[str, str], dict[str, list[str]]]:
    """Return every id a question may cover, and the objectives of each lesson."""
    rows = {str(row.id): name for name, rows in kb.tables.items() for row in rows if hasattr(row, "id")}
    objectives: dict[str, list[str]] = {}
    for objective in kb.records("objectives", Objective):
        objectives.setdefault(objective.lesson, []).append(objective.id)
    return rows, objectives


def _reference_misses(node: Node, kb: KnowledgeBase) -> Iterator[Miss]:
    """Check the ids of sources, covered rows and objectives against the tables."""
    rows, objectives = _known_ids(kb)
    lesson = node.text("lesson")
    for path, item in _item_nodes(node):
        yield from _unknown(item.items("sources"), kb.sources, (*path, "sources"), "the id of a source")
        yield from _unknown(item.items("covers"), rows, (*path, "covers"), "the id of a row of the tables")
        objective, what = item.get("objective"), f"the id of an objective of lesson {lesson}"
        if objective is not None:
            yield from _unknown([objective], objectives.get(lesson, ()), (*path, "objective"), what)


def _unknown(nodes: list[Node], valid: Collection[str], path: tuple[str, ...], what: str) -> Iterator[Miss]:
    for node in nodes:
        if node.text() not in valid:
            yield Miss(path, node.line, node.text(), what, nearest(node.text(), valid))


def _own_misses(node: Node) -> Iterator[Miss]:
    """Check what neither the schema nor the tables can say."""
    for path, item in _item_nodes(node):
        for name in ("options", "stems"):
            yield from _repeated(item.items(name), (*path, name))
        options = [option.text("id") for option in item.items("options")]
        for premise in item.items("stems"):
            if premise.text("answer") not in options:
                where = (*path, "stems", premise.text("id"), "answer")
                near = nearest(premise.text("answer"), options)
                yield Miss(where, premise.line, premise.text("answer"), "the id of one of the item's options", near)
        signed = item.text("reviewed_by"), item.text("reviewed_on")
        if bool(signed[0]) != bool(signed[1]) or (item.text("status") == "reviewed") != bool(signed[0]):
            expected = "reviewed with reviewed_by and reviewed_on, or draft without both"
            yield Miss((*path, "status"), item.line, item.text("status"), expected)
        if signed[1] and not _is_date(signed[1]):
            yield Miss((*path, "reviewed_on"), item.line, signed[1], "a date such as 2026-01-31")


def _is_date(text: str) -> bool:
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _repeated(nodes: list[Node], path: tuple[str, ...]) -> Iterator[Miss]:
    seen: set[str] = set()
    for node in nodes:
        if node.text("id") in seen:
            yield Miss((*path, node.text("id"), "id"), node.line, node.text("id"), "an id used once in the item")
        seen.add(node.text("id"))


def _add(node: Node, file: str, reading: Reading) -> None:
    """Build the item and note its lines, unless an id in it is taken."""
    new: dict[tuple[str, str], tuple[str, int]] = {}
    for _, inner in _item_nodes(node):
        item_id = inner.text("id")
        before = reading.lines.get((item_id, "")) or new.get((item_id, ""))
        if before:
            where = "{}, line {}".format(*before)
            expected = f"an id used once; {where} has it already"
            reading.problems.append(
                Problem(file=file, line=inner.line, item=item_id, field="id", value=item_id, expected=expected)
            )
            return
        new |= {(item_id, name): (file, line) for name, line in _lines(inner)}
    reading.lines |= new
    reading.items.append(_build(node))


def _lines(node: Node, path: str = "") -> Iterator[tuple[str, int]]:
    yield path, node.line
    if isinstance(node.value, dict):
        for name, child in node.value.items():
            yield from _lines(child, f"{path}.{name}".lstrip("."))
    elif isinstance(node.value, list):
        for number, child in enumerate(node.value, 1):
            yield from _lines(child, f"{path}.{child.text('id') or number}".lstrip("."))


def _build(node: Node) -> Item:
    return _KINDS[node.text("kind")](node, _common(node))


def _common(node: Node) -> dict[str, Any]:
    picture, signed, waive = node.get("picture"), node.text("reviewed_on"), node.get("waive")
    reasons = waive.value if waive is not None and isinstance(waive.value, dict) else {}
    return {
        **{name: node.text(name) for name in ("id", "lesson", "objective", "place", "kind", "audience", "status")},
        **{name: node.text(name) for name in ("stem", "feature", "reviewed_by")},
        "version": int(node.text("version")),
        "sources": tuple(child.text() for child in node.items("sources")),
        "covers": tuple(child.text() for child in node.items("covers")),
        "reviewed_on": datetime.date.fromisoformat(signed) if signed else None,
        "waive": {code: reason.text() for code, reason in reasons.items()},
        "picture": Picture(file=picture.text("file"), alt=picture.text("alt")) if picture else None,
    }


def _options(node: Node) -> tuple[Option, ...]:
    return tuple(
        Option(id=child.text("id"), text=child.text("text"), why=child.text("why"), key=child.text("key") == "true")
        for child in node.items("options")
    )


def _choice(node: Node, common: dict[str, Any]) -> Choice:
    return Choice(**common, options=_options(node), keys=int(node.text("keys") or 1))


def _matching(node: Node, common: dict[str, Any]) -> Matching:
    names = ("id", "text", "answer", "why")
    stems = tuple(Premise(**{name: child.text(name) for name in names}) for child in node.items("stems"))
    return Matching(**common, stems=stems, options=_options(node))


def _numeric(node: Node, common: dict[str, Any]) -> Numeric:
    common |= {name: node.text(name) for name in ("unit", "why_right", "why_wrong")}
    return Numeric(**common, answer=float(node.text("answer")), tolerance=float(node.text("tolerance")))


def _ordering(node: Node, common: dict[str, Any]) -> Ordering:
    return Ordering(**common, options=_options(node))


def _case(node: Node, common: dict[str, Any]) -> Case:
    return Case(**common, stages=tuple(_stage(child, node) for child in node.items("stages")))


def _stage(node: Node, case: Node) -> Stage:
    inner = node.get("item")
    assert inner is not None, "the schema requires it"
    own, of_case = inner.value, case.value
    assert isinstance(own, dict)
    assert isinstance(of_case, dict)
    inherited = {name: of_case[name] for name in _INHERITED if name in of_case}
    return Stage(tells=node.text("tells"), item=_build(Node(inner.line, inherited | own)))


_KINDS = {
    "single": _choice,
    "multiple": _choice,
    "matching": _matching,
    "numeric": _numeric,
    "ordering": _ordering,
    "case": _case,
}
