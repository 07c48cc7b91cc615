"""Agreement of the candidate to contraception during the study; a method alone is no agreement."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc

from bot.extraction.en.entries import entry
from bot.extraction.layout import clause_at, sentence_at
from bot.extraction.lexicon import words_pattern
from bot.extraction.mention import Answer, Mention, Scene
from bot.extraction.qualifiers import cue_at, qualify
from bot.extraction.quick import quick

FACT = "contraception_agreed"
_EITHER = (True, False)
_BREAK = frozenset({"semicolon", "but"})
_BEFORE, _AFTER = 70, 60  # characters in which the stance towards contraception is looked for
_NO_OBJECTION = quick(r"no (?:objections?|problems?|issues?|concerns?|difficulty)(?![a-z])")
_ONLY_NO = quick(r"no\s(?:to\s)?(?:effective\s)?$|no\s?$")
_OF_THE_STUDY = quick(
    r"(?<![a-z])(?:study|trial|during|throughout|duration|all\sthrough|the\s(?:whole|entire)\s(?:time|way|period)|as\slong\sas|"
    r"(?:until|till|to)\sthe\s(?:very\s)?end|for\sthe\swhole|while\s(?:she|he)\s(?:is|takes|receives|participates))(?![a-z])"
)
# No effective method by itself: agreeing to it is not agreeing to effective contraception.
_WEAK_METHODS = quick(r"withdraw|calendar|rhythm|spermicide|coitus|not\ssexually")
_ENDS = quick(r"\s*(?:$|[.,;)\n])")
_OTHER_SIDE = quick(r"(?<![a-z])(?:but|however|though|although)(?![a-z])")
_BOTH = quick(r"(?<![a-z])(?:both|couple|they)(?![a-z])")
_LABEL = quick(
    r"\s?(?:agreed\s)?[:=]?\s?(?:(?:she|he)\s(?:said|says)\s)?(?P<v>yes|y|ok|no|n|✓|"
    r"√)(?![a-z]|/)"
)
_NOT_DISCUSSED = quick(
    r"\s?(?:is\s|was\s|has\s|not\syet\s)*(?:not\s)?(?:been\s)?"
    r"(?:discussed|needed|required|necessary|mentioned|applicable|asked)"
)
_COUNSELLING = quick(r"\s(?:counselling|counseling|advice|leaflet|clinic|information|history)")
_NO_NEED = quick(r"(?<![a-z])(?:no need (?:for|of)|does not need|doesn't need|not needing) (?:any )?$")
_OTHER_USE = quick(
    r"[\s-]?(?:medrol|medrone|testosterone)|\s(?:embolisation|embolization|refill|site"
    r"|test)(?![a-z])"
)
_AMBIGUOUS_METHODS = ("cap", "patch", "implant", "coil")


@cache
def _list(key: str, language: str = "en") -> re.Pattern[str]:
    return words_pattern(language, "person", "contraception", key)


@dataclass(frozen=True, slots=True)
class _Case:
    """One mention of contraception (start, end) in the stretch (begin, stop) that can hold the stance towards it."""

    doc: Doc
    scene: Scene
    start: int
    end: int
    begin: int
    stop: int
    method: bool

    @property
    def low(self) -> str:
        return self.scene.low

    @property
    def words(self) -> str:
        return self.scene.text[self.start : self.end]

    def span(self, other: tuple[int, int]) -> tuple[int, int]:
        return min(other[0], self.start), max(other[1], self.end)


def find(doc: Doc, scene: Scene) -> Iterator[Mention]:
    """contraception_agreed; methods are looked at only where contraception itself says nothing."""
    settled = False
    for match in _list("words").finditer(scene.low):
        if _COUNSELLING.match(scene.low, match.end()) or _NO_NEED.search(
            scene.low[max(0, match.start() - 22) : match.start()]
        ):
            continue
        mention = _stance(doc, scene, *match.span(), method=False)
        if mention is not None:
            settled = True
            yield mention
    if settled:
        return
    for match in _list("methods").finditer(scene.low):
        if match.group() == "pop" and scene.text[match.start() : match.end()] != "POP":
            continue  # ears and joints pop
        if _OTHER_USE.match(scene.low, match.end()):
            continue  # Depo-Medrol is a steroid
        if (
            scene.asked != FACT
            and match.group() in _AMBIGUOUS_METHODS
            and not re.search(r"contracep|partner|sex", scene.low)
            and not _kept_for_study(doc, scene, match.start())
        ):
            continue
        mention = _stance(doc, scene, *match.span(), method=True)
        if mention is not None:
            yield mention
            return


def _kept_for_study(doc: Doc, scene: Scene, start: int) -> bool:
    """ "Coil in place and agrees to keep it for the whole study"."""
    begin, stop = clause_at(doc, start, _BREAK)
    agreed = _list("agree").search(scene.low, begin, stop)
    return agreed is not None and _OF_THE_STUDY.search(scene.low, agreed.end(), stop) is not None


def _stance(doc: Doc, scene: Scene, start: int, end: int, method: bool) -> Mention | None:
    """Agreed, refused, or only mentioned: from the words of agreement in the same clause."""
    meant = qualify(doc, start, end)
    if meant.quoted_protocol or meant.hypothetical:
        return None
    labelled = None if method else _entered(scene, start, end)
    if labelled is not None:
        return labelled if labelled.value is not None else None
    if meant.question:
        return None
    begin, stop = clause_at(doc, start, _BREAK)
    case = _Case(doc, scene, start, end, max(begin, start - _BEFORE), min(stop, end + _AFTER), method)
    yes, no = _nearest(_list("agree"), case), _nearest(_list("refuse"), case)
    if no is not None and _NO_OBJECTION.match(case.low, no[0]):
        return Mention(FACT, True, *case.span(no))
    if no is not None and case.low[no[0] : no[1]] == "no" and no[1] <= start:
        if _ONLY_NO.match(case.low[no[0] : start]):
            reason = "No contraception now; does the candidate agree to use it during the study?"
            return Mention(FACT, None, no[0], end, reason, _EITHER, rank=-1)
        no = None
    if no is not None and no[0] >= end and case.low[no[0] : no[1]] == "no" and not _ENDS.match(case.low, no[1]):
        no = None  # "abstinent, no partner"
    if no is not None and (yes is None or no[0] <= yes[0]):
        last = sentence_at(doc, start)[1]
        other = _OTHER_SIDE.search(case.low, case.end, last)
        if other is not None and _list("agree").search(case.low, other.end(), min(last, other.end() + 40)):
            reason = "One way is refused and another agreed to; does the candidate agree to effective contraception?"
            return Mention(FACT, None, *case.span(no), reason, _EITHER)
        return Mention(FACT, False, *case.span(no))
    return _agreed(case, yes) if yes is not None else _unsaid(case)


_LABEL_TAIL = quick(r"\s(?:use\s)?(?:agreed|agreement|accepted|confirmed|consented|ok)(?![a-z])")


def _entered(scene: Scene, start: int, end: int) -> Mention | None:
    """ "Contraception agreed: No", "Agrees to contraception | Y"; a mention without value where the entry is open."""
    tail = _LABEL_TAIL.match(scene.low, end)
    behind = entry(scene.low, tail.end() if tail else end)
    if behind is None:
        return None
    return Mention(FACT, behind.says, start, behind.end)


def _agreed(case: _Case, yes: tuple[int, int]) -> Mention:
    """Words of agreement stand beside it: is it the candidate's, and is it for the study?"""
    first, last = case.span(yes)
    meant, said = qualify(case.doc, *yes), case.low[yes[0] : yes[1]]
    if meant.negated:
        return Mention(FACT, False, first, last)
    doubtful = meant.uncertain or qualify(case.doc, case.start, case.end).uncertain
    if doubtful or case.low[last : last + 1] == "?" or re.search(r"\bto (?:be )?discuss", case.low[last : case.stop]):
        return Mention(FACT, None, first, last, "The agreement is said with doubt.", _EITHER)
    if cue_at(case.doc, "other_person", yes[0]) is not None and not _BOTH.search(case.low[case.begin : case.stop]):
        return Mention(FACT, None, first, last, "Does the candidate agree, not only the partner?", _EITHER)
    during = _OF_THE_STUDY.search(case.low[case.begin : case.end + 60])
    politely = said in ("ok with", "okay with", "ok w/", "fine with", "happy") or said.startswith("will")
    if case.method and (_WEAK_METHODS.search(case.words.lower()) or (politely and not during)):
        reason = f'"{case.words}" is a method; does the candidate agree to contraception during the study?'
        return Mention(FACT, None, first, last, reason, _EITHER)
    return Mention(FACT, True, first, last)


