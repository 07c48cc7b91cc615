"""Reading back: facts in a few lines, in words a colleague would use, with short quotes, and nothing lost."""

from __future__ import annotations

import random
from typing import Any

import pytest

from bot.catalogue import concepts
from bot.interview.readback import LONGEST_QUOTE, read_back, telling
from bot.interview.record import Heard, HeardFact
from bot.interview.wording import wording
from tests.random_candidates import random_candidate

from .conftest import Talk

MOST_LINES = 12


def said(talk: Talk, text: str, *unclear: str, **quoted: tuple[Any, str]) -> str:
    """What is read back of a message: fact = value and the words it rests on."""
    facts = {f: HeardFact(v, q, start=text.index(q)) for f, (v, q) in quoted.items()}
    (utterance,) = read_back(list(facts), [], list(unclear), Heard(text, "inform", facts), talk.scene)
    return utterance.text


def test_every_fact_has_one_line_and_a_clause_for_each_value() -> None:
    clauses = wording().clauses
    in_lines = [fact for line in clauses.lines for fact in line]
    assert sorted(in_lines) == sorted(concepts())
    for name, concept in concepts().items():
        values: list[Any] = {"choice": list(concept.values or {}), "bool": [True, False], "list": [[], ["x"]]}.get(
            concept.kind, ["2026-11-22"] if concept.kind == "date" else [0, 1, 2, 9]
        )
        for value in values:
            assert clauses.one(name, value).strip(), (name, value)


def test_header_lines_and_what_is_unclear_are_twelve_lines_at_most_by_their_number() -> None:
    assert 1 + len(wording().clauses.lines) + 1 <= MOST_LINES


@pytest.mark.parametrize("seed", range(40))
def test_however_much_is_stated_it_is_short_and_nothing_is_lost(talk: Talk, seed: int) -> None:
    rng = random.Random(seed)
    facts = {f: v for f, v in random_candidate(rng).items() if v is not None}
    quotes = {
        f: f"{f} as the letter has it, {'at some length, ' * rng.randrange(9)}number {i}" for i, f in enumerate(facts)
    }
    text = said(talk, ". ".join(quotes.values()), "ecog", "response", **{f: (v, quotes[f]) for f, v in facts.items()})
    lines = wording().clauses.of(facts)
    assert len(text.splitlines()) <= MOST_LINES
    assert {f for line in lines for clause in line for f in clause.facts} == facts.keys()
    for line in lines:
        for clause in line:
            assert clause.text.casefold() in text.casefold()
    assert not [part for part in text.split("“")[1:] if len(part.split("”")[0]) > LONGEST_QUOTE + 3]


def test_shorthand_is_read_back_with_one_quote_for_neighbouring_words(talk: Talk) -> None:
    text = said(
        talk,
        "46M, cT3N2M1 stage IVB (AJCC 9), GP x6 + tori, ECOG 1",
        **{"age_years": (46, "46"), "sex": ("male", "M"), "t_category": ("T3", "cT3"), "n_category": ("N2", "N2")},
        **{"m_category": ("M1", "M1"), "stage_group": ("IVB", "stage IVB"), "staging_edition": (9, "AJCC 9")},
        **{"chemo_agents": (["cisplatin", "gemcitabine"], "GP"), "chemo_cycles": (6, "GP x6")},
        **{"io_agents": (["toripalimab"], "tori"), "ecog": (1, "ECOG 1")},
    )
    assert text.splitlines()[1:] == [
        "• 46 years old, male (“46M”)",
        "• T3 N2 M1, stage IVB, AJCC/UICC version 9 (“cT3N2M1 stage IVB (AJCC 9)”)",
        "• 6 cycles of cisplatin + gemcitabine with toripalimab (“GP x6 + tori”)",
        "• ECOG 1",
    ]


def test_one_line_is_no_list(talk: Talk) -> None:
    assert said(talk, "well, she is willing, and able too", willing=(True, "willing"), able=(True, "able")) == (
        "Noted – willing and able to follow the study plan."
    )


def test_the_words_of_the_message_are_not_said_twice(talk: Talk) -> None:
    assert said(talk, "ps 1", ecog=(1, "ps 1")) == "Noted – ECOG 1."
    assert said(talk, "her ps 1", ecog=(1, "ps 1")) == "Noted – ECOG 1 (“ps 1”)."
    assert said(talk, "it is ECOG 1", ecog=(1, "ECOG 1")) == "Noted – ECOG 1."


def test_a_long_quote_is_shown_by_both_ends_and_sent_whole(talk: Talk) -> None:
    quote = (
        "the wife, as far as he could tell at the visit in the spring of this year, went through the menopause long ago"
    )
    text = f"He says that {quote}."
    facts = {"partner_childbearing_potential": HeardFact(False, quote, start=13)}
    (utterance,) = read_back(list(facts), [], [], Heard(text, "inform", facts), talk.scene)
    assert "“the wife, as far as he could tell at … menopause long ago”" in utterance.text
    assert utterance.custom is not None and utterance.custom["evidence"] == {"partner_childbearing_potential": quote}


def test_several_unclear_facts_are_named_and_one_is_simply_asked_about(talk: Talk) -> None:
    known = {"age_years": (46, "46"), "ecog": (1, "ECOG 1")}
    text = said(talk, "46, ECOG 1, ICF 12/5, tested 3/4", "icf_date", "pregnancy_test_date", **known)
    assert text.splitlines()[-1] == "To check with you: the consent date and the pregnancy test date."
    assert "To check" not in said(talk, "46, ECOG 1, ICF 12/5", "icf_date", **known)


def test_no_quote_runs_over_a_line_break(talk: Talk) -> None:
    text = said(talk, "ECOG\n| 0\nKPS\n| 90", ecog=(0, "ECOG\n| 0"), kps=(90, "KPS\n| 90"))
    assert "KPS" in text and "\n" not in text


@pytest.mark.parametrize(
    ("text", "quote", "shown"),
    [
        ("Her son drives, so she can come to all visits. ECOG 1", "can", "so she can come to all visits"),
        ("46F, no ICF yet, PR", "ICF", "no ICF yet"),
        ("able", "able", "able"),
        ("He, a schoolmaster and widower with sons, came", "widower", "a schoolmaster and widower with sons"),
        ("ICF | signed", "signed", "signed"),
        ("ICF signed", "ICF signed", "ICF signed"),
    ],
)  # fmt: skip
def test_a_yes_or_no_is_quoted_with_the_words_that_make_it_one(text: str, quote: str, shown: str) -> None:
    facts = {"able": HeardFact(True, quote, start=text.index(quote))}
    (told,) = telling(Heard(text, "inform", facts)).facts.values()
    assert told.quote == shown and told.start == text.index(shown)


def test_other_quotes_and_buttons_stay_as_they_are() -> None:
    heard = Heard("she is an ECOG 1", "inform", {"ecog": HeardFact(1, "1", start=15), "able": HeardFact(True, "Able")})
    assert telling(heard) == heard
