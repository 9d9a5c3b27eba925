"""Faults in what the register says of a household and its year."""

from __future__ import annotations

from bangfu.demo.faults.planting import Faults
from bangfu.demo.homes import YEAR, Values
from bangfu.demo.ledgers.rows import UNIT, YUAN

_BELOW_FLOOR = 3_860 * YUAN  # the floor of 2020 is 4,000


def _shared_account(faults: Faults) -> None:
    first = faults.home(lambda home: not home.is_dibao and not home.is_tekun)
    second = faults.home(lambda home: home.village is first.village and not home.is_dibao)
    second.told["bank_account_no"] = first.account
    for home in (first, second):
        faults.of_home(home, "两户填了同一个一卡通账号", "identity.account_shared_by_households")


def _short_phone(faults: Faults) -> None:
    home = faults.home(lambda home: True)
    home.told["household_phone"] = home.phone[:-1]
    faults.of_home(home, "户联系电话少一位", "identity.household_phone_invalid")


def _no_cause(faults: Faults) -> None:
    home = faults.home(lambda home: True)
    home.told["poverty_cause_main"] = None
    faults.of_home(home, "主要致贫原因漏填", "household.poverty_cause_missing")


def _wrong_size(faults: Faults) -> None:
    home = faults.home(lambda home: len(home.members) > 2)
    home.told_of_year["household_size"] = len(home.members) + 1
    faults.of_home(home, "填报人口比成员多一人", "household.size_differs_from_members")


def _wrong_sum(faults: Faults) -> None:
    home = faults.home(lambda home: home.years[YEAR]["wage_income"] > 5_000 * YUAN)
    home.told_of_year["wage_income"] = home.years[YEAR]["wage_income"] + 600 * YUAN
    faults.of_home(home, "工资性收入多填600元,与纯收入不勾稽", "income.components_do_not_add_up")


def _wrong_share(faults: Faults) -> None:
    home = faults.home(lambda home: len(home.members) > 3)
    home.told_of_year["per_capita_net_income"] = home.years[YEAR]["per_capita_net_income"] + 300 * YUAN
    faults.of_home(home, "人均纯收入算错300元", "income.per_capita_wrong")


def _low_income(faults: Faults) -> None:
    """All of it adds up, and is below the floor of 2020."""
    home = faults.home(lambda home: _could_have_less(home.years[YEAR]))
    income = dict(home.years[YEAR])
    size = income["household_size"]
    less = income["net_income"] - _BELOW_FLOOR * size
    income["operating_income"] -= less
    income |= {"net_income": _BELOW_FLOOR * size, "per_capita_net_income": _BELOW_FLOOR}
    home.told_of_year |= income
    faults.of_home(home, "人均纯收入3860元,低于4000元", "income.below_floor")


def _could_have_less(income: Values) -> bool:
    """Whether the farm alone makes the difference."""
    less = income["net_income"] - _BELOW_FLOOR * income["household_size"]
    left = income["operating_income"] - less
    transfers = income["transfer_income"]
    return bool(0 < less < income["operating_income"] - 1_000 * YUAN < 2 * left and transfers < less)


def _too_much_irrigated(faults: Faults) -> None:
    home = faults.home(lambda home: True)
    home.told_of_year["irrigated_mu"] = round(home.land.farm * 10 + 8) * UNIT // 10
    faults.of_home(home, "有效灌溉面积大于耕地面积", "living.irrigated_exceeds_farmland")


def _unsafe_water(faults: Faults) -> None:
    home = faults.home(lambda home: True)
    home.told_of_year["water_safe"] = False
    faults.of_home(
        home, "安全饮水填成未解决", "living.exited_below_standard", "living.unsafe_water_not_monitored"
    )


def _no_road(faults: Faults) -> None:
    home = faults.home(lambda home: True)
    home.told_of_year |= {"access_road_type": None, "access_road_hardened": None}
    faults.of_home(home, "入户路类型漏填", "living.access_road_empty")


OF_HOUSEHOLDS = (
    _shared_account,
    _short_phone,
    _no_cause,
    _wrong_size,
    _wrong_sum,
    _wrong_share,
    _low_income,
    _too_much_irrigated,
    _unsafe_water,
    _no_road,
)
