"""Agreement to contraception, and whether a male candidate's partner can bear children."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from spacy.tokens import Doc

from bot.extraction.childbearing import periods
from bot.extraction.clauses import clause_at, sentence_at
from bot.extraction.lexicon import alternation, lexicon, whole_words, words_pattern
from bot.extraction.mention import Answer, Mention, Scene
from bot.extraction.qualifiers import cue_at, qualify
from bot.extraction.sex import candidate_sex

AGREED, PARTNER = "contraception_agreed", "partner_childbearing_potential"
_BREAK = frozenset({"semicolon", "but"})


@cache
def _list(language: str, section: str, key: str) -> re.Pattern[str]:
    return words_pattern(language, "person", section, key)


@cache
def _partner_list(language: str, key: str) -> re.Pattern[str]:
    """Words for the partner: her own list and what is said of female candidates."""
    person = lexicon(language)["person"]
    return whole_words(
        dict.fromkeys([*person["partner"][key], *(person["childbearing"][key] if key != "ask" else ())])
    )


def find(doc: Doc, scene: Scene) -> Iterator[Mention]:
    """contraception_agreed and partner_childbearing_potential."""
    yield from _agreement(doc, scene)
    yield from _partner(doc, scene)


def _agreement(doc: Doc, scene: Scene) -> Iterator[Mention]:
    low, settled = scene.low, False
    for match in _list("en", "contraception", "words").finditer(low):
        start, end = match.span()
        meant = qualify(doc, start, end)
        if meant.quoted_protocol or meant.question or meant.hypothetical:
            continue
        if re.match(
            r"\s(?:counselling|counseling|advice|leaflet|clinic|information|history)", low[end : end + 14]
        ):
            continue
        if re.search(
            r"(?<![a-z])(?:no need (?:for|of)|does not need|doesn't need|not needing) (?:any )?$",
            low[max(0, start - 22) : start],
        ):
            continue
        mention = _stance(doc, scene, start, end)
        if mention is not None:
            settled = True
            yield mention
    if settled:
        return
    for match in _list("en", "contraception", "methods").finditer(low):
        start, end = match.span()
        if match.group() in ("cap", "patch", "implant", "coil") and not re.search(
            r"contracep|partner|sex", low
        ):
            continue
        meant = qualify(doc, start, end)
        if meant.quoted_protocol or meant.question or meant.hypothetical:
            continue
        mention = _stance(doc, scene, start, end, method=True)
        if mention is not None:
            yield mention
            return


_NO_OBJECTION = re.compile(r"no (?:objections?|problems?|issues?|concerns?|difficulty)(?![a-z])")


def _stance(doc: Doc, scene: Scene, start: int, end: int, method: bool = False) -> Mention | None:
    """Agreed, refused, or only a method: from the words of agreement in the same clause."""
    low = scene.low
    begin, stop = clause_at(doc, start, _BREAK)
    begin, stop = max(begin, start - 70), min(stop, end + 40)
    words = scene.text[start:end]
    yes = _nearest(_list("en", "contraception", "agree"), low, begin, stop, start, end)
    no = _nearest(_list("en", "contraception", "refuse"), low, begin, stop, start, end)
    if no is not None and _NO_OBJECTION.match(low, no[0]):
        return Mention(AGREED, True, min(no[0], start), max(no[1], end))
    if (
        no is not None
        and low[no[0] : no[1]] == "no"
        and not re.match(
            r"no\s(?:to\s)?(?:effective\s)?$|"
            r"no\s?$",
            low[no[0] : start],
        )
        and no[1] <= start
    ):
        no = None
    refused = no is not None and (yes is None or no[0] <= yes[0])
    if no is not None and low[no[0] : no[1]] == "no" and no[1] <= start:
        return Mention(
            AGREED,
            None,
            no[0],
            end,
            "No contraception now; does the candidate agree to use it during the study?",
            (True, False),
            rank=-1,
        )
    if refused and no is not None:
        return Mention(AGREED, False, min(no[0], start), max(no[1], end))
    if yes is not None:
        first, last = min(yes[0], start), max(yes[1], end)
        meant = qualify(doc, yes[0], yes[1])
        negated = meant.negated
        if negated:
            return Mention(AGREED, False, first, last)
        if (
            meant.uncertain
            or qualify(doc, start, end).uncertain
            or low[last : last + 1] == "?"
            or re.search(
                r"\bto (?:be "
                r")?discuss",
                low[last:stop],
            )
        ):
            return Mention(AGREED, None, first, last, "The agreement is said with doubt.", (True, False))
        said = low[yes[0] : yes[1]]
        partner_does = meant.other_person is not None and cue_at(doc, "other_person", yes[0]) is not None
        if partner_does and not re.search(r"(?<![a-z])(?:both|couple|they)(?![a-z])", low[begin:stop]):
            return Mention(
                AGREED, None, first, last, "Does the candidate agree, not only the partner?", (True, False)
            )
        during = re.search(
            r"(?<![a-z])(?:study|trial|during|throughout|duration)(?![a-z])", low[begin : end + 60]
        )
        if method and (
            said in ("ok with", "okay with", "ok w/", "fine with", "happy")
            or (said.startswith("will") and not during)
        ):
            reason = f'"{words}" is a method; does the candidate agree to contraception during the study?'
            return Mention(AGREED, None, first, last, reason, (True, False))
        return Mention(AGREED, True, first, last)
    if not method and (
        label := re.match(
            r"\s?(?:agreed\s)?[:=]?\s?(?:(?:she|he)\s(?:said|"
            r"says)\s)?(?P<v>yes|y|ok|no|n|✓|√)(?![a-z])",
            low[end : min(stop, end + 24)],
        )
    ):
        return Mention(AGREED, label["v"] not in ("no", "n"), start, end + label.end())
    if re.match(
        r"\s?(?:is\s|was\s|has\s|not\syet\s)*(?:not\s)?(?:been\s)?(?:discussed|needed|required|"
        r"necessary|mentioned|applicable|asked)",
        low[end : end + 40],
    ):
        return None
    reason = f'"{words}" is mentioned; does the candidate agree to contraception during the study?'
    return Mention(AGREED, None, start, end, reason, (True, False), rank=-1)


def _nearest(
    pattern: re.Pattern[str], low: str, begin: int, stop: int, start: int, end: int
) -> tuple[int, int] | None:
    before = [m.span() for m in pattern.finditer(low, begin, start)]
    if before:
        gap = low[before[-1][1] : start]
        if not re.search(r"(?<![a-z])(?:icf|ecog|visits|follow)(?![a-z])[^,]*,", gap):
            return before[-1]
    after = pattern.search(low, end, stop)
    return after.span() if after else None


def _partner(doc: Doc, scene: Scene) -> Iterator[Mention]:
    low = scene.low
    if scene.asked != PARTNER and candidate_sex(doc, scene) == "female":
        return  # the fact is about the female partner of a man
    none = list(_list("en", "partner", "none").finditer(low))
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
            r"(?<![a-z])(?:his|he|man|male|"
            r"gentleman|m)(?![a-z])|\d\dm\b",
            low[: match.start()],
        ):
            continue
        yield Mention(PARTNER, False, *match.span())
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


def _of_partner(doc: Doc, scene: Scene, match: re.Match[str]) -> Mention | None:
    """What is said of one wife or partner, up to where the talk turns to the candidate again."""
    low = scene.low
    begin, stop = sentence_at(doc, match.start())
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
            label = re.match(r"\s?[:=]\s?(?P<v>no|n|yes|y)(?![a-z])", low[match.end() : match.end() + 8])
            if label and value is not None:
                return Mention(PARTNER, value is (label["v"][0] == "y"), match.start(), match.end())
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
