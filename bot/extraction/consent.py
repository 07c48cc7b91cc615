"""The study's informed consent form: signed, not signed, or not to be told from the words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from spacy.tokens import Doc

from bot.extraction.clauses import clause_at, sentence_at
from bot.extraction.lexicon import alternation, lexicon, words_pattern
from bot.extraction.mention import Mention, Scene
from bot.extraction.qualifiers import cue_at, qualify

_WINDOW = 160  # characters on either side of the form's name; keeps the work linear in unbroken text
_CLAUSE = frozenset({"semicolon", "but", "bracket"})
# Consent for anything that is not named as a study is consent for something else: surgery, a gastrostomy,
# chemotherapy.
_AFTER_FORM = re.compile(
    r"\s?(?:forms?\s)?(?:was\s|is\s|has been\s|already\s)?(?:signed\s|given\s|obtained\s)?(?:for|to|of|"
    r"from)\s(?=[a-z])"
)
_THIS_STUDY = re.compile(
    r"(?:(?:the|this|our|a|an|her|his|current|present|clinical|imrt|rt|radiotherapy|radiation|npc|"
    r"phase (?:iii|3))\s){0,4}"
    r"(?:study|trial|research|protocol|screening|participation|participate|take part|taking part|join|"
    r"joining|enrol|enter|inclusion|nct|"
    r"be (?:in|part)|follow|version|patient|pt|be signed|sign|both|visits|him|her|irradiation trial)"
)
_ANOTHER = re.compile(
    r"(?:another|other|different|previous|earlier|prior)\s(?:\w+\s)?(?:trial|study)|"
    r"biobank|tissue|genetic"
)
_FUTURE = re.compile(
    r"(?<![a-z])(?:will|'ll|to be|to sign|going to|plans?|planned|planning|scheduled|pending|awaiting|"
    r"awaited|due|tomorrow|next|intends?|"
    r"yet to|about to|wants? to|would like to|needs? to|has to|have to|must|should|ready to|agreed to|"
    r"agrees to|willing to|happy to|"
    r"before signing|considering|thinking|not until|once|after reading|to follow|outstanding|待签|将|拟)(?![a-z])"
)
_NOT_YET = re.compile(
    r"(?<![a-z])(?:not|no|n't|hasn'?t|haven'?t|isn'?t|wasn'?t|didn'?t|never|without|unsigned|yet to|"
    r"neither|declined|declines|"
    r"refused|refuses|missing|absent|lacking)(?![a-z])|n't(?![a-z])|未|没|尚未"
)
_BY = re.compile(r"(?<![a-z])by\s(?:(?:the|his|her|their|a|patient's|pt's)\s)*")
_COPY = re.compile(
    r"(?<![a-z])(?:copy|copies|version|emailed|posted|sent|handed|given a|read|"
    r"explained|discussed|received|provided with)(?![a-z])"
)


@cache
def _form(language: str) -> re.Pattern[str]:
    """The form's names; "IC" only in capitals is checked by the caller ("IC x3" is induction chemotherapy)."""
    return words_pattern(language, "person", "consent", "form")


@cache
def _list(language: str, section: str, key: str) -> re.Pattern[str]:
    return words_pattern(language, "person", section, key)


def find(doc: Doc, scene: Scene) -> Iterator[Mention]:
    """icf_signed. A planned signature is none yet; somebody else's, an old form or a spoken word is a question."""
    seen_sentences: set[int] = set()
    for match in _form("en").finditer(scene.low):
        start, end = match.span()
        word = match.group()
        if word in ("ic", "ic form") and not re.match(
            r"\s?(?:form\s)?(?:was\s|is\s)?(?:not\s|"
            r"un)?(?:yet\s)?(?:sign|dated|date)",
            scene.low[end:],
        ):
            continue
        begin, stop = clause_at(doc, start, _CLAUSE)
        begin, stop = max(begin, start - _WINDOW), min(stop, end + _WINDOW)
        if begin in seen_sentences:
            continue
        mention = _signed(doc, scene, start, end, begin, stop)
        if mention is not None:
            seen_sentences.add(begin)
            yield mention
    if not seen_sentences:
        yield from _signed_alone(doc, scene)


