"""The treatment that the response belongs to: drugs, cycles, line, and the investigator's word on adequacy.

Drugs of an adjuvant, concurrent or maintenance course, planned drugs, drugs that were not given and drugs for another
cancer are no part of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.tokens import Doc

from bot.extraction.cycles import cycles
from bot.extraction.drugs import CHEMOTHERAPY, IMMUNOTHERAPY, JOINT, TARGETED, classes, drugs, unknown_antibodies
from bot.extraction.history import of_an_earlier_episode, of_another_cancer
from bot.extraction.lines import Line, line_of, lines
from bot.extraction.mention import Answer, Mention, Scene
from bot.extraction.qualifiers import cue_at, qualify
from bot.extraction.regimen import answer_regimen, regimens
from bot.extraction.response import latest_place
from bot.extraction.terms import Hit, after, before, ticked

_TEXT = {
    "named_by_class": 'the immunotherapy is named only as "{words}"; which drug was given?',
    "unknown_drug": '"{words}" is not a drug that is known here; what does it target?',
    "blinded": "the treatment was blinded or placebo-controlled; which drug was given?",
    "either": "two drugs are named as alternatives; which was given?",
    "maintenance": '"{words}" is named as maintenance only; was a PD-1 antibody given with the chemotherapy?',
    "platinum": '"{words}" does not name the drugs; which were given?',
    "uncertain": "the drugs are given with a doubt",
    "pdl1": '"{words}" does not name the drug; was a PD-1 antibody given as well?',
}
_GIVEN_BETWEEN = re.compile(
    r"\b(?:after|following|post|completed|received|had|given|since|finished|s/p|done|"
    r"responded)\b"
)
_NOT_GIVEN_BEFORE = re.compile(
    r"(?:\b(?:no|without|w/o|never (?:had|received|given|got|on)|not (?:given|receiv\w+|on|"
    r"had|started|taking|treated with|exposed to)|"
    r"did(?: not|n't) (?:receive|get|have|take)|has(?: not|n't) (?:had|received|got|"
    r"started)|have(?: not|n't) (?:had|received|got|started)|hadn't (?:had|received)|"
    r"declin\w+|refus\w+|denies|"
    r"avoid\w*|instead of|rather than|naive to|allerg\w+ to|intolerant to|"
    r"contraindication to|ineligible for|unfit for|minus|omitted)"
    r"\s(?:any\s|the\s|further\s|prior\s|previous\s|to\s|of\s|a\s|yet\s)*(?:[\w/-]+\s(?:or|"
    r"and|nor)\s|[\w-]+\s?/\s?)?)$"
)
# "could switch to docetaxel later", "should he progress: capecitabine"
_ONLY_THOUGHT_OF = re.compile(
    r"\b(?:could|might|would|may (?:be|switch|start|get|receive|need|have)|should (?:he|she|"
    r"they|the|there)|if|in case|consider\w*|option\w*|alternative\w*|discuss\w*|propos\w+|"
    r"suggest\w*)\b(?! had)[^.;,\n]{0,40}$"
)
_NOT_GIVEN_AFTER = re.compile(
    r"^[\s,(:-]{0,3}(?:(?:was|were|is|has been|had been|"
    r"have been)\s)?(?:not\s(?:yet\s)?(?:been\s)?(?:given|used|received|available|started|"
    r"administered|affordable|added)|never\s(?:given|used|started|received|added)|declined|"
    r"refused|naive|-naive|"
    r"(?:will|would|may|might|could|should|can|to|is\sto|are\sto)\s(?:be|follow|start|"
    r"replace)(?![a-z])|allergy|not\sallowed|contraindicated|(?:none|no)(?:\s*$|[,.;)]))"
)
_ROLE_BEFORE = re.compile(
    r"(?:\bccrt|\bcrt\b|chemorad\w*|concurrent\w*|concomitant\w*|weekly|"
    r"(?<!neo)(?<!neo-)\badjuvant|maintenance|maint\b|maintained on|radiosensiti\w+|"
    r"\bwith (?:rt|imrt|radiotherapy|radiation))[\s:]{0,2}(?:with |on |of |using |chemo\w* |"
    r"therapy |treatment |low-dose |oral |iv |regimen |cycles? |\d+ |x |then )*$"
)
_ROLE_AFTER = re.compile(
    r"^[\s(]{0,2}(?:weekly|maintenance|maint\b|to maintain|as consolidation|(?:was |as |in |"
    r"for |given )*(?:the )?(?<!neo)(?:adjuvant\w*|maintenance|concurrent\w*|"
    r"concomitant\w*)|"
    r"(?:\+|and|with|-|concurrent with|during|alongside)\s?(?:the )?(?:rt|imrt|radio\w*|"
    r"radiation)\b|(?:-|\s)?based (?:ccrt|crt|chemorad))"
)
_THEN_SINGLE = re.compile(
    r"(?:then|followed by|followed with|continued (?:on|with)|later|>|->|switched to|"
    r"moved to|changed to)\s(?:oral\s|single[- ]agent\s|on\s)*$"
)
_MAINTENANCE_LIKE = frozenset({"capecitabine", "tegafur"})
_ANOTHER_TIME = re.compile(
    r"^[\s,(]{0,2}(?:in |for [\w\s]{0,20})?(?:19|20)[01]\d\b|^\sfor (?:breast|colon|lung|"
    r"gastric|ovarian|lymphoma|another|previous|arthritis|psoriasis|ectopic)"
)
_EXPRESSION = re.compile(
    r"^[\s:=(-]{0,3}(?:\+(?!\s?[a-z])|positive|pos\b|negative|neg\b|expression|tps|cps|ihc|"
    r"status|high\b|low\b|staining|tumou?r|score|[<>≥≤~]?\s?\d+(?:\.\d+)?\s?%|sp142|sp263|"
    r"22c3)"
)
_OR = re.compile(r"\s?(?:\bor\b|\bvs\.?\b|/|\?)\s?")
_TREATED_WITH = re.compile(
    r"(?:\+|plus|with|and|on|of|/|,|&|received|given|had|started|anti-?|x\s?\d|加|联合|"
    r"[a-z]p)\s?$"
)


@dataclass(frozen=True, slots=True)
class Given:
    """Drugs that stand in one place of the text. kind: chemotherapy, immunotherapy, targeted or maintenance."""

    names: tuple[str, ...]
    kind: str
    start: int
    end: int
    may_be: tuple[str, ...] = ()
    doublet: bool = False
    uncertain: bool = False


def find(doc: Doc, scene: Scene) -> Iterable[Mention]:
    """Mentions of the drugs, cycles, line and adequacy of the treatment."""
    named = drugs(scene)
    shortened = regimens(scene, named)
    everything = [
        *(Given((drug.name,), drug.group, drug.start, drug.end) for drug in named),
        *(Given(r.agents, CHEMOTHERAPY, r.start, r.end, r.may_be, r.doublet) for r in shortened),
    ]
    everything.sort(key=lambda given: given.start)
    runs = _combinations(scene, everything)
    kept = [given for item in everything if (given := _of_the_regimen(doc, scene, item, runs[id(item)])) is not None]
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
    yield from _immunotherapy(doc, scene, kept)
    targeted = [given for given in kept if given.kind == TARGETED]
    if targeted:
        yield from _stretches("other_agents", targeted)
    yield from cycles(doc, scene, [(given.kind, given.start, given.end) for given in kept])
    yield from _adequate(doc, scene)


def _of_the_regimen(doc: Doc, scene: Scene, item: Given, run: tuple[int, int]) -> Given | None:
    """The item as part of the regimen, or None where it was not given as such; ``run`` is its stretch of drugs."""
    start, end = item.start, item.end
    context = qualify(doc, start, end)
    if context.foreign or context.other_cancer or of_another_cancer(scene, start):
        return None
    cue = cue_at(doc, "planned", start, end)
    of_planned = cue is not None and re.search(
        r"(?:of|/)\s?(?:the\s|a\s)?\w+\s$", scene.low[max(0, cue.cue_start - 14) : cue.cue_start]
    )
    if cue is not None and not of_planned and not _GIVEN_BETWEEN.search(scene.low[min(cue.cue_end, start) : start]):
        return None
    ahead, behind = before(scene.text, start, 60), after(scene.text, end, 40)
    if _ONLY_THOUGHT_OF.search(ahead):
        return None
    if _NOT_GIVEN_BEFORE.search(ahead) or _NOT_GIVEN_AFTER.match(behind) or _ANOTHER_TIME.match(behind):
        return None
    first, last = run
    ahead, behind = before(scene.text, first, 60), after(scene.text, last, 40)
    if _ROLE_BEFORE.search(ahead) or _ROLE_AFTER.match(behind):
        if item.kind != IMMUNOTHERAPY:
            return None
        return Given(item.names, "maintenance", start, end)
    if (
        item.names
        and set(item.names) <= _MAINTENANCE_LIKE
        and _THEN_SINGLE.search(ahead)
        and (first, last) == (start, end)
    ):
        return None
    return Given(item.names, item.kind, start, end, item.may_be, item.doublet, _is_doubted(doc, scene, start, end))


def _is_doubted(doc: Doc, scene: Scene, start: int, end: int) -> bool:
    """Whether the drug itself is doubted; "possibly five cycles of GP" doubts the number only."""
    if scene.text[end : end + 1] == "?" or scene.text[max(0, start - 1) : start] == "?":
        return True
    cue = cue_at(doc, "uncertain", start, end)
    if cue is None:
        return False
    if cue.cue_end <= start:
        between = scene.low[cue.cue_end : start]
        return bool(
            re.fullmatch(
                r"\s?(?:(?:had|got|received|was|on|with|given|it|is|the|a|an|either|she|he|they|gave|"
                r"used|chemo|regimen)\s)*",
                between,
            )
        )
    return not re.search(r"[,;\d]", scene.text[end : max(end, cue.cue_start)])


def _combinations(scene: Scene, everything: list[Given]) -> dict[int, tuple[int, int]]:
    """For each item the stretch of drugs joined to each other ("weekly cisplatin and 5-FU") that it stands in."""
    runs: list[list[Given]] = []
    for item in everything:
        gap = scene.text[runs[-1][-1].end : item.start] if runs else ""
        if runs and len(gap) <= 24 and "," not in gap and JOINT.fullmatch(gap):
            runs[-1].append(item)
        else:
            runs.append([item])
    return {id(item): (run[0].start, run[-1].end) for run in runs for item in run}


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


def _stretches(fact: str, items: list[Given]) -> Iterator[Mention]:
    """One mention for each run of drugs that stand together; the reader unites them, a correction can drop one."""
    run: list[Given] = []
    for item in items:
        if run and item.start - run[-1].end > 6:
            yield _union(fact, run)
            run = []
        run.append(item)
    if run:
        yield _union(fact, run)


def _union(fact: str, items: list[Given]) -> Mention:
    """One mention of all the drugs of a run."""
    names = sorted({name for item in items for name in item.names})
    return Mention(fact, names, items[0].start, items[-1].end)


# ----------------------------------------------------------------------------------------------- chemotherapy


def _chemotherapy(scene: Scene, items: list[Given]) -> Iterator[Mention]:
    clear = [item for item in items if item.names]
    unclear = [item for item in items if not item.names]
    if clear:
        if pair := _alternatives(scene, clear):
            options = tuple(sorted({name for item in pair for name in item.names}))
            yield Mention("chemo_agents", None, pair[0].start, pair[1].end, _TEXT["either"], options, rank=2)
        elif all(item.uncertain for item in clear):
            options = tuple(sorted({name for item in clear for name in item.names}))
            yield Mention("chemo_agents", None, clear[0].start, clear[-1].end, _TEXT["uncertain"], options)
        else:
            yield from _stretches("chemo_agents", [item for item in clear if not item.uncertain])
        return
    for item in unclear:
        readings = " or ".join(item.may_be)
        words = scene.text[item.start : item.end]
        doubt = f"{words} can be {readings}; which drugs were given?"
        yield Mention("chemo_agents", None, item.start, item.end, doubt, item.may_be)
        if item.doublet:
            yield Mention("platinum_doublet", True, item.start, item.end)


def _alternatives(scene: Scene, items: list[Given]) -> tuple[Given, Given] | None:
    """Two drugs that the text names as alternatives ("cisplatin or carboplatin")."""
    for left, right in zip(items, items[1:], strict=False):
        if re.fullmatch(r"\s?(?:or|vs\.?|versus)\s", scene.low[left.end : right.start]):
            return left, right
    return None


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
        if _ROLE_BEFORE.search(ahead):
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


# ---------------------------------------------------------------------------------------------- immunotherapy


def _immunotherapy(doc: Doc, scene: Scene, kept: list[Given]) -> Iterator[Mention]:
    """Named antibodies; otherwise what the class words allow to say."""
    named = [item for item in kept if item.kind == IMMUNOTHERAPY]
    sure = [item for item in named if not item.uncertain]
    if pair := _alternatives(scene, named):
        options = tuple(sorted({name for item in pair for name in item.names}))
        yield Mention("io_agents", None, pair[0].start, pair[1].end, _TEXT["either"], options, rank=2)
    elif sure:
        yield from _stretches("io_agents", sure)
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
        if _NOT_GIVEN_BEFORE.search(ahead) or _NOT_GIVEN_AFTER.match(behind):
            if (
                hit.label in ("anti_pd1", "bare_pd1", "unclear")
                and not named
                and not re.search(r"\b(?:further|prior|previous|yet|more|other)\s$", ahead)
            ):
                yield Mention("anti_pd1", False, hit.start, hit.end)
        elif hit.label == "blinded":
            yield Mention("io_agents", None, hit.start, hit.end, _TEXT["blinded"], rank=2)
        elif hit.label in ("anti_pd1", "bare_pd1") and not context.uncertain and not _ROLE_AFTER.match(behind):
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
            or _NOT_GIVEN_BEFORE.search(before(scene.text, start, 60))
        ):
            continue
        doubt = _TEXT["unknown_drug"].format(words=scene.text[start:end])
        yield Mention("io_agents", None, start, end, doubt, rank=0 if any(g.kind == IMMUNOTHERAPY for g in kept) else 1)


# --------------------------------------------------------------------------------------------------- adequacy

_WORK = r"(?:therapy|treatment|chemo\w*|course|regimen|first[\s-]line(?:\s(?:therapy|treatment|chemo\w*))?|1l)"
_ADEQUATE = re.compile(
    rf"(?<![a-z])(?P<no>in|not\s(?:considered\s|judged\s|deemed\s|"
    rf"felt\sto\sbe\s)?)?adequate(?:ly)?\s(?:first[\s-]line\s|prior\s|systemic\s|"
    rf"systematic\s|1l\s)*(?:therapy|treatment|treated|chemo\w*|course)(?![a-z])"
    rf"|(?<![a-z]){_WORK}\s?(?:[:=|]\s?)?(?:(?:is|was|were|as|has|been|considered|judged|"
    rf"deemed|rated|found|called|to|be|being|clearly|fully|quite|felt|"
    rf"said)\s){{0,5}}(?P<no2>in|not\s(?:\w+\s)?)?adequate(?![a-z])"
    rf"|(?<![a-z])(?P<no5>(?:does\snot|doesn't|did\snot|didn't|"
    rf"not)\sconsider\s(?:[\w-]+\s){{1,7}}adequate|not\senough\s(?:\w+\s)?{_WORK}|"
    rf"insufficient\s(?:\w+\s)?{_WORK})(?![a-z])"
    rf"|(?<![a-z])(?P<no4>adequacy)(?:\sof\s(?:the\s)?{_WORK})?\s?[:=|]\s?(?:insufficient|inadequate|no\b|not)"
    rf"|"
    rf"(?<![a-z])(?P<no3>in)?adequacy\sof\s(?:the\s)?(?:\w+\s)?{_WORK}[^.;\n]{{0,14}}?(?:confirmed|"
    rf"accepted|agreed|yes|documented)(?![a-z])"
)
_ADEQUATE_NO = re.compile(
    r"^[\s,?]{0,3}(?:(?:per )?(?:the )?(?:pi|investigator)\s?)?(?:says\s|[:=|]|-)\s?(?:no\b|"
    r"not\b|n\b)"
)
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


def _adequate(doc: Doc, scene: Scene) -> Iterator[Mention]:
    """The investigator's judgement where the text gives it."""
    for match in _ADEQUATE.finditer(scene.low):
        context = qualify(doc, match.start(), match.end())
        if context.foreign or context.planned or context.other_cancer:
            continue
        denied = (
            match["no"] is not None
            or match["no2"] is not None
            or match["no3"] is not None
            or match["no4"] is not None
            or match["no5"] is not None
            or context.negated
        )
        denied = denied or bool(_ADEQUATE_NO.match(scene.low[match.end() : match.end() + 30]))
        doubted = context.uncertain and not re.match(
            r"^\s?\?\s?(?:pi|investigator|yes|no|y\b|n\b)", scene.low[match.end() : match.end() + 16]
        )
        if doubted:
            yield Mention(
                "therapy_adequate",
                None,
                *match.span(),
                "whether the therapy was adequate is given with a doubt",
                (True, False),
            )
        else:
            yield Mention("therapy_adequate", not denied, *match.span())


