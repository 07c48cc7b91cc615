"""Shapes of numbers and phrases that show of whom a sentence speaks: "54F", "n = 12", "aged 18-70", "phase II trial".

Words alone are in data/lexicon/en/speech.yml. Every pattern is for lower-case text and begins with a sign or a letter
of its own, so that a search passes quickly over everything else.
"""

from __future__ import annotations

import re

from bot.extraction.quick import quick


def after_no_letter(*shapes: str) -> re.Pattern[str]:
    """The shapes as whole words: none begins inside a word."""
    return quick(rf"(?<![a-z])(?:{'|'.join(shapes)})")


_ONE = r"(?:female|male|woman|man|lady|gentleman|girl|boy|f|m)"
_NOT_BEFORE = "".join(
    rf"(?<!{sign}\d\d)"
    for sign in (r"[\d.>≥≤<=-]", "to ", "than ", "over ", "under ", "above ", "from ", "> ", ">= ", "≥ ", "< ")
)
# "54F", "54-year-old", "54 yo": one person of that age; not "18 years or older", "60-year-old patients".
AGE_AND_SEX = quick(
    rf"[1-9]\d{_NOT_BEFORE}(?:\s?-?(?:(?:y/?o|yrs?|years?)\.?[\s-]?(?:old[\s-]?)?{_ONE}|[mf])"
    r"|[\s-]?(?:year|yr)s?[\s-]old|\s?y/?o|\s?y\.o\.?|\s(?:male|female|man|woman|lady|gentleman))"
    r"(?![a-z0-9])(?!\s?(?:or|and)\s(?:more|older|over|above|younger|less|under))(?!\s?(?:\)\s?)?(?:patients|women|men))"
)
_OR_MORE = r"(?!\s?(?:years?|yrs?)?\s?(?:old\s)?(?:-|~|or|and|to)\s?\w)"
LABEL = after_no_letter(
    r"(?:age|sex|gender|dob|date of birth|ecog(?:\s(?:status|ps|score|performance status))?)\s?(?::|=|\sis)\s{0,2}"
    rf"(?:\d{{1,2}}(?![\d-]|\s?(?:-|to|or|years? or|and)\s?\w){_OR_MORE}|f(?:emale)?|m(?:ale)?|woman|man)(?![a-z0-9])",
    r"(?:dob|date of birth|born)[\s:]{1,3}\d",
)
# An age that has no noun of one person behind it is a group's where a plural or a bound stands before it.
AGE_OF_MANY = quick(r"(?:old|of age)\Z|\d\s(?:fe)?male\Z")
MANY_BEFORE = quick(
    r"(?<![a-z])(?:patients|participants|subjects|people|population|children|infants|recipients|women|men|adults|volunteers|"
    r"individuals|persons|approximately|over|under|above|below|universe|sample)(?![a-z'])[^.;\n]*\Z|\d\s(?:fe)?male[\s,]+(?:and\s)?\Z"
    r"|(?:months?|years?|yrs?)\s?(?:-|to|–)\s?\Z|\d\s?(?:-|to|–)\s?\Z"
)
COURTESY_BEFORE = quick(
    r"(?<![a-z])(?:grateful|obliged|appreciate\w*|glad|pleased|kind|wonder\w*|thank you)\s(?:it\s)?\Z"
)
CONDITION_BEFORE = quick(
    r"(?<![a-z])(?:if|as long as|until|unless|when|whenever|once|provided|whether)(?![a-z])[^.;\n]*\Z"
)


def in_capitals(plain: str, start: int, end: int) -> bool:
    """Whether a pronoun stands in capitals in a text that is not all in capitals: "(HE)" is a disease."""
    if not plain[start:end].isupper() or end - start < 2:
        return False
    around = plain[max(0, start - 30) : start] + plain[end : end + 30]
    return any(sign.islower() for sign in around)


