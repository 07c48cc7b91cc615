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

from bot.extraction.en.drugs import IMMUNOTHERAPY, JOINT
from bot.extraction.en.history import of_another_cancer
from bot.extraction.en.terms import after, before
from bot.extraction.mention import Mention, Scene
from bot.extraction.qualifiers import cue_at, qualify

_GIVEN_BETWEEN = re.compile(
    r"\b(?:after|following|post|completed|received|had|given|since|finished|s/p|done|"
    r"responded)\b"
)
NOT_GIVEN_BEFORE = re.compile(
    r"(?:\b(?:no|without|w/o|never (?:had|received|given|got|on)|not (?:given|receiv\w+|on|"
    r"had|started|taking|treated with|exposed to)|"
    r"did(?: not|n't) (?:receive|get|have|take)|has(?: not|n't) (?:had|received|got|"
    r"started)|have(?: not|n't) (?:had|received|got|started)|hadn't (?:had|received)|"
    r"declin\w+|refus\w+|denies|"
    r"avoid\w*|instead of|rather than|naive to|allerg\w+ to|intolerant to|"
    r"contraindication to|ineligible for|unfit for|minus|omitted|(?<!if )(?<!why )not)"
    r"\s(?:any\s|the\s|further\s|prior\s|previous\s|to\s|of\s|a\s|yet\s)*(?:[\w/-]+\s(?:or|"
    r"and|nor)\s|[\w-]+\s?/\s?)?)$"
)
# "could switch to docetaxel later", "should he progress: capecitabine"
_ONLY_THOUGHT_OF = re.compile(
    r"\b(?:could|might|would|may (?:be|switch|start|get|receive|need|have)|should (?:take|"
    r"have|get|receive|start|be|he|she|"
    r"they|the|there)|if|in case|consider\w*|option\w*|alternative\w*|discuss\w*|propos\w+|"
    r"suggest\w*)\b(?! had)[^.;,\n]{0,40}$"
)
NOT_GIVEN_AFTER = re.compile(
    r"^[\s,(:-]{0,3}(?:(?:was|were|is|has been|had been|"
    r"have been)\s)?(?:not\s(?:yet\s)?(?:been\s)?(?:given|used|received|available|started|"
    r"administered|affordable|added)|never\s(?:given|used|started|received|added)|declined|"
    r"refused|naive|-naive|"
    r"(?:will|would|may|might|could|should|can|to|is\sto|are\sto)\s(?:be|follow|start|"
    r"replace)(?![a-z])|omitted|left\sout|allergy|not\sallowed|contraindicated|(?:none|no|nil)(?:\s*$|[,.;)]))"
)
ROLE_BEFORE = re.compile(
    r"(?:\bccrt|\bcrt\b|chemorad\w*|concurrent\w*|concomitant\w*|weekly|"
    r"(?<!neo)(?<!neo-)\badjuvant|maintenance|maint\b|maintained on|radiosensiti\w+|"
    r"\bwith (?:rt|imrt|radiotherapy|radiation))[\s:]{0,2}(?:with |on |of |using |chemo\w* |"
    r"therapy |treatment |low-dose |oral |iv |regimen |cycles? |\d+ |x |then )*$"
)
ROLE_AFTER = re.compile(
    r"^[\s(]{0,2}(?:weekly|maintenance|maint\b|to maintain|as consolidation|(?:was |as |in |"
    r"for |given )*(?:the )?(?<!neo)(?:adjuvant\w*|maintenance|concurrent\w*|"
    r"concomitant\w*)|"
    r"(?:\+|and|with|-|concurrent with|during|alongside)\s?(?:the )?(?:rt|imrt|radio\w*|"
    r"radiation)\b|(?:-|\s)?based (?:ccrt|crt|chemorad))"
)
_THEN_SINGLE = re.compile(
    r"(?:then|followed by|followed with|continued (?:on|with)|later|>|->|switched to|"
    r"moved to|changed to)\s(?:oral\s|single[- ]agent\s|on\s)*$"
)
# "switched to pembrolizumab for progression": a later line, not the regimen that brought the response
_SWITCHED_TO = re.compile(
    r"(?:switch\w*|chang\w*|convert\w*|moved|rotated|went)\s(?:over\s|on\s)?to\s(?:[\w/+-]+\s(?:and|plus|[+/])\s)*$"
)
_LATER_LINE = re.compile(
    r"progress\w*|(?<![a-z0-9-])pd(?![a-z0-9-])|relaps\w*|second[\s-]line|2nd[\s-]line|2l(?![a-z])"
)
_MAINTENANCE_LIKE = frozenset({"capecitabine", "tegafur"})
_ANOTHER_TIME = re.compile(
    r"^[\s,(]{0,2}(?:in |for [\w\s]{0,20})?(?:19|20)[01]\d\b|^\sfor (?:breast|colon|lung|"
    r"gastric|ovarian|lymphoma|another|previous|arthritis|psoriasis|ectopic)"
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
    if cue is not None and not of_planned and not _GIVEN_BETWEEN.search(scene.low[min(cue.cue_end, start) : start]):
        return None
    ahead, behind = before(scene.text, start, 60), after(scene.text, end, 40)
    if _ONLY_THOUGHT_OF.search(ahead):
        return None
    if NOT_GIVEN_BEFORE.search(ahead) or NOT_GIVEN_AFTER.match(behind) or _ANOTHER_TIME.match(behind):
        return None
    if _SWITCHED_TO.search(ahead) and _LATER_LINE.search(ahead + " | " + behind):
        return None
    first, last = run
    ahead, behind = before(scene.text, first, 60), after(scene.text, last, 40)
    if ROLE_BEFORE.search(ahead) or ROLE_AFTER.match(behind):
        if item.kind != IMMUNOTHERAPY:
            return None
        return Given(item.names, "maintenance", start, end)
    if (
        item.names
        and set(item.names) <= _MAINTENANCE_LIKE
        and _THEN_SINGLE.search(ahead)
        and (first, last) == (start, end)
    ):
        return None
    return Given(item.names, item.kind, start, end, item.may_be, item.doublet, _is_doubted(doc, scene, start, end))


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


def combinations(scene: Scene, everything: list[Given]) -> dict[int, tuple[int, int]]:
    """For each item the stretch of drugs joined to each other ("weekly cisplatin and 5-FU") that it stands in."""
    runs: list[list[Given]] = []
    for item in everything:
        gap = scene.text[runs[-1][-1].end : item.start] if runs else ""
        if runs and len(gap) <= 24 and "," not in gap and JOINT.fullmatch(gap):
            runs[-1].append(item)
        else:
            runs.append([item])
    return {id(item): (run[0].start, run[-1].end) for run in runs for item in run}


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
