"""What somebody filled in: every field is looked at before anything is refused."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from bangfu.casework.refusals import Wrong
from bangfu.engine.calendar import is_calendar_day
from bangfu.office.words import day_in_words
from bangfu.spreadsheets.texts import clean_text

LONGEST = 2_000


@dataclass
class Filled:
    """Collects what is wrong, by the name of the field; `done` raises it all at once."""

    wrong: dict[str, str] = field(default_factory=dict)

    def text(self, name: str, label: str, value: str | None, *, required: bool = True) -> str | None:
        """The text without blanks at its ends; None where it is empty."""
        kept = clean_text(value or "").strip()
        if required and not kept:
            self.wrong[name] = f"请填写{label}"
        elif len(kept) > LONGEST:
            self.wrong[name] = f"{label}有 {len(kept)} 个字，最多 {LONGEST} 个字，请写简短些"
        return kept or None

    def choice(
        self, name: str, label: str, value: str | None, among: Collection[str], *, required: bool = True
    ) -> str | None:
        kept = (value or "").strip()
        if kept and kept not in among:
            self.wrong[name] = f"{label}填的是“{kept}”，应是 {'、'.join(among)} 之一"
        elif required and not kept:
            self.wrong[name] = f"请选择{label}：{'、'.join(among)}"
        return kept or None

    def day(
        self,
        name: str,
        label: str,
        value: int | None,
        *,
        first: int | None = None,
        last: int | None = None,
        required: bool = True,
    ) -> int | None:
        """A day (yyyymmdd) between two others, both included."""
        if value is None:
            if required:
                self.wrong[name] = f"请填写{label}"
            return None
        if not is_calendar_day(value):
            self.wrong[name] = f"{label}填的是“{value}”，日历上没有这一天"
        elif (first is not None and value < first) or (last is not None and value > last):
            self.wrong[name] = f"{label}填的是 {day_in_words(value)}，应在 {_span(first, last)}"
        return value

    def done(self) -> None:
        if self.wrong:
            raise Wrong(self.wrong)


def _span(first: int | None, last: int | None) -> str:
    if first is None or last is None:
        return f"{day_in_words(first)} 或以后" if last is None else f"{day_in_words(last)} 或以前"
    return f"{day_in_words(first)} 到 {day_in_words(last)}"
