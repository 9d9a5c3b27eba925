"""`{% url %}` as Django has it, but each page is looked up once, not for every number: a list has hundreds of them."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django import template
from django.template.base import Parser, Token
from django.template.context import Context
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as parsed
from django.urls import reverse
from django.utils.html import conditional_escape

register = template.Library()
_SENTINEL = 7_000_000_000


class KnownURLNode(URLNode):
    """Addresses of one page differ in nothing but their numbers."""

    def render(self, context: Context) -> str:
        if self.asvar or self.kwargs:
            return super().render(context)
        arguments = (argument.resolve(context) for argument in self.args)
        return conditional_escape(address_of(self.view_name.resolve(context), *arguments))


def address_of(name: str, *arguments: Any) -> str:
    """The same for Jinja templates and Python. NoReverseMatch where there is no such page."""
    numbers = [argument for argument in arguments if _is_number(argument)]
    others = tuple(None if _is_number(argument) else str(argument) for argument in arguments)
    return _pattern(name, others).format(*numbers)


@register.tag
def url(parser: Parser, token: Token) -> URLNode:
    """The tag that replaces Django's."""
    node: Any = parsed(parser, token)
    return KnownURLNode(node.view_name, node.args, node.kwargs, node.asvar)


def _is_number(argument: object) -> bool:
    return type(argument) is int and argument >= 0


@lru_cache(maxsize=2_000)
def _pattern(name: str, others: tuple[str | None, ...]) -> str:
    """The address with `{}` for each number. NoReverseMatch where there is none."""
    told = [_SENTINEL + place if other is None else other for place, other in enumerate(others)]
    address = reverse(name, args=told).replace("{", "{{").replace("}", "}}")
    for number in told:
        if type(number) is int:
            address = address.replace(str(number), "{}")
    return address
