"""Mistakes in data files are refused with file, line and a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.catalogue import DATA, DoorError, concepts, drug_name, drugs, load_yaml, stage_meaning
from bot.catalogue.concepts import read_concepts
from bot.catalogue.drugs import read_drugs
from bot.catalogue.staging import read_staging


def written(folder: Path, text: str) -> Path:
    path = folder / "file.yml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a: [1\n", "file.yml:2: not valid YAML"),
        ("a: \x07\n", "file.yml:1: not valid YAML"),
        ("", "file.yml:1: the file must hold a mapping"),
        ("- a\n", "file.yml:1: the file must hold a mapping"),
        ("a: 1\nb: 2\na: 3\n", "file.yml:3: the key 'a' is here twice"),
        ("no: 1\n", "file.yml:1: the key 'no' must be a text; put it in quotes"),
        ("? [a]\n: 1\n", "file.yml:1: the key"),
        ("a: !!set {b}\n", "file.yml:1"),
        ("a:\n  - !own x\n", "file.yml:2: the tag '!own' is not used here"),
        ("a: !!int x\n", "file.yml:1: 'x' is not a int"),
    ],
)
def test_bad_yaml(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(DoorError) as refused:
        tree = load_yaml(written(tmp_path, text))
        tree.only(())
    assert str(refused.value).startswith(says)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DoorError, match="there is no such file"):
        load_yaml(tmp_path / "none.yml")


def test_values_keep_their_kind(tmp_path: Path) -> None:
    tree = load_yaml(written(tmp_path, "a: 1\nb: 1.5\nc: yes\nd: null\ne: 2026-11-22\nf: [x, {g: h}]\n9: nine\n"))
    assert tree == {"a": 1, "b": 1.5, "c": True, "d": None, "e": "2026-11-22", "f": ["x", {"g": "h"}], 9: "nine"}
    assert tree.take("z", str, "default") == "default"
    for key, kind, says in (("a", str, "a text"), ("c", int, "a whole number"), ("b", (bool, dict), "yes or no")):
        with pytest.raises(DoorError, match=says):
            tree.take(key, kind)
    with pytest.raises(DoorError, match="a list of names"):
        tree.names("f")
    with pytest.raises(DoorError, match="must have a text"):
        tree.words("z")


GOOD = """\
ecog:
  label: ECOG
  kind: integer
  range: [0, 5]
  cost: 1
  samples: [0, 1]
sex:
  label: Sex
  kind: choice
  values: {female: f, male: m}
  cost: 1
"""


def test_a_small_concept_file(tmp_path: Path) -> None:
    assert set(read_concepts(written(tmp_path, GOOD))) == {"ecog", "sex"}


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("kind: integer", "kind: integr", "file.yml:3: unknown kind 'integr'; did you mean 'integer'?"),
        ("label: ECOG", "labl: ECOG", "file.yml:2: unknown key 'labl'"),
        ("  label: ECOG\n", "", "file.yml:2: the key 'label' is missing here"),
        ("cost: 1\n  samples", "cost: 4\n  samples", "file.yml:5: cost must be one of"),
        ("  values: {female: f, male: m}\n", "", "needs values"),
        ("range: [0, 5]", "range: [5, 0]", "file.yml:4: impossible range [5, 0]"),
        ("range: [0, 5]", "range: [0, x]", "file.yml:4: impossible range"),
        ("range: [0, 5]", "range: [0]", "needs its range"),
        ("cost: 1\n", "cost: 1\n  range: [0, 1]\n", "range"),
        ("samples: [0, 1]", "samples: [0, 7]", "file.yml:6: a sample is not possible"),
        ("  samples: [0, 1]\n", "", "samples are missing"),
        ("m}\n  cost: 1", "m}\n  cost: 1\n  samples: [male]", "a choice needs no samples"),
        ("m}\n  cost: 1", "m}\n  cost: 1\n  range: [1, 2]", "a choice has no range"),
        ("m}\n  cost: 1", "m}\n  cost: 1\n  gates: {eco: male}", "file.yml:12: unknown fact 'eco'"),
        ("m}\n  cost: 1", "m}\n  cost: 1\n  gates: {ecog: man}", "'man' is no value of sex"),
        ("m}\n  cost: 1", "m}\n  cost: 1\n  or_else: [eco]", "unknown fact 'eco'"),
        ("kind: integer\n  range: [0, 5]", "kind: date\n  range: [2000-01-01, 2001-01-01]", None),
        (
            "kind: integer\n  range: [0, 5]\n  cost: 1\n  samples: [0, 1]",
            "kind: date\n  range: [2000-01-01, 2001-01-01]\n  cost: 1\n  samples: [x]",
            "samples of a date are whole days",
        ),
    ],
)
def test_mistakes_in_the_concepts(tmp_path: Path, old: str, new: str, says: str | None) -> None:
    assert old in GOOD
    path = written(tmp_path, GOOD.replace(old, new, 1))
    if says is None:
        read_concepts(path)
        return
    with pytest.raises(DoorError) as refused:
        read_concepts(path)
    assert says in str(refused.value)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("cisplatin: {kind: platin}\n", "file.yml:1: unknown kind 'platin'; did you mean 'platinum'?"),
        ("a: {kind: pd1}\nb: {kind: pd1, also: [a]}\n", "file.yml:2: 'a' is here twice"),
        ("A: {kind: pd1}\n", "lower case"),
    ],
)
def test_mistakes_in_the_drugs(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(DoorError) as refused:
        read_drugs(written(tmp_path, text))
    assert says in str(refused.value)


def test_a_stage_group_twice_in_an_edition(tmp_path: Path) -> None:
    with pytest.raises(DoorError, match="stage IVA is here twice in edition 9"):
        read_staging(written(tmp_path, "editions:\n  9: {M0: [IVA], M1: [IVA]}\n"))


def test_the_drugs_are_what_the_reference_says() -> None:
    kinds = {name: drug.kind for name, drug in drugs().items()}
    assert kinds["nedaplatin"] == "platinum"
    assert kinds["penpulimab"] == "pd1"
    assert kinds["tagitanlimab"] == "pdl1"
    assert kinds["ivonescimab"] == "pd1_bispecific"
    assert drug_name("5-fu") == "fluorouracil"
    assert drug_name("compound 17") == "compound 17"


def test_the_stage_groups_are_what_the_editions_say() -> None:
    assert stage_meaning("IVB", 7) is None
    meaning = stage_meaning("IVB", 9)
    assert meaning is not None
    assert (meaning.m, meaning.echo) == ("M1b", True)


def test_no_key_is_one_that_rasa_would_take_for_training_data() -> None:
    ours = [*DATA.glob("*.yml"), *(DATA / "protocols").glob("*.yml")]
    keys = tuple(f"{key}:" for key in ("rules", "stories", "responses", "nlu"))
    for path in ours:
        assert not any(line.strip().startswith(keys) for line in path.read_text().splitlines()), path


def test_every_gate_and_stand_in_is_a_fact() -> None:
    assert len(concepts()) == 37
    assert concepts()["age_years"].or_else == ("birth_date",)
