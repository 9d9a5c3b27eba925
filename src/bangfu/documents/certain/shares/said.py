"""What is said about a figure: whether it bears the name of a part or a whole that a percentage speaks of."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal

from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.shares.pairs import NO_PARTS, same_unit
from bangfu.documents.certain.shares.senses import words_of_same_sense
from bangfu.documents.certain.shares.stems import stem_of
from bangfu.documents.certain.shares.words import Asked, pairs_of
from bangfu.documents.reading.structure import Mention

TOTAL = re.compile(r"合计|总计|共计|总共|一共|总和|共|累计|总|全年|全部")
_OF_IT = re.compile(r"\s*(?:[一-龥]{0,4}(?:总数|总额)?的|之|[一-龥]{0,6}中,?(?:的|只|仅)?占?(?!.*\d))")
_IN_CLAUSE = re.compile(r"占|为|是|达到?|完成|相当于|等于|按|中|实现")
CLAUSE = re.compile(r"[,;:。!?\n]")
NOT_HAN = re.compile(r"[^一-龥]|其中|共计?|合计|[为有达约已]")
_ALL_WORDS = re.compile(r"^(?:全[县镇乡村市区]|已|总|其|该|同期)+")
_DUE_NAME, _DONE_NAME = re.compile(r"应(?!急|用|届|对|县)|计划|拟"), re.compile(r"已|实(?=[^验施体])|完成")
_DUE_LABEL = re.compile(r"应(?!急|用|届|对)|计划|拟|任务|目标")
_DONE_LABEL = re.compile(r"已|实际|实[到收有缴发]|完成")
_MOST_ITEMS = 8
_ROW_NAME = 16
_SHORT, _TAIL = 6, 3
_DENIED = re.compile(r"[不未非无][一-龥]{2}")
_ALL_OF = re.compile(r"全[年县镇乡村市区州省场社局校院站]")
_CELL = re.compile(r"[\t|]")
NOT_LETTERS = re.compile(r"[^一-龥A-Za-z]")
BORNE, _ALIKE = 0.6, 0.8
TOLD_AFTER = re.compile(
    r"[,(、]?\s*(?:共?计|即|合计|合|共|约合|为|是|金额|资金|人数|户数|面积|折合|(?:也?就|正)是[一-龥]{0,5}|折款|合款|(?:金额|资金|人数|户数|面积)[为达约计]*|约)|\("
)


def _is_due_against_done(name: str, words: str) -> bool:
    """已兑现面积 is not 应兑现面积."""
    due, done = bool(_DUE_NAME.match(name)), bool(_DONE_NAME.match(name))
    return (due and bool(_DONE_LABEL.search(words)) and not _DUE_LABEL.search(words)) or (
        done and bool(_DUE_LABEL.search(words)) and not _DONE_LABEL.search(words)
    )


def _is_own(stem: str, one: Mention) -> bool:
    """经常参与的3024户, not 未参与的: the last clause says it, and does not deny it."""
    clause = CLAUSE.split(one.left)[-1]
    at = clause.rfind(stem)
    if at < 0 or len(clause) - at - len(stem) > _TAIL or one.quantity.kind in NO_PARTS:
        return False
    return clause[at - 1 : at] not in ("未", "不", "没", "非")


@dataclass
class Said:
    """The words about the figures of a scene, kept once they are put together."""

    scene: Scene
    borne: dict[tuple[str, str, int], bool] = field(default_factory=dict)
    named: dict[int, Mention | None] = field(default_factory=dict)
    spoken: dict[int, str] = field(default_factory=dict)
    rows: dict[int, str] = field(default_factory=dict)
    bearers: dict[str, dict[int, Mention]] = field(default_factory=dict)

    def _words(self, mention: Mention) -> str:
        """What is said about a figure: the words before it and its group, after it, and its subject."""
        if mention.index not in self.spoken:
            self.spoken[mention.index] = self._words_of(mention)
        return self.spoken[mention.index]

    def _words_of(self, mention: Mention) -> str:
        group = self.scene.group_of[mention.index]
        at = self.scene.place_of(mention)
        last = self.scene.mentions[at - 1] if at else mention
        row = ""
        if not mention.gap.strip() and last.sentence == mention.sentence and last is not mention:
            row = self._words(last)[-_ROW_NAME:]
        label = group.label if group.mentions[0] is not mention else ""
        if (
            last.quantity.kind in ("count", "time")
            and not CLAUSE.search(mention.gap)
            and not same_unit(last, mention)
        ):
            row += self.scene.clause(mention)
        end = mention.quantity.end
        return (
            row
            + label[-16:]
            + CLAUSE.split(mention.gap)[-1]
            + " "
            + (mention.right[:8] or CLAUSE.split(self.scene.reading.flat[end : end + 8])[0])
            + " "
            + mention.quantity.subject
        )

    def _shared(self, name: str, whole: Mention) -> float:
        """How much of the name stands about the whole; all of it, where the whole's own label is in the name."""
        if _is_due_against_done(name, whole.left):
            return 0.3
        own = NOT_HAN.sub("", whole.left)
        if len(own) > 1 and (own in name or (len(name) <= _SHORT and _ALL_WORDS.sub("", name)[:2] in own)):
            return 1.0
        named = pairs_of(name)
        words = self._words(whole)
        found = named & pairs_of(words)
        if not found and (same := words_of_same_sense(name)) is not None:
            return _ALIKE if same.search(words) else 0.0
        return len(found) / len(named)

    def _is_borne(self, name: str, whole: Mention, part: Mention | None) -> bool:
        """Whether a figure of the unit, in the paragraph or before, bears the name."""
        key = name, whole.quantity.base_unit, part.index if part else -1
        if key not in self.borne:
            at = self.scene.place_of(whole)
            near = self.scene.mentions[max(0, at - 40) : at + 20]
            self.borne[key] = any(
                other is not part and same_unit(other, whole) and self._shared(name, other) >= BORNE
                for other in near
            )
        return self.borne[key]

    def _is_another_bearer(self, name: str, whole: Mention, part: Mention | None) -> bool:
        """视力筛查4160人,视力不良2288人: 视力不良者 are the latter, whose words say it all."""
        bearers = self._bearers(name)
        if not bearers or whole.index in bearers:
            return False
        near = range(whole.index - 12, whole.index + 13)
        return any(at in near and one is not part and same_unit(one, whole) for at, one in bearers.items())

    def _bearers(self, name: str) -> dict[int, Mention]:
        """The figures whose own words say the whole of a name."""
        if name not in self.bearers:
            stem = stem_of(name)
            self.bearers[name] = (
                {one.index: one for one in self.scene.mentions if stem in one.left and _is_own(stem, one)}
                if stem
                else {}
            )
        return self.bearers[name]

    def _by_name(self, name: str, whole: Mention, part: Mention | None = None) -> float:
        """Whether the words about the whole are those of 占…的; the worse where another figure bears them."""
        if not pairs_of(name):
            said = _ALL_OF.search(name)
            return (
                1.0 if said and (said[0] in self._words(whole) or TOTAL.search(self._words(whole))) else 0.0
            )
        if name.endswith(("人次", "户次")) and not whole.quantity.base_unit.endswith("次"):
            return -3.5
        shared = self._shared(name, whole)
        if shared >= BORNE or self._is_total_of_named(name, whole):
            return 0.6 if self._is_another_bearer(name, whole, part) else 2.5
        borne = self._is_borne(name, whole, part)
        if shared > 0:
            return 0.6 if borne else 1.2
        return -3.5 if borne else -1.2

    def _is_total_of_named(self, name: str, whole: Mention) -> bool:
        """2021年改造9户,2022年改造8户,两年共17户: what bears the name of 改造户 in all."""
        if not TOTAL.search(whole.left):
            return False
        items, amount = [one for one in self.scene.before(whole) if same_unit(one, whole)], Decimal(0)
        for one in reversed(items[-_MOST_ITEMS:]):
            amount += one.quantity.base_value
            if amount == whole.quantity.base_value:
                return one is not items[-1] and self._shared(name, one) >= BORNE
        return False

    def _bears_name(self, one: Asked, mention: Mention) -> bool:
        """By two signs that stand together, or by both of a short one: 取证率 of 取得证书226人."""
        words, last = self._words(mention), one.name[-2:]
        if not one.name:
            return False
        at = words.find(last[0])
        return (
            last in words
            or bool(pairs_of(one.name) & pairs_of(words))
            or (at >= 0 and last[-1] in words[at + 1 :])
        )

    def _is_subject(self, one: Asked, part: Mention) -> bool:
        start = part.quantity.start
        at = self.scene.place_of(part)
        last = self.scene.mentions[at - 1] if at else part
        labelled = last is not part and same_unit(last, part) and len(NOT_HAN.sub("", part.gap)) > 1
        since = last.quantity.end if labelled else 0
        if TOTAL.search(part.left) and ":" in (head := self.scene.sentence_words(part)[:_ROW_NAME]):
            return bool(pairs_of(one.subject) & pairs_of(head.split(":")[0])) or one.subject in head
        words = self._words(part) + " " + self.scene.reading.flat[max(since, start - 16) : start]
        if not _DENIED.search(one.subject):
            words = _DENIED.sub(" ", words)
        return one.subject in words if len(one.subject) < 2 else bool(pairs_of(one.subject) & pairs_of(words))

    def _named_whole(self, share: Mention) -> Mention | None:
        """占计划投资4260万元的75%: the whole that stands in the words of the share itself."""
        if share.index not in self.named:
            self.named[share.index] = self._whole_in_words(share)
        return self.named[share.index]

    def _whole_in_words(self, share: Mention) -> Mention | None:
        at = self.scene.place_of(share)
        whole = self.scene.mentions[at - 1] if at else share
        if whole.sentence != share.sentence or whole.quantity.kind in NO_PARTS | {"time"}:
            return None
        words = self.scene.clause(whole)
        inside = _OF_IT.match(share.gap) and (_IN_CLAUSE.search(words) or "中" in share.gap)
        return whole if inside else None

    def is_of_strange_row(self, one: Asked, mention: Mention) -> bool:
        """A share that is told in words is of the totals of a table, but where it names the row."""
        head = self._row_head(mention)
        if not head or TOTAL.search(head) or mention.paragraph == one.share.paragraph:
            return False
        start = self.scene.sentence_of(one.share).start
        said = self.scene.reading.flat[max(0, start - _SHORT) : one.share.quantity.end]
        return not self._row_head(one.share) and not pairs_of(head) & pairs_of(said) and head[:2] not in said

    def _row_head(self, mention: Mention) -> str:
        """What the first cell of its row says; empty where it stands in no row of a table."""
        if mention.paragraph not in self.rows:
            flat = self.scene.reading.flat
            start = flat.rfind("\n", 0, mention.quantity.start) + 1
            line = flat[start : (flat + "\n").find("\n", start)]
            cells = [cell for cell in _CELL.split(line) if cell.strip()]
            is_row = len(_CELL.findall(line)) > 1 and len(cells) > 1
            self.rows[mention.paragraph] = NOT_LETTERS.sub("", cells[0]) if is_row else ""
        return self.rows[mention.paragraph]

    def _is_told_after(self, mention: Mention) -> bool:
        """提取公积金10%即3.24万元: the part of a share of its own."""
        at = self.scene.place_of(mention)
        before = self.scene.mentions[at - 1] if at else mention
        return (
            before.quantity.kind == "share"
            and before.sentence == mention.sentence
            and TOLD_AFTER.fullmatch(mention.gap) is not None
        )
