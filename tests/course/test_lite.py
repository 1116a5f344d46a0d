"""JupyterLite beside the site, as far as no browser is needed: its wheels, lock and copies, and what it refuses."""

from __future__ import annotations

import hashlib
import io
import json
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from myoteach import cli
from myoteach.course import CourseError
from myoteach.course.lite import build_lite
from myoteach.course.lite._build import _KERNEL_EXTENSION, _extension
from myoteach.course.lite._lessons import _failing, _note, learner_copy
from myoteach.course.lite._pyodide import CORE, KERNEL, LOCK, Packages, opened
from myoteach.course.lite._wheels import own_wheel
from myoteach.course.site._extras import LIVE, cover_text
from myoteach.course.site._polish import polish
from myoteach.widgets._lessons import lessons
from tests.conftest import ROOT


def wheel(folder: Path, name: str, version: str, *requires: str) -> Path:
    """A wheel of one empty module."""
    path = folder / f"{name}-{version}-py3-none-any.whl"
    said = "".join(f"Requires-Dist: {requirement}\n" for requirement in requires)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"{name}.py", "")
        archive.writestr(
            f"{name}-{version}.dist-info/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n{said}"
        )
    return path


def write_lock(folder: Path, *brought: Path, python: str = "3.14.2") -> None:
    """The lock of a Pyodide that brings these wheels."""
    packages = {
        path.name.split("-")[0]: {
            "name": path.name.split("-")[0],
            "file_name": path.name,
            "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
            "depends": [],
        }
        for path in brought
    }
    text = json.dumps({"info": {"python": python, "arch": "wasm32"}, "packages": packages})
    (folder / LOCK).write_text(text, encoding="utf-8")


@pytest.fixture
def pyodide(tmp_path: Path) -> Path:
    """A folder that looks like the smallest Pyodide, with micropip laid beside it."""
    folder = tmp_path / "pyodide"
    folder.mkdir()
    for name in CORE:
        (folder / name).write_bytes(b"")
    wheel(folder, "micropip", "0.11")
    write_lock(folder)
    return folder


def packages(pyodide: Path) -> Packages:
    return Packages(pyodide, _extension(_KERNEL_EXTENSION) / "static" / "pypi")


