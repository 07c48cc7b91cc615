"""Sex of the candidate: nouns, titles, M and F beside an age, "his wife", pronouns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from spacy.tokens import Doc

from bot.extraction.en.persons import doctors_words, of_staff, of_the_mother, tells_of_himself, who_died
from bot.extraction.layout import sentence_at
from bot.extraction.lexicon import alternation, lexicon, words_pattern
from bot.extraction.mention import Answer, Mention, Scene
from bot.extraction.qualifiers import cue_at, qualify
from bot.extraction.quick import quick

_LETTER = quick(
    r"(?<![A-Za-z0-9.-])(?:"
    r"(?:[1-9]\d|1[01]\d)\s?-?(?:[Yy]/?[Oo]\.?|[Yy](?:rs?|ears?)?(?:[\s-][Oo]ld)?)?[\s/,-]{0,3}(?P<a>[MF])|"
    r"(?P<b>[MF])(?:\s?[/,]\s?|\s|)(?:[1-9]\d)(?:\s?(?:[Yy]/?[Oo]?|[Yy]rs?|[Yy]ears?))?|"
    r"\(\s?(?P<d>[MF])(?=\s?\))|(?:[Pp]atient|[Pp]t|PT)\s?\(\s?(?P<e>[mf])(?=\s?\))|(?:[Pp]atient|[Pp]t|PT)\s?:\s?(?P<f>[MFmf])|"
    r"(?:[Ss]ex|[Gg]ender|SEX|GENDER)\s?[:=]?\s?(?P<c>[MFmf])(?!\s?/\s?[MFmf]))"
    r"(?![A-Za-z0-9]|-?\s?(?:[Ff][Dd][Gg]|PSMA|NaF|PET|Gy|fr\b|[Ff]lu|DOPA|FAPI))"
)
_LOWER_LETTER = quick(
    r"(?<![a-z0-9.-])[1-9]\d\s?-?(?:y/?o\.?|yrs?|years?[\s-]old)[\s/,-]{0,2}(?P<a>[mf])(?![a-z0-9])|"
    r"^\W*(?:[1-9]\d[\s/,]?(?P<b>[mf])|(?P<c>[mf])[\s/,]?[1-9]\d)(?![a-z0-9]|-?\s?(?:fdg|flu|psma|naf|dopa|fapi))"
)
_WIFE = quick(
    r"(?<![a-z])(?:his|(?:patient|pt|candidate)'?s'?) (?:own )?(?:\w+ )?(?:wife|"
    r"girlfriend|fianc[eé]e)(?![a-z])"
)
_HUSBAND = quick(
    r"(?<![a-z])(?:her|(?:patient|pt|candidate)'?s'?) (?:own )?(?:\w+ )?(?:husband|"
    r"boyfriend)(?![a-z])"
)
# "his- tory" is a word broken at the end of a line, "HER-2" a receptor
_HE = quick(r"(?<![a-z])(?:he|he's|himself|his|him)(?![a-z0-9]|-\s?[a-z0-9]|\s2\s?(?:/?neu|pos|neg|\+|status|[(]))")
_SHE = quick(r"(?<![a-z])(?:she|she's|herself|her|hers)(?![a-z0-9]|-\s?[a-z0-9]|\s2\s?(?:/?neu|pos|neg|\+|status|[(]))")
# A lone letter is a sex only as an entry of a list of its own: "divorced, no partner, M"
_LONE_LETTER = quick(r"(?:^|(?<=[,;|])\s?|(?<=\n))(?P<a>[MF])(?=\s?(?:$|[,;|\n]))(?!\s?[,;|/]\s?[A-Z](?![A-Za-z]))")
# "62yoF", "45 YOWM" (white male), "58 y/o AAF" (African American female)
_RUN_TOGETHER = quick(
    r"(?<![A-Za-z0-9.-])(?:[1-9]\d|1[01]\d)\s?-?[Yy]/?[Oo]\s?/?(?:[RL]H)?(?:AA|[WwBbHhAaCcLl]/?)?(?P<a>[MFmf])(?![A-Za-z0-9])"
)
# "DOB 30-Aug-1975 / F", "M, d.o.b. 1970"
_BESIDE_BIRTH = quick(
    r"(?:[Dd]\.?[Oo]\.?[Bb]\.?|D\.?O\.?B\.?|[Bb]irth|[Bb]orn|BIRTH)[^\n;]{0,24}\d\s?[/,|:;-]\s?(?P<a>[MFmf])(?![A-Za-z0-9]|/)"
    r"|(?<![A-Za-z0-9/])(?P<b>[MF])\s?[/,|:;-]\s?(?:[Dd]\.?[Oo]\.?[Bb]|D\.?O\.?B|[Bb]orn)(?![a-z])"
)
_STAFF = quick(
    r"(?<![a-z])(?:dr|doctor|prof|professor|nurse|investigator|gp says|oncologist|"
    r"radiologist|consultant|pi)(?![a-z])"
)
_TRANS = quick(
    r"(?<![a-z])(?:trans(?:gender|sexual)?|intersex|non-?binary)(?: (?:man|woman|male|"
    r"female|person))?(?![a-z-])"
)
_KEY, _STATED = "candid_sex", "candid_sex_stated"  # in Doc.user_data
_HOW_MANY = 12  # pronouns looked at; more say nothing new
_PRONOUN, _OWNER = -2, -1  # ranks: "his mother" tells whose note it is, "she" may be the mother


def find(doc: Doc, scene: Scene) -> Iterator[Mention]:
    """Sex as stated. Nouns outrank pronouns; where they disagree it is asked about."""
    open_question = _TRANS.search(scene.low)
    if open_question and not _foreign(doc, *open_question.span()):
        reason = "Which of the two reproductive criteria applies depends on anatomy: please ask."
        yield Mention("sex", None, *open_question.span(), reason, ("female", "male"), rank=3)
        return
    strong, weak = _stated(doc, scene)
    if strong:
        yield from strong
        sexes = {mention.value for mention in strong}
        against = next((m for m in weak if m.value not in sexes), None)
        if len(sexes) == 1 and against is not None and not _someone_else(scene):
            yield Mention("sex", None, against.start, against.end, "Noun and pronoun disagree about the sex.",
                          ("female", "male"), rank=2)  # fmt: skip
        return
    owners = [mention for mention in weak if mention.rank > _PRONOUN]
    weak = owners or weak  # "his mother has NPC. She is a smoker": he owns her
    if {mention.value for mention in weak} == {"female", "male"}:
        return
    yield from weak[:1]


def candidate_sex(doc: Doc, scene: Scene) -> str | None:
    """The sex that the message gives the candidate, for the finders of facts that hang on it; kept on the document."""
    if _KEY not in doc.user_data:
        strong, weak = _stated(doc, scene)
        sexes = {mention.value for mention in strong}
        if not sexes:
            sexes = {m.value for m in weak if m.rank > _PRONOUN} or {m.value for m in weak}
        doc.user_data[_KEY] = str(sexes.pop()) if len(sexes) == 1 else None
    found: str | None = doc.user_data[_KEY]
    return found


def _stated(doc: Doc, scene: Scene) -> tuple[list[Mention], list[Mention]]:
    """What nouns say, and what pronouns say; kept on the document, since other finders ask for the sex too."""
    if _STATED not in doc.user_data:
        doc.user_data[_STATED] = list(_strong(doc, scene)), list(_pronouns(doc, scene))
    found: tuple[list[Mention], list[Mention]] = doc.user_data[_STATED]
    return found


def _strong(doc: Doc, scene: Scene) -> Iterator[Mention]:
    for pattern, text in (
        (_LETTER, scene.text), (_LOWER_LETTER, scene.low), (_LONE_LETTER, scene.text), (_RUN_TOGETHER, scene.text),
        (_BESIDE_BIRTH, scene.text),
    ):  # fmt: skip
        for match in pattern.finditer(text):
            if pattern is _LONE_LETTER and re.search(r"(?<![A-Za-z])[A-Z]\s?[,;|]\s?$", text[: match.start()]):
                continue  # "T, N, M"
            letter = next(group for group in match.groups() if group)
            if not _foreign(doc, *match.span()):
                at = match.start(match.lastgroup or 0)
                yield Mention("sex", "female" if letter in "Ff" else "male", at, at + 1, rank=1)
    for sex in ("female", "male"):
        for match in _occupation(sex).finditer(scene.low):
            if not _foreign(doc, *match.span()):
                yield Mention("sex", sex, match.start("job"), match.end("job"), rank=1)
        for match in _noun(sex).finditer(scene.low):
            if not _foreign(doc, *match.span()) and not _of_someone(doc, scene, match):
                yield Mention("sex", sex, *match.span(), rank=1)
        for match in _title(sex).finditer(scene.text):
            if not scene.text[match.start()].isupper():
                continue  # "PR interval 210 ms. He walks"
            if match["dot"] and match["word"].lower() in _WHOLE_TITLES:
                continue  # "Yes, sir. I had": an address at the end of a sentence
            if _NAMED_RELATIVE.match(scene.low, match.end()):
                continue
            if scene.text[match.end()].isupper() and not _foreign(doc, *match.span()):
                yield Mention("sex", sex, match.start(), match.end(), rank=1)
    for begin, stop in doctors_words(scene.low):
        for sex, key in (("female", "madam"), ("male", "sir")):
            address = words_pattern("en", "person", "speakers", key).search(scene.low, begin, stop)
            if address is not None:
                yield Mention("sex", sex, *address.span(), rank=1)
    if tells_of_himself(scene.low):
        return
    for pattern, sex in ((_WIFE, "male"), (_HUSBAND, "female")):
        for match in pattern.finditer(scene.low):
            yield Mention("sex", sex, match.start(), match.end(), rank=1)


# "Mrs Lee (wife, 55) called": a title of somebody else
_NAMED_RELATIVE = quick(
    r"[a-z'-]{2,20}\s?[(,]\s?(?:the\s|his\s|her\s|pt's\s|patient's\s|a\s)?(?:wife|husband|mother|father|mum|dad|son|daughter|sister|"
    r"brother|carer|nurse|coordinator|interpreter|witness|friend|neighbour|aunt|uncle|partner|dietician|dietitian|physiotherapist)(?![a-z])"
)


_WHOLE_TITLES = frozenset({"sir", "miss", "madam", "madame", "mister", "frau", "herr", "monsieur"})


@cache
def _title(sex: str, language: str = "en") -> re.Pattern[str]:
    titles = alternation(lexicon(language)["person"]["sex"][sex + "_titles"])
    return quick(rf"(?<![a-z])(?P<word>{titles})(?P<dot>\.?) (?=[A-Z])", re.IGNORECASE)


@cache
def _noun(sex: str, language: str = "en") -> re.Pattern[str]:
    words = lexicon(language)["person"]["sex"]
    nouns = [word for word in words[sex + "_words"] if word.isascii()]
    chinese = [word for word in words[sex + "_words"] if not word.isascii()]
    return quick(
        rf"(?<![a-z-])(?:{alternation(nouns)})(?![a-z-])|(?:{alternation(chinese)})(?!友|"
        r"儿|朋|士们)"
    )


@cache
def _occupation(sex: str, language: str = "en") -> re.Pattern[str]:
    """Trades that tell the sex, where they stand as the patient's: "retired policeman", "she is a waitress"."""
    jobs = alternation(lexicon(language)["person"]["sex"][sex + "_jobs"])
    return quick(
        r"(?:^[^\S\n]*|[,;:(/|][^\S\n]?|(?<![a-z])(?:retired|former|ex|unemployed|working|works|worked|employed|married|single|widowed|"
        r"old|yo|y/o|occupation|profession|job)[\s-](?:as\s)?(?:an?\s)?|(?<![a-z])(?:he|she|patient|pt|who)(?:'s|\sis|\swas)\s(?:an?\s))"
        rf"(?P<job>{jobs})(?![a-z'-])(?!\s(?:found|saw|called|brought|came|took|said))",
        re.MULTILINE,
    )


