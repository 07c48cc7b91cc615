"""The antibody given with the chemotherapy: named, said by its class, or not settled by the words.

A drug whose target nobody has entered is asked about, never judged by its ending.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc

from bot.extraction.en.course import (
    NOT_GIVEN_AFTER,
    NOT_GIVEN_BEFORE,
    ROLE_AFTER,
    Given,
    alternatives,
    stretches,
)
from bot.extraction.en.drugs import IMMUNOTHERAPY, classes, unknown_antibodies
from bot.extraction.en.terms import Hit, after, before, ticked
from bot.extraction.mention import Answer, Mention, Scene
from bot.extraction.qualifiers import qualify

_TEXT = {
    "named_by_class": 'the immunotherapy is named only as "{words}"; which drug was given?',
    "unknown_drug": '"{words}" is not a drug that is known here; what does it target?',
    "blinded": "the treatment was blinded or placebo-controlled; which drug was given?",
    "either": "two drugs are named as alternatives; which was given?",
    "maintenance": '"{words}" is named as maintenance only; was a PD-1 antibody given with the chemotherapy?',
    "uncertain": "the drugs are given with a doubt",
    "pdl1": '"{words}" does not name the drug; was a PD-1 antibody given as well?',
}
_NOT_BEFORE = re.compile(r"(?:\bnot|isn't|wasn't)\s(?:an?\s)?$")  # "anti-PD-L1 (not PD-1)"
_EXPRESSION = re.compile(
    r"^[\s:=(-]{0,3}(?:\+(?!\s?[a-z])|positive|pos\b|negative|neg\b|expression|tps|cps|ihc|"
    r"status|high\b|low\b|staining|tumou?r|score|[<>≥≤~]?\s?\d+(?:\.\d+)?\s?%|sp142|sp263|"
    r"22c3)"
)
_TREATED_WITH = re.compile(
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
    said: list[Hit] = []
    for hit in classes(scene):
        if hit.label not in ("anti_pd1", "bare_pd1", "unclear", "pdl1_drug", "blinded"):
            continue
        context = qualify(doc, hit.start, hit.end)
        if context.foreign or context.planned or context.other_cancer:
            continue
        ahead, behind = before(scene.text, hit.start, 60), after(scene.text, hit.end, 30)
        if hit.label == "anti_pd1" and not named and (tick := ticked(scene.low, hit.end)) is not None:
            yield Mention("anti_pd1", tick, hit.start, hit.end)
            continue
        if hit.label == "bare_pd1" and (_EXPRESSION.match(behind) or not _is_treatment(ahead, behind)):
            continue
        if _NOT_BEFORE.search(ahead) or NOT_GIVEN_BEFORE.search(ahead) or NOT_GIVEN_AFTER.match(behind):
            if (
                hit.label in ("anti_pd1", "bare_pd1", "unclear")
                and not named
                and not re.search(r"\b(?:further|prior|previous|yet|more|other)\s$", ahead)
            ):
                yield Mention("anti_pd1", False, hit.start, hit.end)
        elif hit.label == "blinded":
            yield Mention("io_agents", None, hit.start, hit.end, _TEXT["blinded"], rank=2)
        elif hit.label in ("anti_pd1", "bare_pd1") and not context.uncertain and not ROLE_AFTER.match(behind):
            said.append(hit)
            if not named:
                yield Mention("anti_pd1", True, hit.start, hit.end)
        elif not named:
            vague.append(hit)
    if any(hit.label in ("anti_pd1", "bare_pd1") for hit in said):
        vague = [hit for hit in vague if hit.label == "pdl1_drug"]  # the class is settled elsewhere in the text
    for hit in vague:
        key = "pdl1" if hit.label == "pdl1_drug" else "named_by_class"
        doubt = _TEXT[key].format(words=scene.text[hit.start : hit.end])
        yield Mention("io_agents", None, hit.start, hit.end, doubt)


def _is_treatment(ahead: str, behind: str) -> bool:
    """Whether a bare "PD-1" is the drug class: something is given with it or it is given."""
    return bool(
        _TREATED_WITH.search(ahead)
        or re.match(
            r"^\s?(?:q\d|x\s?\d|given|started|since|for\s\d|\d+\s(?:doses|cycles)|\+\s?[a-z]|"
            r"combined|and (?:gp|chemo))",
            behind,
        )
        or re.match(r"^[\s,.;)]*$", behind)
        or re.match(r"^[,.;)]", behind)
    )


def _unknown(doc: Doc, scene: Scene, kept: list[Given]) -> Iterator[Mention]:
    """A name that ends like an antibody and that nobody has entered: its target is asked, never guessed."""
    for start, end in unknown_antibodies(scene):
        context = qualify(doc, start, end)
        if (
            context.foreign
            or context.planned
            or context.other_cancer
            or NOT_GIVEN_BEFORE.search(before(scene.text, start, 60))
        ):
            continue
        doubt = _TEXT["unknown_drug"].format(words=scene.text[start:end])
        yield Mention("io_agents", None, start, end, doubt, rank=0 if any(g.kind == IMMUNOTHERAPY for g in kept) else 1)


def answer_io(text: str, scene: Scene) -> Answer | None:
    bare = text.strip(" .,!()").lower()
    if re.fullmatch(r"none|no|nothing|no immuno\w*|chemo only|chemo alone|not given", bare):
        return Answer([])
    return None
