"""Whether imaging showed metastases: a metastasis and a method of imaging in one sentence, and how they are joined.

A metastasis is named as such ("liver mets", "secondaries"), or it is a counted or avid lesion in a message that calls
the disease metastatic ("M1a, two lesions on PET", "PET lit up in the sternum").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc

from bot.extraction.en.lesion_words import spread_words, words_pattern
from bot.extraction.en.numbers import number_words
from bot.extraction.en.terms import answered_behind, before, sentence, ticked
from bot.extraction.lexicon import lexicon
from bot.extraction.mention import Answer, Mention, Scene
from bot.extraction.qualifiers import qualify
from bot.extraction.quick import quick

FACT = "metastasis_on_imaging"
_BEFORE, _AFTER = 140, 90  # characters between the metastasis and the method that showed it
_DOUBT = "metastases on imaging are given with a doubt"
_REGIONAL_BEFORE = quick(
    r"(?:neck|cervical|retropharyngeal|supraclav\w*|regional|locoregional|lymph(?:\s?node)?|"
    r"node|nodal|ln|lns|level\s\w+|淋巴结)\s?(?:node\s|nodal\s|ln\s)?$"
)
_DISTANT_NODE = quick(
    r"(?:axill\w+|inguinal|distant|mediastinal|hilar|para-?aortic|abdominal|retroperitoneal)[\w\s-]{0,12}$"
)
# "doubtful rib lesion on bone scan", "bone uptake of uncertain significance"
_DOUBTFUL = quick(
    r"(?<![a-z])(?:doubtful|unclear|indeterminate|suspicious|equivocal|questionable|"
    r"non-?specific|suspected|possible|probable)\s(?:\w+\s){0,2}?(?:lesions?|nodules?|"
    r"uptake|foci|focus|spots?|mets?|metastas[ei]s|secondaries)(?![a-z])"
    r"|(?<![a-z])(?:lesions?|nodules?|uptake|foci|focus|"
    r"spots?)\s(?:\w+\s){0,3}?(?:of\s(?:uncertain|unclear|doubtful|unknown|"
    r"indeterminate)\s(?:significance|nature|origin)|suspicious|indeterminate|equivocal|"
    r"doubtful)(?![a-z])"
)
NONE = quick(
    r"(?<![a-z])(?:no(?:\s(?:evidence|sign|signs)\sof)?|without|free\sof|negative\sfor|absence\sof|nil)\s"
    r"(?:(?:any|known|obvious|definite|detectable|distant|other|visible|demonstrable|"
    r"haematogenous|systemic)\s){0,3}(?:mets?|metastas[ei]s|secondaries|metastatic\s(?:disease|lesions?|"
    r"spread|deposits?)|distant\sspread|distant\sdisease)(?![a-z])"
    r"|nothing\s(?:distant|metastatic)(?![a-z])|no\sdistant\s(?:lesions?|disease|spread)(?![a-z])"
    r"|(?:distant\s)?(?:mets?|metastas[ei]s|secondaries)\s?(?::|=|-)?\s?(?:none|nil|no\b(?!\s?\.)(?!\s(?:fewer|"
    r"less))|"
    r"absent|negative|not\s(?:seen|found|detected|present))|无远处转移|未见远处转移|无转移"
)
# Seen by no method: "radiologically occult metastasis", "mets invisible on CT".
_OCCULT = quick(
    r"(?<![a-z])(?:(?:radiologically|radiographically|imaging|scan)[\s-](?:occult|invisible)|"
    r"occult\son\s(?:all\s)?(?:imaging|scans)|"
    r"(?:imaging|scan)-negative\s(?:mets|metastas\w+)|(?:not|never)\s(?:seen|visible|shown|detected)\son\s(?:any\s)?"
    r"(?:imaging|scans?))(?![a-z])"
)
_NOT_SHOWN = quick(
    r"\b(?:no(?!\s(?:fewer|less)\b)|without|cannot|pending|awaited|to (?:confirm|exclude|rule|assess|check)|"
    r"not (?:seen|visible|shown|found|confirmed|on|detected))\b"
)
_IN_SEARCH_OF = quick(
    r"(?<!positive )(?<!avid )\bfor\s(?:(?!show|reveal|demonstrat|found|detect|"
    r"confirm)\w+\s){0,2}$"
)
_SUSPECT = quick(r"suspicio|indeterminate|equivocal|(?:cannot|can't|not) exclude|\?")
_METASTATIC = quick(
    r"(?<![a-z])(?:mets?|metast\w*|secondaries|m1[ab]?|mnpc)(?![a-z])|"
    r"[nN][0-3x][a-c]?[\s,]?m1|转移"
)
_NOT_DISTANT = quick(
    r"neck|cervical|primary|target|index|nasophary|benign|retrophary|supraclav|parotid|"
    r"skin tag|cyst"
)
# In a report that names its method: "the four hepatic deposits seen at baseline measure ..."
_SEEN_AT_FIRST = quick(
    r"(?<![a-z])(?:(?:hepatic|liver|lung|pulmonary|bone|bony|osseous|distant)\s(?:mets|metastases|deposits|"
    r"secondaries)|metastases|"
    r"secondaries)\s(?:seen|visible|present|shown|identified|noted)\s(?:at|on)\s(?:the\s)?(?:baseline|first|"
    r"initial|pre-?treatment)(?![a-z])"
)
_NEW = quick(r"\b(?:progress\w*|new)\s$")


@dataclass(frozen=True, slots=True)
class _Patterns:
    imaging: re.Pattern[str]
    deposit: re.Pattern[str]
    organ: re.Pattern[str]
    lesion: re.Pattern[str]  # counts only where the message calls the disease metastatic


@cache
def _patterns(language: str) -> _Patterns:
    content = lexicon(language)
    site = words_pattern(spread_words(content, "organs"))
    number = rf"(?:\d{{1,2}}|{number_words()})"
    noun = r"(?:lesions?|nodules?|deposits?|foci|focus|spots?)"
    return _Patterns(
        # "cT4N0M1, lung metastases": the "ct" of a clinical T category is no CT.
        imaging=quick(
            rf"(?<![a-z]){words_pattern(spread_words(content, 'imaging'))}(?![a-z0-9])(?!\s[0-4x][a-d]?\s?n\s?[0-3x])"
        ),
        deposit=quick(
            rf"(?<![a-z])(?:{site}|distant)\s(?:\w+\s){{0,1}}?(?:mets?|metastas[ei]s|deposits?|secondaries)(?![a-z])"
            r"|(?<![a-z])(?:mets?|metastas[ei]s|secondaries|metastatic\s(?:lesions?|disease|deposits?|spread|"
            r"nodules?)|"
            r"distant\smetastatic|metastatic\sto)(?![a-z])"
            rf"|(?:fdg-?avid|avid|hypermetabolic|metastatic)\s(?:\w+\s){{0,2}}?(?:{site})\s{noun}|转移"
        ),
        organ=quick(rf"(?<![a-z]){site}(?![a-z])"),
        lesion=quick(
            rf"(?<![\w.])(?:{number})\s(?:{site}(?![a-z])|(?:[\w-]+\s){{0,2}}?{noun}(?![a-z]))"
            rf"|(?<![a-z])(?:{site})\s(?:\w+\s)?{noun}(?![a-z])|(?<![a-z]){noun}\s(?:in|of|on|\d)"
            rf"|(?<![a-z])(?:lit\sup|uptake|avid(?:ity)?)\s(?:in|at|of)\s(?:the\s)?(?:\w+\s)?{site}(?![a-z])"
        ),
    )


def imaging_methods() -> re.Pattern[str]:
    """The names of imaging methods, for lower-case text."""
    return _patterns("en").imaging


def is_regional(scene: Scene, start: int) -> bool:
    """Whether the metastasis word at the offset speaks of regional nodes only."""
    ahead = before(scene.text, start, 36)
    return bool(_REGIONAL_BEFORE.search(ahead)) and not _DISTANT_NODE.search(ahead)


def seen_on_imaging(doc: Doc, scene: Scene) -> Iterator[Mention]:
    """Mentions of metastasis_on_imaging; its denial beside T and N is read with the M category."""
    known = _patterns("en")
    for match in _DOUBTFUL.finditer(scene.low):
        context = qualify(doc, match.start(), match.end())
        if not (context.foreign or context.negated or context.other_cancer or context.planned):
            yield Mention(FACT, None, *match.span(), _DOUBT, (True, False))
    if _METASTATIC.search(scene.low) is None:
        return
    for match in _OCCULT.finditer(scene.low):
        if qualify(doc, *match.span()).plain:
            yield Mention(FACT, False, *match.span(), rank=1)
    if known.imaging.search(scene.low) is not None:
        for match in _SEEN_AT_FIRST.finditer(scene.low):
            if qualify(doc, *match.span()).plain and not is_regional(scene, match.start()):
                yield Mention(FACT, True, *match.span())
    for match in known.deposit.finditer(scene.low):
        yield from _seen(doc, scene, known, match)
    for match in known.lesion.finditer(scene.low):
        if not _NOT_DISTANT.search(before(scene.text, match.start(), 20) + match.group()):
            yield from (mention for mention in _seen(doc, scene, known, match) if mention.value is True)


def _seen(doc: Doc, scene: Scene, known: _Patterns, match: re.Match[str]) -> Iterable[Mention]:
    """What the sentence says of one metastasis and the imaging method nearest to it."""
    first, last = sentence(scene.text, match.start())
    seen = _nearest(known.imaging, scene, match, max(first, match.start() - _BEFORE), min(last, match.end() + _AFTER))
    seen = seen or _heading(known.imaging, scene, first)
    if seen is None or is_regional(scene, match.start()):
        return
    context = qualify(doc, match.start(), match.end())
    start, end = min(match.start(), seen[0]), max(match.end(), seen[1])
    if context.foreign or context.planned or context.other_cancer or qualify(doc, *seen).planned:
        if context.question and (answer := answered_behind(scene.low, end)) is not None:
            yield Mention(FACT, *answer)  # "Any mets on the first scan? Yes, liver."
        return
    between = scene.low[min(match.end(), seen[1]) : max(match.start(), seen[0])]
    tick = ticked(scene.low, end)
    if tick is not None and seen[0] >= match.end():
        yield Mention(FACT, tick, start, end)  # "mets on imaging: no"
        return
    if context.uncertain or _SUSPECT.search(between + match.group()):
        yield Mention(FACT, None, start, end, _DOUBT, (True, False))
        return
    if _NOT_SHOWN.search(between) or _IN_SEARCH_OF.search(between):
        return
    if NONE.search(scene.low, max(first, match.start() - 30), min(last, match.end() + 12)) or _NEW.search(
        before(scene.text, match.start(), 14)
    ):
        return
    if context.negated and not re.search(
        r"\bno\s(?:fewer|"
        r"less)\sthan\s(?:\w+\s)?$",
        before(scene.text, match.start(), 24),
    ):
        return
    yield Mention(FACT, True, start, end)


def _nearest(
    imaging: re.Pattern[str], scene: Scene, match: re.Match[str], first: int, last: int
) -> tuple[int, int] | None:
    """The imaging method nearest to a metastasis within the given stretch."""
    found = [seen.span() for seen in imaging.finditer(scene.low, first, last)]
    found = [place for place in found if place[1] <= match.start() or place[0] >= match.end()]

    def distance(place: tuple[int, int]) -> int:
        return min(abs(place[0] - match.end()), abs(match.start() - place[1]))

    return min(found, key=distance) if found else None


def _heading(imaging: re.Pattern[str], scene: Scene, first: int) -> tuple[int, int] | None:
    """The method that heads a list joined by semicolons: "PET-CT (17 March): primary in situ; liver metastases"."""
    begin = first
    for _ in range(_ITEMS):
        if begin == 0 or scene.low[begin - 1] != ";":
            break
        begin = sentence(scene.text, begin - 1)[0]
    if begin == first:
        return None
    named = imaging.search(scene.low, begin, min(first, begin + _HEAD))
    return named.span() if named is not None and _COLON.match(scene.low, named.end(), first) else None


_ITEMS, _HEAD = 4, 30  # items of such a list, and characters in which it is headed
_COLON = quick(r"(?:\s(?:scan|of\s[^:;(\n]{4,20}))?\s?(?:\([^:;()\n]{0,30}\)\s?)?:")
_SAID_DOUBT = quick(
    r"(?<![a-z])(?:suspect\w*|suspicio\w*|equivocal|indeterminate|possibl[ey]|probabl[ey]|maybe|perhaps|unclear|"
    r"not sure|"
    r"uncertain|doubtful|cannot exclude|can't exclude|query)(?![a-z])"
)
_SAID_NOT = quick(
    r"(?<![a-z])(?:no|none|not|nothing|never|neither|negative|clear|clean|normal|nil|free|without)(?![a-z])|"
    r"n't(?![a-z])"
)
_SAID_SEEN = quick(
    r"(?<![a-z])(?:seen|visible|shown|showed|shows|showing|found|detected|confirmed|picked (?:them|it|those) up|"
    r"picked up|lit up|there|present|demonstrated|positive|revealed|mets?|metastas[ei]s|lesions?|secondaries|"
    r"deposits?)(?![a-z])"
)


def answer_imaging(text: str, scene: Scene) -> Answer | None:
    """ "on PET-CT", "CT showed none", "not on CT, but PET picked them up" once imaging was asked for."""
    bare = text.strip(" .,!()").lower()
    if len(bare.split()) > 12 or _NEW.search(bare.split("mets")[0]):
        return None
    if _SAID_DOUBT.search(bare):
        return Answer(None, _DOUBT, (True, False))
    imaging = imaging_methods()
    said: list[bool] = []
    for clause in re.split(r"\bbut\b|[,;]", bare):
        method, seen = imaging.search(clause), _SAID_SEEN.search(clause)
        if (method or seen) and _SAID_NOT.search(clause):
            if not method and _patterns("en").organ.search(clause):
                return None  # "no lung mets" leaves the other organs open
            said.append(False)
        elif (seen and (method or re.search(r"(?<![a-z])(?:they|it|there|yes|were|was|on|by)(?![a-z])", clause))) or (
            method and re.match(r"\s*(?:yes\s)?(?:on|by|with|in)\s", clause)
        ):
            said.append(True)
    return Answer(any(said)) if said else None
