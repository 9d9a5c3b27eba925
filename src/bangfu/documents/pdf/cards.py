"""明白卡: what a household is entitled to and what it received, on a sheet of A4 that it keeps at home."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from itertools import chain, groupby, islice
from pathlib import Path
from typing import Any, Literal

from bangfu.documents.pdf.press import Press

_PER_FILE = (
    100  # a stack that one person carries; it also bounds the memory, about 2 MB a card while a file is made
)
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


@dataclass(frozen=True)
class Member:
    name: str
    relation: str
    id_number: str
    """As it may be shown: masked by the caller."""
    note: str = ""


@dataclass(frozen=True)
class Entitlement:
    """What the household may have: the standard in words, and where to ask."""

    programme: str
    person: str
    standard: str
    office: str = ""


@dataclass(frozen=True)
class Receipt:
    """What it received: amount in fen, None for what is not money (then `note` says what)."""

    programme: str
    person: str
    amount: int | None
    when: str
    note: str = ""


@dataclass(frozen=True)
class Contact:
    role: str
    name: str
    phone: str
    unit: str = ""


@dataclass(frozen=True)
class Card:
    village: str
    household_no: str
    head: str
    status: str
    members: Sequence[Member]
    entitlements: Sequence[Entitlement]
    receipts: Sequence[Receipt]
    contacts: Sequence[Contact]
    facts: Sequence[tuple[str, str]] = ()
    """More about the household: 组别, 住址, 主要致贫原因 …"""
    last_year: Sequence[Receipt] = ()
    """What it received the whole year before; early in a year that is what a household remembers."""


@dataclass(frozen=True)
class Office:
    """Whose cards they are. `complaints` says how to complain, line by line."""

    town: str
    name: str
    phone: str
    year: int
    as_of: date
    complaints: Sequence[str] = ()
    title: str = "帮扶政策明白卡"


def card_pdf(card: Card, office: Office, press: Press | None = None) -> bytes:
    """One household's card."""
    content: bytes = (press or Press()).print("cards", _values([card], office), day=office.as_of)
    return content


def cards_pdf(
    cards: Iterable[Card],
    folder: Path,
    office: Office,
    *,
    per: Literal["village", "household"] = "village",
    progress: Callable[[int], None] = lambda done: None,
    press: Press | None = None,
) -> list[Path]:
    """Files in the folder, each written whole or not at all; `progress` hears how many cards are done.

    Cards come in the order of their villages and are never held all at once. A village of more than 100 households
    has several files. A household's file is named by its number, not by a person.
    """
    press = press or Press()
    folder.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    taken: set[str] = set()
    done = 0
    for wanted, chunk in _chunks(cards, per):
        path = folder / f"{_free(wanted, taken)}.pdf"
        unfinished = path.with_suffix(".part")
        unfinished.write_bytes(press.print("cards", _values(chunk, office), day=office.as_of))
        unfinished.replace(path)
        if len(chunk) > 1:
            press.forget()
        written.append(path)
        done += len(chunk)
        progress(done)
    return written


def _chunks(cards: Iterable[Card], per: str) -> Iterator[tuple[str, list[Card]]]:
    if per == "household":
        for card in cards:
            yield f"{card.village}-{card.household_no}", [card]
        return
    for village, group in groupby(cards, key=lambda card: card.village):
        rest: Iterator[Card] = iter(group)
        first = 1
        while chunk := list(islice(rest, _PER_FILE)):
            following = list(islice(rest, 1))
            rest = chain(following, rest)
            last = first + len(chunk) - 1
            yield (f"{village}（第{first}—{last}户）" if first > 1 or following else village), chunk
            first = last + 1


def _free(wanted: str, taken: set[str]) -> str:
    base = _NOT_IN_NAMES.sub("_", wanted).strip(" .") or "明白卡"
    name, number = base, 1
    while name.casefold() in taken:
        number += 1
        name = f"{base}({number})"
    taken.add(name.casefold())
    return name


# -- what the layout reads ---------------------------------------------------------------------------


def _values(cards: Sequence[Card], office: Office) -> dict[str, Any]:
    shown = {**asdict(office), "as_of": f"{office.as_of.year}年{office.as_of.month}月{office.as_of.day}日"}
    return {"office": shown, "cards": [_card(card) for card in cards]}


def _card(card: Card) -> dict[str, Any]:
    return {
        **asdict(card),
        "receipts": _receipts(card.receipts),
        "total": _total(card.receipts),
        "last_year": _receipts(card.last_year),
        "last_total": _total(card.last_year),
    }


def _receipts(receipts: Sequence[Receipt]) -> list[dict[str, Any]]:
    return [{**asdict(one), "amount": _yuan(one.amount)} for one in receipts]


def _total(receipts: Sequence[Receipt]) -> str:
    amounts = [one.amount for one in receipts if one.amount is not None]
    return _yuan(sum(amounts)) if amounts else ""


def _yuan(fen: int | None) -> str:
    return "" if fen is None else f"{Decimal(fen) / 100:,.2f}"
