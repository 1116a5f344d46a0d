"""The ``myoteach`` command."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from . import __version__
from .course import CourseError, copy_notebooks, examine, open_lab
from .knowledge import KnowledgeBase, KnowledgeError, describe, describe_changes, load
from .questions import check_bank, describe_bank, read_bank


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
    options = _parser().parse_args(arguments)
    return int(options.run(options))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="myoteach", description="Teaching notebooks on myoclonus.")
    parser.add_argument("--version", action="version", version=f"myoteach {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    lab = commands.add_parser("lab", help="copy the notebooks to a folder of yours and open JupyterLab there")
    lab.add_argument("folder", nargs="?", default="myoteach-notebooks", type=Path, help="default: %(default)s")
    lab.add_argument("--no-browser", action="store_true", help="print the address instead of opening a browser")
    lab.set_defaults(run=_lab)

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

    doctor = commands.add_parser("doctor", help="look before class whether this machine has what a lesson needs")
    doctor.add_argument("folder", nargs="?", type=Path, help="the notebooks of the class; default: myoteach-notebooks")
    doctor.set_defaults(run=_doctor)
    return parser


def _lab(options: argparse.Namespace) -> int:
    try:
        for line in copy_notebooks(options.folder):
            print(line)
        return open_lab(options.folder, browser=not options.no_browser)
    except CourseError as error:
        print(f"myoteach lab: {error}", file=sys.stderr)
        return 1


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
    try:
        kb = load(options.folder)
    except KnowledgeError as error:
        print(error, file=sys.stderr)
        return 1
    print(describe(kb))
    if options.folder is not None:
        print(f"\n{describe_changes(load(), kb)}")
    return _check_questions(options.folder, kb)


def _check_questions(folder: Path | None, kb: KnowledgeBase) -> int:
    """Check the folder's own questions against the tables as it extends them; without any, the package's."""
    own = folder / "questions" if folder is not None and (folder / "questions").is_dir() else None
    problems = check_bank(own, kb)
    for problem in problems:
        print(problem, file=sys.stderr)
    if problems:
        print(f"{len(problems)} problems in the questions.", file=sys.stderr)
        return 1
    print(describe_bank(read_bank(own, kb)))
    return 0
