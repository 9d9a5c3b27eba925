"""Where a fact came from, as pages say it."""

from __future__ import annotations

from collections.abc import Iterable

from bangfu.intake.models import Source


def source_names(numbers: Iterable[int | None]) -> dict[int, str]:
    """File and sheet of each list (`src` of a row), those that are on file."""
    wanted = {number for number in numbers if number is not None}
    if not wanted:
        return {}
    rows = Source.objects.filter(pk__in=wanted).values_list("pk", "batch__file_name", "sheet")
    return {number: f"{file}（{sheet}）" if sheet else file for number, file, sheet in rows}
