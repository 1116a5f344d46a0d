"""What files of either kind have in common: errors in words, names, and labels of channels."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from pathlib import Path

from ._filters import microvolts
from .checks import VOLTAGES, RecordingError
from .recording import Channel, Recording

KINDS = {
    "emg": "emg",
    "eeg": "eeg",
    "ecg": "ecg",
    "ekg": "ecg",
    "acc": "accelerometer",
    "accelerometer": "accelerometer",
    "angle": "angle",
    "stim": "stimulus",
    "stimulus": "stimulus",
}
_ELECTRODES = re.compile(r"(fp|af|f|ft|fc|t|c|tp|cp|p|po|o|a|m)(z|\d{1,2})", re.IGNORECASE)
_UNIT_OF = {"accelerometer": "g", "angle": "deg", "stimulus": "1"}


def reason(error: Exception) -> str:
    """Return what a library said, as far as it fits into a sentence of ours."""
    said = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return " ".join(said.split(";")[0].split()).rstrip(".")[:200]


@contextlib.contextmanager
def writing(path: str | Path) -> Iterator[None]:
    """Say in a sentence that a disk is full or a folder closed."""
    try:
        yield
    except OSError as error:
        raise RecordingError(f"{path} cannot be written ({reason(error)}); name another place.") from error


def require_file(path: Path, size: int) -> None:
    try:
        there = path.stat().st_size
        path.open("rb").close()
    except FileNotFoundError as error:
        raise RecordingError(f"There is no file {path}.") from error
    except OSError as error:
        raise RecordingError(f"{path} cannot be read ({reason(error)}).") from error
    if there < size:
        raise RecordingError(f"{path.name} is empty or cut off: {there} bytes.")


def require_samples(recording: Recording) -> None:
    """Refuse to write a file of nothing."""
    if not recording.channels or recording.data.shape[1] == 0:
        raise RecordingError("There is nothing to write: no channels or no samples.")


def label_of(channel: Channel) -> str:
    """Return the label, with the kind in front as EDF+ wants it: ``EMG APB_R``."""
    word = {"accelerometer": "ACC", "angle": "ANGLE", "stimulus": "STIM"}.get(channel.kind, channel.kind.upper())
    return channel.name if channel.name.upper().startswith(word) else f"{word} {channel.name}"


def channel_of(label: str, unit: str) -> tuple[Channel, float]:
    """Return the channel that a label and a unit mean, and the factor that brings its samples to the unit kept."""
    word, _, rest = label.strip().partition(" ")
    kind = KINDS.get(word.lower(), "")
    name = rest.strip() if kind in ("emg", "eeg", "ecg", "angle", "stimulus") and rest.strip() else label.strip()
    if not kind:
        kind = "eeg" if _ELECTRODES.fullmatch(name.partition("-")[0]) else "emg"
    factor = microvolts(unit)
    if kind in VOLTAGES and factor is None:
        raise RecordingError(f"{name} has the unit {unit!r}; expected a voltage such as uV or mV.")
    kept = "uV" if factor is not None else unit or _UNIT_OF.get(kind, "1")
    site = name.removeprefix("ACC ") if kind in ("emg", "eeg", "accelerometer", "angle") else ""
    return Channel(name, kind, kept, site), factor or 1.0
