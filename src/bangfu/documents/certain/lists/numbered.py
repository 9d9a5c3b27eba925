"""Numbered items counted before (五条建议:一是…), after (以上七项工作) or in the title (关于5起…的通报)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.lists.items import Named
from bangfu.documents.certain.lists.series import Series, series_in
from bangfu.documents.reading.quantity import Quantity
from bangfu.documents.reading.structure import Mention, base_class

_WORK = re.compile(
    r"[一-龥]{0,10}?(?:方面|工作|实事|好事|事情|事项|事|措施|举措|问题|建议|意见|点|做法|任务|要求|议题|困难|难题|短板|不足|打算|体会|经验|原因|因素|情形|情况|"
    r"案例|案件|典型|线索|项目|工程|内容|环节|重点|原则|目标|指标|机制|制度|隐患|缺陷|风险|矛盾|教训|亮点|变化|成效|特点|行动|活动|政策|规定|条件|标准|支出|收入|开支|款项|议程|决定|整改|方向|渠道|途径|方式|办法|类型|事例|整治)"
)
_SORTS = frozenset({"个", "类", "种", "块"})
_UNITS = frozenset({"方面", "点", "条", "件", "起", "项", "步", "大"})
_SPEAKS = re.compile(
    r"(?:讲|谈|说|强调|汇报|报告|提|抓好?|做好?|办好?|开展|实施|从|以下|下面|如下|主要|重点|通报|部署|明确|落实|研究|审议|存在|采取|有)[^,。;:!?\n]{0,10}$"
)
_LEAD_ON = re.compile(r"[^,。;:!?\n]{0,30}[”’]?")
_GAP = re.compile(r"[,:。;.—]{0,2}\s*")
_BACK = re.compile(
    r"(?:以上|上述|前述|上列|前列|所列|如上|前面|上面|这|这些)(?:的|所列|所述|列出|通报|反映|提到|讲|说|共|共计|总共)*的?$"
)
_APART = re.compile(r"[\n。]|[,;](?:以上|上述|前述|这|这些)$")
_TITLED = re.compile(r"关于[^。;,\n]{0,12}$")
_NOTICE = re.compile(r"(?:的)?(?:通报|通知|公告|公示|情况|报告|函|曝光)")
_AS_FOLLOWS = re.compile(r"(?:如下|以下)[^。\n]{0,8}[:。]\s*")
_ENDS_ITEM = "。;!;"
_TELLS = re.compile(
    r"[^。;!?\n]{0,30}(?:如下|见下|以下|逐[条项一个件](?:说明|报告|通报|回复|答复|汇报|列出|交代))[^。;,!?\n]{0,16}[:。]\s*"
)
_ASIDE = re.compile(r"^[^)]*\)|背后|之外|之余|的同时|基础上")
"""四个“抓”的背后也有不足, (其中专家3人)分组查看: what follows is of something else."""
_FAR = 900


class Numbered:
    """The series of a text, found once."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._flat = scene.reading.flat
        self.series = [one for one in series_in(self._flat) if len(one.starts) > 1]
        self._at = {one.starts[0]: one for one in self.series}

    def after(self, mention: Mention) -> Named | None:
        """五项措施:一是…; 讲三个方面。(一)…; 五个项目:①…."""
        flat, at = self._flat, mention.quantity.end
        if not self._at:
            return None
        lead = _LEAD_ON.match(flat, at)
        if lead is not None and _ASIDE.search(lead[0]):
            return None
        place = lead.end() if lead is not None else at
        for _ in range(2):
            gap = _GAP.match(flat, place)
            if gap is None or not gap[0]:
                return None
            series = self._at.get(gap.end())
            if series is not None:
                leads = self._leads(mention, series, gap[0])
                told = gap[0][0] in ":," or leads
                return self._counted(mention, series, len(series.starts), leads) if told else None
            if gap[0][0] not in ",—":
                return self._announced(mention, gap.end())
            lead = _LEAD_ON.match(flat, gap.end())
            place = lead.end() if lead is not None else gap.end()
        return None

    def _announced(self, mention: Mention, place: int) -> Named | None:
        """安排项目6个。现将计划公示如下:1.…: one more sentence, that only says that they follow."""
        told = _TELLS.match(self._flat, place)
        series = self._at.get(told.end()) if told is not None else None
        if series is None or told is None or "一" in series.style or series.style == "、":
            return None
        noun = self._flat[mention.quantity.end : mention.quantity.end + 2] or mention.left[-2:]
        noun = noun if noun.strip(",。;:\n") == noun else mention.left[-2:]
        by_style = self._is_called(series, noun, mention.quantity.unit)
        sure = (noun in told[0] or len(told[0].strip()) < 9 or by_style) and not _has_count_between(
            self._scene, mention, series.starts[0]
        )
        return self._counted(mention, series, len(series.starts), sure)

    def _leads(self, mention: Mention, series: Series, gap: str) -> bool:
        """After a colon the items follow; after a full stop only where the count announces them."""
        if _has_count_between(self._scene, mention, series.starts[0]):
            return False
        if series.style == "、" and gap[0] in "。." and self._has_figure_between(mention, series.starts[0]):
            return False
        if gap[0] in ":—" or (gap[0] == "," and series.style[0] == "是"):
            return True
        noun = self._flat[mention.quantity.end : mention.quantity.end + 14]
        is_work = mention.quantity.unit in _UNITS or _WORK.match(noun) is not None
        announced = (
            _SPEAKS.search(mention.left) is not None
            or series.style == f"n{noun[:2]}"
            or mention.left[-2:] == series.style[1:]
        )
        return is_work and (announced if gap[0] in "。." or series.style == "、" else True)

    def _is_called(self, series: Series, noun: str, unit: str) -> bool:
        """问题一、问题二 of eight 问题; 第一件、第二件 of five 件."""
        return series.style == f"n{noun}" or (
            series.style == "第" and self._flat.startswith(unit, series.ends[0])
        )

    def _has_figure_between(self, mention: Mention, end: int) -> bool:
        """Headings of sections hardly list what was counted several figures before."""
        at = self._scene.place_of(mention) + 1
        return at < len(self._scene.mentions) and self._scene.mentions[at].quantity.start < end

    def before(self, mention: Mention) -> Named | None:
        """以上七项工作, 上述3个问题; 一是…二是…三是…, 四个问题需要解决."""
        start = mention.quantity.start
        trigger = _BACK.search(self._flat[max(0, start - 10) : start])
        inline = trigger is None and mention.left == "" and mention.quantity.unit in _UNITS | _SORTS
        if trigger is None and not inline:
            return None
        if inline and self._flat[start - 1 : start] == "。":
            return self._closed_by(mention)
        noun = self._flat[mention.quantity.end : mention.quantity.end + 14]
        is_work = mention.quantity.unit in _UNITS or _WORK.match(noun) is not None
        if not is_work:
            return None
        near = self._ended_before(mention, same_sentence=inline)
        count = int(mention.quantity.base_value)
        for series in near:
            if count in (series.until(start), series.until(start) - self._is_within_last(series, start)):
                return Named(count, count, False, False, series.starts[0], start, is_before=True)
        return self._outermost(mention, near) if near else None

    def _closed_by(self, mention: Mention) -> Named | None:
        """(1)…;(2)…;(3)…。三类措施: the sentence before is the last item."""
        start, count = mention.quantity.start, int(mention.quantity.base_value)
        for series in self.series:
            between = self._flat[series.ends[-1] : start]
            if series.ends[-1] < start and "\n" not in between and between.count("。") == 1:
                found = self._counted(mention, series, len(series.starts), count > 2)
                return _as_before(found) if found is not None and abs(found.least - count) < 2 else None
        return None

    def _ended_before(self, mention: Mention, *, same_sentence: bool) -> list[Series]:
        """The series before the count that it does not stand in; nearest first, one of a style."""
        start = mention.quantity.start
        found: dict[str, Series] = {}
        for one in self.series:
            seen = one.until(start)
            if seen < 2 or start - one.starts[seen - 1] > _FAR:
                continue
            between = self._flat[one.ends[seen - 1] : start]
            if same_sentence and ("。" in self._flat[one.starts[0] : start] or one.style[0] != "是"):
                continue
            if not same_sentence and not _APART.search(between):
                continue
            found[one.style] = one
        return sorted(found.values(), key=lambda one: -one.starts[one.until(start) - 1])

    def _outermost(self, mention: Mention, near: Sequence[Series]) -> Named | None:
        start = mention.quantity.start
        names_work = _WORK.match(self._flat, mention.quantity.end) is not None
        for series in near[:2]:
            count = series.until(start)
            if series.style == "、" and not self._follows_directly(series, start):
                continue
            sure = len(series.starts) == count and series.is_sound and self._closes(series, start)
            sure = sure and (names_work or self._follows_directly(series, start))
            if sure and abs(count - int(mention.quantity.base_value)) == 1:
                return _as_before(self._counted(mention, series, count, True))
        return None

    def _follows_directly(self, series: Series, start: int) -> bool:
        """Headings 一、二、三 are items only where the count stands right below the last, in a line of its own."""
        line = self._flat[series.ends[-1] : start].split("\n")
        return len([one for one in line[1:-1] if one.strip()]) == 0 and line[0].rstrip().endswith(
            tuple(_ENDS_ITEM)
        )

    def _is_within_last(self, series: Series, start: int) -> bool:
        """4.收支结余。上列三项…: the count stands in an item itself."""
        return "\n" not in self._flat[series.starts[series.until(start) - 1] : start]

    def _closes(self, series: Series, start: int) -> bool:
        """The last item is a sentence, no heading over what the count stands in."""
        last = self._flat[series.ends[-1] : start].split("\n")[0]
        return len(last) < len(self._flat[series.ends[-1] : start]) or "。" in last or series.style[0] == "是"

    def titled(self, mention: Mention) -> Named | None:
        """关于5起…问题的通报: the numbered paragraphs after 如下."""
        flat, start = self._flat, mention.quantity.start
        line_end = flat.find("\n", start)
        line_start = flat.rfind("\n", 0, start) + 1
        if line_end < 0 or not self._is_title(flat[line_start:line_end], start - line_start):
            return None
        follows = _AS_FOLLOWS.search(flat, line_end)
        series = self._at.get(follows.end()) if follows is not None else None
        if series is None:
            return None
        # Further paragraphs may say what is asked of the readers; fewer can not be.
        return self._counted(
            mention, series, len(series.starts), len(series.starts) < mention.quantity.base_value
        )

    def _is_title(self, line: str, at: int) -> bool:
        return (
            _TITLED.search(line[:at]) is not None
            and _NOTICE.search(line[at:]) is not None
            and not line.rstrip().endswith(("。", ";", ","))
        )

    def _counted(self, mention: Mention, series: Series, count: int, sure: bool) -> Named | None:
        if self._are_parts(mention, series):
            return None
        reach = 1 if mention.quantity.base_value < 5 else 2
        sure = sure and series.is_sound
        return Named(count, count, False, sure, series.starts[0], series.starts[-1], reach)

    def _are_parts(self, mention: Mention, series: Series) -> bool:
        """16个项目:(1)产业9个;(2)劳务3个: a sum."""
        same = 0
        for end in series.ends:
            first = self._first_after(end)
            same += (
                first is not None
                and first.start != mention.quantity.start
                and base_class(first) == base_class(mention.quantity)
            )
        return same * 2 > len(series.ends)

    def _first_after(self, place: int) -> Quantity | None:
        """The figure that stands within the first words of an item."""
        quantities = self._scene.reading.quantities
        at = bisect_left(quantities, place, key=_start_of)
        return quantities[at] if at < len(quantities) and quantities[at].start < place + 16 else None


def _as_before(named: Named | None) -> Named | None:
    return replace(named, reach=1, is_before=True) if named is not None else None


def _has_count_between(scene: Scene, mention: Mention, end: int) -> bool:
    at = scene.place_of(mention) + 1
    return (
        at < len(scene.mentions)
        and scene.mentions[at].quantity.start < end
        and scene.mentions[at].is_like(mention)
    )


def _start_of(quantity: Quantity) -> int:
    return quantity.start
