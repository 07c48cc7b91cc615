"""Whether the candidate can bear children: operations, menopause, periods and the last of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from spacy.tokens import Doc

from bot.extraction.en import age
from bot.extraction.en.entries import entry
from bot.extraction.en.numbers import number_words, small_number
from bot.extraction.en.periods import periods
from bot.extraction.en.sex import candidate_sex
from bot.extraction.layout import sentence_at
from bot.extraction.lexicon import alternation, lexicon, words_pattern
from bot.extraction.mention import Mention, Scene
from bot.extraction.qualifiers import Qualifiers, qualify

FACT = "childbearing_potential"
_EITHER = (True, False)
_YOUNGEST = 45  # years; below it an end of the periods is premature and may pass


def find(doc: Doc, scene: Scene) -> Iterator[Mention]:
    """childbearing_potential of the candidate; what is said of a wife is the partner's and read elsewhere."""
    low = scene.low
    if candidate_sex(doc, scene) == "male":
        return  # what is said of periods or menopause is said of his partner
    own = list(_periods(doc, scene))
    yield from own
    taken: list[tuple[int, int]] = [(mention.start, mention.end) for mention in own]
    for match in _removed().finditer(low):
        meant = qualify(doc, *match.span())
        if not (meant.foreign or meant.negated or meant.uncertain or meant.planned or of_the_partner(low, match.start())
                or _not_now(doc, scene, match)):  # fmt: skip
            taken.append(match.span())
            yield Mention(FACT, False, *match.span())
    for key, value in (("incapable", False), ("capable", True), ("ask", None)):
        for match in words_pattern("en", "person", "childbearing", key).finditer(low):
            start, end = match.span()
            if any(a < end and start < b for a, b in taken):
                continue
            meant = qualify(doc, start, end)
            if (meant.other_person and meant.other_person not in _MEN) or meant.quoted_protocol or meant.hypothetical:
                continue
            taken.append((start, end))
            if of_the_partner(low, start) or _of_an_infant(scene, match):
                continue
            if _of_all_women(low, start) or _not_now(doc, scene, match):
                continue
            if value and re.search(r"(?<![a-z])non-?\s?$", low[max(0, start - 5) : start]):
                yield Mention(FACT, False, start, end)  # "non-fertile", "non WOCBP" in any spelling
                continue
            mention = _one(scene, match, value, meant)
            if mention is not None:
                yield mention


# "lives with her husband, postmenopausal"
_MEN = frozenset({"husband", "boyfriend", "father", "brother", "son", "uncle"})
_PARTNER = re.compile(r"(?<![a-z])(?:partner|wife|spouse|girlfriend|gf|fianc[eé]e|missus|lady\sfriend)(?:'s)?(?![a-z])")
# Another person is the one spoken of from here on.
_SUBJECT = re.compile(
    r"(?<![a-z])(?:pt|patient|candidate|subject|herself|she\shas|her\sown|own|self|icf|ecog|consent|he|he's|his|him|female|woman|lady|mrs|ms|f)(?![a-z])|[;.\n]"
)


def of_the_partner(low: str, start: int) -> bool:
    """ "Wife is 52, through the menopause": a piece without a subject goes on about the partner named before it."""
    begin = max(low.rfind(sign, 0, start) for sign in ".;\n") + 1
    named = list(_PARTNER.finditer(low, max(begin, start - 120), start))
    last = named[-1] if named else None
    if last is None or _SUBJECT.search(low, last.end(), start) is not None:
        return False
    return _OWN_BEFORE.search(low, begin, last.start()) is None


# "Married, lives with partner, postmenopausal": the partner is no subject there.
_OWN_BEFORE = re.compile(
    r"(?<![a-z])(?:with|from|by|to|and|no|without|has\sa|her|only\sone|sexual"
    r"|male)\s(?:her\s|a\s|an\s|the\s|one\s|[a-z-]+\s)?$"
)


