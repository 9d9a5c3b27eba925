"""The forms of a page as a browser would send them: every field with what stands in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

Attributes = list[tuple[str, str | None]]
_NOT_SENT = ("submit", "button", "file", "image", "reset")


@dataclass
class Form:
    """Where a form goes, and its fields in their order."""

    action: str
    fields: list[tuple[str, str]] = field(default_factory=list)

    def with_values(self, **values: str) -> list[tuple[str, str]]:
        """The fields with some of their values changed; those it does not have are added."""
        kept = [(name, values.get(name, value)) for name, value in self.fields]
        known = {name for name, _ in self.fields}
        return kept + [(name, value) for name, value in values.items() if name not in known]


def forms_of(page: bytes, address: str) -> list[Form]:
    """All forms of a page; one without an action goes to the page's own address."""
    reader = _Reader(address)
    reader.feed(page.decode())
    return reader.forms


class _Reader(HTMLParser):
    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address
        self.forms: list[Form] = []
        self.select = ""
        self.text: list[str] | None = None
        self.name = ""

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Form(told.get("action") or self.address))
        elif not self.forms:
            return
        elif tag == "input":
            self._input(told)
        elif tag == "select":
            self.select = told.get("name", "")
            self._add(self.select, "")
        elif tag == "option" and self.select and "selected" in told:
            self.forms[-1].fields[-1] = (self.select, told.get("value", ""))
        elif tag == "textarea":
            self.name, self.text = told.get("name", ""), []

    def handle_data(self, data: str) -> None:
        if self.text is not None:
            self.text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self.text is not None:
            self._add(self.name, "".join(self.text).strip())
            self.text = None
        elif tag == "select":
            self.select = ""

    def _input(self, told: dict[str, str]) -> None:
        kind = told.get("type", "text")
        if kind in _NOT_SENT or (kind in ("checkbox", "radio") and "checked" not in told):
            return
        self._add(told.get("name", ""), told.get("value", "on" if kind == "checkbox" else ""))

    def _add(self, name: str, value: str) -> None:
        if name:
            self.forms[-1].fields.append((name, value))
