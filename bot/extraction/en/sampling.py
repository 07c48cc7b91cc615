"""Whether a metastasis was biopsied: an act of sampling, what it was done to, and whether it took place.

The three are looked for apart and joined by the words between them, so that no list of phrases is needed: "the rib
deposit was needled", "no tissue from any of them", "histological proof of the liver lesion was waived". An act done to
the primary or to nodes of the neck is none of these.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc

from bot.extraction.en.another_cancer import names_no_cancer, names_this, of_another
from bot.extraction.en.imaging import is_regional
from bot.extraction.en.sampling_words import (
    ASIDE,
    BESIDE,
    COPULA,
    DIRECT,
    DISEASE,
    FAILED,
    GOES_ON,
    NO,
    NODES,
    NOT_BEHIND,
    OF,
    OF_BOTH,
    ONLY_PRIMARY,
    PRONOUN_AFTER,
    PRONOUN_BEFORE,
    SAID_TO_BE_SPREAD,
    SHORT,
    SPECIMEN,
    TAKEN,
    TAKEN_BACK,
    THIS_DISEASE,
    Patterns,
    patterns,
)
from bot.extraction.en.terms import answered_behind, sentence, ticked
from bot.extraction.mention import Answer, Mention, Scene
from bot.extraction.qualifiers import qualify

FACT = "metastasis_biopsied"
_REACH = 80  # characters between an act and what it was done to
_BACK = 220  # characters back in which "they" and "none of them" find what they stand for


def biopsied_in(doc: Doc, scene: Scene) -> Iterator[Mention]:
    """Mentions of metastasis_biopsied."""
    known = patterns("en")
    for match in known.act.finditer(scene.low):
        place = _done_to(scene, known, match)
        if place is None:
            continue
        start, end = min(place[0], match.start()), max(place[1], match.end())
        if (taken := TAKEN.match(scene.low, end)) is not None:
            end = taken.end()
        if (tick := ticked(scene.low, end)) is not None:
            yield Mention(FACT, tick, start, end)  # "mets biopsied? yes"
            continue
        if (answer := answered_behind(scene.low, end)) is not None:
            yield Mention(FACT, *answer)  # "Was the liver lesion biopsied?", and the answer on the next line
            continue
        value = _took_place(doc, scene, known, match, start, end)
        if value is not None and not (value and _may_be_another(scene, start, end)):
            yield Mention(FACT, value, start, end)
    for match in ONLY_PRIMARY.finditer(scene.low):
        context = qualify(doc, *match.span())
        if not (context.foreign or context.planned or context.uncertain or context.other_cancer):
            yield Mention(FACT, False, *match.span())


def _may_be_another(scene: Scene, start: int, end: int) -> bool:
    """ "Lung mass biopsy: adenocarcinoma", "a brain tumour removed": sampled, but no metastasis of this tumour."""
    told = SAID_TO_BE_SPREAD.search(scene.low, start, end) is not None
    return of_another(scene.low) or not (told or _disease_named(scene) or len(scene.low) < SHORT)


def acts_on_metastases(scene: Scene) -> list[tuple[int, int]]:
    """Places (start, end) of acts of sampling that were done, or not done, to a metastasis."""
    known = patterns("en")
    acts = list(known.act.finditer(scene.low))
    acts = [match for match in acts if OF_BOTH.match(scene.low, match.end()) is None]
    return [match.span() for match in acts if _done_to(scene, known, match) is not None]


def _done_to(scene: Scene, known: Patterns, act: re.Match[str]) -> tuple[int, int] | None:
    """The metastasis that the act was done to: its words, or the pronoun that stands for it."""
    first, last = sentence(scene.text, act.start())
    first, last = max(first, act.start() - _REACH), min(last, act.end() + _REACH)
    if both := OF_BOTH.match(scene.low, act.end(), last):
        found = known.thing.match(scene.low, both.end()) or known.organ.match(scene.low, both.end())
        if found is not None:
            return found.span()
    if _of_the_primary(scene, known, act, last):
        return None
    for pattern in (known.thing, known.organ):
        for thing in pattern.finditer(scene.low, first, last):
            if thing.start() < act.end() and act.start() < thing.end():
                continue
            nodes = NODES.search(thing.group()) is not None and "met" not in thing.group()
            if (pattern is known.organ or nodes) and not _disease_named(scene, nodes):
                continue
            if not is_regional(scene, thing.start()) and _joined(scene, known, act, thing, pattern is known.organ):
                return thing.span()
    return _pronoun(scene, known, act, first, last)


def _disease_named(scene: Scene, nodes: bool = False) -> bool:
    """Whether the message is about this disease; nodes are sampled for many another cancer too."""
    return scene.asked == FACT or (THIS_DISEASE if nodes else DISEASE).search(scene.low) is not None


def _of_the_primary(scene: Scene, known: Patterns, act: re.Match[str], last: int) -> bool:
    """ "nasopharyngeal biopsy", "biopsy of the primary"."""
    behind = re.match(
        r"\s?(?:was\s|were\s|taken\s|of\s|from\s|at\s|in\s|the\s|a\s|left\s|right\s|:\s?|proven\s|confirmed\s|-)*",
        scene.low[act.end() : last],
    )
    at = act.end() + (behind.end() if behind else 0)
    ahead = scene.low[max(0, act.start() - 32) : act.start()]
    named = list(known.elsewhere.finditer(ahead))
    close = bool(named) and not known.thing.search(ahead[named[-1].end() :]) and "," not in ahead[named[-1].end() :]
    return known.elsewhere.match(scene.low, at, last) is not None or close


def _joined(scene: Scene, known: Patterns, act: re.Match[str], thing: re.Match[str], mere_organ: bool) -> bool:
    """Whether the words between act and metastasis join the two."""
    gap = scene.low[min(act.end(), thing.end()) : max(act.start(), thing.start())]
    if known.elsewhere.search(gap) or re.search(r"\s:\s", gap):
        return False  # another place, or another cell of a table
    if thing.start() >= act.end():
        if act["noun"] is not None:
            comma = "," in gap and known.technique.search(scene.low[max(0, act.start() - 22) : act.end()]) is None
            result = ":" in gap and "met" in thing.group()  # "biopsy: metastatic disease" names no place
            beside = BESIDE.fullmatch(gap) is not None
            return (beside or OF.fullmatch(gap) is not None) and not comma and not result
        return DIRECT.fullmatch(gap) is not None and (not mere_organ or act["proof"] is None)
    words = known.shown_by.sub("", known.technique.sub("", ASIDE.sub("", gap)), 1)
    if (act["deed"] or act["proof"]) is not None and not mere_organ and GOES_ON.search(gap):
        return True  # "Bone lesions were counted at three on PET and were not biopsied"
    if COPULA.fullmatch(words + " ") is None and not COPULA.fullmatch(words):
        return False
    if mere_organ:
        label = SPECIMEN.search(scene.low[max(0, thing.start() - 24) : thing.start()])
        return (
            bool(label)
            or re.fullmatch(
                r"[\s:-]*(?:(?:was|were|core|needle|fluid|"
                r"effusion)\s?)*",
                words,
            )
            is not None
        )
    plain_noun = act["deed"] is None and "," in gap
    done = re.match(
        r"\s(?:was\s|were\s)?(?:not|never|done|taken|performed|obtained|positive|"
        r"proven)",
        scene.low[act.end() : act.end() + 16],
    )
    said = (
        done
        or NO.search(gap)
        or known.technique.search(gap + act.group())
        or re.search(
            r"(?<![a-z])(?:was|"
            r"were)\s",
            gap,
        )
    )
    return not plain_noun or said is not None


def _pronoun(scene: Scene, known: Patterns, act: re.Match[str], first: int, last: int) -> tuple[int, int] | None:
    """ "they were not biopsied", "no needle in any of them": what was spoken of last must be the metastases."""
    behind = PRONOUN_AFTER.match(scene.low, act.end(), last)
    ahead = PRONOUN_BEFORE.search(scene.low[first : act.start()]) if behind is None else None
    if behind is None and ahead is None:
        return None
    at = behind.start() if behind is not None else first + (ahead.start() if ahead is not None else 0)
    said = scene.low[max(0, at - _BACK) : min(at, act.start())]
    things = [match.end() for pattern in (known.thing, known.organ) for match in pattern.finditer(said)]
    things += [match.end() for match in re.finditer(r"(?<![a-z])(?:lesions|deposits|nodules)(?![a-z])", said)]
    others = [match.end() for match in known.elsewhere.finditer(said)]
    if not things or max(things) < max(others, default=0) or not _disease_named(scene):
        return None
    return (at, act.end()) if behind is None else (act.start(), behind.end())


def _took_place(doc: Doc, scene: Scene, known: Patterns, act: re.Match[str], start: int, end: int) -> bool | None:
    """True, False, or None where it is planned, doubted or somebody else's."""
    context = qualify(doc, start, end)
    if context.foreign or context.other_cancer:
        return None
    first, last = sentence(scene.text, start)
    ahead = re.split(r"[,;:()]|\bbut\b|\band\b", scene.low[max(first, start - 40) : start])[-1]
    behind = scene.low[end : min(last, end + 60)]
    around = ahead + scene.low[start:end]
    refused = (
        known.refused.search(around)
        or known.refused.match(re.sub(r"^[\s:,(-]*(?:\w+ )?(?:\w+ )?(?:\w+ )?", "", behind))
        or known.refused.search(re.split(r"[;,]", behind.lstrip(" :,-"))[0])
    )
    if TAKEN_BACK.search(scene.low, end, end + 160):
        return None
    if FAILED.search(around + " " + re.split(r"[;,]", behind)[0]):
        return None
    if names_no_cancer(behind) and not names_this(behind):
        return None  # "liver lesion biopsied: focal nodular hyperplasia"
    if refused or NO.search(around) or act["un"] is not None or NOT_BEHIND.match(behind):
        return False
    if context.planned or known.planned.search(around) or known.planned.search(re.split(r"[,;]", behind)[0]):
        return None
    if (
        context.uncertain
        or context.negated
        or re.match(
            r"^[\s:,(-]{0,2}(?:negative|benign|reactive|no\smalig\w+|h(?:a)?emangioma|inconclusive|"
            r"non-?diagnostic)",
            behind,
        )
    ):
        return None
    return True


def answer_biopsied(text: str, scene: Scene) -> Answer | None:
    """ "one was", "liver bx done", "only the primary" once it was asked whether a metastasis was biopsied."""
    bare = text.strip(" .,!()").lower()
    if re.fullmatch(
        r"(?:no|not|never|none|without)(?:,? (?:biops(?:y|ied)|bx|done|tissue|sampled|taken|"
        r"was done|it was not|of them))*|(?:there was )?no (?:need|point|reason)(?: (?:to|"
        r"for) \w+)?(?:,? [\w' -]+)?|(?:no,? |just |only )+(?:from |of )?(?:the )?(?:primary|"
        r"nasopharynx)(?: \w+)?|(?:[\w'/-]+,? ){1,10}(?:so|hence|therefore|thus),? (?:no|not|never|no biopsy|"
        r"not done|not biopsied)",
        bare,
    ):
        return Answer(False)
    if re.fullmatch(
        r"(?:yes,? )?(?:it was |they were |one was |the \w+ (?:met|one) was )?(?:biops(?:y|ied)|"
        r"bx|sampled|resected|excised)(?: (?:done|taken|proven|confirmed))?|(?:the )?\w+ (?:one|met|lesion)(?: was)?",
        bare,
    ):
        return Answer(True)
    return None
