"""Recordings in files: EDF+ for the tools clinicians use (optional library ``edfio``), CSV for everything else.

A wrong file gives one sentence that says what is wrong with it. Reading brings every voltage to microvolt.
"""

from __future__ import annotations

import contextlib
import csv
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from .._told import ToldError
from ._filters import clipped_share, microvolts
from .recording import Burst, Channel, Recording, Truth

#: Rates (Hz) that a recording of muscle, brain or movement can have.
_SLOWEST, _FASTEST = 20.0, 50_000.0
#: The largest sample of EMG, EEG or ECG lies between these (uV); outside, the unit on the label is wrong.
_SMALLEST, _LARGEST = 1.0, 50_000.0
#: More than this share of clipped samples spoils a channel.
_CLIPPED = 0.01
_VOLTAGES = ("emg", "eeg", "ecg")
_KINDS = {
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
_BURST, _LAPSE, _JERK, _STIMULUS = "burst", "lapse", "jerk", "stimulus"


_ORIGIN = "myoteach "


class RecordingError(ToldError, ValueError):
    """A file or a recording that cannot be used; the message is one sentence for the person who chose it.

    Examples
    --------
    >>> try:
    ...     read_csv("no-such.csv")
    ... except RecordingError as error:
    ...     print(error)
    There is no file no-such.csv.
    """


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
    _require_file(path, 256)
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
        raise RecordingError(f"{path.name} cannot be read as EDF ({_reason(error)}).") from error
    if not data:
        raise RecordingError(f"{path.name} holds no channels.")
    channels, rows = [], []
    for (label, unit, origin, _), samples, times in zip(signals, data, repeats, strict=True):
        channel, factor = _own_channel(origin, unit) or _channel(label, unit)
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
    if not recording.channels or recording.data.shape[1] == 0:
        raise RecordingError("There is nothing to write: no channels or no samples.")
    missing = -recording.data.shape[1] % round(recording.fs)
    data = np.pad(recording.data, ((0, 0), (0, missing)), mode="edge").astype(np.float64)
    signals = [
        library.EdfSignal(
            row,
            recording.fs,
            label=_label(channel)[:16],
            transducer_type=_ORIGIN + "|".join((channel.kind, channel.name, channel.site)),
            physical_dimension=channel.unit,
            physical_range=_range(row),
        )
        for row, channel in zip(data, recording.channels, strict=True)
    ]
    notes = [library.EdfAnnotation(onset, duration, text) for onset, duration, text in _annotations(recording.truth)]
    with _writing(path):
        library.Edf(signals, annotations=notes).write(Path(path))


def read_csv(path: str | Path, *, accept: tuple[str, ...] = ()) -> Recording:
    """Read a table with a column of times in seconds and one column for each channel.

    The head of a channel's column is its name, and in brackets its unit: ``APB_R (uV)``; an optional word before the
    name says its kind: ``emg APB_R (uV)``.

    Parameters
    ----------
    path
        The file.
    accept
        Checks to waive: ``clipped``, ``units``.

    Raises
    ------
    RecordingError
        When the file is missing, empty, uneven, not numeric, or what it holds cannot be a recording.

    Examples
    --------
    >>> import tempfile
    >>> from myoteach.signals import simulate
    >>> recording = simulate("cortical_action", seconds=2, seed=1, eeg=False)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_csv(recording, f"{folder}/arm.csv")
    ...     read_csv(f"{folder}/arm.csv").channels == recording.channels
    True
    """
    path = Path(path)
    _require_file(path, 1)
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            head = next(csv.reader(file))
            lines = file.readlines()
        if len(lines) < 2:
            raise RecordingError(f"{path.name} has {len(lines)} lines of samples; a recording needs many.")
        if len(head) == 1 and ";" in head[0]:
            raise RecordingError(f"{path.name} was saved with semicolons; save it with commas and decimal points.")
        table = np.loadtxt(lines, delimiter=",", ndmin=2, dtype=np.float64)
    except RecordingError:
        raise
    except UnicodeDecodeError as error:
        raise RecordingError(f"{path.name} is not text in UTF-8; save it as UTF-8.") from error
    except (OSError, ValueError, StopIteration, csv.Error) as error:
        raise RecordingError(
            f"{path.name} is not a table of numbers under a line of names ({_reason(error)})."
        ) from error
    if table.shape[0] < 2 or table.shape[1] != len(head):
        raise RecordingError(
            f"{path.name} has {len(head)} names above {table.shape[1]} columns of {table.shape[0]} samples."
        )
    if len(head) < 2:
        raise RecordingError(f"{path.name} holds no channels beside the time.")
    with np.errstate(over="ignore", invalid="ignore"):
        steps = np.diff(table[:, 0])
        step = float(np.median(steps))
        is_even = np.isfinite(table[:, 0]).all() and step > 0 and np.abs(steps - step).max() <= 0.5 * step
    if not is_even:
        raise RecordingError(f"The first column of {path.name} must be time in seconds in even steps.")
    fs = (table.shape[0] - 1) / (table[-1, 0] - table[0, 0])
    fs = float(round(fs)) if abs(fs - round(fs)) < 1e-3 * fs else float(fs)
    parts = [_channel(*_split(name)) for name in head[1:]]
    with np.errstate(over="ignore"):
        data = np.stack([factor * table[:, 1 + row] for row, (_, factor) in enumerate(parts)]).astype(np.float32)
    return checked(data, fs, tuple(channel for channel, _ in parts), path.name, accept=accept)


def write_csv(recording: Recording, path: str | Path) -> None:
    """Write a table of times and samples that `read_csv` and any spreadsheet can read; the truth is not in it.

    Samples are written with seven digits, which is all that single precision holds.

    Parameters
    ----------
    recording
        Any recording with a channel and a sample.
    path
        The file; one that exists is replaced.

    Examples
    --------
    >>> import tempfile
    >>> from myoteach.signals import simulate
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_csv(simulate("cortical_action", seconds=1, seed=1, eeg=False), f"{folder}/arm.csv")
    ...     Path(folder, "arm.csv").read_text(encoding="utf-8")[:8]
    'time (s)'
    """
    if not recording.channels or recording.data.shape[1] == 0:
        raise RecordingError("There is nothing to write: no channels or no samples.")
    head = ["time (s)", *(f"{_label(channel)} ({channel.unit})" for channel in recording.channels)]
    table = np.column_stack([recording.times, recording.data.T.astype(np.float64)])
    formats = ["%.9g"] + ["%.8g"] * len(recording.channels)
    with _writing(path), Path(path).open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerow(head)
        np.savetxt(file, table, fmt=formats, delimiter=",")


def checked(
    data: Any,
    fs: float,
    channels: tuple[Channel, ...],
    name: str = "The recording",
    *,
    accept: tuple[str, ...] = (),
    truth: Truth | None = None,
) -> Recording:
    """Return a recording of samples that can be one, else say in one sentence why they cannot.

    Raises
    ------
    RecordingError
        No channels, an absurd rate, samples that are not numbers, a clipped channel, or a unit that cannot be right.

    Examples
    --------
    >>> checked(0.2 * np.sin(np.arange(2000.0))[None], 2000.0, (Channel("APB", "emg", "uV"),))
    Traceback (most recent call last):
    myoteach.signals.files.RecordingError: The recording: APB never exceeds 0.2 uV; is its unit really uV, not mV?
    """
    samples = np.asarray(data, np.float32)
    if not channels or samples.size == 0:
        raise RecordingError(f"{name} holds no channels or no samples.")
    if not _SLOWEST <= fs <= _FASTEST:
        raise RecordingError(f"{name} claims {fs:g} samples a second; expected {_SLOWEST:g} to {_FASTEST:g}.")
    for channel, row in zip(channels, samples, strict=True):
        problem = _what_is_wrong(channel, row, accept)
        if problem:
            raise RecordingError(f"{name}: {problem}")
    return Recording(samples, fs, channels, truth or Truth())


def _what_is_wrong(channel: Channel, row: Any, accept: tuple[str, ...]) -> str:
    lost = int(np.count_nonzero(~np.isfinite(row)))
    if lost:
        return f"{channel.name} has {lost} samples that are not numbers."
    if "clipped" not in accept and channel.kind in _VOLTAGES and (share := clipped_share(row)) > _CLIPPED:
        return f"{channel.name} is clipped in {share:.0%} of its samples; record it again with less gain."
    if "units" in accept or channel.kind not in _VOLTAGES or channel.unit != "uV":
        return ""
    size = float(np.abs(row - np.median(row)).max())
    if 0 < size < _SMALLEST:
        return f"{channel.name} never exceeds {size:.2g} uV; is its unit really uV, not mV?"
    if size > _LARGEST:
        return f"{channel.name} reaches {size:.2g} uV; is its unit really what the file says?"
    return ""


def _reason(error: Exception) -> str:
    """Return what a library said, as far as it fits into a sentence of ours."""
    said = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return " ".join(said.split(";")[0].split()).rstrip(".")[:200]


def _edfio() -> Any:
    """Return the library, which only EDF needs; it is an extra."""
    try:
        return import_module("edfio")
    except ModuleNotFoundError as error:
        raise ModuleNotFoundError("EDF files need the library edfio: pip install 'myoteach[edf]'") from error


@contextlib.contextmanager
def _writing(path: str | Path) -> Iterator[None]:
    """Say in a sentence that a disk is full or a folder closed."""
    try:
        yield
    except OSError as error:
        raise RecordingError(f"{path} cannot be written ({_reason(error)}); name another place.") from error


def _require_file(path: Path, size: int) -> None:
    try:
        there = path.stat().st_size
        path.open("rb").close()
    except FileNotFoundError as error:
        raise RecordingError(f"There is no file {path}.") from error
    except OSError as error:
        raise RecordingError(f"{path} cannot be read ({_reason(error)}).") from error
    if there < size:
        raise RecordingError(f"{path.name} is empty or cut off: {there} bytes.")


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


def _label(channel: Channel) -> str:
    """Return the label, with the kind in front as EDF+ wants it: ``EMG APB_R``."""
    word = {"accelerometer": "ACC", "angle": "ANGLE", "stimulus": "STIM"}.get(channel.kind, channel.kind.upper())
    return channel.name if channel.name.upper().startswith(word) else f"{word} {channel.name}"


def _split(head: str) -> tuple[str, str]:
    """Return label and unit of the head of a column."""
    label, bracket, unit = head.strip().rpartition("(")
    return (label.strip(), unit.rstrip(") ").strip()) if bracket else (head.strip(), "")


def _channel(label: str, unit: str) -> tuple[Channel, float]:
    """Return the channel that a label and a unit mean, and the factor that brings its samples to the unit kept."""
    word, _, rest = label.strip().partition(" ")
    kind = _KINDS.get(word.lower(), "")
    name = rest.strip() if kind in ("emg", "eeg", "ecg", "angle", "stimulus") and rest.strip() else label.strip()
    if not kind:
        kind = "eeg" if _ELECTRODES.fullmatch(name.partition("-")[0]) else "emg"
    factor = microvolts(unit)
    if kind in _VOLTAGES and factor is None:
        raise RecordingError(f"{name} has the unit {unit!r}; expected a voltage such as uV or mV.")
    kept = "uV" if factor is not None else unit or _UNIT_OF.get(kind, "1")
    site = name.removeprefix("ACC ") if kind in ("emg", "eeg", "accelerometer", "angle") else ""
    return Channel(name, kind, kept, site), factor or 1.0


def _own_channel(origin: str, unit: str) -> tuple[Channel, float] | None:
    """Return the channel that `write_edf` noted in the field for the transducer: labels hold but 16 letters."""
    parts = origin.removeprefix(_ORIGIN).split("|")
    if not origin.startswith(_ORIGIN) or len(parts) != 3:
        return None
    kind, name, site = parts
    if kind not in _KINDS.values():
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
