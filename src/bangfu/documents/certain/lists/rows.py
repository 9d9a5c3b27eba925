"""Items in lines of their own and rows of a table: 五个村如下: and a row for each; 上述六个村 below a table of five."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cached_property

from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.lists.items import Named, items_in
from bangfu.documents.reading.structure import Mention
from bangfu.documents.reading.tables.blocks import Table, tables_in

_TO_LINES = re.compile(r"[^。;:!?\n]{0,30}:[ \t\u3000]*\n\s*")
_TO_TABLE = re.compile(r"[^。;!?\n]{0,40}[:。]?[ \t\u3000]*\n")
_BULLET = re.compile(r"\s*(?:[—–\-·•●○▲△■□◆◇★☆※*]+)")
_NAMED_LINE = re.compile(r"\s*[^,。;:!?\n]{1,16}[::][^\n]*")
_TOTAL = re.compile(
    r"\s*(?:合\s*计|总\s*计|小\s*计|共\s*计|总\s*数|全[乡镇县区市村]|以上|上述|累计|平均|注|备注|说明|其中)"
)
_BACK = re.compile(r"(?:以上|上述|前述|上列|所列|表列|表中|表内|上表|这|这些)(?:的|所列|列出|共|共计)*$")
_ANNOUNCED = re.compile(r"如下|下表|见表|见下|列下|附表|情况表|下列|以下|分别")
_NAMES = re.compile(r"^(?:名称|名字|[一-龥]{1,4}名称?|单位)$")
_NOUN = re.compile(
    r"[^,。;:!?\n]{0,6}?(村|镇|乡|社区|街道|安置点|组|片区|合作社|企业|学校|项目|部门|单位|品种|基地|车间|电站)"
)


_FEWEST = 3


class Rows:
    """The tables of a text, looked for when a count asks for one."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._flat = scene.reading.flat

    @cached_property
    def _tables(self) -> list[Table]:
        return tables_in(self._flat)

    def lines(self, mention: Mention) -> Named | None:
        """分为三类: and a line for each, with a dash or a name before its colon; or all in the next line."""
        match = _TO_LINES.match(self._flat, mention.quantity.end)
        if match is None:
            return None
        start = match.end()
        lines = self._lines_from(start)
        if not lines:
            return None
        bullet = _BULLET.match(lines[0])
        if bullet is not None:
            mark = bullet[0].strip()
            count = 0
            while count < len(lines) and lines[count].strip().startswith(mark):
                count += 1
            return Named(count, count, False, count > 1, start, start, 1) if count > 1 else None
        count = next((at for at, line in enumerate(lines) if not _NAMED_LINE.fullmatch(line)), len(lines))
        if count > 1:
            return Named(count, count, False, True, start, start, 1)
        return items_in(self._scene, start, start + len(lines[0].rstrip("。;")), mention.quantity)

    def lines_before(self, mention: Mention) -> Named | None:
        """投资:, then lines that end in a semicolon, then 以上六项."""
        start = mention.quantity.start
        line = self._flat.rfind("\n", 0, start)
        if line < 0 or _BACK.fullmatch(self._flat[line + 1 : start].strip()) is None:
            return None
        above = self._flat[:line].rstrip().split("\n")
        items = 0
        while items < len(above) and above[-1 - items].rstrip().endswith((";", "。")[: 2 - bool(items)]):
            items += 1
        opened = items < len(above) and above[-1 - items].rstrip().endswith(":")
        if items < _FEWEST or not opened:
            return None
        return Named(items, items, False, True, line, start, 1, is_before=True)

    def _lines_from(self, start: int) -> list[str]:
        """The lines up to a blank one, a total, or the text's end."""
        found: list[str] = []
        for line in self._flat[start : start + 3000].split("\n"):
            if not line.strip() or _TOTAL.match(line):
                break
            found.append(line)
        return found

    def table_after(self, mention: Mention) -> Named | None:
        """五个乡镇兑付如下: and the table."""
        match = _TO_TABLE.match(self._flat, mention.quantity.end)
        noun = _NOUN.match(self._flat, mention.quantity.end)
        if (
            match is None
            or noun is None
            or not any(mark in self._flat[match.end() : match.end() + 160] for mark in "\t|  ")
        ):
            return None
        for table in self._tables:
            begin = table.rows[0][0].start
            if match.end() <= begin:
                between = [line for line in self._flat[match.end() : begin].split("\n") if line.strip()]
                told = _ANNOUNCED.search(match[0]) is not None or match[0].rstrip().endswith(":")
                return self._counted(mention, table, sure=told) if len(between) <= 2 else None
        return None

    def sentence_before(self, mention: Mention) -> Named | None:
        """茶叶126吨,…;香菇240吨,…;蜂蜜38吨,…。这三种产品: the items of the sentence before."""
        start = mention.quantity.start
        trigger = _BACK.search(self._flat[max(0, start - 8) : start])
        if trigger is None:
            return None
        end = start - len(trigger[0])
        if self._flat[end - 1 : end] not in ("。", ";", ","):
            return None
        begin = max(self._flat.rfind(mark, 0, end - 1) for mark in "。:!?\n") + 1
        found = items_in(self._scene, begin, end - 1, mention.quantity)
        if found is None or self._flat[begin : found.end].count(";") < 2:
            return found and replace(found, is_sure=False)
        return replace(found, reach=1, is_before=True)

    def table_before(self, mention: Mention) -> Named | None:
        """上述六个村, 表列四个乡: the last table above."""
        start = mention.quantity.start
        if _BACK.search(self._flat[max(0, start - 8) : start]) is None:
            return None
        if _NOUN.match(self._flat, mention.quantity.end) is None or (
            "\t" not in self._flat and "|" not in self._flat and "  " not in self._flat
        ):
            return None
        above = [table for table in self._tables if table.rows[-1][-1].end <= start]
        if not above or start - above[-1].rows[-1][-1].end > 1500:
            return None
        return self._counted(mention, above[-1], sure=True, is_before=True)

    def _counted(
        self, mention: Mention, table: Table, *, sure: bool, is_before: bool = False
    ) -> Named | None:
        names = [name for row in table.rows if (name := table.name_of(row)) and not _TOTAL.match(name)]
        if len(names) < 2:
            return None
        noun = _NOUN.match(self._flat, mention.quantity.end)
        key = noun[1] if noun is not None else ""
        head = table.heads[table.names]
        fits = key[:1] in head or _NAMES.search(head) is not None or all(name[-1] in key for name in names)
        sure = sure and fits and len(set(names)) == len(names)
        return Named(
            len(names), len(names), False, sure, table.rows[0][0].start, table.rows[-1][-1].end, 1, is_before
        )
