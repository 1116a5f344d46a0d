"""Show a question without its key; mark a response and explain it."""

from __future__ import annotations

import math
import random
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from .._told import ToldError
from ..knowledge._problems import hint
from .items import Case, Choice, Item, Matching, Numeric, Ordering, Picture

#: The response of somebody who does not know; it is a response like any other and shows the explanation.
DONT_KNOW: tuple[str, ...] = ("?",)
#: Points for a right and a wrong answer by confidence: low, middle, high. Wrong and sure costs most.
POINTS = {1: (1, 0), 2: (2, -2), 3: (3, -6)}

Response = str | float | Iterable[str] | Mapping[str, str]


class ResponseError(ToldError, ValueError):
    """The response cannot be one to this item; the message says what would be.

    Examples
    --------
    >>> from myoteach import load
    >>> from myoteach.questions import draft_items
    >>> try:
    ...     grade(draft_items(load(), 1)[0], "z")
    ... except ResponseError as error:
    ...     print(str(error).partition(" ")[2])
    has no option 'z'; it has a, b, c, d.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What may reach the page before the answer: no key, no explanation.

    `options` and `stems` are pairs of id and text; `choose` is how many options are to be chosen.

    Examples
    --------
    >>> from myoteach import load
    >>> from myoteach.questions import draft_items
    >>> sorted(show(draft_items(load(), 1)[0]).order)
    ['a', 'b', 'c', 'd']
    """

    id: str
    version: int
    kind: str
    stem: str
    options: tuple[tuple[str, str], ...] = ()
    stems: tuple[tuple[str, str], ...] = ()
    choose: int = 1
    unit: str = ""
    picture: Picture | None = None
    status: str = "draft"

    @property
    def order(self) -> tuple[str, ...]:
        """Ids of the options in the order shown."""
        return tuple(option_id for option_id, _ in self.options)


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionNote:
    """What is said of one option after the answer.

    Examples
    --------
    >>> from myoteach import load
    >>> from myoteach.questions import draft_items
    >>> item = draft_items(load(), 1)[0]
    >>> [(note.chosen, note.right) for note in grade(item, tuple(item.key_ids)[0]).notes if note.chosen]
    [(True, True)]
    """

    id: str
    text: str
    chosen: bool
    right: bool
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A marked response with everything that is explained, in the order in which it helps.

    `verdict` is ``"right"``, ``"partly right"``, ``"wrong"`` or ``"not known"``; `score` is 0 to 1.

    Examples
    --------
    >>> from myoteach import load
    >>> from myoteach.questions import draft_items
    >>> item = draft_items(load(), 1)[0]
    >>> mark = grade(item, tuple(item.key_ids)[0])
    >>> mark.verdict, mark.correct
    ('right', True)
    >>> next(mark.sections())[0]
    'verdict'
    """

    item: str
    response: tuple[str, ...]
    verdict: str
    score: float
    yours: tuple[str, ...]
    key: tuple[str, ...]
    feature: str
    sources: tuple[str, ...]
    notes: tuple[OptionNote, ...]

    @property
    def correct(self) -> bool:
        """Whether the response is wholly right."""
        return self.verdict == "right"

    def sections(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yield what there is to explain, in order: verdict, yours, key, feature, source."""
        parts = {
            "verdict": (VERDICTS[self.verdict],),
            "yours": self.yours,
            "key": self.key,
            "feature": (self.feature,),
            "source": self.sources,
        }
        yield from ((name, texts) for name, texts in parts.items() if texts)


#: What is said first, by verdict.
VERDICTS = {
    "right": "Right.",
    "partly right": "Partly right.",
    "wrong": "Not right.",
    "not known": "You did not know; here is how to tell.",
}


def show(item: Item, seed: int | None = None) -> Shown:
    """Return what a learner may see of an item before the answer, its options shuffled.

    Parameters
    ----------
    item
        A question; show the stages of a case one by one.
    seed
        The same seed gives the same order; None gives a new one.

    Raises
    ------
    ResponseError
        For a case.

    Examples
    --------
    >>> from myoteach import load
    >>> from myoteach.questions import draft_items
    >>> item = draft_items(load(), 1)[0]
    >>> sorted(show(item, seed=4).order) == sorted(option.id for option in item.options)
    True
    """
    options = getattr(item, "options", ())
    if isinstance(item, Case):
        raise ResponseError(f"{item.id} is a case; show and mark the items of its stages one by one.")
    pairs = [(option.id, option.text) for option in options]
    chance = random.Random(seed)
    chance.shuffle(pairs)
    if isinstance(item, Ordering) and [option_id for option_id, _ in pairs] == [option.id for option in options]:
        pairs.reverse()  # the right order, shown at the start, would be the answer
    return Shown(
        id=item.id,
        version=item.version,
        kind=item.kind,
        stem=item.stem,
        options=tuple(pairs),
        stems=tuple((premise.id, premise.text) for premise in item.stems) if isinstance(item, Matching) else (),
        choose=item.keys if isinstance(item, Choice) else 1,
        unit=item.unit if isinstance(item, Numeric) else "",
        picture=item.picture,
        status=item.status,
    )


