"""What a figure may be in a claim on another one."""

from __future__ import annotations

Arc = str
RATIOS: tuple[tuple[Arc, Arc], ...] = (
    ("share.part", "share.whole"),
    ("growth.old", "growth.new"),
    ("average.sum", "average.count"),
    ("product.count", "product.rate"),
)
"""Two figures that make a third one by division, by multiplication, or as a change."""
ARCS: tuple[Arc, ...] = (
    "item",
    "whole",
    "taken",
    "part",
    *(arc for pair in RATIOS for arc in pair),
    "product.times",
    "restated",
    "households",
    "before",
    "sibling",
    "unit",
    "limit",
    "limited",
    "listed",
)
"""What the first figure of a pair is in a claim that the second one states; siblings are items of one sum. Its unit, and
that it counts a list, is what a figure claims of itself. A limit stands above an amount, or above that of each of those who
are limited."""
ROLES: dict[str, tuple[Arc, ...]] = {
    "sum": ("item",),
    "difference": ("whole", "taken"),
    "part": ("part",),
    "share": ("share.part", "share.whole"),
    "growth": ("growth.old", "growth.new"),
    "average": ("average.sum", "average.count"),
    "standard_multiple": ("product.count", "product.rate", "product.times"),
    "restated": ("restated",),
    "households_persons": ("households",),
    "order": ("before",),
    "standard_cap": ("limit", "limited"),
    "unit_slip": ("unit",),
    "counted_list": ("listed",),
}
"""The arcs of a relation's members in their order; the last one is that of all further members."""
OF_ITSELF = frozenset({"unit", "listed"})
"""The arcs from a figure to itself."""
