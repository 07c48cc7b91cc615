"""Whether the candidate can bear children: operations, menopause, periods and the last of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from spacy.tokens import Doc

from bot.extraction.en import age
from bot.extraction.en.numbers import number_words, small_number
from bot.extraction.en.periods import periods
from bot.extraction.en.sex import candidate_sex
from bot.extraction.layout import sentence_at
from bot.extraction.lexicon import words_pattern
from bot.extraction.mention import Mention, Scene
from bot.extraction.qualifiers import Qualifiers, qualify

FACT = "childbearing_potential"
_EITHER = (True, False)
_YOUNGEST = 45  # years; below it an end of the periods is premature and may pass


@cache
def _list(language: str, section: str, key: str) -> re.Pattern[str]:
    return words_pattern(language, "person", section, key)


def find(doc: Doc, scene: Scene) -> Iterator[Mention]:
    """childbearing_potential of the candidate; what is said of a wife is the partner's and read elsewhere."""
    low = scene.low
    if candidate_sex(doc, scene) == "male":
        return  # what is said of periods or menopause is said of his partner
    own = list(_periods(doc, scene))
    yield from own
    taken: list[tuple[int, int]] = [(mention.start, mention.end) for mention in own]
    for key, value in (("incapable", False), ("capable", True), ("ask", None)):
        for match in _list("en", "childbearing", key).finditer(low):
            start, end = match.span()
            if any(a < end and start < b for a, b in taken):
                continue
            meant = qualify(doc, start, end)
            if meant.other_person or meant.quoted_protocol or meant.hypothetical:
                continue
            taken.append((start, end))
            if _partner_near(low, start) or _of_all_women(low, start) or _not_now(doc, scene, match):
                continue
            if value and re.search(r"(?<![a-z])non-?\s?$", low[max(0, start - 5) : start]):
                yield Mention(FACT, False, start, end)  # "non-fertile", "non WOCBP" in any spelling
                continue
            mention = _one(scene, match, value, meant)
            if mention is not None:
                yield mention


def _partner_near(low: str, start: int) -> bool:
    return bool(
        re.search(
            r"(?<![a-z])(?:partner|wife|spouse|girlfriend)(?:'s)?[\s:,]{1,2}(?:is|has|"
            r"was|who is|are|still|,)?\s?$",
            low[max(0, start - 30) : start],
        )
    )


_ALL_WOMEN = re.compile(
    r"(?<![a-z])(?:women|females|wocbps|girls|patients|subjects|participants|those|anyone|all|any|every|each|other)\s"
    r"(?:(?:who|that|are|is|of|were|either|not|must|be)\s)*$"
)


def _of_all_women(low: str, start: int) -> bool:
    """ "Women of childbearing potential must": a rule, or a group."""
    return _ALL_WOMEN.search(low[max(0, start - 40) : start]) is not None


_OPERATION = re.compile(
    r"ectom|(?<![a-z])(?:tah|bso)|ligation|ablation|sterili|tubes|clips|removed|(?<![a-z])out(?![a-z])"
)
_SYMPTOM = re.compile(r"\s(?:bleed\w*|spotting|symptoms?|osteoporosis|hormone\w*|hot|status)(?![a-z])")
_PREGNANT_ONCE = re.compile(
    r"(?<![a-z])(?:been|was|were|got|became|when|while|fell|never|not|get|getting|become|becoming|if)\s(?:\w+\s)?$"
)
_WAS_DONE = re.compile(
    r"(?<![a-z])(?:had|has|having|underwent|s/p|post|after|since|status|previous|prior|following|done)(?![a-z])"
)


def _not_now(doc: Doc, scene: Scene, match: re.Match[str]) -> bool:
    """An operation that was only advised, a pregnancy of long ago, "no postmenopausal bleeding"."""
    start, end = match.span()
    begin, stop = sentence_at(doc, start)
    if match.group() == "pregnant":
        times = re.match(r"\s(?:\w+\s)?(?:times?|twice|once|before|with\s(?:her|my))(?![a-z])", scene.low[end:stop])
        return times is not None or _PREGNANT_ONCE.search(scene.low[max(begin, start - 30) : start]) is not None
    if "menopaus" in match.group() and _SYMPTOM.match(scene.low, end):
        return qualify(doc, start, end).negated
    if not _OPERATION.search(match.group()):
        return False
    proposed = list(_list("en", "childbearing", "not_done").finditer(scene.low, max(begin, start - 60), start))
    return bool(proposed) and not _WAS_DONE.search(scene.low, proposed[-1].end(), start)


