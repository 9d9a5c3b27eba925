"""What was sent with a form of a task, read for the actions; what makes no sense is told beside its field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bangfu.casework.corrections import WAITING, Proposal
from bangfu.casework.evidence_files import KeptFile
from bangfu.casework.queries import correction_in_full, task_detail
from bangfu.casework.refusals import Wrong
from bangfu.terms.errors import UserError
from bangfu.web.days import typed_day
from bangfu.web.request import Request
from bangfu.web.tasks.acting import hand_of, reach
from bangfu.web.tasks.correctable import EMPTIED, PREFIX
from bangfu.web.tasks.files import Arrived, arrived

KEEP = "keep"
"""Corrections proposed before that are still wanted, by their numbers: their values need not be sent again."""
DECIDED = "decided."
NO_DAY = 0
"""A day that no calendar has: the action refuses it together with everything else."""


@dataclass
class Posted:
    """A form; `wrong` has what could not be read, by the name of the input."""

    request: Request
    task: int
    wrong: dict[str, str] = field(default_factory=dict)
    _arrived: Arrived | None = None

    @property
    def typed(self) -> Mapping[str, str]:
        """By the names of the inputs; where a name was sent twice, the last that is not empty."""
        return {
            name: next((text for text in reversed(texts) if text.strip()), "")
            for name, texts in self.request.POST.lists()
        }

    @property
    def seen(self) -> int:
        return self.number("seen")

    @property
    def once(self) -> str:
        return self.text("once")[:40]

    def text(self, name: str) -> str:
        return str(self.request.POST.get(name, ""))

    def number(self, name: str) -> int:
        text = self.text(name)
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else 0

    def yes_no(self, name: str) -> bool | None:
        return {"yes": True, "no": False}.get(self.text(name))

    def day(self, name: str, label: str) -> int | None:
        """yyyymmdd; None for an empty input, NO_DAY for what is none."""
        try:
            return typed_day(self.text(name), label)
        except UserError as bad:
            self.wrong[name] = str(bad)
            return NO_DAY

    @property
    def files(self) -> tuple[KeptFile, ...]:
        """The files that can be used; Wrong where one of those sent cannot."""
        sent = self.sent_files
        if sent.wrong:
            self.wrong["files"] = "\n".join(sent.wrong)
        return sent.files

    @property
    def sent_files(self) -> Arrived:
        if self._arrived is None:
            self._arrived = arrived(self.request, self.task, self.request.reader.username)
        return self._arrived

    def proposals(self) -> list[Proposal]:
        """The corrections that are wanted: those typed now, and those kept of before."""
        typed = {
            name: Proposal(*_place(name), "" if text.strip() == EMPTIED else text.strip())
            for name, text in self.typed.items()
            if name.startswith(PREFIX) and name.count(".") == 3 and text.strip()
        }
        return [*typed.values(), *self._kept(set(typed))]

    def decided(self) -> dict[int, str]:
        """Of corrections whose values have moved what the verifier has decided: apply or drop."""
        chosen = {
            name.removeprefix(DECIDED): value
            for name, value in self.typed.items()
            if name.startswith(DECIDED) and value in ("apply", "drop")
        }
        return {int(number): value for number, value in chosen.items() if number.isdecimal()}

    def refuse(self, required: Mapping[str, str]) -> None:
        """Wrong where something could not be read; says then, too, which of the required texts are empty."""
        if not self.wrong:
            return
        empty = {name: f"请填写{label}" for name, label in required.items() if not self.text(name).strip()}
        raise Wrong({**empty, **self.wrong})

    def _kept(self, typed: set[str]) -> Iterator[Proposal]:
        """By their numbers alone: whose value goes into which field is not the browser's to say."""
        kept = set(self.request.POST.getlist(KEEP))
        scope = reach(self.request)
        detail = task_detail(scope, self.task, hand_of(self.request)) if kept else None
        for one in detail.corrections if detail else ():
            is_wanted = one.state == WAITING and str(one.id) in kept
            if is_wanted and f"{PREFIX}{one.table}.{one.row}.{one.field}" not in typed:
                values = correction_in_full(scope, self.task, one.id)
                new = values[1] if values else ""
                yield Proposal(one.table, one.row, one.field, "" if new == "空" else new)


def _place(name: str) -> tuple[str, int, str]:
    table, row, column = name.removeprefix(PREFIX).split(".")
    return table, int(row) if row.isdecimal() else 0, column
