"""The ``myoteach`` command."""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Sequence
from pathlib import Path

from . import __version__
from ._told import ToldError
from .course import copy_notebooks, examine, open_app, open_lab, write_copies
from .knowledge import KnowledgeBase, describe, describe_changes, load
from .questions import check_bank, describe_bank, read_bank
from .questions.exports import FORMATS, export


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status.

    Parameters
    ----------
    arguments
        Words after the command's name; by default those it was called with.

    Examples
    --------
    >>> main(["check"])  # doctest: +ELLIPSIS
    table ...
    0
    """
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a terminal of a few letters can name any folder
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except ToldError as error:
        print(f"myoteach {options.command}: {error}", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="myoteach", description="Teaching notebooks on myoclonus.")
    parser.add_argument("--version", action="version", version=f"myoteach {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND", dest="command")

    lab = commands.add_parser("lab", help="copy the notebooks to a folder of yours and open JupyterLab there")
    lab.add_argument("folder", nargs="?", default="myoteach-notebooks", type=Path, help="default: %(default)s")
    lab.add_argument("--no-browser", action="store_true", help="print the address instead of opening a browser")
    lab.add_argument("--instructor", action="store_true", help="copies with the instructor's cells, unfolded")
    lab.set_defaults(run=_lab)

    app = commands.add_parser("app", help="open a lesson as an app, without code")
    app.add_argument("lesson", nargs="?", default="00", metavar="06", help="which lesson; default: %(default)s")
    app.add_argument("--dark", action="store_true", help="dark colours")
    app.add_argument("--no-browser", action="store_true", help="print the address instead of opening a browser")
    app.set_defaults(run=_app)

    copies = commands.add_parser("copies", help="write every lesson twice: for learners, and for the instructor")
    copies.add_argument("out", type=Path, metavar="OUT", help="a folder: new or empty")
    copies.set_defaults(run=_copies)

    check = commands.add_parser(
        "check", help="check the tables and the questions, with a folder of your own laid over them"
    )
    check.add_argument(
        "folder",
        nargs="?",
        type=Path,
        help="a folder with tables named like the package's; its folder questions, if it has one",
    )
    check.set_defaults(run=_check)

    site = commands.add_parser("site", help="write the lessons as pages that need no Python and no network")
    site.add_argument("out", type=Path, metavar="OUT", help="a folder: new, empty, or a site made before")
    site.add_argument("--lessons", nargs="+", default=(), metavar="06", help="only these lessons; default: all")
    site.add_argument(
        "--lite",
        type=Path,
        metavar="PYODIDE",
        help="add JupyterLite, where cells run in the browser, from this Pyodide (folder or archive; see docs/lite.md)",
    )
    site.set_defaults(run=_site)

    slides = commands.add_parser("slides", help="write lessons as slides with living explorers, each in one file")
    slides.add_argument("lesson", metavar="LESSON", help="its number, for example 02; several as 02,06; or all")
    slides.add_argument("out", type=Path, metavar="OUT", help="a file that ends in .html; for several, a folder")
    slides.set_defaults(run=_slides)

    doctor = commands.add_parser("doctor", help="look before class whether this machine has what a lesson needs")
    doctor.add_argument("folder", nargs="?", type=Path, help="the notebooks of the class; default: myoteach-notebooks")
    doctor.set_defaults(run=_doctor)

    out = commands.add_parser("export", help="take the questions to a learning platform, to Anki, or to paper")
    out.add_argument(
        "format", choices=FORMATS, help=", ".join(f"{name}: {form.what}" for name, form in FORMATS.items())
    )
    out.add_argument(
        "out", type=Path, metavar="OUT", help="the file; on paper each form and the key get one of their own"
    )
    out.add_argument("--lessons", default="", metavar="06,07", help="only these lessons")
    out.add_argument("--place", default="", help="only questions of this place: opening, practice, closing")
    out.add_argument("--seed", type=int, default=0, help="paper: decides the orders (default: %(default)s)")
    out.add_argument("--forms", type=int, default=1, help="paper: how many forms, A, B, ... (default: %(default)s)")
    out.add_argument("--overwrite", action="store_true", help="replace OUT if it exists")
    out.add_argument("--folder", type=Path, help="a folder of your own, as for check; its folder questions is exported")
    out.set_defaults(run=_export)
    return parser


def _lab(options: argparse.Namespace) -> int:
    for line in copy_notebooks(options.folder, instructor=options.instructor):
        print(line)
    return open_lab(options.folder, browser=not options.no_browser)


def _app(options: argparse.Namespace) -> int:
    return open_app(options.lesson, browser=not options.no_browser, dark=options.dark)


def _copies(options: argparse.Namespace) -> int:
    written = write_copies(options.out)
    print(f"Wrote {len(written)} notebooks to {options.out / 'learner'} and {options.out / 'instructor'}.")
    return 0


def _site(options: argparse.Namespace) -> int:
    from .course.site import build_site  # noqa: PLC0415  # the explorers, which no other command needs

    files = build_site(options.out, only=options.lessons, pyodide=options.lite, progress=_count)
    print(
        f"Wrote {len(files)} files to {options.out}. Open {options.out / 'index.html'}, or put the folder on any host."
    )
    if options.lite is not None:
        serve = f"python3 -m http.server --bind 127.0.0.1 -d {options.out}"
        print(f"Python in the browser needs a host; on this machine: {serve}")
    return 0


def _slides(options: argparse.Namespace) -> int:
    from .course.slides import build_slides  # noqa: PLC0415  # the explorers, which no other command needs

    only = () if options.lesson == "all" else options.lesson.split(",")
    written = build_slides(options.out, only=only, progress=_count)
    print(*(f"Wrote {path}" for path in written), "Open it in a browser; S shows the notes, ? the keys.", sep="\n")
    return 0


def _doctor(options: argparse.Namespace) -> int:
    wrong = 0
    for finding in examine(options.folder):
        print(finding, flush=True)
        wrong += not finding.ok
    print(
        f"\n{wrong} to look at."
        if wrong
        else "\nReady for class. What no program sees: look at one lesson on the projector."
    )
    return 1 if wrong else 0


def _check(options: argparse.Namespace) -> int:
    kb = _tables(options.folder)
    print(describe(kb))
    if options.folder is not None:
        print(f"\n{describe_changes(load(), kb)}")
    return _check_questions(options.folder, kb)


def _export(options: argparse.Namespace) -> int:
    kb = _tables(options.folder)
    made = export(
        read_bank(_own_questions(options.folder), kb),
        kb,
        options.format,
        options.out,
        lessons=[lesson.strip() for lesson in options.lessons.split(",") if lesson.strip()],
        place=options.place,
        seed=options.seed,
        forms=options.forms,
        overwrite=options.overwrite,
        progress=_count,
    )
    print(*(f"Wrote {path}" for path in made.paths), made.closing, sep="\n")
    if made.notice:
        print(made.notice)
    return 0


def _count(done: int, total: int, what: str) -> None:
    """Show a count on one line of a terminal; elsewhere only the last, so that logs stay short."""
    if sys.stderr.isatty() or done == total:
        end = "\n" if done == total else ""
        line = f"\r\033[K{done}/{total} {what}" if sys.stderr.isatty() else f"{done}/{total} {what}"
        print(line, end=end, file=sys.stderr, flush=True)


def _tables(folder: Path | None) -> KnowledgeBase:
    """Return the tables with the folder's laid over them; a folder may hold questions only."""
    only_questions = _own_questions(folder) is not None and folder is not None and not any(folder.glob("*.csv"))
    return load(None if only_questions else folder)


def _own_questions(folder: Path | None) -> Path | None:
    """Return the folder's own questions; None, the package's, where it has none."""
    return folder / "questions" if folder is not None and (folder / "questions").is_dir() else None


def _check_questions(folder: Path | None, kb: KnowledgeBase) -> int:
    """Check the folder's own questions against the tables as it extends them; without any, the package's."""
    own = _own_questions(folder)
    problems = check_bank(own, kb)
    for problem in problems:
        print(problem, file=sys.stderr)
    if problems:
        print(f"{len(problems)} problems in the questions.", file=sys.stderr)
        return 1
    print(describe_bank(read_bank(own, kb)))
    return 0
