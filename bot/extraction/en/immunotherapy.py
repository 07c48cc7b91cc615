"""The antibody given with the chemotherapy: named, said by its class, or not settled by the words.

A drug whose target nobody has entered is asked about, never judged by its ending.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc

from bot.extraction.en.course import ROLE_AFTER, Given, alternatives, stretches
from bot.extraction.en.drugs import IMMUNOTHERAPY, classes, unknown_antibodies
from bot.extraction.en.given import denied, only_thought_of, said_after, said_elsewhere
from bot.extraction.en.terms import Hit, after, before
from bot.extraction.mention import Answer, Mention, Scene
from bot.extraction.qualifiers import qualify
from bot.extraction.quick import quick

_TEXT = {
    "named_by_class": 'the immunotherapy is named only as "{words}"; which drug was given?',
    "unknown_drug": '"{words}" is not a drug that is known here; what does it target?',
    "blinded": "the treatment was blinded or placebo-controlled; which drug was given?",
    "either": "two drugs are named as alternatives; which was given?",
    "maintenance": '"{words}" is named as maintenance only; was a PD-1 antibody given with the chemotherapy?',
    "uncertain": "the drugs are given with a doubt",
    "pdl1": '"{words}" does not name the drug; was a PD-1 antibody given as well?',
}
# "anti-PD-L1 (not PD-1)", "directed at PD-L1, not at PD-1"
_NOT_BEFORE = quick(r"(?:\bnot|isn't|wasn't)\s(?:(?:an?|at|against|to|of|the)\s){0,2}$")
_EXPRESSION = quick(
    r"^[\s:=(-]{0,3}(?:\+(?!\s?[a-z])|positive|pos\b|negative|neg\b|expression|tps|cps|ihc|"
    r"status|high\b|low\b|staining|tumou?r|score|on\s(?:tils?|t.cells|lymphocytes)|ctla|lag-?3|"
    r"[/x]\s?(?:ctla|vegf|lag)|[<>≥≤~]?\s?\d+(?:\.\d+)?\s?%|sp142|sp263|22c3)"
)
_TREATED_WITH = quick(
    r"(?:\+|plus|with|and|on|of|/|,|&|received|given|had|started|anti-?|x\s?\d|加|联合|"
    r"[a-z]p)\s?$"
)


def immunotherapy_in(doc: Doc, scene: Scene, kept: list[Given]) -> Iterator[Mention]:
    """Named antibodies; otherwise what the class words allow to say."""
    named = [item for item in kept if item.kind == IMMUNOTHERAPY]
    sure = [item for item in named if not item.uncertain]
    if pair := alternatives(scene, named):
        options = tuple(sorted({name for item in pair for name in item.names}))
        yield Mention("io_agents", None, pair[0].start, pair[1].end, _TEXT["either"], options, rank=2)
    elif sure:
        yield from stretches("io_agents", sure)
    elif named:
        options = tuple(sorted({name for item in named for name in item.names}))
        yield Mention("io_agents", None, named[0].start, named[-1].end, _TEXT["uncertain"], options)
    for item in kept:
        if item.kind == "maintenance" and not named:
            doubt = _TEXT["maintenance"].format(words=scene.text[item.start : item.end])
            yield Mention("io_agents", None, item.start, item.end, doubt, item.names)
    yield from _by_class(doc, scene, bool(named))
    yield from _unknown(doc, scene, kept)


def _by_class(doc: Doc, scene: Scene, named: bool) -> Iterator[Mention]:
    """ "anti-PD-1" is the class; "immunotherapy" names no target and is asked about."""
    vague: list[Hit] = []
    settled = False
    for hit in classes(scene):
        meant = _class_meant(doc, scene, hit)
        if meant == "blinded":
            yield Mention("io_agents", None, hit.start, hit.end, _TEXT["blinded"], rank=2)
        elif meant == "denied" and not named:
            yield Mention("anti_pd1", False, hit.start, hit.end)
        elif meant == "given":
            settled = True
            if not named:
                yield Mention("anti_pd1", True, hit.start, hit.end)
        elif meant == "vague" and not named:
            vague.append(hit)
    if settled:
        vague = [hit for hit in vague if hit.label == "pdl1_drug"]  # the class is settled elsewhere in the text
    elif scene.asked == "anti_pd1" and vague and all(hit.label == "pdl1_drug" for hit in vague):
        yield Mention("anti_pd1", False, vague[0].start, vague[0].end)
    for hit in vague:
        key = "pdl1" if hit.label == "pdl1_drug" else "named_by_class"
        doubt = _TEXT[key].format(words=scene.text[hit.start : hit.end])
        yield Mention("io_agents", None, hit.start, hit.end, doubt)


_OF_PD1 = ("anti_pd1", "bare_pd1")


def _class_meant(doc: Doc, scene: Scene, hit: Hit) -> str | None:
    """What the words for a class of antibodies say: "given", "denied", "vague", "blinded", or None (nothing)."""
    if hit.label not in (*_OF_PD1, "unclear", "pdl1_drug", "blinded"):
        return None
    context = qualify(doc, hit.start, hit.end)
    ahead, behind = before(scene.text, hit.start, 60), after(scene.text, hit.end, 30)
    said = said_after(scene, hit.end) if hit.label in _OF_PD1 else None
    if context.planned and said not in (True, False) and not _BUT_NOT.match(after(scene.text, hit.end, 60)):
        return None
    if context.foreign or context.other_cancer or said_elsewhere(scene, hit.start):
        return None
    if said is not None and not _empty_box(scene, hit.end) and not _MARKER.match(behind):
        if said == "open":
            return None
        return "given" if said and not denied(scene, hit.start, hit.end) else "denied"
    not_given = _NOT_BEFORE.search(ahead) or denied(scene, hit.start, hit.end)
    if hit.label == "bare_pd1" and (_EXPRESSION.match(behind) or not (not_given or _is_treatment(ahead, behind))):
        return None
    if not_given:
        more = re.search(r"\b(?:further|prior|previous|yet|more|other|longer)\s$", ahead)
        return "denied" if hit.label in (*_OF_PD1, "unclear") and not more else None
    if only_thought_of(scene, hit.start, hit.end) or _empty_box(scene, hit.end):
        return None
    if hit.label == "blinded":
        return "blinded"
    if hit.label in _OF_PD1 and not context.uncertain and not ROLE_AFTER.match(behind):
        return "given"
    return "vague"


# "Was discussed but not given": no plan any more
_BUT_NOT = quick(r"[^.;]{0,40}\bbut\s(?:was\s|it\swas\s|has\s|had\s|he\s|she\s)*(?:not|never|didn't|did\snot)(?![a-z])")
# "PD-1: neg", "PD-1 positive": a marker on cells
_MARKER = quick(r"[\s:=-]{0,3}(?:pos|neg)")


def _empty_box(scene: Scene, end: int) -> bool:
    """Whether an empty box stands behind a class: nobody has said anything there."""
    return re.match(r"\s{0,2}(?:\[\s{0,2}\]|[☐□])", scene.text[end : end + 8]) is not None


def _is_treatment(ahead: str, behind: str) -> bool:
    """Whether a bare "PD-1" is the drug class: something is given with it or it is given."""
    return bool(_TREATED_WITH.search(ahead) or _GIVEN_BEHIND.match(behind))


_GIVEN_BEHIND = quick(
    r"\s?(?:q\d|x\s?\d|\d+\s?x(?!\d)|given|started|stopped|added|since|for\s\d|from\s(?:c|cycle|the)\s?\w|"
    r"\d+\s(?:doses|cycles|infusions|x)|"
    r"\+\s?[a-z]|combined|mono(?:therapy)?\b|alone\b|also\b|too\b|as\swell\b|not\s|never\s|and\s(?:gp|chemo)|"
    r"[\s,.;:)/]*$|[,.;)/])"
)


def _unknown(doc: Doc, scene: Scene, kept: list[Given]) -> Iterator[Mention]:
    """A name that ends like an antibody and that nobody has entered: its target is asked, never guessed."""
    for start, end in unknown_antibodies(scene):
        context = qualify(doc, start, end)
        if (
            context.foreign
            or context.planned
            or context.other_cancer
            or denied(scene, start, end)
            or only_thought_of(scene, start, end)
        ):
            continue
        doubt = _TEXT["unknown_drug"].format(words=scene.text[start:end])
        yield Mention("io_agents", None, start, end, doubt, rank=0 if any(g.kind == IMMUNOTHERAPY for g in kept) else 1)


def answer_io(text: str, scene: Scene) -> Answer | None:
    bare = text.strip(" .,!()").lower()
    if re.fullmatch(r"none|no|nothing|no immuno\w*|chemo only|chemo alone|not given", bare):
        return Answer([])
    return None
