"""Totals that stand after their items, told where words or another computation of the text leave no doubt."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bangfu.documents.arithmetic.scene import total_of
from bangfu.documents.certain.rows.candidate import Candidate, Rows
from bangfu.documents.certain.rows.named import named
from bangfu.documents.certain.rows.numbers import comes_out
from bangfu.documents.certain.rows.points import PROVED
from bangfu.documents.certain.rows.proofs import are_all_computed, is_computed, mended, slip_of, unit_mended
from bangfu.documents.certain.rows.readings import has_other_reading
from bangfu.documents.certain.rows.said import Said, is_of_period, is_planned, said_of
from bangfu.documents.certain.rows.scopes import (
    Items,
    Scope,
    are_periods,
    scopes,
    stands_in_table,
    with_tiny,
)
from bangfu.documents.certain.rows.signs import signs_of
from bangfu.documents.certain.rows.words import OVERLAP
from bangfu.documents.reading.structure import Mention

_NEAR = frozenset({"clause", "segment"})
_TIGHT = re.compile(r"[^。;\n\d]{0,24}[。;\n]?\n?[^。;\n\d]{0,24}")
_OPEN = re.compile(r"等[,。;)]|余[户人亩元万亿个名]|多[户人亩元万亿个名]|近\d|约\d")
_LONG = 4


def closed(rows: Rows) -> Iterator[Candidate]:
    items = Items(rows)
    for total in rows.scene.mentions:
        if not total.quantity.is_exact or total.quantity.per or stands_in_table(rows, total):
            continue
        if rows.is_whole(total) or is_of_period(total):
            yield from _closed(rows, items, total)


def _closed(rows: Rows, items: Items, total: Mention) -> Iterator[Candidate]:
    said = said_of(rows, total)
    if said.is_rest or not (said.anything or said.closes_piece or total.quantity.kind == "money"):
        return
    earlier = items.before(total)
    called = [Scope(one, "named") for one in named(rows, total, items, said.words)]
    found = [*called, *scopes(rows, total, earlier, said)]
    tails = [one.members[at:] for one in found for at in range(len(one.members) - 1)]
    if any(_is_exactly(one, total) for one in tails):
        return
    readings = _Sound(rows, total, earlier, tails, len(called) == 1, said)
    for scope in (*found, *with_tiny(items, total)):
        if any(one.quantity.base_value == total.quantity.base_value for one in scope.members):
            continue
        signs = _signs(rows, scope, total, said)
        if not signs or (not _is_meant(scope, total, signs) and readings.is_sound(scope)):
            continue
        if scope.level == "named" and len(called) == 1:
            signs.add("named-sure")
        signs = _weighed(rows, scope.members, total, signs, said)
        if not _is_doubtful(rows, scope.members, total, signs):
            yield Candidate(scope.members, total, frozenset(signs))


class _Sound:
    """Whether figures near make the total up in another way; asked only where a row would be told."""

    def __init__(
        self,
        rows: Rows,
        total: Mention,
        earlier: Sequence[Mention],
        tails: Sequence[Sequence[Mention]],
        named_alone: bool,
        said: Said,
    ) -> None:
        self._rows, self._total, self._earlier, self._said = rows, total, earlier, said
        self._tails, self._named_alone = tails, named_alone
        self._known: dict[bool, bool] = {}

    def is_sound(self, scope: Scope) -> bool:
        """A row in its own sentence is not put in doubt by figures of earlier sentences."""
        own = scope.level == "clause" and scope.members[0].sentence == self._total.sentence
        if own not in self._known:
            self._known[own] = self._found(own)
        return self._known[own]

    def _found(self, own: bool) -> bool:
        if any(comes_out(one, self._total) for one in self._tails):
            return True
        near = [one for one in self._earlier if not own or one.sentence == self._total.sentence]
        return not self._named_alone and has_other_reading(self._rows, near, self._total, self._said.number)


def _weighed(rows: Rows, members: Sequence[Mention], total: Mention, signs: set[str], said: Said) -> set[str]:
    """With what speaks for any row, without what the words of this one refute."""
    signs = signs | signs_of(rows, members, total, "")
    if signs & PROVED and not ("mended" in signs and "number=same" not in signs):
        signs.discard("item-far-above")
    if said.number is not None:
        signs.discard("open")
    if not any(one.quantity.unit.endswith("次") for one in members):
        signs.discard("times")
    return signs


def _is_meant(scope: Scope, total: Mention, signs: set[str]) -> bool:
    """Whether the words settle the row though other figures near come out: by number, or but for a forgotten last."""
    if signs & PROVED:
        return True
    if {"number=same", "tight"} <= signs and len(scope.members) > 2 and "slip=none" not in signs:
        return True
    if len(scope.members) < _LONG or not {"strong", "tight"} <= signs:
        return False
    return _is_exactly(scope.members[:-1], total)


def _is_exactly(members: Sequence[Mention], total: Mention) -> bool:
    return total.quantity.states(total_of(members))


def _is_doubtful(rows: Rows, members: Sequence[Mention], total: Mention, signs: set[str]) -> bool:
    """Whether something speaks against the row that the points do not weigh."""
    if "mended" in signs:
        if "level=line" in signs and "said" not in signs and not _are_called_alike(members):
            return True
        return not _may_be_mended(signs, total)
    if "another-total" in signs and "strong" not in signs:
        return True
    if is_planned(total) and not any(is_planned(one) for one in members):
        return True
    between = rows.flat[members[0].quantity.start : total.quantity.start]
    if OVERLAP.search(rows.scene.sentence_words(total)) or _OPEN.search(between):
        return True
    if members[-1].gap.endswith("各") or rows.depth(total) > rows.depth(members[-1]):
        return True
    return is_computed(rows, total, members[-1], total.quantity.base_value, total)


def _are_called_alike(members: Sequence[Mention]) -> bool:
    """兑现48万元; 兑现37.2万元: each line ends with the same word and figure."""
    return len({one.left.rstrip("了为计共约 ")[-2:] for one in members}) == 1 and len(members[0].left) > 1


def _may_be_mended(signs: set[str], total: Mention) -> bool:
    """Small counts come out by chance; of money that was multiplied out, few do."""
    if "item-far-above" in signs:
        return False
    if total.quantity.kind == "money":
        return True
    near = {"level=clause", "level=segment", "level=named", "number=same"}
    return "another-total" not in signs and bool(signs & near)


def _signs(rows: Rows, scope: Scope, total: Mention, said: Said) -> set[str]:
    """What is said for the row; empty where nothing is."""
    members, level = scope.members, scope.level
    signs = {"side=before", f"level={level}"}
    if level == "tiny":
        return signs | {"unit-mended"} if unit_mended(members, total) is not None else set()
    counted = len(members) == (said.piece_number if level == "called" else said.number)
    if counted:
        signs.add("number=same")
    if _TIGHT.fullmatch(rows.between(members[-1], total)):
        signs.add("tight")
    certain = level == "named" or (level == "called" and (said.closes_piece or counted))
    claimed = said.strong or said.weak or said.above or said.more or counted or certain
    lines = level == "line" and len(members) > 2 and total.quantity.kind == "money"
    if (claimed or lines or level in _NEAR) and mended(rows, members, total, sure=claimed) is not None:
        return signs | {"mended"} | ({"said"} if claimed else set())
    if not claimed:
        return set()
    if unit_mended(members, total) is not None:
        return signs | {"unit-mended"}
    periods = said.more and are_periods(rows, members)
    sure = said.strong or said.above or counted or periods or certain
    if not sure and (level not in _NEAR or (len(members) < 3 and not said.more and not said.weak)):
        return set()
    if sure and are_all_computed(rows, members, total):
        signs.add("all-computed")
    slip = slip_of(members, total)
    if not slip and not (said.strong or said.above or counted or certain):
        return signs if "all-computed" in signs else set()
    signs.add(f"slip={slip or 'none'}")
    signs.add("strong" if said.strong or (level == "called" and certain) else "weak")
    if said.above:
        signs.add("above")
    if periods:
        signs.add("periods")
    if said.number is not None and not counted:
        signs.add("number=other")
    return signs
