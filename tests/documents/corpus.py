"""Annotated texts: loads them from their files, takes the marks out and computes where each quantity stands.

A text carries its quantities in square brackets: `[824户]`, with a key where a relation speaks of it
`[a:824户]`, `[?三项保障]` where a reader may or may not see one, `[a:二十余个=20个]` where the value does not
show to the plain conversion (`=30000~50000元` for a range). Relations follow, one a line:

    sum a b c = d                 holds (`=` or `≤`)
    part p > w | 分项大于总数      does not hold (`≠` or `>`), and the cause that was planted
    restated a ? b | 口径不明      the text does not settle it
    counted_list = n items=4      words with `=` after the stated key are options: items, cap, per
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, cached_property
from pathlib import Path

import yaml

from tests.documents.numerals import Amount, parse_amount

CORPUS, PASSAGES = Path(__file__).parent / "corpus", Path(__file__).parent / "passages"
WIDE, HELD = PASSAGES / "wide", PASSAGES / "held"
"""Passages by later writers, with more figures that have nothing to do with the claim; reports from which nothing is learned."""
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The quick one where the library was built with it: six thousand files are read."""
MARK = re.compile(r"\[(\?)?(?:([a-z][a-z0-9]*):)?([^\[\]=]+)(?:=([^\[\]]+))?\]")
EXPLICIT = re.compile(r"(-?[\d./]+)(?:~([\d./]+))?(\D*)")
HOLDS = {"=": True, "≤": True, "≠": False, ">": False, "?": None}


class BadAnnotation(Exception):
    """An annotation that cannot be read: the file, and what is wrong with it."""


@dataclass(frozen=True)
class Quantity:
    text: str
    start: int
    end: int
    key: str
    amount: Amount
    optional: bool
    stated_apart: bool
    """Whether the annotator wrote the value out instead of leaving it to the conversion."""


@dataclass(frozen=True)
class Relation:
    kind: str
    members: tuple[str, ...]
    stated: str
    holds: bool | None
    options: dict[str, Fraction]
    cause: str


@dataclass(frozen=True)
class Text:
    name: str
    kind: str
    part: str
    plain: str
    quantities: tuple[Quantity, ...]
    relations: tuple[Relation, ...]

    def quantity(self, key: str) -> Quantity:
        return self._by_key[key]

    @cached_property
    def _by_key(self) -> Mapping[str, Quantity]:
        return {quantity.key: quantity for quantity in self.quantities if quantity.key}

    def violations(self) -> list[Relation]:
        return [relation for relation in self.relations if relation.holds is False]


@cache
def load_corpus(folder: Path = CORPUS) -> Sequence[Text]:
    """Every text of the folder's parts (`seen`, `learned`, `judged`, `trusted`, `blind`), in the order of their files."""
    return tuple(load_text(path) for path in sorted(folder.glob("*/*.yaml")))


def load_passages(folder: Path = PASSAGES) -> list[Text]:
    """Short passages with a claim or two each; a file is a list of texts with their relations."""
    return [
        read_entry(f"{path.stem} {at}", path.stem, "passages", entry)
        for path in sorted(folder.glob("*.yaml"))
        for at, entry in enumerate(yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER))
    ]


def load_text(path: Path) -> Text:
    content = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)
    return read_entry(path.stem, content["kind"], path.parent.name, content)


def read_entry(name: str, kind: str, part: str, content: Mapping[str, str]) -> Text:
    plain, quantities = read_marks(name, content["text"])
    relations = tuple(read_relations(name, content.get("relations") or ""))
    return Text(name, kind, part, plain, quantities, relations)


def read_marks(name: str, annotated: str) -> tuple[str, tuple[Quantity, ...]]:
    plain, last, quantities = "", 0, []
    for mark in MARK.finditer(annotated):
        plain += annotated[last : mark.start()]
        start, last = len(plain), mark.end()
        plain += mark[3]
        amount = amount_of(name, mark[3], mark[4])
        quantities.append(
            Quantity(mark[3], start, len(plain), mark[2] or "", amount, bool(mark[1]), bool(mark[4]))
        )
    plain += annotated[last:]
    if "[" in plain or "]" in plain:
        raise BadAnnotation(f"{name}: a bracket that is no mark: {plain[max(plain.find('['), 0) :][:20]}")
    return plain, tuple(quantities)


def amount_of(name: str, text: str, explicit: str | None) -> Amount:
    derived = parse_amount(text)
    if explicit is None:
        if derived is None:
            raise BadAnnotation(f"{name}: {text}: write its value out")
        return derived
    match = EXPLICIT.fullmatch(explicit)
    if match is None:
        raise BadAnnotation(f"{name}: {text}={explicit}: expected a number and a unit")
    high = Fraction(match[2]) if match[2] else None
    ulp, approx = (derived.ulp, derived.approx) if derived else (Fraction(0), approx_of(text))
    return Amount(Fraction(match[1]), match[3], approx, ulp, high)


def approx_of(text: str) -> str:
    return next((word for word in ("余", "多", "近", "约", "几", "左右", "以上") if word in text), "")


def read_relations(name: str, lines: str) -> Iterator[Relation]:
    for line in filter(str.strip, lines.splitlines()):
        said, _, cause = line.partition("|")
        words = said.split()
        signs = [place for place, word in enumerate(words) if word in HOLDS]
        if len(signs) != 1 or len(words) < signs[0] + 2:
            raise BadAnnotation(f"{name}: {line}: expected KIND members =|≠|≤|>|? stated")
        sign = signs[0]
        options = {key: Fraction(value) for key, _, value in (w.partition("=") for w in words[sign + 2 :])}
        members = tuple(words[1:sign])
        yield Relation(words[0], members, words[sign + 1], HOLDS[words[sign]], options, cause.strip())