_THE_ONE_NOT = re.compile(
    r"(?<![a-z])(?:(?:the )?(?:one|form|consent|paper)(?: form)? (?:for|of) (?:this|the|our) (?:study|trial)|study (?:one|form))"
    r" (?:was|is|has|has been) ?(?:not|n't)(?![a-z])|"
    r"(?<![a-z])form (?:is |was |still )*(?:blank|empty|unsigned)(?![a-z])"
)
_OTHER_PAPER = re.compile(
    r"\s(?:the\s|a\s|his\s|her\s)?(?!icf|consent|informed|form|study|trial|it\b|"
    r"yes|on\b|today|yesterday|last|this|already|and|in|at|by|\d)[a-z]+"
)


def _signed_alone(doc: Doc, scene: Scene) -> Iterator[Mention]:
    """ "not signed yet", "has signed" without the form's name: only about the form where nothing else is signed."""
    pattern = re.compile(
        r"(?<![a-z])(?:(?P<no>(?:not|hasn't|hasnt|has not|haven't|never|not yet|yet to|"
        r"neither)\s(?:yet\s)?(?:been\s)?(?:yet\s)?sign(?:ed)?|unsigned|(?:did not|"
        r"didn't)\s(?:yet\s)?sign)|(?P<yes>signed|已签署|已签))(?![a-z])"
    )
    for match in _THE_ONE_NOT.finditer(scene.low):
        yield Mention("icf_signed", False, *match.span())
        return
    consented = re.compile(r"(?<![a-z])(?:consented|has consented)(?![a-z])")
    for match in pattern.finditer(scene.low):
        start, end = match.span()
        meant = qualify(doc, start, end)
        if _list("en", "consent", "other_form").search(scene.low, end, end + 40):
            continue
        if meant.foreign or (
            re.match(r"\s(?:off|up|out|by|for|in|on to|papers)", scene.low[end:]) and not match["no"]
        ):
            continue
        if match["no"]:
            yield Mention("icf_signed", False, start, end)
        elif scene.asked in ("icf_signed", "icf_date") and not (
            meant.negated or meant.planned or meant.uncertain
        ):
            if not _OTHER_PAPER.match(scene.low, end):
                yield Mention("icf_signed", True, start, end)
    for match in consented.finditer(scene.low):
        meant = qualify(doc, match.start(), match.end())
        if meant.foreign:
            continue
        if meant.negated:
            yield Mention("icf_signed", False, *match.span())
        elif (
            re.match(r"[^.;\n]{0,30}?(?<![a-z])(?:in writing|in written form)", scene.low[match.end() :])
            and not meant.planned
            and not meant.uncertain
        ):
            yield Mention("icf_signed", True, *match.span())
        elif not meant.planned and not _list("en", "consent", "other_form").search(
            scene.low, match.end(), match.end() + 40
        ):
            yield Mention(
                "icf_signed",
                None,
                *match.span(),
                '"Consented" does not say that the form was signed.',
                (True, False),
            )
        return


