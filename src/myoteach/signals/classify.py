"""From findings to the generator: which published rules fire, for what and against what.

The rules are those of ``data/ep_rules.csv`` (R1 to R18; R14 to R16 order the work-up and decide nothing). A rule fires
only on what is known; what is unknown counts for nothing, and so does an absent finding where its absence is common.
There are no weights: they would look like knowledge nobody has. The order is for less against; a definite finding (R2)
goes first.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields

from .._told import BadValueError
from .duration_rule import FEWEST_BURSTS, LIMIT_MS

CORTICAL, RETICULAR, STARTLE = "cortex", "brainstem, reticular", "brainstem, startle"
PROPRIOSPINAL, SEGMENTAL, PERIPHERAL = "spinal cord, propriospinal", "spinal cord, segmental", "facial nerve"
FUNCTIONAL, TIC, ASTERIXIS = "functional", "tic", "asterixis"
CORTICAL_NEGATIVE, CORTICAL_TREMOR = "cortex, epileptic negative myoclonus", "cortex, cortical tremor"
ESSENTIAL_TREMOR, CLONIC_SEIZURE, TREMOR = "essential tremor", "clonic seizure", "tremor"


@dataclass(frozen=True, slots=True)
class Findings:
    """What the recordings and the bedside showed; None is unknown.

    Numbers: `burst_ms` mean burst duration in milliseconds over `bursts` bursts; `velocity` of spread in m/s.

    The others are yes or no. Cortex: `spike_before` each jerk on back-averaging, `coherent` EEG and EMG, `giant_sep`,
    `c_reflex_at_rest`, `positive_and_negative` jerks, `craniocaudal` order. Brainstem: `fast_descent` down the cord,
    `early_blink`, `hand_and_foot_late`, `habituates` with repeated noise. Trunk: `axial` jerks, `midthoracic_start`,
    `fixed_order`, `face_involved`. Before the jerk: `readiness_potential` with early and late part, `late_part_only`,
    `beta_loss`, `readiness_before_intended` movement. Lapses: `silences`, each `silence_after_discharge` in the EEG,
    `illness` metabolic, toxic or focal. Tremor: `rhythmic`, `strong_8_30_eeg_leads` coherence,
    `weak_20_and_tremor_peak`, `alternating`, `bursts_lengthen`. Face: `eye_and_mouth_together` on one side.

    Examples
    --------
    >>> Findings(burst_ms=31.0, bursts=40, spike_before=True).cortical_signs
    2
    >>> Findings(burst_ms=31.0, bursts=40).mean_ms
    31.0
    """

    burst_ms: float | None = None
    bursts: int | None = None
    velocity: float | None = None
    spike_before: bool | None = None
    coherent: bool | None = None
    giant_sep: bool | None = None
    c_reflex_at_rest: bool | None = None
    positive_and_negative: bool | None = None
    craniocaudal: bool | None = None
    fast_descent: bool | None = None
    early_blink: bool | None = None
    hand_and_foot_late: bool | None = None
    habituates: bool | None = None
    axial: bool | None = None
    midthoracic_start: bool | None = None
    fixed_order: bool | None = None
    face_involved: bool | None = None
    readiness_potential: bool | None = None
    late_part_only: bool | None = None
    beta_loss: bool | None = None
    readiness_before_intended: bool | None = None
    silences: bool | None = None
    silence_after_discharge: bool | None = None
    illness: bool | None = None
    rhythmic: bool | None = None
    strong_8_30_eeg_leads: bool | None = None
    weak_20_and_tremor_peak: bool | None = None
    alternating: bool | None = None
    bursts_lengthen: bool | None = None
    eye_and_mouth_together: bool | None = None

    def __post_init__(self) -> None:
        for name in ("burst_ms", "velocity", "bursts"):
            value = getattr(self, name)
            if value is not None and not value >= 0:
                raise BadValueError(f"{name} is {value}; expected a number from 0, or None when it is unknown.")

    @property
    def mean_ms(self) -> float | None:
        """The burst duration, when enough bursts are behind it."""
        return self.burst_ms if self.bursts is None or self.bursts >= FEWEST_BURSTS else None

    @property
    def cortical_signs(self) -> int:
        """How many of the signs of R3 are present."""
        short = self.mean_ms is not None and self.mean_ms < LIMIT_MS
        signs = (self.giant_sep, self.c_reflex_at_rest, self.spike_before, self.coherent)
        return sum(sign is True for sign in (*signs, self.positive_and_negative, self.craniocaudal, short))


@dataclass(frozen=True, slots=True)
class FiredRule:
    """A rule that fired: its id, what it speaks for or against, and the reason in words."""

    rule: str
    generator: str
    supports: bool
    words: str
    definite: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """A generator with the rules that speak for it and against it."""

    generator: str
    fits: tuple[FiredRule, ...]
    against: tuple[FiredRule, ...]

    @property
    def score(self) -> int:
        """Rules for less rules against; an order of show, not a probability."""
        return len(self.fits) - len(self.against)

    @property
    def definite(self) -> bool:
        """Whether a rule that is a definition fired."""
        return any(rule.definite for rule in self.fits)

    @property
    def is_hint(self) -> bool:
        """Whether nothing but the length of bursts (R13) speaks for it."""
        return all(rule.rule == "R13" for rule in self.fits)

    @property
    def words(self) -> str:
        """The reasons as sentences."""
        parts = ["For: " + " ".join(f"{rule.words} ({rule.rule})" for rule in self.fits)] if self.fits else []
        if self.against:
            parts.append("Against: " + " ".join(f"{rule.words} ({rule.rule})" for rule in self.against))
        return " ".join(parts)


@dataclass(frozen=True, slots=True)
class Classification:
    """The ranked generators; `note` says what to make of them, `problem` why there are none.

    Examples
    --------
    >>> classify(Findings(burst_ms=31.0, bursts=40, spike_before=True)).ranked[0].generator
    'cortex'
    """

    ranked: tuple[Candidate, ...]
    problem: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class _Rule:
    id: str
    generator: str
    fires: Callable[[Findings], bool]
    words: str
    supports: bool = True
    definite: bool = False


def _between(value: float | None, low: float, high: float) -> bool:
    return value is not None and low <= value <= high


def _is_propriospinal(f: Findings) -> bool:
    pattern = f.midthoracic_start is True and f.fixed_order is True and f.face_involved is False
    return pattern and _between(f.velocity, 3, 11) and _between(f.mean_ms, 100, 400)


def _is_incongruent(f: Findings) -> bool:
    return f.axial is True and (f.fixed_order is False or f.face_involved is True)


RULES: tuple[_Rule, ...] = (
    _Rule("R1", CORTICAL, lambda f: _between(f.mean_ms, 0, LIMIT_MS - 1e-9), "Bursts last below 45 ms on average."),
    _Rule(
        "R1",
        CORTICAL,
        lambda f: _between(f.mean_ms, LIMIT_MS, 1e9),
        "Bursts last 45 ms or more on average.",
        supports=False,
    ),
    _Rule(
        "R2",
        CORTICAL,
        lambda f: f.spike_before is True or f.coherent is True,
        "An EEG spike before each jerk, or coherence of EEG and EMG, is the definition of cortical.",
        definite=True,
    ),
    _Rule("R3", CORTICAL, lambda f: f.cortical_signs >= 2, "Two or more cortical signs agree."),
    _Rule("R4", CORTICAL, lambda f: f.giant_sep is True, "The evoked potential is giant."),
    _Rule("R5", CORTICAL, lambda f: f.c_reflex_at_rest is True, "A C-reflex is present at rest."),
    _Rule("R6", RETICULAR, lambda f: f.fast_descent is True, "The jerk runs down the cord fast."),
    _Rule(
        "R6",
        STARTLE,
        lambda f: f.early_blink is True and f.hand_and_foot_late is True and f.habituates is False,
        "An early blink, hand and foot late, and no habituation.",
    ),
    _Rule(
        "R7",
        PROPRIOSPINAL,
        _is_propriospinal,
        "It starts at mid-thoracic level, spreads up and down at 3 to 11 m/s in a fixed order with bursts of 100 to "
        "400 ms, and spares the face; healthy people can copy this.",
    ),
    _Rule("R7", FUNCTIONAL, _is_incongruent, "The order of a trunk jerk changes, or it takes in the face."),
    _Rule(
        "R7", PROPRIOSPINAL, _is_incongruent, "The order of the jerk changes, or it takes in the face.", supports=False
    ),
    _Rule("R8", FUNCTIONAL, lambda f: f.readiness_potential is True, "A Bereitschaftspotential precedes the jerks."),
    _Rule(
        "R8",
        TIC,
        lambda f: f.late_part_only is True,
        "Only the late part of a Bereitschaftspotential precedes the jerks.",
    ),
    _Rule("R9", FUNCTIONAL, lambda f: f.beta_loss is True, "The beta rhythm falls before the jerks."),
    _Rule(
        "R10",
        FUNCTIONAL,
        lambda f: f.readiness_before_intended is False,
        "The Bereitschaftspotential before intended movement is missing.",
    ),
    _Rule(
        "R11",
        CORTICAL_NEGATIVE,
        lambda f: f.silences is True and f.silence_after_discharge is True,
        "Each silence follows an epileptic discharge.",
    ),
    _Rule(
        "R11",
        ASTERIXIS,
        lambda f: f.silences is True and f.silence_after_discharge is False and f.illness is True,
        "Silences without an epileptic discharge in a metabolic, toxic or focal illness.",
    ),
    _Rule(
        "R12",
        CORTICAL_TREMOR,
        lambda f: f.strong_8_30_eeg_leads is True,
        "Strong coherence at 8 to 30 Hz, the EEG leading.",
    ),
    _Rule(
        "R12",
        ESSENTIAL_TREMOR,
        lambda f: f.weak_20_and_tremor_peak is True,
        "Weak coherence near 20 Hz and a peak at the rate of the tremor.",
    ),
    # R13 speaks only for what R1 leaves open, or burst length would count twice.
    _Rule("R13", SEGMENTAL, lambda f: _between(f.mean_ms, 50, 500), "Bursts of 50 to 500 ms occur; a hint only."),
    _Rule("R13", PROPRIOSPINAL, lambda f: _between(f.mean_ms, 100, 400), "Bursts of 100 to 400 ms occur; a hint only."),
    _Rule("R13", STARTLE, lambda f: _between(f.mean_ms, 100 + 1e-9, 1e9), "Bursts above 100 ms occur; a hint only."),
    _Rule(
        "R17",
        CLONIC_SEIZURE,
        lambda f: (
            f.rhythmic is True
            and f.alternating is False
            and f.bursts_lengthen is True
            and _between(f.mean_ms, 250, 1e9)
        ),
        "Rhythmic bursts of 250 ms and more, together in antagonists, that grow longer; from six people.",
    ),
    _Rule(
        "R17",
        TREMOR,
        lambda f: f.rhythmic is True and f.alternating is True and f.bursts_lengthen is False,
        "Rhythmic, alternating, stable bursts.",
    ),
    _Rule(
        "R18",
        PERIPHERAL,
        lambda f: f.eye_and_mouth_together is True,
        "Eye and mouth of one side jerk together; this also follows Bell palsy.",
    ),
)


def classify(findings: Findings) -> Classification:
    """Rank the generators that the rules speak for or against.

    Parameters
    ----------
    findings
        What is known; the rest may stay None.

    Examples
    --------
    >>> answer = classify(Findings(burst_ms=31.0, bursts=40, spike_before=True))
    >>> answer.ranked[0].generator, [rule.rule for rule in answer.ranked[0].fits]
    ('cortex', ['R1', 'R2', 'R3'])
    """
    if all(getattr(findings, item.name) is None for item in fields(findings)):
        return Classification((), "Nothing is known yet.")
    fired = [
        FiredRule(rule.id, rule.generator, rule.supports, rule.words, rule.definite)
        for rule in RULES
        if rule.fires(findings)
    ]
    if not fired:
        return Classification((), "No rule fires on these findings; that excludes nothing.")
    names = dict.fromkeys(rule.generator for rule in fired)
    candidates = [
        Candidate(
            name,
            tuple(rule for rule in fired if rule.generator == name and rule.supports),
            tuple(rule for rule in fired if rule.generator == name and not rule.supports),
        )
        for name in names
    ]
    ranked = sorted(candidates, key=lambda candidate: (not candidate.definite, -candidate.score, candidate.is_hint))
    return Classification(tuple(ranked), note=_note(findings, ranked))


def _note(findings: Findings, ranked: list[Candidate]) -> str:
    parts = [
        "An order of the evidence at hand, not a diagnosis; a finding that is absent or unknown counts for nothing."
    ]
    if findings.burst_ms is not None and findings.mean_ms is None:
        parts.append(f"Burst length was left out: {findings.bursts} bursts are fewer than {FEWEST_BURSTS}.")
    if len(ranked) > 1 and ranked[0].score == ranked[1].score and not ranked[0].definite:
        parts.append("The first places are equal.")
    return " ".join(parts)
