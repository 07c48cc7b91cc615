"""Age of the candidate as stated; never worked out from a birth date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from spacy.tokens import Doc

from bot.extraction.en.age_shapes import shapes
from bot.extraction.en.ages_of_others import THIS_ONE, of_somebody_else
from bot.extraction.en.numbers import number_words, small_number
from bot.extraction.en.persons import PATIENT_SPEAKS, is_talk, of_the_mother, turns
from bot.extraction.en.spelling import plain_word
from bot.extraction.lexicon import alternation, lexicon, words_pattern
from bot.extraction.mention import Mention, Scene
from bot.extraction.qualifiers import qualify
from bot.extraction.quick import quick

_ABOUT = quick(r"(?:~|(?<![a-z])(?:about|approx(?:imately)?\.?|around|roughly|circa|c\.|nearly|"
                    r"almost|approaching|some|maybe|probably|over|under|"
                    r"above|below|nearing|perhaps|possibly|>|<|≥|≤))\s?$")  # fmt: skip
_NOT_NOW = quick(
    r"(?<![a-z])(?:diagnosed|diagnosis|dx|dx'?d|died|dead|menopause|menarche|started|since|until|"
    r"smok(?:ed|ing)|onset|passed away|"
    r"divorced|married|operated|surgery|stopped|periods)\s(?:[a-z]+\s){0,3}$"
)
# "Appendectomy at age 8", "at 22 years of age": the age at an event. "Is at the age of 58" is today's.
_AT_EVENT = quick(
    r"(?<![a-z])(?<!is\s)(?<!now\s)(?:at|since|from|until|till|by|before|after)\s(?:about\s|around\s)?"
    r"(?:(?:(?:the|an)\s)?(?:early\s|young\s)?age\s(?:of\s)?)?$"
)
# Ages of a group, of a rule or of a scale.
_OTHER_AGE = quick(
    r"(?<![a-z])(?:median|mean|average|gestational|bone|mental|developmental|legal|minimum|maximum|min|max|retirement|"
    r"paternal|maternal|vascular|upper|lower|at least|(?:older|younger|more|less|greater) than|no older than|up to|"
    r"must be|should be)\s(?:age\s?:?\s)?(?:is\s|was\s|of\s)*$"
)
_NO_PERSON = quick(
    r"(?<![a-z])(?:room|bed|ward|bay|site|number|no|nr|mrn|chart|block|locker|floor|version|day|week|visit)\.?\s?#?\s?$"
)
_PARENT_OF = quick(
    r"(?<![a-z])(?:mother|father|mum|mom|dad|parent|grand\w+|carer|guardian)\s(?:of|to|for)\s(?:an?|her|his|two|\d)\s(?:\w+\s)?$"
)
_OTHER_MEASURE = quick(  # "KPS 80 female"
    r"(?<![a-z])(?:kps|karnofsky|weight|wt|height|ht|bmi|pulse|hr|bp|sats|spo2|score|status|temp|ecog|ps)\s?(?:[:=]|is|of)?\s?$"
)
_THRESHOLD = quick(
    r"\s?(?:\+|(?:and|or)\s(?:older|above|over|more|younger|under|below|up|less|greater)|at least|inclusive)(?![a-z])"
)
_THEN = quick(r"\s?,?\s?(?:when|at\sthe\stime|at\sthat\stime|back\sthen|(?:back\s)?in\s(?:19|20)\d\d)(?![a-z])")
_WAS = quick(r"(?<![a-z])(?:was|were|been|when|while)\s(?:he\s|she\s|just\s|only\s|aged\s|about\s|still\s)*$")
_TAG = quick(r"<[^<>\n]{0,60}>\s?$")
_AT_DIAGNOSIS = quick(
    r"\s?(?:at|when|on)\s(?:the\s(?:time\sof\s)?)?(?:first\s)?(?:diagnos|dx|"
    r"presentation|onset|menopause|death|menarche)"
)


def find(doc: Doc, scene: Scene) -> Iterator[Mention]:
    """age_years as stated: years, years and months, "turns 18 next week"; a decade or a nominal age is asked about."""
    taken: list[tuple[int, int]] = []
    told = False
    for name, pattern in shapes("en"):
        for match in pattern.finditer(scene.low):
            start, end = match.span()
            if any(a < end and start < b for a, b in taken):
                continue
            mention = _mention(doc, scene, name, match)
            if mention is not None:
                taken.append((start, end))
                told = True
                yield mention
            elif name in ("range", "nominal", "decade"):
                taken.append((start, end))
    yield from _in_a_talk(scene)
    if not told:
        yield from _introduced(scene)


# "Tony, 69, non-smoker": a name at the head of a note, his age, and what he is.
_NAME = quick(
    r"(?:^|(?<=[.\n])\s)\s*(?:[A-Z][a-z]{0,4}\.\s)?(?P<name>[A-Z][a-z]{2,15}(?:\s[A-Z][a-z'-]{1,15}){0,2}),"
    r"\s(?P<n>[1-9]\d)(?=[,.]\s[A-Za-z])"
)


def _introduced(scene: Scene) -> Iterator[Mention]:
    match = _NAME.search(scene.text)
    if match is None or int(match["n"]) < _GROWN:
        return
    if not any(plain_word(word) for word in match["name"].lower().split()):
        yield Mention("age_years", int(match["n"]), match.start("name"), match.end("n"))


@cache
def _asked_for(language: str) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    number = rf"(?P<n>\d{{1,3}}|(?:{number_words(language)}))(?![a-z0-9])"
    return (
        quick(r"(?<![a-z])(?:how\sold\sare\syou(?!\swhen)|your\sage)(?![a-z])"),
        quick(
            rf"(?:\W|um|uh|well|oh|i'm|i\sam|i|just|turned|doctor|sir|he's|she's)*(?<![a-z]){number}(?!\s(?:months|weeks|days))"
        ),
        quick(rf"(?<![a-z])you(?:'re|\sare)\s(?:an?\s)?{number}(?:[\s-]years?[\s-]old)?[^?\n]{{0,40}}\?\s*$"),
    )


_CONFIRMED = quick(r"\s*(?:yes|yeah|yep|yup|correct|that's\s(?:right|correct)|right)(?![a-z])")


def _in_a_talk(scene: Scene) -> Iterator[Mention]:
    """ "How old are you?" - "Forty five."; "You're 45, correct?" - "Yes, doctor." in a written-down talk."""
    told = turns(scene.low)
    how_old, figure, you_are = _asked_for("en")
    for (_, start, end), (who, at, stop) in pairwise(told):
        if who not in PATIENT_SPEAKS:
            continue
        answer = figure.match(scene.low, at, stop) if how_old.search(scene.low, start, end) else None
        if answer is not None:
            yield Mention("age_years", _number(answer["n"]), answer.start("n"), answer.end("n"))
            continue
        said, yes = you_are.search(scene.low, start, end), _CONFIRMED.match(scene.low, at, stop)
        if said is not None and yes is not None:
            yield Mention("age_years", _number(said["n"]), at, yes.end())


def _mention(doc: Doc, scene: Scene, name: str, match: re.Match[str]) -> Mention | None:
    """What one number that looks like an age says; None where it is another number, or another person's."""
    start, end = match.span()
    named = next((key for key in ("n", "n2", "n3") if match.groupdict().get(key)), None)
    meant = qualify(doc, match.start(named) if named else start, end)
    before = _TAG.sub(" ", scene.low[max(0, start - 40) : start])
    if meant.hypothetical and not THIS_ONE.search(before):
        return None
    if meant.other_person or meant.quoted_protocol or meant.negated or of_somebody_else(doc, scene, match, before):
        return None
    if of_the_mother(doc, scene, start) or _of_another_time(scene, name, before, match) or _of_a_thing(scene, end):
        return None
    at_diagnosis = _AT_DIAGNOSIS.match(scene.low, end)
    if at_diagnosis or (name not in ("turned", "now", "checked") and _NOT_NOW.search(before)):
        if at_diagnosis and name in ("label", "unit", "letter") and "diagnos" in scene.low[end : end + 30]:
            return Mention("age_years", None, start, end, "This is the age at diagnosis; the age now?", rank=-1)
        return None
    words = scene.text[start:end].strip()
    if name in _NO_EXACT_AGE:
        return Mention("age_years", None, start, end, _NO_EXACT_AGE[name].format(words=words), rank=name == "nominal")
    value = _number(match[named]) if named else None
    if value is None or name == "range" or _is_no_age(scene, name, match, before):
        return None
    if name in ("now", "checked"):
        return Mention("age_years", value, start, end, rank=1)
    if name == "half":
        value += 0.5
    if name == "young":
        value = round(value / _PER_YEAR[(match["u"] or match["u2"])[0]], 2)
    if name == "birthday":
        coming = _COMING.match(scene.low, end) or _COMING_BEFORE.search(before)
        return Mention("age_years", value - 1 if coming else value, start, end)
    if name == "nth_year":
        return Mention("age_years", value - 1, start, end)
    if name == "turns":
        return Mention("age_years", value - 1, start, end) if float(value).is_integer() else None
    told = scene.low[max(0, match.start(named) - 20) : match.start(named)] if named and name == "name" else before
    if _ABOUT.search(told) or meant.uncertain:
        return Mention("age_years", None, start, end, _NO_EXACT_AGE["soft"].format(words=words))
    return Mention("age_years", value, start, end)


