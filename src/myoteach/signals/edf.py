"""Recordings as EDF+, for the tools clinicians use; needs the optional library ``edfio``.

A wrong file gives one sentence that says what is wrong with it. Reading brings every voltage to microvolt.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from ._disk import KINDS, channel_of, label_of, reason, require_file, require_samples, writing
from .checks import RecordingError, checked
from .recording import Burst, Channel, Recording, Truth

_BURST, _LAPSE, _JERK, _STIMULUS = "burst", "lapse", "jerk", "stimulus"
_ORIGIN = "myoteach "


def read_edf(path: str | Path, *, accept: tuple[str, ...] = ()) -> Recording:
    """Read an EDF or EDF+ file.

    Parameters
    ----------
    path
        The file. All signals but the annotations become channels; those slower than the fastest are repeated to its
        rate.
    accept
        Checks to waive: ``clipped``, ``units``.

    Returns
    -------
    Recording
        Voltages in microvolt. Annotations that `write_edf` made become the truth again.

    Raises
    ------
    RecordingError
        When the file is missing, is no EDF, is cut off, or what it holds cannot be a recording.
    ModuleNotFoundError
        When ``edfio`` is not installed.

    Examples
    --------
    >>> import tempfile
    >>> from myoteach.signals import simulate
    >>> recording = simulate("cortical_action", seconds=2, seed=1, eeg=False)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_edf(recording, f"{folder}/arm.edf")
    ...     read_edf(f"{folder}/arm.edf").channels == recording.channels
    True
    """
    library = _edfio()
    path = Path(path)
    require_file(path, 256)
    _require_whole(path)
    try:
        file = library.read_edf(path)
        signals = [
            (signal.label, signal.physical_dimension, signal.transducer_type, signal.sampling_frequency)
            for signal in file.signals
        ]
        data = [np.asarray(signal.data, np.float64) for signal in file.signals]
        notes = [(note.onset, note.duration or 0.0, note.text) for note in file.annotations]
        fs = max((rate for *_, rate in signals), default=0.0)
        repeats = [round(fs / rate) for *_, rate in signals]
    except Exception as error:  # the library raises many kinds; each means the same to the person who chose the file
        raise RecordingError(f"{path.name} cannot be read as EDF ({reason(error)}).") from error
    if not data:
        raise RecordingError(f"{path.name} holds no channels.")
    channels, rows = [], []
    for (label, unit, origin, _), samples, times in zip(signals, data, repeats, strict=True):
        channel, factor = _own_channel(origin, unit) or channel_of(label, unit)
        channels.append(channel)
        rows.append(factor * np.repeat(samples, times))
    size = min(row.size for row in rows)
    with np.errstate(over="ignore"):  # what single precision cannot hold is found and told by `checked`
        stacked = np.stack([row[:size] for row in rows]).astype(np.float32)
    return checked(stacked, float(fs), tuple(channels), path.name, accept=accept, truth=_truth(notes))


def write_edf(recording: Recording, path: str | Path) -> None:
    """Write EDF+ with labels, units and, of a simulation, the truth as annotations.

    Labels carry the kind (``EMG APB_R``), as EDF+ asks, and are cut to its 16 letters. EDF holds 16 bits: a sample read
    back differs by up to 1/65535 of its channel's range between minimum and maximum, half a step up and down. The last
    second is filled up with its last samples when it is not whole.

    Parameters
    ----------
    recording
        Any recording with a channel and a sample.
    path
        The file; one that exists is replaced.

    Raises
    ------
    RecordingError
        When a sample is not a number, the rate is not a whole number, or the file cannot be written.
    ModuleNotFoundError
        When ``edfio`` is not installed.

    Examples
    --------
    >>> import tempfile
    >>> from myoteach.signals import simulate
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_edf(simulate("cortical_action", seconds=1, seed=1, eeg=False), f"{folder}/arm.edf")
    ...     Path(folder, "arm.edf").read_bytes()[:1]
    b'0'
    """
    library = _edfio()
    if not np.isfinite(recording.data).all():
        raise RecordingError("Some samples are not numbers; EDF cannot hold them.")
    if recording.fs != round(recording.fs):
        raise RecordingError(f"EDF needs a whole number of samples a second, not {recording.fs:g}.")
    require_samples(recording)
    missing = -recording.data.shape[1] % round(recording.fs)
    data = np.pad(recording.data, ((0, 0), (0, missing)), mode="edge").astype(np.float64)
    signals = [
        library.EdfSignal(
            row,
            recording.fs,
            label=label_of(channel)[:16],
            transducer_type=_ORIGIN + "|".join((channel.kind, channel.name, channel.site)),
            physical_dimension=channel.unit,
            physical_range=_range(row),
        )
        for row, channel in zip(data, recording.channels, strict=True)
    ]
    notes = [library.EdfAnnotation(onset, duration, text) for onset, duration, text in _annotations(recording.truth)]
    with writing(path):
        library.Edf(signals, annotations=notes).write(Path(path))


def _edfio() -> Any:
    """Return the library, which only EDF needs; it is an extra."""
    try:
        return import_module("edfio")
    except ModuleNotFoundError as error:
        raise ModuleNotFoundError("EDF files need the library edfio: pip install 'myoteach[edf]'") from error


def _require_whole(path: Path) -> None:
    """Refuse a file that is shorter than its own header says; the library would read what there is."""
    with path.open("rb") as file:
        head = file.read(256)
        try:
            head_size, records, count = int(head[184:192]), int(head[236:244]), int(head[252:256])
            signals = file.read(256 * count)
            samples = sum(int(signals[216 * count + 8 * k : 216 * count + 8 * k + 8]) for k in range(count))
        except ValueError as error:
            raise RecordingError(
                f"{path.name} is not an EDF file: its header holds no numbers where they belong."
            ) from error
    if count == 0 or head_size < 256:
        raise RecordingError(f"{path.name} holds no channels.")
    wanted = head_size + 2 * samples * max(records, 0)
    if path.stat().st_size < wanted:
        raise RecordingError(f"{path.name} is cut off: {path.stat().st_size} of {wanted} bytes are there.")


def _range(row: Any) -> tuple[float, float] | None:
    """Return the physical range of a channel that stands still; for the others the library takes theirs."""
    low, high = float(row.min()), float(row.max())
    return (low - 1, high + 1) if low == high else None


def _own_channel(origin: str, unit: str) -> tuple[Channel, float] | None:
    """Return the channel that `write_edf` noted in the field for the transducer: labels hold but 16 letters."""
    parts = origin.removeprefix(_ORIGIN).split("|")
    if not origin.startswith(_ORIGIN) or len(parts) != 3:
        return None
    kind, name, site = parts
    if kind not in KINDS.values():
        return None  # written by other hands
    return Channel(name, kind, unit, site), 1.0


def _annotations(truth: Truth) -> list[tuple[float, float, str]]:
    """Return onset, duration and text of everything that is true of a simulation."""
    notes = [(time, 0.0, _JERK) for time in truth.jerks]
    notes += [(time, 0.0, _STIMULUS) for time in truth.stimuli]
    for burst in truth.bursts:
        word = _BURST if burst.sign > 0 else _LAPSE
        notes.append((burst.onset, burst.duration, f"{word} {burst.jerk} {burst.channel}"))
    return sorted(note for note in notes if note[0] >= 0)


def _truth(notes: list[tuple[float, float, str]]) -> Truth:
    """Return what the annotations of `write_edf` tell; those of others are left alone."""
    bursts: list[Burst] = []
    times: dict[str, list[float]] = {_JERK: [], _STIMULUS: []}
    for onset, duration, text in notes:
        word, _, rest = text.partition(" ")
        number, _, channel = rest.partition(" ")
        if text in times:
            times[text].append(float(onset))
        elif word in (_BURST, _LAPSE) and number.isdigit() and channel:
            bursts.append(Burst(channel, float(onset), float(duration), int(number), 1 if word == _BURST else -1))
    return Truth(jerks=tuple(times[_JERK]), stimuli=tuple(times[_STIMULUS]), bursts=tuple(bursts))
