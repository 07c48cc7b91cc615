"""Which of the drugs that a text names were given in the course that the response belongs to.

Drugs of an adjuvant, concurrent or maintenance course, planned drugs, drugs that were not given and drugs for another
cancer are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from spacy.tokens import Doc

from bot.extraction.en.doses import beyond
from bot.extraction.en.drugs import CHEMOTHERAPY, IMMUNOTHERAPY, JOINT
from bot.extraction.en.given import denied, for_another_disease, judged, only_thought_of, said_after, said_elsewhere
from bot.extraction.en.history import of_another_cancer
from bot.extraction.en.terms import after, before
from bot.extraction.lexicon import alternation, lexicon
from bot.extraction.mention import Mention, Scene
from bot.extraction.qualifiers import cue_at, qualify
from bot.extraction.quick import quick

_GIVEN_BETWEEN = quick(
    r"\b(?:after|following|post|completed|received|had|given|since|finished|s/p|done|"
    r"responded)\b"
)
_RT = alternation(lexicon("en")["given"]["radiotherapy"])
ROLE_BEFORE = quick(
    r"(?:\bccrt|\bcrt\b|chemorad\w*|concurrent\w*|concomitant\w*|"
    r"(?<!three[ -])(?<!3[ -])(?<!two[ -])(?<!2[ -])(?<!tri)weekly|"
    r"(?<!neo)(?<!neo-)\badjuvant|maintenance|maint\b|maintained on|radiosensiti\w+|"
    rf"\b(?:with|during|alongside) (?:{_RT})|(?<![a-z])(?:{_RT})\s?[+/&])[\s:(]{{0,2}}(?:with |on |of |using |"
    r"chemo\w* |therapy |treatment |low-dose |oral |iv |regimen |cycles? |\d+ |x |then |and |single-agent |\+ )*$"
)
ROLE_AFTER = quick(
    r"^[\s(,]{0,2}(?:weekly|maintenance|maint\b|to maintain|as consolidation|(?:was |as |in |"
    r"for |given |single-agent |monotherapy )*(?:the )?(?<!neo)(?:adjuvant\w*|maintenance|concurrent\w*|"
    r"concomitant\w*|radiosensiti\w+)|"
    r"(?:given |chemo\w* |x\s?\d |cycles? )*(?:\+|and|with|-|concurrent with|concurrently with|during|"
    r"alongside|throughout)\s?(?:the |his |her |whole |pelvic |neck |definitive |radical )*"
    rf"(?:{_RT})(?![a-z])|(?:-|\s)?based (?:ccrt|crt|chemorad))"
)
# Cisplatin on days 1, 22 and 43 is given during radiotherapy, whatever else is said.
_WITH_RADIOTHERAPY = quick(r"^[^.;\n]{0,24}?d(?:ay)?s?\s?1\s?[,&/+-]?\s?(?:d(?:ay)?\s?)?22(?!\d)")
_THEN_SINGLE = quick(
    r"(?:then|followed by|followed with|continued (?:on|with)|later|>|->|switched to|"
    r"moved to|changed to)\s(?:oral\s|single[- ]agent\s|on\s)*$"
)
# "switched to pembrolizumab for progression": a later line, not the regimen that brought the response
_SWITCHED_TO = quick(
    r"(?:switch\w*|chang\w*|convert\w*|moved|rotated|went)\s(?:over\s|on\s)?to\s(?:[\w/+-]+\s(?:and|plus|[+/])\s)*$"
)
_LATER_LINE = quick(r"progress\w*|(?<![a-z0-9-])pd(?![a-z0-9-])|relaps\w*|second[\s-]line|2nd[\s-]line|2l(?![a-z])")
# "Failed GP, now docetaxel", "second line after PF": where another regimen follows, these drugs were an earlier line.
_FAILED_BEFORE = quick(
    r"(?<![a-z])(?:fail\w*|progress\w*|relaps\w*|recur\w*|refractory|pd|resistan\w+)\s(?:on|to|under|after|"
    r"with|of|following|despite)?\s?(?:the\s|first[\s-]line\s|1l\s|previous\s|prior\s|failure\sof\s|of\s|"
    r"on\s)*(?:[\w/-]+\s?(?:[+/&]|and|plus|with)\s?){0,2}$"
)
_EARLIER_LINE = quick(
    r"(?<![a-z0-9])(?:second|2nd|third|3rd|[23]l)(?:[\s-]line)?(?:\s\w+){0,2}\safter\s(?:failure\sof\s|"
    r"failing\s|the\s)*(?:[\w/-]+\s?(?:[+/&]|and|plus|with)\s?){0,2}$"
)
_MAINTENANCE_LIKE = frozenset({"capecitabine", "tegafur"})
_ANOTHER_TIME = quick(
    r"^[\s,(]{0,2}(?:in |for [\w\s]{0,20})?(?:19|20)[01]\d\b|^\s(?:for|in|against) (?:an? |his |her |the |"
    r"earlier |old |"
    r"stage \w+ |metastatic |advanced )*(?:breast|colon|colorectal|rectal|lung|gastric|stomach|ovar|lymphoma|"
    r"hodgkin|leuk|"
    r"myeloma|melanoma|sarcoma|bladder|urothelial|prostate|thyroid|hcc|liver cancer|kidney|renal|cervi|endometri|"
    r"o?esophag|pancrea|skin|testic|seminoma|germ cell|glioma|hepato|cholangio|another|other|previous|second|"
    r"different)"
)


@dataclass(frozen=True, slots=True)
class Given:
    """Drugs that stand in one place of the text. kind: chemotherapy, immunotherapy, targeted or maintenance."""

    names: tuple[str, ...]
    kind: str
    start: int
    end: int
    may_be: tuple[str, ...] = ()
    doublet: bool = False
    uncertain: bool = False


def of_the_regimen(doc: Doc, scene: Scene, item: Given, run: tuple[int, int]) -> Given | None:
    """The item as part of the regimen, or None where it was not given as such; ``run`` is its stretch of drugs."""
    start, end = item.start, item.end
    context = qualify(doc, start, end)
    if context.foreign or context.other_cancer or of_another_cancer(scene, start):
        return None
    cue = cue_at(doc, "planned", start, end)
    of_planned = cue is not None and re.search(
        r"(?:of|/)\s?(?:the\s|a\s)?\w+\s$", scene.low[max(0, cue.cue_start - 14) : cue.cue_start]
    )
    if (
        cue is not None
        and not of_planned
        and not judged(scene, cue)
        and not _GIVEN_BETWEEN.search(scene.low[min(cue.cue_end, start) : start])
    ):
        return None
    if _not_given(scene, item, run):
        return None
    ahead, behind = before(scene.text, start, 60), after(scene.text, end, 40)
    if _ANOTHER_TIME.match(behind) or (_SWITCHED_TO.search(ahead) and _LATER_LINE.search(ahead + " | " + behind)):
        return None
    first, last = run
    if _in_another_role(scene, start, end) or _in_another_role(scene, first, last):
        if item.kind != IMMUNOTHERAPY:
            return None
        return Given(item.names, "maintenance", start, end)
    if (
        item.names
        and set(item.names) <= _MAINTENANCE_LIKE
        and _THEN_SINGLE.search(before(scene.text, first, 60))
        and (first, last) == (start, end)
    ):
        return None
    return Given(item.names, item.kind, start, end, item.may_be, item.doublet, _is_doubted(doc, scene, start, end))


def without_failed(scene: Scene, kept: list[Given]) -> list[Given]:
    """The drugs without those of an earlier line that failed, where others were given after them."""
    kept = [item for item in kept if not _EARLIER_LINE.search(before(scene.text, item.start, 60))]
    failed = [item for item in kept if _FAILED_BEFORE.search(before(scene.text, item.start, 60))]
    later = [item for item in kept if item not in failed and item.kind == CHEMOTHERAPY]
    if not failed or not any(
        item.start > failed[0].end or "after" in before(scene.text, failed[0].start, 30) for item in later
    ):
        return kept
    return [item for item in kept if item not in failed]


def _not_given(scene: Scene, item: Given, run: tuple[int, int]) -> bool:
    """Denied, only thought of, the drug of a trial that is compared with, or for arthritis and the like."""
    start, end = item.start, item.end
    if denied(scene, start, end, run[0]) or only_thought_of(scene, start, end) or said_after(scene, end) is False:
        return True
    alone = run == (start, end)
    return said_elsewhere(scene, start) or any(
        for_another_disease(scene, name, start, end, alone) for name in item.names
    )


def _in_another_role(scene: Scene, start: int, end: int) -> bool:
    """Whether the drugs between the offsets are said to be for radiotherapy, adjuvant or maintenance."""
    ahead, behind = before(scene.text, start, 60), after(scene.text, beyond(scene.text, end), 50)
    if ROLE_BEFORE.search(ahead) or ROLE_AFTER.match(behind) or ROLE_AFTER.match(after(scene.text, end, 50)):
        return True
    return _WITH_RADIOTHERAPY.match(after(scene.text, end, 50)) is not None


def _is_doubted(doc: Doc, scene: Scene, start: int, end: int) -> bool:
    """Whether the drug itself is doubted; "possibly five cycles of GP" doubts the number only."""
    if scene.text[end : end + 1] == "?" or scene.text[max(0, start - 1) : start] == "?":
        return True
    cue = cue_at(doc, "uncertain", start, end)
    if cue is None:
        return False
    if cue.cue_end <= start:
        between = scene.low[cue.cue_end : start]
        return bool(
            re.fullmatch(
                r"\s?(?:(?:had|got|received|was|on|with|given|it|is|the|a|an|either|she|he|they|gave|"
                r"used|chemo|regimen)\s)*",
                between,
            )
        )
    return not re.search(r"[,;\d]", scene.text[end : max(end, cue.cue_start)])


def combinations(scene: Scene, everything: list[Given]) -> list[tuple[Given, tuple[int, int]]]:
    """Each item with the stretch of drugs joined to each other ("weekly cisplatin and 5-FU") that it stands in."""
    runs: list[list[Given]] = []
    for item in everything:
        if runs and _joined(scene, runs[-1][0].start, runs[-1][-1].end, item.start):
            runs[-1].append(item)
        else:
            runs.append([item])
    return [(item, (run[0].start, run[-1].end)) for run in runs for item in run]


def _joined(scene: Scene, first: int, end: int, start: int) -> bool:
    """Whether only doses and one sign of combination part two drugs, and no bracket closes that the run opened in."""
    if not 0 <= start - end <= 60:
        return False
    gap = scene.text[min(beyond(scene.text, end), start) : start]
    run = scene.text[first:start]
    return "," not in gap and run.count(")") <= run.count("(") and JOINT.fullmatch(gap) is not None


def stretches(fact: str, items: list[Given]) -> Iterator[Mention]:
    """One mention for each run of drugs that stand together; the reader unites them, a correction can drop one."""
    run: list[Given] = []
    for item in items:
        if run and item.start - run[-1].end > 6:
            yield _union(fact, run)
            run = []
        run.append(item)
    if run:
        yield _union(fact, run)


def _union(fact: str, items: list[Given]) -> Mention:
    """One mention of all the drugs of a run."""
    names = sorted({name for item in items for name in item.names})
    return Mention(fact, names, items[0].start, items[-1].end)


def alternatives(scene: Scene, items: list[Given]) -> tuple[Given, Given] | None:
    """Two drugs that the text names as alternatives ("cisplatin or carboplatin")."""
    for left, right in pairwise(items):
        if re.fullmatch(r"\s?(?:or|vs\.?|versus)\s", scene.low[left.end : right.start]):
            return left, right
    return None
