"""Where a problem belongs, and whether it has been registered before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bangfu.casework.drafts import Draft
from bangfu.casework.models import Task
from bangfu.casework.refusals import Wrong
from bangfu.registry.naming import Named, households_named, villages_named


def placed(drafts: Sequence[Draft]) -> list[Draft]:
    """The problems with the village of their household, and the names of both. Wrong for one that is not on file."""
    homes = households_named(draft.household for draft in drafts)
    villages = villages_named()
    for draft in drafts:
        if draft.household is not None and draft.household not in homes:
            raise Wrong({"household": f"台账里没有编号为 {draft.household} 的户"})
        if draft.village is not None and draft.village not in villages:
            raise Wrong({"village": f"台账里没有编号为 {draft.village} 的村"})
    return [_in_place(draft, homes.get(draft.household or 0), villages) for draft in drafts]


def registered_before(drafts: Sequence[Draft]) -> list[bool]:
    """Of each problem whether the same one, from the same document, is a task already or comes earlier among them."""
    inside = placed(drafts)
    known, before = _registered(inside), []
    for draft in inside:
        before.append(_same(draft) in known)
        known.add(_same(draft))
    return before


def _in_place(draft: Draft, home: Named | None, villages: Mapping[int, str]) -> Draft:
    village = home.village if home else draft.village
    name = draft.village_name if village is None else villages.get(village)
    return replace(
        draft,
        village=village,
        village_name=name,
        object_name=draft.object_name or (home.name if home else name),
        object_no=draft.object_no or (home.number if home else name),
        object_level=draft.object_level or ("户" if home else "村" if village else "其他"),
    )


def _same(draft: Draft) -> tuple[Any, ...]:
    return (draft.source_document, draft.problem, draft.village, draft.object_no)


def _registered(drafts: Sequence[Draft]) -> set[tuple[Any, ...]]:
    """Of the problems of the same documents those that are registered, open or closed."""
    documents = {draft.source_document for draft in drafts}
    kinds = {draft.source_kind for draft in drafts}
    rows = Task.objects.filter(is_open__in=(1, 0), source_kind__in=kinds, source_document__in=documents)
    return set(rows.values_list("source_document", "problem", "village_id", "object_no"))
