"""Ways to say a number that other writers have, and words that only look like one: every quantity, and nothing else."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from bangfu.documents.reading.read import read_text

PHRASES: dict[str, str] = yaml.safe_load(Path(__file__).with_name("phrases.yaml").read_text(encoding="utf-8"))
SAID = [line for part in ("numerals", "units") for line in PHRASES[part].splitlines()]
EXPECTED = re.compile(r"(?P<text>\S+)=(?P<value>[\d.]+)(?P<unit>\D+)")
CLOSE = Decimal("0.0001")


@pytest.mark.parametrize("line", SAID)
def test_every_quantity_of_a_phrase_is_read_and_nothing_else(line: str) -> None:
    phrase, _, said = line.partition(" | ")
    expected = [EXPECTED.fullmatch(word) for word in said.split()]
    found = read_text(phrase).quantities
    assert [(one.text, one.base_unit) for one in found] == [
        (one["text"], one["unit"]) for one in expected if one
    ]
    for one, match in zip(found, expected, strict=True):
        assert match is not None
        assert abs(one.base_value - Decimal(match["value"])) <= Decimal(match["value"]) * CLOSE
        assert phrase[one.start : one.end] == one.text


@pytest.mark.parametrize("phrase", PHRASES["look_alikes"].splitlines())
def test_nothing_is_read_in_a_phrase_without_a_quantity(phrase: str) -> None:
    assert [one.text for one in read_text(phrase).quantities] == []
