"""Settings: readings of the protocol that its text leaves open, declared in the file and set from outside."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from bot.catalogue import YamlMap
from bot.catalogue.door import unknown
from bot.protocol.model import Setting


class SettingError(ValueError):
    """A setting that does not exist, or a value that it cannot have. The message is one sentence."""


def read_settings(owner: YamlMap, wanted: Mapping[str, object]) -> Mapping[str, Setting]:
    """The settings of a file with the wanted values in force.

    Raises DoorError for the file, SettingError for wishes.
    """
    table = owner.take("settings", dict, {})
    declared = {name: _setting(name, table.take(name, dict)) for name in table}
    for name in wanted:
        if name not in declared:
            raise SettingError(unknown("setting", name, declared))
    return MappingProxyType(
        {name: _with_value(s, wanted[name]) if name in wanted else s for name, s in declared.items()}
    )


def _setting(name: str, entry: YamlMap) -> Setting:
    entry.only(("means", "default"), ("values", "range", "informational"))
    if ("values" in entry) == ("range" in entry):
        raise entry.error(f"setting {name} needs either values or a range")
    limits = entry.take("range", list)
    if limits is not None and not (
        len(limits) == 2 and all(type(limit) is int for limit in limits) and limits[0] < limits[1]
    ):
        raise entry.error(f"impossible range {limits!r}", "range")
    values = {value: str(label) for value, label in entry.take("values", dict, {}).items()}
    setting = Setting(
        name=name,
        value=None,
        default=entry["default"],
        means=entry.words("means"),
        values=MappingProxyType(values),
        limits=(limits[0], limits[1]) if limits is not None else None,
        informational=entry.take("informational", bool, False),
    )
    try:
        return _with_value(setting, entry["default"])
    except SettingError as error:
        raise entry.error(str(error), "default") from None


def _with_value(setting: Setting, value: object) -> Setting:
    """The setting with a value in force. Text from a command line is taken for a number where one is due."""
    if setting.limits is not None:
        low, high = setting.limits
        if isinstance(value, str):
            value = int(value) if value.isdecimal() else None if value in ("null", "none") else value
        if value is not None and not (type(value) is int and low <= value <= high):
            raise SettingError(f"setting {setting.name} is a whole number from {low} to {high}, or null, not {value!r}")
    elif value not in setting.values:
        raise SettingError(unknown(f"value of setting {setting.name}", value, setting.values))
    return Setting(
        setting.name,
        value,
        setting.default,
        setting.means,
        setting.values,
        setting.limits,
        setting.informational,
    )
