"""Whether the candidate is willing and able to follow visits, treatment plan and tests: two facts, never one.

Who says yes or no, and to what: a word of wanting or of being able counts only where what it is about is the study's
plan (compliance_words.py), and where it is the candidate who wants. Distance, transport and "may miss visits" are no
"no", but a question.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Doc

from bot.extraction.en.compliance_labels import labels, pairs
from bot.extraction.en.compliance_plan import brought, of_plan_itself, open_questions, visits_judged
from bot.extraction.en.compliance_talk import ANSWERS, asked_and_answered, own_words
from bot.extraction.en.compliance_words import (
    EITHER,
    PASSIVE,
    about_plan,
    behind,
    follow_verb,
    named_until,
    of_another,
    stands_for,
    word_of,
)
from bot.extraction.en.denied import denied, unsure
from bot.extraction.layout import sentence_at
from bot.extraction.mention import Mention, Scene
from bot.extraction.qualifiers import Qualifiers, cue_at, qualify
from bot.extraction.quick import quick

__all__ = ["ANSWERS", "find"]
_DOUBTED = "This is said with doubt."
_EXCEPT = quick(
    r"[^.;\n]{0,60}?(?<![a-z])(?:except|apart from|aside from|other than|as long as|provided|unless|only if|"
    r"if)(?![a-z])"
)
_ONCE = quick(
    r"(?<![a-z])(?:at first|initially|originally|previously|before|in the past|earlier|used to|in (?:19|"
    r"20)\d\d)(?![a-z])"
)
_AFTER_AGREE = quick(r"\s(?:to|with|for|that|on)(?![a-z])")
_MODAL = quick(r"(?:can|cannot|can't|cant|can not|could not|couldn't|could manage|can manage)$")
_WILL = quick(
    r"(?:(?<![a-z])(?:he|she|they|pt|patient|and|says|candidate)(?:\s|(?='))|(?:^|(?<=[.;,\n]\s)|"
    r"(?<=\n)))(?:(?:says\s|that\s|he\s|she\s|also\s|can\sand\s)*)(?:will|'ll)\s"
    r"(?:also\s|gladly\s|happily\s|certainly\s|definitely\s)?(?:do|come|attend|follow|comply|keep(?!\s(?:doing|"
    r"using|taking|on|up|it))|adhere|stick|"
    r"cooperate|turn up|have|join|be there)(?![a-z])"
)
_UNDERSTAND = quick(
    r"\s(?:to\s)?follow(?:ing)?\s(?:what|why|how|us|me|him|her|simple|commands|instructions|directions|"
    r"the conversation)(?![a-z])"
)
_OF_ANOTHER_PERSON = quick(
    r"\s(?:for\s)?(?:him|her|them|the patient|patient|pt|me|us|you|the candidate)\s(?:to|in)(?![a-z])"
)  # "wants him to join"
_WITHOUT_LINK = quick(r"^\s?(?:with|in|of)?\s?(?:the\s)?")
# "She's in" joins; "she's in her forties" does not.
_IN = quick(r"(?:'s|wants|count (?:her|him)|is) (?:in|out)$")
_CANNOT = quick(
    r"\s(?:be (?:able|possible|feasible)|manage|cope|have (?:the )?time|get (?:here|there)|make it)(?![a-z])"
)  # "won't be able to"
_DAILY = quick(r"\s(?:to\s)?get(?:ting)?\s(?:out|up|around|about|dressed|into|in\sand|by|on|home|some)(?![a-z])")
# "Cannot travel alone" may come with company.
_ALONE = quick(
    r"(?:\s[a-z]+){1,4}\s(?:alone|unaccompanied|by (?:him|her)self|on (?:his|her) own|"
    r"without (?:a|an|his|her|help|company|assistance))(?![a-z])"
)
_TO_COME = quick(r"\sto\scome(?:\s(?:in|here|back))?\s*(?:$|[.,;](?!\d))")
_ALL = quick(
    r"(?<![a-z])(?:all|every|each|everything|any|study|trial|follow.?up|whatever|whenever|protocol|schedule|"
    r"requirements|instructions|"
    r"the visits|study visits|plan|faithfully)(?![a-z])"
)


def find(doc: Doc, scene: Scene) -> Iterator[Mention]:
    """willing and able, where they are said of the study's plan; an obstacle makes "able" a question."""
    taken: list[tuple[int, int]] = []
    for mention in (*labels(doc, scene), *pairs(doc, scene)):
        taken.append((mention.start, mention.end))
        yield mention
    yield from _side(
        doc,
        scene,
        "willing",
        (("willing_alone", True), ("unwilling_alone", False), ("unwilling", False), ("willing", True)),
        taken,
    )
    yield from _side(doc, scene, "able", (("no_obstacle", True), ("unable", False), ("able", True)), taken)
    yield from _will_do(doc, scene)
    for reader in (own_words, asked_and_answered, of_plan_itself, visits_judged, brought, open_questions):
        yield from reader(doc, scene)


