"""The neuraxis: what it is sent is what was simulated, and every number says what it rests on."""

from __future__ import annotations

import base64
import gzip
import json
import re
from typing import Any

import numpy as np
import pytest
import traitlets

from myoteach import KnowledgeBase, neuraxis
from myoteach.knowledge.records import Category, Parameter
from myoteach.signals import KINDS, MUSCLES
from myoteach.widgets._muscles import joint_words
from myoteach.widgets._neuraxis_levels import LEVELS
from myoteach.widgets._neuraxis_payload import clearest_jerk, record

LEVEL = pytest.mark.parametrize("name", LEVELS)


@pytest.fixture(scope="module")
def data() -> dict[str, Any]:
    return neuraxis().data


def shown(data: dict[str, Any], name: str) -> dict[str, Any]:
    return next(level for level in data["levels"] if level["id"] == name)


@LEVEL
def test_onsets_lengths_and_delays_are_those_of_the_recordings_truth(data: dict[str, Any], name: str) -> None:
    level, truth = shown(data, name), record(LEVELS[name]).truth
    jerk = clearest_jerk(record(LEVELS[name]))
    number = truth.jerks.index(jerk.time)
    traced = LEVELS[name].muscles
    true = {burst.channel: burst for burst in truth.bursts if burst.jerk == number and burst.channel in traced}
    assert {trace["site"] for trace in level["traces"] if trace["onset"] is not None} == set(true)
    latencies = dict(truth.latencies)
    for trace in level["traces"]:
        assert trace["delay"] == pytest.approx(1000 * latencies[trace["site"]], abs=0.051)
        if trace["site"] in true:
            assert trace["onset"] == pytest.approx(1000 * (true[trace["site"]].onset - jerk.time), abs=0.051)
            assert trace["duration"] == pytest.approx(1000 * true[trace["site"]].duration, abs=0.051)


@LEVEL
def test_samples_are_those_of_the_recording_and_the_bursts_lie_inside(data: dict[str, Any], name: str) -> None:
    level, recording = shown(data, name), record(LEVELS[name])
    jerk = clearest_jerk(recording)
    first = round(jerk.start * recording.fs)
    for trace in level["traces"]:
        samples = np.frombuffer(base64.b64decode(trace["data"]), "<i1").astype(float) * trace["peak"] / 127
        real = recording.signal(trace["site"])[first : first + len(samples)]
        assert first / recording.fs - jerk.time == pytest.approx(level["first"] / 1000, abs=1e-5)
        assert len(samples) == round((level["end"] - level["start"]) * level["rate"])
        assert np.abs(samples - real).max() <= 0.5 * trace["peak"] / 127 + 1  # peak is told in whole microvolt
        if trace["onset"] is not None:
            assert level["start"] < trace["onset"]
            assert trace["onset"] + trace["duration"] < level["end"]


@LEVEL
def test_the_piece_shown_holds_no_other_jerk(name: str) -> None:
    recording = record(LEVELS[name])
    jerk = clearest_jerk(recording)
    inside = [
        burst
        for burst in recording.truth.bursts
        if burst.onset < jerk.end and burst.onset + burst.duration > jerk.start and burst not in jerk.bursts
    ]
    assert inside == []


@LEVEL
def test_the_figure_moves_as_the_recording_does(data: dict[str, Any], name: str) -> None:
    """The joints sent are those of the recording whose traces are shown, from the discharge to the end."""
    level, recording = shown(data, name), record(LEVELS[name])
    jerk = clearest_jerk(recording)
    first, last = round(jerk.time * recording.fs), round(jerk.still * recording.fs)
    sent = level["movement"]["angles"]
    step = round(recording.fs / sent["rate"])
    for joint in recording.of_kind("angle"):
        real = recording.signal(joint)[first : last + 1 : step]
        if joint in sent["joints"]:
            angle = np.frombuffer(base64.b64decode(sent["joints"][joint]), "<i2") * sent["step"]
            assert np.abs(angle - real).max() <= sent["step"]
        else:
            assert np.abs(real).max() <= sent["step"]
    assert level["still"] == pytest.approx(1000 * (jerk.still - jerk.time), abs=0.51)
    assert level["movement"]["seconds"] == level["still"] / 1000
    later = [burst.onset for burst in recording.truth.bursts if burst.onset > jerk.time and burst not in jerk.bursts]
    assert all(onset >= jerk.still - 0.001 for onset in later)