_NOT_A_PATIENT = quick(
    r"\s?(?:partners?|subjects|patients|participants|spouse|relatives?|contraception|condoms?|"
    r"friend|doctor|nurse|physician|breast|sex partner|or\s(?:fe)?male|and\s(?:fe)?male|sex|gender|to\s(?:fe)?male|"
    r"(?:\s?(?:married|single|white|black|asian|young|elderly|adult))*\s(?:mother|father|sibling|cousin|carer|donor|doctor))(?![a-z])"
)
_A_HEADING = quick(r"s?\s?(?:subjects?|patients?|only)?\s?:\s")
_SHARE = quick(r"%\s?(?:were\s|was\s|are\s)?$|(?<![a-z])(?:any|every|each|no|if|all|can an?|if an?|when an?)\s$")


def _of_someone(doc: Doc, scene: Scene, match: re.Match[str]) -> bool:
    """ "no male partner", "male condom", "79 % male": the noun does not name the candidate."""
    low = scene.low
    if _NOT_A_PATIENT.match(low, match.end()) or qualify(doc, match.start(), match.end()).question:
        return True
    if _A_HEADING.match(low, match.end()) and low[: match.start()].rstrip(" ")[-1:] in ("", ".", ";", "\n"):
        return True  # "Female: pregnancy test n/a. Male: partner": parts of a form for either sex
    before = low[max(0, match.start() - 16) : match.start()]
    if _SHARE.search(before) or of_the_mother(doc, scene, match.start()):
        return True
    return bool(re.search(r"(?:partner is(?: an?)?|partner:?|is seeing an?|from an?) $", before))


