"""What a row leaves out although it stands right beside it: an item before the total, or the one that makes the row come out."""

from __future__ import annotations

from bangfu.documents.certain.rows.candidate import Candidate, Rows, class_of
from bangfu.documents.certain.rows.numbers import comes_out

_AFTER = 6


def skips_nearest(rows: Rows, one: Candidate) -> bool:
    """…218户,小微企业3户,各项共766户次: what stands between the row and its total belongs to the row."""
    if "side=before" not in one.signs:
        return False
    last, total = rows.scene.place_of(one.members[-1]), rows.scene.place_of(one.total)
    return any(
        class_of(each) == class_of(one.total)
        and each.sentence == one.total.sentence
        and rows.able(each)
        and "其中" not in each.gap
        for each in rows.scene.mentions[last + 1 : total]
    )


def is_completed(rows: Rows, one: Candidate) -> bool:
    """…脱贫11户33人,目前还有2户5人未脱贫: the next one or two of its sentence make it come out."""
    if "side=after" not in one.signs:
        return False
    place = rows.scene.place_of(one.members[-1])
    kin = [
        each
        for each in rows.scene.mentions[place + 1 : place + _AFTER]
        if class_of(each) == class_of(one.total) and each.sentence == one.members[-1].sentence
    ]
    return any(comes_out((*one.members, *kin[:more]), one.total) for more in (1, 2) if len(kin) >= more)
