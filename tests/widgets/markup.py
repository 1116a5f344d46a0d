"""The markup of a first frame, read as a browser reads it."""

from __future__ import annotations

from html.parser import HTMLParser


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, _attrs: object) -> None:
        self.tags.append(tag)


def tags_of(text: str) -> list[str]:
    """The tags that open in a text, in order."""
    reader = _Tags()
    reader.feed(text)
    return reader.tags
