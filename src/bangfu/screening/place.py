"""Which place the files speak of."""

from __future__ import annotations

from collections import Counter

from bangfu.policy.root import default_root
from bangfu.screening.gather import Gathered
from bangfu.terms.divisions import Divisions, read_divisions
from bangfu.terms.errors import UserError


def read_default_divisions() -> Divisions:
    return read_divisions(default_root() / "divisions")


def place_of(gathered: Gathered, divisions: Divisions) -> str:
    """The township that most rows of the exports name, as a division prefix."""
    towns: Counter[str] = Counter()
    codes: Counter[str] = Counter()
    for extract in gathered.extracts:
        for emitted in extract.emitted:
            if emitted.table == "village" and "village_code" in emitted.columns:
                codes.update(code[:9] for code in emitted.columns["village_code"].to_pylist() if code)
            if "town" in emitted.columns:
                towns.update(town for town in emitted.columns["town"].to_pylist() if town)
    if codes:
        return codes.most_common(1)[0][0]
    for town, _ in towns.most_common():
        code = divisions.resolve(town, "", "town").code
        if code:
            return code[:9]
    raise UserError("表里看不出是哪个乡镇,请用 --place 指定区划代码,如 --place 421281102")
