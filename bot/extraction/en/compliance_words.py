"""What willingness and ability are said of: the study's visits, plan and tests, or something else; and of whom."""

from __future__ import annotations

import re
from functools import cache

from spacy.tokens import Doc

from bot.extraction.layout import sentence_at
from bot.extraction.lexicon import alternation, lexicon, words_pattern

EITHER = (True, False)
PASSIVE = frozenset({"accepted", "agreed", "refused", "declined", "rejected"})  # may be said of the plan
REACH = 100  # characters behind the words in which what they are about must be named
_BEFORE = 160  # characters before them, for "able to do so"
_CLAUSE_END = re.compile(r"[.;\n]|(?<![a-z])(?:but|although|though|however)(?![a-z])")
_SUBJUNCTIVE = re.compile(r"(?<!will )(?<!would )(?<!to )(?<!ll )(?<!may )(?<!might )(?<!should )(?<![a-z])be\s$")
# What may stand between "able to", "agrees to" and the verb or the noun.
_LINK = re.compile(
    r"\s*(?:(?:to|of|for|from|with|in|about|on|that|she|he|her|him|them|will|also|fully|readily|happily|gladly|"
    r"physically|still|easily|probably|"
    r"regularly|always|continue|the|all|our|both|mentally|cognitively|logistically|now|and|(?:wishing|"
    r"wanting)\sto)\s){0,4}"
)
_BE = (
    r"(?:is|are|was|were|am|be|been|seems|sounds|appears|would|will|has|have|had|'s|'m|'re|'d|also|quite|very|all|"
    r"both|not|now|"
)


@cache
def word_of(section: str, language: str = "en") -> re.Pattern[str]:
    """Whole words of one section of compliance.yml."""
    return words_pattern(language, "compliance", section)


@cache
def _others(language: str = "en") -> re.Pattern[str]:
    names = alternation(lexicon(language)["compliance"]["not_the_candidate"])
    return re.compile(
        rf"(?<![a-z])(?:{names})(?:\s(?!(?:and|but|so|he|she|who)\s)[a-z]+)?\s(?:{_BE}must|should)\s){{0,4}}$"
    )


def of_another(low: str, start: int, begin: int) -> bool:
    """Whether the words before say that somebody else, or people in general, are meant: "we are happy to"."""
    left = low[max(begin, start - 60) : start]
    return bool(_SUBJUNCTIVE.search(left)) or bool(_others().search(left))


def behind(doc: Doc, low: str, end: int) -> str:
    """The words behind a cue, up to the end of its clause."""
    _, stop = sentence_at(doc, end)
    words = low[end : min(max(stop, end), end + REACH)]
    over = _CLAUSE_END.search(words)
    return words[: over.start()] if over else words


def about_plan(doc: Doc, low: str, start: int, end: int, asked: bool = False) -> bool:
    """Whether the words between two offsets are said of the study's plan, by what follows or went before."""
    words = behind(doc, low, end)
    other = word_of("not_the_plan").search(words)
    named = word_of("plan").search(words) or word_of("all_of_it").search(words)
    if named is not None and _during(words[: named.start()]):
        named = None
    if named is not None and (other is None or other.start() > named.start()):
        return True
    verb = word_of("plan_verbs").search(words)
    apart = other is not None and verb is not None and "," in words[verb.end() : max(verb.end(), other.start())]
    if verb is not None and (other is None or apart) and named is None and _FREE.match(words, verb.end()):
        return True
    if named is not None:
        return False
    tests = word_of("tests").search(words)
    begin, stop = sentence_at(doc, start)
    if tests is not None and (other is None or other.start() > tests.start()):
        near = low[max(begin, start - _BEFORE) : min(stop, end + REACH)]
        return asked or any(word_of(key).search(near) for key in ("of_the_study", "plan_verbs"))
    if other is not None:
        return False
    if not _stands_for(words):
        return False
    before = low[max(0, start - _BEFORE) : start]
    if asked and not _ONLY_SUBJECT.fullmatch(re.split(r"[.,;\n]|(?<![a-z])(?:and|but|also)(?![a-z])", before)[-1]):
        return word_of("plan").search(before) is not None
    return asked or word_of("plan").search(before) is not None or word_of("plan_verbs").search(before) is not None


