"""Questions on the side: answered, and then back to the open question."""

from __future__ import annotations

import pytest

from .conftest import Talk

ASIDES = [
    ("why do you ask?", "why_ask"), ("what does criterion 5 say?", "explain_criterion"),
    ("what counts as a platinum doublet?", "define_term"), ("what is still missing?", "whats_missing"),
    ("summary", "summary"), ("so is she in?", "ask_verdict"), ("what would change it?", "what_would_change"),
    ("which settings are active?", "ask_settings"), ("hello", "greet"), ("thanks", "thanks"), ("help", "help"),
    ("are you a robot?", "bot_challenge"), ("nice weather", "small_talk"), ("book a scan", "out_of_scope"),
    ("asdf qwer", "nlu_fallback"), ("", "nlu_fallback"), ("😀😀", "nlu_fallback"), ("你好吗", "nlu_fallback"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "intent"), ASIDES)
def test_an_aside_is_answered_and_the_open_question_stays(talk: Talk, text: str, intent: str) -> None:
    talk.say("46M", age_years=46, sex="male")
    before = talk.asked
    reply = talk.say(text, intent)
    assert reply.strip() and talk.asked == before
    question = talk.payload("question")
    assert question is not None and question["fact"] == before
    assert talk.record.facts() == {"age_years": 46, "sex": "male"}


@pytest.mark.parametrize(("text", "intent"), ASIDES)
def test_an_aside_before_any_screening_gets_an_answer_too(talk: Talk, text: str, intent: str) -> None:
    assert talk.say(text, intent).strip()


@pytest.mark.parametrize(("text", "guess"), [("今天天气真好", "greet"), ("¿qué tal?", "goodbye"), ("停", "stop")])
def test_another_language_is_said_so_whatever_it_was_taken_for(talk: Talk, text: str, guess: str) -> None:
    talk.say("46M", age_years=46, sex="male")
    assert "English" in talk.say(text, guess)
    assert talk.record.state == "open" and talk.payload("question") is not None


def test_criterion_five_is_read_out_in_the_protocols_words(talk: Talk) -> None:
    assert "“Clinical stage: TanyNanyM1, stage IVB (AJCC 9th edition).”" in talk.say(
        "criterion 5?", "explain_criterion"
    )


def test_a_criterion_that_does_not_exist_is_said_so(talk: Talk) -> None:
    assert "no criterion 12" in talk.say("what does criterion 12 say?", "explain_criterion")


def test_a_term_without_an_entry_is_not_invented(talk: Talk) -> None:
    assert "won't make one up" in talk.say("what is a flurbifex?", "define_term")


def test_forget_takes_the_answer_away_and_asks_again(talk: Talk) -> None:
    talk.say(
        "neg test 20 Nov",
        sex="female",
        childbearing_potential=True,
        pregnancy_test_result="negative",
        pregnancy_test_date="2026-11-20",
    )
    talk.say("forget the pregnancy test", "forget")
    assert set(talk.record.facts()) == {"sex", "childbearing_potential"}


def test_forgetting_one_thing_takes_no_bystander_along(talk: Talk) -> None:
    talk.say("GP x6", chemo_agents=["cisplatin", "gemcitabine"], chemo_cycles=6)
    talk.say("forget the cycles", "forget")
    assert set(talk.record.facts()) == {"chemo_agents"}


def test_going_back_all_the_way_never_reaches_another_candidate(talk: Talk) -> None:
    talk.say("46M", age_years=46, sex="male")
    talk.say("next", "new_candidate")
    talk.say("F", sex="female")
    for _ in range(9):
        talk.say("go back", "go_back")
        assert "age_years" not in talk.record.facts() or talk.record.facts() == {"age_years": 46, "sex": "male"}


def test_go_back_after_stop_reopens_and_takes_nothing_away(talk: Talk) -> None:
    talk.say("ECOG 1", ecog=1)
    talk.say("stop", "stop")
    talk.say("go back", "go_back")
    assert talk.record.state == "open" and talk.record.facts() == {"ecog": 1}


def test_changing_and_then_not_knowing_keeps_the_answer(talk: Talk) -> None:
    talk.say("ECOG 1", ecog=1)
    talk.say("change the ECOG", "change_answer")
    talk.say("skip", "skip")
    assert talk.record.facts()["ecog"] == 1


def test_go_back_takes_the_last_answer_back_and_asks_it_again(talk: Talk) -> None:
    talk.say("46M", age_years=46, sex="male")
    fact = talk.asked
    talk.say("x", **{fact: {"ecog": 1}.get(fact, True)})
    talk.say("go back", "go_back")
    assert fact not in talk.record.facts() and talk.asked == fact


def test_stop_and_facts_in_one_breath_keeps_the_facts(talk: Talk) -> None:
    talk.say("46M", age_years=46, sex="male")
    talk.say("what is missing? ECOG 1 by the way", "whats_missing", ecog=1)
    assert talk.record.facts()["ecog"] == 1


def test_changing_a_named_answer_asks_for_it_anew(talk: Talk) -> None:
    talk.say("ECOG 1", ecog=1)
    reply = talk.say("the ECOG is wrong", "change_answer")
    assert talk.asked == "ecog" and "“ECOG 1”" in reply
    talk.say("2", ecog=2)
    assert talk.record.facts()["ecog"] == 2
