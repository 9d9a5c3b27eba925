"""Faults as offices make them, planted one by one: none changes a published total, each is known by its check."""

from __future__ import annotations

from random import Random

from bangfu.demo.faults.households import OF_HOUSEHOLDS
from bangfu.demo.faults.ledgers import OF_LEDGERS
from bangfu.demo.faults.persons import OF_PERSONS
from bangfu.demo.faults.planting import Faults, Planted, write_list
from bangfu.demo.faults.projects import OF_PROJECTS
from bangfu.demo.homes import Block

__all__ = ["Planted", "plant", "write_list"]


def plant(rng: Random, block: Block) -> list[Planted]:
    """Every kind of fault once."""
    faults = Faults(rng, block)
    for one in (*OF_PERSONS, *OF_HOUSEHOLDS, *OF_LEDGERS, *OF_PROJECTS):
        one(faults)
    return faults.planted
