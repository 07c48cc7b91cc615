"""Remembering what was found by exactly the facts that it rests on.

A question tree grows as candidates are judged: each branch asks for the fact that the judgement read next,
each leaf holds what it found. The same answers in the same order give the same finding, so nothing else has
to be compared.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from bot.eligibility.known import Known, fine_facts

Found = TypeVar("Found")
REMEMBERED = 32_768
"""Leaves kept per tree; then it starts anew, so memory stays bounded whatever comes in."""


class Leaf(Generic[Found]):
    """What was found, and the facts that were read for it, in order."""

    __slots__ = ("found", "read")

    def __init__(self, found: Found, read: tuple[str, ...]) -> None:
        self.found, self.read = found, read


class Branch(dict[object, Any]):
    """The next fact that the judgement reads, and what follows by its value: a Branch, a Leaf or, if new, None."""

    __slots__ = ("fact",)

    def __init__(self, fact: str) -> None:
        self.fact = fact

    def __missing__(self, value: object) -> None:
        return None


class Remembering(Generic[Found]):
    """A judgement, and the leaves for the facts that it has read.

    judge must be pure and say in its Leaf every fact that it read, in the order of reading; which fact comes
    next may depend only on the values read before.
    """

    __slots__ = ("_judge", "_left", "_root", "_size")

    def __init__(self, judge: Callable[[Known], Leaf[Found]], size: int = REMEMBERED) -> None:
        self._judge, self._size, self._left = judge, size, size
        self._root: Branch | Leaf[Found] | None = None

    def __call__(self, facts: Known) -> Leaf[Found]:
        """The leaf for these facts."""
        node: Any = self._root
        while node.__class__ is Branch:  # quicker than isinstance, and this loop is where the time goes
            node = node[facts[node.fact]]
        leaf: Leaf[Found] = node if node is not None else self._learn(facts)
        return leaf

    def find(self, facts: Known) -> Found:
        """What was found for these facts."""
        node: Any = self._root
        while node.__class__ is Branch:
            node = node[facts[node.fact]]
        leaf: Leaf[Found] = node if node is not None else self._learn(facts)
        return leaf.found

    def _learn(self, facts: Known) -> Leaf[Found]:
        leaf = self._judge(facts)
        if len(fine_facts().intersection(leaf.read)) > 1:
            return leaf  # two days hardly come together again
        if self._left == 0:
            self._root, self._left = None, self._size
        self._left -= 1
        if not leaf.read:
            self._root = leaf
            return leaf
        if not isinstance(self._root, Branch):
            self._root = Branch(leaf.read[0])
        branch = self._root
        for fact, following in zip(leaf.read, leaf.read[1:], strict=False):
            value = facts[fact]
            next_branch = branch[value]
            if not isinstance(next_branch, Branch):
                next_branch = branch[value] = Branch(following)
            branch = next_branch
        branch[facts[leaf.read[-1]]] = leaf
        return leaf
