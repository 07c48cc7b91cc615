"""What an installation chooses: protocol, settings, protocol folder, and what day it is. For adapters only.

Servers hand these choices to each other through the environment: CANDID_PROTOCOL, CANDID_SETTINGS (JSON),
CANDID_PROTOCOLS (a folder), CANDID_TODAY (an ISO date that stands in for today in tests and demonstrations).
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from bot.protocol import PROTOCOLS, Protocol, SettingError, load_protocol

DEFAULT_PROTOCOL = "nct07188584"


def today() -> date:
    """Today, or the day that stands in for it."""
    given = os.environ.get("CANDID_TODAY")
    return date.fromisoformat(given) if given else date.today()


def protocols_folder(given: Path | None = None) -> Path:
    """The folder with the protocol files: as given, else $CANDID_PROTOCOLS, else the project's own."""
    if given is not None:
        return given
    named = os.environ.get("CANDID_PROTOCOLS", "")
    return Path(named) if named else PROTOCOLS


def settings_of(pairs: Sequence[str]) -> dict[str, object]:
    """`NAME=VALUE` texts as settings. Raises SettingError for one without an equals sign."""
    settings: dict[str, object] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals:
            raise SettingError(f"--set takes NAME=VALUE, not {pair!r}")
        settings[name.strip()] = value.strip()
    return settings


def environment(protocol: str, settings: Sequence[str], folder: Path | None = None) -> dict[str, str]:
    """The choices as environment variables, checked first: LookupError, SettingError or DoorError where they fail."""
    chosen = settings_of(settings)
    place = protocols_folder(folder)
    load_protocol(protocol, chosen, place)
    return {
        "CANDID_PROTOCOL": protocol,
        "CANDID_SETTINGS": json.dumps(chosen),
        "CANDID_PROTOCOLS": str(place.resolve()),
    }


def active_protocol() -> Protocol:
    """The protocol that this process was told to screen for, with its settings."""
    name = os.environ.get("CANDID_PROTOCOL", DEFAULT_PROTOCOL)
    return load_protocol(name, json.loads(os.environ.get("CANDID_SETTINGS", "{}")), protocols_folder())
