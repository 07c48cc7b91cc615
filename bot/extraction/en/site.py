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
    r"^[\s-]{0,2}(?:trial|study|clinic|team|tumou?r board|mdt|guideline|patients\b|center|"
    r"centre)"
)
_TUMOUR = r"(?:carcinoma|cancer|ca|scc|sqcc|tumou?r|malignancy|primary|neoplasm|npc|癌)"
_TUMOUR_AFTER = re.compile(rf"^[\s-]{{0,2}}(?:[a-z-]{{2,22}}\s){{0,3}}?{_TUMOUR}(?![a-z])(?!\s(?:board|marker|bed))")
_BEGAN_BEFORE = re.compile(
    rf"(?:(?:primary\ssite|site\sof\s(?:the\s)?primary|primary\stumou?r\ssite)\s?[:=|-]?\s?|"
    rf"(?:primary(?:\s(?:site|tumou?r|lesion|cancer))?|tumou?r\ssite|site)\s?(?:[:=|]|is|"
    rf"was|in|of|at|from)\s?(?:in\s|at\s|of\s|the\s)*|"
    rf"{_TUMOUR}\s(?:of|in|at|from)\s(?:the\s|his\s|her\s)?|(?:arises?|arising|arose|"
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
_SECOND_CANCER = re.compile(r"breast|stomach|gastric|colo|skin|thyroid|lung|pulmonary|o?esophag")
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
        if _NOT_THERE_BEFORE.search(ahead) or _NOT_THERE_AFTER.match(behind):
            continue
        following = _TUMOUR_AFTER.match(behind)
        if following and hit.label == "other" and _SECOND_CANCER.match(scene.low, hit.start):
            following = None  # "breast ca": a second cancer, unless it is called the primary
        if following or _BEGAN_BEFORE.search(ahead):
            yield Hit(hit.label, hit.start, hit.end + (following.end() if following else 0))
            continue
        if hit.label != "nasopharynx":
            continue
        if types is None:
            types = compiled(scene.lexicon, "histology", "types").find(scene.text)
        first, last = sentence(scene.text, hit.start)
        if any(first <= kind.start < last and -_REACH < kind.start - hit.start < _REACH for kind in types):
            yield hit


def _answer(text: str, scene: Scene) -> Answer | None:
    bare = text.strip(" .,!()").lower()
    if re.fullmatch(r"(?:it'?s |in |the |yes,? |of )*(?:naso-?pharyn(?:x|geal)|np|npc|post-?nasal space|鼻咽)", bare):
        return Answer("nasopharynx")
    if re.fullmatch(
        r"(?:it'?s |in |the |no,? |of )*(?:other|elsewhere|somewhere else|"
        r"another (?:site|place)|other site|different site|"
        r"oro-?pharynx|"
        r"hypo-?pharynx|larynx|tonsil|tongue|"
        r"base of tongue|oral cavity|lung|nasal cavity|sinus|parotid)",
        bare,
    ):
        return Answer("other")
    return None


ANSWERS = {"primary_site": _answer}
