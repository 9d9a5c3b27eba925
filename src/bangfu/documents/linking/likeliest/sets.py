"""How the likeliest sums and remainders come out, and whether they do with one figure more or less."""

from __future__ import annotations

import numpy as np

from bangfu.documents.linking.likeliest.codes import LIKELY, NO_SET, OF_REST, OF_SUM, SURE, Looked
from bangfu.documents.linking.values import EXACT, LEVELS, Flags, Floats, Ints, Levels, levels_of


def sums(looked: Looked) -> None:
    values, chances = looked.values, looked.chances["item"]
    inside = chances > SURE
    totals, slack = inside.T @ values.values, inside.T @ values.slack
    _tell_set(looked, "item", inside, totals, slack, 1.0, least=2)
    looked.figures[:, OF_SUM] = _set_level(looked, totals, slack, inside.sum(axis=0) >= 2)


def remainders(looked: Looked) -> None:
    values, everything = looked.values, looked.everything
    wholes, taken = looked.chances["whole"], looked.chances["taken"]
    inside = taken > SURE
    alone = ~inside.any(axis=0) & (taken.max(axis=0) >= LIKELY)
    inside[taken.argmax(axis=0)[alone], everything[alone]] = True
    whole = wholes.argmax(axis=0)
    is_there = wholes[whole, everything] >= LIKELY
    inside[whole, everything] &= ~is_there
    less, loose = inside.T @ values.values, inside.T @ values.slack
    totals, slack = values.values[whole] - less, values.slack[whole] + loose
    known = is_there & inside.any(axis=0)
    base = _set_level(looked, totals, slack, known)
    _tell_set(looked, "taken", inside, totals, slack, -1.0, least=1, known=is_there)
    member, stated = looked.likely("whole")
    with_this = levels_of(
        values,
        stated,
        values.values[member] - less[stated] + np.where(inside[member, stated], values.values[member], 0.0),
        values.slack[member] + loose[stated],
    )
    looked.tell(
        "whole", member, stated, _set_code(member == whole[stated], _plain(base, stated), with_this == EXACT)
    )
    looked.figures[:, OF_REST] = base


def _tell_set(
    looked: Looked,
    arc: str,
    inside: Flags,
    totals: Floats,
    slack: Floats,
    sign: float,
    *,
    least: int,
    known: Flags | None = None,
) -> None:
    values, several = looked.values, inside.sum(axis=0)
    is_there = several >= least if known is None else known & (several >= least)
    base = _set_level(looked, totals, slack, is_there)
    member, stated = looked.likely(arc)
    is_in = inside[member, stated]
    change = np.where(is_in, -sign, sign)
    turned = levels_of(
        values,
        stated,
        totals[stated] + change * values.values[member],
        np.maximum(slack[stated] + np.where(is_in, -1.0, 1.0) * values.slack[member], 0.0),
    )
    enough = (several[stated] + np.where(is_in, -1, 1) >= least) & (known is None or known[stated])
    looked.tell(arc, member, stated, _set_code(is_in, _plain(base, stated), (turned == EXACT) & enough))


def _set_level(looked: Looked, totals: Floats, slack: Floats, known: Flags) -> Levels:
    """0 where there is no set, else one more than how it comes out."""
    levels = levels_of(looked.values, np.arange(len(totals)), totals, slack)
    return np.where(known, levels + 1, 0).astype(np.uint8)


def _plain(base: Levels, stated: Ints) -> Levels:
    return np.where(base[stated] > 0, base[stated] - 1, NO_SET).astype(np.uint8)


def _set_code(is_in: Flags, level: Levels, turned: Flags) -> Levels:
    return (1 + (is_in.astype(np.uint8) * (LEVELS + 1) + level) * 2 + turned).astype(np.uint8)
