"""Which questions a quiz asks: those of a lesson's place, those due for review, drafts made from the tables."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass

from .._told import UnknownNameError
from ..knowledge import KnowledgeBase
from ..knowledge._problems import hint
from ..questions import Bank, Item, Progress, category_of, draft_items, due_times, mix, review_queue

#: Places of a lesson in the order of a lesson, and the words above their questions.
_PLACES = {"opening": "opening questions", "practice": "practice", "closing": "closing questions"}
#: The place that holds what only clinicians are asked, wherever in the lesson it belongs.
_CLINICIANS = "clinicians"
DRAFTS = "lesson-06/drafts"
_DRAFTS_SHOWN = 12
_UNITS = ((86_400, "day"), (3_600, "hour"), (60, "minute"))


@dataclass(frozen=True, slots=True)
class QuizSet:
    """What is asked, under which title, and as what an attempt counts (`mode`).

    `note` is said in place of questions when there are none; `label` once, small, of how far they were reviewed.
    """

    title: str
    items: tuple[Item, ...]
    mode: str
    label: str = ""
    note: str = ""


def named_set(name: str, bank: Bank, kb: KnowledgeBase, audience: str = "") -> QuizSet:
    """Return the questions of a name such as ``"lesson-06/opening"``.

    They keep the order of their file as far as no more than two of a category follow each other. What cannot be so
    placed comes last, so that no question is lost.

    Raises
    ------
    KeyError
        When there is none of that name; the message says which there are.

    Examples
    --------
    >>> from myoteach import load
    >>> from myoteach.questions import read_bank
    >>> named_set("lesson-06/opening", read_bank(), load()).title
    'Lesson 6, opening questions'
    """
    if name == DRAFTS:
        label = "Made from the tables by a program, not reviewed. For practice only."
        return QuizSet("Lesson 6, practice from the tables", draft_items(kb, _DRAFTS_SHOWN), "practice", label)
    lesson, place = lesson_of(name), name.partition("/")[2]
    items: tuple[Item, ...] = ()
    if lesson and place == _CLINICIANS:
        items = tuple(item for item in bank.select(lesson=lesson) if item.audience == "clinician")
    elif lesson and place in _PLACES:
        items = bank.select(lesson=lesson, place=place, audience=audience)
    if not items:
        raise UnknownNameError(_no_such_set(name, bank))
    mode = "quiz" if place in ("opening", "closing") else "practice"
    mixed = mix(items, lambda item: category_of(item, kb))
    mixed += [item for item in items if item not in mixed]
    what = _PLACES.get(place, "for clinicians")
    return QuizSet(f"Lesson {lesson.lstrip('0') or '0'}, {what}", tuple(mixed), mode, _review_label(mixed))


def lesson_of(name: str) -> str:
    """Return the lesson that a set's name speaks of, or nothing.

    Examples
    --------
    >>> lesson_of("lesson-06/opening"), lesson_of("opening")
    ('06', '')
    """
    lesson, slash, _ = name.partition("/")
    return lesson.removeprefix("lesson-") if slash and lesson.startswith("lesson-") else ""


def set_names(bank: Bank) -> tuple[str, ...]:
    """Return the names that can be asked for, in the order of the lessons."""
    pairs = sorted({(item.lesson, list(_PLACES).index(item.place)) for item in bank.items if item.place in _PLACES})
    named = [f"lesson-{lesson}/{list(_PLACES)[place]}" for lesson, place in pairs]
    special = sorted({item.lesson for item in bank.items if item.audience == "clinician"})
    return (*named, *(f"lesson-{lesson}/{_CLINICIANS}" for lesson in special), DRAFTS)


def _no_such_set(name: str, bank: Bank) -> str:
    names = set_names(bank)
    return f"There are no questions {name!r}.{hint(name, names)} There are: {', '.join(names)}."


def due_set(bank: Bank, progress: Progress, kb: KnowledgeBase, lesson: str = "", now: float | None = None) -> QuizSet:
    """Return what a learner should be asked again now.

    Raises
    ------
    KeyError
        When there is no such lesson.
    ImportError
        When ``fsrs`` is not installed and something was answered.

    Examples
    --------
    >>> from myoteach import load
    >>> from myoteach.questions import fold, read_bank
    >>> due_set(read_bank(), fold([]), load()).note
    'Nothing to review yet. A question you have answered comes back here when it is time to ask it again.'
    """
    number = lesson.removeprefix("lesson-").zfill(2) if lesson else ""
    lessons = sorted({item.lesson for item in bank.items})
    if number and number not in lessons:
        raise UnknownNameError(f"There is no lesson {lesson!r} with questions. There are: {', '.join(lessons)}.")
    asked = Bank(bank.select(lesson=number)) if number else bank
    moment = time.time() if now is None else now
    items = review_queue(asked, progress, kb, now=moment)
    title = f"Review of lesson {number.lstrip('0') or '0'}" if number else "Review"
    note = "" if items else _nothing_due(asked, progress, moment)
    return QuizSet(title, items, "review", _review_label(items), note)


def _nothing_due(bank: Bank, progress: Progress, now: float) -> str:
    tried = {item.id: progress.items[item.id] for item in bank.questions if item.id in progress.items}
    if not tried:
        return "Nothing to review yet. A question you have answered comes back here when it is time to ask it again."
    return f"Nothing is due now. The next question is due in {span(min(due_times(tried).values()) - now)}."


def span(seconds: float) -> str:
    """Say a time to come in words, the same in every time zone.

    Examples
    --------
    >>> span(30), span(5 * 3600), span(86_400)
    ('less than a minute', 'about 5 hours', 'about 1 day')
    """
    for size, unit in _UNITS:
        count = round(seconds / size)
        if seconds >= size:
            return f"about {count} {unit}{'s' if count != 1 else ''}"
    return "less than a minute"


def _review_label(items: Iterable[Item]) -> str:
    listed = tuple(items)
    drafts = sum(item.is_draft for item in listed)
    if not drafts:
        return ""
    who = "these questions" if drafts == len(listed) else f"{drafts} of these {len(listed)} questions"
    return f"Draft: no clinician has reviewed {who} yet."
