"""A round of questions as the page receives it: before the answer no key, after it everything that explains."""

from __future__ import annotations

import string
from collections.abc import Iterable
from typing import Any

from ..knowledge import KnowledgeBase
from ..questions import Choice, Mark, Numeric, OptionNote, show
from ._explorer import html_table
from ._quiz_session import Answer, Part, Session

#: In the bank the explanation of a key says that it is right; the page has said so above it.
_SAID_ALREADY = "Right: "


def question_cards(session: Session) -> list[dict[str, Any]]:
    """Return each question with its first part; further parts of a case come with the answer to the one before."""
    return [{"first": part_card(parts[0]), "parts": len(parts)} for parts in session.questions]


def part_card(part: Part) -> dict[str, Any]:
    """Return what may be seen of a part before its answer."""
    shown = part.shown
    return {
        "id": shown.id,
        "version": shown.version,
        "kind": shown.kind,
        "tells": list(part.tells),
        "stem": shown.stem,
        "options": [list(pair) for pair in shown.options],
        "stems": [list(pair) for pair in shown.stems],
        "choose": shown.choose,
        "unit": shown.unit,
        "picture": shown.picture.alt if shown.picture else "",
    }


def feedback_card(session: Session, slot: str, kb: KnowledgeBase) -> dict[str, Any]:
    """Return everything there is to say of an answered part, and the part of the case that follows."""
    answered = session.answers[slot]
    following = session.next_part(slot)
    return _explained(session.open_part(slot), answered, kb) | {
        "contrast": session.contrast(slot) is not None,
        "apart": session.apart(slot),
        "next": part_card(following) if following else None,
    }


def _explained(part: Part, answered: Answer, kb: KnowledgeBase) -> dict[str, Any]:
    mark = answered.mark
    place = {name: index for index, name in enumerate(part.shown.order)}
    notes = sorted(mark.notes, key=lambda note: place.get(note.id, 0)) if isinstance(part.item, Choice) else mark.notes
    return {
        "verdict": mark.verdict,
        "said": dict(mark.sections())["verdict"][0],
        "response": list(mark.response),
        "confidence": answered.confidence,
        "notes": [_note_card(note) for note in notes],
        "number": _number_card(part, mark),
        "feature": mark.feature,
        "sources": [_source_card(kb, name) for name in mark.sources],
    }


def _note_card(note: OptionNote) -> dict[str, Any]:
    return {"id": note.id, "text": note.text, "chosen": note.chosen, "right": note.right, "why": _plain_why(note.why)}


def _number_card(part: Part, mark: Mark) -> dict[str, str] | None:
    item = part.item
    if not isinstance(item, Numeric):
        return None
    around = f", give or take {item.tolerance:g}" if item.tolerance else ""
    wrong = "" if mark.correct or mark.verdict == "not known" else item.why_wrong
    return {"answer": f"{item.answer:g} {item.unit}{around}", "right": _plain_why(item.why_right), "wrong": wrong}


def _plain_why(why: str) -> str:
    told = why.removeprefix(_SAID_ALREADY)
    return told[:1].upper() + told[1:]


def _source_card(kb: KnowledgeBase, name: str) -> dict[str, Any]:
    source = kb.sources[name]
    return {
        "id": name,
        "citation": source.citation,
        "link": source.link,
        "complete": source.status == "complete",
    }


def question_table(session: Session, caption: str) -> str:
    """Return stems and options as plain HTML, for viewers that run no widgets; a case tells its first part.

    The order of the options is the same in every run, so that a lesson that is executed again is saved unchanged.
    """
    rows = (row for number, parts in enumerate(session.questions, 1) for row in _rows(number, parts))
    return html_table(caption, ("No.", "Question", "Letter", "Answer to choose from"), rows, left=True)


def _rows(number: int, parts: tuple[Part, ...]) -> Iterable[tuple[str, str, str, str]]:
    part = parts[0]
    shown = show(part.item, seed=part.item.version)
    premises = "; ".join(text for _, text in shown.stems)
    go_on = "The case goes on after your answer." if len(parts) > 1 else ""
    told = " ".join(filter(None, (*part.tells, shown.stem, premises, go_on)))
    answers = [text for _, text in shown.options] or [f"a number in {shown.unit}"]
    for place, text in enumerate(answers):
        letter = string.ascii_uppercase[place] if shown.options else ""
        yield ("" if place else str(number), "" if place else told, letter, text)
