"""The patterns of the regular-expression baseline (benchmarks/regex_baseline.py): one rule a line."""
# ruff: noqa: E501 - one rule a line, so that the table can be read down

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import cast

from dateutil import parser as dateparser

DATE = (
    r"\d{4}[-./]\d{1,2}[-./]\d{1,2}|\b20\d{6}\b|\d{1,2}[-./]\d{1,2}[-./](?:\d{4}|\d\d)\b"
    r"|\d{1,2}(?:st|nd|rd|th)?[ -](?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?(?:[ ,-]+\d{4})?"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d{1,2}(?:st|nd|rd|th)?(?:,? \d{4})?"
    r"|\d{4} ?年 ?\d{1,2} ?月 ?\d{1,2} ?日|(?:\d|two|three|four|five) days ago|in (?:\d|two|three|four|five) days"
    r"|last (?:mon|tues|wednes|thurs|fri|satur|sun)day|yesterday|today|tomorrow"
)
_WORDS = {
    w: i
    for i, w in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
    )
}
NUMBER = rf"(\d{{1,2}}|{'|'.join(_WORDS)})"
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_ROMAN = {"1": "I", "2": "II", "3": "III", "4": "IV"}
_CYTOTOXIC = {
    "cisplatin": r"cisplatin\w*|cddp|ddp|\bcis\b|顺铂", "carboplatin": r"carboplatin\w*|\bcarbo\b|\bcbp\b|卡铂",
    "nedaplatin": r"nedaplatin", "lobaplatin": r"lobaplatin", "oxaliplatin": r"oxaliplatin",
    "gemcitabine": r"gemcitabin\w*|\bgem\b|gemzar|吉西他滨", "docetaxel": r"docetaxel|taxotere|\bdoc\b|多西他赛",
    "paclitaxel": r"paclitaxel|taxol|abraxane|紫杉醇", "capecitabine": r"capecitabin\w*|xeloda|卡培他滨",
    "fluorouracil": r"fluorouracil|5-?\s?fu\b|氟尿嘧啶",
}  # fmt: skip
_REGIMENS = {
    "GP": ("cisplatin", "gemcitabine"), "GC": ("cisplatin", "gemcitabine"), "PF": ("cisplatin", "fluorouracil"),
    "XP": ("capecitabine", "cisplatin"), "TPF": ("cisplatin", "docetaxel", "fluorouracil"),
}  # fmt: skip
_ANTIBODIES = {
    "toripalimab": r"toripalimab|\btori\b|tuoyi|loqtorzi|js-?001|特瑞普利", "sintilimab": r"sintilimab|tyvyt|ibi-?308|信迪利",
    "camrelizumab": r"camrelizumab|\bcamre\b|shr-?1210|卡瑞利珠", "penpulimab": r"penpulimab|annik\w*|派安普利",
    "tislelizumab": r"tislelizumab|\btisle\b|tevimbra|bgb-?a317|替雷利珠", "nivolumab": r"nivolumab|\bnivo\b|opdivo",
    "pembrolizumab": r"pembrolizumab|\bpembro\b|keytruda|帕博利珠", "zimberelimab": r"zimberelimab",
    "atezolizumab": r"atezolizumab|tecentriq", "durvalumab": r"durvalumab|imfinzi", "tagitanlimab": r"tagitanlimab|kl-?a167",
    "cadonilimab": r"cadonilimab|ak-?104", "ivonescimab": r"ivonescimab|ak-?112",
}  # fmt: skip


def whole(group: str) -> int:
    """The number that figures or a word mean."""
    return int(group) if group.isdigit() else _WORDS[group.lower()]


def numbers(text: str) -> list[int]:
    """Every number in the text, as figures or words, and small ordinals."""
    ordinals = {"first": 1, "second": 2, "third": 3, "single": 1, "solitary": 1}
    found = re.findall(rf"{'|'.join(ordinals)}|\d+|\b(?:{'|'.join(_WORDS)})\b", text.lower())
    return [ordinals.get(word) or whole(word) for word in found]


