"""How a percentage is put, and what its words call the part and the whole: 占…的, 完成率, 为任务的, 按…计."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.reading.structure import Mention

Form = Literal["of", "rate", "task", "taken", "bare"]

_FILL = (
    r"(?:已经|已|均|各自|各|约|大约|为|达到|达|到|至|仅为|仅|只有|只|超过|近|高达|是|有|了|在|也|又|均为|分别|依次|"
    r"就|才|刚好|正好|恰好|计|算|实际|一共|共|将|便|则|刚|低至|[:\s])*$"
)
_OF = re.compile(
    rf"占(?:到|去|了|据|有|比)?(?P<name>[^,。;:占]{{0,24}}?)(?:的?(?:总?比例|总?比重|份额|占比|百分比|比率))?的?{_FILL}"
)
_RATE = re.compile(
    r"(?P<name>[一-龥A-Za-z]{0,12}?)(?P<word>率|进度|比例|比重|占比|比值|覆盖面|面|(?<=满意|知晓|完成|认可|支持|参与|疫密)度|成数)"
    rf"(?:按[^,。;:]{{1,8}}(?:计算?|算))?{_FILL}"
)
_TASK = re.compile(
    r"(?:完成|达到?|实现|为|是|相当于|等于|相比|只有|仅有|不到|接近|超过|才|约|即|个?(?P<over>超))?"
    r"(?P<name>[^,。;:占为是]{0,18}?)(?:的|之)$"
)
_DONE_OF = re.compile(
    r"(?:完成|实现|达到|兑现|落实|收回|收缴|支出|拨付|用去|用掉|花掉|到位|达|即|计)[了到]?$"
)
_TAKEN = re.compile(
    r"(?:按照?[^,。;:]{0,12}|依|提取|计提|预留|扣留|扣除|首付|预付|返还|补助|负担|承担|配套|承贷|贴息)[^,。;:]{0,12}的?$"
)
_CHANGE = re.compile(
    r"增长|增加|减少|下降|增幅|降幅|涨|提高|净增|净减|同比|环比|上升|降低|减幅|增速|多出|少了|超出|超额|超过?计划|升幅|回落|"
    r"高于|低于|高出|低[了于]?$|高[了于]?$|上浮|下浮|[增减降升][了至到]?$|压减|压缩|缩减|翻|差距|偏差|误差"
)
_RECKONED_AFTER = ("计", "即", "折合", "合")
_BASIS = re.compile(r"(?:按照?|以)([^,。;:\d]{1,10}?)(?:计算|计|测算|核算|算|口径|为基数|为分母|来算|衡量)")
_ALL = re.compile(r"全部|全都|均已|都|全覆盖|悉数|无一")
_UNITS = {
    "户": ("户", "户次"),
    "人": ("人", "人次"),
    "人口": ("人",),
    "人头": ("人",),
    "金额": ("元",),
    "资金": ("元",),
    "面积": ("亩", "平方米"),
    "个": ("个",),
    "笔": ("笔",),
}
_UNITS_NAMED = (
    (
        re.compile(
            r"资金|金额|投资|收入|支出|产值|预算|概算|保费|造价|余额|价款|赔款|货款|[一-龥]额$|经费|盈余|利润"
        ),
        ("元",),
    ),
    (re.compile(r"户数|农户$|户的?$|户总数"), ("户", "户次")),
    (re.compile(r"人口|人数|人员|劳动力|学生|在校生|人的?$|职工|代表"), ("人", "人次")),
)
_BASIS_AFTER = re.compile(r"\(?(?:按照?|以)([^,。;:\d()]{1,10}?)(?:计算|计|测算|核算|算|口径|为基数|为分母)")
_FIRST_OF = re.compile(
    r"(?:^|[,;:。])([^,;:。\d]{2,8}?)(?:监测户|人数|户数|金额|数量|面积|问题)?(?:为?最[多高少低大小]|居[首前末]|排[名在]?第?|次之|占比最)[^,;。]{0,4},占?[为达约]*$"
)
_FORMULA = re.compile(
    r"\(([一-龥]{2,8}?)(?:除以|÷|/|占|与|比)([一-龥]{2,8}?)(?:之比|的?比[例重率])?\)[为达约是到:]*$"
)
_IN_BRACKETS = re.compile(r"\([^()]*\)(?=[为达约是到:]*$)")
_COMPARED = re.compile(r"[比较由从与同](?!例|重|对|期|价|步|意|贫|农|上线|业)")
_BY = re.compile(r"按(?![期时质量进序规劳户人])")
_OF_PEOPLE = re.compile(
    r"(?:普及|老龄化|城镇化|城镇化水平|发生|知晓|识字|升学|入学|辍学|就业|失业|参保|贫困)$"
)
_CARRIED_ON = re.compile(r"[,;、]\s*[一-龥]{2,6}")
_NOT_SUBJECT = re.compile(
    r"其中|分别|仅|只|就|约|已|均|共|大约|合计|一共|按.{1,8}(?:计算?|算)|[一-龥]{0,6}(?:最[高低多少]|居多|为主|第[一二三四五])|[\s)(:、,]|^[为达]|也|还|各自|各|前者|后者|三者|两者|[上下]述|这"
)
_LAST = re.compile(
    r"[上去前]一?年|同期|上[月季期周]|[上前]一[月季期周批次]|年初|期初|(?:较|比|由|从|与)[^,。;]{0,10}的?$|"
    r"末的$|年度?的$|以前|历史|过去|原来|此前|往年|先前"
)
_AIM = re.compile(
    r"不低于|不高于|不少于|不超过|不得|低于|高于|目标(?:值|为|是)|力争|确保|要求|达到.{0,6}以上|须|应达|红线|标准|上限|下限|以内|控制|"
    r"未达|未到|时序|序时|计划(?:值|率)|指标值|拟|预计|起付|最高|(?<![顺便])利率|税率|(?<![缴交收])费率|年息|月息|折旧|坡度|含水|湿度|浓度|概率|可能|规定|政策|"
    r"实行|执行标准|按比例|贴息|封顶|打底|保底"
)
_AIM_AFTER = re.compile(
    r"以上|以内|以下|及以上|的(?:目标|要求|标准|比例(?:补|报|给|予|执|进|计|提|分))|(?:给予|予以)?报销|目标|要求"
)
_RATES_OF_CHANGE = re.compile(
    r"(?:增长|增加|下降|递增|[^立便顺]利|税|[^缴交]费|汇|环比|同比|贴息|折扣|毛利|涨|减少|降低|幅|平均)$"
)
_OTHER_BASE = re.compile(r"[上去前]一?年|同期|上[月季期]|年初|期初|20\d\d年|历史|原来")
_GENERIC = re.compile(
    r"(?:全部|总|其|本|该|同期|全[县镇乡村市区省局校院]|当年|整个|合计|累计|所有|各类|上述|这些|以上|全年|年度|本年|今年)*"
    r"(?:户|人口|人|户籍|资金|金额|面积|投资|数量?|量|额|次|收入|支出|户次|人次|任务|计划|规模|产业|工程|项目|比|份|其中|总和|合计|全部)?"
    r"(?:总|合计)?(?:数|量|额|数量|户数|人数|人次|面积|资金|金额|投资|收入|支出)?"
)
_NOT_NAMES = re.compile(
    r"其中|分别|共计|合计|总计|累计|一共|以上|我[县镇乡村市]|全[县镇乡村市省区年部]|本[县镇乡村年月]|[已均共约为有的了等占和与及各总数量额]|(?:人|户|份|笔|件|个|次)数|20\d\d年?|\d|当年|年度"
)
_KIND_OF = re.compile(r"([一-龥]{2})(?:人口|人员|资金|面积|户)$")
_HAN = re.compile("[一-龥]")
_WORDS = re.compile(r"[一-龥A-Za-z]")
JOINS = re.compile(r"[\s,、]*(?:和|及|与|以及|,)?[\s]*")


@dataclass(frozen=True)
class Asked:
    """What a percentage says of itself. `head` carries its words: in a row (分别占40%、30%、30%) the first's."""

    share: Mention
    form: Form
    name: str
    place: int
    length: int
    """Its place in its row and the row's length; 0 and 1 where it stands alone."""
    head: Mention
    subject: str = ""
    """Whose share it is, where its own clause says so: 茶叶面积占56%."""
    unit: tuple[str, ...] = ()
    """What is counted, where that is said: 按户计算, 占总户数."""
    basis: str = ""
    """What it is said to be reckoned on: 按收回问卷计算."""

    @property
    def is_generic(self) -> bool:
        return _GENERIC.fullmatch(self.name) is not None


