"""Recordings in files: what is written comes back, and a wrong file gives one sentence."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyedflib
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from myoteach.signals import RecordingError, edf, read_csv, read_edf, simulate, write_csv, write_edf
from myoteach.signals.bursts import bursts
from myoteach.signals.checks import checked
from myoteach.signals.recording import Channel, Recording

from .synthetic import synthetic

APB = (Channel("APB_R", "emg", "uV", "APB_R"),)


def _noise(samples: int = 4000, size: float = 20.0) -> np.ndarray:
    return np.random.default_rng(0).normal(0, size, (1, samples)).astype(np.float32)


@pytest.fixture(scope="module")
def recording() -> Recording:
    return simulate("cortical_reflex", seconds=20, seed=1)


def test_edf_comes_back_the_same(recording: Recording, tmp_path: Path) -> None:
    write_edf(recording, tmp_path / "jerk.edf")
    back = read_edf(tmp_path / "jerk.edf")
    assert back.channels == recording.channels
    assert back.fs == recording.fs
    step = (recording.data.max(axis=1) - recording.data.min(axis=1)) / 65535
    assert back.data.shape == recording.data.shape
    # Half a step, and what single precision and the eight digits of the header add.
    assert (np.abs(back.data - recording.data).max(axis=1) <= 0.55 * step + 1e-6).all()


def test_edf_keeps_the_truth_as_annotations(recording: Recording, tmp_path: Path) -> None:
    write_edf(recording, tmp_path / "jerk.edf")
    back = read_edf(tmp_path / "jerk.edf").truth
    np.testing.assert_allclose(back.jerks, recording.truth.jerks, atol=1e-6)
    np.testing.assert_allclose(back.stimuli, recording.truth.stimuli, atol=1e-6)
    assert len(back.bursts) == len(recording.truth.bursts)
    for ours, theirs in zip(
        sorted(recording.truth.bursts, key=lambda b: (b.onset, b.channel)),
        sorted(back.bursts, key=lambda b: (b.onset, b.channel)),
        strict=True,
    ):
        assert (ours.channel, ours.jerk, ours.sign) == (theirs.channel, theirs.jerk, theirs.sign)
        assert theirs.duration == pytest.approx(ours.duration, abs=1e-6)


def test_another_reader_finds_the_same_in_the_edf(recording: Recording, tmp_path: Path) -> None:
    """pyEDFlib shares nothing with the library that wrote the file; the benchmarks read it with MNE as well."""
    write_edf(recording, tmp_path / "jerk.edf")
    file = pyedflib.EdfReader(str(tmp_path / "jerk.edf"))
    try:
        assert file.filetype == pyedflib.FILETYPE_EDFPLUS
        assert [label.split()[-1] for label in file.getSignalLabels()] == [
            channel.name.split()[-1] for channel in recording.channels
        ]
        for row, (channel, samples) in enumerate(zip(recording.channels, recording.data, strict=True)):
            assert file.getPhysicalDimension(row) == channel.unit
            assert file.getSampleFrequency(row) == recording.fs
            step = (float(samples.max()) - float(samples.min())) / 65535
            assert np.abs(file.readSignal(row) - samples).max() <= 0.55 * step + 1e-6
        onset, duration, text = file.readAnnotations()
    finally:
        file.close()
    truth = recording.truth
    assert len(onset) == len(truth.jerks) + len(truth.stimuli) + len(truth.bursts)
    np.testing.assert_allclose(onset[text == "jerk"], truth.jerks, atol=1e-6)
    burst = [word.startswith("burst") for word in text]
    in_order = sorted(truth.bursts, key=lambda burst: burst.onset)
    np.testing.assert_allclose(onset[burst], [each.onset for each in in_order], atol=1e-6)
    np.testing.assert_allclose(duration[burst], [each.duration for each in in_order], atol=1e-6)


def test_edf_fills_the_last_second(tmp_path: Path) -> None:
    made = Recording(_noise(4321), 2000.0, APB)
    write_edf(made, tmp_path / "a.edf")
    back = read_edf(tmp_path / "a.edf").data
    assert back.shape == (1, 6000)
    np.testing.assert_allclose(back[:, :4321], made.data, atol=0.01)


def test_bursts_survive_the_file(tmp_path: Path) -> None:
    made = synthetic(count=10, seconds=12)
    write_edf(made, tmp_path / "a.edf")
    plain, back = bursts(made)["APB"], bursts(read_edf(tmp_path / "a.edf"))["APB"]
    np.testing.assert_allclose(back.onset, plain.onset, atol=0.001)


def test_csv_comes_back_the_same(recording: Recording, tmp_path: Path) -> None:
    write_csv(recording, tmp_path / "jerk.csv")
    back = read_csv(tmp_path / "jerk.csv")
    assert back.channels == recording.channels
    assert back.fs == recording.fs
    np.testing.assert_allclose(back.data, recording.data, rtol=1e-6, atol=1e-6)


@given(fs=st.sampled_from([250.0, 1000.0, 1024.0, 2048.0, 4000.0]), power=st.floats(0.5, 3), seed=st.integers(0, 99))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_csv_round_trip_of_anything(tmp_path: Path, fs: float, power: float, seed: int) -> None:
    data = (10**power * np.random.default_rng(seed).standard_normal((2, 300))).astype(np.float32)
    made = Recording(data, fs, (*APB, Channel("C3", "eeg", "uV", "C3")))
    write_csv(made, tmp_path / "a.csv")
    back = read_csv(tmp_path / "a.csv")
    assert (back.fs, back.channels) == (made.fs, made.channels)
    np.testing.assert_allclose(back.data, made.data, rtol=1e-6)


def test_millivolt_and_volt_are_brought_to_microvolt(tmp_path: Path) -> None:
    lines = ["time (s),emg APB_R (mV),C3 (V)"]
    lines += [f"{k / 1000},{0.2 * np.sin(k)},{2e-5 * np.cos(k)}" for k in range(2000)]
    (tmp_path / "a.csv").write_text("\n".join(lines), encoding="utf-8")
    back = read_csv(tmp_path / "a.csv")
    assert [(channel.name, channel.kind, channel.unit) for channel in back.channels] == [
        ("APB_R", "emg", "uV"),
        ("C3", "eeg", "uV"),
    ]
    assert np.abs(back.data).max(axis=1) == pytest.approx([200, 20], rel=1e-3)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "empty or cut off"),
        ("time (s),emg A (uV)\n", "0 lines of samples"),
        ("time (s),emg A (uV)\n0,x\n1,2\n", "not a table of numbers"),
        ("time (s),emg A (uV)\n0,1\n0.001,2,3\n", "not a table of numbers"),
        ("time (s)\n0\n0.001\n", "no channels beside the time"),
        ("time (s),emg A (uV),emg B (uV)\n0,1\n0.001,2\n", "3 names above 2 columns"),
        ("time (s),emg A (uV)\n0,1\n0.001,2\n0.9,3\n", "even steps"),
        ("time (s),emg A (uV)\n0,1\n1,2\n2,3\n", "claims 1 samples a second"),
        ("time (s),emg A (uV)\n0,10\n0.001,nan\n0.002,30\n", "1 samples that are not numbers"),
        ("time (s),emg A (furlong)\n0,10\n0.001,12\n0.002,30\n", "has the unit 'furlong'"),
        ("time (s),emg A (uV)\n0,0.01\n0.001,0.2\n0.002,0.3\n", "really uV, not mV"),
        ("time (s),emg A (mV)\n0,100\n0.001,-200\n0.002,300\n", "really what the file says"),
    ],
)
def test_a_wrong_table_gives_one_sentence(tmp_path: Path, content: str, words: str) -> None:
    (tmp_path / "a.csv").write_text(content, encoding="utf-8")
    with pytest.raises(RecordingError, match=words) as caught:
        read_csv(tmp_path / "a.csv")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("read", [read_csv, read_edf])
def test_a_missing_file_is_named(tmp_path: Path, read: object) -> None:
    with pytest.raises(RecordingError, match="There is no file"):
        read(tmp_path / "nothing")  # type: ignore[operator]


def test_a_cut_or_foreign_edf_gives_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "a.edf"
    write_edf(Recording(_noise(), 2000.0, APB), path)
    whole = path.read_bytes()
    for content, words in (
        (whole[:-500], "is cut off"),
        (whole[:100], "empty or cut off"),
        (whole[:300], "is cut off|not an EDF"),
        (b"x" * 5000, "not an EDF file"),
        (whole[:252] + b"0   " + whole[256:], "holds no channels"),
    ):
        path.write_bytes(content)
        with pytest.raises(RecordingError, match=words):
            read_edf(path)


def test_what_edf_cannot_hold_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.edf"
    broken = _noise()
    broken[0, 3] = np.nan
    with pytest.raises(RecordingError, match="not numbers"):
        write_edf(Recording(broken, 2000.0, APB), path)
    with pytest.raises(RecordingError, match="whole number"):
        write_edf(Recording(_noise(), 999.5, APB), path)
    for write in (write_edf, write_csv):
        with pytest.raises(RecordingError, match="nothing to write"):
            write(Recording(np.zeros((0, 5), np.float32), 100.0, ()), path)


def test_a_channel_that_stands_still_can_be_written(tmp_path: Path) -> None:
    made = Recording(np.full((1, 2000), 3.0, np.float32), 1000.0, (Channel("STIM", "stimulus", "1"),))
    write_edf(made, tmp_path / "a.edf")
    np.testing.assert_allclose(read_edf(tmp_path / "a.edf").data, 3.0, atol=1e-4)


def test_clipped_channels_and_wrong_units_can_be_accepted() -> None:
    clipped = np.clip(_noise(), -15, 15)
    with pytest.raises(RecordingError, match=r"APB_R is clipped in \d+%"):
        checked(clipped, 2000.0, APB)
    assert checked(clipped, 2000.0, APB, accept=("clipped",)).fs == 2000
    with pytest.raises(RecordingError, match="not mV"):
        checked(_noise(size=0.02), 2000.0, APB)
    assert checked(_noise(size=0.02), 2000.0, APB, accept=("units",)).fs == 2000


@pytest.mark.parametrize("fs", [0.0, -1.0, 1.0, 1e6, float("nan")])
def test_an_absurd_rate_is_refused(fs: float) -> None:
    with pytest.raises(RecordingError, match="samples a second"):
        checked(_noise(), fs, APB)


def test_no_channels_are_refused() -> None:
    with pytest.raises(RecordingError, match="no channels"):
        checked(np.zeros((0, 10)), 100.0, ())


def test_without_the_library_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def missing(name: str) -> None:
        raise ModuleNotFoundError(name)

    monkeypatch.setattr(edf, "import_module", missing)
    with pytest.raises(ModuleNotFoundError, match=r"pip install 'myoteach\[edf\]'"):
        read_edf(tmp_path / "a.edf")
