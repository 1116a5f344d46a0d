"""How fast the signals are, beside the peers: in the same run, on the same data, one call of each in turn."""

from __future__ import annotations

import statistics
import time
import warnings
from collections.abc import Callable, Sequence

import mne
import neurokit2 as nk
import numpy as np
from biosppy.signals import emg as biosppy_emg
from mne_connectivity import spectral_connectivity_epochs
from threadpoolctl import threadpool_limits

from myoteach.signals import back_average, bursts, coherence, simulate
from myoteach.signals.average import locked_mean
from myoteach.signals.recording import Channel, Recording

from .figure import Figure

MUSCLES = ("ECR_R", "FCR_R", "APB_R", "BIC_R", "SCM_R", "QUA_R", "TA_R", "TRI_R")
JERKS = 500

Job = Callable[[], object]


def rows() -> list[Figure]:
    """Measure everything beside the peers."""
    warnings.simplefilter("ignore")  # the peers warn of their own insides
    mne.set_log_level("error")
    # One thread for all: on a busy machine the threads of a peer wait for each other, and it looks slower than it is.
    with threadpool_limits(1):
        return [_simulation(), *_bursts(), *_back_average(), _coherence()]


def compare(ours: Job, theirs: Job, times: int) -> tuple[list[float], list[float]]:
    """Return the seconds of both, called in turn, so that a busy moment strikes both; the first turn is dropped."""
    took: tuple[list[float], list[float]] = ([], [])
    for _ in range(times + 1):
        for job, list_ in zip((ours, theirs), took, strict=True):
            start = time.perf_counter()
            job()
            list_.append(time.perf_counter() - start)
    return took[0][1:], took[1][1:]