def _signed(doc: Doc, scene: Scene, start: int, end: int, begin: int, stop: int) -> Mention | None:
    """What one mention of the form says about its signature."""
    low = scene.low
    words = low[begin:stop]
    fact = "icf_signed"
    meant = qualify(doc, start, end)
    if meant.quoted_protocol or (
        meant.hypothetical and not re.search(r"(?<![a-z])(?:once|until)(?![a-z])", words)
    ):
        return None
    if _other_form(low, start, end, begin, stop):
        return None
    signed = _near(_list("en", "consent", "signed"), low, begin, stop, start, end)
    given = _near(_list("en", "consent", "given"), low, begin, stop, start, end)
    if given and low[given[0] : given[1]] in _TICKS and not 0 <= given[0] - end <= 6:
        given = None
    if given and ("," in low[end : given[0]] or "," in low[given[1] : start]):
        given = None
    first, last = _span((start, end), signed or given)
    around = low[max(begin, first - 45) : min(stop, last + 25)]
    whole = low[begin : min(sentence_at(doc, start)[1], end + 2 * _WINDOW)]
    if _list("en", "consent", "withdrawn").search(whole) and not re.search(r"(?:not|never|n't) (?:withdr|revoke)", whole):
        return Mention(fact, False, first, last, rank=2)
    denied = _denied(doc, low, first, last, begin, stop, signed)
    if denied:
        return Mention(fact, False, first, last)
    if _list("en", "consent", "verbal").search(words) and (signed is None or "to be signed" in words):
        return Mention(fact, None, first, last, "Agreement by word of mouth is no signature.", (True, False))
    if _FUTURE.search(around) and (signed is None or _FUTURE.search(low[max(begin, first - 45) : last])):
        if (
            signed is None
            and given is None
            and not re.search(
                r"(?<![a-z])(?:pending|awaited|due|"
                r"scheduled|planned|outstanding|tomorrow|"
                r"next|will|to be|to follow|sign)(?![a-z])",
                around,
            )
        ):
            return None
        return Mention(fact, False, first, last)
    if re.search(
        r"(?<![a-z])(?:pending|awaited|outstanding|tomorrow|next week)(?![a-z])",
        low[last : min(stop, last + 20)],
    ):
        return Mention(fact, False, first, last)
    if signed is None and given is None:
        return _only_date(doc, scene, start, end, stop)
    return _positive(doc, scene, first, last, begin, stop, signed, start, end)


@cache
def _by_another(language: str) -> re.Pattern[str]:
    """ "Her son has signed", "the signature is the father's"."""
    names = alternation(lexicon(language)["person"]["consent"]["representative"])
    return re.compile(
        rf"(?<![a-z])(?:{names})(?:'s)?\s(?:has\s|have\s|had\s)?sign|"
        rf"(?:signature|signed)\s(?:is|was|of|from)\s(?:by\s)?(?:(?:the|his|her|a)\s)?(?:{names})(?![a-z])"
    )


@cache
def _before_form(language: str) -> re.Pattern[str]:
    names = alternation(lexicon(language)["person"]["consent"]["other_form"])
    return re.compile(
        rf"(?<![a-z])(?:{names})(?:\s(?:trial|study))?['s]*\s(?:informed\s|written\s|"
        r"signed\s)?$"
    )


_TICKS = frozenset({"y", "yes", "ok", "okay", "done", "✓", "✔", "√"})  # only right behind the form's name


def _positive(doc: Doc, scene: Scene, first: int, last: int, begin: int, stop: int, signed: tuple[int, int] | None,
              start: int, end: int) -> Mention | None:  # fmt: skip
    low, fact = scene.low, "icf_signed"
    words = low[begin:stop]
    both = (True, False)
    meant = qualify(doc, first, last)
    marked = (
        low[last : last + 1] == "?"
        or low[last : last + 3] == " ?"
        or meant.uncertain
        or qualify(doc, start, end).uncertain
    )
    if meant.question:
        return None
    if marked:
        return Mention(fact, None, first, last, "It is not certain that the form has been signed.", both)
    by = _BY.search(words)
    if by and _list("en", "consent", "representative").match(words, by.end()):
        if not re.search(r"\band (?:by )?(?:the )?(?:pt|patient|him|her)", words):
            return Mention(
                fact,
                None,
                first,
                last,
                "Signed by somebody else; the protocol asks for the patient's signature.",
                both,
            )
    if _by_another("en").search(words):
        return Mention(
            fact,
            None,
            first,
            last,
            "Signed by somebody else; the protocol asks for the patient's signature.",
            both,
        )
    if _list("en", "consent", "old_version").search(words):
        return Mention(
            fact, None, first, last, "An old version was signed; is the current form signed?", both
        )
    if (
        signed is not None
        and low[signed[0] : signed[1]] in ("sign", "signs")
        and not re.search(r"did sign", words)
    ):
        return None
    if signed is not None or "written" in low[max(begin, first - 10) : last]:
        return Mention(fact, True, first, last)
    name = low[start:end]
    if name in ("icf", "informed consent form", "consent form", "知情同意书"):
        tail = low[last : last + 12]
        if re.search(
            r"(?<![a-z])(?:done|completed|yes|y|ok|okay|in place|on file|✓|✔|√|obtained)(?![a-z])",
            low[first:last],
        ) and not re.match(r"\s?to", tail):
            return Mention(fact, True, first, last)
    return Mention(fact, None, first, last, "Consent is mentioned, but not that the form was signed.", both)


