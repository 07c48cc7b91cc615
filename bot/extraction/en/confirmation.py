"""How the diagnosis was confirmed: by histology, by cytology, by both, or not at all.

The biopsy of a metastasis, of the marrow, or one that is only planned confirms no primary.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from spacy.tokens import Doc

from bot.extraction.en.another_cancer import names_another, names_no_cancer, names_this, of_another
from bot.extraction.en.sampling import acts_on_metastases
from bot.extraction.en.terms import after, before, compiled, sentence, ticked
from bot.extraction.mention import Answer, Mention, Scene
from bot.extraction.qualifiers import qualify
from bot.extraction.quick import quick

_ADJECTIVE = quick(r"^(?:histologic(?:al)?|pathologic(?:al)?|histopathologic(?:al)?|cytologic(?:al)?)$")
_METASTASIS_BEFORE = quick(r"\b(?:mets?|metasta\w+|lesions?|deposits?)\b[^.;\n]{0,45}$")
_PROOF = quick(r"^[\s:,-]{0,3}(?:\w+\s){0,2}?(?:confirm|proven|proved|verif|diagnos|examin|evidence|establish)")
_DENIED_BEFORE = quick(
    r"(?:\bnot|n't|\bnever|\bwithout|\bno|\bcannot|\bunable to|\brefused|\bpull the|"
    r"\bget the|\bneed the|\bawait\w*|\b(?:too \w+|unfit|not fit|unable|unsuitable|contraindicat\w+|"
    r"not safe) (?:for|to))\s(?:be\s|been\s|yet\s|have\s|a\s|the\s)*$"
)
_REPORT = quick(
    r"^[\s,(]{0,2}(?:\(?[\d./ -]{4,12}\)?)?(?:\w+ ){0,3}?(?:[:=]|confirm|prove|show|report(?:ed|s)?\s(?:as|of|show|"
    r"confirm|read|say)|report\s?:|reveal|consistent|demonstrat|says|said|came back|"
    r"is |was |available|yes|done|positive)"
)
_NO_REPORT = quick(
    r"^[\s:=,(-]{0,4}(?:is |was |still |not )*(?:unknown|pending|await|n/?a\b|not\b|"
    r"unavailable|\?|to follow|outstanding|"
    r"missing|negative|neg\b|non-?diagnostic|inconclusive|insufficient|inadequate|failed|"
    r"due|requested|planned|refus|declin|type|sub-?type|stage|grade|class|node|lymph|"
    r"fracture|"
    r"(?:and \w+ )?(?:\w+ ){0,2}(?:will|to be|should|must) |review|slides?|block|complete response|cr\b)"
)
# The biopsy of a metastasis is a fact of its own; a marrow, liquid or repeat biopsy confirms no primary.
_OTHER_SAMPLE_BEFORE = quick(
    r"(?<![a-z])(?:liver|hepatic|bone|lung|pulmonary|met|mets|metasta\w+|marrow|liquid|skin|"
    r"axillary|breast|prostate|thyroid|"
    r"re|repeat|repeated|post-?treatment|lesion|nodule|rib|pleural|renal|kidney|"
    r"adrenal)[\s-]{1,2}(?:lesion\s|nodule\s|"
    r"deposit\s|met\s|core\s|needle\s|ct-guided\s|was\s|were\s|is\s|has been\s|have been\s|not\s){0,3}$"
)
_OTHER_SAMPLE_AFTER = quick(
    r"^(?!.{0,24}(?:nasoph|npx|primary|nasal))[\s-]{0,3}(?:proven |confirmed )?(?:of |from |on |in )?(?:the |a |"
    r"one |his |"
    r"her )?(?:solitary |left |right )?(?:(?!show|reveal|confirm|demonstrat|prove|is |was |consist|report|read|"
    r"said)\w+ )?"
    r"(?:liver|hepatic|bone|lung|pulmonary|mets?\b|metasta|marrow|axill|pleura|adrenal|rib|vertebra|lesion)"
)


def confirmation_in(doc: Doc, scene: Scene) -> Iterator[Mention]:
    """How the diagnosis was confirmed; histology and cytology together are "both"."""
    found: dict[str, tuple[int, int]] = {}
    elsewhere: list[tuple[int, int]] | None = None
    for hit in compiled(scene.lexicon, "histology", "confirmation").find(scene.text):
        word = scene.low[hit.start : hit.end]
        if scene.asked == "metastasis_biopsied" and len(scene.low) < 40 and "biops" in word:
            continue  # the answer to the question for the metastasis
        if elsewhere is None:
            elsewhere = acts_on_metastases(scene)
        if any(start < hit.end and hit.start < end for start, end in elsewhere):
            continue  # "3 lung mets (not biopsied)" says nothing of the primary
        if hit.label == "none":
            metastasis = scene.asked == "metastasis_biopsied" or re.search(
                r"(?:mets?|metasta\w+|lesions?)[\s:,-]{1,3}$", before(scene.text, hit.start, 18)
            )
            if not metastasis and _stands(doc, scene, hit.start, hit.end, denial=True):
                found.setdefault("none", (hit.start, hit.end))
        elif _confirms(doc, scene, hit.start, hit.end):
            found.setdefault(hit.label, (hit.start, hit.end))
    for match in _BY_NEITHER.finditer(scene.low):
        if not qualify(doc, *match.span()).foreign:
            yield Mention("confirmation", "none", *match.span(), rank=2)
            return
    both = _by_both(doc, scene)
    if both is not None:
        yield Mention("confirmation", "both", *both, rank=1)
        return
    if scene.asked == "confirmation" and _PAIRED.fullmatch(re.sub(r"^(?:by |both )+", "", scene.low.strip(" .!"))):
        return  # a bare answer
    proofs = {name: place for name, place in found.items() if name != "none"}
    if len(proofs) == 2:
        places = sorted(proofs.values())
        yield Mention("confirmation", "both", places[0][0], places[1][1])
    for name, (start, end) in (proofs or found).items() if len(proofs) < 2 else ():
        yield Mention("confirmation", name, start, end)  # "FNA of a node, no biopsy of the primary" is cytology


def _stands(doc: Doc, scene: Scene, start: int, end: int, denial: bool = False) -> bool:
    context = qualify(doc, start, end)
    if context.foreign or context.planned or context.other_cancer or (context.negated and not denial):
        return False
    if _shows_something_else(scene, start):
        return False
    ahead, behind = before(scene.text, start, 40), after(scene.text, end, 40)
    if _OTHER_TISSUE_BEFORE.search(ahead) or _OTHER_TISSUE_AFTER.match(behind):
        return False
    return not (_OTHER_SAMPLE_BEFORE.search(ahead) or _OTHER_SAMPLE_AFTER.match(behind))


def _shows_something_else(scene: Scene, start: int) -> bool:
    """Whether the sentence tells of another organ's tissue: "core biopsy: ductal breast carcinoma", "granulomas"."""
    if of_another(scene.low):
        return True
    first, last = sentence(scene.text, start)
    said = scene.low[max(first, start - _AROUND) : min(last, start + _AROUND)]
    if names_this(said):
        return False
    return names_another(said) or names_no_cancer(said) or _MOUTH_OR_THROAT.search(said) is not None


