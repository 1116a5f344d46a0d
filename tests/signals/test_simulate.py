"""A simulated recording holds what it says: the same for the same seed, its truth visible in its samples."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from myoteach.signals import KINDS, MUSCLES, Recording, simulate
from myoteach.signals import _pool as pool
from myoteach.signals._body import Montage

CLEAN = {"noise_uv": 0.0, "mains_uv": 0.0, "ecg_uv": 0.0}
UNITS = {"emg": "uV", "eeg": "uV", "ecg": "uV", "accelerometer": "g", "angle": "deg", "stimulus": "1"}
BURSTS = [name for name, kind in KINDS.items() if kind.sign > 0]
LAPSES = [name for name, kind in KINDS.items() if kind.sign < 0]


def clean(kind: str, seconds: float = 30, fs: float = 2000, seed: int = 1, **more: object) -> Recording:
    return simulate(kind, seconds, fs, seed, eeg=False, **CLEAN, **more)  # type: ignore[arg-type]


def by_jerk(recording: Recording) -> dict[int, dict[str, float]]:
    """The onset of the first burst of each channel in each jerk."""
    jerks: dict[int, dict[str, float]] = {}
    for burst in recording.truth.bursts:
        jerks.setdefault(burst.jerk, {}).setdefault(burst.channel, burst.onset)
    return jerks


def median_frequency(signal: NDArray[np.float32], fs: float) -> float:
    segments = signal[: len(signal) // int(fs) * int(fs)].reshape(-1, int(fs)) * np.hanning(int(fs))
    power = np.cumsum((np.abs(np.fft.rfft(segments)) ** 2).mean(0))
    return float(np.interp(power[-1] / 2, power, np.fft.rfftfreq(int(fs), 1 / fs)))


# ------------------------------------------------------------------------------------------------- every kind


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_runs_at_every_rate(kind: str) -> None:
    for fs in (1000, 2000, 4000):
        recording = simulate(kind, 10, fs, 5)
        assert recording.data.shape == (len(recording.channels), 10 * fs)
        assert recording.data.dtype == np.float32
        assert np.isfinite(recording.data).all()
        assert all(channel.unit == UNITS[channel.kind] for channel in recording.channels)
        assert len({channel.name for channel in recording.channels}) == len(recording.channels)
        assert recording.truth.kind == kind
        assert recording.truth.bursts, "ten seconds hold at least one event"


@pytest.mark.parametrize("kind", KINDS)
def test_the_truth_lies_inside_the_recording_in_order_and_apart(kind: str) -> None:
    recording = clean(kind, 60, 1000)
    truth = recording.truth
    assert list(truth.jerks) == sorted(truth.jerks)
    assert all(0 <= jerk < 60 for jerk in (*truth.jerks, *truth.stimuli))
    assert [burst.onset for burst in truth.bursts] == sorted(burst.onset for burst in truth.bursts)
    assert {burst.channel for burst in truth.bursts} <= set(recording.of_kind("emg"))
    assert {burst.sign for burst in truth.bursts} == {KINDS[kind].sign}
    assert dict(truth.latencies).keys() == set(recording.of_kind("emg"))
    for name in recording.of_kind("emg"):
        own = [burst for burst in truth.bursts if burst.channel == name]
        assert all(burst.duration > 0 and burst.onset + burst.duration < 60 for burst in own)
        gaps = [after.onset - before.onset - before.duration for before, after in itertools.pairwise(own)]
        assert min(gaps, default=1) > 0.019
    for burst in truth.bursts:
        assert burst.onset >= truth.jerks[burst.jerk], "no burst before its discharge"


@settings(max_examples=15, deadline=None)
@given(st.sampled_from(sorted(KINDS)), st.integers(0, 2**31), st.integers(1, 12), st.sampled_from([500, 1024, 3000.5]))
def test_any_kind_seed_length_and_rate_give_a_sound_recording(kind: str, seed: int, seconds: int, fs: float) -> None:
    recording = simulate(kind, seconds, fs, seed, eeg=["C3"], crosstalk=0.1, motion=20)
    assert np.isfinite(recording.data).all()
    assert recording.data.shape[1] == round(seconds * fs)
    assert all(burst.onset > 0 and burst.onset + burst.duration < seconds for burst in recording.truth.bursts)
    assert len({burst.jerk for burst in recording.truth.bursts} - set(range(len(recording.truth.jerks)))) == 0


# ------------------------------------------------------------------------------------------------------- seeds


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others() -> None:
    first, again, other = (simulate("reticular", 10, 1000, seed) for seed in (3, 3, 4))
    assert first.data.tobytes() == again.data.tobytes()
    assert first.truth == again.truth
    assert first.provenance == again.provenance
    assert first.data.tobytes() != other.data.tobytes()


def test_noise_and_scalp_change_no_jerk_and_no_muscle() -> None:
    quiet = clean("cortical_action", 10)
    noisy = simulate("cortical_action", 10, 2000, 1, noise_uv=20)
    assert quiet.truth == noisy.truth
    rest = noisy.signal("APB_R") - quiet.signal("APB_R")
    assert np.std(rest) == pytest.approx(20, rel=0.05)


def test_an_overridden_number_changes_nothing_else_about_the_patient() -> None:
    usual, long = clean("cortical_action", 20), clean("cortical_action", 20, duration=60)
    assert usual.truth.jerks == long.truth.jerks
    assert np.mean([burst.duration for burst in long.truth.bursts]) == pytest.approx(0.060, rel=0.1)


# ----------------------------------------------------------------------------------------------------- bursts


@pytest.mark.parametrize("fs", [1000, 2000, 4000])
@pytest.mark.parametrize("kind", ["cortical_reflex", "reticular", "myoclonus_dystonia", "propriospinal", "clonus"])
def test_a_burst_is_visible_from_its_true_onset_to_its_true_end(kind: str, fs: int) -> None:
    recording = clean(kind, 60, fs, tonic=0)
    early, late = [], []
    for burst in recording.truth.bursts:
        first = int((burst.onset - 0.015) * fs)
        piece = np.abs(recording.signal(burst.channel)[first : int((burst.onset + burst.duration + 0.015) * fs)])
        seen = np.flatnonzero(piece > 0.05 * piece.max())
        early.append((first + seen[0]) / fs - burst.onset)
        late.append((first + seen[-1]) / fs - burst.onset - burst.duration)
    assert min(early) > -0.0011, "nothing before the onset but the rounding to a sample"
    assert max(late) < 0.0011
    assert np.mean(early) < 0.0013
    assert np.mean(late) > -0.0013


def test_muscles_outside_the_kind_stay_silent() -> None:
    recording = clean("palatal", muscles=("LVP_R", "SCM_R", "TA_R"))
    assert np.abs(recording.signal("TA_R")).max() == 0
    assert {burst.channel for burst in recording.truth.bursts} == {"LVP_R"}


@pytest.mark.parametrize("kind", ["cortical_action", "myoclonus_dystonia"])
def test_durations_of_many_patients_have_the_mean_and_spread_of_their_row(kind: str) -> None:
    number = KINDS[kind].all_numbers["duration"]
    patients = [
        np.mean([burst.duration * 1e3 for burst in clean(kind, 20, 500, seed, muscles=["FCR"]).truth.bursts])
        for seed in range(120)
    ]
    assert np.mean(patients) == pytest.approx(number.value, abs=0.3 * number.spread)
    assert np.std(patients) == pytest.approx(number.spread, rel=0.25)


@pytest.mark.parametrize("kind", [name for name in BURSTS if "duration" in KINDS[name].all_numbers])
def test_no_burst_leaves_the_range_of_its_row(kind: str) -> None:
    number = KINDS[kind].all_numbers["duration"]
    triphasic = 0.8 if KINDS[kind].antagonists == "triphasic" else 1.0
    for seed in range(3):
        recording = clean(kind, 60, 500, seed)
        potentials = pool.longest(np.array([pool.width_for(85)]))[0]
        for burst in recording.truth.bursts:
            assert burst.duration <= max(number.in_si(number.high), potentials) + 1e-9
            # A burst that the next one cuts short is the exception, so the lower bound holds for nearly all.
        durations = np.array([burst.duration for burst in recording.truth.bursts])
        assert np.mean(durations < triphasic * number.in_si(number.low) - 1e-9) < 0.1


@pytest.mark.parametrize("kind", LAPSES)
def test_a_lapse_is_silent_and_the_muscle_works_around_it(kind: str) -> None:
    recording = clean(kind)
    assert recording.truth.bursts
    for burst in recording.truth.bursts:
        signal = recording.signal(burst.channel)
        first, last = np.ceil(burst.onset * 2000), np.floor((burst.onset + burst.duration) * 2000)
        inside = signal[int(first) + 1 : int(last)]
        assert np.abs(inside).max() < 1e-3
        before = signal[int(first) - 100 : int(first)]
        assert np.abs(before).max() > 20


def test_fasciculation_is_one_potential_in_one_muscle_and_moves_no_joint() -> None:
    recording = clean("fasciculation", 60)
    onsets = {}
    for burst in recording.truth.bursts:
        assert 0.005 <= burst.duration <= 0.015
        onsets[burst.jerk] = onsets.get(burst.jerk, 0) + 1
    assert set(onsets.values()) == {1}
    assert max(np.abs(recording.signal(name)).max() for name in recording.of_kind("angle")) < 2


def test_myokymia_repeats_one_unit() -> None:
    recording = clean("myokymia", 20, 4000, muscles=["OO"])
    peaks = [np.abs(recording.signal("OO_R")[int(b.onset * 4000) :][:80]).max() for b in recording.truth.bursts]
    assert np.ptp(peaks) < 0.05 * np.mean(peaks)


# ----------------------------------------------------------------------------------------------------- spectra


@pytest.mark.parametrize("fs", [1000, 2000, 4000])
@pytest.mark.parametrize("level", [0.1, 0.25, 0.6])
def test_steady_emg_has_the_median_frequency_of_its_muscle(fs: int, level: float) -> None:
    targets = np.array([muscle.median_hz for muscle in MUSCLES.values()])
    targets = np.unique(targets)
    widths = np.array([pool.width_for(hertz) for hertz in targets])
    firing = pool.fire_tonic(np.random.default_rng(2), np.full(len(targets), level), -1, 30)
    found = [median_frequency(row, fs) for row in pool.potentials(firing, widths, 30 * fs, fs)]
    np.testing.assert_allclose(found, targets, rtol=0.06)


def test_potentials_are_the_sum_of_their_shapes_wherever_the_blocks_are_cut() -> None:
    rng = np.random.default_rng(1)
    fired = pool.Discharges(rng.integers(0, 2, 300), rng.uniform(0, 5, 300), rng.integers(0, pool.UNITS, 300))
    widths = np.array([pool.width_for(90), pool.width_for(116)])
    found = pool.potentials(fired, widths, 20_000, 4000)
    expected = np.zeros_like(found, float)
    time = np.arange(20_000) / 4000
    for row, at, unit in zip(fired.row, fired.time, fired.unit, strict=True):
        first, second = pool.shapes((time - at) / (widths[row] * pool.WIDTHS[unit % 2]))
        phase = 2 * np.pi * (0.618034 * unit % 1.0)
        expected[row] += pool.AMPLITUDE[unit] * (np.cos(phase) * first + np.sin(phase) * second)
    assert np.abs(found - expected).max() < 0.02 * np.abs(expected).max()


# -------------------------------------------------------------------------------------------------- conduction


def test_the_map_meets_the_measured_latencies_and_grows_with_distance() -> None:
    assert MUSCLES["APB"].cortex_latency == pytest.approx(0.02177)
    assert MUSCLES["EDB"].cortex_latency == pytest.approx(0.03714)
    order = ["MAS", "SCM", "DEL", "BIC", "FCR", "APB", "QUA", "TA", "EDB"]
    latencies = [MUSCLES[code].cortex_latency for code in order]
    assert latencies == sorted(latencies)


@pytest.mark.parametrize("kind", ["cortical_action", "reticular", "propriospinal", "startle", "hemifacial_spasm"])
def test_onsets_follow_the_discharge_by_the_stated_latency(kind: str) -> None:
    recording = clean(kind, 120)
    for name, latency in recording.truth.latencies:
        own = [
            burst.onset - recording.truth.jerks[burst.jerk] for burst in recording.truth.bursts if burst.channel == name
        ]
        if len(own) > 5:
            assert np.median(own) == pytest.approx(latency, abs=0.0015)


@pytest.mark.parametrize("seed", range(4))
def test_propriospinal_spreads_up_and_down_at_the_velocity_of_its_row(seed: int) -> None:
    recording = clean("propriospinal", 200, 1000, seed)
    onsets = by_jerk(recording)
    up, down = [], []
    for channels in onsets.values():
        if {"RA_R", "TA_R", "SCM_R"} <= channels.keys():
            central = {name: at - MUSCLES[name[:-2]].nerve_delay for name, at in channels.items()}
            up.append(central["SCM_R"] - central["RA_R"])
            down.append(central["TA_R"] - central["RA_R"])
    velocity_up = (MUSCLES["RA"].position - MUSCLES["SCM"].position) / np.mean(up)
    velocity_down = (MUSCLES["TA"].position - MUSCLES["RA"].position) / np.mean(down)
    assert 3.0 < velocity_up < 7.0
    assert velocity_down == pytest.approx(velocity_up, rel=0.05)


def test_reticular_starts_in_the_neck_and_goes_up_and_down_fast() -> None:
    onsets = by_jerk(clean("reticular", 200))
    first = [min(channels, key=lambda name: channels[name]) for channels in onsets.values()]
    assert np.mean([name == "SCM_R" for name in first]) > 0.9
    mean = {name: np.mean([channels[name] - channels["SCM_R"] for channels in onsets.values()]) for name in onsets[0]}
    assert mean["DEL_R"] < mean["BIC_R"] < mean["TA_R"] < 0.030


def test_startle_blinks_first_and_reaches_hand_and_foot_late() -> None:
    recording = clean("startle", 120)
    for jerk, channels in by_jerk(recording).items():
        if len(channels) == 8:
            sound = max(time for time in recording.truth.stimuli if time < recording.truth.jerks[jerk])
            assert min(channels, key=lambda name: channels[name]) == "OO_R"
            assert channels["OO_R"] - sound == pytest.approx(0.030, abs=0.015)
            assert channels["SCM_R"] - sound == pytest.approx(0.055, abs=0.020)
            assert channels["TA_R"] == max(channels.values())
            assert channels["TA_R"] - sound < 0.160


def test_functional_jerks_change_their_order_and_their_length() -> None:
    recording = clean("functional", 200)
    orders = {tuple(sorted(channels, key=lambda name: channels[name])) for channels in by_jerk(recording).values()}
    assert len(orders) > 10
    durations = [burst.duration for burst in recording.truth.bursts if burst.channel == "RA_R"]
    assert np.std(durations) / np.mean(durations) > 0.25


def test_hiccup_closes_the_glottis_after_the_diaphragm() -> None:
    for channels in by_jerk(clean("hiccup", 120)).values():
        if {"DIA_R", "LAR_R"} <= channels.keys():
            assert channels["LAR_R"] - channels["DIA_R"] == pytest.approx(0.035, abs=0.005)


def test_antagonists_alternate_in_parkinsonian_tremor_and_work_together_in_essential_tremor() -> None:
    for kind, expected in (("parkinsonian_tremor", 0.5), ("essential_tremor", 0.0)):
        recording = clean(kind, 30)
        onsets = {
            name: np.array([burst.onset for burst in recording.truth.bursts if burst.channel == name])
            for name in ("ECR_R", "FCR_R")
        }
        period = np.median(np.diff(onsets["ECR_R"]))
        lag = np.array([np.min(np.abs(onsets["FCR_R"] - at)) for at in onsets["ECR_R"]])
        assert np.median(lag) / period == pytest.approx(expected, abs=0.06)


def test_hemifacial_spasm_takes_eye_and_mouth_of_one_side() -> None:
    recording = clean("hemifacial_spasm", 60)
    assert {burst.channel for burst in recording.truth.bursts} == {"OO_R", "OOR_R"}
    gaps = [channels["OOR_R"] - channels["OO_R"] for channels in by_jerk(recording).values() if len(channels) == 2]
    assert np.std(gaps) < 0.001


# ------------------------------------------------------------------------------------------------------- limb


@pytest.mark.parametrize("kind", ["reticular", "hiccup", "sleep_start"])
def test_the_limb_moves_after_the_burst_and_not_before(kind: str) -> None:
    recording = clean(kind, 60)
    joint = {"reticular": "elbow_R", "hiccup": "abdomen", "sleep_start": "knee_R"}[kind]
    mover = {"reticular": "BIC_R", "hiccup": "DIA_R", "sleep_start": "QUA_R"}[kind]
    angle = recording.signal(joint)
    alone = [burst for burst in recording.truth.bursts if burst.channel == mover]
    apart = [now for before, now in itertools.pairwise(alone) if now.onset - before.onset > 3]
    assert apart
    for burst in apart:
        start = int(burst.onset * recording.fs)
        rest = angle[start - 100 : start + 10]
        assert np.ptp(rest) < 0.05, "still before the muscle fires"
        assert np.ptp(angle[start : start + 1000]) > 3, "moves once it has"


def test_a_lapse_lets_the_hand_drop() -> None:
    recording = clean("asterixis", 60, muscles=["ECR"], duration=150)
    angle = recording.signal("wrist_R")
    lowest = [angle[int(b.onset * 2000) : int((b.onset + 0.35) * 2000)].min() for b in recording.truth.bursts]
    assert np.median(lowest) < -8
    assert np.median(np.abs(angle)) < 4


# ------------------------------------------------------------------------------------------------------- scalp


def average(
    recording: Recording, electrode: str, times: list[float], before: float, after: float
) -> NDArray[np.floating]:
    fs, signal = recording.fs, recording.signal(electrode)
    pieces = [signal[round((at - before) * fs) : round((at + after) * fs)] for at in times if before < at < 60 - after]
    length = min(len(piece) for piece in pieces)
    return np.mean([piece[:length] for piece in pieces], axis=0)


def test_a_cortical_spike_leads_the_hand_by_the_sourced_time() -> None:
    recording = simulate("cortical_action", 60, 2000, 2, rate=2, reach=0)
    onsets = [burst.onset for burst in recording.truth.bursts if burst.channel == "APB_R"]
    mean = average(recording, "C3", onsets, 0.06, 0.02)
    lead = 0.06 - np.argmax(mean) / 2000
    assert lead == pytest.approx(0.0218, abs=0.002)
    opposite = average(recording, "C4", onsets, 0.06, 0.02)
    assert np.ptp(mean) > 2 * np.ptp(opposite)


def test_no_spike_precedes_a_subcortical_jerk() -> None:
    recording = simulate("myoclonus_dystonia", 60, 2000, 2, rate=2)
    onsets = [burst.onset for burst in recording.truth.bursts if burst.channel == "APB_R"]
    assert np.ptp(average(recording, "C3", onsets, 0.06, 0.02)) < 6


def test_readiness_rises_for_two_seconds_before_voluntary_and_functional_jerks() -> None:
    for kind in ("functional", "voluntary"):
        recording = simulate(kind, 600, 500, 2, eeg=["Cz"], muscles=["ECR"])
        signal, fs = recording.signal("Cz"), 500
        pieces = [signal[int((at - 2.5) * fs) : int(at * fs)] for at in recording.truth.jerks if at > 2.6]
        mean = np.mean([piece[:1249] for piece in pieces], axis=0)
        assert mean[-50:].mean() - mean[:200].mean() < -4
        assert mean[-300:-200].mean() - mean[:200].mean() < -0.5, "it begins early"


def test_a_nerve_shock_evokes_giant_potentials_and_a_reflex_at_its_latency() -> None:
    recording = simulate("cortical_reflex", 60, 2000, 2, eeg=["CP3"], rate=0)
    mean = average(recording, "CP3", list(recording.truth.stimuli), 0.0, 0.1)
    baseline = mean[:20].mean()
    assert mean.max() - baseline > 8.6
    assert np.argmax(mean) / 2000 == pytest.approx(0.025, abs=0.002)
    assert baseline - mean.min() > 8.4
    assert np.argmin(mean) / 2000 == pytest.approx(0.033, abs=0.002)
    onsets = [burst.onset for burst in recording.truth.bursts if burst.channel == "APB_R"]
    waits = [onset - max(at for at in recording.truth.stimuli if at < onset) for onset in onsets]
    assert np.median(waits) == pytest.approx(0.050, abs=0.001)


def test_a_normal_evoked_potential_stays_below_the_limit() -> None:
    recording = simulate("myoclonus_dystonia", 60, 2000, 2, eeg=["CP3"], stimuli=2)
    mean = average(recording, "CP3", list(recording.truth.stimuli), 0.0, 0.1)
    assert mean.max() - mean[:20].mean() < 8.6


def test_generalised_spikes_come_with_the_jerks_of_juvenile_myoclonic_epilepsy() -> None:
    recording = simulate("cortical_subcortical", 60, 1000, 2)
    mean = average(recording, "Fz", list(recording.truth.jerks), 0.3, 0.3)
    assert mean[290:310].min() < -50, "the spike at the jerk"
    assert mean[420:480].min() < -30, "the slow wave after it"
    assert np.abs(average(recording, "O1", list(recording.truth.jerks), 0.3, 0.3)).max() < np.abs(mean).max()


def test_cortical_tremor_is_coherent_with_the_scalp_and_essential_tremor_is_not() -> None:
    found = {}
    for kind in ("cortical_tremor", "essential_tremor"):
        recording = simulate(kind, 60, 1000, 1, eeg=["C3"])
        rows = np.stack([recording.signal("C3"), np.abs(recording.signal("ECR_R"))])
        spectra = np.fft.rfft(rows.reshape(2, 60, 1000) * np.hanning(1000))
        cross = np.abs((spectra[0] * spectra[1].conj()).mean(0)) ** 2
        found[kind] = (cross / (np.abs(spectra) ** 2).mean(1).prod(0))[6:31].max()
    assert found["cortical_tremor"] > 0.25
    assert found["essential_tremor"] < 0.25


def test_the_background_has_falling_power_and_alpha_at_the_back() -> None:
    recording = simulate("fasciculation", 60, 1000, 1)
    power = {
        name: (np.abs(np.fft.rfft(recording.signal(name).reshape(60, 1000) * np.hanning(1000))) ** 2).mean(0)
        for name in ("O1", "Fz")
    }
    assert power["Fz"][2:5].mean() > 5 * power["Fz"][20:30].mean() > 20 * power["Fz"][80:100].mean()
    assert power["O1"][9:12].sum() > 4 * power["Fz"][9:12].sum()


# --------------------------------------------------------------------------------------------------- artefacts


def test_artefacts_are_what_they_are_asked_to_be() -> None:
    base = {"kind": "palatal", "seconds": 20, "fs": 1000, "eeg": False, "muscles": ("TA", "SOL", "RA")}
    plain = simulate(**base, **CLEAN)  # type: ignore[arg-type]
    hum = simulate(**base, **{**CLEAN, "mains_uv": 10.0})  # type: ignore[arg-type]
    power = np.abs(np.fft.rfft(hum.signal("TA_R").reshape(20, 1000))) ** 2
    assert np.argmax(power.mean(0)) == 50
    heart = simulate(**base, **{**CLEAN, "ecg_uv": 50.0})  # type: ignore[arg-type]
    assert np.abs(heart.signal("RA_R")).max() == pytest.approx(50, rel=0.1)
    assert np.abs(heart.signal("TA_R")).max() == 0
    assert heart.of_kind("ecg") == ("ECG",)
    assert plain.of_kind("ecg") == ()


def test_crosstalk_and_motion_reach_the_neighbour() -> None:
    quiet = clean("clonus", 10, muscles=("SOL", "TA"))
    leaky = clean("clonus", 10, muscles=("SOL", "TA"), crosstalk=0.1)
    np.testing.assert_allclose(leaky.signal("TA_R"), 0.1 * quiet.signal("SOL_R"), atol=1e-3)
    shaken = clean("clonus", 10, muscles=("SOL", "TA"), motion=10)
    np.testing.assert_allclose(shaken.signal("TA_R"), quiet.signal("ankle_R"), atol=1e-3)


def test_stimuli_may_be_given_as_times_a_rate_or_not_at_all() -> None:
    assert clean("startle", 10, stimuli=[1.5, 4.0]).truth.stimuli == (1.5, 4.0)
    assert len(clean("cortical_reflex", 20, stimuli=2.0).truth.stimuli) > 30
    none = clean("startle", 10, stimuli=0)
    assert none.truth.stimuli == none.truth.bursts == ()
    pulses = clean("startle", 10, stimuli=[1.5, 4.0]).signal("STIM")
    np.testing.assert_array_equal(np.flatnonzero(np.diff(pulses) > 0) + 1, [3000, 8000])


# ----------------------------------------------------------------------------------------------------- refusals


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"kind": "cortical_acton"}, "no kind 'cortical_acton'. Did you mean 'cortical_action'"),
        ({"seconds": 0}, "length is 0 seconds; expected 1 to 3600"),
        ({"seconds": -5}, "length is -5"),
        ({"seconds": float("nan")}, "length is nan"),
        ({"fs": 10}, "sampling rate is 10"),
        ({"fs": 1e9}, "sampling rate"),
        ({"seed": -1}, "seed is -1"),
        ({"seed": 1.5}, "seed is 1.5"),
        ({"noise_uv": -1}, "noise_uv is -1"),
        ({"mains_uv": float("inf")}, "mains_uv is inf"),
        ({"crosstalk": 2}, "crosstalk is 2; expected 0 to 1"),
        ({"muscles": ["APBB"]}, "no muscle 'APBB'. Did you mean 'APB'"),
        ({"muscles": ["APB_X"]}, "side 'X'"),
        ({"muscles": []}, "list of muscles is empty"),
        ({"muscles": ["APB", "APB_R"]}, "named twice"),
        ({"eeg": ["C33"]}, "no electrode 'C33'. Did you mean 'C3'"),
        ({"stimuli": -1}, "negative"),
        ({"stimuli": [99]}, "after the end"),
        ({"stimuli": 1000}, "at most 20"),
        ({"durration": 40}, "no number 'durration'. Did you mean 'duration'"),
        ({"duration": -4}, "duration is -4"),
    ],
)
def test_bad_arguments_give_one_clear_sentence(arguments: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        simulate(**{"kind": "cortical_action", "seconds": 10, **arguments})  # type: ignore[arg-type]


def test_montage_reads_sides() -> None:
    assert Montage.read(["APB", "TA_L"]).names == ("APB_R", "TA_L")
