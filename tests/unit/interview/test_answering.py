"""Answers, don't-knows, skips, corrections, contradictions."""

from __future__ import annotations

from bot.interview.record import Doubt

from .conftest import Talk


def test_dont_know_is_kept_as_not_known_and_never_asked_again(talk: Talk) -> None:
    talk.say("new candidate", "new_candidate")
    first = talk.asked
    talk.say("no idea", "dont_know")
    asked = set()
    while talk.record.open is not None:
        asked.add(talk.asked)
        talk.say("no idea", "dont_know")
    assert first not in asked
    assert first in talk.payload("screening_result")["not_known"]  # type: ignore[index]


def test_not_knowing_another_fact_says_nothing_of_the_open_one(talk: Talk) -> None:
    talk.say("ECOG 1", ecog=1)
    fact = talk.asked
    talk.say("histology dont know", "dont_know")
    assert talk.asked == fact and fact not in talk.record.answers


def test_a_skipped_question_comes_back_once_at_the_end(talk: Talk) -> None:
    talk.say("new candidate", "new_candidate")
    skipped, seen = talk.asked, []
    talk.say("skip", "skip")
    while talk.record.open is not None:
        seen.append(talk.asked)
        talk.say("skip" if talk.asked == skipped else "no idea", "skip" if talk.asked == skipped else "dont_know")
    assert seen[-1] == skipped and seen.count(skipped) == 1


def test_an_explicit_correction_says_old_new_and_what_moves(talk: Talk) -> None:
    talk.say("ECOG 1", ecog=1)
    reply = talk.say("sorry, ECOG is 2 not 1", corrected=True, ecog=2)
    assert "was 1" in reply and "now 2" in reply and "from met to not met" in reply


def test_two_values_without_a_correction_are_asked_about_not_overwritten(talk: Talk) -> None:
    talk.say("ECOG 1", ecog=1)
    reply = talk.say("ECOG 2", ecog=2)
    assert "You said ECOG 1 earlier, now ECOG 2. Which holds?" in reply
    assert "ecog" not in talk.record.facts(), "until it is settled it is unknown"
    assert talk.asked == "ecog"
    talk.say("1", ecog=1)
    assert talk.record.facts()["ecog"] == 1


def test_facts_that_contradict_each_other_are_shown_and_settled_by_choice(talk: Talk) -> None:
    talk.say("M0", m_category="M0")
    talk.say("Finish the other criteria")
    reply = talk.say("stage IVB, AJCC 9", stage_group="IVB", staging_edition=9)
    assert "Which holds?" in reply and "“M0”" in reply
    title = next(b.title for b in talk.record.open.buttons if b.fact == "m_category")  # type: ignore[union-attr]
    talk.say(title)
    facts = talk.record.facts()
    assert facts["m_category"] == "M0" and "stage_group" not in facts


def test_m1_made_more_exact_is_no_contradiction(talk: Talk) -> None:
    talk.say("M1", m_category="M1")
    talk.say("M1b", m_category="M1b")
    assert talk.record.facts()["m_category"] == "M1b"
    talk.say("M1", m_category="M1")
    assert talk.record.facts()["m_category"] == "M1b", "a vaguer word does not undo an exact one"


def test_an_impossible_value_is_refused_and_nothing_is_stored(talk: Talk) -> None:
    reply = talk.say("ECOG 7", ecog=7)
    assert "ecog" not in talk.record.facts() and "7" in reply


def test_unusable_answers_are_rephrased_then_helped_with(talk: Talk) -> None:
    talk.say("new candidate", "new_candidate")
    fact = talk.asked
    first = talk.say("well, hm", "inform")
    second = talk.say("hm, well", "inform")
    assert talk.asked == fact and first != second and "skip" in second


def test_a_doubt_about_a_known_value_leaves_it_open_until_it_is_settled(talk: Talk) -> None:
    talk.say("ECOG 1", ecog=1)
    talk.say("PS 1-2", doubts=(Doubt("ecog", "“PS 1-2” is a range", (1, 2)),))
    assert "ecog" not in talk.record.facts(), "a wrong “met” would be worse than a question"
    talk.say("Don't know", "dont_know")
    assert "ecog" not in talk.record.facts() and talk.asked != "ecog"


def test_naming_a_method_does_not_unsettle_an_agreement(talk: Talk) -> None:
    talk.say("agrees to contraception", contraception_agreed=True)
    talk.say("condoms", doubts=(Doubt("contraception_agreed", "“condoms” is a method", (True, False)),))
    assert talk.record.facts()["contraception_agreed"] is True


def test_two_patients_in_one_message_are_turned_down_and_the_talk_goes_on(talk: Talk) -> None:
    reply = talk.say("Pt A: PR. Pt B: SD", doubts=(Doubt("candidate", "This reads like two patients", ()),))
    assert "two patients" in reply
    assert talk.say("ECOG 1", ecog=1)


def test_a_second_drug_list_offers_both_together(talk: Talk) -> None:
    talk.say("GP", chemo_agents=["cisplatin", "gemcitabine"])
    talk.say("cisplatin dose reduced", chemo_agents=["cisplatin"])
    assert talk.record.facts()["chemo_agents"] == ["cisplatin", "gemcitabine"], "a part of the list is no conflict"
    talk.say("paclitaxel", chemo_agents=["paclitaxel"])
    assert "chemo_agents" not in talk.record.facts()
    talk.say("cisplatin + gemcitabine + paclitaxel")
    assert talk.record.facts()["chemo_agents"] == ["cisplatin", "gemcitabine", "paclitaxel"]


def test_histology_and_then_cytology_is_both(talk: Talk) -> None:
    talk.say("biopsy", confirmation="histology")
    talk.say("FNA", confirmation="cytology")
    assert talk.record.facts()["confirmation"] == "both"


def test_a_repeated_test_replaces_the_earlier_one(talk: Talk) -> None:
    talk.say("neg 1 Nov", sex="female", pregnancy_test_result="negative", pregnancy_test_date="2026-11-01")
    talk.say("pos 20 Nov", pregnancy_test_result="positive", pregnancy_test_date="2026-11-20")
    assert talk.record.facts()["pregnancy_test_result"] == "positive"


def test_of_three_facts_in_dispute_no_more_is_dropped_than_needed(talk: Talk) -> None:
    talk.say("IVA, 9th, 5 lesions", stage_group="IVA", staging_edition=9, metastatic_lesion_count=5)
    talk.say(next(b.title for b in talk.record.open.buttons if b.fact == "metastatic_lesion_count"))  # type: ignore[union-attr]
    assert talk.record.facts() == {"staging_edition": 9, "metastatic_lesion_count": 5}


def test_zero_and_false_are_values(talk: Talk) -> None:
    talk.say("ECOG 0, ICF not signed", ecog=0, icf_signed=False)
    assert talk.record.facts() == {"ecog": 0, "icf_signed": False}
