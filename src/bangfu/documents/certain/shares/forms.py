"""How a percentage is put: 占…的, 完成率, 为任务的, 按…计; and the name that stands in it."""

from __future__ import annotations

import re
from typing import Literal

Form = Literal["of", "rate", "task", "taken", "bare"]

_FILL = (
    r"(?:已经|已|均|各自|各|约|大约|为|达到|达|到|至|仅为|仅|只有|只|超过|近|高达|是|有|了|在|也|又|均为|分别|依次|"
    r"就|才|刚好|正好|恰好|计|算|实际|一共|共|将|便|则|刚|低至|[:\s])*$"
)
_TAKES = "占|撑起|贡献|包揽|囊括|挑起|担起|拿走|吃掉|用掉|揽下"
TAKES = re.compile(_TAKES)
_OF = re.compile(
    rf"(?:{_TAKES})(?:到|去|了|据|有|比(?![例重率值]))?(?P<name>[^,。;:占]{{0,24}}?)(?:的?(?:总?比例|总?比重|份额|占比|百分比|比率))?的?{_FILL}"
)
_RATE = re.compile(
    r"(?P<name>[一-龥A-Za-z]{0,12}?)(?P<word>率|进度|比例|比重|占比|比值|份额|覆盖面|面|(?<=满意|知晓|完成|认可|支持|参与|疫密)度|成数)"
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
_BY = re.compile(r"按(?![期时质量进序规劳户人])")
_LAST = re.compile(
    r"[上去前]一?年|同期|上[月季期周]|[上前]一[月季期周批次]|年初|期初|(?:较|比|由|从|与)[^,。;]{0,10}的?$|"
    r"末的$|年度?的$|以前|历史|过去|原来|此前|往年|先前"
)
_RATES_OF_CHANGE = re.compile(
    r"(?:增长|增加|下降|递增|[^立便顺]利|税|[^缴交]费|汇|环比|同比|贴息|折扣|毛利|涨|减少|降低|幅|平均)$"
)
_WORDS = re.compile(r"[一-龥A-Za-z]")


def form_of(words: str) -> tuple[Form, str] | None:
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
