"""Who joins and leaves a household, when and why (自然增加, 自然减少)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from bangfu.office.journal.rows import batched
from bangfu.office.journal.writing import Writing
from bangfu.office.refusal import Reason, refuse
from bangfu.registry.memberships import Spell, spells_of_households, spells_of_persons
from bangfu.registry.models import Household, Membership, Person
from bangfu.registry.queries import households_there


@dataclass(frozen=True)
class Join:
    """A person becomes a member on a day (yyyymmdd); `src` and `src_row` name the list and its row."""

    person: int
    household: int
    on: int
    reason: str | None = None
    src: int | None = None
    src_row: int | None = None


@dataclass(frozen=True)
class Leave:
    """A person is no member any more from a day (yyyymmdd) on."""

    person: int
    on: int
    reason: str | None = None


def join(change: Writing, joins: Sequence[Join]) -> list[int]:
    """The ids of the new memberships, in order.

    Refused: who is a member of any household at that time, a day before the birth, and who is not on file.
    """
    taken: dict[int, list[tuple[int, int | None, int]]] = defaultdict(list)
    for person, spells in spells_of_persons([item.person for item in joins]).items():
        taken[person] = [(spell.joined_on, spell.left_on, spell.household) for spell in spells]
    births = _births([item.person for item in joins])
    homes = households_there(item.household for item in joins)
    reasons = []
    for number, item in enumerate(joins):
        if item.person not in births:
            reasons.append(Reason(number, f"没有编号为 {item.person} 的人"))
            continue
        if item.household not in homes:
            reasons.append(Reason(number, f"没有编号为 {item.household} 的户"))
        birth = births[item.person]
        if birth is not None and item.on < birth:
            reasons.append(Reason(number, f"加入日期 {item.on} 早于出生日期 {birth}"))
        for joined_on, left_on, household in taken[item.person]:
            if left_on is None or item.on < left_on:
                since = f"{joined_on} 起" if left_on is None else f"{joined_on} 至 {left_on} "
                reasons.append(Reason(number, f"这个人{since}是户 {household} 的成员,要先在那里减少"))
        taken[item.person].append((item.on, None, item.household))
    refuse("成员增加", reasons)
    return change.create(
        Membership,
        [
            {
                "person_key": item.person,
                "household_key": item.household,
                "joined_on": item.on,
                "join_reason": item.reason,
                "src": item.src,
                "src_row": item.src_row,
            }
            for item in joins
        ],
    )


def leave(change: Writing, leaves: Sequence[Leave]) -> int:
    """Ends memberships; the number that ended.

    Refused: who is no member, a day before joining or before the birth, a head while others stay (name the new head
    first).
    """
    spells = spells_of_persons([item.person for item in leaves])
    births = _births([item.person for item in leaves])
    reasons, ended = [], {}
    open_spells: dict[int, Spell] = {}
    for number, item in enumerate(leaves):
        spell = next((one for one in spells.get(item.person, ()) if one.left_on is None), None)
        if spell is None or item.person in open_spells:
            reasons.append(Reason(number, f"人 {item.person} 现在不是任何户的成员"))
            continue
        open_spells[item.person] = spell
        birth = births[item.person]
        if birth is not None and item.on < birth:
            reasons.append(Reason(number, f"减少日期 {item.on} 早于出生日期 {birth}"))
        elif item.on < spell.joined_on:
            reasons.append(Reason(number, f"减少日期 {item.on} 早于加入日期 {spell.joined_on}"))
        ended[spell.id] = {"left_on": item.on, "leave_reason": item.reason}
    reasons.extend(_headless(leaves, open_spells))
    refuse("成员减少", reasons)
    return change.change(Membership, ended)


def _headless(leaves: Sequence[Leave], going: dict[int, Spell]) -> list[Reason]:
    """Leaves of heads whose households would go on without one."""
    households = [spell.household for spell in going.values()]
    heads: dict[int, int] = {}
    for some in batched(households):
        rows = Household.objects.filter(id__in=some, head__isnull=False)
        heads.update(rows.values_list("id", "head_id"))
    staying = {
        household: [spell for spell in spells if spell.left_on is None and spell.person not in going]
        for household, spells in spells_of_households(heads).items()
    }
    return [
        Reason(number, f"人 {item.person} 是户 {spell.household} 的户主,户里还有人,请先确定新户主")
        for number, item in enumerate(leaves)
        if (spell := going.get(item.person)) is not None
        and heads.get(spell.household) == item.person
        and staying.get(spell.household)
    ]


def _births(persons: Sequence[int]) -> dict[int, int | None]:
    """Birth days of the persons on file."""
    found: dict[int, int | None] = {}
    for some in batched(persons):
        rows = Person.objects.filter(id__in=some)
        found.update(rows.values_list("id", "birth_date"))
    return found
