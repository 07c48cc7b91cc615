"""With which cycle of the chemotherapy the PD-1 antibody began: "tori from C2 on", "penpulimab added from cycle 3".

Doses, the end of a drug ("until C4"), planned starts and maintenance say nothing of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from spacy.tokens import Doc

from bot.extraction.en.drugs import IMMUNOTHERAPY, classes, drugs
from bot.extraction.en.given import denied, only_thought_of
from bot.extraction.en.numbers import number_words, ordinal, small_number
from bot.extraction.en.terms import after, before
from bot.extraction.lexicon import alternation, lexicon
from bot.extraction.mention import Mention, Scene
from bot.extraction.qualifiers import qualify

FACT = "io_start_cycle"
_REACH = 70  # characters between the drug and its first cycle
_HIGHEST = 30
_ANTIBODY_CLASSES = ("anti_pd1", "bare_pd1", "unclear")


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """(first cycle behind the drug, first cycle before the drug, "with all cycles")."""
    ordinals = alternation(
        word
        for words in lexicon(language)["person"]["numbers"]["ordinals"].values()
        for word in words
        if word.isascii()
    )
    cycle = (
        rf"(?:(?:the\s)?(?:cycle|course|round)s?\s?(?:no\.?\s?|number\s|#)?(?P<n>\d{{1,2}}|{number_words(language)})"
        rf"|c\s?(?P<c>\d{{1,2}})|(?:the\s)?(?P<o>{ordinals})\s(?:cycle|course|round|infusion of chemo\w*))"
        r"(?![a-z0-9])(?!\s?(?:doses?|mg))"
    )
    verb = (
        r"(?:added|started|starting|begun|began|beginning|introduced|commenced|initiated|given|joined|"
        r"included|combined)"
    )
    start = (
        rf"(?:(?:{verb}\s)?(?:only\s|not\sbefore\s)?(?:from|since|as\sfrom|as\sof|starting\s(?:with|at|from|in)|"
        rf"beginning\s(?:with|at|from|in))\s|"
        rf"(?:added|started|starting|begun|began|introduced|commenced|initiated|joined)\s(?:only\s)?(?:with|"
        rf"at|on|in|for)\s|"
        r"(?:delayed|postponed|deferred)\s(?:un)?till?\s)"
    )
    filler = r"[^.;\n,]{0,40}?(?<![a-z])"
    behind = re.compile(rf"{filler}{start}{cycle}")
    with_on = r"(?:\s(?:on|onwards?|and\s(?:later|after))\b)"
    ahead = re.compile(
        rf"(?<![a-z])(?:(?:from|since|as\sfrom|starting\s(?:with|from|at))\s{cycle}{with_on}?|"
        rf"{cycle.replace('?P<n>', '?P<n2>').replace('?P<c>', '?P<c2>').replace('?P<o>', '?P<o2>')}{with_on})"
        r"[\s,]{0,2}(?:together\s|combined\s|also\s)?(?:with|plus|and|[+]|we added|added)?\s?(?:an?\s|the\s)?$"
    )
    whole = re.compile(
        rf"{filler}(?:(?:with|in|during|alongside)\s(?:all|every|each)\s(?:of\s(?:the|his|her)\s)?"
        r"(?:(?:\d{1,2}|six|four|five|chemo\w*|gp)\s)*"
        r"(?:cycles?|courses?)|from\s(?:the\s)?(?:very\s)?(?:start|beginning|outset|first\sday|"
        r"day\s(?:1|one))|throughout(?![a-z]))"
    )
    return behind, ahead, whole


def find(doc: Doc, scene: Scene) -> Iterator[Mention]:
    """io_start_cycle, an integer from 1; text that does not name the cycle says nothing."""
    behind, ahead, whole = _patterns("en")
    places = [(drug.start, drug.end) for drug in drugs(scene) if drug.group == IMMUNOTHERAPY]
    places += [(hit.start, hit.end) for hit in classes(scene) if hit.label in _ANTIBODY_CLASSES]
    for start, end in places:
        if not _given(doc, scene, start, end):
            continue
        found = behind.match(scene.low[: end + _REACH], end)
        all_of_them = whole.match(scene.low[: end + _REACH], end)
        if found and not (all_of_them and all_of_them.end() <= found.start(found.lastgroup or 0)):
            yield from _mention(found, start, end=found.end())
        elif all_of_them:
            yield Mention(FACT, 1, start, all_of_them.end())
        else:
            window = max(0, start - 50)
            lead = ahead.search(scene.low[window:start])
            if lead:
                yield from _mention(lead, window + lead.start(), end)


def _given(doc: Doc, scene: Scene, start: int, end: int) -> bool:
    context = qualify(doc, start, end)
    if context.foreign or context.planned or context.other_cancer or context.uncertain:
        return False
    ahead, behind = before(scene.text, start, 60), after(scene.text, end, 40)
    if denied(scene, start, end) or only_thought_of(scene, start, end):
        return False
    return not re.search(r"maint", ahead[-16:] + " " + behind[:30])


def _mention(match: re.Match[str], start: int, end: int) -> Iterator[Mention]:
    groups = match.groupdict()
    written = next((groups[name] for name in ("n", "c", "n2", "c2") if groups.get(name)), None)
    said = next((groups[name] for name in ("o", "o2") if groups.get(name)), None)
    number = small_number(written) if written else ordinal(said or "")
    if number is not None and 1 <= number <= _HIGHEST:
        yield Mention(FACT, number, start, end)
