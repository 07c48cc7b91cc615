"""Metastases in words: seen on imaging, biopsied, present from the start or later, and "no mets" beside T and N.

Nodes of the neck, supraclavicular and upper mediastinal nodes are regional, growth into skull base, cervical vertebrae
or the intracranial space is the primary's own: none of them is a metastasis here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from spacy.tokens import Doc

from bot.extraction.en.lesion_words import spread_words, words_pattern
from bot.extraction.en.terms import after, before, sentence, ticked
from bot.extraction.en.timing import answer_timing, timing_in
from bot.extraction.mention import Answer, Mention, Scene
from bot.extraction.qualifiers import qualify

_MET_WORD = re.compile(r"(?<![a-z])(?:mets?|metastas[ei]s|metastatic|metast)(?![a-z])|转移")
_REGIONAL_BEFORE = re.compile(
    r"(?:neck|cervical|retropharyngeal|supraclav\w*|regional|locoregional|lymph(?:\s?node)?|"
    r"node|nodal|ln|lns|level\s\w+|淋巴结)\s?(?:node\s|nodal\s|ln\s)?$"
)
_DISTANT_NODE = re.compile(
    r"(?:axill\w+|inguinal|distant|mediastinal|hilar|para-?aortic|abdominal|"
    r"retroperitoneal)[\w\s-]{0,12}$"
)
_NOW = re.compile(
    r"\b(?:now|currently|today|latest|last|recent|repeat|restaging|re-?staging|follow-?up|"
    r"interim|post|residual|no longer|"
    r"after (?:\d|c\d|chemo|treatment|therapy|gp|induction|six|four|the)|following|response|"
    r"resolved|cleared|disappeared)\b"
)
# "doubtful rib lesion on bone scan", "bone uptake of uncertain significance"
_DOUBTFUL = re.compile(
    r"(?<![a-z])(?:doubtful|unclear|indeterminate|suspicious|equivocal|questionable|"
    r"non-?specific|suspected|possible|probable)\s(?:\w+\s){0,2}?(?:lesions?|nodules?|"
    r"uptake|foci|focus|spots?|mets?|metastas[ei]s)(?![a-z])"
    r"|(?<![a-z])(?:lesions?|nodules?|uptake|foci|focus|"
    r"spots?)\s(?:\w+\s){0,3}?(?:of\s(?:uncertain|unclear|doubtful|unknown|"
    r"indeterminate)\s(?:significance|nature|origin)|suspicious|indeterminate|equivocal|"
    r"doubtful)(?![a-z])"
)
_BASELINE = re.compile(
    r"(?<![a-z])(?:baseline|at (?:first |initial )?(?:diagnosis|presentation)|"
    r"before (?:chemo\w*|treatment|therapy)|pre-?treatment|initial|staging)(?![a-z])"
)
_TN_NEAR = re.compile(r"\b(?:[cp]?t[0-4x]|[cp]?n[0-3x])|\bstage|m0\b", re.IGNORECASE)
_NONE = re.compile(
    r"(?<![a-z])(?:no(?:\s(?:evidence|sign|signs)\sof)?|without|free\sof|negative\sfor|absence\sof|nil)\s"
    r"(?:(?:any|known|obvious|definite|detectable|distant|other|visible|demonstrable|"
    r"haematogenous|systemic)\s){0,3}(?:mets?|metastas[ei]s|metastatic\s(?:disease|lesions?|"
    r"spread|deposits?)|distant\sspread|distant\sdisease)(?![a-z])"
    r"|nothing\s(?:distant|metastatic)(?![a-z])|no\sdistant\s(?:lesions?|disease|spread)(?![a-z])"
    r"|(?:distant\s)?(?:mets?|metastas[ei]s)\s?(?::|=|-)?\s?(?:none|nil|no\b(?!\s?\.)|"
    r"absent|negative|not\s(?:seen|found|detected|present))|无远处转移|未见远处转移|无转移"
)
_BIOPSIED = re.compile(
    r"(?:biops(?:y|ied)|bx)[\s-]{0,2}(?:\w+\s){0,1}?(?:proven|confirmed|proved|"
    r"positive)[\s-]{1,2}(?:\w+\s){0,2}?(?:mets?\b|metasta|(?:{site})\s(?:mets?\b|metasta|"
    r"lesion|nodule|deposit))"
    r"|(?:{site})\s(?:(?:mets?|metastas[ei]s|metastatic|lesion|nodule|deposit|"
    r"node)\s){{0,2}}(?:(?:was|were|is|has\sbeen|have\sbeen|core|"
    r"needle)\s){{0,2}}(?:biops(?:y|ied|ies)|bx'?d?|fnac?)(?![a-z])"
    r"|(?:mets?|metastas[ei]s|metastatic\s(?:lesion|site|deposit|tissue|"
    r"disease))\s(?:(?:was|were|is|has\sbeen|have\sbeen|core|needle)\s){{0,2}}(?:biops(?:y|"
    r"ied|ies)|bx'?d?|histologically\s(?:proven|confirmed))(?![a-z])"
    r"|(?:biops(?:y|ied|ies)|bx|fnac?)\s(?:of|from|on)\s(?:the\s|a\s|one\s|his\s|her\s|"
    r"solitary\s){{0,2}}(?:(?:\w+\s)?(?:{site})(?![a-z])|mets?\b|metasta)"
    r"|(?:core|sample|needle|fna|tru-?cut|tissue)\s(?:biopsy\s)?(?:of|from)\s(?:the\s|a\s|"
    r"one\s)?(?:\w+\s)?(?:{site}\s)?(?:mets?\b|metasta\w*)"
    r"|(?:mets?|metastas[ei]s|metastatic\s\w+)\s(?:in|at|of)\s(?:the\s)?(?:\w+\s){0,3}\w+,?\s(?:biops(?:y|"
    r"ied)|bx)(?:\s(?:done|taken|confirmed|proven|positive))?"
    r"|(?:histology|pathology|cytology|tissue)\s(?:of|from)\s(?:the\s|a\s|one\s)?(?:\w+\s)?(?:mets?\b|metasta\w*)"
    r"|(?:mets?|metastas[ei]s|metastatic\s\w+)\s(?:was\s|were\s|has\sbeen\s)?(?:resected|excised|removed)"
    r"|(?:mets?|metastas[ei]s|{site})\s?[:(-]?\s?(?:histologically|pathologically|"
    r"cytologically|biopsy|bx)[\s-](?:proven|confirmed|verified)"
)
_NOT_BIOPSIED = re.compile(
    r"no\s(?:biops(?:y|ies)|bx)\s(?:of|from)\s(?:the\s|any\s|a\s)?(?:\w+\s)?(?:mets?\b|metasta|(?:{site})(?![a-z]))"
    r"|(?:mets?|metastas[ei]s|metastatic\s(?:lesions?|sites?|tissue|disease)|"
    r"(?:{site})(?:\s(?:mets?|metastas[ei]s|lesions?|nodules?))?)\s(?:(?:was|were|is|are|"
    r"has|have|been)\s){{0,2}}(?:not|never|un)[\s-]?(?:been\s)?(?:biops(?:y|ied)|bx)"
    r"|(?:mets?|metastas[ei]s|metastatic|(?:{site})(?:\s(?:met|lesion|"
    r"nodule))?)\s(?:biops(?:y|ies)|bx)\s?(?:was\s|were\s|is\s|:\s?)?(?:not\s(?:done|taken|"
    r"performed|obtained|available|feasible)|refused|declined|none|no\b)"
    r"|(?:biops(?:y|ied|ies)|bx)\s(?:of\s(?:the\s|a\s)?(?:\w+\s)?(?:mets?|metastas[ei]s|"
    r"metastatic\s\w+))?\s?[:=|]\s?(?:no\b|not\b|none|never|n\b)"
    r"|(?:mets?|metastas[ei]s|metastatic(?:\s\w+)?)\s(?:biops(?:y|ied|ies)|"
    r"bx)\s?[:=|]\s?(?:no\b|not\b|none|never|n\b)"
    r"|(?:mets?|metastas[ei]s|{site}\s\w+)\s(?:(?:was|were|is|are|has|have|"
    r"been)\s){{0,2}}not\s(?:been\s)?(?:sampled|biopsied)"
    r"|no\stissue\s(?:\w+\s)?(?:from|of)\s(?:the\s|any\s|a\s)?(?:\w+\s)?(?:mets?\b|metasta|(?:{site})(?![a-z]))"
    r"|(?:mets?|metastas[ei]s|{site}\s\w+)\s(?:(?:could|can|was|were|is|are|has|"
    r"have)\s?(?:not|n't)|cannot|couldnt)\s(?:be\s|been\s)?(?:biopsied|sampled)"
    r"|(?:mets?|metastas[ei]s|metastatic\s\w+)\s?[:,-]\s?(?:no\s(?:tissue|biopsy|bx|sample)|"
    r"not\s(?:biopsied|sampled))"
    r"|(?:nobody|no\sone|noone|none)\s(?:has\s|have\s)?(?:biopsied|sampled)\s(?:the\s|"
    r"any\s)?(?:\w+\s)?(?:mets?\b|metasta|(?:{site})(?![a-z]))"
    r"|(?:did\snot|didn't|didnt|never|not)\s(?:biops(?:y|ied)|bx)\s(?:the\s|"
    r"any\s)?(?:\w+\s)?(?:mets?\b|metasta|(?:{site})(?![a-z]))"
)
# "five bone metastases; they were not biopsied", "none of them was biopsied"
_THEY_NOT_BIOPSIED = re.compile(
    r"(?<![a-z])(?:they|these|those|which|it)\s(?:was|were|have been|has been|is|"
    r"are)\s(?:not|never)\s(?:been\s)?(?:biopsied|sampled)|none\s(?:of\s(?:them|these|"
    r"the\s\w+)\s)?(?:was|were|has been|have been)\s(?:biopsied|sampled)"
)
_TEXT = {
    "imaging": "metastases on imaging are given with a doubt",
    "none_now": "no metastasis after treatment is no response category; what was the overall response?",
    "none": "no metastasis is seen, but it is not clear whether this was at diagnosis; what was M at diagnosis?",
}


@cache
def _patterns(words: tuple[str, ...], seen: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    site = words_pattern(words)
    fill = (
        pattern.pattern.replace("{site}", site).replace("{{", "{").replace("}}", "}")
        for pattern in (_BIOPSIED, _NOT_BIOPSIED)
    )
    biopsied, not_biopsied = (re.compile(pattern) for pattern in fill)
    # "cT4N0M1, lung metastases": the "ct" of a clinical T category is no CT.
    imaging = re.compile(rf"(?<![a-z]){words_pattern(seen)}(?![a-z0-9])(?!\s[0-4x][a-d]?\s?n\s?[0-3x])")
    deposit = re.compile(
        rf"(?<![a-z])(?:{site}|distant)\s(?:\w+\s){{0,1}}?(?:mets?|metastas[ei]s|"
        rf"deposits?)(?![a-z])|(?<![a-z])(?:mets?|metastas[ei]s|metastatic\s(?:lesions?|disease|"
        rf"deposits?|spread|nodules?))(?![a-z])"
        rf"|(?:fdg-?avid|avid|hypermetabolic|"
        rf"metastatic)\s(?:\w+\s){{0,2}}?(?:{site})\s(?:lesions?|nodules?|deposits?|foci)|转移"
    )
    return biopsied, not_biopsied, imaging, deposit


def _compiled(lexicon: Mapping[str, Any]) -> tuple[re.Pattern[str], ...]:
    return _patterns(tuple(spread_words(lexicon, "organs")), tuple(spread_words(lexicon, "imaging")))


def find(doc: Doc, scene: Scene) -> Iterable[Mention]:
    """Mentions of metastasis_on_imaging, metastasis_biopsied, metastasis_timing and of m_category said in words."""
    yield from _imaging(doc, scene)
    yield from _biopsied(doc, scene)
    yield from timing_in(doc, scene)
    yield from _none(doc, scene)


def is_regional(scene: Scene, start: int) -> bool:
    """Whether the metastasis word at the offset speaks of regional nodes only."""
    ahead = before(scene.text, start, 36)
    return bool(_REGIONAL_BEFORE.search(ahead)) and not _DISTANT_NODE.search(ahead)


def _imaging(doc: Doc, scene: Scene) -> Iterator[Mention]:
    """A metastasis and an imaging method in one sentence."""
    *_, imaging, deposit = _compiled(scene.lexicon)
    for match in _DOUBTFUL.finditer(scene.low):
        context = qualify(doc, match.start(), match.end())
        if not (context.foreign or context.negated or context.other_cancer or context.planned):
            yield Mention("metastasis_on_imaging", None, match.start(), match.end(), _TEXT["imaging"], (True, False))
    for match in deposit.finditer(scene.low):
        first, last = sentence(scene.text, match.start())
        seen = _nearest(imaging, scene, match, max(first, match.start() - 90), min(last, match.end() + 70))
        if seen is None or is_regional(scene, match.start()):
            continue
        context = qualify(doc, match.start(), match.end())
        start, end = min(match.start(), seen[0]), max(match.end(), seen[1])
        if context.foreign or context.planned or context.other_cancer or qualify(doc, *seen).planned:
            continue
        between = scene.low[min(match.end(), seen[1]) : max(match.start(), seen[0])]
        tick = ticked(scene.low, end)
        if tick is not None and seen[0] >= match.end():
            yield Mention("metastasis_on_imaging", tick, start, end)  # "mets on imaging: no"
            continue
        if context.uncertain or re.search(
            r"suspicio|indeterminate|equivocal|(?:cannot|can't|not) exclude|\?", between + match.group()
        ):
            yield Mention("metastasis_on_imaging", None, start, end, _TEXT["imaging"], (True, False))
            continue
        if re.search(
            r"\b(?:no|without|cannot|pending|awaited|to (?:confirm|exclude|rule|assess|check)|"
            r"(?<!positive )for|not (?:seen|visible|shown|found|confirmed|on|detected))\b",
            between,
        ):
            continue
        if context.negated or _NONE.search(scene.low, max(0, match.start() - 30), match.end() + 12):
            continue
        if re.search(r"\b(?:progress\w*|new)\s$", before(scene.text, match.start(), 14)):
            continue
        yield Mention("metastasis_on_imaging", True, start, end)


def _nearest(
    imaging: re.Pattern[str], scene: Scene, match: re.Match[str], first: int, last: int
) -> tuple[int, int] | None:
    """The imaging method nearest to a metastasis within the given stretch."""
    found = [seen.span() for seen in imaging.finditer(scene.low, first, last)]
    found = [place for place in found if place[1] <= match.start() or place[0] >= match.end()]

    def distance(place: tuple[int, int]) -> int:
        return min(abs(place[0] - match.end()), abs(match.start() - place[1]))

    return min(found, key=distance) if found else None


def _none(doc: Doc, scene: Scene) -> Iterator[Mention]:
    """ "cT3N2, no mets" is M0; "no mets now" after treatment is not."""
    *_, imaging, _deposit = _compiled(scene.lexicon)
    for match in _NONE.finditer(scene.low):
        context = qualify(doc, match.start(), match.end())
        if context.foreign or context.planned or context.other_cancer or context.uncertain:
            continue
        first, last = sentence(scene.text, match.start())
        words = scene.low[first:last]
        organ = re.search(r"(?:liver|lung|bone|brain)\s?$", before(scene.text, match.end(), 20))
        treated = re.search(r"\b(?:[cp]r\b|response|chemo\w*|cycles?|gp\b|x\s?\d|\w+limab|\w+platin|tori\b)", scene.low)
        baseline = _BASELINE.search(words)
        if (not baseline and (_NOW.search(words) or treated)) or organ or _other_mets(scene, match):
            if _other_mets(scene, match) or organ or "other" in match.group():
                continue
            if scene.asked in ("m_category", "stage_group"):
                yield Mention("m_category", None, match.start(), match.end(), _TEXT["none"], ("M0", "M1"))
            else:
                yield Mention("response", None, match.start(), match.end(), _TEXT["none_now"], ("CR", "PR"))
        elif imaging.search(words):
            yield Mention("metastasis_on_imaging", False, match.start(), match.end())
            if _TN_NEAR.search(scene.text[max(0, first - 120) : last + 120]) or scene.asked in (
                "m_category",
                "stage_group",
            ):
                yield Mention("m_category", "M0", match.start(), match.end(), rank=1)
        elif (
            _TN_NEAR.search(scene.text[max(0, first - 120) : last + 120])
            or scene.asked in ("m_category", "stage_group")
            or re.search(r"invad|invasion|erosion|clivus|supraclav|retrophary", words)
        ):
            yield Mention("m_category", "M0", match.start(), match.end(), rank=1)


def _other_mets(scene: Scene, match: re.Match[str]) -> bool:
    """Whether the text names metastases elsewhere ("no liver mets, 2 bone mets", "M1")."""
    rest = scene.low[: match.start()] + " | " + scene.low[match.end() :]
    return bool(
        re.search(
            r"\bm1|(?<!no )\b(?:bone|liver|lung|hepatic|osseous)\s(?:mets?|metasta)|metastatic|mnpc|"
            r"de novo",
            rest,
        )
    )


def _biopsied(doc: Doc, scene: Scene) -> Iterator[Mention]:
    biopsied, not_biopsied, *_ = _compiled(scene.lexicon)
    denied = [match.span() for match in not_biopsied.finditer(scene.low)]
    denied += [
        match.span()
        for match in _THEY_NOT_BIOPSIED.finditer(scene.low)
        if _MET_WORD.search(scene.low, max(0, match.start() - 140), match.start())
    ]
    for start, end in denied:
        if not qualify(doc, start, end).foreign:
            yield Mention("metastasis_biopsied", False, start, end)
    for match in biopsied.finditer(scene.low):
        if any(match.start() < stop and begin < match.end() for begin, stop in denied):
            continue
        context = qualify(doc, match.start(), match.end())
        behind = after(scene.text, match.end(), 24)
        if (tick := ticked(scene.low, match.end())) is not None:
            yield Mention("metastasis_biopsied", tick, match.start(), match.end())  # "mets biopsied? yes"
            continue
        if context.foreign or context.planned or context.other_cancer or context.uncertain:
            continue
        if re.match(
            r"^[\s:]{0,2}(?:is |was |not |being )*(?:planned|pending|scheduled|not\b|refused|"
            r"declined|awaited|considered|requested)",
            behind,
        ):
            continue
        if not context.negated and "marrow" not in match.group() + behind[:8]:
            yield Mention("metastasis_biopsied", True, match.start(), match.end())


def _answer_biopsied(text: str, scene: Scene) -> Answer | None:
    bare = text.strip(" .,!()").lower()
    if re.fullmatch(
        r"(?:no|not|never|none|without)(?:,? (?:biops(?:y|ied)|bx|done|tissue|sampled|taken|"
        r"was done|it was not))*",
        bare,
    ):
        return Answer(False)
    if re.fullmatch(
        r"(?:yes,? )?(?:it was |they were |one was |the \w+ (?:met|one) was )?(?:biops(?:y|ied)|"
        r"bx)(?: (?:done|taken|proven|confirmed))?",
        bare,
    ):
        return Answer(True)
    return None


_NONE_SEEN = re.compile(
    r"(?:no,? )?(?:none|not|nothing|no (?:distant )?(?:mets?|metastas[ei]s|lesions?))(?: (?:was|were))?"
    r"(?: (?:seen|visible|shown|found|detected))(?: (?:on|by) [\w /-]{2,24})?"
)


def _answer_imaging(text: str, scene: Scene) -> Answer | None:
    """ "on PET-CT", "yes, seen on CT" once it was asked whether imaging showed metastases."""
    bare = text.strip(" .,!()").lower()
    if re.fullmatch(
        r"(?:yes,? |they were |it was |seen |visible |shown )*(?:on|by|with) (?:the |baseline |"
        r"a )*[\w/ -]{2,14}",
        bare,
    ):
        imaging = _compiled(scene.lexicon)[2]
        return Answer(True) if imaging.search(bare) else None
    if _NONE_SEEN.fullmatch(bare):
        return Answer(False)
    return None


ANSWERS = {
    "metastasis_timing": answer_timing,
    "metastasis_biopsied": _answer_biopsied,
    "metastasis_on_imaging": _answer_imaging,
}
