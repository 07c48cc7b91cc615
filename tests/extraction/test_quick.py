"""The patterns made for a quick search find what the library's own find."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.extraction.en.age_shapes import shapes
from bot.extraction.en.date_patterns import patterns
from bot.extraction.quick import quick

SOURCES = [
    r"(?<![a-z])(?:mets?|bone)(?![a-z])",
    r"(?<!\d)\d{1,2}(?P<unit>kg|y)?|x",
    r"(?<![a-z])[^a-z\s]?o",
    r"(?<![a-z])(?:\W|年)?\s?(?P<a>a)(?P=a)",
    r"(?<=a)",
    r"(?<![a-z])(?:a*|b)",
    r"\b.b",
    r"(?<![a-z])(?:(?i:k)|b)",
    r"(?<!a)(?P<x>b)?(?(x)c|d)",
    r"(?<!a)\Bé+",
    *(pattern.pattern for _, pattern in shapes("en")),
    *(pattern.pattern for pattern in patterns("en").values()),
]
TEXTS = st.text(st.sampled_from("abcdekmnotxy019 .,/-\né年月K"), max_size=60)


def _all(pattern: re.Pattern[str], text: str) -> list[object]:
    return [(match.span(), match.groups(), match.groupdict(), match.lastgroup) for match in pattern.finditer(text)]


@pytest.mark.parametrize("source", SOURCES)
@given(text=TEXTS)
def test_finds_what_the_library_finds(source: str, text: str) -> None:
    assert _all(quick(source), text) == _all(re.compile(source), text)
    assert quick(source).sub("|", text) == re.compile(source).sub("|", text)


def test_pattern_looks_like_the_librarys() -> None:
    source = r"(?<![a-z])(?P<n>\d+)\s(?P<u>y)"
    fast, plain = quick(source), re.compile(source)
    assert (fast.pattern, fast.flags, fast.groups) == (plain.pattern, plain.flags, plain.groups)
    assert dict(fast.groupindex) == dict(plain.groupindex)


def test_flags_and_faults_are_as_the_librarys() -> None:
    assert quick("(?<!x)ecog", re.IGNORECASE).search("ECOG 1") is not None
    with pytest.raises(re.error):
        quick("(?<!x)(")
