"""The words by which a message shows of whom it speaks, with their places; kinds as `speech` weighs them."""

from __future__ import annotations

import re
from functools import cache

from bot.extraction.en.checklist import rows
from bot.extraction.lexicon import alternation, lexicon, whole_words

RULE, CANDIDATE, GROUP, PROTOCOL, OTHER, ANCHOR = "rule", "candidate", "group", "protocol", "other", "anchor"
PATIENT = "patient"  # "the patient": the candidate, but the subject of criteria as well
NAMED = "named"  # goes with CANDIDATE: by name, or by age and sex, so that nobody else can go on being meant

_ONE = r"(?:female|male|woman|man|lady|gentleman|girl|boy|f|m)"
_AGE = r"(?<![\d.>≥≤<=-])(?<!to )(?<!than )(?<!over )(?<!under )(?<!above )(?<!from )[1-9]\d"
# "54F", "54-year-old", "54 yo": one person of that age; not "18 years or older", "60-year-olds".
_AGE_SEX = (
    rf"{_AGE}\s?-?(?:(?:y/?o|yrs?|years?)\.?[\s-]?(?:old[\s-]?)?{_ONE}"
    rf"|[mf]|[\s-]?(?:year|yr)s?[\s-]old|\s?y/?o|\s?y\.o\.?|\s(?:male|female|man|woman|lady|gentleman))"
    r"(?![a-z0-9])(?!\s?(?:or|and)\s(?:more|older|over|above|younger|less|under))(?!\s?(?:\)\s?)?(?:patients|women|men))"
)
_LABEL = (
    r"(?<![a-z])(?:age|sex|gender|dob|date of birth|ecog(?:\s(?:status|ps|score|performance status))?)\s?(?::|=|\sis)\s{0,2}"
    r"(?:\d{1,2}(?![\d-]|\s?(?:-|to|or|years? or|and)\s?\w)(?!\s?(?:years?|yrs?)?\s?(?:old\s)?(?:-|~|or|and|to)\s?\w)|f(?:emale)?|m(?:ale)?|woman|man)(?![a-z0-9])"
    r"|(?<![a-z])(?:dob|date of birth|born)[\s:]{1,3}\d"
)
_TITLE = re.compile(r"(?<![A-Za-z])(?:Mr|Mrs|Ms|Miss|Mdm|Mister)\.?\s[A-Z]")
_NUMBERED = re.compile(r"(?<![a-z])(?:participant|subject|volunteer|pt|patient)\s(?:no\.?\s?|#\s?|id\s?)?\d{1,5}(?![\d%])")
_PAT = r"(?:^|(?<=[\n.;:]\s)|(?<=[\n.;:]))[\s*-]{0,4}(?:pt|pat|patient|candidate|subject\s\d+)(?=\s?[:,]|\s\d|\s[a-z]+ed\b)"
# Limits of an age belong to a rule wherever they stand; those of a grade only in a list of such limits.
_AGE_LIMIT = (
    r"(?<![a-z])age[ds]?(?:\srange)?\s?(?:of|is|:|was)?\s?(?:between\s)?(?:[<>≥≤³]=?|\d{2}\s?(?:years?\s?(?:old\s?)?)?(?:-|to|and|~)\s?\d{2})(?!\d|\s?(?:months|mo\b))"
    r"|(?<![\d.])\d{2}\s?(?:years?|yrs?)(?:\sold|\sof age)?,?\s(?:or|and)\s(?:more|older|over|above|younger)"
    r"|(?<![\d.])\d{2}\s?(?:years?\s?)?(?:-|to|~)\s?\d{2}\s?years?(?:\s(?:old|of age))?|[<>≥≤]\s?\d{2}\s?years?\s(?:old|of age)"
    r"|older than\s\d{2}|younger than\s\d{2}|age\s\d\d\sor\s(?:more|older)"
)
_GRADE_LIMIT = re.compile(
    r"(?<![a-z])(?:ecog|ps|performance status|kps|karnofsky)[^\n;.]{0,60}?(?:\d\s?(?:-|to|or|~|/|,)\s?\d|[<>≥≤]=?\s?\d)"
    r"|[<>≥≤]=?\s?\d[\d.,]*\s?(?:x|×|\*|mg|g/|umol|µmol|ml)|\buln\b|measurable|life expectancy|(?:cr|pr|cr/pr)\s?(?:or|/)\s?(?:pr|cr)"
    r"|who (?:type )?i{1,3}\s?(?:/|or|-)\s?i{1,3}|stage[ds]?\s(?:as\s)?r?i[iv]*[ab]?\s?(?:-|to|~)\s?iv|any t"
    r"|\d-\d\s?n\d-\d|(?:adequate|sufficient|normal) (?:organ|bone|liver|renal|hepatic|marrow|haem|hem)",
)
_NUMBERS = (
    r"(?<![a-z])(?<!metastases \()(?<!mets \()(?<!lesions \()(?<!nodules \()(?<!deposits \()n\s?=\s?\d|(?<![a-z])p\s?[<>=]\s?0?\.\d|\d\s?%\s(?:male|female|men|women|of (?:all |the )?(?:patients|cases|pts))|\d\s?%\)\s?were"
    r"|(?<![a-z])of (?:the )?\d{1,3}(?:,\d{3})? (?:\w+ ){0,3}(?:pts|cases|patients)|\d+-year (?:os|overall|pfs)"
    r"|(?<![a-z])series of \d+|(?<![a-z])\d+ de novo pts|(?<![a-z])(?:we )?report (?:two|three|four|five|six|\d+) cases"
    r"|(?<![a-z])up to (?:three|four|five|six|\d) (?:lesions|cycles)"
    r"|(?<![a-z])(?:day|week|visit) [-+]?\d+(?![^.;\n]{0,40}\d{4})[^.;\n]{0,60}(?:still counts|does not|every \d|and \d)"
    r"|(?<![a-z])p\*?\s?[<>=]\s?0?\.\d|(?<![a-z])(?:hr|or|rr),?\s?[01]?\.\d|\[\[?\d{1,3}\]|\[\d{1,3}(?:\s?[,-]\s?\d{1,3})+\]|(?<![a-z])et al(?![a-z])|\]\(/|https?:"
    r"|(?<![a-z])phase\s(?:i{1,3}|[123])(?:[ab]|/i{1,3}|/[23])?(?![a-z0-9])"
    r"|(?<![a-z])(?:the|each|either|both|this|a)\s(?!left|right|upper|blood|his|her|age)[\w/+-]+(?:\s(?!of|in)[\w/+-]+)?\s(?:arms?|groups?)(?![a-z])"
    r"|(?<![a-z])(?:one|two|three|four|five|several|many|other|these|those|most|some|all|both|no|of the|randomi[sz]ed|clinical|prior|previous|"
    r"recent|early|large|small|prospective|retrospective|the)\s(?!imaging|staging|blood|lab)(?:[\w-]+\s){0,2}(?:trials|studies)(?![a-z])"
    r"|(?<![a-z])(?:is|are|was) (?:an?\s)[\w,\s-]{0,60}(?:antibody|inhibitor|agent|drug|enzyme|prodrug|tki|analogue?|hormone|malignancy|disease of|cancer of)(?![a-z])"
    r"|(?<![a-z])improv(?:e[sd]?|ing|ement in) (?:[\w-]+ ){0,3}(?:survival|outcomes?|dfs|pfs|os|response rates?)(?![a-z])"
    r"|(?<![a-z])(?:pfs|dfs|efs|lrfs|dmfs|rfs|orr|dcr)(?![a-z])|(?<![a-z])os (?:was|were|benefit|advantage|rate|between|compared|showed|did)"
    r"|(?<![a-z])significantly (?:longer|better|higher|lower|shorter|worse|more|improv)|(?<![a-z])\d+ deaths?(?![a-z])|(?<![a-z])deaths occurred"
    r"|(?<![a-z])(?:is|are) (?:given|administered|repeated)(?![a-z])(?![^.;\n]{0,80}(?:so far|since|now|currently|to date))"
    r"|within (?:7|seven) days (?:prior to|before|of) (?:enrol|random|regist|the first dose|starting)"
    r"|(?<![a-z])pregnancy (?:test|testing) (?:will|was|must|should) (?:be|have to be)? ?(?:done|performed)[^.;\n]{0,40}(?:for|at (?:all|each|every)|accord)"
)
# Trials go by a name in capitals and a number: JUPITER-02, RATIONALE-309; and by their register.
_TRIAL = re.compile(r"(?<![A-Za-z])(?!SCREEN|SUBJ|PATIENT|RANDOM|COVID|VISIT|CYCLE)[A-Z]{5,}-[0-9]{1,3}(?:st|nd|rd)?(?![0-9])|(?<![A-Za-z])NCT\d{6,}")
_TABLE = 3  # different T and N together make a table of stages
_M = re.compile(r"(?<![a-z])m[01][ab]?\s?[:=]\s[a-z]")
# One exact value: what a heading of criteria leads to is then a filled-in list of the candidate.
_EXACT = re.compile(
    r"(?<![a-z])(?:age[ds]?|ecog(?:\sps)?|kps)\s?(?::|=|is)?\s?\d{1,3}(?!\d|\s?(?:-|~|to|or|and|/|years? (?:or|and))\s?|\.\d)"
    r"|(?<!\d)\d{1,2}\s(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\s\d{4}|\d{4}-\d\d-\d\d"
)
_AS_IN = re.compile(r"(?:as in|like in|as per|per|according to|similar to|like)\s(?:the\s)?\Z")
_INCLUSION_NUMBER = r"(?<![a-z])(?:inclusion|exclusion|criterion|criteria|amendment) \d+(?![\d.]*\s?(?:met|ok|fulfilled))"
# "Smith AB, Jones C: ..." and "T1, N0, M0 | T2, N0, M0 | T3 ...": references and tables.
_AUTHORS = re.compile(r"(?<![A-Za-z])[A-Z][a-z'-]+\s[A-Z]{1,3},\s[A-Z][A-Za-z'-]+\s[A-Z]{1,3}\s?[,:.]")
_TRIPLE = re.compile(r"(?<![a-z])(?:any t|t(?:is|[0-4x])[a-d]?(?:\([a-z]+\))?)[,\s]{1,2}(?:any n|n[0-3x](?:mi|[a-c])?)(?=[,\s])")
_SCALE = re.compile(
    r"(?:^|[\n.]\s{0,3}|%)([0-5])[\s.:=-]{1,3}(?=(?:fully active|able to|asymptomatic|symptomatic|restricted|ambulatory|capable|"
    r"requires|normal|cares|completely|dead|limited))"
)
_TYPES = re.compile(r"(?<![a-z])(?:type|grade|stage|category)\s(\d|i{1,3}|iv)\s?(?::|=|-\s|is\s)")
_T = re.compile(r"(?<![a-z])t([0-4])\s?[:=]\s[a-z]")
_N = re.compile(r"(?<![a-z])n([0-3])\s?[:=]\s[a-z]")


