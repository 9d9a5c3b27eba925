"""Those of a set that no 其中 opens up, or told in two units: 全县行政村176个…已通客车178个; 常年用工38人,本村41人."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.stages.kinds_of import kinds_of
from bangfu.documents.certain.stages.order import is_more, is_owned
from bangfu.documents.certain.units.slip import is_each
from bangfu.documents.reading.structure import Mention

_SKIP = frozenset({"share", "point", "times", "age", "time", "money"})
_AMONG = re.compile(r"其中|当中(?=[,有])|里面(?=[,有])|(?<=[一-龥])中,")
_LINK = re.compile(r"[、,/(]?(?:共|计|共计|合计|涉及|惠及)?(?:人口|群众)?")
_ALL = re.compile(
    r"全(?:[县镇乡村市区省州街]|街道|社区|系统)(?:现有|共有|实有|共|有|登记|在册|现)*(?P<noun>[一-龥]{2,8})$"
)
_VERB = re.compile(r"已|完成|建成|新建|改造|投入|发放|参|享受|实施|开展|硬化|培训|组织|落实|发展|增|修|支")
_REACHED = re.compile(
    r"(?:^|[,;、])(?:目前|现|截至目前)?(?:已经?|均|都|实现|全部)+(?:实现|完成|经)?(?:开?通(?!过[^,。;]{0,4}[会检])|连通|接通|接入|用上|达标|达到|纳入|覆盖|出列|脱贫|退出|消除|摘帽|享受|参加|参保|签约|联网|并网|挂牌|整改|验收|评为|评上|获评|入选|开展|完成)[一-龥]{0,10}$"
)
_COUNTED = re.compile(r"^[一-龥]")
_OTHER = re.compile(r"累计|另|其他|新增|次|计划|应|未|没|待|率")
_ATTRIBUTE = re.compile(
    r"(?:^|[,(])(?:其中)?(?:本(?:村|地|镇|乡|县|组|市|省|街道|社区)(?:人|籍|户籍|村民|居民|群众|农民|劳动力|务工人员)?|当地(?:人|村民|农民|群众|劳动力)?|女(?:性|工|职工|同志|员工|社员|学员)?|男(?:性|工|职工|学员)?|少数民族|"
    r"脱贫(?:人口|劳动力|群众|户)?|贫困(?:人口|劳动力|户)?|监测(?:对象|户)|搬迁(?:群众|户|劳动力)|残疾人|持证(?:人员)?|(?:大专|本科|高中|初中|中专)(?:及)?以[上下](?:学历)?|退役军人|返乡(?:人员|农民工))(?:的|有|为|占|共)*$"
)
_PEOPLE = re.compile(
    r"(?:用工|务工|吸纳|就业|上岗|培训|参训|学员|职工|员工|工人|队员|聘用|聘请|选聘|录用|招聘|招工|招收|成员|社员|股东|从业|参加|报名|受训|安置|在岗)(?:人员|群众|劳动力|人数|员工|总数)?(?:共|计|有|达|为)*$"
)
_NOT_ALL = re.compile(r"新增|增加|减少|另|外[村地来县]|其他|临时|季节|零")
_REFERRED = re.compile(r"其中$")
_MOST_OVER = 2


def subsets(scene: Scene) -> Iterator[Relation]:
    for one in scene.mentions:
        if one.quantity.kind in _SKIP or is_each(one):
            continue
        whole = (
            _twin_of_whole(scene, one)
            or _of_all(scene, one)
            or _with_attribute(scene, one)
            or _called_again(scene, one)
        )
        if whole is not None and is_more(one, whole) and not is_owned(scene, one, whole):
            yield _told(one, whole)
    for part, whole in kinds_of(scene):
        if is_more(part, whole) and not is_owned(scene, part, whole):
            yield _told(part, whole)
    yield from _beyond_least(scene)


def _told(part: Mention, whole: Mention) -> Relation:
    said = f"部分{part.quantity.text}多于所属的{whole.quantity.text}"
    cause = "两个数写颠倒了,或者其中一个写错"
    return Relation("part", (part.index,), whole.index, part.quantity.base_value, False, "error", said, cause)


def _twin_of_whole(scene: Scene, one: Mention) -> Mention | None:
    """687户、2604人,其中贫困户193户、2711人: the second figure of the part beside the second of the whole."""
    first = _joined(scene, one, -1)
    if first is None or not _AMONG.search(first.gap):
        return None
    before = [other for other in scene.before(first) if not scene.is_nested(other)]
    couples = [
        (head, tail)
        for head, tail in pairwise(before)
        if head.is_like(first) and tail.is_like(one) and _LINK.fullmatch(tail.gap)
    ]
    if not couples or any(other.is_like(one) for other in before if other.index > couples[-1][1].index):
        return None
    return None if is_more(first, couples[-1][0]) else couples[-1][1]


def _joined(scene: Scene, one: Mention, step: int) -> Mention | None:
    at = scene.place_of(one) + step
    if at < 0 or not _LINK.fullmatch(one.gap):
        return None
    other = scene.mentions[at]
    return other if other.sentence == one.sentence and not other.is_like(one) else None


def _of_all(scene: Scene, one: Mention) -> Mention | None:
    """全县建制村176个,通硬化路172个;已通客车178个: what they have got, with no other thing counted."""
    if not _REACHED.search(one.left) or _COUNTED.match(one.right) or _OTHER.search(one.left):
        return None
    wholes = [
        other
        for other in scene.before(one)
        if other.quantity.unit == one.quantity.unit and _is_all(other) and other.quantity.is_exact
    ]
    if len(wholes) != 1 or one.quantity.base_value > _MOST_OVER * wholes[0].quantity.base_value:
        return None
    return wholes[0]


def _is_all(one: Mention) -> bool:
    found = _ALL.search(one.left)
    return found is not None and not _VERB.search(found["noun"]) and not _COUNTED.match(one.right)


def _with_attribute(scene: Scene, one: Mention) -> Mention | None:
    """常年用工38人,本村41人: nothing but what they are stands before it."""
    if not _ATTRIBUTE.search(one.left) or _COUNTED.match(one.right):
        return None
    before = [other for other in scene.before(one) if other.segment == one.segment and other.is_like(one)]
    if not before or before[-1].index != one.index - 1:
        return None
    whole = before[-1]
    if not _PEOPLE.search(whole.left) or _NOT_ALL.search(whole.left) or _ATTRIBUTE.search(whole.left):
        return None
    return whole if one.quantity.base_value <= _MOST_OVER * whole.quantity.base_value else None


def _called_again(scene: Scene, one: Mention) -> Mention | None:
    """不合格9户,合格率95.9%;其中12户不合格的原因…: the words behind it are those that stand before the whole."""
    if not _REFERRED.search(one.left) or not _COUNTED.match(one.right):
        return None
    for other in reversed(scene.before(one)):
        name = other.left.strip(",;、 ")[-4:]
        if other.is_like(one) and len(name) > 1 and one.right.startswith((name, name[-3:])):
            return other
    return None


def _beyond_least(scene: Scene) -> Iterator[Relation]:
    """收购不少于40吨,其中脱贫户不少于45吨: a least of the part that is more than the least of the whole."""
    for whole, part in pairwise(scene.mentions):
        if not _AMONG.search(part.gap) or part.sentence != whole.sentence or not part.is_like(whole):
            continue
        bounds = {one.quantity.approx for one in (whole, part)}
        if (
            len(bounds) == 1
            and not bounds & {"", None}
            and part.quantity.base_value > whole.quantity.base_value
        ):
            yield _told(part, whole)
