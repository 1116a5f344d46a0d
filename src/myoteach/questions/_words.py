"""What the lints count in a text: words, words that carry content, and how alike two texts are."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
#: Words too common in any question of this course to point to its key.
_COMMON = frozenset(
    """
    about after also and are because been before being both but can cause causes could day days did does during each
    for from had has have her here him his how into its jerk jerks just like made make may might more most much must
    not now off one only other our out over people person same she should some such than that the their them then
    there these they this those through under until very was were what when where which while who whom whose why will
    with without would you your
    """.split()  # noqa: SIM905  # a list of a hundred quoted words would be harder to read
)


def words(text: str) -> list[str]:
    """Return the words of a text in small letters.

    Examples
    --------
    >>> words("Non-fading startle, 50 ms?")
    ['non-fading', 'startle', '50', 'ms']
    """
    return _WORD.findall(text.lower())


def content_words(text: str) -> frozenset[str]:
    """Return the words that carry content, without a plural's s.

    Examples
    --------
    >>> sorted(content_words("What do the jerks of the arms look like?"))
    ['arm', 'look']
    """
    long = (word for word in words(text) if len(word) > 2 and word not in _COMMON)
    return frozenset(re.sub(r"(?<=..[^sui])s$", "", word) for word in long)


def likeness(first: str, second: str) -> float:
    """Return the Jaccard index of the words of two texts, 0 to 1.

    Examples
    --------
    >>> likeness("a jerk of the arm", "a jerk of the leg")
    0.6666666666666666
    """
    one, two = set(words(first)), set(words(second))
    return len(one & two) / len(one | two) if one | two else 0.0
