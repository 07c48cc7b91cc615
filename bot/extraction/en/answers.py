"""Bare answers: "1", "yes", "no idea", "12 May": read in the light of the fact that was asked, and of no
other.

The message is cut into segments; a segment in which a finder found something is a statement of its own and
answers nothing else. What is left is read by the concept's own reader where it has one, otherwise by the
kind of the fact.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from spacy.tokens import Doc

from bot.extraction.en import dates
from bot.extraction.en.numbers import number_words, small_number
from bot.extraction.en.topics import about, about_another
from bot.extraction.lexicon import alternation, lexicon
from bot.extraction.mention import Answer, AnswerReader, Mention, Scene
from bot.extraction.qualifiers import cue_at

LONGEST = 160  # characters; a longer message is a note, not an answer
LONGEST_SEGMENT = 60

BOOLEANS = frozenset({
    "icf_signed", "willing", "able", "metastasis_on_imaging", "metastasis_biopsied", "platinum_doublet", "anti_pd1",
    "therapy_adequate", "childbearing_potential", "contraception_agreed", "partner_childbearing_potential",
})  # fmt: skip
_STATES = frozenset({"pregnancy_test_result"})
# Facts that are numbers: what may stand behind the number, and what may stand before it.
INTEGERS = {
    "ecog": "",
    "kps": r"%",
    "metastatic_lesion_count": r"lesions?|mets?|metastas[ei]s|deposits?|nodules?|spots?|sites?",
    "chemo_cycles": r"cycles?|x|courses?|rounds?",
    "therapy_line": r"line|l",
    "staging_edition": r"edition|ed\.?|version",
    "age_years": r"years? old|years?|yrs?|y|yo|y/o",
}
_LABELS = {
    "ecog": r"ecog|who|ps|zubrod|performance status",
    "kps": r"kps|karnofsky",
    "staging_edition": r"ajcc|uicc|tnm|v\.?|version|edition",
    "chemo_cycles": r"x|cycles?|gp x",
    "therapy_line": r"line",
    "metastatic_lesion_count": r"lesions?|count",
    "age_years": r"age|aged",
}


@cache
def _words(language: str, key: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{alternation(lexicon(language)['person']['answers'][key])})(?![a-z0-9])")


@cache
def _lead(language: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?:(?:{alternation(lexicon(language)['person']['answers']['lead_in'])})(?![a-z"
        r"])[\s,:.-]*)+"
    )


@cache
def _tail(language: str) -> re.Pattern[str]:
    return re.compile(
        r"(?:[\s,"
        r".!:-]*(?<![a-z])(?:"
        rf"{alternation(lexicon(language)['person']['answers']['lead_out'])}))+$"
    )


# "Come back to this later", "not now, later": the question is put off, nothing is answered.
_PUT_OFF = re.compile(
    r"(?:(?:please|ok|okay|well|hmm|um|maybe|perhaps|sorry|can|could|we|you|i|i'll|i'd|we'll|let's|let|me|us|will|shall|"
    r"would|rather|not|now|right|leave|do|ask|tell|say|answer|come|get|go|return|back|to|that|this|it|one|for|a|bit|"
    r"again|skip|park|postpone|defer|until|till|and|then|know|the|at|question)(?![a-z'])[\s,.;!-]+)*"
    r"(?:later(?:\son)?|another\stime|some\sother\stime|not\s(?:right\s)?now|for\snow|(?:at|in)\sthe\send|skip(?:\s(?:it|this|"
    r"that))?)(?:[\s,.!;?-]+(?:please|thanks|thank\syou|maybe|perhaps|ok|okay))*[\s.!?]*"
)
_ANY_WORD = re.compile(r"[^\W_]")
_WHAT_IT_IS = re.compile(r"what\s[\w-]+\s(?:is|are|stands for)$")


def unknown_places(low: str, asked: str | None, language: str = "en") -> list[tuple[int, int]]:
    """Where the words say that something is not known or not written down, as (start, end) offsets."""
    content = lexicon(language)["person"]["answers"]
    places = []
    for match in re.finditer(rf"(?<![a-z0-9])(?:{_words(language, 'dont_know').pattern})", low):
        if asked not in content["dont_know_except"].get(match.group(), ()):
            places.append(match.span())
    return places


def dont_know(doc: Doc, scene: Scene, language: str = "en") -> bool:
    """Whether a short message says that the asked fact is not known. A long note never does.

    A question ("what is still missing?"), a word about the talk itself ("not sure what you mean") or about
    another fact ("DOB unknown") is none, nor is a mere sign.
    """
    low = scene.low.strip(" \n.,!-")
    if scene.asked is None or len(low) > 90 or len(low.split()) > 14 or not _ANY_WORD.search(low):
        return False
    if _words(language, "not_applicable").fullmatch(low):
        return True
    for start, end in unknown_places(scene.low, scene.asked, language):
        begin, stop = _segment(scene.low, start, end)
        words = scene.low[begin:stop].strip(" .!")
        behind = scene.low[end:stop].strip(" .!?")
        asking = cue_at(doc, "question", start)
        if asking is not None and asking.start < start:
            continue  # "what is still missing"; in "don't know when she signed" only the rest asks
        if _WHAT_IT_IS.search(behind) or re.search(rf"(?<![a-z]){_words(language, 'of_the_talk').pattern}", behind):
            continue
        if not about_another(words, scene.asked):
            return True
    return False


def _segment(low: str, start: int, end: int) -> tuple[int, int]:
    """The stretch between commas and full stops around two offsets."""
    begin = max(low.rfind(sign, 0, start) for sign in ",;\n") + 1
    stops = [at for sign in ",;\n" if (at := low.find(sign, end)) != -1]
    return begin, min(stops, default=len(low))


def bare_answers(
    doc: Doc, scene: Scene, mentions: Sequence[Mention], readers: Mapping[str, AnswerReader]
) -> Iterator[Mention]:
    """What the segments that state nothing by themselves mean as an answer to the asked fact."""
    asked = scene.asked
    if asked is None or len(scene.text) > LONGEST or _PUT_OFF.fullmatch(scene.low.strip()):
        return
    if any(mention.fact == asked and mention.doubt is None for mention in mentions):
        return
    taken = [(mention.start, mention.end) for mention in mentions if not _only_pronoun(mention)]
    taken += unknown_places(scene.low, asked)
    for start, end in segments(scene):
        if cue_at(doc, "question", start) is not None:
            continue
        if any(a < end and start < b for a, b in taken):
            end = _before_date(scene.low, asked, start, end, mentions)
            if end <= start or any(a < end and start < b for a, b in taken):
                continue
        done = False
        for fact, answer in _read(asked, scene.low[start:end], scene, readers):
            done = True
            yield Mention(fact, answer.value, start, end, answer.doubt, answer.options)
        if done:
            return


def _before_date(low: str, asked: str, start: int, end: int, mentions: Sequence[Mention]) -> int:
    """Where a yes or no ends before the date of the same deed: "yes on the 13th"; start where there is none."""
    dates_in = [m for m in mentions if m.fact in dates.DATE_FACTS and start < m.start < end]
    others = [
        m
        for m in mentions
        if m.fact not in dates.DATE_FACTS and not _only_pronoun(m) and m.start < end and start < m.end
    ]
    if asked not in BOOLEANS or others or not dates_in:
        return start
    head = re.sub(
        r"[\s,:-]+(?:(?:on|at|since|in|from|last|this|the|dated|date)[\s,:-]*)*$", "", low[start : dates_in[0].start]
    )
    return start + len(head)


def _only_pronoun(mention: Mention) -> bool:
    """The "she" of "yes she agrees" tells the sex and still lets the rest be an answer."""
    return mention.fact == "sex" and mention.end - mention.start <= 4


def segments(scene: Scene) -> list[tuple[int, int]]:
    """The message and, where it has several parts, its parts: (start, end) without signs around them."""
    low = scene.low
    spans: list[tuple[int, int]] = []
    for part in re.finditer(r"[^,;\n]+", low):
        for piece in re.finditer(r"(?:[^.!]|[.](?=\S)|(?<=[a-z])[.](?=[a-z]))+", part.group()):
            spans.append((part.start() + piece.start(), part.start() + piece.end()))
    whole = (0, len(low))
    result = []
    for begin, end in [whole, *spans] if len(spans) > 1 else [whole]:
        words = low[begin:end]
        left = len(words) - len(words.lstrip(" \n\t,;.!:-\"'"))
        right = len(words.rstrip(" \n\t,;.!:\"'"))
        if right > left and right - left <= LONGEST_SEGMENT:
            result.append((begin + left, begin + right))
    return list(dict.fromkeys(result))


def _read(asked: str, words: str, scene: Scene, readers: Mapping[str, AnswerReader]) -> list[tuple[str, Answer]]:
    """What one segment says about the asked fact (willing and able are often answered together)."""
    if asked in _STATES and _words("en", "both_ways").fullmatch(words.strip(" .!")):
        return []  # "yes and no" is no result
    if asked in readers:
        for said in dict.fromkeys((words, _bare(words))):
            answer = readers[asked](said, scene)
            if answer is not None:
                return [(asked, answer)]
    if asked in BOOLEANS:
        found = _yes_no(asked, words)
        if found and words.rstrip().endswith("?"):  # "yes?" asks back
            return [(fact, Answer(doubt=f'"{words}" is not certain.', options=(True, False))) for fact, _ in found]
        if found and unknown_places(scene.low, asked):  # "no idea, yes the form is there"
            return [
                (fact, Answer(doubt="Part of this is not known; is it a yes or a no?", options=(True, False)))
                for fact, _ in found
            ]
        if any(answer.value is True for _, answer in found) and _words("en", "except").search(scene.low):
            doubt = f'"{scene.text.strip()}" takes something back; is it a yes?'
            return [(fact, Answer(doubt=doubt, options=(True, False))) for fact, _ in found]
        return found
    if asked in INTEGERS:
        answer = _number(asked, words)
        return [(asked, answer)] if answer else []
    if asked in dates.DATE_FACTS:
        answer = _date(asked, words, scene)
        return [(asked, answer)] if answer else []
    return []


_SUBJECT = re.compile(r"(?:he|she|they|it|i|we|pt|patient|the patient|the pt|this|that)(?:\s|(?='))")
_SAID_AFTER = re.compile(r"(?:\s(?:yet|already|so far|today|now|both|to|that|it|all|too|also))+$")


# "Yes - PI note of 12 Nov": what follows the dash explains.
_EXPLAINED = re.compile(r"(?<=[a-z])\s(?:-{1,2}|\()\s?(?!(?:no|yes|not)(?![a-z]))")


def _yes_no(asked: str, words: str, language: str = "en") -> list[tuple[str, Answer]]:
    content = lexicon(language)["person"]["answers"]
    if _words(language, "not_applicable").fullmatch(words):
        return []
    words = _EXPLAINED.split(_without_heard(words, language))[0]
    if _words(language, "both_ways").match(words) and not words.startswith(("yes to", "both yes to")):
        return [(asked, Answer(doubt=f'"{words}" is neither yes nor no.', options=(True, False)))]
    subject = _SUBJECT.match(words)
    if subject:
        said = _SAID_AFTER.sub("", words[subject.end() :])
        for key, value in (("verbs_yes", True), ("verbs_yes_gladly", True), ("verbs_no", False)):
            if (key != "verbs_yes_gladly" or asked in content["gladly"]) and _words(language, key).fullmatch(said):
                return [(asked, Answer(value))]
    hedge = _words(language, "hedged").search(words)
    keys = {True: ["yes"], False: ["no"]}
    if asked in content["gladly"]:
        keys = {True: ["yes", "yes_gladly"], False: ["no", "no_gladly"]}
    if asked in content["deeds"]:
        keys[True].append("done")
    yes, no = _first(language, keys[True], words), _first(language, keys[False], words)
    if hedge and (yes or no or hedge.start() == 0) and len(words.split()) <= 6:
        return [(asked, Answer(doubt=f'"{words}" is not certain.', options=(True, False)))]
    if len(words.split()) > 6 or not (yes or no):
        return []
    value = no is None or (yes is not None and yes.end() > no.end())
    if no is not None and not value and not _only_no(words[no.end() :], asked, language):
        return []
    together = asked in ("willing", "able") and re.search(r"\b(?:both|neither)\b", words)
    facts = ("willing", "able") if together else (asked,)
    return [(fact, Answer(value)) for fact in facts]


def _first(language: str, keys: list[str], words: str) -> re.Match[str] | None:
    """The longest yes (or no) with which the words begin."""
    found = [match for key in keys if (match := _words(language, key).match(words)) is not None]
    return max(found, key=re.Match.end) if found else None


def _without_heard(words: str, language: str) -> str:
    """ "ok yes" is a yes; "ok" alone stays as it is and is none."""
    heard = re.compile(rf"(?:{_words(language, 'heard').pattern}[\s,.!-]+)+")
    match = heard.match(words)
    return words[match.end() :] if match else words


def _only_no(behind: str, asked: str, language: str) -> bool:
    """Whether the words after a "no" leave it an answer: "no hysterectomy" speaks of something else."""
    if not behind.strip(" .!") or behind.lstrip(" ")[:1] in ",.;:-(!":
        return True
    following = behind.strip()
    if _words(language, "after_no").match(following):
        return True
    parts = lexicon(language)["person"]["answers"]["no_to_a_part"]
    return asked not in parts and about(following, asked)


def _bare(words: str, language: str = "en") -> str:
    """The words without what leads to an answer and what follows it out of politeness."""
    words = words.strip(" .,!:;\"'")
    match = _lead(language).match(words)
    if match and match.end() < len(words):
        words = words[match.end() :]
    return _tail(language).sub("", words).strip(" .,!:;\"'")


def _number(asked: str, words: str, language: str = "en") -> Answer | None:
    unit, label = INTEGERS[asked] or "(?!)", _LABELS.get(asked, "(?!)")
    number = rf"\d{{1,4}}(?:\.\d+)?|{number_words(language)}"
    bare = _bare(words, language)
    if bare in ("none", "no", "zero") and asked in ("metastatic_lesion_count", "chemo_cycles") and words != "no":
        return Answer(0)
    lead = rf"(?:(?:{label})\s*[:=-]?\s*)*"
    hedge = (
        r"(?P<hedge>about|around|approx(?:imately)?\.?|~|roughly|maybe|probably|perhaps|i think|nearly|"
        r"almost)?\s*"
    )
    one = re.fullmatch(
        rf"{lead}{hedge}(?:{lead})(?P<a>{number})\s*(?:{unit})?(?P<more>\s?\?|\s(?:or "
        r"so|i think|maybe|probably))?",
        bare,
    )
    if one:
        value = _value(one["a"])
        if one["hedge"] or one["more"]:
            return Answer(doubt=f'"{bare}" is not certain.', options=(value,))
        return Answer(value)
    two = re.fullmatch(
        rf"{lead}{hedge}(?P<a>{number})\s*(?:-|to|or|/|or "
        rf"maybe)\s*(?P<b>{number})\s*(?:{unit})?",
        bare,
    )
    if two:
        options = tuple(n for n in (_value(two["a"]), _value(two["b"])) if n is not None)
        return Answer(doubt=f'"{bare}" is no single number.', options=options)
    ordinals = {w: int(n) for n, ws in lexicon(language)["person"]["numbers"]["ordinals"].items() for w in ws}
    nth = re.fullmatch(rf"{lead}(?P<a>{alternation(ordinals)}|\d{{1,2}}(?:st|nd|rd|th))[\s-]?(?:{unit})?", bare)
    if nth and asked in ("therapy_line", "staging_edition"):
        return Answer(ordinals.get(nth["a"], int(re.sub(r"\D", "", nth["a"]) or 0)))
    return None


def _value(written: str) -> int | float | None:
    if "." in written:
        number = float(written)
        return int(number) if number.is_integer() else number
    return small_number(written)


def _date(asked: str, words: str, scene: Scene) -> Answer | None:
    inner = Scene(words, words, asked, scene.reference_date, scene.lexicon)
    found = dates.find_dates(inner)
    if len(found) != 1:
        return None
    rest = words[: found[0].start] + " " + words[found[0].end :]
    if not dates.stands_alone(rest, asked):
        return None
    settled = dates.settle(found[0], asked, scene.reference_date)
    return Answer(settled.value, settled.doubt, settled.options)
