from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from bangfu.ledger.editing import stored_row
from bangfu.ledger.scope import scope_of
from bangfu.office.journal.rows import Row
from bangfu.office.readers import Reader
from bangfu.registry.editing.rows import household_of_person
from bangfu.registry.editing.typed import Typed
from bangfu.registry.proposals import NEW, ProposedRow
from bangfu.registry.queries import history_of, household_on, household_rows, person_rows, persons_by_id
from bangfu.terms.forms import load_forms
from bangfu.terms.id_number import clean_id
from bangfu.web.editing.answering import answer
from bangfu.web.editing.extra import closed_by, last_record, of_all
from bangfu.web.editing.parts import Part
from bangfu.web.editing.reach import RIGHT, Family, family_of
from bangfu.web.editing.sheets import Sheet, part_of
from bangfu.web.editing.views import side
from bangfu.web.request import Request

HEAD = "户主"
_JOINED = {"added_on": "joined_on", "added_reason": "join_reason"}
"""What a person's own row says of joining, and the fields of the membership that say it here."""
NOBODY = ("-",)
"""The fields of a part that only watches its row."""


@require_http_methods(["GET", "POST"])
def join(request: Request, household: int) -> HttpResponse:
    """A person who was never registered, or one who left and comes back."""
    family = family_of(request.reader, household)
    person = Part("person", NEW, only=tuple(load_forms()["person"].fields.keys() - _JOINED))
    keys = {"person_key": NEW, "household_key": family.id}
    fields = ("joined_on", "join_reason")
    membership = Part("membership", NEW + 1, "加入本户", given=keys, only=fields, must=fields)
    known, stop = _known(request, family, person)
    again = known is not None and request.POST.get("again") == str(known["id"])

    def compose(typed: Sequence[Typed]) -> list[ProposedRow]:
        rows = [*membership.proposed(typed[0]), *_with_joining(person.proposed(typed[1]), typed[0])]
        return _come_back(rows, known) if again and known is not None else rows

    return answer(
        request,
        Sheet(
            "增加成员",
            family.id,
            [membership, person],
            family.address,
            lambda made: _person_address(family, made.get(NEW) or (known or {}).get("id")),
            family,
            compose,
            stop="" if again else stop,
            extra=of_all(family, request.POST, 1),
            more=lambda: {
                **side(family),
                "again": known,
                "is_again": again,
                "closed_year": _closed_year(family),
            },
        ),
    )


@require_http_methods(["GET", "POST"])
def leave(request: Request, household: int, person: int) -> HttpResponse:
    family = family_of(request.reader, household)
    member = family.member(person)
    spell = next((one for one in history_of(person) if one.left_on is None), None)
    stored = stored_row("membership", spell.id) if spell and spell.household == family.id else None
    if stored is None:
        raise Http404
    fields = ("left_on", "leave_reason")
    part = part_of("membership", stored, request.POST, only=fields, must=fields)
    is_head = family.home["head_key"] == person and len(family.members) > 1
    return answer(
        request,
        Sheet(
            f"减少成员：{member['full_name'] or '未写明姓名'}",
            family.id,
            [part],
            _person_address(family, person),
            lambda made: reverse("household_edit", args=[family.id]),
            family,
            closed="他（她）是户主，户里还有别人：请先更换户主，再办减少" if is_head else "",
            button="确认减少",
            extra=of_all(family, request.POST, -1),
            more=lambda: {**side(family), "needs_head": is_head, "closed_year": _closed_year(family)},
        ),
    )