_COMING = quick(
    r"\s(?:is\s|will\sbe\s|falls\s)?"
    r"(?:tomorrow|next|in\s|coming|on\s(?:mon|tues|wednes|thurs|fri|satur|sun))"
)
_COMING_BEFORE = quick(
    r"(?<![a-z])"
    r"(?:will\s\w+|before|until|till|next|upcoming|approaching|going\sto\s\w+)\s(?:his\s|her\s|the\s)?$"
)
_PER_YEAR = {"m": 12.0, "w": 52.18, "d": 365.25, "h": 8766.0}


def _of_another_time(scene: Scene, name: str, before: str, match: re.Match[str]) -> bool:
    """ "At age 8", "was 45 when", "older than 18", "80 or more", "median age 46": no age of this patient today."""
    if name in ("now", "checked", "nominal", "decade", "turns", "turned"):
        return False
    start, end = match.span()
    first = next((at for key in ("n", "n2") if key in match.re.groupindex and (at := match.start(key)) >= 0), start)
    if (
        _AT_EVENT.search(before + scene.low[start:first])
        or _OTHER_AGE.search(before)
        or _NO_PERSON.search(before)
        or _OTHER_MEASURE.search(before)
        or _PARENT_OF.search(before)
        or _THRESHOLD.match(scene.low, end)
    ):
        return True
    if _WHEN_HE_WAS.search(before) or _BETWEEN.search(before):
        return True
    return _WAS.search(before) is not None and _THEN.match(scene.low, end) is not None


