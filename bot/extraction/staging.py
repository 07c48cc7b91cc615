"""T, N, M, stage group and the edition that they were given in.

Sources of the guards: "Free T3, T4 normal" (thyroid), "mets in T4 and T5" (vertebrae), "T2-weighted" (scan), "IV
cisplatin" (into a vein), "IVC thrombus" (a vein), "level IVB nodes" (neck), "CKD stage 3" (another illness).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from spacy.tokens import Doc

from bot.extraction.mention import Answer, Mention, Scene
from bot.extraction.qualifiers import qualify
from bot.extraction.terms import after, before, sentence

_PREFIX = r"(?P<prefix>[cpCP]|y[cp]?|Y[CP]?|r[cp]?|R[CP]?)?"
_T = r"[Tt](?P<t>[0-4][a-d]?(?:-[Tt]?[0-4])?|[Xx]|[Ii][Ss]|[Aa][Nn][Yy])"
_N = r"(?:[cp])?[Nn](?P<n>[0-3][a-c]?|[Xx]|[Aa][Nn][Yy])"
_M = r"(?:[cp])?[Mm](?P<m>[01][a-d]?|[Xx])"
_SEP = r"[\s,;/_.:+|-]{0,3}"
_TNM = re.compile(rf"(?<![A-Za-z0-9]){_PREFIX}{_T}{_SEP}{_N}(?:{_SEP}{_M})?(?![A-Za-z0-9])")
_T_M = re.compile(rf"(?<![A-Za-z0-9]){_PREFIX}{_T}{_SEP}{_M}(?![A-Za-z0-9])")
_N_M = re.compile(rf"(?<![A-Za-z0-9]){_PREFIX}{_N}{_SEP}{_M}(?![A-Za-z0-9])")
_LONE_T = re.compile(rf"(?<![A-Za-z0-9]){_PREFIX}[Tt][\s-]?(?P<t>[0-4][a-d]?|[Xx]|[Ii][Ss])(?![A-Za-z0-9]|\.\d|\s*-\s*[TtLl]?\d)")
_LONE_N = re.compile(rf"(?<![A-Za-z0-9]){_PREFIX}[Nn][\s-]?(?P<n>[0-3][a-c]?|[Xx])(?![A-Za-z0-9]|\.\d)")
_LONE_M = re.compile(rf"(?<![A-Za-z0-9]){_PREFIX}[Mm](?P<m>[01][a-d]?|[Xx])(?![A-Za-z0-9]|\.\d)")
_NAMED = re.compile(
    r"\b(?P<letter>[TNM])[\s-]?(?:category|categ|stage|class|status|grade)?\s?(?:[:=]|is|was|category|stage)\s{0,2}"
    r"(?P<value>[0-4][a-c]?|[Xx])(?![A-Za-z0-9]|\.\d)",
    re.IGNORECASE,
)

_GROUP = r"(?P<group>IV\s?-?\s?[ABCabc](?![a-z])|iv\s?-?\s?[abc](?![a-z])|four(?:\s?[abc](?![a-z]))?|three|IV|iv|III|iii|II|ii|I[ABab]|i[ab]|I|i|4\s?[ABCabc]|[0-4]|[ⅠⅡⅢⅣ]\s?[ABCabc]?)"
_STAGE = re.compile(
    rf"\b(?:stage[d]?|staging|restaged|st\.?|stg\.?|staege|分期)(?![a-z])(?:\s(?:group|grouping|as|is|was|to|at))*[\s:=-]{{0,3}}"
    rf"(?P<lead>(?:(?:by|per|as|at|according\sto|under|in|on|using|with|the|of|ajcc|uicc|tnm|npc|nasopharyngeal|cancer|carcinoma|disease|clinical|group|edition|edn|ed\.?|version|v|\d(?:th)?|eighth|ninth|seventh|[cp]?t\d\w*n\d\w*m\d\w?|was|is|now)[\s:=(),/-]{{1,3}}){{0,6}}?){_GROUP}(?P<period>期)?(?![A-Za-z0-9]|\.\d|\s*(?:/|-)\s*\d)",
    re.IGNORECASE,
)
_BARE = re.compile(r"(?<![A-Za-z0-9])(?:c|p)?(?P<group>IV\s?-?[ABab]|IV[Cc]|iv[ab]|IV|III|II|I[AB])(?P<period>期)?(?![A-Za-z0-9])")
_ROMAN_SIGNS = {"Ⅰ": "I", "Ⅱ": "II", "Ⅲ": "III", "Ⅳ": "IV"}
_DIGITS = {"0": "0", "1": "I", "2": "II", "3": "III", "4": "IV"}
_GROUPS = frozenset({"0", "I", "IA", "IB", "II", "III", "IV", "IVA", "IVB", "IVC"})

_ED_NUMBER = r"(?:7(?:th)?|8(?:th)?|9(?:th)?|seventh|eighth|ninth|seven|eight|nine|VIII|VII|IX|第[七八九789])"
_ED_WORD = r"(?:ed(?:itio)?ns?|edit|ed|version|ver|vers|vsn|v|版)"
_EDITION = re.compile(
    rf"\b(?:(?P<system>AJCC|UICC|TNM)(?:\s?/\s?(?:AJCC|UICC|TNM))*(?:\s(?:TNM|staging|stage|cancer|manual|system|"
    rf"classification|edition|ed))*[\s,(:-]{{0,3}}(?:the\s)?(?:{_ED_WORD}[\s.-]{{0,2}})?(?P<a>{_ED_NUMBER})(?:\s?{_ED_WORD}\b\.?)?"
    rf"|(?P<b>{_ED_NUMBER})[\s-]?(?:{_ED_WORD}\b\.?|(?:AJCC|UICC|TNM)\b)(?:\s(?:of\s)?(?:the\s)?(?:AJCC|UICC|TNM))*"
    rf"|(?:edition|version)[\s:=|]{{1,3}}(?P<c>{_ED_NUMBER}))(?![A-Za-z0-9]|\.\d|\s?%)"
    rf"|(?P<d>第[七八九789])版?",
    re.IGNORECASE,
)
_ORDINAL_AFTER_GROUP = re.compile(r"^[\s,(]{0,3}(?:as |by |per |in |under )?(?:the )?(?:ed\s?)?v?(?P<a>[789])(?:th\b|(?=\s?\)))(?!\s*(?:of|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|cycle|day|month|week|year|dose))", re.IGNORECASE)
_NOT_AN_EDITION = re.compile(r"(?:ctcae|recist|who|icd|icf|dsm|protocol|consent|form|crf|ib|blue\s?book)[\s:,-]{0,3}$", re.IGNORECASE)

_CATEGORY_NEAR = re.compile(r"(?<![a-z0-9])(?:(?:[cp]?t[0-4x])[\s,/;]{1,2}[cp]?(?:n[0-3x]|m[01])|(?:[cp]?n[0-3x][a-c]?)[\s,/;]{1,2}[cp]?(?:t[0-4x]|m[01])|m[01][ab]?[\s,/;]{1,2}[cp]?[tn][0-4x])(?![a-z0-9])")
_EITHER_AFTER = re.compile(r"^\s?(?:or|/|vs\.?|versus)\s?c?m?[01][ab]?(?![a-z0-9])")
_EITHER_BEFORE = re.compile(r"(?<![a-z0-9])c?m[01][ab]?\s?(?:or|/|vs\.?|versus)\s?$")
_OWN_SCHEME = re.compile(r"sysucc|sun yat|subdivision|m1c(?![a-z0-9])")
_ANY_CATEGORY = re.compile(r"(?<![a-z0-9])[cp]?(?:t[0-4]|n[0-3][a-c]?|m[01][ab]?)(?![a-z0-9])")
_DOUBTED_AFTER = re.compile(r"^[\s,(]{0,2}(?:probabl[ey]|possibl[ey]|likely|presumably|suspected|perhaps|maybe|tbc|to be confirmed)(?![a-z])")
# "chemoradiotherapy for stage III NPC": the stage of an earlier episode
_EARLIER_EPISODE = re.compile(r"(?<![a-z])(?:rt|radiotherapy|chemorad\w*|ccrt|crt|imrt|treated|treatment|surgery)\s(?:\w+\s){0,2}?for\s(?:an?\s)?$")


@dataclass(frozen=True, slots=True)
class _Group:
    value: str
    start: int
    end: int
    edition: int | None
    edition_at: tuple[int, int]


class _Taken:
    """Characters that a pattern has used already; a look-up costs no more in a long text."""

    def __init__(self) -> None:
        self._used: set[int] = set()

    def add(self, start: int, end: int) -> None:
        self._used.update(range(start, end))

    def holds(self, start: int, end: int) -> bool:
        return not self._used.isdisjoint(range(start, end))


def find(doc: Doc, scene: Scene) -> Iterable[Mention]:
    """Mentions of t_category, n_category, m_category, stage_group and staging_edition."""
    editions = list(_editions(doc, scene))
    groups = [group for group in _groups(scene, editions) if _said(doc, group.start, group.end)]
    if not any(group.edition for group in groups):
        editions.extend(_beside_categories(scene, editions))
    yield from _stage_and_edition(doc, groups, editions)
    numbers = {number for number, _, _ in editions}
    categories = list(_categories(doc, scene))
    if {"M0", "M1"} <= {str(mention.value)[:2] for mention in categories}:
        # M0 and M1a contradict each other: neither may outrank the other
        categories = [replace(mention, rank=1) for mention in categories]
    for mention in categories:
        if mention.fact == "m_category" and mention.value in ("M1a", "M1b") and numbers and 9 not in numbers:
            # M1a and M1b exist in version 9 only; under another edition the letters mean something else
            mention = Mention("m_category", "M1", mention.start, mention.end, rank=mention.rank)
        yield mention


def _beside_categories(scene: Scene, editions: list[tuple[int, int, int]]) -> Iterator[tuple[int, int, int]]:
    """ "T3N2M1 (9th)": an edition beside the categories where no other is named."""
    if editions:
        return
    for pattern in (_TNM, _LONE_M):
        for match in pattern.finditer(scene.text):
            found = _ORDINAL_AFTER_GROUP.match(scene.text[match.end() : match.end() + 40])
            if found:
                yield int(found["a"]), match.end() + found.start("a"), match.end() + found.end()
                return


def _said(doc: Doc, start: int, end: int) -> bool:
    context = qualify(doc, start, end)
    return not (context.foreign or context.planned or context.negated or context.other_cancer)


# ------------------------------------------------------------------------------------------------- categories


def _categories(doc: Doc, scene: Scene) -> Iterator[Mention]:
    """Categories written together first; a lone "T3" counts only where the text speaks of staging."""
    taken = _Taken()
    for pattern in (_TNM, _T_M, _N_M):
        for match in pattern.finditer(scene.text):
            if taken.holds(match.start(), match.end()):
                continue
            if _is_scan_or_spine(scene, match):
                continue
            taken.add(*match.span())
            yield from _from_match(doc, scene, match)
    for pattern, letter in ((_LONE_T, "t"), (_LONE_N, "n"), (_LONE_M, "m")):
        for match in pattern.finditer(scene.text):
            if taken.holds(match.start(), match.end()):
                continue
            if _lone_counts(scene, match, letter):
                taken.add(*match.span())
                yield from _from_match(doc, scene, match)
    for match in _NAMED.finditer(scene.text):
        if not taken.holds(match.start(), match.end()):
            letter = match["letter"].lower()
            if match["value"][0] in {"t": "01234xX", "n": "0123xX", "m": "01xX"}[letter]:
                yield from _category(doc, scene, letter, match["value"], match.start(), match.end())


def _is_scan_or_spine(scene: Scene, match: re.Match[str]) -> bool:
    return match.re is _T_M and bool(re.search(r"signal|weighted|vertebra", after(scene.text, match.end(), 15)))


def _from_match(doc: Doc, scene: Scene, match: re.Match[str]) -> Iterator[Mention]:
    """The categories of one match; after treatment (y) or at relapse (r) they are not those at diagnosis."""
    found = match.groupdict()
    prefix = (found.get("prefix") or "").lower()
    if prefix.startswith("y"):
        return
    for letter in "m" if prefix.startswith("r") else "tnm":
        if prefix.startswith("r") and not (found.get("m") or "").startswith("1"):
            return  # at relapse only "M1" still says something of the metastases
        value = found.get(letter)
        if value is not None and value.lower() != "any":
            start = match.start(letter) - 1 if letter != "t" else match.start()
            yield from _category(doc, scene, letter, value, start, match.end(letter))


def _category(doc: Doc, scene: Scene, letter: str, value: str, start: int, end: int) -> Iterator[Mention]:
    context = qualify(doc, start, end)
    if context.foreign or context.planned or context.negated or context.other_cancer:
        return
    fact = f"{letter}_category"
    if "-" in value:
        low, high = (_name(letter, part.lstrip("tT")) for part in value.split("-"))
        yield Mention(fact, None, start, end, "a range is given", (low, high))
        return
    category = _name(letter, value)
    if category is None:
        if scene.asked == fact or letter == "m":
            doubt = "M could not be assessed (MX); are there distant metastases?"
            yield Mention(fact, None, start, end, doubt, ("M0", "M1"))
    elif context.uncertain or _DOUBTED_AFTER.match(after(scene.text, end, 24)):
        yield Mention(fact, None, start, end, f"{category} is given with a doubt", (category,))
    elif letter == "m" and (_EITHER_AFTER.match(scene.low[end : end + 10]) or _EITHER_BEFORE.search(scene.low[max(0, start - 10) : start])):
        yield Mention(fact, None, start, end, "two M categories are named as alternatives", ("M0", "M1", "M1a", "M1b"), rank=2)
    elif letter == "m" and (value.lower() not in ("0", "1", "1a", "1b") or category != "M1" and _OWN_SCHEME.search(scene.low)):
        # M1c, and the letters of other schemes, say M1 for certain and no more
        if value == "0":
            yield Mention(fact, "M0", start, end, rank=1)
            return
        yield Mention(fact, "M1", start, end, rank=1)
    elif letter == "m" and category in ("M1a", "M1b"):
        yield Mention(fact, category, start, end, rank=2)
    else:
        yield Mention(fact, category, start, end, rank=1)


def _name(letter: str, value: str) -> str | None:
    """The contract's name of a category: N3b is N3, T4a is T4, MX is none."""
    value = value.lower()
    if letter == "t":
        return {"x": "TX", "is": "Tis"}.get(value, "T" + value[0])
    if letter == "n":
        return {"x": "NX"}.get(value, "N" + value[0])
    return None if value == "x" else "M" + value[0] + (value[1:] if value in ("1a", "1b") else "")


