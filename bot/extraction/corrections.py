"""Later explicit corrections: "ECOG 2, no wait, 1"; "sorry not ECOG 2, it is 1"; "GP x6, correction: x5"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from spacy.tokens import Doc

from bot.extraction.clauses import clause_at, sentence_at
from bot.extraction.lexicon import words_pattern
from bot.extraction.mention import Mention, Scene

ReadAgain = Callable[[str, str, Scene], list[Mention]]

_NO_NUMBER = re.compile(r"(?<=[.,;-])\s*no,?\s(?=\d{1,2}(?:[\s,.;]|$))")  # "age 45... no 54"
_REACH = 70  # characters after the cue in which the new value stands
_CUES_READ = 12


def corrections(doc: Doc, scene: Scene, mentions: Iterable[Mention], again: ReadAgain) -> list[Mention]:
    """The mentions, those that a correction brings in marked as corrected, bare new values read in.

    again(words, fact, scene) reads a few words as an answer to one fact.
    """
    found = sorted(mentions, key=lambda mention: mention.start)
    cues = list(words_pattern("en", "cues", "corrections", "words").finditer(scene.low))[:_CUES_READ]
    cues.extend(list(_NO_NUMBER.finditer(scene.low))[:2])
    for cue in cues:
        found = _after_cue(doc, scene, found, cue.start(), cue.end(), again)
    return found


def _after_cue(doc: Doc, scene: Scene, found: list[Mention], start: int, end: int, again: ReadAgain) -> list[Mention]:
    before = [mention for mention in found if mention.end <= start]
    _, sentence_end = sentence_at(doc, end)
    stop = min(max(sentence_end, end + 1), end + _REACH)
    after = [mention for mention in found if mention.start >= end and mention.start < stop]
    if after:
        facts = {mention.fact for mention in before}
        at_start = not scene.low[:start].strip(" ,.-")
        marked = {m.fact for m in after if m.fact in facts or at_start}
        result = []
        for mention in found:
            if mention in after and mention.fact in marked and not (mention.fact == "sex" and mention.rank == 0):
                mention = replace(mention, corrected=True)
            result.append(mention)
        if marked:
            return result
    if not before:
        return found
    last = max(before, key=lambda mention: (mention.end, mention.fact != "sex"))
    begin, stop = _words_after(doc, scene, end)
    new = [m for m in again(scene.text[begin:stop], last.fact, scene) if m.fact == last.fact]
    shifted = [replace(m, start=m.start + begin, end=m.end + begin, corrected=True) for m in new]
    return sorted([*found, *shifted], key=lambda mention: mention.start)


def _words_after(doc: Doc, scene: Scene, end: int) -> tuple[int, int]:
    """The clause that follows a cue, without the signs and small words that lead to it."""
    match = re.compile(r"[\s,:;.!-]*(?:(?:it'?s|it\sis|that'?s|should\sbe|is|was|make\sthat|no)\s)?").match(
        scene.low, end
    )
    begin = match.end() if match else end
    _, stop = clause_at(doc, min(begin, max(len(scene.text) - 1, 0)))
    return begin, min(stop, begin + 40)
