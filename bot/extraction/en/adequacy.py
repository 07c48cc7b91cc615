"""Whether the therapy was adequate, in the investigator's judgement; never concluded from the number of cycles.

A judgement has a verdict ("adequate", "too little"), something that it is said of (the therapy, not the kidneys) and
somebody who judges. All three are looked for in one sentence; where one is missing, or where the judgement is still
to come, there is no value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc

from bot.extraction.en.adequacy_words import (
    after_verdict,
    judged_by,
    others_judge,
    something_else,
    therapy_behind,
    word_of,
)
from bot.extraction.en.denied import denied, unsure
from bot.extraction.layout import sentence_at
from bot.extraction.mention import Answer, Mention, Scene
from bot.extraction.qualifiers import cue_at, qualify

FACT = "therapy_adequate"
_EITHER = (True, False)
LEFT, RIGHT = 140, 90  # characters around a verdict in which its therapy, judge and doubts are looked for


@dataclass(frozen=True, slots=True)
class _Verdict:
    """A verdict word in its sentence: left and right are the words of the sentence around it."""

    doc: Doc
    low: str
    start: int
    end: int
    value: bool
    strong: bool
    left: str
    right: str

    @property
    def around(self) -> str:
        return self.left + self.low[self.start : self.end] + self.right

    def says(self, value: bool) -> Mention:
        return Mention(FACT, value, self.start, self.end)

    def asks(self, reason: str) -> Mention:
        return Mention(FACT, None, self.start, self.end, reason, _EITHER)


@cache
def _kinds() -> tuple[tuple[str, bool, bool], ...]:
    """(section of the lexicon, value, whether it says it by itself), the denials first: they contain the others."""
    return (
        ("inadequate", False, True), ("not_enough", False, False), ("adequate", True, True), ("enough", True, False),
    )  # fmt: skip


def _verdicts(doc: Doc, scene: Scene) -> Iterator[_Verdict]:
    taken: list[tuple[int, int]] = []
    for section, value, strong in _kinds():
        for match in word_of(section).finditer(scene.low):
            start, end = match.span()
            if any(a < end and start < b for a, b in taken):
                continue
            taken.append((start, end))
            begin, stop = sentence_at(doc, start)
            left = scene.low[max(begin, start - LEFT) : start]
            yield _Verdict(doc, scene.low, start, end, value, strong, left, scene.low[end : min(stop, end + RIGHT)])


def adequacy_in(doc: Doc, scene: Scene) -> Iterator[Mention]:
    """The investigator's judgement where the text gives it."""
    for verdict in _verdicts(doc, scene):
        mention = _labelled(verdict, scene.asked == FACT) or _judged(verdict, scene.asked == FACT)
        if mention is not None:
            yield mention
    yield from _content(doc, scene)


def _labelled(verdict: _Verdict, asked: bool) -> Mention | None:
    """ "Adequate therapy (PI): yes", "therapy_adequate | N", "Adequacy (investigator's opinion): no"."""
    answer = after_verdict(verdict.low, verdict.end)
    if answer is None or not verdict.strong:
        return None
    label_left = re.split(r"[\n;|:.,?=]", verdict.left)[-1]
    label = label_left + verdict.low[verdict.end : answer.label_end]
    if something_else(label) or len(label_left.split()) > 8:
        return None
    beside = label + verdict.low[answer.end : answer.end + 40]
    if not (asked or word_of("therapy").search(label) or judged_by(beside)):
        return None  # the adequacy of a specimen, or of nobody knows what
    if verdict.low[verdict.start : verdict.end].startswith("in"):
        return None  # "inadequate: no" may mean either
    if word_of("crossed_out").search(verdict.low, answer.end, answer.end + 60):
        return Mention(
            FACT, None, verdict.start, answer.end, "The entry was corrected; which judgement stands?", _EITHER
        )
    return Mention(FACT, answer.value, verdict.start, answer.end)


