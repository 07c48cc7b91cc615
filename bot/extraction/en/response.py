"""Latest overall response to the therapy: CR, PR, SD, PD or NE, and the many letters that look like one.

CR is also creatinine and "controlled release", PR the progesterone receptor, a pulse rate, an ECG interval and the
rectal route, SD a standard deviation, PD the first half of PD-1 and peritoneal dialysis. Praise ("excellent
response"), shrinkage, a clean PET or cleared EBV DNA is no category: it is asked about.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from spacy.tokens import Doc

from bot.extraction.en.given import words_within
from bot.extraction.en.history import of_an_earlier_episode, of_another_cancer
from bot.extraction.en.response_order import Hit, latest_of
from bot.extraction.en.response_words import FACT, STRICT_BEFORE, category_words
from bot.extraction.en.terms import after, before, compiled, sentence
from bot.extraction.mention import Answer, Mention, Scene
from bot.extraction.qualifiers import cue_at, qualify

_TEXT = {
    "near": "praise or nearness is no response category; was it CR, PR or SD?",
    "minor": "a minor response is no response category; was it PR or SD?",
    "shrunk": "shrinkage is described without a category; what was the overall response?",
    "gone": "no visible disease suggests CR, but no category is given; what was the overall response?",
    "stable": "stable is said without a category; was it SD?",
    "responding": "a response is mentioned without a category; was it CR, PR or SD?",
    "metabolic": "a metabolic or clinical response is given; what was the overall response on imaging?",
    "biological": "a biological response is no imaging response; what was the overall response on imaging?",
    "pathological": "a pathological response is no imaging category; what was the overall response on imaging?",
    "mixed": "a mixed response is given; what was the overall response?",
    "pseudo": "a progression that is not confirmed is given; what was the overall response?",
    "no_progression": "progression is denied, but that states neither CR, PR nor SD; what was the overall response?",
    "denied": "a response category is denied; what was the overall response?",
    "scope": "the response is given for some lesions only; what was the overall response?",
    "either": "two response categories are named as alternatives; which one is it?",
    "uncertain": "the response is given with a doubt",
    "unconfirmed": "the response is called unconfirmed; does the investigator accept it?",
    "creatinine": '"Cr" can be the response or creatinine',
}
_STRONG = frozenset({"mixed", "pseudo"})  # these stand against a category named in passing
_PRAISE = frozenset({"responding"})  # "well controlled", "good result": of anything, where no tumour is spoken of
_UNCLEAR_OPTIONS: dict[str, tuple[str, ...]] = {
    "near": ("CR", "PR"),
    "minor": ("PR", "SD"),
    "stable": ("SD",),
    "gone": ("CR", "PR"),
    "pseudo": ("PD", "SD", "PR"),
    "metabolic": ("CR", "PR"),
}
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
_LESION = (
    r"(?:primary(?:\stumou?r|\ssite|\slesion)?|neck(?:\snodes?)?|nodes?|nodal(?:\sdisease)?|"
    r"liver|lungs?|bones?|brain|mets?|metastas[ei]s|metastatic(?:\ssites?|\slesions?)?|"
    r"locoregional\w*|loco-regional\w*|local(?:ly)?|nasophary\w*|"
    r"(?:non-)?target(?:\slesions?)?|np|lesions?|tumou?r|regional|cervical|hepatic|pulmonary|skeletal|distant)"
)
_SCOPE_BEFORE = re.compile(
    rf"(?<![a-z])(?:{_LESION})(?:\s(?:mets?|lesions?|nodules?|disease|"
    rf"deposits?))?\s?(?:[:=-]|shows?|showed|had|is|are|in|with|was|achieved|"
    rf"only)?\s?(?:a\s)?$"
)
_SCOPE_AFTER = re.compile(
    rf"^\s?(?:[(]\s?)?(?:(?:in|of|at|for|within|on)\s)?(?:the\s|his\s|"
    rf"her\s)?(?:{_LESION})(?![a-z])(?!\s?(?:respon|lesions?|x\d|regimen|sum|[-+]?\s?\d))"
)
_OVERALL = re.compile(
    r"(?:overall|all (?:lesions|sites)|everywhere|whole[\s-]body|recist|"
    r"(?:formal|official|final|adjudicated|central|written|signed)\s(?:read(?:ing)?|report|category|response|review|call|result))"
)
_APPROXIMATE = frozenset({"about", "around", "approximately", "~"})


def find(doc: Doc, scene: Scene) -> Iterable[Mention]:
    """The mention of ``response``: the latest overall category, or the doubt about it."""
    hits = _hits(doc, scene)
    certain = [hit for hit in hits if hit.doubt is None]
    overall = {hit for hit in certain if _is_overall(scene, hit)}
    if overall:
        certain = [hit for hit in certain if hit in overall]
    counted = {hit for hit in certain if hit in overall or not _is_scoped(scene, hit)}
    # "PR in May, liver PD in July": the PR is over, and the PD is told of one place only
    worse = set() if overall else {hit for hit in certain if hit.value == "PD" and hit not in counted}
    for hit in latest_of(doc, scene, [hit for hit in certain if hit in counted or hit in worse]):
        if hit in worse:
            yield Mention(FACT, None, hit.start, hit.end, _TEXT["scope"], (hit.value,), rank=2)
        else:
            yield Mention(FACT, hit.value, hit.start, hit.end, rank=1)
    for hit in hits:
        if hit.doubt is None:
            if hit not in counted and _is_scoped(scene, hit):
                yield Mention(FACT, None, hit.start, hit.end, _TEXT["scope"], (hit.value,))
        elif hit.doubt not in ("denied", "no_progression"):
            rank = 1 if hit.doubt == "either" and not counted else 0
            yield Mention(FACT, None, hit.start, hit.end, _TEXT[hit.doubt], hit.options, rank=rank)
        elif scene.asked == FACT:  # what it is not answers the question only where it was put
            yield Mention(FACT, None, hit.start, hit.end, _TEXT[hit.doubt])
    yield from _unclear(doc, scene)


def latest_place(doc: Doc, scene: Scene) -> tuple[int, int] | None:
    """Where the response stands that counts, for the line of therapy that it belongs to."""
    certain = [hit for hit in _hits(doc, scene) if hit.doubt is None]
    latest = latest_of(doc, scene, certain)
    return (latest[-1].start, latest[-1].end) if latest else None


def _hits(doc: Doc, scene: Scene) -> list[Hit]:
    """The categories that the text states of this patient, doubts and alternatives marked."""
    raw = category_words(scene)
    found: list[Hit] = []
    index = 0
    while index < len(raw):
        value, start, end = raw[index]
        group = [raw[index]]
        while (
            index + 1 < len(raw)
            and raw[index + 1][0] != group[-1][0]
            and _is_alternative(scene, group[-1][2], raw[index + 1][1])
        ):
            index += 1
            group.append(raw[index])
        index += 1
        hit = _hit(doc, scene, value, start, end)
        if len(group) > 1:
            if hit is not None and not _scoped_pair(scene, group):
                options = tuple(dict.fromkeys(member[0] for member in group))
                doubt = "denied" if hit.doubt == "denied" else "either"
                found.append(Hit(value, start, group[-1][2], doubt, options))
            elif hit is not None:
                found.append(Hit(value, start, group[-1][2], "scope", tuple(member[0] for member in group)))
        elif hit is not None:
            found.append(hit)
    return found


def _is_alternative(scene: Scene, end: int, start: int) -> bool:
    return bool(re.fullmatch(r"\s?(?:/|\bor\b|and/or|vs\.?|versus)\s?(?:an?\s)?", scene.low[end:start]))


def _scoped_pair(scene: Scene, group: list[tuple[str, int, int]]) -> bool:
    return bool(_SCOPE_BEFORE.search(before(scene.text, group[0][1], 40)))


def _hit(doc: Doc, scene: Scene, value: str, start: int, end: int) -> Hit | None:
    """The category at one place with its doubt, or None where it is not stated of this patient at all."""
    context = qualify(doc, start, end)
    ahead, behind = before(scene.text, start, 60), after(scene.text, end, 40)
    if _OF_OTHERS.search(ahead):
        return None
    if _foreign(doc, scene, start, end) or context.other_cancer or of_another_cancer(scene, start) or _UNREAL_BEFORE.search(ahead):
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


_NO_THEN = re.compile(r"\s{0,2}(?:no|nope|not|wrong)(?![a-z])")
_YES_THEN = re.compile(r"\s{0,2}(?:yes|yep|yeah|correct|right|confirmed|agreed)(?![a-z])")


def _answer_behind(scene: Scene, end: int) -> str | None:
    """What becomes of a category in a sentence that ends in "?": "denied", "open", or None where it stands."""
    _, stop = sentence(scene.text, max(end - 1, 0))
    if scene.text[stop - 1 : stop] != "?" or scene.text[end:stop].strip() == "?":
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


def _is_overall(scene: Scene, hit: Hit) -> bool:
    near = before(scene.text, hit.start, 40) + " | " + re.split(r"[,;]", after(scene.text, hit.end, 26))[0]
    return bool(_OVERALL.search(near))


def _is_scoped(scene: Scene, hit: Hit) -> bool:
    """Whether the category speaks of some lesions only. New lesions, or a patient who progressed, are PD as a whole."""
    if hit.value == "PD" and (
        scene.low.startswith("progress", hit.start) and not scene.low.startswith("progression", hit.start)
        or re.search(r"(?<![a-z])new\s[^,;.]{0,30}$", before(scene.text, hit.start, 45))
    ):
        return False
    behind = after(scene.text, hit.end, 40)
    if re.match(r"^\s?(?:in|of|at)\s(?:all|every|both)\b", behind):
        return False
    return bool(_SCOPE_AFTER.match(behind) or _SCOPE_BEFORE.search(before(scene.text, hit.start, 45)))


def _unclear(doc: Doc, scene: Scene) -> Iterator[Mention]:
    """Words about the tumour's course that name no category."""
    for hit in compiled(scene.lexicon, "response", "unclear").find(scene.text):
        if hit.label == "nothing" or (hit.label == "no_progression" and scene.asked != FACT):
            continue
        context = qualify(doc, hit.start, hit.end)
        if context.foreign or context.planned or context.other_cancer:
            continue
        if context.negated and hit.label not in ("no_progression", "gone"):
            continue
        if (
            hit.label in ("gone", "minor")
            and scene.asked != FACT
            and "smaller" not in scene.low[hit.start : hit.end]
            and not re.search(r"tumou?r|lesion|mets|disease|node|pet|mass|scan|ct\b|mri|ned\b|primary|%", scene.low)
        ):
            continue
        if hit.label in _PRAISE and scene.asked != FACT and not words_within(
            scene.low, *sentence(scene.text, hit.start), "response", "evidence"
        ):
            continue
        options = _UNCLEAR_OPTIONS.get(hit.label, ())
        yield Mention(FACT, None, hit.start, hit.end, _TEXT[hit.label], options, rank=2 if hit.label in _STRONG else 0)


def _answer(text: str, scene: Scene) -> Answer | None:
    """ "pr", "partial", "stable", "CR or PR" once the response was asked for."""
    bare = re.sub(r"^(?:it'?s |it was |it is |a |an |in |the |yes,? |was |is )+", "", text.strip(" .,!()").lower())
    words = {
        "cr": "CR",
        "complete": "CR",
        "pr": "PR",
        "partial": "PR",
        "sd": "SD",
        "stable": "SD",
        "pd": "PD",
        "progression": "PD",
        "cannot be assessed": "NE",
        "can't be assessed": "NE",
        "not assessable": "NE",
        "cannot be evaluated": "NE",
        "unevaluable": "NE",
        "complete remission": "CR",
        "progressed": "PD",
        "progressing": "PD",
        "progressive": "PD",
        "ne": "NE",
        "not evaluable": "NE",
    }
    if bare in words:
        return Answer(words[bare])
    return None


ANSWERS = {FACT: _answer}
