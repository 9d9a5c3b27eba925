"""What all finders of slipped units share: the relation they tell, the figures about one, and what is said of each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.reading.quantity import Quantity
from bangfu.documents.reading.structure import Mention

_EACH = re.compile(
    r"(?:[×*]$|每(?!年[^,;。]{0,4}(?:支付|支出|需|可|共|收|发放|产|新增|投入|列支|安排))|各(?=[奖补发给])|[人户笔次村亩家处个座场所批件项镇乡株头只栋套间例岗月日天年米企台辆社店网班期组盘吨条口宗单]均(?![衡匀由已未有在可能按须应])|企均|人次均|人平|户平|平均|单[方株头]|(?<!高)标准(?!厂房|化|地|车间|校舍|间|棚|农田|园)|单价|均价|[月日](?:补贴|补助|工资|津贴|报酬|薪)|"
    r"日薪|时薪|月薪|底薪|票价|一(?:斤|亩|头|吨|户|人|只|棵|株|天)$|一公斤$|售价|单产|亩产|单株|单果)[^,;。]*$"
)
"""So the amount is one for each, not all together."""
_PRICE = re.compile(
    r"(?<![造标同定估总])价(?!值|款)|收费标准|成本(?![^,;。]*共)|[高低涨跌贵]了?$|上涨|上调|下调|下降|提高|涨到|降到|差额|提到|提高到|利润|毛利"
)
_PER = re.compile(r"[/／每一]|以上|以下|的标准|标准|起付")


def slip(
    members: Sequence[Mention], mention: Mention, computed: Decimal | None, said: str, cause: str
) -> Relation:
    return Relation(
        "unit_slip",
        tuple(one.index for one in members),
        mention.index,
        computed,
        False,
        "error",
        f"{said},请核对单位",
        cause,
    )


def is_each(mention: Mention) -> bool:
    """Whether it is said of each one: 每人500元, 户均2.1万元, 80元/亩."""
    return bool(mention.quantity.per) or _says_each(mention.left[-30:], mention.right[:4])


@lru_cache(maxsize=4096)
def _says_each(left: str, right: str) -> bool:
    return bool(_EACH.search(left) or _PER.match(right))


def is_price(scene: Scene, mention: Mention) -> bool:
    """Whether it may be the price of one thing, or what a price rose by."""
    return bool(_PRICE.search(scene.clause(mention)))


def around(scene: Scene, mention: Mention, reach: int) -> list[Mention]:
    """The figures of its paragraph that stand at most so many places off, itself left out."""
    at = scene.place_of(mention)
    near = scene.mentions[max(0, at - reach) : at + reach + 1]
    return [one for one in near if one.paragraph == mention.paragraph and one is not mention]


def factor_of(quantity: Quantity) -> Decimal:
    """How many base units one of its written unit is worth: 万元 10,000."""
    return quantity.base_value / quantity.value if quantity.value else Decimal(1)


def digits_of(quantity: Quantity) -> int:
    return len(quantity.value.normalize().as_tuple().digits)
