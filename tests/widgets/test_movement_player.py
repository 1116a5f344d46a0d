"""The movement player in Python: what it sends, what it says, what it refuses; all of it from the recording's truth."""

from __future__ import annotations

import asyncio
import base64
import gzip
import json
from html.parser import HTMLParser
from typing import Any

import numpy as np
import pytest
import traitlets

from myoteach import compare_movements, movement_player
from myoteach.signals import KINDS, MUSCLES
from myoteach.widgets._movement_payload import describe
from myoteach.widgets._movement_stages import NOT_SHOWN, STAGES
from myoteach.widgets.movement_player import MovementPlayer
from tests.colours import WIDGETS, luminance, rgb, themes
from tests.conftest import run_apart

LARGEST = 60_000


@pytest.fixture(scope="module")
def players() -> dict[str, MovementPlayer]:
    return {kind: movement_player(kind) for kind in STAGES}


class Cells(HTMLParser):
    """Collect the rows of every table."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.inside = False
        self.feed(text)

    def handle_starttag(self, tag: str, _attrs: object) -> None:
        if tag == "tr":
            self.rows.append([])
        self.inside = tag == "td"

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.rows[-1].append(data)

    def handle_endtag(self, _tag: str) -> None:
        self.inside = False


def test_every_kind_is_shown_or_says_why_not() -> None:
    assert set(STAGES) | set(NOT_SHOWN) == set(KINDS)
    assert not set(STAGES) & set(NOT_SHOWN)


@pytest.mark.parametrize("kind", STAGES)
def test_a_kind_is_small(kind: str, players: dict[str, MovementPlayer]) -> None:
    text = json.dumps(players[kind].data["movements"][0])
    assert json.loads(text) == players[kind].data["movements"][0]
    assert len(gzip.compress(text.encode())) < LARGEST


@pytest.mark.parametrize("kind", STAGES)
def test_the_events_are_those_of_the_truth(kind: str, players: dict[str, MovementPlayer]) -> None:
    player = players[kind]
    sent = [burst for event in player.data["movements"][0]["events"] for burst in event["bursts"]]
    true = [b for b in player.recording.truth.bursts if b.onset < player.recording.seconds]
    assert len(sent) == len(true) > 0
    wanted = sorted((burst.channel, round(burst.onset, 5), round(burst.duration * 1000, 1)) for burst in true)
    assert sorted(map(tuple, sent)) == wanted
    times = [event["time"] for event in player.data["movements"][0]["events"]]
    assert times == sorted(times)


@pytest.mark.parametrize("kind", STAGES)
def test_traces_and_angles_are_those_of_the_recording(kind: str, players: dict[str, MovementPlayer]) -> None:
    player = players[kind]
    movement = player.data["movements"][0]
    for trace in movement["traces"]:
        if trace["kind"] != "emg":
            continue
        samples = np.frombuffer(base64.b64decode(trace["data"]), "<i1") * (trace["peak"] / 127)
        signal = player.recording.signal(trace["site"])
        assert np.abs(samples - signal).max() <= trace["peak"] / 127 + 1
    for joint, text in movement["angles"]["joints"].items():
        angle = np.frombuffer(base64.b64decode(text), "<i2") * movement["angles"]["step"]
        step = round(player.recording.fs / movement["angles"]["rate"])
        assert np.abs(angle - player.recording.signal(joint)[::step]).max() <= movement["angles"]["step"]


@pytest.mark.parametrize("kind", STAGES)
def test_a_kind_is_staged_with_what_it_has(kind: str, players: dict[str, MovementPlayer]) -> None:
    movement, stage = players[kind].data["movements"][0], STAGES[kind]
    assert movement["angles"]["joints"] or movement["skin"]["sites"]
    assert len(stage.traces) + len(stage.eeg) <= 6
    assert {site.partition("_")[0] for site in stage.muscles} <= set(MUSCLES)
    label = KINDS[kind].label.lower().split()[0]
    assert label not in stage.look.lower()  # it is read in blind mode too
    assert len(movement["provenance"]) > 10
    assert all(row[2].startswith(("EPP", "default", "argument")) for row in movement["provenance"])


@pytest.mark.parametrize("kind", STAGES)
def test_the_sentence_counts_what_is_there(kind: str, players: dict[str, MovementPlayer]) -> None:
    player = players[kind]
    said = describe(player.recording)
    assert said.startswith(f"{len(player.data['movements'][0]['events'])} ")
    assert ("silent" in said) == (KINDS[kind].sign < 0)


def test_first_frame_lists_the_first_events() -> None:
    player = movement_player("asterixis")
    rows = [row for row in Cells(player.first_frame()).rows if row]
    first = min(player.recording.truth.bursts, key=lambda burst: burst.onset)
    assert float(rows[0][0].split()[0]) == pytest.approx(first.onset, abs=0.00051)
    assert rows[0][2] == f"{round(first.duration * 1000, 1):g} ms"
    assert "Asterixis" in player.first_frame()
    assert "not a patient" in player.first_frame()
    assert player.first_frame() in player._repr_mimebundle_()[0]["text/html"]


def test_blind_hides_every_name() -> None:
    for player in (movement_player("tic", blind=True), compare_movements(["tic", "chorea"], blind=True)):
        text = f"{player.first_frame()} {player!r}".lower()
        assert not any(word in text for word in ("tic<", "tic.", "chorea", "neck turner", "right"))
        assert "trace 1" in text


def test_it_starts_paused_and_the_same_seed_is_the_same_patient() -> None:
    player = movement_player("hiccup")
    assert (player.playing, player.t, player.speed) == (False, 0.0, 0.25)
    assert movement_player("hiccup").data == player.data
    assert movement_player("hiccup", seed=3).data != player.data


def test_another_kind_is_recorded_when_it_is_asked_for() -> None:
    player = movement_player("tic", others=["chorea"])
    assert list(player.recordings) == ["tic", "chorea"]
    player.kind = "asterixis"
    assert player.recording.truth.kind == "asterixis"
    assert [movement["kind"] for movement in player.data["movements"]] == ["tic", "chorea", "asterixis"]


def kinds_in(data: dict[str, Any]) -> list[str]:
    """The kinds whose movement has been sent, and whose numbers say what they rest on."""
    return [movement["kind"] for movement in data["movements"] if movement["provenance"]]


def test_in_a_kernel_the_first_picture_does_not_wait_for_the_rest() -> None:
    async def cell() -> MovementPlayer:
        player = movement_player("tic", others=["chorea"])
        assert [movement["kind"] for movement in player.data["movements"]] == ["tic"]
        assert [kind for kind, _ in player.data["offered"]] == ["tic", "chorea"]
        assert kinds_in(player.data) == []
        await asyncio.sleep(1.5)
        return player

    player = run_apart(cell())
    assert kinds_in(player.data) == ["tic", "chorea"]
    assert player.data == movement_player("tic", others=["chorea"]).data


@pytest.mark.parametrize("ask", ["kind", "recordings", "get_state"])
def test_what_is_asked_for_before_it_has_come_comes_at_once(ask: str) -> None:
    async def cell() -> MovementPlayer:
        player = movement_player("tic", others=["chorea", "clonus"])
        if ask == "kind":
            player.kind = "clonus"
        elif ask == "recordings":
            assert list(player.recordings) == ["tic", "chorea", "clonus"]
        else:
            assert kinds_in(player.get_state()["data"]) == ["tic", "chorea", "clonus"]
        return player

    player = run_apart(cell())
    assert kinds_in(player.data) == ["tic", "chorea", "clonus"]
    assert player.recording.truth.kind == player.kind


@pytest.mark.parametrize("make", [movement_player, lambda kind: compare_movements(["tic", kind])])
def test_an_unknown_kind_names_the_nearest(make: object) -> None:
    with pytest.raises(ValueError, match="Did you mean 'asterixis'"):
        make("asterixes")  # type: ignore[operator]
    with pytest.raises(ValueError, match="is not shown: functional jerks look different"):
        make("functional")  # type: ignore[operator]


def test_absurd_values_are_refused() -> None:
    with pytest.raises(ValueError, match="speed is 3"):
        movement_player(speed=3)
    with pytest.raises(ValueError, match="named twice"):
        compare_movements(["tic", "tic"])
    with pytest.raises(ValueError, match="expected two to eight"):
        compare_movements("tic")
    player = movement_player()
    with pytest.raises(traitlets.TraitError, match="Did you mean 'chorea'"):
        player.kind = "korea"
    with pytest.raises(traitlets.TraitError, match="speed"):
        player.speed = 0
    assert (player.kind, player.speed) == ("cortical_action", 0.25)


#: What moves, or what a moving part can uncover, by the names of the colours in the style sheet.
FILLS = ("paper", "skin", "shirt", "cloth", "shoe", "hair", "wood", "deep", "cavity", "pale-line")


def palettes() -> list[dict[str, str]]:
    """The colours of the light theme, of Jupyter's dark theme, and of a dark page without Jupyter."""
    return list(themes(*(WIDGETS / name for name in ("_style.css", "_figure.css", "movement_player.css"))).values())


def test_no_fill_can_flash_against_another() -> None:
    """A tenth of luminance with the darker side below 0.8 is a transition; of these fills, no two make one."""
    themes = palettes()
    assert len(themes) == 3
    for theme in themes:
        light = {name: luminance(theme[name]) for name in FILLS}
        for one in FILLS:
            for other in FILLS:
                assert min(light[one], light[other]) >= 0.8 or abs(light[one] - light[other]) < 0.1, (one, other, light)
            red, green, blue = rgb(theme[one])
            assert red < 2 * (green + blue), one  # nowhere near the saturated red of the criterion
