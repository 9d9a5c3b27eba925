"""What was spent of one level's money is no more than that level gave: 中央9820万元…其中中央资金支出9972万元."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.stages.order import is_more, is_owned, out_of_order
from bangfu.documents.reading.structure import Mention

_LEVEL = (
    r"(?P<level>中央|省级|市级|县级|区级|州级|省|市|县|东西部协作|协作|衔接|债券|专项债|自筹|捐赠|帮扶单位)"
)
_SPENT = re.compile(
    rf"(?:^|[,、;:]|其中){_LEVEL}(?:财政)?(?:资金|补助|款)?(?:已|共|实际|累计)*(?:支出|支付|拨付|使用|列支|报账)(?:了|为|达)?$"
)
_GIVEN = re.compile(
    rf"(?:^|[,、;:(]|其中|包括|投入|到位|安排|整合|下达){_LEVEL}(?:财政)?(?:衔接|补助|专项)?(?:资金)?(?:投入|到位|安排|下达|补助)?$"
)
_REACH = 30


def overspent_levels(scene: Scene) -> Iterator[Relation]:
    for later in scene.mentions:
        spent = _SPENT.search(later.left) if later.quantity.kind == "money" else None
        if spent is None:
            continue
        given = _given(scene, later, spent["level"])
        if given is not None and is_more(later, given) and not is_owned(scene, later, given):
            said = f"{spent['level']}资金只有{given.quantity.text},支出却有{later.quantity.text}"
            yield out_of_order(later, given, said)


def _given(scene: Scene, later: Mention, level: str) -> Mention | None:
    at = scene.place_of(later)
    for one in reversed(scene.mentions[max(0, at - _REACH) : at]):
        found = _GIVEN.search(one.left) if one.quantity.kind == "money" else None
        if found is not None and found["level"] == level:
            return one
    return None