def _judged(verdict: _Verdict, asked: bool) -> Mention | None:
    meant = qualify(verdict.doc, verdict.start, verdict.end)
    around = verdict.around
    if meant.quoted_protocol or meant.other_cancer or not _of_therapy(verdict, asked):
        return None
    answered = _answered(verdict)
    if answered is not None or meant.question or _LABEL_SIGN.match(verdict.right):
        return answered  # "Adequate first-line therapy: unknown": what stands behind the sign decides
    if word_of("definitions").search(_COUNTS_HERE.sub(" ", around)) or _CONDITION.match(verdict.right):
        return None
    if word_of("no_doubts").search(around) is None and (word_of("doubts").search(around) or verdict.right[:1] == "?"):
        return verdict.asks("Whether the therapy was adequate is given with a doubt.")
    hedge = cue_at(verdict.doc, "uncertain", verdict.start, verdict.end)
    hedged = hedge is not None and hedge.label.lower() not in ("about", "around", "near")  # "about the adequacy"
    if (hedged or unsure(verdict.doc, verdict.start, verdict.end)) and word_of("no_doubts").search(around) is None:
        return verdict.asks("Whether the therapy was adequate is given with a doubt.")
    ahead = cue_at(verdict.doc, "planned", verdict.start, verdict.end)
    if ahead is not None and _JUDGING.search(ahead.label.lower() + " " + verdict.left):
        ahead = None  # "the PI did not consider it to be adequate" plans nothing
    would = cue_at(verdict.doc, "hypothetical", verdict.start, verdict.end)
    if would is not None and _WOULD_CALL.match(verdict.low, would.cue_start):
        would = None  # "would not call it adequate" is a judgement
    if ahead is not None or would is not None or word_of("still_open").search(around):
        return None
    if word_of("at_first").search(around) and word_of("no_more").search(verdict.low, verdict.end, verdict.end + 160):
        return verdict.says(not verdict.value)
    if _noun(verdict):
        return _stance(verdict)
    if not _denied(verdict):
        return verdict.says(verdict.value)
    return verdict.says(False) if verdict.value else verdict.asks("A denial is denied; was the therapy adequate?")


def _noun(verdict: _Verdict) -> bool:
    """ "Adequacy" names what is judged and does not judge it."""
    return verdict.low.startswith("adequacy", verdict.start)


def _stance(verdict: _Verdict) -> Mention | None:
    """The investigator "is happy with the adequacy of the treatment"."""
    if word_of("not_content_with").search(verdict.around):
        return verdict.says(False)
    if word_of("content_with").search(verdict.around) and not _denied(verdict):
        return verdict.says(True)
    return None


_LABEL_SIGN = re.compile(r"[^\n;.,:=|?\t()]{0,40}?\s?(?:\([^)\n]{0,30}\)\s?)?[:=|?\t]")
_COUNTS_HERE = re.compile(r"(?<![a-z])(?:this|that|which|it) counts as(?![a-z])")
_WOULD_CALL = re.compile(r"would\s(?:not\s|never\s|indeed\s)?(?:call|say|consider|regard|deem|judge|rate)(?![a-z])")
_JUDGING = re.compile(r"(?<![a-z])(?:consider|deem|judg|regard|f[io]und|believe|felt|held|thought)")
_CONDITION = re.compile(r"\s(?:if|provided|as long as|unless|only if)(?![a-z])")


def _answered(verdict: _Verdict) -> Mention | None:
    """The answer behind an indirect question: "was asked whether it was adequate and said that it was"."""
    if not re.search(r"(?<![a-z])ask(?:ed|ing)?(?![a-z])", verdict.left):
        return None
    answer = re.search(
        r"(?:,|-|:|(?<![a-z])and)\s?(?:(?:he|she|they|the pi)\s)?"
        r"(?:(?:answered|replied|said|says|answer|confirmed|thought)\s?[:,]?\s?(?:that\s)?)?",
        verdict.right,
    )
    if answer is None:
        return None
    for section, value in (("label_no", False), ("label_yes", True)):
        said = word_of(section).match(verdict.right, answer.end())
        if said:  # the words of the answer, as the rest of the sentence asks
            return Mention(FACT, value, verdict.end + said.start(), verdict.end + said.end())
    return None


