"""Willing and able in one breath ("willing and able", "can and will") and as labels ("W/A: yes/yes", "able ?")."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc

from bot.extraction.en.compliance_words import about_plan, behind, of_another, stands_for
from bot.extraction.en.denied import denied
from bot.extraction.layout import sentence_at
from bot.extraction.mention import Mention, Scene
from bot.extraction.qualifiers import qualify
from bot.extraction.quick import quick

_EITHER = (True, False)
_W, _A = r"(?:willing(?:ness)?|willling|wiling|愿意)", r"(?:able|ability|能够)"
_AND = r"\s?(?:and|&|/|\+|and also|as well as|,|&amp;)\s?(?:also\s|fully\s|is\s)?"
_BOTH = quick(
    rf"(?<![a-z])(?:(?P<no>un|not\s|neither\s|in)?(?:{_W}|ready|happy|prepared|keen|glad|eager){_AND}(?P<no2>un|"
    rf"not\s|in)?(?:able|capable)|"
    rf"(?P<no3>un|not\s|neither\s)?able\s?(?:and|&|/|\+|nor|as well as)\s(?:also\s)?(?P<no4>un|not\s)?(?:{_W}|happy|"
    rf"keen|prepared)|"
    r"(?:can\sand\swill|will\sand\scan|can\s(?:come|attend|make\sit)\s(?:and|&)\s(?:is\s|he's\s|she's\s|also\s)*willing))"
    r"(?![a-z])"
)
_YES = (
    r"(?:no (?:problems?|issues?|objections?|obstacles?|barriers?|difficulty|difficulties|concerns?|doubts?|qualms|"
    r"hesitation)|yes|y|ja|true|ok|okay|confirmed|agreed|both yes|both|1|✓|✔|√|☑|\+|是)"
)
_NO = (
    r"(?:no(?!\s(?:info|record|answer|reply|idea|data|one|comment|entry|news))|n|none|nil|neither|false|refused|0|"
    r"✗|✘|☒|否)"
)
_END = r"(?=\s*(?:$|[,.;)\n|/(!]|[a-z]|-|\d))"
_TICKED = quick(
    r"[\s?:=-]*(?:[(\[]\s?[)\]]\s?(?:yes|no)[\s,]*)?(?:[(\[]\s?[x✓✔√]\s?[)\]]|☑|☒)\s?(?P<said>yes|no)(?![a-z])|"
                     r"[\s?:=-]*(?P<first>yes|no)\s?(?:[(\[]\s?[x✓✔√]\s?[)\]]|☑|☒)")  # fmt: skip
_VALUE = rf"(?:(?P<yes>{_YES})|(?P<no>{_NO})|(?P<open>\?|unknown|tbc|tbd|unsure|not sure))(?![a-z\d])"
# Longer labels ("Willing to comply with visits: Y") are cells of a form, see forms.py.
_LABEL = quick(
    rf"(?<![a-z])(?P<fact>{_W}|{_A})(?![a-z])(?:[ \t]?(?:[:=|?\t]|[ ]-[ ])[ \t:=|?-]{{0,4}}|"
    rf"\s(?=(?:y|n|yes|no|\?)(?![a-z]))){_VALUE}"
)
_PAIR = quick(
    rf"(?<![a-z])(?:w\s?/\s?a|{_W}\s?(?:/|and|&|\+)\s?{_A})(?![a-z])[^.;\n|:=]{{0,40}}?\s?[:=|\t][\s|\t]*(?P<w>yes|"
    rf"y|no|n)\s?[/,&]\s?(?P<a>yes|y|no|n)(?![a-z])"
)
_NOT_PLAN_LABEL = quick(r"consent|contracept|sign|conceive|walk|work|swallow|children|partner")


def labels(doc: Doc, scene: Scene) -> Iterator[Mention]:
    """ "Willing: y", "able ?", "W/A: yes/no"."""
    low, taken = scene.low, []
    for match in _PAIR.finditer(low):
        taken.append(match.span())
        yield Mention("willing", match["w"].startswith("y"), *match.span())
        yield Mention("able", match["a"].startswith("y"), *match.span())
    for match in _BOTH.finditer(low):
        for facts, value, end in _ticked(low, match.end()):
            taken.append((match.start(), end))
            yield from (Mention(fact, value, match.start(), end, rank=2) for fact in facts)
    for match in _LABEL.finditer(low):
        if any(a < match.end() and match.start() < b for a, b in taken) or _BOTH.search(
            low, max(0, match.start() - 14), match.end()
        ):
            continue
        if _NOT_PLAN_LABEL.search(match.group()) or re.search(
            r"(?:un|not |partner |wife )$", low[max(0, match.start() - 8) : match.start()]
        ):
            continue
        fact = "able" if match["fact"] in ("able", "ability", "能够") else "willing"
        if match["open"]:
            yield Mention(fact, None, *match.span(), "This is left open.", _EITHER)
        elif not qualify(doc, match.start(), match.start() + 2).foreign or match.group().rstrip()[-1:] != "?":
            yield Mention(fact, match["yes"] is not None, *match.span())


def _ticked(low: str, end: int) -> Iterator[tuple[tuple[str, ...], bool, int]]:
    """A box that is ticked behind "willing and able ...?"."""
    line = low.find("\n", end)
    stop = min(len(low) if line == -1 else line, end + 90)
    at = min((i for i in (low.find(sign, end, stop) for sign in "?:") if i != -1), default=None)
    box = _TICKED.match(low, at, stop) if at is not None else None
    if box is not None:
        yield ("willing", "able"), (box["said"] or box["first"]) == "yes", box.end()


def pairs(doc: Doc, scene: Scene) -> Iterator[Mention]:
    """ "Willing and able", "willing but not able" and the like, in one breath."""
    low = scene.low
    for match in _BOTH.finditer(low):
        start, end = match.span()
        meant = qualify(doc, start, end)
        if meant.foreign or of_another(low, start, sentence_at(doc, start)[0]):
            continue
        words = behind(doc, low, end)
        said = re.match(rf"[^.,;\n]{{0,60}}?[:=?\t]\s?(?:(?P<yes>{_YES})|(?P<no>{_NO})){_END}", words)
        if not (said or stands_for(words) or about_plan(doc, low, start, end)):
            continue
        if meant.uncertain:
            yield from (
                Mention(fact, None, start, end, "This is said with doubt.", _EITHER) for fact in ("willing", "able")
            )
            continue
        reversed_ = match["no3"] is not None or match["no4"] is not None or low.startswith("able", start)
        first, second = bool(match["no"] or match["no3"]), bool(match["no2"] or match["no4"])
        no = bool(said and said["no"]) or (denied(doc, start, end, 3) and not first)
        neither = low[start:end].startswith("neither")
        willing, able = (second, first) if reversed_ else (first, second)
        yield Mention("willing", not (no or neither or willing), start, end)
        yield Mention("able", not (no or neither or able), start, end)
