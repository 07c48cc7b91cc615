"""Willing and able in talk: the patient's own words, a question with its answer, bare answers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc

from bot.extraction.en.compliance_words import EITHER, about_plan, behind, named_until, stands_for, word_of
from bot.extraction.mention import Answer, Mention, Scene
from bot.extraction.quick import quick

_OWN_WORDS = quick(
    r"(?<![a-z])(?:patient|pt|he|she|candidate)\s?"
    r"(?:(?:says|states|said|stated|told us|wrote|replied|answered)[\s:,-]{0,3}|:\s?)['\"]{0,2}"
    r"(?:yes,?\s)?i(?:\s(?:want|would like|am happy|am willing|am keen|agree|will|wish)|"
    r"'d (?:like|love)|'ll|'m (?:happy|willing|keen))(?![a-z])"
)


def own_words(doc: Doc, scene: Scene) -> Iterator[Mention]:
    """ "Patient says: I want to be part of this study"."""
    for match in _OWN_WORDS.finditer(scene.low):
        words = behind(doc, scene.low, match.end())
        if not re.match(r"\s(?:not|never)(?![a-z])", words) and about_plan(doc, scene.low, match.start(), match.end()):
            yield Mention("willing", True, match.start(), match.end() + named_until(words))


_ASKED_BACK = quick(
    r"(?<![a-z])(?:can|could|will|is|would|does)\s(?:he|she|they|the patient|"
    r"pt)\s(?P<rest>[^?.\n]{1,60}\?)[\s*>-]{0,4}(?:a(?:nswer)?:\s)?"
    r"(?:(?P<yes>yes|yep|yeah|sure|of course|definitely)|(?P<no>no|nope)|(?P<open>not sure|unsure|don't know|"
    r"unclear|no idea|tbc|maybe|perhaps|"
    r"probably|hopefully|we'll see|hard to say))(?![a-z])"
)
_WANTS = quick(r"(?:want to|wish to|accept|willing|happy|prepared|keen|ready|agree)(?![a-z])")
_CAN = quick(r"(?:able|manage|capable|make it|attend|come|keep|follow)(?![a-z])")


def asked_and_answered(doc: Doc, scene: Scene) -> Iterator[Mention]:
    """ "Can he manage the visits? Not sure." The answer says what the question asked."""
    for match in _ASKED_BACK.finditer(scene.low):
        rest = match["rest"].removesuffix("?")
        fact = "willing" if _WANTS.match(rest) else "able" if _CAN.match(rest) else None
        key = next(key for key in ("yes", "no", "open") if match[key])
        verb = (_WANTS if fact == "willing" else _CAN).match(rest)
        if fact is None or verb is None:
            continue
        if about_plan(
            doc, scene.low, match.start(), match.start("rest") + verb.end(), bool(stands_for(rest[verb.end() :]))
        ):
            said = scene.text[slice(*match.span(key))]
            doubt = f'"{said}": is the candidate {fact}?' if key == "open" else None
            yield Mention(fact, None if doubt else key == "yes", *match.span(key), doubt, EITHER if doubt else ())


def _answer(fact: str, yes: str, no: str, words: str) -> Answer | None:
    bare = re.sub(
        r"^(?:(?:yes|yep|yeah|no|nope|oh|well),?\s)?(?:(?:he|she|the patient|patient|pt)(?:\sis|'s|\shas)\s)?",
        "",
        words.strip(" .,!()"),
    )
    bare = re.sub(r"\s(?:yesterday|today|now|yet|really|with it|at all|actually)$", "", bare)
    for said in (words.strip(" .,!()"), bare):
        if word_of(no).fullmatch(said):
            return Answer(False)
        if word_of(yes).fullmatch(said):
            return Answer(True)
    if word_of("undecided").search(words):
        return Answer(doubt=f'"{words}": is that a yes or a no?', options=EITHER)
    return None


def answer_willing(words: str, scene: Scene) -> Answer | None:
    """Bare answers to the question whether the candidate is willing."""
    return _answer("willing", "answers_willing", "answers_unwilling", words)


def answer_able(words: str, scene: Scene) -> Answer | None:
    """Bare answers to the question whether the candidate is able."""
    return _answer("able", "answers_able", "answers_unable", words)


ANSWERS = {"willing": answer_willing, "able": answer_able}
