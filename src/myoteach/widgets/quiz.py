"""The quiz: asks, marks in the kernel, explains after the answer, and keeps every attempt."""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import traitlets

from .._told import BadValueError
from ..knowledge import KnowledgeBase, load
from ..questions import (
    Bank,
    Case,
    ContrastPair,
    Item,
    Progress,
    ResponseError,
    contrast_pairs,
    fold,
    forgets_all,
    read_bank,
)
from ._attempt_log import session_log
from ._explorer import Explorer
from ._modules import module, style
from ._quiz_payload import feedback_card, question_cards, question_table
from ._quiz_session import Session
from ._quiz_sets import QuizSet, due_set, lesson_of, named_set
from ._turns import in_turn

_FORGETS = "This server forgets you when it closes: take a resume code with you."
#: Where a learner gets the code that this and the log's warning speak of.
_WHERE_CODE = " You get the code from myoteach.progress()."


class Quiz(Explorer):
    """Questions, one at a time.

    The traits hold what may stand in a saved notebook: questions without keys, and what the learner chose. Verdicts
    and explanations are sent as messages, after the answer and again when a page asks, and never become state.

    Attributes
    ----------
    session
        The round of questions in the kernel: which were answered, and how.
    """

    _esm = module("quiz.js")
    _css = style("quiz.css")

    at = traitlets.Unicode("").tag(sync=True)
    picks = traitlets.Dict().tag(sync=True)
    confidence = traitlets.Bool(True).tag(sync=True)
    counts = traitlets.Dict().tag(sync=True)
    counting = traitlets.Bool(False).tag(sync=True)

    def __init__(
        self,
        asked: QuizSet,
        *,
        bank: Bank,
        kb: KnowledgeBase,
        everything: Callable[[], Bank] | None = None,
        vote: bool = False,
        **traits: Any,
    ) -> None:
        self._kb, self._asked, self._vote = kb, asked, vote
        self._earlier: Progress | None = None
        self.session = Session(
            asked.items,
            log=None if vote else session_log,
            mode=asked.mode,
            context=_told_before(bank),
            find_contrast=lambda item: None if vote else _contrast_of(item, everything() if everything else bank, kb),
        )
        super().__init__(data=self._data(), **traits)
        self.on_msg(self._receive)

    def _data(self) -> dict[str, Any]:
        return {
            "title": self._asked.title,
            "label": self._asked.label,
            "note": self._asked.note,
            "vote": self._vote,
            "round": self.session.round,
            "questions": question_cards(self.session),
        }

    @in_turn
    def _receive(self, _widget: object, content: Any, _buffers: object) -> None:
        """Do what a page asks. Whatever it sends, the answer is a message; nothing is raised into the kernel."""
        asked = content if isinstance(content, Mapping) else {}
        kind, slot = asked.get("type"), str(asked.get("slot", ""))
        try:
            if kind == "hello":
                self._tell(*self.session.answers, last=self._last_answers())
            elif kind == "again":
                self._start_again()
            elif asked.get("round") != self.session.round:
                self._tell(*self.session.answers)  # the page speaks of a round that is over
            elif kind == "answer":
                self._answer(slot, asked)
            elif kind == "contrast":
                self._ask_contrast(slot)
        except ResponseError as error:
            self.send({"type": "refused", "slot": slot, "why": str(error)})

    def _answer(self, slot: str, asked: Mapping[str, Any]) -> None:
        took = asked.get("took")
        milliseconds = int(took) if isinstance(took, int | float) and 0 <= took < 1e12 else 0
        response = asked.get("response")
        if not isinstance(response, list) or not all(isinstance(part, str) for part in response) or not response:
            raise ResponseError("An answer is a list of ids; choose one and check it again.")
        self.session.answer(slot, response, asked.get("confidence"), milliseconds)
        self._tell(slot)

    def _ask_contrast(self, slot: str) -> None:
        other = self.session.ask_contrast(slot)
        self.data = self._data()
        self.at = other
        if other in self.session.answers:
            self._tell(other)

    def _start_again(self) -> None:
        self.session.start()
        self._earlier = None
        with self.hold_sync():
            self.data, self.at, self.picks, self.counts = self._data(), "", {}, {}
        self._tell(last=self._last_answers())

    def _tell(self, *slots: str, last: Mapping[str, Any] | None = None) -> None:
        """Send what is known of answered parts; how they were answered before this round, if asked for."""
        message: dict[str, Any] = {} if self._vote else {"banner": _banner(self.session.is_finished)}
        if last is not None:
            message["last"] = last
        told = {slot: feedback_card(self.session, slot, self._kb) for slot in slots}
        self.send({"type": "told", "round": self.session.round, "feedback": told, **message})

    def _last_answers(self) -> dict[str, Any]:
        """How each question was last answered before this round began: when, and whether it was right."""
        if self._vote:
            return {}
        if self._earlier is None:  # read once a round, when its first page asks: later the log holds this round too
            self._earlier = fold(session_log().reading.attempts)
        items = self._earlier.items
        found = ((part.item.id, items[part.item.id].last) for part in self.session.parts if part.item.id in items)
        return {
            slot: {"time": attempt.time, "verdict": "right" if attempt.correct else "wrong" if attempt.known else "?"}
            for slot, attempt in found
        }

    def first_frame(self) -> str:
        """Return stems and options, without a key, as plain HTML."""
        title = html.escape(self._asked.title)
        if not self.session.questions:
            return f"<p><strong>{title}.</strong> {html.escape(self._asked.note)}</p>"
        live = "Answers and explanations need the live page: open this notebook with a kernel and run the cell."
        return f"<p><strong>{title}.</strong> {live} {html.escape(self._asked.label)}</p>" + question_table(
            self.session, self._asked.title
        )

    def __repr__(self) -> str:
        return f"<Quiz: {self._asked.title}, {len(self.session.questions)} questions>"


