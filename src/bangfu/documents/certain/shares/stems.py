"""What is left of the name of a whole without the words that any whole may have: 参与户总数 -> 参与."""

from __future__ import annotations

import re
from functools import lru_cache

_BEFORE = re.compile(r"^(?:全[县镇乡村市区]|已经?|总|该|同期|当年|全部|所有|上述|这些|本[乡镇村县])+")
_AFTER = re.compile(
    r"(?:的|者|总?户数?|总?人数|人|人员|对象|群众|农户|总[数量额]|[数量额]|面积|资金|项目|数量|部分|合计|总计|家庭|们)+$"
)
_WHOLE_OF_RATE = re.compile(
    r"^(?:[一-龥]{0,6}?)(任务|计划|目标|应[收缴还办发参])(?:数|额|量|面积)?[一-龥]{2,4}$"
)
_LEAST = 2


@lru_cache(maxsize=5_000)
def stem_of(name: str) -> str:
    """Empty where less than two signs are left."""
    stem = _AFTER.sub("", _BEFORE.sub("", name))
    return stem if len(stem) >= _LEAST else ""


@lru_cache(maxsize=2_000)
def whole_of_rate(name: str) -> str:
    """任务 of 任务完成(率); empty where the rate does not name its whole."""
    found = _WHOLE_OF_RATE.match(name)
    return found[1] if found else ""
