"""The study's informed consent form: signed, not signed, or not to be told from the words.

Each mention of the form is judged by a row of small questions; the first that has an answer decides. What denies or
postpones the signature comes before what affirms it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc

from bot.extraction.en import signatures
from bot.extraction.en.consent_forms import WINDOW, Place, answered_below, forms, words
from bot.extraction.layout import sentence_at
from bot.extraction.lexicon import alternation, lexicon
from bot.extraction.mention import Answer, Mention, Scene
from bot.extraction.qualifiers import cue_at, qualify
from bot.extraction.quick import quick

FACT = "icf_signed"
_EITHER = (True, False)
_TICKS = frozenset({"y", "yes", "ok", "okay", "done", "✓", "✔", "√"})  # only right behind the form's name
_FUTURE = quick(
    r"(?<![a-z])(?:will|'ll|to be|to sign|going to|plans?|planned|planning|scheduled|pending|awaiting|"
    r"awaited|due|tomorrow|"
    r"next|intends?|yet to|about to|wants? to|would like to|needs? to|has to|have to|must|should|ready "
    r"to|agreed to|"
    r"agrees to|willing to|happy to|before signing|considering|thinking|not until|once|after reading|"
    r"to follow|"
    r"for (?:her |his |the |a )?(?:signature|signing)|outstanding|待签|将|拟)(?![a-z])"
)
_WAITS = quick(  # "the nurse will come with the consent form" says nothing of a signature
    r"(?<![a-z])(?:pending|awaited|awaiting|due|outstanding|to follow|to be signed|to sign|will sign|for signature|"
    r"for signing)(?![a-z])"
)
_HAS_SINCE = quick(
    r"(?:,|(?<![a-z])and)\s(?:(?:he|she|pt|patient)\s)?(?:has|have|had|already|(?<!be )signed)(?![a-z])(?!\sto)"
)
_WAITS_AFTER = quick(r"(?<![a-z])(?:pending|awaited|outstanding|tomorrow|next week)(?![a-z])")
_STILL_VALID = quick(r"(?:not|never|n't) (?:withdr|revoke)")
_NO_BEHIND = quick(
    r"\s?[:=-]?\s?(?:status\s)?(?:no(?!\s(?:problem|issue|question|objection|doubt|concern|info|record|idea|data|"
    r"news|change))|n|not yet|not done|not obtained|not available|not given|missing|"
    r"none|未签)(?![a-z])"
)
_NO_INSIDE = quick(r"(?<![a-z])(?:not|un|yet to|no)(?![a-z])|n't|未|没")
_NOT_THIS_NO = quick(r"(?<![a-z])(?:and|icf|ecog|problem|issue|has signed)(?![a-z])")
_BY = quick(r"(?<![a-z])by\s(?:(?:the|his|her|their|a|patient's|pt's)\s)*")
_AND_PATIENT = quick(r"\band (?:by )?(?:the )?(?:pt|patient|him|her)")
_FORMAL_NAMES = ("icf", "informed consent form", "consent form", "知情同意书")
_DONE = quick(r"(?<![a-z])(?:done|completed|yes|y|ok|okay|in place|on file|✓|✔|√|obtained)(?![a-z])")


# The words of a "no" that the quotation should hold.
_NO_BEFORE = quick(
    r"(?<![a-z])(?:not|never|no|without|cannot|will|to be|going to|refuse[sd]?|declines?|declined|wants to|has to|"
    r"has yet|(?:has|did|does|would)n't)"
    r"(?![a-z])[^,.;:\n]{0,22}$"
)
_NO_AFTER = quick(
    r"\s?(?:[:=-]\s?)?(?:(?:is|was|has|still|been)\s)*(?:not(?: yet)?(?: been)?(?: signed)?|pending|missing|"
    r"outstanding|blank|tomorrow|next week|no)(?![a-z])"
)


@dataclass(frozen=True, slots=True)
class _Case:
    """One form in its clause: where it is named, the word of signing or giving, and the span of both."""

    doc: Doc
    low: str
    place: Place
    signed: tuple[int, int] | None
    given: tuple[int, int] | None
    first: int
    last: int

    @property
    def clause(self) -> str:
        return self.low[self.place.begin : self.place.stop]

    def says(self, value: bool, rank: int = 0) -> Mention:
        if value:
            return Mention(FACT, value, self.first, self.last, rank=rank)
        before, behind = (
            _NO_BEFORE.search(self.low[max(0, self.first - 30) : self.first]),
            _NO_AFTER.match(self.low, self.last),
        )
        start = self.first - len(before.group()) if before else self.first
        return Mention(FACT, value, start, behind.end() if behind else self.last, rank=rank)

    def asks(self, reason: str) -> Mention:
        return Mention(FACT, None, self.first, self.last, reason, _EITHER)


def find(doc: Doc, scene: Scene) -> Iterator[Mention]:
    """icf_signed. A planned signature is none yet; somebody else's, an old form or a spoken word is a question."""
    seen: dict[int, Mention] = {}
    for place in forms(doc, scene):
        if place.begin in seen:
            continue
        mention = answered_below(scene, place) or _judge(doc, scene, place)
        if mention is not None:
            seen[place.begin] = mention
            yield mention
    if all(mention.doubt is not None for mention in seen.values()):
        yield from signatures.find(doc, scene, bool(seen))


