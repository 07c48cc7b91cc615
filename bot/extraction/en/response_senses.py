"""Whether letters and words that look like a response category are one: of this tumour, to this treatment.

Three questions, each with its words in data/lexicon/en/response.yml:
- do the letters mean something else here (``other_senses``), or does the text itself define them otherwise
  ("sudden deafness (SD)")?
- does anything speak for a response: letters that stand by themselves in a list, or a sentence about scans, tumour or
  treatment (``evidence``)?
- is it the tumour that responded or progressed, not a rash, a pain or a blood count (``of_tumour``)?
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from bot.extraction.en.given import word_places, words_within
from bot.extraction.en.terms import after, before, sentence
from bot.extraction.lexicon import alternation, lexicon
from bot.extraction.mention import Scene

_DEFINED = re.compile(
    r"(?<![a-z])(?P<one>[a-z]+)(?:[\s-](?:of|for|to|and))?[\s-](?P<two>[a-z]+(?:'s)?)\s?\((?P<letters>cr|pr|"
    r"sd|pd|ne)s?[);,]"
)
_RESPONSE_WORDS = re.compile(r"(?:complete|partial|stable|progressive|not|non|disease|tumou?r)")
_ALONE_BEFORE = re.compile(
    r"(?:^|[,;:(=>/|\[+~&-]|\.|(?<![a-z])(?:in|a|an|had|has|have|was|is|now|still|only|of|then|and|or|but|"
    r"with|for|good|best|sustained|"
    r"ongoing|maintained|confirmed|deep|excellent|clear|nice|definite|got|called|as|says?|said|remains?|to|"
    r"true|durable|"
    r"showed|shows?|showing|i\.?e\.?|[\d.]+\s?%|x\s?\d{1,2}|(?:cycles?|wks?|weeks?|months?)(?:\sago)?))\s{0,2}$"
)
_ALONE_AFTER = re.compile(
    r"\s{0,2}(?:$|[,;.)(/|>\]!?&+-]|(?:now|then|so|and|but|by|on|at|in|per|since|after|as|following|until|"
    r"till|from|with|confirmed|achieved|maintained|"
    r"kept|sustained|overall|again|still|today|last|this|to|for|ps|ecog|icf|met|later|according|whereas|while|"
    r"when|who|which|"
    r"[\d.]+\s?%|cyc\w*|ct|mri|pet|recist)(?![a-z]))"
)

_BESIDE = 24  # characters in front of the letters
_SHORT_CLAUSE = 4  # words that may stand with the letters in a clause of its own: "my own reading SD"


def other_sense(scene: Scene, value: str, start: int, end: int) -> bool:
    """Whether the letters CR, PR, SD, PD or NE mean something else at this place."""
    if value in _defined_otherwise(scene.low):
        return True
    senses = lexicon("en")["response"]["other_senses"].get(value)
    if senses is None:
        return False
    keys = ("response", "other_senses", value)
    if "text" in senses and word_places(scene.low, *keys, "text"):
        return True
    begin, stop = sentence(scene.text, start)
    if "sentence" in senses and (
        words_within(scene.low, begin, start, *keys, "sentence")
        or words_within(scene.low, end, stop, *keys, "sentence")
    ):
        return True
    if "beside" not in senses:
        return False
    before_it = words_within(scene.low, max(begin, start - 22), start, *keys, "beside")
    if before_it is not None and not re.search(r"[,;.]", scene.low[before_it[1] : start]):
        return True
    behind_it = words_within(scene.low, end, min(stop, end + 16), *keys, "beside")
    return behind_it is not None and not re.search(r"[,;.]", scene.low[end : behind_it[0]])


@lru_cache(maxsize=64)
def _defined_otherwise(low: str) -> frozenset[str]:
    """The letters to which the text itself gives another meaning: "cardiac rehabilitation (CR)"."""
    found = set()
    for match in _DEFINED.finditer(low):
        letters = match["letters"]
        if match["one"][0] + match["two"][0] == letters and not _RESPONSE_WORDS.match(match["one"]):
            found.add(letters.upper())
    return frozenset(found)


def spoken_for(scene: Scene, start: int, end: int) -> bool:
    """Whether letters that could be a response are one: they stand by themselves, or the sentence is about it."""
    begin, stop = sentence(scene.text, start)
    ahead = scene.low[begin:start]
    ahead = ahead if len(ahead) <= _BESIDE else "x" + ahead[-_BESIDE:]
    if _ALONE_BEFORE.search(ahead) and _ALONE_AFTER.match(scene.low[end : min(stop, end + _BESIDE)]):
        return True
    left = re.split(r"[,;:().>|]", scene.low[max(begin, start - 60) : start])[-1].split()
    right = re.split(r"[,;:().>|]", scene.low[end : min(stop, end + 60)])[0].split()
    if len(left) + len(right) <= _SHORT_CLAUSE and not (left and right):
        return True
    return words_within(scene.low, begin, stop, "response", "evidence") is not None


# "Complete response in June" tells when, not of what.
_WHEN = re.compile(
    r"\s(?:of|in)\s(?:(?:early|mid|late|the|last|this)\s)?(?:\d|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|"
    r"dec|spring|"
    r"summer|autumn|winter|(?:week|month|year|clinic|question|keeping)(?![a-z]))"
)


@cache
def _of_what() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """(of the tumour, to another treatment, of another disease) behind a response or a progression."""
    words = lexicon("en")["response"]
    filler = (
        r"(?:(?:the|his|her|their|all|both|any|this|known|previous|existing|multiple|new|target|measurable|or|"
        r"and|to)\s){0,5}"
        r"(?:[\w-]+\s){0,2}?"
    )
    return (
        re.compile(rf"\s(?:of|in|within|at|on)\s{filler}(?:{alternation(words['of_tumour'])})(?![a-z])"),
        re.compile(
            r"\s(?:to|with|after|on|following|under)\s(?:[\w-]+\s){0,3}?"
            rf"(?:{alternation(words['other_treatments'])})(?![a-z])"
        ),
        re.compile(r"\s(?:of|in)\s"),
    )


def of_the_tumour(scene: Scene, start: int, end: int) -> bool:
    """Whether a spelt-out response or progression is the tumour's: "remission of the rash" is not."""
    of_tumour, other_treatment, of_something = _of_what()
    behind = after(scene.text, end, 60)
    if other_treatment.match(behind):
        return False
    if of_something.match(behind) and not of_tumour.match(behind):
        return _WHEN.match(behind) is not None
    clause_end = re.search(r"[,;]", behind)
    stop = end + (clause_end.start() if clause_end else len(behind))
    if words_within(scene.low, end, stop, "response", "other_diseases"):
        return False
    begin = max(sentence(scene.text, start)[0], start - 60)
    other = words_within(scene.low, begin, start, "response", "other_diseases")
    return other is None or _OURS_AGAIN.search(scene.low, other[1], start) is not None


