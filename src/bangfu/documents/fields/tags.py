"""The little language of a template: `{{ 字段 | 格式 }}` and `{% 循环 … %}`, `{% 如果 … %}`, `{% 否则 %}`, `{% 结束 %}`.

    field     = name { "|" format [ "(" argument ")" ] }
    name      = a column, a word of the document, a list, or a reference to a figure: dibao_families@2019[村=罗峰村]
    condition = side [ ("=" | "!=" | ">" | "<" | ">=" | "<=") side ] { ("且" | "或") … }
    side      = number | “text” | name

In a reference `<name>` stands for a column or a word: `[村=<村名>]`, `@<上年>`. Full-width signs are taken as typed in
Chinese input. Nothing else is understood, so nothing in a template can run.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, TypeAlias

from bangfu.terms.errors import UserError

TAG = re.compile(
    r"[{｛][{｛](?P<field>[^{}｛｝]*)[}｝][}｝]|[{｛]%(?P<block>[^{}｛｝]*)%[}｝]|[{｛]#[^{}]*#[}｝]"
)
STRAY = re.compile(r"[{｛][{｛%#]|[}｝][}｝]|[%#][}｝]")
_HALF = str.maketrans("＠［］｜＝（）＜＞，％！　", "@[]|=()<>,%! ", "\u200b\ufeff")
_FORMAT = re.compile(r"([^()|]+?)\s*(?:\(\s*([^()|]*?)\s*\))?")
_WORDS = {
    "循环": "loop",
    "逐行": "loop",
    "逐条": "loop",
    "for": "loop",
    "如果": "if",
    "if": "if",
    "否则": "else",
    "else": "else",
    "结束": "end",
    "完": "end",
    "end": "end",
    "endfor": "end",
    "endif": "end",
}
_SIGN = re.compile(r"\s*(>=|<=|!=|<>|==|=|≥|≤|≠|>|<)\s*")
_SIGNS = {"==": "=", "≥": ">=", "≤": "<=", "≠": "!=", "<>": "!="}
_JOIN = re.compile(r"\s*(?:\b(and|or)\b|([且或]))\s*")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_QUOTED = re.compile(r"[\"'“‘](.*)[\"'”’]")
_HOLE = re.compile(r"<\s*([^<>]+?)\s*>")


@dataclass(frozen=True)
class Name:
    """A column, a word, a list or a reference, as written; `holes` are the names in `<>`."""

    text: str
    holes: tuple[str, ...] = ()


Side: TypeAlias = "Name | Decimal | str"


@dataclass(frozen=True)
class Field:
    name: Name
    formats: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Comparison:
    left: Side
    sign: str = ""
    right: Side = ""


@dataclass(frozen=True)
class Condition:
    """Alternatives (或), each of tests that must all hold (且)."""

    alternatives: tuple[tuple[Comparison, ...], ...]


@dataclass(frozen=True)
class Tag:
    """`start` and `end` are offsets in the paragraph's text."""

    kind: Literal["field", "loop", "if", "else", "end", "comment"]
    text: str
    start: int
    end: int
    what: Field | Condition | Name | None = None


def find_tags(text: str) -> tuple[list[Tag], list[tuple[str, str]]]:
    """The tags of a paragraph, and what is wrong: (the tag as written, message)."""
    tags: list[Tag] = []
    problems: list[tuple[str, str]] = []
    rest = list(text)
    for found in TAG.finditer(text):
        rest[found.start() : found.end()] = " " * len(found[0])
        try:
            tags.append(_tag(found))
        except UserError as error:
            problems.append((found[0], str(error)))
    for stray in STRAY.finditer("".join(rest)):
        near = text[max(0, stray.start() - 2) : stray.end() + 12]
        problems.append((near, "括号不成对：字段写成 {{ 名称 }}，标记写成 {% 标记 %}，中间不能再有花括号"))
    return tags, problems


