"""A missing record is neither a yes nor a no, whatever was asked; a command or an aside is no don't-know."""

from __future__ import annotations

from datetime import date

import pytest

from bot.catalogue import concepts
from bot.extraction import reader

TODAY = date(2026, 11, 22)
ASKABLE = [name for name, concept in concepts().items() if getattr(concept, "askable", True)]
NOT_KNOWING = [
    "no idea", "no clue", "no info", "no record of it", "not sure", "none recorded", "nothing in the notes", "unknown",
    "don't know", "I don't know", "no data", "not recorded", "can't say", "no information", "nobody knows, no record",
    "sorry, no idea", "not documented anywhere", "nothing about it in the chart", "I can't find it",
    "no mention of it", "have to check that", "couldn't say", "none documented",
]  # fmt: skip


@pytest.mark.parametrize("text", NOT_KNOWING)
def test_not_knowing_gives_no_value_for_any_fact(text: str) -> None:
    for asked in ASKABLE:
        reading = reader().read(text, asked, TODAY)
        assert dict(reading.facts) == {}, (asked, reading.facts)
        assert reading.answered == "dont_know", asked


@pytest.mark.parametrize(
    "text",
    ["what is still missing?", "whats missing", "?", "...", "??", "I don't know why you ask that",
     "not sure what you mean",
     "what does unknown mean", "can I skip this", "skip", "pass", "later", "skip this one", "next", "skip please",
     "come back to this later", "don't know what that means", "not sure how this works", "DOB unknown, ECOG 1"],
)  # fmt: skip
def test_commands_and_asides_are_nobodys_dont_know(text: str) -> None:
    for asked in ("icf_signed", "kps", "response", "pregnancy_test_result", "contraception_agreed", "enrollment_date"):
        reading = reader().read(text, asked, TODAY)
        assert asked not in reading.facts, asked
        assert reading.answered is None, asked


@pytest.mark.parametrize(
    ("asked", "text"),
    [("icf_date", "don't know when she signed"), ("histology", "don't know what the histology is"),
     ("chemo_cycles", "no idea how many cycles"), ("staging_edition", "not sure which edition")],
)  # fmt: skip
def test_not_knowing_which_is_not_knowing(asked: str, text: str) -> None:
    assert reader().read(text, asked, TODAY).answered == "dont_know"


@pytest.mark.parametrize(
    "text",
    ["no record of ICF", "ICF not documented", "pregnancy test: no info", "no info on contraception", "ICF: no record",
     "mets on imaging not recorded", "no idea whether the ICF was signed", "no mention of mets on the CT report",
     "no information on a pregnancy test", "nothing in the notes about PD-1"],
)  # fmt: skip
def test_a_missing_record_inside_a_note_states_nothing(text: str) -> None:
    assert dict(reader().read(text, None, TODAY).facts) == {}


@pytest.mark.parametrize("text", ["ok", "okay", "hmm", "right", "fine", "sure", "ok.", "Sure!", "well"])
def test_what_only_says_that_it_was_heard_is_no_yes(text: str) -> None:
    for asked in ASKABLE:
        assert asked not in reader().read(text, asked, TODAY).facts, asked


@pytest.mark.parametrize(
    "text", ["yes", "yep", "y", "correct", "indeed", "he does", "she has", "it is", "ok yes", "sure, yes"]
)
def test_a_yes_is_a_yes(text: str) -> None:
    for asked in ("icf_signed", "therapy_adequate", "contraception_agreed", "able"):
        assert reader().read(text, asked, TODAY).facts[asked] is True


@pytest.mark.parametrize(
    ("asked", "text"),
    [("childbearing_potential", "no hysterectomy"), ("childbearing_potential", "no kids"),
     ("metastasis_on_imaging", "no lung mets"), ("able", "no car"), ("icf_signed", "no problem")],
)  # fmt: skip
def test_no_to_something_else_is_no_answer(asked: str, text: str) -> None:
    assert asked not in reader().read(text, asked, TODAY).facts


@pytest.mark.parametrize(
    ("text", "value"),
    [("no she is postmenopausal", False), ("no still has periods", True), ("no, hysterectomy", False)],
)
def test_a_no_before_a_sentence_does_not_turn_it_round(text: str, value: bool) -> None:
    assert reader().read(text, "childbearing_potential", TODAY).facts["childbearing_potential"] is value


def test_agreed_is_no_signature() -> None:
    assert "icf_signed" not in reader().read("agreed", "icf_signed", TODAY).facts
