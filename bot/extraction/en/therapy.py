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
    Given,
    alternatives,
    combinations,
    of_the_regimen,
    stretches,
    without_failed,
)
from bot.extraction.en.cycle_numbers import answer_cycles
from bot.extraction.en.cycles import cycles
from bot.extraction.en.doublet import answer_doublet, doublet_in
from bot.extraction.en.drugs import CHEMOTHERAPY, IMMUNOTHERAPY, TARGETED, drugs
from bot.extraction.en.given import answered_given
from bot.extraction.en.history import of_an_earlier_episode
from bot.extraction.en.immunotherapy import answer_io, immunotherapy_in
from bot.extraction.en.lines import Line, line_of, lines
from bot.extraction.en.regimen import answer_regimen, regimens
from bot.extraction.en.response import latest_place
from bot.extraction.mention import Answer, Mention, Scene

_TEXT = {
    "either": "two drugs are named as alternatives; which was given?",
    "one_of_two": "two drugs were given, but only one is named; which was the other?",
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
    runs = {(item.start, item.end): run for item, run in combinations(scene, everything)}
    kept = [
        given
        for item in everything
        if (given := of_the_regimen(doc, scene, item, runs[item.start, item.end])) is not None
    ]
    recent = [given for given in kept if not of_an_earlier_episode(scene, given.start)]
    kept = without_failed(scene, recent or kept)
    steps = lines(doc, scene)
    number = _line(doc, scene, steps)
    if number is not None:
        # joined drugs belong to one line: "docetaxel/carboplatin as 2nd line"
        kept = [
            given
            for given in kept
            if line_of(scene, steps, given.start, runs[given.start, given.end][1]) in (number, None)
        ]
        step = next(line for line in steps if line.number == number)
        if number > 1 and len(steps) == 1:
            kept = _from_the_line_on(step, kept, runs)
        yield Mention("therapy_line", number, step.start, step.end)
    chemotherapy = [given for given in kept if given.kind == CHEMOTHERAPY]
    stated = list(doublet_in(doc, scene, chemotherapy))
    yield from _chemotherapy(scene, chemotherapy, any(m.fact == "platinum_doublet" and m.value is True for m in stated))
    yield from stated
    antibodies = list(immunotherapy_in(doc, scene, kept))
    yield from antibodies
    targeted = [given for given in kept if given.kind == TARGETED]
    if targeted:
        yield from stretches("other_agents", targeted)
    places = [(given.kind, given.start, given.end) for given in kept]
    places += [(CHEMOTHERAPY, m.start, m.end) for m in stated if m.fact == "platinum_doublet" and m.value is True]
    places += [(IMMUNOTHERAPY, m.start, m.end) for m in antibodies if m.fact == "anti_pd1" and m.value is True]
    yield from cycles(doc, scene, sorted(places, key=lambda place: place[1]))
    yield from adequacy_in(doc, scene)


def _from_the_line_on(step: Line, kept: list[Given], runs: dict[tuple[int, int], tuple[int, int]]) -> list[Given]:
    """The drugs of a later line that alone is named: "docetaxel, SD; then GP as second line" leaves docetaxel out."""
    behind = [item for item in kept if item.start >= step.start]
    before_it = [runs[item.start, item.end] for item in kept if item.start < step.start]
    if before_it:
        last = max(before_it)
        nearest = [item for item in kept if runs[item.start, item.end] == last]
        # "GP as second line" names the drugs first, "then second line: GP" the line
        behind = nearest + behind if step.start - last[1] <= _CLOSE or not behind else behind
    return behind


_CLOSE = 40  # characters between drugs and the line that is said behind them


def _line(doc: Doc, scene: Scene, steps: list[Line]) -> int | None:
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


def _chemotherapy(scene: Scene, items: list[Given], doublet: bool) -> Iterator[Mention]:
    """The drugs; one name alone where a doublet is stated ("gemcitabine plus a platinum") is not the whole regimen."""
    clear = [item for item in items if item.names]
    unclear = [item for item in items if not item.names]
    if clear:
        if pair := alternatives(scene, clear):
            options = tuple(sorted({name for item in pair for name in item.names}))
            yield Mention("chemo_agents", None, pair[0].start, pair[1].end, _TEXT["either"], options, rank=2)
        elif doublet and len({name for item in clear for name in item.names}) == 1:
            yield Mention("chemo_agents", None, clear[0].start, clear[-1].end, _TEXT["one_of_two"], rank=1)
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


_PD_L1 = re.compile(r"(?:it was )?(?:an? )?(?:anti-?)?pd-?\s?l-?1(?: (?:antibody|mab|inhibitor|drug))?(?: instead)?")


def _answer_pd1(text: str, scene: Scene) -> Answer | None:
    """ "Chemo alone", "they gave it from C1 on"; an antibody to PD-L1 instead is a no."""
    if _PD_L1.fullmatch(text.strip(" .,!()").lower()):
        return Answer(False)
    given = answered_given(text)
    return None if given is None else Answer(given)


def _answer_line(text: str, scene: Scene) -> Answer | None:
    bare = text.strip(" .,!()").lower()
    if _FIRST_TREATMENT.fullmatch(bare):
        return Answer(1)
    match = _BARE_LINE.fullmatch(bare)
    return None if match is None else Answer(_NUMBER_OF_LINE[match["n"]])


_NUMBER_OF_LINE = {
    word: number
    for number, words in ((1, "first 1st 1 one"), (2, "second 2nd 2 two"), (3, "third 3rd 3 three"))
    for word in words.split()
}
_BARE_LINE = re.compile(
    r"(?:it'?s |it |this |that |he |she |is |the |was |were |a |his |her )*(?P<n>first|1st|1|one|second|2nd|2|"
    r"two|third|3rd|3|three)(?:[\s-]?l(?:ine)?)?"
)
_FIRST_TREATMENT = re.compile(
    r"up-?\s?front|(?:the )?initial(?: (?:treatment|therapy|regimen))?|(?:the )?only one(?: so far)?|"
    r"(?:none|nothing) (?:before|earlier|previously)(?: (?:it|this|that))?|"
    r"(?:no|without)(?: any)? (?:earlier|prior|previous|other) (?:systemic )?(?:treatments?|therap(?:y|ies)|"
    r"chemo\w*|lines?|drugs?)"
)


ANSWERS = {
    "io_agents": answer_io,
    "other_agents": _answer_other,
    "chemo_agents": _answer_chemo,
    "chemo_cycles": answer_cycles,
    "platinum_doublet": answer_doublet,
    "anti_pd1": _answer_pd1,
    "therapy_line": _answer_line,
    "therapy_adequate": answer_adequate,
}