_MOODS = frozenset(
    {"happy", "glad", "pleased", "keen", "ready", "eager", "motivated", "determined", "committed", "wants"}
)
# "Able" by itself: a jotting, or one of a pair; not "is able and has had six cycles".
_BARE = frozenset({"willing", "unwilling", "able", "unable", "not willing", "not able", "愿意", "agreeable"})
_BARE_END = quick(
    r"\s*(?:$|[,.;)\n/]|(?:because|as|with\s(?:his|her))\s|"
    r"(?:and|&)\s(?:also\s)?(?:un|not\s)?(?:willing|able|keen|happy|motivated|wants|can))"
)
_PARTLY = quick(
    r"(?<![a-z])(?:some|most|only|a few|half|many|several|not all|every other|(?:mon|tues|wednes|thurs|"
    r"fri)day)(?![a-z])"
)
_NO_VERB = (
    "off for",
    "work for",
    "leave for",
    "manage",
    "manages",
    "cope with",
    "time for",
    "commit to",
    "not up to",
)  # a noun of the plan follows


def _side(
    doc: Doc, scene: Scene, fact: str, sections: tuple[tuple[str, bool], ...], labelled: list[tuple[int, int]]
) -> Iterator[Mention]:
    """The words of one fact; what was read as a longer expression is not read again."""
    taken = list(labelled)
    for section, value in sections:
        for match in word_of(section).finditer(scene.low):
            start, end = match.span()
            if any(a < end and start < b for a, b in taken):
                continue
            taken.append((start, end))
            meant = qualify(doc, start, end)
            if meant.foreign or (section != "no_obstacle" and of_another(scene.low, start, sentence_at(doc, start)[0])):
                continue
            if not _said_of_plan(doc, scene, fact, section, start, end):
                continue
            mention = _meaning(doc, scene, fact, value, start, end, meant)
            if mention is not None:
                yield _quoted(doc, scene, mention)


def _quoted(doc: Doc, scene: Scene, mention: Mention) -> Mention:
    """The mention with the words that decide: its "not", and what it is said of."""
    cue = cue_at(doc, "negated", mention.start, mention.end)
    start = mention.start
    if mention.value is False and cue is not None and 0 <= start - cue.cue_end <= 30:
        start = cue.cue_start
    return replace(mention, start=start, end=mention.end + named_until(behind(doc, scene.low, mention.end)))