def _one(scene: Scene, match: re.Match[str], value: bool | None, meant: Qualifiers) -> Mention | None:
    """What one word of the lexicon says; value is what it means when nothing turns it round, None a question."""
    start, end = match.span()
    words, after = scene.text[start:end], scene.low[end : end + 40]
    if re.match(r"\s?\?", after):
        denied = re.match(r"\s?\?\s?(?:no|denied|denies|n)(?![a-z])", after)
        return None if denied else Mention(FACT, None, start, end, f'"{words}" is only asked about.', _EITHER)
    menopause = re.search(r"menopaus|绝经", match.group()) is not None
    labelled = _labelled(match, value, menopause, after)
    if labelled is not None:
        return labelled if labelled.value is not None else None
    if match.group() == "pregnant" and (meant.negated or re.match(r"\s?(?:test|woman|women)", after)):
        return None
    if value is None and meant.negated:
        return Mention(FACT, True, start, end) if menopause and after.startswith(" yet") else None
    if value is None:
        behind = menopause_behind(scene, end) if menopause and not meant.uncertain else None
        if behind is not None:
            return Mention(FACT, False, start, behind)
        return Mention(
            FACT, None, start, end, f'"{words}" does not settle whether she can bear children.', _EITHER, rank=-1
        )
    if meant.uncertain or meant.planned:
        return Mention(FACT, None, start, end, f'"{words}" is said with doubt.', _EITHER)
    return _denied(match, value) if meant.negated else Mention(FACT, value, start, end)


_YES_NO = re.compile(
    r"(?:\s?[:=|]\s?|\s(?=(?:no|n)\s*(?:[,.;)\n]|$)))(?P<v>no|n|none|nil|negative|yes|"
    r"y)(?![a-z/])"
)


def _labelled(match: re.Match[str], value: bool | None, menopause: bool, after: str) -> Mention | None:
    """ "Hysterectomy: no", "WOCBP: Y": the answer behind a label; a mention without value where it says nothing."""
    label = _YES_NO.match(after)
    if label is None:
        return None
    yes = label["v"][0] == "y"
    end = match.end() + label.end()
    if not yes:
        return Mention(FACT, not value if value or menopause else None, match.start(), end)
    return Mention(FACT, False, match.start(), end) if value is None and menopause else None


_SINCE = re.compile(
    r"[\s,(:=-]*(?:was\s|came\s|over\s|since\s|in\s|for\s|x\s?|about\s|~\s?|approx\.?\s|around\s|early\s|late\s|now\s|[a-z]{3,9}\s(?=(?:19|20)))*"
    rf"(?:(?P<y>(?:19|20)\d\d)(?!\d)|(?P<n>\d{{1,2}}|{number_words()})\+?\s?(?:years|yrs?|y)(?![a-z])"
    rf"|(?:at|aged|age)\s(?:(?:the\s)?age\s(?:of\s)?)?(?P<a>[3-6]\d)(?!\d|%))"
)


def menopause_behind(scene: Scene, end: int) -> int | None:
    """Where the words end that tell that a menopause lies more than a year back: "9 years ago", "2014", "at 50"."""
    since = _SINCE.match(scene.low, end)
    if since is None:
        return None
    if since["a"]:
        return since.end()
    if since["y"]:
        reference = scene.reference_date
        return since.end() if reference is not None and reference.year - int(since["y"]) >= 2 else None
    return since.end() if (small_number(since["n"]) or 0) >= 2 else None


def _denied(match: re.Match[str], value: bool) -> Mention | None:
    """ "Not postmenopausal" is capable; "no hysterectomy" says nothing; "no periods" is a question."""
    start, end = match.span()
    if value is False:
        about = re.search(r"menopaus|绝经|childbearing|reproductive", match.group())
        return Mention(FACT, True, start, end) if about else None
    if re.search(r"regular|perimeno|breast|lactat", match.group()):
        return None
    if "period" in match.group() or "menstr" in match.group():
        return Mention(FACT, None, start, end, "No periods: since when, and why?", _EITHER)
    return Mention(FACT, False, start, end)


_CAUSE = re.compile(
    r"(?<![a-z])(?:chemo\w*|zoladex|goserelin|leuprol?\w*|gnrh|ablation|mirena|depo|implant|"
    r"breast-?\s?feeding|lactating|"
    r"tamoxifen|radiotherapy|anorexia)(?![a-z])|化疗"
)


def _periods(doc: Doc, scene: Scene) -> Iterator[Mention]:
    """Periods, their end, and the date of the last one, of the candidate."""
    for mention in periods(doc, scene, 0, len(scene.low)):
        if not qualify(doc, mention.start, mention.start + 5).foreign and not _of_all_women(scene.low, mention.start):
            yield _too_young(doc, scene, _with_its_cause(doc, scene, mention))


def _with_its_cause(doc: Doc, scene: Scene, mention: Mention) -> Mention:
    """Periods that ended under treatment are no natural menopause, however long ago."""
    begin, stop = sentence_at(doc, mention.start)
    if mention.value is not False or not _CAUSE.search(scene.low, begin, stop):
        return mention
    reason = "Periods ended with a treatment named beside them: is this the natural menopause?"
    return replace(mention, value=None, doubt=reason, options=_EITHER)


def _too_young(doc: Doc, scene: Scene, mention: Mention) -> Mention:
    """A last period long ago at 30 is no natural menopause, or an old note: it is asked about."""
    if mention.value is not False:
        return mention
    ages = [found.value for found in age.find(doc, scene) if isinstance(found.value, (int, float))]
    if not ages or max(ages) >= _YOUNGEST:
        return mention
    reason = "The periods ended early for her age: is this the natural menopause, or is there another reason?"
    return replace(mention, value=None, doubt=reason, options=_EITHER)