_MOUTH_OR_THROAT = quick(
    r"(?<![a-z])(?:tongue|tonsils?|tonsillar|larynx|laryngeal|glottic|hypopharyn\w+|oropharyn\w+|buccal|"
    r"gingiva\w*|palat\w+|"
    r"lip|floor\sof\s(?:the\s)?mouth|oral\scavity|vocal\scords?|sinonasal|maxilla\w*|parotid)(?![a-z])"
)
_OF_PRIMARY = quick(r"\s(?:the\s)?(?:primary|nasophary\w+|npx)")
_AROUND = 140  # characters each way that tell what a biopsy was of and what it showed
_TISSUE = r"(?:histo(?:log\w*)?|biops\w+|bx|patholog\w+|histopatholog\w+|core)"
_CELLS = r"(?:cyto(?:log\w*)?|fnac?|(?:fine[\s-])?needle[\s-]aspirat\w+)"
_JOINED = r"\s?(?:and|&|[+/]|plus|as well as)\s?(?:by\s|an?\s)?"
_OR = r"\s(?:or|nor)\s(?:by\s|on\s)?"
# "not confirmed by histology or cytology", "no histological or cytological confirmation"
_BY_NEITHER = quick(
    rf"(?<![a-z])(?:(?:not|never|un)\s?-?(?:yet\s)?(?:been\s)?(?:confirmed|proven|proved|verified|"
    rf"established)\s(?:by|on|with|"
    rf"through)\s(?:either\s)?(?:{_TISSUE}{_OR}{_CELLS}|{_CELLS}{_OR}{_TISSUE})|(?:no|without|neither|lacks|"
    rf"nil)\s(?:any\s)?"
    rf"(?:{_TISSUE}{_OR}{_CELLS}|{_CELLS}{_OR}{_TISSUE})(?:\s(?:confirmation|proof|diagnosis|evidence|done|"
    rf"available))?|"
    rf"(?:diagnosis|tumou?r|npc|it)\s(?:was\s|is\s|has\s)?(?:not|never)\s(?:been\s)?(?:confirmed|proven|proved|"
    rf"verified)\s"
    rf"(?:patholog\w+|histolog\w+|cytolog\w+|(?:by|on)\s(?:a\s)?(?:{_TISSUE}|{_CELLS})))(?![a-z])"
)
# The tissue of something else: the words that name it stand just before, or behind "of" or "from".
_OTHER_TISSUE = (
    r"(?:lavage|peritoneal|ascit\w+|csf|urin\w+|sputum|pap|gastric|stomach|gastroscop\w+|colonoscop\w+|colonic|"
    r"colon|rectal|duoden\w+|"
    r"endometri\w+|uter\w+|cervix|ovar\w+|tongue|buccal|tonsil\w*|laryn\w+|muscle|nerve|temporal|synovial|"
    r"cord|polyp|mole|naevus|ulcer|"
    r"bronch\w+|oesophag\w+|esophag\w+|breast|prostat\w*|thyroid|skin|renal|kidney)"
)
_OTHER_TISSUE_BEFORE = quick(
    rf"(?<![a-z]){_OTHER_TISSUE}[\s:-]{{1,2}}(?:with\s|and\s|fluid\s|wash\w*\s|"
    rf"brush\w*\s|core\s|needle\s)*$"
)
_OTHER_TISSUE_AFTER = quick(
    rf"^\s(?:was\s|taken\s|with\s\w+\s(?:\w+\s)?)?(?:of|"
    rf"from)\s(?!.{{0,20}}nasoph)(?:[\w-]+\s){{0,8}}?{_OTHER_TISSUE}(?![a-z])"
)
_SAID_NO = quick(r"\s(?:no|nil|none|not\sdone)(?=\s*(?:$|[,.;)\n]))")
_NO_FINDING = quick(
    r"^(?!.{0,30}(?:eber|p40|p63|p16|s100|cd\d|her2|er|pr|ebv)\b)[^.;,\n]{0,28}?(?<![a-z])(?:neg|negative|"
    r"inconclusive|non-?diagnostic|insufficient|"
    r"none|not\sdone|benign|reactive|normal|no\s(?:malignan\w+|tumou?r|cancer))(?![a-z])"
)
_ABOUT_TUMOUR = quick(
    r"(?<![a-z])(?:m?npc|nasophary\w*|nasal.pharyn\w*|npx|post-?nasal|carcinoma|cancer|ca|tumou?r|malignan\w*|"
    r"scc|primary(?!\s(?:care|closure|physician|doctor|survey|repair|intention))|eber|who|"
    r"keratin\w*|undiff\w*|differentiat\w*|non-?kerat\w*|confirm\w*|prove[nd]?|proof|diagnos\w*|dx|positive|"
    r"m1[ab]?|mets?|metasta\w*)"
    r"(?![a-z])|鼻咽|癌|证实|确诊|lymphoepi|unpc|ucnt|nkc"
)
_SHORT = 30  # characters; so short a message answers and speaks of nothing else
_TWO = quick(rf"(?:{_TISSUE}{_JOINED}{_CELLS}|{_CELLS}{_JOINED}{_TISSUE})")
_PROVEN_BY = quick(r"(?:confirm\w*|pro(?:ven|ved)|diagnos\w+|established|verified)\b[^.;\n]{0,30}$")
_OPENS = quick(r"(?:^|[.,;:\n])\s*(?:(?:it was|confirmed|yes,?|by|both|on|through)\s){0,3}$")
_CLOSES = quick(r"\s*(?:$|[.,;\n])")
_PAIRED = quick(rf"(?<![a-z]){_TWO.pattern}(?![a-z])")


