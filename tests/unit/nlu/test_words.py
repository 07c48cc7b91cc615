"""What the intent classifier sees of a message."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.words import features, masked, sources, tables


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("is nedaplatin a platinum drug", "is lobaplatin a platinum drug"),
        ("forget the ECOG", "forget the histology"),
        ("set the age limit to 75", "set the age limit to 80"),
        ("what's M1a", "what is M1b?"),
        ("test on 3 Nov", "test on 5 Dec"),
    ],
)
def test_messages_that_differ_in_a_name_or_number_are_one(one: str, other: str) -> None:
    assert masked(one) == masked(other)


def test_a_name_is_masked_whole() -> None:
    assert masked("forget the pregnancy test date") == "forget the xfact"


@pytest.mark.parametrize(("one", "other"), [("stop here", "quit here"), ("thank you", "thx")])
def test_words_of_one_meaning_share_a_class(one: str, other: str) -> None:
    shared = {f for f in features(one) & features(other) if f.startswith("k:")}
    assert shared


def test_yes_and_no_stay_words() -> None:
    assert {("yes",), ("no",)} <= set(tables().classes), "YAML must not read them as true and false"


def test_every_source_is_there() -> None:
    assert all(path.is_file() for path in sources())


@given(st.text(max_size=400))
def test_any_text_has_features(text: str) -> None:
    assert features(text)
    assert isinstance(masked(text), str)
