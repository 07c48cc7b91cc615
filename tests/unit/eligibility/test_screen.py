"""`candid screen`: lines in, lines out."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.deployment import protocols_folder
from bot.eligibility.evaluation import judge_of
from bot.protocol import load_protocol
from bot.screen import Screen, lines_of, main, run
from tests.unit.eligibility.test_questions import MAN, TODAY

SECOND = Path(__file__).parents[2] / "protocols"


def screened(data: bytes, **settings: Any) -> tuple[int, list[dict[str, Any]]]:
    out = io.BytesIO()
    screen = Screen(judge_of(load_protocol(settings=settings)), TODAY)
    status = run(io.BytesIO(data), out.write, out.flush, screen)
    return status, [json.loads(line) for line in out.getvalue().splitlines()]


def line(identifier: object, facts: Any, **more: Any) -> bytes:
    return json.dumps({"id": identifier, "facts": facts, **more}).encode() + b"\n"


def test_each_line_is_answered_in_its_place() -> None:
    status, answers = screened(line("a", MAN) + b"\n  \n" + line(2, {**MAN, "ecog": 2}) + line(None, {})[:-1])
    assert status == 0
    assert [a["id"] for a in answers] == ["a", 2, None]
    assert [a["decision"] for a in answers] == ["meets_inclusion", "excluded", "incomplete"]
    first = answers[0]["criteria"][0]
    assert set(first) >= {"id", "status", "because", "quote", "remedy"}
    assert first["quote"] == "Age: 18 years - 70 years."


@pytest.mark.parametrize(
    ("bad", "identifier", "says"),
    [
        (b"nonsense\n", None, "not valid JSON"),
        (b"\xff\xfe\n", None, "not valid JSON"),
        (b'{"id": 7, "facts": {"ecog": NaN}}\n', None, "not valid JSON"),
        (b"[]\n", None, "not a JSON object"),
        (line("x", None), "x", "facts"),
        (b'{"id": "x"}\n', "x", "facts"),
        (line("x", {"eco": 1}), "x", "did you mean 'ecog'"),
        (line("x", {"eco": None}), "x", "did you mean 'ecog'"),
        (line("x", {"ecog": 7}), "x", "0 to 5"),
        (line("x", {"chemo_agents": [["cisplatin"]]}), "x", "list of names"),
        (line("x", {}, reference_date="22.11.2026"), "x", "reference_date"),
        (line("x", {}, reference_date=20261122), "x", "reference_date"),
        (line("x", {}, reference_date=["2026-11-22"]), "x", "reference_date"),
        (line("x", {}, reference_date="0001-01-01"), "x", "reference_date"),
    ],
)
def test_a_bad_line_is_an_error_in_its_place(bad: bytes, identifier: object, says: str) -> None:
    status, answers = screened(line("before", MAN) + bad + line("after", MAN))
    assert status == 1
    assert [a["id"] for a in answers] == ["before", identifier, "after"]
    assert says in answers[1]["error"]
    assert "Line 2" in answers[1]["error"]
    assert "decision" in answers[2]


def test_relative_to_its_own_reference_date() -> None:
    facts = {"birth_date": "1955-11-23"}
    data = line(1, facts, reference_date="2026-11-22") + line(2, facts, reference_date="2026-11-23")
    _, answers = screened(data * 2)
    assert [a["criteria"][0]["status"] for a in answers] == ["met", "not_met"] * 2


def test_settings_show_in_the_notes() -> None:
    _, answers = screened(line(1, {**MAN, "metastatic_lesion_count": 2}), m1a_policy="met")
    assert answers[0]["decision"] == "meets_inclusion"
    assert any("m1a_policy is met (default review)" in note for note in answers[0]["notes"])


def test_a_byte_order_mark_and_lines_in_pieces() -> None:
    class Pieces:
        def __init__(self, *pieces: bytes) -> None:
            self.pieces = list(pieces)

        def read1(self, size: int) -> bytes:
            return self.pieces.pop(0) if self.pieces else b""

    assert list(lines_of(Pieces(b"\xef\xbb\xbfa\nb", b"c\n", b"d"))) == [[b"a"], [b"bc"], [b"d"]]
    assert list(lines_of(Pieces(b"\xef\xbb\xbfabc", b"\n"))) == [[b"abc"]]
    assert list(lines_of(Pieces())) == []


def test_files_as_arguments(tmp_path: Path) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_bytes(line("a", MAN))
    assert main([str(source), str(target)]) == 0
    assert json.loads(target.read_bytes())["id"] == "a"
    source.write_bytes(b"nonsense\n")
    assert main([str(source), "-o", str(target)]) == 1
    assert json.loads(target.read_bytes())["id"] is None


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--set", "m1a_policy=maybe"], "m1a_policy"),
        (["--set", "m1a_polic=met"], "did you mean 'm1a_policy'"),
        (["--set", "m1a_policy"], "NAME=VALUE"),
        (["--set", "min_chemo_cycles=0"], "from 1 to 12"),
        (["--protocol", "nct"], "unknown protocol"),
        (["no-such-file.jsonl"], "no-such-file"),
        (["--colour"], "unrecognized"),
    ],
)
def test_a_wrong_call_is_refused_with_a_sentence(
    arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    assert says in capsys.readouterr().err


def test_help_is_no_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    assert "--protocol" in capsys.readouterr().out


def test_another_protocol_needs_a_file_and_no_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    facts = {"birth_date": "2005-11-20", "icf_date": "2026-11-21", "ecog": 2, "metastatic_lesion_count": 5}
    source.write_bytes(line("a", facts, reference_date="2026-11-22"))
    call = [str(source), str(target), "--protocol", "second"]
    assert main([*call, "--protocols-dir", str(SECOND)]) == 0
    answer = json.loads(target.read_bytes())
    assert answer["decision"] == "meets_inclusion"
    assert [c["id"] for c in answer["criteria"]] == ["adult", "fitness", "few"]
    monkeypatch.setenv("CANDID_PROTOCOLS", str(SECOND))
    assert protocols_folder(None) == SECOND
    assert main([*call, "--set", "worst_allowed=1"]) == 0
    assert json.loads(target.read_bytes())["decision"] == "excluded"


@pytest.mark.parametrize(
    ("facts", "status"),
    [
        ({"metastatic_lesion_count": 6, "response": "PR"}, "not_met"),
        ({"metastatic_lesion_count": 6, "response": "CR"}, "met"),
        ({"metastatic_lesion_count": 6}, "unknown"),
        ({"metastatic_lesion_count": 0, "response": "PR"}, "review"),
        ({"response": "CR"}, "met"),
    ],
)
def test_either_of_two_conditions(facts: dict[str, Any], status: str) -> None:
    from bot.eligibility import evaluate

    protocol = load_protocol("second", folder=SECOND)
    assert evaluate(protocol, facts, date(2026, 11, 22)).finding("few").status == status


def test_a_reader_that_goes_away_is_no_crash() -> None:
    code = "import sys; from bot.screen import main; sys.exit(main([]))"
    data = line("a", MAN) * 3000
    run = subprocess.run(
        ["/bin/sh", "-c", f"{sys.executable} -c '{code}' | head -c 100"],
        input=data, capture_output=True, check=True, env={**os.environ, "PYTHONPATH": str(Path.cwd())},
    )  # fmt: skip
    assert b"Traceback" not in run.stderr