def _tag(found: re.Match[str]) -> Tag:
    place = (found[0], found.start(), found.end())
    if found["field"] is not None:
        return Tag("field", *place, read_field(_half(found["field"])))
    if found["block"] is None:
        return Tag("comment", *place)
    content = re.sub(r"^(?:p|tr|-)\s+", "", _half(found["block"]).strip(" -"))
    word, _, more = content.partition(" ")
    for known in _WORDS:  # Chinese needs no space after the word
        if not known.isascii() and content.startswith(known):
            word, more = known, content[len(known) :]
    kind = _WORDS.get(word)
    more = more.strip()
    if kind is None:
        raise UserError(f"没有标记“{word}”，可用的有：循环、如果、否则、结束")
    if kind == "loop":
        return Tag("loop", *place, _name(_listed(more)))
    if kind == "if":
        return Tag("if", *place, read_condition(more))
    if more:
        raise UserError(f"“{word}”后面不能再写“{more}”")
    return Tag("else" if kind == "else" else "end", *place)


def _half(text: str) -> str:
    return text.translate(_HALF).replace("\xa0", " ").strip()


def _listed(text: str) -> str:
    """`行 in 各村`, as those write who know Jinja, is the list 各村."""
    return re.sub(r"^\w+\s+in\s+", "", text)


def read_field(text: str) -> Field:
    """UserError where it is not written as a field."""
    name, *formats = (part.strip() for part in text.split("|"))
    read = []
    for part in formats:
        found = _FORMAT.fullmatch(part)
        if not found:
            raise UserError(f"格式“{part}”写法不对，应写成 | 万元 或 | 万元(2)")
        read.append((found[1].strip(), found[2] or ""))
    return Field(_name(name), tuple(read))


def _name(text: str) -> Name:
    if not text:
        raise UserError("没有写名称")
    return Name(text, tuple(_HOLE.findall(text)))


def fill_holes(name: Name, values: dict[str, str]) -> str:
    """The reference with what its `<names>` stand for."""
    return _HOLE.sub(lambda found: values[found[1]], name.text)


def read_condition(text: str) -> Condition:
    """UserError where a side is missing. 且 binds closer than 或."""
    if not text:
        raise UserError("“如果”后面没有写条件")
    alternatives: list[tuple[Comparison, ...]] = []
    tests: list[Comparison] = []
    parts = _split_joined(text)
    for join, part in parts:
        if join in ("或", "or"):
            alternatives.append(tuple(tests))
            tests = []
        tests.append(_test(part))
    return Condition((*alternatives, tuple(tests)))


def _split_joined(text: str) -> list[tuple[str, str]]:
    """Parts with the word before each; a 且 within a name (no space around it, no sign before) stays."""
    parts: list[tuple[str, str]] = []
    begin, join = 0, ""
    for found in _JOIN.finditer(text):
        if found[2] and not (found[0][0].isspace() or found[0][-1].isspace()):
            continue
        parts.append((join, text[begin : found.start()]))
        begin, join = found.end(), found[1] or found[2]
    return [*parts, (join, text[begin:])]


def _test(text: str) -> Comparison:
    outside = _HOLE.sub(lambda hole: "·" * len(hole[0]), re.sub(r"\[[^\]]*\]", _dots, text))
    signs = list(_SIGN.finditer(outside))
    if not signs:
        return Comparison(_side(text))
    if len(signs) > 1:
        raise UserError(f"条件“{text.strip()}”里有几个比较符号，应用“ 且 ”“ 或 ”隔开")
    sign = signs[0]
    return Comparison(_side(text[: sign.start()]), _SIGNS.get(sign[1], sign[1]), _side(text[sign.end() :]))


def _dots(found: re.Match[str]) -> str:
    return "·" * len(found[0])


def _side(text: str) -> Side:
    text = text.strip()
    if not text:
        raise UserError("条件缺一边")
    if _NUMBER.fullmatch(text):
        return Decimal(text)
    quoted = _QUOTED.fullmatch(text)
    return quoted[1] if quoted else _name(text)
