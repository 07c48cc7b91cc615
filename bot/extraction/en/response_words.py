"""Where letters and words name a response category, and the many letters that look like one.

CR is also creatinine and "controlled release", PR the progesterone receptor, a pulse rate, an ECG interval and the
rectal route, SD a standard deviation, PD the first half of PD-1 and peritoneal dialysis.
"""

from __future__ import annotations

import re

from bot.extraction.en.response_senses import of_the_tumour, other_sense, spoken_for, tumour_progressed
from bot.extraction.en.terms import after, before, compiled
from bot.extraction.mention import Scene
from bot.extraction.quick import quick

FACT = "response"
_ABBREVIATION = quick(
    r"(?<![A-Za-z0-9.])(?<![A-Za-z]-)(CR|PR|SD|PD|NE|Cr|Pr|Sd|Pd|cr|pr|sd|pd)(?![A-Za-z0-9]|"
    r"\s?-\s?[Ll]?1|['’]|\s?-?\s?\(\s?-?[Ll]|\s[Ll]?1\b(?!\s(?:day|week|month|year|cycle)))"
)
# "response: partial", "the response to chemo was complete", "overall tumour response to 1L: partial"
_JUDGED = (
    r"(?:assessed|rated|judged|classed|classified|considered|deemed|graded|scored|reported|read|documented|called|"
    r"put\sdown)(?:\sas)?"
)
_KINDS = (
    r"(?P<kind>complete|partial|stable|progressive|progression|not\s(?:evaluable|assessable))"
    r"(?![a-z]|\s(?:metabolic|clinical|pathological|data|record|information|list))"
)
_SPELT_OUT = quick(
    r"(?<![a-z])(?:(?:response|remission|resp|reponse|responce)(?:\s(?:to|after|of|on|at|by|in|"
    r"since)(?:\s[\w.-]+){1,5}?)?"
    rf"\s?(?:(?:(?:was|is|has\sbeen|were|being)\s)?{_JUDGED}|was|is|[:=|\t>-]|\s)\s?(?:an?\s)?"
    rf"|(?:disease|tumou?r)\s(?:was|is|has\sbeen)\s(?:{_JUDGED}\s)?(?=stable|progressive)){_KINDS}"
)
_DOTTED = quick(r"(?<![A-Za-z.])(?=C\.\s?R|P\.\s?[RD]|S\.\s?D)([CPS])\.\s?([RD])\.(?![A-Za-z])")
_KIND_OF = {"com": "CR", "par": "PR", "sta": "SD", "pro": "PD", "not": "NE"}
STRICT_BEFORE = quick(
    r"(?:respons\w*|resp\.?|reponse|recist(?:\s?v?1\.1)?|achiev\w*|reached|attained|best|"
    r"bor|overall|therefore|thus|hence|restag\w*|evaluat\w*|assess\w*|efficacy|confirmed|疗效|"
    r"评价)[\s:=(-]{0,3}(?:a\s|an\s|the\s|of\s|in\s|is\s|was\s|as\s)?$"
)
_STRICT_AFTER = quick(
    r"^\s?(?:after|since|by recist|per recist|on (?:pet|ct|mri|imaging|restaging|scan)|"
    r"\(recist|following (?:\d|gp|chemo|c\d))"
)
_NOT_A_RESPONSE_AFTER = {
    "CR": quick(
        r"^\s?(?:[:=]|is|was|of|level)?\s?(?:<|>)?\s?\d+(?:\.\d+)?\s?(?:u|µ|μ|m)?(?:mol|mg|g/|"
        r"/l)|^\s?[:=]?\s?\d{2,3}(?:\.\d+)?(?![\d/]|\s?(?:%|cycle|day|month|week))|"
        r"^\s?(?:clearance|tab|capsule|mg|\d+\s?mg|level|normal|wnl|stable|ok\b|elevated|raised|"
        r"rate)"
    ),
    "PR": quick(
        r"^\s?[:=]?\s?\d{2,3}(?!\d|\s?(?:%|days?|months?|weeks?|cycles?))|^\s?(?:[+]{1,3}|"
        r"-(?:\s|$|,|/)|positive|negative|pos\b|neg\b|interval|segment|bleed\w*|exam\w*|bpm|"
        r"/min|per min|status|receptor|team|manager|office|prolong\w*|suppositor\w*|n\b)|"
        r"^\s?\(?(?:prurit|puls)"
    ),
    "SD": quick(
        r"^\s?[:=]?\s?(?:±|\+/-)?\s?(?:\d+\.\d|\d+\s?(?:%|mm|cm|points|years|y\b))|^\s?(?:card|"
        r"of\s(?!(?:the\s|all\s|both\s)*(?:target|lesion|tumou?r|disease|mets|metast|primary|neck|liver|lung|"
        r"bone|node)))|^\s?[:=]\s?\d"
    ),
    "PD": quick(
        r"^\s?(?:catheter|fluid|peritonitis|dialysis|for (?:esrd|ckd|renal)|exchange|nurse|"
        r"\(peritoneal|pharmacodynamic|/pk|ligand|mm\b)|^\s?-?\s?[Ll]?1(?!\s(?:day|week|month|year|cycle))|^[=:]\s?\d"
    ),
    "NE": quick(r"^\s?(?:of|infusion|drip|ug|mcg|\d)"),
}
_NOT_A_RESPONSE_BEFORE = {
    "CR": quick(
        r"(?<![a-z])(?:creat\w*|serum|s|urine|plasma|alt|ast|bun|urea|lft\w*|oxycodone|morphine|"
        r"tramadol|carvedilol|zolpidem|paroxetine|u&e\w*|k|"
        r"na)[\s:,/]{0,2}(?:[\d.]+\s?\w*[\s,/]+)?$"
    ),
    "PR": quick(
        r"(?:\ber\s?\d{1,3}\s?%?[\s,;/]{0,2}|\brectal(?:ly)?(?:\sexam\w*)?|\bblood|\bbleed\w*|"
        r"\bdre|\bg[1-5]|grade\s?[1-5]|\ber\s?[+-]?(?:ve)?[\s/,&]{0,2}|"
        r"\bher-?2\s?[+-]?[\s/,&]{0,2}|\bbp\s?\d*/?\d*[\s,;]{0,2}|\bhr|\btemp\s?\S*|"
        r"\bspo2\s?\S*|given|progesterone|ecg|ekg|dre/?|via)[\s:,(]{0,2}$"
    ),
    "SD": quick(r"\d\s$|\bmean\b[^.;]{0,24}$|(?:mean|±|\+/-|average|median|\d\s?\()\s?$|[\d.]+\s?[±]\s?$"),
    "PD": quick(
        r"(?:dialysis|esrd|ckd|capd|apd|renal\s\w+|anti-?|pupil\w*|hd or)[\s,(:/]{0,2}$|(?:esrd|"
        r"renal failure|kidney)\s(?:\w+\s){0,3}on\s$"
    ),
    "NE": quick(r"(?:on|iv|infusion)\s$"),
}