def day_of(text: str, reference: date) -> str | None:
    """The ISO date of the words; None where day and month can change places or nothing can be read."""
    words = {"yesterday": -1, "today": 0, "tomorrow": 1}
    low = re.sub(r" ?[年月] ?", "-", text.lower()).removesuffix("日").strip()
    if low in words:
        return (reference + timedelta(days=words[low])).isoformat()
    if count := re.search(rf"\b{NUMBER} days", low):
        return (reference + timedelta(days=whole(count[1]) * (-1 if "ago" in low else 1))).isoformat()
    if low.startswith("last "):
        back = (reference.weekday() - _WEEKDAYS.index(low[5:8])) % 7 or 7
        return (reference - timedelta(days=back)).isoformat()
    figures = re.fullmatch(r"(\d{1,2})[-./](\d{1,2})[-./]\d+", low)
    if figures and int(figures[1]) <= 12 and int(figures[2]) <= 12 and figures[1] != figures[2]:
        return None
    try:
        first = re.match(r"\d{4}", low) is None
        return dateparser.parse(low, dayfirst=first, default=_midnight(reference)).date().isoformat()
    except (ValueError, OverflowError):
        return None


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)


Value = Callable[[re.Match[str], date], object]


def _is(value: object) -> Value:
    return lambda match, reference: value


def _number(match: re.Match[str], reference: date) -> object:
    return whole(next(group for group in match.groups() if group))


def _upper(match: re.Match[str], reference: date) -> object:
    return match[1].upper().replace(" ", "")


def _dated(match: re.Match[str], reference: date) -> object:
    return day_of(next(group for group in match.groups() if group), reference)


def _stage(match: re.Match[str], reference: date) -> object:
    return _ROMAN[match[1]] + match[2].upper()


_LABELS = {
    "icf_signed": r"(?:icf|consent)(?:[ _]signed)?", "willing": "willing", "able": "able", "therapy_adequate": "adequate",
    "metastasis_biopsied": r"mets? (?:biopsied|biopsy)|metastasis biops(?:y|ied)", "anti_pd1": r"(?:anti-)?pd-1(?: mab)?",
    "metastasis_on_imaging": "mets on imaging", "platinum_doublet": "platinum doublet", "contraception_agreed": "contraception",
    "childbearing_potential": "childbearing potential", "partner_childbearing_potential": "partner",
}  # fmt: skip
_TNM = r"(?<![A-Za-z])[cpry]{0,2}(T(?:[0-4]|is|x|X))?[a-c]?[ /,]{0,2}(N[0-3xX])?[a-c]?[ /,]{0,2}(M(?:0|1[ab]?))?(?![A-Za-z0-9])"
_TEST = r"(?:u?b?hcg|pregnancy test)"
_SCAN, _METS = r"\b(?:ct|pet(?:[-/]ct)?|mri|imaging|scan)\b", r"\b(?:mets?|metast\w+)\b"
_NONK = r"(?:non[- ]?keratini[sz]ing|nk)"
_PS = r"(?:ecog|perf(?:ormance)? status|zubrod|\bps\b)(?: ?\(ecog\))?(?: ps| score| status)?"

