"""Day and night in Python: every moment rests on rows of the tables, and nobody is reassured about a baby."""

from __future__ import annotations

import gzip
import json

import pytest
import traitlets

from myoteach import day_and_night, load
from myoteach.knowledge.records import Cause, Mimic, Sourced, Urgency
from myoteach.widgets._everyday import MOMENTS
from myoteach.widgets.day_and_night import DayAndNight, raised

LARGEST = 160_000


@pytest.fixture(scope="module")
def strip() -> DayAndNight:
    return day_and_night()


def card(strip: DayAndNight, name: str) -> dict[str, object]:
    return next(one for one in strip.data["moments"] if one["id"] == name)


def test_it_is_small_and_plain_json(strip: DayAndNight) -> None:
    text = json.dumps(strip.data)
    assert json.loads(text) == strip.data
    assert len(gzip.compress(text.encode())) < LARGEST


def test_every_moment_says_what_its_rows_say(strip: DayAndNight) -> None:
    kb = load()
    for moment, shown in zip(MOMENTS, strip.data["moments"], strict=True):
        row = kb.get(moment.row)
        assert shown["name"] == row.plain_name  # type: ignore[attr-defined]
        assert shown["plain"] == (row.discriminator_plain if isinstance(row, Mimic) else row.plain)  # type: ignore[attr-defined]
        ids = (moment.row, moment.about, *moment.common, *moment.flags)
        rows = [kb.get(name) for name in ids if name]
        assert [set(one["sources"]) for one in shown["rests"]] == [
            set(row.source_ids) for row in rows if isinstance(row, Sourced)
        ]
        assert all(name in strip.data["sources"] for one in shown["rests"] for name in one["sources"])


def test_what_makes_it_more_urgent_is_never_lost(strip: DayAndNight) -> None:
    words = {word.id for word in load().records("urgency", Urgency)}
    for moment in strip.data["moments"]:
        for wording in ("plain", "clinical"):
            assert moment["raised"][wording] or moment["urgency"] == "emergency", moment["id"]
            assert {word for _, word in moment["raised"][wording]} <= words, moment["id"]


@pytest.mark.parametrize("column", ["raise_if_plain", "raise_if_clinical"])
def test_signs_and_words_are_told_apart_in_every_row(column: str) -> None:
    kb = load()
    words = {word.id for word in kb.records("urgency", Urgency)}
    for row in (*kb.records("causes", Cause), *kb.records("mimics", Mimic)):
        assert {word for _, word in raised(getattr(row, column))} <= words, row.id


def test_a_baby_and_a_first_seizure_are_not_waited_out(strip: DayAndNight) -> None:
    baby, waking = card(strip, "baby"), card(strip, "waking")
    assert (baby["urgency"], baby["kind"]) == ("urgent", "")
    assert {flag["id"] for flag in baby["flags"]} == {"RF31", "RF17", "RF18"}  # type: ignore[union-attr,index,attr-defined]
    assert waking["urgency"] == "soon"
    assert {flag["id"] for flag in waking["flags"]} == {"RF30", "RF37"}  # type: ignore[union-attr,index,attr-defined]


def test_what_is_played_was_simulated_and_what_is_not_says_why(strip: DayAndNight) -> None:
    for moment in MOMENTS:
        if moment.kind:
            assert strip.recordings[moment.kind].truth.kind == moment.kind
        else:
            assert moment.note.startswith("Not drawn")
    assert strip.data["movements"]["sleep_start"]["pose"] == "lying"


def test_a_figure_not_good_enough_is_not_printed(strip: DayAndNight) -> None:
    assert "60" not in json.dumps(card(strip, "falling_asleep")["common"])
    for moment in strip.data["moments"]:
        for row in moment["common"]:
            assert row["printable"] or not any(letter.isdigit() for letter in row["plain"])


def test_the_first_frame_holds_every_moment(strip: DayAndNight) -> None:
    text = strip.first_frame()
    for moment in strip.data["moments"]:
        assert f"{moment['hour']:02d}:00" in text
    assert "starts paused" in text
    assert text in strip._repr_mimebundle_()[0]["text/html"]


def test_absurd_values_are_refused(strip: DayAndNight) -> None:
    with pytest.raises(ValueError, match="Did you mean 'hiccup'"):
        day_and_night("hickup")
    with pytest.raises(traitlets.TraitError, match="Did you mean 'coffee'"):
        strip.moment = "cofee"
    with pytest.raises(traitlets.TraitError):
        strip.speed = 3
    with pytest.raises(traitlets.TraitError):
        day_and_night(wording="latin")
    assert (strip.moment, strip.speed, strip.playing) == ("hiccup", 0.25, False)
