"""Tumour type of the nasopharyngeal carcinoma, and how the diagnosis was confirmed.

Two words decide here and look alike: "non-" before keratinizing and "un-" before differentiated. The lexicon holds
them as words of their own, and no typing error is put right across them (see fuzzy.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc

from bot.extraction.en.another_cancer import names_this
from bot.extraction.en.confirmation import answer_confirmation, confirmation_in
from bot.extraction.en.terms import after, before, compiled, listed, sentence
from bot.extraction.lexicon import lexicon, whole_words
from bot.extraction.mention import Answer, Mention, Scene
from bot.extraction.qualifiers import qualify
from bot.extraction.quick import quick

NONKERATINIZING = "nonkeratinizing_unspecified"
DIFFERENTIATED = "nonkeratinizing_differentiated"
UNDIFFERENTIATED = "nonkeratinizing_undifferentiated"
_KINDS_OF_NK = frozenset({NONKERATINIZING, DIFFERENTIATED, UNDIFFERENTIATED})
_WHO_TYPES = ("keratinizing", DIFFERENTIATED, UNDIFFERENTIATED)
_NUMBER = r"(?:iii|ii[ab]|ii\sb(?!\w)|ii|i|[123](?:[ab]|\.[12])?|[ⅠⅡⅢⅰⅱⅲ])(?![\w%]|\.\d|\s*/\s*\d)"
_TYPE_WORD = (
    r"(?:histolog\w*|patholog\w*|class(?:ification)?)?[\s:-]{0,3}(?:sub-?type|types?|grade|class|category|group|型)"
)
_WHO = quick(
    rf"\bwho(?![a-z])[\s:=(-]{{0,3}}(?P<year>(?:19|"
    rf"20)\d\d[\s,):-]{{1,3}})?(?P<kind>{_TYPE_WORD}|classification|class)?"
    rf"[\s:=)(-]{{0,4}}(?P<number>{_NUMBER})(?:\s*(?P<joint>/|-|,|\bor\b|\bto\b|\band\b)\s*(?P<other>{_NUMBER}))?",
    re.IGNORECASE,
)
_TYPE = quick(
    rf"\b(?:histolog\w*\s+)?(?:sub)?types?[\s:=-]{{1,3}}(?P<number>{_NUMBER})"
    rf"(?:\s*(?P<joint>/|-|\bor\b|\band\b)\s*(?P<other>{_NUMBER}))?",
    re.IGNORECASE,
)
_ROMAN = {"Ⅰ": "i", "Ⅱ": "ii", "Ⅲ": "iii", "ⅰ": "i", "ⅱ": "ii", "ⅲ": "iii"}
_ICD_O = quick(r"(?<!\d)(8\d{3}/3)(?!\d)")
_TUMOUR_NEAR = quick(
    r"\bnpc|nasophary|carcinoma|\bca\b|histolog|tumou?r|differentiat|undiff|kerat|patholog|biops|\bbx\b|鼻咽|lymphoepi"
)
# "ECOG/WHO 1", "PS (WHO) 1", "WHO performance status 1": a performance status, not a tumour type.
_PERFORMANCE_BEFORE = quick(r"(?:ecog|\bps\b|\bp\.s\.?|performance(?: status)?|zubrod|karnofsky)[\s(/:=-]{0,4}$")
_TOXICITY_AFTER = quick(
    r"^[\s,)-]{0,3}(?:mucositis|toxicity|rash|pain|neutrop|an(?:a)?emia|dermatitis|nausea|"
    r"ae\b)"
)
_LOOSE_NUMBER_AFTER = quick(r"^\s*(?:$|[,.;:)\n/+]|npc|naso|carc|type|undiff|diff|and\b)")
# "breast adenocarcinoma 2012", "melanoma excised in 2010": another tumour of the same patient.
_ELSEWHERE = quick(
    r"\b(?:cardia|cardiac|lobe|pleura\w*|bronch\w*|liver|hepat\w*|bile|biliary|duoden\w*|endometri\w*|vulva\w*|"
    r"anal|appendi\w*|urothel\w*|larynx|laryngeal|tongue|breast|colon|colorect\w*|rect(?:um|al)|lung|skin|"
    r"stomach|gastric|prostat\w*|thyroid|cerv\w+|ovar\w+|renal|"
    r"kidney|bladder|uter\w+|pancrea\w+|oesophag\w+|esophag\w+|scalp)\b"
)
_LONG_AGO = quick(r"^[^.;\n]{0,30}(?:\b(?:19|20)\d\d\b|excised|resected|cured|in remission|years ago|yrs ago)")
_REVISED = quick(r"(?<![a-z])(?:revis\w+|on review|re-?read|amended|re-?classified|corrected|changed)(?![a-z])")
_AT_FIRST = quick(r"(?<![a-z])(?:first|initially|originally|formerly|previously|at first|was)\s(?:\w+\s){0,2}$")
_EXCLUDED = quick(
    r"[^.;,\n:]{0,45}(?<![a-z])(?:excluded|ruled out|considered unlikely|not favou?red|not seen|discounted)(?![a-z])"
)
_NOT = quick(r"(?<![a-z])not\s(?:of\s(?:the\s)?)?$")
_THIS_TUMOUR = quick(
    r"(?<![a-z])(?:m?npc|nasophary\w*|nasal.pharyn\w*|eber|post-?nasal|npx|n?kc)(?![a-z])|"
    r"keratin|鼻咽"
)
_TEXT = {
    "uncertain": "the tumour type is given with a doubt",
    "unclear": "the words do not say whether the carcinoma is keratinizing or non-keratinizing; what is the WHO type?",
    "basaloid": "non-keratinizing and basaloid are both named; which type did the pathologist conclude on?",
    "both": "differentiated and undifferentiated are both named; which subtype is it?",
    "who": "it can be the WHO type of the tumour or the WHO performance status",
}


@dataclass(frozen=True, slots=True)
class _Type:
    """A tumour type where the text names it; ``value`` None where the words are not a type of the contract."""

    value: str | None
    start: int
    end: int
    doubt: str | None = None
    options: tuple[object, ...] = ()


def _key(number: str) -> str:
    return _ROMAN.get(number, number.lower().replace(" ", ""))


def _by_terms(scene: Scene) -> Iterator[_Type]:
    """Types by their names and by ICD-O codes."""
    grades = [
        (hit.label, hit.start, hit.end) for hit in compiled(scene.lexicon, "histology", "grades").find(scene.text)
    ]
    for hit in compiled(scene.lexicon, "histology", "types").find(scene.text):
        yield _typed(scene, hit.label, hit.start, hit.end, grades)
    codes = scene.lexicon["histology"]["icd_o"]
    for match in _ICD_O.finditer(scene.text):
        if label := codes.get(match.group(1)):
            yield _typed(scene, label, match.start(), match.end(), grades)


def _typed(scene: Scene, label: str, start: int, end: int, grades: list[tuple[str, int, int]]) -> _Type:
    """The type that a term stands for, its subtype taken from the words around it."""
    if label == "unclear":
        return _Type(None, start, end, _TEXT["unclear"], _WHO_TYPES)
    if label == "nonkeratinizing":
        return _subtyped(scene, start, end, grades)
    if label == "keratinizing" and re.search(r"(?:\bn\w{0,3}|\bun|不|非)[\s-]{0,2}$", before(scene.text, start, 6)):
        # "nn-keratinizing", "no keratinized": too close to "non-" to be taken for the keratinizing type
        return _Type(None, start, end, _TEXT["unclear"], _WHO_TYPES)
    return _Type(label, start, end)


def _subtyped(scene: Scene, start: int, end: int, grades: list[tuple[str, int, int]]) -> _Type:
    """Non-keratinizing, with the subtype that the same sentence names within a few words."""
    first, last = sentence(scene.text, start)
    near = [
        grade
        for grade in grades
        if first <= grade[1] < last
        and start - 45 <= grade[2]
        and grade[1] <= end + 60
        and grade[0] != "not_the_subtype"
    ]
    kinds = {grade[0] for grade in near}
    if len(kinds) == 2:
        return _Type(NONKERATINIZING, start, end)
    if not kinds:
        return _Type(NONKERATINIZING, start, end)
    value = UNDIFFERENTIATED if "undifferentiated" in kinds else DIFFERENTIATED
    return _Type(value, min(start, near[0][1]), max(end, near[0][2]))


def _by_grade_alone(scene: Scene) -> Iterator[_Type]:
    """ "NPC, undifferentiated", "histology: undifferentiated": the grade names the type beside the tumour."""
    for hit in compiled(scene.lexicon, "histology", "grades").find(scene.text):
        around = before(scene.text, hit.start, 30) + " | " + after(scene.text, hit.end, 30)
        if hit.label == "undifferentiated" and _TUMOUR_NEAR.search(around) and not _ELSEWHERE.search(around):
            yield _Type(UNDIFFERENTIATED, hit.start, hit.end)


def _by_number(scene: Scene) -> Iterator[_Type]:
    """Types by their WHO number: "WHO III", "WHO type 2b", "type II NPC"."""
    for match in _WHO.finditer(scene.text):
        if typed := _who(scene, match):
            yield typed
    for match in _TYPE.finditer(scene.text):
        ahead = before(scene.text, match.start(), 30)
        around = ahead + " | " + after(scene.text, match.end(), 30)
        if re.search(r"\bwho\b", ahead[-12:]) or "diabet" in around or "respiratory" in around:
            continue
        if _TUMOUR_NEAR.search(around) or "who" in around:
            yield _numbered(scene, match)


def _who(scene: Scene, match: re.Match[str]) -> _Type | None:
    ahead, behind = before(scene.text, match.start(), 30), after(scene.text, match.end(), 30)
    number, kind = match["number"], (match["kind"] or "").lower()
    if _PERFORMANCE_BEFORE.search(ahead) or _TOXICITY_AFTER.search(behind) or behind.lstrip(" ,(")[:2] == "ps":
        return None
    near = bool(_TUMOUR_NEAR.search(ahead + " | " + behind))
    loose = not scene.text[match.start() : match.start() + 3].isupper()
    asked = scene.asked == "histology"
    if kind and not kind.startswith("grade"):
        return _numbered(scene, match)
    if loose and not kind and not (_LOOSE_NUMBER_AFTER.match(behind) and number.lower() != "i"):
        return None  # "the patient who 2 years ago ..."
    if near or asked or (not number[0].isdigit() and number.lower() != "i"):
        return _numbered(scene, match)
    if kind or scene.asked == "ecog" or number.lower() == "i":
        return None
    reading = scene.lexicon["histology"]["who"].get(_key(number))
    return _Type(None, match.start(), match.end(), f'"{match.group()}": {_TEXT["who"]}', (reading,))


def _numbered(scene: Scene, match: re.Match[str]) -> _Type:
    """The type of a WHO number; "II/III" is non-keratinizing either way."""
    who = scene.lexicon["histology"]["who"]
    value, end = who.get(_key(match["number"])), match.end("number")
    other = who.get(_key(match["other"])) if match["other"] else None
    if other is None or other == value:
        return _Type(value, match.start(), end)
    if {value, other} <= _KINDS_OF_NK:
        return _Type(NONKERATINIZING, match.start(), match.end())
    return _Type(None, match.start(), match.end(), "two WHO types are named", (value, other))


def _mentions(doc: Doc, scene: Scene) -> list[_Type]:
    """The types that the text states of this patient's tumour, doubts included."""
    found: list[_Type] = []
    revised = _REVISED.search(scene.low) is not None
    here = _THIS_TUMOUR.search(scene.low) is not None
    for typed in [*_by_terms(scene), *_by_grade_alone(scene), *_by_number(scene)]:
        context = qualify(doc, typed.start, typed.end)
        named = scene.low.startswith("keratini", typed.start) and typed.value in (None, "keratinizing")
        if named and not context.foreign and _NOT.search(before(scene.text, typed.start, 12)):
            found.append(_Type(NONKERATINIZING, typed.start, typed.end))  # "not keratinizing"
            continue
        if revised and _AT_FIRST.search(before(scene.text, typed.start, 24)):
            continue
        if _EXCLUDED.match(after(scene.text, typed.end, 70)):
            continue
        if not here and _ELSEWHERE.search(scene.low, *sentence(scene.text, typed.start)):
            continue  # "lung biopsy: undifferentiated carcinoma"
        if context.foreign or context.planned or context.negated:
            continue
        if typed.value == "other" or typed.value is None:
            around = before(scene.text, typed.start, 25) + " | " + after(scene.text, typed.end, 25)
            past = _LONG_AGO.match(after(scene.text, typed.end, 40))
            if context.historical or context.other_cancer or _ELSEWHERE.search(around) or past:
                continue
            if typed.value == "other" and not _is_stated(scene, typed.start):
                continue
            if after(scene.text, typed.end, 12).lstrip(" -").startswith(("antigen", "ag", "marker")):
                continue  # SCC antigen, a tumour marker
        if context.uncertain and typed.value is not None:
            typed = _Type(None, typed.start, typed.end, _TEXT["uncertain"], (typed.value,))
        found.append(typed)
    return found


