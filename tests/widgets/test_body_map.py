"""The body map in Python: every kind can be examined, every finding is a row with a source, unknown stays unknown."""

from __future__ import annotations

import gzip
import json

import pytest
import traitlets

from myoteach import body_map, load
from myoteach.knowledge.records import Category, Manoeuvre
from myoteach.signals import KINDS
from myoteach.widgets.body_map import KINDS_EXAMINED, MANOEUVRES, BodyMap

LARGEST = 100_000


@pytest.fixture(scope="module")
def examined() -> BodyMap:
    return body_map()


def test_it_is_small_and_plain_json(examined: BodyMap) -> None:
    text = json.dumps(examined.data)
    assert json.loads(text) == examined.data
    assert len(gzip.compress(text.encode())) < LARGEST


def test_every_finding_is_a_row_with_an_identifiable_source(examined: BodyMap) -> None:
    kb = load()
    rows = kb.records("manoeuvres", Manoeuvre)
    assert {row.kind for row in rows} == set(KINDS_EXAMINED) <= set(KINDS)
    assert all(kb.is_supported(row) for row in rows)
    sent = {(one["kind"], one["manoeuvre"]): one for one in examined.data["findings"]}
    assert len(sent) == len(rows)
    for row in rows:
        one = sent[(row.kind, row.manoeuvre)]
        assert (one["shows"], one["plain"], one["sources"]) == (row.shows, row.plain, list(row.source_ids))
        assert all(name in examined.data["sources"] for name in one["sources"])


def test_what_no_row_says_is_not_sent(examined: BodyMap) -> None:
    said = {(one["kind"], one["manoeuvre"]) for one in examined.data["findings"]}
    every = {(kind, manoeuvre) for kind in KINDS_EXAMINED for manoeuvre in MANOEUVRES}
    assert len(every - said) == len(every) - len(said) > 20


def test_a_jerk_is_never_expected_and_impossible(examined: BodyMap) -> None:
    """A lapse needs a working muscle: what is negative is never found at rest."""
    for one in examined.data["findings"]:
        if KINDS[one["kind"]].sign < 0 and one["manoeuvre"] == "rest":
            assert one["shows"] == "no"


def test_the_five_words_are_those_of_the_tables(examined: BodyMap) -> None:
    rows = [row for row in load().records("categories", Category) if row.axis == "distribution"]
    assert {term["id"] for term in examined.data["terms"]} == {row.id for row in rows}
    assert [term["id"] for term in examined.data["terms"]] == ["CAT08", "CAT09", "CAT10", "CAT11", "CAT12"]


def test_the_bedside_has_no_electromyogram(examined: BodyMap) -> None:
    for kind, movement in examined.data["movements"].items():
        assert movement["traces"] == []
        assert examined.recordings[kind].truth.kind == kind
        assert movement["events"]


def test_the_first_frame_holds_words_and_findings(examined: BodyMap) -> None:
    text = examined.first_frame()
    assert all(term["label"] in text for term in examined.data["terms"])
    assert "What is not listed is not known" in text
    assert text in examined._repr_mimebundle_()[0]["text/html"]


def test_absurd_values_are_refused(examined: BodyMap) -> None:
    with pytest.raises(ValueError, match="Did you mean 'hand_R'"):
        body_map(["hand_r"])
    with pytest.raises(ValueError, match="Did you mean 'asterixis'"):
        body_map(kind="asterixes")
    with pytest.raises(ValueError, match="Did you mean 'reach'"):
        body_map(manoeuvre="reac")
    with pytest.raises(traitlets.TraitError, match="Did you mean 'palatal'"):
        examined.kind = "palata"
    with pytest.raises(traitlets.TraitError):
        examined.parts = ["elbow"]
    assert (examined.kind, examined.parts, examined.playing) == ("cortical_action", [], False)