@require_http_methods(["GET", "POST"])
def head(request: Request, household: int) -> HttpResponse:
    """Another member becomes the head, and everybody's relation is said anew."""
    family = family_of(request.reader, household)
    posted = request.POST
    told = posted.get("head", "")
    chosen = next((row for row in family.members if str(row["id"]) == told), None)
    watched = part_of("household", family.home, posted, only=NOBODY)
    people = [
        part_of("person", row, posted, title=row["full_name"] or "", only=("relation_to_head",))
        for row in family.members
    ]

    def compose(typed: Sequence[Typed]) -> list[ProposedRow]:
        if chosen is None:
            return []
        rows = [row for part, one in zip(people, typed[1:], strict=True) for row in part.proposed(one)]
        return [_as_head(family, chosen), *_with_head(rows, chosen)]

    stop = "请选一名成员作户主" if chosen is None else ""
    if chosen is not None and chosen["id"] == family.home["head_key"]:
        stop = f"{chosen['full_name']}现在就是户主"
    return answer(
        request,
        Sheet(
            "更换户主",
            family.id,
            [watched, *people],
            family.address,
            lambda made: reverse("household_edit", args=[family.id]),
            family,
            compose,
            stop=stop,
            together="各成员与新户主的关系",
            more=lambda: {**side(family), "choosing_head": True, "chosen": chosen["id"] if chosen else None},
        ),
    )


def _closed_year(family: Family) -> int | None:
    """The last year, where its number of people cannot follow because it is closed."""
    last = last_record(family)
    return last["data_year"] if last is not None and closed_by("annual_record", last) else None


def _as_head(family: Family, person: Row) -> ProposedRow:
    """The head's name and numbers stand with the household, too."""
    written = {
        "head_name": person["full_name"],
        "head_id_no": person["id_no"],
        "head_nat_person_no": person["nat_person_no"],
    }
    return ProposedRow("household", family.id, {"head_key": person["id"], **written})


def _with_head(rows: Sequence[ProposedRow], head: Row) -> list[ProposedRow]:
    kept = [row for row in rows if row.row != head["id"]]
    if head["relation_to_head"] == HEAD:
        return kept
    return [*kept, ProposedRow("person", head["id"], {"relation_to_head": HEAD})]


def _with_joining(rows: Sequence[ProposedRow], membership: Typed) -> list[ProposedRow]:
    joined = {name: membership.values.get(said) for name, said in _JOINED.items()}
    return [ProposedRow(row.table, row.row, {**row.values, **joined}) for row in rows]


def _come_back(rows: Sequence[ProposedRow], known: Row) -> list[ProposedRow]:
    """The same for a person who is on file: only what was typed otherwise changes."""
    found = []
    for row in rows:
        if row.table == "person":
            values = {name: value for name, value in row.values.items() if known[name] != value}
            found.extend([ProposedRow("person", known["id"], values)] if values else [])
        else:
            found.append(ProposedRow(row.table, row.row, {**row.values, "person_key": known["id"]}))
    return found


def _known(request: Request, family: Family, part: Part) -> tuple[Row | None, str]:
    """Who has the typed number already and may come back, and why the number cannot be taken for somebody new."""
    number = clean_id(request.POST.get(part.name("id_no"), ""))
    for person in persons_by_id([number]).get(number, []) if number else []:
        home = household_on(family.day, [person]).get(person)
        if home == family.id:
            return None, "这个证件号码的人已经是本户成员"
        if home is not None:
            return None, "这个证件号码的人现在是另一户的成员，要先在那里减少，再在本户增加"
        if not _may_reach(request.reader, household_of_person(person, family.day)):
            return None, "这个证件号码已经登记过，但不在您的范围内，请联系乡镇专干办理"
        return person_rows([person])[
            person
        ], "这个证件号码的人以前登记过：是同一个人就勾选“恢复”，不是就请核对号码"
    return None, ""


def _may_reach(reader: Reader, household: int | None) -> bool:
    if household is None:
        return scope_of(reader, RIGHT).is_everything
    village = household_rows([household])[household]["village_key"]
    return scope_of(reader, RIGHT).has(village=village, household=household)


def _person_address(family: Family, person: Any) -> str:
    if person is None:
        return reverse("household_edit", args=[family.id])
    return reverse("row_edit", args=[family.id, "person", person])
