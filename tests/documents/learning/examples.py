"""An annotated text -> its claims as the reader weighs them, and which of them the annotator meant."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import yaml

from bangfu.documents.arithmetic.relation import Relation as Read
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.arithmetic.witnesses import witnesses
from bangfu.documents.claims.weighing import Contest, Contests, Weighed, contests
from bangfu.documents.reading.read import Reading, read_text
from tests.documents.corpus import Relation, Text, load_text

KINDS = frozenset(
    [
        "sum",
        "share",
        "growth",
        "average",
        "standard_multiple",
        "difference",
        "restated",
        "households_persons",
        "order",
        "part",
        "standard_cap",
        "unit_slip",
    ]
)
_ALIKE = frozenset({"average", "standard_multiple"})
_ROWS = frozenset({"order", "part", "sum", "difference"})


@dataclass(frozen=True)
class Meant:
    """An annotated relation in the places of the reading."""

    relation: Relation
    everything: frozenset[int]
    stated: int


@dataclass
class Example:
    name: str
    part: str
    scene: Scene
    contests: Contests
    gold: dict[Contest, list[int]]
    meant: list[Meant]
    witnesses: tuple[Read, ...]
    missed: int
    """Violations whose quantities were not read."""

    @property
    def faults(self) -> list[Meant]:
        return [one for one in self.meant if one.relation.holds is False]

    @property
    def culprits(self) -> set[int]:
        return {one.stated for one in self.faults}


def load_examples(folders: list[str]) -> list[Example]:
    return [example(load_text(path)) for folder in folders for path in sorted(Path(folder).glob("*.yaml"))]


def example(text: Text) -> Example:
    reading = read_text(text.plain)
    scene = Scene(reading)
    found = contests(scene)
    meant = meant_in(text, reading)
    gold = {contest: _gold(several, meant) for contest, several in found.items()}
    faults = sum(one.holds is False and one.kind in KINDS for one in text.relations)
    read = sum(one.relation.holds is False and one.relation.kind in KINDS for one in meant)
    return Example(text.name, text.part, scene, found, gold, meant, witnesses(scene), faults - read)


def meant_in(text: Text, reading: Reading) -> list[Meant]:
    """The annotated relations whose figures were all read."""
    places: dict[str, int] = {}
    for quantity in text.quantities:
        over = [
            at
            for at, one in enumerate(reading.quantities)
            if one.start < quantity.end and quantity.start < one.end
        ]
        if over and quantity.key:
            places[quantity.key] = over[0]
    found = []
    for relation in text.relations:
        keys = [*relation.members, relation.stated]
        if all(key in places for key in keys):
            everything = frozenset(places[key] for key in keys)
            if relation.kind in _ALIKE:
                terms = {at for at in everything if reading.quantities[at].kind == "time"}
                everything -= terms - {places[relation.stated]}
            found.append(Meant(relation, everything, places[relation.stated]))
    return found


def says_all(everything: frozenset[int], meant: frozenset[int], reading: Reading) -> bool:
    """Whether each of the amounts meant is among the others, wherever the text says it."""
    amounts, wanted = (
        Counter((reading.quantities[at].base_unit, reading.quantities[at].base_value) for at in several)
        for several in (everything, meant)
    )
    return wanted <= amounts


def _gold(several: list[Weighed], meant: list[Meant]) -> list[int]:
    return [at for at, one in enumerate(several) if any(_is_meant(one, other) for other in meant)]


def _is_meant(one: Weighed, meant: Meant) -> bool:
    kind, claim = meant.relation.kind, one.claim
    if kind not in KINDS or meant.relation.holds is None or meant.relation.holds is not one.holds:
        return False
    everything = claim.everything
    if kind == "unit_slip":
        return (
            claim.kind not in _ROWS
            and meant.everything <= everything
            and len(everything) <= len(meant.everything) + 1
        )
    if kind == "standard_cap":
        return claim.kind == kind and meant.everything <= everything
    if kind in _ALIKE and claim.kind in _ALIKE:
        return meant.everything <= everything
    return everything == meant.everything


def load_sentences(path: Path) -> list[Example]:
    """Sentences that are known to be sound or faulty; what they claim is what the finders of whole sentences say."""
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    texts = [*content["sound"], *(case["text"] for case in content["faulty"])]
    return [_sentence(f"sentence {at}", str(text)) for at, text in enumerate(texts)]


def _sentence(name: str, text: str) -> Example:
    reading = read_text(text)
    scene = Scene(reading)
    found, seen = contests(scene), witnesses(scene)
    meant = [_witnessed(one) for one in seen if one.kind in KINDS and one.holds is not None]
    gold = {contest: _gold(several, meant) for contest, several in found.items()}
    return Example(name, "sentences", scene, found, gold, meant, seen, 0)


def _witnessed(relation: Read) -> Meant:
    annotated = Relation(relation.kind, (), "", relation.holds, {}, relation.explanation)
    return Meant(annotated, frozenset({*relation.members, relation.stated}), relation.stated)
