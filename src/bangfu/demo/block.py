"""One block: people first, then what they are given, then what they earn. Nothing here touches a home's database."""

from __future__ import annotations

from random import Random

from bangfu.demo import ages, assistance, causes, families, health, incomes, living, school, stays, work
from bangfu.demo.blueprint import HOUSEHOLDS, MONITORED, VILLAGES
from bangfu.demo.homes import Block, Home, Stay
from bangfu.demo.ledgers.activities import add_commended
from bangfu.demo.ledgers.assets import add_leavings
from bangfu.demo.ledgers.awards import add_awards
from bangfu.demo.ledgers.deaths import add_deaths
from bangfu.demo.ledgers.education import add_education
from bangfu.demo.ledgers.forest import add_forest
from bangfu.demo.ledgers.help import add_help
from bangfu.demo.ledgers.housing import add_housing, add_insurance
from bangfu.demo.ledgers.jobs import add_jobs
from bangfu.demo.ledgers.leading import add_leading
from bangfu.demo.ledgers.loans import add_loans
from bangfu.demo.ledgers.matching import add_matching
from bangfu.demo.ledgers.medical import add_medical
from bangfu.demo.ledgers.points import add_points
from bangfu.demo.ledgers.projects import add_projects
from bangfu.demo.ledgers.relief import add_relief
from bangfu.demo.ledgers.rolls import add_rolls
from bangfu.demo.ledgers.welfare import add_welfare
from bangfu.demo.outsiders import outsiders
from bangfu.demo.sizes import planned
from bangfu.samples import lives
from bangfu.samples.people import Census
from bangfu.samples.places import Village, hamlet

_HELPED = 4  # homes that a helper has
_REPORTED = "李"
"""The surname that the report gives the two monitored households: nobody invented shall look like them."""


def make_block(rng: Random, census: Census, villages: dict[str, Village], nth: int, kept: int) -> Block:
    """The block `nth` with `kept` of its homes; all others are made too, so that the kept ones are as they would be."""
    block = Block(nth, _homes(rng, census, villages, nth))
    homes = block.homes
    ages.settle_ages(rng, census, [home.members for home in homes])
    school.give_schools(rng, homes)
    health.give_health(rng, homes)
    for home in homes:
        for person in home.members:
            lives.give_labor(rng, person)
        if not home.is_tekun:
            lives.leave_some_labor(home.members)
    stays.give_beginnings(rng, homes)
    stays.add_former(rng, census, homes)
    assistance.give_dibao(rng, homes)
    work.give_work(rng, homes, nth)
    _choose_monitored(homes)
    _give_ledgers(rng, census, block, list(villages.values()))
    if nth == 0:
        add_projects(rng, block, villages)
    for home in homes:
        home.cause = causes.cause_of(rng, home)
        home.in_coop = rng.random() < 0.45
        incomes.give_incomes(rng, home)
    _give_more(block, list(villages.values()))
    if kept < len(homes):
        _keep(rng, block, kept)
    return block


def _give_more(block: Block, villages: list[Village]) -> None:
    """What no household's income depends on; drawn apart, so that the rest stays as it is whatever is added here."""
    first = block.homes[0].head.person
    own = Random(f"{block.nth} {first.name} {first.birth}")
    add_leavings(own, block)
    add_matching(own, block, villages)
    add_leading(own, block, villages)
    add_points(own, block)
    add_relief(own, block)
    if block.nth == 0:
        add_commended(own, block)


def _homes(rng: Random, census: Census, villages: dict[str, Village], nth: int) -> list[Home]:
    plan = planned(rng)
    homes: list[Home] = []
    for item in VILLAGES:
        village = villages[item.code]
        census.names.new_village()
        helpers = [_officer(rng, census) for _ in range(item.households // _HELPED + 1)]
        collectors = [_officer(rng, census) for _ in range(2)]
        for place in range(item.households):
            kind, size, is_tekun = plan[len(homes)]
            members = families.family_of(rng, census, size, is_tekun=is_tekun)
            number = nth * HOUSEHOLDS + len(homes)
            home = Home(
                number,
                village,
                hamlet(rng),
                kind.name,
                [Stay(person) for person in members],
                account=f"8199{number:013d}",
                house=living.house_of(rng, size),
                land=living.land_of(rng),
                helper=helpers[place // _HELPED],
                collector=rng.choice(collectors),
            )
            if is_tekun:
                assistance.give_tekun(home)
            homes.append(home)
    return homes


def _officer(rng: Random, census: Census) -> tuple[str, str]:
    return census.names.full_name(rng, rng.choice("男女")), census.phone()


def _choose_monitored(homes: list[Home]) -> None:
    """In each of the two villages a home that lives off little work and no assistance.

    Where a village has none, one from elsewhere changes places with a home of the village.
    """
    fitting = sorted((home for home in homes if _may_be_monitored(home)), key=_strangeness)
    for code in MONITORED:
        own = next((home for home in fitting if home.village.code == code), None)
        home = own or next(home for home in fitting if home.village.code not in MONITORED)
        if own is None:
            other = next(other for other in homes if other.village.code == code)
            home.village, other.village = other.village, home.village
        home.is_monitored = True
        for person in home.members:
            if person.work:
                work.work_little(person)


def _may_be_monitored(home: Home) -> bool:
    members = home.members
    has_help = home.is_dibao or home.is_tekun or any(person.post for person in members)
    is_reported = home.head.person.name.startswith(_REPORTED)
    return len(members) > 1 and any(person.work for person in members) and not has_help and not is_reported


def _strangeness(home: Home) -> tuple[bool, int, bool]:
    """The likeliest first: of the class that is still helped, few at work, nobody with a sure wage."""
    at_work = [person.work for person in home.members if person.work]
    is_aged = any(person.age >= 60 for person in home.members)
    has_sure_wage = any(one.channel == work.WORKSHOP for one in at_work)
    return home.local_class != "一类", len(at_work) + abs(len(home.members) - 4) + is_aged, has_sure_wage


def _give_ledgers(rng: Random, census: Census, block: Block, villages: list[Village]) -> None:
    others = outsiders(rng, census, villages, block.nth)
    add_education(rng, block)
    add_welfare(rng, block, others)
    add_medical(rng, block)
    add_housing(rng, block)
    add_insurance(rng, block)
    add_awards(rng, block, villages)
    add_forest(rng, block, villages)
    add_jobs(rng, block)
    add_loans(rng, block, villages)
    add_deaths(rng, block)
    add_rolls(rng, block, others)
    add_help(rng, block)


def _keep(rng: Random, block: Block, kept: int) -> None:
    """So many homes and in proportion the people off the register."""
    share = kept / len(block.homes)
    block.homes = sorted(rng.sample(block.homes, kept), key=lambda home: home.nth)
    stay = {id(home) for home in block.homes}
    accounts = sorted({line.values["account_no"] for line in block.lines if _is_outsiders(line.values)})
    open_accounts = set(accounts[: round(len(accounts) * share)])
    loans = {
        line.values["loan_no"] for line in block.lines if line.table == "loan" and _stays(line.home, stay)
    }
    block.lines = [
        line
        for line in block.lines
        if _stays(line.home, stay)
        and (not _is_outsiders(line.values) or line.values["account_no"] in open_accounts)
        and (line.table not in ("loan_repayment", "loan_event") or line.values["loan_no"] in loans)
    ]


def _stays(home: Home | None, kept: set[int]) -> bool:
    return home is None or id(home) in kept


def _is_outsiders(values: dict[str, object]) -> bool:
    return str(values.get("account_no", "")).startswith("8198")
