"""Right, wrong, partly right and not known, for every kind; and nothing that gives the key away before."""

from __future__ import annotations

from dataclasses import asdict

import pytest

from myoteach import load
from myoteach.questions import (
    DONT_KNOW,
    Matching,
    ResponseError,
    draft_items,
    grade,
    normalise,
    points,
    read_bank,
    show,
)
from myoteach.questions._lint_errors import texts_of
from tests.questions.samples import bank

BANK = bank()
#: Item, response, verdict, score.
ANSWERS = [
    ("Q06-001", "b", "right", 1),
    ("Q06-001", "a", "wrong", 0),
    ("Q06-002", ["b", "a"], "right", 1),
    ("Q06-002", ["a", "c"], "wrong", 0),
    ("Q06-002", ["c", "d"], "wrong", 0),
    ("Q06-003", {"s1": "a", "s2": "b"}, "right", 1),
    ("Q06-003", {"s1": "a", "s2": "c"}, "partly right", 0.5),
    ("Q06-003", ["s2=a", "s1=b"], "wrong", 0),
    ("Q06-004", 50, "right", 1),
    ("Q06-004", "55 ms", "right", 1),
    ("Q06-004", "45,0", "right", 1),
    ("Q06-004", 55.1, "wrong", 0),
    ("Q06-004", "−50", "wrong", 0),
    ("Q06-005", ["a", "b", "c"], "right", 1),
    ("Q06-005", ["a", "c", "b"], "partly right", 1 / 3),
    ("Q06-005", ["b", "c", "a"], "wrong", 0),
    ("Q06-006a", "b", "right", 1),
]


def test_all_but_one_is_partly_right() -> None:
    items = [item for item in read_bank().items if isinstance(item, Matching) and len(item.stems) > 2]
    assert items
    for item in items:
        given = {stem.id: stem.answer for stem in item.stems}
        first = item.stems[0].id
        given[first] = next(option.id for option in item.options if option.id != given[first])
        mark = grade(item, given)
        assert (mark.verdict, mark.score) == ("partly right", pytest.approx(1 - 1 / len(item.stems)))


@pytest.mark.parametrize(("item", "response", "verdict", "score"), ANSWERS)
def test_marks(item: str, response: object, verdict: str, score: float) -> None:
    mark = grade(BANK.item(item), response)  # type: ignore[arg-type]
    assert (mark.verdict, mark.score) == (verdict, pytest.approx(score))
    assert mark.correct == (verdict == "right")
    assert grade(BANK.item(item), mark.response) == mark  # what the log keeps can be marked again


@pytest.mark.parametrize("item", BANK.questions, ids=lambda item: item.id)
def test_not_knowing_shows_the_whole_explanation(item: object) -> None:
    mark = grade(item, DONT_KNOW)  # type: ignore[arg-type]
    assert (mark.verdict, mark.score, mark.response) == ("not known", 0, DONT_KNOW)
    assert [name for name, _ in mark.sections()] == ["verdict", "key", "feature", "source"]


def test_the_order_of_an_explanation_and_a_note_on_every_option() -> None:
    item = BANK.item("Q06-001")
    mark = grade(item, "d")
    sections = dict(mark.sections())
    assert list(sections) == ["verdict", "yours", "key", "feature", "source"]
    assert sections["yours"] == ("The neighbour next door: A neighbour cannot judge the medicine.",)
    assert sections["key"] == ("The prescriber or pharmacist: Right: they can change it safely.",)
    assert sections["source"] == ("kojovic2011",)
    assert [(note.id, note.chosen, note.right) for note in mark.notes] == [
        ("a", False, False),
        ("b", False, True),
        ("c", False, False),
        ("d", True, False),
    ]
    assert all(note.why for note in mark.notes)


def test_every_explanation_is_said_whatever_is_answered() -> None:
    """In kinds with parts each part's reason stands either under yours or under key, and never under both."""
    for item_id, response in (("Q06-003", {"s1": "a", "s2": "c"}), ("Q06-005", ["a", "c", "b"])):
        mark = grade(BANK.item(item_id), response)
        assert len(mark.yours) + len(mark.key) == len(mark.notes)
        assert not set(mark.yours) & set(mark.key)


@pytest.mark.parametrize(
    ("item", "response", "said"),
    [
        ("Q06-001", "e", "has no option 'e'; it has a, b, c, d"),
        ("Q06-001", ["a", "b"], "asks for 1 different option, not 2"),
        ("Q06-001", 3, "not the number 3"),
        ("Q06-002", ["a"], "asks for 2 different options, not 1"),
        ("Q06-002", ["a", "a"], "asks for 2 different options"),
        ("Q06-003", {"s1": "a"}, "asks for each of s1, s2 with one of a, b, c"),
        ("Q06-003", {"s1": "a", "s2": "z"}, "asks for each of"),
        ("Q06-004", "many", "asks for a number in ms, not 'many'"),
        ("Q06-004", "nan", "asks for a number"),
        ("Q06-004", float("inf"), "asks for a number"),
        ("Q06-004", "1" * 400, "asks for a number"),
        ("Q06-005", ["a", "b"], "asks for 3 different options, not 2"),
        ("Q06-006", "a", "mark the items of its stages one by one"),
    ],
)
def test_a_response_that_cannot_be_one_is_refused_in_a_sentence(item: str, response: object, said: str) -> None:
    with pytest.raises(ResponseError, match=said):
        normalise(BANK.item(item), response)  # type: ignore[arg-type]


def test_confidence_pays_when_right_and_costs_when_wrong() -> None:
    item = BANK.item("Q06-001")
    assert [points(grade(item, "b"), level) for level in (1, 2, 3, None)] == [1, 2, 3, 0]
    assert [points(grade(item, "a"), level) for level in (1, 2, 3, None)] == [0, -2, -6, 0]
    assert points(grade(item, DONT_KNOW), 3) == 0
    with pytest.raises(ResponseError, match="Confidence is 1"):
        points(grade(item, "a"), 4)


@pytest.mark.parametrize("item", [*BANK.questions, *draft_items(load(), 5)], ids=lambda item: item.id)
def test_what_is_shown_first_holds_no_key_and_no_explanation(item: object) -> None:
    shown = show(item, seed=1)  # type: ignore[arg-type]
    text = repr(asdict(shown))
    for name, secret in texts_of(item):  # type: ignore[arg-type]
        if name == "feature" or "why" in name:
            assert not secret or secret not in text
    assert not {"key", "answer", "why", "feature"} & set(asdict(shown))


def test_options_are_shuffled_and_the_right_order_is_never_shown_first() -> None:
    orders = {show(BANK.item("Q06-001"), seed=seed).order for seed in range(200)}
    assert len(orders) == 24
    ordering = {show(BANK.item("Q06-005"), seed=seed).order for seed in range(200)}
    assert ("a", "b", "c") not in ordering
    assert len(ordering) == 5


def test_the_number_to_choose_and_the_unit_are_shown() -> None:
    assert show(BANK.item("Q06-002")).choose == 2
    assert show(BANK.item("Q06-004")).unit == "ms"
    with pytest.raises(ResponseError, match="is a case"):
        show(BANK.item("Q06-006"))
