"""QTI 1.2 as Canvas uses it: the package opened by its manifest, the marks run as its response processing says."""

from __future__ import annotations

import io
import zipfile

from lxml import etree

from .read_gift import _placed
from .responses import Read, Response, plain

_Q = "{http://www.imsglobal.org/xsd/ims_qtiasiv1p2}"
_P = "{http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1}"


def read(content: bytes) -> dict[str, Read]:
    """Questions of all quizzes by id; every file is in the manifest, and every file of the manifest is there."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        manifest = etree.fromstring(package.read("imsmanifest.xml"))
        hrefs = [element.get("href") for element in manifest.iter(f"{_P}file")]
        assert sorted([*hrefs, "imsmanifest.xml"]) == sorted(package.namelist())
        quizzes = [resource for resource in manifest.iter(f"{_P}resource") if resource.get("type") == "imsqti_xmlv1p2"]
        found: dict[str, Read] = {}
        for quiz in quizzes:
            tree = etree.fromstring(package.read(quiz.find(f"{_P}file").get("href")))
            meta = etree.fromstring(package.read(f"{quiz.get('identifier')}/assessment_meta.xml"))
            items = list(tree.iter(f"{_Q}item"))
            assert float(meta.findtext("{*}points_possible")) == len(items)
            found |= {item.get("ident").removeprefix("myoteach_"): _item(item) for item in items}
        return found


def descriptions(content: bytes) -> set[str]:
    """What the quizzes say of themselves."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        metas = [name for name in package.namelist() if name.endswith("assessment_meta.xml")]
        return {plain(etree.fromstring(package.read(name)).findtext("{*}description")) for name in metas}


def _words(element: etree._Element) -> str:
    """The text of a material: HTML or plain, as its type says."""
    text = element.find(f".//{_Q}mattext")
    assert text.text, "Canvas refuses an empty text"
    return plain(text.text) if text.get("texttype") == "text/html" else str(text.text)


def _item(item: etree._Element) -> Read:
    presentation = item.find(f"{_Q}presentation")
    shown = [_words(presentation.find(f"{_Q}material"))]
    premises = {p.get("ident"): p for p in presentation.findall(f"{_Q}response_lid")}
    matching = len(premises) > 1
    labels = {
        label.get("ident"): _words(label)
        for label in presentation.iter(f"{_Q}response_label")
        if label.find("*") is not None
    }
    names = {ident: _words(p.find(f"{_Q}material")) for ident, p in premises.items()} if matching else {}
    notes = {fb.get("ident"): _words(fb) for fb in item.findall(f"{_Q}itemfeedback")}
    linked = {link.get("linkrefid") for link in item.iter(f"{_Q}displayfeedback")}
    assert linked == set(notes), "a feedback that nothing shows, or one that is missing"
    shown += [*labels.values(), *names.values()]

    def score(given: Response) -> float:
        if matching:
            pairs = _placed(given)
            chosen = {ident: {k for k, text in labels.items() if text == pairs[name]} for ident, name in names.items()}
        elif isinstance(given, set):
            chosen = {"response1": {k for k, text in labels.items() if text in given}}
            assert len(chosen["response1"]) == len(given)
        else:
            chosen = {"response1": {repr(given)}}
        return _run(item, chosen)

    return Read(" ".join(shown), " ".join(notes.values()), score)


def _run(item: etree._Element, chosen: dict[str, set[str]]) -> float:
    points = 0.0
    for condition in item.iter(f"{_Q}respcondition"):
        if all(_holds(test, chosen) for test in condition.find(f"{_Q}conditionvar")):
            for setter in condition.findall(f"{_Q}setvar"):
                value = float(setter.text)
                points = points + value if setter.get("action") == "Add" else value
            if condition.get("continue") == "No":
                break
    assert points <= 100.05
    return round(points / 100, 3)


def _holds(test: etree._Element, chosen: dict[str, set[str]]) -> bool:
    tag = test.tag.removeprefix(_Q)
    if tag == "other":
        return True
    if tag in ("and", "or", "not"):
        parts = [_holds(part, chosen) for part in test]
        return {"and": all(parts), "or": any(parts), "not": not any(parts)}[tag]
    given = chosen[test.get("respident")]
    if tag == "varequal":
        return test.text in given
    (number,) = map(float, given)
    return number >= float(test.text) - 1e-9 if tag == "vargte" else number <= float(test.text) + 1e-9