# ---------------------------------------------------------------------------------------------------- answers


def _answer_io(text: str, scene: Scene) -> Answer | None:
    bare = text.strip(" .,!()").lower()
    if re.fullmatch(r"none|no|nothing|no immuno\w*|chemo only|chemo alone|not given", bare):
        return Answer([])
    return None


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


def _answer_adequate(text: str, scene: Scene) -> Answer | None:
    """ "adequate", "the PI says it is" once the adequacy was asked for."""
    bare = text.strip(" .,!()").lower()
    if re.fullmatch(
        r"(?:in|not )adequate|insufficient|(?:the )?(?:pi|investigator|doctor|she|he)\s(?:says|"
        r"thinks|judges|said)\s(?:no|not|it (?:isn't|is not|was not|wasn't))",
        bare,
    ):
        return Answer(False)
    if re.fullmatch(
        r"(?:yes,? )?(?:it was |it is )?(?:adequate|sufficient|enough)(?: (?:per|according to|"
        r"says) (?:the )?(?:pi|investigator))?|(?:the )?(?:pi|investigator|doctor|she|"
        r"he)\s(?:says|thinks|judges|said|confirms|confirmed|agrees)(?:\s(?:so|yes|it is|it was|"
        r"that it (?:is|was)|it(?:'s)? adequate))?",
        bare,
    ):
        return Answer(True)
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
    "io_agents": _answer_io,
    "other_agents": _answer_other,
    "chemo_agents": _answer_chemo,
    "therapy_line": _answer_line,
    "therapy_adequate": _answer_adequate,
}
