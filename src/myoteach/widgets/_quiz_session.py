"""A round of questions in the kernel: what may be answered, what was answered, what may be told. Knows no page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from ..questions import DONT_KNOW, AttemptLog, Case, ContrastPair, Item, Mark, ResponseError, Shown, grade, show
from ..questions.marking import POINTS

#: The longest time from question to answer that is kept: a day.
_LONGEST = 86_400_000


@dataclass(slots=True)
class Part:
    """A question as it is delivered: what is told before it, and its options in the order shown."""

    item: Item
    tells: tuple[str, ...] = ()
    shown: Shown = field(init=False)

    def __post_init__(self) -> None:
        self.shown = show(self.item)


class Answer(NamedTuple):
    """A marked response and how sure the learner was."""

    mark: Mark
    confidence: int | None = None


class Session:
    """Questions in the order asked, each once; a case is one question with a part for each stage.

    Parameters
    ----------
    items
        What is asked.
    log
        Gives the log that attempts go to; None keeps nothing (a vote in class has no learner).
    mode
        As what an attempt counts.
    context
        Id of a case's stage to what was told up to it, for a stage that is asked outside its case.
    find_contrast
        Gives for an item the pair it belongs to, if any.

    Examples
    --------
    >>> from myoteach import load
    >>> from myoteach.questions import draft_items
    >>> item = draft_items(load(), 1)[0]
    >>> session = Session([item])
    >>> session.answer(item.id, ["?"])
    >>> session.answers[item.id].mark.verdict, session.is_finished
    ('not known', True)
    """

    def __init__(
        self,
        items: Sequence[Item],
        *,
        log: Callable[[], AttemptLog] | None = None,
        mode: str = "quiz",
        context: Mapping[str, tuple[str, ...]] | None = None,
        find_contrast: Callable[[Item], ContrastPair | None] = lambda _item: None,
    ) -> None:
        self._items = tuple(items)
        self._log, self.mode = log, mode
        self._context = context or {}
        self._find_contrast = find_contrast
        self.round = 0
        self.start()

    def start(self) -> None:
        """Ask everything anew, shuffled anew. Answers to an earlier round are no answers to this one."""
        self.round += 1
        self.questions: list[tuple[Part, ...]] = [self._parts_of(item) for item in self._items]
        self.answers: dict[str, Answer] = {}
        self._apart: dict[str, str] = {}

    def _parts_of(self, item: Item) -> tuple[Part, ...]:
        if not isinstance(item, Case):
            return (Part(item, self._context.get(item.id, ())),)
        told = tuple(stage.tells for stage in item.stages)
        return tuple(Part(stage.item, told[: place + 1]) for place, stage in enumerate(item.stages))

    @property
    def parts(self) -> Iterator[Part]:
        """Every part, also those that may not be shown yet."""
        for parts in self.questions:
            yield from parts

    @property
    def is_finished(self) -> bool:
        """Whether every part was answered."""
        return all(part.item.id in self.answers for part in self.parts)

    def answer(self, slot: str, response: Any, confidence: object = None, took: int = 0) -> None:
        """Mark an answer and keep the attempt. An answer that came before is not marked twice.

        Raises
        ------
        ResponseError
            When the question is not there, not to be asked yet, or cannot have that response; the log is as it was.
        """
        part = self.open_part(slot)
        if slot in self.answers:
            return
        if confidence is not None and (type(confidence) is not int or confidence not in POINTS):
            raise ResponseError(f"Confidence is 1 (unsure), 2 (fairly sure), 3 (sure) or left out, not {confidence!r}.")
        mark = grade(part.item, response)
        sure = confidence if isinstance(confidence, int) and mark.response != DONT_KNOW else None
        if self._log is not None:
            kept = min(max(int(took), 0), _LONGEST)
            self._log().record(part.item, mark, order=part.shown.order, confidence=sure, took=kept, mode=self.mode)
        self.answers[slot] = Answer(mark, sure)

    def open_part(self, slot: str) -> Part:
        """Return a part that may be shown.

        Raises
        ------
        ResponseError
            When there is none, or an earlier part of its case waits for an answer.
        """
        for parts in self.questions:
            for place, part in enumerate(parts):
                if part.item.id == slot:
                    if any(earlier.item.id not in self.answers for earlier in parts[:place]):
                        raise ResponseError(f"{slot} comes after a question of the same case that is not answered yet.")
                    return part
        raise ResponseError(f"This quiz does not ask {slot!r}; run the cell again.")

    def next_part(self, slot: str) -> Part | None:
        """Return the part of the same case that an answer to this one opens."""
        for parts in self.questions:
            ids = [part.item.id for part in parts]
            if slot in ids[:-1]:
                return parts[ids.index(slot) + 1]
        return None

    def contrast(self, slot: str) -> ContrastPair | None:
        """Return the pair to offer after an answer that was not right."""
        answered = self.answers.get(slot)
        if answered is None or answered.mark.correct:
            return None
        return self._find_contrast(self.open_part(slot).item)

    def ask_contrast(self, slot: str) -> str:
        """Ask the look-alike of an item next and return its id; one that is asked anyway is only named.

        Raises
        ------
        ResponseError
            When there is no look-alike to ask.
        """
        pair = self.contrast(slot)
        if pair is None:
            raise ResponseError(f"There is no look-alike to ask after {slot}.")
        other = pair.second if pair.first.id == slot else pair.first
        self._apart[other.id] = pair.deciding
        if other.id not in [part.item.id for part in self.parts]:
            place = next(n for n, parts in enumerate(self.questions) if slot in [part.item.id for part in parts])
            self.questions.insert(place + 1, self._parts_of(other))
        return other.id

    def apart(self, slot: str) -> str:
        """Say what tells an item from the look-alike it was asked after; empty when it was not."""
        return self._apart.get(slot, "")
