"""What was filled in beside a heading: yes, no, nothing that settles it, or other words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache, lru_cache

from bot.extraction.lexicon import lexicon


class Kind(Enum):
    """The kinds of answer. EMPTY: nothing was filled in. OPEN: it is said to be unknown, pending, not applicable."""

    YES = auto()
    NO = auto()
    OPEN = auto()
    DOUBTFUL = auto()
    EMPTY = auto()
    OTHER = auto()


@dataclass(frozen=True, slots=True)
class Filled:
    """An answer and how many characters of the field it takes."""

    kind: Kind
    length: int


_LEAD = re.compile(r"[\s\"':=>|_.\[(]*(?<!\.)")
_ENDED = (
    r"(?=\s*(?:$|[,.;:()\[\]{}/\"!\n?]|-(?:\s|$))|\s-|\s\d| {2,}|"
    r"\s(?:by|until|till|so far|today|again|since|because|as|but|except|unless|if|provided|only)(?![a-z]))"
)
_STRICT = r"(?=\s*(?:$|[,;:)\]}\"\n]|\.\s|\.$))"  # behind a bare sign or digit, which may begin a number or a name
_TAKEN_BACK = re.compile(
    r"\s*\?|[^\n;:]{0,60}?(?<![a-z:])(?:but|however|except|provided|only|unless|pending|planned|awaiting|tbc|to be|"
    r"not yet|if)(?![a-z])"
)

_STRUCK = re.compile(r"[\s,;(-]*(?:crossed|struck|scored|deleted|entered in error|void)(?![a-z])")
# "ICF: to be signed on Thursday" is not known to stay open: it is not signed yet.
NOT_YET = re.compile(
    r"[\s:=]*(?:pending|planned|scheduled|due|to be (?:signed|obtained|done)|awaiting signature)(?![a-z])"
)


@cache
def _patterns(language: str) -> tuple[tuple[Kind, re.Pattern[str]], ...]:
    words = {key: [str(word) for word in value] for key, value in lexicon(language)["labels"]["answers"].items()}
    open_ = f"(?:{_any(words['open'])})(?![a-z0-9])|\\?+|-{{1,3}}(?=\\s*(?:$|[,;:\\n]))|\\.{{2,}}"
    return (
        (Kind.OPEN, re.compile(open_)),
        (Kind.DOUBTFUL, re.compile(f"(?:{_any(words['doubtful'])})(?![a-z0-9])")),
        (Kind.NO, _answer([*words["no"], *words["undone"]])),
        (Kind.YES, _answer([*words["yes"], *words["done"]])),
    )


def in_column(words: str) -> bool:
    """Whether a few words are yes, no or "not known" and nothing else, as a column of answers holds."""
    return words in _columns("en")


@cache
def _columns(language: str) -> frozenset[str]:
    lists = lexicon(language)["labels"]["answers"]
    return frozenset(str(word) for key in ("yes", "no", "open") for word in lists[key]) | {"?", "??", "-"}


def _answer(words: list[str]) -> re.Pattern[str]:
    long = [word for word in words if len(word) > 1 or not word.isascii()]
    short = [word for word in words if word not in long]
    letters = [word for word in short if word in "yn"]
    signs = [word for word in short if word not in "yn"]
    return re.compile(f"(?:{_any([*long, *letters])})(?![a-z0-9]){_ENDED}|(?:{_any(signs)})(?![a-z0-9]){_STRICT}")


def _any(words: list[str]) -> str:
    spelt = [re.escape(word).replace(r"\ ", r"\s{1,20}") for word in sorted(words, key=len, reverse=True)]
    return "|".join(spelt)


def filled_in(field: str, below: str = "") -> Filled:
    """What a field in lower case holds; below: the line under it, where the field is empty."""
    return _filled_in(field, below)


@lru_cache(maxsize=2048)
def _filled_in(field: str, below: str, language: str = "en") -> Filled:
    lead = _LEAD.match(field)
    at = lead.end() if lead else 0
    if not field[at:].strip(" .:_-"):
        under = _filled_in(below, "") if below.strip() else Filled(Kind.EMPTY, 0)
        if under.kind in (Kind.YES, Kind.NO) and not below[under.length :].strip(" ."):
            return Filled(under.kind, len(field) + 1 + under.length)
        if "-" in field[at:]:
            return Filled(Kind.OPEN, len(field))
        return Filled(Kind.EMPTY, len(field.rstrip()))
    for kind, pattern in _patterns(language):
        match = pattern.match(field, at)
        if match is not None:
            behind = field[match.end() :].lstrip()
            taken_back = kind is Kind.YES and _TAKEN_BACK.match(field, match.end()) is not None
            if taken_back or (kind in (Kind.YES, Kind.NO) and (behind[:1] == "?" or _STRUCK.match(behind) is not None)):
                kind = Kind.DOUBTFUL
            return Filled(kind, match.end())
    return Filled(Kind.OTHER, 0)
