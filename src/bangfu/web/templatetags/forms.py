"""One input with its label, help and what is wrong with it, the same on every form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import template

register = template.Library()
Choice = str | tuple[str, str]


@register.inclusion_tag("web/parts/entry.html", takes_context=True)
def entry(
    context: Mapping[str, Any],
    name: str,
    label: str,
    kind: str = "text",
    value: object = "",
    help: str = "",
    must: bool = False,
    choices: Iterable[Choice] = (),
    wide: bool = False,
    empty: str = "",
    **more: object,
) -> dict[str, Any]:
    """`kind`: text, prose, date, select or radio. `value` stands in it until something was typed.

    The context's `sent` has what was typed and what is wrong with it, by the inputs' names; its `form` keeps the ids
    of several forms on a page apart. `more` are attributes, written with _ for -.
    """
    sent = context.get("sent")
    typed: Mapping[str, str] = getattr(sent, "typed", {}) if sent else {}
    wrong: Mapping[str, str] = getattr(sent, "wrong", {}) if sent else {}
    return {
        "id": f"{context.get('form') or 'in'}-{name}",
        "name": name,
        "label": label,
        "kind": kind,
        "value": typed[name] if name in typed else "" if value is None else str(value),
        "help": help,
        "wrong": wrong.get(name, ""),
        "must": must,
        "choices": [(one, one) if isinstance(one, str) else (str(one[0]), one[1]) for one in choices],
        "wide": wide,
        "empty": empty,
        "more": [(attribute.replace("_", "-"), said) for attribute, said in more.items()],
    }


@register.filter
def at(values: Mapping[str, Any] | None, name: str) -> Any:
    """What stands under a name; nothing where there is none."""
    return values.get(name, "") if values else ""
