"""The headings of forms: which fact a label asks for, and what yes and no mean beside it.

The wording lies in data/lexicon/en/labels.yml. A label is compared as a whole, so that "Biobank consent" is no consent
to this study and "able to swallow" is no ability to keep to its visits.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from bot.extraction.lexicon import lexicon

LONGEST = 100  # characters of a label
NOTHING, WORDS = "nothing", "words"
_PART = re.compile(r"\[[^\]]*\]|\([^)]*\)|[^\s\[\](]+")
_BLANKS = re.compile(r"[\s_-]+")
_SLASH = re.compile(r" ?/ ?")
_BULLET = re.compile(r"^(?:[\s\"'{\[(•*✓✔·♦◦▪>,-]|\d{1,2}[.)](?!\d)|[a-h][.)]\s)+")
_NOTE = re.compile(r"\s*[(\[]([^()\[\]]{0,30})[)\]]\s*$")
# The limit of a criterion behind its heading: "ECOG 0-1", "age 18-70 years", "KPS >= 70".
_LIMIT = re.compile(
    r"\s*[(\[]?\s*(?:[<>≥≤]=?\s*\d{1,3}|\d{1,3}\s*(?:-|to|or|/)\s*\d{1,3})\s*(?:years|yrs|y)?\s*[)\]]?\s*$"
)
_LIMITED = frozenset({"age_years", "ecog", "kps", "metastatic_lesion_count"})


@dataclass(frozen=True, slots=True)
class Heading:
    """What a label asks for.

    facts: the facts that it fills. closed: yes or no is an answer to it. said: what "yes" and "no" mean, NOTHING where
    they do not settle the fact, WORDS where the sentence readers know better. limited: the label carries a limit.
    """

    facts: tuple[str, ...]
    closed: bool
    said: tuple[object, object] = (True, False)
    limited: bool = False


@dataclass(frozen=True, slots=True)
class _Headings:
    pattern: re.Pattern[str]
    by_group: dict[str, Heading]
    vocabulary: frozenset[str]
    notes: frozenset[str]


def heading(label: str) -> Heading | None:
    """What a label in lower case asks for; None where it is no known heading."""
    label = label.strip()
    return _heading(label) if 1 <= len(label) <= LONGEST else None


@lru_cache(maxsize=4096)
def _heading(label: str, language: str = "en") -> Heading | None:
    known = _headings(language)
    bare = _BULLET.sub("", label).rstrip("\"' *]")
    note = _NOTE.search(bare)
    if note is not None and _plain(note[1]).strip() in known.notes:
        bare = bare[: note.start()]
    limit = _LIMIT.search(bare)
    found = _exactly(bare, known)
    if found is None and limit is not None:
        found = _exactly(bare[: limit.start()], known)
        if found is None or found.facts[0] not in _LIMITED:
            return None
        return Heading(found.facts, found.closed, found.said, limited=True)
    return found


def _exactly(label: str, known: _Headings) -> Heading | None:
    plain = _plain(label)
    if not all(word in known.vocabulary for word in re.split(r"[ /&]+", plain.strip())):
        return None  # quickly told: most text in front of a colon is no heading
    match = known.pattern.fullmatch(plain)
    return known.by_group[match.lastgroup] if match and match.lastgroup else None


def _plain(label: str) -> str:
    """Hyphens, underscores and runs of blanks as one blank, and a blank at the end."""
    return _SLASH.sub("/", _BLANKS.sub(" ", label).strip(" .")) + " "


@cache
def _headings(language: str) -> _Headings:
    content: Any = lexicon(language)["labels"]
    by_group: dict[str, Heading] = {}
    parts: list[str] = []
    leads = "(?:" + _any(content["leads"]) + " )*"
    for name, entry in content["headings"].items():
        said = (entry.get("yes", True), entry.get("no", False))
        by_group[f"h_{name}"] = Heading(tuple(entry["facts"]), True, said)
        tail = f"(?:{_any(content[entry['tail']])} )*" if "tail" in entry else ""
        parts.append(f"(?P<h_{name}>(?:{'|'.join(_expression(label) for label in entry['labels'])}){tail})")
    for fact, labels in content["values"].items():
        by_group[f"v_{fact}"] = Heading((fact,), False)
        parts.append(f"(?P<v_{fact}>{'|'.join(_expression(label) for label in labels)})")
    return _Headings(
        re.compile(f"{leads}(?:{'|'.join(parts)})"),
        by_group,
        _vocabulary(content),
        frozenset(_plain(str(note)).strip() for note in content["notes"]),
    )


def _vocabulary(content: Any) -> frozenset[str]:
    labels = [label for entry in content["headings"].values() for label in entry["labels"]]
    labels += [label for group in content["values"].values() for label in group]
    text = " ".join([*labels, *content["leads"], *content["plan"]])
    return frozenset(re.split(r"[\s\[\]()|/&_-]+", text.lower())) - {""}


def _any(words: Iterable[str]) -> str:
    return "(?:" + "|".join(re.escape(_plain(str(word)).strip()) for word in words) + ")"


def _expression(label: str) -> str:
    """One label of the lexicon as an expression; every word is followed by one blank."""
    pieces = []
    for part in _PART.findall(str(label)):
        words = part[1:-1].split("|") if part[0] in "[(" else [part]
        piece = f"{_any(words)} "
        pieces.append(f"(?:{piece})?" if part[0] == "[" else piece)
    return "".join(pieces)
