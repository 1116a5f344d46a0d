"""The command: what it writes, what it says, what it refuses; and the same bytes at another time and place."""

from __future__ import annotations

import dataclasses
import hashlib
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from myoteach import KnowledgeBase
from myoteach.cli import main
from myoteach.questions import Bank, Choice, Option
from myoteach.questions.exports import FORMATS, ExportError, export
from myoteach.questions.items import Picture
from tests.questions.samples import SINGLE, dump

from .planted import planted, whole

Capture = pytest.CaptureFixture[str]


def test_it_writes_counts_and_says_that_it_is_a_draft(tmp_path: Path, capsys: Capture) -> None:
    out = tmp_path / "questions.xml"
    assert main(["export", "moodle", str(out), "--lessons", "06,07", "--place", "closing"]) == 0
    said = capsys.readouterr()
    count = len([i for i in whole().items if i.lesson in ("06", "07") and i.place == "closing" and "-9" not in i.id])
    assert f"{count} items: {count} written, 0 left out." in said.out
    assert "Draft: no clinician has signed these questions." in said.out
    assert said.err == f"{count}/{count} questions\n"
    assert out.read_bytes().count(b"<idnumber>") == count
    print(said.out)


def test_nothing_is_overwritten_unasked(tmp_path: Path, capsys: Capture) -> None:
    out = tmp_path / "test-key.pdf"
    out.write_text("mine", encoding="utf-8")
    words = ["export", "pdf", str(tmp_path / "test.pdf"), "--lessons", "07", "--place", "closing"]
    assert main(words) == 1
    assert f"{out} exists already and was left alone. Name another file, or add --overwrite." in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["test-key.pdf"]
    assert out.read_text(encoding="utf-8") == "mine"
    assert main([*words, "--overwrite"]) == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["test-A.pdf", "test-key.pdf"]
    assert out.read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["gift", "{}/q.gift", "--lessons", "66"], "No question belongs to a lesson '66'"),
        (["gift", "{}/q.gift", "--place", "middle"], "There is no place 'middle'"),
        (["gift", "{}/q.gift", "--forms", "2"], "Forms and a seed are for paper"),
        (["gift", "{}/none/q.gift"], "does not exist; make it, or name another place."),
        (["gift", "{}"], "is a folder; name a file."),
        (["pdf", "{}/q.pdf", "--forms", "0"], "A test has 1 to 26 forms, not 0."),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(
    words: list[str], sentence: str, tmp_path: Path, capsys: Capture
) -> None:
    assert main(["export", *(word.format(tmp_path) for word in words)]) == 1
    assert sentence in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("name", "library"), [("anki", "genanki"), ("docx", "docx"), ("pdf", "typst")])
def test_a_missing_library_is_a_sentence(
    name: str, library: str, tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    assert main(["export", name, str(tmp_path / "out")]) == 1
    assert f"needs {library}, which is not installed: pip install 'myoteach[export]'" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["moodle", "gift", "canvas", "qti21"])
def test_the_platforms_formats_need_the_standard_library_only(name: str, tmp_path: Path) -> None:
    code = (
        "import sys; from myoteach.cli import main; "
        f"assert main(['export', {name!r}, {str(tmp_path / 'out')!r}, '--lessons', '07']) == 0; "
        "print('LOADED', *{m.split('.')[0] for m in sys.modules} & {'genanki', 'docx', 'typst', 'lxml', 'pandas'})"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.splitlines()[-1].strip() == "LOADED"


def test_an_own_bank_is_exported_alone(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "own" / "questions").mkdir(parents=True)
    (tmp_path / "own" / "questions" / "exam.yaml").write_text(dump(SINGLE), encoding="utf-8")
    out = tmp_path / "exam.gift"
    assert main(["export", "gift", str(out), "--folder", str(tmp_path / "own")]) == 0
    assert "1 item: 1 written" in capsys.readouterr().out
    assert out.read_text(encoding="utf-8").count("::Q") == 1


def test_what_a_format_cannot_hold_is_left_out_and_counted(tmp_path: Path, kb: KnowledgeBase) -> None:
    base = planted().items[0]
    assert isinstance(base, Choice)
    options = tuple(Option(id=f"o{n}", text=f"Option {n}", why="Because.", key=n < 13) for n in range(15))
    many = dataclasses.replace(base, id="Q06-990", kind="multiple", options=options, keys=13)
    for name in ("moodle", "gift"):
        made = export(Bank((base, many)), kb, name, tmp_path / name)
        assert made.closing == "2 items: 1 written, 1 left out (1: Moodle has no fraction for 13 keys)."
        assert "Q06-990" not in made.paths[0].read_text(encoding="utf-8")


def test_a_picture_becomes_words_and_that_is_counted(tmp_path: Path, kb: KnowledgeBase) -> None:
    shown = dataclasses.replace(planted().items[0], picture=Picture(file="burst.svg", alt="A burst of 40 ms."))
    made = export(Bank((shown,)), kb, "moodle", tmp_path / "q")
    assert "1 of them changed (1: a picture became its description in words)" in made.closing
    assert "The picture shows: A burst of 40 ms." in made.paths[0].read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["moodle", "gift", "canvas", "qti21"])
