"""The report in five lines: a model made from the measurements, and the learner's lines held against it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from ..signals import KINDS, Findings, classify, rule_of_45_ms
from ..signals._estimate import Estimate
from ..signals.classify import Candidate
from ._lab_case import (
    BOTH,
    FIXED,
    NO_ORDER,
    NOTHING,
    SPIKE,
    Case,
    best_threshold,
    direction,
    measured_eeg,
    measured_order,
)

LINES = ("Generator", "Burst duration", "EEG correlate", "Order and velocity", "Conclusion and its uncertainty")
UNANSWERED = "Cannot be answered from this recording."
_TRUNK, _FACE = ("RA", "PSP"), ("OO", "OOR", "MAS")
#: OUR teaching choice for "fast" down the cord (m/s): above the slow kind of this simulation (EPD005).
_FAST = 25.0
_NAMED = {
    "cortex": ("cort",),
    "brainstem, reticular": ("brainstem", "brain stem", "reticular"),
    "spinal cord, propriospinal": ("propriospinal", "spinal"),
    "functional": ("functional",),
}
_HEDGES = ("uncertain", "possib", "probab", "likel", "may ", "definite", "exclude", "cannot", "not prove", "sure")


class Model(NamedTuple):
    """A model line: its text, whether the recording answers at all, words looked for, and a number looked for."""

    text: str
    answered: bool
    words: tuple[tuple[str, ...], ...] = ()
    near: tuple[float, float] | None = None


def findings(case: Case) -> Findings:
    """Return what was measured in the form that the rules read; what was not found stays unknown."""
    order, (eeg, _) = measured_order(case), measured_eeg(case)
    stems = [name.partition("_")[0] for name in order.order]
    durations = case.kept(best_threshold(case))[case.muscle].duration
    mean = rule_of_45_ms(durations).mean_ms
    known = bool(stems)
    fixed = order.agreement >= FIXED if known else None
    fast = known and stems[0] == "SCM" and direction(order) == BOTH and order.down.known and order.down.low > _FAST
    return Findings(
        burst_ms=mean.value if mean.known else None,
        bursts=int(durations.size),
        velocity=order.down.value if order.down.known and fixed else None,
        spike_before=True if eeg == SPIKE else None,
        readiness_potential=True if eeg not in (SPIKE, NOTHING) else None,
        fixed_order=fixed,
        axial=True if set(stems) & set(_TRUNK) else None,
        midthoracic_start=stems[0] in _TRUNK if known else None,
        face_involved=bool(set(stems) & set(_FACE)) if known else None,
        fast_descent=True if fast else None,
    )


@lru_cache(maxsize=4)
def model_report(case: Case) -> tuple[Model, ...]:
    """Return the five model lines of a recording.

    Examples
    --------
    >>> from myoteach.widgets._lab_case import open_case
    >>> len(model_report(open_case(1)))
    5
    """
    top = _leading(classify(findings(case)).ranked)
    return (_generator(top), _duration(case), _eeg(case), _order(case), _conclusion(top))


def _leading(ranked: Sequence[Candidate]) -> Candidate | None:
    """Return the generator that something besides burst length speaks for, unless another is as good."""
    able = [each for each in ranked if each.score > 0 and {rule.rule for rule in each.fits} - {"R1", "R13"}]
    if not able or (len(able) > 1 and able[0].score == able[1].score and not able[0].definite):
        return None
    return able[0]


def truth_words(case: Case) -> str:
    """Say what was simulated."""
    kind = KINDS[case.kind]
    return f"What was simulated: {kind.label}. Generator: {kind.generator}."


def compare(model: Model, yours: str, unanswered: bool) -> str:
    """Say how a line agrees with its model; only words and numbers are looked for.

    Examples
    --------
    >>> compare(Model("Cortex.", True, (("cort",),)), "cortical", False)
    'Agrees as far as words go.'
    """
    if unanswered:
        return (
            "Agrees: the recording does not say." if not model.answered else "The recording does say: read the model."
        )
    if not yours.strip():
        return "Nothing written yet."
    if not model.answered:
        return "More than this recording can carry: read the model."
    text = yours.lower()
    missing = [f"a word such as “{group[0].strip()}…”" for group in model.words if not any(w in text for w in group)]
    if model.near:
        numbers = [float(found.replace(",", ".")) for found in re.findall(r"\d+(?:[.,]\d+)?", text)]
        if not any(model.near[0] <= number <= model.near[1] for number in numbers):
            missing.append(f"a number from {model.near[0]:.0f} to {model.near[1]:.0f}")
    return f"Not found in your line: {'; '.join(missing)}." if missing else "Agrees as far as words go."


def as_text(case: Case, lines: Sequence[str], unanswered: Sequence[bool]) -> str:
    """Return the learner's report as plain text."""
    head = f"Report on simulated recording {case.seed}. No person was recorded."
    body = (
        f"{number}. {name}: {UNANSWERED if skipped else line.strip() or '-'}"
        for number, (name, line, skipped) in enumerate(zip(LINES, lines, unanswered, strict=True), 1)
    )
    return "\n".join([head, *body]) + "\n"


