"""Result of the pregnancy test: urine or serum, in words or as a level."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from spacy.tokens import Doc

from bot.extraction.layout import sentence_at
from bot.extraction.lexicon import alternation, lexicon, words_pattern
from bot.extraction.mention import Answer, Mention, Scene
from bot.extraction.qualifiers import Qualifiers, qualify
from bot.extraction.quick import quick

FACT = "pregnancy_test_result"
_STATES = ("indeterminate", "not_done", "pending", "negative", "positive")
_MARKER = quick(r"(?<![a-z])(?:tumou?r\smarkers?|afp|alpha-?fetoprotein)[\s:,(/-]{0,4}(?:and\s|serum\s)?$")
_LEVEL = quick(
    r"[\s:=(]{0,3}(?:level\s|was\s|of\s|is\s|result\s)?(?P<sign>[<>≤≥]?)\s?(?P<n>\d{1,"
    r"6}(?:\.\d+)?)(?![\d/.-])\s?(?P<unit>m?i?u/m?l|iu/l|miu/ml|mu/ml|u/l)?"
)
_NEGATIVE_BELOW = 5.0  # IU/L, the usual cut-off of laboratories; a level without its unit is asked about
_NOT_A_RESULT = quick(
    r"(?<![a-z])(?:er|pr|her2|ebv|eber|hbv|hbsag|hiv|hcv|margin|p16|ck|pd-l1|"
    r"node|nodes|kras|egfr|mycobacter|covid|blood culture)[\s:+/-]{0,3}$"
)


@cache
def _results(language: str) -> re.Pattern[str]:
    content = lexicon(language)["person"]["pregnancy"]
    parts = [rf"(?P<{state}>{alternation(content[state])})" for state in _STATES]
    return quick(rf"(?<![a-z0-9+])(?:{'|'.join(parts)})(?![a-z])")


def find(doc: Doc, scene: Scene) -> Iterator[Mention]:
    """pregnancy_test_result; a home test, a level without its unit and a result that is not back are questions."""
    yield from _tests(doc, scene)
    for tested in _TESTED.finditer(scene.low):
        state = _results("en").fullmatch(tested["state"])
        if state is not None and qualify(doc, *tested.span()).plain:
            yield Mention(FACT, str(state.lastgroup), *tested.span())


def _foreign(meant: Qualifiers) -> bool:
    return meant.foreign or meant.other_cancer


def _tests(doc: Doc, scene: Scene) -> Iterator[Mention]:
    tests = list(words_pattern("en", "person", "pregnancy", "test").finditer(scene.low))
    for number, match in enumerate(tests):
        start, end = match.span()
        meant = qualify(doc, start, end)
        if _MARKER.search(scene.low, max(0, start - 24), start):
            continue  # hCG as a marker of a tumour
        if not meant.quoted_protocol:
            yield from _answered(doc, scene, end)
        if _foreign(meant):
            continue
        begin, stop = sentence_at(doc, start)
        if number + 1 < len(tests):
            stop = min(stop, tests[number + 1].start())
        if number:
            begin = max(begin, tests[number - 1].end())
        mention = _result(doc, scene, start, end, begin, stop)
        if mention is not None:
            yield mention
    if not tests and scene.asked == FACT and len(scene.low) < 120:
        states = {str(match.lastgroup): match for match in _results("en").finditer(scene.low)}
        if len(states) == 1 and not states.keys() & {"not_done", "pending"}:
            match = next(iter(states.values()))
            mention = _judged(doc, scene, match, *match.span(), home="home" in scene.low)
            if mention is not None and not _foreign(qualify(doc, *match.span())):
                yield mention


# The answer to "hCG??" in the next turn of a pasted talk: "[09:20] Jo: urine, taken this morning, negative".
_NEXT_TURN = quick(
    r"\s?\?{1,3}\s{0,2}\n(?:[\[(][\d: ]{4,10}[\])]\s?)?(?:[a-z][a-z .()]{0,18}:\s)?(?P<said>[^.?\n]{3,70})"
)


def _answered(doc: Doc, scene: Scene, end: int) -> Iterator[Mention]:
    turn = _NEXT_TURN.match(scene.low, end)
    if turn is None:
        return
    found = [match for match in _results("en").finditer(scene.low, *turn.span("said")) if match.group() != "no"]
    if len({match.lastgroup for match in found}) == 1 and not _foreign(qualify(doc, *found[0].span())):
        mention = _judged(doc, scene, found[0], *found[0].span(), home="home" in turn["said"])
        if mention is not None:
            yield mention


def _result(doc: Doc, scene: Scene, start: int, end: int, begin: int, stop: int) -> Mention | None:
    """The result that belongs to one test: the nearest word after it in the sentence, else just before it."""
    low = scene.low
    reach = min(stop, end + 60)
    home = words_pattern("en", "person", "pregnancy", "home").search(low, max(begin, start - 20), reach) is not None
    level = _LEVEL.match(low, end)
    if level and (level["unit"] or level["sign"]):
        return _from_level(scene, level, start)
    beside = _beside(low, begin, start)
    if beside is not None and not _IS_GIVEN.match(low, end):
        return _judged(doc, scene, beside, beside.start(), end, home)
    after = _word_after(low, end, reach)
    if after is not None:
        other = _repeated(low, after, stop)
        if other is not None and other.lastgroup == "pending":
            return Mention(FACT, None, start, other.end(), "The result of the second test is not back yet.", rank=1)
        if other is not None:
            reason = "Two tests with different results are given; which one counts?"
            options = (str(after.lastgroup), str(other.lastgroup))
            return Mention(FACT, None, start, other.end(), reason, options, rank=1)
        return _judged(doc, scene, after, start, after.end(), home)
    for match in reversed(list(_results("en").finditer(low, max(begin, start - 30), start))):
        gap = low[match.end() : start]
        if len(gap) <= 14 and not re.search(r"[,;.]|(?<![a-z])(?:and|for)(?![a-z])", gap):
            return _judged(doc, scene, match, match.start(), end, home)
    if level and not _A_TIME.match(low, level.end()):
        return _from_level(scene, level, start)
    meant = qualify(doc, start, end)
    if meant.planned or (meant.negated and not meant.uncertain):
        return Mention(FACT, "not_done", start, end)
    return None


_RESULT_BEFORE = quick(r"(?<![a-z])results?\s?(?:is|was|[:=])?\s?$")
_IS_GIVEN = quick(r"\s?(?:[:=]|is\s|was\s|came\s)")
# A word of a result that stands before another finding is that finding's: "positive hCG with a negative sonogram".
_OF_ANOTHER = quick(
    r"\s(?:sonogram|sonography|ultrasound|scan|ct|mri|pet|biopsy|cultures?|smear|margins?|nodes?|lymph|covid|hiv|urinalysis|"
    r"swab|ebv|serology|x-ray|mammogram|cytology|hepatitis|urine\sculture|rhesus|rh)(?![a-z])"
)


def _beside(low: str, begin: int, start: int) -> re.Match[str] | None:
    """The result written just before its test: "a positive hCG", "result -ve, urine hCG"."""
    for match in _results("en").finditer(low, max(begin, start - 24), start):
        if match.lastgroup in ("negative", "positive", "indeterminate"):
            gap = low[match.end() : start]
            if re.fullmatch(r"\s(?:urine\s|serum\s|urinary\s|blood\s)?", gap):
                return match
            if re.fullmatch(r"[,;]?\s", gap) and _RESULT_BEFORE.search(
                low[max(begin, match.start() - 14) : match.start()]
            ):
                return match
    return None


_TESTED = quick(r"(?<![a-z])tested\s(?P<state>[a-z+-]{3,10})\sfor\spregnancy(?![a-z])")
_A_TIME = quick(
    r"\s?(?:st|nd|rd|th)?\s?(?:of\s)?(?:days?|weeks?|d|h|hours?|x|times|months?|"
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*)(?![a-z])"
)
_ANOTHER_MATTER = quick(r"[;]|(?<![a-z])(?:ecog|icf|agrees?|contraception)(?![a-z])")


def _word_after(low: str, end: int, reach: int) -> re.Match[str] | None:
    """The first word of a result behind the test, unless another matter lies between."""
    for match in _results("en").finditer(low, end, reach):
        gap = low[end : match.start()]
        if match.lastgroup == "not_done" and "," in gap and not match.group().startswith(("not", "never", "has")):
            return None  # "hCG <1 on 18 Nov, planned randomisation": the plan is of something else
        if _NOT_A_RESULT.search(gap) or _ANOTHER_MATTER.search(gap) or _OF_ANOTHER.match(low, match.end()):
            return None
        return match
    return None


def _repeated(low: str, first: re.Match[str], stop: int) -> re.Match[str] | None:
    """A second, different result of a repeated test in the same sentence."""
    again = quick(
        r"(?<![a-z])(?:repeat\w*|re-?test\w*|second|then|later|confirmatory|confirmation|now|"
        r"(?:serum|blood|urine)(?=\s(?:hcg\s|test\s|one\s|result\s|is\s|was\s)*(?:neg|pos|pend|await|[+-]ve)))(?![a-z])"
    ).search(low, first.end(), stop)
    if again is None:
        return None
    for match in _results("en").finditer(low, again.end(), min(stop, again.end() + 40)):
        if match.lastgroup in ("negative", "positive", "indeterminate", "pending"):
            return match if match.lastgroup != first.lastgroup else None
    return None


def _judged(doc: Doc, scene: Scene, match: re.Match[str], start: int, end: int, home: bool) -> Mention | None:
    state = str(match.lastgroup)
    words = scene.text[start:end]
    meant = qualify(doc, match.start(), match.end())
    if state == "pending":
        return Mention(FACT, None, start, end, "The result of the pregnancy test is not back yet.")
    if state == "not_done":
        return Mention(FACT, "not_done", start, end)
    if meant.uncertain or scene.low[match.end() : match.end() + 1] == "?":
        return Mention(FACT, None, start, end, f'"{words}" is said with doubt.', (state,))
    if meant.negated:
        return Mention(FACT, None, start, end, f'"{words}" does not give the result.')
    if meant.planned and not re.search(r"\bbefore\b", words):
        return None
    if home:
        return Mention(
            FACT,
            None,
            start,
            end,
            "A home test is no laboratory result; was there a urine or serum test?",
            (state,),
            rank=-1,
        )
    return Mention(FACT, state, start, end)


def _from_level(scene: Scene, level: re.Match[str], start: int) -> Mention:
    words = scene.text[start : level.end()].strip()
    number = float(level["n"])
    if level["unit"] and number <= _NEGATIVE_BELOW and level["sign"] in ("<", "≤"):
        return Mention(FACT, "negative", start, level.end())
    if level["unit"] and number < _NEGATIVE_BELOW and level["sign"] == "":
        return Mention(FACT, "negative", start, level.end())
    if level["sign"] in ("<", "≤") and number <= _NEGATIVE_BELOW:
        return Mention(FACT, None, start, level.end(), f'"{words}" has no unit; is the result negative?', ("negative",))
    return Mention(
        FACT,
        None,
        start,
        level.end(),
        f'"{words}": does the laboratory call this negative or positive?',
        ("negative", "positive"),
    )


def _answer_result(words: str, scene: Scene) -> Answer | None:
    bare = words.strip(" .,!")
    if len(bare.split()) > 6:
        return None
    if re.fullmatch(
        r"(?:no|none|not yet|not done|no test|not done yet|never|nope)(?: (?:test|yet|done|"
        r"so far|one))*|(?:no )?(?:we |i |she |they )?(?:haven't|have not|havent|hasn't|has not|hasnt|didn't|did not) "
        r"(?:done|had|run|taken|do|have|run|take) (?:one|it|a test|the test|any|that)(?: yet| so far)?",
        bare,
    ):
        if bare in ("no", "nope", "none", "never"):
            return Answer(doubt=f'"{bare}": was no test done, or was it negative?', options=("not_done", "negative"))
        return Answer("not_done")
    if re.fullmatch(r"(?:yes|y|yep|yeah|done)(?: (?:she has|it was|done|it is))*", bare):
        return Answer(doubt="A test was done; what was its result?", options=("negative", "positive", "indeterminate"))
    found = list(_results("en").finditer(bare))
    states = {str(match.lastgroup) for match in found}
    if re.search(r"(?<![a-z])(?:home|self)(?![a-z])", bare):
        return Answer(doubt="A home test is no laboratory result; was there a urine or serum test?")
    if "pending" in states:
        return Answer(doubt="The result of the pregnancy test is not back yet.")
    if len(states) != 1 or bare.endswith("?"):
        return None
    return Answer(states.pop())


ANSWERS = {FACT: _answer_result}
