"""The treatment that the response belongs to: drugs, cycles, line, and the investigator's word on adequacy.

Drugs of an adjuvant, concurrent or maintenance course, planned drugs, drugs that were not given and drugs for another
cancer are no part of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from spacy.tokens import Doc

from bot.extraction.en.adequacy import adequacy_in, answer_adequate
from bot.extraction.en.course import (
    ROLE_BEFORE,
    Given,
    alternatives,
    combinations,
    of_the_regimen,
    stretches,
)
from bot.extraction.en.cycles import cycles
from bot.extraction.en.drugs import CHEMOTHERAPY, TARGETED, classes, drugs
from bot.extraction.en.history import of_an_earlier_episode
from bot.extraction.en.immunotherapy import answer_io, immunotherapy_in
from bot.extraction.en.lines import Line, line_of, lines
from bot.extraction.en.regimen import answer_regimen, regimens
from bot.extraction.en.response import latest_place
from bot.extraction.en.terms import after, before, ticked
from bot.extraction.mention import Answer, Mention, Scene
from bot.extraction.qualifiers import qualify

_TEXT = {
    "either": "two drugs are named as alternatives; which was given?",
    "platinum": '"{words}" does not name the drugs; which were given?',
    "uncertain": "the drugs are given with a doubt",
}


def find(doc: Doc, scene: Scene) -> Iterable[Mention]:
    """Mentions of the drugs, cycles, line and adequacy of the treatment."""
    named = drugs(scene)
    shortened = regimens(scene, named)
    everything = [
        *(Given((drug.name,), drug.group, drug.start, drug.end) for drug in named),
        *(Given(r.agents, CHEMOTHERAPY, r.start, r.end, r.may_be, r.doublet) for r in shortened),
    ]
    everything.sort(key=lambda given: given.start)
    runs = combinations(scene, everything)
    kept = [given for item in everything if (given := of_the_regimen(doc, scene, item, runs[id(item)])) is not None]
    recent = [given for given in kept if not of_an_earlier_episode(scene, given.start)]
    kept = recent or kept
    steps = lines(doc, scene)
    number = _line(doc, scene, steps, kept)
    if number is not None:
        kept = [given for given in kept if line_of(scene, steps, given.start, given.end) in (number, None)]
        step = next(line for line in steps if line.number == number)
        yield Mention("therapy_line", number, step.start, step.end)
    yield from _chemotherapy(scene, [given for given in kept if given.kind == CHEMOTHERAPY])
    yield from _stated_doublet(doc, scene)
    yield from immunotherapy_in(doc, scene, kept)
    targeted = [given for given in kept if given.kind == TARGETED]
    if targeted:
        yield from stretches("other_agents", targeted)
    yield from cycles(doc, scene, [(given.kind, given.start, given.end) for given in kept])
    yield from adequacy_in(doc, scene)


def _line(doc: Doc, scene: Scene, steps: list[Line], kept: list[Given]) -> int | None:
    """The line that counts: that of the latest response, else the latest line named."""
    if not steps:
        return None
    numbers = {step.number for step in steps}
    if len(numbers) == 1:
        return steps[0].number
    place = latest_place(doc, scene)
    if place is not None:
        number = line_of(scene, steps, *place)
        if number is not None:
            return number
    return max(numbers)


def _chemotherapy(scene: Scene, items: list[Given]) -> Iterator[Mention]:
    clear = [item for item in items if item.names]
    unclear = [item for item in items if not item.names]
    if clear:
        if pair := alternatives(scene, clear):
            options = tuple(sorted({name for item in pair for name in item.names}))
            yield Mention("chemo_agents", None, pair[0].start, pair[1].end, _TEXT["either"], options, rank=2)
        elif all(item.uncertain for item in clear):
            options = tuple(sorted({name for item in clear for name in item.names}))
            yield Mention("chemo_agents", None, clear[0].start, clear[-1].end, _TEXT["uncertain"], options)
        else:
            yield from stretches("chemo_agents", [item for item in clear if not item.uncertain])
        return
    for item in unclear:
        readings = " or ".join(item.may_be)
        words = scene.text[item.start : item.end]
        doubt = f"{words} can be {readings}; which drugs were given?"
        yield Mention("chemo_agents", None, item.start, item.end, doubt, item.may_be)
        if item.doublet:
            yield Mention("platinum_doublet", True, item.start, item.end)


def _stated_doublet(doc: Doc, scene: Scene) -> Iterator[Mention]:
    """A platinum doublet that is stated as such, or denied."""
    denied: list[tuple[int, int]] = []
    for match in _NO_DOUBLET.finditer(scene.low):
        context = qualify(doc, match.start(), match.start() + 1)
        if not (context.foreign or context.planned or context.other_cancer or context.uncertain):
            denied.append(match.span())
            yield Mention("platinum_doublet", False, match.start(), match.end())
    for hit in classes(scene):
        if hit.label not in ("platinum_doublet", "platinum_chemo"):
            continue
        context = qualify(doc, hit.start, hit.end)
        answered = ticked(scene.low, hit.end) is not None and context.other_person is None
        if (context.foreign and not answered) or context.planned or context.other_cancer:
            continue
        ahead = before(scene.text, hit.start, 40)
        if ROLE_BEFORE.search(ahead):
            continue
        if (tick := ticked(scene.low, hit.end)) is not None and hit.label == "platinum_doublet":
            yield Mention("platinum_doublet", tick, hit.start, hit.end)
            continue
        if any(hit.start < stop and begin < hit.end for begin, stop in denied):
            continue
        if re.match(r"^\s?[:=|-]\s?(?:no\b|none|not\b|n\b)", after(scene.text, hit.end, 10)) or re.search(
            r"(?:no|not a|without|non|never had|never received|did not receive|not)[\s-](?:any\s|a\s)?$", ahead
        ):
            yield Mention("platinum_doublet", False, hit.start, hit.end)
        elif context.uncertain:
            yield Mention("platinum_doublet", None, hit.start, hit.end, _TEXT["uncertain"], (True, False))
        elif hit.label == "platinum_doublet":
            yield Mention("platinum_doublet", True, hit.start, hit.end)
        else:
            doubt = _TEXT["platinum"].format(words=scene.text[hit.start : hit.end])
            yield Mention("chemo_agents", None, hit.start, hit.end, doubt)


# "no platinum in the regimen", "did not contain platinum", "single agent, not a doublet"
_NO_DOUBLET = re.compile(
    r"(?<![a-z])(?:(?:no|without(?:\sa)?|non|not\sa|did\snot\s(?:contain|include|have|"
    r"receive|get)|didn't\s(?:contain|include|have)|does\snot\s(?:contain|include)|"
    r"not\s(?:contain|include|containing|including|given|receive|get)|never\s(?:given|"
    r"received|had|got)|didn't\s(?:get|receive)|didnt\s(?:get|receive|have)|(?:was|"
    r"were)\snot\sgiven)[\s-](?:any\s|a\s)?"
    r"(?:platinum(?!\s(?:allergy|resist|refract|sens|toxic))|platin(?![a-z])|"
    r"doublet(?!\sj))|platinum-free|non-platinum|lack(?:ed|s|ing)\s(?:an?\s|any\s)?platinum|"
    r"(?:platinum\s)?doublet(?:\s\w+\.?\s\w+)?\s?(?:[:=|?]|\s-)\s?(?:no|n|not|"
    r"none))(?![a-z])"
)


def _answer_other(text: str, scene: Scene) -> Answer | None:
    return Answer([]) if re.fullmatch(r"none|no|nothing|nil|no others?", text.strip(" .,!()").lower()) else None


def _answer_chemo(text: str, scene: Scene) -> Answer | None:
    if re.fullmatch(r"none|no chemo\w*|nothing", text.strip(" .,!()").lower()):
        return Answer([])
    return answer_regimen(text, scene) or _short_names(text, scene)


def _short_names(text: str, scene: Scene) -> Answer | None:
    """ "cis gem", "gem, cis": short names are enough once the drugs were asked for."""
    short = {
        term.strip(): name
        for name, terms in scene.lexicon["drugs"]["short"].items()
        for term in terms.lower().split(",")
    }
    words = re.findall(r"[a-z]+", text.lower())
    names = [short[word.strip()] for word in words if word in short]
    if names and all(word in short or word in ("and", "plus", "with") for word in words):
        return Answer(sorted(set(names)))
    return None


def _answer_doublet(text: str, scene: Scene) -> Answer | None:
    """ "Something else" and "not given" are a no; the word of the question itself is a yes."""
    bare = text.strip(" .,!()").lower()
    if re.fullmatch(
        r"(?:no,? )?(?:something else|another (?:one|regimen)|other(?: regimen)?|different(?: regimen)?|none|"
        r"(?:none |not |never )given|single agent|one drug only)",
        bare,
    ):
        return Answer(False)
    if re.fullmatch(r"(?:yes,? )?(?:a |the )?(?:doublet|two drugs,? one (?:of them )?a platinum)", bare):
        return Answer(True)
    return None


def _answer_pd1(text: str, scene: Scene) -> Answer | None:
    bare = text.strip(" .,!()").lower()
    if re.fullmatch(
        r"(?:no,? )?(?:(?:it |none |nothing )?(?:was |were )?(?:not |never )?(?:given|received|added|used)|"
        r"chemo (?:only|alone)|none|without)",
        bare,
    ):
        return Answer(not re.search(r"not |never |none|nothing|no|only|alone|without", bare))
    return None


def _answer_line(text: str, scene: Scene) -> Answer | None:
    match = re.fullmatch(
        r"(?:it'?s |the |was )*(first|1st|1|one|second|2nd|2|two|third|3rd|3|"
        r"three)(?:[\s-]?l(?:ine)?)?",
        text.strip(" .,!()").lower(),
    )
    if match is None:
        return None
    return Answer(
        {"f": 1, "1": 1, "o": 1, "s": 2, "2": 2, "tw": 2, "th": 3, "3": 3}[
            match[1][:2] if match[1][0] == "t" else match[1][0]
        ]
    )


ANSWERS = {
    "io_agents": answer_io,
    "other_agents": _answer_other,
    "chemo_agents": _answer_chemo,
    "platinum_doublet": _answer_doublet,
    "anti_pd1": _answer_pd1,
    "therapy_line": _answer_line,
    "therapy_adequate": answer_adequate,
}
