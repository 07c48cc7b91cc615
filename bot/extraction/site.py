"""The primary site: nasopharynx or elsewhere. "NPC" names the site; it is no histology."""

from __future__ import annotations

import re
from collections.abc import Iterable

from spacy.tokens import Doc

from bot.extraction.mention import Answer, Mention, Scene
from bot.extraction.qualifiers import qualify
from bot.extraction.terms import after, before, compiled

# A second tumour, long gone, is no primary site: "oropharyngeal carcinoma 2009, treated".
_LONG_AGO = re.compile(r"^[^.;\n]{0,30}(?:\b(?:19|20)\d\d\b|excised|resected|cured|in remission|years ago|yrs ago)")
# "lung cancer clinic", "NPC trial", "NPC study", "NPC patients": not the tumour of the candidate.
_NOT_A_TUMOUR = re.compile(r"^[\s-]{0,2}(?:trial|study|clinic|team|tumou?r board|mdt|guideline|patients\b|center|centre)")
_ALIKE = re.compile(r"(?:not|no|never|rather than|instead of)\s+(?:an?\s+)?$")


def find(doc: Doc, scene: Scene) -> Iterable[Mention]:
    """Mentions of ``primary_site``."""
    found: dict[str, Mention] = {}
    for hit in compiled(scene.lexicon, "site", "sites").find(scene.text):
        context = qualify(doc, hit.start, hit.end)
        if context.foreign or context.planned or context.negated:
            continue
        if _NOT_A_TUMOUR.match(after(scene.text, hit.end, 30)):
            continue
        if hit.label != "nasopharynx":
            past = context.historical or _LONG_AGO.match(after(scene.text, hit.end, 40))
            if past or _ALIKE.search(before(scene.text, hit.start)):
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
    yield from found.values()


def _answer(text: str, scene: Scene) -> Answer | None:
    bare = text.strip(" .,!()").lower()
    if re.fullmatch(r"(?:it'?s |in |the |yes,? |of )*(?:naso-?pharyn(?:x|geal)|np|npc|post-?nasal space|鼻咽)", bare):
        return Answer("nasopharynx")
    if re.fullmatch(
        r"(?:it'?s |in |the |no,? |of )*(?:other|elsewhere|another site|oro-?pharynx|hypo-?pharynx|larynx|tonsil|tongue|"
        r"base of tongue|oral cavity|lung|nasal cavity|sinus|parotid)",
        bare,
    ):
        return Answer("other")
    return None


ANSWERS = {"primary_site": _answer}
