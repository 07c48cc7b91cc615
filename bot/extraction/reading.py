"""The reader: one message in, what it states out.

text -> document -> finders (one module per concept) -> what does not speak of this patient is dropped ->
bare answers and corrections -> one value or one question per fact.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cache

from spacy.tokens import Doc

from bot.extraction.grammar import grammar
from bot.extraction.layout import layout
from bot.extraction.lexicon import lexicon
from bot.extraction.mention import DENIALS, Mention, Scene
from bot.extraction.outcome import Ask, Evidence, Reading, as_sentence
from bot.extraction.pipeline import parse, pipeline
from bot.extraction.placed import Placed
from bot.extraction.resolve import comparable, jsonable, resolve

# "she signed on the 17th, no wait, she has not signed": the date falls with the deed.
_NO_DATE_OF_WHAT_WAS_NOT_DONE: Mapping[str, tuple[object, str]] = {
    "icf_signed": (False, "icf_date"),
    "pregnancy_test_result": ("not_done", "pregnancy_test_date"),
}
_FAR = date(9999, 1, 1)  # without a reference date no date can be said to lie ahead


class FactReader:
    """Reads facts about one candidate out of free text in one language."""

    def __init__(self, language: str = "en") -> None:
        self.language = language
        self.lexicon = lexicon(language)
        self.grammar = grammar(language)
        self.reasons = self.lexicon["reasons"]
        pipeline(language)

    def read(self, text: str, asked: str | None = None, reference_date: date | None = None) -> Reading:
        """What the text states about the candidate.

        asked: the fact that was just asked for; bare answers are read in its light. reference_date: what
        relative dates count from; without it they are asked about. Never raises for any text.
        """
        if not text.strip():
            return Reading()
        respelt = self.grammar.respell(text)
        if respelt is None:
            return self._read(text, asked, reference_date)
        return _placed(self._read(respelt.text, asked, reference_date), respelt, text)

    def _read(self, text: str, asked: str | None, reference_date: date | None) -> Reading:
        doc = parse(text, self.language)
        scene = Scene(layout(doc).plain, layout(doc).low, asked, reference_date, self.lexicon)
        several = self.grammar.several_patients(doc, scene)
        if several is not None:
            start, end = several
            return Reading(asks=(Ask("candidate", self.reasons["two_patients"], (), start, end),))
        mentions = self._reworded(scene)
        not_known = mentions is None and self.grammar.dont_know(doc, scene)
        if mentions is None:
            mentions = self._mentions(doc, scene, not_known)
        return self._reading(text, scene, mentions, not_known)

    def _mentions(self, doc: Doc, scene: Scene, not_known: bool = False) -> list[Mention]:
        """What finders, bare answers and corrections make of the message."""
        mentions = self.grammar.forms(doc, scene, list(self._found(doc, scene)), self._again)
        if not_known:  # "no record of it" denies nothing
            mentions = [m for m in mentions if m.fact != scene.asked or m.doubt is not None or m.value not in DENIALS]
        mentions.extend(self.grammar.bare_answers(doc, scene, mentions, self.grammar.answer_readers))
        return self.grammar.corrections(doc, scene, mentions, self._again)

    def _reworded(self, scene: Scene) -> list[Mention] | None:
        """The mentions of a correction such as "response should be PR, not CR"; None where the message is none."""
        plain = self.grammar.reword(scene.text, scene.low, lambda words: self._states(words, scene))
        if plain is None or not plain.text.strip():
            return None
        doc = parse(plain.text, self.language)
        found = self._mentions(doc, replace(scene, text=layout(doc).plain, low=layout(doc).low))
        placed = []
        for mention in found:
            start, end = plain.original(mention.start, mention.end)
            pronoun = self.grammar.pronoun.fullmatch(scene.low, start, end) is not None
            corrected = mention.corrected or (plain.corrected(start, end) and not pronoun)
            placed.append(replace(mention, start=start, end=end, corrected=corrected))
        return placed if any(mention.corrected for mention in placed) else None

    def _states(self, words: str, scene: Scene) -> bool:
        """Whether "not" and these words deny a fact ("not signed"), rather than take a value back ("not CR")."""
        denied = {m.fact for m in self._alone(f"not {words}", scene) if m.doubt is None and m.value in DENIALS}
        return bool(denied - {m.fact for m in self._alone(words, scene) if m.value in DENIALS})

    def _alone(self, words: str, scene: Scene) -> list[Mention]:
        doc = parse(words, self.language)
        return list(self._found(doc, replace(scene, text=layout(doc).plain, low=layout(doc).low, asked=None)))

    def _found(self, doc: Doc, scene: Scene) -> Iterator[Mention]:
        """Everything the finders find that speaks of this patient."""
        for finder in self.grammar.finders:
            for mention in finder(doc, scene):
                if (mention.doubt is not None or mention.value is not None) and self.grammar.stands(
                    doc, scene, mention
                ):
                    yield mention

    def _again(self, words: str, asked: str, scene: Scene) -> list[Mention]:
        """The mentions in a few words of the text, read as an answer to one fact (offsets in those words)."""
        doc = parse(words, self.language)
        inner = replace(scene, text=layout(doc).plain, low=layout(doc).low, asked=asked)
        found = list(self._found(doc, inner))
        if not any(mention.fact == asked for mention in found):
            found.extend(self.grammar.bare_answers(doc, inner, found, self.grammar.answer_readers))
        return found

    def _two_values(self, values: Iterable[object]) -> str:
        """Why two statements that differ give no value."""
        return str(self.reasons["two_values"]).format(values=self.reasons["and"].join(self._say(v) for v in values))

    def _say(self, value: object) -> str:
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, bool):
            return str(self.reasons["yes"] if value else self.reasons["no"])
        return ", ".join(str(item) for item in value) if isinstance(value, (list, tuple)) else str(value)

    def _reading(self, text: str, scene: Scene, mentions: Iterable[Mention], not_known: bool) -> Reading:
        resolved = resolve(mentions, lambda fact, value: _check(fact, value, scene.reference_date), self._two_values)
        settled = dict(sorted(resolved.settled.items()))
        for fact, (undone, its_date) in _NO_DATE_OF_WHAT_WAS_NOT_DONE.items():
            if fact in settled and settled[fact].value == undone:
                settled.pop(its_date, None)
        facts = {fact: mention.value for fact, mention in settled.items()}
        evidence = {
            fact: Evidence(text[mention.start : mention.end], mention.start, mention.end)
            for fact, mention in settled.items()
        }
        asks = tuple(
            Ask(m.fact, as_sentence(m.doubt or ""), tuple(jsonable(option) for option in m.options), m.start, m.end)
            for m in sorted(resolved.open, key=lambda m: (m.start, m.fact))
        )
        answered = None
        if scene.asked in facts:
            answered = "value"
        elif any(ask.fact == scene.asked and ask.options for ask in asks):
            pass  # "not sure, maybe 1": a question with its readings says more than "not known"
        elif not_known:
            answered = "dont_know"
            asks = tuple(ask for ask in asks if ask.fact != scene.asked)
        return Reading(facts, evidence, asks, resolved.corrected, answered)


def _placed(reading: Reading, respelt: Placed, text: str) -> Reading:
    """The reading of the respelt message with every place and quotation as in the message that was sent."""
    evidence = {}
    for fact, found in reading.evidence.items():
        start, end = respelt.original(found.start, found.end)
        evidence[fact] = Evidence(text[start:end], start, end)
    asks = []
    for ask in reading.asks:
        start, end = respelt.original(ask.start, ask.end)
        asks.append(replace(ask, start=start, end=end))
    return replace(reading, evidence=evidence, asks=tuple(asks))


def _check(fact: str, value: object, reference_date: date | None) -> tuple[object, str | None]:
    """The value as the catalogue normalises it, or why it cannot be true."""
    from bot.catalogue import check_fact
    from bot.facts import Implausible

    if comparable(value) == ():
        return [], None
    try:
        return check_fact(fact, value, reference_date or _FAR), None
    except Implausible as error:
        return None, str(error)


@cache
def reader(language: str = "en") -> FactReader:
    """The reader of a language, built once."""
    return FactReader(language)
