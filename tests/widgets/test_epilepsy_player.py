"""The epilepsy player in Python: leads are measured, no wave is invented, and the drop is told and not drawn."""

from __future__ import annotations

import base64
import gzip
import json

import numpy as np
import pytest
import traitlets

from myoteach import epilepsy_player, load
from myoteach.knowledge.records import Parameter, Sourced
from myoteach.signals import KINDS
from myoteach.widgets._locked import AFTER, BEFORE, locked
from myoteach.widgets.epilepsy_player import EXAMPLES, EpilepsyPlayer

LARGEST = 170_000
WITH_A_WAVE = ("cortical_action", "cortical_subcortical", "epilepsia_partialis_continua", "cortical_negative")


@pytest.fixture(scope="module")
def player() -> EpilepsyPlayer:
    return epilepsy_player()


def example(player: EpilepsyPlayer, kind: str) -> dict[str, object]:
    return next(one for one in player.data["examples"] if one["kind"] == kind)


def curve(packed: dict[str, object]) -> np.ndarray:
    return np.frombuffer(base64.b64decode(str(packed["data"])), "<i1").astype(float)


def test_it_is_small_and_plain_json(player: EpilepsyPlayer) -> None:
    text = json.dumps(player.data)
    assert json.loads(text) == player.data
    assert len(gzip.compress(text.encode())) < LARGEST


@pytest.mark.parametrize("kind", [kind for kind in EXAMPLES if kind != "drop"])
def test_a_wave_is_reported_where_the_simulation_has_one(player: EpilepsyPlayer, kind: str) -> None:
    found = example(player, kind)["locked"]
    assert found["events"] >= 50  # type: ignore[index]
    numbers = KINDS[kind].all_numbers
    has_wave = any(name in numbers and numbers[name].value > 0 for name in ("spike", "polyspike"))
    assert (found["lead"] is not None) == has_wave == (kind in WITH_A_WAVE)  # type: ignore[index]


@pytest.mark.parametrize("kind", WITH_A_WAVE)
def test_the_lead_is_where_the_curve_peaks(player: EpilepsyPlayer, kind: str) -> None:
    found = example(player, kind)["locked"]
    samples = curve(found["eeg"])  # type: ignore[index]
    assert len(samples) == BEFORE + AFTER
    window = samples[BEFORE - 100 : BEFORE]
    assert np.argmax(np.abs(window)) == pytest.approx(100 - found["lead"], abs=2)  # type: ignore[index]


@pytest.mark.parametrize("kind", ["asterixis", "reticular"])
def test_a_background_is_not_blown_up_to_a_wave(player: EpilepsyPlayer, kind: str) -> None:
    eeg = example(player, kind)["locked"]["eeg"]  # type: ignore[index]
    assert eeg["peak"] == 10
    assert np.abs(curve(eeg)).max() < 60


def test_leads_lie_where_the_tables_say(player: EpilepsyPlayer) -> None:
    kb = load()
    silence = kb.get("EPP070")
    assert isinstance(silence, Parameter)
    assert silence.low is not None
    assert silence.high is not None
    lead = example(player, "cortical_negative")["locked"]["lead"]  # type: ignore[index]
    assert silence.low <= lead <= silence.high
    thumb = kb.get("EPP010")
    assert isinstance(thumb, Parameter)
    assert example(player, "epilepsia_partialis_continua")["locked"]["lead"] == pytest.approx(thumb.low, abs=3)  # type: ignore[index]


@pytest.mark.parametrize("kind", ["cortical_negative", "asterixis"])
def test_a_silence_is_a_silence_and_follows_no_burst(player: EpilepsyPlayer, kind: str) -> None:
    samples = curve(example(player, kind)["locked"]["emg"])  # type: ignore[index]
    before, onset = samples[: BEFORE - 60], samples[BEFORE - 30 : BEFORE + 1]
    assert samples[BEFORE + 15 : BEFORE + 25].mean() < 0.4 * before.mean()
    assert onset.max() < 1.25 * before.max()


def test_the_drop_is_told_and_not_drawn(player: EpilepsyPlayer) -> None:
    drop = example(player, "drop")
    assert (drop["locked"], drop["note"]) != (None, "")
    assert drop["locked"] is None
    assert "drop" not in player.data["movements"]
    assert "not drawn" in str(drop["note"])


def test_every_row_it_shows_is_sent_with_its_sources(player: EpilepsyPlayer) -> None:
    kb = load()
    for kind, staged in EXAMPLES.items():
        shown = example(player, kind)
        sent = [*shown["texts"], *shown["measured"]]  # type: ignore[misc]
        assert len(sent) == len(staged.rows)
        rows = [kb.get(name, table="glossary" if name.islower() else None) for name in staged.rows]
        wanted = sorted(sorted(row.source_ids) for row in rows if isinstance(row, Sourced))
        assert sorted(sorted(one["sources"]) for one in sent) == wanted
        assert all(name in player.data["sources"] for one in sent for name in one["sources"])


def test_nothing_is_shown_at_its_true_place_first() -> None:
    for staged in EXAMPLES.values():
        assert not staged.site or abs(staged.moved) >= 40


def test_the_same_seed_is_the_same_average() -> None:
    found = locked("asterixis", "ECR_R", "C3", 3)
    locked.cache_clear()
    assert locked("asterixis", "ECR_R", "C3", 3) == found


def test_the_first_frame_says_the_order(player: EpilepsyPlayer) -> None:
    text = player.first_frame()
    assert text.count("before (average of") == len(WITH_A_WAVE)
    assert text.count("no wave goes with it") == 2
    assert "told in words only" in text
    assert text in player._repr_mimebundle_()[0]["text/html"]


def test_absurd_values_are_refused(player: EpilepsyPlayer) -> None:
    with pytest.raises(ValueError, match="Did you mean 'drop'"):
        epilepsy_player("dropp")
    with pytest.raises(traitlets.TraitError, match="Did you mean 'asterixis'"):
        player.kind = "asterixes"
    assert (player.kind, player.playing, player.answers) == ("cortical_action", False, {})
