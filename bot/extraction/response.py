"""Latest overall response to the therapy: CR, PR, SD, PD or NE, and the many letters that look like one.

CR is also creatinine and "controlled release", PR the progesterone receptor, a pulse rate, an ECG interval and the
rectal route, SD a standard deviation, PD the first half of PD-1 and peritoneal dialysis. Praise ("excellent
response"), shrinkage, a clean PET or cleared EBV DNA is no category: it is asked about.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.tokens import Doc

from bot.extraction.history import of_an_earlier_episode, of_another_cancer
from bot.extraction.lines import line_of, lines
from bot.extraction.mention import Answer, Mention, Scene
from bot.extraction.qualifiers import cue_at, qualify
from bot.extraction.terms import after, before, compiled

FACT = "response"
_CATEGORIES = ("CR", "PR", "SD", "PD", "NE")
_TEXT = {
    "near": "praise or nearness is no response category; was it CR, PR or SD?",
    "minor": "a minor response is no response category; was it PR or SD?",
    "shrunk": "shrinkage is described without a category; what was the overall response?",
    "gone": "no visible disease suggests CR, but no category is given; what was the overall response?",
    "stable": "stable is said without a category; was it SD?",
    "responding": "a response is mentioned without a category; was it CR, PR or SD?",
    "metabolic": "a metabolic or clinical response is given; what was the overall response on imaging?",
    "biological": "a biological response is no imaging response; what was the overall response on imaging?",
    "pathological": "a pathological response is no imaging category; what was the overall response on imaging?",
    "mixed": "a mixed response is given; what was the overall response?",
    "pseudo": "a progression that is not confirmed is given; what was the overall response?",
    "no_progression": "progression is denied, but that states neither CR, PR nor SD; what was the overall response?",
    "denied": "a response category is denied; what was the overall response?",
    "scope": "the response is given for some lesions only; what was the overall response?",
    "either": "two response categories are named as alternatives; which one is it?",
    "uncertain": "the response is given with a doubt",
    "unconfirmed": "the response is called unconfirmed; does the investigator accept it?",
    "creatinine": '"Cr" can be the response or creatinine',
}
_STRONG = frozenset({"mixed", "pseudo"})  # these stand against a category named in passing
_UNCLEAR_OPTIONS: dict[str, tuple[str, ...]] = {
    "near": ("CR", "PR"),
    "minor": ("PR", "SD"),
    "stable": ("SD",),
    "gone": ("CR", "PR"),
    "pseudo": ("PD", "SD", "PR"),
    "metabolic": ("CR", "PR"),
}

_ABBREVIATION = re.compile(
    r"(?<![A-Za-z0-9.])(?<![A-Za-z]-)(CR|PR|SD|PD|NE|Cr|Pr|Sd|Pd|cr|pr|sd|pd)(?![A-Za-z0-9]|"
    r"\s?-\s?[Ll]?1|['’]|\s[Ll]?1\b)"
)
# "response: partial", "the response to chemo was complete"
_SPELT_OUT = re.compile(
    r"(?<![a-z])(?:response|remission)(?:\s(?:to|after|of|on)\s(?:\w+\s){0,3}?|"
    r"\s)?(?:(?:was\s|is\s|has\sbeen\s)?(?:assessed|rated|judged|classed|classified|"
    r"considered|deemed|graded|scored|reported|read|documented)\s(?:as\s)?|was|is|"
    r"[:=|])\s?(?:an?\s)?(?P<kind>complete|partial|stable)(?![a-z]|\s(?:metabolic|clinical|"
    r"pathological))"
)
_DOTTED = re.compile(r"(?<![A-Za-z.])(?=C\.\s?R|P\.\s?[RD]|S\.\s?D)([CPS])\.\s?([RD])\.(?![A-Za-z])")
_STRICT_BEFORE = re.compile(
    r"(?:respons\w*|resp\.?|reponse|recist(?:\s?v?1\.1)?|achiev\w*|reached|attained|best|"
    r"bor|overall|restag\w*|evaluat\w*|assess\w*|efficacy|confirmed|疗效|"
    r"评价)[\s:=(-]{0,3}(?:a\s|an\s|the\s|of\s|in\s|is\s|was\s|as\s)?$"
)
_STRICT_AFTER = re.compile(
    r"^\s?(?:after|since|by recist|per recist|on (?:pet|ct|mri|imaging|restaging|scan)|"
    r"\(recist|following (?:\d|gp|chemo|c\d))"
)

_NOT_A_RESPONSE_AFTER = {
    "CR": re.compile(
        r"^\s?(?:[:=]|is|was|of|level)?\s?(?:<|>)?\s?\d+(?:\.\d+)?\s?(?:u|µ|μ|m)?(?:mol|mg|g/|"
        r"/l)|^\s?[:=]?\s?\d{2,3}(?:\.\d+)?(?![\d/]|\s?(?:%|cycle|day|month|week))|"
        r"^\s?(?:clearance|tab|capsule|mg|\d+\s?mg|level|normal|wnl|stable|ok\b|elevated|raised|"
        r"rate)"
    ),
    "PR": re.compile(
        r"^\s?[:=]?\s?\d{2,3}(?!\d|\s?(?:%|days?|months?|weeks?|cycles?))|^\s?(?:[+]{1,3}|"
        r"-(?:\s|$|,|/)|positive|negative|pos\b|neg\b|interval|segment|bleed\w*|exam\w*|bpm|"
        r"/min|per min|status|receptor|team|manager|office|prolong\w*|suppositor\w*|n\b)|"
        r"^\s?\(?(?:prurit|puls)"
    ),
    "SD": re.compile(
        r"^\s?[:=]?\s?(?:±|\+/-)?\s?(?:\d+\.\d|\d+\s?(?:%|mm|cm|points|years|y\b))|^\s?(?:card|"
        r"of\s\d)|^\s?[:=]\s?\d"
    ),
    "PD": re.compile(
        r"^\s?(?:catheter|fluid|peritonitis|dialysis|for (?:esrd|ckd|renal)|exchange|nurse|"
        r"\(peritoneal|pharmacodynamic|/pk|ligand|mm\b)|^\s?-?\s?[Ll]?1|^[=:]\s?\d"
    ),
    "NE": re.compile(r"^\s?(?:of|infusion|drip|ug|mcg|\d)"),
}
_NOT_A_RESPONSE_BEFORE = {
    "CR": re.compile(
        r"(?<![a-z])(?:creat\w*|serum|s|urine|plasma|alt|ast|bun|urea|lft\w*|oxycodone|morphine|"
        r"tramadol|carvedilol|zolpidem|paroxetine|u&e\w*|k|"
        r"na)[\s:,/]{0,2}(?:[\d.]+\s?\w*[\s,/]+)?$"
    ),
    "PR": re.compile(
        r"(?:\ber\s?\d{1,3}\s?%?[\s,;/]{0,2}|\brectal(?:ly)?(?:\sexam\w*)?|\bblood|\bbleed\w*|"
        r"\bdre|\bg[1-5]|grade\s?[1-5]|\ber\s?[+-]?(?:ve)?[\s/,&]{0,2}|"
        r"\bher-?2\s?[+-]?[\s/,&]{0,2}|\bbp\s?\d*/?\d*[\s,;]{0,2}|\bhr|\btemp\s?\S*|"
        r"\bspo2\s?\S*|given|progesterone|ecg|ekg|dre/?|via)[\s:,(]{0,2}$"
    ),
    "SD": re.compile(r"\d\s$|\bmean\b[^.;]{0,24}$|(?:mean|±|\+/-|average|median|\d\s?\()\s?$|[\d.]+\s?[±]\s?$"),
    "PD": re.compile(
        r"(?:dialysis|esrd|ckd|capd|apd|renal\s\w+|anti-?|pupil\w*|hd or)[\s,(:/]{0,2}$|(?:esrd|"
        r"renal failure|kidney)\s(?:\w+\s){0,3}on\s$"
    ),
    "NE": re.compile(r"(?:on|iv|infusion)\s$"),
}

_NEGATION = re.compile(
    r"\b(?:no|not|without|never|nor|neither|isn't|wasn't|hasn't|hadn't|didn't|non|denies|"
    r"negative for|free of|excluded|absence of|fail\w* to|short of|rather than|ruled out|"
    r"instead of|less than)[\s-]"
    r"(?:(?:evidence|of|sign|signs|yet|achieved|achieve|achieving|reached|reach|a|an|any|"
    r"the|in|clear|been|confirmed|have|has|formal|radiological|documented|true|disease|"
    r"quite|clinical|definite|obvious|called|considered|longer|as|currently|overt|frank|"
    r"for)[\s-])*$"
)
_DENIED_AFTER = re.compile(
    r"^[\s,(:]{0,2}(?:was |is |has been |were |be )?(?:not\s(?:yet\s)?(?:achieved|reached|"
    r"confirmed|seen|met|documented|obtained)|excluded|ruled out|not\b)"
)
_UNREAL_BEFORE = re.compile(
    r"\b(?:till|til|until|unless|if|prevent|risk of|time to|to exclude|r/o|rule out|"
    r"hop\w+ for|aim\w* for|expect\w*|towards|versus|vs|in case of|definition of|defined as|"
    r"upon|pending|await\w*|consider\w*|at|free from|before|confirm or exclude|\?)\s(?:a\s|"
    r"any\s|the\s|overt\s|confirmed\s)?$"
)
_UNCONFIRMED = re.compile(r"unconfirmed\s$|\bu$|not (?:yet )?confirmed\s$")
_UNCONFIRMED_AFTER = re.compile(
    r"^[\s,(:]{0,2}(?:\(?unconfirmed|has not (?:yet )?been confirmed|not (?:yet )?confirmed|"
    r"to be confirmed|tbc|(?:but\s)?(?:awaiting|pending|awaits)\s(?:the\s)?(?:final|formal|"
    r"official|central|confirm)|(?:but\s)?(?:the\s)?(?:final|formal|official|"
    r"central)\s(?:read|report|review)\w*\s(?:is\s)?(?:pending|awaited|outstanding|"
    r"to follow|next|not)|yet to be confirmed)"
)
_QUESTIONED = re.compile(r"^\s?\(?\?+\)?")

_LESION = (
    r"(?:primary(?:\stumou?r|\ssite|\slesion)?|neck(?:\snodes?)?|nodes?|nodal(?:\sdisease)?|"
    r"liver|lungs?|bones?|brain|mets?|metastas[ei]s|metastatic(?:\ssites?|\slesions?)?|"
    r"locoregional\w*|loco-regional\w*|local(?:ly)?|nasophary\w*|"
    r"(?:non-)?target(?:\slesions?)?|np|lesions?|tumou?r|regional|cervical|hepatic|pulmonary|skeletal|distant)"
)
_SCOPE_BEFORE = re.compile(
    rf"(?<![a-z])(?:{_LESION})(?:\s(?:mets?|lesions?|nodules?|disease|"
    rf"deposits?))?\s?(?:[:=-]|shows?|showed|had|is|are|in|with|was|achieved|"
    rf"only)?\s?(?:a\s)?$"
)
_SCOPE_AFTER = re.compile(
    rf"^\s?(?:[(]\s?)?(?:(?:in|of|at|for|within|on)\s)?(?:the\s|his\s|"
    rf"her\s)?(?:{_LESION})(?![a-z])(?!\s?(?:respon|x\d|regimen))"
)
_OVERALL = re.compile(r"(?:overall|all (?:lesions|sites)|everywhere|whole[\s-]body|recist)")

_NOW = re.compile(
    r"\b(?:now|currently|current|latest|most recent|today|(?:the )?last (?:one|scan|pet|ct|"
    r"mri|imaging|assessment|restaging|week|month)|at present|final(?:ly)?|"
    r"end of (?:treatment|chemo|induction))\b"
)
_PAST = re.compile(
    r"\b(?:previous(?:ly)?|initial(?:ly)?|was|were|earlier|at first|first|prior|formerly|"
    r"originally|had|interim|mid-?\w*)\b"
)
_LATER_WORDS = re.compile(
    r"\b(?:then|followed by|later|subsequently|subsequent|afterwards|converted|deepened|"
    r"deepening|improved|improving|evolv\w+|became|turned|progressing to|now|currently|"
    r"upgraded|before|until|but|next|后)\b|>|,\s?and\s(?:now|later)"
)
_CYCLE = re.compile(
    r"(?:after|at|post|following|by|@)?\s?(?:cycle\s?|c)(\d{1,2})(?![a-z0-9])|(?:after|at|"
    r"post|following)\s(\d{1,2}|two|three|four|five|six|eight)(?:\s?(?:cycles?|courses?|cyc|"
    r"x)|\s?$)"
)
_DATE = re.compile(
    r"\b(20\d\d)[-/.年](\d{1,2})|\b(\d{1,2})[/.](20\d\d)\b|\b(jan|feb|mar|apr|may|jun|jul|"
    r"aug|sep|oct|nov|dec)[a-z]*\.?\s(?:\d{1,2},?\s)?(20\d\d)"
)
_WORDS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "eight": 8}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_APPROXIMATE = frozenset({"about", "around", "approximately", "~"})


@dataclass(frozen=True, slots=True)
class _Hit:
    """A response category in the text. doubt: key of _TEXT where no value can be taken from it."""

    value: str
    start: int
    end: int
    doubt: str | None = None
    options: tuple[str, ...] = ()


def find(doc: Doc, scene: Scene) -> Iterable[Mention]:
    """The mention of ``response``: the latest overall category, or the doubt about it."""
    hits = _hits(doc, scene)
    certain = [hit for hit in hits if hit.doubt is None]
    overall = [hit for hit in certain if _is_overall(scene, hit)]
    if overall and len(overall) < len(certain):
        certain = overall
    certain = [hit for hit in certain if hit in overall or not _is_scoped(scene, hit)]
    for hit in _latest(doc, scene, certain):
        yield Mention(FACT, hit.value, hit.start, hit.end, rank=1)
    for hit in hits:
        if hit.doubt in ("denied", "no_progression"):
            if scene.asked == FACT:  # what it is not answers the question only where it was put
                yield Mention(FACT, None, hit.start, hit.end, _TEXT[hit.doubt])
        elif hit.doubt is not None:
            yield Mention(
                FACT,
                None,
                hit.start,
                hit.end,
                _TEXT[hit.doubt],
                hit.options,
                rank=1 if hit.doubt in ("either",) and not certain else 0,
            )
        elif hit not in certain and _is_scoped(scene, hit):
            yield Mention(FACT, None, hit.start, hit.end, _TEXT["scope"], (hit.value,))
    yield from _unclear(doc, scene)


def latest_place(doc: Doc, scene: Scene) -> tuple[int, int] | None:
    """Where the response stands that counts, for the line of therapy that it belongs to."""
    certain = [hit for hit in _hits(doc, scene) if hit.doubt is None]
    latest = _latest(doc, scene, certain)
    return (latest[-1].start, latest[-1].end) if latest else None


# ------------------------------------------------------------------------------------------------------ hits


def _raw(scene: Scene) -> list[tuple[str, int, int]]:
    """Every place that names a category, by letters or by words, before its context is looked at."""
    unclear = [(hit.start, hit.end) for hit in compiled(scene.lexicon, "response", "unclear").find(scene.text)]
    found = [(hit.label, hit.start, hit.end) for hit in compiled(scene.lexicon, "response", "values").find(scene.text)]
    for match in _ABBREVIATION.finditer(scene.text):
        if _letters_count(scene, match):
            found.append((match.group().upper(), match.start(), match.end()))
    for match in _SPELT_OUT.finditer(scene.low):
        found.append(({"c": "CR", "p": "PR", "s": "SD"}[match["kind"][0]], match.start(), match.end()))
    for match in _DOTTED.finditer(scene.text):
        found.append((match[1] + match[2], match.start(), match.end()))
    found = [
        (value, start, end)
        for value, start, end in found
        if not any(begin <= start and end <= stop for begin, stop in unclear)
    ]
    found.sort(key=lambda place: place[1])
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
    strict = bool(_STRICT_BEFORE.search(ahead) or _STRICT_AFTER.match(behind))
    if _NOT_A_RESPONSE_AFTER[value].match(behind):
        return False
    if _NOT_A_RESPONSE_BEFORE[value].search(ahead) and not strict:
        return False
    dialysis = value == "PD" and re.search(
        r"peritoneal|dialysis|\besrd\b|\bcapd\b|renal (?:failure|disease)|kidney failure", scene.low
    )
    if dialysis and not _STRICT_BEFORE.search(ahead):
        return False
    if letters == value and value != "NE":
        return True
    if value == "NE":
        return strict or bool(re.match(r"^\s?\(?(?:not evaluable|non-?evaluable)", behind))
    return strict or (scene.asked == FACT and len(scene.text.strip()) < 40)


def _hits(doc: Doc, scene: Scene) -> list[_Hit]:
    """The categories that the text states of this patient, doubts and alternatives marked."""
    raw = _raw(scene)
    found: list[_Hit] = []
    index = 0
    while index < len(raw):
        value, start, end = raw[index]
        group = [raw[index]]
        while (
            index + 1 < len(raw)
            and raw[index + 1][0] != group[-1][0]
            and _is_alternative(scene, group[-1][2], raw[index + 1][1])
        ):
            index += 1
            group.append(raw[index])
        index += 1
        hit = _hit(doc, scene, value, start, end)
        if len(group) > 1:
            if hit is not None and not _scoped_pair(scene, group):
                options = tuple(dict.fromkeys(member[0] for member in group))
                doubt = "denied" if hit.doubt == "denied" else "either"
                found.append(_Hit(value, start, group[-1][2], doubt, options))
            elif hit is not None:
                found.append(_Hit(value, start, group[-1][2], "scope", tuple(member[0] for member in group)))
        elif hit is not None:
            found.append(hit)
    return found


def _is_alternative(scene: Scene, end: int, start: int) -> bool:
    return bool(re.fullmatch(r"\s?(?:/|\bor\b|and/or|vs\.?|versus)\s?(?:an?\s)?", scene.low[end:start]))


def _scoped_pair(scene: Scene, group: list[tuple[str, int, int]]) -> bool:
    return bool(_SCOPE_BEFORE.search(before(scene.text, group[0][1], 40)))


def _hit(doc: Doc, scene: Scene, value: str, start: int, end: int) -> _Hit | None:
    """The category at one place with its doubt, or None where it is not stated of this patient at all."""
    context = qualify(doc, start, end)
    ahead, behind = before(scene.text, start, 60), after(scene.text, end, 40)
    if context.foreign or context.other_cancer or of_another_cancer(scene, start) or _UNREAL_BEFORE.search(ahead):
        return None
    if of_an_earlier_episode(scene, start):
        return None
    if _is_planned(doc, scene, start, end) or re.match(r"^[\s-]{0,1}(?:free|rate\b|rates\b)", behind):
        return None
    if value == "PD" and re.match(
        r"^[^.;\n]{0,12}\bafter (?:radical |definitive |curative |previous |prior )*(?:rt|crt|"
        r"ccrt|chemorad\w*|radio\w*|imrt)\b",
        behind,
    ):
        return None  # relapse after curative treatment, not the response to first-line therapy
    if _NEGATION.search(ahead) or _DENIED_AFTER.match(behind) or (context.negated and value == "PD"):
        return _Hit(value, start, end, "no_progression" if value == "PD" else "denied")
    if _UNCONFIRMED.search(ahead) or _UNCONFIRMED_AFTER.match(behind):
        return _Hit(value, start, end, "unconfirmed", (value,))
    if (_QUESTIONED.match(behind) and not context.question) or scene.text[max(0, start - 1) : start] == "?":
        return _Hit(value, start, end, "uncertain", (value,))
    cue = cue_at(doc, "uncertain", start, end)
    if (
        cue is not None
        and cue.label.lower() not in _APPROXIMATE
        and not re.search(r"[,;]", scene.text[min(cue.cue_end, start) : start])
    ):
        return _Hit(value, start, end, "uncertain", (value,))
    if scene.text[start:end] in ("Cr",) and not _STRICT_BEFORE.search(ahead):
        return _Hit(value, start, end, "creatinine", (value,))
    return _Hit(value, start, end)


def _is_planned(doc: Doc, scene: Scene, start: int, end: int) -> bool:
    """ "awaiting PR confirmation" is planned; "plan RT as he is in PR" is not."""
    cue = cue_at(doc, "planned", start, end)
    if cue is None:
        return False
    between = scene.low[min(cue.cue_end, start) : start]
    return not re.search(
        r"\b(?:after|since|following|given|as|because|in|with|has|had|achieved|having|despite|"
        r"now|of|for)\b",
        between,
    )


def _is_overall(scene: Scene, hit: _Hit) -> bool:
    near = before(scene.text, hit.start, 26) + " | " + re.split(r"[,;]", after(scene.text, hit.end, 26))[0]
    return bool(_OVERALL.search(near))


def _is_scoped(scene: Scene, hit: _Hit) -> bool:
    """Whether the category speaks of some lesions only."""
    behind = after(scene.text, hit.end, 40)
    if re.match(r"^\s?(?:in|of|at)\s(?:all|every|both)\b", behind):
        return False
    return bool(_SCOPE_AFTER.match(behind) or _SCOPE_BEFORE.search(before(scene.text, hit.start, 45)))


# ---------------------------------------------------------------------------------------------------- latest


def _latest(doc: Doc, scene: Scene, hits: list[_Hit]) -> list[_Hit]:
    """The hit that is latest in time; all of those that cannot be put in order, for the reader to ask about."""
    if len({hit.value for hit in hits}) <= 1:
        return hits[:1]
    steps = lines(doc, scene)
    whens = [(line_of(scene, steps, hit.start, hit.end), *_when(scene, hit)) for hit in hits]
    latest, when = [hits[0]], whens[0]
    for index in range(1, len(hits)):
        hit, its = hits[index], whens[index]
        order = _order(scene, latest[-1], when, hit, its)
        if hit.value == latest[-1].value and order == 0:
            continue
        if order > 0:
            latest, when = [hit], its
        elif order == 0:
            latest.append(hit)
    return latest


def _when(scene: Scene, hit: _Hit) -> tuple[int | None, int | None, int | None]:
    """(past -1, now 1 or None; number of the cycle or None; month count or None) beside a hit."""
    ahead = re.split(r"[,;(]|\b(?:then|but)\b", before(scene.text, hit.start, 34))[-1]
    behind = re.split(r"[,;]|\b(?:then|but|and)\b", after(scene.text, hit.end, 34))[0]
    both = ahead + " | " + behind
    phase = 1 if _NOW.search(both) else (-1 if _PAST.search(ahead) else None)
    cycle = _CYCLE.search(behind) or _CYCLE.search(ahead)
    number = None
    if cycle is not None:
        number = int(cycle[1]) if cycle[1] else _WORDS.get(cycle[2]) or (int(cycle[2]) if cycle[2].isdigit() else None)
    dated = _DATE.search(behind) or _DATE.search(ahead)
    month = None
    if dated is not None:
        if dated[1]:
            month = int(dated[1]) * 12 + int(dated[2])
        elif dated[3]:
            month = int(dated[4]) * 12 + int(dated[3])
        else:
            month = int(dated[6]) * 12 + _MONTHS.index(dated[5]) + 1
    return phase, number, month


_When = tuple["int | None", "int | None", "int | None", "int | None"]  # line, phase, cycle, month


def _order(scene: Scene, first: _Hit, one: _When, second: _Hit, two: _When) -> int:
    """1 where the second hit is later, -1 where the first is, 0 where the text does not say."""
    for a, b in ((one[0], two[0]), (one[3], two[3]), (one[2], two[2])):
        if a is not None and b is not None and a != b:
            return 1 if b > a else -1
    if (one[1] or 0) != (two[1] or 0):
        return 1 if (two[1] or 0) > (one[1] or 0) else -1
    between = scene.low[first.end : second.start]
    if _LATER_WORDS.search(between) or _NOW.search(between):
        return 1
    return 0


# --------------------------------------------------------------------------------------------------- unclear


def _unclear(doc: Doc, scene: Scene) -> Iterator[Mention]:
    """Words about the tumour's course that name no category."""
    for hit in compiled(scene.lexicon, "response", "unclear").find(scene.text):
        if hit.label == "nothing" or (hit.label == "no_progression" and scene.asked != FACT):
            continue
        context = qualify(doc, hit.start, hit.end)
        if context.foreign or context.planned or context.other_cancer:
            continue
        if context.negated and hit.label not in ("no_progression", "gone"):
            continue
        if (
            hit.label in ("gone", "minor")
            and scene.asked != FACT
            and "smaller" not in scene.low[hit.start : hit.end]
            and not re.search(r"tumou?r|lesion|mets|disease|node|pet|mass|scan|ct\b|mri|ned\b|primary|%", scene.low)
        ):
            continue
        options = _UNCLEAR_OPTIONS.get(hit.label, ())
        yield Mention(FACT, None, hit.start, hit.end, _TEXT[hit.label], options, rank=2 if hit.label in _STRONG else 0)


def _answer(text: str, scene: Scene) -> Answer | None:
    """ "pr", "partial", "stable", "CR or PR" once the response was asked for."""
    bare = re.sub(r"^(?:it'?s |it was |it is |a |an |in |the |yes,? |was |is )+", "", text.strip(" .,!()").lower())
    words = {
        "cr": "CR",
        "complete": "CR",
        "pr": "PR",
        "partial": "PR",
        "sd": "SD",
        "stable": "SD",
        "pd": "PD",
        "progression": "PD",
        "cannot be assessed": "NE",
        "can't be assessed": "NE",
        "not assessable": "NE",
        "cannot be evaluated": "NE",
        "unevaluable": "NE",
        "complete remission": "CR",
        "progressed": "PD",
        "progressing": "PD",
        "progressive": "PD",
        "ne": "NE",
        "not evaluable": "NE",
    }
    if bare in words:
        return Answer(words[bare])
    return None


ANSWERS = {FACT: _answer}