def _said_of_plan(doc: Doc, scene: Scene, fact: str, section: str, start: int, end: int) -> bool:
    """Whether the words stand for the study's plan in their own way: by a verb of following, by "to", by themselves."""
    if section.endswith("_alone"):
        return _IN.search(scene.low[start:end]) is None or stands_for(behind(doc, scene.low, end))
    if fact == "willing" and _OF_ANOTHER_PERSON.match(behind(doc, scene.low, end)):
        return False
    if fact == "able" and _DAILY.match(behind(doc, scene.low, end)):
        return False
    if fact == "willing" and _CANNOT.match(scene.low, end) is not None:
        return False
    word, words, asked = scene.low[start:end], behind(doc, scene.low, end), scene.asked in ("willing", "able")
    if word in _MOODS and word != "wants" and _TO_COME.match(words):
        return True  # "happy to come, husband drives her"
    if stands_for(words) and not asked and (word in PASSIVE or (word in _MOODS and not words.strip(" .,;:!?)(-"))):
        return False  # "protocol violation accepted"; "the visit went well, she is happy"
    if re.match(r"\s?[:=|?\t]", words):
        return False  # a label, read as such or not at all: "willing: no info"
    if section in ("able", "unable"):
        if not (follow_verb(words) or word.endswith(_NO_VERB) or (stands_for(words) and not _MODAL.search(word))):
            return _pronoun_can(doc, scene, start, words) if _MODAL.search(word) else False
        if word.endswith("way to") or _UNDERSTAND.match(words):
            return False  # "no way to get here" is an obstacle; "cannot follow what is said"
    if section == "no_obstacle" and not (
        follow_verb(words) or any(word_of(key).match(_WITHOUT_LINK.sub("", words)) for key in ("plan", "plan_verbs"))
    ):
        return False
    if word in ("agrees", "agreed", "agree", "agreeing") and not (_AFTER_AGREE.match(words) or asked):
        return False
    if word in _BARE and stands_for(words):
        return _BARE_END.match(words) is not None or about_plan(doc, scene.low, start, end, asked)
    return about_plan(doc, scene.low, start, end, asked)


def _pronoun_can(doc: Doc, scene: Scene, start: int, words: str) -> bool:
    """ "She wants to and she can": the plan was named before."""
    if not stands_for(words):
        return False
    return re.search(r"(?:he|she|pt|patient)\s$", scene.low[max(0, start - 9) : start]) is not None and about_plan(
        doc, scene.low, start, start + 3, scene.asked in ("willing", "able")
    )


def _meaning(doc: Doc, scene: Scene, fact: str, value: bool, start: int, end: int, meant: Qualifiers) -> Mention | None:
    begin, stop = sentence_at(doc, start)
    if meant.uncertain or unsure(doc, start, end):
        return Mention(fact, None, start, end, _DOUBTED, EITHER, rank=1)
    if denied(doc, start, end, words=4):
        if not value:
            return Mention(fact, None, start, end, "A refusal is denied: is it a yes?", EITHER)
        return Mention(fact, False, start, end, rank=1)
    words = behind(doc, scene.low, end)
    if not value and _ALONE.match(words):
        return Mention(fact, None, start, end, "Not alone; with company?", EITHER, rank=1)
    part = _PARTLY.search(re.split(r"[,:(]", words)[0])
    if value and part is not None and word_of("plan").search(words, part.end(), part.end() + 30):
        return Mention(fact, None, start, end, "This is said of a part only: is it a yes?", EITHER, rank=1)
    if value and _EXCEPT.match(scene.low, end):
        return Mention(fact, None, start, end, "Something is excepted: is it a yes?", EITHER, rank=1)
    if not value and _was_once(scene.low, begin, start, end, stop):
        return None  # refused once, before
    return Mention(fact, value, start, end, rank=0 if value else 1)


def _was_once(low: str, begin: int, start: int, end: int, stop: int) -> bool:
    """ "Refused at first": the refusal is past; in "initially keen, has since refused" it is not."""
    clause = re.split(r"[,;]|(?<![a-z])(?:but|now|since|then)(?![a-z])", low[begin:start])[-1]
    return _ONCE.search(clause) is not None or _ONCE.match(low, end + 1, stop) is not None


def _will_do(doc: Doc, scene: Scene) -> Iterator[Mention]:
    """ "She will come to all visits" promises it; a single visit that is planned does not."""
    for match in _WILL.finditer(scene.low):
        words = behind(doc, scene.low, match.end())
        meant = qualify(doc, match.end() - 1, match.end())
        if meant.foreign or meant.negated or meant.uncertain or not _ALL.search(words):
            continue
        if about_plan(doc, scene.low, match.start(), match.end(), False):
            yield Mention("willing", True, *match.span())