_WHEN_HE_WAS = quick(
    r"(?<![a-z])(?:when|while|since|until|till|from|by)\s(?:the\stime\s)?(?:he|she|i|they|(?:the\s)?(?:patient|pt))\s(?:was|were)\s"
    r"(?:only\s|just\s|about\s|around\s|an?\s|aged\s|in\s)*$"
)
# "between 1 and 2 years of age"
_BETWEEN = quick(r"(?<![a-z])between\s(?:the\sages\sof\s)?[\w/-]{1,9}\s(?:and|to)\s$")


@cache
def _things(language: str) -> re.Pattern[str]:
    things = alternation(lexicon(language)["person"]["age"]["things"])
    return quick(
        rf"(?:[\s-]old)?[\s-](?:(?!(?:with|and|who|male|female|from|has|had|is|was|for|to|in|on"
        rf"|of|at)\s)[a-z-]{{2,14}}\s){{0,2}}?(?:{things})(?![a-z])"
    )


def _of_a_thing(scene: Scene, end: int) -> bool:
    """ "A 2-year-old fracture": not the patient's age, unless a person is named on the way to the thing."""
    if not scene.low[max(0, end - 9) : end].rstrip().endswith("old"):
        return False
    thing = _things("en").match(scene.low, end, end + 60)
    return thing is not None and not words_pattern("en", "person", "speakers", "patients").search(thing.group())


_NO_EXACT_AGE = {
    "soft": '"{words}" is not exact; the age in completed years is needed.',
    "softer": '"{words}" is not exact; the age in completed years is needed.',
    "decade": '"{words}" is no exact age.',
    "nominal": "Nominal age counts one or two years more; birth date?",
}