def asked(scene: Scene, share: Mention) -> Asked | None:
    """None where the percentage is a change, an aim, a rate that is set, or of another time."""
    quantity = share.quantity
    if quantity.kind != "share" or quantity.is_label or quantity.base_value <= 0:
        return None
    if not quantity.is_exact and share.right.startswith("的"):
        return None
    if quantity.base_value == 1 and _ALL.search(
        scene.clause(share)
        + scene.clause(scene.mentions[max(0, scene.place_of(share) - 1)])
        + scene.reading.flat[share.quantity.start - 12 : share.quantity.start]
    ):
        return None
    row = row_of_shares(scene, share)
    head = row[0]
    words = _words_before(scene, head)
    if share.right.startswith(_RECKONED_AFTER):
        words = f"按{words}的"
    if (
        _COMPARED.match(words)
        or _CHANGE.search(words)
        or _AIM.search(words[-14:])
        or _AIM_AFTER.match(share.right.lstrip())
    ):
        return None
    read = _form(words) or _carried_on(scene, head, words)
    if read is None or (read[0] == "bare" and not quantity.is_exact):
        return None
    form, name = read
    if _OTHER_BASE.search(name if form in ("of", "task") else words):
        return None
    after = scene.reading.flat[quantity.end : quantity.end + 14]
    found = _BASIS.search(scene.clause(head)) or _BASIS.search(head.gap) or _BASIS_AFTER.match(after)
    basis = found[1] if found else ""
    unit = _UNITS.get(basis.removesuffix("数"), ())
    if unit:
        basis = ""
    elif form == "of":
        unit = next((units for said, units in _UNITS_NAMED if said.search(name)), ())
    elif form == "rate" and _OF_PEOPLE.search(name):
        unit = ("人", "人次", "户", "户次")
    subject = _subject(words, form) or _subject_before(head, form)
    if not unit and subject:
        unit = next((units for said, units in _UNITS_NAMED if said.search(subject)), ())
    if subject in _UNITS or subject.removesuffix("数") in _UNITS:
        unit, subject = _UNITS.get(subject) or _UNITS[subject.removesuffix("数")], ""
    if formula := _FORMULA.search(head.gap):
        subject, basis = formula[1], formula[2]
    return Asked(share, form, name, row.index(share), len(row), head, subject, unit, basis)


