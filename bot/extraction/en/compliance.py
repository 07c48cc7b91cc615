"""Whether the candidate is willing and able to follow visits, treatment plan and tests: two facts, never one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from spacy.tokens import Doc

from bot.extraction.layout import sentence_at
from bot.extraction.lexicon import words_pattern
from bot.extraction.mention import Mention, Scene
from bot.extraction.qualifiers import qualify


@cache
def _list(language: str, section: str, key: str) -> re.Pattern[str]:
    return words_pattern(language, "person", section, key)


_TARGET = 60


def find(doc: Doc, scene: Scene) -> Iterator[Mention]:
    """willing and able, where they are said of the study's plan; an obstacle makes "able" a question."""
    together = list(_BOTH.finditer(scene.low))
    for match in together:
        yield from _both(doc, scene, match)
    taken = [match.span() for match in together]
    for fact, yes, no in (("willing", "willing", "unwilling"), ("able", "able", "unable")):
        yield from _one_side(doc, scene, fact, yes, no, taken)
    yield from _will_do(doc, scene)
    for match in _IMPOSSIBLE.finditer(scene.low):
        if not qualify(doc, *match.span()).foreign:
            yield Mention("able", False, *match.span(), rank=1)
            return
    if not _UNABLE.search(scene.low):
        yield from _obstacles(doc, scene)


def _both(doc: Doc, scene: Scene, match: re.Match[str]) -> Iterator[Mention]:
    """ "Willing and able", "willing but not able" and the like, in one breath."""
    start, end = match.span()
    meant = qualify(doc, start, end)
    if meant.foreign or not _about_plan(scene, start, end, bare=True):
        return
    if meant.uncertain:
        for fact in ("willing", "able"):
            yield Mention(fact, None, start, end, "This is said with doubt.", (True, False))
        return
    negated = (meant.negated and not match["not"]) or bool(_LABEL_NO.match(scene.low, end))
    yield Mention("willing", not (match["not"] or negated), start, end)
    yield Mention("able", not (match["not2"] or negated), start, end)


def _obstacles(doc: Doc, scene: Scene) -> Iterator[Mention]:
    """Distance, transport, "may miss visits": not a no, but a question."""
    for match in _list("en", "compliance", "obstacles").finditer(scene.low):
        start, end = match.span()
        meant = qualify(doc, start, end)
        if meant.foreign or meant.negated:
            continue
        _, stop = sentence_at(doc, start)
        of_visits = re.search(r"visit|appoint|schedul|follow|attend|come|able", scene.low[start:stop])
        if match.group().startswith(("may", "might", "could")) and not of_visits:
            continue
        reason = f'"{scene.text[start:end]}": is the candidate able to follow the plan?'
        yield Mention("able", None, start, end, reason, (True, False), rank=1)


_EXCEPT = re.compile(
    r"[^.;\n]{0,60}?(?<![a-z])(?:except|apart from|aside from|other than|as long as|"
    r"provided|unless)(?![a-z])"
)
_BOTH = re.compile(
    r"(?<![a-z])(?P<not>un|not\s)?willing\s(?:and|&|/|and also)\s(?P<not2>un|not\s)?able(?![a-z])|"
    r"(?<![a-z])able\s(?:and|&)\swilling(?![a-z])"
)
_LABEL_NO = re.compile(r"[^.,;\n]{0,30}?[:=?]\s?(?:no|n|none|nil|neither)(?=\s*(?:$|[,.;)\n]))")
_UNABLE = re.compile(r"(?<![a-z])(?:unable|cannot|can't|not able|incapable)(?![a-z])")
_NO_PROBLEM = re.compile(
    r"(?<![a-z])no (?:problems?|difficult(?:y|ies)|trouble|issues?) (?:with |in |to )?"
    r"(?:following|follow|attending|attend|complying|comply|coming|come|keeping|keep|travel|getting|"
    r"the (?:visits|schedule))"
)
_WANTS_TO = re.compile(r"(?<![a-z])(?:wants|agrees|happy|keen|willing|ready|glad) to\s*(?=[.;,\n]|$)")
_IMPOSSIBLE = re.compile(
    r"(?<![a-z])(?:visits?|appointments?|travel(?:ling)?|coming|attendance|follow-?up)\s(?:is|are|"
    r"would be|will be)\s"
    r"(?:impossible|not possible|not feasible|unfeasible)|"
    r"impossible (?:for (?:him|her|the patient|pt) )?to (?:attend|come|travel|follow|visit)"
)
_DOUBTFUL = re.compile(
    r"(?<![a-z])(?:compliance|adherence|cooperation|attendance)\s(?:is\s|may be\s|"
    r"remains\s|seems\s)?(?:doubtful|questionable|poor|uncertain|in doubt|unclear|a "
    r"(?:problem|worry|concern)|limited|unreliable)|"
    r"(?<![a-z])(?:unsure|not sure|worried|concerned|anxious|doubts?)\s(?:about|whether|if)\s[^.;\n]{0,"
    r"25}?(?:travel|visits?|attend|schedule)"
)
_WILL = re.compile(
    r"(?<![a-z])(?:will|he'll|she'll|they'll|promises? to|promised to)\s(?:also\s|"
    r"gladly\s|happily\s)?(?:do|come|attend|follow|comply|keep|adhere|stick|cooperate|"
    r"turn up)(?![a-z])"
)
_YES_YES = re.compile(
    r"(?<![a-z])(?:w\s?/\s?a|willing\s?(?:/|and|&)\s?able)(?![a-z])[^.;\n]{0,"
    r"40}?[:=]\s?(?P<w>yes|y|no|n)\s?/\s?(?P<a>yes|y|no|n)(?![a-z])"
)


