"""Hold a tree against ``data/questions/schema.json``: the part of JSON Schema that file uses, no more.

The schema is the only place where a field is declared; editors read the same file. A scalar of the tree is text, so a
number or a truth value is text that reads as one.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from .._content import content_folder
from ..knowledge._problems import nearest
from ._problems import BankError, Problem
from ._yaml import Node

Schema = dict[str, Any]


class Miss(NamedTuple):
    """A place where a tree misses its schema."""

    path: tuple[str, ...]
    line: int
    value: str
    expected: str
    nearest: str = ""


@lru_cache(maxsize=1)
def question_schema() -> Schema:
    """Return the published schema of a file of questions.

    Examples
    --------
    >>> question_schema()["type"]
    'array'
    """
    try:
        schema: Schema = json.loads((content_folder("data") / "questions" / "schema.json").read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        expected = f"the schema of the questions as it was shipped; install myoteach again ({error})"
        raise BankError([Problem(file="schema.json", expected=expected)]) from error
    return schema


def misses(node: Node, schema: Schema, root: Schema, path: tuple[str, ...] = ()) -> Iterator[Miss]:
    """Yield every place where `node` misses `schema`; ``$ref`` is looked up in `root`."""
    if "$ref" in schema:
        yield from misses(node, _resolve(schema["$ref"], root), root, path)
    if "type" in schema and not _TYPES[schema["type"]](node.value):
        yield Miss(path, node.line, _quote(node), _TYPE_WORDS[schema["type"]])
        return
    for part in schema.get("allOf", ()):
        yield from misses(node, part, root, path)
    if "if" in schema and not any(misses(node, schema["if"], root, path)):
        yield from misses(node, schema["then"], root, path)
    if isinstance(node.value, str):
        yield from _text_misses(node, schema, path)
    elif isinstance(node.value, list):
        yield from _list_misses(node, node.value, schema, root, path)
    else:
        yield from _mapping_misses(node, node.value, schema, root, path)


def _resolve(reference: str, root: Schema) -> Schema:
    found: Any = root
    for name in reference.removeprefix("#/").split("/"):
        found = found[name]
    return dict(found)


def _quote(node: Node) -> str:
    return node.value if isinstance(node.value, str) else f"a {'list' if isinstance(node.value, list) else 'mapping'}"


def _text_misses(node: Node, schema: Schema, path: tuple[str, ...]) -> Iterator[Miss]:
    text = str(node.value)
    if "const" in schema and text != schema["const"]:
        yield Miss(path, node.line, text, f"{schema['const']!r}")
    if "enum" in schema and text not in schema["enum"]:
        yield Miss(path, node.line, text, f"one of {', '.join(schema['enum'])}", nearest(text, schema["enum"]))
    if "pattern" in schema and not re.search(schema["pattern"], text):
        yield Miss(path, node.line, text, schema.get("description", f"text of the form {schema['pattern']}"))
    if len(text) < schema.get("minLength", 0):
        yield Miss(path, node.line, text, f"some text ({schema.get('description', 'it may not be empty')})")
    if "minimum" in schema and _is_number(text) and float(text) < schema["minimum"]:
        yield Miss(path, node.line, text, f"a number not below {schema['minimum']}")


def _list_misses(
    node: Node, members: list[Node], schema: Schema, root: Schema, path: tuple[str, ...]
) -> Iterator[Miss]:
    low, high = schema.get("minItems", 0), schema.get("maxItems", math.inf)
    if not low <= len(members) <= high:
        wanted = f"at least {low}" if high == math.inf else f"{low} to {high}"
        yield Miss(path, node.line, f"{len(members)} of them", f"{wanted} ({schema.get('description', 'members')})")
    for number, member in enumerate(members, 1):
        yield from misses(member, schema.get("items", {}), root, (*path, member.text("id") or str(number)))


def _mapping_misses(
    node: Node, fields: dict[str, Node], schema: Schema, root: Schema, path: tuple[str, ...]
) -> Iterator[Miss]:
    for name in schema.get("required", ()):
        if name not in fields:
            yield Miss((*path, name), node.line, "", f"a field {name!r}, which is missing")
    names = schema.get("propertyNames", {}).get("enum")
    for name, member in fields.items():
        if names and name not in names:
            yield Miss((*path, name), member.line, name, "a field this kind of item has", nearest(name, names))
        declared = schema.get("properties", {}).get(name) or schema.get("additionalProperties")
        if declared:
            yield from misses(member, declared, root, (*path, name))


def _is_number(value: object) -> bool:
    try:
        return isinstance(value, str) and math.isfinite(float(value))
    except ValueError:
        return False


_TYPES: dict[str, Callable[[object], bool]] = {
    "string": lambda value: isinstance(value, str),
    "integer": lambda value: isinstance(value, str) and re.fullmatch(r"-?\d{1,9}", value) is not None,
    "number": _is_number,
    "boolean": lambda value: value in ("true", "false"),
    "array": lambda value: isinstance(value, list),
    "object": lambda value: isinstance(value, dict),
}
_TYPE_WORDS = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
    "object": "fields, each a name and a value",
}
