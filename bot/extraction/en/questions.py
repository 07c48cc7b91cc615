"""Which words of a message ask instead of stating: "what counts as PR", "can we enrol him", "explain ECOG 2".

A question states nothing of the candidate, whether or not it ends with "?". Its words, openings and look-alikes
("is 54, ECOG 1", "can attend all visits", "what we know: 54M") come from data/lexicon/en/questions.yml.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from bot.extraction.lexicon import alternation, lexicon
from bot.extraction.quick import quick

_CLAUSE = quick(r"[,:;()\[\]]|\s-+\s|(?<![a-z])(?:but|because|since)(?![a-z])")
_RELATIVE = quick(
    r"which\s(?:[a-z]+ly\s|in\sturn\s|then\s|also\s)?(?:(?:is|was)\s(?!it|he|she|that|this|better|right|correct|true)|"
    r"(?:are|were|has|had|have|led|shows|gave|gives|made|makes|means|meant|grew|took|came|[a-z]{2,}ed)(?![a-z]))"
)
# "54F ECOG 2 ok?" tells of somebody before it asks.
# "Could you kindly see this 48-year-old man": a referral, which tells of him.
_REQUEST = quick(
    r"(?:please\s)?(?:could|can|would|will|may|might)\s(?:you|i|we)\s"
    r"(?:(?:please|kindly|possibly|ask you to|refer|have you)\s)*"
    r"(?:see|review|assess|evaluate|take over|have a look at|take a look at|"
    r"look at|look after|advise on|discuss|accept|"
    r"refer|introduce|present)"
    r"\s(?:to you\s)?(?:this|our|my|mr|mrs|ms|miss)(?![a-z])"
)
_NO_PERSON = r"^(?!.*\d\d\s?-?(?:y/?o|yrs?|years?)?[ -]?(?:old\s)?(?:m|f|male|female|man|woman)(?![a-z]))"
# ", who is PI here," tells more of somebody who was named.
_WHO_IS = quick(r"who\s(?:is|was|does|did|can|decides|judges|signs)\s")
_NAMED = quick(
    r"(?<![a-z])(?:(?:dr|prof|professor|doctor|mr|mrs|ms)\.?\s[a-z'-]+(?:\s[a-z'-]+)?|(?:wife|husband|son|daughter|sister|brother|"
    r"mother|father|patient|pt|pi|investigator|oncologist|nurse|colleague|partner|lady|man|woman|gentleman)(?:\s[a-z'-]+)?),\s?\Z"
)
_LONGEST = 120  # characters; a longer sentence is a note, and only the clause that asks is a question


@dataclass(frozen=True, slots=True)
class _Openings:
    filler: re.Pattern[str]
    asks: re.Pattern[str]
    with_mark: re.Pattern[str]
    inside: re.Pattern[str]
    states: re.Pattern[str]
    tag: re.Pattern[str]
    verdict: re.Pattern[str]


@cache
def _openings(language: str) -> _Openings:
    words = {key: alternation(value) for key, value in lexicon(language)["questions"].items()}
    whom = rf"(?:{words['subjects']})(?![a-z])"
    not_verb = rf"(?!(?:{words['statement_verbs']})(?![a-z]))"
    asks = "|".join(
        (
            rf"(?:{words['commands']})(?![a-z])",
            # "what we know:" states, "what is M1a" asks; "WHO 1" is a grade and no question
            rf"(?:what|whats|what's|which)(?!\s?(?:{words['free_relative']})(?![a-z]))(?![a-z])",
            r"(?:why|whose|how(?!\s(?:he|she|they|pt|the patient)\s))(?![a-z])",
            rf"(?:when|where)\s(?:{words['be']}|{words['do']}|{words['modal']}|{words['have']})(?![a-z])",
            r"who\s(?:is|was|decides|judges|signs|counts|can|does|did|would|should)(?![a-z])"
            r"(?!\s(?:ps|type|grade|performance|\d|i{1,3}(?![a-z])))",
            rf"(?:{words['be']})\s{whom}(?!\s(?:of|in)\s)",
            rf"(?:{words['be']})\s[^,;]{{2,40}}\s(?:{words['verdicts']})(?:$|\s(?:or|for|to|here|then|in|if)(?![a-z]))",
            rf"(?:{words['be']})\s[^,;\d]{{2,30}}\san?\s[a-z -]{{2,30}}$",
            r"are\s(?=[a-z])",
            rf"(?:{words['have']})\s(?:{words['persons']})(?![a-z])(?!\sto\s)",
            rf"(?:did)\s(?:{words['persons']})(?![a-z])",
            rf"(?:do|does)\s{not_verb}(?=[a-z0-9])(?!not)",
            rf"(?!should\s(?:he|she|they)\s[^?]*$)(?:{words['modal']})\s{whom}",  # "should he progress, ..."
            rf"(?:{words['modal']})\s{not_verb}(?:[\w-]+\s){{1,4}}?(?:{words['base_verbs']})(?![a-z])",
            rf"(?:{words['modal']})\san?\s(?=[a-z])",
            rf"(?:{words['nouns']})(?![a-z])",
        )
    )
    return _Openings(
        quick(rf"(?:[\s\W]|(?:{words['fillers']})(?![a-z]))*"),
        quick(asks),
        quick(
            rf"(?:{words['be']}|{words['do']}|{words['modal']}|{words['have']}|what|which|how|when|who|why|where|any|"
            r"if|am)(?![a-z])"
        ),
        quick(
            rf"(?<![a-z])(?:{words['wondering']})\s(?:about\s|of\s|of what\s)?(?:{words['wondered']})(?![a-z])"
            # "54F ECOG 1 can she join", never "so is he", "as did she", "should he progress"
            rf"|(?<![a-z])(?<!so )(?<!nor )(?<!as )(?<!than )(?<!neither )(?<!if )(?!should\s)"
            rf"(?:{words['be']}|{words['do']}|{words['modal']}|{words['have']})\s(?:he|she|we|they|you|i)(?![a-z'])"
        ),
        quick(rf"\s*(?:{words['statement_openings']})(?![a-z])"),
        quick(rf",\s(?:{words['tags']})\s*\?\s*$"),
        quick(rf"{_NO_PERSON}.*\s(?:{words['asked_verdicts']})$"),
    )


def asking(plain: str, low: str, sentences: list[tuple[int, int]], language: str = "en") -> Iterator[tuple[int, int]]:
    """The (start, end) of every stretch that asks, by character offsets.

    plain is the message with its capitals, low the same in lower case, sentences the spans of its sentences.
    """
    opening = _openings(language)
    for begin, end in sentences:
        marked = low[begin:end].rstrip().endswith("?")
        open_question = False
        if marked and opening.tag.search(low, begin, end):
            yield begin, end
            continue
        for start, stop in _clauses(low, begin, end):
            first = opening.filler.match(low, start, stop)
            at = first.end() if first else start
            if _asks(opening, plain, low, at, stop, marked):
                open_question = end - begin < _LONGEST
                yield start, stop
            elif open_question and not opening.states.match(low, start, stop):
                yield start, stop  # "what happens with SD, PD or NE"
            else:
                open_question = False
                yield from ((match.start(), stop) for match in opening.inside.finditer(low, start, stop))


def _asks(opening: _Openings, plain: str, low: str, at: int, stop: int, marked: bool) -> bool:
    if plain.startswith("WHO", at) and not marked:
        return False  # the World Health Organization's scale
    clause = low[at:stop].rstrip(" .!?")
    if _REQUEST.match(clause) is not None:
        return False
    if (
        not marked
        and low[max(0, at - 2) : at].strip() == ","
        and _WHO_IS.match(clause)
        and _NAMED.search(low, max(0, at - 60), at)
    ):
        return False
    if not marked and low[max(0, at - 2) : at].strip() == "," and _RELATIVE.match(clause):
        return False  # "T4N1M1, which is IVA"
    if opening.asks.match(clause):
        return True
    if not marked:
        return False
    # "ECOG 2 ok?", "SD after four cycles allowed?"; not "54F ECOG 2, eligible?", where the verdict stands alone
    return opening.with_mark.match(clause) is not None or opening.verdict.search(clause) is not None


def _clauses(low: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentence cut at commas, colons, brackets, dashes and at words that begin a new thought."""
    at = begin
    for match in _CLAUSE.finditer(low, begin, end):
        if match.start() > at:
            yield at, match.start()
        at = match.end()
    if end > at:
        yield at, end
