"""The filters of the list as they stand in the address, and what is wrong with them.

The text that is searched is a name or a number of a person: it is posted, and never part of an address.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict

from bangfu.policy.given import labels_at
from bangfu.registry.listing import HouseholdFilter
from bangfu.registry.standing import MONITORED, REMOVED, STATUSES

STATES = (*STATUSES[:1], STATUSES[1], MONITORED, REMOVED, *STATUSES[2:])
SORTS = {"name": "按户主拼音"}
FIRST_YEAR = 2014


@dataclass(frozen=True)
class Choice:
    """A filter that is chosen from a list: its name in the address, and value -> words."""

    name: str
    label: str
    options: Mapping[str, str]
    value: str = ""


@dataclass(frozen=True)
class Asked:
    """What a request asks of the list; `wrong` says which filters cannot be and are left out."""

    filter: HouseholdFilter
    text: str
    after: str
    choices: tuple[Choice, ...]
    wrong: tuple[str, ...] = field(default=())

    @property
    def values(self) -> dict[str, str]:
        return {choice.name: choice.value for choice in self.choices if choice.value}

    @property
    def query(self) -> str:
        """The address of what is seen, without the text."""
        told = {**self.values, **({"after": self.after} if self.after else {})}
        return f"?{urlencode(told)}" if told else ""

    @property
    def is_narrowed(self) -> bool:
        return bool(
            self.text.strip() or any(choice.value for choice in self.choices if choice.name != "sort")
        )


def asked_by(request: HttpRequest, villages: Mapping[int, str], day: int) -> Asked:
    """Of a search that was posted or an address that was opened."""
    given = request.POST if request.method == "POST" else request.GET
    wrong: list[str] = []
    choices = tuple(_chosen(choice, given, wrong) for choice in _choices(villages, day))
    value = {choice.name: choice.value for choice in choices}
    state, year = value["state"], value["exit"]
    asked = HouseholdFilter(
        text=given.get("q", ""),
        village=int(value["village"]) if value.get("village") else None,
        status=state if state in STATUSES else "",
        monitoring=state if state in (MONITORED, REMOVED) else "",
        monitor_type=value["kind"],
        exit_year=int(year) if year else None,
        local_class=value["class"],
        attribute=value["attribute"],
        by_name=value["sort"] == "name",
    )
    return Asked(asked, asked.text, given.get("after", ""), choices, tuple(wrong))


def _choices(villages: Mapping[int, str], day: int) -> list[Choice]:
    years = range(day // 10000, FIRST_YEAR - 1, -1)
    found = [
        Choice("state", "状态", {state: state for state in STATES}),
        Choice("kind", "监测类别", _same(labels_at("monitor_type", day))),
        Choice("class", "本地分类", _same(labels_at("local_class", day))),
        Choice("attribute", "户属性", _same(labels_at("household_attribute", day))),
        Choice("exit", "脱贫年度", {str(year): f"{year} 年" for year in years}),
        Choice("sort", "排序", SORTS),
    ]
    if len(villages) > 1:
        found.insert(0, Choice("village", "村", {str(key): name for key, name in villages.items()}))
    return found


def _same(labels: tuple[str, ...]) -> dict[str, str]:
    return {label: label for label in labels}


def _chosen(choice: Choice, given: QueryDict, wrong: list[str]) -> Choice:
    value = given.get(choice.name, "")
    if value and value not in choice.options:
        wrong.append(f"“{choice.label}”没有“{value[:20]}”这一项,没有按它筛选")
        value = ""
    return Choice(choice.name, choice.label, choice.options, value)
