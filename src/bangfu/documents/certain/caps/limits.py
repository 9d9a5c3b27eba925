"""The limits that a text itself names: 每户不超过5万元, 年度封顶线5万元, 单户最高2万元, 5万元以内."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.reading.structure import Mention

_CAP = re.compile(
    r"(?:不(?:得|能|可|应|准|许|宜|允许|再|会)?(?:超过|超出|高于|高出|突破|大于|多于|超)|(?:补[助贴]|奖补|救助|奖励|[每单][一-龥])不过|上限|封顶线?|限额|限高|至多|顶格|红线|天花板|顶多|撑死|多也只有|多也就|最多也|控制在|限(?:定|制)?在|"
    r"(?:每|单|一)(?:个|位|名)?[一-龥]{1,6}(?:限|只限|限补|限为)(?=$)|每[一-龥]{1,3}每[一-龥]{1,2}限(?=$)|额度[为是]|最高限[额价]|限[筹补贷领报借奖赔购建发])[^,。;\d]{0,8}$"
)
_HIGHEST = re.compile(
    r"(?:(?:每|单|一)(?:户|人|笔|次|生|个|家|宗|名|户次|人次|头|亩|台|机|间|栋|村)[^,。;]{0,12}|"
    r"同一(?:个)?(?:合作社|农户|户|主体|企业|公司|对象|学生|项目|农场|家庭|车间|基地|人|申请人|借款人)[^,。;]{0,14}|"
    r"(?:规定|政策|办法|文件|合同|约定|章程|方案|标准|额度|原则|细则|通知|协议|口径)[^,。;]{0,14})"
    r"(?:最高|最多)(?:额度|限额|可|只能|贷|补|奖|给予|为|不)*[^,。;\d某的]{0,4}$"
)
_CAP_AFTER = re.compile(
    r"(?:\(含\))?(?:/[户人笔次])?(?:以内|以下|之内|封顶|为限|为上限|包干|到顶|打住|为顶|为封顶线)|的?(?:规定|政策)?(?:上限|红线|限额|额度|封顶线|线|限)(?![上下])"
)
_BROKEN = re.compile(r"(?:突破|超过|超出|超|高于|违反|在|符合|控制在)(?:了)?[^,。;\d]{0,10}$")
_RULE_AFTER = re.compile(
    r"(?:/[户人])?的(?:控制|最高|政策|文件|单户|额度)?(?:规定|标准|要求|限制|政策|限度|控制线)"
)
"""大大突破每户5万元的规定."""
_NOT_LIMIT = re.compile(
    r"其中|某|实际|超过了|已超过|最[高多]的|占|突破了|缺口|贴息|起付|风险补偿|低于|资金额度|指标"
)
_ACTUAL_MOST = re.compile(r"某|实际|已超过|突破了|缺口|占|起付|风险补偿|贴息")
_PER = re.compile(
    r"单(?:个|家)(养殖场|牧场|种植园|加工点|作坊|民宿|大户|主体|车间|合作社|企业|公司|农场|基地|村|项目|农户|学生)|(?:每|单|一(?!次性)|按)(户次|人次|户|人|笔|次|生|个|家|宗|名|头|亩|学生|本专科生|棵|间|栋|台|辆|套|座|处|场|批|宿|餐|村|镇|乡|项目|社)|(户|人|笔|次|宗)均|(户)贷|同一(?:个)?(农户|户|人|合作社|主体|企业|公司|农场|学生|车间|基地|村)|"
    r"(个人)(?=[^,。;个]{0,4}最高)|单(机|台|塘|库|桥|校|厂|场|班|店|园|院|站|点|池|棚|例)|每(塘|桥|校|厂|班|店|园|院|站|点|池|棚|例)"
)
_FIRMS = ("家", "个")
_UNITS = {
    "户": ("户", "户次"),
    "户次": ("户次", "户", "次", "笔"),
    "人": ("人", "人次"),
    "人次": ("人次", "人"),
    "生": ("人", "人次"),
    "名": ("人",),
    "学生": ("人", "人次"),
    "本专科生": ("人",),
    "笔": ("笔", "户", "个"),
    "次": ("次", "人次", "户次", "笔", "户"),
    "家": ("家", "户", "个"),
    "个": ("个", "家"),
    "宗": ("宗", "户", "个"),
    "栋": ("栋", "户"),
    "农户": ("户", "户次"),
    "个人": ("人",),
    "机": ("台",),
    **dict.fromkeys(("养殖场", "牧场", "种植园", "加工点", "作坊", "民宿", "大户"), _FIRMS),
    "合作社": _FIRMS,
    "主体": (*_FIRMS, "户"),
    "企业": _FIRMS,
    "公司": _FIRMS,
    "农场": _FIRMS,
    "车间": _FIRMS,
    "基地": _FIRMS,
}
_OF_FIRMS = re.compile(r"车间|合作社|企业|公司|农场|主体|基地")
_AT_MOST = ("", "最高")
"""The reader takes 最高 to the figure: it still stands among the words before."""
_NONE = frozenset({"share", "point", "times", "age", "time"})
_NO_MATTER = re.compile(r"[^,。;]{0,8}(?:无关|不适用|不挂钩|不是一回事|之外)")
_TERM = re.compile(r"(?:每|按|单)?(月|日|天|学期|季度?)(?!底|末|初)")
_SOMEBODY = re.compile("某|实际|最[高多]的")
_NOT_ABOVE = re.compile(r"(?:不(?:得|能|可|应|准|许|宜|会|再|允许)?|未|没|没有)$")


@dataclass(frozen=True)
class Limit:
    mention: Mention
    units: tuple[str, ...]
    """What it is a limit for each of; empty where the words do not say."""
    term: str
    words: str
    """The sentence's piece that it stands in, up to the limit and a little beyond."""
    piece: str
    """The same between its commas."""


