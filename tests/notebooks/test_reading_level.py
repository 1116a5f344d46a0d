"""What everybody reads is easy to read; and the count behind that agrees with published examples."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import ROOT

from .reading import grade, sentences, syllables, track_a, words

#: Lesson 10 is for clinicians alone; the ceiling is held there too, because its open cells are the way in.
LESSONS = sorted((ROOT / "notebooks").glob("*.ipynb"))
CEILING = 8.0
#: A sentence beyond this is read twice. Twenty-nine words is the safety line's longest, which names each sign once.
LONGEST = 30
PLATYPUS = "The Australian platypus is seemingly a hybrid of a mammal and reptilian creature."
EACH = pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)


def worst(found: list[str], count: int = 5) -> str:
    """The hardest sentences, for the person who must mend them."""
    ranked = sorted(found, key=lambda sentence: -grade([sentence]))
    return "\n".join(f"{grade([sentence]):5.1f}  {sentence}" for sentence in ranked[:count])


def test_a_published_example_has_its_published_grade() -> None:
    """Widely printed beside the formula: 13 words, 24 syllables, grade 11.3."""
    assert len(words(PLATYPUS)) == 13
    assert sum(map(syllables, words(PLATYPUS))) == 24
    assert round(grade([PLATYPUS]), 1) == 11.3


def test_one_word_of_one_syllable_has_the_lowest_grade_there_is() -> None:
    assert round(grade(["Go.", "Stop."]), 2) == -3.4


@pytest.mark.parametrize(
    ("count", "listed"),
    [
        (1, "jerk jerks walked liked makes held here fires times eyes you used judged stroke nerve goes breathe real"),
        (
            2,
            "muscle tables wanted needed boxes catches being science people sometimes question quiet fluid centre",
        ),
        (
            2,
            "tremor every trial confused themselves careful statement figures patients special safely rhythm going",
        ),
        (3, "Australian medicine area idea period video serious usual actual nobody confusion hospital negative"),
        (4, "myoclonus epilepsy diagnosis definition asterixis simulated usually"),
        (5, "fasciculation involuntary"),
        (8, "electroencephalography"),
    ],
)
def test_syllables_of_words_as_a_dictionary_divides_them(count: int, listed: str) -> None:
    assert {word: syllables(word) for word in listed.split()} == dict.fromkeys(listed.split(), count)


def test_a_colon_ends_no_sentence_and_a_scrap_is_none() -> None:
    listed = "## Head\n\n* one scrap\n* This is a whole line [@a2017].\n\n"
    said = f"{listed}One thing: it goes on; and on. And then it *ends*!\n\n| a | b |"
    assert sentences(said) == ["This is a whole line.", "One thing: it goes on; and on.", "And then it ends!"]
    assert "[@a2017]" in sentences(said, keys=True)[0]


def test_folds_are_not_for_everybody() -> None:
    cells = "\n".join(track_a(ROOT / "notebooks" / "01_what_is_a_myoclonic_jerk.ipynb"))
    assert "## Check yourself" in cells
    assert "### For clinicians" not in cells
    assert "### For the instructor" not in cells
    assert "## Take home" in cells


@EACH
def test_what_everybody_reads_has_grade_eight_or_lower(path: Path) -> None:
    found = [sentence for cell in track_a(path) for sentence in sentences(cell)]
    assert grade(found) <= CEILING, f"grade {grade(found):.1f}; the hardest sentences:\n{worst(found)}"


@EACH
def test_no_sentence_that_everybody_reads_is_too_long(path: Path) -> None:
    found = [sentence for cell in track_a(path) for sentence in sentences(cell)]
    assert [sentence for sentence in found if len(words(sentence)) > LONGEST] == []


@EACH
def test_no_cell_that_everybody_reads_is_much_harder_than_the_page(path: Path) -> None:
    """A hard paragraph must not hide behind easy ones."""
    for cell in track_a(path):
        found = sentences(cell)
        if len(found) >= 3:
            assert grade(found) <= CEILING, worst(found)


def test_a_hard_text_is_refused() -> None:
    hard = "Electroencephalographic investigation characteristically demonstrates generalised epileptiform discharges."
    assert grade([hard]) > CEILING


def main() -> None:
    """Print the grade of every lesson and its hardest sentences: ``python -m tests.notebooks.test_reading_level``."""
    for path in LESSONS:
        found = [sentence for cell in track_a(path) for sentence in sentences(cell)]
        print(f"{path.stem}: grade {grade(found):.1f}, {len(found)} sentences\n{worst(found)}\n")


if __name__ == "__main__":
    main()
