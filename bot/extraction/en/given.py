"""Whether a treatment that a text names was given: denied, only thought of, given elsewhere, or for another disease.

One home for the question, so that a drug ("declined docetaxel"), a class ("PD-1 antibody not reimbursed") and a
regimen are judged alike. The words stand in data/lexicon/en/given.yml.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache, lru_cache

from bot.extraction.en.doses import beyond
from bot.extraction.en.terms import after, answered_behind, before, sentence, ticked
from bot.extraction.lexicon import alternation, lexicon, words_pattern
from bot.extraction.mention import Scene
from bot.extraction.qualifiers import Reach
from bot.extraction.quick import quick

_NEAR = 60  # characters beside the words in which a denial is looked for
_ONE_OTHER = r"(?:[\w/-]{2,18}\s(?:or|nor)\s|[\w-]{2,18}\s?/\s?)?"
# "if the kidneys recover: GP", "should he progress, docetaxel": all of the sentence is only thought of.
_CONDITION = quick(r"\s*[-*•]?\s*(?:so\s|and\s|but\s)?(?:if|should|once|provided|unless|in\scase|assuming)\s")
# "Does not consider three cycles of GP adequate" judges what was given.
_JUDGED = quick(r"(?<![a-z])(?:in|un)?(?:adequate|sufficient|enough)(?![a-z])")
_HAPPENED = quick(r"(?<![a-z])(?:was|were|had|received|got|given|completed)(?![a-z])")
_DONE = r"after|following|post|had|has|received|got|given|completed|s/p|since|because|as|who|which|chosen|taken"
_SAID = quick(
    r"(?:[ \t:=|-]{1,3}(?:(?P<yes>yes|yep|y|ok|given|received|present|positive|✓)|(?P<no>no|none|n|nil|nope|"
    r"never|absent|-))|"
    r"\s?=\s?(?:(?P<one>1)|(?P<zero>0)))(?=\s{0,2}(?:$|[,;./|)\n]))"
)


@lru_cache(maxsize=256)
def word_places(low: str, file: str, *keys: str) -> tuple[tuple[int, int], ...]:
    """Where the words of a list of the lexicon stand in a text: searched once, looked up often."""
    return tuple(match.span() for match in words_pattern("en", file, *keys).finditer(low))


def words_within(low: str, begin: int, stop: int, file: str, *keys: str) -> tuple[int, int] | None:
    """The last word of a list that lies between two offsets, or None."""
    places = word_places(low, file, *keys)
    index = bisect_right(places, (stop, stop)) - 1
    while index >= 0 and places[index][1] > stop:
        index -= 1
    return places[index] if index >= 0 and places[index][0] >= begin else None


@cache
def _words(name: str) -> str:
    return alternation(lexicon("en")["given"][name])


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """Denied before, replaced before, denied behind; thought of behind, given after all, still to come, thought of."""
    between = rf"(?:(?:{_words('between')})\s){{0,4}}"
    aux = rf"(?:(?:{_words('auxiliary')})\s){{0,4}}"
    # "why not tori", "if not cisplatin": a question and a condition, no denial
    denied = rf"(?<![a-z])(?<!if )(?<!why )(?:{_words('denied_before')})[\s(:]{{1,2}}{between}{_ONE_OTHER}$"
    partly = rf"(?!\s(?:{_words('partly')})(?![a-z]))"
    return (
        quick(denied),
        quick(rf"(?<![a-z])(?:{_words('replaced_before')})\s{between}$"),
        quick(rf"[\s,(:-]{{0,3}}{aux}(?:{_words('denied_after')})(?![a-z]){partly}"),
        quick(rf"[\s,(:-]{{0,3}}{aux}(?:{_words('thought_of_after')})(?![a-z])"),
        quick(rf"(?<![a-z])(?:{_words('given_after_all')})(?![a-z])|x\s?\d"),
        quick(rf"[\s,(:-]{{0,3}}{aux}(?:{_words('still_to_come')})(?![a-z])"),
        quick(
            rf"(?:(?<![a-z])(?:{_words('thought_of_before')})(?![a-z])(?!\shad|\s(?:have\s)?only|\scomplete|"
            rf"\stolerate|\sfinish)"
            rf"(?:(?!(?<![a-z])(?:{_DONE})(?![a-z]))[^.;,\n]){{0,60}}"
            rf"|(?:^|[:,>-]\s?)(?:to\s|we\s|please\s)?(?:{_words('orders')})(?:\s|"
            rf"\s?[:=-]\s?)(?:[\w/]+\s?(?:[+/]|and|with|plus)\s?){{0,2}}(?:iv\s|oral\s|an?\s|the\s)?)$"
        ),
    )


def denied(scene: Scene, start: int, end: int, first: int | None = None) -> bool:
    """Whether the words beside a treatment deny it. first: where its run of joined drugs begins ("no gem/cis")."""
    before_it, replaced, behind_it, *_ = _patterns()
    ahead = before(scene.text, start, _NEAR)
    if before_it.search(ahead) or replaced.search(ahead):
        return True
    if first is not None and first != start and before_it.search(before(scene.text, first, _NEAR)):
        return True
    stop = beyond(scene.low, end)
    if behind_it.match(after(scene.text, stop, _NEAR)):
        return True
    return bool(re.match(r"[\s:=|-]{1,3}(?:none|no|nil|nope|never)\s*(?:$|[,.;/)])", after(scene.text, stop, 14)))


def only_thought_of(scene: Scene, start: int, end: int) -> bool:
    """Whether a treatment was considered, offered or made to depend on something, and not said to be given."""
    *_, thought_behind, after_all, to_come, thought_before = _patterns()
    thought = thought_before.search(before(scene.text, start, _NEAR))
    if thought and not (thought.group().startswith("consider") and _judges(scene, start)):
        return True
    if conditional(scene, start):
        return True
    rest = after(scene.text, end, 90)
    if to_come.match(rest):
        return True
    match = thought_behind.match(rest)
    return match is not None and after_all.search(rest, match.end()) is None


def judged(scene: Scene, cue: Reach) -> bool:
    """Whether what looks like a plan or a denial ("does not consider ...") judges what was given."""
    about = scene.low[cue.cue_start : cue.cue_end + 14]
    return "consider" in about and _judges(scene, cue.cue_start)


def _judges(scene: Scene, start: int) -> bool:
    return _JUDGED.search(scene.low, *sentence(scene.text, start)) is not None


def conditional(scene: Scene, start: int) -> bool:
    """Whether the sentence begins with a condition and tells nothing that has happened before the words."""
    begin, _ = sentence(scene.text, start)
    match = _CONDITION.match(scene.low, begin, start)
    return match is not None and _HAPPENED.search(scene.low, match.end(), start) is None


def said_elsewhere(scene: Scene, start: int) -> bool:
    """Whether the sentence speaks of a trial or guideline up to here ("in the KEYNOTE arm it was ...")."""
    begin, _ = sentence(scene.text, start)
    last = words_within(scene.low, begin, start, "given", "elsewhere_said")
    if last is not None and _LIKE_THERE.search(scene.low, max(begin, last[0] - 30), last[0]):
        return False  # "treated per JUPITER-02 with ..."
    return last is not None and words_within(scene.low, last[1], start, "given", "ours_again") is None


_LIKE_THERE = quick(
    r"(?<![a-z])(?:per|like|as|according\sto|following|got|received|had|treated|given|regimen)(?![a-z])"
)


def for_another_disease(scene: Scene, name: str, start: int, end: int, alone: bool) -> bool:
    """Whether a drug with other uses is named for one of them; alone: no other drug of a regimen stands beside it.

    Such a drug on its own counts only beside a word of cancer treatment: methotrexate is mostly for arthritis.
    """
    uses = lexicon("en")["given"]["other_uses"]
    if name not in uses["drugs"]:
        return False
    begin, stop = sentence(scene.text, start)
    begin, stop = max(begin, start - 90), min(stop, end + 70)
    other = ("given", "other_uses", "words")
    mine = _THIS_TREATMENT.search(scene.low, begin, start) or _THIS_TREATMENT.search(scene.low, end, stop)
    if words_within(scene.low, begin, start, *other) or words_within(scene.low, end, stop, *other):
        return alone or mine is None
    return False


_THIS_TREATMENT = quick(
    r"(?<![a-z])(?:m?npc|chemo\w*|cycles?|regimen|doublet|platin\w*|\w+platin|gemcitabine|[1-4]l|(?:first|"
    r"second|third)[\s-]line)(?![a-z])"
)


# "PD-1 inhibitor received: unknown", "platinum doublet given | n/a": the value of a form's field.
_FIELD = quick(
    r"\s?(?:given|received|used|administered|added|included|present|part\sof\s(?:it|"
    r"the\sregimen))?\s?(?:\(?y(?:es)?\s?/\s?no?\)?\s?)?"
    r"(?:[:=|?\t]\s{0,20}){1,3}"
    r"(?:(?P<yes>yes|yep|y|true|given|received|done|present|✓|1(?![\d.]))|"
    r"(?P<no>none|no|n|never|nil|nope|false|not\s(?:given|received|used|done|added|included)|0(?![\d.]))|"
    r"(?P<open>unknown|unk|not\s(?:known|recorded|stated|documented|available|sure)|n/?a|n\.a\.?|nk|nd|tbc|"
    r"tba|pending|to\sbe\s\w+|\?|-|_+)|"
    r"(?P<blank>(?=\s{0,3}(?:$|\n))))(?=\s{0,3}(?:$|[,.;:/|)\n(]|yet|-\s|[a-z]{3,}))(?!\w)"
)


def said_after(scene: Scene, end: int) -> bool | str | None:
    """The value behind a label: True, False, "open" where the field is empty or not known, None where it is no field.

    "PD-1: N", "doublet yes,", "platinum doublet ☑ yes ☐ no", "PD-1 inhibitor received: unknown".
    """
    field = _FIELD.match(scene.low, end, end + 60)
    if field is not None:
        return "open" if field["open"] or field["blank"] is not None else field["yes"] is not None
    tick = ticked(scene.low, end) if ";" not in scene.low[end : end + 3] else None
    if tick is not None:
        return tick
    match = _SAID.match(scene.low, end, end + 16)
    if match is not None:
        return (match["yes"] or match["one"]) is not None
    answer = answered_behind(scene.low, end)  # "Was the chemo a platinum doublet? Yes."
    return None if answer is None else answer[0]


_SCHEDULE = quick(r"(?:\w+\s(?:doses|infusions)|q\d\s?w|every\s(?:\d|two|three|six)\sweeks)(?:\sso\sfar)?")
_FROM_THE_START = quick(
    r"(?:from|since|with)\s(?:the\s)?(?:c\d|cycle|start|beginning|outset|first|second|third|all|each|every|"
    r"day)(?![a-z])"
)


def answered_given(text: str) -> bool | None:
    """What a short answer says to "was it given?": "from C1 on" and "they gave it" yes, "left out" no; None: neither.

    "Later" and "will be" answer another question and give nothing.
    """
    if _SCHEDULE.fullmatch(text.strip(" .,!").lower()):
        return True
    words = re.findall(r"[a-z0-9']+", text.lower())
    yes, no, filler = (set(lexicon("en")["given"]["answers"][key]) for key in ("given", "not_given", "filler"))
    if not words or len(words) > 12 or any(word not in yes | no | filler and not word.isdigit() for word in words):
        return None
    if any(word in no for word in words):
        return False
    return True if any(word in yes for word in words) or _FROM_THE_START.search(text.lower()) else None
