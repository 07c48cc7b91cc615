"""How a response category is meant at one place: stated, denied, doubted, asked, planned, or of somebody else."""

from __future__ import annotations

import re

from spacy.tokens import Doc

from bot.extraction.en.history import of_an_earlier_episode, of_another_cancer
from bot.extraction.en.response_order import Hit
from bot.extraction.en.response_words import STRICT_BEFORE
from bot.extraction.en.terms import after, before, sentence
from bot.extraction.mention import Scene
from bot.extraction.qualifiers import cue_at, qualify

_NEGATION = re.compile(
    r"\b(?:no|not|without|never|nor|neither|isn't|wasn't|hasn't|hadn't|didn't|non|denies|"
    r"negative for|free of|excluded|absence of|fail\w* to|short of|rather than|ruled out|"
    r"instead of|less than)[\s-]"
    r"(?:(?:evidence|of|sign|signs|yet|achieved|achieve|achieving|reached|reach|a|an|any|"
    r"the|in|clear|been|confirmed|have|has|formal|radiological|documented|true|disease|"
    r"quite|clinical|definite|obvious|called|considered|longer|as|currently|overt|frank|"
    r"for)[\s-])*$"
)
_DENIED_AFTER = re.compile(
    r"^[\s,(:]{0,2}(?:was |is |has been |were |be )?(?:not\s(?:yet\s)?(?:achieved|reached|"
    r"confirmed|seen|met|documented|obtained)|excluded|ruled out|not\b)"
)
_UNREAL_BEFORE = re.compile(
    r"\b(?:till|til|until|unless|if|prevent|risk of|time to|to exclude|r/o|rule out|"
    r"hop\w+ for|hopefully|with luck|aim\w* for|expect\w*|towards|versus|vs|in case of|definition of|defined as|"
    r"pending|await\w*|consider\w*|free from|before|confirm or exclude|\?)\s(?:a\s|"
    r"any\s|the\s|overt\s|confirmed\s)?$"
)
# "Patients in PR are randomised", "the trial needs CR or PR": a rule, not this patient
_OF_OTHERS = re.compile(
    r"\b(?:(?<!the )(?<!our )(?:patients|subjects|participants|candidates|people|those)|"
    r"(?:needs?|requires?|required|must be|must have))\b[^.;,\n]{0,20}$"
)
_UNCONFIRMED = re.compile(r"unconfirmed\s$|\bu$|not (?:yet )?confirmed\s$")
_UNCONFIRMED_AFTER = re.compile(
    r"^[\s,(:]{0,2}(?:\(?unconfirmed|has not (?:yet )?been confirmed|not (?:yet )?confirmed|"
    r"to be confirmed|tbc|(?:but\s)?(?:awaiting|pending|awaits)\s(?:the\s)?(?:final|formal|"
    r"official|central|confirm)|(?:but\s)?(?:the\s)?(?:final|formal|official|"
    r"central)\s(?:read|report|review)\w*\s(?:is\s)?(?:pending|awaited|outstanding|"
    r"to follow|next|not)|yet to be confirmed)"
)
_QUESTIONED = re.compile(r"^\s?\(?\?+\)?")
_APPROXIMATE = frozenset({"about", "around", "approximately", "~"})