@cache
def _removed(language: str = "en") -> re.Pattern[str]:
    content = lexicon(language)["person"]["childbearing"]
    organ = rf"(?:(?:both\s|the\s|her\s)*(?:{alternation(content['organs'])}))"
    return re.compile(
        rf"(?<![a-z]){organ}(?:\s(?:and|plus|with)\s(?:{organ}|(?:both\s|the\s)?(?:tubes|cervix)))?"
        rf"(?:\s(?:was|were|has|have|had|been|both|all))*\s(?:{alternation(content['gone'])})(?![a-z])"
        rf"|(?<![a-z])(?:had|after|s/p|post|underwent|since|following)\s(?:[a-z]+\s){{0,2}}removal\sof\s{organ}(?![a-z])"
    )


_INFANT = re.compile(
    r"(?<![a-z])(?:infant|baby|newborn|neonate|breast\smilk|formula|at\sthe\sbreast|latch\w*"
    r"|feeding\swell|feeds|(?:day|week|month)s?[\s-]old)(?![a-z])"
)


def _of_an_infant(scene: Scene, match: re.Match[str]) -> bool:
    """ "Breast-feeding well" of a child that is fed."""
    if re.match(r"\s(?:her|a|the)\s", scene.low[match.end() : match.end() + 6]):
        return False  # "breast-feeding her baby"
    begin, stop = max(0, match.start() - 200), match.end() + 120
    return "feeding" in match.group() and _INFANT.search(scene.low, begin, stop) is not None


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
    proposed = list(
        words_pattern("en", "person", "childbearing", "not_done").finditer(scene.low, max(begin, start - 60), start)
    )
    return bool(proposed) and not _WAS_DONE.search(scene.low, proposed[-1].end(), start)


_WITH_CHILD = re.compile(r"pregnan|feeding|lactat|怀孕")


def _unsettled(words: str) -> str:
    """Why these words give no value."""
    if _WITH_CHILD.search(words.lower()):
        return f'"{words}": does she count as a woman of reproductive capacity for this study?'
    return f'"{words}" does not settle whether she can bear children.'


def _one(scene: Scene, match: re.Match[str], value: bool | None, meant: Qualifiers) -> Mention | None:
    """What one word of the lexicon says; value is what it means when nothing turns it round, None a question."""
    start, end = match.span()
    words, after = scene.text[start:end], scene.low[end : end + 40]
    if re.match(r"\s?\?", after):
        denied = re.match(r"\s?\?\s?(?:no|denied|denies|n)(?![a-z])", after)
        return None if denied else Mention(FACT, None, start, end, f'"{words}" is only asked about.', _EITHER)
    menopause = re.search(r"menopaus|绝经", match.group()) is not None
    labelled = _labelled(scene.low, match, value, menopause)
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
        return Mention(FACT, None, start, end, _unsettled(words), _EITHER, rank=-1)
    if meant.uncertain or meant.planned:
        return Mention(FACT, None, start, end, f'"{words}" is said with doubt.', _EITHER)
    return _denied(match, value) if meant.negated else Mention(FACT, value, start, end)


def _labelled(low: str, match: re.Match[str], value: bool | None, menopause: bool) -> Mention | None:
    """ "Hysterectomy: no", "WOCBP: Y": the answer behind a label; a mention without value where it says nothing."""
    label = entry(low, match.end())
    if label is None:
        return None
    if label.says is None or (match.group() in _STATES_OF_A_DAY and not label.says):
        return Mention(FACT, None, match.start(), label.end)  # "WOCBP: TBC"; "pregnant: no" tells only of today
    if not label.says:
        return Mention(FACT, not value if value or menopause else None, match.start(), label.end)
    return Mention(FACT, False, match.start(), label.end) if value is None and menopause else None


_STATES_OF_A_DAY = frozenset({
    "pregnant", "menstruating", "still menstruates", "menstruates", "lactating", "breastfeeding", "breast-feeding",
    "breast feeding",
})  # fmt: skip


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