def _case(doc: Doc, low: str, place: Place) -> _Case:
    signed, given = place.near(words("signed"), low), place.near(words("given"), low)
    if given and low[given[0] : given[1]] in _TICKS and not 0 <= given[0] - place.end <= 6:
        given = None
    if given and ("," in low[place.end : given[0]] or "," in low[given[1] : place.start]):
        given = None
    word = signed or given or (place.start, place.end)
    return _Case(doc, low, place, signed, given, min(place.start, word[0]), max(place.end, word[1]))


def _judge(doc: Doc, scene: Scene, place: Place) -> Mention | None:
    """What one mention of the form says about its signature."""
    meant = qualify(doc, place.start, place.end)
    case = _case(doc, scene.low, place)
    if meant.quoted_protocol or (
        meant.hypothetical
        and not re.search(r"(?<![a-z])(?:once|until|would not sign|wouldn't sign)(?![a-z])", case.clause)
    ):
        return None
    if _withdrawn(case):
        return case.says(False, rank=2)
    if _denied(case):
        return case.says(False)
    if words("verbal").search(case.clause) and (case.signed is None or "to be signed" in case.clause):
        return case.asks("Agreement by word of mouth is no signature.")
    postponed = _postponed(case)
    if postponed is not None:
        return case.says(False) if postponed else None
    if case.signed is None and case.given is None:
        return _only_date(case)
    return _affirmed(case)


def _withdrawn(case: _Case) -> bool:
    stop = min(sentence_at(case.doc, case.place.start)[1], case.place.end + 2 * WINDOW)
    whole = case.low[case.place.begin : stop]
    return bool(words("withdrawn").search(whole)) and not _STILL_VALID.search(whole)


def _denied(case: _Case) -> bool:
    """ "Not signed", "no ICF yet", "ICF: no", "unsigned"."""
    low, begin, stop = case.low, case.place.begin, case.place.stop
    if words("not_yet").search(low, max(begin, case.first - 12), min(stop, case.last + 16)):
        return True
    if _NO_BEHIND.match(low[case.last : stop]) or _NO_INSIDE.search(low[case.first : case.last]):
        return True
    cue = cue_at(case.doc, "negated", case.first)
    if cue is None and case.signed is not None:
        cue = cue_at(case.doc, "negated", case.signed[0])
    if cue is None or cue.cue_start >= case.last:
        return False
    return not _NOT_THIS_NO.search(low[cue.cue_end : case.first])


def _postponed(case: _Case) -> bool | None:
    """True: the signature is still to come. False: something is, but not the signature. None: nothing is."""
    low, begin, stop = case.low, case.place.begin, case.place.stop
    after = re.split(
        r"(?<![a-z])and\s(?=(?:is|was|he|she|willing|happy|keen|able|ready|agrees)(?![a-z]))",
        low[case.last : min(stop, case.last + 25)],
    )[0]
    start = max(begin, case.first - 45)
    for done in _HAS_SINCE.finditer(low, start, min(stop, case.first + 7)):
        start = done.start()  # "wants to join, and has signed": the wish ends before
    up_to = low[start : case.last]
    around = up_to + after
    if _FUTURE.search(around) and (case.signed is None or _FUTURE.search(up_to)):
        return True if case.signed or case.given or _WAITS.search(around) else None
    return True if _WAITS_AFTER.search(low[case.last : min(stop, case.last + 20)]) else None


@cache
def _by_another(language: str) -> re.Pattern[str]:
    """ "Her son has signed", "the signature is the father's"."""
    names = alternation(lexicon(language)["person"]["consent"]["representative"])
    return quick(
        rf"(?<![a-z])(?:{names})(?:'s)?\s(?:has\s|have\s|had\s|put\s|gave\s|added\s|his\s|her\s|their\s|"
        rf"the\s){{0,3}}sign|"
        rf"(?:signature|signed)\s(?:is|was|of|from)\s(?:by\s)?(?:(?:the|his|her|a)\s)?(?:{names})(?![a-z])"
    )


def signed_by_another(clause: str) -> bool:
    """Whether some lower-case words say that somebody else than the patient signed."""
    return _somebody_else(clause)


_BOTH_SIGNED = quick(r"(?<![a-z])(?:both|(?:the )?(?:patient|pt|participant|candidate|he|she)\s(?:and|&)\s)")


def _somebody_else(clause: str) -> bool:
    if _BOTH_SIGNED.search(clause):
        return False
    by = _BY.search(clause)
    if by and words("representative").match(clause, by.end()) and not _AND_PATIENT.search(clause):
        return True
    return bool(_by_another("en").search(clause))


