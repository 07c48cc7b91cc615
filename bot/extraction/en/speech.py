"""Of whom a message speaks: of the one candidate, or of rules, groups, possibilities and other people.

Every sentence is cut into pieces, every piece is weighed by the words in it, and what has no such words goes on
speaking of whom the words before it spoke. A note opens with the candidate, so plain shorthand ("46M ECOG 1 PR") needs
no evidence at all. In one piece the stronger kind wins, in this order:

OTHER      another patient, a made-up one; ends only where the candidate is named beyond doubt
RULE       what must, shall or is defined to be; "a patient who", "you will"
CANDIDATE  "she", "54F", "the patient is"
GROUP      "patients", "median age", "the aim of this study": the sentence tells of many
PROTOCOL   the protocol is mentioned; only what follows in the sentence is its

Words come from data/lexicon/en/speech.yml. Work grows linearly with the text.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.extraction.en.register import research
from bot.extraction.en.speech_shapes import has_limit
from bot.extraction.en.speech_words import (
    ANCHOR,
    CANDIDATE,
    GROUP,
    NAMED,
    OTHER,
    PATIENT,
    PROTOCOL,
    REPORT,
    RULE,
    Cue,
    cues,
)  # fmt: skip
from bot.extraction.en.text_lines import Line, lines
from bot.extraction.quick import quick

_CUT = quick(
    r"[,:;()\[\]]|\s-{1,2}\s|\s/\s|(?<![a-z])(?:but|while|whereas|although|though|however|which|who)(?![a-z])"
    r"|(?<![a-z])(?:and|so)\s(?=(?:he|she|his|her|hers|this|our|mr|mrs|ms|pt|the patient)(?![a-z]))"
)
_WHOLE = frozenset({RULE, GROUP, OTHER})  # kinds that also claim the words before them in their sentence
_NOT_HIS = frozenset({RULE, GROUP, OTHER, PROTOCOL})
# A sentence that states a value without a verb in the present tense: staff's shorthand, even behind a rule.
_GENERAL_VERB = quick(
    r"(?<![a-z])(?:is|are|has|have|can|may|might|could|will|would|should|include[sd]?|consists?|were|receive|they|their|we)(?![a-z])"
)
_CONCRETE = quick(
    r"\d{1,2}\s(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s\d{4}|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}-\d\d-\d\d"
    r"|(?<![a-z])[cpr]?t[0-4x]n[0-3x][a-c]?m[01x]|x\s?\d(?!\d)|(?<![a-z])(?:ecog|ps|kps)\s?:?\s?\d{1,3}(?!\s?[-/0-9]|\s(?:or|to)\s)"
    r"|(?<![a-z])(?:cr|pr|sd|pd)(?![a-z/]|-\d|-l)|(?<![a-z])signed(?![a-z])|(?<![a-z])m[01][ab]?(?![a-z0-9])|\bstaged?\b"
)
_HIS = frozenset({CANDIDATE, ANCHOR, PATIENT})
_HIS_ALONE = _HIS | {NAMED}
_RESEARCH_WORDS = 2  # in one sentence; one more where the message does speak of a candidate
_AGAINST_A_VALUE = 3  # where the sentence gives an exact value, as sentences about one patient do
_MANY = 3  # sentences about rules or about many that make a report of a text
# "X combined with Y versus Z in metastatic carcinoma": the title of a study or a paper.
_HEADLINE = quick(
    r"(?:versus|\bvs\b|combined with|in combination with|with or without|followed by|efficacy|comparison|treatment of|"
    r"therapy of)"
    r"[^.;\n]{3,160}\s(?:in|for|of)\s[^.;\n]{0,60}(?:carcinoma|cancer|\bnpc\b|tumou?rs?)(?![^.;\n]*\d)"
)
# "Apatinib for Advanced Head and Neck Cancer": drugs and an illness in capitals, joined as titles join them.
_TITLE = quick(
    r"(?:\s|^)(?:for|in|of|to)\s[^.;\n\d]*(?:Cancers?|Carcinomas?|Tumou?rs?|Lymphoma|Thymoma|Sarcoma|NPC|Disease)\W*\Z"
)
_ITEM = quick(r"(?<![\w.])\(?(\d{1,2})\)\s")
_WORDED = 15  # characters of a sentence that says anything
_COUNTS = quick(r"\s?(?:one|two|three|some|most)\s")  # "one was CR" is told of the same many
_PROSE = 8  # words of a sentence that is no jotting
_LONGEST = 800  # characters of sentences joined by semicolons
_WORDS = 14  # a longer sentence is prose


@dataclass(slots=True)
class _Piece:
    start: int
    end: int
    sign: str  # what it begins behind: "(", ")" or anything else
    kinds: set[str] = field(default_factory=set)

    @property
    def kind(self) -> str | None:
        for kind in (ANCHOR, OTHER, RULE, CANDIDATE, PATIENT, GROUP, PROTOCOL):
            if kind in self.kinds:
                return CANDIDATE if kind == PATIENT else kind
        return None


def not_of_candidate(
    plain: str, low: str, sentences: list[tuple[int, int]], language: str = "en"
) -> Iterator[tuple[int, int, str]]:
    """The (start, end, kind) of every stretch that does not speak of the candidate, in order.

    plain is the message with its capitals, low the same in lower case, sentences the spans of its sentences.
    """
    found = cues(plain, low, language)
    found = sorted([*found, *_of_research(low, sentences, found, language)])
    if "\n" not in low and not any(kind in _NOT_HIS for _, kind in found) and _TITLE.search(plain) is None:
        return
    starts = [at for at, _ in found]
    known = lines(low, found, language)
    state: str | None = None  # of whom the words before spoke; None: of the candidate
    named = False  # the candidate was spoken of before
    rows = [line.start for line in known]
    general = not any(kind in _HIS for _, kind in found)
    telling = [at for at, kind in found if kind in (RULE, GROUP)]
    report = general and _is_report(low, sentences, telling)
    if not any(kind in (CANDIDATE, ANCHOR) for _, kind in found):
        report = report or _is_guide(low, sentences, telling)
    for start, end in _joined(low, sentences):
        first, last = bisect_right(starts, start - 1), bisect_right(starts, end - 1)
        line = known[max(0, bisect_right(rows, start) - 1)] if known else None
        if report:
            yield start, end, GROUP
            continue
        if line is not None and line.fresh and start - line.start < 4 + line.lead:
            state = None
        if general and state is None and _opens_report(plain[start:end], bool(telling) and telling[-1] >= end):
            yield start, end, GROUP
            continue
        if (
            state is None
            and (line is None or not line.ruled)
            and all(kind in _HIS_ALONE for _, kind in found[first:last])
        ):
            named = named or last > first
            continue  # nothing but the candidate is spoken of
        pieces = _pieces(low, start, end, found[first:last])
        for piece, of in _told(pieces, low, state, line):
            if of in _NOT_HIS:
                yield piece.start, piece.end, of
            state = None if of in (CANDIDATE, ANCHOR) else of
            named = named or of in (CANDIDATE, ANCHOR)
        if named:
            state = None  # what is mentioned in passing ends with its sentence: "the last lady we had dropped out"


def _of_research(low: str, sentences: list[tuple[int, int]], found: list[Cue], language: str) -> Iterator[Cue]:
    """A cue at the head of every sentence in the prose of research that names no candidate."""
    his = [at for at, kind in found if kind in _HIS]
    enough = _RESEARCH_WORDS + bool(his)
    for start, end in sentences:
        if bisect_left(his, start) != bisect_left(his, end):
            continue
        least = max(enough, _AGAINST_A_VALUE) if _CONCRETE.search(low, start, end) is not None else enough
        if research(low, start, end, language) >= least:
            yield start, GROUP


def _pieces(low: str, start: int, end: int, found: list[tuple[int, str]]) -> list[_Piece]:
    """The sentence cut where the talk may turn to somebody else, with the kinds of cues that begin in each."""
    pieces: list[_Piece] = []
    at, sign = start, ""
    for match in _CUT.finditer(low, start, end):
        if match.start() > at and low[at : match.start()].strip():
            pieces.append(_Piece(at, match.start(), sign))
        at, sign = match.start(), match.group().strip()
    pieces.append(_Piece(at, end, sign))
    index = 0
    for place, kind in found:
        while index + 1 < len(pieces) and pieces[index + 1].start <= place:
            index += 1
        pieces[index].kinds.add(kind)
    return pieces


def _told(pieces: list[_Piece], low: str, state: str | None, line: Line | None) -> Iterator[tuple[_Piece, str | None]]:
    """Of whom each piece speaks; state is of whom the sentence before spoke."""
    ruled = line is not None and line.ruled
    marked = [piece.kind for piece in _outside_brackets(pieces) if piece.kind is not None]
    if ruled and not any(piece.kinds & {CANDIDATE, ANCHOR} for piece in pieces):
        yield from ((piece, RULE) for piece in pieces)
        return
    state = RULE if ruled else _opening(pieces, low, state, marked[0] if marked else None)
    before = state
    other = OTHER in marked
    for piece in pieces:
        kind = piece.kind
        if kind == CANDIDATE and state == OTHER and (other or NAMED not in piece.kinds):
            kind = OTHER  # "another patient of ours, 54F", "the last one ... she failed"
        if piece.sign in ("(", "["):
            before = state
        elif kind is None and piece.sign in (")", "]"):
            state = before
        elif kind is None and piece.sign == ";" and state != OTHER and _jotted(low, piece.start + 1, pieces[-1].end):
            state = None
        state = kind if kind is not None else state
        yield piece, state


def _opening(pieces: list[_Piece], low: str, state: str | None, first: str | None) -> str | None:
    """Of whom a sentence speaks before its first cue; first is the kind of that cue."""
    if state == OTHER:
        return OTHER
    if first in _WHOLE:
        return first
    if first == PROTOCOL or _jotted(low, pieces[0].start, pieces[-1].end):
        return None
    return state


def _outside_brackets(pieces: list[_Piece]) -> list[_Piece]:
    """The pieces whose words may claim those before them: "T4N2M1 (any T required)" is the candidate's, "CR (n = 12)"
    is not; all pieces if every one stands in brackets."""
    inside = False
    kept = []
    for piece in pieces:
        inside = piece.sign in ("(", "[") or (inside and piece.sign not in (")", "]"))
        if not inside or REPORT in piece.kinds:
            kept.append(piece)
    return kept or pieces


def _joined(low: str, sentences: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The sentences, those that only a semicolon parts as one: they tell of the same people."""
    begin: int | None = None
    for index, (start, end) in enumerate(sentences):
        begin = start if begin is None else begin
        if low[end : end + 1] == ";" and index + 1 < len(sentences) and sentences[index + 1][0] - begin < _LONGEST:
            continue
        yield begin, end
        begin = None


