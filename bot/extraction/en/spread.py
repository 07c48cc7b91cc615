"""Metastases in words: seen on imaging, biopsied, present from the start or later, and "no mets" beside T and N.

Nodes of the neck, supraclavicular and upper mediastinal nodes are regional, growth into skull base, cervical vertebrae
or the intracranial space is the primary's own: none of them is a metastasis here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from spacy.tokens import Doc

from bot.extraction.en.imaging import NONE, answer_imaging, imaging_methods, seen_on_imaging
from bot.extraction.en.sampling import answer_biopsied, biopsied_in
from bot.extraction.en.terms import before, sentence
from bot.extraction.en.timing import answer_timing, timing_in
from bot.extraction.mention import Mention, Scene
from bot.extraction.qualifiers import qualify
from bot.extraction.quick import quick

_NOW = quick(
    r"\b(?:now|currently|today|latest|last|recent|repeat|restaging|re-?staging|follow-?up|"
    r"interim|post|residual|no longer|"
    r"after (?:\d|c\d|chemo|treatment|therapy|gp|induction|six|four|the)|following|response|"
    r"resolved|cleared|disappeared)\b"
)
_BASELINE = quick(
    r"(?<![a-z])(?:baseline|at (?:first |initial )?(?:diagnosis|presentation)|"
    r"before (?:chemo\w*|treatment|therapy)|pre-?treatment|initial|staging)(?![a-z])"
)
_TN_NEAR = quick(r"\b(?:[cp]?t[0-4x]|[cp]?n[0-3x])|\bstage|m0\b", re.IGNORECASE)
_OF_ONE_PART = quick(
    r"(?<![a-z])(?:brain|head|cranial|neck|liver|hepatic|abdom\w+|spine|spinal|chest|thorax|thoracic|"
    r"lung)\s(?:\w+\s)?"
    r"(?:mri|ct|us|ultrasound|usg|scan|x-?ray|imaging)(?![a-z])|(?<![a-z])(?:mri|ct|us|ultrasound|"
    r"usg)\s(?:of\s(?:the\s)?)?"
    r"(?:brain|head|neck|liver|spine|chest|abdomen)(?![a-z])(?!\s?(?:,|and|/|\+|&)\s?(?:abdo|chest|pelvis))"
)
_OTHER_TUMOUR = quick(
    r"(?<![a-z])(?:psma|prostat\w*|breast|colon|colorectal|melanoma|ovar\w+|gastric|endometri\w+|thyroid|"
    r"sarcoma|lymphoma)(?![a-z])"
)
_THIS_TUMOUR = quick(r"(?<![a-z])(?:m?npc|nasophary\w*|[cp]?t[0-4x][a-d]?\s?n[0-3x])|鼻咽")
_TEXT = {
    "none_now": "no metastasis after treatment is no response category; what was the overall response?",
    "none": "no metastasis is seen, but it is not clear whether this was at diagnosis; what was M at diagnosis?",
}


def find(doc: Doc, scene: Scene) -> Iterable[Mention]:
    """Mentions of metastasis_on_imaging, metastasis_biopsied, metastasis_timing and of m_category said in words."""
    yield from seen_on_imaging(doc, scene)
    yield from biopsied_in(doc, scene)
    yield from timing_in(doc, scene)
    yield from _none(doc, scene)


def _none(doc: Doc, scene: Scene) -> Iterator[Mention]:
    """ "cT3N2, no mets" is M0; "no mets now" after treatment is not."""
    imaging = imaging_methods()
    for match in NONE.finditer(scene.low):
        context = qualify(doc, match.start(), match.end())
        if context.foreign or context.planned or context.other_cancer or context.uncertain:
            continue
        first, last = sentence(scene.text, match.start())
        words = scene.low[first:last]
        if _OTHER_TUMOUR.search(words) and not _THIS_TUMOUR.search(scene.low):
            continue  # "PSMA scan: no mets"
        organ = re.search(r"(?:liver|lung|bone|brain)\s?$", before(scene.text, match.end(), 20))
        treated = re.search(
            r"\b(?:[cp]r\b|response|chemo\w*|cycles?|gp\b|x\s?\d|\w+limab|\w+platin|"
            r"tori\b)",
            scene.low,
        )
        baseline = _BASELINE.search(words)
        if (not baseline and (_NOW.search(words) or treated)) or organ or _other_mets(scene, match):
            if _other_mets(scene, match) or organ or "other" in match.group():
                continue
            if scene.asked in ("m_category", "stage_group"):
                yield Mention("m_category", None, match.start(), match.end(), _TEXT["none"], ("M0", "M1"))
            else:
                yield Mention("response", None, match.start(), match.end(), _TEXT["none_now"], ("CR", "PR"))
        elif _OF_ONE_PART.search(scene.low, first, match.start()) and "distant" not in match.group():
            continue  # "brain MRI: no metastases" leaves the rest of the body open
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


ANSWERS = {
    "metastasis_timing": answer_timing,
    "metastasis_biopsied": answer_biopsied,
    "metastasis_on_imaging": answer_imaging,
}
