"""Canvas: QTI 1.2 in a zip, one quiz for each lesson.

Canvas reads version 1.2 with all its feedback and tolerances, version 2.1 without. It refuses a feedback that is empty
and knows no partial credit for several keys; ordering exists in its New Quizzes only.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from xml.etree import ElementTree as ET

from ..items import Choice, Matching, Numeric, Ordering
from .question import Question, Selection, afterwards, as_matching
from .tally import Tally
from .text import grown, number, paragraphs, xml_bytes, zipped

ORDERING = "ordering is asked as matching of steps with places, since Canvas imports no ordering"
_QTI = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
_CANVAS = "http://canvas.instructure.com/xsd/cccv1p0"
_PACKAGE = "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"
_KINDS = {
    "single": "multiple_choice_question",
    "multiple": "multiple_answers_question",
    "matching": "matching_question",
    "ordering": "matching_question",
    "numeric": "numerical_question",
}


def write(selection: Selection, tally: Tally) -> Mapping[str, bytes]:
    """Return the zip to give to Canvas's "Import existing content, QTI .zip file".

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
    files, quizzes = {}, []
    for lesson, questions in selection.lessons():
        title = f"{lesson} ({selection.title})"
        ident = f"myoteach_{hashlib.sha256(title.encode()).hexdigest()[:16]}"
        items = list(tally.each(questions, lambda question: _item(question, selection, tally)))
        files[f"{ident}/{ident}.xml"] = xml_bytes(_assessment(ident, title, items))
        files[f"{ident}/assessment_meta.xml"] = xml_bytes(_meta(ident, title, selection.notice, len(items)))
        quizzes.append(ident)
    return {"": zipped({"imsmanifest.xml": xml_bytes(_manifest(selection.title, quizzes)), **files})}


def _manifest(title: str, quizzes: Iterable[str]) -> ET.Element:
    root = ET.Element("manifest", identifier="myoteach_manifest", xmlns=_PACKAGE)
    root.set("xmlns:imsmd", "http://www.imsglobal.org/xsd/imsmd_v1p2")
    grown(root, "metadata/schema", "IMS Content")
    metadata = root[0]
    grown(metadata, "schemaversion", "1.1.3")
    grown(metadata, "imsmd:lom/imsmd:general/imsmd:title/imsmd:string", title)
    grown(root, "organizations")
    resources = grown(root, "resources")
    kind = "associatedcontent/imscc_xmlv1p1/learning-application-resource"
    for quiz in quizzes:
        resource = grown(resources, "resource", identifier=quiz, type="imsqti_xmlv1p2")
        grown(resource, "file", href=f"{quiz}/{quiz}.xml")
        grown(resource, "dependency", identifierref=f"{quiz}_meta")
        meta = f"{quiz}/assessment_meta.xml"
        grown(grown(resources, "resource", identifier=f"{quiz}_meta", type=kind, href=meta), "file", href=meta)
    return root


def _meta(ident: str, title: str, notice: str, points: int) -> ET.Element:
    root = ET.Element("quiz", identifier=ident, xmlns=_CANVAS)
    fields = {
        "title": title,
        "description": paragraphs([notice]),
        "shuffle_answers": "true",
        "scoring_policy": "keep_highest",
        "quiz_type": "practice_quiz",
        "points_possible": f"{points}.0",
        "show_correct_answers": "true",
        "allowed_attempts": "-1",
        "available": "false",
    }
    for name, value in fields.items():
        grown(root, name, value)
    return root


def _assessment(ident: str, title: str, items: Iterable[ET.Element]) -> ET.Element:
    root = ET.Element("questestinterop", xmlns=_QTI)
    section = grown(grown(root, "assessment", ident=ident, title=title), "section", ident="root_section")
    section.extend(items)
    return root


def _item(question: Question, selection: Selection, tally: Tally) -> ET.Element:
    after = afterwards(question, selection.kb)
    if isinstance(question.item, Ordering):
        question = replace(question, item=as_matching(question.item))
        tally.changed[ORDERING] += 1
    item = question.item
    root = ET.Element("item", ident=f"myoteach_{item.id}", title=question.name)
    _metadata(root, _KINDS[item.kind])
    shown = grown(root, "presentation")
    _material(shown, paragraphs(question.paragraphs))
    marks = grown(root, "resprocessing")
    grown(marks, "outcomes/decvar", maxvalue="100", minvalue="0", varname="SCORE", vartype="Decimal")
    _feedback(root, marks, "general_fb", after)
    if isinstance(item, Choice):
        _choice(root, shown, marks, item)
    elif isinstance(item, Numeric):
        _numeric(root, shown, marks, item)
    else:
        assert isinstance(item, Matching)
        _matching(shown, marks, item)
    feedback = root.findall("itemfeedback")  # the schema wants them last
    for element in feedback:
        root.remove(element)
    root.extend(feedback)
    return root