def _foreign(doc: Doc, start: int, end: int) -> bool:
    meant = qualify(doc, start, end)
    return meant.quoted_protocol or meant.other_person is not None or meant.negated or meant.question


def _someone_else(scene: Scene) -> bool:
    people = [word for person in scene.lexicon["cues"]["people"].values() for word in person["words"]]
    pattern = quick(rf"(?<![a-z])(?:{alternation(people)})(?![a-z])")
    return bool(pattern.search(scene.low) or _STAFF.search(scene.low))


@cache
def _owned(language: str = "en") -> re.Pattern[str]:
    people = [word for person in lexicon(language)["cues"]["people"].values() for word in person["words"]]
    return quick(rf"(?<![a-z])(?P<whose>his|her)\s(?:[a-z0-9-]+\s){{0,2}}(?:{alternation(people)})(?![a-z])")


_KIN_BEFORE = {
    "her": quick(
        r"(?<![a-z])(?:mother|mum|mom|wife|sister|daughter|aunt|grandmother"
        r"|girlfriend)(?!\sof\s(?:one|two|three|four|\d))(?![a-z])"
    ),
    "his": quick(
        r"(?<![a-z])(?:father|dad|husband|brother|son|uncle|grandfather"
        r"|boyfriend)(?!\sof\s(?:one|two|three|four|\d))(?![a-z])"
    ),
}


