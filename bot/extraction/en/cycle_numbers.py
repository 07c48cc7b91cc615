"""Cycles known by their number: "after C6", "C1-C6 done", "her sixth and last cycle", where no count is given."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from spacy.tokens import Doc

from bot.extraction.en.cycle_forms import CYCLE, number, ordinal_patterns
from bot.extraction.en.numbers import ordinal, small_number
from bot.extraction.en.terms import after, before
from bot.extraction.mention import Answer, Mention, Scene, if_any
from bot.extraction.qualifiers import qualify

FACT = "chemo_cycles"
HIGHEST = 30
# From a match to the mention of its number, or None where those cycles were not given to this patient.
Counted = Callable[["re.Match[str]"], "Mention | None"]


def by_number(doc: Doc, scene: Scene, chemo: bool, counted: Counted) -> Iterator[Mention]:
    """ "after C6", "completed C4": the number of the last cycle, where nothing else gives the count."""
    found = [
        match
        for match in re.finditer(
            r"(?<![a-z])(?:after|completed|finished|post|following|through|received|had|"
            r"done)[\s-](?:cycle\s?|c)(?P<low>\d{1,2})(?![a-z0-9])|"
            r"(?<![a-z])c(?P<low2>\d{1,2})\s(?:completed|done|finished|given)",
            scene.low,
        )
        if not re.match(r"^\s?(?:vertebra|fracture|lesion|level|spine|body|/|-)", after(scene.text, match.end(), 12))
    ]
    yield from (mention for mention in _by_ordinal(doc, scene, chemo, counted))
    if not found or not (
        chemo
        or re.search(r"chemo|cycle|platin|limab|lizumab|\bgp\b|\bpr\b|\bcr\b|\bsd\b|\bpd\b|regimen|response", scene.low)
    ):
        return
    last = max(found, key=lambda match: int(match["low"] or match["low2"]))
    yield from if_any(counted(last))


_GIVEN_ORDINAL_BEFORE = re.compile(
    r"(?<![a-z])(?:(?:received|had|got|completed|finished|given|done|took)\s|"
    r"(?:stopp\w*|discontinu\w*|ended|finished|ceased)[^.;,]{0,30}\safter\s)(?:the\s|his\s|her\s|their\s|a\s)*$"
)
_GIVEN_ORDINAL_BEHIND = re.compile(
    r"(?:\s(?:of\s[\w/+ -]{1,30}?))?[\s,(]{1,2}(?:was\s|has\sbeen\s|is\s|day\s\d{1,2}\s)*(?:given|completed|"
    r"done|finished|received|administered|over|on\s\d|\d{1,2}\s(?:jan|feb|mar|apr|may|jun|jul|"
    r"aug|sep|oct|nov|dec)|in\s(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|ended|last\s(?:week|month))"
)
_NOT_GIVEN_ORDINAL = re.compile(
    r"(?<![a-z])(?:before|prior\sto|until|from|at|during|in|of|for|skipp\w*|omit\w*|missed|abandon\w*|"
    r"declin\w*|refus\w*|due|next|"
    r"plan\w*|start\w*|without|no|not|instead\sof|awaiting|add\w*|with|halfway|mid)\s(?:the\s|his\s|her\s|a\s)*$"
)


def _by_ordinal(doc: Doc, scene: Scene, chemo: bool, counted: Counted) -> Iterator[Mention]:
    """ "Received her sixth and last cycle", "C1-C6 done": only cycles that are said to be given, of chemotherapy."""
    by_ordinal, span = ordinal_patterns()
    for match in by_ordinal.finditer(scene.low):
        ahead, behind = before(scene.text, match.start(), 60), after(scene.text, match.end(), 60)
        number_said = ordinal(match["ordinal"])
        sure = (
            re.search(r"last|final", match.group())
            or _GIVEN_ORDINAL_BEFORE.search(ahead)
            or _GIVEN_ORDINAL_BEHIND.match(behind)
        )
        if number_said is None or number_said < 2 or not sure or _NOT_GIVEN_ORDINAL.search(ahead):
            continue
        if re.match(
            r"\s(?:was|is|has\sbeen)\s(?:not|never|skipp|omit|cancel|abandon|defer|delay|postpon|plan|due|pend)", behind
        ):
            continue
        if re.match(r"\sof\s(?:(?:the|his|her)\s)?(?:menstr|ivf|antib|steroid|physio|rt|radio|\w+mab)", behind):
            continue
        if qualify(doc, match.start(), match.end()).plain:
            yield Mention(FACT, number_said, match.start(), match.end())
    if chemo:
        for match in span.finditer(scene.low):
            yield from if_any(counted(match))


def answer_cycles(text: str, scene: Scene) -> Answer | None:
    """ "All six", "six given", "4 of 6", "up to C5" once the number was asked for."""
    n = number()
    match = re.fullmatch(
        rf"(?:(?:he|she|they|pt|it)\s)?(?:had|has had|got|completed|received|finished|done|was|given|"
        rf"(?:was\s)?stopped\safter)?\s?(?:all\s|the\sfull\s|up\sto\s|through\s|until\s|total\s(?:of\s)?)*"
        rf"(?:c\s?|cycles?\s)?(?P<low>{n})(?:\s?(?:/|of|"
        rf"out\sof)\s?(?:the\s)?(?:planned\s)?{n}(?:\splanned)?)?\s?(?:of\sthem\s?)?"
        rf"(?:full\sones?\s?|full\s)?(?:{CYCLE}\s?)?(?:(?:were\s|was\s)?(?:given|completed|done|finished|"
        rf"received|so\sfar|in\sall|in\stotal|altogether)\s?)*",
        text.strip(" .,!()").lower(),
    )
    count = small_number(match["low"]) if match else None
    return Answer(count) if count is not None and count <= HIGHEST else None
