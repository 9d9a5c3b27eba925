"""Points of the four villages that were poor: scored by a jury each month, exchanged at the village's shop."""

from __future__ import annotations

from random import Random

from bangfu.demo.blueprint import VILLAGES
from bangfu.demo.homes import Block, Home
from bangfu.demo.ledgers.rows import UNIT, YUAN

_MONTHS = (202001, 202002, 202003)
_ITEMS = (
    ("庭院整洁", "人居环境", 10),
    ("按时返岗务工", "勤劳就业", 20),
    ("参加疫情防控值守", "公益活动", 15),
    ("孝敬老人", "孝老爱亲", 10),
)
_GOODS = (("洗衣粉", 10), ("食用油", 50), ("大米", 30), ("毛巾", 10))
_SCORED, _TAKING = 12, 6  # homes of a village
_FUND = 3_000 * YUAN


def add_points(rng: Random, block: Block) -> None:
    for plan in VILLAGES:
        homes = [home for home in block.homes if home.village.code == plan.code and not home.is_monitored]
        if plan.exit_year is not None:
            _add_village(rng, block, rng.sample(homes, min(_SCORED, len(homes))))


def _add_village(rng: Random, block: Block, homes: list[Home]) -> None:
    """Both funds get money in January; each pays for what was taken of it, and for nothing else."""
    spent = {"财政资金": 0, "社会捐赠": 0}
    for home in homes:
        _add_scores(rng, block, home)
    for nth, home in enumerate(homes[:_TAKING]):
        goods, price = rng.choice(_GOODS)
        source = "财政资金" if nth % 2 else "社会捐赠"
        spent[source] += price * YUAN
        row = {
            "exchanged_on": 20200410,
            "goods": goods,
            "quantity": UNIT,
            "points": price,
            "value": price * YUAN,
            "fund_source": source,
            "shop": f"{home.village.name}积分超市",
            "is_signed": True,
        }
        block.give("points_exchange", home, None, row)
    village = homes[0].village
    for source, value in spent.items() if block.nth == 0 else ():
        given = {"happened_on": 20200108, "direction": "收入", "fund_source": source, "amount": _FUND}
        block.give_outsider("points_fund", village, {**given, "voucher_no": f"JFR{village.code[-3:]}"})
        used = {"happened_on": 20200412, "direction": "支出", "fund_source": source, "amount": value}
        note = {"purpose": "兑换物品", "voucher_no": f"JFC{village.code[-3:]}"}
        block.give_outsider("points_fund", village, {**used, **note})


def _add_scores(rng: Random, block: Block, home: Home) -> None:
    for month in _MONTHS:
        for item, kind, points in rng.sample(_ITEMS, 2):
            row = {
                "month": month,
                "item": item,
                "points_class": kind,
                "points": points,
                "scored_on": month * 100 + 25,
                "jury": "村积分评议小组",
                "publicised_from": month * 100 + 26,
                "publicised_until": month * 100 + 29,
            }
            block.give("points_entry", home, None, row)