OPENS_WITH_PATIENT = after_no_letter(
    r"(?:pt|pat|patient|candidate|subject\s\d+)(?=\s?[:,]|\s\d|\s[a-z]+ed\b)"
)  # counts at the head of a sentence only
NUMBERED = after_no_letter(r"(?:participant|subject|volunteer|pt|patient)\s(?:no\.?\s?|#\s?|id\s?)?\d{1,5}(?![\d%])")
TITLE = quick(r"(?:Mr|Mrs|Ms|Miss|Mdm|Mister)\.?\s[A-Z]")
# "Inclusion criterion 4 fulfilled", "all criteria met": said of the one who meets them.
MET = after_no_letter(
    r"(?:inclusion|criteri(?:a|on)|eligibility)(?:\s[a-z\d]+){0,3}\s(?:met|fulfilled|satisfied|ok|checked)(?![a-z])"
    r"(?!\s(?:if|when|by (?:patients|all)))"
)
NUMBERED_CRITERION = after_no_letter(
    r"(?:inclusion|exclusion|criterion|criteria|amendment) \d+(?![\d.]*\s?(?:met|ok|fulfilled))"
)

# Limits of an age belong to a rule wherever they stand.
_RANGE = r"(?:\\?[<>≥≤³]/?=?|\d{2}\s?(?:years?\s?(?:old\s?)?)?(?:-|to|and|~)\s?\d{2})(?!\d|\s?(?:months|mo\b))"
AGE_LIMITS = (
    after_no_letter(
        rf"age[ds]?(?:\srange)?\s?(?:of|is|:|was)?\s?(?:between\s)?{_RANGE}",
        r"age\s\d\d\sor\s(?:more|older)",
        r"older than\s\d{2}",
        r"younger than\s\d{2}",
    ),
    quick(
        r"\d{2}(?<![\d.]\d\d)(?:\s?(?:years?|yrs?)(?:\sold|\sof age)?,?\s(?:or|and)\s(?:more|older|over|above|younger)"
        r"|\s?(?:years?\s?)?(?:-|to|~)\s?\d{2}\s?years?(?:\s(?:old|of age))?)"
    ),
    quick(r"[<>≥≤]/?=?\s?\d{2}\s?years?\s(?:old|of age)"),
)
# Limits of a grade, a laboratory value or a time do so only in a list of such limits.
LIMITS = (
    after_no_letter(
        r"(?:ecog|ps|performance status|kps|karnofsky)[^\n;.]{0,60}?(?:\d\s?(?:-|to|or|~|/|,)\s?\d|[<>≥≤]=?\s?\d)",
        r"(?:cr|pr)\s?(?:or|/)\s?(?:pr|cr)",
        r"who (?:type )?i{1,3}\s?(?:/|or|-)\s?i{1,3}",
        r"stage[ds]?\s(?:as\s)?r?i[iv]*[ab]?\s?(?:-|to|~)\s?iv",
        r"any t",
        r"uln(?![a-z])",
        r"measurable",
        r"life expectancy",
        r"within (?:the )?(?:last |past |previous )?\d+ (?:day|week|month|year)s?",
        r"(?:for )?at least (?:one|\d)",
        r"(?:adequate|sufficient|normal) (?:organ|bone|liver|renal|hepatic|marrow|haem|hem)",
    ),
    quick(r"[<>≥≤](?<![\"\w/][<>≥≤])=?\s?\d"),
    quick(r"\d-\d\s?n\d-\d"),
)
OPENS_CRITERION = quick(
    r"\W*(?:has|is) (?:an? )?(?:known|active|history|female|male|received|diagnosis|currently|not currently)"
)
# One exact value: what a heading of criteria leads to is then a filled-in list of the candidate.
EXACT = (
    after_no_letter(
        r"(?:age[ds]?|ecog(?:\sps)?|kps)\s?(?::|=|is)?\s?\d{1,3}"
        r"(?!\d|\s?(?:-|~|to|or|and|/|years? (?:or|and))\s?|\.\d)"
    ),
    quick(
        r"\d(?:\d?\s(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\s\d{4}|\d{3}-\d\d-\d\d)",
    ),
)

