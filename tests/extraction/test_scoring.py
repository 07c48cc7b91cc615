"""The scorer counts what it says it counts; everything else here rests on it."""

from __future__ import annotations

from typing import Any

import pytest

from bot.evaluate import Score, main, same_value, score_line, table


def _line(**marks: Any) -> dict[str, Any]:
    return {"id": "x-1", "text": "ECOG 1, NPC", "facts": {}, "absent": [], "ask": [], "tags": [], **marks}


def _output(facts: dict[str, Any], ask: tuple[str, ...] = ()) -> dict[str, Any]:
    shown = {name: {"text": "ECOG 1", "start": 0, "end": 6} for name in facts}
    return {"facts": facts, "evidence": shown, "ask": [{"fact": name, "reason": "r"} for name in ask]}


def _counts(line: dict[str, Any], output: dict[str, Any]) -> tuple[int, int, int, int]:
    score = Score()
    score_line(score, line, output)
    return score.total.right, score.total.wrong, score.total.missed, score.total.traps


def test_an_exact_value_is_right_and_a_missing_one_is_missed() -> None:
    line = _line(facts={"ecog": 1, "primary_site": "nasopharynx"})
    assert _counts(line, _output({"ecog": 1})) == (1, 0, 1, 0)


def test_another_value_is_wrong_and_missed() -> None:
    assert _counts(_line(facts={"ecog": 1}), _output({"ecog": 2})) == (0, 1, 1, 0)


def test_a_value_that_the_text_does_not_state_is_wrong_even_where_no_trap_was_set() -> None:
    assert _counts(_line(), _output({"ecog": 0})) == (0, 1, 0, 0)


@pytest.mark.parametrize("mark", ["absent", "ask"])
def test_filling_a_forbidden_fact_is_wrong_and_a_trap_hit(mark: str) -> None:
    assert _counts(_line(**{mark: ["response"]}), _output({"response": "PR"})) == (0, 1, 0, 1)


def test_never_forbids_the_named_values_only() -> None:
    line = _line(never={"icf_signed": [True]})
    assert _counts(line, _output({"icf_signed": True})) == (0, 1, 0, 1)
    assert _counts(line, _output({"icf_signed": False})) == (0, 0, 0, 0)


@pytest.mark.parametrize("mark", ["unscored", "doubtful"])
def test_unscored_facts_count_neither_way(mark: str) -> None:
    assert _counts(_line(**{mark: ["response"]}), _output({"response": "PR"})) == (0, 0, 0, 0)


def test_zero_and_false_are_values_and_not_each_other() -> None:
    assert not same_value("ecog", 0, False)
    assert not same_value("icf_signed", False, None)
    assert same_value("ecog", 0, 0)


def test_ages_agree_in_completed_years_and_lists_in_any_order() -> None:
    assert same_value("age_years", 70, 70.9)
    assert not same_value("age_years", 69.9, 70)
    assert same_value("chemo_agents", ["gemcitabine", "cisplatin"], ("cisplatin", "gemcitabine"))


def test_a_fact_that_follows_from_a_stated_one_is_not_held_against_the_reader() -> None:
    line = _line(facts={"chemo_agents": ["cisplatin", "gemcitabine"]})
    output = _output({"chemo_agents": ["cisplatin", "gemcitabine"], "platinum_doublet": True})
    assert _counts(line, output) == (1, 0, 0, 0)
    assert _counts(_line(), _output({"platinum_doublet": True})) == (0, 1, 0, 0)


def test_either_question_of_a_pair_counts_and_asking_for_a_stated_fact_is_needless() -> None:
    score = Score()
    output = _output({"ecog": 1}, ask=("anti_pd1", "ecog"))
    score_line(score, _line(ask=["io_agents"], facts={"ecog": 1}), output)
    assert (score.asks_wanted, score.asks_made, score.needless_asks) == (1, 1, 1)


@pytest.mark.parametrize("start_end", [(0, 99), (3, 3), (1, 7), (-1, 6)])
def test_evidence_must_be_the_words_at_its_offsets(start_end: tuple[int, int]) -> None:
    output = _output({"ecog": 1})
    output["evidence"]["ecog"].update(start=start_end[0], end=start_end[1])
    score = Score()
    score_line(score, _line(facts={"ecog": 1}), output)
    assert score.evidence_faults == 1


def test_the_table_names_the_fact_and_the_traps() -> None:
    score = Score()
    score_line(score, _line(absent=["response"]), _output({"response": "PR"}))
    assert "response" in table(score)
    assert "1 of 1 traps hit" in table(score)


def test_the_sentences_of_the_test_half_are_not_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--set", "test", "--errors"]) == 2
    assert "frozen" in capsys.readouterr().err
