"""Performance status: ECOG under its many names, Karnofsky as a note."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from spacy.tokens import Doc

from bot.extraction.en.numbers import number_words, small_number
from bot.extraction.lexicon import alternation, lexicon
from bot.extraction.mention import Mention, Scene
from bot.extraction.qualifiers import qualify
from bot.extraction.quick import quick

_OLD = quick(
    r"\b(?:when\s(?:admitted|diagnosed|first|referred|he\swas|she\swas)|on\s(?:admission|presentation|arrival|referral)|at\s(?:diagnosis|dx|presentation|baseline|first|admission|the\s(?:start|"
    r"beginning))|before|initially|baseline|previously|prior|originally|\d+\s(?:weeks|months|"
    r"years)\sago|in\s(?:january|february|march|april|may|june|july|august|september|october|november|"
    r"december)|last\s(?:month|"
    r"year|visit)|pre-?treatment|was|then(?=\s*$))\b"
)
_NEW = quick(
    r"\b(?:now|currently|today|at present|this week|at the moment|latest|most recent|"
    r"current)\b"
)
_THEN = quick(
    r"[^.;\n\d]{0,40}?\b(?:(?:now|currently|current|latest|today|improved|improving|worsened|deteriorated|dropped|"
    r"came down|went|back|risen|rose|fell|down|up)"
    r"\s(?:is\s|it'?s\s|at\s|to\s|down to\s|up to\s|back to\s)?(?P<a>[0-5])(?![\d%]|\.\d|\s?(?:cycles|"
    r"lesions|mets|gy|mg|"
    r"years|y/o|yo|weeks|months))|(?P<c>[0-5])"
    r"\s(?:now|today|currently|at\s(?:present|screening|consent|discharge)|this\s(?:week|morning|visit)|(?:on|when|before)\s(?:leaving|discharge[d]?)|"
    r"after\s(?:chemo\w*|treatment|therapy))\b)"
)
_BUT = quick(
    r"[\s,;-]*(?:but|it'?s|it is|is|rather|actually|should be|now)\s(?:it'?s\s|it is\s|"
    r"actually\s)?(?:ecog\s)?(?P<b>[0-5])(?!\d|\.\d)"
)
# "Was ECOG 0 or 1? It was 0."
_ANSWERED = quick(
    r"[^?.\n]{0,20}\?\s{0,2}(?:it\s(?:was|is)\s|it's\s|answer:?\s|-\s?)?(?P<a>[0-5])(?=\s*(?:$|[.,;!\n]))"
)
_LABELLED_THEN = quick(r"\s(?:at|on)\s(?:the\s)?(?:diagnosis|presentation|admission|arrival)(?![a-z])")
_NOT = quick(r"(?<![a-z])(?:not|isn't|isnt|wasn't)(?![a-z])")
_ROUGH = quick(r"about|around|probably|maybe|approx|roughly|~|likely|possibly")
# "ECOG 1 by Dr Lee, 2 by the nurse": two people, two grades
_SECOND_RATER = quick(
    r"[^.;\n\d]{0,30}[,/]\s?(?:and\s|but\s)?(?P<o>[0-5])\s(?:by|per|according\sto|from|for)\s(?:the\s|dr|prof|[a-z]+)"
)
_CHANGE = quick(r"from|improved|worsened|declined|dropped|went")
_SPREAD = quick(r"anywhere|between|ranging|somewhere")
_THEN_SIGNS = (">", "->", "-->", "now", "then", "currently", "today")
_SCALE_ENDS = (4, 5)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


@cache
def _patterns(language: str) -> dict[str, re.Pattern[str]]:
    content = lexicon(language)["person"]["performance"]
    number = rf"(?:[<>≤≥?]=?\s?)?(?:\d{{1,3}}(?:\.\d)?|{number_words(language)})"
    follow = (
        r"(?:\s?(?P<sep>-{1,2}>|>|-|to|or|/|and|~|,?\snow|,?\sthen|,?\scurrently|\(now|,?\stoday)"
        rf"\s?(?P<b>\d{{1,3}}(?![\d.]?\d)|(?:{number_words(language)})(?![a-z])))?"
    )
    value = rf"(?P<a>{number})(?![\d]|\.\d|[a-z]){follow}"
    scale = alternation(content["scale"])
    short = alternation(content["short"])
    kps = alternation(content["kps"])
    # in a pasted chat the answer stands in the next turn: "ecog" / "Jo: 1"
    turn = r"(?:\??\s?\n(?:\[[\d: ]{4,10}\]\s?)?[a-z][a-z .()]{0,18}:\s)?"
    when = (
        r"(?:\s(?:at|on)\s(?:the\s)?"
        r"(?:diagnosis|presentation|screening|baseline|admission|consent|enrol\w+|study entry|entry))?"
    )
    link = rf"{turn}{when}[\s:=()\[\]\"'*-]{{0,30}}(?:(?:{alternation(content['link'])})[\s:=()-]{{0,3}}){{0,6}}"
    return {
        "ecog": quick(rf"(?<![a-z])(?:{scale}){link}{value}"),
        "roman": quick(rf"(?<![a-z])(?:{scale})[\s:=-]{{1,2}}(?P<a>i{{1,3}}|iv)(?=\s*(?:$|[,"
                            r";.)\n]|and\s))"),
        "equals": quick(rf"(?<![a-z])(?:{scale})[\s:]{{1,2}}[a-z ,]{{3,40}}=\s?(?P<a>[0-5])(?![\d])"),
        "after": quick(rf"(?<![a-z0-9.])(?P<a>[0-9]|{number_words(language)})\s(?:on|by|in|"
                            rf"for)\s(?:the\s)?(?:{scale})(?![a-z])"),
        "short": quick(
            rf"(?<![a-z.])(?:{short})\s?[:=-]?\s?(?:from\s(?:the\s)?\w+\s|"
            r"per\s(?:the\s)?\w+\s)?(?:is\s|of\s|was\s|score\s|now\s|currently\s|remains\s|still\s|"
            rf"today\s|stays\s|went\s|gone\s|up\s|down\s|to\s|improved\s|dropped\s|worsened\s|from\s|back\s){{0,5}}{value}"
            r"(?!\s?(?:more|other|question|thing|note|of|x|point|last|patient|pt|drug|lesion|new|extra|"
            r"additional|things|notes|months?|weeks?|days?|years?|cycles?|gy|mg|kg)(?![a-z])|\s(?!is|"
            r"was|has|this|plus|as\s)[a-z]{3,}s(?![a-z]))"
        ),
        "who": quick(r"(?<![a-z])who\s?[:=-]?\s?(?P<a>[0-4])(?![\d.]|[a-z]|\s?(?:type|class|"
                          r"tumou?r|grade\s?[12]|histolog))"),
        "kps": quick(rf"(?<![a-z])(?:{kps}){link}{value}\s?%?"),
    }  # fmt: skip


def find(doc: Doc, scene: Scene) -> Iterator[Mention]:
    """ecog and kps. "ECOG 2 at diagnosis, now 1" is 1; "0-1" is asked about; "WHO 1" alone may be the histology."""
    patterns = _patterns("en")
    karnofsky = list(patterns["kps"].finditer(scene.low))
    taken = [match.span() for match in karnofsky]
    for name in ("ecog", "roman", "equals", "after", "short"):
        for match in patterns[name].finditer(scene.low):
            start, end = match.span()
            if any(a < end and start < b for a, b in taken):
                continue
            if name == "short" and scene.low[start:end].startswith("ps:") and not _is_status(scene, start):
                continue
            taken.append((start, end))
            yield from _ecog(doc, scene, match)
    for match in patterns["who"].finditer(scene.low):
        start, end = match.span()
        if any(a < end and start < b for a, b in taken):
            continue
        meant = qualify(doc, start, end)
        if meant.foreign:
            continue
        value = int(match["a"])
        if scene.asked == "ecog":
            yield Mention("ecog", value, start, end)
        elif scene.asked != "histology":
            yield Mention("ecog", None, start, end, f'"{scene.text[start:end]}" can be the performance '
                                                    'status or the '
                          "histological type.", (value,))  # fmt: skip
    for match in karnofsky:
        yield from _kps(doc, scene, match)


def _is_status(scene: Scene, start: int) -> bool:
    """ "PS: 1" at the end of a letter may be a postscript; a lone "PS: 1" line or a list of values is not."""
    return bool(re.match(r"ps:\s?[0-5]\s?(?:$|[,;.\n)])", scene.low[start:]))


def _ecog(doc: Doc, scene: Scene, match: re.Match[str]) -> Iterator[Mention]:
    """What one naming of the scale with its grade says: a grade, a change, a range, or a doubt."""
    start, end = match.span()
    meant = qualify(doc, start, end)
    if meant.question and not meant.quoted_protocol:
        told = _ANSWERED.match(scene.low, end)
        if told is not None:
            yield Mention("ecog", int(told["a"]), told.start("a"), told.end("a"))
    if meant.foreign:
        return
    if meant.negated or _NOT.search(match.group()):
        new = _BUT.match(scene.low, end)
        if new:
            yield Mention("ecog", _grade(new["b"]), new.start("b"), new.end("b"), corrected=True)
        return
    words, rank = scene.text[start:end], _recency(scene, match)
    first, value = match["a"], _grade(match["a"])
    if first.startswith("?"):
        yield Mention("ecog", None, start, end, f'"{words}" is said with doubt.', rank=rank)
    elif re.match(r"[<>≤≥]", first):
        options = (0, 1) if re.fullmatch(r"(?:<=|≤)\s?1|<\s?2", first) else ()
        yield Mention("ecog", None, start, end, f'"{words}" is a range; one grade is needed.', options, rank=rank)
    elif value is None:
        return
    elif match.groupdict().get("b") is not None:
        yield _two_grades(scene, match, value, rank)
    elif meant.uncertain or _ROUGH.search(match.group()):
        yield Mention("ecog", None, start, end, f'"{words}" is said with doubt.', (value,), rank=rank)
    elif (second := _SECOND_RATER.match(scene.low, end)) is not None and int(second["o"]) != value:
        reason = "Two different grades are given; which one counts?"
        yield Mention("ecog", None, start, second.end("o"), reason, (value, int(second["o"])), rank=1)
    else:
        yield from _later(scene, end)
        if rank < 0:
            reason = f'"{words}" is an earlier grade; the grade now is needed.'
            yield Mention("ecog", None, start, end, reason, (value,), rank=rank)
        else:
            yield Mention("ecog", value, start, end, rank=rank)


def _two_grades(scene: Scene, match: re.Match[str], value: float, rank: int) -> Mention:
    """ "2 -> 1" is a change and the later counts; "1-2" is a range; in "1 and 6 cycles" the second is no grade."""
    start, end = match.span()
    other, sep = _grade(match["b"]), (match["sep"] or "").strip(" ,(")
    changed = sep == "to" and _CHANGE.search(match.group()) and not _SPREAD.search(match.group())
    if sep in _THEN_SIGNS or changed:
        return Mention("ecog", other, start, end, rank=2)
    if sep == "/" and other in _SCALE_ENDS and value <= 2:
        return Mention(
            "ecog", value, start, match.end("a"), rank=rank
        )  # "1/4", "0/5": the grade and the end of the scale
    apart = sep in ("and", ",", "/") and "between" not in match.group()
    if apart and (sep == "and" or other is None or other > 5 or value > 5):
        return Mention("ecog", value, start, match.end("a"), rank=rank)
    options = tuple(grade for grade in (value, other) if grade is not None)
    words = scene.text[start:end]
    return Mention("ecog", None, start, end, f'"{words}" is a range; one grade is needed.', options, rank=rank)


def _later(scene: Scene, end: int) -> Iterator[Mention]:
    """ "ECOG 2 at diagnosis, now 1": a bare grade after "now" belongs to the scale named before."""
    match = _THEN.match(scene.low, end)
    if match:
        group = "a" if match["a"] else "c"
        yield Mention("ecog", int(match[group]), match.start(group), match.end(group), rank=2)


def _recency(scene: Scene, match: re.Match[str]) -> int:
    """1 where the grade is said to be today's, -1 where it is said to be an earlier one."""
    own = match.group()
    if _LABELLED_THEN.search(own):
        return -1
    after = quick(r"[^,;.|()\n]{0,30}").match(scene.low, match.end())
    tail = after.group() if after else ""
    before = re.split(r"[,;.|()\n]|\d\s?:", scene.low[max(0, match.start() - 25) : match.start()])[-1]
    if _NEW.search(own) or _NEW.search(tail) or _NEW.search(before):
        return 1
    return (
        -1
        if _OLD.search(before) or _OLD.search(tail) or (re.search(r"\b(?:was|baseline)\b", own) and _OLD.search(tail))
        else 0
    )


def _grade(written: str) -> int | float | None:
    written = written.strip()
    if written in _ROMAN:
        return _ROMAN[written]
    return float(written) if "." in written else small_number(written)


def _kps(doc: Doc, scene: Scene, match: re.Match[str]) -> Iterator[Mention]:
    start, end = match.span()
    meant = qualify(doc, start, end)
    if meant.foreign or meant.negated:
        return
    words = scene.text[start:end]
    first, second = match["a"], match["b"]
    value = None if re.match(r"[<>≤≥?]", first) else _grade(first)
    if (second is not None and (match["sep"] or "").strip() in (">", "->", "-->")) or (
        second is not None
        and match["sep"].strip() == "to"
        and re.search(
            r"from|dropped|went|improved|"
            r"declined",
            match.group(),
        )
    ):
        value, second = _grade(second), None
    if second is not None and (match["sep"] or "").strip() not in ("and", ","):
        yield Mention("kps", None, start, end, f'"{words}" is a range; one value is needed.')
    elif value is None or meant.uncertain or 0 < value < 10:
        yield Mention("kps", None, start, end, f'"{words}" is no exact Karnofsky value.')
    else:
        yield Mention("kps", value, start, end, rank=_recency(scene, match))
