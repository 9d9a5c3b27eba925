"""A verification -> coloured pieces of its text, for a page that shows the text with its doubts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from bangfu.documents.verification import Doubt, Verification

Look = Literal["plain", "quantity", "member", "error", "suspicion", "reminder", "question"]
_GRAVITY: tuple[Look, ...] = ("error", "suspicion", "reminder", "question", "member", "quantity")


@dataclass(frozen=True)
class Highlight:
    """A piece of the text, whole and in order; `doubts` are indexes into the verification's doubts."""

    text: str
    look: Look
    quantity: int | None = None
    doubts: tuple[int, ...] = ()
    title: str = ""


def highlights(verification: Verification) -> Iterator[Highlight]:
    """The whole text, cut at its quantities; joined, the pieces are the text again."""
    stated, members = _doubted(verification)
    text, at = verification.source.text, 0
    for index, quantity in enumerate(verification.reading.quantities):
        if quantity.start > at:
            yield Highlight(text[at : quantity.start], "plain")
        doubts = stated.get(index, [])
        look = _look([verification.doubts[number] for number in doubts], is_member=index in members)
        title = "\n".join(verification.doubts[number].remark for number in doubts)
        yield Highlight(quantity.text, look, index, tuple(doubts or members.get(index, [])), title)
        at = quantity.end
    if at < len(text):
        yield Highlight(text[at:], "plain")


def _doubted(verification: Verification) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
    stated: dict[int, list[int]] = defaultdict(list)
    members: dict[int, list[int]] = defaultdict(list)
    for number, doubt in enumerate(verification.doubts):
        stated[doubt.relation.stated].append(number)
        for member in doubt.relation.members:
            members[member].append(number)
    return stated, members


def _look(doubts: list[Doubt], *, is_member: bool) -> Look:
    looks: list[Look] = ["question" if doubt.is_question else _of_severity(doubt) for doubt in doubts]
    if not looks:
        return "member" if is_member else "quantity"
    return min(looks, key=_GRAVITY.index)


def _of_severity(doubt: Doubt) -> Look:
    return (
        "error" if doubt.severity == "error" else "suspicion" if doubt.severity == "suspicion" else "reminder"
    )
