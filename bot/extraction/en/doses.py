"""Doses, days and routes beside a drug ("1000 mg/m2 d1,8 iv q3w"): skipped to see the words that they part."""

from __future__ import annotations

import re

_PER = r"(?:\s?(?:/|per\s)\s?(?:m2|m²|m\^2|m|kg|d|day|dose|24\s?h)(?![a-z0-9]))"
_FIGURE = r"\d+(?:[.,]\d+)*(?:\s?-\s?\d+(?:[.,]\d+)*)?"
# A bare figure is a dose from 20 on; below it may count cycles.
_AMOUNT = (
    rf"(?:{_FIGURE}\s?(?:m?g|µg|ug|mcg|iu|u|ml|%)(?![a-z]){_PER}*|{_FIGURE}{_PER}+|"
    r"(?:[2-9]\d|\d{3,4}|\d\.\d)(?![\d/]|\.\d|,\d|\s?(?:cyc|cours|round|x|#|dos|inf)))"
)
_DAYS = r"(?:d|days?)\s?\d{1,2}(?:\s?(?:[,&/+-]|and|to|\s)\s?(?:d|days?)?\s?\d{1,2}(?!\d|\s?(?:x|cyc|cours|mg)))*"
_DOSE = (
    rf"(?:{_DAYS}|auc\s?=?\s?\d(?:\.\d)?|q\s?\d{{1,2}}\s?(?:d|w|wks?|weeks?|days?)?(?![a-z])|q[23]w|"
    r"(?:every|each)\s(?:3|three|2|two|21)\s(?:weeks?|days?)|"
    r"(?:iv|po|ivgtt|vgtt|civ|ci|bid|od|orally|oral|infusion|pump|bolus|each\stime|flat)(?![a-z])|"
    rf"over\s\d+\s?(?:h|hrs?|hours?|min)(?![a-z])|{_AMOUNT})"
)
DOSES = rf"(?:[\s,(@:=-]{{0,2}}{_DOSE}\)?){{0,8}}"
_BEHIND = re.compile(DOSES, re.IGNORECASE)


def beyond(text: str, end: int) -> int:
    """The offset behind the doses that follow a drug; the offset itself where none follow."""
    match = _BEHIND.match(text, end, end + 90)
    return match.end() if match else end
