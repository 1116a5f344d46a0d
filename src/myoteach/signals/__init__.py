"""Simulated recordings of jerks with a known truth, and what a neurophysiologist measures on them. numpy only."""

from ._body import MUSCLES, Muscle
from ._kinds import KINDS, Kind
from .average import BackAverage, back_average
from .bursts import Bursts, ChannelBursts, bursts
from .checks import RecordingError
from .classify import Classification, Findings, classify
from .coherence import Coherence, coherence
from .csv_tables import read_csv, write_csv
from .duration_rule import DurationVerdict, rule_of_45_ms
from .edf import read_edf, write_edf
from .evoked import CReflex, Evoked, c_reflex, evoked
from .match import Marks, match_to_truth
from .recording import Burst, Channel, Provenance, Recording, Truth
from .recruitment import Recruitment, recruitment
from .rhythm import Rhythm, rhythm
from .silence import Silences, silent_periods
from .simulate import simulate

__all__ = [
    "KINDS",
    "MUSCLES",
    "BackAverage",
    "Burst",
    "Bursts",
    "CReflex",
    "Channel",
    "ChannelBursts",
    "Classification",
    "Coherence",
    "DurationVerdict",
    "Evoked",
    "Findings",
    "Kind",
    "Marks",
    "Muscle",
    "Provenance",
    "Recording",
    "RecordingError",
    "Recruitment",
    "Rhythm",
    "Silences",
    "Truth",
    "back_average",
    "bursts",
    "c_reflex",
    "classify",
    "coherence",
    "evoked",
    "match_to_truth",
    "read_csv",
    "read_edf",
    "recruitment",
    "rhythm",
    "rule_of_45_ms",
    "silent_periods",
    "simulate",
    "write_csv",
    "write_edf",
]
