"""Shares of several figures together: 属实和部分属实占53.6%; and shares that make up all of something that is not stated."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import partial

from bangfu.documents.arithmetic.relation import shown
from bangfu.documents.claims.claim import Claim
from bangfu.documents.claims.cues import Sight
from bangfu.documents.claims.share_forms import NO_PARTS, PARTS_BACK, Share
from bangfu.documents.reading.structure import Mention


def joint_shares(sight: Sight, share: Share) -> Iterator[Claim]:
    """属实41件,部分属实55件,不属实83件,属实和部分属实占53.6%: two or three together of one said, or of the whole row."""
    before = sight.scene.before(share.mention, paragraph=True)[-PARTS_BACK:]
    rows = [before[at : at + length] for length in (2, 3) for at in range(len(before) - length + 1)]
    for row in rows:
        if not all(one.is_like(row[0]) and one.quantity.kind not in NO_PARTS for one in row):
            continue
        amount = sum((one.quantity.base_value for one in row), Decimal(0))
        wholes = [one for one in before if one.is_like(row[0]) and one not in row]
        found: list[tuple[Decimal, tuple[Mention, ...]]] = [
            (one.quantity.base_value, (one,)) for one in wholes
        ]
        if wholes:
            found.append(
                (amount + sum((one.quantity.base_value for one in wholes), Decimal(0)), tuple(wholes))
            )
        for value, others in found:
            ratio = amount / value if value else Decimal(0)
            if share.mention.quantity.is_exact and share.mention.quantity.states(ratio):
                way = f"({'+'.join(one.quantity.text for one in row)})÷{shown(value, row[0].quantity)}"
                yield Claim(
                    "share",
                    (*row, *others),
                    share.mention,
                    ratio,
                    ratio,
                    ratio,
                    way,
                    False,
                    partial(_joint_cues, share, len(row), len(others)),
                )


def _joint_cues(share: Share, parts: int, others: int) -> Iterator[str]:
    yield from (f"joint.{cue}" for cue in share.cues)
    yield f"joint={parts}"
    yield f"joint.of={'row' if others > 1 else 'one'}"
