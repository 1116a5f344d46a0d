"""Choose, write, save: what every export has in common."""

from __future__ import annotations

import importlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from ..._files import write_whole
from ...knowledge import KnowledgeBase
from ...knowledge._problems import nearest
from ..items import Bank, Item
from .question import Selection, bank_version
from .tally import ExportError, Progress, Tally, silent

PLACES = ("opening", "practice", "closing")


@dataclass(frozen=True, slots=True)
class Format:
    """A format: what it is, how its files end, and whether it is paper, which has forms and a seed."""

    what: str
    suffix: str
    paper: bool = False


#: Each name is that of the module which writes the format.
FORMATS: Mapping[str, Format] = {
    "moodle": Format("Moodle XML", ".xml"),
    "gift": Format("GIFT", ".gift"),
    "canvas": Format("QTI 1.2 for Canvas", ".zip"),
    "qti21": Format("QTI 2.1", ".zip"),
    "anki": Format("an Anki deck", ".apkg"),
    "docx": Format("a test on paper, to be edited", ".docx", paper=True),
    "pdf": Format("a test on paper, to be printed", ".pdf", paper=True),
}


@dataclass(frozen=True, slots=True)
class Exported:
    """Files that were written, the sentence that counts what is in them, and what is to be known of it."""

    paths: tuple[Path, ...]
    closing: str
    notice: str


def export(
    bank: Bank,
    kb: KnowledgeBase,
    to: str,
    out: str | Path,
    *,
    lessons: Collection[str] = (),
    place: str = "",
    seed: int = 0,
    forms: int = 1,
    overwrite: bool = False,
    progress: Progress = silent,
) -> Exported:
    """Write questions in one of the `FORMATS`.

    Parameters
    ----------
    bank, kb
        The questions, and the tables their sources are in.
    to
        The format, such as ``"moodle"``.
    out
        The file; a test on paper becomes several, named after it: ``test-A.pdf``, ``test-B.pdf``, ``test-key.pdf``.
    lessons, place
        Such as ``["06", "07"]`` and ``"closing"``; empty means all.
    seed, forms
        For paper: the same seed gives the same orders, and each form has its own.
    overwrite
        Whether files that exist may be replaced.
    progress
        Called with how many of how many are done, and of what.

    Returns
    -------
    Exported
        The same bank and options give the same bytes.

    Raises
    ------
    ExportError
        When a file exists, nothing is selected, an option does not fit, or a library is missing; it says what to do.

    Examples
    --------
    >>> from myoteach import load
    >>> export(Bank(), load(), "gitf", "questions.txt")
    Traceback (most recent call last):
    myoteach.questions.exports.tally.ExportError: There is no format 'gitf'. Did you mean 'gift'?
    """
    known = _format(to)
    if not known.paper and (forms != 1 or seed):
        raise ExportError(f"Forms and a seed are for paper (docx, pdf); {known.what} is shuffled by its platform.")
    items = _selected(bank, tuple(lessons), place)
    selection = Selection(items, kb, bank_version(bank), seed, forms)
    paths = _paths(Path(out), known, forms)
    try:
        if Path(out).is_dir():
            raise ExportError(f"{out} is a folder; name a file.")
        _free(paths.values(), overwrite)
    except OSError as error:
        raise ExportError(f"{out} cannot be written ({error.strerror}); name another place.") from error
    tally = Tally(len(items), len(selection.questions), progress)
    written = importlib.import_module(f".{to}", __package__).write(selection, tally)
    for label, content in written.items():
        _save(paths[label], content)
    return Exported(tuple(paths[label] for label in written), tally.sentence(), selection.notice)


def _save(path: Path, content: bytes) -> None:
    try:
        write_whole(path, content)
    except OSError as error:
        raise ExportError(f"{path} cannot be written ({error.strerror or error}); name another place.") from error


def _format(name: str) -> Format:
    if name not in FORMATS:
        near = nearest(name, FORMATS)
        hint = f"Did you mean {near!r}?" if near else f"There are: {', '.join(FORMATS)}."
        raise ExportError(f"There is no format {name!r}. {hint}")
    return FORMATS[name]


def _selected(bank: Bank, lessons: tuple[str, ...], place: str) -> tuple[Item, ...]:
    known = sorted({item.lesson for item in bank.items})
    for lesson in lessons:
        if lesson not in known:
            raise ExportError(f"No question belongs to a lesson {lesson!r}; lessons are {', '.join(known)}.")
    if place and place not in PLACES:
        raise ExportError(f"There is no place {place!r}; places are {', '.join(PLACES)}.")
    items = tuple(item for item in bank.select(place=place) if not lessons or item.lesson in lessons)
    if not items:
        raise ExportError("No question fits this selection, so nothing was written. Ask for more lessons or any place.")
    return items


def _paths(out: Path, known: Format, forms: int) -> dict[str, Path]:
    """Return label to file; a name without the format's ending gets it."""
    named = (
        out if out.suffix.lower() == known.suffix or (out.suffix and not known.paper) else Path(f"{out}{known.suffix}")
    )
    if not known.paper:
        return {"": named}
    labels = [f"-{chr(ord('A') + number)}" for number in range(forms)] + ["-key"]
    return {label: named.with_name(f"{named.stem}{label}{named.suffix}") for label in labels}


def _free(paths: Collection[Path], overwrite: bool) -> None:
    """See that the files can be written before any work is done."""
    for path in paths:
        if not path.parent.is_dir():
            raise ExportError(f"The folder {path.parent} does not exist; make it, or name another place.")
        if path.exists() and not overwrite:
            raise ExportError(f"{path} exists already and was left alone. Name another file, or add --overwrite.")