@LEVEL
def test_what_moves_is_told_with_its_furthest_place(data: dict[str, Any], name: str) -> None:
    level, recording = shown(data, name), record(LEVELS[name])
    jerk = clearest_jerk(recording)
    first, last = round(jerk.time * recording.fs), round(jerk.still * recording.fs)
    for move in level["moves"]:
        joint = next(joint for joint in recording.of_kind("angle") if joint_words(joint) == move["part"])
        way = np.abs(recording.signal(joint)[first : last + 1] - recording.signal(joint)[first])
        assert move["degrees"] == round(float(way.max())) >= 1
        assert way[round(move["at"] * recording.fs / 1000)] == pytest.approx(way.max(), abs=0.5)
        assert move["at"] > min(trace["onset"] for trace in level["traces"] if trace["rank"])  # no limb before a muscle
    assert bool(level["moves"]) == (name != "unit")


def test_both_sides_move_where_both_sides_jerk(data: dict[str, Any]) -> None:
    for name in ("loop", "startle", "brainstem", "cord"):
        parts = {move["part"] for move in shown(data, name)["moves"]}
        assert {"right elbow", "left elbow", "right ankle", "left ankle"} <= parts, name


@LEVEL
def test_the_order_follows_the_conduction(data: dict[str, Any], name: str) -> None:
    fired = [trace for trace in shown(data, name)["traces"] if trace["rank"]]
    fired.sort(key=lambda trace: trace["onset"])
    assert [trace["rank"] for trace in fired] == sorted(trace["rank"] for trace in fired)
    for early in fired:
        for late in fired:
            if late["delay"] - early["delay"] > 2:
                assert late["rank"] > early["rank"], (early["site"], late["site"])


def test_from_the_cortex_face_arm_leg(data: dict[str, Any]) -> None:
    rank = {trace["site"]: trace["rank"] for trace in shown(data, "cortex")["traces"]}
    assert rank["OOR_R"] < rank["ECR_R"] < rank["APB_R"] < rank["TA_R"] < rank["EDB_R"]
    assert rank["ECR_R"] == rank["FCR_R"]  # agonist and antagonist together


def test_what_tells_the_levels_apart_is_in_the_pictures(data: dict[str, Any]) -> None:
    lengths = {
        level["id"]: np.mean([trace["duration"] for trace in level["traces"] if trace["rank"]])
        for level in data["levels"]
    }
    assert lengths["unit"] < lengths["cortex"] < 45 < lengths["deep"] < lengths["startle"] < lengths["cord"]
    first = {
        level["id"]: {trace["site"] for trace in level["traces"] if trace["rank"] == 1} for level in data["levels"]
    }
    assert first["brainstem"] == {"SCM_R"}
    assert first["startle"] == {"OO_R"}
    assert first["cord"] == {"RA_R"}
    face = {trace["site"]: trace["rank"] for trace in shown(data, "cord")["traces"]}
    assert face["MAS_R"] is None  # the face is spared
    assert sum(trace["rank"] is not None for trace in shown(data, "unit")["traces"]) == 1


def test_the_way_to_the_hand_is_the_measured_one_and_says_so(data: dict[str, Any], kb: KnowledgeBase) -> None:
    hand = next(trace for trace in shown(data, "cortex")["traces"] if trace["site"] == "APB_R")
    row = kb.get("EPP010")
    assert isinstance(row, Parameter)
    assert "mean 21.77" in row.text
    assert hand["delay"] == 21.8
    assert hand["rests"].startswith("measured; EPP010")
    # the same muscle reached from elsewhere is reckoned, not measured
    other = next(trace for trace in shown(data, "startle")["traces"] if trace["site"] == "APB_R")
    assert other["rests"].endswith("default, unsourced")


