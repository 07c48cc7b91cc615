"""Whom a noun or a pronoun means, where the cues of relatives do not tell: the mother who gave birth, the doctor who
shook his head, the patient who writes in the first person or talks to a doctor."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from spacy.tokens import Doc

from bot.extraction.layout import sentence_at
from bot.extraction.lexicon import alternation, lexicon
from bot.extraction.mention import Scene
from bot.extraction.quick import quick

# "A boy is delivered to a 27-year-old, gravida 1 woman": from "to a" on the sentence tells of the mother.
_BIRTH = quick(
    r"(?<![a-z])(?:born|delivered|delivery|birth)(?![a-z])[^.;\n]{0,60}?\s(?=(?:to|by|of)\s(?:an?|his|her|the)\s)"
)

# A turn begins a line, or stands inside one behind the end of a sentence where its speaker is a known one.
_TURN = quick(
    r"^[^\S\n]*(?P<who>[a-z][a-z_ ]{1,18}):[^\S\n]"
    r"|(?<=[.?!…\"')\-])[^\S\n]{1,3}(?P<known>patient|pt|doctor|dr|physician|clinician|nurse|provider|guest_[a-z]{3,12}|guest):[^\S\n]",
    re.MULTILINE,
)
_OBJECT_BEHIND = quick(
    r"\s*(?:$|[.,;:)\n]|\s(?:on|in|at|to|for|again|today|tomorrow|and|that|about|as|with|if|when|next|this|yesterday)(?![a-z]))"
)
_NOT_ITS_SUBJECT = quick(r"[,;:]\s|(?<![a-z])(?:with|about|for|of|by|to|from)\s(?:\w+\s){0,2}$")
_NEW_CLAUSE = quick(
    r"(?<![a-z])(?:but|and|when|until|because|as|before|after|while|so|though|although)\s(?:\w+\s){0,3}$"
)
PATIENT_SPEAKS = frozenset({"patient", "pt", "p"})
_DOCTOR_SPEAKS = frozenset({"doctor", "dr", "physician", "clinician", "nurse", "provider", "d", "gp", "consultant"})


@cache
def _pattern(key: str, language: str = "en") -> re.Pattern[str]:
    return quick(rf"(?<![a-z])(?:{alternation(lexicon(language)['person']['speakers'][key])})(?![a-z])")


def of_the_mother(doc: Doc, scene: Scene, start: int) -> bool:
    """Whether the words describe the woman who gave birth to the patient."""
    begin, end = sentence_at(doc, start)
    birth = _BIRTH.search(scene.low, begin, end)
    return birth is not None and birth.end() <= start


def turns(low: str) -> list[tuple[str, int, int]]:
    """The turns of a written-down talk: (speaker, start, end); empty where the text is none with the patient.

    The patient must have the word at least once and somebody of the staff must, too; a form with the lines
    "Patient: M, 54" and "Doctor: Smith" is no talk unless somebody asks.
    """
    return _heads(low) if is_talk(low) and "?" in low else []


def is_talk(low: str) -> bool:
    """Whether both the patient and somebody of the staff have the word."""
    speakers = {who for who, _, _ in _heads(low)}
    return bool(speakers & PATIENT_SPEAKS and speakers & _DOCTOR_SPEAKS)


@lru_cache(maxsize=8)
def _heads(low: str) -> list[tuple[str, int, int]]:
    heads = list(_TURN.finditer(low))
    if not heads:
        return []
    ends = [head.start() for head in heads[1:]] + [len(low)]
    return [((head["who"] or head["known"]).strip(), head.end(), end) for head, end in zip(heads, ends, strict=True)]


def doctors_words(low: str) -> list[tuple[int, int]]:
    """Where the staff speaks to the patient: the staff's turns of a talk, or a question put to somebody ("have you").

    Empty where a relative is spoken of: the visitor is then addressed ("ma'am, I see you brought your daughter").
    """
    told = _heads(low)
    if not {who for who, _, _ in told} & PATIENT_SPEAKS and _kin("your").search(low):
        return []
    spans = [(start, end) for who, start, end in told if who in _DOCTOR_SPEAKS]
    return spans or ([] if told else [match.span() for match in _TO_SOMEBODY.finditer(low)])


_TO_SOMEBODY = quick(r"(?<![a-z])(?:you|your|you've|you're)(?![a-z])[^.?!\n]{0,160}\?")


@cache
def _kin(whose: str, language: str = "en") -> re.Pattern[str]:
    """A relative of somebody in the talk ("my older brother"); "my patient's wife" is none."""
    names = [word for key in _KIN for word in lexicon(language)["cues"]["people"][key]["words"] if str(word).isascii()]
    return quick(
        rf"(?<![a-z])(?:{whose}|i\s(?:have|had|lost|have\sgot)\s(?:an?|one|two|my))\s"
        rf"(?:(?!patient|pt|candidate|colleague)[a-z-]{{2,12}}\s){{0,2}}(?:{alternation(names)})(?![a-z])"
    )


_KIN = (
    "wife", "girlfriend", "husband", "boyfriend", "mother", "father", "sister", "brother", "son", "daughter", "aunt",
    "uncle",
)  # fmt: skip


@lru_cache(maxsize=8)
def tells_of_himself(low: str) -> bool:
    """Whether the patient writes or speaks: "my neck", "restaged me". He and she are then other people."""
    if _pattern("first_person").search(low) is not None or turns(low):
        return True
    visitor = any(who.startswith("guest") for who, _, _ in _heads(low))  # "she" is then the child they came with
    return not visitor and _kin("(?:my|your)").search(low) is not None


_DIED = quick(
    r"(?<![a-z])(?P<who>he|she)(?:'d|\shad|\shas|\sjust|\sactually|\ssadly|\sunfortunately|\slater|\sis|\swas)*\s(?:died|passed(?!\s(?:out|the|his|her|a|an|"
    r"stool|urine|gas|flatus|blood|some|clots|stones?|kidney)(?![a-z]))(?:\saway|\son)?|dead|deceased|succumbed|took\s(?:his|her)\s(?:own\s)?life)(?![a-z])"
)


def who_died(low: str) -> frozenset[str]:
    """The pronouns ("he", "she") of people who died: a candidate is alive, so they stand for somebody else."""
    died = frozenset(match["who"] for match in _DIED.finditer(low))
    # a report may tell of the patient's end
    return died if died and _pattern("patients").search(low) is None else frozenset()


_HIS_CARE = quick(
    r"(?:his|her)\s(?:[a-z-]{2,14}\s){0,2}(?:treatment|therapy|chemo\w*|immunotherapy|cancer|tumou?r|disease|scans?|response|biopsy|ecog|"
    r"performance|age|consent|icf|metasta\w+|lesions?|cycles?|contraception|partner|wife|husband|periods)(?![a-z])"
)


def of_staff(doc: Doc, scene: Scene, start: int, end: int) -> bool:
    """Whether a pronoun stands for a doctor or nurse named just before it: "the PI shook his head".

    "The nurse says she is fit" speaks of the patient, "the PI says she is convinced" may not. "Him" is never the
    subject of its own clause: "Dr Lee saw him" speaks of the patient.
    """
    if _HIS_CARE.match(scene.low, start):
        return False  # "as PI I consider her first-line treatment adequate"
    if scene.low[start:end] == "him" or (scene.low[start:end] == "her" and _OBJECT_BEHIND.match(scene.low, end)):
        return False
    begin, _ = sentence_at(doc, start)
    last = None
    for match in _pattern("staff").finditer(scene.low, begin, start):
        if not scene.low.startswith(("'s", "’s"), match.end()):  # "the PI's view is that he": no subject of a deed
            last = match
    if (
        last is None
        or not scene.low[last.end() : start].strip()
        or _pattern("patients").search(scene.low, last.end(), start)
    ):
        return False
    told = _pattern("patients").search(scene.low, begin, last.start())
    if told is not None and _pattern("says").search(scene.low, told.end(), last.start()):
        return False  # "the participant told the nurse that he is willing"
    between = scene.low[last.end() : start]
    if _pattern("says").search(between) and re.search(r"(?:[a-z]|that)\s$", between):
        return _pattern("minds").search(scene.low, end, end + 40) is not None
    return not _NOT_ITS_SUBJECT.search(between) or _NEW_CLAUSE.search(between) is not None