def _of_therapy(verdict: _Verdict, asked: bool) -> bool:
    """Whether the verdict is said of the therapy, and by somebody whose word counts."""
    low, left, right = verdict.low, verdict.left, verdict.right
    word = low[verdict.start : verdict.end]
    if word == "enough" and re.search(r"(?<![a-z])(?:fit|well|strong|old|fast|clear|young|big|large)\s$", left):
        return False
    judge = judged_by(verdict.around) or _doctor_judges(verdict)
    if not judge and others_judge(verdict.around):
        return False
    treated = word.startswith(("under", "fully")) or word in ("full course", "complete course", "incomplete course")
    attributive = therapy_behind(right)
    if attributive is None:
        return False  # "adequate hydration"
    named = _therapy_before(left)
    if named is None and not (attributive or treated):
        bare = not left.strip() and verdict.start <= 1  # "Insufficient according to the PI"
        return ((judge and (verdict.strong or bare)) or asked) and not something_else(left)
    if verdict.strong:
        phrase = left[-60:] + right[:60]
        return judge or asked or bool(word_of("cancer_therapy").search(phrase) or _JUDGED.search(left))
    return judge or asked


# "Therapy considered adequate": the verb says that it was judged.
_JUDGED = re.compile(
    r"(?<![a-z])(?:judged|considered|deemed|rated|regarded as|assessed as|found|felt|called|"
    r"documented as)(?: (?:not|as|to be|not to be|clearly|fully))*\s$"
)


def _therapy_before(left: str) -> str | None:
    """The words between the therapy and the verdict; None where something else, or nothing, is named before it."""
    last = None
    for match in word_of("therapy").finditer(left):
        last = match
    if last is None:
        return None
    between = left[last.end() :]
    return None if something_else(between) else between


# "Dr Mwangi regards the induction as adequate": a doctor with a name, who is no referrer.
_DOCTOR = re.compile(
    r"(?<![a-z])(?:dr|prof|professor|doctor)\.?\s[a-z'-]+\s(?:[a-z'-]+\s)?(?:says|said|feels|felt|considers|considered|judges|judged|"
    r"regards|regarded|deems|deemed|thinks|thought|finds|found|calls|rates|rated)(?![a-z])"
)
_REFERS = re.compile(
    r"(?<![a-z])(?:refer[a-z]*|local|outside|previous|gp|their|surgeon|radiologist|pathologist)(?![a-z])"
)


def _doctor_judges(verdict: _Verdict) -> bool:
    """Whether a doctor is named who judges, and the therapy before it or in the same words."""
    if _DOCTOR.search(verdict.left) is None or _REFERS.search(verdict.around) is not None:
        return False
    return word_of("therapy").search(verdict.low, max(0, verdict.start - 220), verdict.end + 40) is not None


_FAR_FROM = re.compile(
    r"(?<![a-z])(?:far from|less than|nowhere near|short of|anything but|hardly|scarcely)\s(?:\w+\s)?$"
)


def _denied(verdict: _Verdict) -> bool:
    """ "Not considered adequate", "cannot call this adequate", "no adequate therapy"."""
    return bool(_FAR_FROM.search(verdict.left)) or denied(verdict.doc, verdict.start, verdict.end, words=11)