_NO_LESIONS = "".join(rf"(?<!{word} \(n)" for word in ("metastases", "mets", "lesions", "nodules", "deposits"))
_TIMES = r"(?:\d+|two|three|four|six|twelve) (?:days|weeks|months|years)"
_MANY = (
    r"(?:one|two|three|four|five|several|many|other|these|those|most|some|all|both|no|of the|randomi[sz]ed|clinical|"
    r"prior|previous|recent|early|large|small|prospective|retrospective|the)"
)
VALUE = r"(?:cr|pr|sd|pd|ecog\s\d|m1[ab]?|who\s(?:type\s)?i{1,3}|stage\si[iv]*[abc]?)"
# Numbers of people and results: a report, even in brackets behind its sentence.
STATISTICS = after_no_letter(
    rf"n{_NO_LESIONS}\s?=\s?\d",
    r"p\*?\s?[<>=]\s?0?\.\d",
    r"(?:hr|or|rr),?\s?[01]?\.\d",
    r"et al(?![a-z])",
    r"https?:",
    r"series of \d+",
    r"(?:we )?report (?:two|three|four|five|six|\d+) cases",
    r"phase\s(?:i{1,3}|[123])(?:[ab]|/i{1,3}|/[23])?[\s,]{1,2}(?:[a-z-]+[\s,]{1,2}){0,3}"
    r"(?:trials?|study|studies)(?![a-z])",
    r"(?:pfs|dfs|efs|lrfs|dmfs|rfs|orr|dcr)(?![a-z])",
    r"os (?:was|were|benefit|advantage|rate|between|compared|showed|did)",
    r"significantly (?:longer|better|higher|lower|shorter|worse|more|improv)",
    r"deaths occurred",
)
# Groups, arms, windows of time, properties of drugs, values that are judged.
OF_MANY = after_no_letter(
    r"of (?:the )?\d{1,3}(?:,\d{3})? (?:\w+ ){0,3}(?:pts|cases|patients)",
    r"up to (?:three|four|five|six|\d) (?:lesions|cycles)",
    r"(?:day|week|visit) [-+]?\d+(?![^.;\n]{0,40}\d{4})[^.;\n]{0,60}(?:still counts|does not|every \d|and \d)",
    r"(?:the|each|either|both|this|a)\s(?!left|right|upper|blood|his|her|age)[\w/+-]+(?:\s(?!of|in)[\w/+-]+)?\s"
    r"(?:arms?|groups?)(?![a-z])",
    rf"{_MANY}\s(?!imaging|staging|blood|lab)(?:[\w-]+\s){{0,2}}(?:trials|studies)(?![a-z])",
    r"(?:is|are|was) (?:an?\s)[\w,\s-]{0,60}(?:antibody|inhibitor|agent|drug|enzyme|prodrug|tki|analogue?|hormone|"
    r"malignancy|disease of|cancer of)(?![a-z])",
    r"improv(?:e[sd]?|ing|ement in) (?:[\w-]+ ){0,3}(?:survival|outcomes?|dfs|pfs|os|response rates?)(?![a-z])",
    r"should be (?!enrol|randomi|signed|read|changed|corrected|noted|entered|called|asked)[a-z]+(?:ed|en)(?![a-z])",
    rf"(?:within|for at least|at least|more than|less than) {_TIMES} (?:prior|of (?:study|the|start|screening|enrol|"
    r"random)|before (?:the|study|start|enrol|random|first)|after (?:the )?(?:last|final))(?![^.;\n]{0,25}\d{4})",
    r"within (?:7|seven) days (?:prior to|before|of) (?:enrol|random|regist|the first dose|starting)(?![a-z]*\s\d)",
    r"(?:is|are) (?:given|administered|repeated)(?![a-z])(?![^.;\n]{0,80}(?:so far|since|now|currently|to date))",
    r"pregnancy test(?:ing)? (?:will|was|must|should) (?:be |have to be )?(?:done|performed)[^.;\n]{0,40}"
    r"(?:for|at (?:all|each|every)|accord)",
    # "PR is fine", "ECOG 2 is out": a value is judged, nobody has it
    rf"{VALUE}(?:\s[a-z]+){{0,4}}\s(?:is|are|would\sbe)\s(?:not\s)?(?:fine|ok|okay|allowed|good enough|acceptable|out|"
    r"required|needed|mandatory)(?![a-z])",
    r"randomi[sz](?:e|ed|ation)\s[1-3]:[1-3]",
    # "once consent is obtained": the order of things, not what was done
    r"(?:after|once|upon|as soon as|when|until|before|from the time of|at the time of)\s"
    r"(?:obtaining|signing|giving|consent(?!ing))"
    r"(?![^.;\n]{0,60}\d)(?![^.;\n]*(?<![a-z])(?:he|she|pt|his|her)(?![a-z]))",
    r"(?:after|once|upon|as soon as|when|until)\s(?:\w+\s){0,3}(?:consent|icf)\s(?:\w+\s){0,3}"
    r"(?:is|are|have been|has been)\s(?:obtained|given|signed|provided)(?![^.;\n]{0,60}\d)",
    r"copy of the (?:\w+\s){0,2}consent forms?",
    r"(?:yes\s?/\s?no|y/n)(?![a-z])(?!\s?[:?]\s?(?:yes|no|y|n)(?![a-z]))",
)
COUNTED = quick(
    r"\d(?:\d*\s?%\s(?:male|female|men|women|of (?:all |the )?(?:patients|cases|pts))|\d*\s?%\)\s?were"
    r"|\d*\s?%\s\w{1,5}\s(?:versus|vs)|\d*-year (?:os|overall|pfs)|\d* de novo pts|\d* deaths?(?![a-z]))"
)
CITED = quick(r"\[\[?\d{1,3}\]|\[\d{1,3}(?:\s?[,-]\s?\d{1,3})+\]|\]\(/")
# "PR 63 %", "male 71 %": where more than one percentage is told, they are rates.
RATE = after_no_letter(
    rf"(?:{VALUE}|(?:fe)?male)[\s:]{{1,2}}\d{{1,3}}(?:\.\d)?\s?%(?!\s?(?:reduc|shrink|decreas|regress|smaller))"
)
# Trials go by a name in capitals and a number, or by their register: JUPITER-02, NCT00000000. "As in" one is no report.
TRIAL = quick(
    r"(?<![A-Za-z])(?!SCREEN|SUBJ|PATIENT|RANDOM|COVID|VISIT|CYCLE)[A-Z]{5,}-[0-9]{1,3}(?:st|nd|rd)?(?![0-9])|NCT\d{6,}"
)
AS_IN = quick(r"(?:as in|like in|as per|per|according to|similar to|like)\s(?:the\s)?\Z")
AUTHORS = quick(r"(?<![A-Za-z])[A-Z][a-z'-]+\s[A-Z]{1,3},\s[A-Z][A-Za-z'-]+\s[A-Z]{1,3}\s?[,:.]")

