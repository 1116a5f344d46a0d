"""The page marks as Python does: every item of the bank, right, wrong, partly right, not known, and impossible."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from itertools import permutations, product
from pathlib import Path
from typing import Any

import pytest

from myoteach import load
from myoteach.course import CourseError
from myoteach.course.site._questions import EXAMINATION, Marking, is_open
from myoteach.questions import Bank, Choice, Item, Matching, Numeric, Ordering, ResponseError, read_bank
from myoteach.questions.marking import VERDICTS
from myoteach.widgets._quiz_payload import feedback_card
from myoteach.widgets._quiz_session import Session
from tests.questions import samples

from .deno import run_script

KB = load()
_MARK = """
return given.map(([part, response, order, confidence]) => {
  try { return m.feedback(part, m.grade(part, response), order, confidence); }
  catch (error) { if (!(error instanceof m.ResponseError)) throw error; return "refused"; }
});
"""


def responses(item: Item) -> Iterator[list[str]]:
    """Yield answers to an item that can be given, and some that cannot."""
    yield ["?"]
    yield ["no such answer"]
    ids = [option.id for option in getattr(item, "options", ())]
    if isinstance(item, Choice):
        yield from map(list, permutations(ids, item.keys))
        yield ids[: item.keys + 1]
        yield ids[:1] * 2
    if isinstance(item, Matching):
        stems = [stem.id for stem in item.stems]
        for chosen in list(product(ids, repeat=len(stems)))[:300]:
            yield [f"{stem}={option}" for stem, option in zip(stems, chosen, strict=True)]
        yield [f"{stem.id}={stem.answer}" for stem in item.stems][::-1]
        yield [f"{stems[0]}={ids[0]}"]
    if isinstance(item, Ordering):
        yield from map(list, list(permutations(ids))[:120])
        yield ids[1:]
    if isinstance(item, Numeric):
        edges = [item.answer - item.tolerance, item.answer + item.tolerance, item.answer]
        for value in (*edges, item.answer + 1.01 * item.tolerance + 0.01, -item.answer, 1234567.0, 0.00001234):
            yield [f"{value:.7f}"]
            yield [f"{value:g}".replace(".", ",")]
        yield [f" {item.answer:g} {item.unit} "]
        yield ["\u22123"]
        yield ["1e3"]


def told(item: Item, response: list[str]) -> Any:
    """What Python tells after an answer, and the order in which the options were shown."""
    session = Session([item])
    order = list(session.questions[0][0].shown.order)
    try:
        session.answer(item.id, response, 2)
    except ResponseError:
        return "refused", order
    card = feedback_card(session, item.id, KB)
    return {name: value for name, value in card.items() if name not in ("contrast", "apart", "next")}, order


@pytest.mark.parametrize("bank", [read_bank(), samples.bank()], ids=["the bank", "every kind"])
def test_the_page_tells_what_python_tells(bank: Bank, tmp_path: Path) -> None:
    marking = Marking(bank, KB)
    parts = {part["card"]["id"]: part for item in bank.items for part in marking.entry(item.id)["parts"]}
    given, expected = [], []
    for item in bank.questions:
        for response in responses(item):
            answer, order = told(item, response)
            sure = None if answer == "refused" or answer["verdict"] == "not known" else 2
            given.append([parts[item.id], response, order, sure])
            expected.append(answer)
    found = run_script("_marking.js", _MARK, given, tmp_path)
    assert {answer["verdict"] for answer in expected if answer != "refused"} == set(VERDICTS)
    assert "refused" in expected
    assert len(found) == len(expected) > 3 * len(bank.questions)
    wrong = [
        (case[1], mine, theirs)
        for case, mine, theirs in zip(given, found, expected, strict=True)
        if mine != _plain(theirs)
    ]
    assert not wrong[:3]


def _plain(value: Any) -> Any:
    return json.loads(json.dumps(value))


def test_what_a_page_holds_before_the_answer_is_what_python_sends() -> None:
    marking = Marking(read_bank(), KB)
    item = next(item for item in marking.bank.items if isinstance(item, Choice))
    card = marking.entry(item.id)["parts"][0]["card"]
    assert [option for option, _ in card["options"]] == [option.id for option in item.options]
    assert {"key", "feature"}.isdisjoint(card)


def test_the_look_alike_is_the_one_that_the_quiz_offers() -> None:
    bank = read_bank()
    marking = Marking(bank, KB)
    assert marking.entry("Q01-008")["contrast"][0] == "Q04-014"
    assert "Q04-014" in marking.with_partners(["Q01-008"])


def examined(item: Item) -> Item:
    """The same item, for an examination only."""
    return replace(item, place=EXAMINATION)


def test_an_examination_item_is_in_no_page() -> None:
    bank = samples.bank()
    secret, *rest = bank.items
    marking = Marking(Bank((examined(secret), *rest)), KB)
    assert not is_open(examined(secret))
    assert secret.id not in marking.index()
    assert all(secret.id not in marking.with_partners([item.id]) for item in rest)
    with pytest.raises(CourseError, match=f"{secret.id} may not be in a page"):
        marking.item_of(secret.id)
    with pytest.raises(KeyError):
        marking.entry(secret.id)
    assert Marking(bank, KB).item_of(secret.id) == secret.id
