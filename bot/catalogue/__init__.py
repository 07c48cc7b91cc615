"""The catalogue: YAML checked at the door, the concepts, the drugs, the staging table."""

from bot.catalogue.check import check_fact, check_facts, drug_name
from bot.catalogue.concepts import concepts
from bot.catalogue.door import DATA, DoorError, YamlList, YamlMap, load_yaml
from bot.catalogue.drugs import Drug, drugs
from bot.catalogue.staging import StageMeaning, stage_meaning

__all__ = [
    "DATA",
    "DoorError",
    "Drug",
    "StageMeaning",
    "YamlList",
    "YamlMap",
    "check_fact",
    "check_facts",
    "concepts",
    "drug_name",
    "drugs",
    "load_yaml",
    "stage_meaning",
]
