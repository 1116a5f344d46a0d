"""From YAML text to a tree of plain values that know their line. Every scalar is text; nothing is ever executed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ._problems import Problem

#: A lesson's questions are some tens of kilobytes; a much larger file is a mistake.
MAX_FILE = 2_000_000
#: Characters that reorder or hide the text around them.
_INVISIBLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufeff]")


@dataclass(frozen=True, slots=True)
class Node:
    """A scalar (text), a list or a mapping, and the line where it begins."""

    line: int
    value: str | list[Node] | dict[str, Node]

    def get(self, name: str) -> Node | None:
        """Return the value under a key of a mapping."""
        return self.value.get(name) if isinstance(self.value, dict) else None

    def text(self, name: str = "") -> str:
        """Return a scalar's text, or that of the scalar under a key; empty where there is none."""
        node = self.get(name) if name else self
        return node.value if node is not None and isinstance(node.value, str) else ""

    def items(self, name: str = "") -> list[Node]:
        """Return the members of a list, or of the list under a key; empty where there is none."""
        node = self.get(name) if name else self
        return node.value if node is not None and isinstance(node.value, list) else []


def parse(text: str, file: str, problems: list[Problem]) -> Node | None:
    r"""Return the tree of one YAML document, or None with the reason in `problems`.

    Parameters
    ----------
    text
        The document. Anchors and aliases are refused: a few lines of them can stand for gigabytes.
    file
        Name for the messages.
    problems
        What is wrong is added here.

    Examples
    --------
    >>> found = []
    >>> parse("- id: Q06-001\n  key: no\n", "lesson-06.yaml", found).items()[0].text("key")
    'no'
    >>> parse("- id: [", "lesson-06.yaml", found) is None, found[0].line
    (True, 2)
    """
    import yaml  # noqa: PLC0415  # a learner who opens no question needs no YAML

    problem = _unfit(text)
    if problem:
        problems.append(Problem(file=file, expected=problem))
        return None
    try:
        root = yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        return None if root is None else _convert(root, file, problems, set())
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        reason = " ".join(part for part in (error.context, error.problem) if part)
        problems.append(
            Problem(file=file, line=mark.line + 1 if mark else None, expected=f"well-formed YAML ({reason})")
        )
    except yaml.YAMLError as error:
        problems.append(Problem(file=file, expected=f"well-formed YAML ({' '.join(str(error).split())})"))
    except RecursionError:
        problems.append(Problem(file=file, expected="lists and mappings that are not nested hundreds deep"))
    return None


def _unfit(text: str) -> str:
    if len(text) > MAX_FILE:
        return f"a file of at most {MAX_FILE} characters"
    depth = max(map(len, re.findall(r"[\[{][\[{\s]*", text)), default=0)
    return "lists and mappings that are not nested hundreds deep" if depth > 500 else ""


def _convert(node: Any, file: str, problems: list[Problem], seen: set[int]) -> Node:
    line = node.start_mark.line + 1
    if id(node) in seen:
        problems.append(Problem(file=file, line=line, expected="the value written out, not an alias of another"))
        return Node(line, "")
    seen.add(id(node))
    if node.id == "scalar":
        return Node(line, _clean(node.value, line, file, problems))
    if node.id == "sequence":
        return Node(line, [_convert(child, file, problems, seen) for child in node.value])
    return Node(line, dict(_pairs(node, file, problems, seen)))


def _clean(value: str, line: int, file: str, problems: list[Problem]) -> str:
    if _INVISIBLE.search(value):
        expected = "text without control or text-direction characters"
        problems.append(Problem(file=file, line=line, value=value, expected=expected))
    return value.strip()


def _pairs(node: Any, file: str, problems: list[Problem], seen: set[int]) -> Iterator[tuple[str, Node]]:
    names: set[str] = set()
    for key, value in node.value:
        line = key.start_mark.line + 1
        if key.id != "scalar":
            problems.append(Problem(file=file, line=line, expected="a word as the name of a field"))
            continue
        if key.value in names:
            problems.append(Problem(file=file, line=line, field=key.value, expected="each field once"))
        names.add(key.value)
        yield key.value, _convert(value, file, problems, seen)
