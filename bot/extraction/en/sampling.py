"""Whether a metastasis was biopsied: an act of sampling, what it was done to, and whether it took place.

The three are looked for apart and joined by the words between them, so that no list of phrases is needed: "the rib
deposit was needled", "no tissue from any of them", "histological proof of the liver lesion was waived". An act done to
the primary or to nodes of the neck is none of these.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc

from bot.extraction.en.another_cancer import names_no_cancer, names_this, of_another
from bot.extraction.en.imaging import is_regional
from bot.extraction.en.lesion_words import spread_words, words_pattern
from bot.extraction.en.terms import answered_behind, sentence, ticked
from bot.extraction.lexicon import lexicon
from bot.extraction.mention import Answer, Mention, Scene
from bot.extraction.qualifiers import qualify

FACT = "metastasis_biopsied"
_REACH = 80  # characters between an act and what it was done to
_BACK = 220  # characters back in which "they" and "none of them" find what they stand for


@dataclass(frozen=True, slots=True)
class _Patterns:
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
def _patterns(language: str) -> _Patterns:
    content = lexicon(language)
    sampling = content["spread"]["sampling"]
    word = {key: words_pattern(term.strip() for term in terms.split(",")) for key, terms in sampling.items()}
    site = words_pattern(spread_words(content, "organs"))
    what = r"(?:lesions?|nodules?|deposits?|mass(?:es)?|foc(?:us|i)|nodes?|ones?|spots?)"
    shown_by = rf"(?:on|by|in)\s(?:the\s)?{words_pattern(spread_words(content, 'imaging'))}(?:\s(?:chest|"
        rf"abdomen|scan|thorax|spine|imaging))?"
    return _Patterns(
        act=re.compile(
            rf"(?<![a-z])(?:(?P<proof>(?:histo\w+|patho\w+|cyto\w+|biopsy|bx|fna|tissue)[\s-](?P<un>un)?"
            rf"(?:proven|proved|confirmed|verified|positive)|(?:proven|proved|confirmed|verified)\s(?:(?:by|on|"
            rf"with|through)\s"
            rf"(?:an?\s|core[\s-]|fine[\s-]|needle\s|percutaneous\s|\w+-guided\s)*(?:biopsy|bx|histology|"
            rf"cytology|fnac?|tissue)|"
            rf"(?:histolog|patholog|cytolog)\w+))|(?P<deed>{word['deeds']})|"
            rf"(?P<noun>{word['acts']}))(?![a-z])"
        ),
        thing=re.compile(
            rf"(?<![a-z])(?:(?:(?:{site}|distant)\s)?(?:mets?|metastas[ei]s|metastatic\s(?:\w+\s)?(?:{what}|disease|"
            rf"sites?|tissue|spread)|secondaries|secondary\s(?:deposits?|lesions?|tumou?rs?|spread))|"
            rf"distant\s(?:disease|sites?|{what})|"
            rf"(?:{site}|(?:upper|middle|lower)\slobe|[tl]\d{{1,2}})\s(?:\w+\s)?{what}|(?:bone|skeletal|liver|"
            rf"hepatic)\sdisease)(?![a-z])"
        ),
        organ=re.compile(rf"(?<![a-z])(?:{site}|[tl]\d{{1,2}}(?![\d-]))(?![a-z])(?!\smarrow)"),
        elsewhere=re.compile(rf"(?<![a-z])(?:{word['not_of_a_metastasis']})(?![a-z])"),
        technique=re.compile(rf"(?<![a-z])(?:{word['techniques']})(?![a-z])"),
        shown_by=re.compile(rf"(?<![a-z]){shown_by}(?![a-z])"),
        refused=re.compile(rf"(?<![a-z])(?:{word['not_done']})(?![a-z])"),
        planned=re.compile(rf"(?<![a-z])(?:{word['planned']})(?![a-z])"),
    )


_THE = r"(?:the|a|an|one|any|his|her|their|its|either|each|both|all|that|this|these|those|\d|two|three|four|five)"
_OF = re.compile(
    r"(?:\sx\s?\d)?(?:\s(?:was|were|is|has|been|taken|obtained|won|gained|retrieved|collected|acquired|"
    r"available|done|performed|proof|confirmation|sampling|"
    r"diagnosis|came|also|under|by|and|\w+-guided|ct|us|ultrasound|guided|biopsy)){0,5}?"
    rf"(?:\s(?:of|from|on|in|into)\s|[:,]\s)(?:(?:any|one|some|none|all|both)\sof\s)?(?:{_THE}\s)?"
    r"(?:(?!with\b|showed|shows|confirm|prove|reveal|and\b|but\b)[\w-]+[\s/,]){0,4}?"
)
# "from the primary and from one liver metastasis"
_OF_BOTH = re.compile(
    r"\s(?:\w+\s)?(?:of|from)\s(?:both\s)?(?:the\s)?(?:primary|nasopharynx)\s(?:tumou?r\s|site\s)?and\s(?:also\s)?"
    rf"(?:from\s|of\s)?(?:{_THE}\s)?(?:\w+\s)?"
)
_BESIDE = re.compile(
    r"\s(?:(?:the|left|right|any|one|bone|lung|"
    r"liver)\s){0,2}"
)  # "bx mets", "to sample the bone disease"
_DIRECT = re.compile(rf"[\s-](?:(?:{_THE}|of|solitary|left|right|known|suspected)\s){{0,4}}(?:[\w-]+\s){{0,2}}?")
_COPULA = re.compile(
    r"[\s:,(_-]*(?:(?:was|were|is|are|has|have|had|been|being|also|then|not|never|no|none|neither|nor|take|taken|by|"
    r"via|on|in|under|got|underwent|which|that|itself|themselves|only|already|yet|so|far|without|for|and|could|can|"
    r"cannot|did|didn't|wasn't|weren't|isn't|couldn't|can't|hasn't|haven't|be|any|of|them|these|nobody|one|went|"
    r"segment|\d\w?|lobe|deemed|judged|considered|felt|thought|unsafe|risky|inaccessible|small|difficult|"
    r"amenable|suitable|accessible|fluid|effusion|too|to|"
    r"histolog\w+|cytolog\w+|patholog\w+|tissue|a|an|the|at|baseline|(?:in|of|at)\s(?:the\s)?[\w/]+)[\s,:-]+){0,8}"
)
_ASIDE = re.compile(r"\s?\([^()]{0,25}\)")  # "metastatic site (rib) was needled"
# The same subject goes on behind a joint: "..., and were not".
_GOES_ON = re.compile(
    r"^(?![^.;]*(?:primary|nasophary|tumou?r\s(?:was|is)))[^.;:]{0,70}(?:,|\sand|\sbut|\swhich|\()\s?(?:(?:was|"
    r"were|have|has|"
    r"been|not|never|none|they|all|both|also|then|later|subsequently|successfully)\s){0,4}$"
)
_ONE_OF_THEM = r"(?:largest|biggest|larger|bigger|dominant|accessible|most\saccessible|most\savid|hottest|latter)"
_PRONOUN_AFTER = re.compile(
    r"\s(?:\w+\s){0,3}?(?:of|from|in|into|on)\s(?:(?:any|one|some|none|all|both|either|each)\sof\s)?"
    rf"(?:them|these|those|it|(?:the\s)?(?:solitary|single|{_ONE_OF_THEM})(?:\s(?:one|lesion|deposit|focus|"
    rf"nodule))?)(?![a-z])|\s(?:(?:any|one|some|none|both|either)\sof\s)?(?:them|these|those)(?![a-z])"
)
_PRONOUN_BEFORE = re.compile(
    r"(?<![a-z])(?:they|these|those|which|it|none(?:\sof\s(?:them|these|those|the\s\w+))?|neither|one\sof\sthem|"
    r"both)\s"
    r"(?:(?:was|were|is|are|has|have|been|ever|yet|could|not|never|be|then|also)\s){0,4}$"
    rf"|(?<![a-z])(?:the\s)?{_ONE_OF_THEM}\s(?:[\w-]+\s){{0,3}}?(?:(?:was|were|has|been|then|also|not|"
    rf"never)\s){{0,3}}$"
    rf"|(?<![a-z])(?:the\s)?{_ONE_OF_THEM}(?:\s[\w-]+){{0,4}}\s?[,(]\s?(?:(?:was|then|also|not|never)\s){{0,3}}$"
)
_NO = re.compile(
    r"(?<![a-z])(?:no|not|never|none|neither|nobody|no-?one|nor|without|n't|cannot|nil|didnt|wasnt|werent|hasnt|"
    r"havent|"
    r"couldnt)(?![a-z])|n't(?![a-z])"
)
_NOT_BEHIND = re.compile(
    r"^[\s:,)(-]{0,3}(?:(?:was|were|is|are|has|have|been|still|being|judged|deemed|felt|considered|thought|too|"
    r"by|\w+ly)\s)"
    r"{0,4}(?:not|never|none|no|nil|non)(?![a-z])"
)
_TAKEN = re.compile(r"\s(?:obtained|taken|done|performed|available)(?=\s?[:?=])")
_FAILED = re.compile(
    r"(?<![a-z])(?:fail\w*|attempted|unsuccessful|inadequate|insufficient|inconclusive|"
    r"non-?diagnostic)(?![a-z])"
)
_NODES = re.compile(r"axill|mediast|hilar|inguin|node|lymph")
_SPECIMEN = re.compile(r"(?:specimen|material|sample|tissue)(?:\s?\w)?\s?:\s?(?:\w+\s)?$")
_TAKEN_BACK = re.compile(r"(?<![a-z])(?:corrected|in error|erroneous\w*|wrongly|by mistake)(?![a-z])")
_ONLY_PRIMARY = re.compile(
    r"(?<![a-z])only\s(?:from\s|of\s)?(?:the\s)?(?:primary|nasopharynx|nasopharyngeal)(?:\s(?:tumou?r|site|mass))?"
    r"(?:\s(?:was|has\sbeen|is|got))?(?:\s(?:biopsied|sampled|biopsy))(?![a-z])"
    r"|(?<![a-z])(?:biops\w+|tissue|sample|histology)\s[^.;\n]{0,60}(?<![a-z])not\s(?:from\s|of\s)?(?:the\s|"
    r"any\s|a\s)?(?:mets?|metasta\w+)(?![a-z])"
)
_SHORT = 60  # characters; in so short a message of staff "liver lesion biopsied" is about this disease
_SAID_TO_BE_SPREAD = re.compile(r"met|second|distant|deposit")
_DISEASE = re.compile(r"(?<![a-z])(?:m?npc|mets?|metasta\w+|m1[ab]?|secondaries|deposits|nasophary\w+)(?![a-z])")
_THIS_DISEASE = re.compile(r"(?<![a-z])(?:m?npc|m1[ab]?|nasophary\w+)(?![a-z])")


def biopsied_in(doc: Doc, scene: Scene) -> Iterator[Mention]:
    """Mentions of metastasis_biopsied."""
    known = _patterns("en")
    for match in known.act.finditer(scene.low):
        place = _done_to(scene, known, match)
        if place is None:
            continue
        start, end = min(place[0], match.start()), max(place[1], match.end())
        if (taken := _TAKEN.match(scene.low, end)) is not None:
            end = taken.end()
        if (tick := ticked(scene.low, end)) is not None:
            yield Mention(FACT, tick, start, end)  # "mets biopsied? yes"
            continue
        if (answer := answered_behind(scene.low, end)) is not None:
            yield Mention(FACT, *answer)  # "Was the liver lesion biopsied?", and the answer on the next line
            continue
        value = _took_place(doc, scene, known, match, start, end)
        if value is not None and not (value and _may_be_another(scene, start, end)):
            yield Mention(FACT, value, start, end)
    for match in _ONLY_PRIMARY.finditer(scene.low):
        context = qualify(doc, *match.span())
        if not (context.foreign or context.planned or context.uncertain or context.other_cancer):
            yield Mention(FACT, False, *match.span())


def _may_be_another(scene: Scene, start: int, end: int) -> bool:
    """ "Lung mass biopsy: adenocarcinoma", "a brain tumour removed": sampled, but no metastasis of this tumour."""
    told = _SAID_TO_BE_SPREAD.search(scene.low, start, end) is not None
    return of_another(scene.low) or not (told or _disease_named(scene) or len(scene.low) < _SHORT)


def acts_on_metastases(scene: Scene) -> list[tuple[int, int]]:
    """Places (start, end) of acts of sampling that were done, or not done, to a metastasis."""
    known = _patterns("en")
    acts = [match for match in known.act.finditer(scene.low)]
    acts = [match for match in acts if _OF_BOTH.match(scene.low, match.end()) is None]
    return [match.span() for match in acts if _done_to(scene, known, match) is not None]


def _done_to(scene: Scene, known: _Patterns, act: re.Match[str]) -> tuple[int, int] | None:
    """The metastasis that the act was done to: its words, or the pronoun that stands for it."""
    first, last = sentence(scene.text, act.start())
    first, last = max(first, act.start() - _REACH), min(last, act.end() + _REACH)
    if both := _OF_BOTH.match(scene.low, act.end(), last):
        found = known.thing.match(scene.low, both.end()) or known.organ.match(scene.low, both.end())
        if found is not None:
            return found.span()
    if _of_the_primary(scene, known, act, last):
        return None
    for pattern in (known.thing, known.organ):
        for thing in pattern.finditer(scene.low, first, last):
            if thing.start() < act.end() and act.start() < thing.end():
                continue
            nodes = _NODES.search(thing.group()) is not None and "met" not in thing.group()
            if (pattern is known.organ or nodes) and not _disease_named(scene, nodes):
                continue
            if not is_regional(scene, thing.start()) and _joined(scene, known, act, thing, pattern is known.organ):
                return thing.span()
    return _pronoun(scene, known, act, first, last)


def _disease_named(scene: Scene, nodes: bool = False) -> bool:
    """Whether the message is about this disease; nodes are sampled for many another cancer too."""
    return scene.asked == FACT or (_THIS_DISEASE if nodes else _DISEASE).search(scene.low) is not None


def _of_the_primary(scene: Scene, known: _Patterns, act: re.Match[str], last: int) -> bool:
    """ "nasopharyngeal biopsy", "biopsy of the primary"."""
    behind = re.match(
        r"\s?(?:was\s|were\s|taken\s|of\s|from\s|at\s|in\s|the\s|a\s|left\s|right\s|:\s?|proven\s|confirmed\s|-)*",
        scene.low[act.end() : last],
    )
    at = act.end() + (behind.end() if behind else 0)
    ahead = scene.low[max(0, act.start() - 32) : act.start()]
    named = list(known.elsewhere.finditer(ahead))
    close = bool(named) and not known.thing.search(ahead[named[-1].end() :]) and "," not in ahead[named[-1].end() :]
    return known.elsewhere.match(scene.low, at, last) is not None or close


def _joined(scene: Scene, known: _Patterns, act: re.Match[str], thing: re.Match[str], mere_organ: bool) -> bool:
    """Whether the words between act and metastasis join the two."""
    gap = scene.low[min(act.end(), thing.end()) : max(act.start(), thing.start())]
    if known.elsewhere.search(gap) or re.search(r"\s:\s", gap):
        return False  # another place, or another cell of a table
    if thing.start() >= act.end():
        if act["noun"] is not None:
            comma = "," in gap and known.technique.search(scene.low[max(0, act.start() - 22) : act.end()]) is None
            result = ":" in gap and "met" in thing.group()  # "biopsy: metastatic disease" names no place
            beside = _BESIDE.fullmatch(gap) is not None
            return (beside or _OF.fullmatch(gap) is not None) and not comma and not result
        return _DIRECT.fullmatch(gap) is not None and (not mere_organ or act["proof"] is None)
    words = known.shown_by.sub("", known.technique.sub("", _ASIDE.sub("", gap)), 1)
    if (act["deed"] or act["proof"]) is not None and not mere_organ and _GOES_ON.search(gap):
        return True  # "Bone lesions were counted at three on PET and were not biopsied"
    if _COPULA.fullmatch(words + " ") is None and not _COPULA.fullmatch(words):
        return False
    if mere_organ:
        label = _SPECIMEN.search(scene.low[max(0, thing.start() - 24) : thing.start()])
        return (
            bool(label)
            or re.fullmatch(
                r"[\s:-]*(?:(?:was|were|core|needle|fluid|"
                r"effusion)\s?)*",
                words,
            )
            is not None
        )
    plain_noun = act["deed"] is None and "," in gap
    done = re.match(
        r"\s(?:was\s|were\s)?(?:not|never|done|taken|performed|obtained|positive|"
        r"proven)",
        scene.low[act.end() : act.end() + 16],
    )
    said = (
        done
        or _NO.search(gap)
        or known.technique.search(gap + act.group())
        or re.search(
            r"(?<![a-z])(?:was|"
            r"were)\s",
            gap,
        )
    )
    return not plain_noun or said is not None


def _pronoun(scene: Scene, known: _Patterns, act: re.Match[str], first: int, last: int) -> tuple[int, int] | None:
    """ "they were not biopsied", "no needle in any of them": what was spoken of last must be the metastases."""
    behind = _PRONOUN_AFTER.match(scene.low, act.end(), last)
    ahead = _PRONOUN_BEFORE.search(scene.low[first : act.start()]) if behind is None else None
    if behind is None and ahead is None:
        return None
    at = behind.start() if behind is not None else first + (ahead.start() if ahead is not None else 0)
    said = scene.low[max(0, at - _BACK) : min(at, act.start())]
    things = [match.end() for pattern in (known.thing, known.organ) for match in pattern.finditer(said)]
    things += [match.end() for match in re.finditer(r"(?<![a-z])(?:lesions|deposits|nodules)(?![a-z])", said)]
    others = [match.end() for match in known.elsewhere.finditer(said)]
    if not things or max(things) < max(others, default=0) or not _disease_named(scene):
        return None
    return (at, act.end()) if behind is None else (act.start(), behind.end())


def _took_place(doc: Doc, scene: Scene, known: _Patterns, act: re.Match[str], start: int, end: int) -> bool | None:
    """True, False, or None where it is planned, doubted or somebody else's."""
    context = qualify(doc, start, end)
    if context.foreign or context.other_cancer:
        return None
    first, last = sentence(scene.text, start)
    ahead = re.split(r"[,;:()]|\bbut\b|\band\b", scene.low[max(first, start - 40) : start])[-1]
    behind = scene.low[end : min(last, end + 60)]
    around = ahead + scene.low[start:end]
    refused = (
        known.refused.search(around)
        or known.refused.match(re.sub(r"^[\s:,(-]*(?:\w+ )?(?:\w+ )?(?:\w+ )?", "", behind))
        or known.refused.search(re.split(r"[;,]", behind.lstrip(" :,-"))[0])
    )
    if _TAKEN_BACK.search(scene.low, end, end + 160):
        return None
    if _FAILED.search(around + " " + re.split(r"[;,]", behind)[0]):
        return None
    if names_no_cancer(behind) and not names_this(behind):
        return None  # "liver lesion biopsied: focal nodular hyperplasia"
    if refused or _NO.search(around) or act["un"] is not None or _NOT_BEHIND.match(behind):
        return False
    if context.planned or known.planned.search(around) or known.planned.search(re.split(r"[,;]", behind)[0]):
        return None
    if (
        context.uncertain
        or context.negated
        or re.match(
            r"^[\s:,(-]{0,2}(?:negative|benign|reactive|no\smalig\w+|h(?:a)?emangioma|inconclusive|"
            r"non-?diagnostic)",
            behind,
        )
    ):
        return None
    return True


def answer_biopsied(text: str, scene: Scene) -> Answer | None:
    """ "one was", "liver bx done", "only the primary" once it was asked whether a metastasis was biopsied."""
    bare = text.strip(" .,!()").lower()
    if re.fullmatch(
        r"(?:no|not|never|none|without)(?:,? (?:biops(?:y|ied)|bx|done|tissue|sampled|taken|"
        r"was done|it was not|of them))*|(?:there was )?no (?:need|point|reason)(?: (?:to|"
        r"for) \w+)?(?:,? [\w' -]+)?|(?:no,? |just |only )+(?:from |of )?(?:the )?(?:primary|"
        r"nasopharynx)(?: \w+)?|(?:[\w'/-]+,? ){1,10}(?:so|hence|therefore|thus),? (?:no|not|never|no biopsy|"
        r"not done|not biopsied)",
        bare,
    ):
        return Answer(False)
    if re.fullmatch(
        r"(?:yes,? )?(?:it was |they were |one was |the \w+ (?:met|one) was )?(?:biops(?:y|ied)|"
        r"bx|sampled|resected|excised)(?: (?:done|taken|proven|confirmed))?|(?:the )?\w+ (?:one|met|lesion)(?: was)?",
        bare,
    ):
        return Answer(True)
    return None
