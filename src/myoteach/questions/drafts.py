"""Draft questions from the cause-by-clue table, for practice only and always called drafts.

The table is three-valued, and a draft is only as good as its guard: a cause may be a distractor only if at least one
feature of the stem is explicitly decided against it. Unknown never counts as no, so it keeps a cause out.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator, Mapping
from itertools import combinations

from ..knowledge import KnowledgeBase
from ..knowledge.records import Cause, CauseClue
from ._check import lint_item
from .items import Choice, Option, Origin

STATUS = "draft-generated"
_OPTIONS = 4
_TRIES = 16
_OPPOSITE = {"yes": "no", "no": "yes"}


def speaks_against(kb: KnowledgeBase, cause_id: str, clues: Mapping[str, str]) -> tuple[CauseClue, ...]:
    """Return the decided cells that contradict what a stem says; empty means that the cause cannot be a distractor.

    Parameters
    ----------
    kb
        The tables.
    cause_id
        The cause that would be a distractor.
    clues
        Clue id to ``"yes"`` or ``"no"``, as the stem says.

    Examples
    --------
    >>> from myoteach import load
    >>> [cell.clue_id for cell in speaks_against(load(), "C002", {"CL07": "yes"})]
    ['CL07']
    """
    cells = (kb.cells.get((cause_id, clue)) for clue in clues)
    return tuple(cell for cell in cells if cell is not None and cell.value == _OPPOSITE[clues[cell.clue_id]])


def draft_items(kb: KnowledgeBase, count: int, seed: int = 0) -> tuple[Choice, ...]:
    """Return draft questions that ask which cause fits two features.

    Parameters
    ----------
    kb
        The tables.
    count
        At most so many; there may be fewer.
    seed
        The same seed gives the same drafts.

    Returns
    -------
    tuple of Choice
        Each with the status ``"draft-generated"`` and the place ``"practice"``, free of every flaw the lints know. The
        key's cells have sources; a distractor excluded by a cell without a source says so.

    Examples
    --------
    >>> from myoteach import load
    >>> item = draft_items(load(), 1)[0]
    >>> item.status, item.place, len(item.options), len(item.key_ids)
    ('draft-generated', 'practice', 4, 1)
    """
    chance = random.Random(seed)
    stems = list(_stems(kb))
    chance.shuffle(stems)
    drafts: dict[tuple[str, frozenset[str]], Choice] = {}
    asked: set[str] = set()
    for wanted in (1, 2, 3):  # each cause once before any comes twice
        for cause, cells in stems:
            if len(drafts) >= count:
                return tuple(drafts.values())
            name = (cause.id, frozenset(cell.clue_id for cell in cells))
            if name in drafts or (cause.id in asked and wanted == 1):
                continue
            draft = _draft(kb, cause, cells, chance)
            if draft is not None:
                drafts[name] = draft
                asked.add(cause.id)
    return tuple(drafts.values())


def _stems(kb: KnowledgeBase) -> Iterator[tuple[Cause, tuple[CauseClue, ...]]]:
    """Yield each cause with each pair of sourced features that are decided yes for it."""
    for cause in kb.all_causes:
        cells = [kb.cells[cause.id, clue] for clue in kb.clues if (cause.id, clue) in kb.cells]
        firm = [cell for cell in cells if cell.value == "yes" and cell.why and kb.is_supported(cell)]
        yield from ((cause, pair) for pair in combinations(firm, 2))


def _draft(kb: KnowledgeBase, cause: Cause, cells: tuple[CauseClue, ...], chance: random.Random) -> Choice | None:
    """Try some choices of distractors; return one without a flaw."""
    clues = {cell.clue_id: "yes" for cell in cells}
    fitting = {pair for pair, cell in kb.cells.items() if cell.value == "yes"}
    candidates = [_distractor(kb, other, clues) for other in kb.all_causes if other.id != cause.id]
    usable = [candidate for candidate in candidates if candidate is not None]
    near = [candidate for candidate in usable if any((candidate[0].id, clue) in fitting for clue in clues)]
    pool = near if len(near) >= 2 * _OPTIONS else usable  # a distractor that half fits is worth more
    if len(pool) < _OPTIONS - 1:
        return None
    rank = chance.randrange(_OPTIONS)  # of the key's length among the options, or the longest would be right too often
    best: tuple[int, Choice] | None = None
    for _ in range(_TRIES):
        answers = [(cause, _key_reason(cells)), *chance.sample(pool, _OPTIONS - 1)]
        chance.shuffle(answers)
        draft = _choice(kb, cause, cells, answers)
        miss = abs(rank - sum(len(option.text) > len(cause.plain_name) for option in draft.options))
        if (best is None or miss < best[0]) and not any(lint_item(draft)):
            best = miss, draft
        if best is not None and best[0] == 0:
            break
    return best[1] if best is not None else None


def _key_reason(cells: tuple[CauseClue, ...]) -> str:
    return f"Fits: {'; '.join(_lower(cell.why.rstrip('.')) for cell in cells)}."


def _distractor(kb: KnowledgeBase, cause: Cause, clues: Mapping[str, str]) -> tuple[Cause, str] | None:
    """Return a cause with the reason why it is wrong, or None where nothing is decided against it."""
    cells = [cell for cell in speaks_against(kb, cause.id, clues) if cell.why]
    if not cells:
        return None
    cell = max(cells, key=kb.is_supported)
    judgement = "" if kb.is_supported(cell) else " (a judgement that has no source yet)"
    phrase = kb.clues[cell.clue_id].positive_phrase
    return cause, f"{phrase} That speaks against it: {_lower(cell.why.rstrip('.'))}{judgement}."


def _lower(text: str) -> str:
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def _choice(kb: KnowledgeBase, cause: Cause, cells: tuple[CauseClue, ...], answers: list[tuple[Cause, str]]) -> Choice:
    named = dict(zip("abcdefg", answers, strict=False))
    clues = [cell.clue_id for cell in cells]
    phrases = " ".join(kb.clues[clue].positive_phrase for clue in clues)
    digest = hashlib.sha256("|".join([*clues, *(other.id for other, _ in answers)]).encode()).hexdigest()[:8]
    return Choice(
        id=f"G06-{digest}",
        version=1,
        lesson="06",
        objective="",
        place="practice",
        kind="single",
        audience="clinician" if any(other.audience == "clinician" for other, _ in answers) else "both",
        stem=f"Somebody has jerks. {phrases} Which of these causes fits best?",
        feature=f"What decides: {phrases}",
        sources=tuple(dict.fromkeys(source for cell in cells for source in cell.source_ids)),
        covers=(cause.id, *clues),
        status=STATUS,
        origin=Origin(
            clues=dict.fromkeys(clues, "yes"), causes={letter: other.id for letter, (other, _) in named.items()}
        ),
        options=tuple(
            Option(id=letter, text=other.plain_name, why=why, key=other is cause)
            for letter, (other, why) in named.items()
        ),
    )


def other_keys(draft: Choice, kb: KnowledgeBase) -> tuple[str, ...]:
    """Return the options of a draft that nothing in its stem excludes although they are not keys; none is right.

    Parameters
    ----------
    draft
        As `draft_items` made it.
    kb
        The tables it was made from.

    Examples
    --------
    >>> from myoteach import load
    >>> [other_keys(item, load()) for item in draft_items(load(), 3)]
    [(), (), ()]
    """
    if draft.origin is None:
        return ()
    return tuple(
        option.id
        for option in draft.distractors
        if not speaks_against(kb, draft.origin.causes[option.id], draft.origin.clues)
    )
