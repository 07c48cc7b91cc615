"""Corrections in one breath: the new value is read, and the fact is known to be corrected."""

from __future__ import annotations

from datetime import date

import pytest

from bot.extraction import reader

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "fact", "value"),
    [
        ("sorry, response is PR not CR", "response", "PR"),
        ("correction: response is PR, not CR", "response", "PR"),
        ("response should be PR, not CR", "response", "PR"),
        ("age should be 46, not 17", "age_years", 46),
        ("cycles are 4 not 1", "chemo_cycles", 4),
        ("sorry, the number of cycles is 4 not 1", "chemo_cycles", 4),
        ("forget ECOG 1, it is 2", "ecog", 2),
        ("forget PR, it is SD", "response", "SD"),
        ("ignore the ECOG 1, she is ECOG 2", "ecog", 2),
        ("the M category should be M1, not M0", "m_category", "M1"),
        ("the pregnancy test should be positive, not negative", "pregnancy_test_result", "positive"),
        ("correction: histology is WHO III, not WHO II", "histology", "nonkeratinizing_undifferentiated"),
        ("sex should be male, not female", "sex", "male"),
        ("DOB should be 14 March 1980, not 14 March 1982", "birth_date", "1980-03-14"),
        ("chemo should be gem/cis, not TPF", "chemo_agents", ["cisplatin", "gemcitabine"]),
        ("stage should be IVB, not IVA", "stage_group", "IVB"),
        ("edition should be 9, not 8", "staging_edition", 9),
        ("correction: tori, not camre", "io_agents", ["toripalimab"]),
        ("KPS should be 80, not 90", "kps", 80),
        ("number of lesions should be 5, not 2", "metastatic_lesion_count", 5),
        ("sorry, she is willing, not unwilling", "willing", True),
        ("sorry, she has not signed", "icf_signed", False),
    ],
)
def test_the_new_value_is_read_and_marked_as_corrected(text: str, fact: str, value: object) -> None:
    for asked in (None, "confirmation", "willing", "metastatic_lesion_count"):
        reading = reader().read(text, asked, TODAY)
        assert reading.facts.get(fact) == value
        assert fact in reading.corrected or (asked == fact)
        evidence = reading.evidence[fact]
        assert text[evidence.start : evidence.end] == evidence.text


@pytest.mark.parametrize("text", ["forget ECOG 1", "not WHO II", "histology is not WHO II", "not camre"])
def test_what_is_taken_back_or_denied_leaves_no_value(text: str) -> None:
    assert dict(reader().read(text, None, TODAY).facts) in ({}, {"confirmation": "histology"})
