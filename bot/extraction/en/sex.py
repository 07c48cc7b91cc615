"""Sex of the candidate: nouns, titles, M and F beside an age, "his wife", pronouns."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc

from bot.extraction.lexicon import alternation
from bot.extraction.mention import Answer, Mention, Scene
from bot.extraction.qualifiers import cue_at, qualify

_LETTER = re.compile(
    r"(?<![A-Za-z0-9.-])(?:"
    r"(?:[1-9]\d|1[01]\d)\s?-?(?:[Yy]/?[Oo]\.?|[Yy](?:rs?|ears?)?(?:[\s-][Oo]ld)?)?[\s/,-]{0,2}(?P<a>[MF])|"
    r"(?P<b>[MF])(?:\s?[/,]\s?|\s|)(?:[1-9]\d)(?:\s?(?:[Yy]/?[Oo]?|[Yy]rs?|[Yy]ears?))?|"
    r"\(\s?(?P<d>[MF])(?=\s?\))|(?:[Pp]atient|[Pp]t|PT)\s?\(\s?(?P<e>[mf])(?=\s?\))|(?:[Pp]atient|[Pp]t|PT)\s?:\s?(?P<f>[MFmf])|"
    r"(?:[Ss]ex|[Gg]ender|SEX|GENDER)\s?[:=]?\s?(?P<c>[MFmf]))"
    r"(?![A-Za-z0-9]|-?\s?(?:FDG|PSMA|NaF|PET|Gy|fr\b))"
)
_LOWER_LETTER = re.compile(
    r"(?<![a-z0-9.-])[1-9]\d\s?-?(?:y/?o\.?|yrs?|years?[\s-]old)[\s/,-]{0,2}(?P<a>[mf])(?![a-z0-9])|"
    r"^\W*(?:[1-9]\d[\s/,]?(?P<b>[mf])|(?P<c>[mf])[\s/,]?[1-9]\d)(?![a-z0-9])"
)
_WIFE = re.compile(
    r"(?<![a-z])(?:his|(?:patient|pt|candidate)'?s'?) (?:own )?(?:\w+ )?(?:wife|"
    r"girlfriend|fianc[eé]e)(?![a-z])"
)
_HUSBAND = re.compile(
    r"(?<![a-z])(?:her|(?:patient|pt|candidate)'?s'?) (?:own )?(?:\w+ )?(?:husband|"
    r"boyfriend)(?![a-z])"
)
_HE = re.compile(r"(?<![a-z])(?:he|he's|himself|his|him)(?![a-z0-9])")
_SHE = re.compile(r"(?<![a-z])(?:she|she's|herself|her|hers)(?![a-z0-9])")
_STAFF = re.compile(
    r"(?<![a-z])(?:dr|doctor|prof|professor|nurse|investigator|gp says|oncologist|"
    r"radiologist|consultant|pi)(?![a-z])"
)
_TRANS = re.compile(
    r"(?<![a-z])(?:trans(?:gender|sexual)?|intersex|non-?binary)(?: (?:man|woman|male|"
    r"female|person))?(?![a-z-])"
)
_HOW_MANY = 6  # pronouns looked at; more say nothing new


def find(doc: Doc, scene: Scene) -> Iterator[Mention]:
    """Sex as stated. Nouns outrank pronouns; where they disagree it is asked about."""
    open_question = _TRANS.search(scene.low)
    if open_question and not _foreign(doc, *open_question.span()):
        reason = "Which of the two reproductive criteria applies depends on anatomy: please ask."
        yield Mention("sex", None, *open_question.span(), reason, ("female", "male"), rank=3)
        return
    strong = list(_strong(doc, scene))
    weak = list(_pronouns(doc, scene))
    if strong:
        yield from strong
        sexes = {mention.value for mention in strong}
        against = next((m for m in weak if m.value not in sexes), None)
        if len(sexes) == 1 and against is not None and not _someone_else(scene):
            yield Mention("sex", None, against.start, against.end, "Noun and pronoun disagree about the sex.",
                          ("female", "male"), rank=2)  # fmt: skip
        return
    if {mention.value for mention in weak} == {"female", "male"}:
        return
    yield from weak[:1]


def candidate_sex(doc: Doc, scene: Scene) -> str | None:
    """The sex that the message gives the candidate, for the finders of facts that hang on it."""
    sexes = {mention.value for mention in _strong(doc, scene)} or {mention.value for mention in _pronouns(doc, scene)}
    return str(sexes.pop()) if len(sexes) == 1 else None


def _strong(doc: Doc, scene: Scene) -> Iterator[Mention]:
    for pattern, text in ((_LETTER, scene.text), (_LOWER_LETTER, scene.low)):
        for match in pattern.finditer(text):
            letter = next(group for group in match.groups() if group)
            if not _foreign(doc, *match.span()):
                at = match.start(match.lastgroup or 0)
                yield Mention("sex", "female" if letter in "Ff" else "male", at, at + 1, rank=1)
    words = scene.lexicon["person"]["sex"]
    for sex in ("female", "male"):
        for match in _noun(words, sex).finditer(scene.low):
            if not _foreign(doc, *match.span()) and not _of_someone(doc, scene.low, match):
                yield Mention("sex", sex, *match.span(), rank=1)
        title = re.compile(rf"(?<![a-z])(?:{alternation(words[sex + '_titles'])})\.?\s(?=[A-Z])", re.IGNORECASE)
        for match in title.finditer(scene.text):
            if scene.text[match.end()].isupper() and not _foreign(doc, *match.span()):
                yield Mention("sex", sex, match.start(), match.end(), rank=1)
    for pattern, sex in ((_WIFE, "male"), (_HUSBAND, "female")):
        for match in pattern.finditer(scene.low):
            yield Mention("sex", sex, match.start(), match.end(), rank=1)


def _noun(words: dict[str, list[str]], sex: str) -> re.Pattern[str]:
    nouns = [word for word in words[sex + "_words"] if word.isascii()]
    chinese = [word for word in words[sex + "_words"] if not word.isascii()]
    return re.compile(
        rf"(?<![a-z-])(?:{alternation(nouns)})(?![a-z-])|(?:{alternation(chinese)})(?!友|"
        r"儿|朋|士们)"
    )


_NOT_A_PATIENT = re.compile(
    r"\s?(?:partners?|subjects?|spouse|relatives?|contraception|condoms?|"
    r"friend|doctor|nurse|physician|breast|sex partner)"
)


def _of_someone(doc: Doc, low: str, match: re.Match[str]) -> bool:
    """ "no male partner", "male condom", "K-drug man": the noun does not name the candidate."""
    if _NOT_A_PATIENT.match(low, match.end()) or qualify(doc, match.start(), match.end()).question:
        return True
    before = low[max(0, match.start() - 16) : match.start()]
    return bool(re.search(r"(?:partner is(?: an?)?|partner:?|is seeing an?|from an?) $", before))


def _foreign(doc: Doc, start: int, end: int) -> bool:
    meant = qualify(doc, start, end)
    return meant.quoted_protocol or meant.other_person is not None or meant.negated


def _someone_else(scene: Scene) -> bool:
    people = [word for person in scene.lexicon["cues"]["people"].values() for word in person["words"]]
    pattern = re.compile(rf"(?<![a-z])(?:{alternation(people)})(?![a-z])")
    return bool(pattern.search(scene.low) or _STAFF.search(scene.low))


def _pronouns(doc: Doc, scene: Scene) -> Iterator[Mention]:
    people = [word for person in scene.lexicon["cues"]["people"].values() for word in person["words"]]
    owned = re.compile(
        rf"(?<![a-z])(?P<whose>his|her)\s(?:[a-z0-9-]+\s){{0,"
        rf"2}}(?:{alternation(people)})(?![a-z])"
    )
    for match in owned.finditer(scene.low):
        cue = cue_at(doc, "other_person", match.start())
        if cue is None or cue.cue_start >= match.start():  # not "his wife said her mother"
            yield Mention("sex", "male" if match["whose"] == "his" else "female", match.start(), match.start() + 3)
            break
    for pattern, sex in ((_HE, "male"), (_SHE, "female")):
        for number, match in enumerate(pattern.finditer(scene.low)):
            if number >= _HOW_MANY:
                break
            meant = qualify(doc, match.start(), match.start())
            if meant.other_person is None and not meant.quoted_protocol:
                yield Mention("sex", sex, match.start(), match.end())
                break


def _answer(words: str, scene: Scene) -> Answer | None:
    bare = words.strip(" .,!")
    content = scene.lexicon["person"]["sex"]
    for sex, letter in (("female", "f"), ("male", "m")):
        names = [*content[sex + "_words"], letter]
        if re.fullmatch(
            r"(?:(?:it'?s|he'?s|she'?s|is|a|the|patient|pt|biological|"
            rf"bio)\s)*(?:{alternation(names)})",
            bare,
        ):
            return Answer(sex)
    return None


ANSWERS = {"sex": _answer}
