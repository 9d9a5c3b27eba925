"""What a percentage counts, where its words say so: 按户计算, 占资金总额, 普及率."""

from __future__ import annotations

import re

from bangfu.documents.certain.shares.forms import Form

_UNITS = {
    "户": ("户", "户次"),
    "人": ("人", "人次"),
    "人口": ("人",),
    "人头": ("人",),
    "金额": ("元",),
    "价值": ("元",),
    "原值": ("元",),
    "净值": ("元",),
    "资金": ("元",),
    "面积": ("亩", "平方米"),
    "个": ("个",),
    "笔": ("笔",),
}
_UNITS_NAMED = (
    (
        re.compile(
            r"资金|金额|投资|收入|支出|[产价原净]值|预算|概算|保费|造价|余额|价款|赔款|货款|[一-龥]额$|经费|盈余|利润|审定价|合同价|总价"
        ),
        ("元",),
    ),
    (re.compile(r"户数|农户$|户的?$|户总数"), ("户", "户次")),
    (re.compile(r"(?:件|案件|线索|[立结破发受]案)数$|宗数"), ("件", "起", "宗", "例", "条", "个", "项")),
    (re.compile(r"人口|人数|人员|劳动力|学生|在校生|人的?$|职工|代表"), ("人", "人次")),
)
_OF_POOR = re.compile(r"发生$|返贫$")
_OF_CASES = re.compile(r"(?:结案|立案|破案|审结|侦破)$")
_OF_PEOPLE = re.compile(
    r"(?:普及|老龄化|城镇化|城镇化水平|发生|知晓|识字|升学|入学|辍学|就业|失业|参保|贫困)$"
)


def unit_counted(form: Form, name: str, basis: str) -> tuple[tuple[str, ...], str]:
    """The unit, and what is left of the basis: 按户计算 names a unit and no whole."""
    if unit := _UNITS.get(basis.removesuffix("数"), ()):
        return unit, ""
    if form == "of":
        return _named(name), basis
    if form == "rate" and _OF_POOR.search(name):
        return ("人", "人次"), basis
    if form == "rate" and _OF_CASES.search(name):
        return ("件", "起", "宗", "例", "条", "个", "项", "次"), basis
    if form == "rate" and _OF_PEOPLE.search(name):
        return ("人", "人次", "户", "户次"), basis
    return (), basis


def unit_of_subject(subject: str) -> tuple[tuple[str, ...], str]:
    """The unit that a subject names, and the subject; none where it is the name of a unit alone (户数占56%)."""
    bare = subject.removesuffix("数")
    if subject in _UNITS or bare in _UNITS:
        return _UNITS.get(subject) or _UNITS[bare], ""
    return _named(subject), subject


def _named(words: str) -> tuple[str, ...]:
    return next((units for said, units in _UNITS_NAMED if said.search(words)), ()) if words else ()
