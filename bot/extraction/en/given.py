"""Whether a treatment that a text names was given: denied, only thought of, given elsewhere, or for another disease.

One home for the question, so that a drug ("declined docetaxel"), a class ("PD-1 antibody not reimbursed") and a
regimen are judged alike. The words stand in data/lexicon/en/given.yml.
"""

from __future__ import annotations

import re
from functools import cache

from bot.extraction.en.doses import beyond
from bot.extraction.en.terms import after, before, sentence, ticked
from bot.extraction.lexicon import alternation, lexicon, words_pattern
from bot.extraction.mention import Scene

_NEAR = 60  # characters beside the words in which a denial is looked for
_ONE_OTHER = r"(?:[\w/-]{2,18}\s(?:or|and|nor|&)\s|[\w-]{2,18}\s?[/+]\s?)?"
# "if the kidneys recover: GP", "should he progress, docetaxel": all of the sentence is only thought of.
_CONDITION = re.compile(r"\s*[-*•]?\s*(?:so\s|and\s|but\s)?(?:if|should|once|provided|unless|in\scase|assuming)\s")
_HAPPENED = re.compile(r"(?<![a-z])(?:was|were|had|received|got|given|completed)(?![a-z])")
_SAID = re.compile(
    r"[\s:=|-]{1,3}(?:(?P<yes>yes|yep|y|ok|given|received|present|positive|✓)|"
    r"(?P<no>no|none|n|nil|nope|never|absent|0|-))(?=\s{0,2}(?:$|[,;./|)\n]))"
)


@cache
def _words(name: str) -> str:
    return alternation(lexicon("en")["given"][name])


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """(denied before, replaced before, denied behind, thought of behind, given after all, thought of before)."""
    between = rf"(?:(?:{_words('between')})\s){{0,4}}"
    aux = rf"(?:(?:{_words('auxiliary')})\s){{0,4}}"
    # "why not tori", "if not cisplatin": a question and a condition, no denial
    denied = rf"(?<![a-z])(?<!if )(?<!why )(?:{_words('denied_before')})[\s(:]{{1,2}}{between}{_ONE_OTHER}$"
    partly = rf"(?!\s(?:{_words('partly')})(?![a-z]))"
    return (
        re.compile(denied),
        re.compile(rf"(?<![a-z])(?:{_words('replaced_before')})\s{between}$"),
        re.compile(rf"[\s,(:-]{{0,3}}{aux}(?:{_words('denied_after')})(?![a-z]){partly}"),
        re.compile(rf"[\s,(:-]{{0,3}}{aux}(?:{_words('thought_of_after')})(?![a-z])"),
        re.compile(rf"(?<![a-z])(?:{_words('given_after_all')})(?![a-z])|x\s?\d"),
        re.compile(rf"(?<![a-z])(?:{_words('thought_of_before')})(?![a-z])(?!\shad)[^.;,\n]{{0,40}}$"),
    )


def denied(scene: Scene, start: int, end: int, first: int | None = None) -> bool:
    """Whether the words beside a treatment deny it. first: where its run of joined drugs begins ("no gem/cis")."""
    before_it, replaced, behind_it, *_ = _patterns()
    ahead = before(scene.text, start, _NEAR)
    if before_it.search(ahead) or replaced.search(ahead):
        return True
    if first is not None and first != start and before_it.search(before(scene.text, first, _NEAR)):
        return True
    stop = beyond(scene.low, end)
    if behind_it.match(after(scene.text, stop, _NEAR)):
        return True
    return bool(re.match(r"[\s:=|-]{1,3}(?:none|no|nil|nope|never)\s*(?:$|[,.;/)])", after(scene.text, stop, 14)))


def only_thought_of(scene: Scene, start: int, end: int) -> bool:
    """Whether a treatment was considered, offered or made to depend on something, and not said to be given."""
    *_, thought_behind, after_all, thought_before = _patterns()
    if thought_before.search(before(scene.text, start, _NEAR)):
        return True
    if conditional(scene, start):
        return True
    rest = after(scene.text, end, 90)
    match = thought_behind.match(rest)
    return match is not None and after_all.search(rest, match.end()) is None


def conditional(scene: Scene, start: int) -> bool:
    """Whether the sentence begins with a condition and tells nothing that has happened before the words."""
    begin, _ = sentence(scene.text, start)
    match = _CONDITION.match(scene.low, begin, start)
    return match is not None and _HAPPENED.search(scene.low, match.end(), start) is None


def said_elsewhere(scene: Scene, start: int) -> bool:
    """Whether the sentence speaks of a trial or guideline up to here ("in the KEYNOTE arm it was ...")."""
    begin, _ = sentence(scene.text, start)
    last = None
    for last in words_pattern("en", "given", "elsewhere_said").finditer(scene.low, begin, start):
        pass
    if last is None:
        return False
    return words_pattern("en", "given", "ours_again").search(scene.low, last.end(), start) is None


def for_another_disease(scene: Scene, name: str, start: int, end: int, alone: bool) -> bool:
    """Whether a drug with other uses is named for one of them; alone: no other drug of a regimen stands beside it.

    Such a drug on its own counts only beside a word of cancer treatment: methotrexate is mostly for arthritis.
    """
    uses = lexicon("en")["given"]["other_uses"]
    if name not in uses["drugs"]:
        return False
    begin, stop = sentence(scene.text, start)
    begin, stop = max(begin, start - 90), min(stop, end + 70)
    other = words_pattern("en", "given", "other_uses", "words")
    mine = _THIS_TREATMENT.search(scene.low, begin, start) or _THIS_TREATMENT.search(scene.low, end, stop)
    if other.search(scene.low, begin, start) or other.search(scene.low, end, stop):
        return alone or mine is None
    return False


_THIS_TREATMENT = re.compile(
    r"(?<![a-z])(?:m?npc|chemo\w*|cycles?|regimen|doublet|platin\w*|\w+platin|gemcitabine|[1-4]l|(?:first|second|third)[\s-]line)(?![a-z])"
)


def said_after(scene: Scene, end: int) -> bool | None:
    """The yes or no that stands behind a label: "PD-1: N", "doublet yes,", "platinum doublet ☑ yes ☐ no"."""
    tick = ticked(scene.low, end)
    if tick is not None:
        return tick
    match = _SAID.match(scene.low, end, end + 16)
    return None if match is None else match["yes"] is not None
