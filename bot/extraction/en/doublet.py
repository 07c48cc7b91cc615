"""A platinum doublet that is stated or denied without the names of its drugs.

Two things are put together, in whatever words: a platinum, and that there were two cytotoxic drugs ("platinum, two
drugs", "two-agent platinum-based chemotherapy"). A platinum alone, two drugs without a platinum and a single drug
are no platinum doublet; "platinum-based chemotherapy" leaves it open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc

from bot.extraction.en.course import ROLE_BEFORE, Given
from bot.extraction.en.given import denied, only_thought_of, said_after, said_elsewhere
from bot.extraction.en.terms import after, answered_behind, before, compiled
from bot.extraction.mention import Answer, Mention, Scene
from bot.extraction.qualifiers import qualify

FACT = "platinum_doublet"
_TEXT = {
    "platinum": '"{words}" does not name the drugs; which were given?',
    "uncertain": "the drugs are given with a doubt",
}
_NEAR = 40  # characters between "platinum" and "two drugs"
# Denials that only this pair knows; the others are those of every treatment (given.py).
_NONE_OF_IT = re.compile(
    r"(?<![a-z])(?:non|lack\w*|(?:neither|none|not\sone)(?:\sof\s(?:them|the\stwo|which))?)[\s-](?:an?\s|"
    r"any\s|was\sa\s|is\sa\s)?$"
)
# What makes a statement together. A platinum and a named cytotoxic drug only where they are joined.
_PAIRS = ({"platinum", "two"}, {"platinum", "single"}, {"platinum", "cytotoxic"}, {"platin", "two"})
_JOINED = re.compile(r"\s?(?:[/+&-]|and|plus|with|combined\swith)\s?(?:an?\s)?")
_SINGLE = re.compile(r"[\s-]*(?:based\s)?(?:chemo\w*\s)?(?:as\s(?:an?\s)?)?")
_OTHER_PLATINUM = re.compile(
    r"\s?-?(?:allergy|allergic|resist|refract|sens|toxic|induced|related|naive|neuropathy|free\sinterval)"
)


def _kind(item: Given) -> str:
    """A named drug as a part: "platin" for a platinum alone, else "cytotoxic"; a whole regimen is neither."""
    if len(item.names) > 1:
        return "regimen"
    return "platin" if "platin" in item.names[0] else "cytotoxic"


@dataclass(frozen=True, slots=True)
class _Part:
    kind: str  # platinum, cytotoxic, two, single, both; of named drugs platin, cytotoxic, regimen
    start: int
    end: int
    denied: bool


def doublet_in(doc: Doc, scene: Scene, drugs: list[Given]) -> Iterator[Mention]:
    """Mentions of ``platinum_doublet``, and the question for the drugs where only "platinum" is said.

    drugs: the chemotherapy that the text names; "gemcitabine plus a platinum" is a doublet as well.
    """
    parts = [part for hit in compiled(scene.lexicon, "drugs", "doublet").find(scene.text)
             if (part := _part(doc, scene, hit.label, hit.start, hit.end)) is not None]  # fmt: skip
    parts += [_Part(_kind(item), item.start, item.end, False) for item in drugs if item.names and not item.uncertain]
    parts.sort(key=lambda part: part.start)
    used: set[int] = set()
    single: list[_Part] = []
    for index, part in enumerate(parts):
        if index in used:
            continue
        if part.kind == "both":
            yield from _stated(doc, scene, part.start, part.end, not part.denied)
            continue
        partner = _partner(scene, parts, index)
        if partner is not None:
            used.add(partner)
            other = parts[partner]
            whole = not part.denied and not other.denied and "single" not in (part.kind, other.kind)
            yield from _stated(doc, scene, part.start, other.end, whole)
        elif part.denied and part.kind in ("platinum", "two"):
            yield from _stated(doc, scene, part.start, part.end, False)
        elif part.kind == "platinum":
            yield from _platinum_alone(doc, scene, part)
        elif part.kind == "single" and not part.denied and _only_chemo(scene, part):
            single.append(part)
    if single and not any(part.kind in ("two", "both", "regimen") for part in parts):
        yield from _stated(doc, scene, single[0].start, single[0].end, False)


def _part(doc: Doc, scene: Scene, kind: str, start: int, end: int) -> _Part | None:
    """The part as the text means it, or None where it says nothing of this patient's treatment."""
    context = qualify(doc, start, end)
    said = said_after(scene, end)
    if (
        said == "open"
        or (context.foreign and said is None)
        or context.other_person
        or context.planned
        or context.other_cancer
    ):
        return None
    if (
        said_elsewhere(scene, start)
        or only_thought_of(scene, start, end)
        or ROLE_BEFORE.search(before(scene.text, start, 40))
    ):
        return None
    behind = after(scene.text, end, 24)
    if kind == "platinum" and _OTHER_PLATINUM.match(behind):
        return None
    ahead = before(scene.text, start, 40)
    free = re.match(r"\s?-?free(?![a-z])", behind) is not None
    return _Part(
        kind, start, end, said is False or free or bool(_NONE_OF_IT.search(ahead)) or denied(scene, start, end)
    )


