"""What speaks for a figure as the part that a percentage speaks of: its words, and where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bangfu.documents.arithmetic.scene import PER
from bangfu.documents.certain.shares.company import LEFT_OVER, QUOTED, Company
from bangfu.documents.certain.shares.pairs import NO_PARTS, same_unit
from bangfu.documents.certain.shares.said import TOLD_AFTER
from bangfu.documents.certain.shares.words import Asked
from bangfu.documents.reading.structure import Mention

_OTHER_CLAUSE = re.compile(r";|[,)](?!按|以)[^,;\d]*[一-龥]{5,}[^,;\d]*,")
_FAR_OFF = -1.2
_BARE_AFTER = re.compile(r"[一-龥]{1,8}")
_LAST_YEARS = re.compile(r"(?:去年|上年|同期|上月|上季|上期|前年|往年)(?!结[转余]|余额|滚存|末)[^,。;]{0,8}$")
_BOTH = 2
_OF_BOTH = re.compile(r"相差|两者|二者|差额|合计|共计|差距|[多少高低]$")
_NEXT = re.compile(r"[,(]?[一-龥]{0,6}")


@dataclass
class Parts(Company):
    """Points for and against a part."""

    def _of_part(self, one: Asked, part: Mention) -> Iterator[float]:
        if one.turn:
            yield 4.0 if part is self.of_turn(one) else -6.0
        elif one.is_ahead:
            yield 1.5 if part.index == one.share.index + 1 else -4.0
        elif part.index > one.share.index:
            told = one.form == "taken" and part.index == one.share.index + 1
            if told or (one.form == "bare" and _BARE_AFTER.fullmatch(part.gap)):
                yield 1.5
            elif (
                one.form == "rate"
                and len(one.name) > 1
                and part.gap.startswith((f",{one.name[-2:]}", f"({one.name[-2:]}"))
            ):
                yield 0.0
            elif TOLD_AFTER.fullmatch(part.gap):
                yield 0.5
            else:
                yield -1.5 if one.form != "of" and _NEXT.fullmatch(part.gap) else -4.0
        elif one.form == "taken":
            yield -4.0
        elif one.length == 1:
            yield from self._nearness(one, part)
        if one.length > 1:
            yield 1.5 if self._is_aligned(one, part) else -4.0
        if part.quantity.per or PER.search(part.left):
            yield -1.5 if part.quantity.is_exact else -4.0
        if one.subject:
            yield 2.0 if self._is_subject(one, part) else 0.0 if part.index > one.share.index else -2.0
        if one.unit and part.quantity.base_unit not in one.unit:
            yield -5.0
        if _LAST_YEARS.search(part.left) and not _LAST_YEARS.search(one.head.left):
            yield -3.0
        own = one.form == "of" and one.length == 1 and part.index + 1 == one.share.index
        if not own and LEFT_OVER.search(QUOTED.sub("", part.left)) and not LEFT_OVER.search(one.head.left):
            yield -1.5

    def of_turn(self, one: Asked) -> Mention | None:
        """Of two that stand before it, the one that 前者 or 后者 means."""
        before = [
            other
            for other in self.scene.before(one.head)
            if other.quantity.kind not in NO_PARTS and not _OF_BOTH.search(other.left)
        ]
        last = [other for other in before if before and same_unit(other, before[-1])][-2:]
        return last[one.turn - 1] if len(last) == _BOTH else None

    def of_part(self, one: Asked, part: Mention) -> float:
        """What the place and the words of the part alone are worth."""
        key = one.share.index, part.index
        if key not in self.parts:
            self.parts[key] = sum(self._of_part(one, part))
        return self.parts[key]

    def is_near(self, one: Asked, part: Mention) -> bool:
        return self.of_part(one, part) > _FAR_OFF

    def _nearness(self, one: Asked, part: Mention) -> Iterator[float]:
        """占 speaks of the quantity just before or its mates (12户、36人), but where it names its subject."""
        if one.subject and self._is_subject(one, part):
            yield 0.0 if part.paragraph == one.head.paragraph else -1.5
            return
        named = one.form == "rate" and self._bears_name(one, part)
        if part.paragraph != one.head.paragraph:
            yield -2.0 if named else -4.0
        elif part.sentence != one.head.sentence:
            yield -1.0 if named else -2.5
        else:
            until = self._named_whole(one.head) or one.head
            if until.gap.startswith(";") and self.scene.is_nested(part):
                yield -3.5
            if _OTHER_CLAUSE.search(one.head.gap):
                yield -1.5
            yield (-0.7 if named else -2.0 if one.form == "rate" else -3.5) * self._between(part, until)
