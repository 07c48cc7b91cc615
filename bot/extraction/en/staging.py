"""T, N, M, stage group and the edition that they were given in.

Sources of the guards: "Free T3, T4 normal" (thyroid), "mets in T4 and T5" (vertebrae), "T2-weighted" (scan), "IV
cisplatin" (into a vein), "IVC thrombus" (a vein), "level IVB nodes" (neck), "CKD stage 3" (another illness).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from bot.extraction.en.categories import LONE_M, TNM, Taken, answer_category, categories_in, whole_words
from bot.extraction.en.onset import metastatic_before
from bot.extraction.en.terms import after, before
from bot.extraction.mention import Answer, Mention, Scene
from bot.extraction.qualifiers import qualify
from bot.extraction.quick import quick

_GROUP = (
    r"(?P<group>IV\s?-?\s?[ABCabc](?![a-z])|iv\s?-?\s?[abc](?![a-z])|"
    r"four(?:\s?[abc](?![a-z]))?|three|IV|iv|III|iii|II|ii|I[ABab]|i[ab]|I|i|4\s?[ABCabc]|"
    r"[0-4]|[ⅠⅡⅢⅣ]\s?[ABCabc]?)"
)
_STAGE = quick(
    rf"\b(?:stage[d]?|staging|restaged|st\.?|stg\.?|staege|分期)(?![a-z])(?:\s(?:group|"
    rf"grouping|as|is|was|to|at))*[\s:=-]{{0,3}}"
    rf"(?P<lead>(?:(?:by|per|as|at|according\sto|under|in|on|using|with|the|of|ajcc|uicc|tnm|"
    rf"npc|nasopharyngeal|cancer|carcinoma|disease|clinical|group|edition|edn|ed\.?|version|"
    rf"v|\d(?:th)?|eighth|ninth|seventh|[cp]?t\d\w*n\d\w*m\d\w?|was|is|"
    rf"now)[\s:=(),/-]{{1,3}}){{0,6}}?){_GROUP}(?P<period>期)?(?![A-Za-z0-9]|\.\d|\s*(?:/|"
    rf"-)\s*\d)",
    re.IGNORECASE,
)
_BARE = quick(
    r"(?<![A-Za-z0-9])(?:c|p)?(?P<group>IV\s?-?[ABab]|IV[Cc]|iv[ab]|IV|III|II|"
    r"I[AB])(?P<period>期)?(?![A-Za-z0-9])"
)
_ROMAN_SIGNS = {"Ⅰ": "I", "Ⅱ": "II", "Ⅲ": "III", "Ⅳ": "IV"}
_DIGITS = {"0": "0", "1": "I", "2": "II", "3": "III", "4": "IV"}
_GROUPS = frozenset({"0", "I", "IA", "IB", "II", "III", "IV", "IVA", "IVB", "IVC"})
_ED_NUMBER = r"(?:7(?:th)?|8(?:th)?|9(?:th)?|[789]e|seventh|eighth|ninth|seven|eight|nine|VIII|VII|IX|第[七八九789])"
_ED_WORD = r"(?:ed(?:itio)?ns?|edit|ed|version|ver|vers|vsn|v|版)"
_EDITION = quick(
    rf"\b(?:(?P<system>AJCC|UICC|TNM)(?:\s?/\s?(?:AJCC|UICC|TNM))*(?:\s(?:TNM|staging|stage|cancer|manual|system|"
    rf"classification|edition|"
    rf"ed))*[\s,(:-]{{0,3}}(?:20[012]\d[\s,):-]{{1,3}})?(?:the\s)?(?:{_ED_WORD}[\s.-]{{0,2}})?(?P<a>{_ED_NUMBER})(?:\s?{_ED_WORD}\b\.?)?"
    rf"|(?P<b>{_ED_NUMBER})[\s-]?(?:{_ED_WORD}\b\.?|(?:AJCC|UICC|TNM)\b)(?:\s(?:of\s)?(?:the\s)?(?:AJCC|UICC|TNM))*"
    rf"|(?:edition|version)[\s:=|]{{1,3}}(?P<c>{_ED_NUMBER}))(?![A-Za-z0-9]|\.\d|\s?%)"
    rf"|(?P<d>第[七八九789])版?",
    re.IGNORECASE,
)
_ORDINAL_AFTER_GROUP = quick(
    r"^[\s,(]{0,3}(?:as |by |per |in |under )?(?:the )?(?:ed\s?)?v?(?P<a>[789])(?:th\b|"
    r"(?=\s?\)))(?!\s*(?:of|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|cycle|day|month|"
    r"week|year|dose))"
    r"|^[\s,(]{0,3}(?:as |by |per |in |under |according to )(?:the )?(?P<w>seventh|eighth|ninth)"
    r"(?!\s(?:cycle|month|week|year|day|dose|of|rib|line|visit|floor|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|"
    r"nov|dec))",
    re.IGNORECASE,
)
_AND_EDITION_AFTER = quick(r"^\s?(?:/|or|and|&)\s?([789])(?:th)?(?![\w.])")
_AND_EDITION_BEFORE = quick(r"(?<![\w.])([789])(?:th)?\s?(?:/|or|and|&)\s?$")
_NOT_AN_EDITION = quick(
    r"(?:ctcae|recist|who|icd|icf|dsm|protocol|consent|form|crf|ib|blue\s?book)[\s:,-]{0,3}$", re.IGNORECASE
)
_WOULD = quick(r"(?:th)?\s?(?:ed\w*|version)?\.?\s(?:it\s)?(?:would|used\sto|might)(?![a-z])")
_IN_ANOTHER = quick(r"\s?(?:it\s|one\s|this\s)?(?:would|used\sto|might|could|should)(?![a-z])")
# "chemoradiotherapy for stage III NPC": the stage of an earlier episode
_EARLIER_EPISODE = quick(
    r"(?<![a-z])(?:rt|radiotherapy|chemorad\w*|ccrt|crt|imrt|treated|treatment|"
    r"surgery)\s(?:\w+\s){0,2}?for\s(?:an?\s)?$"
)


_LATER_SPREAD = quick(r"(?<![a-z])(?:relaps\w*|recurr\w*|came\sback|metachron\w*|later|secondaries)(?![a-z])")
_DISTANT_RELAPSE = quick(r"(?<![a-z])relaps\w*[^.;\n]{0,20}(?:lung|liver|bone|distant)")


@dataclass(frozen=True, slots=True)
class _Group:
    value: str
    start: int
    end: int
    edition: int | None
    edition_at: tuple[int, int]


def find(doc: Doc, scene: Scene) -> Iterable[Mention]:
    """Mentions of t_category, n_category, m_category, stage_group and staging_edition."""
    editions = list(_editions(doc, scene))
    groups = [group for group in _groups(scene, editions) if _said(doc, group.start, group.end)]
    if not any(group.edition for group in groups):
        editions.extend(_beside_categories(scene, editions))
    yield from _stage_and_edition(doc, groups, editions)
    numbers = {number for number, _, _ in editions}
    categories = list(categories_in(doc, scene))
    if {"M0", "M1"} <= {str(mention.value)[:2] for mention in categories}:
        # M0 and M1a contradict each other: neither may outrank the other
        categories = [replace(mention, rank=1) for mention in categories]
    before_relapse = any(mention.value == "M0" for mention in categories) and _came_later(scene)
    for mention in categories:
        if mention.value == "M0" and before_relapse:
            doubt = "M0 was before the metastases came; what is the M category now?"
            mention = replace(mention, value=None, doubt=doubt, options=("M1", "M1a", "M1b"))
        if mention.fact == "m_category" and mention.value in ("M1a", "M1b") and numbers and 9 not in numbers:
            # M1a and M1b exist in version 9 only; under another edition the letters mean something else
            mention = Mention("m_category", "M1", mention.start, mention.end, rank=mention.rank)
        yield mention


def _came_later(scene: Scene) -> bool:
    """Whether metastases are told of that came after a stage without any."""
    return _LATER_SPREAD.search(scene.low) is not None and (
        metastatic_before(scene, len(scene.low)) or _DISTANT_RELAPSE.search(scene.low) is not None
    )


def _beside_categories(scene: Scene, editions: list[tuple[int, int, int]]) -> Iterator[tuple[int, int, int]]:
    """ "T3N2M1 (9th)": an edition beside the categories where no other is named."""
    if editions:
        return
    for pattern in (TNM, LONE_M):
        for match in pattern.finditer(scene.text):
            found = _ORDINAL_AFTER_GROUP.match(scene.text[match.end() : match.end() + 40])
            if found:
                yield _ordinal(found), match.end() + found.start(found.lastgroup or 0), match.end() + found.end()
                return


def _ordinal(found: re.Match[str]) -> int:
    """The edition behind a stage: "8th", "in the ninth"."""
    return int(found["a"]) if found["a"] else {"seventh": 7, "eighth": 8, "ninth": 9}[found["w"].lower()]


def _said(doc: Doc, start: int, end: int) -> bool:
    context = qualify(doc, start, end)
    return not (context.foreign or context.planned or context.negated or context.other_cancer)


def _editions(doc: Doc, scene: Scene) -> Iterator[tuple[int, int, int]]:
    numbers = scene.lexicon["staging"]["edition_numbers"]
    for match in _EDITION.finditer(scene.text):
        word = match["a"] or match["b"] or match["c"] or match["d"]
        if match["system"] is None and _NOT_AN_EDITION.search(before(scene.text, match.start(), 16)):
            continue
        behind = scene.low[match.end() : match.end() + 20]
        if match["system"] is None and re.match(r"^\s?(?:of the )?(?:protocol|form|consent|icf)", behind):
            continue
        for other in (
            _AND_EDITION_AFTER.match(behind),
            _AND_EDITION_BEFORE.search(scene.low[max(0, match.start() - 12) : match.start()]),
        ):
            if other is not None:  # "AJCC 8/9": two editions, so that the reader asks
                yield int(other[1]), match.start(), match.end()
        number = numbers.get(word.lower()) or numbers.get(word.lower().rstrip("e"))
        if _IN_ANOTHER.match(behind):
            continue  # "whereas the 8th edition would have said IVB"
        if number is not None and _said(doc, match.start(), match.end()):
            yield number, match.start(), match.end()


def _normal_group(text: str) -> str | None:
    compact = re.sub(r"[\s-]", "", text).upper().replace("FOUR", "4").replace("THREE", "3")
    for sign, letters in _ROMAN_SIGNS.items():
        compact = compact.replace(sign, letters)
    if compact[0].isdigit():
        compact = _DIGITS.get(compact[0], "") + compact[1:]
    return compact if compact in _GROUPS else None


def _groups(scene: Scene, editions: list[tuple[int, int, int]]) -> Iterator[_Group]:
    """Stage groups with the edition named beside them."""
    taken = Taken()
    for pattern in (_STAGE, _BARE):
        for match in pattern.finditer(scene.text):
            start = match.start() if pattern is _STAGE else match.start("group")
            if taken.holds(start, match.end()):
                continue
            value = _normal_group(match["group"])
            counts = _stage_counts if pattern is _STAGE else _bare_counts
            if value is None or not counts(scene, match, editions):
                continue
            taken.add(start, match.end())
            edition, place = _edition_beside(scene, start, match.end(), editions)
            yield _Group(value, start, match.end(), edition, place)


def _stage_counts(scene: Scene, match: re.Match[str], editions: list[tuple[int, int, int]]) -> bool:
    lexicon = scene.lexicon["staging"]
    behind = after(scene.text, match.end(), 24)
    if match["group"].lower() == "i" and not match["group"].isupper():
        return False
    if _EARLIER_EPISODE.search(before(scene.text, match.start(), 45)):
        return False
    if re.search(r"\bfhx?\b|family history", before(scene.text, match.start(), 80)):
        return False
    if whole_words(tuple(lexicon["not_this_stage_before"])).search(before(scene.text, match.start(), 18)):
        return False
    if re.search(r"(?:t|n|m)[\s-]?$", before(scene.text, match.start(), 3)):
        return False  # "T stage 3"
    if re.match(r"^\s(?:antibiotic|fluid|infusion|cisplatin|contrast|chemo|drip|line|access)", behind):
        return False
    return not whole_words(tuple(lexicon["not_this_stage_after"])).match(behind.lstrip(" ,-"))


def _bare_counts(scene: Scene, match: re.Match[str], editions: list[tuple[int, int, int]]) -> bool:
    """A stage group without the word "stage": only beside an edition, NPC or categories; never a route or a vein."""
    ahead, behind = before(scene.text, match.start(), 26), after(scene.text, match.end(), 26)
    if re.search(
        r"(?<![a-z])(?:level|levels|segments?|segs?|lobe|zone|couinaud|cn|type|grade|phase|who|class|nerve|"
        r"hormone|factor|part|"
        r"nodes?|va|region)[\s-]{0,2}(?:[iv]+[ab]?[\s,/&-]{1,3}){0,2}$",
        ahead,
    ):
        return False
    if match["period"] is not None:
        return True
    if match["group"] in ("IA", "IB"):
        return bool(re.match(r"^[\s,(:-]{0,3}(?:[cp]?t\d)", behind) or re.search(r"[nm]\d[\s,(:-]{0,3}$", ahead))
    lettered = len(match["group"].replace(" ", "").replace("-", "")) == 3 and match["group"][:2].upper() == "IV"
    beside = any(0 <= begin - match.end() <= 14 or 0 <= match.start() - stop <= 14 for _, begin, stop in editions)
    if not lettered and beside and match["group"].isupper():
        return True  # "III (AJCC 9th)"
    if not lettered and scene.asked != "stage_group":
        return bool(re.search(r"(?:npc|staged|ajcc ?\d?|tnm)[\s:,-]{0,2}$", ahead)) and match["group"] != "II"
    vein = match["group"].upper() == "IVC"
    if beside or _ORDINAL_AFTER_GROUP.match(behind):
        return True
    if vein or " " in match["group"]:
        return False
    if re.match(r"^\s?(?:cisplatin|antibiotic|fluid|drip|infusion|line|access|contrast|thromb|filter)", behind):
        return False
    return bool(
        re.search(r"npc|stage|ajcc|[tnm]\d[ab]?[\s,(/-]*$", ahead)
        or re.match(r"^[\s,)-]{0,3}(?:npc|disease|by|per|\(?m1)", behind)
    ) or (match["group"].isupper() or match["group"][2:].islower())


def _edition_beside(
    scene: Scene, start: int, end: int, editions: list[tuple[int, int, int]]
) -> tuple[int | None, tuple[int, int]]:
    """The edition that stands beside a stage group, after it rather than before it."""
    behind = _ORDINAL_AFTER_GROUP.match(scene.text[end : end + 40])
    if behind and not _WOULD.match(scene.low, end + behind.end()):
        return _ordinal(behind), (end + behind.start(behind.lastgroup or 0), end + behind.end())
    following = [edition for edition in editions if 0 <= edition[1] - end <= 25]
    if following and not re.search(r"\biv[abc]\b|[;\n]", scene.low[end : following[0][1]]):
        return following[0][0], following[0][1:]
    inside = [edition for edition in editions if start - 25 <= edition[2] <= end and edition[1] < end]
    if inside and not re.search(r"\biv[abc]\b|[;\n]", scene.low[inside[-1][2] : start]):
        return inside[-1][0], inside[-1][1:]
    return None, (start, end)


def _stage_and_edition(doc: Doc, groups: list[_Group], editions: list[tuple[int, int, int]]) -> Iterator[Mention]:
    """Stage and edition; where the same stage is given in two editions, the later edition's pair."""
    certain = [group for group in groups if not qualify(doc, group.start, group.end).uncertain]
    for group in groups:
        if group not in certain:
            yield Mention(
                "stage_group", None, group.start, group.end, "the stage is given with a doubt", (group.value,)
            )
    paired = {group.edition for group in certain if group.edition is not None}
    if len(paired) > 1:
        latest = max(paired)
        certain = [group for group in certain if group.edition == latest]
        editions = [edition for edition in editions if edition[0] == latest]
    elif len(paired) == 1:  # the edition that the stage was given in, not one that is mentioned besides
        editions = [edition for edition in editions if edition[0] in paired]
    finest = max((len(group.value) for group in certain), default=0)
    for group in certain:
        if len(group.value) == finest or not any(
            other.value.startswith(group.value) for other in certain if other is not group
        ):
            yield Mention("stage_group", group.value, group.start, group.end)
        if group.edition is not None and not any(edition[0] == group.edition for edition in editions):
            yield Mention("staging_edition", group.edition, *group.edition_at)
    for number, start, end in editions:
        yield Mention("staging_edition", number, start, end)


def _answer_group(text: str, scene: Scene) -> Answer | None:
    match = re.fullmatch(
        rf"(?:it'?s |it says |they (?:wrote|said|put|have) |stage |clinical |overall |st\.? )*{_GROUP}"
        r"(?: (?:overall|in all|(?:in|on|per|by|from|according to|at) (?:the )?[\w ]{2,24}))?",
        text.strip(" .,!()"),
        re.IGNORECASE,
    )
    value = _normal_group(match["group"]) if match else None
    return Answer(value) if value is not None else None


def _answer_edition(text: str, scene: Scene) -> Answer | None:
    match = re.fullmatch(
        rf"(?:it'?s |the |ajcc |uicc |tnm |version |v|edition |"
        rf"ed )*({_ED_NUMBER})(?:[\s-]?{_ED_WORD}\.?)?",
        text.strip(" .,!()"),
        re.IGNORECASE,
    )
    number = scene.lexicon["staging"]["edition_numbers"].get(match[1].lower()) if match else None
    return Answer(number) if number is not None else None


ANSWERS = {
    "t_category": answer_category("t"),
    "n_category": answer_category("n"),
    "m_category": answer_category("m"),
    "stage_group": _answer_group,
    "staging_edition": _answer_edition,
}
