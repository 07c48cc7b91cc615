"""Abbreviated regimens: "GP x6" is gemcitabine and cisplatin, "GP says BP is fine" is a doctor."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from bot.extraction.en.drugs import Drug
from bot.extraction.en.terms import after, before
from bot.extraction.mention import Answer, Scene
from bot.extraction.quick import quick

_REGIMEN_AFTER = quick(
    r"^\s?(?:[(,]\s?)?(?:x\s?\d|[*]\s?\d|\d{1,2}\s?(?:x\b|cyc|cycle|course|#|c\b|round)|"
    r"(?:one|two|three|four|five|six|seven|eight)\s(?:cyc|course|cy\b)|\d{1,2}\scy\b|cyc|course|chemo|regimen|"
    r"protocol|every\s|q3w|q\d|[+]|plus\b|based|-based|induction|ic\b|combination|combined|"
    r"for\s(?:\d|one|two|three|four|five|six)|c[1-8]\b|d1|"
    r"(?:was|were|is|has\sbeen|have\sbeen|had\sbeen)\s(?:given|complet|start|stopp|tolerat|well|"
    r"switch|chang|finish|administ|ongoing|continued)|"
    r"(?:from|since|between|until)\s(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|\d|early|late|c\d)|"
    r"dose\s(?:reduc|delay|modif)|(?:without|but\sno|and\sno|no)\s(?:any\s)?(?:pd|immuno|"
    r"anti|io\b|checkpoint)|:\s?\d{1,2}(?![\d.])(?!/\d)|neoadj|方案|化疗|联合|[-/]\s?(?:pd|tori|tisle|camre|sinti|pembro|"
    r"nivo|penpu))"
)
# "GP completed in March" against "GP completed the form"
_FINISHED_AFTER = quick(
    r"^\s?(?:started|completed|finished|changed|switched|stopped|given|followed|"
    r"done)(?:\s?$|[,.;)]|\s(?:on|in|at|from|last|this|after|because|due|to|and|with|by|\d))"
)
_REGIMEN_BEFORE = quick(
    r"(?:(?:\d|cycles?|cyc|courses?)\s?(?:x|cycles?|cyc|courses?|#|rounds?|c|of)\s(?:of\s)?|"
    r"(?:after|following|had|received|completed|x)\s\d\s?|\(|chemo\w*\s?[:(-]?\s?(?:was\s|"
    r"with\s|regimen\s|of\s)?|regimen\s?[:(=]?\s?(?:was\s|is\s|of\s)?|"
    r"induction\s?[:(-]?\s?(?:with\s)?|"
    r"received\s|receiving\s|completed\s|think\s(?:it\swas\s)?|finished\s|given\s|"
    r"started\s(?:on\s)?|treated\swith\s|treatment\s?[:=-]\s?|therapy\s?[:=-]\s?|"
    r"line\s?[:=(-]?\s?(?:with\s|of\s|was\s)?|[1-4]l\s?[:=-]?\s?|[+]\s?|plus\s|cycles\sof\s|"
    r"courses\sof\s|"
    r"doublet\s?[(:]?\s?|platinum\w*\s?[(:]\s?|after\s|post[\s-]|on\s|had\s|got\s|"
    r"with\s(?:\d\s)?|then\s|\d\s?/\s?\d\s|(?:changed|switched|switch|converted|"
    r"moved)\s(?:over\s)?to\s|(?:cycle|course|round)\sof\s|(?<![a-z])c\d\s|>\s?)$"
)
_FREE_AFTER = quick(
    r"^\s?(?:$|[,.;:)(+/&>]|and\b|then\b|with\b|without\b|x\b|for\b|dose\b|adequate|only\b|"
    r"alone\b|monotherapy\b|w/|plus\b|followed\b|since\b|from\b|in\b|until\b|to\b|after\b|because\b|due\b|"
    r"at\b|by\b|completed|"
    r"done|finished|given|started|on\s(?:\d|the\s\d|[a-z]+\s\d)|last\b|ended)"
)


# "GP 6, tori 6", "GP; 6 cycles": a count alone is enough where treatment is the subject; "TC 5.2" is cholesterol.
_COUNTED = quick(
    r"\s?(?:\(\s?)?[2-8](?=\s?(?:$|[,;)/]|\.(?!\d)))(?!/\d)|\s?[;,:.]\s?(?:\d|two|three|four|five|"
    r"six)\s?(?:cyc|cours|round|x(?!\w)|#)"
)
_CYCLES_OF = quick(r"(?:cycles?|courses?|rounds?|cyc|\d\s?[x#])\s(?:of\s)?$")
_TREATED = quick(r"(?<![a-z])(?:chemo\w*|cycles?|\w+mab|immuno\w*|pd-?1|npc|m1[ab]?|regimen)(?![a-z])")


@dataclass(frozen=True, slots=True)
class Regimen:
    """A regimen in the text. agents: its drugs where the letters are clear; may_be: its readings where not."""

    name: str
    agents: tuple[str, ...]
    may_be: tuple[str, ...]
    doublet: bool
    start: int
    end: int


@cache
def _letters(names: tuple[str, ...]) -> re.Pattern[str]:
    ordered = sorted(names, key=len, reverse=True)
    either = "|".join(re.escape(name).replace(r"\-", r"[\s-]?") for name in ordered)
    return quick(rf"(?<![a-z0-9])(?:{either})(?=x\s?\d|\d\s?(?:x|cyc)|[^a-z0-9]|$)(?!-\d|'s)", re.IGNORECASE)


def regimens(scene: Scene, named: list[Drug]) -> list[Regimen]:
    """The regimens of the text; ``named`` are the drugs that it names."""
    table: Mapping[str, Any] = scene.lexicon["regimens"]["regimens"]
    by_key = {_key(name): (name, entry) for name, entry in table.items()}
    found: list[Regimen] = []
    for match in _letters(tuple(table)).finditer(scene.text):
        name, entry = by_key[_key(match.group())]
        if any(drug.start < match.end() and match.start() < drug.end for drug in named):
            continue
        if not _counts(scene, match, bool(entry.get("busy")), named):
            continue
        agents = tuple(entry.get("agents", ())) if not entry.get("may_be") else ()
        found.append(
            Regimen(
                name, agents, tuple(entry.get("may_be", ())), bool(entry.get("doublet")), match.start(), match.end()
            )
        )
    return found


def _key(name: str) -> str:
    return re.sub(r"[\s-]", "", name).lower()


def _counts(scene: Scene, match: re.Match[str], busy: bool, named: list[Drug]) -> bool:
    """Whether letters that may mean a regimen mean one here."""
    text = scene.text
    ahead, behind = before(text, match.start(), 28), after(text, match.end(), 24)
    capitals = match.group() == match.group().upper() or match.group().startswith("nab")
    if _REGIMEN_AFTER.match(behind):
        return True
    if not busy:
        return capitals
    if capitals and _COUNTED.match(scene.low, match.end()) and (named or _TREATED.search(scene.low)):
        return True
    words = scene.lexicon["regimens"]["not_a_regimen"]
    if _starts_with(behind, words["after"]) or (
        _ends_with(ahead, words["before"]) and not _REGIMEN_BEFORE.search(ahead)
    ):
        return False
    if capitals and _FINISHED_AFTER.match(behind):
        return True
    asked = scene.asked in ("chemo_agents", "platinum_doublet", "chemo_cycles")
    if asked and (capitals or len(scene.text) < 30):
        return True
    if capitals and _CYCLES_OF.search(ahead):
        return True
    if _REGIMEN_BEFORE.search(ahead) and _FREE_AFTER.match(behind):
        return capitals or bool(
            re.search(r"\d\s?(?:x|cycles?|cyc|courses?|#)\s(?:of\s)?$|chemo\w*\s$|regimen\s$", ahead)
        )
    near = any(-20 <= drug.start - match.end() <= 20 or -20 <= match.start() - drug.end <= 20 for drug in named)
    return capitals and near and bool(_FREE_AFTER.match(behind))


def _starts_with(behind: str, words: list[str]) -> bool:
    pattern = "|".join(re.escape(word) for word in words)
    return bool(re.match(rf"\s?(?:{pattern})(?![a-z])", behind))


def _ends_with(ahead: str, words: list[str]) -> bool:
    pattern = "|".join(re.escape(word) for word in words)
    return bool(re.search(rf"(?<![a-z])(?:{pattern})\s$", ahead))


def answer_regimen(text: str, scene: Scene) -> Answer | None:
    """ "GP", "gp", "TP" once the drugs were asked for."""
    table: Mapping[str, Any] = scene.lexicon["regimens"]["regimens"]
    bare = _key(
        re.sub(
            r"\b(?:regimen|protocol|chemo|the|chemotherapy|doublet)\b", "", text.strip(" .,!()"), flags=re.IGNORECASE
        )
    )
    for name, entry in table.items():
        if _key(name) == bare:
            if entry.get("may_be"):
                readings = " or ".join(entry["may_be"])
                return Answer(None, f"{name} can be {readings}; which drugs were given?", tuple(entry["may_be"]))
            return Answer(sorted(entry["agents"]))
    return None