# "Contraception agreed" once the willingness was asked for is an answer to something else.
_ONLY_SUBJECT = re.compile(
    r"\s*(?:(?:yes|no|yep|yeah|ok|he|she|they|it|pt|patient|the|is|was|has|have|had|very|quite|fully|perfectly|more|"
    r"than|only|too|also|not|"
    r"would|will|be|been|really|says|said|does|did|do|seems|to|most|still|never|definitely|certainly|totally|and|"
    r"answer|i|think|so|that|"
    r"'s|mr|mrs|ms|candidate|subject|participant|both|now|already|verbally|in|principle)(?:\s|$|'s\s))*"
)
_PREPOSITION = re.compile(
    r"(?<![a-z])(?P<prep>for|during|throughout|until|while|over|as long as|within|through|after|before|outside|at|"
    r"since|by|from)\s"
    r"(?:(?:the|this|our|his|her|last|next|first|previous|latest|recent|whole|entire|duration of|length of|end of)\s)*$"
)


# Behind "attend", "participate": nothing, or no object of its own ("attend university").
_FREE = re.compile(
    r"\s*(?:$|[,.;:)(/!?]|(?:as|on|regularly|weekly|monthly|because|due|and|or|whenever|when|every|each|all|any|"
    r"in person|by|without|from|despite|unless|provided|except|"
    r"after|before|at all|there|again|fully|too|so|owing|since|while|then|now|if|at the|in full|daily|the)(?![a-z])|"
    r"with\s(?:his|her|the|us|our))"
)


def _during(words: str) -> bool:
    """ "Agrees to a coil for the study": the study is when, and something else is what."""
    when = _PREPOSITION.search(words)
    if when is None:
        return False
    what = words[: when.start()]
    link = _LINK.match(what)
    what = what[link.end() if link else 0 :].strip()
    if not what:  # "keen for the trial", but "happy at his last visit"
        return when["prep"] in ("at", "after", "during", "since", "before", "until", "by", "from")
    if _KEEPS_IT.fullmatch(what):
        return True  # "a coil in place and agrees to keep it for the whole study"
    named = any(word_of(key).search(what) for key in ("plan", "plan_verbs", "all_of_it", "tests"))
    named = named or word_of("follow_verbs").match(what) is not None
    return bool(what) and not named and what not in ("be", "come", "in", "come in", "stay", "go", "it")


_KEEPS_IT = re.compile(
    r"(?:keep(?:ing)?|us(?:e|ing)|tak(?:e|ing)|wear(?:ing)?|leav(?:e|ing)|hav(?:e|ing)) "
    r"(?:it|them|one|both)(?: (?:in|on|in place))?"
)


def named_until(words: str) -> int:
    """Where, in the words behind a cue, what it is about is named in full; 0 where nothing is named."""
    found = sorted(
        m.span() for key in ("plan", "all_of_it", "tests", "plan_verbs") for m in word_of(key).finditer(words)
    )
    until = 0
    for start, end in found:
        if until and start - until > 6:
            break
        until = max(until, end)
    return until


def _stands_for(words: str) -> bool:
    """Whether nothing, or only a word for what was named before, follows: "to do so", "it"."""
    rest = re.split(r"[,:(]|(?<![a-z])(?:and|as|because|since|while|with her|with his)(?![a-z])", words, maxsplit=1)[0]
    rest = re.sub(r"^\s*(?:to|of|for|with)(?![a-z])", "", rest.strip()).strip(" .!?)")
    verb = word_of("follow_verbs").match(rest)
    if verb is not None and word_of("it").fullmatch(re.sub(r"^\s?(?:to|with|by|at|all)?\s?", "", rest[verb.end() :])):
        return True  # "stick to it"
    return not rest or any(word_of(key).fullmatch(rest) for key in ("it", "all_of_it"))


def follow_verb(words: str) -> bool:
    """Whether a verb of following comes next: "able to attend", never "able to walk"."""
    if "\u2e80" <= words[:1] <= "\u9fff":
        return True  # Chinese verbs follow without a link; the plan is looked for afterwards
    link = _LINK.match(words)
    return word_of("follow_verbs").match(words, link.end() if link else 0) is not None


def stands_for(words: str) -> bool:
    """Whether nothing of its own follows."""
    return _stands_for(words)
