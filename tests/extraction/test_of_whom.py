"""Criteria, definitions, reports of many, forms, other patients: nothing of it is said of the candidate.

And the other way round: what is said of the candidate between such words is read.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.extraction import reader

TODAY = date(2026, 11, 22)


def read(text: str) -> dict[str, Any]:
    return dict(reader().read(text, None, TODAY).facts)


@pytest.mark.parametrize(
    "text",
    [
        "Main inclusion criteria: adults up to 75, WHO II/III, ECOG 0-2, gem-cis x4-6 with a PD-1 antibody, CR or PR",
        "Participants are required to have a negative serum hCG no more than 72 hours before the first fraction",
        "Exclusion: keratinising carcinoma, brain metastases, pregnancy, refusal of contraception",
        "Women of reproductive potential must use effective contraception for 4 months afterwards",
        "Any patient with PD before randomisation is a screen failure",
        "a patient with ECOG 2 cannot be enrolled",
        "The patient must have achieved CR or PR after 4 cycles of GP plus toripalimab",
        "The subject should be at least 18 years old and have signed the ICF",
        "You must be between 18 and 70 and your ECOG must be 0 or 1.",
        "1) Age 18-70 2) ECOG 0-1 3) histologically confirmed nonkeratinizing NPC 4) CR or PR",
        "Stage IVB means any T, any N, M1b.",
        "Those with hepatitis B need antivirals before cisplatin and gemcitabine",
        "the sponsor confirmed that PR by investigator is fine",
        "screening failures are mostly ECOG 2 or PD",
        "pregnant or breastfeeding, or a positive pregnancy test at study entry",
    ],
)
def test_a_rule_is_nobodys(text: str) -> None:
    assert read(text) == {}


@pytest.mark.parametrize(
    "text",
    [
        "Key eligibility\n- Histologically proven NPC, non-keratinising\n- Stage IVB (AJCC 9)\n- ECOG 0 or 1\n- M1",
        "Inclusion criteria for the second part:\n\n- NPC, undifferentiated\n\n- PR\n\n- GP x4",
        "Who can join?\n* people 18-70\n* ECOG 0-1\n* M1 nasopharyngeal cancer\n* partial response after chemo",
        "Arms and interventions\nExperimental: toripalimab plus gemcitabine and cisplatin for 6 cycles\n"
        "Active comparator: placebo plus gemcitabine and cisplatin",
    ],
)
def test_a_heading_or_a_limit_makes_a_list_of_criteria(text: str) -> None:
    assert read(text) == {}


@pytest.mark.parametrize(
    "text",
    [
        "In arm A 42 patients received docetaxel and cisplatin, 3 cycles, and 18 reached PR",
        "ORR was 81% with camrelizumab + GP, CR in 12 patients (n=12)",
        "Median age was 48 years, 76% were male, and most had WHO type III histology.",
        "A phase III trial of GP plus toripalimab versus GP alone in recurrent or metastatic NPC",
        "Adverse events in the toripalimab arm: neutropenia 58%, anaemia 49%; PR 63%",
        "Chinese guidelines recommend gemcitabine and cisplatin plus a PD-1 antibody for metastatic NPC.",
        "Toripalimab is a PD-1 antibody made in China.",
        "Wong KL, Lee AB, et al.: Gemcitabine and cisplatin in metastatic nasopharyngeal carcinoma.",
        "All patients were staged by AJCC 8 and received 3 cycles of induction TPF; one was CR.",
        "In Hong Kong most of our NPCs are undifferentiated, WHO III.",
    ],
)
def test_a_report_of_many_is_nobodys(text: str) -> None:
    assert read(text) == {}


@pytest.mark.parametrize(
    "text",
    [
        "Partial response (PR) is defined as a decrease of at least 30% in the sum of diameters",
        "ECOG 0: fully active. ECOG 1: restricted in strenuous activity but ambulatory. ECOG 2: capable of self-care.",
        "T3: invasion of bony structures. T4: intracranial extension. N1: unilateral nodes. M1: distant metastasis.",
        "WHO type I is keratinizing, type II is differentiated, type III is undifferentiated",
        "Karnofsky 80 corresponds to ECOG 1 in most tables",
        "GP = gemcitabine plus cisplatin",
    ],
)
def test_a_definition_is_nobodys(text: str) -> None:
    assert read(text) == {}


@pytest.mark.parametrize(
    "text",
    [
        "fictitious patient for the demo: 50F, ECOG 0, CR, GP x6",
        "Mock entry: 61F, ECOG 1, T4N1M1, CR.",
        "Sample sentence for the report: The patient is 54 years old and ECOG 1.",
        "the last lady I screened was 61, ECOG 1, CR",
        "a similar case: 47M, undifferentiated, GP x4, SD",
        "Last month we had a 54-year-old man with T3N2M1, PR after GP x6; he failed on ECOG 2.",
        "My colleague in Guangzhou enrolled a 68-year-old with M1b disease and PR last week",
    ],
)
def test_another_patient_or_a_made_up_one_is_not_the_candidate(text: str) -> None:
    assert read(text) == {}


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("Pregnancy test: [ ] neg [ ] pos   Sex: [ ] M [ ] F", {}),
        ("Sex: [x] F [ ] M   Pregnancy test: [x] neg [ ] pos", {"sex": "female", "pregnancy_test_result": "negative"}),
        ("Response: CR [ ] PR [x] SD [ ] PD [ ]", {"response": "PR"}),
        ("ECOG (circle one): 0 1 2 3 4", {}),
        ("ICF signed: ☐ yes ☐ no", {}),
        ("Yes / No   I agree to use contraception during the study", {}),
        ("ECOG 0 □ 1 ☒ 2 □", {"ecog": 1}),
        ("- [x] ICF signed\n- [ ] willing to follow all visits", {"icf_signed": True}),
    ],
)
def test_only_a_ticked_box_says_something(text: str, facts: dict[str, Any]) -> None:
    assert read(text) == facts


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("age (18-70): 44\nECOG (0-1): 1\nResponse CR/PR: CR", {"age_years": 44, "ecog": 1, "response": "CR"}),
        ("Age | 18-70 | 52 | met\nECOG | 0-1 | 1 | met", {"age_years": 52, "ecog": 1}),
        ("Inclusion 1 age 18-70: 66. Inclusion 6 ECOG 0-1: 0.", {"age_years": 66, "ecog": 0}),
        ("Eligibility\n- age 63\n- ECOG 1\n- PR", {"age_years": 63, "ecog": 1, "response": "PR"}),
    ],
)
def test_a_checklist_gives_the_value_and_not_the_limit(text: str, facts: dict[str, Any]) -> None:
    assert read(text) == facts


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("Protocol: ECOG 0-1. She is ECOG 2.", {"ecog": 2, "sex": "female"}),
        ("Inclusion criteria: all met. ECOG 1, PR.", {"ecog": 1, "response": "PR"}),
        ("All inclusion criteria met: 54F, ECOG 1", {"age_years": 54, "sex": "female", "ecog": 1}),
        ("The patient meets the inclusion criteria: ECOG 1, PR", {"ecog": 1, "response": "PR"}),
        ("Patients over 70 are out, but this man is 69.", {"age_years": 69, "sex": "male"}),
        ("PI read the protocol again. ECOG 1. PR on 3 Nov 2026.", {"ecog": 1, "response": "PR"}),
        ("Previous patient was a screen failure (ECOG 2). This one: 55M, ECOG 0.",
         {"age_years": 55, "sex": "male", "ecog": 0}),
        ("a woman of 44 with NPC, PR",
         {"sex": "female", "age_years": 44, "primary_site": "nasopharynx", "response": "PR"}),
        ("CR (needs CR or PR), ECOG 0 (needs 0-1), age 49 (needs 18-70)",
         {"response": "CR", "ecog": 0, "age_years": 49}),
        ("T4N2M1 (any T any N M1 required)", {"t_category": "T4", "n_category": "N2", "m_category": "M1"}),
        ("signed the consent form for this trial on 19 Nov 2026", {"icf_signed": True, "icf_date": "2026-11-19"}),
        ("willing and able to comply with the protocol", {"willing": True, "able": True}),
        ("Participant 014 is aged 45, ECOG 0. The participant has signed the ICF.",
         {"age_years": 45, "ecog": 0, "icf_signed": True}),
    ],
)  # fmt: skip
def test_between_rules_the_candidate_is_read(text: str, facts: dict[str, Any]) -> None:
    assert read(text) == facts


@pytest.mark.parametrize(
    "text",
    ["is nab-pac with cis x3 enough or do we need x4", "can a man with a vasectomy skip that question",
     "so PD-1 plus capecitabine would be no doublet, right?", "SD after four cycles allowed?"],
)  # fmt: skip
def test_a_question_without_its_usual_form_states_nothing(text: str) -> None:
    assert read(text) == {}


def test_a_wrapped_line_does_not_end_its_sentence() -> None:
    text = (
        "On examination in our department the new PET-CT demonstrated metastases in the liver and in the bones, six\n"
        "lesions altogether; a urine pregnancy test was not needed because she had had a hysterectomy in 2015; ECOG\n"
        "1 now."
    )
    facts = read(text)
    assert (facts["metastatic_lesion_count"], facts["ecog"]) == (6, 1)
