"""The words of data/lexicon/en/adequacy.yml: verdicts, judges, what is judged, and bare answers about it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from bot.extraction.lexicon import alternation, lexicon, words_pattern


@cache
def word_of(section: str, language: str = "en") -> re.Pattern[str]:
    """Whole words of one section."""
    return words_pattern(language, "adequacy", section)


# What may follow a verdict that stands by itself; another noun would be what is adequate.
_GOES_ON = re.compile(
    r"\s*(?:$|[^\sa-z0-9]|(?:per|by|in|for(?=\s(?:the|this|our)\s(?:stud|trial|protocol|purpose))|btw|imo|according|"
    r"accordng|acc|to|as|and|at|given|on|with|w|but|so|or|from|after|because|since|"
    r"though|although|despite|yes|no|not|is|was|were|here|overall|full|he|she|it|they|we|i|pi|the|says|said|"
    r"considering|"
    r"owing|due|when|while|based|which|that|also|both|too|then|now|even|only|has|had|been|today|n|y|re|of|thus|hence|"
    r"unless|if|comma|thank|thanks|enough|ecog|icf|willing|able|who|cr|pr|sd|pd|\d)(?![a-z]))"
)


@cache
def _behind(language: str = "en") -> re.Pattern[str]:
    content = lexicon(language)["adequacy"]
    beside, therapy = alternation(content["beside_therapy"]), alternation(content["therapy"])
    return re.compile(rf"\s(?:(?:{beside})[\s-]){{0,5}}(?P<therapy>{therapy})(?![a-z])")


def therapy_behind(right: str) -> bool | None:
    """Whether the words behind a verdict name the therapy ("adequate systemic therapy").

    False: the verdict stands by itself. None: they name something else ("adequate hydration").
    """
    if _behind().match(right):
        return True
    if re.match(r"\s(?:ly\s)?treated(?![a-z])", right):
        return True
    return False if _GOES_ON.match(right) else None


def something_else(words: str) -> bool:
    """Whether something that is not the therapy is named: "renal function"."""
    return word_of("something_else").search(words) is not None


def judged_by(words: str) -> bool:
    """Whether the investigator is named as the one who judges."""
    return word_of("judges").search(words) is not None


@cache
def _others(language: str = "en") -> re.Pattern[str]:
    names = alternation(lexicon(language)["adequacy"]["others"])
    return re.compile(
        rf"(?<![a-z])(?:{names})(?:'s)?\s(?:\w+\s)?(?:thinks?|thought|feels?|felt|says?|said|believes?|believed|"
        rf"considers?|considered|finds?|found|"
        rf"opinion|view|has had|had|regards?|judges?|judged)(?![a-z])|(?:according to|in the (?:opinion|view) of|"
        rf"by) (?:the |his |her )?(?:{names})(?![a-z])"
    )


def others_judge(words: str) -> bool:
    """Whether somebody whose word does not count gives the verdict: "the nurse thinks"."""
    return _others().search(words) is not None


@dataclass(frozen=True, slots=True)
class LabelAnswer:
    """The yes or no behind a label, where it ends, and where the label does."""

    value: bool
    end: int
    label_end: int


@cache
def _label(language: str = "en") -> re.Pattern[str]:
    content = lexicon(language)["adequacy"]
    judges = alternation(content["judges"])
    return re.compile(
        r"[^\n;|:=?.,\[]{0,50}?(?P<sep>\s?(?:[:=|?\t\[]|\s-\s|\(\s?(?=(?:yes|no|y|n|x|true|false)\s?\)))[\s:=|"
        r"(\[?\t-]{0,6})"
        rf"(?:(?:the\s)?(?:{judges})\s?(?:[:=-]|says|said)?\s?)?(?:ticked\s)?['\"]?"
        rf"(?:(?P<sure>no (?:doubts?|question|concerns?|hesitation))|(?P<no>(?!no\s(?:answer|reply|opinion|info|"
        rf"record|decision|comment|idea|response|"
        rf"judge?ment|entry|data|longer|one|need|word|news))(?:{alternation(content['label_no'])}))|"
        rf"(?P<yes>{alternation(content['label_yes'])}))(?![a-z])"
    )


def after_verdict(low: str, end: int) -> LabelAnswer | None:
    """The answer behind a label that ends with or after a verdict word: " (PI): yes"."""
    match = _label().match(low, end, end + 110)
    if match is None or re.match(r"\s?(?:/|or)\s?(?:no|n)(?![a-z])", low[match.end() : match.end() + 8]):
        return None
    return LabelAnswer(match["no"] is None, match.end(), match.start("sep"))
