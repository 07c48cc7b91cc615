"""The shapes in which an age is written, in the order in which they are tried; lower-case text."""

from __future__ import annotations

import re
from functools import cache

from bot.extraction.en.numbers import number_words
from bot.extraction.lexicon import alternation, lexicon
from bot.extraction.quick import quick


@cache
def shapes(language: str) -> list[tuple[str, re.Pattern[str]]]:
    content = lexicon(language)["person"]["age"]
    units = alternation([unit for unit in content["units"] if unit.isascii()])
    chinese = alternation([unit for unit in content["units"] if not unit.isascii()])
    bad = alternation(content["not_an_age"])
    left = r"(?:(?<![a-z0-9./-])|(?<=\ba-)|(?<=\ban-))"  # "a-50-year old"
    number = rf"(?P<n>\d{{1,3}}(?:\.\d{{1,2}})?|(?:{number_words(language)}))"
    end = r"(?![a-z0-9]|\.\d)"
    not_bad = rf"(?!\s?(?:{bad})(?![a-z]))"
    adjectives = alternation(content["adjectives"])
    sex = lexicon(language)["person"]["sex"]
    jobs = alternation([*sex["female_jobs"], *sex["male_jobs"], "widow", "widower"])
    behind = number.replace("<n>", "<n2>")
    sexes = r"(?:male|female|man|woman|lady|gentleman|gent|girl|boy|♀|♂)"
    return [
        ("birthday", quick(r"(?<![a-z0-9])(?P<n>\d{1,3})(?:st|nd|rd|th)\sbirthday(?![a-z])")),
        ("nth_year", quick(r"(?<![a-z])in\s(?:his|her|their)\s(?P<n>\d{1,3})(?:st|nd|rd|th)\syear(?![a-z])")),
        # "54 Chinese male", "fifty-four, female", "male - 54"
        ("beside", quick(rf"(?<![a-z0-9.-]){number}\s?[,/-]?\s?"
                              rf"(?:(?:{adjectives})\s){{0,2}}{sexes}(?![a-z])|"
                              rf"(?<![a-z]){sexes}\s?[,/:-]\s{behind}(?=\s*(?:$|[,.;)\n]))|"
                              rf"(?<![a-z])(?:patient|pt|candidate|man|woman|lady|gentleman)\s\((?P<n3>[1-9]\d)\)")),
        # a checklist: the protocol's range, then the value: "age 18-70: 54"
        ("checked", quick(r"(?<![a-z])age[ds]?\s?(?:\(?years?\)?\s)?[:=]?\s?\d\d\s?(?:-|to|–)\s?\d\d"
                               r"\s?(?:years?|y)?\)?\s?(?:[:=?|]|-?>)+\s?(?P<n>\d\d)(?![\d/-])")),
        ("range", quick(rf"(?<![a-z0-9.])(?:aged?\s?:?\s?)?(?P<n>\d\d)\s?(?:{units}|"
                             rf"{chinese})?\s?(?:-|to|~|–)\s?(?P<b>\d\d)\s?(?:{units}|{chinese}){end}|"
                             r"(?<![a-z])age[ds]?\s?:?\s?(?:between\s)?(?P<n2>\d\d)\s?(?:-|to|~|"
                             rf"and)\s?(?P<b2>\d\d){end}")),
        ("months", quick(rf"(?<![a-z0-9.]){number}[\s-]?(?:{units})[\s,]*(?:and\s)?"
                              rf"(?P<m>\d{{1,2}})[\s-]?(?:months?|mo?s?|mths?)(?:[\s-]old)?{end}")),
        ("half", quick(rf"(?<![a-z0-9./-])(?P<n>\d{{1,2}})(?:[\s-]?1/2|[\s-]?½|\sand\sa\shalf)[\s-]?"
                            rf"(?:{units}){end}")),
        ("young", quick(rf"(?<![a-z0-9./-])(?:aged?\s?:?\s{{0,2}})?{number}[\s-]?"
                             rf"(?P<u>months?|mths?|mo|weeks?|wks?|days?|hours?)"
                             rf"[\s-]?(?:old|of\sage){end}|(?<![a-z])age[ds]?\s?[:=]?\s{{0,2}}(?P<n2>\d{{1,4}})[\s-]?"
                             rf"(?P<u2>months?|mths?|weeks?|wks?|days?){end}")),
        ("young", quick(r"(?<![a-z0-9./-])"
                             r"(?P<n>[2-9]\d\d|1[0-3]\d\d)\s(?P<u>months)(?=\s*(?:$|[,.;)\n]))(?P<u2>)")),
        ("run", quick(r"(?<![a-z0-9./-])(?P<n>\d{1,3})\s?-?y/?o\s?/?(?:aa|[wbhacl]/?)?[mf](?![a-z0-9])")),
        ("turns", quick(r"(?<![a-z])(?:turns|turning|will\s(?:be|turn)|about\sto\s(?:be|turn)|"
                             rf"going\sto\sbe|(?:he|she)'ll\s(?:be|turn))\s{number}(?!\s?(?:{bad}))(?![a-z0-9])")),
        ("turned", quick(r"(?<![a-z])(?:turned|has\sturned|"
                              rf"just\sturned)\s{number}(?!\s?(?:{bad}))(?![a-z0-9])")),
        ("nominal", quick(r"(?:虚岁\s?(?P<n>\d{1,3})|(?P<n2>\d{1,3})\s?\(?(?:虚岁|sui|nominal)|"
                               r"nominal age\s?:?\s?(?P<n3>\d{1,3}))")),
        ("decade", quick(r"(?<![a-z])(?:in\s)?(?:his|her|their|the)\s(?:(?:early|mid|"
                              r"late)[\s-])?(?P<n>[2-9]0)'?s(?![a-z])(?<!the\s\d\ds)(?<!the\s\d\d's)|(?<![a-z0-9])(?P<n2>[2-9]0)-something|"
                              r"(?<![a-z])in\s(?:his|her|their)\s(?:(?:early|mid|"
                              r"late)[\s-])?(?P<w>thirties|forties|fifties|sixties|seventies|eighties|"
                              r"twenties)")),
        ("years_old", quick(rf"{left}(?<![\s(]>){number}\s?-?\s?(?:y/?o\.?|y\.o\.?|(?:years?|yrs?|"
                                 rf"y)[\s-]?old|years?\sof\sage|yrs?\sof\sage){end}|(?:周岁|"
                                 rf"年龄)\s?[:]?\s?(?P<n2>\d{{1,3}})(?!\d)")),
        ("unit", quick(rf"{left}(?<![\s(]>){number}\s?-?\s?(?:{units}){end}(?!\s?(?:{bad}|(?:-|\s|'|"
                            r"s)*(?:history|survivor|smok|course|follow|treat|remission|duration|hx|"
                            r"ex-|interval|survival|risk|pack|free)|ago|of\s(?:follow|smok|treat)|"
                            rf"later|before|after|since|history|and\s\d|back|previous\w*|earlier|prior|post|of\s(?!age)|without|or\s))|(?<![\d.])(?P<n2>\d{{1,"
                            rf"3}})\s?(?:{chinese})")),
        ("label", quick(r"(?<![a-z])(?:age|aged|年龄)(?:\sis|\sof|\snow|\scurrently|"
                             r"\s?[(\[](?:in\s)?y(?:ea)?r?s?\.?[)\]]|\*\*|"
                             r"\s(?:at|on)\s(?:the\s)?(?:screening|consent|enrol\w*|study entry|entry|visit|randomi\w+)"
                             r"|\")?"
                             rf"\s{{0,3}}(?:[:=|]|-(?=\s))?\s{{0,3}}{number}{end}{not_bad}")),
        ("letter", quick(r"(?<![a-z0-9.-])(?P<n>[1-9]\d)(?:\s?-?|\s?[/,]\s?)(?:[mf])(?![a-z0-9]|"
                              r"-?\s?(?:fdg|psma|naf|pet|choline|flu|dopa|fes|fet|fapi|labell?ed|sodium))")),
        ("letter_first", quick(r"(?<![a-z0-9.-])[mf](?:\s?[/,]\s?|\s|(?=[1-9]\d(?:[\s,;]|"
                                    r"$)))(?P<n>[1-9]\d)(?!-?\s?(?:fdg|psma|naf|pet|choline|flu|dopa|fes|fet"
                                    r"|fapi|labell?ed|sodium))" + end + not_bad)),
        ("noun", quick(r"(?<![a-z0-9.-])(?P<n>[1-9]\d)\s?-?(?:male|female|man|woman|lady|"
                            rf"gentleman|gent){end}|(?<![a-z])(?:male|female|man|woman|lady|"
                            rf"gentleman|gent|girl|boy|\([mf]\)|{jobs})(?:\s(?:here|pt|patient|of)|"
                            rf"\swith\s[a-z]{{2,12}}|"
                            rf"\sfrom\s[a-z]{{2,12}})?[\s,/(]{{1,2}}(?P<n2>[1-9]\d){end}{not_bad}|(?:男|"
                            r"女)性?\s?[,/]?\s?(?P<n3>[1-9]\d)(?!\d)")),
        ("pronoun", quick(r"(?<![a-z])(?:he|she|i|candidate|participant|"
                               r"who(?=\sis\s|'s\s)|lady|gentleman|man|woman|girl|boy|"
                               r"patient|pt|"
                               r"he's|she's|"
                               r"i'm|i\sam)(?:\s(?:herself|himself)|,"
                               r")?(?:\sis|'s|\sherself|\shimself)?(?:\snow|\scurrently|\sjust|"
                               rf"\sonly)?\s{number}(?=\s?(?:[,.;)\n]|$|(?:and|now|with|today|so|after\sall|but|"
                               r"already|comma|period|full\sstop)\b))")),
        ("name", quick(r"(?<![a-z])(?:mr|mrs|ms|miss|mdm|mister)\.?\s(?:[a-z]\.\s?){0,3}[a-z]{1,15}(?:\s[a-z]{1,"
                            r"15})?(?:\sis\s(?:now\s|aged\s)?|[\s,(]{1,2})(?P<n>[1-9]\d)(?=[,;.)\s]|$)" + not_bad)),
        ("soft", quick(r"(?<![a-z])(?:he|she|he's|she's|is|age|aged|pt|patient)\s?(?:is\s|"
                            r":\s?)?(?:maybe\s|probably\s|perhaps\s|just\s|well\s)?(?:about|around|"
                            r"approx(?:imately)?\.?|~|nearly|almost|roughly|over|under|close to|"
                            r"some)\s?(?P<n>[1-9]\d)(?!\d|%|\s?(?:kg|gy|cycles|mm|cm|days|weeks|months|"
                            r"hours))")),
        ("softer", quick(r"(?:^\W*|(?<![a-z])(?:is|he's|she's|i'm|age|aged|pt|patient|be|looks|says"
                              r"|maybe|probably|perhaps|somewhere|guess|think)\s)"
                              r"(?:near|around|about|close\sto|roughly|"
                              r"nearly|almost)\s(?:twenty|thirty|"
                              r"forty|fifty|sixty|seventy|eighty|ninety)(?=\s*(?:$|[,.;)\n?!]|(?:years\sold|or\sso|i\sthink|now|or\s)))")),
        ("softer", quick(r"(?<![a-z0-9./-])[1-9]\d(?:\s?-?ish|\s?-?odd"
                              r"|\s?\+/-\s?\d)(?:[\s-]years?[\s-]old)?(?![a-z])(?!\s(?:kg|mg|percent|cycles|days|weeks|months|"
                              r"pounds|cm|mm))")),
        # "diagnosed aged 55, now 57", "53 at diagnosis, 55 today"
        ("now", quick(r"(?<![a-z0-9])(?:(?:was|at|aged?|when|of)\s\d\d|\d\d\s(?:at|when))(?!\s?(?:gy|mg|kg|%))"
                           r"[^.;\n]{0,40}?"
                           r"(?:[,;(]\s?|\sand\s)(?:(?:he|she|but|and)\s)?(?:is\s|'s\s)?(?:(?:now|currently|today)"
                           rf"\s(?:aged?\s)?(?P<n>\d\d)(?!\d|%|\s?(?:{bad})(?![a-z]))|(?P<n2>\d\d)\s(?:now|today|currently)(?![a-z]))")),
        ("self", quick(r"(?<![a-z])(?:patient|pt|himself|herself)\s(?:himself|"
                            rf"herself)?\s?{number}(?=\s?(?:[,.;)\n]|$))")),
        # "DOB unknown, says 64": only where the talk is of the age
        ("says", quick(r"(?<![a-z])(?:dob|birth|born|age)(?![a-z])[^.\n]{0,40}?(?<![a-z])"
                            rf"(?:says|claims|states|gives)\s(?:(?:he|she)\sis\s|(?:he|she)'s\s)?{number}(?=\s?(?:$|[.,;)\n]))")),
    ]  # fmt: skip
