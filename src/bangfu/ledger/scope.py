"""What a reader's right reaches in this home: grants of places, departments and paired households, resolved."""

from __future__ import annotations

from bangfu.ledger.models import HelperPairing
from bangfu.office.home import business_day, this_home
from bangfu.office.readers import Grant, Reader
from bangfu.registry.scope import Part, Scope, villages_below


def scope_of(reader: Reader, right: str) -> Scope:
    """The scope of a right; nothing where the reader does not have it."""
    place = this_home().place
    return Scope(tuple(_part(reader, grant, place) for grant in reader.grants(right)))


def paired_households(name: str, phone: str, day: int) -> frozenset[int]:
    """The households paired with a helper on a day (yyyymmdd); name and phone must both be those of the pairing."""
    if not phone:
        return frozenset()
    rows = HelperPairing.objects.filter(helper_name=name, helper_phone=phone, household__isnull=False)
    listed = rows.values_list("household_id", "started_on", "ended_on")
    return frozenset(
        household
        for household, started, ended in listed
        if household is not None and (started or 0) <= day and (ended is None or day <= ended)
    )


def _part(reader: Reader, grant: Grant, place: str) -> Part:
    villages = None if grant.covers(place) else villages_below(grant.prefix)
    households = paired_households(reader.name, reader.phone, business_day()) if grant.is_paired else None
    return Part(villages, grant.departments, households)
