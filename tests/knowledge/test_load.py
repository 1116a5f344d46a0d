"""Loading refuses what is wrong, all of it at once, with a sentence for each."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

from myoteach import KnowledgeError, load
from myoteach._content import content_folder
from myoteach.cli import main
from myoteach.knowledge import Problem, find_problems

HEADER = [
    "id",
    "name",
    "plain_name",
    "group",
    "plain",
    "clinical",
    "category_ids",
    "cause_removable",
    "disease_treatment",
    "jerks_treatable",
    "urgency",
    "raise_if_plain",
    "raise_if_clinical",
    "in_seed",
    "audience",
    "codes",
    "draft_fields",
    "source_ids",
    "support",
    "reviewed_by",
    "reviewed_on",
]
GOOD = {
    "id": "C901",
    "name": "A test cause",
    "plain_name": "A test cause",
    "group": "metabolic",
    "plain": "Plain.",
    "clinical": "Clinical.",
    "category_ids": "CAT02;CAT18",
    "cause_removable": "yes",
    "disease_treatment": "yes",
    "jerks_treatable": "usually",
    "urgency": "soon",
    "in_seed": "no",
    "audience": "both",
    "source_ids": "zutt2015",
    "support": "indirect",
}


def write(folder: Path, *rows: dict[str, str], header: list[str] = HEADER, encoding: str = "utf-8") -> Path:
    with (folder / "causes.csv").open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, header, restval="", lineterminator="\n", extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    return folder


def problem(folder: Path) -> Problem:
    """The one problem in the folder."""
    problems = find_problems(folder)
    assert len(problems) == 1, [str(item) for item in problems]
    with pytest.raises(KnowledgeError) as error:
        load(folder)
    assert error.value.problems == tuple(problems)
    assert str(problems[0]) in str(error.value)
    return problems[0]


def test_own_tables_are_right() -> None:
    assert [str(item) for item in find_problems()] == []


def test_a_folder_adds_rows_and_overrides_cells(tmp_path: Path) -> None:
    write(tmp_path, GOOD, {"id": "C051", "plain_name": "Nierenversagen"}, header=[*HEADER])
    kb = load(tmp_path)
    assert kb.get("C901").name == "A test cause"
    assert kb.get("C051").plain_name == "Nierenversagen"
    assert kb.get("C051").name == load().get("C051").name
    assert len(kb.all_causes) == len(load().all_causes) + 1


def test_a_folder_may_hold_some_columns_only(tmp_path: Path) -> None:
    write(tmp_path, {"id": "C051", "plain_name": "Nierenversagen"}, header=["id", "plain_name"])
    assert load(tmp_path).get("C051").plain_name == "Nierenversagen"


def test_windows_line_ends_and_byte_order_mark_are_accepted(tmp_path: Path) -> None:
    write(tmp_path, GOOD, encoding="utf-8-sig")
    path = tmp_path / "causes.csv"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert load(tmp_path).get("C901").urgency == "soon"


def test_whole_copy_may_be_checked_in_place(tmp_path: Path) -> None:
    copy = tmp_path / "data"
    shutil.copytree(content_folder("data"), copy)
    assert find_problems(copy) == []


@pytest.mark.parametrize(
    ("cells", "column", "expected", "nearest"),
    [
        ({"urgency": "emergencey"}, "urgency", "an id of the table urgency (emergency, none, ", "emergency"),
        ({"group": "metabolik"}, "group", "an id of the table groups (drug, ", "metabolic"),
        ({"support": "dirct"}, "support", "one of direct, indirect, none", "direct"),
        ({"source_ids": "zutt2051"}, "source_ids", "an id of the table sources", "zutt2015"),
        ({"category_ids": "CAT02;CAT99"}, "category_ids", "an id of the table categories", "CAT29"),
        ({"draft_fields": "urgencie"}, "draft_fields", "a column of this table", "urgency"),
        ({"plain": ""}, "plain", "a value (", ""),
        ({"id": "X901"}, "id", "text of the form C[0-9]{3,6}", ""),
        ({"source_ids": ""}, "source_ids", "at least one source, because support is indirect", ""),
        ({"support": "none"}, "support", "direct or indirect, because sources are named", "indirect"),
        ({"reviewed_by": "Dr A"}, "reviewed_on", "a name and a date, or neither", ""),
        ({"reviewed_by": "Dr A", "reviewed_on": "2026-02-30"}, "reviewed_on", "a date", ""),
        ({"plain": "=HYPERLINK(1)"}, "plain", "text that a spreadsheet does not take for a formula", ""),
        ({"plain": "-1+cmd"}, "plain", "text that a spreadsheet does not take for a formula", ""),
        ({"plain": "a tab\tinside"}, "plain", "one line of text without control", ""),
        (
            {"plain": "right \u202e to left"},
            "plain",
            "one line of text without control or text-direction",
            "",
        ),
        ({"plain": "x" * 30_000}, "plain", "at most 20000 characters", ""),
    ],
)
def test_a_wrong_cell_is_named(tmp_path: Path, cells: dict[str, str], column: str, expected: str, nearest: str) -> None:
    found = problem(write(tmp_path, GOOD | cells))
    assert (found.file, found.row, found.column) == ("causes.csv", 2, column)
    assert expected in found.expected
    if nearest == "CAT29":
        assert found.nearest.startswith("CAT")
    else:
        assert found.nearest == nearest
    assert len(str(found)) < 600


def test_a_line_break_in_a_cell_is_refused(tmp_path: Path) -> None:
    assert "one line of text" in problem(write(tmp_path, GOOD | {"plain": "two\nlines"})).expected


def test_all_errors_are_reported_at_once(tmp_path: Path) -> None:
    write(tmp_path, GOOD | {"urgency": "fast"}, GOOD | {"id": "C902", "group": "", "support": "maybe"})
    places = {(found.row, found.column) for found in find_problems(tmp_path)}
    assert places == {(2, "urgency"), (3, "group"), (3, "support")}


def test_a_duplicate_id_names_both_rows(tmp_path: Path) -> None:
    found = problem(write(tmp_path, GOOD, GOOD))
    assert found.row == 3
    assert "row 2 has it already" in found.expected


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    copy = tmp_path / "data"
    shutil.copytree(content_folder("data"), copy)
    write(tmp_path, GOOD, header=[name for name in HEADER if name != "id"])
    found = problem(tmp_path)
    assert found.column == "id"
    assert "a column 'id' in the header" in found.expected


def test_an_unknown_column_gets_its_nearest(tmp_path: Path) -> None:
    found = problem(write(tmp_path, GOOD, header=[name.replace("urgency", "urgncy") for name in HEADER]))
    assert (found.value, found.nearest) == ("urgncy", "urgency")


def test_a_source_without_identifier_is_incomplete(tmp_path: Path) -> None:
    (tmp_path / "sources.csv").write_text(
        "id,kind,title,status,read\nmine2026,article,A title,complete,abstract\n", encoding="utf-8"
    )
    found = problem(tmp_path)
    assert found.nearest == "incomplete"


def test_broken_utf8_names_the_row(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    path = tmp_path / "causes.csv"
    path.write_bytes(path.read_bytes().replace(b"Plain.", b"Pl\xe4in."))
    found = problem(tmp_path)
    assert found.row == 2
    assert "UTF-8" in found.expected


@pytest.mark.parametrize("content", [b"", b"\n"])
def test_an_empty_file_says_which_header_it_needs(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "causes.csv").write_bytes(content)
    assert "a header line: id, name" in problem(tmp_path).expected


def test_a_comma_too_many_is_named(tmp_path: Path) -> None:
    (tmp_path / "causes.csv").write_text("id,plain_name\nC051,kidneys, failing\n", encoding="utf-8")
    assert "2 cells" in problem(tmp_path).expected


@pytest.mark.parametrize("head", ["id;plain_name", "sep=;\nid;plain_name"])
def test_a_spreadsheets_semicolons_are_named(tmp_path: Path, head: str) -> None:
    (tmp_path / "causes.csv").write_text(f"{head}\nC051;kidneys\n", encoding="utf-8")
    assert "saved with semicolons, save it with commas" in problem(tmp_path).expected


def test_an_unclosed_quotation_mark_is_an_error_not_a_crash(tmp_path: Path) -> None:
    (tmp_path / "causes.csv").write_text('id,plain_name\nC051,"kidneys\n', encoding="utf-8")
    assert "well-formed CSV" in problem(tmp_path).expected


def test_a_fifty_megabyte_cell_is_refused(tmp_path: Path) -> None:
    (tmp_path / "causes.csv").write_bytes(b"id,plain_name\nC051," + b"x" * 50_000_000 + b"\n")
    assert "a file of at most" in problem(tmp_path).expected


def test_a_file_of_another_name_gets_its_nearest(tmp_path: Path) -> None:
    (tmp_path / "cause.csv").write_text("id\n", encoding="utf-8")
    assert problem(tmp_path).nearest == "causes.csv"


def test_a_folder_that_does_not_exist(tmp_path: Path) -> None:
    assert "a folder that exists" in problem(tmp_path / "no").expected


def test_html_in_a_cell_stays_text(tmp_path: Path) -> None:
    hostile = "<img src=x onerror=alert(1)>"
    kb = load(write(tmp_path, GOOD | {"plain": hostile}))
    assert kb.get("C901").plain == hostile


def test_check_command_says_what_a_folder_changes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, GOOD, {"id": "C051", "plain_name": "Nierenversagen"})
    assert main(["check", str(tmp_path)]) == 0
    said = capsys.readouterr().out
    assert "causes: added C901." in said
    assert "causes: changed C051." in said


def test_check_command_prints_every_problem_and_no_traceback(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, GOOD | {"urgency": "fast", "group": "metabolik"})
    assert main(["check", str(tmp_path)]) == 1
    said = capsys.readouterr().err
    assert "2 problems" in said
    assert "Did you mean 'metabolic'?" in said
    assert "Traceback" not in said
