"""Any text is read: no error, offsets inside the text, bounded time."""

from __future__ import annotations

import json
import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.catalogue import concepts
from bot.extraction import Reading, reader

TODAY = date(2026, 11, 22)
WORDS = ["ECOG", "1", "46M", "GP", "x6", "PR", "PD-1", "ICF", "signed", "not", "no", "?", ",", ".", "\n", "12/5",
         "his wife",
         "sorry", "M1", "T3N2", "hCG", "neg", "WHO", "III", "NPC", "2026-02-30", "99/99/9999", "～", "İ", "ﬁ",
     "½", "𝟙",
         "岁", "未", "|", "；", "\u200b", "0", "70 Gy", "toripalimab", "yesterday", "IVB", "lesions", "-", "(",
         ")"]  # fmt: skip
asked_facts = st.none() | st.sampled_from(sorted(concepts()))


def check(text: str, reading: Reading) -> None:
    json.dumps(reading.to_dict())
    for found in reading.evidence.values():
        assert 0 <= found.start <= found.end <= len(text)
        assert text[found.start : found.end] == found.text
    for ask in reading.asks:
        assert 0 <= ask.start <= ask.end <= len(text)
        assert ask.reason
    assert not set(reading.facts) & {ask.fact for ask in reading.asks}


@settings(max_examples=150, deadline=None)
@given(text=st.text(max_size=300), asked=asked_facts)
def test_any_text_is_read_without_an_error(text: str, asked: str | None) -> None:
    check(text, reader().read(text, asked, TODAY))


@settings(max_examples=150, deadline=None)
@given(words=st.lists(st.sampled_from(WORDS), max_size=40), glue=st.sampled_from(["", " ", "  "]), asked=asked_facts)
def test_the_words_of_the_trade_in_any_order(words: list[str], glue: str, asked: str | None) -> None:
    text = glue.join(words)
    check(text, reader().read(text, asked, TODAY))


@pytest.mark.parametrize("text", ["\ud800", "ECOG \udfff 1", "\x00", "a\u0301" * 50, "\U0001f600 ECOG 1"])
def test_characters_that_no_keyboard_writes(text: str) -> None:
    reader().read(text, "ecog", TODAY)


@pytest.mark.parametrize(
    "part", ["1", "a", "no ", "ECOG 1 ", "1/2 ", "ICF ", "his wife ", "no, wait 1 ", "(", "? ", "12 ", "x6 ", "GP+",
             "T3N2M1 ", "lesions 2 + ", "cycle 3, ", "-", "、", "PR -> ", "toripalimab "]
)  # fmt: skip
def test_twenty_thousand_characters_take_bounded_time(part: str) -> None:
    text = (part * 20_000)[:20_000]
    begin = time.process_time()
    reader().read(text, "ecog", TODAY)
    assert time.process_time() - begin < 3.0
