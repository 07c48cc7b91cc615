"""Typing errors in drug names: every name, with one and two slips, gives that drug or nothing, never another one."""

from __future__ import annotations

import random
import string

import pytest

from bot.extraction import reader
from bot.extraction.en.terms import compiled, listed, tokens
from bot.extraction.lexicon import lexicon

GROUPS = ("chemotherapy", "immunotherapy", "targeted")
SLIPS_EACH = 12


def _names() -> dict[str, str | None]:
    """Every single-word spelling in Latin letters with its drug; None for drugs that are known, but not read."""
    drugs = lexicon("en")["drugs"]
    found: dict[str, str | None] = {}
    for group in (*GROUPS, "other_drugs", "unlisted"):
        for name, spellings in drugs[group].items():
            for word in listed(spellings):
                if word.isascii() and word.isalpha():
                    found[word.lower()] = name if group in GROUPS else None
    return found


NAMES = _names()


def _slip(word: str, chance: random.Random) -> str:
    """The word with one letter lost, added, changed or swapped with the next."""
    at = chance.randrange(len(word) - 1)
    letter = chance.choice(string.ascii_lowercase)
    return chance.choice(
        [
            word[:at] + word[at + 1 :],
            word[:at] + letter + word[at:],
            word[:at] + letter + word[at + 1 :],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        ]
    )


def _read(word: str) -> list[str]:
    return [hit.label for group in GROUPS for hit in compiled(lexicon("en"), "drugs", group).find(word)]


@pytest.mark.parametrize("slips", [1, 2])
@pytest.mark.parametrize("word", sorted(NAMES))
def test_a_misspelt_drug_is_that_drug_or_none(word: str, slips: int) -> None:
    chance = random.Random(f"{word} {slips}")
    for _ in range(SLIPS_EACH):
        written = word
        for _ in range(slips):
            written = _slip(written, chance)
        if written not in NAMES:
            assert _read(written) in ([], [NAMES[word]]), written


@pytest.mark.parametrize("name", sorted(name for group in GROUPS for name in lexicon("en")["drugs"][group]))
def test_most_names_survive_one_slip(name: str) -> None:
    if len(name) < 9 or not name.isalpha():
        pytest.skip("short names and pairs are read as they are written")
    chance = random.Random(name)
    found = [_read(written) == [name] for written in (_slip(name, chance) for _ in range(20)) if written not in NAMES]
    assert sum(found) >= 0.5 * len(found)


@pytest.mark.parametrize(
    "word",
    [
        "admission", "emission", "permission", "depression", "depressed", "regression", "regressed", "regressive",
        "incomplete", "compete", "timber", "limber", "carmel", "endosteal", "staple", "valuable", "mythological",
        "expression", "impression", "compression", "suppression", "profession", "aggressive", "diseased", "azacitidine",
        "decitabine", "trastuzumab", "denosumab", "cisapride",
    ],
)  # fmt: skip
def test_real_words_stay_what_they_are(word: str) -> None:
    reader("en")
    assert [token.word for token in tokens(word)] == [word]
