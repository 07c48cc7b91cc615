"""Whether the therapy was adequate, in the investigator's judgement; never concluded from the number of cycles."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc

from bot.extraction.mention import Answer, Mention, Scene
from bot.extraction.qualifiers import qualify

_WORK = r"(?:therapy|treatment|chemo\w*|course|regimen|first[\s-]line(?:\s(?:therapy|treatment|chemo\w*))?|1l)"
_ADEQUATE = re.compile(
    rf"(?<![a-z])(?P<no>in|not\s(?:considered\s|judged\s|deemed\s|"
    rf"felt\sto\sbe\s)?)?adequate(?:ly)?\s(?:first[\s-]line\s|prior\s|systemic\s|"
    rf"systematic\s|1l\s)*(?:therapy|treatment|treated|chemo\w*|course)(?![a-z])"
    rf"|(?<![a-z]){_WORK}\s?(?:[:=|]\s?)?(?:(?:is|was|were|as|has|been|considered|judged|"
    rf"deemed|rated|found|called|to|be|being|clearly|fully|quite|felt|"
    rf"said)\s){{0,5}}(?P<no2>in|not\s(?:\w+\s)?)?adequate(?![a-z])"
    rf"|(?<![a-z])(?P<no5>(?:does\snot|doesn't|did\snot|didn't|"
    rf"not)\sconsider\s(?:[\w-]+\s){{1,7}}adequate|not\senough\s(?:\w+\s)?{_WORK}|"
    rf"insufficient\s(?:\w+\s)?{_WORK})(?![a-z])"
    rf"|(?<![a-z])(?P<no4>adequacy)(?:\sof\s(?:the\s)?{_WORK})?\s?[:=|]\s?(?:insufficient|inadequate|no\b|not)"
    rf"|"
    rf"(?<![a-z])(?P<no3>in)?adequacy\sof\s(?:the\s)?(?:\w+\s)?{_WORK}[^.;\n]{{0,14}}?(?:confirmed|"
    rf"accepted|agreed|yes|documented)(?![a-z])"
)
_ADEQUATE_NO = re.compile(
    r"^[\s,?]{0,3}(?:(?:per )?(?:the )?(?:pi|investigator)\s?)?(?:says\s|[:=|]|-)\s?(?:no\b|"
    r"not\b|n\b)"
)


def adequacy_in(doc: Doc, scene: Scene) -> Iterator[Mention]:
    """The investigator's judgement where the text gives it."""
    for match in _ADEQUATE.finditer(scene.low):
        context = qualify(doc, match.start(), match.end())
        if context.foreign or context.planned or context.other_cancer:
            continue
        denied = (
            match["no"] is not None
            or match["no2"] is not None
            or match["no3"] is not None
            or match["no4"] is not None
            or match["no5"] is not None
            or context.negated
        )
        denied = denied or bool(_ADEQUATE_NO.match(scene.low[match.end() : match.end() + 30]))
        doubted = context.uncertain and not re.match(
            r"^\s?\?\s?(?:pi|investigator|yes|no|y\b|n\b)", scene.low[match.end() : match.end() + 16]
        )
        if doubted:
            yield Mention(
                "therapy_adequate",
                None,
                *match.span(),
                "whether the therapy was adequate is given with a doubt",
                (True, False),
            )
        else:
            yield Mention("therapy_adequate", not denied, *match.span())


# "PI says adequate", "judged not adequate by the PI", "inadequate"
_WHO_JUDGES = r"(?:the )?(?:pi|investigator|principal investigator|doctor|oncologist|he|she|we)"
_STATED = re.compile(
    rf"(?:(?:yes|no),? )?(?:(?:per|according to) {_WHO_JUDGES},? )?"
    rf"(?:{_WHO_JUDGES} (?:says|said|thinks|judges?|judged|considers?|considered|finds|found|calls|called|deems)"
    r"(?: (?:it|this|the therapy|the treatment|that))?(?: (?:is|was|to be))? )?"
    r"(?:(?:it )?(?:is|was|were|has been) )?(?:(?:judged|considered|deemed|rated|found|felt|called)(?: to be| as)? )?"
    r"(?P<no>in(?=ad|suf)|not (?:judged |considered |deemed )?|never )?(?:adequate|sufficient|enough)"
    rf"(?: (?:by|per|according to|in the view of) {_WHO_JUDGES})?"
)


def answer_adequate(text: str, scene: Scene) -> Answer | None:
    """ "adequate", "the PI says it is" once the adequacy was asked for."""
    bare = text.strip(" .,!()").lower()
    stated = _STATED.fullmatch(bare)
    if stated:
        return Answer(stated["no"] is None)
    if re.fullmatch(
        r"(?:in|not )adequate|insufficient|(?:the )?(?:pi|investigator|doctor|she|he)\s(?:says|"
        r"thinks|judges|said)\s(?:no|not|it (?:isn't|is not|was not|wasn't))",
        bare,
    ):
        return Answer(False)
    if re.fullmatch(
        r"(?:yes,? )?(?:it was |it is )?(?:adequate|sufficient|enough)(?: (?:per|according to|"
        r"says) (?:the )?(?:pi|investigator))?|(?:the )?(?:pi|investigator|doctor|she|"
        r"he)\s(?:says|thinks|judges|said|confirms|confirmed|agrees)(?:\s(?:so|yes|it is|it was|"
        r"that it (?:is|was)|it(?:'s)? adequate))?",
        bare,
    ):
        return Answer(True)
    return None