@cache
def _other_tumour(language: str, key: str) -> re.Pattern[str]:
    return whole_words(listed(lexicon(language)["histology"]["other_tumour"][key]))


def _is_stated(scene: Scene, start: int) -> bool:
    """Whether another tumour is stated of the patient: not feared, not long ago, not merely spoken about."""
    ahead = before(scene.text, start, 48)
    if _other_tumour("en", "not_stated").search(ahead):
        return False
    if scene.asked == "histology" or names_this(scene.low) or not ahead.strip(" ,;:(-"):
        return True
    last = ahead[-30:]
    return ahead.rstrip().endswith((":", "=", "|", "-", "(")) or _other_tumour("en", "stated").search(last) is not None


def find(doc: Doc, scene: Scene) -> Iterable[Mention]:
    """Mentions of ``histology`` and ``confirmation``."""
    yield from _histology(doc, scene)
    yield from confirmation_in(doc, scene)


def _both_grades(doc: Doc, scene: Scene) -> tuple[int, int] | None:
    """Where differentiated and undifferentiated stand in one sentence, none of them denied ("mixed")."""
    seen: dict[int, tuple[str, int, int]] = {}
    for hit in compiled(scene.lexicon, "histology", "grades").find(scene.text):
        if hit.label == "not_the_subtype":
            continue
        context = qualify(doc, hit.start, hit.end)
        if context.negated or context.foreign or context.other_cancer:
            continue
        first, _ = sentence(scene.text, hit.start)
        other = seen.setdefault(first, (hit.label, hit.start, hit.end))
        if other[0] != hit.label and hit.start - other[2] < 40:
            return other[1], hit.end
    return None