def _jotted(low: str, start: int, end: int) -> bool:
    """Whether the words up to the next semicolon state a value as staff jot it down, so that they are no part of the
    rule before them."""
    stop = low.find(";", start, end)
    words = low[start : stop if stop != -1 else end]
    if words.count(" ") >= _WORDS or _GENERAL_VERB.search(words) is not None or _COUNTS.match(words) is not None:
        return False
    return _CONCRETE.search(words) is not None


def _is_report(low: str, sentences: list[tuple[int, int]], places: list[int]) -> bool:
    """Whether most of a longer text tells of rules or of many; then its other sentences do so too.

    A text that opens with many or with a rule and goes on with limits ("KPS >= 70", "stage III-IVA") is a list of
    criteria written as prose; it needs fewer.
    """
    whole = [(start, end) for start, end in sentences if end - start >= _WORDED]
    at = [start for start, end in whole if bisect_left(places, start) < bisect_left(places, end)]
    if len(at) >= _MANY and 2 * len(at) >= len(whole):
        return True
    if not at or at[0] != whole[0][0] or len(whole) <= 2:
        return False
    limits = sum(1 for start, end in whole if start not in at and has_limit(low, start, end))
    return limits > 0 and 2 * (len(at) + limits) >= len(whole)


def _is_guide(low: str, sentences: list[tuple[int, int]], places: list[int]) -> bool:
    """Whether items numbered within a paragraph are criteria: "1) Age 18-70. 2) ECOG 0 or 1. 3) Signed consent"."""
    numbers = [int(match.group(1)) for match in _ITEM.finditer(low)]
    if numbers[:_MANY] != [1, 2, 3]:
        return False
    limits = sum(1 for start, end in sentences if has_limit(low, start, end))
    return limits + len(places) >= _MANY and 3 * (limits + len(places)) >= len(numbers)


def _opens_report(words: str, followed: bool) -> bool:
    """Whether the sentence is the title or the first words of a text about many, which tells of nobody else.

    followed: a sentence about rules or about many stands behind it.
    """
    if _CONCRETE.search(words.lower()) is not None:
        return False
    if _HEADLINE.search(words.lower()) is not None and words.count(" ") >= _PROSE:
        return True
    if _TITLE.search(words) is not None and _mostly_capitals(words):
        return True
    if not followed:
        return False
    title = not any(sign.isdigit() for sign in words) and sum(word[0].isupper() for word in words.split()) > 2
    return title or (words.count(" ") >= _PROSE and _GENERAL_VERB.search(words.lower()) is not None)


def _mostly_capitals(words: str) -> bool:
    """Whether the longer words of a sentence begin with capitals, as those of a title do."""
    longer = [word for word in words.replace("-", " ").split() if len(word) > 3]
    return len(longer) > 3 and 4 * sum(word[0].isupper() for word in longer) >= 3 * len(longer)
