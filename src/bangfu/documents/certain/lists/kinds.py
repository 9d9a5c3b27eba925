"""How what is counted is called, and how its members' names end: 站所 and 林业站, 机具 and 插秧机, 文物 and 石拱桥."""

from __future__ import annotations

import re
from collections.abc import Sequence

_FAMILIES: tuple[tuple[str, str], ...] = (
    ("乡镇|镇街|镇乡", "乡镇道区"),
    ("县区|区县|县市区|县市", "县区市"),
    ("街道|办事处", "道处"),
    ("社区|村居|村社", "区村居社"),
    ("站所|单位|部门|机构|科室|股室|办所|窗口", "局办委部站所院校司行社心队科股室团联会窗"),
    ("学校|小学|中学|高中|初中|幼儿园|院校|校", "校学园中小心"),
    ("企业|公司|厂家|龙头|厂", "司厂社业场团"),
    ("合作社|协会|农场|社", "社会场"),
    ("医院|卫生院|诊所|院所", "院室所"),
    ("机具|农机|机械|设备|机器|农机具", "机器车泵具"),
    ("水库|山塘|塘库", "库塘"),
    ("河流|河道|溪流|河", "河江溪水川沟"),
    ("道路|公路|街道|街巷|路|线路", "路线道街巷"),
    ("大桥|桥梁|桥", "桥"),
    ("文物|古迹|古建|遗址|不可移动文物", "桥楼井刻墓寺庙祠塔址居堡碑坊阁殿"),
    ("景区|景点|公园", "山寺湖谷峡园区洞村镇瀑"),
    ("基地|园区|产业园", "地园区场"),
    ("车间|工坊", "间坊"),
    ("制度|办法|文件|规定", "度法则定案知程例"),
    ("工程|项目", "程目厂院路桥场园库渠网楼心站"),
    ("水厂|电站|泵站|站点|站", "厂站"),
    ("小区|院落", "区院苑园"),
    ("超市|商铺|门店", "市店铺"),
    ("村|行政村|自然村|寨|屯", "村寨屯庄湾沟"),
    ("镇|乡", "镇乡"),
    ("组|队", "组队"),
    ("县|区|市|州", "县区市州"),
    ("局", "局"),
)
_NOUN = re.compile(
    r"[一-龥]{0,7}?(?P<kind>"
    + "|".join(dict.fromkeys("|".join(names for names, _ in _FAMILIES).split("|")))
    + r")$"
)
_ENDS = {name: ends for names, ends in reversed(_FAMILIES) for name in names.split("|")}
_PLACES = frozenset(
    (
        "村",
        "行政村",
        "自然村",
        "寨",
        "屯",
        "镇",
        "乡",
        "乡镇",
        "镇街",
        "社区",
        "村居",
        "县",
        "县区",
        "点",
        "组",
    )
)
_SORTS = frozenset({"种", "类", "样", "款", "门", "味"})
_SITES = re.compile(r"(?:点|所|站|处|厂|中心|基地|车间|集市|市场|渡口|码头)$")
_KINDS = re.compile(
    r"(?:品种|树种|作物|工种|险种|菜品|产品|农药|病种|科目|课程|行业|产业|节目|品牌|品类|药品|食材|菜|果|工艺|项目|"
    r"指标|任务|收入|税种|费用|证件|材料|手续|服务|活动|奖项|荣誉)$"
)
_NO_START = re.compile(
    r"男女|其中|含|包|对|从|在|由|把|将|以|按|与|和|向|给|让|使|被|听|查|看|问|走|共|总|合|均|都|已|未|也|并|但|而|"
    r"可|要|应|就|还|经|因|为|是|有|没|无|不|每|各|另|其|该|这|如|当|至|到|于|涉|"
    r"完成|实现|解决|投|用|发|开展|主要|分别|修建|新建|硬化|建成|整治|清理|改造|惠及|带动|覆盖|组织|动员|采取|通过|"
    r"形成|推动|推进|加强|落实|协助|负责|承担|今年|去年|目前|截至"
)


def fits(noun: str, unit: str, names: Sequence[str]) -> bool:
    """Whether the names are such as the noun counts, so that the list can be no other's."""
    if any(_NO_START.match(name) for name in names[:1]) or max(map(len, names)) > 10:
        return False
    short = all(2 <= len(name) <= 4 for name in names)
    match = _NOUN.match(noun) if noun else None
    if match is not None:
        kind = match["kind"]
        ended = sum(name[-1] in _ENDS[kind] for name in names)
        if kind in _PLACES and short and not ended:
            return True
        return ended == len(names) or (kind not in _PLACES and ended * 2 > len(names))
    if noun and (unit in _SORTS or _KINDS.search(noun)):
        return max(map(len, names)) <= 8
    if short and _SITES.search(noun):
        return True
    return bool(noun) and len({name[-1] for name in names}) == 1 and len(names[0]) <= 8


def are_alike(names: Sequence[str]) -> bool:
    """Names of about one length, none of which begins like a clause."""
    lengths = [len(name) for name in names]
    return max(lengths) <= 8 and max(lengths) - min(lengths) <= 3 and not any(map(_NO_START.match, names))


def ends_of(noun: str) -> str:
    """What the names of the noun's members may end in; "" for a noun unknown."""
    match = _NOUN.match(noun) if noun else None
    return _ENDS[match["kind"]] if match is not None else ""


def is_place(noun: str) -> bool:
    match = _NOUN.match(noun) if noun else None
    return match is not None and match["kind"] in _PLACES
