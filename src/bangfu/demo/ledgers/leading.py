"""Cooperatives with the households they lead, shares in them, and the produce that is offered and sold."""

from __future__ import annotations

from random import Random

from bangfu.demo.homes import YEAR, Block, Home, Line, Values
from bangfu.demo.ledgers.rows import UNIT, YUAN
from bangfu.samples.places import Village

_WAYS = ("务工就业", "订单收购", "托管代养", "技术服务")
_PRODUCTS = (
    ("茶叶", "茶叶", "公斤", 80),
    ("土鸡", "畜禽", "只", 90),
    ("蜂蜜", "加工品", "公斤", 60),
    ("竹笋", "蔬菜", "公斤", 12),
)
_BUYERS = (("镇中心小学食堂", "学校食堂"), ("市直机关食堂", "机关事业单位"), ("镇卫生院", "机关事业单位"))
_OFFERS, _SALES = 40, 60
STAKES = (("421281102201", 200_000), ("421281102209", 150_000))
"""Village and yuan that its collective has in a cooperative, at six percent a year."""


def add_leading(rng: Random, block: Block, villages: list[Village]) -> None:
    _add_entities(rng, block)
    _add_produce(rng, block)
    if block.nth == 0:
        _add_stakes(block, villages)


def _add_entities(rng: Random, block: Block) -> None:
    """Each that borrowed for it leads as many households of its village as it says, in two years."""
    for loan in [line for line in block.lines if _is_business_loan(line)]:
        assert loan.village is not None
        claimed = loan.values["driven_households"]
        row = {
            "entity_name": loan.values["full_name"],
            "entity_kind": "合作社",
            "credit_code": loan.values["credit_code"],
            "industry": rng.choice(("茶叶种植加工", "生态养殖", "竹木加工")),
            "recognised_on": loan.values["granted_on"] // 10000 * 10000 + 520,
            "agreement_until_on": 20211231,
            "claimed_households": claimed,
            "claimed_gain": 800 * YUAN,
            "supported_amount": loan.values["principal"],
            "is_in_business": True,
        }
        block.give_outsider("leading_entity", loan.village, row)
        for home in rng.sample(_homes_of(block, loan.village), claimed):
            block.give("led_household", home, None, _led(rng, str(loan.values["full_name"])))


def _is_business_loan(line: Line) -> bool:
    return line.table == "loan" and line.values["loan_kind"] == "新型经营主体带贫贷"


def _homes_of(block: Block, village: Village) -> list[Home]:
    """The village's own; with few of them also the neighbours'."""
    own = [home for home in block.homes if home.village.code == village.code]
    return own if len(own) >= 20 else block.homes


def _led(rng: Random, name: str) -> Values:
    return {
        "entity_name": name,
        "data_year": YEAR,
        "lead_ways": rng.choice(_WAYS),
        "agreement_on": YEAR * 10000 + 310,
        "has_agreement": True,
        "gain": rng.randint(6, 15) * 100 * YUAN,
        "paid_on": YEAR * 10000 + 1218,
    }


def _add_stakes(block: Block, villages: list[Village]) -> None:
    names = {village.code: village for village in villages}
    entities = [line for line in block.lines if line.table == "leading_entity"]
    for (code, yuan), entity in zip(STAKES, entities, strict=False):
        due = yuan * 6 // 100 * YUAN
        row = {
            "entity_name": entity.values["entity_name"],
            "agreement_no": f"RG2018{code[-3:]}",
            "has_agreement": True,
            "fund_nature": "村集体资金",
            "invested": yuan * YUAN,
            "invested_on": 20180910,
            "until_on": 20210909,
            "rate_percent": 6 * UNIT,
            "dividend_due": due,
            "dividend_received": due,
            "last_dividend_on": 20191216,
            "households": 30,
        }
        block.give_outsider("stake", names[code], row)


def _add_produce(rng: Random, block: Block) -> None:
    for home in rng.sample(block.homes, _OFFERS):
        product, kind, unit, price = rng.choice(_PRODUCTS)
        row = {
            "product": product,
            "product_class": kind,
            "offered_on": 20200320,
            "quantity": rng.randint(2, 12) * 10 * UNIT,
            "quantity_unit": unit,
            "unit_price": price * YUAN,
            "available_from_on": 20200325,
            "available_until_on": 20200630,
            "sold_quantity": 0,
            "is_overstocked": True,
            "state": "待售",
        }
        block.give("supply_offer", home, None, row)
    contracts = [_contract(block, nth) for nth in range(len(_BUYERS))]
    for nth, home in enumerate(rng.sample(block.homes, _SALES)):
        contract = contracts[nth % len(contracts)]
        _add_sale(rng, block, home, contract, nth)
    for contract in contracts:
        block.give_town("sales_contract", contract)


def _contract(block: Block, nth: int) -> Values:
    buyer, kind = _BUYERS[nth]
    product, group, unit, price = _PRODUCTS[nth]
    return {
        "contract_no": f"XF{block.nth:03d}{nth + 1:02d}",
        "contract_kind": "消费帮扶协议",
        "seller": "茶庵岭镇帮扶产品合作联社",
        "buyer": buyer,
        "buyer_kind": kind,
        "product": product,
        "product_class": group,
        "quantity": 0,
        "quantity_unit": unit,
        "unit_price": price * YUAN,
        "amount": 0,
        "signed_on": 20190905,
        "deliver_by_on": 20191231,
        "delivered_on": 20191220,
        "received": 0,
        "households": 0,
    }


def _add_sale(rng: Random, block: Block, home: Home, contract: Values, nth: int) -> None:
    """What a household sells counts for its buyer's contract."""
    quantity = rng.randint(5, 30)
    amount = quantity * contract["unit_price"]
    contract["quantity"] += quantity * UNIT
    contract["amount"] += amount
    contract["received"] += amount
    contract["households"] += 1
    row = {
        "product": contract["product"],
        "sold_on": 20191000 + rng.choice((100, 200)) + rng.randint(1, 20),
        "buyer": contract["buyer"],
        "contract_no": contract["contract_no"],
        "quantity": quantity * UNIT,
        "quantity_unit": contract["quantity_unit"],
        "amount": amount,
        "voucher_amount": amount,
        "voucher_no": f"XS{block.nth:03d}{nth + 1:04d}",
        "has_voucher": True,
        "is_eligible_seller": True,
    }
    block.give("sale", home, None, row)
