"""The filters of a ledger's list as they stand in the address, and what is wrong with them.

The text that is searched may name a person: it is posted, and never part of an address.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict

from bangfu.ledger.wanted import EMPTY, LedgerFilter, code_fields, own_column, year_fields
from bangfu.ledger.watches.due import Now
from bangfu.ledger.watches.known import watches
from bangfu.registry.editing.choices import choices_of
from bangfu.terms.model import Table

SHOWN = 3
"""Filters by label that stand beside the text; the others are folded away."""
_FIRST_YEAR = 2014
_LONGEST = 40
_FIRST = ("programme", "state", "loan_kind", "post_name", "kind", "project_type", "period_kind")


@dataclass(frozen=True)
class Choice:
    """A filter that is chosen from a list: its name in the address, and value -> words."""

    name: str
    label: str
    options: Mapping[str, str]
    value: str = ""

    @property
    def words(self) -> str:
        return self.options.get(self.value, "")


@dataclass(frozen=True)
class Asked:
    """What a request asks of a list; `wrong` says which filters cannot be and are left out."""

    filter: LedgerFilter
    after: str
    choices: tuple[Choice, ...]
    more: tuple[Choice, ...]
    wrong: tuple[str, ...] = field(default=())

    @property
    def values(self) -> dict[str, str]:
        chosen = {one.name: one.value for one in (*self.choices, *self.more) if one.value}
        told = {"period": self.filter.period, "watch": self.filter.watch}
        return {**chosen, **{name: value for name, value in told.items() if value}}

    @property
    def query(self) -> str:
        """The address of what is seen, without the text."""
        told = {**self.values, **({"after": self.after} if self.after else {})}
        return f"?{urlencode(told)}" if told else ""

    @property
    def filters(self) -> str:
        """The same from its first page."""
        return f"?{urlencode(self.values)}" if self.values else ""

    @property
    def is_narrowed(self) -> bool:
        return self.filter.is_narrowed

    @property
    def programme(self) -> str:
        return self.filter.codes.get("programme", "")

    @property
    def is_more(self) -> bool:
        """Whether one of the folded filters is chosen."""
        return any(one.value for one in self.more) or bool(self.filter.period)

    def in_words(self) -> str:
        """For a heading or an exported sheet: never the text."""
        watch = watches().get(self.filter.watch)
        parts = [f"{watch.group}：{watch.label}" if watch else "", self.filter.period]
        parts += [one.words for one in (*self.choices, *self.more)]
        parts.append("按姓名或号码查找" if self.filter.text.strip() else "")
        return "，".join(part for part in parts if part)


def asked_by(request: HttpRequest, table: Table, villages: Mapping[int, str], now: Now) -> Asked:
    """Of a search that was posted or an address that was opened."""
    given = request.POST if request.method == "POST" else request.GET
    wrong: list[str] = []
    choices = [_chosen(choice, given, wrong) for choice in _choices(table, villages, now)]
    value = {choice.name: choice.value for choice in choices if choice.value}
    codes = {one.name: value[one.name] for one in code_fields(table) if one.name in value}
    watch = given.get("watch", "")
    asked = LedgerFilter(
        text=given.get("q", "")[: _LONGEST * 2],
        village=int(value["village"]) if "village" in value else None,
        year=int(value["year"]) if "year" in value else None,
        period=given.get("period", "").strip()[:_LONGEST] if own_column(table.name, "period") else "",
        codes=codes,
        watch=watch if watch in watches() and watches()[watch].table == table.name else "",
    )
    beside = sum(choice.name in ("village", "year") for choice in choices) + SHOWN
    return Asked(
        asked, given.get("after", ""), tuple(choices[:beside]), tuple(choices[beside:]), tuple(wrong)
    )


def _choices(table: Table, villages: Mapping[int, str], now: Now) -> Iterator[Choice]:
    if len(villages) > 1 and own_column(table.name, "village_key"):
        yield Choice("village", "村", {str(key): name for key, name in villages.items()})
    for by in year_fields(table)[:1]:
        years = range(now.day // 10_000 + 1, _FIRST_YEAR - 1, -1)
        label = "年度" if by.unit == "year" else f"{by.label.removesuffix('日期')}年份"
        yield Choice("year", label, {str(year): f"{year} 年" for year in years})
    fields = code_fields(table)
    fields.sort(key=lambda one: _FIRST.index(one.name) if one.name in _FIRST else len(_FIRST))
    for one in fields:
        labels = choices_of(one, now.policy, now.day).labels
        yield Choice(one.name, one.label, {**labels, EMPTY: "（未填）"})


def _chosen(choice: Choice, given: QueryDict, wrong: list[str]) -> Choice:
    value = given.get(choice.name, "")
    if value and value not in choice.options:
        wrong.append(f"“{choice.label}”没有“{value[:20]}”这一项，没有按它筛选")
        value = ""
    return Choice(choice.name, choice.label, choice.options, value)
