"""QTI 2.1: a content package with an item for each question and a test with a section for each lesson."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from xml.etree import ElementTree as ET

from ..items import Choice, Matching, Numeric, Ordering
from .question import Asked, Question, Selection, afterwards
from .tally import Tally
from .text import grown, number, xml_bytes, zipped

ORDERING = "ordering is all or nothing, since QTI 2.1 has no template for single places"
_QTI = "http://www.imsglobal.org/xsd/imsqti_v2p1"
_PACKAGE = "http://www.imsglobal.org/xsd/imscp_v1p1"
_METADATA = "http://ltsc.ieee.org/xsd/LOM"
_TYPES = {"single": "identifier", "multiple": "identifier", "matching": "directedPair", "ordering": "identifier"}
_CARDINALITY = {"multiple": "multiple", "matching": "multiple", "ordering": "ordered"}


def write(selection: Selection, tally: Tally) -> Mapping[str, bytes]:
    """Return the package as a zip.

    Parameters
    ----------
    selection, tally
        What is exported, and where each question is counted.

    Examples
    --------
    >>> from myoteach import load
    >>> write(Selection((), load(), "bank 0"), Tally(0, 0))[""][:2]
    b'PK'
    """
    items: dict[str, bytes] = {}
    test = ET.Element("assessmentTest", identifier="myoteach", title=selection.title, xmlns=_QTI)
    part = grown(test, "testPart", identifier="all", navigationMode="nonlinear", submissionMode="individual")
    for lesson, questions in selection.lessons():
        section = grown(part, "assessmentSection", identifier=lesson.replace(" ", "_"), title=lesson, visible="true")
        if selection.notice:
            grown(grown(section, "rubricBlock", view="author candidate proctor scorer tutor"), "p", selection.notice)
        for name, content in tally.each(questions, lambda question: _file(question, selection, tally)):
            items[f"items/{name}.xml"] = content
            grown(section, "assessmentItemRef", identifier=name, href=f"items/{name}.xml")
    manifest = _manifest(selection, items)
    return {"": zipped({"imsmanifest.xml": xml_bytes(manifest), "test.xml": xml_bytes(test), **items})}


def _manifest(selection: Selection, items: Iterable[str]) -> ET.Element:
    root = ET.Element("manifest", identifier="myoteach_manifest", xmlns=_PACKAGE)
    root.set("xmlns:imsmd", _METADATA)
    metadata = grown(root, "metadata")
    grown(metadata, "schema", "QTIv2.1 Package")
    grown(metadata, "schemaversion", "1.0.0")
    general = grown(metadata, "imsmd:lom/imsmd:general")
    grown(general, "imsmd:title/imsmd:string", selection.title)
    grown(general, "imsmd:description/imsmd:string", selection.notice)
    grown(root, "organizations")
    resources = grown(root, "resources")
    test = grown(resources, "resource", identifier="test", type="imsqti_test_xmlv2p1", href="test.xml")
    grown(test, "file", href="test.xml")
    for path in items:
        name = path.removeprefix("items/").removesuffix(".xml")
        grown(test, "dependency", identifierref=name)
        resource = grown(resources, "resource", identifier=name, type="imsqti_item_xmlv2p1", href=path)
        grown(resource, "file", href=path)
    return root


def _file(question: Question, selection: Selection, tally: Tally) -> tuple[str, bytes]:
    if isinstance(question.item, Ordering):
        tally.changed[ORDERING] += 1
    return question.item.id, xml_bytes(_item(question, selection))


def _item(question: Question, selection: Selection) -> ET.Element:
    item = question.item
    root = ET.Element("assessmentItem", identifier=item.id, title=question.name, xmlns=_QTI)
    root.attrib.update({"adaptive": "false", "timeDependent": "false"})
    _response(root, item)
    _outcomes(root, item)
    body = grown(root, "itemBody")
    for paragraph in question.paragraphs:
        grown(body, "p", paragraph)
    _interaction(body, item)
    _processing(root, item)
    _feedback(root, item, afterwards(question, selection.kb))
    return root


def _response(root: ET.Element, item: Asked) -> None:
    kind = _TYPES.get(item.kind, "float")
    many = _CARDINALITY.get(item.kind, "single")
    declared = grown(root, "responseDeclaration", identifier="RESPONSE", cardinality=many, baseType=kind)
    right = grown(declared, "correctResponse")
    for value in _right(item):
        grown(right, "value", value)
    if isinstance(item, Choice) and item.keys > 1:  # a wrong choice takes back a right one, as in the lessons
        shares = {option.id: (1 if option.key else -1) / item.keys for option in item.options}
    elif isinstance(item, Matching):
        shares = {pair: 1 / len(item.stems) for pair in _right(item)}
    else:
        return
    mapping = grown(declared, "mapping", defaultValue="0", lowerBound="0", upperBound="1")
    for key, share in shares.items():
        grown(mapping, "mapEntry", mapKey=key, mappedValue=number(share))


def _right(item: Asked) -> list[str]:
    if isinstance(item, Choice):
        return [option.id for option in item.options if option.key]
    if isinstance(item, Matching):
        return [f"{premise.id} m_{premise.answer}" for premise in item.stems]
    if isinstance(item, Numeric):
        return [number(item.answer)]
    return [option.id for option in item.options]


def _outcomes(root: ET.Element, item: Asked) -> None:
    score = grown(root, "outcomeDeclaration", identifier="SCORE", cardinality="single", baseType="float")
    grown(score, "defaultValue/value", "0")
    outcomes = {"EXPLAINED": "single"}
    if isinstance(item, Choice | Numeric):
        outcomes["FEEDBACK"] = "multiple" if item.kind == "multiple" else "single"
    for name, many in outcomes.items():
        grown(root, "outcomeDeclaration", identifier=name, cardinality=many, baseType="identifier")


def _interaction(body: ET.Element, item: Asked) -> None:
    if isinstance(item, Numeric):
        line = grown(body, "p")
        grown(line, "textEntryInteraction", responseIdentifier="RESPONSE", expectedLength="10").tail = f" {item.unit}"
    elif isinstance(item, Matching):
        match = grown(
            body,
            "matchInteraction",
            responseIdentifier="RESPONSE",
            shuffle="true",
            maxAssociations=f"{len(item.stems)}",
        )
        premises, options = grown(match, "simpleMatchSet"), grown(match, "simpleMatchSet")
        for premise in item.stems:
            grown(premises, "simpleAssociableChoice", premise.text, identifier=premise.id, matchMax="1")
        for option in item.options:
            grown(options, "simpleAssociableChoice", option.text, identifier=f"m_{option.id}", matchMax="0")
    else:
        tag = "choiceInteraction" if isinstance(item, Choice) else "orderInteraction"
        shown = grown(body, tag, responseIdentifier="RESPONSE", shuffle="true")
        if isinstance(item, Choice):
            shown.set("maxChoices", str(item.keys))
        for option in item.options:
            grown(shown, "simpleChoice", option.text, identifier=option.id)


def _processing(root: ET.Element, item: Asked) -> None:
    rules = grown(root, "responseProcessing")
    if isinstance(item, Matching) or (isinstance(item, Choice) and item.keys > 1):
        answered = grown(grown(rules, "responseCondition"), "responseIf")
        grown(grown(answered, "not"), "isNull/variable", identifier="RESPONSE")
        grown(grown(answered, "setOutcomeValue", identifier="SCORE"), "mapResponse", identifier="RESPONSE")
    else:
        condition = grown(rules, "responseCondition")
        right = grown(condition, "responseIf")
        match = grown(right, "match")
        if isinstance(item, Numeric):
            around = number(item.tolerance)
            match.tag, match.attrib = "equal", {"toleranceMode": "absolute", "tolerance": f"{around} {around}"}
        grown(match, "variable", identifier="RESPONSE")
        grown(match, "correct", identifier="RESPONSE")
        _sets(right, "SCORE", "1", "float")
        if isinstance(item, Numeric):
            _sets(right, "FEEDBACK", "right", "identifier")
            _sets(grown(condition, "responseElse"), "FEEDBACK", "wrong", "identifier")
    if isinstance(item, Choice):
        grown(grown(rules, "setOutcomeValue", identifier="FEEDBACK"), "variable", identifier="RESPONSE")
    _sets(rules, "EXPLAINED", "always", "identifier")


def _sets(parent: ET.Element, outcome: str, value: str, kind: str) -> None:
    grown(grown(parent, "setOutcomeValue", identifier=outcome), "baseValue", value, baseType=kind)


def _feedback(root: ET.Element, item: Asked, texts: Iterable[str]) -> None:
    notes: dict[str, str] = {}
    if isinstance(item, Choice):
        notes = {option.id: option.why for option in item.options}
    elif isinstance(item, Numeric):
        notes = {"right": item.why_right, "wrong": item.why_wrong}
    for identifier, why in notes.items():
        _modal(root, "FEEDBACK", identifier, [why])
    _modal(root, "EXPLAINED", "always", texts)


def _modal(root: ET.Element, outcome: str, identifier: str, texts: Iterable[str]) -> None:
    shown = {"outcomeIdentifier": outcome, "identifier": identifier, "showHide": "show"}
    feedback = grown(root, "modalFeedback", **shown)
    for text in texts:
        grown(feedback, "p", text)