def test_emphasis_becomes_capitals(name: str, tmp_path: Path, kb: KnowledgeBase) -> None:
    stem = "Which does **not** belong?"
    made = export(Bank((dataclasses.replace(planted().items[0], stem=stem),)), kb, name, tmp_path / "q")
    content = made.paths[0].read_bytes()
    if content.startswith(b"PK"):
        with zipfile.ZipFile(made.paths[0]) as package:
            content = b"".join(map(package.read, package.namelist()))
    assert b"Which does NOT belong?" in content
    assert b"**" not in content


def test_another_bank_has_another_category(tmp_path: Path, kb: KnowledgeBase) -> None:
    item = planted().items[0]
    changed = dataclasses.replace(item, stem=item.stem + " Now?")
    texts = [
        export(Bank((one,)), kb, "moodle", tmp_path / str(n)).paths[0].read_text(encoding="utf-8")
        for n, one in enumerate((item, changed))
    ]
    first, second = (text.partition("$course$")[2].partition("</text>")[0] for text in texts)
    assert first != second


def test_a_signed_question_is_not_called_a_draft(tmp_path: Path, kb: KnowledgeBase) -> None:
    first, second, *_ = planted().items
    signed = dataclasses.replace(first, status="reviewed", reviewed_by="A clinician")
    made = export(Bank((signed, second)), kb, "moodle", tmp_path / "some")
    assert "no clinician has signed 1 of these questions" in made.notice
    assert made.paths[0].read_text(encoding="utf-8").count("no clinician has signed this question") == 1
    made = export(Bank((signed,)), kb, "moodle", tmp_path / "all")
    assert made.notice == ""
    assert "no clinician" not in made.paths[0].read_text(encoding="utf-8")


def test_nothing_selected_is_said(tmp_path: Path, kb: KnowledgeBase) -> None:
    with pytest.raises(ExportError, match=r"No question fits this selection, so nothing was written"):
        export(planted(), kb, "gift", tmp_path / "q", place="opening")


def test_a_format_that_does_not_exist_names_the_nearest(kb: KnowledgeBase) -> None:
    with pytest.raises(ExportError, match=r"There is no format 'mooddle'. Did you mean 'moodle'\?"):
        export(planted(), kb, "mooddle", "out")


_LATER = """
import datetime, sys, time
if float(sys.argv[2]):
    now, later = time.time, float(sys.argv[2])
    time.time = lambda: now() + later
from pathlib import Path
from myoteach import load
from myoteach.questions.exports import FORMATS, export
from tests.questions.exports.planted import planted
for name, form in FORMATS.items():
    options = {"seed": 3, "forms": 2} if form.paper else {}
    export(planted(), load(), name, Path(sys.argv[1]) / f"{name}{form.suffix}", **options)
"""


def test_the_same_bytes_in_another_process_time_and_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run: Callable[[str, str, str, str], dict[str, str]] = _run
    here = run(str(tmp_path / "here"), "0", "UTC", "0")
    there = run(str(tmp_path / "there"), "1", "Asia/Tokyo", "40000000")
    assert len(here) == 4 + 1 + 2 * 3
    assert here == there
    print(f"{len(here)} files in {len(FORMATS)} formats: the same bytes twice")


def _run(folder: str, seed: str, zone: str, later: str) -> dict[str, str]:
    Path(folder).mkdir()
    environment = os.environ | {"PYTHONHASHSEED": seed, "TZ": zone}
    subprocess.run([sys.executable, "-c", _LATER, folder, later], check=True, env=environment)
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(Path(folder).iterdir())}
