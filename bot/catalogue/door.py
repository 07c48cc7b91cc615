"""YAML at the door: every value knows its line, and a mistake names file, line and what is wrong.

The trees are ordinary dicts and lists that carry their lines, so that data can be read as data.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any

import yaml

DATA = Path(__file__).resolve().parents[2] / "data"

_PLAIN = {"null", "bool", "int", "float", "str"}


class DoorError(ValueError):
    """A data file that cannot be used: "file.yml:12: sentence"."""


class YamlMap(dict[Any, Any]):
    """A mapping that knows its file, its line and the line of each entry."""

    def __init__(self, file: str, line: int) -> None:
        super().__init__()
        self.file, self.line, self.lines = file, line, dict[object, int]()

    def error(self, sentence: str, key: object = None) -> DoorError:
        """The mistake at an entry, or at the mapping itself."""
        return DoorError(f"{self.file}:{self.lines.get(key, self.line)}: {sentence}")

    def only(self, required: Iterable[str], optional: Iterable[str] = ()) -> None:
        """Raises DoorError for a key that is not known here or one that is missing."""
        required = tuple(required)
        allowed = {*required, *optional}
        for key in self:
            if key not in allowed:
                raise self.error(f"{unknown('key', key, allowed)}", key)
        for key in required:
            if key not in self:
                raise self.error(f"the key {key!r} is missing here")

    def take(self, key: str, kind: type | tuple[type, ...], default: Any = None) -> Any:
        """The entry if it is of the kind, the default if it is absent. Raises DoorError otherwise.

        A bool is never taken for a number.
        """
        if key not in self:
            return default
        value, kinds = self[key], kind if isinstance(kind, tuple) else (kind,)
        if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
            names = " or ".join(_KIND_NAMES.get(k, k.__name__) for k in kinds)
            raise self.error(f"{key} must be {names}, not {value!r}", key)
        return value

    def words(self, key: str) -> str:
        """A text that is there and not blank, with its line breaks folded."""
        text = " ".join(str(self.take(key, str, "")).split())
        if not text:
            raise self.error(f"{key} must have a text", key)
        return text

    def names(self, key: str) -> tuple[str, ...]:
        """A list of texts, empty if absent."""
        values = self.take(key, list, [])
        if not all(isinstance(v, str) for v in values):
            raise self.error(f"{key} must be a list of names, not {values!r}", key)
        return tuple(values)


class YamlList(list[Any]):
    """A list that knows its file and line."""

    def __init__(self, file: str, line: int) -> None:
        super().__init__()
        self.file, self.line = file, line


_KIND_NAMES = {
    str: "a text", bool: "yes or no", int: "a whole number", float: "a number", list: "a list",
    dict: "a mapping",
}  # fmt: skip


def unknown(what: str, name: object, allowed: Collection[Any]) -> str:
    """ "unknown key 'agee'; did you mean 'age'?" or the choices, where nothing is near."""
    near = difflib.get_close_matches(str(name), [str(a) for a in allowed], n=1)
    hint = f"did you mean {near[0]!r}?" if near else f"known: {', '.join(sorted(map(str, allowed)))}"
    return f"unknown {what} {name!r}; {hint}"


def load_yaml(path: Path) -> YamlMap:
    """The mapping in a YAML file. Raises DoorError for a missing file, bad YAML, repeated or non-text keys.

    Dates are kept as text and numbers as numbers; tags and merge keys are refused.
    """
    try:
        root = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except FileNotFoundError:
        raise DoorError(f"{path.name}:1: there is no such file in {path.parent.name}") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark is not None else 1
        raise DoorError(f"{path.name}:{line}: not valid YAML ({str(error).splitlines()[0]})") from None
    tree = _tree(root, path.name) if root is not None else None
    if not isinstance(tree, YamlMap):
        raise DoorError(f"{path.name}:1: the file must hold a mapping")
    return tree


def _tree(node: yaml.Node, file: str) -> Any:
    line = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        mapping = YamlMap(file, line)
        for key_node, value_node in node.value:
            key, at = _tree(key_node, file), key_node.start_mark.line + 1
            if isinstance(key, (bool, float, list, dict)) or key is None:
                raise DoorError(f"{file}:{at}: the key {key_node.value!r} must be a text; put it in quotes")
            if key in mapping:
                raise DoorError(f"{file}:{at}: the key {key!r} is here twice")
            mapping[key], mapping.lines[key] = _tree(value_node, file), at
        return mapping
    if isinstance(node, yaml.SequenceNode):
        items = YamlList(file, line)
        items.extend(_tree(item, file) for item in node.value)
        return items
    return _scalar(node, file, line)


def _scalar(node: yaml.Node, file: str, line: int) -> Any:
    tag = node.tag.rpartition(":")[2]
    if tag == "timestamp":
        return node.value
    if tag not in _PLAIN or not node.tag.startswith("tag:yaml.org,2002:"):
        raise DoorError(f"{file}:{line}: the tag {node.tag!r} is not used here")
    if tag == "str":
        return node.value
    try:
        return _plain_value(node)
    except ValueError:
        raise DoorError(f"{file}:{line}: {node.value!r} is not a {tag}") from None


class _Values(yaml.constructor.SafeConstructor):
    """PyYAML's own reading of plain scalars, without a stream."""


def _plain_value(node: yaml.Node) -> Any:
    return _Values().construct_object(node)
