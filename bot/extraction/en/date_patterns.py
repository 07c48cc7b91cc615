"""The forms of dates as regular expressions, the fuller ones first; the words come from data/lexicon/en/dates.yml."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from bot.extraction.en.numbers import number_words
from bot.extraction.en.spoken_dates import day_pattern, year_pattern
from bot.extraction.lexicon import alternation, lexicon
from bot.extraction.quick import quick

# "Patient 4 may need": a verb, no month.
_MAY = (
    r"(?<=may)\s(?:be|have|need|not|require|also|still|well|miss|benefit|cause|include|start|take|only|vary|or|come|"
    r"get|go|become)(?![a-z])"
)


@cache
def patterns(language: str) -> dict[str, re.Pattern[str]]:
    words: Mapping[str, Any] = lexicon(language)["dates"]
    month = "|".join(alternation(names) for names in words["months"].values())
    weekday = "|".join(alternation(names) for names in words["weekdays"].values())
    days = "|".join(sorted((alternation(names) for names in words["day_words"].values()), key=len, reverse=True))
    number = number_words(language)
    day = r"(?P<d>[0-3]?\d)(?:st|nd|rd|th)?"
    year = r"(?P<y>(?:19|20)\d\d|\d\d(?![\d:%]))"
    spoken_year = year_pattern(language)
    sources = {
        "spoken": rf"(?<![a-z])(?:the\s)?(?P<dw>{day_pattern(language)})\s"
        rf"(?:(?:day\s)?of\s(?P<mon>{month})|(?P<mon2>{month})(?=[\s,]+(?:{spoken_year}|(?:19|20)\d\d)))(?![a-z])"
        rf"(?:[\s,]{{1,3}}(?:(?P<yw>{spoken_year})(?![a-z])|(?P<y>(?:19|20)\d\d)(?!\d)))?",
        "chinese": r"(?:(?P<y>\d{4})\s?年\s?)?(?P<m>\d{1,2})\s?月\s?(?:(?P<d>\d{1,2})\s?[日号]?)?(?!\d)|"
        r"(?P<y2>\d{4})\s?年(?!\s?\d)",
        "ymd": r"(?<![\d./-])(?P<y>(?:19|20)\d\d)(?P<s>[./-])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})(?![\d]|"
        r"[/-]\d)",
        "dmy": r"(?<![\d./-])(?P<a>\d{1,2})(?P<s>[./-])\s?(?P<b>\d{1,2})(?P=s)\s?(?P<y>(?:19|20)\d\d|"
        r"\d\d)(?![\d]|[/-]\d)",
        "solid": r"(?<!\d)(?P<y>19\d\d|20\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?!\d)",
        "solid_dmy": r"(?<!\d)(?P<a>0[1-9]|[12]\d|3[01])(?P<b>0[1-9]|[12]\d|3[01])(?P<y>19\d\d|20[0-2]\d)(?!\d)",
        # "november sixteenth", without a year; never "may first need"
        "spoken_month": rf"(?<![a-z])(?P<mon>(?!may\s){month})\s(?:the\s)?(?P<dw>{day_pattern(language)})(?![a-z])"
        rf"(?:[\s,]{{1,3}}(?:(?P<yw>{spoken_year})(?![a-z])|(?P<y>(?:19|20)\d\d)(?!\d)))?",
        # "neg 18.11.": day and month with a full stop each
        "dotted": r"(?<![a-z])(?:on|from|of|neg|negative|pos|positive|drawn|taken|sampled|signed|tested|dated|the)\s"
        r"(?P<a>[0-3]?\d)\.(?P<b>0?[1-9]|1[0-2])\.(?=\s|$|[,;)])",
        "day_month": rf"(?<![\d./]){day}(?:\s?of)?[\s/.-]{{0,2}}(?P<mon>{month})(?![a-z])(?!{_MAY})\.?(?:[\s,"
        rf"/'-]{{1,3}}{year}|(?P<y4>(?:19|20)\d\d(?!\d))|(?P<y3>\d\d(?!\d)))?",
        "month_day": rf"(?<![a-z])(?P<mon>{month})\.?[\s-]{{1,2}}(?:the\s)?{day}(?!\d|[.:/]\d|%|"
        rf"\s?(?:mg|cycles|x))(?:,?[\s/'-]{{1,2}}{year})?",
        "month_year": rf"(?<![a-z])(?P<mon>{month})\.?[\s,'/-]{{1,3}}(?:of\s)?(?P<y>(?:19|20)\d\d)(?!\d)",
        "figures_month_year": r"(?<![\d./-])(?P<m>0?[1-9]|1[0-2])[/.](?P<y>(?:19|20)\d\d)(?![\d/])|"
        r"(?<![\d./-])(?P<y2>(?:19|20)\d\d)[-/.](?P<m2>0[1-9]|1[0-2])(?![\d/-])",
        "short": r"(?<![\d./-])(?P<a>\d{1,2})/(?P<b>\d{1,2})(?![\d/%-]|\.\d|\s?(?:cycles|mm|cm|weeks?))",
        "ago": rf"(?<![a-z0-9-])(?P<n>\d{{1,3}}|{number}|an?)\s?(?P<u>days?|d|weeks?|wks?|w|minutes?|mins?|"
        r"hours?|hrs?|h)\s(?:ago|back|earlier today)(?![a-z])|"
        r"(?P<n2>\d{1,2})\s?天\s?(?:前|以前)",
        "in": rf"(?<![a-z0-9])in\s(?P<n>\d{{1,2}}|{number}|an?)\s(?P<u>days?|weeks?)(?:'\stime)?(?![a-z])|"
        rf"(?<![a-z0-9])(?P<n2>\d{{1,2}}|{number})\s(?P<u2>days?|weeks?)\sfrom\s(?:now|today)(?![a-z])",
        "from_event": rf"(?<![a-z0-9])(?P<n>\d{{1,3}}|{number}|an?)\s?(?P<u>days?|d|weeks?)\s(?:before|"
        r"prior\sto|after|pre)(?![a-z])",
        "day": rf"(?<![a-z])(?:{days})(?![a-z])",
        "weekday": r"(?<![a-z])(?:(?P<dir>last|this\spast|past|this|this\scoming|coming|next|on)\s|"
        rf"(?P<dirc>[上下本这]))?(?P<wd>{weekday})(?![a-z])",
        "nth": r"(?:(?<![a-z])(?:on|since|from)\s|^\s{0,3})the\s(?P<d>[0-3]?\d)(?:st|nd|rd|th)(?![a-z]|\s(?:cycle|"
        r"line|edition|day|dose|week|floor|visit))",
        "bare_month": rf"(?<![a-z])(?:in|since|of|early|late|mid|this|last)[\s-](?P<mon>{month})(?![a-z])",
        "bare_year": r"(?<![a-z])(?:born|in|since|year|dob:?|b\.)\s(?P<y>(?:19|20)\d\d)(?![\d/.-]|\s?年)",
        "vague": rf"(?<![a-z])(?:{alternation(words['vague'])})(?![a-z])",
    }
    return {name: quick(source) for name, source in sources.items()}


@cache
def numbers_of(language: str, section: str) -> dict[str, int]:
    content = lexicon(language)["dates"][section]
    return {word: int(number) for number, words in content.items() for word in words}
