"""The lexicon is edited by hand: what is wrong in it is told with its place, and every entry has a source."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.extraction import lexicon as module
from bot.extraction.grammar import grammar
from bot.extraction.lexicon import LexiconError, lexicon
from bot.extraction.lexicon_checks import mistakes

SOURCES = {"works": {"usage": "how staff write"}, "entries": {"drugs": {"*": ["usage"]}}}


def told(drugs: dict[str, object], sources: dict[str, object] = SOURCES) -> str:
    return "\n".join(mistakes({"drugs": drugs}, sources))


def test_the_english_lexicon_is_free_of_mistakes() -> None:
    assert {"drugs", "cues", "person", "staging"} <= set(lexicon("en"))


def test_a_spelling_under_two_drugs_is_refused() -> None:
    wrong = told({"chemotherapy": {"cisplatin": "cisplatin, cis", "carboplatin": "carboplatin, cis"}})
    assert wrong == 'drugs.yml: "cis" stands under both cisplatin and carboplatin.'


def test_an_entry_given_twice_and_an_empty_one_are_refused() -> None:
    assert told({"words": ["no", "not", "no"]}) == 'drugs.yml, words has "no" twice.'
    assert told({"words": ["no", ""]}) == "drugs.yml, words has an empty entry."
    assert told({"words": {}}) == "drugs.yml, words is empty."


def test_a_section_that_rasa_would_take_for_training_data_is_refused() -> None:
    assert "Rasa would take the file for training data" in told({"rules": ["must"]})


def test_a_section_without_a_source_is_refused() -> None:
    sources = {"works": {"usage": "x"}, "entries": {"drugs": {"short": ["usage"]}}}
    assert told({"short": ["cis"], "classes": ["io"]}, sources) == "sources.yml gives no source for drugs.yml, classes."


def test_a_source_must_be_a_known_work_and_name_what_exists() -> None:
    sources = {"works": {"usage": "x"}, "entries": {"drugs": {"*": ["usage"], "short.gem": ["INN"]}}}
    wrong = told({"short": {"cis": "cisplatin"}}, sources)
    assert "names INN, which is not among the works" in wrong
    assert "there is no short.gem in drugs.yml" in wrong


def test_a_work_on_which_nothing_rests_is_refused() -> None:
    sources = {"works": {"usage": "x", "INN": "y"}, "entries": {"drugs": {"*": ["usage"]}}}
    assert told({"short": ["cis"]}, sources) == "sources.yml: nothing rests on INN."


def test_another_language_needs_its_own_lexicon_and_grammar(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(LexiconError, match='no lexicon for the language "xx"'):
        lexicon("xx")
    with pytest.raises(LexiconError, match='no grammar for the language "xx"'):
        grammar("xx")
    (tmp_path / "yy").mkdir()
    (tmp_path / "yy" / "drugs.yml").write_text("language: zz\nshort: [cis]\n", encoding="utf-8")
    monkeypatch.setattr(module, "FOLDER", tmp_path)
    with pytest.raises(LexiconError, match='says that its language is "zz"'):
        lexicon("yy")


def test_a_file_that_is_no_yaml_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "yy").mkdir()
    (tmp_path / "yy" / "drugs.yml").write_text("short: [cis\n", encoding="utf-8")
    monkeypatch.setattr(module, "FOLDER", tmp_path)
    with pytest.raises(LexiconError, match=r"drugs\.yml is not readable YAML"):
        lexicon("yy")