def _only_date(doc: Doc, scene: Scene, start: int, end: int, stop: int) -> Mention | None:
    """ "ICF 12 May 2026": a date beside the form's name is the date of a signature, but it does not say so."""
    if scene.low[end : end + 1] == "?" or qualify(doc, start, end).uncertain:
        return Mention(
            "icf_signed", None, start, end, "It is not certain that the form has been signed.", (True, False)
        )
    if re.match(r"\s?[:(]?\s?(?:on\s)?\d{1,4}[./-]", scene.low[end:stop]) and scene.low[start:end] == "icf":
        return Mention(
            "icf_signed",
            None,
            start,
            end,
            "A date stands beside the form; has it been signed?",
            (True, False),
        )
    return None


def _near(
    pattern: re.Pattern[str], low: str, begin: int, stop: int, start: int, end: int
) -> tuple[int, int] | None:
    """The match nearest to the form's name in its clause, at most 60 characters away."""
    best: tuple[int, tuple[int, int]] | None = None
    for match in pattern.finditer(low, max(begin, start - 60), min(stop, end + 60)):
        if match.start() < end and start < match.end():
            continue
        distance = start - match.end() if match.end() <= start else match.start() - end
        if best is None or distance < best[0]:
            best = distance, match.span()
    return best[1] if best else None


def _span(one: tuple[int, int], other: tuple[int, int] | None) -> tuple[int, int]:
    return one if other is None else (min(one[0], other[0]), max(one[1], other[1]))


def _other_form(low: str, start: int, end: int, begin: int, stop: int) -> bool:
    """Consent for surgery, a biobank, another trial: not this study's form."""
    after = _AFTER_FORM.match(low, end)
    if after is not None:
        purpose = low[after.end() : after.end() + 40]
        return not _THIS_STUDY.match(purpose) or bool(_ANOTHER.search(purpose))
    return bool(_before_form("en").search(low[max(begin, start - 40) : start]))


def other_form_only(doc: Doc, scene: Scene, offset: int) -> bool:
    """Whether the sentence at an offset speaks of consent only for something other than this study."""
    begin, stop = sentence_at(doc, offset)
    forms = list(_form("en").finditer(scene.low, begin, stop))
    return bool(forms) and all(_other_form(scene.low, *match.span(), begin, stop) for match in forms)


def _denied(
    doc: Doc, low: str, first: int, last: int, begin: int, stop: int, signed: tuple[int, int] | None
) -> bool:
    """Whether the signature is denied: "not signed", "no ICF yet", "ICF: no", "unsigned"."""
    if _list("en", "consent", "not_yet").search(low, max(begin, first - 12), min(stop, last + 16)):
        return True
    if re.match(
        r"\s?[:=-]?\s?(?:status\s)?(?:no|n|not yet|not done|not obtained|not available|not "
        r"given|missing|none|未签)(?![a-z])",
        low[last:stop],
    ):
        return True
    inside = low[first:last]
    if re.search(r"(?<![a-z])(?:not|un|yet to|no)(?![a-z])|n't|未|没", inside):
        return True
    cue = cue_at(doc, "negated", first) or (cue_at(doc, "negated", signed[0]) if signed else None)
    if cue is None or cue.cue_start >= last:
        return False
    between = low[cue.cue_end : first]
    return not re.search(r"(?<![a-z])(?:and|icf|ecog|problem|issue|has signed)(?![a-z])", between)
