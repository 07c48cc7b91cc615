"""Whether the female partner of a male candidate can bear children; no such partner is a no."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from spacy.tokens import Doc

from bot.extraction.en.entries import entry
from bot.extraction.en.periods import periods
from bot.extraction.en.sex import candidate_sex
from bot.extraction.layout import sentence_at
from bot.extraction.lexicon import alternation, lexicon, whole_words, words_pattern
from bot.extraction.mention import Answer, Mention, Scene
from bot.extraction.qualifiers import qualify
from bot.extraction.quick import quick

PARTNER = "partner_childbearing_potential"


@cache
def _partner_list(language: str, key: str) -> re.Pattern[str]:
    """Words for the partner: her own list and what is said of female candidates."""
    person = lexicon(language)["person"]
    return whole_words(dict.fromkeys([*person["partner"][key], *(person["childbearing"][key] if key != "ask" else ())]))


# "Ex-wife is 35, currently he has nobody"; "has nobody to drive him" is another matter
_NOBODY = quick(
    r"(?<![a-z])has\s(?:nobody|no\sone|no-one)(?:\snow|\scurrently|\sat\s(?:the\smoment|present))?(?=\s*(?:$|[.,;)\n]))"
)
_OF_PARTNERS = quick(
    r"(?<![a-z])(?:ex-?\s?\w*|wife|girlfriend|partner|divorced|separated|single|relationship)(?![a-z])"
)


def find(doc: Doc, scene: Scene) -> Iterator[Mention]:
    """partner_childbearing_potential, from what is said of a wife, a girlfriend or a partner."""
    low = scene.low
    if scene.asked != PARTNER and candidate_sex(doc, scene) == "female":
        return  # the fact is about the female partner of a man
    none = list(words_pattern("en", "person", "partner", "none").finditer(low))
    for match in none:
        word = match.group()
        meant = qualify(doc, match.start(), match.end())
        if (
            meant.quoted_protocol
            or meant.hypothetical
            or meant.question
            or (meant.negated and not word.startswith(("no", "without", "has no")))
        ):
            continue
        if word in ("husband", "boyfriend", "gay") and not re.search(
            r"(?<![a-z'])(?:his|he|man|male|"
            r"gentleman|m)(?![a-z])|\d\dm\b",
            low[: match.start()],
        ):
            continue
        yield Mention(PARTNER, False, *match.span())
        return
    nobody = _NOBODY.search(low)
    if nobody is not None and (
        scene.asked == PARTNER or _OF_PARTNERS.search(low, max(0, nobody.start() - 60), nobody.start())
    ):
        yield Mention(PARTNER, False, *nobody.span())
        return
    people = lexicon("en")["cues"]["people"]
    names = [w for key in ("wife", "girlfriend", "partner") for w in people[key]["words"]]
    found = False
    for match in re.finditer(rf"(?<![a-z])(?:{alternation(names)})(?![a-z])", low):
        mention = _of_partner(doc, scene, match)
        if mention is not None:
            found = True
            yield mention
    if not found and scene.asked == PARTNER:
        yield from _asked_partner(doc, scene)


_WITH_PARTNER = quick(r"(?<![a-z])(?:with|has)\s(?:an?\s|long-term\s|one\s)*$")


def _of_partner(doc: Doc, scene: Scene, match: re.Match[str]) -> Mention | None:
    """What is said of one wife or partner, up to where the talk turns to the candidate again."""
    low = scene.low
    begin, stop = sentence_at(doc, match.start())
    beside = low.startswith(",", match.end()) and _WITH_PARTNER.search(low, begin, match.start()) is not None
    if beside and candidate_sex(doc, scene) is None:
        return None  # "lives with partner, postmenopausal": who is?
    reach_end = stop
    turn = re.search(r"(?<![a-z])(?:he|he's|pt|patient|icf|ecog|his)(?![a-z])", low[match.end() : stop])
    if turn:
        reach_end = match.end() + turn.start()
    follow = re.match(r"[.;]\s+(?:she|her)(?![a-z])", low[stop : stop + 6]) if not turn else None
    if follow:
        _, reach_end = sentence_at(doc, stop + 3)
    areas = [
        (match.end(), min(reach_end, match.end() + 140)),
        (max(begin, match.start() - 40), match.start()),
    ]
    for number, (left, right) in enumerate(areas):
        found = _partner_words(doc, scene, left, right)
        if found is not None:
            if number == 1 and re.search(
                r"[,;]|(?<![a-z])(?:and|with|he|his)(?![a-z])", low[found.end : match.start()]
            ):
                continue
            label = entry(low, match.end()) if number == 1 and found.doubt is None else None
            if label is not None and label.says is None:
                return None
            if label is not None:  # "Fertile partner: N"
                return replace(found, value=label.says is found.value, end=label.end)
            return found
    return None


def _partner_words(doc: Doc, scene: Scene, left: int, right: int) -> Mention | None:
    low = scene.low
    for mention in periods(doc, scene, left, right):
        if mention.doubt is None:
            return replace(mention, fact=PARTNER)
    for key, value in (("incapable", False), ("capable", True), ("ask", None)):
        for match in _partner_list("en", key).finditer(low, left, right):
            meant = qualify(doc, match.start(), match.end())
            if meant.quoted_protocol or meant.question or meant.hypothetical:
                continue
            words = scene.text[match.start() : match.end()]
            label = entry(low, match.end())
            if label is not None and label.says is None:
                return None
            if label is not None and value is not None:
                return Mention(PARTNER, value is label.says, match.start(), label.end)
            if value is None or meant.uncertain or low[match.end() : match.end() + 1] == "?":
                return Mention(
                    PARTNER,
                    None,
                    match.start(),
                    match.end(),
                    f'"{words}" does not settle whether the partner can bear children.',
                    (True, False),
                )
            if meant.negated:
                if value is False and not re.search(r"menopaus|绝经", match.group()):
                    continue
                return Mention(PARTNER, not value, match.start(), match.end())
            return Mention(PARTNER, value, match.start(), match.end())
    for mention in periods(doc, scene, left, right):
        return replace(mention, fact=PARTNER)
    return None


def _asked_partner(doc: Doc, scene: Scene) -> Iterator[Mention]:
    """The partner was asked about: "postmenopausal", "she has periods" are about the partner."""
    if len(scene.low) > 120:
        return
    found = _partner_words(doc, scene, 0, len(scene.low))
    if found is not None:
        yield found


def _answer_partner(words: str, scene: Scene) -> Answer | None:
    bare = words.strip(" .,!")
    if re.fullmatch(
        r"(?:none|no partner|no one|nobody|no-one|there is none|there isn't one|he has "
        r"none|doesn't have one|has none|single|not applicable|n/a)",
        bare,
    ):
        if bare in ("single", "n/a", "not applicable"):
            return Answer(
                doubt=f'"{bare}": is there no female partner who could become pregnant?',
                options=(False, True),
            )
        return Answer(False)
    return None


ANSWERS = {PARTNER: _answer_partner}
