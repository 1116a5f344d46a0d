"""An .apkg, imported by Anki itself (without its window) into a new collection."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import lxml.html
from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest
from anki.notes import Note

from .responses import Read, Response, plain, squeezed


@contextmanager
def collection(folder: Path) -> Iterator[Collection]:
    """A collection, closed at the end."""
    opened = Collection(str(folder / "collection.anki2"))
    try:
        yield opened
    finally:
        opened.close()


def bring_in(opened: Collection, package: Path) -> None:
    """Import a package as a learner does who changes nothing in the dialog."""
    opened.import_anki_package(ImportAnkiPackageRequest(package_path=str(package), options=ImportAnkiPackageOptions()))


def note(opened: Collection, ident: str) -> Note:
    """The one note of an item."""
    (found,) = opened.find_notes(f"Id:{ident}")
    return opened.get_note(found)


def read(opened: Collection) -> dict[str, Read]:
    """Questions by id, as their cards show them."""
    return dict(_card(opened, card) for card in opened.find_cards(""))


def _card(opened: Collection, number: int) -> tuple[str, Read]:
    card = opened.get_card(number)  # type: ignore[arg-type]
    shown = card.render_output()
    fields = dict(card.note().items())
    after = plain(shown.answer_text)

    def score(given: Response) -> float:
        """Mark a response by what the back of the card says, as its reader would."""
        back = lxml.html.fromstring(f"<div>{fields['Answer']}</div>")
        lines = [squeezed(line.text_content()) for line in back.iter("li", "p")]
        if isinstance(given, set):
            keys = [line for line in lines if line.startswith("✓Right:")]
            hits = sum(any(line.startswith(f"✓Right:{squeezed(text)}") for line in keys) for text in given)
            return float(hits == len(given) == len(keys))
        if isinstance(given, dict):
            pairs = [squeezed(f"{premise}: {option}.") for premise, option in given.items()]
            return sum(any(line.startswith(pair) for line in lines) for pair in pairs) / len(pairs)
        if isinstance(given, list):
            steps = [squeezed(f"{place}. {text}") for place, text in enumerate(given, 1)]
            return sum(any(line.startswith(step) for line in lines) for step in steps) / len(steps)
        value = plain(fields["Answer"]).split(" ")[0]
        around = plain(fields["Answer"]).partition("(within ")[2].partition(")")[0] or "0"
        return float(abs(float(value) - given) <= float(around) + 1e-9)

    return fields["Id"], Read(plain(shown.question_text), after, score)