def category_words(scene: Scene) -> list[tuple[str, int, int]]:
    """Every place that names a category, by letters or by words, before its context is looked at."""
    unclear = [(hit.start, hit.end) for hit in compiled(scene.lexicon, "response", "unclear").find(scene.text)]
    found = [
        (hit.label, hit.start, hit.end)
        for hit in compiled(scene.lexicon, "response", "values").find(scene.text)
        if of_the_tumour(scene, hit.start, hit.end)
    ]
    for match in _ABBREVIATION.finditer(scene.text):
        if _letters_count(scene, match):
            found.append((match.group().upper(), match.start(), match.end()))
    found.extend(
        (hit.label, hit.start, hit.end)
        for hit in compiled(scene.lexicon, "response", "progress").find(scene.text)
        if tumour_progressed(scene, hit.start, hit.end)
    )
    for match in _SPELT_OUT.finditer(scene.low):
        found.append((_KIND_OF[match["kind"][:3]], match.start(), match.end()))
    for match in _DOTTED.finditer(scene.text):
        found.append((match[1] + match[2], match.start(), match.end()))
    found = [
        (value, start, end)
        for value, start, end in found
        if not any(begin <= start and end <= stop for begin, stop in unclear)
    ]
    found.sort(key=lambda place: (place[1], -place[2]))
    merged: list[tuple[str, int, int]] = []
    for value, start, end in found:
        if merged and merged[-1][0] == value and re.fullmatch(r"[\s(,:=-]{0,3}", scene.text[merged[-1][2] : start]):
            merged[-1] = (value, merged[-1][1], end)  # "partial response (PR)"
        elif not merged or start >= merged[-1][2]:
            merged.append((value, start, end))
    return merged


def _letters_count(scene: Scene, match: re.Match[str]) -> bool:
    """Whether two letters are a response category."""
    letters = match.group()
    value = letters.upper()
    ahead, behind = before(scene.text, match.start(), 30), after(scene.text, match.end(), 30)
    strict = bool(STRICT_BEFORE.search(ahead) or _STRICT_AFTER.match(behind))
    if _NOT_A_RESPONSE_AFTER[value].match(behind):
        return False
    bracketed = ahead.endswith("(") and behind.startswith(")")  # "x4 (SD)" has no deviation in the brackets
    if _NOT_A_RESPONSE_BEFORE[value].search(ahead) and not strict and not bracketed:
        return False
    if not STRICT_BEFORE.search(ahead) and other_sense(scene, value, match.start(), match.end()):
        return False
    if letters == value and value != "NE":
        return strict or scene.asked == FACT or spoken_for(scene, match.start(), match.end())
    if value == "NE":
        return strict or bool(re.match(r"^\s?\(?(?:not evaluable|non-?evaluable)", behind))
    return strict or (scene.asked == FACT and len(scene.text.strip()) < 40)
