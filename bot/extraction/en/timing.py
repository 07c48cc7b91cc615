"""When the metastases appeared: with the primary (de novo), or after earlier treatment (metachronous)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from spacy.tokens import Doc

from bot.extraction.en.another_cancer import names_another, of_another
from bot.extraction.en.lesion_words import spread_words, words_pattern
from bot.extraction.en.onset import at_diagnosis, came_later, metastatic_before
from bot.extraction.en.onset_clauses import answer_onset, told_as_later, told_as_one
from bot.extraction.en.terms import after, before, sentence, ticked
from bot.extraction.mention import Answer, Mention, Scene
from bot.extraction.qualifiers import qualify
from bot.extraction.quick import quick

_TEXT = {
    "newly": '"newly diagnosed distant metastasis" can mean present from the start or found after earlier treatment',
    "timing_doubt": "when the metastases appeared is given with a doubt",
    "recurrent/metastatic": '"recurrent/metastatic" names both; were the metastases there at the first diagnosis?',
}


@cache
def _phrases(words: tuple[str, ...]) -> re.Pattern[str]:
    return quick(rf"(?<![a-z]){words_pattern(words)}(?![a-z])")


_METS_AT_DIAGNOSIS = quick(
    r"(?<![a-z])(?:mets?|metastas[ei]s|metastatic(?:\sdisease)?|"
    r"m1[ab]?)\s(?:[\w()/,+&-]+\s){0,6}?(?:at|from|since|"
    r"on)\s(?:the\s)?(?:time\sof\s)?(?:initial\s|first\s|original\s)?"
    r"(?:diagnosis|dx|presentation|outset|start|beginning)(?![a-z])"
    r"|(?:at|on)\s(?:initial\s|first\s|the\stime\sof\s)?(?:diagnosis|dx|"
    r"presentation)[\s,:-]{1,3}(?:(?:he|she|pt|patient|already|had|has|with|there|were|was|"
    r"showed|of|the|multiple|distant|liver|bone|lung|and|to|\d+|solitary)\s){0,7}(?:mets?|"
    r"metastas[ei]s|metastatic|m1[ab]?)(?![a-z])"
    r"|(?:mets?|metastas[ei]s)\s(?:\w+\s){0,3}?(?:found|seen|detected|diagnosed|present)\s(?:together|along|"
    r"simultaneously|at\sthe\ssame\stime)\s(?:with|as)\s(?:the\s)?(?:primary|tumou?r|npc)"
    r"|(?:mets?|metastas[ei]s)\s(?:\w+\s){0,4}?(?:there|present|found|seen|detected|"
    r"known)\s(?:already\s)?(?:when\sthe\s(?:primary|tumou?r|cancer|npc)|"
    r"at\sthe\ssame\stime|at\sthat\stime\sof\sdiagnosis)"
    r"|(?:mets?|metastas[ei]s|metastatic|lesions?)\b[^.;\n]{0,60}?\b(?:all\s|"
    r"already\s)?present\sat\s(?:initial\s|first\s)?(?:diagnosis|presentation)"
    r"|(?:metastatic|m1[ab]?|mets?|metastas[ei]s)\s(?:\w+\s){0,3}?(?:when\s(?:first|"
    r"initially)\s(?:seen|diagnosed|presenting)|from\s(?:day\s(?:one|1)|"
    r"the\s(?:very\s)?(?:beginning|start|outset|first)))"
    r"|(?:liver|lung|bone|hepatic|pulmonary|distant)\s(?:lesions?|nodules?|"
    r"deposits?)\s(?:were\s|was\s|already\s)*(?:present|there|seen|found)\s(?:at|from|"
    r"on)\s(?:the\s)?(?:time\sof\s)?(?:first\s|initial\s)?(?:diagnosis|presentation)"
    r"|(?:presented|presenting|diagnosed)\s(?:\w+\s){0,3}?(?:with|"
    r"as)\s(?:[\w,+&-]+\s){0,5}?(?:mets?|metastas[ei]s|metastatic|m1[ab]?)(?![a-z])"
)
_LATER = quick(
    r"(?<![a-z])(?:mets?|metastas[ei]s|metastatic|spread|relapse\w*|secondaries|"
    r"distant\sfailure)\b[^.;\n]{0,50}?(?:(?:\d+|a|one|two|three|four|five|six|several|"
    r"few)\s?(?:y|yrs?|years?|months?|mo|mths?)\s(?:after|post|later|following)|(?:after|"
    r"following|post)[\s-](?:previous\s|prior\s|earlier\s|definitive\s|radical\s|curative\s|"
    r"primary\s|initial\s)*(?:(?:chemo-?)?(?:radio\w*|radiation|rt|crt|ccrt|imrt|"
    r"chemorad\w*)))(?![a-z])"
    r"|(?:(?:\d+|a|one|two|three|four|five|six|several|few)\s?(?:y|yrs?|years?|"
    r"months?)\s)?(?:after|following|post)[\s-](?:previous\s|prior\s|earlier\s|definitive\s|"
    r"radical\s|curative\s|primary\s|initial\s)*(?:(?:chemo-?)?(?:radio\w*|radiation|rt|crt|"
    r"ccrt|imrt))\b[^.;\n]{0,40}?(?:developed|new|found|showed|presented\swith|with|"
    r"now)\s(?:\w+\s){0,3}?(?:mets?|metastas[ei]s|metastatic)(?![a-z])"
    r"|(?:rt|imrt|ccrt|crt|radiotherapy|radiation|chemorad\w*|cured|"
    r"treated\sradically)\b[^.;\n]{0,30}?\b(?:19|20)\d\d\b[^.;\n]{0,40}?(?:mets?|"
    r"metastas[ei]s|metastatic)(?![a-z])"
    r"|(?:came\sback|reappeared|returned|recurred)\s(?:in|as|"
    r"with)\s(?:the\s)?(?:\w+\s){0,3}?(?:\w+\s)?(?:years?|months?)\s(?:after|post|later|"
    r"following)"
    r"|(?:remission|disease-free|recurrence-free|ned|"
    r"remained\swell)\b[^.;\n]{0,30}?\b(?:until|for|before|till)\b[^.;\n]{0,50}?(?:mets?|"
    r"metastas[ei]s|metastatic)(?![a-z])"
    r"|(?:mets?|metastas[ei]s|spread)\s(?:\w+\s){0,2}?(?:appeared|developed|arose|found|showed\sup|"
    r"came)\s(?:\w+\s){0,3}?(?:after|"
    r"following)\s(?:(?:previous\s|prior\s|earlier\s|initial\s)(?:treatment|therapy)|(?:the\s)?(?:treatment|"
    r"therapy)\sof\s(?:the\s)?primary)"
    r"|(?:previously|prior|earlier|previous)\s(?:treated\s(?:with|by)\s)?(?:radical\s|"
    r"definitive\s|curative\s)?(?:rt|crt|ccrt|imrt|chemoradio\w*|radiotherapy|"
    r"radiation)\b[^.;\n]{0,60}?(?:mets?|metastas[ei]s|metastatic)(?![a-z])"
)
_NEWLY = quick(r"newly[\s-]diagnosed\s(?:distant\s)(?:mets?|metastas[ei]s)(?![a-z])")
_RM = quick(r"(?<![a-z])(?:r/m|recurrent\s?(?:/|or|and/or)\s?metastatic|rm-?npc)(?![a-z])")


# Words that fit other illnesses as well: they count beside the tumour or its metastases only.
_AMBIGUOUS = quick(r"recurr\w*|relaps\w*|synchronous\w*|同时性|复发")
_TUMOUR = quick(
    r"(?<![a-z])(?:m?npc|nasophary\w*|cancer|carcinoma|tumou?r|disease|malignan\w+|mets?|metast\w*|m1[ab]?|"
    r"secondaries|distant|"
    r"liver|lungs?|bones?|spine|brain|hepatic|pulmonary|lesions?|deposits?|rt|ccrt|crt|imrt|radiotherapy|chemo\w*|"
    r"timing)(?![a-z])|鼻咽|转移"
)
_METASTASES = quick(r"(?<![a-z])(?:mets?|metast\w*|m1[ab]?|secondaries|distant|timing|mnpc)(?![a-z])|转移")
_OTHER_TUMOUR = quick(
    r"[\s-](?:second\s)?(?:primar(?:y|ies)|cancers?|carcinomas?|adenocarcinoma|tumou?rs|"
    r"malignan\w+)(?![a-z])"
)
_FOR_METASTASES = quick(r"(?<![a-z])for\s(?:\w+\s){0,2}(?:mets|metast\w+|m1)")
_TREATED = quick(
    r"(?<![a-z])(?:mets|metastas[ei]s)\s(?:\w+\s){0,2}?(?:irradiated|ablated|resected|removed|"
    r"treated)(?![a-z])"
)
_NEXT_WORD = quick(r"\s(?!in\s|after\s|since\s|with\s|and\s|at\s|to\s|or\s|\d)[a-z][\w-]*(?:\s[a-z][\w-]*){0,2}")
_FROM_ANOTHER = quick(
    r"[^.;,\n]{0,30}\s(?:from|of)\s(?:the\s|his\s|her\s|a\s)?(?!the\s|his\s|her\s|primary|npc|"
    r"naso)(?=\w)(?!(?:\w+\s){0,3}\w*naso)[\w-]+\s(?:cancer|carcinoma|ca|primary|adenocarcinoma)(?![a-z])"
)
_NOUN_OF_LABEL = quick(r"\s(?:mets?|metast\w+|disease|m1|npc|spread)(?:\s(?:disease|at\s\w+))?(?![a-z])")
_SHORT = 60  # characters; in so short a message the word speaks of the metastases


def timing_in(doc: Doc, scene: Scene) -> Iterator[Mention]:
    """De novo or metachronous; both named without order is a doubt."""
    rm = [match.span() for match in _RM.finditer(scene.low)]
    for start, end in rm:
        yield Mention("metastasis_timing", None, start, end, _TEXT["recurrent/metastatic"], ("de_novo", "metachronous"))
    for match in _NEWLY.finditer(scene.low):
        yield Mention("metastasis_timing", None, *match.span(), _TEXT["newly"], ("de_novo", "metachronous"))
    for value in ("de_novo", "metachronous"):
        pattern = _phrases(tuple(spread_words(scene.lexicon, value)))
        found = [match.span() for match in pattern.finditer(scene.low)]
        found += _told_at_diagnosis(scene) if value == "de_novo" else _told_later(scene)
        for place in found:
            if any(begin <= place[0] < stop for begin, stop in rm) or not _of_the_tumour(scene, *place):
                continue
            mention = _timed(doc, scene, value, *place)
            if mention is not None:
                yield mention


def _told_at_diagnosis(scene: Scene) -> list[tuple[int, int]]:
    found = [match.span() for match in _METS_AT_DIAGNOSIS.finditer(scene.low)]
    return [*found, *at_diagnosis(scene), *told_as_one(scene)]


def _told_later(scene: Scene) -> list[tuple[int, int]]:
    """Places that tell of metastases after other treatment; treatment of known metastases is none of it."""
    found = list(came_later(scene))
    found += [place for place in told_as_later(scene) if not metastatic_before(scene, place[0])]
    for match in _LATER.finditer(scene.low):
        if not (
            _FOR_METASTASES.search(match.group())
            or _TREATED.search(match.group())
            or metastatic_before(scene, match.start())
        ):
            found.append(match.span())
    return found


def _of_the_tumour(scene: Scene, start: int, end: int) -> bool:
    """Whether "recurrent", "synchronous" and their like speak of the tumour: not "recurrent headache"."""
    word = scene.low[start:end]
    if word in ("recurrent", "relapsing", "recurring") and (what := _NEXT_WORD.match(scene.low, end)):
        return _TUMOUR.search(what.group()) is not None
    if _AMBIGUOUS.fullmatch(word) is None or len(scene.low) <= _SHORT or scene.asked == "metastasis_timing":
        return _OTHER_TUMOUR.match(scene.low, end) is None or not word.startswith("synchron")
    first, last = sentence(scene.text, start)
    alone = scene.low[first:last].strip(" .,:-*\n") == word
    if alone and _OTHER_TUMOUR.search(scene.low, max(0, start - 60), start) is None:
        first = 0  # "4 lung metastases. Synchronous.": the word alone speaks of what stands before it
    near = (_METASTASES if word.startswith(("synchron", "同")) else _TUMOUR).search
    around = scene.low[max(first, start - 60) : start] + " | " + scene.low[end : min(last, end + 60)]
    if word.startswith("synchron"):
        return near(around) is not None and _OTHER_TUMOUR.match(scene.low, end) is None
    return near(scene.low[max(first, start - 25) : start] + " | " + scene.low[end : min(last, end + 25)]) is not None


def _timed(doc: Doc, scene: Scene, value: str, start: int, end: int) -> Mention | None:
    context = qualify(doc, start, end)
    if of_another(scene.low) or names_another(scene.low[start:end]) or _FROM_ANOTHER.match(scene.low, end):
        return None  # "spinal metastases of the bronchial carcinoma"
    if re.search(
        r"diagnosis\sof\s(?:the\s|his\s|her\s)?(?:\w+\s)?(?:mets|metast|relapse|"
        r"recurr)",
        scene.low[start : end + 30],
    ):
        return None  # the day on which the metastases were diagnosed says nothing of the primary
    noun = _NOUN_OF_LABEL.match(scene.low, end)
    if context.other_person is None and (tick := ticked(scene.low, noun.end() if noun else end)) is not None:
        return Mention("metastasis_timing", value, start, end) if tick else None  # "mets at dx? yes"
    if context.foreign or context.planned or context.other_cancer or context.negated:
        return None
    if re.search(
        r"(?:no|not|without|denies|non|risk of|local|nodal|node|cervical|neck|locoregional|regional|prevent|"
        r"free from|free of|"
        r"recovered from|previous|childhood)[\s-](?:any\s)?$",
        before(scene.text, start, 18),
    ):
        return None
    if value == "de_novo" and re.search(
        r"(?<![a-z])(?:no|without)\s(?:\w+\s){0,2}(?:mets?|metasta)", scene.low[max(0, start - 20) : end]
    ):
        return None
    if re.match(
        r"^(?:[\s-]free|\s(?:laryngeal|nerve|risk|infection|otitis|epistaxis|uti|fever|score|"
        r"after (?:gp|chemo|tp|first|1l|\d|c\d)))",
        after(scene.text, end, 14),
    ):
        return None  # "recurrence-free", "recurrent laryngeal nerve"
    if context.uncertain:
        return Mention("metastasis_timing", None, start, end, _TEXT["timing_doubt"], (value,))
    return Mention("metastasis_timing", value, start, end)


def answer_timing(text: str, scene: Scene) -> Answer | None:
    bare = text.strip(" .,!()").lower()
    if re.fullmatch(
        r"(?:they were |it was |was |were |there |already |found |seen |diagnosed |detected |"
        r"present )*(?:de ?-?novo|ab initio|"
        r"synchronous(?:ly)?|(?:together |at the same time |along |simultaneously )?with (?:the |her |his )?"
        r"(?:primary|tumou?r|npc)(?: tumou?r)?|(?:at|from) (?:first |"
        r"the |initial )?(?:diagnosis|dx|presentation|start|beginning|staging|scan)|"
        r"(?:at )?(?:the )?same time as (?:the |her |his )?"
        r"(?:primary|tumou?r|npc|diagnosis)|new(?:ly diagnosed)?|"
        r"at the same time|upfront|from the outset)",
        bare,
    ):
        return Answer("de_novo")
    if re.fullmatch(
        r"(?:they |it |mets |were |was |came |came up |appeared |developed |arose |showed up |recurrence |relapse |"
        r"recurred |relapsed )*(?:later|metachronous(?:ly)?|recurrent|"
        r"recurrence|relapsed?|(?:\w+ (?:years?|months?) )?(?:after|following) (?:earlier |previous |prior |"
        r"the |first |"
        r"initial |radical |curative |definitive )*(?:treatment|rt|imrt|therapy|"
        r"radiotherapy|radiation|ccrt|crt|chemorad\w*|chemo-?radio\w*|surgery)(?: of the primary)?)",
        bare,
    ):
        return Answer("metachronous")
    return answer_onset(bare)
