"""The hidden recording of the laboratory, and how each answer is held against what was simulated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..signals import (
    KINDS,
    MUSCLES,
    BackAverage,
    Burst,
    Bursts,
    Marks,
    Recording,
    Recruitment,
    back_average,
    bursts,
    match_to_truth,
    recruitment,
    simulate,
)

#: What may be behind a recording; each asks for another reading of the same four measurements.
HIDDEN = ("cortical_action", "myoclonus_dystonia", "reticular", "propriospinal", "functional")
ELECTRODES = ("C3", "Cz", "C4")
SECONDS = 180.0
#: Bursts to place by hand, and the stretch each is shown in (s): the second where bursts are long.
BY_HAND, STRETCHES = 4, (0.4, 0.8)
#: OUR teaching choice: below this share of pairs of muscles that keep the order, there is no fixed order (0.5 is none).
FIXED = 0.7
#: Small enough that the spike shows only after averaging; heart and crosstalk large enough that a threshold matters.
#: None of these is sourced.
_NOISE_UV, _ECG_UV = 4.0, 40.0
_CROSSTALK = 0.05
_SPIKE_UV = 5.0

SPIKE, SLOW, NOTHING, TOO_FEW = "spike", "slow", "nothing", "too few"
DOWN, BOTH, NO_ORDER, UNKNOWN_ORDER = "down", "both", "none", "unknown"


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """One simulated patient whose kind the learner is not told.

    `muscle` is the channel that is measured; `by_hand` are true bursts in it, each shown for `stretch` seconds from the
    time in `views` on.
    """

    seed: int
    recording: Recording
    found: Bursts
    muscle: str
    by_hand: tuple[Burst, ...]
    views: tuple[float, ...]
    stretch: float

    @property
    def kind(self) -> str:
        """What was simulated."""
        return self.recording.truth.kind

    def kept(self, threshold: float) -> Bursts:
        """Return the bursts whose largest excursion reaches a threshold in microvolt."""
        return Bursts(
            tuple(
                replace(
                    channel,
                    **{
                        name: getattr(channel, name)[channel.peak >= threshold]
                        for name in ("onset", "duration", "amplitude", "peak", "onset_sd", "offset_sd")
                    },
                )
                for channel in self.found
            )
        )


@lru_cache(maxsize=2)
def open_case(seed: int) -> Case:
    """Simulate the recording of a seed; the seed also decides which kind it is.

    Examples
    --------
    >>> case = open_case(1)
    >>> len(case.by_hand), case.recording.seconds, case.kind in HIDDEN
    (4, 180.0, True)
    """
    rng = np.random.default_rng([seed, 45])
    kind = HIDDEN[int(rng.integers(len(HIDDEN)))]
    own: dict[str, Any] = {"spike": _SPIKE_UV} if kind == "cortical_action" else {}
    # Functional bursts are long and each muscle has its own time: what leaks in would join them to one.
    leak = 0.0 if kind == "functional" else _CROSSTALK
    whole = simulate(
        kind, SECONDS, 2000.0, seed, eeg=ELECTRODES, noise_uv=_NOISE_UV, ecg_uv=_ECG_UV, crosstalk=leak, **own
    )
    recording = whole.pick([*whole.of_kind("emg"), *whole.of_kind("eeg")])
    names = recording.of_kind("emg")
    muscle = "ECR_R" if "ECR_R" in names else names[0]
    true = [burst for burst in recording.truth.bursts if burst.channel == muscle]
    stretch = STRETCHES[float(np.median([burst.duration for burst in true])) > 0.12]
    by_hand = _choose(true, stretch, rng)
    views = tuple(round(burst.onset - float(rng.uniform(0.15, 0.35)) * stretch, 3) for burst in by_hand)
    return Case(seed, recording, bursts(recording), muscle, by_hand, views, stretch)


def _choose(true: Sequence[Burst], stretch: float, rng: np.random.Generator) -> tuple[Burst, ...]:
    """Return bursts to place by hand, each within its stretch and, where there are enough, alone in it."""
    onsets = np.array([burst.onset for burst in true])
    fitting = [burst for burst in true if 1 < burst.onset < SECONDS - 1 and burst.duration < 0.6 * stretch]
    alone = [burst for burst in fitting if np.count_nonzero(np.abs(onsets - burst.onset) < stretch) == 1]
    pool = alone if len(alone) >= BY_HAND else fitting
    chosen = sorted(rng.choice(len(pool), BY_HAND, replace=False))
    return tuple(pool[number] for number in chosen)


# ---------------------------------------------------------------------------------------------- 1 threshold


def mark_threshold(case: Case, threshold: float) -> tuple[Marks, list[tuple[str, ...]]]:
    """Hold the bursts above a threshold against the truth; return the marks and a row for each muscle."""
    kept = case.kept(threshold)
    rows: list[tuple[str, ...]] = []
    for channel in kept:
        marks = match_to_truth(case.recording, [channel])
        true = len(marks.matched) + marks.misses
        rows.append(
            (channel.channel, str(true), str(len(marks.matched)), str(marks.misses), str(len(marks.false_alarms)))
        )
    return match_to_truth(case.recording, kept), rows


def threshold_words(marks: Marks) -> str:
    """Say what the marks mean for the next try."""
    false = len(marks.false_alarms)
    if marks.misses == 0 and false == 0:
        return "Every burst was found and nothing else."
    if marks.misses + false <= 0.01 * (len(marks.matched) + marks.misses):
        return "Nearly perfect: fewer than one error in a hundred bursts."
    if marks.misses > false:
        return "More is missed than invented: try a lower threshold."
    if false > marks.misses:
        return "More is invented than missed: neighbouring muscles leak in. Try a higher threshold."
    return "As much is missed as invented: a fair balance."


@lru_cache(maxsize=4)
def best_threshold(case: Case) -> float:
    """Return the threshold in steps of 10 microvolt with the fewest errors; the model report uses it."""

    def errors(threshold: float) -> int:
        marks, _ = mark_threshold(case, threshold)
        return marks.misses + len(marks.false_alarms)

    return float(min(range(0, 310, 10), key=errors))


# ------------------------------------------------------------------------------------------------ 2 caliper


class HandMade(NamedTuple):
    """Bursts placed by hand, in the form in which the marks are given."""

    channel: str
    onset: NDArray[np.float64]
    duration: NDArray[np.float64]
    sign: int = 1


def mark_edges(case: Case, onsets_ms: Sequence[float], offsets_ms: Sequence[float]) -> tuple[Marks, list[str]]:
    """Hold edges, in milliseconds from the begin of each view, against the truth; a sentence for each burst."""
    truth = replace(case.recording.truth, bursts=case.by_hand)
    marked = replace(case.recording, truth=truth)
    onset = np.array(case.views) + np.asarray(onsets_ms, np.float64) / 1e3
    duration = (np.asarray(offsets_ms, np.float64) - np.asarray(onsets_ms, np.float64)) / 1e3
    marks = match_to_truth(marked, [HandMade(case.muscle, onset, duration)])
    errors = zip(marks.onset_error_ms, marks.duration_error_ms, strict=True)
    by_burst = dict(zip(marks.matched, errors, strict=True))
    return marks, [_edge_words(by_burst.get(burst)) for burst in case.by_hand]


def _edge_words(errors: tuple[float, float] | None) -> str:
    if errors is None:
        return "missed: the onset is more than 50 ms away, which counts as a false alarm as well"
    onset, length = round(errors[0]), round(errors[1])
    early = f"onset {abs(onset)} ms {'late' if onset > 0 else 'early'}" if onset else "onset right to the millisecond"
    long = f"{abs(length)} ms too {'long' if length > 0 else 'short'}" if length else "length right to the millisecond"
    return f"{early}, {long}"


# ---------------------------------------------------------------------------------------------------- 3 cut

CORTICAL, OTHER = "cortical", "not cortical"


class Group(NamedTuple):
    """Mean burst duration (ms) of simulated patients and which group each belongs to."""

    means: tuple[float, ...]
    labels: tuple[str, ...]

    def counts(self, cut: float) -> tuple[int, int, int, int]:
        """Return how many cortical ones lie below the cut, of how many; how many others do not, of how many."""
        pairs = list(zip(self.means, self.labels, strict=True))
        cortical = [mean < cut for mean, label in pairs if label == CORTICAL]
        other = [mean >= cut for mean, label in pairs if label == OTHER]
        return sum(cortical), len(cortical), sum(other), len(other)


@lru_cache(maxsize=1)
def group_of_forty() -> Group:
    """Simulate 20 patients with cortical and 20 with subcortical jerks and measure at least ten bursts in each.

    Examples
    --------
    >>> len(group_of_forty().means)
    40
    """
    means, labels = [], []
    for kind, label in (("cortical_action", CORTICAL), ("myoclonus_dystonia", OTHER)):
        for seed in range(100, 120):
            recording = simulate(kind, 20.0, 1000.0, seed, muscles=("ECR_R",), eeg=False, ecg_uv=0.0, rate=1.5)
            durations = bursts(recording)["ECR_R"].duration
            if durations.size >= 10:
                means.append(round(1e3 * float(durations.mean()), 1))
                labels.append(label)
    return Group(tuple(means), tuple(labels))


def cut_words(group: Group, cut: float) -> str:
    """Say how well a cut parts the two groups."""
    below, cortical, above, other = group.counts(cut)
    best = max(range(20, 81), key=lambda each: group.counts(each)[0] + group.counts(each)[2])
    a, _, b, _ = group.counts(best)
    return (
        f"Your cut of {cut:g} ms: {below} of {cortical} cortical recordings lie below it, {above} of {other} others do "
        f"not. No cut in this group is right more often than {best} ms ({a} of {cortical} and {b} of {other}): "
        f"{'no cut parts them all' if a + b < cortical + other else 'here the groups happen to part'}."
    )


# ------------------------------------------------------------------------------------------------ 4 average


def average(case: Case, threshold: float, jerks: int, *, slow: bool) -> BackAverage:
    """Average the EEG around the first jerks of the measured muscle; `slow` looks two seconds back."""
    onsets = case.kept(threshold)[case.muscle].onset[:jerks]
    if slow:
        return back_average(case.recording, onsets, ELECTRODES, before=2.5, search=(-2.0, 0.0))
    # The last milliseconds are left out: there the brain begins to hear from the muscle.
    return back_average(case.recording, onsets, ELECTRODES, search=(-0.1, -0.005))


def simulated_eeg(case: Case) -> str:
    """Return what was put into the EEG before the jerks."""
    numbers = KINDS[case.kind].all_numbers
    return SPIKE if numbers["spike"].value > 0 else SLOW if numbers["readiness"].value > 0 else NOTHING


@lru_cache(maxsize=4)
def measured_eeg(case: Case) -> tuple[str, BackAverage]:
    """Return what all jerks bring out of the band, and the average; what leaves it by chance does not count."""
    threshold, every = best_threshold(case), 10_000
    there = simulated_eeg(case)
    result = average(case, threshold, every, slow=there == SLOW)
    return (there if result.significant.any() else NOTHING), result


def eeg_words(case: Case, answer: str, jerks: int) -> str:
    """Mark the reading of the EEG."""
    shown, best = measured_eeg(case)
    said = {SPIKE: "a spike", SLOW: "a slow wave", NOTHING: "nothing beyond chance"}
    behind = f"All {best.events} jerks show {said[shown]}; simulated was {said[simulated_eeg(case)]} before the jerks."
    if answer == TOO_FEW:
        fair = jerks < 50 or best.events < 50
        return f"{'A fair answer.' if fair else 'With so many jerks it can be answered.'} {behind}"
    if answer in (shown, simulated_eeg(case)):
        return f"Right. {behind}"
    few = " Few jerks leave a wide band: average more before you say no." if answer == NOTHING and jerks < 50 else ""
    return f"Not so. {behind}{few} One average in twenty leaves the band by chance."


# -------------------------------------------------------------------------------------------------- 5 order


@lru_cache(maxsize=4)
def measured_order(case: Case) -> Recruitment:
    """Measure order and speed over all jerks."""
    return recruitment(case.recording, case.kept(best_threshold(case)))


def direction(result: Recruitment) -> str:
    """Read the order as a direction."""
    if result.problem:
        return UNKNOWN_ORDER
    if result.agreement < FIXED:
        return NO_ORDER
    places = [MUSCLES[name.partition("_")[0]].position for name in result.order]
    return BOTH if min(places) < places[0] - 0.02 else DOWN


def order_words(case: Case, first: str, answer: str) -> str:
    """Mark the first muscle and the direction."""
    result = measured_order(case)
    right = direction(result)
    names = {
        DOWN: "from the top down",
        BOTH: "up and down from the first muscle",
        NO_ORDER: "no fixed order",
        UNKNOWN_ORDER: "cannot be told",
    }
    shares = f"{100 * result.agreement:.0f} % of pairs of muscles keep the order"
    parts = [f"{'Right' if answer == right else 'Not so'}: {names[right]} ({shares})."]
    if right == NO_ORDER:
        parts.append("Where the order changes from jerk to jerk, no muscle is the first.")
    elif right != UNKNOWN_ORDER:
        near = {result.order[0], *(b for a, b in result.together if a == result.order[0])}
        parts.append(f"{'Right' if first in near else 'Not so'}: {result.order[0]} begins.")
    return " ".join(parts)