# Scales and tables explained grade by grade; the number is how many different grades make one.
SCALES = (
    (
        quick(
            r"(?:^|[\n.]\s{0,3}|%)([0-5])[\s.:=-]{1,3}(?=fully active|able to|asymptomatic|symptomatic|restricted|"
            r"ambulatory|capable|requires|normal|cares|completely|dead|limited)"
        ),
        2,
    ),
    (after_no_letter(r"(?:type|grade|stage|category)\s(\d|i{1,3}|iv)\s?(?::|=|-\s|is\s)"), 3),
    (after_no_letter(r"t([0-4])\s?[:=]\s[a-z]"), 2),
    (after_no_letter(r"n([0-3])\s?[:=]\s[a-z]"), 2),
)
SCALES_OF_EXTENT = tuple(pattern for pattern, _ in SCALES[2:])
M_EXPLAINED = after_no_letter(r"m[01][ab]?\s?[:=]\s[a-z]")
EXPLAINED = after_no_letter(r"p?(?:t(?:is|a|[0-4x][a-d]?)|n[0-3x][a-c]?|m[01x][a-c]?)\s=\s[a-z]")
# "T2 = Tumor invades ...": one such grade is enough.
EXPLAINED_IN_FULL = after_no_letter(r"p?[tnm][0-4xis]{1,2}[a-d]?\s=\s(?:tumou?r|no|any|high|distant|metast|see|spread)")
STAGE_ROW = after_no_letter(
    r"(?:any t|t(?:is|[0-4x])[a-d]?(?:\([a-z]+\))?)[,\s]{1,2}(?:any n|n[0-3x](?:mi|[a-c])?)(?=[,\s])"
)
ROWS_OF_A_TABLE = 3


