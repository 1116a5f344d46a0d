"""Hostile and damaged files of questions: what is in them is text or is refused, and never run."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from functools import lru_cache, partial
from pathlib import Path

from myoteach import load
from myoteach.questions import Bank, BankError, lint_bank, read_bank, show
from myoteach.questions._read import read_text
from tests.questions.samples import CLEAN, SINGLE, changed, dump, with_option

from .harness import SOUND, TOLD, Case, LostError, sentence

NAME = "files of questions"

#: What must stay text to the letter.
HOSTILE = (
    "<script>window.pwned = 1</script>",
    "<img src=x onerror='window.pwned = 1'>",
    "</script><svg onload=window.pwned=1>",
    "<!--<script>",
    "javascript:alert(1)",
    "{{ 7 * 7 }} ${7*7} #{7*7} %s {0.__class__}",
    "[click](javascript:alert(1)) <a href=javascript:alert(1)>x</a>",
    "=HYPERLINK(1) ]]> &lt;b&gt; \\input{/etc/passwd} #eval(1)",
)
_RUN = "touch {marker}"
_TAGS = (
    "- !!python/object/apply:os.system ['{run}']\n",
    "- !!python/object/new:subprocess.Popen [['{run}']]\n",
    "- id: !!python/name:os.system\n",
    "- !<tag:yaml.org,2002:python/module:os> x\n",
    "- id: !!binary aGVsbG8=\n",
    "- !custom {{id: Q06-001}}\n",
    "%YAML 9.9\n---\n- id: Q06-001\n",
    "- <<: {{id: Q06-001}}\n",
)
_BOMBS = (
    "a: &a [x]\n" + "".join(f"k{n}: &k{n} [{', '.join([f'*k{n - 1}' if n else '*a'] * 9)}]\n" for n in range(30)),
    "- " * 400_000,
    "? " * 300_000,
    "[" * 500_000,
    "{a: " * 100_000,
    "".join(" " * depth + "-\n" for depth in range(1500)),
    "- &a [*a]\n",
    "x" * 3_000_000,
)


def cases(seed: int, many: int) -> Iterator[Case]:
    """Yield hostile files, and `many` of each random damage."""
    for text in _TAGS:
        yield partial(_tag, text)
    for text in _BOMBS:
        yield partial(_refused, text)
    for text in HOSTILE:
        yield partial(_stays_text, text)
    yield partial(_stays_text, "A stem without end. " * 50_000)
    for text in ("\u202egnp.exe", "\u2066x\u2069", "bell\x07", "\ufeffx"):
        yield partial(_refused, dump(changed(SINGLE, stem=text)))
    for number in range(many):
        for damage in (_cut, _flip, _lines, _odd_value):
            yield partial(_read, damage(random.Random(f"{seed} {number} {damage.__name__}")))


@lru_cache(maxsize=1)
def _own() -> bytes:
    return dump(*CLEAN).encode()


def _tag(text: str) -> str:
    """A tag or a directive of YAML; one that would run something must not have run it."""
    with tempfile.TemporaryDirectory() as folder:
        marker = Path(folder) / "marker"
        found = _read(text.format(run=_RUN.format(marker=marker)).encode())
        if marker.exists():
            raise LostError(f"a file of questions ran a command: {text}")
    return found


def _refused(text: str) -> str:
    if _read(text.encode()) != TOLD:
        raise LostError(f"was taken: {text[:80]!r}")
    return TOLD


def _stays_text(text: str) -> str:
    """Taken as it is, in every place where words can stand, and given on to the letter."""
    item = changed(with_option(SINGLE, "b", text=text, why=text), stem=text, feature=text)
    reading = read_text(dump(item), load(), "hostile.yaml")
    if reading.problems:
        return sentence(BankError(reading.problems), lines=9)
    built, want = reading.items[0], text.strip()
    shown = show(built)
    if shown.stem != want or want not in dict(shown.options).values():
        raise LostError(f"{text[:80]!r} was changed")
    _lints(reading.bank)
    return SOUND


def _cut(chance: random.Random) -> bytes:
    return _own()[: chance.randrange(len(_own()))]


def _flip(chance: random.Random) -> bytes:
    data = bytearray(_own())
    for _ in range(chance.randint(1, 6)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    return bytes(data)


def _lines(chance: random.Random) -> bytes:
    """Lines go, come twice, or move in; the line ends are those of Windows."""
    lines = _own().splitlines()
    for _ in range(chance.randint(1, 4)):
        place = chance.randrange(len(lines))
        lines[place : place + 1] = chance.choice(
            [[], [lines[place]] * 2, [b"  " + lines[place]], [b"\t" + lines[place]]]
        )
    return b"\r\n".join(lines)


def _odd_value(chance: random.Random) -> bytes:
    """A value becomes one of another kind."""
    odd = [
        "[]",
        "{}",
        "~",
        "1e999",
        "-1",
        "!!null",
        "'",
        "&a 1",
        "*a",
        "|",
        "> \n",
        "٣",
        "0x1f",
        "2026-02-30",
        "{a: [1]}",
    ]
    lines = _own().decode().splitlines()
    valued = [place for place, line in enumerate(lines) if ": " in line]
    place = chance.choice(valued)
    lines[place] = f"{lines[place].split(': ')[0]}: {chance.choice(odd)}"
    return "\n".join(lines).encode()


def _read(data: bytes) -> str:
    """Read a folder with this file as a learner's program would."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "lesson-06.yaml").write_bytes(data)
        try:
            bank = read_bank(folder, load())
        except BankError as error:
            for problem in error.problems:
                sentence(ValueError(str(problem)))
                if problem.file != "lesson-06.yaml":
                    raise AssertionError(str(problem)) from error
            return TOLD
    _lints(bank)
    return SOUND


def _lints(bank: Bank) -> None:
    """The lints must cope with whatever could be read."""
    for problem in lint_bank(bank):
        str(problem)