def _metadata(root: ET.Element, kind: str) -> None:
    fields = grown(root, "itemmetadata/qtimetadata")
    for label, entry in {"question_type": kind, "points_possible": "1.0"}.items():
        pair = grown(fields, "qtimetadatafield")
        grown(pair, "fieldlabel", label)
        grown(pair, "fieldentry", entry)


def _material(parent: ET.Element, text: str, kind: str = "text/html") -> None:
    grown(parent, "material/mattext", text, texttype=kind)


def _feedback(
    root: ET.Element, marks: ET.Element, ident: str, texts: Iterable[str], chosen: tuple[str, str] = ("", "")
) -> None:
    """Show texts after any answer, or after `chosen`: a response and its value."""
    condition = grown(marks, "respcondition", **{"continue": "Yes"})
    if chosen[0]:
        grown(condition, "conditionvar/varequal", chosen[1], respident=chosen[0])
    else:
        grown(condition, "conditionvar/other")
    grown(condition, "displayfeedback", feedbacktype="Response", linkrefid=ident)
    _material(grown(grown(root, "itemfeedback", ident=ident), "flow_mat"), paragraphs(texts))


def _scores(marks: ET.Element, points: str, action: str = "Set") -> ET.Element:
    """Return the condition under which points are given."""
    condition = grown(marks, "respcondition", **{"continue": "No" if action == "Set" else "Yes"})
    variable = grown(condition, "conditionvar")
    grown(condition, "setvar", points, action=action, varname="SCORE")
    return variable


def _choice(root: ET.Element, shown: ET.Element, marks: ET.Element, item: Choice) -> None:
    single = item.keys == 1
    response = grown(shown, "response_lid", ident="response1", rcardinality="Single" if single else "Multiple")
    choices = grown(response, "render_choice")
    for option in item.options:
        _material(grown(choices, "response_label", ident=_ident(item, option.id)), paragraphs([option.text]))
        fb = f"{_ident(item, option.id)}_fb"
        _feedback(root, marks, fb, [option.why], ("response1", _ident(item, option.id)))
    scored = _scores(marks, "100")
    parent = scored if single else grown(scored, "and")
    for option in item.options:
        if option.key:
            grown(parent, "varequal", _ident(item, option.id), respident="response1")
        elif not single:
            grown(parent, "not/varequal", _ident(item, option.id), respident="response1")


def _numeric(root: ET.Element, shown: ET.Element, marks: ET.Element, item: Numeric) -> None:
    response = grown(shown, "response_str", ident="response1", rcardinality="Single")
    grown(grown(response, "render_fib", fibtype="Decimal"), "response_label", ident="answer1")
    either = grown(_scores(marks, "100"), "or")
    grown(either, "varequal", number(item.answer), respident="response1")
    within = grown(either, "and")
    grown(within, "vargte", number(item.answer - item.tolerance), respident="response1")
    grown(within, "varlte", number(item.answer + item.tolerance), respident="response1")
    for ident, why in {"correct_fb": item.why_right, "general_incorrect_fb": item.why_wrong}.items():
        _material(grown(grown(root, "itemfeedback", ident=ident), "flow_mat"), paragraphs([why]))
    grown(marks[-1], "displayfeedback", feedbacktype="Response", linkrefid="correct_fb")
    other = grown(marks, "respcondition", **{"continue": "Yes"})
    grown(other, "conditionvar/other")
    grown(other, "displayfeedback", feedbacktype="Response", linkrefid="general_incorrect_fb")


def _matching(shown: ET.Element, marks: ET.Element, item: Matching) -> None:
    for premise in item.stems:
        ident = f"response_{_ident(item, premise.id)}"
        response = grown(shown, "response_lid", ident=ident)
        _material(response, " ".join(premise.text.split()), "text/plain")  # both sides are plain text in Canvas
        choices = grown(response, "render_choice")
        for option in item.options:
            label = grown(choices, "response_label", ident=_ident(item, option.id))
            _material(label, " ".join(option.text.split()), "text/plain")
        scored = _scores(marks, f"{100 / len(item.stems):.2f}", "Add")
        grown(scored, "varequal", _ident(item, premise.answer), respident=ident)


def _ident(item: Choice | Matching, part: str) -> str:
    return f"{item.id}_{part}"