def _histology(doc: Doc, scene: Scene) -> Iterator[Mention]:
    types = _mentions(doc, scene)
    values = {typed.value for typed in types if typed.value is not None}
    both = _both_grades(doc, scene)
    if both is not None and values <= _KINDS_OF_NK:
        yield Mention("histology", None, *both, _TEXT["both"], (DIFFERENTIATED, UNDIFFERENTIATED), rank=2)
        return
    if "basaloid" in values and values & _KINDS_OF_NK:
        typed = next(typed for typed in types if typed.value == "basaloid")
        options = (NONKERATINIZING, "basaloid")
        yield Mention("histology", None, typed.start, typed.end, _TEXT["basaloid"], options, rank=2)
        return
    specific = values & {DIFFERENTIATED, UNDIFFERENTIATED}
    for typed in types:
        if typed.value == NONKERATINIZING and specific:
            continue  # the subtype says more
        yield Mention("histology", typed.value, typed.start, typed.end, typed.doubt, typed.options)


def _answer_histology(text: str, scene: Scene) -> Answer | None:
    """ "III", "type 2", "undifferentiated", "differentiated" once the histology was asked for."""
    bare = text.strip(" .,!()").lower()
    for word, figure in (("one", "1"), ("two", "2"), ("three", "3")):
        bare = re.sub(rf"\b{word}\b", figure, bare)
    if re.fullmatch(r"(?:who |type |either )*(?:2|ii)\s?(?:or|/)\s?(?:3|iii)", bare):
        return Answer(NONKERATINIZING)
    match = re.fullmatch(rf"(?:it'?s |is |who |type |grade |class |subtype )*({_NUMBER})", bare)
    if match:
        value = scene.lexicon["histology"]["who"].get(_key(match[1]))
        return Answer(value)
    if re.fullmatch(r"(?:it'?s |the )?un-?diff(?:erentiated)?(?: (?:one|type|form))?", bare):
        return Answer(UNDIFFERENTIATED)
    if re.fullmatch(r"(?:it'?s |the )?(?:differentiated|diff)(?: (?:one|type|form))?", bare):
        return Answer(DIFFERENTIATED)
    if re.fullmatch(r"other(?: type)?|another type|something else", bare):
        return Answer("other")
    return None


ANSWERS = {"histology": _answer_histology, "confirmation": answer_confirmation}
