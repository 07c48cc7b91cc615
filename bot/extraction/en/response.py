"""Latest overall response to the therapy: CR, PR, SD, PD or NE, and the many letters that look like one.

CR is also creatinine and "controlled release", PR the progesterone receptor, a pulse rate, an ECG interval and the
rectal route, SD a standard deviation, PD the first half of PD-1 and peritoneal dialysis. Praise ("excellent
response"), shrinkage, a clean PET or cleared EBV DNA is no category: it is asked about.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from spacy.tokens import Doc

from bot.extraction.en.given import words_within
from bot.extraction.en.response_meant import hit_at
from bot.extraction.en.response_order import Hit, latest_of
from bot.extraction.en.response_words import FACT, category_words
from bot.extraction.en.terms import after, before, compiled, sentence
from bot.extraction.mention import Answer, Mention, Scene
from bot.extraction.qualifiers import qualify

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
_PRAISE = frozenset({"responding"})  # "well controlled", "good result": of anything, where no tumour is spoken of
_UNCLEAR_OPTIONS: dict[str, tuple[str, ...]] = {
    "near": ("CR", "PR"),
    "minor": ("PR", "SD"),
    "stable": ("SD",),
    "gone": ("CR", "PR"),
    "pseudo": ("PD", "SD", "PR"),
    "metabolic": ("CR", "PR"),
}
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
    # "the liver is stable (SD)"; "lesions smaller (PR)" speaks of all of them
    r"|(?<![a-z])(?:primary|neck|nodes?|liver|lungs?|bones?|brain|mets|metastas[ei]s|hepatic|pulmonary|nasophary\w*)\s"
    r"(?:is|are|was|were|looks?|remains?)\s(?:stable|unchanged|smaller|better|worse|larger)\s?\(\s?$"
)
_SCOPE_AFTER = re.compile(
    rf"^\s?(?:[(]\s?)?(?:(?:in|of|at|for|within|on)\s)?(?:the\s|his\s|"
    rf"her\s)?(?:{_LESION})(?![a-z])(?!\s?(?:respon|lesions?|x\d|regimen|sum|[-+]?\s?\d))"
)
_OVERALL = re.compile(
    r"(?:overall|all (?:lesions|sites)|everywhere|whole[\s-]body|recist|"
    r"(?:formal|official|final|adjudicated|central|written|signed)\s(?:read(?:ing)?|report|category|response|"
    r"review|call|result))"
)


def find(doc: Doc, scene: Scene) -> Iterable[Mention]:
    """The mention of ``response``: the latest overall category, or the doubt about it."""
    hits = _hits(doc, scene)
    certain = [hit for hit in hits if hit.doubt is None]
    overall = {hit for hit in certain if _is_overall(scene, hit)}
    if overall:
        certain = [hit for hit in certain if hit in overall]
    counted = {hit for hit in certain if hit in overall or not _is_scoped(scene, hit)}
    # "PR in May, liver PD in July": the PR is over, and the PD is told of one place only
    worse = set() if overall else {hit for hit in certain if hit.value == "PD" and hit not in counted}
    for hit in latest_of(doc, scene, [hit for hit in certain if hit in counted or hit in worse]):
        if hit in worse:
            yield Mention(FACT, None, hit.start, hit.end, _TEXT["scope"], (hit.value,), rank=2)
        else:
            yield Mention(FACT, hit.value, hit.start, hit.end, rank=1)
    for hit in hits:
        if hit.doubt is None:
            if hit not in counted and _is_scoped(scene, hit):
                yield Mention(FACT, None, hit.start, hit.end, _TEXT["scope"], (hit.value,))
        elif hit.doubt not in ("denied", "no_progression"):
            rank = 1 if hit.doubt == "either" and not counted else 0
            yield Mention(FACT, None, hit.start, hit.end, _TEXT[hit.doubt], hit.options, rank=rank)
        elif scene.asked == FACT:  # what it is not answers the question only where it was put
            yield Mention(FACT, None, hit.start, hit.end, _TEXT[hit.doubt])
    yield from _unclear(doc, scene)


def latest_place(doc: Doc, scene: Scene) -> tuple[int, int] | None:
    """Where the response stands that counts, for the line of therapy that it belongs to."""
    certain = [hit for hit in _hits(doc, scene) if hit.doubt is None]
    latest = latest_of(doc, scene, certain)
    return (latest[-1].start, latest[-1].end) if latest else None


def _hits(doc: Doc, scene: Scene) -> list[Hit]:
    """The categories that the text states of this patient, doubts and alternatives marked."""
    raw = category_words(scene)
    found: list[Hit] = []
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
        hit = hit_at(doc, scene, value, start, end)
        if len(group) > 1:
            if hit is not None and not _scoped_pair(scene, group):
                options = tuple(dict.fromkeys(member[0] for member in group))
                doubt = "denied" if hit.doubt == "denied" else "either"
                found.append(Hit(value, start, group[-1][2], doubt, options))
            elif hit is not None:
                found.append(Hit(value, start, group[-1][2], "scope", tuple(member[0] for member in group)))
        elif hit is not None:
            found.append(hit)
    return found


def _is_alternative(scene: Scene, end: int, start: int) -> bool:
    return bool(re.fullmatch(r"\s?(?:/|\bor\b|and/or|vs\.?|versus)\s?(?:an?\s)?", scene.low[end:start]))


def _scoped_pair(scene: Scene, group: list[tuple[str, int, int]]) -> bool:
    return bool(_SCOPE_BEFORE.search(before(scene.text, group[0][1], 40)))


def _is_overall(scene: Scene, hit: Hit) -> bool:
    near = before(scene.text, hit.start, 40) + " | " + re.split(r"[,;]", after(scene.text, hit.end, 26))[0]
    return bool(_OVERALL.search(near))


def _is_scoped(scene: Scene, hit: Hit) -> bool:
    """Whether the category speaks of some lesions only. New lesions, or a patient who progressed, are PD as a whole."""
    if hit.value == "PD" and (
        (scene.low.startswith("progress", hit.start) and not scene.low.startswith("progression", hit.start))
        or re.search(r"(?<![a-z])new\s[^,;.]{0,30}$", before(scene.text, hit.start, 45))
    ):
        return False
    behind = after(scene.text, hit.end, 40)
    if re.match(r"^\s?(?:in|of|at)\s(?:all|every|both)\b", behind):
        return False
    return bool(_SCOPE_AFTER.match(behind) or _SCOPE_BEFORE.search(before(scene.text, hit.start, 45)))


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
        if (
            hit.label in _PRAISE
            and scene.asked != FACT
            and not words_within(scene.low, *sentence(scene.text, hit.start), "response", "evidence")
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
        "could not be evaluated": "NE",
        "could not be assessed": "NE",
        "can't be evaluated": "NE",
        "unevaluable": "NE",
        "inevaluable": "NE",
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
