"""QTI 2.1, lifted to QTI 3 by Citolab's qti-convert; what comes out is marked by its response processing."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from lxml import etree
from qti_convert import upgrade_qti2_to_qti3

from .responses import Read, Response

_N = "{http://www.imsglobal.org/xsd/imsqtiasi_v3p0}"
_P = "{http://www.imsglobal.org/xsd/imscp_v1p1}"


def read(content: bytes) -> dict[str, Read]:
    """Questions by id; manifest, test and files name the same items."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        manifest = etree.fromstring(package.read("imsmanifest.xml"))
        hrefs = {element.get("href") for element in manifest.iter(f"{_P}file")}
        assert hrefs | {"imsmanifest.xml"} == set(package.namelist())
        test = etree.fromstring(upgrade_qti2_to_qti3(package.read("test.xml")).encode())
        references = [reference.get("href") for reference in test.iter(f"{_N}qti-assessment-item-ref")]
        assert sorted([*references, "test.xml"]) == sorted(hrefs)
        return dict(_item(upgrade_qti2_to_qti3(package.read(href))) for href in references)


def rubrics(content: bytes) -> set[str]:
    """What the sections say of themselves."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        test = etree.fromstring(package.read("test.xml"))
        return {"".join(block.itertext()).strip() for block in test.iter("{*}rubricBlock")}


def _item(document: str) -> tuple[str, Read]:
    root = etree.fromstring(document.encode())
    body = root.find(f"{_N}qti-item-body")
    texts = {
        element.get("identifier"): "".join(element.itertext())
        for element in body.iter(f"{_N}qti-simple-choice", f"{_N}qti-simple-associable-choice")
    }
    after = " ".join("".join(f.itertext()) for f in root.iter(f"{_N}qti-modal-feedback"))

    def score(given: Response) -> float:
        ids = {text: ident for ident, text in texts.items()}
        if isinstance(given, dict):
            value: Any = {f"{ids[premise]} {ids[option]}" for premise, option in given.items()}
        elif isinstance(given, list):
            value = [ids[text] for text in given]
        else:
            value = {ids[text] for text in given} if isinstance(given, set) else given
        outcomes: dict[str, Any] = {"SCORE": 0.0}
        _run(root, root.find(f"{_N}qti-response-processing"), value, outcomes)
        assert outcomes["EXPLAINED"] == "always"
        shown = [f for f in root.iter(f"{_N}qti-modal-feedback") if _seen(f, outcomes)]
        assert len(shown) == 1 + (len(value) if isinstance(given, set) else isinstance(given, float))
        return round(float(outcomes["SCORE"]), 6)

    return root.get("identifier"), Read("".join(body.itertext()), after, score)


def _seen(feedback: etree._Element, outcomes: dict[str, Any]) -> bool:
    value = outcomes.get(feedback.get("outcome-identifier"))
    return feedback.get("identifier") in (value if isinstance(value, set) else {value})


def _run(root: etree._Element, rules: etree._Element, given: Any, outcomes: dict[str, Any]) -> None:
    for rule in rules:
        tag = rule.tag.removeprefix(f"{_N}qti-")
        if tag == "set-outcome-value":
            outcomes[rule.get("identifier")] = _value(root, rule[0], given)
        else:
            assert tag == "response-condition", tag
            for branch in rule:
                is_else = branch.tag.endswith("response-else")
                if is_else or _value(root, branch[0], given):
                    _run(root, branch if is_else else branch[1:], given, outcomes)
                    break


def _value(root: etree._Element, node: etree._Element, given: Any) -> Any:  # noqa: PLR0911  # an interpreter
    tag = node.tag.removeprefix(f"{_N}qti-")
    parts = [_value(root, part, given) for part in node]
    declared = root.find(f"{_N}qti-response-declaration")
    if tag == "variable":
        return given
    if tag == "is-null":
        return not given
    if tag == "not":
        return not parts[0]
    if tag == "base-value":
        return float(node.text) if node.get("base-type") == "float" else node.text
    if tag == "correct":
        values = [value.text for value in declared.iter(f"{_N}qti-value")]
        many = declared.get("cardinality")
        return (
            values if many == "ordered" else {float(values[0])} if declared.get("base-type") == "float" else set(values)
        )
    if tag == "match":
        return parts[0] == parts[1]
    if tag == "equal":
        (expected,), (below, above) = parts[1], map(float, node.get("tolerance").split())
        return expected - below - 1e-9 <= parts[0] <= expected + above + 1e-9
    assert tag == "map-response", tag
    mapping = declared.find(f"{_N}qti-mapping")
    shares = {entry.get("map-key"): float(entry.get("mapped-value")) for entry in mapping}
    total = sum(shares.get(one, float(mapping.get("default-value"))) for one in given)
    return min(max(total, float(mapping.get("lower-bound"))), float(mapping.get("upper-bound")))