def compared(what: str, took: tuple[Sequence[float], Sequence[float]], promised: str, how: str) -> Figure:
    """Put a comparison into words: the ratio, its spread over the turns, and both medians."""
    ratios = sorted(theirs / ours for ours, theirs in zip(*took, strict=True))
    ours, theirs = (1000 * statistics.median(part) for part in took)
    low, high = ratios[len(ratios) // 4], ratios[-1 - len(ratios) // 4]
    ratio = statistics.median(ratios)
    spread = f"middle half of the turns {_figures(low)} to {_figures(high)}"
    words = f"{_figures(ratio)} times as fast ({spread}; {_figures(ours)} against {_figures(theirs)} ms)"
    return Figure(what, words, promised, how, ratio=round(ratio, 3))


def _figures(value: float) -> str:
    """Return three figures, and no powers of ten."""
    return f"{value:.3g}" if value < 1000 else f"{value:,.0f}"


def _emg() -> Recording:
    return simulate("cortical_action", 60, 2000, 1, eeg=False, muscles=MUSCLES)


def _simulation() -> Figure:
    def theirs() -> None:
        for seed in range(8):
            nk.emg_simulate(duration=60, sampling_rate=2000, burst_number=60, burst_duration=0.03, random_state=seed)

    return compared(
        "simulate 8 EMG channels, 60 s at 2 kHz, against NeuroKit2",
        compare(_emg, theirs, 15),
        "at least 3 times",
        "NeuroKit2: `emg_simulate` eight times; ours makes movement, heart and truth besides; 15 turns",
    )


def _bursts() -> list[Figure]:
    recording = _emg()
    traces = [recording.signal(name).astype(float) for name in MUSCLES]

    def ours() -> None:
        bursts(recording)

    def neurokit() -> None:
        for trace in traces:
            nk.emg_process(trace, sampling_rate=2000)

    def biosppy() -> None:
        for trace in traces:
            biosppy_emg.emg(signal=trace, sampling_rate=2000.0, show=False)

    how = "the same 8 channels of 60 s, a jerk or two a second, each channel one call of the peer"
    return [
        compared(
            "find bursts, against NeuroKit2",
            compare(ours, neurokit, 3),
            "at least 500 times",
            how + "; 3 turns",
        ),
        compared("find bursts, against BioSPPy", compare(ours, biosppy, 9), "at least 30 times", how + "; 9 turns"),
    ]


def _brain() -> tuple[Recording, np.ndarray]:
    """32 channels of noise, 300 s at 1 kHz, a spike before each of 500 jerks in five of them."""
    rng = np.random.default_rng(0)
    data = (10 * rng.standard_normal((32, 300_000))).astype(np.float32)
    at = np.sort(rng.choice(np.arange(1000, 299_000, 50), JERKS, replace=False))
    for event in at:
        data[:5, event - 25 : event - 15] += 8
    return Recording(data, 1000.0, tuple(Channel(f"E{k}", "eeg", "uV") for k in range(32))), at


def _back_average() -> list[Figure]:
    recording, at = _brain()
    info = mne.create_info(32, 1000.0, "eeg")
    marks = np.c_[at, np.zeros(JERKS, int), np.ones(JERKS, int)]
    double = recording.data.astype(np.float64)
    raw = mne.io.RawArray(double, info)
    seconds = at / 1000

    def theirs() -> None:
        mne.Epochs(raw, marks, tmin=-0.2, tmax=0.2, baseline=(-0.2, -0.12), preload=True).average()

    what = f"back-average {JERKS} jerks x 32 channels"
    memory = compare(lambda: locked_mean(recording.data, at, -200, 201), recording.data.sum, 15)
    share = statistics.median(ours / read for ours, read in zip(*memory, strict=True))
    quick = {"surrogates": 0}
    jobs = {
        f"{what}, against MNE": (
            lambda: locked_mean(recording.data, at, -200, 201),
            "the mean; ours float32, MNE float64, all it has",
        ),
        f"{what}, both float64, against MNE": (
            lambda: locked_mean(double, at, -200, 201),
            "the mean; both from float64",
        ),
        f"{what}, with latencies and their intervals, against MNE's mean": (
            lambda: back_average(recording, seconds, **quick),
            "without the band; MNE gives the mean only",
        ),
        f"{what}, with the surrogate band too, against MNE's mean": (
            lambda: back_average(recording, seconds),
            "200 averages around random times; MNE has no such thing",
        ),
    }
    promises = ("at least 2 times", "at least 2 times", "none stated", "none stated")
    found = [
        compared(name, compare(job, theirs, 9), promise, how + "; 9 turns")
        for (name, (job, how)), promise in zip(jobs.items(), promises, strict=True)
    ]
    return [
        *found,
        Figure(
            f"{what}, against reading the memory once",
            f"takes {share:.2f} times as long",
            "at most 2.5 times",
            "reading: the sum of all samples, float32; 15 turns",
        ),
    ]


def _coherence() -> Figure:
    rng = np.random.default_rng(1)
    data = rng.standard_normal((9, 120_000)).astype(np.float32)
    data[:8] += 0.5 * data[8]
    channels = (*(Channel(f"E{k}", "eeg", "uV") for k in range(8)), Channel("ECR", "emg", "uV"))
    recording = Recording(data, 1000.0, channels)
    pairs = [(f"E{k}", "ECR") for k in range(8)]
    pieces = np.stack([*data[:8], np.abs(data[8] - data[8].mean())]).reshape(9, 120, 1000).swapaxes(0, 1)
    indices = (np.arange(8), np.full(8, 8))

    def theirs() -> None:
        spectral_connectivity_epochs(
            pieces, method="coh", mode="fourier", indices=indices, sfreq=1000.0, fmin=5, fmax=60
        )

    return compared(
        "coherence of 8 EEG channels with one muscle, 120 s at 1 kHz, against mne-connectivity",
        compare(lambda: coherence(recording, pairs), theirs, 9),
        "at least 3 times",
        "`spectral_connectivity_epochs`, coh, fourier, the same segments and band; ours fits the lags besides; 9 turns",
    )