@LEVEL
def test_every_number_names_a_source_or_says_it_has_none(data: dict[str, Any], name: str) -> None:
    said = {row[0]: row[2] for row in shown(data, name)["numbers"]}
    for row in record(LEVELS[name]).provenance:
        told = said[row.parameter.replace("_", " ")]
        if row.source.startswith("EPP"):
            assert told.startswith(f"{row.source}: ")
        else:
            assert told == "default, unsourced"


def test_a_source_that_cannot_be_identified_does_not_count(data: dict[str, Any]) -> None:
    assert data["measured"]["EPP012"]["rests"] == "EPP012: no source that can be identified, counts as unsourced"
    assert data["measured"]["EPD004"]["rests"] == "default, unsourced"
    assert data["measured"]["EPP058"]["value"] == "3.2 to 6.7 m/s; mean 5.4, SD 1.4"
    assert data["measured"]["EPP004"]["value"].startswith("35.3 and 57.1 ms")


def test_every_place_of_origin_in_the_tables_has_a_level(kb: KnowledgeBase) -> None:
    classes = {row.id for row in kb.records("categories", Category) if row.axis == "generator"}
    assert classes <= {level.about for level in LEVELS.values()}
    for level in LEVELS.values():
        assert {site.partition("_")[0] for site in level.muscles} <= set(MUSCLES)
        assert {level.kind, *level.also} <= set(KINDS)


def test_it_is_small(data: dict[str, Any]) -> None:
    assert len(gzip.compress(json.dumps(data).encode())) < 60_000


def test_it_starts_still_and_snaps_to_nothing() -> None:
    explorer = neuraxis()
    assert (explorer.playing, explorer.t, explorer.snap, explorer.same_scale) == (False, 0.0, False, False)


def test_the_table_is_what_the_page_shows(data: dict[str, Any]) -> None:
    explorer = neuraxis("cord")
    table = explorer.table()
    assert len(table.rows) == len(shown(data, "cord")["traces"])
    assert table.rows[0][:2] == ("right jaw closer", "right masseter")
    assert table.rows[0][4:7] == ("silent", "silent", "silent")
    assert "Simulated for teaching" in table.caption
    assert explorer.recording.truth.kind == "propriospinal"


def test_the_first_frame_says_every_level_and_is_a_table() -> None:
    frame = neuraxis().first_frame()
    assert frame.count("<tr>") == 1 + len(LEVELS)
    assert re.search(r"right thumb \d+°, after \d+ ms", frame)
    assert "nothing by a degree" in frame  # one nerve cell
    assert re.search(r"1\. right mouth muscle [\d.]+ ms; 2\. right neck turner", frame)
    assert "not a patient&#x27;s recording" in frame or "not a patient's recording" in frame


def test_a_wrong_level_is_refused_with_the_nearest() -> None:
    with pytest.raises(ValueError, match=r"There is no level 'cortx'\. Did you mean 'cortex'"):
        neuraxis("cortx")
    explorer = neuraxis("nerve")
    with pytest.raises(traitlets.TraitError, match="Did you mean 'cord'"):
        explorer.level = "chord"
    assert explorer.level == "nerve"
    with pytest.raises(traitlets.TraitError):
        neuraxis(wording="latin")
    with pytest.raises(traitlets.TraitError):
        explorer.caliper = [1.0]


def test_what_lesson_five_tells_is_in_the_picture(data: dict[str, Any]) -> None:
    onset = {trace["site"]: trace["onset"] for trace in shown(data, "cortex")["traces"]}
    told = {"OOR_R": 8, "ECR_R": 15, "FCR_R": 14, "TA_R": 32, "EDB_R": 36}
    assert {site: round(onset[site]) for site in told} == told
    assert round(onset["EDB_R"] - onset["OOR_R"]) == 28
