"""English, as the reader takes it: the finders of every concept, and how a whole message is read."""

from __future__ import annotations

import re

from spacy.language import Language

from bot.extraction.en import (
    age,
    answers,
    checklist,
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
from bot.extraction.en.corrections import corrections
from bot.extraction.en.cues import CueFinder
from bot.extraction.en.forms import fill_in
from bot.extraction.en.pasted import plain_layout
from bot.extraction.en.rewording import reword
from bot.extraction.en.sentences import breaks, sentences
from bot.extraction.en.spelling import respell
from bot.extraction.en.standing import stands
from bot.extraction.grammar import Grammar
from bot.extraction.mention import AnswerReader

CONCEPTS = (
    age, sex, consent, compliance, performance, pregnancy, childbearing, contraception, partner, events,
    histology, site, staging, lesions, spread, therapy, response,
    labelled, checklist, io_start,
)  # fmt: skip


def _cues(nlp: Language) -> CueFinder:
    return CueFinder(nlp, "en")


def _answer_readers() -> dict[str, AnswerReader]:
    """What bare answers mean, from the concept modules that say so."""
    readers: dict[str, AnswerReader] = {}
    for module in CONCEPTS:
        readers.update(getattr(module, "ANSWERS", {}))
    return readers


GRAMMAR = Grammar(
    language="en",
    sentences=sentences,
    breaks=breaks,
    pasted=plain_layout,
    cues=_cues,
    finders=tuple(module.find for module in CONCEPTS),
    answer_readers=_answer_readers(),
    stands=stands,
    several_patients=patients.two_patients,
    dont_know=answers.dont_know,
    bare_answers=answers.bare_answers,
    corrections=corrections,
    forms=fill_in,
    reword=reword,
    respell=respell,
    pronoun=re.compile(r"(?:he|she|his|her|him|hers)(?:'s)?"),
)
