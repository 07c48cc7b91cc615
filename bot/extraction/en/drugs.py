"""Drugs where the text names them, by generic name, brand, code, Chinese name, short name or misspelling.

The groups say only where a name is looked for (chemotherapy, immunotherapy, targeted); what a drug means for the
trial stands in data/drugs.yml.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.extraction.en.doses import beyond
from bot.extraction.en.terms import Hit, compiled
from bot.extraction.mention import Scene
from bot.extraction.quick import quick

CHEMOTHERAPY, IMMUNOTHERAPY, TARGETED = "chemotherapy", "immunotherapy", "targeted"
GROUPS = (CHEMOTHERAPY, IMMUNOTHERAPY, TARGETED)

# What stands between the drugs of one regimen: "gem/cis", "GP + tori", "cisplatin and 5-FU", "docetaxel, cisplatin".
JOINT = quick(
    r"[\s)(]{0,2}(?:[/+&,*-]|\band\b|\bplus\b|\bwith\b|\bcombined with\b|"
    r"\bin combination with\b|\btogether with\b|加|联合|和)?"
    r"[\s)(]{0,2}(?:iv |an? |the )?",
    re.IGNORECASE,
)
# A short name needs a plain sign of combination; a comma or a space is not enough ("doc and cis", "gem/cis").
_TIGHT_JOINT = quick(r"\s?(?:[/+&-]|\band\b|\bplus\b|\bwith\b)?\s?", re.IGNORECASE)
# ... or a dose that only a cytotoxic drug has: "FU 750 mg/m2", never "FU 3 weeks".
_DOSED = quick(r"\s?\d[\d.,]*\s?(?:mg|g)?\s?/\s?(?:m2|m²|m)(?![a-z])|\s?auc\s?\d", re.IGNORECASE)
# In a list parted by commas a short name must be a member of its own: "Xeloda, cis", never "cisplatin, doc says fine".
_COMMA = quick(r"\s?,\s?(?:and\s|plus\s)?")
_ENDS = quick(
    r"\s?(?:$|[,;.)+/&\n]|\(\s?(?:x\s?)?\d|q\d|x\s?\d|(?:and|plus|with|then|for|chemo\w*|regimen|doublet|given|completed|"
    r"as\s(?:the\s|his\s|her\s|their\s)?(?:first|1st|1l|front\w*|second|2nd|2l|chemo\w*)|"
    r"\d+\s?(?:x|cyc\w*))\b)"
)
_LEADS = quick(
    r"(?:^\s*|[,;:.(\n]\s*|(?<![a-z0-9])\d{1,2}\s?x\s|(?<![a-z])x\s?\d{1,2}\s|(?<![a-z])(?:had|has|got|gave|given|received|receiving|chemo\w*|was|were|is|with|"
    r"of|on|line|"
    r"regimen|and|plus|drugs?|agents?|doublet|cycles|treatment|therapy|it's|to)\s)$"
)
_UNKNOWN_ANTIBODY = quick(r"(?<![a-z])[a-z]{4,20}(?:mab|bart)(?:-[a-z]{4})?(?![a-z])")


@dataclass(frozen=True, slots=True)
class Drug:
    """A drug in the text: generic name and group."""

    name: str
    group: str
    start: int
    end: int


def drugs(scene: Scene) -> list[Drug]:
    """The drugs of the text in order, short names only beside another drug of the regimen."""
    found = [
        Drug(hit.label, group, hit.start, hit.end)
        for group in GROUPS
        for hit in compiled(scene.lexicon, "drugs", group).find(scene.text)
        if not _is_lookalike(scene, hit)
    ]
    taken = [(drug.start, drug.end) for drug in found]
    short = [
        hit
        for hit in compiled(scene.lexicon, "drugs", "short").find(scene.text)
        if not any(hit.start < end and start < hit.end for start, end in taken)
    ]
    places = sorted([*taken, *((hit.start, hit.end) for hit in short)])
    found.extend(
        Drug(hit.label, CHEMOTHERAPY, hit.start, hit.end)
        for hit in short
        if _DOSED.match(scene.text, hit.end) or _beside(scene.text, hit, places)
    )
    return sorted(found, key=lambda drug: drug.start)


def _is_lookalike(scene: Scene, hit: Hit) -> bool:
    """ "Mandibular tori" are bone."""
    words = scene.lexicon["drugs"]["lookalikes"].get(scene.low[hit.start : hit.end], ())
    return bool(words) and scene.low[max(0, hit.start - 24) : hit.start].strip(" -").endswith(tuple(words))


def _beside(text: str, hit: Hit, places: list[tuple[int, int]]) -> bool:
    """Whether a short name touches another drug name, joined by a sign or a word of combination."""
    for start, end in places:
        if 0 <= hit.start - end <= 50 and (
            _joined(text, end, hit.start)
            or (_COMMA.fullmatch(text[min(beyond(text, end), hit.start) : hit.start]) and _closes(text, hit.end))
        ):
            return True
        if 0 <= start - hit.end <= 50 and (
            _joined(text, hit.end, start)
            or (_COMMA.fullmatch(text[min(beyond(text, hit.end), start) : start]) and _begins(text, hit.start))
        ):
            return True
    return False


def _closes(text: str, end: int) -> bool:
    """Whether a short name ends its member of a list, its dose, route and rhythm left out ("gemcitabine, cis IV")."""
    return _ENDS.match(text, end) is not None or _ENDS.match(text, beyond(text, end)) is not None


def _begins(text: str, start: int) -> bool:
    """Whether nothing, or a word that leads to drugs, stands before a short name ("chemo was gem, cisplatin")."""
    return _LEADS.search(text[max(0, start - 24) : start].lower()) is not None


def _joined(text: str, end: int, start: int) -> bool:
    """Whether only doses and one sign of combination stand between two names."""
    return start > end and _TIGHT_JOINT.fullmatch(text, min(beyond(text, end), start), start) is not None


def classes(scene: Scene) -> list[Hit]:
    """Drugs said by their class only ("anti-PD-1", "immunotherapy", "platinum doublet")."""
    return compiled(scene.lexicon, "drugs", "classes").find(scene.text)


def unknown_antibodies(scene: Scene) -> Iterator[tuple[int, int]]:
    """Places of names that end like an antibody and that the lexicon does not know."""
    known = {drug.start for drug in drugs(scene)}
    known |= {hit.start for hit in compiled(scene.lexicon, "drugs", "other_drugs").find(scene.text)}
    for match in _UNKNOWN_ANTIBODY.finditer(scene.low):
        if match.start() not in known:
            yield match.span()