def _is_no_age(scene: Scene, name: str, match: re.Match[str], before: str) -> bool:
    """ "46m" inside a sentence may be metres, "m 46" anything, "six years" a length of time."""
    start, end = match.span()
    if name == "letter":
        return scene.text[end - 1] == "m" and bool(scene.low[:start].strip())
    if name == "letter_first":
        return scene.text[start] not in "MF" and start > 0 and "/" not in scene.low[start:end]
    if name == "beside":  # "KPS 80, male": the number is that of the word before it
        return (_number(_first_group(match)) or 0) < _GROWN or (
            match["n"] is not None and not _FREE_BEFORE.search(before)
        )
    if name == "pronoun" and _OF_A_SCALE.search(scene.low, max(0, start - 60), start):
        return (_number(_first_group(match)) or 0) < _GROWN  # "must be ECOG 0-1 and she is 1"
    if name == "months":
        gone = _SPAN_BEHIND.match(scene.low, end) or _SPAN_BEFORE.search(before)
        labelled = re.search(r"(?<![a-z])age[ds]?\s?[:=]?\s?$", before) or re.match(
            r"[\s-]?(?:old|of age)", scene.low[end - 4 : end] + scene.low[end:]
        )
        return gone is not None or (labelled is None and (_number(match["n"]) or 0) < _GROWN)
    if name == "half" and not re.search(r"old$|of\sage$|y/?o\.?$", scene.low[start:end]):
        return not _BARE_BEFORE.search(before) or not _BARE_BEHIND.match(scene.low, end)
    if name == "unit" and _PLAIN_UNIT.search(scene.low, start, end):
        if not _BARE_BEFORE.search(before) or not _BARE_BEHIND.match(scene.low, end):
            return True
        if not re.search(r"[a-z]\s$", before) and is_talk(scene.low):
            return True  # "How long have you smoked?" - "Thirty years."
    return name == "unit" and _is_duration(before, _first_group(match))


# "54 years" alone may be any length of time: it is an age as an entry of its own, behind a person or behind "is".
_OF_A_SCALE = quick(
    r"(?<![a-z])(?:ecog|ps|who|zubrod|performance|cycles?|lesions?|score"
    r"|grade)(?![a-z])[^.;\n]*\Z"
)
_PLAIN_UNIT = quick(r"(?:years?|yrs?|(?<![a-z])y)$")
_BARE_BEFORE = quick(
    r"(?:^|[,;:(/|=\n.\[-]\s?|(?<![a-z])(?:is|am|are|he's|she's|i'm|aged?|an?|the|this|our|now|turned|only|just|already|patient|pt|candidate|subject|male|"
    r"female|man|woman|lady|gentleman|girl|boy|he|she|f|m|old|(?:mr|mrs|ms|miss)\.?\s[a-z'-]+)\s)$"
)
_BARE_BEHIND = quick(
    r"\s*(?:$|[,;.:)(/|\n\]]|-\s|(?:[a-z]+\s){0,2}(?:male|female|man|woman|lady|gentleman|boy|girl|patient|pt|candidate)(?![a-z])|(?:[mf]|with|who|and|has|had|ecog|"
    r"npc|now|today|chinese|g\d{1,2}p\d{1,2}|asian|\d{1,2}\s?(?:m|months?)|diagnosed|presenting|presented)(?![a-z]))"
)


def _first_group(match: re.Match[str]) -> str:
    return next(group for group in match.groups() if group)


_SPAN_BEFORE = quick(
    r"(?<![a-z])(?:for|since|over|past|last|next|in|within|after|every|of|than|"
    r"per|another|first|these|those|about|up to|x)\s$"
)


_FREE_BEFORE = quick(r"(?:^|[,;.(\n|]\s?|(?<![a-z])(?:an?|this|the|our|is|was|a\sfit)\s)$")
_SPAN_BEHIND = quick(
    r"\s?(?:have|has|had|passed|later|after|post|ago|survival|follow|of\s(?!age)|since|from|before|free|from|interval|remission)"
)
_GROWN = 12  # a bare "9 years and 6 months" is a length of time rather than an age


def _is_duration(before: str, written: str) -> bool:
    """ "postmenopausal for six years": years that are not an age."""
    number = _number(written)
    return bool(_SPAN_BEFORE.search(before)) or number is None or number < _GROWN


def _number(written: str) -> int | float | None:
    if "." in written:
        return float(written)
    return small_number(written)