def _by_both(doc: Doc, scene: Scene) -> tuple[int, int] | None:
    """Where histology and cytology are named together as what confirmed the tumour."""
    for match in _PAIRED.finditer(scene.low):
        ahead, behind = before(scene.text, match.start(), 40), after(scene.text, match.end(), 45)
        answered = scene.asked == "confirmation" and _OPENS.search(ahead) and _CLOSES.match(behind)
        if (
            not (answered or _PROVEN_BY.search(ahead) or _PROOF.match(behind))
            or _NO_REPORT.match(behind)
            or _DENIED_BEFORE.search(ahead[-24:])
        ):
            continue
        context = qualify(doc, match.start(), match.end())
        if _stands(doc, scene, match.start(), match.end()) and not context.uncertain:
            return match.span()
    return None


@lru_cache(maxsize=8)
def _about_tumour(low: str) -> bool:
    """Whether the message speaks of a tumour at all; asked once a message."""
    return _ABOUT_TUMOUR.search(low) is not None


def _confirms(doc: Doc, scene: Scene, start: int, end: int) -> bool:
    """Whether the words state a tissue or cell diagnosis of the tumour that has been made."""
    if not _stands(doc, scene, start, end) or qualify(doc, start, end).uncertain:
        return False
    if len(scene.low) > _SHORT and scene.asked != "confirmation" and not _about_tumour(scene.low):
        return False  # "gastroscopy with biopsy: H. pylori"
    if _NO_FINDING.match(after(scene.text, end, 45)) or _SAID_NO.match(scene.low, end):
        return False  # "FNA neck (cytology) neg"
    if _METASTASIS_BEFORE.search(before(scene.text, start, 60)) and scene.low.startswith("biopsied", start):
        return _OF_PRIMARY.match(scene.low, end) is not None
    word, behind = scene.low[start:end], after(scene.text, end, 45)
    if re.search(
        r"(?:mets?|metastas[ei]s|secondaries|"
        r"deposits?)\s?[,(:-]{0,2}\s?$",
        before(scene.text, start, 16),
    ) and re.search(r"prove|confirm|verif", word + behind[:12]):
        return False  # "lung mets (biopsy-proven)" proves the metastasis
    if _DENIED_BEFORE.search(before(scene.text, start, 24)) or ticked(scene.low, end) is False:
        return False
    if _NO_REPORT.match(behind):
        return False
    if re.match(r"^\s?\w+\s?[:=]\s?(?:no|none|nil|not|n|pending|awaited)(?![a-z])", behind):
        return False  # "histological confirmation: none"
    if _ADJECTIVE.match(word):
        return bool(_PROOF.match(behind))
    if word in ("pathology", "path", "histology", "histo", "histopathology", "病理"):
        ahead = before(scene.text, start, 25)
        return bool(_REPORT.match(behind) or re.search(r"(?:\bon|\bby|\bper|confirmed with|\bat) (?:the )?$", ahead))
    return True


