"""What belongs to another cancer or to an earlier episode: its drugs and responses are not those of this therapy."""

from __future__ import annotations

from bot.extraction.en.terms import sentence
from bot.extraction.mention import Scene
from bot.extraction.quick import quick

_OTHER_CANCER = quick(
    r"(?<![a-z])(?:(?:breast|colon|colorectal|rectal|lung|gastric|stomach|ovarian|cervical|"
    r"cervix|bladder|prostate|endometrial|thyroid|oesophageal|esophageal|"
    r"renal|pancreatic|skin|testicular|another|other|previous|second)\s(?:cancer|ca|"
    r"carcinoma|tumou?r|malignancy)|lymphoma|leuk(?:a)?emia|myeloma|melanoma|"
    r"sarcoma|seminoma|hcc|hepatocellular|choriocarcinoma|乳腺癌|肺癌|胃癌|淋巴瘤)(?![a-z])"
)
# From here on the sentence speaks of the present tumour again.
_THIS_CANCER = quick(
    r"(?<![a-z])(?:m?npc|nasophary\w*|"
    r"now|currently|since then|today|this time|(?:[ct]*\d[a-c]?n[0-3x][a-c]?)?m1[ab]?)(?![a-z0-9])|鼻咽"
)
_REACH = 250  # characters each way in which a year makes the words part of an earlier episode
_DENIED = quick(
    r"(?:\bno|\bnot|\bdenies|\bdenied|\bnever|\bwithout|ruled out|excluded|rather than|"
    r"\bor)\s(?:\w+\s){0,3}$"
)
_YEAR = quick(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_CURATIVE = quick(
    r"chemo-?rad\w*|radiotherapy|radiation|\bc?crt\b|\brt\b|\bimrt\b|remission|relapse|"
    r"recurr|cured"
)


def of_another_cancer(scene: Scene, start: int, named_before: bool = False) -> bool:
    """Whether the words at the offset follow another cancer in the same sentence ("Breast cancer 2011: docetaxel").

    named_before: not where this tumour was named earlier in the sentence ("NPC, thyroid cancer 2010, cT3N2M1").
    """
    first, _ = sentence(scene.text, start)
    last = None
    for match in _OTHER_CANCER.finditer(scene.low, max(first, start - 160), start):
        if not _DENIED.search(scene.low[max(first, match.start() - 30) : match.start()]):
            last = match
    if last is not None and named_before and _THIS_CANCER.search(scene.low, first, last.start()):
        return False
    return last is not None and _THIS_CANCER.search(scene.low, last.end(), start) is None


def of_an_earlier_episode(scene: Scene, start: int) -> bool:
    """Whether the sentence tells of curative treatment in an earlier year ("In 2020 GP x3 and chemoradiation")."""
    if scene.reference_date is None:
        return False
    first, last = sentence(scene.text, start)
    first, last = max(first, start - _REACH), min(last, start + _REACH)
    years = [int(match.group()) for match in _YEAR.finditer(scene.low, first, last)]
    return bool(years) and max(years) < scene.reference_date.year - 1 and bool(_CURATIVE.search(scene.low, first, last))
