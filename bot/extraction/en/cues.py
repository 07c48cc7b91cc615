"""Finds the cues of a language and works out which words each of them governs."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from bot.extraction.en.kin_topic import of_kin
from bot.extraction.en.questions import asking
from bot.extraction.en.speech import not_of_candidate
from bot.extraction.layout import clause_at, layout, sentence_at
from bot.extraction.lexicon import lexicon
from bot.extraction.qualifiers import Intervals, Reach
from bot.extraction.quick import quick

_STOP_KINDS = {
    "comma": {"comma", "semicolon", "colon", "bracket", "dash"},
    "but": {"but"},
    "and": {"and"},
    "soft": {"soft"},
}


class CueFinder:
    """Pipeline component: finds the cues of one language and works out their reaches."""

    def __init__(self, nlp: Language, language: str) -> None:
        content: Mapping[str, Any] = lexicon(language)["cues"]
        self.language = language
        self.matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
        self.groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self.people: Mapping[str, Any] = content["people"]
        words: dict[str, set[str]] = defaultdict(set)
        for cue in content["cues"]:
            for word in cue["words"]:
                self.groups[word].append(cue)
                words["cue"].add(word)
        words["pretend"] = set(content["pretends"])
        words["patient"] = set(content["patient_again"])
        self.person_of = {word: name for name, person in self.people.items() for word in person["words"]}
        words["person"] = set(self.person_of)
        for key, entries in words.items():
            self.matcher.add(key, [nlp.make_doc(entry) for entry in sorted(entries)])

    def __call__(self, doc: Doc) -> Doc:
        low = layout(doc).low
        spans: list[Span] = filter_spans(self.matcher(doc, as_spans=True))
        by_kind: dict[str, list[Reach]] = defaultdict(list)
        # "the wife of the patient is 39" goes on about the wife
        again = [
            span.start_char
            for span in spans
            if span.label_ == "patient" and not _OWNER.search(low, max(0, span.start_char - 12), span.start_char)
        ]
        partner = self._partner(low)
        she_is_patient = _SHE_IS_PATIENT.search(low) is not None  # once: a look through the whole text
        for span in spans:
            word = low[span.start_char : span.end_char]
            if span.label_ == "cue":
                for cue in self.groups.get(word, ()):
                    reach = _reach(doc, span, cue)
                    by_kind[reach.kind].append(reach)
            elif span.label_ == "person":
                by_kind["other_person"].extend(self._person(doc, span, word, again, she_is_patient))
        by_kind["other_person"].extend(_pronouns(doc, partner))
        here = layout(doc)
        asked = asking(here.plain, low, here.sentences, self.language)
        by_kind["question"].extend(Reach("question", "", start, end, -1, -1) for start, end in asked)
        told = not_of_candidate(here.plain, low, here.sentences, self.language)
        by_kind["quoted_protocol"].extend(
            Reach("quoted_protocol", kind, start, end, -1, -1) for start, end, kind in told
        )
        by_kind["quoted_protocol"].extend(
            Reach("quoted_protocol", "other", start, end, -1, -1)
            for start, end in of_kin(low, here.sentences, self.language)
        )
        layout(doc).reaches = {kind: Intervals(reaches) for kind, reaches in by_kind.items()}
        return doc

    def _partner(self, low: str) -> tuple[str, str] | None:
        """(relative, pronoun) where the text itself says whose partner it is: "his wife" -> ("wife", "she")."""
        if re.search(r"\b(?:his|the) (?:wife|girlfriend|fianc[eé]e)", low):
            return "wife", "she"
        if re.search(r"\b(?:her|the) (?:husband|boyfriend|fianc[eé]\b)", low):
            return "husband", "he"
        return None

    def _person(self, doc: Doc, span: Span, word: str, again: list[int], she_is_patient: bool) -> list[Reach]:
        """The reaches of a relative: what follows until the patient is named again, and what leads up to it."""
        if _PARENT_OF.match(layout(doc).low, span.end_char):
            return []  # "a mother of two" is the patient
        label = self.person_of[word.replace(" '", "'")]  # "mother 's" is cut into the same words
        she = self.people[label].get("she")
        start, end = span.start_char, span.end_char
        low = layout(doc).low
        _, stop = sentence_at(doc, start)
        index = bisect_left(again, end)
        if index < len(again):
            stop = min(stop, again[index])
        hers = she is not False and not she_is_patient
        denied = _NO_SUCH.search(low, max(0, start - 25), start) is not None
        stop = min(stop, _end_of_talk(low, end, stop, she, hers, denied))
        reaches = [Reach("other_person", label, start, stop, start, end)]
        clause_start, _ = clause_at(doc, start, frozenset({"semicolon", "comma", "but", "and", "soft", "bracket"}))
        # "89-year-old man brought by his wife": what leads up to the patient's own noun is the patient's
        for noun in _PATIENT_NOUN.finditer(low, clause_start, start):
            clause_start = noun.end()
        lead = re.search(r"\b(?:in|of|for|by|from|with) (?:\w+ ){0,2}$", low[clause_start:start])
        words_before = low[clause_start:start].split()
        if lead and not lead.group().startswith("with"):
            reaches.append(Reach("other_person", label, clause_start, start, start, end))
        elif words_before and len(words_before) <= 5 and not lead:
            # "her 66-year-old mother": what describes the relative leads up to it.
            tail = re.search(r"\b(?:his|her|the|a|an|with)\b[^,;]*$", low[clause_start:start])
            begin = clause_start + (tail.start() if tail else 0)
            if (subject := _SUBJECT_AND_VERB.search(low, clause_start, start)) is not None:
                begin = max(begin, subject.end())  # "She has only one partner": she is the patient
            reaches.append(Reach("other_person", label, begin, start, start, end))
        return reaches


_SUBJECT_AND_VERB = quick(
    r"(?<![a-z])(?:he|she|pt|patient)\s(?:has|had|is|was|lives|got|gets|came|comes|attends|attended)(?![a-z])"
)
_PARENT_OF = quick(r"\sof\s(?:one|two|three|four|five|six|\d|a\s)")
_OWNER = quick(r"(?<![a-z])of\s(?:(?:the|our|this|my)\s)?$")
_PATIENT_NOUN = quick(
    r"(?<![a-z-])(?:woman|man|lady|gentleman|girl|boy|male|female|patient|pt|infant|newborn)(?![a-z'])"
    r"(?!\s(?:partner|friend|relative|sibling|cousin))"
    r"|(?<![a-z0-9.-])[1-9]\d\s?-?(?:y/?o\s?)?[mf](?![a-z0-9])"  # "69F accompanied by son"
)
_SHE_IS_PATIENT = quick(
    r"\bher (?:\w+ )?(?:husband|boyfriend|partner)\b|\bherself\b|\b(?:female|woman|lady|mrs|ms)\b|"
    r"\b\d\d ?(?:yo?|y/o)? ?f\b"
)
_HE = quick(r"\b(?:he|he's|himself|his)\b")
_SHE = quick(r"\b(?:she|she's|herself)\b")
_APPOSITION = quick(r"[,:(]?\s*(?:aged?|who|is|\d|has|had|postmeno|still|also|\w+ and\b)")
_STILL_HER = quick(
    r",\s*(?:no,?\s)?(?:she|her|still|has (?:regular|her)|post-?\s?meno|pre-?meno|regular|periods|"
    r"menopaus|hysterect|no longer|sterili|last period|last menses|lmp)"
)
# "Father had NPC, PR after GP": once a relative's illness is told, it goes on until the patient is spoken of again.
_PATIENT_NOW = (
    r"(?:pt|pts|patient|the patient|candidate|subject|himself|herself|ecog|icf|consent|kps|now|currently|dob|"
    r"(?:his|her)\sown|our|no other|otherwise|self|[1-9]\d\s?-?(?:y/?o|yrs?|years?)?\s?[mf](?![a-z]))"
)
_NO_SUCH = quick(r"(?<![a-z])(?:no|denies|denied|without|negative|nil)\s(?:[a-z]+\s){0,2}$")
_ILLNESS_GOES_ON = quick(
    r"[^,;.\n()]{0,60}?(?<![a-z])(?:m?npc|cancer|ca|carcinoma|tumou?r|lymphoma|leuk\w+|melanoma|sarcoma|malignan\w+|chemo\w*|"
    r"radiotherapy|treated|gp|stage|mets|metasta\w+|died)(?![a-z])"
    rf"(?:(?![,:]\s?(?:and\s|but\s|he\s|she\s|[\w-]{{1,14}}\s)?{_PATIENT_NOW}(?![a-z]))[^;.\n)])*"
)
_AND_PATIENT = quick(r"\b(?:and|but|,) (?:icf|ecog|he|she|his|her|pt|patient)\b")


def _end_of_talk(low: str, begin: int, stop: int, she: bool | None, hers: bool, denied: bool) -> int:
    """Where the talk of a relative ends: the first comma that is no apposition, or a pronoun of the other
    sex.

    hers: "she" after the comma can still be the relative. denied: "no family history of NPC" tells no illness.
    """
    pronoun = {True: _HE, False: _SHE}.get(she) if she is not None else None
    if pronoun is not None and (match := pronoun.search(low, begin, stop)):
        stop = match.start()
    at = begin
    if not denied and (again := _ILLNESS_GOES_ON.match(low, begin, stop)) is not None:
        return again.end()
    while (comma := low.find(",", at, stop)) != -1 or (comma := low.find(")", at, stop)) != -1:
        if low[comma] == ")":
            return comma
        close = comma - begin <= 6 and _APPOSITION.match(low, comma)
        if not close and not (hers and _STILL_HER.match(low, comma)):
            return comma
        at = comma + 1
    return stop


def _pronouns(doc: Doc, partner: tuple[str, str] | None) -> list[Reach]:
    """With "his wife" in the text, every "she" is the wife: her clauses are about her."""
    if partner is None:
        return []
    label, pronoun = partner
    other = _HE if pronoun == "she" else _SHE
    low = layout(doc).low
    reaches = []
    for match in re.finditer(rf"\b{pronoun}(?:'s|'ll|'d)?\b", low):
        _, end = clause_at(doc, match.start(), frozenset({"semicolon", "but", "comma"}))
        if back := other.search(low, match.end(), end):
            end = back.start()
        reaches.append(Reach("other_person", label, match.start(), end, match.start(), match.end()))
    return reaches


def _reach(doc: Doc, span: Span, cue: Mapping[str, Any]) -> Reach:
    """The interval that one cue governs."""
    stops = set().union(*(_STOP_KINDS[name] for name in cue["stops"])) if cue["stops"] else set()
    text = layout(doc).plain
    sentence_start, sentence_end = sentence_at(doc, span.start_char)
    start, end = span.start_char, span.end_char
    if cue["direction"] in ("forward", "both"):
        token = doc[min(len(doc) - 1, span.end - 1 + cue["reach"])]
        end = max(min(sentence_end, token.idx + len(token)), span.end_char)
        end = _first_stop(doc, span.end_char, end, stops)
    if cue["direction"] in ("backward", "both"):
        token = doc[max(0, span.start - cue["reach"])]
        start = max(sentence_start, token.idx)
        start = _last_stop(doc, start, span.start_char, stops)
    return Reach(cue["kind"], text[span.start_char : span.end_char], start, end, span.start_char, span.end_char)


def _first_stop(doc: Doc, begin: int, end: int, stops: set[str]) -> int:
    """The first break of the given kinds after a cue; a comma inside a list that ends in "or" does not count."""
    breaks = layout(doc).breaks
    index = bisect_left(breaks, (begin, ""))
    for at, kind in breaks[index : index + 30]:
        if at >= end:
            break
        if kind in stops and not (kind == "comma" and _list_goes_on(layout(doc).low, at)):
            return at
        if kind == "and" and "comma" in stops and _AND_PATIENT.match(layout(doc).low, at):
            return at
    return end


def _last_stop(doc: Doc, begin: int, end: int, stops: set[str]) -> int:
    """The last break of the given kinds before a cue that looks back."""
    breaks = layout(doc).breaks
    index = bisect_left(breaks, (end, ""))
    for at, kind in reversed(breaks[max(0, index - 30) : index]):
        if at < begin:
            break
        if kind in stops:
            return at + 1
    return begin


_LIST = quick(r",[^.;:,\n]{1,30}(?:,[^.;:,\n]{1,30}){0,4}?,?\s(?:or|nor)\s")


def _list_goes_on(low: str, comma: int) -> bool:
    """ "no lung, liver or bone mets": the comma only parts the members of what is denied."""
    match = _LIST.match(low, comma, min(len(low), comma + 120))
    return match is not None and not re.search(r"\b(?:ecog|but|has|is|was)\b", match.group())