def normalise(item: Item, response: Response) -> tuple[str, ...]:
    """Return a response as ids, the form the attempt log keeps.

    Parameters
    ----------
    item
        The question.
    response
        An option's id (single); ids (multiple; ordering, in order); premise id to option id, or ``"s1=a"`` (matching);
        a number or a text with one (numeric); or `DONT_KNOW`.

    Raises
    ------
    ResponseError
        When the response names what the item does not have, or too many or too few.

    Examples
    --------
    >>> from myoteach import load
    >>> from myoteach.questions import draft_items
    >>> normalise(draft_items(load(), 1)[0], "a")
    ('a',)
    """
    if isinstance(item, Numeric):
        return _number(item, response)
    given = _as_ids(response)
    if given == DONT_KNOW:
        return DONT_KNOW
    if isinstance(item, Choice):
        return tuple(sorted(_known(item, given, item.keys)))
    if isinstance(item, Matching):
        return _matched(item, given)
    if isinstance(item, Ordering):
        return _known(item, given, len(item.options))
    raise ResponseError(f"{item.id} is a case; show and mark the items of its stages one by one.")


def _as_ids(response: Response) -> tuple[str, ...]:
    if isinstance(response, str):
        return (response,)
    if isinstance(response, Mapping):
        return tuple(f"{premise}={option}" for premise, option in response.items())
    if isinstance(response, float | int):
        raise ResponseError(f"Ids of options were expected, not the number {response}.")
    return tuple(map(str, response))


def _known(item: Choice | Ordering, given: tuple[str, ...], count: int) -> tuple[str, ...]:
    ids = [option.id for option in item.options]
    for option_id in given:
        if option_id not in ids:
            there = ", ".join(ids)
            raise ResponseError(f"{item.id} has no option {option_id!r}; it has {there}.{hint(option_id, ids)}")
    if len(set(given)) != count or len(given) != count:
        raise ResponseError(f"{item.id} asks for {count} different option{'s' if count > 1 else ''}, not {len(given)}.")
    return given


def _matched(item: Matching, given: tuple[str, ...]) -> tuple[str, ...]:
    pairs = dict(pair.partition("=")[::2] for pair in given)
    stems, options = [premise.id for premise in item.stems], [option.id for option in item.options]
    if sorted(pairs) != sorted(stems) or len(given) != len(stems) or not set(pairs.values()) <= set(options):
        expected = f"each of {', '.join(stems)} with one of {', '.join(options)}"
        raise ResponseError(f"{item.id} asks for {expected}, as in '{stems[0]}={options[0]}'.")
    return tuple(f"{premise}={pairs[premise]}" for premise in stems)


def _number(item: Numeric, response: Response) -> tuple[str, ...]:
    text = _as_ids(response)[0] if not isinstance(response, float | int) else repr(response)
    if (text,) == DONT_KNOW:
        return DONT_KNOW
    cleaned = text.strip().removesuffix(item.unit).strip().replace("\u2212", "-").replace(",", ".")
    if not re.fullmatch(r"[+-]?(\d{1,15}(\.\d{0,15})?|\.\d{1,15})(e[+-]?\d{1,2})?", cleaned, re.IGNORECASE):
        raise ResponseError(f"{item.id} asks for a number in {item.unit}, not {text[:40]!r}.")
    return (f"{float(cleaned):g}",) if math.isclose(float(f"{float(cleaned):g}"), float(cleaned)) else (cleaned,)


