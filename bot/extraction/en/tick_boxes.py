"""Forms with boxes to tick: what was not ticked is not said, so it is blanked out, and so are the boxes."""

from __future__ import annotations

import re

from bot.extraction.quick import quick

_BOX = quick(r"\[(?P<a>[ xX✓✔_]?)\]|(?P<b>[☐□❏❑☑☒■✅])|\((?P<c>[ xX✓✔])\)(?!\w)")
_TICKED = "xX✓✔☑☒■✅"
_QUESTION = quick(r"\s{2,}(?=[A-Z][^\[\]☐□]{2,40}[:?])|;\s|\n")


def without_unticked(text: str) -> str:
    """The text with the options whose box is empty, and all boxes, as blanks; as long as before.

    "Test: [ ] neg [x] pos" keeps "Test: pos", "0 □ 1 □ 2 ■" keeps "2"; a line without any tick says nothing at all.
    """
    if _BOX.search(text) is None:
        return text
    kept: list[str] = []
    at = 0
    for match in _QUESTION.finditer(text):
        kept += [_ticked(text[at : match.start()]), match.group()]
        at = match.end()
    return "".join([*kept, _ticked(text[at:])])


def _ticked(question: str) -> str:
    boxes = list(_BOX.finditer(question))
    if not boxes:
        return question
    if not any((box.group("a") or box.group("b") or box.group("c") or " ") in _TICKED for box in boxes):
        return " " * len(question)  # left empty: not even its label says anything
    signs = list(question)
    behind = not re.sub(r"^\s{3,}.*$", "", question[boxes[-1].end() :], flags=re.DOTALL).strip(" ._")
    lead = question[: boxes[0].start()]
    first = len(lead) - len(lead.split(":")[-1] if ":" in lead else (lead.split() or [""])[-1]) - (":" not in lead)
    for index, box in enumerate(boxes):
        mark = next((group for group in box.groups() if group is not None), "")
        begin, end = box.span()
        if behind:
            begin = boxes[index - 1].end() if index else first
        else:
            end = boxes[index + 1].start() if index + 1 < len(boxes) else len(question)
        if mark and mark in _TICKED:
            begin, end = box.span()
        signs[begin:end] = " " * (end - begin)
    return "".join(signs)
