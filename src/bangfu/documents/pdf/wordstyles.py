"""What a Word paragraph and its runs look like once their styles are asked: in points, with the kind of font."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import qn

_TWIPS = 20
_SIZE = 10.5  # of a document that says none: 五号
_ALIGN = {"center": "center", "right": "right", "end": "right", "both": "justify", "distribute": "justify"}
_KINDS = (("标宋", "title"), ("黑", "head"), ("hei", "head"), ("楷", "kai"), ("kai", "kai"), ("仿", "text"))
_HIGHLIGHTS = {
    "yellow": "#ffff00",
    "green": "#90ee90",
    "cyan": "#a0f0f0",
    "red": "#ffb0b0",
    "lightGray": "#dddddd",
}
_ON = (None, "1", "true", "on")


def paragraph_form(paragraph: Any) -> dict[str, Any]:
    chain = [
        one for one in (paragraph._element.pPr, *_of_styles(paragraph.style, "w:pPr")) if one is not None
    ]
    rule = _said(chain, "w:spacing", "w:lineRule")
    line = _said(chain, "w:spacing", "w:line")
    exact = rule in ("exact", "atLeast")
    border = next(
        (one for one in (p.find(f"{qn('w:pBdr')}/{qn('w:bottom')}") for p in chain) if one is not None), None
    )
    return {
        "align": _ALIGN.get(_said(chain, "w:jc", "w:val") or "", "left"),
        "first": _points(_said(chain, "w:ind", "w:firstLine")) - _points(_said(chain, "w:ind", "w:hanging")),
        "left": _points(_said(chain, "w:ind", "w:left") or _said(chain, "w:ind", "w:start")),
        "right": _points(_said(chain, "w:ind", "w:right") or _said(chain, "w:ind", "w:end")),
        "before": _points(_said(chain, "w:spacing", "w:before")),
        "after": _points(_said(chain, "w:spacing", "w:after")),
        "line": _points(line) if exact else 0,
        "times": int(line) / 240 if line and not exact else 1,
        "size": run_form(None, paragraph)["size"],
        "breaks_before": _is_on(chain, "w:pageBreakBefore"),
        "keep": _is_on(chain, "w:keepNext"),
        "rule": "" if border is None else f"#{_colour(border.get(qn('w:color')))}",
    }


def run_form(run: Any, paragraph: Any) -> dict[str, Any]:
    """`run` is the element; None asks for the paragraph's own."""
    own = run.find(qn("w:rPr")) if run is not None else None
    named = own.find(qn("w:rStyle")) if own is not None else None
    character = _style_of(paragraph, named.get(qn("w:val"))) if named is not None else None
    chain = [
        one
        for one in (
            own,
            *_of_styles(character, "w:rPr"),
            *_of_styles(paragraph.style, "w:rPr"),
            _defaults(paragraph),
        )
        if one is not None
    ]
    size = _said(chain, "w:sz", "w:val")
    spread = _said(chain, "w:spacing", "w:val")
    highlight = _said(chain, "w:highlight", "w:val")
    return {
        "font": _kind(_said(chain, "w:rFonts", "w:eastAsia") or ""),
        "size": int(size) / 2 if size else _SIZE,
        "bold": _is_on(chain, "w:b"),
        "underline": _said(chain, "w:u", "w:val") not in (None, "none"),
        "colour": f"#{_colour(_said(chain, 'w:color', 'w:val'))}",
        "mark": _HIGHLIGHTS.get(highlight or "", ""),
        "tracking": _points(spread),
    }


def _of_styles(style: Any, part: str) -> Iterator[Any]:
    """What a style says, then what those say that it is based on."""
    while style is not None:
        yield style.element.find(qn(part))
        style = style.base_style


def _style_of(paragraph: Any, name: str) -> Any:
    return next((one for one in paragraph.part.document.styles if one.style_id == name), None)


def _defaults(paragraph: Any) -> Any:
    return paragraph.part.document.styles.element.find(
        f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}"
    )


def _said(chain: list[Any], tag: str, attribute: str) -> str | None:
    """By the nearest that says it."""
    for properties in chain:
        found = properties.find(qn(tag))
        if found is not None and found.get(qn(attribute)) is not None:
            return str(found.get(qn(attribute)))
    return None


def _is_on(chain: list[Any], tag: str) -> bool:
    for properties in chain:
        found = properties.find(qn(tag))
        if found is not None:
            return found.get(qn("w:val")) in _ON
    return False


def _points(twips: str | None) -> float:
    try:
        return float(twips or 0) / _TWIPS
    except ValueError:
        return 0.0


def _colour(value: str | None) -> str:
    return value if value and len(value) == 6 and value != "auto" else "000000"


def _kind(font: str) -> str:
    return next((kind for part, kind in _KINDS if part in font.lower()), "text")
