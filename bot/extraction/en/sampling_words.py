"""The words and joints that tell whether a metastasis was sampled; sampling.py says what they come to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from bot.extraction.en.lesion_words import spread_words, words_pattern
from bot.extraction.lexicon import lexicon
from bot.extraction.quick import quick


@dataclass(frozen=True, slots=True)
class Patterns:
    """The word lists of spread.yml, compiled.

    act has the groups deed, noun and proof; thing is a metastasis, organ a mere organ.
    """

    act: re.Pattern[str]
    thing: re.Pattern[str]
    organ: re.Pattern[str]
    elsewhere: re.Pattern[str]
    technique: re.Pattern[str]
    shown_by: re.Pattern[str]
    refused: re.Pattern[str]
    planned: re.Pattern[str]


@cache
def patterns(language: str) -> Patterns:
    content = lexicon(language)
    sampling = content["spread"]["sampling"]
    word = {key: words_pattern(term.strip() for term in terms.split(",")) for key, terms in sampling.items()}
    site = words_pattern(spread_words(content, "organs"))
    what = r"(?:lesions?|nodules?|deposits?|mass(?:es)?|foc(?:us|i)|nodes?|ones?|spots?)"
    methods = words_pattern(spread_words(content, "imaging"))
    shown_by = rf"(?:on|by|in)\s(?:the\s)?{methods}(?:\s(?:chest|abdomen|scan|thorax|spine|imaging))?"
    return Patterns(
        act=quick(
            rf"(?<![a-z])(?:(?P<proof>(?:histo\w+|patho\w+|cyto\w+|biopsy|bx|fna|tissue)[\s-](?P<un>un)?"
            rf"(?:proven|proved|confirmed|verified|positive)|(?:proven|proved|confirmed|verified)\s(?:(?:by|on|"
            rf"with|through)\s"
            rf"(?:an?\s|core[\s-]|fine[\s-]|needle\s|percutaneous\s|\w+-guided\s)*(?:biopsy|bx|histology|"
            rf"cytology|fnac?|tissue)|"
            rf"(?:histolog|patholog|cytolog)\w+))|(?P<deed>{word['deeds']})|"
            rf"(?P<noun>{word['acts']}))(?![a-z])"
        ),
        thing=quick(
            rf"(?<![a-z])(?:(?:(?:{site}|distant)\s)?(?:mets?|metastas[ei]s|metastatic\s(?:\w+\s)?(?:{what}|disease|"
            rf"sites?|tissue|spread)|secondaries|secondary\s(?:deposits?|lesions?|tumou?rs?|spread))|"
            rf"distant\s(?:disease|sites?|{what})|"
            rf"(?:{site}|(?:upper|middle|lower)\slobe|[tl]\d{{1,2}})\s(?:\w+\s)?{what}|(?:bone|skeletal|liver|"
            rf"hepatic)\sdisease)(?![a-z])"
        ),
        organ=quick(rf"(?<![a-z])(?:{site}|[tl]\d{{1,2}}(?![\d-]))(?![a-z])(?!\smarrow)"),
        elsewhere=quick(rf"(?<![a-z])(?:{word['not_of_a_metastasis']})(?![a-z])"),
        technique=quick(rf"(?<![a-z])(?:{word['techniques']})(?![a-z])"),
        shown_by=quick(rf"(?<![a-z]){shown_by}(?![a-z])"),
        refused=quick(rf"(?<![a-z])(?:{word['not_done']})(?![a-z])"),
        planned=quick(rf"(?<![a-z])(?:{word['planned']})(?![a-z])"),
    )


THE = r"(?:the|a|an|one|any|his|her|their|its|either|each|both|all|that|this|these|those|\d|two|three|four|five)"
OF = quick(
    r"(?:\sx\s?\d)?(?:\s(?:was|were|is|has|been|taken|obtained|won|gained|retrieved|collected|acquired|"
    r"available|done|performed|proof|confirmation|sampling|"
    r"diagnosis|came|also|under|by|and|\w+-guided|ct|us|ultrasound|guided|biopsy)){0,5}?"
    rf"(?:\s(?:of|from|on|in|into)\s|[:,]\s)(?:(?:any|one|some|none|all|both)\sof\s)?(?:{THE}\s)?"
    r"(?:(?!with\b|showed|shows|confirm|prove|reveal|and\b|but\b)[\w-]+[\s/,]){0,4}?"
)
# "from the primary and from one liver metastasis"
OF_BOTH = quick(
    r"\s(?:\w+\s)?(?:of|from)\s(?:both\s)?(?:the\s)?(?:primary|nasopharynx)\s(?:tumou?r\s|site\s)?and\s(?:also\s)?"
    rf"(?:from\s|of\s)?(?:{THE}\s)?(?:\w+\s)?"
)
BESIDE = quick(
    r"\s(?:(?:the|left|right|any|one|bone|lung|"
    r"liver)\s){0,2}"
)  # "bx mets", "to sample the bone disease"
DIRECT = quick(rf"[\s-](?:(?:{THE}|of|solitary|left|right|known|suspected)\s){{0,4}}(?:[\w-]+\s){{0,2}}?")
COPULA = quick(
    r"[\s:,(_-]*(?:(?:was|were|is|are|has|have|had|been|being|also|then|not|never|no|none|neither|nor|take|taken|by|"
    r"via|on|in|under|got|underwent|which|that|itself|themselves|only|already|yet|so|far|without|for|and|could|can|"
    r"cannot|did|didn't|wasn't|weren't|isn't|couldn't|can't|hasn't|haven't|be|any|of|them|these|nobody|one|went|"
    r"segment|\d\w?|lobe|deemed|judged|considered|felt|thought|unsafe|risky|inaccessible|small|difficult|"
    r"amenable|suitable|accessible|fluid|effusion|too|to|"
    r"histolog\w+|cytolog\w+|patholog\w+|tissue|a|an|the|at|baseline|(?:in|of|at)\s(?:the\s)?[\w/]+)[\s,:-]+){0,8}"
)
ASIDE = quick(r"\s?\([^()]{0,25}\)")  # "metastatic site (rib) was needled"
# The same subject goes on behind a joint: "..., and were not".
GOES_ON = quick(
    r"^(?![^.;]*(?:primary|nasophary|tumou?r\s(?:was|is)))[^.;:]{0,70}(?:,|\sand|\sbut|\swhich|\()\s?(?:(?:was|"
    r"were|have|has|"
    r"been|not|never|none|they|all|both|also|then|later|subsequently|successfully)\s){0,4}$"
)
ONE_OF_THEM = r"(?:largest|biggest|larger|bigger|dominant|accessible|most\saccessible|most\savid|hottest|latter)"
PRONOUN_AFTER = quick(
    r"\s(?:\w+\s){0,3}?(?:of|from|in|into|on)\s(?:(?:any|one|some|none|all|both|either|each)\sof\s)?"
    rf"(?:them|these|those|it|(?:the\s)?(?:solitary|single|{ONE_OF_THEM})(?:\s(?:one|lesion|deposit|focus|"
    rf"nodule))?)(?![a-z])|\s(?:(?:any|one|some|none|both|either)\sof\s)?(?:them|these|those)(?![a-z])"
)
PRONOUN_BEFORE = quick(
    r"(?<![a-z])(?:they|these|those|which|it|none(?:\sof\s(?:them|these|those|the\s\w+))?|neither|one\sof\sthem|"
    r"both)\s"
    r"(?:(?:was|were|is|are|has|have|been|ever|yet|could|not|never|be|then|also)\s){0,4}$"
    rf"|(?<![a-z])(?:the\s)?{ONE_OF_THEM}\s(?:[\w-]+\s){{0,3}}?(?:(?:was|were|has|been|then|also|not|"
    rf"never)\s){{0,3}}$"
    rf"|(?<![a-z])(?:the\s)?{ONE_OF_THEM}(?:\s[\w-]+){{0,4}}\s?[,(]\s?(?:(?:was|then|also|not|never)\s){{0,3}}$"
)
NO = quick(
    r"(?<![a-z])(?:no|not|never|none|neither|nobody|no-?one|nor|without|n't|cannot|nil|didnt|wasnt|werent|hasnt|"
    r"havent|"
    r"couldnt)(?![a-z])|n't(?![a-z])"
)
NOT_BEHIND = quick(
    r"^[\s:,)(-]{0,3}(?:(?:was|were|is|are|has|have|been|still|being|judged|deemed|felt|considered|thought|too|"
    r"by|\w+ly)\s)"
    r"{0,4}(?:not|never|none|no|nil|non)(?![a-z])"
)
TAKEN = quick(r"\s(?:obtained|taken|done|performed|available)(?=\s?[:?=])")
FAILED = quick(
    r"(?<![a-z])(?:fail\w*|attempted|unsuccessful|inadequate|insufficient|inconclusive|"
    r"non-?diagnostic)(?![a-z])"
)
NODES = quick(r"axill|mediast|hilar|inguin|node|lymph")
SPECIMEN = quick(r"(?:specimen|material|sample|tissue)(?:\s?\w)?\s?:\s?(?:\w+\s)?$")
TAKEN_BACK = quick(r"(?<![a-z])(?:corrected|in error|erroneous\w*|wrongly|by mistake)(?![a-z])")
ONLY_PRIMARY = quick(
    r"(?<![a-z])only\s(?:from\s|of\s)?(?:the\s)?(?:primary|nasopharynx|nasopharyngeal)(?:\s(?:tumou?r|site|mass))?"
    r"(?:\s(?:was|has\sbeen|is|got))?(?:\s(?:biopsied|sampled|biopsy))(?![a-z])"
    r"|(?<![a-z])(?:biops\w+|tissue|sample|histology)\s[^.;\n]{0,60}(?<![a-z])not\s(?:from\s|of\s)?(?:the\s|"
    r"any\s|a\s)?(?:mets?|metasta\w+)(?![a-z])"
)
SHORT = 60  # characters; in so short a message of staff "liver lesion biopsied" is about this disease
SAID_TO_BE_SPREAD = quick(r"met|second|distant|deposit")
DISEASE = quick(r"(?<![a-z])(?:m?npc|mets?|metasta\w+|m1[ab]?|secondaries|deposits|nasophary\w+)(?![a-z])")
THIS_DISEASE = quick(r"(?<![a-z])(?:m?npc|m1[ab]?|nasophary\w+)(?![a-z])")
