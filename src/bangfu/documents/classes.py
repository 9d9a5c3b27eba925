"""Patterns of Chinese words share their classes of signs, and the standard library makes each ready anew.

It writes a class such as [一-龥] into a table of 65,536 places, sign by sign, wherever it stands in a pattern; that is most
of the time that it takes to make the thousand patterns of this package ready. Here it is remembered what a class becomes.
Where the library is built in another way nothing is changed.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any


def remember_classes() -> None:
    compiler: Any = importlib.import_module("re._compiler")
    make = getattr(compiler, "_optimize_charset", None)
    if make is not None and make.__module__ == compiler.__name__:
        compiler._optimize_charset = remembering(make)


def remembering(make: Callable[..., Any]) -> Callable[..., Any]:
    """The same function; of a class without folding of cases it knows what it said before."""
    known: dict[tuple[object, ...], Any] = {}

    def made(signs: list[object], *folding: object) -> Any:
        if any(one is not None for one in folding):
            return make(signs, *folding)
        key = tuple(signs)
        if key not in known:
            known[key] = make(signs)
        return known[key]

    return made
