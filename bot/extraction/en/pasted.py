"""Pasted forms made readable: "ICF signed? yes", columns with commas, endless strings. Lengths never change."""

from __future__ import annotations

import re
from itertools import pairwise

from bot.extraction.en.tick_boxes import without_unticked
from bot.extraction.quick import quick

_ANSWERED = quick(
    r"(?<![a-z])(?:willing|able|comply|signed|icf|consent|contraception|agrees?|hysterectomy|"
    r"menopausal|postmenopausal|menopause|pregnant|"
    r"partner|periods|wife|potential|conceive|done|present|uterus|negative|positive)"
    r"\s?\?(?=\s{0,2}(?:(?:she|he)\s(?:said|says)\s)?(?:yes|no|y|n|yep|nope|not yet|none|done)(?![a-z]))",
    re.IGNORECASE,
)
_VALUED = quick(
    r"(?<![a-z])(?:ecog|ps|kps|age|dob|sex|lmp)(?:\s(?=\?\s))?\?(?=\s{0,2}(?:\d|f\b|m\b|male|female))", re.IGNORECASE
)
_EMOJI = re.compile("[♀♂]\ufe0f")  # a shrugging woman is no woman who is spoken of
_NOISE = quick(r"[A-Za-z0-9_\u00c0-\u024f]{80,}|\d{80,}")  # no word and no number is that long
_PAIR = quick(r"^(?P<label>[^\S\n]*[A-Za-z][A-Za-z /()_-]{0,30})(?P<sep>[,;])(?=[^,;\n]{1,40}$)", re.MULTILINE)


def plain_layout(text: str) -> str:
    """ "ICF signed? yes" as "ICF signed: yes", pasted columns "ECOG,1" as "ECOG:1"; as long as before."""
    text = _unwrapped(text) if "\n" in text else text
    text = without_unticked(text)
    text = _EMOJI.sub(lambda match: " " * len(match.group()), text)
    text = _NOISE.sub(lambda match: "#" * len(match.group()), text)
    for pattern in (_ANSWERED, _VALUED):
        text = pattern.sub(lambda match: match.group()[:-1] + ":", text)
    if "\n" in text and sum(1 for _ in _PAIR.finditer(text)) >= 3:
        text = _PAIR.sub(lambda match: match["label"] + ":", text)
    return text


_ITEM = quick(r"\s*(?:[-*•✓✔♦▪>:|\[]|\(?\w{1,2}[.)]\s|[A-Za-z][\w /()-]{0,28}\s?[:=])")
_NARROW = 55  # characters; shorter lines are entries, unless the sentence visibly goes on
_WIDE = 70  # characters of the longest line, from which on a text is taken to be wrapped


def _unwrapped(text: str) -> str:
    """Line breaks that only wrap a sentence as blanks: the next line goes on in lower case, or did not fit."""
    rows = text.split("\n")
    width = max(map(len, rows))
    signs = []
    for row, after in pairwise(rows):
        row, word = row.rstrip(), after.strip().split(" ", 1)[0]
        open_ended = bool(row) and row[-1] not in ".;:!?" and bool(word) and _ITEM.match(after) is None
        goes_on = word[:1].islower() and len(row) > _NARROW
        no_room = width > _WIDE and len(row) + len(word) + 1 > width - 3
        signs.append(" " if open_ended and (goes_on or no_room) else "\n")
    return "".join(row + sign for row, sign in zip(rows, [*signs, ""], strict=True))
