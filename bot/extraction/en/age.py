"""Age of the candidate as stated; never worked out from a birth date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from spacy.tokens import Doc

from bot.extraction.en.numbers import number_words, small_number
from bot.extraction.lexicon import alternation, lexicon
from bot.extraction.mention import Mention, Scene
from bot.extraction.qualifiers import qualify

_ABOUT = re.compile(r"(?:~|(?<![a-z])(?:about|approx(?:imately)?\.?|around|roughly|circa|c\.|nearly|"
                    r"almost|approaching|some|maybe|probably|over|under|"
                    r"above|below|nearing|perhaps|possibly|>|<|≥|≤))\s?$")  # fmt: skip
_NOT_NOW = re.compile(
    r"(?<![a-z])(?:diagnosed|diagnosis|dx|dx'?d|died|dead|menopause|menarche|started|since|until|"
    r"smok\w+|onset|passed away|"
    r"divorced|married|operated|surgery|stopped|periods)\s(?:[a-z]+\s){0,3}$"
)
_AT_DIAGNOSIS = re.compile(
    r"\s?(?:at|when|on)\s(?:the\s(?:time\sof\s)?)?(?:first\s)?(?:diagnos|dx|"
    r"presentation|onset|menopause|death|menarche)"
)


@cache
def _patterns(language: str) -> list[tuple[str, re.Pattern[str]]]:
    content = lexicon(language)["person"]["age"]
    units = alternation([unit for unit in content["units"] if unit.isascii()])
    chinese = alternation([unit for unit in content["units"] if not unit.isascii()])
    bad = alternation(content["not_an_age"])
    number = rf"(?P<n>\d{{1,3}}(?:\.\d{{1,2}})?|(?:{number_words(language)}))"
    end = r"(?![a-z0-9]|\.\d)"
    not_bad = rf"(?!\s?(?:{bad})(?![a-z]))"
    return [
        ("range", re.compile(rf"(?<![a-z0-9.])(?:aged?\s?:?\s?)?(?P<n>\d\d)\s?(?:{units}|"
                             rf"{chinese})?\s?(?:-|to|~|–)\s?(?P<b>\d\d)\s?(?:{units}|{chinese}){end}|"
                             r"(?<![a-z])age[ds]?\s?:?\s?(?:between\s)?(?P<n2>\d\d)\s?(?:-|to|~|"
                             rf"and)\s?(?P<b2>\d\d){end}")),
        ("months", re.compile(rf"(?<![a-z0-9.]){number}\s?-?(?:{units})[\s,]*(?:and\s)?(?P<m>\d{{1,"
                              rf"2}})\s?(?:months?|mo?s?|mths?){end}")),
        ("only_months", re.compile(rf"(?<![a-z0-9.])(?:aged?\s)?(?P<n>\d{{3,4}})\s?months(?:\sold|"
                                   rf"\sof\sage){end}")),
        ("turns", re.compile(r"(?<![a-z])(?:turns|turning|will\s(?:be|turn)|about\sto\s(?:be|turn)|"
                             rf"going\sto\sbe)\s{number}(?!\s?(?:{bad}))(?![a-z0-9])")),
        ("turned", re.compile(r"(?<![a-z])(?:turned|has\sturned|"
                              rf"just\sturned)\s{number}(?!\s?(?:{bad}))(?![a-z0-9])")),
        ("nominal", re.compile(r"(?:虚岁\s?(?P<n>\d{1,3})|(?P<n2>\d{1,3})\s?\(?(?:虚岁|sui|nominal)|"
                               r"nominal age\s?:?\s?(?P<n3>\d{1,3}))")),
        ("decade", re.compile(r"(?<![a-z])(?:in\s)?(?:his|her|their|the)\s(?:(?:early|mid|"
                              r"late)[\s-])?(?P<n>[2-9]0)'?s(?![a-z])|(?<![a-z0-9])(?P<n2>[2-9]0)-something|"
                              r"(?<![a-z])in\s(?:his|her|their|the)\s(?:(?:early|mid|"
                              r"late)[\s-])?(?P<w>thirties|forties|fifties|sixties|seventies|eighties|"
                              r"twenties)")),
        ("years_old", re.compile(rf"(?<![a-z0-9.>/-]){number}\s?-?(?:y/?o\.?|y\.o\.?|(?:years?|yrs?|"
                                 rf"y)[\s-]?old|years?\sof\sage|yrs?\sof\sage){end}|(?:周岁|"
                                 rf"年龄)\s?[:]?\s?(?P<n2>\d{{1,3}})(?!\d)")),
        ("unit", re.compile(rf"(?<![a-z0-9.>/-]){number}\s?-?(?:{units}){end}(?!\s?(?:{bad}|(?:-|\s|'|"
                            r"s)*(?:history|survivor|smok|course|follow|treat|remission|duration|hx|"
                            r"ex-|interval|survival|risk|pack|free)|ago|of\s(?:follow|smok|treat)|"
                            rf"later|before|after|since|history|and\s\d))|(?<![\d.])(?P<n2>\d{{1,"
                            rf"3}})\s?(?:{chinese})")),
        ("label", re.compile(r"(?<![a-z])(?:age|aged|年龄)(?:\sis|\sof|\(years?\)|"
                             rf"\s\(y\)|\")?\s?[:=]?\s?{number}{end}{not_bad}")),
        ("letter", re.compile(r"(?<![a-z0-9.-])(?P<n>[1-9]\d)(?:\s?-?|\s?[/,]\s?)(?:[mf])(?![a-z0-9]|"
                              r"-?\s?(?:fdg|psma|naf|pet|choline))")),
        ("letter_first", re.compile(r"(?<![a-z0-9.-])[mf](?:\s?[/,]\s?|\s|(?=[1-9]\d(?:[\s,;]|"
                                    r"$)))(?P<n>[1-9]\d)(?!-?\s?(?:fdg|psma|naf|pet|choline))" + end + not_bad)),
        ("noun", re.compile(r"(?<![a-z0-9.-])(?P<n>[1-9]\d)\s?-?(?:male|female|man|woman|lady|"
                            rf"gentleman|gent){end}|(?<![a-z])(?:male|female|man|woman|lady|"
                            r"gentleman|gent|girl|boy|\([mf]\))(?:\s(?:here|pt|patient|of)|"
                            rf"\swith\s[a-z]{{2,12}}|"
                            rf"\sfrom\s[a-z]{{2,12}})?[\s,/(]{{1,2}}(?P<n2>[1-9]\d){end}{not_bad}|(?:男|"
                            r"女)性?\s?[,/]?\s?(?P<n3>[1-9]\d)(?!\d)")),
        ("pronoun", re.compile(r"(?<![a-z])(?:he|she|i|lady|gentleman|man|woman|girl|boy|patient|pt|"
                               r"he's|she's|"
                               r"i'm|i\sam)(?:\s(?:herself|himself)|,"
                               r")?(?:\sis|'s|\sherself|\shimself)?(?:\snow|\scurrently|\sjust|"
                               rf"\sonly)?\s{number}(?=\s?(?:[,.;)\n]|$|and\b|now\b|with\b|today\b|"
                               r"years\b))")),
        ("name", re.compile(r"(?<![a-z])(?:mr|mrs|ms|miss)\.?\s[a-z]{1,15}(?:\s[a-z]{1,"
                            r"15})?(?:\sis\s(?:now\s|aged\s)?|[\s,(]{1,2})(?P<n>[1-9]\d)(?=[,;.)\s]|$)" + not_bad)),
        ("soft", re.compile(r"(?<![a-z])(?:he|she|he's|she's|is|age|aged|pt|patient)\s?(?:is\s|"
                            r":\s?)?(?:maybe\s|probably\s|perhaps\s|just\s|well\s)?(?:about|around|"
                            r"approx(?:imately)?\.?|~|nearly|almost|roughly|over|under|close to|"
                            r"some)\s?(?P<n>[1-9]\d)(?!\d|%|\s?(?:kg|gy|cycles|mm|cm|days|weeks|months|"
                            r"hours))")),
        ("softer", re.compile(r"(?<![a-z])(?:somewhere\s)?(?:near|around|about|close\sto|roughly|"
                              r"nearly|almost)\s(?:twenty|thirty|"
                              r"forty|fifty|sixty|seventy|eighty|ninety)(?![a-z-])")),
        ("now", re.compile(r"(?<![a-z])(?:was|at|aged)\s\d\d\s(?:when|at|on)[^.;\n]{0,40}?[,"
                           r";(]?\s(?:is\s)?(?:now\s(?P<n>\d\d)(?!\d)|(?P<n2>\d\d)\snow)")),
        ("self", re.compile(r"(?<![a-z])(?:patient|pt|himself|herself)\s(?:himself|"
                            rf"herself)?\s?{number}(?=\s?(?:[,.;)\n]|$))")),
    ]  # fmt: skip


def find(doc: Doc, scene: Scene) -> Iterator[Mention]:
    """age_years as stated: years, years and months, "turns 18 next week"; a decade or a nominal age is asked about."""
    taken: list[tuple[int, int]] = []
    for name, pattern in _patterns("en"):
        for match in pattern.finditer(scene.low):
            start, end = match.span()
            if any(a < end and start < b for a, b in taken):
                continue
            mention = _mention(doc, scene, name, match)
            if mention is not None:
                taken.append((start, end))
                yield mention
            elif name in ("range", "nominal", "decade"):
                taken.append((start, end))


def _mention(doc: Doc, scene: Scene, name: str, match: re.Match[str]) -> Mention | None:
    """What one number that looks like an age says; None where it is another number, or another person's."""
    start, end = match.span()
    named = next((key for key in ("n", "n2", "n3") if match.groupdict().get(key)), None)
    meant = qualify(doc, match.start(named) if named else start, end)
    if meant.other_person or meant.quoted_protocol or meant.hypothetical or meant.negated:
        return None
    before = scene.low[max(0, start - 40) : start]
    at_diagnosis = _AT_DIAGNOSIS.match(scene.low, end)
    if at_diagnosis or (name != "turned" and _NOT_NOW.search(before)):
        if at_diagnosis and name in ("label", "unit", "letter") and "diagnos" in scene.low[end : end + 30]:
            return Mention("age_years", None, start, end, "This is the age at diagnosis; the age now?", rank=-1)
        return None
    words = scene.text[start:end].strip()
    if name in _NO_EXACT_AGE:
        return Mention("age_years", None, start, end, _NO_EXACT_AGE[name].format(words=words), rank=name == "nominal")
    value = _number(match[named]) if named else None
    if value is None or name == "range" or _is_no_age(scene, name, match, before):
        return None
    if name == "now":
        return Mention("age_years", value, start, end)
    if name == "turns":
        return Mention("age_years", value - 1, start, end) if float(value).is_integer() else None
    if _ABOUT.search(before) or meant.uncertain:
        return Mention("age_years", None, start, end, _NO_EXACT_AGE["soft"].format(words=words))
    return Mention("age_years", int(value // 12) if name == "only_months" else value, start, end)


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
    return name == "unit" and _is_duration(before, next(group for group in match.groups() if group))


_SPAN_BEFORE = re.compile(
    r"(?<![a-z])(?:for|since|over|past|last|next|in|within|after|every|of|than|"
    r"per|another|first|these|those|about|up to|x)\s$"
)


def _is_duration(before: str, written: str) -> bool:
    """ "postmenopausal for six years": years that are not an age."""
    number = _number(written)
    return bool(_SPAN_BEFORE.search(before)) or number is None or number < 12


def _number(written: str) -> int | float | None:
    if "." in written:
        return float(written)
    return small_number(written)
