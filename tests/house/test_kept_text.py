"""What no kept file may hold: paths of somebody's machine, registry addresses, ID numbers of real people."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from bangfu.terms.id_number import birth_of, checksum_ok
from tests.house.tree import kept_files, shown, text_of

MACHINE_PATH = re.compile(r"(?<![\w./~-])/(?:work|tmp|root|home|Users)(?=[/\s\"'`)\]:,]|$)", re.MULTILINE)
REGISTRY = re.compile(
    r"pypi\.(?:org|python)|python[h]osted|registry\.(?:npm|yarn)|[/.]mirrors?\.|://[^\s)]+/simple\b"
)
# 429999 is a division that was never assigned: no living person has such a number.
ID_NUMBER = re.compile(
    r"(?<![0-9A-Za-z.])(?!429999)[1-9]\d{5}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![0-9A-Za-z])"
)


def places(pattern: re.Pattern[str]) -> Iterator[str]:
    for path in kept_files():
        for number, line in enumerate((text_of(path) or "").splitlines(), 1):
            for match in pattern.finditer(line):
                yield f"{shown(path)}:{number}: {match[0]}"


def test_no_machine_paths() -> None:
    assert list(places(MACHINE_PATH)) == []


def test_no_registry_addresses() -> None:
    assert list(places(REGISTRY)) == []


def is_possible(number: str) -> bool:
    """A number with a wrong check character or no calendar date of birth is nobody's."""
    return checksum_ok(number) is True and birth_of(number) is not None


def test_no_id_number_of_a_possible_person() -> None:
    assert [place for place in places(ID_NUMBER) if is_possible(place.split()[-1])] == []


def test_a_possible_number_is_told_from_an_impossible_one() -> None:
    assert is_possible("429999198002290018")
    assert not is_possible("429999198002290019")
    assert not is_possible("429999198002300010")


@pytest.mark.parametrize(
    ("pattern", "bad", "good"),
    [
        (MACHINE_PATH, "see /" + "tmp/x", "out/tmp/x"),
        (REGISTRY, "https://pypi" + ".org/simple", "the registry"),
        (ID_NUMBER, "42112" + "1195001011234", "429999195001011234"),
    ],
)
def test_the_patterns_tell_good_from_bad(pattern: re.Pattern[str], bad: str, good: str) -> None:
    assert pattern.search(bad)
    assert not pattern.search(good)