def _generator(top: Candidate | None) -> Model:
    if top is None:
        why = "Nothing but burst length speaks, and burst length alone never decides."
        return Model(f"{UNANSWERED} {why}", answered=False)
    how = "by definition" if top.definite else "possible, not proven"
    return Model(f"{top.generator}: {how}. {top.words}", True, (_NAMED.get(top.generator, (top.generator,)),))


def _duration(case: Case) -> Model:
    durations = case.kept(best_threshold(case))[case.muscle].duration
    verdict = rule_of_45_ms(durations)
    if verdict.problem:
        return Model(f"{UNANSWERED} {verdict.problem}", answered=False)
    mean = verdict.mean_ms
    side = "shorter" if mean.value < 45 else "not shorter"
    sure = "" if verdict.certain else " (its interval reaches across the limit)"
    text = (
        f"{case.muscle}: mean {mean.value:.1f} ms ({mean.low:.1f} to {mean.high:.1f}), {durations.size} bursts; "
        f"{side} than 45 ms{sure}."
    )
    return Model(text, True, (), (0.85 * mean.low, 1.15 * mean.high))


def _eeg(case: Case) -> Model:
    shown, best = measured_eeg(case)
    if shown == NOTHING:
        text = f"None beyond chance in {best.events} jerks. That excludes nothing."
        return Model(text, True, (("no", "nothing", "absent", "without"),))
    where = (
        best.largest
        if best.significant[best.channels.index(best.largest)]
        else best.channels[int(best.significant.argmax())]
    )
    peak = best.latency(where)
    if shown == SPIKE:
        text = f"Spike at {where}, {_ms(-peak.value)} before the burst ({best.events} jerks), beyond chance."
        return Model(text, True, (("spike", "discharge", "transient"), ("before", "precede", "preceding", "lead")))
    text = f"Slow wave at {where} in the two seconds before the jerks ({best.events} jerks), beyond chance."
    return Model(text, True, (("slow", "readiness", "bereitschaft"),))


def _order(case: Case) -> Model:
    order = measured_order(case)
    if order.problem:
        return Model(f"{UNANSWERED} {order.problem}", answered=False)
    kept = f"{100 * order.agreement:.0f} % of pairs keep the order"
    if direction(order) == NO_ORDER:
        text = f"No fixed order ({kept}); so a velocity cannot be told."
        return Model(text, True, (("no fixed", "no order", "chang", "var", "inconsist", "differ"),))
    way = "up and down from there" if direction(order) == BOTH else "then downward"
    speeds = [_speed(name, each) for name, each in (("up", order.up), ("down", order.down)) if each.known]
    first = order.order[0]
    stem = first.partition("_")[0]
    text = f"{first} first, {way}; {kept}. {'; '.join(speeds) or 'A velocity cannot be told'}."
    return Model(text, True, ((stem.lower(), _SPOKEN.get(stem, stem.lower())),))


def _conclusion(top: Candidate | None) -> Model:
    if top is None:
        text = "The generator stays open. A missing spike does not exclude the cortex; burst length does not decide."
        return Model(text, True, ((*_HEDGES, "open", "unknown"),))
    named = _NAMED.get(top.generator, (top.generator,))
    if top.definite:
        return Model("Cortical, by the definition of its recordings. The cause is another question.", True, (named,))
    tail = {
        "spinal cord, propriospinal": "the pattern fits, and healthy people can copy it",
        "functional": "several signs agree; functional jerks are real and nothing here measures intent",
        "brainstem, reticular": "order and speed fit; no speed limit was read in a source",
    }.get(top.generator, "one sign is not proof")
    return Model(f"Possible: {top.generator}. Uncertain: {tail}.", True, (named, _HEDGES))


_SPOKEN = {
    "SCM": "sternocleido",
    "RA": "rectus",
    "PSP": "paraspinal",
    "ECR": "extensor",
    "FCR": "flexor",
    "DEL": "deltoid",
}


def _ms(seconds: float) -> str:
    return f"{1e3 * seconds:.0f} ms"


def _speed(name: str, speed: Estimate) -> str:
    return f"{name} {speed.value:.1f} m/s ({speed.low:.1f} to {speed.high:.1f})"