_OURS_AGAIN = re.compile(r"(?<![a-z])(?:npc|tumou?r|cancer|gp|ct|pet|mri|scan|response)(?![a-z])|[.;]")
_SUBJECT = re.compile(
    r"(?P<noun>[a-z][\w'-]*)\s(?:(?:has|have|had|having|then|later|subsequently|also|slowly|clinically|"
    r"radiologically|radiographically|rapidly|already|now|since|"
    r"unfortunately|eventually|never|not|clearly|definitely|both|all|again|further|only|just|soon|quickly|"
    r"locally|distantly|systemically|initially|finally|"
    r"who|which|that|did|was|were|is|are|been|being)\s)*$"
)


def tumour_progressed(scene: Scene, start: int, end: int) -> bool:
    """Whether "progressed" or "progression" is that of the tumour: not of pain, hearing loss or a form."""
    words = lexicon("en")["response"]
    if not of_the_tumour(scene, start, end):
        return False
    behind = after(scene.text, end, 50)
    noun = scene.low.startswith("progression", start)
    if re.match(r"\s(?:to|from|into|through|along|well)\s", behind) and not noun:
        return False  # "progressed to both legs", "progressed to surgery"
    ahead = before(scene.text, start, 60)
    if noun:
        described = re.search(r"([a-z][\w'-]+)[\s-]$", ahead)
        return described is None or described[1] not in words["progress_of_other_things"]
    subject = _SUBJECT.search(ahead)
    if subject is None or subject["noun"] in words["progressing_subjects"]:
        return True
    return re.search(rf"(?<![a-z])(?:{alternation(words['of_tumour'])})$", ahead[: subject.end("noun")]) is not None
