"""The primary site: nasopharynx or elsewhere. "NPC" names the site; it is no histology."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from spacy.tokens import Doc

from bot.extraction.en.terms import Hit, after, before, compiled, sentence
from bot.extraction.mention import Answer, Mention, Scene
from bot.extraction.qualifiers import qualify

# A second tumour, long gone, is no primary site: "oropharyngeal carcinoma 2009, treated".
_LONG_AGO = re.compile(r"^[^.;\n]{0,30}(?:\b(?:19|20)\d\d\b|excised|resected|cured|in remission|years ago|yrs ago)")
# "NPC trial", "NPC patients", "NPC clinic": not the tumour of the candidate.
_NOT_A_TUMOUR = re.compile(
    r"^-(?!(?:19|20)\d\d(?!\d))\d{2,4}(?![\d.])|^\s\d{2,4}\s(?:trial|study|protocol)|^[\s-]{0,2}(?:trial|study|"
    r"clinic|team|tumou?r board|mdt|guideline|patients\b|center|"
    r"centre)"
)
_TUMOUR = r"(?:carcinoma|cancer|ca|scc|sqcc|tumou?r|malignancy|primary|neoplasm|npc|acc|origin|癌)"
_TUMOUR_AFTER = re.compile(rf"^[\s-]{{0,2}}(?:[a-z-]{{2,22}}\s){{0,3}}?{_TUMOUR}(?![a-z])(?!\s(?:board|marker|bed))")
_BEGAN_BEFORE = re.compile(
    rf"(?:(?:primary\ssite|site\sof\s(?:the\s)?primary|primary\stumou?r\ssite)\s?[:=|-]?\s?|"
    rf"(?:primary(?:\s(?:site|tumou?r|lesion|cancer))?|tumou?r\ssite|site)\s?(?:[:=|]|is|"
    rf"was|in|of|at|from)\s?(?:in\s|at\s|of\s|the\s)*|"
    rf"{_TUMOUR}\s(?:of|in|at|from)\s(?:the\s|his\s|her\s)?(?:(?:left|right|posterior|anterior|lateral|upper|"
    rf"lower)\s){{0,2}}|^\s*primary\s|"
    rf"{_TUMOUR}\s|primary\s(?:\w+\s)?(?:lies|lay|sits|sat|located|situated|centred|centered|based)\s(?:in|at|"
    rf"on)\s(?:[\w-]+\s){{0,5}}|"
    rf"(?:mets?|metastas[ei]s|metastatic\s\w+|secondaries|spread)\sfrom\s(?:the\s|a\s|his\s|her\s)?|(?:arises?|"
    rf"arising|arose|"
    rf"originat\w+|primary|starting|started)\s(?:from|in|at)\s(?:the\s)?)$"
)
_NOT_THERE_BEFORE = re.compile(
    r"(?:not|never|rather than|instead of|into|invad\w+|invol\w+|extend\w*|extension|"
    r"spread\w*|encas\w+|adjacent to|near|clear|normal|metastas\w+ (?:to|in)|mets (?:to|"
    r"in))\s(?:to\s|into\s|in\s|of\s|an?\s|the\s|from\s)*$"
)
_NOT_THERE_AFTER = re.compile(
    r"^\s?(?:is |was |looks |appears )*(?:clear|normal|unremarkable|free|not involved|"
    r"invasion|extension|involvement|swab|airway|cannula|mets?\b|metasta|nodules?|lesions?|"
    r"congestion)"
)
_SECOND_CANCER = re.compile(
    r"breast|stomach|gastric|colo|rect|skin|thyroid|lung|pulmonary|o?esophag|pancrea|liver|bladder|kidney|"
    r"prostat|ovar|cervix|"
    r"uterus|bronch|trachea"
)
# "Primary: base of skull? No, nasopharynx"
_ANSWERS_PRIMARY = re.compile(r"^\s*(?:(?:no|yes|nope|actually|it'?s|it is|in|the)[\s,]+)+$")
_ASKED_PRIMARY = re.compile(r"(?:primary|tumou?r\ssite)[^.\n?]{0,40}\?[^?\n]{0,14}$")
_CALLED_PRIMARY = re.compile(r"primary|aris|arose|origin|start|tumou?r\ssite|site\s?(?:[:=]|is|was|of)")
_GROWTH = re.compile(r"^\s?(?:lesions?|nodules?|mass)(?![a-z])")
_GROWTH_AHEAD = re.compile(
    r"(?<![a-z])(?:mass|tumou?r|growth|lesion)\s(?:in|at|on|of|along|within)\s"
    r"(?:(?:the|his|her|left|right|posterior|anterior|lateral|superior|upper|lower|wall|roof|vault|side|half|part|"
    r"of)\s){0,7}$"
)
_THEN_BIOPSY = re.compile(r"[\s.;]*(?:the\s|a\s)?(?:biops\w+|bx|histology|pathology)(?![a-z])")
_SAMPLED = re.compile(r"(?<![a-z])(?:specimen|biops\w+|bx)(?![a-z])")
_FOUND = re.compile(r"(?<![a-z])(?:positive|pos|malignan\w+|carcinoma|cancer)(?![a-z])")
_NOT_FOUND = re.compile(r"(?<![a-z])(?:neg|negative|benign|reactive|no)(?![a-z])")
_REPORT = 450  # characters in which a pathology report names the type after the specimen
_REACH = 80  # characters between a bare place and the tumour type that belongs to it


def find(doc: Doc, scene: Scene) -> Iterable[Mention]:
    """Mentions of ``primary_site``."""
    found: dict[str, Mention] = {}
    for hit in _hits(scene):
        context = qualify(doc, hit.start, hit.end)
        if context.foreign or context.planned or context.negated:
            continue
        if _NOT_A_TUMOUR.match(after(scene.text, hit.end, 30)):
            continue
        if hit.label != "nasopharynx" and (context.historical or _LONG_AGO.match(after(scene.text, hit.end, 40))):
            continue
        if hit.label == "unknown":
            doubt = "the primary is called unknown; is it the nasopharynx?"
            mention = Mention("primary_site", None, hit.start, hit.end, doubt, ("nasopharynx", "other"))
        elif context.uncertain:
            doubt = "the primary site is given with a doubt"
            mention = Mention("primary_site", None, hit.start, hit.end, doubt, (hit.label,))
        else:
            mention = Mention("primary_site", hit.label, hit.start, hit.end)
        found.setdefault(hit.label, mention)
    if "nasopharynx" in found and found["nasopharynx"].doubt is None:
        found.pop("unknown", None)
    yield from found.values()


def _hits(scene: Scene) -> Iterator[Hit]:
    """Words that say where the tumour began."""
    yield from compiled(scene.lexicon, "site", "tumours").find(scene.text)
    yield from compiled(scene.lexicon, "site", "unknown").find(scene.text)
    types: list[Hit] | None = None
    for hit in compiled(scene.lexicon, "site", "places").find(scene.text):
        ahead, behind = before(scene.text, hit.start, 50), after(scene.text, hit.end, 60)
        grown_there = hit.label == "nasopharynx" and _GROWTH.match(behind)
        if _NOT_THERE_BEFORE.search(ahead) or (_NOT_THERE_AFTER.match(behind) and not grown_there):
            continue
        following = _TUMOUR_AFTER.match(behind)
        another = hit.label == "other" and _SECOND_CANCER.match(scene.low, hit.start) is not None
        if another:
            following = None  # "breast ca": a second cancer, unless it is called the primary
        began = _BEGAN_BEFORE.search(ahead)
        if began and another and _CALLED_PRIMARY.search(began.group()) is None:
            began = None  # "carcinoma of the colon"
        if (
            following
            or began
            or (
                _ANSWERS_PRIMARY.search(ahead + " ", 0)
                and _ASKED_PRIMARY.search(scene.low, max(0, hit.start - 60), hit.start)
            )
        ):
            yield Hit(hit.label, hit.start, hit.end + (following.end() if following else 0))
            continue
        if hit.label != "nasopharynx":
            continue
        if types is None:
            types = compiled(scene.lexicon, "histology", "types").find(scene.text)
        first, last = sentence(scene.text, hit.start)
        reach = _REACH
        if (_GROWTH.match(behind) or _GROWTH_AHEAD.search(ahead)) and _THEN_BIOPSY.match(scene.low, last):
            last += _REACH  # "nasopharyngeal mass found. Biopsy non-keratinising"
        if _SAMPLED.search(scene.low, first, last):
            if _FOUND.search(scene.low, first, last) and not _NOT_FOUND.search(
                scene.low, hit.end, min(last, hit.end + 30)
            ):
                yield hit  # "punch biopsy of the postnasal space positive"
                continue
            last, reach = last + _REPORT, _REPORT  # "Specimen: nasopharynx. Diagnosis: non-keratinizing carcinoma"
        if any(first <= kind.start < last and -_REACH < kind.start - hit.start < reach for kind in types):
            yield hit


_PART = re.compile(
    r"(?:it'?s |it is |in |at |the |yes,? |no,? |of |a |left |right |roof |lateral |posterior |anterior |"
    r"superior |wall |vault |"
    r"primary |tumou?r |site |is |was |from |actually |somewhere )+"
)


def _answer(text: str, scene: Scene) -> Answer | None:
    """ "left fossa of Rosenmüller", "it's in the tonsil", "not the nasopharynx" once the primary site was asked for."""
    bare = text.strip(" .,!()").lower()
    if re.fullmatch(
        r"(?:other|elsewhere|somewhere else|another (?:site|place)|(?:other|"
        r"different) site)",
        re.sub(r"^(?:it'?s |in |at |no,? )+", "", bare),
    ):
        return Answer("other")
    denied = re.match(r"(?:no,? )?(?:it'?s |it is )?(?:not|isn'?t|outside) (?:in |of )?(?:the )?", bare)
    words = bare[denied.end() :] if denied else _PART.sub("", bare, 1) if _PART.match(bare) else bare
    for section in ("tumours", "places"):
        for hit in compiled(scene.lexicon, "site", section).find(words):
            rest = words[: hit.start] + words[hit.end :]
            if rest.strip() in ("", "?") and hit.label in ("nasopharynx", "other"):
                if denied:
                    return Answer("other") if hit.label == "nasopharynx" else None
                return Answer(hit.label)
    return None


ANSWERS = {"primary_site": _answer}
