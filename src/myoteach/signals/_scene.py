"""What every part of a simulation needs to know: who is recorded, what is recorded, and the one source of chance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ._body import Floats, Montage
from ._kinds import Kind
from ._numbers import Patient


@dataclass(frozen=True, slots=True)
class Scene:
    """One virtual patient with one kind of jerk in front of one set of electrodes.

    `widths` are the mean widths in seconds of the potentials in each muscle; `rng` is the only generator of chance.
    """

    kind: Kind
    patient: Patient
    montage: Montage
    widths: Floats
    seconds: float
    fs: float
    rng: np.random.Generator

    @property
    def samples(self) -> int:
        """Samples in each channel."""
        return round(self.seconds * self.fs)
