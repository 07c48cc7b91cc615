"""Lines of therapy: "first-line", "1L", "2nd line", and which drugs and which response belong to which line."""

from __future__ import annotations

import re
from dataclasses import dataclass

from spacy.tokens import Doc

from bot.extraction.en.given import only_thought_of, said_elsewhere
from bot.extraction.en.terms import after, before, sentence
from bot.extraction.mention import Scene
from bot.extraction.qualifiers import qualify
from bot.extraction.quick import quick

_ORDINALS = {
    "first": 1,
    "1st": 1,
    "front": 1,
    "1": 1,
    "one": 1,
    "i": 1,
    "一": 1,
    "second": 2,
    "2nd": 2,
    "2": 2,
    "two": 2,
    "ii": 2,
    "二": 2,
    "third": 3,
    "3rd": 3,
    "3": 3,
    "three": 3,
    "三": 3,
    "fourth": 4,
    "4th": 4,
    "4": 4,
}
_LINE = quick(
    r"(?<![a-z0-9])(?P<a>first|1st|front|second|2nd|third|3rd|fourth|4th)[\s-]?line(?![a-z])"
    r"|(?<![a-z0-9])line\s(?:of\s(?:therapy|treatment)\s)?(?:no\.?\s|number\s|#\s?|"
    r"[:=]\s?)?(?P<b>[1-4]|one|two|three)(?![a-z0-9])"
    r"|(?<![a-z0-9.])(?P<c>[1-4])\s?L(?![a-zA-Z0-9])"
    r"|(?P<d>[一二三])线"
    r"|(?<![a-z])(?:therapy\s|treatment\s)?line\s?[:=|;\t]\s?(?P<f>[1-4])(?![a-z0-9])"
    r"|(?<![a-z])lines?\sof\s(?:therapy|treatment)\s?[:=]?\s?(?P<e>[1-4](?![a-z0-9])|first|1st|second|2nd|third|3rd)"
    # a row of a pasted table: "Line  first  chart"
    r"|(?:^|(?<=\n)|(?<=[,;|]\s)|(?<=[,;|]))(?:treatment\s|therapy\s)?line\s{0,2}[:=|]?\s{1,3}(?P<g>first|1st|"
    r"second|2nd|third|3rd)(?![a-z-])"
    r"|(?<![a-z0-9])(?P<h>first|1st|second|2nd|third|"
    r"3rd)[\s-](?:ever\s)?(?:palliative\s)?(?:systemic\s(?:treatment|therapy|regimen|chemo\w*)|"
    r"regimen|treatment\sfor\s(?:metastatic|mnpc|m1))(?![a-z])",
    re.IGNORECASE,
)
_VOLUME_AFTER = quick(
    r"^\s?(?:/|o2|oxygen|nc\b|nasal|saline|ns\b|fluid|iv\b|water|blood|of\b|via|per|daily|"
    r"urine|ascites|drain|effusion|vertebra|spine)"
)
_TREATMENT = quick(
    r"chemo|regimen|treat|therapy|line|gp\b|tp\b|[xp][xpf]\b|tpf\b|gx\b|\bpd\b|\bpr\b|"
    r"\bcr\b|\bsd\b|platin|taxel|limab|lizumab|tori|capecit|cycle|x\s?\d"
)
_TUBE = quick(r"(?<![a-z])(?:iv|picc|central|arterial|venous|hickman|infusion|drip|dotted|bottom)\s$")
# "Line 2" is a line of therapy only in a sentence about treatment, or as a label of its own.
_MEDICAL = quick(
    r"chemo|regimen|treat|therapy|platin|taxel|\w+mab(?![a-z])|tori|capecit|cycle|(?<![a-z])(?:gp|tp|tpf|gx|"
    r"pf|xp|gc|pd|pr|cr|sd)(?![a-z])|^[^a-z]*line|line\s?[:=]|"
    r"^\W*(?:that|this|it)\s(?:was|is)\sline\s[1-4]\W*$|(?<![a-z])(?:given|used)\sas\sline\s"
)
_CLOSING = quick(
    r"[\s,(]{0,3}(?:as |in |for |was |given |used |x\s?\d{1,2} |\d cycles |chemo\w* )*(?:the |a |his |her )?"
)
# A line that is only thought of, or that drugs failed to need: "needs second line", "no second-line therapy so far".
_NOT_GIVEN = quick(
    r"(?:need\w*|for|candidate for|eligible for|consider\w*|before|awaiting|suitable for|"
    r"offer\w*|discuss\w*|no|not|never|without|plan\w*|refer\w*|instead of|any)"
    r"\s(?:a\s|any\s|further\s|the\s|subsequent\s|previous\s|prior\s)*$"
)


