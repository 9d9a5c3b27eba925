"""The one route to .pdf: a Typst layout of ours, values as JSON, a compiler that is kept from one paper to the next."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Literal

import typst

from bangfu.terms.errors import UserError

_TEXT_FONTS = (
    "FangSong_GB2312",
    "FangSong",
    "STFangsong",
    "SimSun",
    "Noto Serif CJK SC",
    "Noto Serif SC",
    "Source Han Serif SC",
    "Source Han Serif CN",
    "Songti SC",
    "AR PL UMing CN",
)
_HEAD_FONTS = (
    "SimHei",
    "Microsoft YaHei",
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "PingFang SC",
    "WenQuanYi Zen Hei",
    "WenQuanYi Micro Hei",
    "Droid Sans Fallback",
)
_KAI_FONTS = ("KaiTi_GB2312", "KaiTi", "STKaiti", "Kaiti SC", "AR PL UKai CN", "LXGW WenKai")
_TITLE_FONTS = (
    "FZXiaoBiaoSong-B05S",
    "FZXiaoBiaoSong-B05",
    "Source Han Serif SC",
    "Noto Serif CJK SC",
    "STZhongsong",
)
_LAYOUTS = Path(__file__).parent / "layouts"
_KEPT_FOR = 10
_NO_FONT = (
    "这台机器上没有可用的中文字体，不能生成 PDF。Debian、Ubuntu 请装 fonts-noto-cjk"
    "（apt-get install fonts-noto-cjk），Windows 请确认装有宋体（SimSun）或黑体（SimHei）"
)


class Press:
    """Prints papers one after the other; fonts are looked for once. UserError where there is no Chinese font."""

    def __init__(self, font_folders: Sequence[Path] = (), *, only_these: bool = False) -> None:
        self._fonts = typst.Fonts(
            include_system_fonts=not only_these,
            include_embedded_fonts=False,
            font_paths=[str(folder) for folder in font_folders],
        )
        self.text_font, self.head_font = _choose(self._fonts.families())
        families = set(self._fonts.families())
        self.fonts = {
            "text": self.text_font,
            "head": self.head_font,
            "kai": next((name for name in _KAI_FONTS if name in families), self.text_font),
            "title": next((name for name in _TITLE_FONTS if name in families), self.text_font),
        }
        """By the kinds that official documents know; what is not there is written in the text's font."""
        self._compiler = typst.Compiler(root=str(_LAYOUTS), font_paths=self._fonts)

    def print(
        self, layout: str, values: Mapping[str, Any], *, day: date, format: Literal["pdf", "png"] = "pdf"
    ) -> Any:
        """The paper's bytes; with the format `png`, of each page. `day` is the file's date, so equal papers are equal files."""
        data = {**values, "text_font": self.text_font, "head_font": self.head_font}
        return self._compiler.compile(
            input=str(_LAYOUTS / f"{layout}.typ"),
            format=format,
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
            timestamp=datetime(day.year, day.month, day.day, tzinfo=UTC),
            pdf_tags=False,
        )

    def forget(self) -> None:
        """Give back the memory of what was printed. Typst keeps what it laid out until ten papers later."""
        for _ in range(_KEPT_FOR + 1):
            self._compiler.compile(input=b"", format="pdf", sys_inputs={})


def _choose(families: Sequence[str]) -> tuple[str, str]:
    """A font for texts and one for heads; either stands in for the other."""
    present = set(families)
    text = next((name for name in _TEXT_FONTS if name in present), None)
    head = next((name for name in _HEAD_FONTS if name in present), None)
    if text is None and head is None:
        raise UserError(_NO_FONT)
    return text or head or "", head or text or ""