def grade(item: Item, response: Response) -> Mark:
    """Mark a response and explain it.

    Parameters
    ----------
    item, response
        As in `normalise`.

    Returns
    -------
    Mark
        Verdict, score from 0 to 1, what is wrong with the response, why the key is right, the deciding feature, the
        sources, and a note on every option. In a question with several parts the score is the share of parts that are
        right; of several keys, a wrong choice takes back a right one.

    Raises
    ------
    ResponseError
        When the response cannot be one to this item.

    Examples
    --------
    >>> from myoteach import load
    >>> from myoteach.questions import draft_items
    >>> item = draft_items(load(), 1)[0]
    >>> [name for name, _ in grade(item, item.distractors[0].id).sections()]
    ['verdict', 'yours', 'key', 'feature', 'source']
    >>> grade(item, DONT_KNOW).verdict
    'not known'
    """
    given = normalise(item, response)
    notes = tuple(_notes(item, () if given == DONT_KNOW else given))
    score = 0.0 if given == DONT_KNOW else _score(item, given)
    return Mark(
        item=item.id,
        response=given,
        verdict="not known" if given == DONT_KNOW else _verdict(score),
        score=score,
        yours=() if given == DONT_KNOW else tuple(_yours(item, notes, score)),
        key=tuple(_key(item, notes)),
        feature=item.feature,
        sources=item.sources,
        notes=notes,
    )


def _verdict(score: float) -> str:
    return "right" if score == 1 else "wrong" if score == 0 else "partly right"


def _score(item: Item, given: tuple[str, ...]) -> float:
    if isinstance(item, Choice):
        hits = len(item.key_ids & set(given))
        return max(0, hits - (len(given) - hits)) / item.keys
    if isinstance(item, Matching):
        return sum(f"{premise.id}={premise.answer}" in given for premise in item.stems) / len(item.stems)
    if isinstance(item, Ordering):
        return sum(one == option.id for one, option in zip(given, item.options, strict=True)) / len(given)
    assert isinstance(item, Numeric)
    return float(abs(float(given[0]) - item.answer) <= item.tolerance * (1 + 1e-9))


def _notes(item: Item, given: tuple[str, ...]) -> Iterator[OptionNote]:
    """Say of every option, premise or place whether it was chosen, whether that is right, and why."""
    if isinstance(item, Choice):
        for option in item.options:
            yield OptionNote(
                id=option.id, text=option.text, chosen=option.id in given, right=option.key, why=option.why
            )
    elif isinstance(item, Matching):
        texts, chosen = {option.id: option.text for option in item.options}, dict(p.partition("=")[::2] for p in given)
        for premise in item.stems:
            right = chosen.get(premise.id) == premise.answer
            text = f"{premise.text}: {texts[premise.answer]}"
            yield OptionNote(id=premise.id, text=text, chosen=bool(given), right=right, why=premise.why)
    elif isinstance(item, Ordering):
        for place, option in enumerate(item.options, 1):
            right = bool(given) and given[place - 1] == option.id
            yield OptionNote(
                id=option.id, text=f"{place}. {option.text}", chosen=bool(given), right=right, why=option.why
            )


def _yours(item: Item, notes: tuple[OptionNote, ...], score: float) -> Iterator[str]:
    """Say what is wrong with the response, part by part."""
    if isinstance(item, Choice):
        yield from (f"{note.text}: {note.why}" for note in notes if note.chosen and not note.right)
    elif isinstance(item, Numeric):
        yield from [item.why_wrong] if score < 1 else []
    else:
        yield from (f"{note.text}. {note.why}" for note in notes if not note.right)


def _key(item: Item, notes: tuple[OptionNote, ...]) -> Iterator[str]:
    """Say what is right and why; what was already said under "yours" is not said twice."""
    if isinstance(item, Choice):
        yield from (f"{note.text}: {note.why}" for note in notes if note.right)
    elif isinstance(item, Numeric):
        around = f" (within {item.tolerance:g})" if item.tolerance else ""
        yield f"{item.answer:g} {item.unit}{around}: {item.why_right}"
    else:
        yield from (f"{note.text}. {note.why}" for note in notes if note.right or not note.chosen)


def points(mark: Mark, confidence: int | None) -> int:
    """Return the points of an answer given with a confidence: 1, 2, 3 when right, 0, -2, -6 when not.

    Not knowing, and answering without a confidence, count nothing.

    Parameters
    ----------
    mark
        As `grade` gave it.
    confidence
        1 to 3, or None when it was not asked for.

    Raises
    ------
    ResponseError
        When the confidence is not 1, 2, 3 or None.

    Examples
    --------
    >>> from myoteach import load
    >>> from myoteach.questions import draft_items
    >>> item = draft_items(load(), 1)[0]
    >>> points(grade(item, item.distractors[0].id), confidence=3)
    -6
    """
    if confidence is None or mark.verdict == "not known":
        return 0
    if confidence not in POINTS:
        raise ResponseError(f"Confidence is 1 (low), 2 (middle), 3 (high) or None, not {confidence!r}.")
    return POINTS[confidence][0 if mark.correct else 1]