def _words_before(scene: Scene, head: Mention) -> str:
    """The words that carry the share: with what stands before a bracket or a number of years in them."""
    words = head.left.rstrip()
    if head.gap.rstrip().endswith(words) and ")" in head.gap:
        words = re.split(r"[,;:。]", _IN_BRACKETS.sub("", head.gap))[-1].strip() or words
    at = scene.place_of(head)
    before = scene.mentions[at - 1] if at else head
    if (
        before.sentence == head.sentence
        and before.quantity.kind == "time"
        and before.right
        and "占" in before.left
    ):
        words = scene.clause(head)
    return words


def _subject_before(head: Mention, form: Form) -> str:
    """西片最多,占33.8%."""
    found = _FIRST_OF.search(head.gap) if form in ("of", "bare") else None
    return found[1] if found else ""


def _subject(words: str, form: Form) -> str:
    if form == "of":
        return _NOT_SUBJECT.sub("", words[: words.rfind("占")])
    return words if form == "bare" else ""


def _carried_on(scene: Scene, head: Mention, words: str) -> tuple[Form, str] | None:
    """上营占30.8%,白岩32.1%: the second share is put as the first."""
    before = scene.before(head)
    if not before or before[-1].quantity.kind != "share" or not _CARRIED_ON.fullmatch(head.gap):
        return None
    return ("bare", words) if "占" in before[-1].left else None


def _form(words: str) -> tuple[Form, str] | None:
    if _BY.match(words) and _TAKEN.search(words):
        return "taken", words
    if not _WORDS.search(words):
        return "bare", ""
    if found := _OF.search(words):
        return "of", found["name"].strip()
    if found := _RATE.search(words):
        return (
            None
            if _RATES_OF_CHANGE.search(found["name"]) or "平均" in found["name"]
            else ("rate", found["name"])
        )
    if (found := _TASK.search(words)) and not _LAST.search(words):
        return "task", found["name"].strip()
    if _DONE_OF.search(words):
        return "task", ""
    return ("taken", words) if _TAKEN.search(words) else None


def row_of_shares(scene: Scene, share: Mention) -> list[Mention]:
    """The shares that stand in one row with it, joined by 、 or 和 alone; itself where it stands alone."""
    here = scene.sentence_of(share).mentions
    at = share.index - here[0].index
    first = last = at
    while first and here[first - 1].quantity.kind == "share" and JOINS.fullmatch(here[first].gap):
        first -= 1
    while (
        last + 1 < len(here)
        and here[last + 1].quantity.kind == "share"
        and JOINS.fullmatch(here[last + 1].gap)
    ):
        last += 1
    return list(here[first : last + 1])


@lru_cache(maxsize=20_000)
def pairs_of(words: str) -> frozenset[str]:
    """The pairs of neighbouring signs of the words that name something."""
    kept = _NOT_NAMES.sub(" ", _KIND_OF.sub(r"\1", words))
    return frozenset(
        kept[at : at + 2] for at in range(len(kept) - 1) if _HAN.match(kept[at]) and _HAN.match(kept[at + 1])
    )
