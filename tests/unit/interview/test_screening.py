"""From the first message to an explained verdict."""

from __future__ import annotations

import json
from typing import Any

from bot.interview.record import Doubt, from_json

from .conftest import Talk


def test_new_candidate_invites_to_paste_and_asks_one_question(talk: Talk) -> None:
    reply = talk.say("new candidate", "new_candidate")
    assert "Paste what you have" in reply
    assert sum(u.custom is not None and u.custom["type"] == "question" for u in talk.said) == 1


def test_a_first_fact_alone_starts_a_screening(talk: Talk) -> None:
    reply = talk.say("46M", age_years=46, sex="male")
    assert "46 years old, male" in reply
    assert talk.payload("read_back")["evidence"] == {"age_years": "46M", "sex": "46M"}  # type: ignore[index]
    assert talk.asked


def test_every_question_offers_dont_know(talk: Talk) -> None:
    talk.say("new candidate", "new_candidate")
    for _ in range(40):
        if talk.record.open is None:
            break
        assert talk.record.open.buttons[-1].title == "Don't know"
        talk.say("Don't know", "dont_know")
    assert talk.record.state == "done"
    assert talk.payload("screening_result")["decision"] == "incomplete"  # type: ignore[index]


def test_everything_in_one_message_gives_the_result_at_once(talk: Talk, everything: dict[str, Any]) -> None:
    reply = talk.say("the whole note", **everything)
    result = talk.payload("screening_result")
    assert result is not None and result["decision"] == "meets_inclusion"
    assert len(result["criteria"]) == 8 and result["missing"] == []
    assert "exclusion criteria" in reply and "investigator decides" in reply


def test_a_person_is_never_called_eligible(talk: Talk, everything: dict[str, Any]) -> None:
    assert "eligible" not in talk.say("the whole note", **everything).lower()


def test_ambiguous_is_asked_about_first_and_nothing_is_stored(talk: Talk) -> None:
    doubt = Doubt("icf_date", "12/5 can be 12 May or 5 December", ("2026-05-12", "2025-12-05"))
    talk.say("46M ICF signed 12/5", age_years=46, icf_signed=True, doubts=(doubt,))
    assert talk.asked == "icf_date"
    assert "icf_date" not in talk.record.facts()
    talk.say("12 May 2026")
    assert talk.record.facts()["icf_date"] == "2026-05-12"


def test_a_failing_criterion_is_announced_with_sentence_quote_limit_and_remedy(talk: Talk) -> None:
    reply = talk.say("ECOG 2", ecog=2)
    assert "“ECOG score: 0-1.”" in reply and "“ECOG 2”" in reply and "Criterion 6" in reply
    exclusion = talk.payload("exclusion")
    assert exclusion is not None and exclusion["criterion"]["remedy"]["when"] in ("now", "later", "never")
    assert talk.asked == "offer"


def test_a_repeated_test_says_until_when_it_is_good(talk: Talk) -> None:
    reply = talk.say(
        "F, neg test 1 Nov, enrol 3 Dec", sex="female", childbearing_potential=True,
        pregnancy_test_result="negative", pregnancy_test_date="2026-11-01", enrollment_date="2026-12-03",
    )  # fmt: skip
    assert "repeat" in reply.lower() and "mended now" in reply


def test_stopping_early_leaves_the_rest_not_assessed_not_unknown(talk: Talk) -> None:
    talk.say("ECOG 2", ecog=2)
    talk.say("Stop here")
    statuses = {c["id"]: c["status"] for c in talk.payload("screening_result")["criteria"]}  # type: ignore[index]
    assert statuses["ecog"] == "not_met" and statuses["histology"] == "not_assessed"


def test_a_criterion_that_was_begun_is_unknown_and_not_unassessed(talk: Talk) -> None:
    talk.say("M, M1, ECOG 2", sex="male", m_category="M1", ecog=2)
    talk.say("Stop here")
    statuses = {c["id"]: c["status"] for c in talk.payload("screening_result")["criteria"]}  # type: ignore[index]
    assert statuses["stage"] == "unknown" and statuses["male_contraception"] == "not_assessed"


def test_finishing_the_rest_collects_every_reason(talk: Talk) -> None:
    talk.say("ECOG 2", ecog=2)
    talk.say("Finish the other criteria")
    assert talk.asked not in ("", "offer")
    reply = talk.say("SD", response="SD")
    assert "Criterion 3" in reply and talk.asked != "offer", "the offer is made once"


def test_stating_a_fact_instead_of_answering_the_offer_is_heard(talk: Talk) -> None:
    talk.say("ECOG 2", ecog=2)
    talk.say("46M", age_years=46, sex="male")
    assert talk.record.facts()["sex"] == "male"


def test_a_new_candidate_carries_no_fact_over(talk: Talk) -> None:
    talk.say("46M ECOG 1", age_years=46, sex="male", ecog=1)
    talk.say("next patient, F", "new_candidate", sex="female")
    assert talk.record.facts() == {"sex": "female"}


def test_a_slip_on_new_candidate_can_be_taken_back(talk: Talk) -> None:
    talk.say("46M ECOG 1", age_years=46, sex="male", ecog=1)
    talk.say("start over", "new_candidate")
    talk.say("go back", "go_back")
    assert talk.record.facts() == {"age_years": 46, "sex": "male", "ecog": 1}


def test_repeating_a_known_fact_after_the_result_does_not_print_it_all_again(
    talk: Talk, everything: dict[str, Any]
) -> None:
    talk.say("the whole note", **everything)
    reply = talk.say("ECOG 1", ecog=1)
    assert "already have" in reply and talk.payload("screening_result") is None


def test_a_correction_after_the_result_gives_a_new_one(talk: Talk, everything: dict[str, Any]) -> None:
    talk.say("the whole note", **everything)
    talk.say("actually 71", corrected=True, age_years=71)
    result = talk.payload("screening_result")
    assert result is not None and result["decision"] == "excluded"
    assert not any("25" in text for text in result["would_change"]), "sample values are not limits"


def test_the_record_survives_as_json_at_every_point(talk: Talk, everything: dict[str, Any]) -> None:
    for name, value in everything.items():
        talk.say(f"{name} {value}", **{name: value})
        assert from_json(json.loads(json.dumps(talk.record.to_json()))) == talk.record
