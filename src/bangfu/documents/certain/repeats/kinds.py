"""Words that sort things into kinds: of two figures called by two kinds of one sort neither is the other."""

from __future__ import annotations

import re

_SORTS = tuple(
    re.compile(words)
    for words in (
        r"男|女",
        r"城市|城镇|农村|乡村(?!振兴|医生|公益|旅游)",
        r"省内|省外|县内|县外|镇内|镇外|乡内|乡外|区内|区外|市内|市外|村内|村外|本地|外地|就近|异地",
        r"[一二三四五六七八九十]标段|第?[一二三四五六七八九十]+[组片队班社](?![织区长会])|[东西南北中][片组村]",
        r"春季|秋季|夏季|冬季|上学期|下学期|春耕|秋收",
        r"一季度|二季度|三季度|四季度|上半年|下半年",
        r"第[一二三四五六七八九十\d]+[批次期轮组标]|首批|头批",
        r"学前|幼儿|小学|初中|高中|中职|高职|大学|本科|大专|义务教育",
        r"一级|二级|三级|四级|[A-D]级",
        r"集中供养|分散供养|集中安置|分散安置",
        r"因病|因残|因学|因灾|因婚|因意外|缺劳力|缺技术",
        r"脱贫户|监测户|一般户|低保户|五保户|特困户|边缘易致贫户|脱贫不稳定户|突发严重困难户",
        r"低保|特困|孤儿|残疾|优抚|临时救助|医疗救助",
        r"医生|教师|护林员|技术员|网格员|保洁员|护路员|水管员|队员|干部|党员|学生|患者|老人|儿童|妇女|志愿者|社员|游客|学员|评委",
        r"水稻|玉米|小麦|油菜|油茶|茶叶|茶园|烤烟|蔬菜|柑橘|核桃|板栗|花椒|魔芋|中药材|食用菌|辣椒|马铃薯|红薯|大豆|猕猴桃|脐橙",
        r"生猪|肉牛|黄牛|山羊|羊|鸡|鸭|鹅|蜂|鱼|牛|猪",
        r"收入|支出|结余|负债|贷款|存款|保费|赔款",
        r"中央|省级|市级|县级|镇级|村级|自筹|社会捐助",
        r"公路|桥梁|水渠|水池|管道|路灯|厕所|危房|学校|卫生室|车间|仓库|大棚",
        r"申请|申报|通过|审批|退回|驳回",
        r"新建|改建|扩建|维修|续建|拆除",
        r"上门|电话|线上|线下|窗口|网上",
        r"住院|门诊|慢病|大病",
        r"甲类|乙类|丙类|甲|乙|丙",
        r"减少|新增|消除|识别|清退|纳入|退出",
        r"户籍|常住|外出|返乡|在家|留守",
        r"正常|逾期|到期|展期",
        r"合格|不合格|优秀|良好|称职|基本称职|不称职",
    )
)
_CALLED = (("监测对象", "监测户"), ("脱贫人口", "脱贫户"), ("贫困人口", "贫困户"))
"""Groups that have two names."""
_GROWN = re.compile(r"增加|净增")
_BOUNDS = (
    (
        "above",
        re.compile(
            r"\d[\d.]*[万亿千百]?[一-龥%]{1,3}(?:及|\()?以上|超过|突破|高于|大于|多于|达到或|不低于|不少于"
        ),
    ),
    ("below", re.compile(r"(?<!不)不足|(?<!不)低于|以下|不到|未达|未超|不超|少于|小于")),
)
"""收入50万元以上的村 and 收入不足50万元的村: two groups."""


_SIGNS = tuple((sort, frozenset(re.findall("[一-龥]", sort.pattern))) for sort in _SORTS)
_NONE: frozenset[str] = frozenset()


def kinds_of(words: str) -> tuple[frozenset[str], ...]:
    """Of each sort the kinds that the words name."""
    words = _GROWN.sub("新增", words)
    for name, other in _CALLED:
        words = words.replace(name, other)
    said = frozenset(words)
    return tuple(
        _NONE if signs.isdisjoint(said) else frozenset(sort.findall(words)) for sort, signs in _SIGNS
    )


def bounds_of(clause: str) -> frozenset[str]:
    """Whether it tells of those above or of those below some measure."""
    return frozenset(name for name, sense in _BOUNDS if sense.search(clause))


def conflicts(first: tuple[frozenset[str], ...], second: tuple[frozenset[str], ...]) -> int:
    """In how many sorts both name a kind, and none in common."""
    return sum(bool(one and other) and not one & other for one, other in zip(first, second, strict=True))
