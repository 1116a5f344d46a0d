"""Numbers that know where they come from, and the virtual patient who is drawn from them.

A row of the knowledge base is often a group: a mean and its spread over patients, or the range that was observed. So a
number is drawn once for a recording (one recording, one patient) and then stays; what varies from jerk to jerk within
that patient is a number of its own (``duration_cv``, ``jitter``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import inf

import numpy as np

from .recording import Provenance

DEFAULT = "default"
ARGUMENT = "argument"
_TO_SI = {"ms": 1e-3, "%": 1e-2}


@dataclass(frozen=True, slots=True)
class Number:
    """A value with its unit, its spread between patients, its bounds, and the row it rests on.

    `source` is the id of a row of ``ep_parameters`` (EPP...) or ``ep_defaults`` (EPD...), or ``default`` when neither
    has it.
    """

    value: float
    unit: str
    source: str = DEFAULT
    spread: float = 0.0
    low: float = -inf
    high: float = inf

    def in_si(self, value: float) -> float:
        """Convert a value of this number's unit to seconds, hertz, metres, or a share."""
        return value * _TO_SI.get(self.unit, 1.0)

    def at(self, deviate: float) -> float:
        """Return the value of the patient who lies `deviate` spreads from the middle, in SI units.

        Deviates beyond two spreads count as two: the virtual patients are typical ones.
        """
        value = self.value + self.spread * float(np.clip(deviate, -2.0, 2.0))
        return self.in_si(float(np.clip(value, self.low, self.high)))

    def describe(self) -> str:
        """Put the number into words, for example ``31.1 ms (SD 6.7)``."""
        spread = f" (SD {self.spread:g})" if self.spread else ""
        return f"{self.value:g} {self.unit}{spread}".strip()


def mean(
    value: float, spread: float, unit: str, source: str = DEFAULT, *, low: float = 0.0, high: float = inf
) -> Number:
    """Return a number given as mean and standard deviation."""
    return Number(value, unit, source, spread, low, high)


def span(low: float, high: float, unit: str, source: str = DEFAULT) -> Number:
    """Return a number given as a range: patients are centred in it, with the range as their two-sided two spreads."""
    return Number((low + high) / 2, unit, source, (high - low) / 4, low, high)


def point(value: float, unit: str, source: str = DEFAULT) -> Number:
    """Return a number that is the same in every patient."""
    return Number(value, unit, source)


class Patient:
    """One virtual patient: every number of a kind, drawn; remembers which were used.

    Parameters
    ----------
    numbers
        The kind's numbers by name.
    rng
        The generator of the recording. One deviate is drawn for each number in the order of the names, used or not,
        so that overriding a number changes nothing else about the patient.

    Examples
    --------
    >>> patient = Patient({"duration": mean(31.1, 0, "ms", "EPP003")}, np.random.default_rng(0))
    >>> round(patient["duration"], 4)
    0.0311
    >>> list(patient.provenance())
    [Provenance(parameter='duration', value='31.1 ms', source='EPP003')]
    """

    def __init__(self, numbers: Mapping[str, Number], rng: np.random.Generator) -> None:
        deviates = rng.standard_normal(len(numbers))
        self._numbers = dict(numbers)
        self._drawn = {name: numbers[name].at(deviate) for name, deviate in zip(sorted(numbers), deviates, strict=True)}
        self._used: dict[str, None] = {}

    def __getitem__(self, name: str) -> float:
        self._used[name] = None
        return self._drawn[name]

    def has(self, name: str) -> bool:
        """Tell whether the kind has this number, and it is not zero."""
        return self._drawn.get(name, 0.0) != 0.0

    def bounds(self, name: str) -> tuple[float, float]:
        """Return the lowest and the highest value a number may take, in SI units."""
        number = self._numbers[name]
        return number.in_si(number.low), number.in_si(number.high)

    def provenance(self) -> Iterator[Provenance]:
        """Yield what was used: the number in words, with this patient's own value where patients differ."""
        for name in self._used:
            number = self._numbers[name]
            text = number.describe()
            if number.spread:
                text += f"; here {self._drawn[name] / number.in_si(1.0):.3g} {number.unit}".rstrip()
            yield Provenance(name, text, number.source)
