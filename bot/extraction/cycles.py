"""Cycles of the chemotherapy that were given. Doses of an antibody, planned cycles and vertebra C6 are none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc

from bot.extraction.drugs import CHEMOTHERAPY, IMMUNOTHERAPY, JOINT
from bot.extraction.mention import Mention, Scene
from bot.extraction.numbers import number_words, small_number
from bot.extraction.qualifiers import cue_at, qualify
from bot.extraction.terms import after, before

FACT = "chemo_cycles"
_HIGHEST = 30
_CYCLE = r"(?:cycles?|cyc|cycl|courses?|cys?|rounds?|#|疗程|周期|个周期|个疗程)"
_TEXT = {
    "range": "the number of cycles is a range; how many were given?",
    "open": "the number of cycles is only a limit; how many were given?",
    "sum": "cycles are given for two parts of the chemotherapy; how many were there in all?",
    "doubt": "the number of cycles is given with a doubt",
}
_Place = tuple[str, int, int]  # kind of drug, start, end


def _number() -> str:
    return rf"(?:\d{{1,2}}|{number_words()})"


def _stretches(scene: Scene, given: list[_Place]) -> list[tuple[set[str], int, int]]:
    """Drugs that are joined to each other, with the kinds in each stretch."""
    found: list[tuple[set[str], int, int]] = []
    for kind, start, end in given:
        if found and start - found[-1][2] <= 24 and JOINT.fullmatch(scene.text[found[-1][2] : start]):
            found[-1] = (found[-1][0] | {kind}, found[-1][1], end)
        else:
            found.append(({kind}, start, end))
    return found


def cycles(doc: Doc, scene: Scene, given: list[_Place]) -> Iterator[Mention]:
    """The mention of ``chemo_cycles``; ``given`` are the drugs of the regimen (kind, start, end)."""
    counts = [*_beside_drugs(doc, scene, given)]
    taken = [(count.start, count.end) for count in counts]
    counts.extend(
        count
        for count in _on_their_own(doc, scene)
        if not any(count.start < end and start < count.end for start, end in taken) and not _near_antibody(scene, given, count)
    )
    if not counts:
        counts = list(_by_number(doc, scene))
    values = {count.value for count in counts if count.value is not None}
    if len(values) > 1 and re.search(r"\b(?:then|switch\w*|followed|changed|and)\b|>|\+", scene.low[counts[0].end : counts[-1].start]):
        whole = sum(int(str(value)) for value in values)
        yield Mention(FACT, None, counts[0].start, counts[-1].end, _TEXT["sum"], (*sorted(values, key=str), whole), rank=1)
        return
    yield from counts


def _mention(doc: Doc, scene: Scene, match: re.Match[str], start: int, end: int) -> Mention | None:
    """A count as a mention, or None where the cycles were not given to this patient."""
    context = qualify(doc, match.start(), match.end())
    if context.foreign or context.other_cancer:
        return None
    cue = cue_at(doc, "planned", match.start(), match.end())
    done_of = match.groupdict().get("of") is not None
    if cue is not None and not done_of and not re.search(r"\b(?:after|completed|received|finished|had|following|post)\b", scene.low[min(cue.cue_end, match.start()) : match.start()]):
        return None
    low, high = small_number(match["low"]), match.groupdict().get("high")
    if low is None or low > _HIGHEST:
        return None
    if context.negated and low != 0:
        return None
    ahead = before(scene.text, match.start("low"), 16)
    if re.search(r"(?:>|<|≥|≤|more than|less than|at least|up to|over|at most|minimum)\s?(?:of\s)?$", ahead):
        return Mention(FACT, None, start, end, _TEXT["open"])
    if high is not None:
        top = small_number(high)
        return Mention(FACT, None, start, end, _TEXT["range"], (low, top)) if top != low else Mention(FACT, low, start, end)
    cue = cue_at(doc, "uncertain", match.start(), match.end())
    if scene.text[match.end() : match.end() + 1] == "?" or cue is not None and match.start("low") - 4 <= cue.cue_end <= match.start("low"):
        return Mention(FACT, None, start, end, _TEXT["doubt"], (low,))
    return Mention(FACT, low, start, end)


def _beside_drugs(doc: Doc, scene: Scene, given: list[_Place]) -> Iterator[Mention]:
    """ "GP x6", "GP + tori 4 cycles", "6 cycles of gemcitabine/cisplatin"."""
    number = _number()
    behind = re.compile(
        rf"[\s,:(]{{0,3}}(?:for |q\d?\s?w |q\d+d |q3w |regimen[\s,]{{1,2}}|chemo\w*[\s,]{{1,2}}|protocol[\s,]{{1,2}}|iv |\d{{2,4}} ?(?:mg\S* )?|[+] ?immuno\w* |[+] ?pd-?1\S* (?:mab |inhibitor |antibody )?|induction |was |given |were |completed |a total of |total of |every (?:3|three) weeks |doublet |treatment |\w+ ?mg\S* |方案|化疗)*[(,]?\s?"
        rf"(?:[x*]\s?(?P<low>{number})(?:\s?[-/]\s?(?P<high>{number}))?(?:\s?{_CYCLE})?|(?P<low2>{number})(?:\s?(?P<of>/|of|out of)\s?(?:a |the )?(?:planned )?{number})?(?:\s?(?:-|to)\s?(?P<high2>{number}))?[\s-]?(?:planned )?(?:{_CYCLE}|x(?!\d)|c(?![a-z0-9])))(?![a-z0-9])(?!\s?(?:mg|auc|doses))"
    )
    ahead = re.compile(
        rf"(?<![\w.-])(?P<low>{number})(?:\s?(?P<of>/|of|out of)\s?(?:a |the )?(?:planned )?{number})?(?:\s?(?:-|to)\s?(?P<high>{number}))?[\s-]?(?:{_CYCLE}|x|c(?=\s))\s?"
        rf"(?:(?:of|with|the|induction|first-line|1l|palliative|iv|chemo\w*|standard|platinum\w*|doublet|full-dose|combination|systemic|combined|completed|received|regimen|first|line)[\s:,(-]{{1,2}}){{0,6}}$"
    )
    for kinds, start, end in _stretches(scene, given):
        if CHEMOTHERAPY not in kinds:
            continue
        found = behind.match(scene.low, end)
        if found:
            yield from _some(_mention(doc, scene, _Alias(found), start, found.end()))
            continue
        window = max(0, start - 70)
        before_it = ahead.search(scene.low[window:start])
        if before_it:
            shifted = _Alias(before_it, window)
            yield from _some(_mention(doc, scene, shifted, shifted.start(), end))


def _some(mention: Mention | None) -> Iterator[Mention]:
    if mention is not None:
        yield mention


class _Alias(re.Match if False else object):  # type: ignore[misc]
    """A match whose offsets are shifted and whose second spellings of a group stand in for the first."""

    def __init__(self, match: re.Match[str], shift: int = 0) -> None:
        self._match, self._shift = match, shift

    def _name(self, name: str) -> str:
        groups = self._match.groupdict()
        return f"{name}2" if groups.get(name) is None and f"{name}2" in groups else name

    def __getitem__(self, name: str) -> str:
        return self._match[self._name(name)]

    def groupdict(self) -> dict[str, str | None]:
        return {name: self._match.groupdict().get(self._name(name)) for name in ("low", "high", "of")}

    def start(self, name: str | int = 0) -> int:
        return self._shift + self._match.start(self._name(name) if isinstance(name, str) else name)

    def end(self) -> int:
        return self._shift + self._match.end()


def _on_their_own(doc: Doc, scene: Scene) -> Iterator[Mention]:
    """ "6 cycles of chemo", "chemo x6", "IC x3", "cycles: 6", "completed 4/6 cycles"."""
    number = _number()
    patterns = (
        rf"(?<![\w.-])(?P<low>{number})(?:\s?(?P<of>/|of|out of)\s?(?:a |the )?(?:planned )?{number})?(?:\s?(?:-|to)\s?(?P<high>{number}))?[\s-](?:planned\s|full\s|complete\s)?(?:{_CYCLE})(?![a-z])",
        rf"(?<![a-z])(?:chemo\w*|chemotherapy|ic|induction|doublet)\s?[:,(]?\s?(?:x|\*)\s?(?P<low>{number})(?:\s?-\s?(?P<high>{number}))?(?![\w.])",
        rf"(?<![a-z])(?:number of |no\.? of |total )?(?:chemo\w* )?(?:cycles|courses)(?: (?:given|received|completed|done|so far|of chemo\w*))?\s?(?:[:=]|was|were)\s?(?P<low>{number})(?:\s?-\s?(?P<high>{number}))?(?![\w./])",
        rf"(?P<low>\d{{1,2}}|[一二三四五六七八])\s?(?:个)?(?:周期|疗程)",
    )
    for pattern in patterns:
        for match in re.finditer(pattern, scene.low):
            behind, ahead = after(scene.text, match.end(), 30), before(scene.text, match.start(), 30)
            if re.match(r"^\s?(?:of\s)?(?:maintenance|concurrent|adjuvant|rt\b|radio|capecitabine|pd-?1|anti|immuno|menstr|ivf|planned|to go|remaining|left|later|scheduled|ago|per\b|apart|interval|delay)", behind):
                continue
            if re.search(r"(?:menstrual|maintenance|concurrent|adjuvant|every|next|another|further|remaining|pd-?1|limab|lizumab|last|plan\w*(?: for)?|than)\s(?:\w+\s)?$", ahead):
                continue
            yield from _some(_mention(doc, scene, match, match.start(), match.end()))


def _near_antibody(scene: Scene, given: list[_Place], count: Mention) -> bool:
    """Whether a count belongs to an antibody alone ("6 cycles of toripalimab", "tori 8 cycles")."""
    for kinds, start, end in _stretches(scene, given):
        if CHEMOTHERAPY in kinds or IMMUNOTHERAPY not in kinds:
            continue
        if re.fullmatch(r"\s?(?:of|with)?\s?", scene.low[count.end : start]) or re.fullmatch(r"[\s,(:x*]{0,3}(?:for |q3w )?", scene.low[end : count.start]):
            return True
    return False


def _by_number(doc: Doc, scene: Scene) -> Iterator[Mention]:
    """ "after C6", "completed C4": the number of the last cycle, where nothing else gives the count."""
    found = [
        match
        for match in re.finditer(
            r"(?<![a-z])(?:after|completed|finished|post|following|through|received|had|done)[\s-](?:cycle\s?|c)(?P<low>\d{1,2})(?![a-z0-9])|(?<![a-z])c(?P<low2>\d{1,2})\s(?:completed|done|finished|given)", scene.low
        )
        if not re.match(r"^\s?(?:vertebra|fracture|lesion|level|spine|body|/|-)", after(scene.text, match.end(), 12))
    ]
    if not found or not re.search(r"chemo|cycle|platin|limab|lizumab|\bgp\b|\bpr\b|\bcr\b|\bsd\b|\bpd\b|regimen|response", scene.low):
        return
    last = max(found, key=lambda match: int(match["low"] or match["low2"]))
    yield from _some(_mention(doc, scene, _Alias(last), last.start(), last.end()))  # type: ignore[arg-type]
