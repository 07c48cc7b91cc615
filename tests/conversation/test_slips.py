"""The typing errors themselves: small, in long words, and never in what decides."""

from __future__ import annotations

import random
import re

import pytest

from tests.conversation.slips import KEPT, slip

TEXT = "undifferentiated non-keratinizing carcinoma, cT3N2M1, 12 metastatic lesions, cisplatin since 3 November 2026"


@pytest.mark.parametrize("seed", range(60))
def test_a_slip_is_small(seed: int) -> None:
    slipped = slip(random.Random(seed), TEXT)
    assert slipped != TEXT
    assert re.findall(r"\d+", slipped) == re.findall(r"\d+", TEXT)
    assert abs(len(slipped) - len(TEXT)) <= 2
    for word in re.findall(r"[A-Za-z]{8,}", TEXT):
        assert word[:KEPT].lower() in slipped.lower()


def test_short_words_and_numbers_are_left_alone() -> None:
    assert slip(random.Random(1), "12 of 30") == "12 of 30"
    assert slip(random.Random(1), "not 7") == "not 7"


def test_a_denial_never_loses_its_blank() -> None:
    assert all(" not " in slip(random.Random(seed), "consent not signed yet") for seed in range(30))
