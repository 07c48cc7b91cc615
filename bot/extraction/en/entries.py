"""What stands behind a label: "Contraception agreed: No", "WOCBP | TBC", "Fertile = TRUE", "Willing to comply:".

A label alone states nothing. Its entry says yes, says no, or leaves the matter open (a question mark, "unknown",
"Yes / No" with nothing struck out, or nothing at all).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_END = r"(?=\s*(?:$|[,.;:)(\]\n]))"
_YES = r"(?:yes|y|yep|true|agreed|confirmed|done|given|positive|✓|✔|√)(?!\s?/)"
_NO = r"(?:no|n|nope|nil|none|false|never|refused|refuses|declined|declines|denied|absent|✗|✘)(?!\s?/)"
_OPEN = (
    r"(?:\?+|y(?:es)?\s?/\s?no?|no?\s?/\s?y(?:es)?|unknown|unclear|unsure|undecided|nk(?!,\s?(?:un)?-?diff)|n\.k\.?|n/k|n/?a|n\.a\.?|tbc|tbd|pending|awaited|awaiting\b[^\n;]{0,30}|"
    r"missing|blank|empty|open|later|to\sbe\s[a-z]+|not\s(?:yet\s)?(?:known|recorded|documented|discussed|asked|applicable|available|assessed|stated|"
    r"given|clear|sure|entered|reported|mentioned|noted|established|determined|decided|specified|checked|raised)(?:\s(?:yet|so\sfar))?|don'?t\sknow|"
    r"no\s(?:info|information|data|record|records|entry|answer|note|details)|_{2,}|\.{3,}|-{1,2})"
)
_ENTRY = re.compile(
    r"(?P<sign>(?:\s?\((?:y\s?/\s?n|yes\s?/\s?no|investigator|pi|per\spi)\))?(?:\s?\?)?(?:\s{0,3}(?:[:=|]|-?>|-(?=\s))\s{0,24}|\s?\?\s{0,3}|\s{1,4}))"
    rf"(?:(?P<open>{_OPEN}){_END}|(?P<yes>{_YES}){_END}|(?P<no>{_NO}){_END}|(?P<blank>(?=\s*(?:$|\n))))"
)


@dataclass(frozen=True, slots=True)
class Entry:
    """says: True, False, or None where it leaves the matter open. end: where it ends."""

    says: bool | None
    end: int


def entry(low: str, end: int) -> Entry | None:
    """The entry behind the words that end there, in a lower-case text; None where they are no label."""
    found = _ENTRY.match(low, end)
    if found is None:
        return None
    sign = found["sign"].strip()
    if found["blank"] is not None:
        return Entry(None, found.end()) if sign[-1:] in (":", "=", "|") else None
    if found["open"] is not None:  # without a sign "not known" may tell of anything: others judge it
        return Entry(None, found.end()) if sign and found["open"] not in ("-", "--") else None
    return Entry(found["yes"] is not None, found.end())