def _content(doc: Doc, scene: Scene) -> Iterator[Mention]:
    """ "PI happy with the amount of treatment": content with how much, not with how it went."""
    for match in word_of("amounts").finditer(scene.low):
        start, end = match.span()
        if scene.low.startswith("adequacy", start) or "adequacy" in match.group():
            continue
        begin, stop = sentence_at(doc, start)
        sentence = scene.low[max(begin, start - LEFT) : min(stop, end + RIGHT)]
        if not judged_by(sentence) or not word_of("therapy").search(scene.low, start, min(stop, end + 30)):
            continue
        meant = qualify(doc, start, end)
        blocked = word_of("still_open").search(sentence) or word_of("definitions").search(sentence)
        if meant.foreign or meant.planned or meant.uncertain or blocked or word_of("doubts").search(sentence):
            continue
        if any(word_of(section).search(sentence) for section, _, _ in _kinds()):
            continue  # read as a verdict already
        if word_of("not_content_with").search(sentence) or meant.negated:
            yield Mention(FACT, False, start, end)
        elif word_of("content_with").search(sentence):
            yield Mention(FACT, True, start, end)


# "I'd say so, and I'm the PI", "the PI says it is", "PI happy"
_WHO = (
    r"(?:(?:the|our)\s)?(?:pi|investigator|principal investigator|doctor|oncologist|he|she|we|i|"
    r"prof(?:essor)?(?:\s[a-z]+)?|dr\s[a-z]+)"
)
_SAYS = (
    r"(?:says?|said|thinks?|thought|judges?|judged|confirms?|confirmed|agrees?|agreed|considers?|finds?|found|"
    r"feels?|felt|"
    r"believes?|reckons?|would say|'d say|'d agree|would agree)"
)
_OF_PI = r"(?:my|the\s(?:pi|investigator)'?s?|(?:pi|investigator)'?s?|his|her)"
_SO = re.compile(
    rf"(?:yes,?\s)?(?:{_WHO}\s?{_SAYS}(?:\s(?:so|yes|it is|it was|that it (?:is|was)|it (?:is|was) fine))?|"
    rf"{_WHO}\s(?:is|was)?\s?"
    r"(?:happy|satisfied|content|comfortable|fine|ok|okay)(?:\swith (?:it|that|this|the (?:treatment|therapy|chemo)))?|"
    rf"(?:it (?:is|was),?\s)?in\s{_OF_PI}\s(?:view|opinion|judge?ment)(?:,?\s(?:yes|it (?:is|was|did)))?|"
    rf"(?:(?:ok|okay|yes|fine|confirmed|agreed|judged so|so|accepted)\s)?(?:per|by|according to)\s{_WHO}|"
    rf"{_WHO}\s?[:=-]\s?(?:yes|y|ok|okay|agreed))"
    r"(?:\s?,?\s(?:and\s)?(?:i'm|i am|as)\s(?:the\s)?(?:pi|investigator))?"
)
_NOT_SO = re.compile(
    rf"(?:no,?\s)?(?:{_WHO}\s{_SAYS}\s(?:no|not|it (?:isn't|is not|was not|wasn't|'s not)|otherwise)|"
    rf"(?:no|not),?\s(?:in\s{_OF_PI}\s(?:view|opinion|judge?ment)|(?:per|by|according to)\s{_WHO})|"
    rf"{_WHO}\s?[:=-]\s?(?:no|n)|"
    rf"in\s{_OF_PI}\s(?:view|opinion|judge?ment),?\s(?:no|not)|"
    rf"{_WHO}\s(?:disagrees|disagreed|does not (?:think|agree)(?: so)?|doesn't (?:think|agree)(?: so)?|"
    r"(?:is|was|'s) not (?:happy|satisfied|content)|isn't (?:happy|satisfied)))"
)


def answer_adequate(text: str, scene: Scene) -> Answer | None:
    """ "The PI says it is", once the adequacy was asked for; verdict words are found by `adequacy_in`."""
    bare = text.strip(" .,!()").lower()
    if _NOT_SO.fullmatch(bare):
        return Answer(False)
    return Answer(True) if _SO.fullmatch(bare) else None
