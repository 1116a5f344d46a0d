"""Text and files that every format shares: HTML, XML, numbers, and zips that are the same byte for byte."""

from __future__ import annotations

import html
import io
import zipfile
from collections.abc import Iterable, Mapping
from xml.etree import ElementTree as ET

_ZIP_TIME = (1980, 1, 1, 0, 0, 0)  # the first a zip can hold: the clock must not get in
_CREATED_BY_UNIX = 3


def escaped(text: str) -> str:
    """Return plain text as HTML, on one line.

    Examples
    --------
    >>> escaped("<50 ms & >100 uV")
    '&lt;50 ms &amp; &gt;100 uV'
    """
    return html.escape(" ".join(text.split()), quote=False)


def paragraphs(texts: Iterable[str]) -> str:
    """Return plain texts as HTML paragraphs on one line.

    Examples
    --------
    >>> paragraphs(["a < b", "c"])
    '<p>a &lt; b</p><p>c</p>'
    """
    return "".join(f"<p>{escaped(text)}</p>" for text in texts if text)


def number(value: float) -> str:
    """Return a number as every importer reads it: a point, no exponent, no needless zero.

    Examples
    --------
    >>> number(500.0), number(6.25), number(1e-7)
    ('500', '6.25', '0.0000001')
    """
    return f"{value:.10f}".rstrip("0").rstrip(".")


def grown(parent: ET.Element, path: str, text: str = "", **attributes: str) -> ET.Element:
    """Add a chain of elements (``"feedback/text"``) under an element and return the last, with its text.

    Examples
    --------
    >>> root = ET.Element("answer")
    >>> _ = grown(root, "feedback/text", "a < b")
    >>> ET.tostring(root)
    b'<answer><feedback><text>a &lt; b</text></feedback></answer>'
    """
    for tag in path.split("/"):
        parent = ET.SubElement(parent, tag)
    parent.text = text or None
    parent.attrib.update(attributes)
    return parent


def xml_bytes(root: ET.Element) -> bytes:
    """Return a document, indented, in UTF-8.

    Examples
    --------
    >>> xml_bytes(ET.Element("quiz"))[:38]
    b"<?xml version='1.0' encoding='utf-8'?>"
    """
    ET.indent(root)
    document: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return document + b"\n"


def zipped(files: Mapping[str, bytes], level: int = 6) -> bytes:
    """Return a zip that depends on names and contents alone.

    Examples
    --------
    >>> zipped({"a": b"1"}) == zipped({"a": b"1"})
    True
    """
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in files.items():
            info = zipfile.ZipInfo(name, _ZIP_TIME)
            info.create_system, info.external_attr = _CREATED_BY_UNIX, 0o644 << 16
            archive.writestr(info, content, zipfile.ZIP_DEFLATED, level)
    return stream.getvalue()
