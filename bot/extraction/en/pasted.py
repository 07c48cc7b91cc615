"""Pasted forms made readable: "ICF signed? yes", columns with commas, endless strings. Lengths never change."""

from __future__ import annotations

import re

_ANSWERED = re.compile(
    r"(?<![a-z])(?:willing|able|comply|signed|icf|consent|contraception|agrees?|hysterectomy|"
    r"menopausal|postmenopausal|menopause|pregnant|"
    r"partner|periods|wife|potential|conceive|done|present|uterus|negative|positive)"
    r"\s?\?(?=\s{0,2}(?:(?:she|he)\s(?:said|says)\s)?(?:yes|no|y|n|yep|nope|not yet|none|done)(?![a-z]))",
    re.IGNORECASE,
)
_VALUED = re.compile(
    r"(?<![a-z])(?:ecog|ps|kps|age|dob|sex|lmp)\s?\?(?=\s{0,2}(?:\d|f\b|m\b|male|female))", re.IGNORECASE
)
_NOISE = re.compile(r"[A-Za-z0-9_\u00c0-\u024f]{80,}")  # no word and no number is that long
_PAIR = re.compile(r"^(?P<label>[^\S\n]*[A-Za-z][A-Za-z /()_-]{0,30})(?P<sep>[,;])(?=[^,;\n]{1,40}$)", re.MULTILINE)


def plain_layout(text: str) -> str:
    """ "ICF signed? yes" as "ICF signed: yes", pasted columns "ECOG,1" as "ECOG:1"; as long as before."""
    text = _NOISE.sub(lambda match: "#" * len(match.group()), text)
    for pattern in (_ANSWERED, _VALUED):
        text = pattern.sub(lambda match: match.group()[:-1] + ":", text)
    if "\n" in text and sum(1 for _ in _PAIR.finditer(text)) >= 3:
        text = _PAIR.sub(lambda match: match["label"] + ":", text)
    return text