def _partner(scene: Scene, parts: list[_Part], index: int) -> int | None:
    """The next part that makes a statement together with this one: "platinum" and "two drugs", close by."""
    part = parts[index]
    for later in range(index + 1, min(index + 3, len(parts))):
        other = parts[later]
        between = scene.low[part.end : other.start]
        if len(between) > _NEAR or re.search(r"[.;\n](?!\d)", between):
            return None
        kinds = {part.kind, other.kind}
        if kinds == {"platinum", "cytotoxic"} and not _JOINED.fullmatch(between):
            return None
        if kinds not in _PAIRS:
            continue
        if "single" not in (part.kind, other.kind) or _SINGLE.fullmatch(between):
            return later
    return None


def _stated(doc: Doc, scene: Scene, start: int, end: int, value: bool) -> Iterator[Mention]:
    """The mention, or the doubt; the mark behind "doublet?" is a label's where an answer follows it."""
    context = qualify(doc, start, end)
    if context.question and (answer := answered_behind(scene.low, end)) is not None:
        _, start, end = answer  # "Was it a platinum doublet? Yes.": the answer is what states it
        yield Mention(FACT, value, start, end)
    elif context.uncertain and said_after(scene, end) is None:
        yield Mention(FACT, None, start, end, _TEXT["uncertain"], (True, False))
    else:
        yield Mention(FACT, value, start, end)


_ALONE = re.compile(
    r"\s?-?(?:mono(?:therapy|chemo\w*)?|alone|only|single[\s-]agent|as\s(?:a\s)?(?:single|sole)\s(?:agent|"
    r"drug)|and\snothing\selse|on\sits\sown)(?![a-z])"
)
_CHEMO_WAS = re.compile(r"(?<![a-z])(?:chemo\w*|regimen|treatment)\s(?:was|is|were|[:=-])\s?(?:only\s|just\s|an?\s)*$")
_CHEMO_ONLY = re.compile(r"[\s-](?:cytotoxic\s)?(?:chemo\w*|treatment|cytotoxic)(?![a-z])")  # "single-agent chemo only"
_CHEMO = re.compile(
    r"[\s-](?:based\s|containing\s)?(?:combination\s)?(?:chemo\w*|regimens?|treatment|therapy|backbone|combination)"
)


def _only_chemo(scene: Scene, part: _Part) -> bool:
    """Whether "single agent" speaks of the chemotherapy: "single-agent chemo", "chemo was a single drug"."""
    return bool(
        _CHEMO_ONLY.match(after(scene.text, part.end, 30)) or _CHEMO_WAS.search(before(scene.text, part.start, 40))
    )


def _platinum_alone(doc: Doc, scene: Scene, part: _Part) -> Iterator[Mention]:
    """ "Platinum monotherapy" is no doublet; "platinum-based chemotherapy" may be one."""
    behind = after(scene.text, part.end, 40)
    alone = _ALONE.match(behind)
    if alone:
        yield from _stated(doc, scene, part.start, part.end + alone.end(), False)
    elif chemo := _CHEMO.match(behind):
        end = part.end + chemo.end()
        doubt = _TEXT["platinum"].format(words=scene.text[part.start : end])
        yield Mention("chemo_agents", None, part.start, end, doubt)


_NO = re.compile(
    r"(?:no,? )?(?:something else|another (?:one|regimen)|other(?: regimen)?|different(?: regimen)?|none|"
    r"(?:none |not |never )given|single[ -]agent|(?:just |only )?(?:one|a single|1)(?: drug|"
    r" agent)?(?: only)?|mono\w*|"
    r"(?:just |only )?platinum (?:alone|only|mono\w*)|no cis\w*,? (?:and |or )?no carbo\w*.*|no,? .{0,20}platinum.*)"
)
_YES = re.compile(
    r"(?:yes,? )?(?:a |the )?(?:doublet|(?:two|2) (?:cytotoxic )?(?:drugs|agents|"
    r"cytotoxics),? (?:one (?:of them |of which |is )?|including |with |incl\.? )?"
    r"(?:was |is )?a platinum)"
)


def answer_doublet(text: str, scene: Scene) -> Answer | None:
    """ "Something else" and "not given" are a no; the word of the question itself is a yes."""
    bare = text.strip(" .,!()").lower()
    if _NO.fullmatch(bare):
        return Answer(False)
    return Answer(True) if _YES.fullmatch(bare) else None
