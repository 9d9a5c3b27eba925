"""Some of a kind beside all of the kind: 行政村18个,示范村21个; 检查企业46家,发现问题企业52家."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.reading.structure import Mention

Pair = tuple[Mention, Mention]

_KINDS = tuple(
    (
        re.compile(rf"(?:^|[,;:、一-龥])(?:{whole})(?:共|有|计|总数|共有)*$"),
        re.compile(rf"(?:{part})(?:有|共|为|达)*$"),
    )
    for whole, part in (
        (
            r"行政村|建制村|村委会",
            r"(?:示范|试点|重点|脱贫|贫困|文明|先进|达标|空壳|薄弱|边境|深度贫困|已脱贫|出列|整治|清洁|美丽|三星级|五星)村",
        ),
        (
            r"在校学生|在校生|学生总数|学生",
            r"寄宿生|住校生|住宿生|女生|男生|留守(?:学生|儿童)|(?:贫困|困难|资助|随班就读|残疾|脱贫家庭)学生",
        ),
        (
            r"(?<!特岗)(?<!女)(?:教职工|教师总数|在编教师|专任教师)",
            r"特岗教师|女教师|代课教师|支教教师|高级教师|骨干教师|音体美教师",
        ),
        (
            r"(?<!女)(?<!流动)(?<!预备)党员",
            r"女党员|流动党员|预备党员|(?:青年|老年|老|年轻|困难|农民|少数民族)党员",
        ),
        (
            r"(?<!规上)(?<!龙头)企业",
            r"规(?:模以)?上(?:工业)?企业|龙头企业|高新(?:技术)?企业|亏损企业|外资企业",
        ),
        (r"(?<!示范)合作社", r"示范(?:合作)?社|空壳社|省级示范社|规范社"),
        (r"(?<!型)床位|养老床位", r"护理型床位|(?:失能|医养)床位"),
        (r"幼儿园", r"(?:普惠性?|公办|民办|示范)幼儿园"),
        (r"耕地(?:总)?(?:面积)?", r"(?:永久)?基本农田|水田|旱地|高标准农田|撂荒(?:耕)?地|坡耕地"),
        (r"林地(?:总)?(?:面积)?", r"(?:国家级|省级)?公益林|商品林|经济林|天然林"),
        (r"自然村|村民小组|居民小组", r"通(?:水|路|电|网|车)的?(?:自然村|小组|组)"),
    )
)
_OTHER = re.compile(r"新增|另|其他|外|累计|原|上年|去年|计划|任务|创建|打造|建设|培育")
_CHECKED = re.compile(r"检查|抽查|抽检|排查|走访|暗访|督查|核查|巡查|督导|审计|检测|监测|评估|巡察|约谈|核验")
_FOUND = re.compile(
    r"(?:发现|查出|查处|存在|有|检出)[一-龥]{0,6}(?:问题|隐患|违规|违法|违纪|不合格|缺陷|不达标|超标|整改)的?(?P<noun>[一-龥]{2,4})$"
)
_BESIDE = re.compile(r"[,、][^,。;、]{1,16}|[^,。;、]{0,2}[,、][^,。;、]{1,16}")
_MOST_OVER = 2


def kinds_of(scene: Scene) -> Iterator[Pair]:
    """Each figure with that of all of its kind just before it."""
    for part in scene.mentions:
        before = scene.before(part)
        whole = before[-1] if before else None
        if whole is None or whole.quantity.unit != part.quantity.unit or whole.segment != part.segment:
            continue
        if (
            not _BESIDE.fullmatch(part.gap)
            or part.quantity.base_value > _MOST_OVER * whole.quantity.base_value
        ):
            continue
        if _OTHER.search(part.left) or _OTHER.search(whole.left):
            continue
        if _is_kind(whole, part) or _is_found(whole, part):
            yield part, whole


def _is_kind(whole: Mention, part: Mention) -> bool:
    first, second = whole.left + whole.right.split(",")[0][:4], part.left + part.right[:4]
    return (
        any(
            (all_.search(whole.left) or all_.search(first))
            and some.search(part.left if part.left else second)
            for all_, some in _KINDS
        )
        and "非" not in first + second
    )


def _is_found(whole: Mention, part: Mention) -> bool:
    found = _FOUND.search(part.left)
    return (
        found is not None and _CHECKED.search(whole.left) is not None and whole.left.endswith(found["noun"])
    )
