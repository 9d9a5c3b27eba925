"""A home's income of 2014 to 2019: its parts add up, below the poverty line until it left poverty and above it since."""

from __future__ import annotations

from random import Random

from bangfu.demo.homes import YEAR, Home, Values
from bangfu.demo.ledgers.jobs import MONTHLY_PAY
from bangfu.demo.ledgers.rows import YUAN
from bangfu.demo.stays import age_then, sizes_by_year

EXIT_LINES = {
    2014: 2_800,
    2015: 2_855,
    2016: 2_952,
    2017: 3_335,
    2018: 3_535,
}  # yuan; rulebook: exit_standard
_PENSION = 1_296 * YUAN
_LEAST = 5_300 * YUAN  # a person a year; the monitoring line is 5,000
_MONITORED = (4_300, 4_850)
_MOST_TRANSFERS = 70  # percent of the net income of a home where somebody is able to work
_TINY = 100 * YUAN
_PLUS = ("wage_income", "operating_income", "property_income", "transfer_income")
_TRANSFERS = ("dibao_income", "tekun_income", "pension_income", "ecology_income", "other_transfer_income")
_AWARDS = ("award_aquatic", "award_forest", "award_crop", "award_livestock")


def give_incomes(rng: Random, home: Home) -> None:
    """`home.years` gets the income columns of every year since the home was identified."""
    sizes = dict(sizes_by_year(home))
    last = _last_year(rng, home, sizes[YEAR])
    path = _path(rng, home, last["per_capita_net_income"])
    for year, size in sizes.items():
        home.years[year] = last if year == YEAR else _scaled(last, path[year], size, sizes[YEAR], year, home)


def _last_year(rng: Random, home: Home, size: int) -> Values:
    paid = home.paid
    awards = sum(paid[name] for name in _AWARDS)
    base = (rng.randint(1_800, 11_000) + rng.randint(1, 9)) * YUAN if home.has_labor else 0
    values: Values = {
        "wage_income": _wages(home),
        "operating_income": base + awards,
        "operating_cost": (base * rng.randint(25, 40) // 100 + awards // 5) // YUAN * YUAN,
        "property_income": rng.choice((0, 0, rng.randint(310, 1_200))) * YUAN,
        "dibao_income": paid["dibao"],
        "tekun_income": paid["tekun"],
        "pension_income": _PENSION * sum(person.age >= 60 for person in home.members),
        "ecology_income": paid["forest_public"] + paid["forest_natural"],
        "other_transfer_income": rng.randint(120, 600) * YUAN
        + paid["disabled_living"]
        + paid["disabled_nursing"],
    }
    _lift(rng, home, values, size)
    return _summed(values, size)


def _wages(home: Home) -> int:
    wages = sum(person.work.wage * person.work.months for person in home.members if person.work)
    return wages * YUAN + 12 * MONTHLY_PAY * sum(bool(person.post) for person in home.members)


def _lift(rng: Random, home: Home, values: Values, size: int) -> None:
    """No home stays below the monitoring line, but those that are monitored for it."""
    net = _summed(dict(values), size)["net_income"]
    if home.is_monitored:
        values |= {"property_income": 0, "operating_income": 0, "operating_cost": 0}
        rest = rng.randint(*_MONITORED) * YUAN * size - _summed(dict(values), size)["net_income"]
        values["operating_cost"] = rest * 4 // 10 // YUAN * YUAN
        values["operating_income"] = rest + values["operating_cost"]
        return
    missing = _LEAST * size + rng.randint(0, 2_500) * YUAN * size - net
    if home.has_able:
        missing = max(missing, sum(values[name] for name in _TRANSFERS) * 100 // _MOST_TRANSFERS - net)
    if missing <= 0:
        return
    if home.has_labor:
        values["operating_income"] += missing * 3 // 2 // YUAN * YUAN
        values["operating_cost"] += missing // 2 // YUAN * YUAN
    else:
        values["other_transfer_income"] += missing // YUAN * YUAN


def _summed(values: Values, size: int) -> Values:
    values["transfer_income"] = sum(values[name] for name in _TRANSFERS)
    net = sum(values[name] for name in _PLUS) - values["operating_cost"]
    values["net_income"] = net
    values["per_capita_net_income"] = (net + size // 2) // size
    values["household_size"] = size
    return values


def _path(rng: Random, home: Home, last: int) -> dict[int, int]:
    """Income a person by year: no fall and no leap on the way from the exit to the published year."""
    least = EXIT_LINES[home.exit_year] * YUAN * 106 // 100
    out = max(least, min(least * rng.randint(100, 170) // 100, last * 97 // 100))
    path = {year: EXIT_LINES[year] * YUAN * rng.randint(60, 93) // 100 for year in EXIT_LINES}
    for year in range(home.exit_year, YEAR):
        path[year] = out + (last - out) * (year - home.exit_year) // (YEAR - home.exit_year)
    return path


def _scaled(last: Values, wanted: int, size: int, size_last: int, year: int, home: Home) -> Values:
    """The parts of the published year in proportion; what rounding and pensions leave over is other transfers."""
    before = last["per_capita_net_income"] * size_last
    values: Values = {
        name: last[name] * wanted * size // before // YUAN * YUAN
        for name in (*_PLUS[:3], "operating_cost", *_TRANSFERS)
    }
    if values["property_income"] < _TINY:
        values["property_income"] = 0
    if not any(age_then(stay.person, year) >= 60 for stay in home.stays if stay.covers(year * 10000 + 1231)):
        values["pension_income"] = 0
    missing = wanted * size - _summed(dict(values), size)["net_income"]
    values["other_transfer_income"] += (missing + YUAN * size) // YUAN * YUAN
    return _summed(values, size)
