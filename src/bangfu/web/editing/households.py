from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from bangfu.ledger.scope import scope_of
from bangfu.office.readers import Reader
from bangfu.registry.editing.typed import Typed
from bangfu.registry.proposals import NEW, ProposedRow
from bangfu.registry.queries import village_rows
from bangfu.web.editing.answering import answer
from bangfu.web.editing.members import HEAD
from bangfu.web.editing.parts import Part
from bangfu.web.editing.reach import RIGHT
from bangfu.web.editing.sheets import Sheet
from bangfu.web.request import Request

HOME, PERSON, MEMBER, EVENT = range(NEW, NEW + 4)
_HOME = (
    *("nat_household_no", "natural_village", "villager_group", "address", "household_phone"),
    *("household_type", "household_attribute", "identification_standard", "poverty_cause_main"),
)
_PERSON = (
    *("nat_person_no", "full_name", "sex", "birth_date", "id_doc_type", "id_no", "ethnicity"),
    *("political_status", "education_level", "health_status", "labor_ability", "member_phone"),
)


@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """A household with its head; the other members and the rest are added to it afterwards."""
    villages = _villages(request.reader)
    told = request.POST.get("village", "")
    village = int(told) if told.isdecimal() and int(told) in villages else None
    home = Part("household", HOME, "户", only=_HOME, must=("nat_household_no",))
    person = Part(
        "person", PERSON, HEAD, given={"relation_to_head": HEAD}, only=_PERSON, must=("birth_date", "sex")
    )
    membership = Part(
        *("membership", MEMBER, "登记"),
        given={"person_key": PERSON, "household_key": HOME},
        only=("joined_on",),
        must=("joined_on",),
    )
    event = Part("status_event", EVENT, "纳入", given={"household_key": HOME})
    parts = [home, person, membership, event]

    def compose(typed: Sequence[Typed]) -> list[ProposedRow]:
        rows = [row for part, one in zip(parts, typed, strict=True) for row in part.proposed(one)]
        beside = {
            "village_key": village,
            "village_name": villages.get(village or 0),
            "head_key": PERSON,
            "head_name": typed[1].values.get("full_name"),
            "head_id_no": typed[1].values.get("id_no"),
        }
        return [
            ProposedRow(row.table, row.row, {**row.values, **beside}) if row.row == HOME else row
            for row in rows
        ]

    return answer(
        request,
        Sheet(
            "新增户",
            NEW,
            parts,
            "/",
            lambda made: reverse("household_edit", args=[made[HOME]]) if HOME in made else "/",
            compose=compose,
            stop="" if village is not None else "请选这一户所在的村",
            more=lambda: {"villages": sorted(villages.items()), "village": village},
        ),
    )


def _villages(reader: Reader) -> dict[int, str]:
    scope = scope_of(reader, RIGHT)
    return {
        row: str(values["village_name"] or values["village_code"] or row)
        for row, values in village_rows().items()
        if scope.has(village=row)
    }
