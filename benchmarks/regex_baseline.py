"""A plain regular-expression reader: what an experienced engineer writes in a day, as a yardstick for Candid's.

One table of patterns (benchmarks/regex_table.py); three guards: a negation just before, talk of a relative, and an if,
a plan, another cancer or a question; and a few rules for bare replies. No pipeline, no doubts: it never asks. Its
author saw the development half only.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from benchmarks.regex_table import DATE, NUMBER, day_of, rules, whole

_FAMILY = re.compile(
    r"\b(?:mother|father|brother|sister|aunt|uncle|wife|husband|partner|daughter|son|cousin|fhx?)\b(?!.*(?:patient|,))",
    re.IGNORECASE,
)
_NOT_SAID = re.compile(
    r"\b(?:if|would|should|will|plan\w*|protocol|criteri\w*|hop\w+|possibl[ey]|probably|maybe|suspicious|consider\w*"
    r"|in case|almost|awaiting|what|can we|how many|lymphoma in"
    r"|(?:breast|lung|colon|kidney|other|another) (?:cancer|carcinoma|trial))\b|\?",
    re.IGNORECASE,
)
_ASKS = re.compile(r"[^.;\n?]*\?\s*$")
_NEGATION = re.compile(
    r"\b(?:no|not|never|without|denies|no evidence of|n't|isn't|hasn't)\s(?:\w+\s){0,2}$", re.IGNORECASE
)
_CLAUSE = re.compile(r"[.;\n]\s|\n|;|,? but ")
_RULES = rules()
_OF_OTHERS = frozenset({"sex", "partner_childbearing_potential", "icf_signed", "icf_date", "enrollment_date"})
_AHEAD = frozenset({"enrollment_date", "contraception_agreed", "sex"})  # "will enrol", "will use contraception"
_YES = re.compile(r"\s*(?:yes|y|yep|yeah|ok|confirmed|correct)\b", re.IGNORECASE)
_NO = re.compile(r"\s*(?:no|n|nope|not yet|none)\b", re.IGNORECASE)
_BOOLEAN = frozenset({
    "icf_signed", "willing", "able", "metastasis_on_imaging", "metastasis_biopsied", "platinum_doublet", "anti_pd1",
    "therapy_adequate", "childbearing_potential", "contraception_agreed", "partner_childbearing_potential",
})  # fmt: skip
_COUNTED = frozenset({
    "age_years", "ecog", "kps", "staging_edition", "metastatic_lesion_count", "therapy_line", "chemo_cycles",
})  # fmt: skip
_DATED = frozenset({"birth_date", "icf_date", "pregnancy_test_date", "enrollment_date"})
_BARE: dict[str, list[tuple[str, str]]] = {
    "sex": [("f|女", "female"), ("m|男", "male")],
    "confirmation": [("biopsy", "histology"), ("cytology", "cytology"), ("both", "both")],
    "response": [("complete", "CR"), ("partial", "PR"), ("stable", "SD"), ("progress", "PD")],
    "histology": [("ii$|2", "nonkeratinizing_differentiated"), ("iii$|3", "nonkeratinizing_undifferentiated")],
}


@dataclass
class Found:
    """What a baseline read, in the shape that `candid extract` writes; a baseline asks nothing."""

    facts: dict[str, Any] = field(default_factory=dict)
    evidence: dict[str, dict[str, Any]] = field(default_factory=dict)

    def add(self, fact: str, value: object, text: str, start: int, end: int) -> None:
        """Keep a value with its words; lists are united, of single values the last one counts."""
        if isinstance(value, list) and fact in self.facts:
            value = sorted({*self.facts[fact], *value})
        self.facts[fact] = value
        self.evidence[fact] = {"text": text[start:end], "start": start, "end": end}

    def to_dict(self) -> Mapping[str, Any]:
        return {"facts": self.facts, "evidence": self.evidence, "ask": []}


class RegexReader:
    """The baseline as a reader that `bot.evaluate` can score."""

    def read(self, text: str, asked: str | None = None, reference_date: date | None = None) -> Found:
        day, found = reference_date or date.today(), Found()
        clauses = [0, *(match.end() for match in _CLAUSE.finditer(text))]
        for fact, pattern, value_of, negatable in _RULES:
            for match in pattern.finditer(text):
                ahead = text[clauses[bisect_right(clauses, match.start()) - 1] : match.start()]
                if negatable and _NEGATION.search(ahead[-25:]):
                    continue
                if fact not in _AHEAD and _NOT_SAID.search(ahead):
                    continue
                if _ASKS.match(text, match.end()):
                    continue
                if fact not in _OF_OTHERS and _FAMILY.search(ahead):
                    continue
                if (value := value_of(match, day)) is not None:
                    found.add(fact, value, text, *match.span())
        if asked is not None and asked not in found.facts:
            self._bare(found, text, asked, day)
        return found

    def _bare(self, found: Found, text: str, asked: str, day: date) -> None:
        """A reply that says nothing but the value: "yes", "1", "18 Nov 2026"."""
        value: object = None
        if asked in _BOOLEAN and (_YES.match(text) or _NO.match(text)):
            value = bool(_YES.match(text))
        elif asked in _COUNTED and (match := re.search(rf"\b{NUMBER}\b", text, re.I)):
            value = whole(match[1])
        elif asked in _BARE:
            value = next((v for pattern, v in _BARE[asked] if re.match(pattern, text.strip(), re.I)), None)
        elif asked in _DATED and (match := re.search(DATE, text, re.I)):
            value = day_of(match[0], day)
        if value is not None:
            found.add(asked, value, text, 0, len(text))