_ANY_AGE_LIMIT, _ANY_LIMIT, _ANY_EXACT = (
    quick("|".join(f"(?:{shape.pattern})" for shape in shapes)) for shapes in (AGE_LIMITS, LIMITS, EXACT)
)


# "Will be enrolled on 25 November" is a plan for one; "willingness to comply: yes" a form that was filled in.
_DAY = (
    r"\s(?:(?:on|for|at|in|by|this|next|coming|the|about|around|as of)\s){0,2}"
    r"(?:\d{1,2}(?:st|nd|rd|th)?(?:[\s/.-]|\sof\s)|\d{4}[-/.]\d|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|tomorrow|next week|"
    r"(?:one|two|three|four|a|\d) (?:days?|weeks?)(?![a-z])|"
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.?\s\d)"
)
_PLANNED = quick(
    rf"will be (?:enroll?ed|randomi[sz]ed|included|registered)(?:{_DAY}|\s(?:here|at [a-z ]{{3,20}}){_DAY})"
)
_MANY_NEAR = quick(r"(?:patients|participants|subjects|women|men|adults|pts|\d{2,} [a-z]+|eligible [a-z]+|who)\s\Z")
_ENTRY = quick(
    r"[^\n;:=|?,.]{0,50}\s?[:=|?\t][\s:=|?\t]{0,3}(?:yes|no|y|n|true|false|confirmed|none|nil)(?![a-z])(?!\s?/)"
)
_LACKS = quick(
    r"(?:lacks|lacking|(?:does not|doesn't|did not|didn't|no longer) have|has no longer|has) (?:the |any )?\Z"
)
_OF_A_TEST = quick(r"(?<![a-z])(?:tests?|hcg|upt|scans?|ct|mri|biops[a-z]+|icf|form|version|sample)(?![a-z])[^.;\n]*\Z")


# "Clinical data from the ward: ECOG 0": where one patient's data were looked up
_HIS_RECORD = quick(
    r"\s(?:(?:the|our|your|his|her)\s)?(?:(?:electronic|hospital|patient|medical|referring|local)\s)?"
    r"(?:ward|clinic|chart|notes|file|record|letter|day\sunit|laboratory|lab|ehr|emr)\s?:"
)


def is_his_entry(low: str, start: int, end: int) -> bool:
    """Whether words that look like a rule's are the candidate's own: a day that is planned, a line that was filled in,
    "lacks the ability to", "the previous one" of the tests."""
    words = low[start:end]
    if "will be " in words:
        at = low.index("will be ", start)
        return _PLANNED.match(low, at) is not None and _MANY_NEAR.search(low, max(0, at - 40), at) is None
    if words == "data from":
        return _HIS_RECORD.match(low, end) is not None
    if words.startswith(("willingness", "ability")):
        if _ENTRY.match(low, end) is not None:
            return True
        return words.startswith("ability") and _LACKS.search(low, max(0, start - 30), start) is not None
    if words.endswith(("previous one", "earlier one", "last one")):
        return _OF_A_TEST.search(low, max(0, start - 80), start) is not None
    return False


def limits_age(low: str, start: int, end: int) -> bool:
    """Whether the words set a limit of age."""
    return _ANY_AGE_LIMIT.search(low, start, end) is not None


def has_limit(low: str, start: int, end: int) -> bool:
    """Whether a line of a list sets a limit, as criteria do: "ECOG 0-1", "ANC >= 1.5 x 10^9/L"."""
    if OPENS_CRITERION.match(low, start, end) is not None:
        return True
    return _ANY_LIMIT.search(low, start, end) is not None


def is_exact(low: str, start: int, end: int) -> bool:
    """Whether the words give one exact age, grade or date and set no limit; end -1 is the end of the text."""
    end = len(low) if end < 0 else end
    if _ANY_EXACT.search(low, start, end) is None:
        return False
    return not (limits_age(low, start, end) or has_limit(low, start, end))
