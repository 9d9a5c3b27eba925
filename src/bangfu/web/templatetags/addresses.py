"""`{% url %}` as Django has it, but of pages that are named by numbers looked up once: a list has hundreds of them."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django import template
from django.template.base import Parser, Token
from django.template.context import Context
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as parsed
from django.urls import reverse

register = template.Library()
_SENTINEL = 7_000_000_000


class NumberedURLNode(URLNode):
    """Where all arguments are numbers the address differs in nothing else."""

    def render(self, context: Context) -> str:
        name = self.view_name.resolve(context)
        numbers = [argument.resolve(context) for argument in self.args]
        if self.asvar or self.kwargs or not all(type(number) is int and number >= 0 for number in numbers):
            return super().render(context)
        return _pattern(name, len(numbers)).format(*numbers)


@register.tag
def url(parser: Parser, token: Token) -> URLNode:
    """The tag that replaces Django's."""
    node: Any = parsed(parser, token)
    return NumberedURLNode(node.view_name, node.args, node.kwargs, node.asvar)


@lru_cache(maxsize=1_000)
def _pattern(name: str, count: int) -> str:
    """The address with `{}` for each number. NoReverseMatch where there is none."""
    told = [_SENTINEL + place for place in range(count)]
    address = reverse(name, args=told).replace("{", "{{").replace("}", "}}")
    for number in told:
        address = address.replace(str(number), "{}")
    return address
