"""The reader: one message in, what it states out.

text -> document -> finders (one module per concept) -> what does not speak of this patient is dropped ->
bare answers and corrections -> one value or one question per fact.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from types import ModuleType

from spacy.tokens import Doc

from bot.extraction import (
    age,
    answers,
    childbearing,
    compliance,
    consent,
    contraception,
    events,
    histology,
    io_start,
    labelled,
    lesions,
    partner,
    patients,
    performance,
    pregnancy,
    response,
    sex,
    site,
    spread,
    staging,
    therapy,
)  # fmt: skip
from bot.extraction.clauses import layout, sentence_at
from bot.extraction.corrections import corrections
from bot.extraction.history import of_another_cancer
from bot.extraction.lexicon import lexicon
from bot.extraction.mention import AnswerReader, Finder, Mention, Scene
from bot.extraction.outcome import Ask, Evidence, Reading, as_sentence
from bot.extraction.pipeline import parse, pipeline
from bot.extraction.qualifiers import cue_at, qualify
from bot.extraction.resolve import comparable, jsonable, resolve
from bot.extraction.rewording import reword

CONCEPTS: tuple[ModuleType, ...] = (
    age, sex, consent, compliance, performance, pregnancy, childbearing, contraception, partner, events,
    histology, site, staging, lesions, spread, therapy, response,
    labelled, io_start,
)  # fmt: skip

# "she signed on the 17th, no wait, she has not signed": the date falls with the deed.
_NO_DATE_OF_WHAT_WAS_NOT_DONE: Mapping[str, tuple[object, str]] = {
    "icf_signed": (False, "icf_date"),
    "pregnancy_test_result": ("not_done", "pregnancy_test_date"),
}
# Values that a missing record must never give.
_DENIALS: tuple[object, ...] = (False, 0, "not_done", "none", "M0", [], ())
_NO_RECORD = re.compile(
    r"(?<![a-z])(?:no|none|not|nothing)\s(?:info(?:rmation)?|records?|data|idea|clue|documentation|mention|"
    r"notes?|details|recorded|documented|noted|known|stated|mentioned|in\s(?:the|her|his)\s(?:notes?|file|chart|records?|letter))(?![a-z])"
)
_PRONOUN = re.compile(r"(?:he|she|his|her|him|hers)(?:'s)?")
_NO_BEHIND = re.compile(r"\s?(?:[:=|]|-(?=\s))\s?(?:no|none|nil|n|nope|absent|never|denied)(?=\s*(?:$|[,.;)\n]))")
_OF_THE_TUMOUR = frozenset({
    "stage_group", "staging_edition", "t_category", "n_category", "m_category", "histology", "confirmation", "response",
    "metastasis_timing", "metastasis_on_imaging", "metastatic_lesion_count", "chemo_cycles",
})  # fmt: skip
_NEXT = 8  # characters behind the words of a denial near which its noun may still stand: "test: no | info"
_FAR = date(9999, 1, 1)  # without a reference date no date can be said to lie ahead

# Statements that may stand in words about somebody else: his wife makes him male, her periods are her
# partner's fact.
_SPEAK_OF_OTHERS = frozenset(
    {
        "sex",
        "partner_childbearing_potential",
        "icf_signed",
        "icf_date",
        "enrollment_date",
        "willing",
        "contraception_agreed",
    }
)


# Asked about the partner, "she is 36 and has periods" speaks of her, unless the sentence names the patient.
_HERS = frozenset({"sex", "age_years", "childbearing_potential", "pregnancy_test_result", "pregnancy_test_date"})
_PATIENT = re.compile(r"(?<![a-z])(?:he|he's|his|pt|patient|male|himself)(?![a-z])")


def _unknown(doc: Doc, scene: Scene, mention: Mention) -> bool:
    """Whether a missing record would be taken for a no: "no record of ICF", "pregnancy test: no info"."""
    denial = mention.doubt is None and mention.value in _DENIALS
    record = _NO_RECORD.search(scene.low, mention.start, mention.end + 4 * _NEXT) if denial else None
    if record is not None and record.start() <= mention.end + _NEXT // 2:
        return True
    cue = cue_at(doc, "unknown", mention.start, mention.end)
    if cue is None:
        return False
    if mention.doubt is not None and cue.cue_start > mention.start:
        return False  # "LMP unknown" is a question of its own
    if cue.cue_start < mention.start or not layout(doc).low[mention.end : cue.cue_start].strip(" :-=."):
        return True
    return denial


def _denied_behind(scene: Scene, mention: Mention) -> bool:
    """ "PR: no", "De novo: none": the label is denied. Yes/no facts have such labels read by their own finders."""
    if mention.doubt is not None or isinstance(mention.value, bool) or mention.value in _DENIALS:
        return False
    return _NO_BEHIND.match(scene.low, mention.end) is not None


def _of_another_cancer(scene: Scene, mention: Mention) -> bool:
    """ "Breast cancer 2012, stage II, CR": nothing of it is said of the tumour of this protocol."""
    return mention.fact in _OF_THE_TUMOUR and of_another_cancer(scene, mention.start, named_before=True)


def _of_partner(doc: Doc, mention: Mention) -> bool:
    begin, end = sentence_at(doc, mention.start)
    return not (mention.fact == "sex" and mention.value == "male") and not _PATIENT.search(layout(doc).low, begin, end)


def _finders() -> tuple[Finder, ...]:
    return tuple(module.find for module in CONCEPTS)


def _answer_readers() -> dict[str, AnswerReader]:
    """What bare answers mean, from the concept modules that say so."""
    readers: dict[str, AnswerReader] = {}
    for module in CONCEPTS:
        readers.update(getattr(module, "ANSWERS", {}))
    return readers


def _say(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(str(item) for item in value) if isinstance(value, (list, tuple)) else str(value)


class FactReader:
    """Reads facts about one candidate out of free text in one language."""

    def __init__(self, language: str = "en") -> None:
        self.language = language
        self.lexicon = lexicon(language)
        pipeline(language)
        self.finders, self.readers = _finders(), _answer_readers()

    def read(self, text: str, asked: str | None = None, reference_date: date | None = None) -> Reading:
        """What the text states about the candidate.

        asked: the fact that was just asked for; bare answers are read in its light. reference_date: what
        relative dates count from; without it they are asked about. Never raises for any text.
        """
        if not text.strip():
            return Reading()
        doc = parse(text, self.language)
        scene = Scene(layout(doc).plain, layout(doc).low, asked, reference_date, self.lexicon)
        several = patients.two_patients(doc, scene)
        if several is not None:
            start, end = several
            reason = "This reads like two patients; send one at a time."
            return Reading(asks=(Ask("candidate", reason, (), start, end),))
        mentions = self._reworded(scene)
        not_known = mentions is None and answers.dont_know(doc, scene)
        if mentions is None:
            mentions = self._mentions(doc, scene, not_known)
        return self._reading(text, scene, mentions, not_known)

    def _mentions(self, doc: Doc, scene: Scene, not_known: bool = False) -> list[Mention]:
        """What finders, bare answers and corrections make of the message."""
        mentions = list(self._found(doc, scene))
        if not_known:  # "no record of it" denies nothing
            mentions = [m for m in mentions if m.fact != scene.asked or m.doubt is not None or m.value not in _DENIALS]
        mentions.extend(answers.bare_answers(doc, scene, mentions, self.readers))
        return corrections(doc, scene, mentions, self._again)

    def _reworded(self, scene: Scene) -> list[Mention] | None:
        """The mentions of a correction such as "response should be PR, not CR"; None where the message is none."""
        plain = reword(scene.text, scene.low, lambda words: self._states(words, scene))
        if plain is None or not plain.text.strip():
            return None
        doc = parse(plain.text, self.language)
        found = self._mentions(doc, replace(scene, text=layout(doc).plain, low=layout(doc).low))
        placed = []
        for mention in found:
            start, end = plain.original(mention.start, mention.end)
            pronoun = _PRONOUN.fullmatch(scene.low, start, end) is not None
            corrected = mention.corrected or (plain.corrected(start, end) and not pronoun)
            placed.append(replace(mention, start=start, end=end, corrected=corrected))
        return placed if any(mention.corrected for mention in placed) else None

    def _states(self, words: str, scene: Scene) -> bool:
        """Whether "not" and these words deny a fact ("not signed"), rather than take a value back ("not CR")."""
        denied = {m.fact for m in self._alone(f"not {words}", scene) if m.doubt is None and m.value in _DENIALS}
        return bool(denied - {m.fact for m in self._alone(words, scene) if m.value in _DENIALS})

    def _alone(self, words: str, scene: Scene) -> list[Mention]:
        doc = parse(words, self.language)
        return list(self._found(doc, replace(scene, text=layout(doc).plain, low=layout(doc).low, asked=None)))

    def _found(self, doc: Doc, scene: Scene) -> Iterator[Mention]:
        """Everything the finders find that speaks of this patient."""
        for finder in self.finders:
            for mention in finder(doc, scene):
                if mention.doubt is None and mention.value is None:
                    continue
                meant = qualify(doc, mention.start, mention.end)
                if meant.quoted_protocol or meant.question or _unknown(doc, scene, mention):
                    continue
                if (
                    scene.asked == "partner_childbearing_potential"
                    and mention.fact in _HERS
                    and _of_partner(doc, mention)
                ):
                    continue
                if _denied_behind(scene, mention) or _of_another_cancer(scene, mention):
                    continue
                if meant.other_person is not None and mention.fact not in _SPEAK_OF_OTHERS:
                    continue
                yield mention

    def _again(self, words: str, asked: str, scene: Scene) -> list[Mention]:
        """The mentions in a few words of the text, read as an answer to one fact (offsets in those words)."""
        doc = parse(words, self.language)
        inner = replace(scene, text=layout(doc).plain, low=layout(doc).low, asked=asked)
        found = list(self._found(doc, inner))
        if not any(mention.fact == asked for mention in found):
            found.extend(answers.bare_answers(doc, inner, found, self.readers))
        return found

    def _reading(self, text: str, scene: Scene, mentions: Iterable[Mention], not_known: bool) -> Reading:
        resolved = resolve(mentions, lambda fact, value: _check(fact, value, scene.reference_date), _say)
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