def test_an_explorer_and_a_quiz_need_these_wheels_and_nothing_else(pyodide: Path, tmp_path: Path) -> None:
    held = packages(pyodide)
    assert held.left_out == {"numpy", "pandas", "plotly", "edfio"}
    place = tmp_path / "site-packages"
    for name, data in held.files.items():
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            assert not [file for file in archive.namelist() if file.endswith((".so", ".pyd", ".pyc"))], name
            if not {"ipykernel", "pyodide_kernel"} & {name.split("-")[0]}:  # these two run in a browser only
                archive.extractall(place)
    code = (
        f"import sys; sys.path.insert(0, {str(place)!r}); import myoteach, yaml, psygnal, wcwidth\n"
        f"assert {str(place)!r} in myoteach.__file__\n"
        "myoteach.triage(); myoteach.glossary(); myoteach.cause_map(); print(myoteach.quiz('lesson-06/opening'))\n"
        "import myoteach.widgets._lessons as found; print(len(found.lessons()))\n"
    )
    environment = {"MYOTEACH_PROGRESS_DIR": str(tmp_path / "progress")}
    done = subprocess.run(
        [sys.executable, "-S", "-c", code], capture_output=True, text=True, check=False, cwd=tmp_path, env=environment
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == str(len(lessons()))


def test_the_lock_names_what_is_here_and_nothing_else(pyodide: Path) -> None:
    absent = {"numpy": {"name": "numpy", "file_name": "numpy-2.whl", "sha256": "0", "depends": []}}
    (pyodide / LOCK).write_text(json.dumps({"info": {"python": "3.14.2"}, "packages": absent}), encoding="utf-8")
    held = packages(pyodide)
    lock = json.loads(held.lock())["packages"]
    assert {*KERNEL, "myoteach"} <= set(lock)
    assert "numpy" not in lock
    for name, entry in lock.items():
        data = held.files[entry["file_name"]]
        assert entry["sha256"] == hashlib.sha256(data).hexdigest(), name
        assert set(entry["depends"]) <= set(lock), name
    assert lock["myoteach"]["imports"] == ["myoteach"]


def test_of_a_whole_pyodide_its_own_packages_are_used(pyodide: Path) -> None:
    brought = [wheel(pyodide, name, "99") for name in ("numpy", "pandas", "traitlets")]
    write_lock(pyodide, *brought)
    held = packages(pyodide)
    assert held.left_out == set()
    assert {"numpy", "pandas", "plotly", "edfio"} <= set(held.entries["myoteach"]["depends"])
    assert held.entries["traitlets"]["file_name"] == "traitlets-99-py3-none-any.whl"


def test_a_file_with_another_digest_is_not_the_one_that_the_lock_means(pyodide: Path) -> None:
    path = wheel(pyodide, "traitlets", "99")
    write_lock(pyodide, path)
    wheel(pyodide, "traitlets", "99", "comm")  # another build under the same name
    entry = packages(pyodide).entries["traitlets"]
    assert entry["depends"] == ["comm"]
    assert entry["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()


def test_the_package_travels_without_the_cells_of_the_instructor() -> None:
    with zipfile.ZipFile(io.BytesIO(own_wheel().data)) as archive:
        for lesson in lessons():
            notebook = json.loads(archive.read(f"myoteach/_content/notebooks/{lesson.file}"))
            assert notebook["cells"]
            assert not [cell for cell in notebook["cells"] if "instructor" in cell["metadata"].get("tags", [])]


def test_the_package_gives_the_same_wheel_each_time() -> None:
    first = own_wheel().data
    own_wheel.cache_clear()
    assert own_wheel().data == first


@pytest.mark.parametrize("missing", CORE)
def test_a_missing_file_is_named(pyodide: Path, missing: str) -> None:
    (pyodide / missing).unlink()
    with pytest.raises(CourseError, match=f"{missing} is missing"), opened(pyodide):
        pass


def test_an_archive_is_opened_and_a_damaged_one_named(pyodide: Path, tmp_path: Path) -> None:
    path = tmp_path / "pyodide.tgz"
    with tarfile.open(path, "w:gz") as archive:
        archive.add(pyodide, "package")
    with opened(path) as folder:
        assert {path.name for path in folder.iterdir()} >= set(CORE)
    path.write_bytes(path.read_bytes()[:40])
    with pytest.raises(CourseError, match=r"pyodide\.tgz cannot be unpacked"), opened(path):
        pass


def test_what_the_kernel_lacks_is_named(pyodide: Path) -> None:
    next(pyodide.glob("micropip*")).unlink()
    with pytest.raises(CourseError, match=r"needs micropip, and neither .* docs/lite\.md"):
        packages(pyodide)


def test_another_python_is_refused_and_nothing_is_written(
    pyodide: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_lock(pyodide, python="3.12.1")
    assert cli.main(["site", str(tmp_path / "out"), "--lite", str(pyodide)]) == 1
    assert "is a Pyodide with Python 3.12; JupyterLite's kernel here wants that of" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_without_jupyterlite_the_message_says_what_to_install(pyodide: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jupyterlite_core", None)
    with pytest.raises(CourseError, match=r"pip install 'myoteach\[lite\]'"):
        build_lite(pyodide, [])


def test_the_copies_are_for_learners() -> None:
    for lesson in lessons():
        shipped = nbformat.read(ROOT / "notebooks" / lesson.file, as_version=4)
        copy = learner_copy(lesson.file, ())
        nbformat.validate(copy)
        secret = [cell.source for cell in shipped.cells if "instructor" in cell.metadata.get("tags", [])]
        assert secret
        assert not set(secret) & {cell.source for cell in copy.cells}
        assert len(copy.cells) == len(shipped.cells) - len(secret) + 1
        assert copy.cells[1].source == shipped.cells[1].source  # the word on help comes first
        assert "`myoteach-progress`" in copy.cells[2].source
        assert "cannot run here" not in copy.cells[2].source


def test_the_note_names_the_cells_that_fail_without_a_package() -> None:
    notebook = new_notebook(
        cells=[
            new_markdown_cell("# A lesson"),
            new_code_cell("1 + 1"),
            new_markdown_cell("## In numbers"),
            new_code_cell("import numpy"),
        ]
    )
    failing = _failing(notebook, "a.ipynb", {"numpy", "pandas"})
    assert list(failing) == [3]
    note = _note(notebook, failing, {"numpy", "pandas"}, "a.ipynb")
    assert "1 of its cells cannot run here, because this Python is without numpy." in note
    assert "under *In numbers*" in note
    assert "`a.html`" in note


def test_the_contents_lead_to_it_only_where_it_was_built() -> None:
    entry = {"file": "06_x.html", "title": "X", "number": "06", "question": "", "minutes": ""}
    assert LIVE not in cover_text([entry])
    assert f"{LIVE}?path=06_x.ipynb" in cover_text([entry], live=True)
    link = f'<a href="{LIVE}?path=06_x.ipynb">Open</a>'
    assert polish(link, files=[LIVE], sources={}) == link