def _will_do(doc: Doc, scene: Scene) -> Iterator[Mention]:
    """ "will come to all visits" is willing; "compliance doubtful" is a question; "W/A: yes/yes" is both."""
    low = scene.low
    for match in _YES_YES.finditer(low):
        yield Mention("willing", match["w"].startswith("y"), *match.span())
        yield Mention("able", match["a"].startswith("y"), *match.span())
    for match in _WILL.finditer(low):
        meant = qualify(doc, match.start(), match.end())
        if (
            meant.foreign
            or meant.negated
            or meant.uncertain
            or (
                not re.search(
                    r"(?<![a-z])(?:his|her|the)\s(?:gp|family|"
                    r"wife)",
                    low[match.end() : match.end() + 1] or "",
                )
                and not _plan_word(scene, match.end())
            )
        ):
            continue
        yield Mention("willing", True, *match.span())
    for match in _NO_PROBLEM.finditer(low):
        if not qualify(doc, *match.span()).foreign:
            yield Mention("able", True, *match.span())
    if _list("en", "compliance", "follow").search(low):
        for match in _WANTS_TO.finditer(low):
            if qualify(doc, *match.span()).plain:
                yield Mention("willing", True, *match.span())
    for match in _DOUBTFUL.finditer(low):
        if not qualify(doc, *match.span()).foreign:
            yield Mention(
                "able",
                None,
                *match.span(),
                "Is the candidate able to follow the plan?",
                (True, False),
                rank=1,
            )


def _plan_word(scene: Scene, end: int) -> bool:
    return bool(
        re.match(
            r"[^.;\n]{0,40}?(?<![a-z])(?:visits?|appointments?|schedule|protocol|plan|"
            r"tests|procedures|everything|all|requirements|instructions|study|trial)(?![a-z])",
            scene.low[end : end + 60],
        )
    )


def _one_side(doc: Doc, scene: Scene, fact: str, yes: str, no: str, taken: list[tuple[int, int]]) -> Iterator[Mention]:
    low = scene.low
    refused: list[tuple[int, int]] = []
    for key, value in ((no, False), (yes, True)):
        for match in _list("en", "compliance", key).finditer(low):
            start, end = match.span()
            if any(a <= start < b for a, b in [*taken, *refused]):
                continue
            refused.append((start, end))
            meant = qualify(doc, start, end)
            if meant.foreign or not _about_plan(
                scene,
                start,
                end,
                bare=match.group() in ("willing", "able", "unwilling", "unable", "not willing", "not able", "愿意"),
            ):
                continue
            if meant.uncertain:
                yield Mention(fact, None, start, end, "This is said with doubt.", (True, False))
                continue
            if not value and meant.negated:
                yield Mention(fact, None, start, end, "A refusal is denied: is it a yes?", (True, False))
                continue
            if value and _EXCEPT.match(scene.low, end):
                yield Mention(fact, None, start, end, "Something is excepted: is it a yes?", (True, False), rank=1)
                continue
            said_no = re.match(r"\s?[:=]?\s?(?:no|n)(?![a-z])", low[end:])
            if value and (meant.negated or said_no):
                yield Mention(fact, False, start, end, rank=1)
            elif not (meant.historical and not value):
                yield Mention(fact, value, start, end, rank=0 if value else 1)


def _about_plan(scene: Scene, start: int, end: int, bare: bool) -> bool:
    """Whether the words speak of the study's visits, treatment or tests, not of contraception or signing."""
    low = scene.low
    stop = re.search(r"[.;\n]|(?<![a-z])but(?![a-z])", low[end : end + _TARGET])
    words = low[end : end + (stop.start() if stop else _TARGET)]
    if re.match(r"\s?(?:to|for)?\s?(?:use|using|accept|take (?!part)|practi[sc]e|sign|work|walk|eat|"
                r"care|self|perform|carry|climb|swallow|lie|drive|speak|read|"
                r"contracep|birth|with condoms|conceive|become|get pregnant|have children|no longer|be "
                r"(?:treated|evaluated|assessed) (?:by|as))", words.strip()):  # fmt: skip
        return False
    if re.search(r"contracep|birth control|condom|abstain|abstinen|(?<![a-z])(?:pill|iud|coil)(?![a-z])", words):
        return False
    if _list("en", "compliance", "follow").search(words):
        return True
    return bare and (
        not words.strip(" ,.!")
        or bool(
            re.match(
                r"\s*(?:,|and\b|/|$|;|[:=]?\s?(?:yes|y|"
                r"ok|no|n)\b|\s?(?:al)?though\b)",
                words,
            )
        )
    )
