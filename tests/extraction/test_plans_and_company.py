"""Dates planned for the candidate, who can come to the visits and with whom, answers that give no value."""

from __future__ import annotations

from datetime import date

import pytest

from bot.extraction import reader

TODAY = date(2026, 11, 22)
FACTS = frozenset({
    "willing", "able", "icf_signed", "icf_date", "therapy_adequate", "enrollment_date", "birth_date",
    "pregnancy_test_date", "pregnancy_test_result",
})  # fmt: skip


def _read(text: str, asked: str | None = None) -> dict[str, object]:
    facts = reader("en").read(text, asked, TODAY).facts
    return {fact: value for fact, value in facts.items() if fact in FACTS}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("will be enrolled on 25 Nov 2026", {"enrollment_date": "2026-11-25"}),
        ("subject will be randomised on Wednesday", {"enrollment_date": "2026-11-25"}),
        ("Up to 40 patients will be enrolled in 2 years.", {}),
        ("Subjects will be enrolled on 1 January 2026", {}),
        ("to start on 26 Nov (enrolment same day)", {"enrollment_date": "2026-11-26"}),
        ("CONSDAT=2026-11-16", {"icf_date": "2026-11-16"}),
        ("PREGDAT;2026-11-19", {"pregnancy_test_date": "2026-11-19"}),
        ("DOB 25061970", {"birth_date": "1970-06-25"}),
        ("Mrs Tan (1975-02-03) has NPC", {"birth_date": "1975-02-03"}),
        ("b. 12 May 1969, NPC", {"birth_date": "1969-05-12"}),
        ("a. biopsy b. 12 May 2025 PET", {}),
        ("hb 11.2. ecog 1", {}),
        ("she may first need a scan", {}),
    ],
)
def test_dates_of_the_candidate(text: str, expected: dict[str, object]) -> None:
    assert _read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("willingness to follow the schedule: yes", {"willing": True}),
        ("Willingness to comply with the protocol.", {}),
        ("lacks the ability to follow the schedule", {"able": False}),
        ("Patients must have the ability to follow the schedule.", {}),
        ("won't be able to attend the follow-up visits", {"able": False}),
        ("no way he can get here every week", {"able": False}),
        ("can't get time off work for the visits", {"able": False}),
        ("his job doesn't let him come to the visits", {"able": False}),
        ("his brother will drive him to every visit", {"able": True}),
        ("needs someone to bring her to every visit", {}),
        ("travel to the site isn't an issue", {"able": True}),
        ("can come and is willing", {"able": True, "willing": True}),
        ("is able to get out in the garden and visit friends", {}),
        ("unable to attend visits without his wife", {}),
        ("Wants to join, and has signed the consent form", {"willing": True, "icf_signed": True}),
        ("She's in her late forties", {}),
        ("Coil in place and agrees to keep it for the whole study", {}),
        ("agrees with the recommended medical treatment plan", {}),
    ],
)
def test_who_wants_and_who_can(text: str, expected: dict[str, object]) -> None:
    assert _read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dr Lim, who is the PI, considers the chemotherapy inadequate.", {"therapy_adequate": False}),
        ("Prof Chen regards the induction as adequate", {"therapy_adequate": True}),
        ("Dr Smith, the referring doctor, felt treatment was adequate", {}),
        ("Dr Wu says the margins are adequate", {}),
        ("Insufficient according to the PI", {"therapy_adequate": False}),
        (
            "plans to bring her sister, and signed the ICF on 18 Nov 2026",
            {"icf_signed": True, "icf_date": "2026-11-18"},
        ),
        ("Theatre consent signed 18 Nov 2026", {}),
    ],
)
def test_judgement_and_signature(text: str, expected: dict[str, object]) -> None:
    assert _read(text) == expected


@pytest.mark.parametrize(
    ("asked", "text", "expected"),
    [
        ("icf_signed", "awaiting her signature", False),
        ("icf_signed", "will be signing at the next visit", False),
        ("icf_signed", "got the signature today", True),
        ("icf_signed", "yes?", None),
        ("icf_signed", "no idea, yes the form is there", None),
        ("pregnancy_test_result", "not yet known", None),
        ("pregnancy_test_result", "yes and no", None),
        ("able", "in a care home 3 hours away, cannot travel", False),
        ("able", "lives 3 hours away, cannot travel alone", None),
    ],
)
def test_answers(asked: str, text: str, expected: bool | None) -> None:
    assert _read(text, asked).get(asked) is expected