@lru_cache(maxsize=8)
def _words(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(r"(?<![a-z])(?:" + "|".join(re.escape(word) for word in words) + r")(?![a-z])")


def _lone_counts(scene: Scene, match: re.Match[str], letter: str) -> bool:
    """Whether a category that stands alone is one."""
    if scene.text[match.end() : match.end() + 1] == "-" and scene.text[match.end() + 1 : match.end() + 2].isalnum():
        return False  # "T2-weighted", "T4-T6"
    lexicon = scene.lexicon["staging"]
    first, last = sentence(scene.text, match.start())
    near = scene.low[max(first, match.start() - 25) : min(last, match.end() + 25)]
    if letter == "t" and _words(tuple(lexicon["not_a_category"])).search(near):
        return False
    if scene.asked == f"{letter}_category":
        return True
    if letter == "m":
        return match.group()[-1] not in "mM" and not re.search(r"^\s?(?:student|receptor|macroph|muscarin|of\b)", after(scene.text, match.end(), 12))
    if (match["prefix"] or "").lower() in ("c", "p"):
        return True
    said = _words(tuple(lexicon["staging_words"])).search(scene.low[first:last]) or _CATEGORY_NEAR.search(near)
    if letter == "n":
        rest = scene.low[first : match.start()] + " " + scene.low[match.end() : last]
        said = said or _ANY_CATEGORY.search(rest) or re.match(r"^\s?(?:node|nodal|neck|disease|lymph|\()", after(scene.text, match.end(), 10))
    return match.group()[0].isupper() and " " not in match.group() and said is not None


# ---------------------------------------------------------------------------------------------- stage, edition


def _editions(doc: Doc, scene: Scene) -> Iterator[tuple[int, int, int]]:
    numbers = scene.lexicon["staging"]["edition_numbers"]
    for match in _EDITION.finditer(scene.text):
        word = match["a"] or match["b"] or match["c"] or match["d"]
        if match["system"] is None and _NOT_AN_EDITION.search(before(scene.text, match.start(), 16)):
            continue
        if match["b"] and re.match(r"^\s?(?:of the )?(?:protocol|form|consent|icf)", after(scene.text, match.end(), 20)):
            continue
        number = numbers.get(word.lower())
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
    taken = _Taken()
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
    if _words(tuple(lexicon["not_this_stage_before"])).search(before(scene.text, match.start(), 18)):
        return False
    if re.search(r"(?:t|n|m)[\s-]?$", before(scene.text, match.start(), 3)):
        return False  # "T stage 3"
    if re.match(r"^\s(?:antibiotic|fluid|infusion|cisplatin|contrast|chemo|drip|line|access)", behind):
        return False
    return not _words(tuple(lexicon["not_this_stage_after"])).match(behind.lstrip(" ,-"))


def _bare_counts(scene: Scene, match: re.Match[str], editions: list[tuple[int, int, int]]) -> bool:
    """A stage group without the word "stage": only beside an edition, NPC or categories; never a route or a vein."""
    ahead, behind = before(scene.text, match.start(), 26), after(scene.text, match.end(), 26)
    if re.search(r"(?<![a-z])(?:level|levels|cn|type|grade|phase|who|class|nerve|hormone|factor|part|nodes?|va|region)[\s-]{0,2}(?:[iv]+[ab]?[\s,/&-]{1,3}){0,2}$", ahead):
        return False
    if match["period"] is not None:
        return True
    if match["group"] in ("IA", "IB"):
        return bool(re.match(r"^[\s,(:-]{0,3}(?:[cp]?t\d)", behind) or re.search(r"[nm]\d[\s,(:-]{0,3}$", ahead))
    lettered = len(match["group"].replace(" ", "").replace("-", "")) == 3 and match["group"][:2].upper() == "IV"
    if not lettered and scene.asked != "stage_group":
        return bool(re.search(r"(?:npc|staged|ajcc ?\d?|tnm)[\s:,-]{0,2}$", ahead)) and match["group"] != "II"
    vein = match["group"].upper() == "IVC"
    beside = any(0 <= begin - match.end() <= 14 or 0 <= match.start() - stop <= 14 for _, begin, stop in editions)
    if beside or _ORDINAL_AFTER_GROUP.match(behind):
        return True
    if vein or " " in match["group"]:
        return False
    if re.match(r"^\s?(?:cisplatin|antibiotic|fluid|drip|infusion|line|access|contrast|thromb|filter)", behind):
        return False
    return bool(re.search(r"npc|stage|ajcc|[tnm]\d[ab]?[\s,(/-]*$", ahead) or re.match(r"^[\s,)-]{0,3}(?:npc|disease|by|per|\(?m1)", behind)) or (
        match["group"].isupper() or match["group"][2:].islower()
    )


def _edition_beside(
    scene: Scene, start: int, end: int, editions: list[tuple[int, int, int]]
) -> tuple[int | None, tuple[int, int]]:
    """The edition that stands beside a stage group, after it rather than before it."""
    behind = _ORDINAL_AFTER_GROUP.match(scene.text[end : end + 40])
    if behind:
        return int(behind["a"]), (end + behind.start("a"), end + behind.end())
    following = [edition for edition in editions if 0 <= edition[1] - end <= 25]
    if following and not re.search(r"\biv[abc]\b|[;\n]", scene.low[end : following[0][1]]):
        return following[0][0], following[0][1:]
    inside = [edition for edition in editions if start - 25 <= edition[2] <= end and edition[1] < end]
    if inside and not re.search(r"\biv[abc]\b|[;\n]", scene.low[inside[-1][2] : start]):
        return inside[-1][0], inside[-1][1:]
    return None, (start, end)


def _stage_and_edition(
    doc: Doc, groups: list[_Group], editions: list[tuple[int, int, int]]
) -> Iterator[Mention]:
    """Stage and edition; where the same stage is given in two editions, the later edition's pair."""
    certain = [group for group in groups if not qualify(doc, group.start, group.end).uncertain]
    for group in groups:
        if group not in certain:
            yield Mention("stage_group", None, group.start, group.end, "the stage is given with a doubt", (group.value,))
    paired = {group.edition for group in certain if group.edition is not None}
    if len(paired) > 1:
        latest = max(paired)
        certain = [group for group in certain if group.edition == latest]
        editions = [edition for edition in editions if edition[0] == latest]
    elif len(paired) == 1:  # the edition that the stage was given in, not one that is mentioned besides
        editions = [edition for edition in editions if edition[0] in paired]
    finest = max((len(group.value) for group in certain), default=0)
    for group in certain:
        if len(group.value) == finest or not any(other.value.startswith(group.value) for other in certain if other is not group):
            yield Mention("stage_group", group.value, group.start, group.end)
        if group.edition is not None and not any(edition[0] == group.edition for edition in editions):
            yield Mention("staging_edition", group.edition, *group.edition_at)
    for number, start, end in editions:
        yield Mention("staging_edition", number, start, end)


# --------------------------------------------------------------------------------------------------- answers


def _answer_category(letter: str) -> object:
    def read(text: str, scene: Scene) -> Answer | None:
        bare = text.strip(" .,!()").lower()
        match = re.fullmatch(r"(?:it'?s |is |c|p)*(?:[tnm][\s-]?)?([0-4][a-c]?|x|is)", bare)
        if match is None or match[1][0] not in {"t": "01234xi", "n": "0123x", "m": "01x"}[letter]:
            return None
        if re.match(r"(?:it'?s |is )*[cp]?([tnm])", bare) and letter not in bare:
            return None
        category = _name(letter, match[1])
        return None if category is None else Answer(category)

    return read


def _answer_group(text: str, scene: Scene) -> Answer | None:
    match = re.fullmatch(rf"(?:it'?s |stage |clinical |st\.? )*{_GROUP}", text.strip(" .,!()"), re.IGNORECASE)
    value = _normal_group(match["group"]) if match else None
    return Answer(value) if value is not None else None


def _answer_edition(text: str, scene: Scene) -> Answer | None:
    match = re.fullmatch(
        rf"(?:it'?s |the |ajcc |uicc |tnm |version |v|edition |ed )*({_ED_NUMBER})(?:[\s-]?{_ED_WORD}\.?)?", text.strip(" .,!()"), re.IGNORECASE
    )
    number = scene.lexicon["staging"]["edition_numbers"].get(match[1].lower()) if match else None
    return Answer(number) if number is not None else None


ANSWERS = {
    "t_category": _answer_category("t"),
    "n_category": _answer_category("n"),
    "m_category": _answer_category("m"),
    "stage_group": _answer_group,
    "staging_edition": _answer_edition,
}
