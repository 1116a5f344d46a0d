"""The clue matrix in Python: its data, its first frame, what it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from myoteach import KnowledgeBase, clue_matrix, load
from myoteach.widgets.clue_matrix import ClueMatrix

from .markup import tags_of


def test_data_holds_every_cause_and_every_cell(kb: KnowledgeBase) -> None:
    data = clue_matrix().data
    assert len(data["causes"]) == len(kb.all_causes)
    clues = [clue["id"] for clue in data["clues"]]
    for cause in data["causes"]:
        assert len(cause["cells"]) == len(clues)
        for clue, letter in zip(clues, cause["cells"], strict=True):
            cell = kb.cells.get((cause["id"], clue))
            assert letter == {"yes": "y", "no": "n", "unknown": "-"}[cell.value if cell else "unknown"]
        assert set(cause["sources"]) <= set(data["sources"])


def test_data_is_plain_json() -> None:
    data = clue_matrix().data
    assert json.loads(json.dumps(data)) == data


def test_state_is_all_in_the_traits() -> None:
    matrix = clue_matrix({"CL06": "yes"}, audience="public", group="metabolic", wording="clinical")
    copy = ClueMatrix(load(), **{name: getattr(matrix, name) for name in ("answers", "audience", "group", "wording")})
    assert copy.matches == matrix.matches
    assert copy.first_frame() == matrix.first_frame()


def test_matches_follow_the_answers() -> None:
    matrix = clue_matrix()
    matrix.answers = {"CL14": "yes", "CL18": "no"}
    assert matrix.matches[0].fits == ("CL14",)
    assert matrix.frame()["id"].tolist() == [match.cause.id for match in matrix.matches]


def test_first_frame_is_there_without_a_kernel(kb: KnowledgeBase) -> None:
    bundle, _ = clue_matrix()._repr_mimebundle_()
    text = bundle["text/html"]
    assert all(match.cause.urgency in text for match in kb.causes()[:10])
    assert "not a probability" in text
    assert bundle["text/plain"] == f"<ClueMatrix: {len(kb.all_causes)} causes, {len(kb.clues)} clues>"


def test_markup_in_a_table_is_shown_as_text(tmp_path: Path) -> None:
    hostile = "<script>alert(1)</script>"
    (tmp_path / "causes.csv").write_text(f"id,plain_name,urgency\nC051,{hostile},emergency\n", encoding="utf-8")
    matrix = clue_matrix({"CL06": "yes", "CL25": "yes"}, kb=load(tmp_path))
    frame = matrix.first_frame()
    assert "&lt;script&gt;" in frame
    assert not {"script", "img", "iframe"} & set(tags_of(frame))


@pytest.mark.parametrize(
    ("arguments", "error", "says"),
    [
        ({"answers": {"CL060": "yes"}}, KeyError, "Did you mean 'CL06'?"),
        ({"answers": {"CL06": "y"}}, ValueError, "expected one of"),
        ({"group": "drugs"}, KeyError, "Did you mean 'drug'?"),
    ],
)
def test_what_does_not_exist_is_refused(arguments: dict[str, object], error: type[Exception], says: str) -> None:
    with pytest.raises(error, match=says.replace("?", r"\?")):
        clue_matrix(**arguments)  # type: ignore[arg-type]
