"""Which day is meant, and which fact it is the day of. The message is of Sunday, 22 November 2026."""

from __future__ import annotations

from datetime import date

import pytest

from bot.extraction import reader

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "asked", "fact", "day"),
    [
        ("ICFsigned 17Nov2026,ECOG0", None, "icf_date", "2026-11-17"),
        ("born on the twenty-third of September nineteen seventy-one", None, "birth_date", "1971-09-23"),
        ("date of birth fifth of january two thousand and four", None, "birth_date", "2004-01-05"),
        ("DOB 3.4.62 (dd.mm.yy)", None, "birth_date", "1962-04-03"),
        ("DOB 3/4/1962 (mm/dd/yyyy)", None, "birth_date", "1962-03-04"),
        ("her sister, born 4 May 1970, had breast cancer", None, "birth_date", None),
        ("DOB 02Oct1956", None, "birth_date", "1956-10-02"),
        ("was enrolled in the JUPITER trial on 4 March 2020", None, "enrollment_date", None),
        ("enrolment moved from 24 Nov to 30 Nov 2026", None, "enrollment_date", "2026-11-30"),
        ("enrolled in the study on 1 December 2026", None, "enrollment_date", "2026-12-01"),
        ("planned enrolment: the first of December", None, "enrollment_date", "2026-12-01"),
        ("will be randomised on 26 Nov", None, "enrollment_date", "2026-11-26"),
        ("Report electronically signed 12 Nov 2026", None, "icf_date", None),
        ("signed the ICF 20 minutes ago", None, "icf_date", "2026-11-22"),
        ("consent form signed on the eighteenth of november", None, "icf_date", "2026-11-18"),
        ("urine pregnancy test in clinic today negative", None, "pregnancy_test_date", "2026-11-22"),
        ("serum hCG on admission 20 Nov 2026: negative", None, "pregnancy_test_date", "2026-11-20"),
        ("hCG equivocal on 22 November 2026", None, "pregnancy_test_date", "2026-11-22"),
        ("The ICF template was amended on 3 Feb 2026", None, "icf_date", None),
        ("patient 4 may be enrolled", None, "enrollment_date", None),
        ("Patient signed consent on Nov 12, 2026", None, "icf_date", "2026-11-12"),
        ("Nov 17 2026, also d.o.b. 19/02/1985", "pregnancy_test_date", "pregnancy_test_date", "2026-11-17"),
        ("postponed from 26 Nov to 3 Dec 2026", "enrollment_date", "enrollment_date", "2026-12-03"),
        ("changed to 30 Nov", "enrollment_date", "enrollment_date", "2026-11-30"),
        ("Monday week, 30 Nov", "enrollment_date", "enrollment_date", "2026-11-30"),
        ("on Friday", "icf_date", "icf_date", "2026-11-20"),
        ("the 19th", "icf_date", "icf_date", "2026-11-19"),
        ("nineteenth of June nineteen sixty-four", "birth_date", "birth_date", "1964-06-19"),
        ("03/04/1965", "birth_date", "birth_date", None),
        ("23/4/65", "birth_date", "birth_date", "1965-04-23"),
        ("yesterday evening", "pregnancy_test_date", "pregnancy_test_date", "2026-11-21"),
        ("a couple of hours ago", "pregnancy_test_date", "pregnancy_test_date", "2026-11-22"),
        ("2 hours ago", "pregnancy_test_date", "pregnancy_test_date", "2026-11-22"),
        ("ICF signed the third of November", None, "icf_date", "2026-11-03"),
        ("ICF v3.0 dated 12 March 2026 signed by patient", None, "icf_date", None),
        ("ICF v3.0 of 12 March 2026 signed by patient on 15 Nov 2026", None, "icf_date", "2026-11-15"),
        ("UPT neg (19/11/2026)", None, "pregnancy_test_date", "2026-11-19"),
        ("to be enrolled next month", None, "enrollment_date", None),
        ("aim to enrol on Friday", None, "enrollment_date", "2026-11-27"),
        ("DOB: 1958.01.31", None, "birth_date", "1958-01-31"),
        ("born Dec 1st, 1949", None, "birth_date", "1949-12-01"),
        ("Date of report 12 Mar 1970", None, "birth_date", None),
        ("his twins were born on 3 March 2010", None, "birth_date", None),
        ("covid test negative 12 Nov 2026", None, "pregnancy_test_date", None),
        ("the study enrolled its first patient on 12 May 2025", None, "enrollment_date", None),
        ("She was enrolled in hospice on 3 Oct 2026", None, "enrollment_date", None),
        ("tested negative for pregnancy on 20 November 2026", None, "pregnancy_test_date", "2026-11-20"),
        ("SUBJ 12; ICFDT=2026-11-10; HCG=NEG; HCGDT=2026-11-19", None, "icf_date", "2026-11-10"),
        ("SUBJ 12; ICFDT=2026-11-10; HCG=NEG; HCGDT=2026-11-19", None, "pregnancy_test_date", "2026-11-19"),
        ("BRTHDTC: 1970-02-01", None, "birth_date", "1970-02-01"),
    ],
)
def test_the_day_of_a_fact(text: str, asked: str | None, fact: str, day: str | None) -> None:
    assert reader().read(text, asked, TODAY).facts.get(fact) == day
