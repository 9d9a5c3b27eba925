"""How sure it is that the words claim a sum, in natural logarithms of odds: what each sign of a row adds or takes.

Set by judgement, not learned: 分别 and 按…分 hand a whole out, 其中 may pick some out, a mere comma seldom divides.
"""

from __future__ import annotations

from collections.abc import Mapping

from bangfu.documents.certain.rows.candidate import Candidate
from bangfu.documents.certain.rows.numbers import gap, likeness

TOLD = 1.0
_FIGURES, _PICKED, _WIDE, _OPPOSITES, _PROPERTIES, _UNTOLD = 0.8, -0.1, 0.2, 2.4, -1.0, -3.0
_NAMED, _NEVER, _FAR_APART = 0.6, -99.0, 0.35
_POINTS: Mapping[str, float] = {
    "opener=strict": 1.5,
    "opener=divided": 1.5,
    "opener=colon": 0.8,
    "opener=among": 0.0,
    "opener=divided-next": 1.0,
    "opener=strict-next": 0.5,
    "opener=among-next": -0.2,
    "opener=colon-next": 0.3,
    "opener=lines": 0.5,
    "opener=lines-far": -1.5,
    "opener=bracket": -0.5,
    "opener=includes": -0.3,
    "opener=comma": -1.7,
    "opener=bare": -1.7,
    "opener=semicolon": -3.0,
    "opener=pause": -6.0,
    "opener=includes-next": -0.3,
    "opener=apart": -1.2,
    "opener=follows": -1.0,
    "opener=columns": -1.0,
    "listed": 0.6,
    "opener=apart-comma": -1.2,
    "restated": 0.4,
    "marks=one": 0.4,
    "marks=several": -3.0,
    "opened": 0.8,
    "strong": 0.6,
    "weak": -0.3,
    "tight": 0.6,
    "above": 0.5,
    "said-last": 0.5,
    "names=sure": 1.2,
    "other-sentence": -0.5,
    "number=same": 1.5,
    "number=other": -0.8,
    "names=whole": 1.0,
    "names=places": 0.7,
    "names=halves": 0.5,
    "names=kinds": 0.8,
    "counted-all": 2.0,
    "names=lacking": -0.2,
    "rest": 0.7,
    "groups-overlap": -1.0,
    "three": 0.3,
    "four": 0.4,
    "shape=rich": 0.3,
    "shape=other": -0.6,
    "other-column": 2.5,
    "another-total": -2.0,
    "overlap-said": -8.0,
    "exclusive": 1.6,
    "closed-list": 1.6,
    "shares-full": 3.0,
    "open": -3.0,
    "marks=mixed": -0.6,
    "unit-lost": 1.5,
    "times": -1.5,
    "long": -1.5,
    "middle": -0.4,
    "end=heavier": -0.1,
    "end=number": 0.2,
    "item-above": -0.3,
    "stages": -3.0,
    "comes-next": 0.8,
    "item-far-above": -2.0,
    "far-off": -3.5,
    "end=number-last": -1.5,
    "whole=second": -0.6,
    "whole=other": -1.5,
    "whole=sentence-first": -0.7,
    "whole=paragraph-first": -0.3,
    "whole=named": 0.7,
    "whole=named-far": 0.2,
    "whole-aside": -1.0,
    "whole-nested": -1.5,
    "whole-late": -0.8,
    "whole-said": 0.7,
    "whole-divided": 2.0,
    "whole-passed": -1.5,
    "years": -0.4,
    "mended": 7.0,
    "unit-mended": 5.0,
    "all-computed": 4.0,
    "slip=swapped": 1.0,
    "slip=digit": 0.3,
    "slip=none": -2.0,
    "level=named": 1.5,
    "level=called": 0.5,
    "periods": 1.0,
    "level=sentence": -0.3,
    "level=line": -0.5,
    "level=line-sentence": -1.5,
    "table": 1.0,
    "table-wide": 0.5,
    "table-sound": 2.5,
}
PROVED = frozenset({"mended", "unit-mended", "all-computed"})
"""Another computation of the text confirms the row, so that the gap need not look like a slip."""
_BARE = frozenset({"opener=comma", "opener=bare", "opener=apart-comma"})
_OPEN = frozenset(
    f"opener={name}"
    for name in (
        "among",
        "among-next",
        "includes",
        "comma",
        "bare",
        "bracket",
        "lines",
        "colon",
        "apart",
        "apart-comma",
        "includes-next",
    )
)


def points(candidate: Candidate) -> float:
    signs = candidate.signs
    said = sum(_POINTS.get(one, 0.0) for one in signs)
    if "unlisted" in signs and gap(candidate.members, candidate.total) < 0:
        return _NEVER
    if {"open", "side=after"} <= signs and gap(candidate.members, candidate.total) < 0:
        said += _UNTOLD
    if "names=sure" in signs and "three" in signs and signs & _BARE:
        said += _NAMED
    close = abs(gap(candidate.members, candidate.total)) < _FAR_APART
    alternatives = close and "names=opposites" in signs and not signs.isdisjoint(_BARE)
    sure = alternatives or not signs.isdisjoint({"closed-list", "exclusive", "shares-full"})
    if signs & _OPEN and "rest" not in signs and (not sure or gap(candidate.members, candidate.total) > 0):
        over = gap(candidate.members, candidate.total) > 0
        if not over and likeness(candidate.members, candidate.total) < 0:
            said -= 0.5
        said += 1.5 if over and "groups-overlap" not in signs else 0.0 if over else -0.8
        if gap(candidate.members, candidate.total) < _PICKED and "names=whole" not in signs:
            said -= 0.8
    if abs(gap(candidate.members, candidate.total)) > _WIDE and len(candidate.members) == 2:
        said -= 0.8
    if signs & _BARE:
        said += _OPPOSITES if alternatives else _PROPERTIES if "names=properties" in signs else 0.0
    if "another-total" in signs and "tight" in signs:
        said += 2.0
    alike = min(likeness(candidate.members, candidate.total), 7.0)
    return said + _FIGURES * (max(alike, 0.0) if signs & PROVED else alike)
