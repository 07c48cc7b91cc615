"""Which mentions speak of this patient: not a question, a quotation, a denial, another person or another cancer."""

from __future__ import annotations

import re

from spacy.tokens import Doc

from bot.extraction.en.entries import entry
from bot.extraction.en.history import of_another_cancer
from bot.extraction.layout import layout, sentence_at
from bot.extraction.mention import DENIALS, Mention, Scene
from bot.extraction.qualifiers import cue_at, qualify

_NO_RECORD = re.compile(
    r"(?<![a-z])(?:no|none|not|nothing)\s(?:info(?:rmation)?|records?|data|idea|clue|documentation|mention|"
    r"notes?|details|recorded|documented|noted|known|stated|mentioned|in\s(?:the|her|his)\s(?:notes?|file|chart|records?|letter))(?![a-z])"
)
_NO_BEHIND = re.compile(r"\s?(?:[:=|]|-(?=\s))\s?(?:no|none|nil|n|nope|absent|never|denied)(?=\s*(?:$|[,.;)\n]))")
_OF_THE_TUMOUR = frozenset({
    "stage_group", "staging_edition", "t_category", "n_category", "m_category", "histology", "confirmation", "response",
    "metastasis_timing", "metastasis_on_imaging", "metastatic_lesion_count", "chemo_cycles",
})  # fmt: skip
_NEXT = 8  # characters behind the words of a denial near which its noun may still stand: "test: no | info"
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
        "therapy_adequate",
        "contraception_agreed",
    }
)


# Asked about the partner, "she is 36 and has periods" speaks of her, unless the sentence names the patient.
_HERS = frozenset({"sex", "age_years", "childbearing_potential", "pregnancy_test_result", "pregnancy_test_date"})
_PATIENT = re.compile(r"(?<![a-z])(?:he|he's|his|pt|patient|male|himself)(?![a-z])")


def _unknown(doc: Doc, scene: Scene, mention: Mention) -> bool:
    """Whether a missing record would be taken for a no: "no record of ICF", "pregnancy test: no info"."""
    denial = mention.doubt is None and mention.value in DENIALS
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
    if mention.doubt is not None or isinstance(mention.value, bool) or mention.value in DENIALS:
        return False
    return _NO_BEHIND.match(scene.low, mention.end) is not None


def _left_open(scene: Scene, mention: Mention) -> bool:
    """ "WOCBP: ?", "Contraception agreed: TBC", "Willing:" alone, a yes that "No" follows: the label states nothing."""
    if mention.doubt is not None or (mention.fact == "icf_signed" and mention.value is False):
        return False  # "ICF: to be signed on Thursday" is a no of its own
    behind = entry(scene.low, mention.end)
    if behind is None:
        return False
    if isinstance(mention.value, bool):
        return behind.says is None or (mention.value and not behind.says)
    return behind.says is None and bool(scene.low[mention.end : behind.end].strip(" :=|\n"))


def _of_another_cancer(scene: Scene, mention: Mention) -> bool:
    """ "Breast cancer 2012, stage II, CR": nothing of it is said of the tumour of this protocol."""
    return mention.fact in _OF_THE_TUMOUR and of_another_cancer(scene, mention.start, named_before=True)


def _of_partner(doc: Doc, mention: Mention) -> bool:
    begin, end = sentence_at(doc, mention.start)
    return not (mention.fact == "sex" and mention.value == "male") and not _PATIENT.search(layout(doc).low, begin, end)


def _addressed(scene: Scene, mention: Mention) -> bool:
    """ "How old are you, ma'am?" asks for the age, but tells the sex."""
    words = scene.lexicon["person"]["speakers"]
    return mention.fact == "sex" and scene.low[mention.start : mention.end] in (*words["madam"], *words["sir"])


def stands(doc: Doc, scene: Scene, mention: Mention) -> bool:
    """Whether the words state (or put in doubt) something of this patient."""
    meant = qualify(doc, mention.start, mention.end)
    told = meant.quoted_protocol or meant.question
    if (told and not _addressed(scene, mention)) or _unknown(doc, scene, mention):
        return False
    if scene.asked == "partner_childbearing_potential" and mention.fact in _HERS and _of_partner(doc, mention):
        return False
    if _denied_behind(scene, mention) or _left_open(scene, mention) or _of_another_cancer(scene, mention):
        return False
    return meant.other_person is None or mention.fact in _SPEAK_OF_OTHERS
