"""Whether amounts stay below their likeliest limits, and what is said again, or is a part, comes out."""

from __future__ import annotations

import numpy as np

from bangfu.documents.linking.likeliest.codes import (
    ALONE_BY,
    EXCEEDED,
    KEPT,
    LIKELY,
    OF_LIMIT,
    OF_REPEATED,
    OF_WHOLE,
    Looked,
)


def limits(looked: Looked) -> None:
    """An amount against its limit, times as many as are limited where that is likely."""
    values, everything = looked.values, looked.everything
    (limit, likely), (count, likely_many) = looked.best("limit"), looked.best("limited")
    is_there, is_many = likely >= LIKELY, (likely_many >= LIKELY) & (count != limit)
    times = np.where(is_many, values.values[count] + values.slack[count], 1.0)
    low = values.values - values.slack - np.abs(values.values) * 1e-9
    member, stated = looked.likely("limit")
    above = low[stated] > values.values[member] * times[stated]
    codes = np.where(above, EXCEEDED, KEPT) + np.where(is_many[stated], 0, ALONE_BY)
    looked.tell("limit", member, stated, codes.astype(np.uint8))
    member, stated = looked.likely("limited")
    most = values.values[limit[stated]] * (values.values[member] + values.slack[member])
    codes = np.where(low[stated] > most, EXCEEDED, KEPT) + np.where(is_there[stated], 0, ALONE_BY)
    looked.tell("limited", member, stated, codes.astype(np.uint8))
    looked.figures[:, OF_LIMIT] = np.where(is_there, looked.told("limit", limit, everything), 0)


def repetitions(looked: Looked) -> None:
    """What a figure repeats, and what it is a part of: 1 where it comes out, 2 where it does not."""
    values = looked.values
    low, high = values.values - values.slack, values.values + values.slack
    for column, arc in ((OF_REPEATED, "restated"), (OF_WHOLE, "part")):
        best, chances = looked.best(arc)
        comes_out = low[best] <= high
        if arc == "restated":
            comes_out &= high[best] >= low
        looked.figures[:, column] = np.where(chances >= LIKELY, np.where(comes_out, 1, 2), 0)
