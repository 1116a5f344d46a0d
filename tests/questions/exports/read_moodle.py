"""Moodle XML, read by the rules of Moodle's own importer, and strictly where that is silent."""

from __future__ import annotations

from lxml import etree

from .responses import Read, Response, plain

#: Percentages of a mark that Moodle knows.
GRADES = {100, 90, 83.33333, 80, 75, 70, 66.66667, 60, 50, 40, 33.33333, 30, 25, 20, 16.66667, 14.28571, 12.5, 11.11111}
GRADES |= {10, 5, 0}


def read(content: bytes) -> dict[str, Read]:
    """Questions by their id number."""
    root = etree.fromstring(content)
    assert root.tag == "quiz"
    found: dict[str, Read] = {}
    for question in root.findall("question"):
        if question.get("type") != "category":
            ident = question.findtext("idnumber")
            assert ident not in found, f"{ident} comes twice"
            found[ident] = _question(question)
    return found


def categories(content: bytes) -> list[str]:
    """Categories in the order of the file."""
    return [str(path) for path in etree.fromstring(content).xpath("//category/text/text()")]


def _text(element: etree._Element, path: str) -> str:
    return plain(element.findtext(path) or "")


def _question(question: etree._Element) -> Read:
    shown = [_text(question, "questiontext/text")]
    after = [_text(question, "generalfeedback/text")]
    kind = question.get("type")
    answers = [
        (_text(a, "text"), float(a.get("fraction", "nan")), _text(a, "feedback/text"), a.findtext("tolerance"))
        for a in question.findall("answer")
    ]
    after += [feedback for *_, feedback, _ in answers]
    if kind == "multichoice":
        shares = {text: share for text, share, _, _ in answers}
        single = question.findtext("single") == "true"
        assert {abs(share) for share in shares.values()} <= GRADES
        total = sum(share for share in shares.values() if share > 0)
        assert abs(total - 100) < 0.001, "no full mark can be had"
        assert not single or sorted(shares.values())[-2:] == [0, 100]
        return Read(" ".join([*shown, *shares]), " ".join(after), lambda given: _sum(shares, given))
    if kind == "numerical":
        return Read(" ".join(shown), " ".join(after), lambda given: _number(answers, given))
    if kind == "match":
        pairs = [(_text(s, "text"), _text(s, "answer/text")) for s in question.findall("subquestion")]
        asked = {premise: answer for premise, answer in pairs if premise}
        assert len(asked) >= 2
        assert len({answer for _, answer in pairs}) >= 3
        shown += [text for pair in pairs for text in pair]
        return Read(" ".join(shown), " ".join(after), lambda given: _pairs(asked, given))
    assert kind == "ordering", kind
    assert [share for _, share, _, _ in answers] == list(range(1, len(answers) + 1))
    assert question.findtext("gradingtype") == "ABSOLUTE_POSITION"
    order = [text for text, *_ in answers]
    return Read(" ".join([*shown, *order]), " ".join(after), lambda given: _places(order, given))


def _sum(shares: dict[str, float], given: Response) -> float:
    return max(0, round(sum(shares[text] for text in given) / 100, 4))


def _number(answers: list[tuple[str, float, str, str | None]], given: float) -> float:
    return next(
        share / 100
        for text, share, _, tolerance in answers
        if text == "*" or abs(float(text) - given) <= float(tolerance or 0) + 1e-9
    )


def _pairs(asked: dict[str, str], given: Response) -> float:
    return sum(given[premise] == answer for premise, answer in asked.items()) / len(asked)


def _places(order: list[str], given: Response) -> float:
    return sum(one == other for one, other in zip(order, given, strict=True)) / len(order)
