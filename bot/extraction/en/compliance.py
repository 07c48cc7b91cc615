"""Whether the candidate is willing and able to follow visits, treatment plan and tests: two facts, never one.

Who says yes or no, and to what: a word of wanting or of being able counts only where what it is about is the study's
plan (compliance_words.py), and where it is the candidate who wants. Distance, transport and "may miss visits" are no
"no", but a question.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from spacy.tokens import Doc

from bot.extraction.en.compliance_labels import labels, pairs
from bot.extraction.en.compliance_words import (
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
from bot.extraction.lexicon import alternation, lexicon
from bot.extraction.mention import Answer, Mention, Scene
from bot.extraction.qualifiers import Qualifiers, cue_at, qualify

_EITHER = (True, False)
_DOUBTED = "This is said with doubt."
_EXCEPT = re.compile(
    r"[^.;\n]{0,60}?(?<![a-z])(?:except|apart from|aside from|other than|as long as|provided|unless|only if|"
    r"if)(?![a-z])"
)
_ONCE = re.compile(
    r"(?<![a-z])(?:at first|initially|originally|previously|before|in the past|earlier|used to|in (?:19|"
    r"20)\d\d)(?![a-z])"
)
_AFTER_AGREE = re.compile(r"\s(?:to|with|for|that|on)(?![a-z])")
_MODAL = re.compile(r"(?:can|cannot|can't|cant|can not|could not|couldn't|could manage|can manage)$")
_WILL = re.compile(
    r"(?:(?<![a-z])(?:he|she|they|pt|patient|and|says|candidate)(?:\s|(?='))|(?:^|(?<=[.;,\n]\s)|"
    r"(?<=\n)))(?:(?:says\s|that\s|he\s|she\s|also\s|can\sand\s)*)(?:will|'ll)\s"
    r"(?:also\s|gladly\s|happily\s|certainly\s|definitely\s)?(?:do|come|attend|follow|comply|keep|adhere|stick|"
    r"cooperate|turn up|have|join|be there)(?![a-z])"
)
_UNDERSTAND = re.compile(
    r"\s(?:to\s)?follow(?:ing)?\s(?:what|why|how|us|me|him|her|simple|commands|instructions|directions|"
    r"the conversation)(?![a-z])"
)
_OF_ANOTHER_PERSON = re.compile(
    r"\s(?:for\s)?(?:him|her|them|the patient|patient|pt|me|us|you|the candidate)\s(?:to|in)(?![a-z])"
)  # "wants him to join"
_ALL = re.compile(
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
    yield from _asked_and_answered(doc, scene)
    yield from _of_plan_itself(doc, scene)
    for section, value in (("doubtful", None), ("impossible", False)):
        for match in _said_of_visits(section).finditer(scene.low):
            if not qualify(doc, *match.span()).foreign:
                doubt = "Is the candidate able to follow the plan?" if value is None else None
                yield Mention("able", value, *match.span(), doubt, _EITHER if doubt else (), rank=1)
    yield from _open_questions(doc, scene)


_NO_VERB = ("manage", "manages", "cope with", "time for", "commit to", "not up to")  # a noun of the plan follows
_PASSIVE = frozenset({"accepted", "agreed", "refused", "declined", "rejected"})
_BY_CANDIDATE = re.compile(r"\s*(?:$|[,.;)\n]|by\s(?:the\s)?(?:patient|pt|him|her|candidate)(?![a-z])|and\s)")


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
        return True
    if fact == "willing" and _OF_ANOTHER_PERSON.match(behind(doc, scene.low, end)):
        return False
    word, words, asked = scene.low[start:end], behind(doc, scene.low, end), scene.asked in ("willing", "able")
    if word in _PASSIVE and stands_for(words) and not asked:
        return False  # "protocol violation accepted"
    if re.match(r"\s?[:=|?\t]", words):
        return False  # a label, read as such or not at all: "willing: no info"
    if section in ("able", "unable"):
        if not (follow_verb(words) or word.endswith(_NO_VERB) or (stands_for(words) and not _MODAL.search(word))):
            return _pronoun_can(doc, scene, start, words) if _MODAL.search(word) else False
        if word.endswith("way to") or _UNDERSTAND.match(words):
            return False  # "no way to get here" is an obstacle; "cannot follow what is said"
    if section == "no_obstacle" and not (
        follow_verb(words) or word_of("plan").match(re.sub(r"^\s?(?:with|in|of)?\s?(?:the\s)?", "", words))
    ):
        return False
    if word.startswith("agree") and word != "agreeable" and not (_AFTER_AGREE.match(words) or asked):
        return False
    if stands_for(words) and word in (
        "willing",
        "unwilling",
        "able",
        "unable",
        "not willing",
        "not able",
        "愿意",
        "agreeable",
    ):
        return True
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
        return Mention(fact, None, start, end, _DOUBTED, _EITHER, rank=1)
    if denied(doc, start, end, words=4):
        if not value:
            return Mention(fact, None, start, end, "A refusal is denied: is it a yes?", _EITHER)
        return Mention(fact, False, start, end, rank=1)
    if value and _EXCEPT.match(scene.low, end):
        return Mention(fact, None, start, end, "Something is excepted: is it a yes?", _EITHER, rank=1)
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


@cache
def _subject(section: str, language: str = "en") -> re.Pattern[str]:
    content = lexicon(language)["compliance"]
    return re.compile(
        rf"(?<![a-z])(?:{alternation(content['plan_as_subject'])})(?:\s(?:for|of|to|and|the|all|every|weekly|study|"
        rf"trial|tests|scans|bloods|here)){{0,3}}"
        rf"\s?(?:[:=-]\s?|(?:is|are|will be|would be|should be|seems?|have been|has been|would pose|pose|poses)\s)?"
        rf"(?:all\s|both\s|quite\s|perfectly\s|simply\s|just\s|"
        rf"entirely\s)*(?P<said>{alternation(content[section])})(?![a-z])"
    )


def _of_plan_itself(doc: Doc, scene: Scene) -> Iterator[Mention]:
    """ "Visits are feasible for her", "study visits accepted": the plan is the subject."""
    taken: list[tuple[int, int]] = []
    for section, fact, value in (
        ("subject_impossible", "able", False),
        ("subject_refused", "willing", False),
        ("subject_possible", "able", True),
        ("subject_accepted", "willing", True),
    ):
        for match in _subject(section).finditer(scene.low):
            start, end = match.span()
            meant = qualify(doc, start, match.end("said"))
            if any(a < end and start < b for a, b in taken) or meant.foreign or meant.uncertain or meant.planned:
                continue
            taken.append((start, end))
            if match["said"] in _PASSIVE and not _BY_CANDIDATE.match(scene.low, end):
                continue  # "schedule agreed with the sponsor"
            if not denied(doc, match.start("said"), end, words=3):
                yield Mention(fact, value, start, end, rank=0 if value else 1)


# (section, fact, rank, whether it counts without words of the plan beside it)
_LEFT_OPEN = (
    ("undecided", "willing", 1, False),
    ("shortfalls", "able", 1, False),
    ("obstacles", "able", 0, False),
    ("travel_obstacles", "able", 0, True),
)


def _open_questions(doc: Doc, scene: Scene) -> Iterator[Mention]:
    """Who hesitates has said neither yes nor no; who lives far away may still be able."""
    asked = scene.asked in ("willing", "able")
    for section, fact, rank, alone in _LEFT_OPEN:
        for match in word_of(section).finditer(scene.low):
            start, end = match.span()
            meant = qualify(doc, start, end)
            if meant.foreign or meant.negated or meant.historical:
                continue
            begin, stop = sentence_at(doc, start)
            if not alone and not asked:
                near = scene.low[max(begin, start - 80) : min(stop, end + 60)]
                about = word_of("plan").search(near)
                if about is None or (
                    section != "undecided" and word_of("not_the_plan").search(scene.low[end : min(stop, end + 25)])
                ):
                    continue
            elif section in ("shortfalls", "obstacles") and not about_plan(doc, scene.low, start, end, True):
                continue
            said = scene.text[start:end]
            question = "is the candidate able to follow the plan?" if fact == "able" else "is that a yes or a no?"
            yield Mention(fact, None, start, end, f'"{said}": {question}', _EITHER, rank=rank)


@cache
def _said_of_visits(section: str, language: str = "en") -> re.Pattern[str]:
    """ "Compliance doubtful", "visits are impossible for her"."""
    content = lexicon(language)["compliance"]
    return re.compile(
        rf"(?<![a-z])(?:{alternation(content['compliance_nouns'])}|travel(?:ling)?|coming|appointments?)"
        rf"(?:\s[a-z]+)?(?:\s?:)?\s(?:(?:is|are|has been|have been|may be|might be|would be|will be|remains?|"
        rf"seems?)\s)?(?:{alternation(content[section])})(?![a-z])"
    )


_ASKED_BACK = re.compile(
    r"(?<![a-z])(?:can|could|will|is|would)\s(?:he|she|they|the patient|pt)\s(?P<rest>[^?.\n]{1,60}\?)[\s*>-]{0,4}"
    r"(?:(?P<yes>yes|yep|yeah|sure|of course|definitely)|(?P<no>no|nope)|(?P<open>not sure|unsure|don't know|"
    r"unclear|no idea|tbc|maybe|perhaps|"
    r"probably|hopefully|we'll see|hard to say))(?![a-z])"
)
_WANTS = re.compile(r"(?:willing|happy|prepared|keen|ready|agree)(?![a-z])")
_CAN = re.compile(r"(?:able|manage|capable|make it|attend|come|keep|follow)(?![a-z])")


def _asked_and_answered(doc: Doc, scene: Scene) -> Iterator[Mention]:
    """ "Can he manage the visits? Not sure." The answer says what the question asked."""
    for match in _ASKED_BACK.finditer(scene.low):
        rest = match["rest"].removesuffix("?")
        fact = "willing" if _WANTS.match(rest) else "able" if _CAN.match(rest) else None
        key = next(key for key in ("yes", "no", "open") if match[key])
        verb = (_WANTS if fact == "willing" else _CAN).match(rest)
        if fact is None or verb is None:
            continue
        if about_plan(
            doc, scene.low, match.start(), match.start("rest") + verb.end(), bool(stands_for(rest[verb.end() :]))
        ):
            said = scene.text[slice(*match.span(key))]
            doubt = f'"{said}": is the candidate {fact}?' if key == "open" else None
            yield Mention(fact, None if doubt else key == "yes", *match.span(key), doubt, _EITHER if doubt else ())


def _answer(fact: str, yes: str, no: str, words: str) -> Answer | None:
    bare = re.sub(
        r"^(?:(?:yes|yep|yeah|no|nope|oh|well),?\s)?(?:(?:he|she|the patient|patient|pt)(?:\sis|'s|\shas)\s)?",
        "",
        words.strip(" .,!()"),
    )
    bare = re.sub(r"\s(?:yesterday|today|now|yet|really|with it|at all|actually)$", "", bare)
    for said in (words.strip(" .,!()"), bare):
        if word_of(no).fullmatch(said):
            return Answer(False)
        if word_of(yes).fullmatch(said):
            return Answer(True)
    if word_of("undecided").search(words):
        return Answer(doubt=f'"{words}": is that a yes or a no?', options=_EITHER)
    return None


def answer_willing(words: str, scene: Scene) -> Answer | None:
    """Bare answers to the question whether the candidate is willing."""
    return _answer("willing", "answers_willing", "answers_unwilling", words)


def answer_able(words: str, scene: Scene) -> Answer | None:
    """Bare answers to the question whether the candidate is able."""
    return _answer("able", "answers_able", "answers_unable", words)


ANSWERS = {"willing": answer_willing, "able": answer_able}