def answer_confirmation(text: str, scene: Scene) -> Answer | None:
    bare = text.strip(" .,!()").lower()
    if re.fullmatch(
        r"(?:by )?both(?: (?:of (?:them|the two)|were done|ways|methods|done))?|(?:by |both |"
        r"a )*" + _TWO.pattern,
        bare,
    ):
        return Answer("both")
    if re.fullmatch(
        r"none|neither(?: of (?:them|the two|both))?|no|(?:it was )?(?:not|never) (?:done|confirmed|proven|biopsied)|"
        r"unproven|"
        r"unconfirmed|clinical(?:ly)?(?: diagnosis)?(?: only| alone)?|(?:imaging|scans?|mri|pet\S*|ebv(?: dna)?|"
        r"serology)(?: (?:only|"
        r"alone))|"
        r"(?:not confirmed )?by neither|not confirmed by either",
        bare,
    ):
        return Answer("none")
    if re.fullmatch(
        r"(?:by |on |a |from |with |core |punch |excision |needle )*(?:biopsy|bx|histology|histological(?:ly)?|"
        r"tissue|core|"
        r"needle core|core needle|pathology|path|patho|histo)(?: only| alone| (?:of|from) the (?:primary|"
        r"nasopharynx))?",
        bare,
    ):
        return Answer("histology")
    if re.fullmatch(
        r"(?:by |on |an? |from |with |fine[ -])*(?:fnac?|needle[ -]aspirat\w+|cytology|"
        r"cytological(?:ly)?|cyto|smear)(?: only| alone)?(?: (?:of|from) (?:a |the )?(?:neck |"
        r"cervical )?(?:node|lump|mass))?",
        bare,
    ):
        return Answer("cytology")
    return None
