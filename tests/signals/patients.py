"""Virtual patients for the 45 ms rule, as many as the groups it was made from let one draw."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from myoteach.signals import bursts, rule_of_45_ms, simulate

CORTICAL, OTHER = "cortical more likely", "non-cortical more likely"
#: Mean and standard deviation (ms) of the patients' means, and kinds with that generator: EPP003 and EPP053.
GROUPS = {
    CORTICAL: (31.1, 6.7, ("cortical_action", "cortical_reflex")),
    OTHER: (56.7, 11.5, ("myoclonus_dystonia", "spinal_segmental", "reticular")),
}


@dataclass(frozen=True)
class Verdict:
    """What the rule says of one patient on the bursts that were found, and on those that truly happened."""

    right: str
    found: str
    true: str
    mean_ms: float
    true_mean_ms: float


def verdicts(group: str, panel: int, noise_uv: float = 2.5) -> list[Verdict]:
    """Twenty patients whose mean durations are the quantiles of the group, its kinds in turn."""
    mean, sd, kinds = GROUPS[group]
    return [
        _verdict(group, kinds[(number + panel) % len(kinds)], NormalDist(mean, sd).inv_cdf((number + 0.5) / 20),
                 100 * panel + number, noise_uv)
        for number in range(20)
    ]  # fmt: skip


def _verdict(group: str, kind: str, duration: float, seed: int, noise_uv: float) -> Verdict:
    recording = simulate(
        kind, 60, seed=seed, eeg=False, muscles=("ECR_R", "FCR_R"), duration=duration, rate=1, noise_uv=noise_uv
    )
    found = bursts(recording, "ECR_R")["ECR_R"].duration
    true = np.array([burst.duration for burst in recording.truth.bursts if burst.channel == "ECR_R"])
    said, truly = rule_of_45_ms(found), rule_of_45_ms(true)
    return Verdict(group, said.verdict, truly.verdict, said.mean_ms.value, truly.mean_ms.value)


def share_right(given: list[Verdict]) -> float:
    """Share of the patients of whom the rule says what they have."""
    return float(np.mean([verdict.found == verdict.right for verdict in given]))


def expected(group: str) -> float:
    """Share of a group that lies on the right side of 45 ms if its means are normal: no detector can be better."""
    mean, sd, _ = GROUPS[group]
    below = NormalDist(mean, sd).cdf(45)
    return below if group == CORTICAL else 1 - below
