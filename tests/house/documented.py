"""Finds the commands that the pages tell a reader to type."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tests.conftest import ROOT

PAGES = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md", "deploy/README.md", "data/README.md")),
    *sorted((ROOT / "docs").glob("*.md")),
]
#: Programs whose name at the beginning makes a line or a piece of code a command.
PROGRAM = re.compile(
    r"(?:\.venv/bin/)?(?:myoteach|python3?|py|pip|uv|git|jupyter[a-z0-9-]*|conda|docker|helm|npm|npx|node|deno)(?= )"
)
#: What a shell does beside them, inside a block of commands.
_SHELL = re.compile(r"(?:export|mkdir|tar|cd|grep) ")
_SETTING = re.compile(r"^(?:[A-Z_]+=\S+ )+")
_FENCE = re.compile(r"^ *```(\w*)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"`([^`]+)`")
#: Languages of blocks that are no commands; a comment in one may hold a command.
_PROGRAMS_TEXT = {"python", "yaml", "json"}


def commands(text: str) -> Iterator[str]:
    """Yield each command of a page, a continued line as one, without comments and settings in front.

    A block without a language that holds one command holds nothing else.
    """
    for language, block in _FENCE.findall(text):
        lines = block.replace("\\\n", " ").splitlines()
        if language in _PROGRAMS_TEXT:
            lines = [line.partition("# ")[2] for line in lines]
        found = [bare for line in lines if PROGRAM.match(bare := _bare(line))]
        yield from found
        others = [line for line in lines if line.strip() and _bare(line) not in found and not _SHELL.match(line)]
        assert language in _PROGRAMS_TEXT or not found or not others, f"no command of a known program: {others}"
    for code in _CODE.findall(_FENCE.sub("", text)):
        if PROGRAM.match(_bare(code)):
            yield _bare(code)


def _bare(line: str) -> str:
    """Return a line without comment, settings of the environment and doubled spaces."""
    return _SETTING.sub("", " ".join(re.sub(r"\s#.*$", "", line).split()))


def documented() -> dict[str, list[str]]:
    """Return every command, and the pages it stands on."""
    found: dict[str, list[str]] = {}
    for page in PAGES:
        for command in commands(page.read_text(encoding="utf-8")):
            found.setdefault(command, []).append(page.relative_to(ROOT).as_posix())
    return found
