"""What a message is taken for, once the facts in it are known."""

from __future__ import annotations

from datetime import date

import pytest

from bot.extraction import reader
from bot.nlu.intents import inside_a_question, settle

TODAY = date(2026, 11, 22)


def settled(text: str, guess: str, asked: str | None = None) -> str:
    reading = reader("en").read(text, asked=asked, reference_date=TODAY)
    return str(settle({"name": guess, "confidence": 0.6}, reading, text)["name"])


@pytest.mark.parametrize(
    ("text", "guess"),
    [
        ("camrelizumab stopped for PD after C3", "stop"),
        ("back pain, ECOG 1", "go_back"),
        ("newly diagnosed, 46M", "new_candidate_not"),
        ("thanks, ECOG 1", "thanks"),
        ("GP x4, chemo had to start again after a hold", "finish_rest"),
        ("2 mets in bone and another one in the liver, so 3 lesions", "finish_rest"),
    ],
)
def test_facts_outweigh_a_look_alike_command(text: str, guess: str) -> None:
    assert settled(text, guess) == "inform"


@pytest.mark.parametrize("text", ["new patient: 54M, ECOG 1", "ok, next candidate, 61F", "start over. 54M"])
def test_a_new_candidate_may_come_with_facts(text: str) -> None:
    assert settled(text, "inform") == "new_candidate"


@pytest.mark.parametrize("text", ["", "   ", "?", "...", "😀", "-"])
def test_a_message_without_a_word_is_nobodys_answer(text: str) -> None:
    assert settled(text, "inform", asked="ecog") == "nlu_fallback"


@pytest.mark.parametrize(
    ("text", "guess"),
    [("what is still missing?", "whats_missing"), ("skip", "skip"), ("can I skip this", "skip"), ("help", "help")],
)
def test_a_command_is_not_a_dont_know(text: str, guess: str) -> None:
    assert settled(text, guess, asked="icf_signed") == guess


def test_no_idea_is_a_dont_know_whatever_was_guessed() -> None:
    assert settled("no idea", "deny", asked="ecog") == "dont_know"


def test_what_stands_in_a_question_is_not_said_of_the_candidate() -> None:
    text = "what counts as PR. He is ECOG 1"
    assert inside_a_question(text, "define_term", text.index("PR"))
    assert not inside_a_question(text, "define_term", text.index("ECOG"))
    assert not inside_a_question("is 54, ECOG 1", "inform", 3), "a note may begin like a question"


@pytest.mark.parametrize(
    ("text", "guess"),
    [("yes she does", "affirm"), ("arrange transport for her", "out_of_scope"), ("can we skip that for him", "skip")],
)
def test_a_pronoun_states_the_sex_and_is_not_what_the_message_is_about(text: str, guess: str) -> None:
    assert settled(text, guess) == guess


def test_a_pronoun_alone_is_an_answer() -> None:
    assert settled("she", "affirm", asked="sex") == "inform"


@pytest.mark.parametrize(("confidence", "intent"), [(0.9, "out_of_scope"), (0.4, "inform")])
def test_a_request_beside_facts_stays_one_only_where_it_is_clear(confidence: float, intent: str) -> None:
    text = "ECOG 1, 54M, please book a PET"
    reading = reader("en").read(text, reference_date=TODAY)
    assert settle({"name": "out_of_scope", "confidence": confidence}, reading, text)["name"] == intent