#: The quizzes of this kernel, so that a cell that is run again goes on where its learner was.
_running: dict[tuple[object, ...], Quiz] = {}


def quiz(
    name: str = "",
    *,
    due: bool = False,
    lesson: str = "",
    vote: bool = False,
    audience: str = "",
    bank: Bank | None = None,
    kb: KnowledgeBase | None = None,
) -> Quiz:
    """Ask questions one by one, mark and explain the answers, and keep the attempts.

    Running the cell again in the same kernel goes on where the learner was; "Start again" is a button.

    Parameters
    ----------
    name
        Which questions, for example ``"lesson-06/opening"``, ``"lesson-06/practice"``, ``"lesson-06/closing"``;
        ``"lesson-06/clinicians"`` are all of the lesson that only clinicians are asked; ``"lesson-06/drafts"`` are made
        from the tables and called drafts.
    due
        Instead of a name: what should be asked again now, from all earlier attempts.
    lesson
        With `due`: only of this lesson, for example ``"06"``.
    vote
        For a class: large letters, hands counted if wanted, the answer when the instructor reveals it. Nothing is kept.
    audience
        ``"public"`` leaves out questions for clinicians only.
    bank, kb
        Questions and tables other than the package's own.

    Raises
    ------
    KeyError
        When there are no questions of that name; the message says which there are.
    ValueError
        When neither or both of `name` and `due` are given.
    ImportError
        With `due`, when ``fsrs`` is not installed.

    Examples
    --------
    >>> quiz("lesson-06/opening")
    <Quiz: Lesson 6, opening questions, 4 questions>
    >>> quiz("lesson-06/openings")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    myoteach._told.UnknownNameError: There are no questions 'lesson-06/openings'. Did you mean 'lesson-06/opening'? ...
    """
    if bool(name) == due:
        raise BadValueError(
            'Say either which questions, as in quiz("lesson-06/opening"), or quiz(due=True) for a review.'
        )
    name = str(name)  # a number is told which names there are
    own_kb = kb or load()
    own_bank = bank or read_bank(kb=kb, lesson=lesson_of(name))
    place = (name, due, lesson, vote, audience, own_bank, own_kb)
    running = _running.get(place)
    if running is not None and running.comm is not None and not (due and running.session.is_finished):
        return running
    asked = (
        due_set(own_bank, fold(session_log().reading.attempts), own_kb, lesson)
        if due
        else named_set(name, own_bank, own_kb, audience)
    )
    # Look-alikes stand in other lessons too; they are looked for after the first wrong answer, not before the question.
    _running[place] = Quiz(asked, bank=own_bank, kb=own_kb, everything=lambda: bank or read_bank(kb=kb), vote=vote)
    return _running[place]


def _banner(is_finished: bool) -> str:
    """Say where the answers would be lost, on Binder when all are given: the lesson may be left then."""
    message = session_log().message or (_FORGETS if is_finished and forgets_all() else "")
    return message + _WHERE_CODE if message else ""


def _told_before(bank: Bank) -> dict[str, tuple[str, ...]]:
    """Return for every stage of every case what was told up to it."""
    return {
        stage.item.id: tuple(earlier.tells for earlier in case.stages[: place + 1])
        for case in bank.items
        if isinstance(case, Case)
        for place, stage in enumerate(case.stages)
    }


def _contrast_of(item: Item, bank: Bank, kb: KnowledgeBase) -> ContrastPair | None:
    pairs = _pairs(bank, kb)
    return next((pair for pair in pairs if item.id in (pair.first.id, pair.second.id)), None)


@lru_cache(maxsize=4)
def _pairs(bank: Bank, kb: KnowledgeBase) -> tuple[ContrastPair, ...]:
    """Look-alikes among the questions that stand alone: a stage makes no sense outside its case."""
    return contrast_pairs((item for item in bank.items if not isinstance(item, Case)), kb)
