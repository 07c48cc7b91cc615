"""A signature without the name of the form: "not signed yet", "has signed", "consented in writing"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from spacy.tokens import Doc

from bot.extraction.en.consent_forms import other_form_only, words
from bot.extraction.layout import sentence_at
from bot.extraction.lexicon import alternation, lexicon
from bot.extraction.mention import Mention, Scene
from bot.extraction.qualifiers import Qualifiers, qualify

FACT = "icf_signed"
_SIGNED = re.compile(
    r"(?<![a-z])(?:(?P<no>(?:not|hasn't|hasnt|has not|haven't|never|not yet|yet to|"
    r"neither)\s(?:yet\s)?(?:been\s)?(?:yet\s)?"
    r"sign(?:ed)?|unsigned|(?:did not|didn't)\s(?:yet\s)?sign)|(?P<yes>signed|已签署|已签))(?![a-z])"
)
# "The one for this study was not."
_THE_ONE_NOT = re.compile(
    r"(?<![a-z])(?:(?:the )?(?:one|form|consent|paper)(?: form)? (?:for|of) (?:this|the|our) (?:study|"
    r"trial)|study (?:one|form))"
    r" (?:was|is|has|has been) ?(?:not|n't)(?![a-z])|"
    r"(?<![a-z])form (?:is |was |still )*(?:blank|empty|unsigned)(?![a-z])"
)
_CONSENTED = re.compile(r"(?<![a-z])(?:consented|has consented)(?![a-z])")
_IN_WRITING = re.compile(
    r"[^.;\n]{0,40}?(?<![a-z])(?:in writing|in written form|form signed|signed "
    r"the form)"
)
_SIGNED_OFF = re.compile(r"\s(?:off|up|out|by|for|in|on to|papers)(?![a-z])")
_OTHER_PAPER = re.compile(
    r"[ \t](?!(?:the\s|a\s|his\s|her\s)?(?:icf|consent|informed|form|copy|original|page|document|paper|one|study|"
    r"trial|it\b|yes|on\b|today|yesterday|"
    r"last|this|already|and|in|at|by|\d))[a-z]+"
)


# "Signed by the patient on 12 October": the form may be named in the sentence before.
_BY_PATIENT = re.compile(
    r"(?<![a-z])signed\s(?:and dated\s)?by\s(?:the\s)?(?:patient|pt|participant|candidate|subject|him|her|himself|"
    r"herself)(?![a-z])"
)
_ANY_FORM = re.compile(r"(?<![a-z])(?:icf|consent(?:\sform)?|informed consent)(?![a-z])")
_NOTHING_SIGNED = re.compile(
    r"(?<![a-z])(?:signed nothing|nothing (?:has been |is |was )?signed)(?![a-z])(?!\s(?:off|else))"
)
# "ICFsigned", "icf_signed" without a colon.
_JOINED = re.compile(r"(?<![a-z])icf[-_]?signed(?![a-z])(?!\s?[:=?|])(?!\s(?:no|n|yes|y)(?![a-z]))")


def find(doc: Doc, scene: Scene, named: bool = False) -> Iterator[Mention]:
    """icf_signed from words of signing alone; "signed" by itself counts only where the form was asked about.

    named: the form is named elsewhere in the message, in words that do not say whether it was signed.
    """
    for pattern, value in ((_JOINED, True), (_NOTHING_SIGNED, False), (_BY_PATIENT, True)):
        if named and value:
            break  # what was said of the form left it open: only a "not signed" settles it
        for match in pattern.finditer(scene.low):
            meant = qualify(doc, *match.span())
            if other_form_only(doc, scene, match.start()):
                continue
            near = pattern is not _BY_PATIENT or _ANY_FORM.search(scene.low, max(0, match.start() - 120), match.start())
            if near and not (meant.foreign or meant.planned or meant.uncertain or meant.negated):
                yield Mention(FACT, value, *match.span())
                return
    denied = _THE_ONE_NOT.search(scene.low)
    if denied:
        yield Mention(FACT, False, *denied.span())
        return
    yield from _signed(doc, scene)
    yield from _consented(doc, scene)


SOMEBODY_ELSE = "Signed by somebody else; the protocol asks for the patient's signature."


@cache
def _by_another(language: str = "en") -> re.Pattern[str]:
    names = alternation(lexicon(language)["person"]["consent"]["representative"])
    return re.compile(
        rf"\sby\s(?:(?:the|his|her|their|a|patient's)\s)*(?:{names})(?![a-z])"
        r"(?!.{0,20}\band (?:the )?(?:pt|patient))"
    )


def _other(doc: Doc, scene: Scene, end: int) -> bool:
    return words("other_form").search(scene.low, end, min(end + 40, sentence_at(doc, max(0, end - 1))[1])) is not None


def _signed(doc: Doc, scene: Scene) -> Iterator[Mention]:
    asked = scene.asked in ("icf_signed", "icf_date")
    for match in _SIGNED.finditer(scene.low):
        start, end = match.span()
        meant = qualify(doc, start, end)
        by_another = asked and match["yes"] and _by_another().match(scene.low, end)
        if asked and match["yes"] and (by_another or (meant.other_person and not meant.question)):
            yield Mention(FACT, None, start, end, SOMEBODY_ELSE, (True, False))
            continue
        if meant.foreign or _other(doc, scene, end):
            continue
        if match["no"]:
            yield Mention(FACT, False, start, end)
        elif (
            asked and _affirmed(meant) and not (_SIGNED_OFF.match(scene.low, end) or _OTHER_PAPER.match(scene.low, end))
        ):
            yield Mention(FACT, True, start, end)


def _affirmed(meant: Qualifiers) -> bool:
    return not (meant.negated or meant.planned or meant.uncertain)


def _consented(doc: Doc, scene: Scene) -> Iterator[Mention]:
    """ "Consented" may be a spoken word: a question, unless it was "in writing"."""
    for match in _CONSENTED.finditer(scene.low):
        meant = qualify(doc, *match.span())
        if meant.foreign:
            continue
        if meant.negated:
            if not _other(doc, scene, match.end()):
                yield Mention(FACT, False, *match.span())
        elif _IN_WRITING.match(scene.low, match.end()) and _affirmed(meant):
            yield Mention(FACT, True, *match.span())
        elif not meant.planned and not _other(doc, scene, match.end()):
            reason = '"Consented" does not say that the form was signed.'
            yield Mention(FACT, None, *match.span(), reason, (True, False))
        return