def hit_at(doc: Doc, scene: Scene, value: str, start: int, end: int) -> Hit | None:
    """The category at one place with its doubt, or None where it is not stated of this patient at all."""
    context = qualify(doc, start, end)
    ahead, behind = before(scene.text, start, 60), after(scene.text, end, 40)
    if _OF_OTHERS.search(ahead):
        return None
    if (
        _foreign(doc, scene, start, end)
        or context.other_cancer
        or of_another_cancer(scene, start)
        or _UNREAL_BEFORE.search(ahead)
    ):
        return None
    if of_an_earlier_episode(scene, start):
        return None
    if value == "PD" and _AT_PROGRESSION.search(ahead) and not _WHAT_FOLLOWED.search(behind):
        return None  # "on progression switch to docetaxel" is a plan
    if _is_planned(doc, scene, start, end) or re.match(r"^[\s-]{0,1}(?:free|rate\b|rates\b)", behind):
        return None
    if value == "PD" and re.match(
        r"^[^.;\n]{0,12}\bafter (?:radical |definitive |curative |previous |prior )*(?:rt|crt|"
        r"ccrt|chemorad\w*|radio\w*|imrt)\b",
        behind,
    ):
        return None  # relapse after curative treatment, not the response to first-line therapy
    if _NEGATION.search(ahead) or _DENIED_AFTER.match(behind) or (context.negated and value == "PD"):
        return Hit(value, start, end, "no_progression" if value == "PD" else "denied")
    if _UNCONFIRMED.search(ahead) or _UNCONFIRMED_AFTER.match(behind):
        return Hit(value, start, end, "unconfirmed", (value,))
    if not context.question and (answer := _answer_behind(scene, end)) is not None:
        return Hit(value, start, end, "uncertain", (value,)) if answer == "open" else None
    if (_QUESTIONED.match(behind) and not context.question) or scene.text[max(0, start - 1) : start] == "?":
        return Hit(value, start, end, "uncertain", (value,))
    cue = cue_at(doc, "uncertain", start, end)
    if (
        cue is not None
        and cue.label.lower() not in _APPROXIMATE
        and not re.search(r"[,;]", scene.text[min(cue.cue_end, start) : start])
    ):
        return Hit(value, start, end, "uncertain", (value,))
    if scene.text[start:end] in ("Cr",) and not STRICT_BEFORE.search(ahead):
        return Hit(value, start, end, "creatinine", (value,))
    return Hit(value, start, end)


def _foreign(doc: Doc, scene: Scene, start: int, end: int) -> bool:
    """Whether the words do not state anything of this patient. "Until she progressed" tells what came true."""
    context = qualify(doc, start, end)
    if context.quoted_protocol or context.question or context.other_person is not None:
        return True
    if not context.hypothetical:
        return False
    cue = cue_at(doc, "hypothetical", start, end)
    came_true = scene.low.startswith("progressed", start) and cue is not None and cue.label.lower() in ("until", "once")
    return not came_true


_AT_PROGRESSION = re.compile(r"(?<![a-z])(?:on|upon|at|in\scase\sof|with)\s(?:the\s|any\s|first\s|disease\s)*$")
_WHAT_FOLLOWED = re.compile(
    r"(?<![a-z])(?:switched|changed|received|was|were|had|got|started|given|treated|on|in|\d)(?![a-z])"
)


_NEAR_MARK = 26  # characters to the question mark that still doubts the category
_NO_THEN = re.compile(r"\s{0,2}(?:no|nope|not|wrong)(?![a-z])")
_YES_THEN = re.compile(r"\s{0,2}(?:yes|yep|yeah|correct|right|confirmed|agreed)(?![a-z])")


def _answer_behind(scene: Scene, end: int) -> str | None:
    """What becomes of a category in a sentence that ends in "?": "denied", "open", or None where it stands."""
    _, stop = sentence(scene.text, max(end - 1, 0))
    if (
        scene.text[stop - 1 : stop] != "?"
        or stop - end > _NEAR_MARK
        or re.search(r"[,;:\[]", scene.text[end:stop])
        or scene.text[end:stop].strip() == "?"
    ):
        return None
    if _YES_THEN.match(scene.low, stop):
        return None
    return "denied" if _NO_THEN.match(scene.low, stop) else "open"


def _is_planned(doc: Doc, scene: Scene, start: int, end: int) -> bool:
    """ "awaiting PR confirmation" is planned; "plan RT as he is in PR" is not."""
    cue = cue_at(doc, "planned", start, end)
    if cue is None:
        return False
    between = scene.low[min(cue.cue_end, start) : start]
    return not re.search(
        r"\b(?:after|since|following|given|as|because|in|with|has|had|achieved|having|despite|"
        r"now|of|for)\b",
        between,
    )
