"""Later explicit corrections: "ECOG 2, no wait, 1"; "sorry not ECOG 2, it is 1"; "GP x6, correction: x5"."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from spacy.tokens import Doc

from bot.extraction.layout import clause_at, sentence_at
from bot.extraction.lexicon import words_pattern
from bot.extraction.mention import Mention, Scene
from bot.extraction.qualifiers import qualify
from bot.extraction.quick import quick

ReadAgain = Callable[[str, str, Scene], list[Mention]]

# "I wrote four cycles; it was five"
_WROTE = quick(
    r"(?<![a-z])(?:i|we)\s(?:had\s|have\s|first\s|wrongly\s)?"
    r"(?:wrote|written|entered|said|put|noted|typed|recorded|reported|told you|gave)"
    r"(?=\s[^.;,\n]{1,40}[.;,]\s?(?:but\s|and\s)?(?:it|that|this)(?:'s|\sis|\swas|\sshould)\s)"
)
_NO_NUMBER = quick(r"(?<=[.,;-])\s*no,?\s(?=\d{1,2}(?:[\s,.;]|$))")  # "age 45... no 54"
_REACH = 70  # characters after the cue in which the new value stands
_CUES_READ = 12


def corrections(doc: Doc, scene: Scene, mentions: Iterable[Mention], again: ReadAgain) -> list[Mention]:
    """The mentions, those that a correction brings in marked as corrected, bare new values read in.

    again(words, fact, scene) reads a few words as an answer to one fact.
    """
    found = sorted(mentions, key=lambda mention: mention.start)
    cues = list(words_pattern("en", "cues", "corrections", "words").finditer(scene.low))[:_CUES_READ]
    cues.extend(list(_NO_NUMBER.finditer(scene.low))[:2])
    found = _withdrawn(doc, scene, found, again)
    for cue in cues:
        found = _after_cue(doc, scene, found, cue.start(), cue.end(), again)
    return found


def _withdrawn(doc: Doc, scene: Scene, found: list[Mention], again: ReadAgain) -> list[Mention]:
    """ "Forget ECOG 1, it is 2": the value behind the word is gone, the one behind the comma is read."""
    cues = [*words_pattern("en", "cues", "withdraws").finditer(scene.low), *_WROTE.finditer(scene.low)]
    for cue in cues[:_CUES_READ]:
        stop = min((at for sign in ",;." if (at := scene.low.find(sign, cue.end())) != -1), default=len(scene.low))
        gone = [mention for mention in found if cue.end() <= mention.start < stop and mention.end - cue.end() <= _REACH]
        if not gone or qualify(doc, cue.start(), cue.end()).negated:
            continue
        found = [mention for mention in found if mention not in gone]
        later = [mention for mention in found if mention.start >= stop]
        if not any(mention.fact == gone[0].fact for mention in later):
            found = _after_cue(doc, scene, [*found, gone[0]], stop, stop, again, anew=True)
            found.remove(gone[0])
        else:
            facts = {mention.fact for mention in gone}
            found = [replace(m, corrected=True) if m in later and m.fact in facts else m for m in found]
    return found


def _after_cue(
    doc: Doc, scene: Scene, found: list[Mention], start: int, end: int, again: ReadAgain, anew: bool = False
) -> list[Mention]:
    """anew: read the words behind the cue for the last fact before it, whatever else they state."""
    before = [mention for mention in found if mention.end <= start]
    _, sentence_end = sentence_at(doc, end)
    stop = min(max(sentence_end, end + 1), end + _REACH)
    after = [mention for mention in found if mention.start >= end and mention.start < stop]
    if after and not anew:
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
    last = before[-1] if anew else max(before, key=lambda mention: (mention.end, mention.fact != "sex"))
    begin, stop = _words_after(doc, scene, end)
    new = [m for m in again(scene.text[begin:stop], last.fact, scene) if m.fact == last.fact]
    shifted = [replace(m, start=m.start + begin, end=m.end + begin, corrected=True) for m in new]
    return sorted([*found, *shifted], key=lambda mention: mention.start)


def _words_after(doc: Doc, scene: Scene, end: int) -> tuple[int, int]:
    """The clause that follows a cue, without the signs and small words that lead to it."""
    match = quick(
        r"[\s,:;.!-]*(?:(?:it'?s|it\sis|it\swas|it\sshould\sbe|that'?s|that\swas|should\sbe|is|was|make\sthat|no)\s)?"
    ).match(scene.low, end)
    begin = match.end() if match else end
    _, stop = clause_at(doc, min(begin, max(len(scene.text) - 1, 0)))
    return begin, min(stop, begin + 40)