def limits_of(scene: Scene) -> Iterator[Limit]:
    for mention in scene.mentions:
        if mention.quantity.kind not in _NONE and _names_limit(scene, mention):
            words = lead_of(scene, mention) + mention.right[:10]
            own = lead_of(scene, mention).rpartition(",")[2] + mention.quantity.text
            piece = own + mention.right[:10].partition(",")[0]
            found = list(_PER.finditer(piece)) or list(_PER.finditer(words))
            pers = [unit for match in found for unit in match.groups() if unit]
            if not pers and _OF_FIRMS.search(piece):
                pers = ["企业"]
            if "岗" in piece:
                pers.append("人")
            units = dict.fromkeys(unit for per in pers for unit in _UNITS.get(per, (per,)))
            term = _TERM.search(mention.left)
            yield Limit(mention, tuple(units), term[1] if term else "", words, piece)


def _names_limit(scene: Scene, mention: Mention) -> bool:
    if mention.quantity.base_value <= 0 or _NO_MATTER.match(scene.reading.flat, mention.quantity.end):
        return False
    if _CAP_AFTER.match(mention.right) and not _SOMEBODY.search(mention.left):
        return True
    if _RULE_AFTER.match(mention.right) and (
        _BROKEN.search(mention.left) or mention.quantity.approx == "超过"
    ):
        return True
    if mention.quantity.approx == "超过":
        return _NOT_ABOVE.search(mention.left) is not None
    if _CAP.search(mention.left) and not _ACTUAL_MOST.search(mention.left):
        return True
    if _NOT_LIMIT.search(mention.left):
        return False
    said = mention.left + _AT_MOST[mention.quantity.approx == "最多" and "最" in mention.quantity.text]
    plain = mention.quantity.approx == "最多" and "最" not in mention.quantity.text
    return plain or bool(_CAP.search(said) or _HIGHEST.search(said))


def lead_of(scene: Scene, mention: Mention) -> str:
    """Its piece of the sentence up to it."""
    flat, end = scene.reading.flat, mention.quantity.start
    start = max(flat.rfind(mark, 0, end) for mark in ";。!?\n") + 1
    return flat[start:end]