def _pronouns(doc: Doc, scene: Scene) -> Iterator[Mention]:
    """Pronouns of the patient; none where he speaks himself, for "he" is somebody else then."""
    if tells_of_himself(scene.low):
        return
    for match in _owned().finditer(scene.low):
        cue = cue_at(doc, "other_person", match.start())
        if _KIN_BEFORE[match["whose"]].search(scene.low, max(0, match.start() - 120), match.start()):
            continue  # "the mother of a boy wrote: her son has"
        if cue is None or cue.cue_start >= match.start():  # not "his wife said her mother"
            sex = "male" if match["whose"] == "his" else "female"
            yield Mention("sex", sex, match.start(), match.start() + 3, rank=_OWNER)
            break
    dead = who_died(scene.low)
    for pattern, sex, pronoun in ((_HE, "male", "he"), (_SHE, "female", "she")):
        if pronoun in dead:
            continue
        for number, match in enumerate(pattern.finditer(scene.low)):
            if number >= _HOW_MANY:
                break
            meant = qualify(doc, match.start(), match.start())
            if meant.other_person is None and not meant.quoted_protocol and not meant.question:
                begin, _ = sentence_at(doc, match.start())
                if _KIN_BEFORE["her" if sex == "female" else "his"].search(scene.low, begin, match.start()):
                    continue  # "his mother says she"
                if of_staff(doc, scene, *match.span()) or of_the_mother(doc, scene, match.start()):
                    continue
                yield Mention("sex", sex, match.start(), match.end(), rank=_PRONOUN)
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