# "Not his first line, second"
_CORRECTED = quick(
    r"\s?(?:treatment|therapy|regimen)?\s?(?:,|but|-|:|;)\s?(?:but\s|it\s(?:was|is)\s|the\s|his\s|"
    r"her\s)*(?P<n>first|1st|second|2nd|third|3rd)(?![a-z])"
)
_DENIED = quick(r"(?<![a-z])(?:not|isn't|wasn't|never)\s(?:the\s|his\s|her\s|a\s|their\s)*$")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of therapy named in the text."""

    number: int
    start: int
    end: int


def lines(doc: Doc, scene: Scene) -> list[Line]:
    """The lines of therapy that the text says were given to this patient."""
    found = []
    for match in _LINE.finditer(scene.text):
        word = next(group for group in match.groups() if group is not None)
        ahead, behind = before(scene.text, match.start(), 28), after(scene.text, match.end(), 28)
        if match["c"] is not None and not _is_line(match, ahead, behind):
            continue
        if _TUBE.search(ahead) or (
            match["b"] and not _MEDICAL.search(scene.low[slice(*sentence(scene.text, match.start()))])
        ):
            continue
        context = qualify(doc, match.start(), match.end())
        if context.foreign or context.planned or context.other_cancer:
            continue
        if only_thought_of(scene, match.start(), match.end()) or said_elsewhere(scene, match.start()):
            continue
        if (corrected := _CORRECTED.match(scene.low, match.end())) and _DENIED.search(ahead):
            found.append(Line(_ORDINALS[corrected["n"]], match.start(), corrected.end()))
            continue
        number = _ORDINALS[word.lower()]
        denied = re.search(r"\b(?:no|not|never|without|need\w*|plan\w*)\s(?:\w+\s)?$", ahead)
        if _NOT_GIVEN.search(ahead) and (number > 1 or denied):
            continue
        if re.match(
            r"^\s?(?:of (?:defen|(?:the |this |his )?(?:form|letter|report|table|page|note|fax|mail))|"
            r"physician|nurse|manager|management|support|blocked|flushed|not|never)",
            behind,
        ):
            continue
        found.append(Line(number, match.start(), match.end()))
    return found


def _is_line(match: re.Match[str], ahead: str, behind: str) -> bool:
    """ "2L docetaxel" against "2L oxygen"."""
    if (
        match.group()[-1] != "L"
        or _VOLUME_AFTER.match(behind)
        or re.search(r"(?:oxygen|o2|drank|drained|fluids?|urine|tapped)\s$", ahead)
    ):
        return False
    return bool(_TREATMENT.search(ahead[-20:] + " | " + behind))


def line_of(scene: Scene, found: list[Line], start: int, end: int) -> int | None:
    """The line that words belong to: the one named just after them, else the last one named before them."""
    for line in found:
        if 0 <= line.start - end <= 24 and _belongs_before(scene, line, scene.low[end : line.start]):
            return line.number
    earlier = [line for line in found if line.end <= end]
    if earlier:
        return earlier[-1].number
    return found[0].number if len(found) == 1 else None


def _belongs_before(scene: Scene, line: Line, between: str) -> bool:
    """Whether a line closes the words before it ("GP (1L)") and does not open the next ("GP, 2L docetaxel")."""
    if not _CLOSING.fullmatch(between):
        return False
    behind = scene.low[line.end : line.end + 12]
    if re.match(r"\s?[:=-]", behind):
        return False
    return "," not in between or bool(re.match(r"\s?(?:$|[,.;)\n])", behind))