def _unsaid(case: _Case) -> Mention | None:
    """No stance in words: "contraception: yes", "contraception not discussed", or a method alone."""
    behind = case.low[case.end : min(case.stop, case.end + 24)]
    label = None if case.method else _LABEL.match(behind)
    if label:
        return Mention(FACT, label["v"] not in ("no", "n"), case.start, case.end + label.end())
    if _NOT_DISCUSSED.match(case.low[case.end : case.end + 40]):
        return None
    reason = f'"{case.words}" is mentioned; does the candidate agree to contraception during the study?'
    return Mention(FACT, None, case.start, case.end, reason, _EITHER, rank=-1)


def _nearest(pattern: re.Pattern[str], case: _Case) -> tuple[int, int] | None:
    """The last match before the mention, unless another matter lies between; else the first behind it."""
    before = [match.span() for match in pattern.finditer(case.low, case.begin, case.start)]
    if before:
        gap = case.low[before[-1][1] : case.start]
        if not re.search(r"(?<![a-z])(?:icf|ecog|visits|follow)(?![a-z])[^,]*,", gap):
            return before[-1]
    after = pattern.search(case.low, case.end, case.stop)
    return after.span() if after else None


_WHO = r"(?:(?:he|she|they|both|pt|the\s(?:pt|patient)|patient)(?:'s|\sis|\sare|\shas|\sdoes|\swill)?\s)?"
_IT = r"(?:\s(?:to\s)?(?:use\s)?(?:it|that|this|them|one|so|do\sso|do\sit|to\sit|comply))?"
_THROUGHOUT = (
    r"(?:,?\s(?:for|during|throughout)\s(?:the\s)?(?:whole\s|entire\s|duration\sof\s(?:the\s)?)?(?:study|trial))?"
)
_FOR_IT = quick(
    rf"(?:yes,?\s)?{_WHO}(?:(?:ok|okay|fine|happy|alright|all\sright|good|no\sproblem)\s(?:with|by|for)\s(?:him|her|them|that|it|this|both)"
    rf"|(?:agrees|agreed|agree|accepts|accepted|commits|promises|promised){_IT}){_THROUGHOUT}"
)
_AGAINST_IT = quick(
    rf"(?:no,?\s)?{_WHO}(?:(?:(?:do|does|did|has|have|will|would)(?:\s?not|n'?t)|not|won'?t|never|refuses\sto|declines\sto|refused\sto|unwilling\sto|"
    rf"not\s(?:willing|prepared|ready|happy|keen)(?:\sto)?|against|(?:would|'d)\srather\snot|rather\snot|prefers?\snot\sto)"
    rf"(?:\s(?:to\s)?(?:agree|agreed|accept|accepted|want|wish|use|using|take|commit|have|like|hear\sof))?(?:\sto\s(?:use|take|agree|commit))?"
    rf"(?:{_IT}|\s(?:to\s)?(?:anything|any|any\sof\s(?:it|them|that)|any\smethod|either|such\sthings?)){_THROUGHOUT})"
)


def _answer(words: str, scene: Scene) -> Answer | None:
    """ "Ok with him", "she has agreed to it", "does not agree"."""
    bare = words.strip(" .,!")
    if _FOR_IT.fullmatch(bare):
        return Answer(True)
    return Answer(False) if _AGAINST_IT.fullmatch(bare) else None


ANSWERS = {FACT: _answer}
