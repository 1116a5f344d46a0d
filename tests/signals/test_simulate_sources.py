"""Every number of every kind is held against its row."""

from __future__ import annotations

from math import isfinite

import pytest

from myoteach import KnowledgeBase
from myoteach.signals import KINDS, _artefacts, _eeg, _limb, _model, _plan, _pool, simulate
from myoteach.signals._body import BODY_NUMBERS
from myoteach.signals._kinds import COMMON
from myoteach.signals._numbers import Number

#: What the row of a number must speak of.
ABOUT = {
    "duration": ("duration", "silent period", "minimum EMG burst"),
    "rate": ("rate", "repetition"),
    "repeat_rate": ("repetition", "rate", "correlate"),
    "train_rate": ("firing rate", "intraburst rate"),
    "interval": ("interval",),
    "half_period": ("half-period",),
    "lead": ("latency", "discharge to silent period"),
    "velocity_up": ("velocity",),
    "velocity_down": ("velocity",),
    "reflex_latency": ("latency", "nose tap"),
    "startle_neck": ("SCM",),
    "glottis_later": ("glottic closure",),
    "sep_p25": ("P25",),
    "sep_n33": ("N33",),
    "readiness_early": ("Bereitschaftspotential onset", "early part"),
    "readiness_late": ("late part",),
    "polyspike_rate": ("spikes",),
    "twitch": ("twitch",),
    "limb_resonance": ("resonance",),
}
SOURCED = [
    pytest.param(name, number, id=f"{owner}-{name}")
    for owner, numbers in {
        **{kind.name: kind.numbers for kind in KINDS.values()},
        "common": COMMON,
        "body": BODY_NUMBERS,
    }.items()
    for name, number in numbers.items()
    if number.source != "default"
]


@pytest.mark.parametrize(("name", "number"), SOURCED)
def test_a_sourced_number_agrees_with_its_row(kb: KnowledgeBase, name: str, number: Number) -> None:
    row = kb.get(number.source)
    low, high, unit = getattr(row, "low", None), getattr(row, "high", None), getattr(row, "unit", "")
    about = getattr(row, "parameter", "")
    assert unit == number.unit
    if name in ABOUT:
        assert any(word in about for word in ABOUT[name]), about
    if low is not None:
        assert number.value >= float(low)
    if high is not None:
        assert number.value <= float(high)
    match getattr(row, "value_kind", ""):
        case "mean and sd":
            if number.spread:
                assert number.value - number.spread == pytest.approx(float(low or 0))
                assert number.value + number.spread == pytest.approx(float(high or 0))
        case "observed range" | "default":
            if number.spread:
                assert (number.low, number.high) == (float(low or 0), float(high or 0))
        case "two values":
            assert number.value in (float(low or 0), float(high or 0))
        case "limit" if number.spread:
            assert low is None or number.low >= float(low)
            assert high is None or number.high <= float(high)


def test_provenance_names_a_row_or_default_for_everything(kb: KnowledgeBase) -> None:
    ids = {row.id for table in ("ep_parameters", "ep_defaults") for row in kb.table(table)}
    for kind in KINDS:
        recording = simulate(kind, 10, 500)
        names = [entry.parameter for entry in recording.provenance]
        assert len(names) == len(set(names))
        assert all(entry.source in ids or entry.source == "default" for entry in recording.provenance)
        assert all(entry.value for entry in recording.provenance)
        sourced = {entry.source for entry in recording.provenance} - {"default"}
        own = {number.source for number in KINDS[kind].numbers.values()} - {"default"}
        assert sourced & own, kind


def test_every_constant_of_the_model_is_told() -> None:
    for module in (_artefacts, _eeg, _limb, _plan, _pool):
        constants = {name for name in vars(module) if name.isupper() and not name.startswith("__")}
        assert constants <= _model.named() | _model.COMPUTING, module.__name__


def test_an_argument_is_called_an_argument() -> None:
    recording = simulate("cortical_action", 10, 500, duration=40, noise_uv=5, eeg=False)
    sources = {entry.parameter: entry.source for entry in recording.provenance}
    assert sources["duration"] == sources["noise_uv"] == "argument"
    assert sources["rate"] == "EPD001"
    assert sources["mains_uv"] == "default"


def test_numbers_are_finite_and_lie_in_their_bounds() -> None:
    for kind in KINDS.values():
        for name, number in kind.all_numbers.items():
            assert isfinite(number.value), (kind.name, name)
            assert number.low <= number.value <= number.high, (kind.name, name)
            assert kind.role in ("myoclonus", "mimic")