def _affirmed(case: _Case) -> Mention | None:
    """The form stands beside a word of signing or giving that nothing denies: is it the patient's signature?"""
    low = case.low
    meant, of_form = qualify(case.doc, case.first, case.last), qualify(case.doc, case.place.start, case.place.end)
    if meant.question:
        return None
    if meant.uncertain or of_form.uncertain or low[case.last : case.last + 2].strip().startswith("?"):
        return case.asks("It is not certain that the form has been signed.")
    if _somebody_else(case.clause):
        return case.asks(signatures.SOMEBODY_ELSE)
    if _TASK.match(case.clause):
        return None
    if words("trouble").search(low, case.place.begin, min(len(low), case.last + 80)):
        return case.asks("Something is wrong with this signature; does it stand?")
    if words("old_version").search(case.clause):
        return case.asks("An old version was signed; is the current form signed?")
    if case.signed is not None:
        infinitive = low[case.signed[0] : case.signed[1]] in ("sign", "signs") and "did sign" not in case.clause
        return None if infinitive else case.says(True)
    if re.search(r"written|in writing", low[max(case.place.begin, case.first - 10) : case.last + 12]):
        return case.says(True)
    done = _DONE.search(low[case.first : case.last]) and not re.match(r"\s?to", low[case.last :])
    if done and low[case.place.start : case.place.end] in _FORMAL_NAMES:
        return case.says(True)
    return case.asks("Consent is mentioned, but not that the form was signed.")


# "Please have the ICF signed" gives a task.
_TASK = quick(
    r"[\s*•\d.)-]*(?:(?:please|pls|kindly|then|and|to do|todo|remember to|need to|we need to)[\s:]{1,2})*"
    r"(?:have|get|let|make sure|ensure|remind|ask|chase|check|see that|arrange|obtain)(?![a-z])"
)


def _only_date(case: _Case) -> Mention | None:
    """ "ICF 12 May 2026": a date beside the form's name is the date of a signature, but it does not say so."""
    low, place = case.low, case.place
    if low[place.end : place.end + 1] == "?" or qualify(case.doc, place.start, place.end).uncertain:
        return case.asks("It is not certain that the form has been signed.")
    if low[place.start : place.end] == "icf" and re.match(
        r"\s?[:(]?\s?(?:on\s)?\d{1,4}[./-]", low[place.end : place.stop]
    ):
        return case.asks("A date stands beside the form; has it been signed?")
    return None


# Bare answers to the question for the form.
_NOT_YET = quick(
    r"(?:(?:no|it is|it's|she|he|is|the form is|form is|still|that is)[\s,]+){0,3}(?:outstanding|pending|open|"
    r"to be signed|to be done|to do|to follow|missing|awaited|"
    r"(?:has it |has the form |it is )?(?:still )?at home|not (?:before|until|till)(?:\s[\w ]{2,20})?|"
    r"await(?:ing|s) (?:his |her |the |a |pt |patient )?(?:signature|signing)|"
    r"(?:his |her |the )?signature (?:is |still )*(?:pending|"
    r"awaited|outstanding|missing|to follow|to come|due)|waiting for (?:his |her |the )?signature|"
    r"will be signing(?:\s[\w ]{2,24})?|"
    r"(?:is )?(?:due )?to sign(?:\s[\w ]{2,24})?|(?:is )?(?:due|going|planned|scheduled) to sign(?:\s[\w ]{2,24})?|"
    r"signing (?:tomorrow|at (?:the )?next visit|next week|on \w+day)|"
    r"(?:wants|needs|would like) (?:to|time to|more time to) (?:read|think|discuss|consider)[\w ]{0,30}|(?:(?:she|"
    r"he)\s?)?(?:will|'ll)\s(?:sign|do so|do it|bring it|return it)(?:\s[\w ]{2,24})?|"
    r"reading it|thinking about it|thinking it over)"
)
_SINCE = quick(r"(?:(?:it|she|he|yes|,)\s?)*has(?:\sbeen)?(?:\ssince\s[\w ]{3,20})?")


def answer_signed(text: str, scene: Scene) -> Answer | None:
    """ "Still at home", "not before Monday": not signed yet."""
    bare = text.strip(" .,!()").lower()
    if _NOT_YET.fullmatch(bare):
        return Answer(False)
    return Answer(True) if _SINCE.fullmatch(bare) or _GOT_IT.fullmatch(bare) else None


_GOT_IT = quick(
    r"(?:yes,?\s)?(?:(?:we|i)\s)?(?:(?:have\s)?(?:got|obtained|received|have|collected)\s(?:the|his|her)\ssignature|"
    r"(?:his\s|her\s|the\s)?signature\s(?:was\s|has been\s|is\s)?(?:obtained|there|in place|collected|on file|done)|"
    r"(?:it's|it is|that's|that is|it has been|all) (?:done|signed)|signed sealed and delivered)"
    r"(?:\s(?:today|yesterday|this morning|already|now|this afternoon))?"
)
ANSWERS = {FACT: answer_signed}
