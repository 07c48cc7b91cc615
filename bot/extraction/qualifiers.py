"""Context, in one home: is a statement negated, doubted, planned, asked, quoted, past, or about somebody else?

Cues come from data/lexicon/cues.yml. The pipeline component finds them once; every cue becomes a reach, an interval
of the text; ``qualify`` looks up the intervals that hold the start of some words. Work grows linearly with the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from bot.extraction.clauses import clause_at, layout, sentence_at
from bot.extraction.lexicon import lexicon

_ASKING = re.compile(
    r"\s*(?:so |and |but |hi,? |hello,? )?(?:is|are|does|do|did|can|could|would|should|shall|will|was|were|has|have|what|"
    r"which|how|when|who|why|where|any|if|am|may|must)\b"
)
_STOP_KINDS = {
    "comma": {"comma", "semicolon", "colon", "bracket", "dash"},
    "but": {"but"},
    "and": {"and"},
    "soft": {"soft"},
}


@dataclass(frozen=True, slots=True)
class Qualifiers:
    """How the words at one place are meant. other_person names the relative ("wife", "mother", ...)."""

    negated: bool = False
    uncertain: bool = False
    hypothetical: bool = False
    planned: bool = False
    question: bool = False
    other_person: str | None = None
    historical: bool = False
    other_cancer: bool = False
    quoted_protocol: bool = False

    @property
    def foreign(self) -> bool:
        """The words do not state anything of this patient: a quotation, a question, an if, another person."""
        return self.quoted_protocol or self.question or self.hypothetical or self.other_person is not None

    @property
    def plain(self) -> bool:
        """The words state something of this patient, now or in the past, without negation or doubt."""
        return not (self.foreign or self.negated or self.uncertain or self.planned or self.other_cancer)


@dataclass(frozen=True, slots=True)
class Reach:
    """One cue and the characters it governs."""

    kind: str
    label: str
    start: int
    end: int
    cue_start: int
    cue_end: int


class _Intervals:
    """Intervals of one kind, sorted by start, with the furthest end seen so far; a point look-up is short."""

    def __init__(self, reaches: Iterable[Reach]) -> None:
        self.reaches = sorted(reaches, key=lambda reach: reach.start)
        self.starts = [reach.start for reach in self.reaches]

    def at(self, start: int, end: int, limit: int = 40) -> Reach | None:
        """The nearest reach that holds the start of the words and whose cue is no part of the words themselves."""
        index = bisect_right(self.starts, start)
        for reach in reversed(self.reaches[max(0, index - limit) : index]):
            if reach.start <= start < reach.end and not (reach.cue_start < end and start < reach.cue_end):
                return reach
        return None


def cue_at(doc: Doc, kind: str, start: int, end: int | None = None) -> Reach | None:
    """The cue of one kind that governs the words at start, with its place, or None."""
    found: _Intervals | None = layout(doc).reaches.get(kind)
    return found.at(start, start if end is None else end) if found else None


def qualify(doc: Doc, start: int, end: int) -> Qualifiers:
    """How the words between two character offsets are meant."""
    person = cue_at(doc, "other_person", start, end)
    return Qualifiers(
        negated=cue_at(doc, "negated", start, end) is not None,
        uncertain=cue_at(doc, "uncertain", start, end) is not None or _marked_with_question(doc, start, end),
        hypothetical=cue_at(doc, "hypothetical", start, end) is not None,
        planned=cue_at(doc, "planned", start, end) is not None,
        question=_in_question(doc, start),
        other_person=person.label if person else None,
        historical=cue_at(doc, "historical", start, end) is not None,
        other_cancer=cue_at(doc, "other_cancer", start, end) is not None,
        quoted_protocol=cue_at(doc, "quoted_protocol", start, end) is not None,
    )


def _marked_with_question(doc: Doc, start: int, end: int) -> bool:
    """A question mark that touches the words: "?M1", "PR?", "M1 (?)"; not the one that ends a whole question."""
    text = layout(doc).plain
    if start > 0 and text[start - 1] == "?" and (start < 2 or text[start - 2] in " \n(,;/"):
        return True
    if text[end : end + 3] == "(?)" or text[end : end + 4] == " (?)" or text[end : end + 2] == "??":
        return True
    return text[end : end + 1] == "?" and not _in_question(doc, start)


def _in_question(doc: Doc, start: int) -> bool:
    """Whether the words stand in a question: its sentence ends with "?" and its clause begins by asking."""
    sentence_start, sentence_end = sentence_at(doc, start)
    text = layout(doc).low
    if not text[sentence_start:sentence_end].endswith("?"):
        return False
    begin, end = clause_at(doc, start)
    if _ASKING.match(text, begin):
        return True
    return bool(_ASKING.match(text, sentence_start)) and sentence_end - sentence_start < 120


class CueFinder:
    """Pipeline component: finds the cues of one language and works out their reaches."""

    def __init__(self, nlp: Language, language: str) -> None:
        content: Mapping[str, Any] = lexicon(language)["cues"]
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
        words["protocol"] = set(content["protocol_cues"])
        self.person_of = {word: name for name, person in self.people.items() for word in person["words"]}
        words["person"] = set(self.person_of)
        for key, entries in words.items():
            self.matcher.add(key, [nlp.make_doc(entry) for entry in sorted(entries)])

    def __call__(self, doc: Doc) -> Doc:
        low = layout(doc).low
        spans: list[Span] = filter_spans(self.matcher(doc, as_spans=True))
        by_kind: dict[str, list[Reach]] = defaultdict(list)
        again = [span.start_char for span in spans if span.label_ == "patient"]
        partner = self._partner(low)
        for span in spans:
            word = low[span.start_char : span.end_char]
            if span.label_ == "cue":
                for cue in self.groups.get(word, ()):
                    reach = _reach(doc, span, cue)
                    by_kind[reach.kind].append(reach)
            elif span.label_ == "person":
                by_kind["other_person"].extend(self._person(doc, span, word, again))
            elif span.label_ == "protocol":
                start, end = sentence_at(doc, span.start_char)
                by_kind["quoted_protocol"].append(Reach("quoted_protocol", word, start, end, -1, -1))
        by_kind["other_person"].extend(_pronouns(doc, partner))
        layout(doc).reaches = {kind: _Intervals(reaches) for kind, reaches in by_kind.items()}
        return doc

    def _partner(self, low: str) -> tuple[str, str] | None:
        """(relative, pronoun) where the text itself says whose partner it is: "his wife" -> ("wife", "she")."""
        if re.search(r"\b(?:his|the) (?:wife|girlfriend|fianc[eé]e)", low):
            return "wife", "she"
        if re.search(r"\b(?:her|the) (?:husband|boyfriend|fianc[eé]\b)", low):
            return "husband", "he"
        return None

    def _person(self, doc: Doc, span: Span, word: str, again: list[int]) -> list[Reach]:
        """The reaches of a relative: what follows until the patient is named again, and what leads up to it."""
        label = self.person_of[word]
        she = self.people[label].get("she")
        start, end = span.start_char, span.end_char
        low = layout(doc).low
        _, stop = sentence_at(doc, start)
        index = bisect_left(again, end)
        if index < len(again):
            stop = min(stop, again[index])
        stop = min(stop, _end_of_talk(low, end, stop, she))
        reaches = [Reach("other_person", label, start, stop, start, end)]
        clause_start, _ = clause_at(doc, start, frozenset({"semicolon", "comma", "but", "and", "soft", "bracket"}))
        lead = re.search(r"\b(?:in|of|for|by|from|with) (?:\w+ ){0,2}$", low[clause_start:start])
        words_before = low[clause_start:start].split()
        if lead and not lead.group().startswith("with"):
            reaches.append(Reach("other_person", label, clause_start, start, start, end))
        elif words_before and len(words_before) <= 5 and not lead:
            # "her 66-year-old mother": what describes the relative leads up to it.
            tail = re.search(r"\b(?:his|her|the|a|an|with)\b[^,;]*$", low[clause_start:start])
            begin = clause_start + (tail.start() if tail else 0)
            reaches.append(Reach("other_person", label, begin, start, start, end))
        return reaches


_HE = re.compile(r"\b(?:he|he's|himself|his)\b")
_SHE = re.compile(r"\b(?:she|she's|herself)\b")
_APPOSITION = re.compile(r"[,:(]?\s*(?:aged?|who|is|\d|she|he|has|had|postmeno|still|also|\w+ and\b)")
_AND_PATIENT = re.compile(r"\b(?:and|but|,) (?:icf|ecog|he|she|his|her|pt|patient)\b")


def _end_of_talk(low: str, begin: int, stop: int, she: bool | None) -> int:
    """Where the talk of a relative ends: the first comma that is no apposition, or a pronoun of the other sex."""
    pronoun = {True: _HE, False: _SHE}.get(she) if she is not None else None
    if pronoun is not None and (match := pronoun.search(low, begin, stop)):
        stop = match.start()
    at = begin
    while (comma := low.find(",", at, stop)) != -1 or (comma := low.find(")", at, stop)) != -1:
        if low[comma] == ")":
            return comma
        if comma - begin > 2 or not _APPOSITION.match(low, comma):
            if not (comma - begin <= 6 and _APPOSITION.match(low, comma)):
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


_LIST = re.compile(r",[^.;:,\n]{1,30}(?:,[^.;:,\n]{1,30}){0,4}?,?\s(?:or|nor)\s")


def _list_goes_on(low: str, comma: int) -> bool:
    """ "no lung, liver or bone mets": the comma only parts the members of what is denied."""
    match = _LIST.match(low, comma, min(len(low), comma + 120))
    return match is not None and not re.search(r"\b(?:ecog|but|has|is|was)\b", match.group())
