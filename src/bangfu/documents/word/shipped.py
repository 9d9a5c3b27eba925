"""The Word templates that come with the rulebook: `rulebook/reports/text/*.txt` -> `rulebook/reports/*.docx`.

The text is what is reviewed; the .docx is what an office copies and edits. Each says what it needs to be filled.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bangfu.documents.word.official import write_official

_DAY = date(2026, 1, 1)  # of the files' properties; the same text is the same file

WORDS = {
    "镇名": "茶庵岭镇",
    "署名": "发文机关署名，如 茶庵岭镇人民政府",
    "日期": "成文日期（一个日期）",
    "工作名称": "这一年的工作叫什么，如 脱贫攻坚",
}
YEARS = {"本年": "成文的年份", "上年": "前一年", "前年": "前两年", "大前年": "前三年"}
_VILLAGES = ("村名", "村编码")


@dataclass(frozen=True)
class Shipped:
    """A template: its title, the words that it needs with what they are, and its lists with their columns."""

    title: str
    words: Mapping[str, str]
    lists: Mapping[str, tuple[str, ...]]


SHIPPED: Mapping[str, Shipped] = {
    "annual_report": Shipped(
        "年度工作情况报告",
        {**WORDS, **YEARS, "主送机关": "没有写的，不出现主送"},
        {
            "各村": _VILLAGES,
            "贫困村": (*_VILLAGES, "出列年度"),
            "深度贫困村": ("村名",),
            "问题类别": ("类别", "条数"),
        },
    ),
    "monthly_brief": Shipped("月度工作简报", {**WORDS, "期号": "第几期"}, {"各村": _VILLAGES}),
    "three_lists": Shipped(
        "问题、责任、整改三个清单",
        WORDS,
        {
            "问题清单": ("问题编号", "问题", "问题类型", "级别", "村", "涉及对象", "来源", "登记日期"),
            "责任清单": ("问题编号", "问题", "村", "责任领导", "责任单位", "责任人", "责任部门", "时限"),
            "整改清单": (
                "问题编号",
                "问题",
                "整改措施",
                "整改成效",
                "责任人",
                "时限",
                "进展",
                "验收人",
                "销号",
            ),
        },
    ),
    "feedback_reply": Shipped(
        "检查反馈问题整改报告",
        {
            **WORDS,
            "发文字号": "如 茶政文〔2020〕12号",
            "主送机关": "报给谁",
            "检查名称": "如 2019年度脱贫攻坚成效考核",
            "检查单位": "谁反馈的",
            "反馈日期": "没有写的，不出现",
        },
        {
            "反馈问题": ("村", "涉及对象", "问题", "整改措施", "责任人", "进展", "整改成效"),
            "已销号": ("问题编号",),
            "整改中": ("问题编号",),
        },
    ),
}


def made_from_text(folder: Path) -> dict[str, bytes]:
    """By name, the templates as their texts say. `folder` is the rulebook's `reports`."""
    texts = {name: folder / "text" / f"{name}.txt" for name in SHIPPED}
    return {name: write_official(path.read_text(encoding="utf-8"), day=_DAY) for name, path in texts.items()}


def write_shipped(folder: Path) -> list[Path]:
    """Make the .docx files anew."""
    written = []
    for name, content in made_from_text(folder).items():
        path = folder / f"{name}.docx"
        path.write_bytes(content)
        written.append(path)
    return written


if __name__ == "__main__":
    for made in write_shipped(Path(sys.argv[1])):
        print(made)