# (fact, pattern, value or how to get it). A pattern in capitals only is matched as written.
_TABLE: list[tuple[str, str, object]] = [
    ("age_years", r"\b(\d\d)[ -]?(?:y/?o|yrs?|years?|y)\b|\b(\d\d)[ /,]{0,2}[mf]\b|\bage[d:,| ]+(\d\d)\b", _number),
    ("age_years", r"(\d\d) ?岁|\b[mf][ /,]{0,2}(\d\d)\b|\b(?:wo)?man(?:,| of) (\d\d)\b", _number),
    ("age_years", r"\b(?:(?:she|he|patient|mr \w+|lady)(?: herself)? is|female,|male,?|patient,)(?: now)? (\d\d)\b", _number),
    ("birth_date", rf"(?:\bborn(?: on)?|\bd\.?o\.?b\.?|(?:date of birth|birth date)):? ?({DATE})", _dated),
    ("sex", r"\b(?:female|woman|lady|girl|mrs|ms|she|her|herself)\b|\b(?:\d\d ?/?|sex:? )f\b|\bf ?\d\d\b|女", "female"),
    ("sex", r"\b(?:male|man|gentleman|mr|he|his|him|himself)\b|\b(?:\d\d ?/?|sex:? )m\b|\bm ?\d\d\b|男", "male"),
    ("ecog", rf"{_PS}(?: (?:is|was|now|today|of))*[:=,|]? ?([0-5]|one|two|zero)\b(?! ?[-/] ?\d| or| to)", _number),
    ("kps", r"\b(?:kps|karnofsky)(?: score)?[:,]? ?(\d0|100)\b", lambda m, d: int(m[1])),
    ("t_category", _TNM, lambda m, d: m[1] and m[1].replace("x", "X")),
    ("n_category", _TNM, lambda m, d: m[2] and m[2].replace("x", "X")),
    ("m_category", _TNM, lambda m, d: m[3]),
    ("stage_group", r"\bstaged?(?: as| group)?:? ?(IV ?[ABC]?|III|II|I[AB]?)\b", _upper),
    ("stage_group", r"\bstage ?([1-4]) ?([abc]?)\b", _stage),
    ("stage_group", r"\b(IV[ABC])\b(?= ?(?:\(|AJCC|UICC|,|$))", _upper),
    ("staging_edition", r"\b(?:ajcc|uicc|tnm|version|edition|v)[ :,|]*v?([789])(?:th)?\b|\b([789])th\b", _number),
    ("staging_edition", r"\b(seven|eight|nine?)th\b", lambda m, d: {"seven": 7, "eight": 8}.get(m[1].lower(), 9)),
    ("metastatic_lesion_count", rf"\b{NUMBER} (?:[a-z-]+ ){{0,2}}(?:lesions|mets|metastases|nodules)\b", _number),
    ("metastatic_lesion_count", r"\blesions[:,]? (\d+)\b", _number),
    ("metastatic_lesion_count", r"\b(?:innumerable|> ?3|more than (?:3|three)|too many to count)\b", 4),
    ("metastasis_timing", r"\bde novo\b|\bsynchronous|\bat (?:first )?(?:diagnosis|presentation)\b", "de_novo"),
    ("metastasis_timing", r"\bmetachronous|\brecurren", "metachronous"),
    ("metastasis_on_imaging", rf"{_SCAN}.{{0,40}}{_METS}|{_METS}.{{0,25}}{_SCAN}", True),
    ("metastasis_on_imaging", rf"\bno (?:\w+ )?{_METS}.{{0,20}}{_SCAN}|{_SCAN}.{{0,25}}\bno (?:\w+ )?{_METS}", False),
    ("metastasis_biopsied", rf"\b(?:biopsy|core) of the .{{0,20}}met|{_METS}[^,;.]{{0,12}} biops(?:y|ied)", True),
    ("metastasis_biopsied", rf"{_METS}.{{0,15}}(?:not|never) (?:been )?(?:biops|sampl)|\bno .{{0,12}}met\w* biopsy", False),
    ("primary_site", r"\bm?u?npc\b|nasophary\w+|鼻咽", "nasopharynx"),
    ("primary_site", r"\b(?:oropharyn|hypopharyn|laryn)\w+", "other"),
    ("histology", r"(?<!non)(?<!non-)(?<!non )\bkeratini[sz]ing\b|\bksccs?\b", "keratinizing"),
    ("histology", rf"\b{_NONK}\b|\bnkscc\b", "nonkeratinizing_unspecified"),
    ("histology", rf"\b(?:who|type)(?: type)? (?:2|ii)\b|\b(?<!un)differentiated,? {_NONK}|{_NONK}[^.;]{{0,25}} differentiated",
     "nonkeratinizing_differentiated"),
    ("histology", r"\b(?:who|type)(?: type)? (?:3|iii)\b|\bundiff\w*|lymphoepithelioma|\bunpc\b", "nonkeratinizing_undifferentiated"),
    ("histology", r"\bbasaloid", "basaloid"),
    ("histology", r"\badenocarcinoma|adenoid cystic|lymphoma\b|sarcoma\b", "other"),
    ("confirmation", r"\bbiopsy[- ](?:proven|confirmed)|\bhistolog\w+ (?:confirmed|proven)|\b(?:on|nasopharyngeal) biopsy", "histology"),
    ("confirmation", r"\bcytolog\w+ (?:confirmed|proven|positive)|\bfna\b|confirmed by cytology", "cytology"),
    ("confirmation", r"\b(?:no tissue diagnosis|never biopsied|not proven)", "none"),
    ("chemo_cycles", rf"\b{NUMBER} ?(?:cycles?|cyc|courses)\b|[x×*] ?(\d)\b|\bcycles[:;,|]? ?(\d)\b", _number),
    ("therapy_line", r"\b(?:first|1st)[- ]?line\b|\b1l\b", 1),
    ("therapy_line", r"\b(?:second|2nd)[- ]?line\b|\b2l\b", 2),
    ("platinum_doublet", r"\bplatinum[- ](?:\w+ )?doublet", True),
    ("platinum_doublet", r"\b(?:no|never|without) (?:\w+ )?platinum", False),
    ("anti_pd1", r"\banti-?pd-?1\b|\bpd-?1 (?:inhibitor|antibody|blockade)", True),
    ("anti_pd1", r"\b(?:no|any|without) (?:anti-)?pd-?1\b", False),
    ("therapy_adequate", r"\b(?:therapy|treatment|course) (?:\w+ ){0,2}adequate\b|\badequate course", True),
    ("therapy_adequate", r"\b(?:inadequate|not adequate|insufficient)\b", False),
    ("response", r"\b(CR|PR|SD|PD|NE)\b(?! ?\d)(?!-)(?! ?\+)(?! bleeding)", _upper),
    ("response", r"\bcomplete (?:response|remission)|完全缓解", "CR"),
    ("response", r"\bpartial (?:response|remission)|部分缓解", "PR"),
    ("response", r"\bstable disease", "SD"),
    ("response", r"\bprogressive disease|\bprogressed\b", "PD"),
    ("icf_signed", r"\b(?:icf|consent)\b(?: form)?(?: for this study)?(?: was| is|:)? ?signed", True),
    ("icf_signed", r"\bsigned (?:the |an? )?(?:study )?(?:icf|(?:informed )?consent)|\bicf ?\+", True),
    ("icf_signed", r"\bnot (?:yet )?signed|\bunsigned|\bhasn't signed|\bno icf|\bconsent (?:revoked|withdrawn)|withdrew", False),
    ("icf_date", rf"\b(?:icf|consent)\b[^.;]{{0,30}}?({DATE})|\bsigned[^.;,]{{0,40}}?({DATE})", _dated),
    ("willing", r"(?<!un)\bwilling\b|\b(?:keen|wants|happy) to\b|\bcomply", True),
    ("willing", r"\bunwilling|\brefuses the|\bnot willing|\b(?:declines|rejects) ", False),
    ("able", r"(?<!un)\bable to\b|\bwilling and able\b|\bable and willing", True),
    ("able", r"\bunable|\b(?:cannot|can't) (?:attend|travel|come)", False),
    *[("pregnancy_test_result", rf"\b{_TEST}\b.{{0,25}}?\b(?:{word})\b|\b(?:{word}) {_TEST}", value) for value, word in
      (("negative", "neg(?:ative)?"), ("positive", "pos(?:itive)?"), ("not_done", "not done|pending"))],
    ("pregnancy_test_date", rf"\b{_TEST}\b[^.;]{{0,40}}?({DATE})", _dated),
    ("childbearing_potential", r"\b(?:post-?menopausal|hysterectomy|oophorectomy|menopause)\b", False),
    ("childbearing_potential", r"\b(?:pre-?menopausal|(?:regular|has) periods|fertile|(?:of )?child-?bearing potential|wocbp)\b", True),
    ("partner_childbearing_potential", r"\b(?:wife|partner)\b.{0,30}(?:menopaus|hysterectomy)|\bno (?:\w+ )?partner", False),
    ("partner_childbearing_potential", r"\b(?:wife|partner)\b.{0,40}(?:periods|childbearing|have children)", True),
    ("contraception_agreed", r"\b(?:agree[sd]?|will use)\b.{0,25}contracept|\bcontraception:? agreed", True),
    ("contraception_agreed", r"\brefuses (?:\w+ )?contracept|\bcontraception:? refuse", False),
    ("enrollment_date", rf"\benrol\w*[^.;]{{0,25}}?({DATE})|\brandomi[sz]\w+[^.;]{{0,15}}?({DATE})", _dated),
    *[(fact, rf"\b{label}\b\s?[:=|,]\s?(?:{word})\b", value) for fact, label in _LABELS.items()
      for value, word in ((True, "yes|y|done"), (False, "no|none|n|not done"))],
    *[("chemo_agents", pattern, [name]) for name, pattern in _CYTOTOXIC.items()],
    *[("chemo_agents", rf"\b{regimen}(?=\b|x\d)(?! says| letter)", list(names)) for regimen, names in _REGIMENS.items()],
    *[("io_agents", pattern, [name]) for name, pattern in _ANTIBODIES.items()],
]  # fmt: skip
# Facts whose pattern holds its own "no", and values for which capitals matter.
_DENIED = frozenset({False, "not_done", "none", "nonkeratinizing_unspecified"})
_AS_WRITTEN = frozenset({_TNM})


def rules() -> list[tuple[str, re.Pattern[str], Value, bool]]:
    """(fact, pattern, value of a match, whether a negation just before drops it)."""
    rules = []
    for fact, pattern, value in _TABLE:
        written = pattern in _AS_WRITTEN or re.match(r"\\b\(?(?:CR|IV\[|[A-Z]{2})", pattern) is not None
        negatable = not (isinstance(value, (str, bool)) and value in _DENIED) and pattern not in _AS_WRITTEN
        take = cast(Value, value) if callable(value) else _is(value)
        rules.append((fact, re.compile(pattern, 0 if written else re.IGNORECASE), take, negatable))
    return rules