@cache
def _patterns(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    words = lexicon(language)["speech"]
    one = {key: alternation(words[key]) for key in ("persons", "any_one", "duties", "groups", "not_groups", "headings", "nobody",
           "study_names", "study_verbs", "protocol_names", "protocol_verbs", "modals", "defined", "commands", "earlier", "somebody")}
    rules = (
        rf"(?<![a-z])(?:{one['persons']})(?:\s\([^)]{{1,12}}\))?\s(?:who\s)?(?:{one['duties']})(?![a-z])"
        rf"|(?<![a-z])(?:{one['any_one']})\s(?:[a-z-]+\s)?(?:{one['persons']})(?:'s|\s(?:with|who|whose|of|in whom|aged)(?![a-z]))"
        rf"|(?<![a-z])an?\s(?:[a-z-]+\s)?(?:{one['persons']})\s(?:with|who|whose|of|in whom|aged)(?![a-z])(?=[^.;\n]{{0,120}}"
        rf"\s(?:{one['modals']})(?![a-z]))"
        rf"|(?<![a-z])(?:when|whenever|unless)\san?\s(?:{one['persons']})(?![a-z])"
        rf"|(?:^|(?<=[\n.;])\s{{0,3}})(?:\d\.\s|[-*•]\s)?(?:{one['headings']})(?:\s\d)?\s?:"
        rf"|(?<![a-z])(?:{one['nobody']})(?![a-z])"
        rf"|(?:^|(?<=[\n.;])\s{{0,3}})(?:[-*•]\s?)?(?:{one['commands']})\s(?!:)"
        rf"|^\s*(?:{one['defined']})\s?=\s?[a-z]{{4,}}"
    )
    group = rf"(?<![a-z])(?:{one['groups']})(?!'|[a-z]|\s(?:{one['not_groups']})(?![a-z]))"
    studies = rf"(?<![a-z])(?:{one['study_names']})\s(?:{one['study_verbs']})(?![a-z])"
    protocol = rf"(?<![a-z])(?:{one['protocol_names']})\s(?:[a-z]+ly\s|only\s|also\s)?(?:{one['protocol_verbs']})(?![a-z])"
    others = rf"(?<![a-z])(?:the|our|a)\s(?:{one['earlier']})\s(?:{one['somebody']})\s(?:that\s|whom?\s)?(?:i|we)(?![a-z])"
    return (
        (OTHER, re.compile(others)),
        (OTHER, whole_words(words["others"])),
        (RULE, re.compile(rules)),
        (RULE, whole_words(words["rules"])),
        (GROUP, whole_words([*words["studies"], *words["generic"]])),
        (GROUP, re.compile(f"{group}|{studies}|{_AGE_LIMIT}|{_NUMBERS}")),
        (PROTOCOL, whole_words(words["protocol"])),
        (PROTOCOL, re.compile(f"{protocol}|{_INCLUSION_NUMBER}")),
        (ANCHOR, whole_words(words["anchors"])),
        (CANDIDATE, whole_words(words["candidate"])),
        (PATIENT, whole_words(words["patient_words"])),
        (NAMED, re.compile(f"{_AGE_SEX}|{_LABEL}|{_PAT}")),
    )


@cache
def heads(language: str, key: str) -> re.Pattern[str]:
    """A line that holds one of the headings and nothing else but signs, a number and a colon."""
    words = alternation(lexicon(language)["speech"][key])
    more = r"|(?:[\w-]+\s){0,4}(?:inclusion|exclusion|eligibility|selection|entry) criteria(?:\s(?:for|of|in)\s[^:\n]{1,40})?"
    return re.compile(rf"[\s\W\d]*(?:{words}{more if key == 'headings' else ''})(?![a-z])\s?(?::|\(|$)")


def cues(plain: str, low: str, language: str = "en") -> list[tuple[int, str]]:
    """The (offset, kind) of every such word, sorted. plain is the text, low the same in lower case."""
    found: list[tuple[int, str]] = []
    nobody: list[tuple[int, int]] = []
    exact: list[tuple[int, int]] = []
    for kind, pattern in _patterns(language):
        for match in pattern.finditer(low):
            if kind in (CANDIDATE, PATIENT) and any(a <= match.start() < b for a, b in nobody):
                continue
            if kind == RULE:
                nobody.append(match.span())
            if match.group().endswith(":") and kind == RULE and is_exact(low, match.end(), low.find("\n", match.end())):
                exact.append(match.span())
                continue
            found.append((match.start(), CANDIDATE if kind == NAMED else kind))
            if kind in (NAMED, ANCHOR):
                found.append((match.start(), NAMED))
    found = [(at, kind) for at, kind in found if not any(a <= at < b for a, b in exact)]
    for match in _TITLE.finditer(plain):
        found += [(match.start(), CANDIDATE), (match.start(), NAMED)]
    found += [(match.start(), PROTOCOL) for match in _TRIAL.finditer(plain) if not _AS_IN.search(low[max(0, match.start() - 20) : match.start()])]
    for start, *_ in rows(low):
        found += [(start, CANDIDATE), (start, NAMED)]
    found += _scales(low)
    found += [(match.start(), GROUP) for match in _AUTHORS.finditer(plain)]
    if _NUMBERED.search(low) is not None:  # "participant 09": the participant is the candidate
        generic = whole_words(lexicon(language)["speech"]["generic"])
        his = {match.start() for match in generic.finditer(low)}
        found = [(at, CANDIDATE if kind == GROUP and at in his else kind) for at, kind in found]
    return sorted(found)


def _scales(low: str) -> list[tuple[int, str]]:
    """A rule at every grade of a scale that is explained grade by grade, and at the line that leads to the first."""
    places: list[tuple[int, str]] = []
    staged = False
    triples = {match.group(): match.start() for match in _TRIPLE.finditer(low)}
    if len(triples) >= _TABLE:
        places += [(at, RULE) for at in triples.values()]
    for pattern, least in ((_SCALE, 2), (_TYPES, 3), (_T, 2), (_N, 2)):
        grades = [(match.start(1), match.group(1)) for match in pattern.finditer(low)]
        if len({grade for _, grade in grades}) >= least:
            above = low.rstrip("\n").rfind("\n", 0, len(low[: grades[0][0]].rstrip(" \n-*•♦.")))
            places += [(above + 1, RULE), *((place, RULE) for place, _ in grades)]
            staged = staged or pattern in (_T, _N)
    return places + ([(match.start(), RULE) for match in _M.finditer(low)] if staged else [])


_AGE_LIMITS = re.compile(_AGE_LIMIT)


def is_exact(low: str, start: int, end: int) -> bool:
    """Whether the words give one exact age, grade or date and set no limit; end -1 is the end of the text."""
    end = len(low) if end < 0 else end
    limited = _AGE_LIMITS.search(low, start, end) or _GRADE_LIMIT.search(low, start, end)
    return limited is None and _EXACT.search(low, start, end) is not None


def has_limit(low: str, start: int, end: int) -> bool:
    """Whether a line of a list sets a limit, as criteria do: "ECOG 0-1", "ANC >= 1.5 x 10^9/L"."""
    return _GRADE_LIMIT.search(low, start, end) is not None
