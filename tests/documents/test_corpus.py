"""The corpus itself: every annotation is checked by arithmetic of its own before anyone is scored by it."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.documents.arithmetic import KINDS, agrees
from tests.documents.corpus import BadAnnotation, load_corpus, read_marks, read_relations
from tests.documents.numerals import parse_amount

pytestmark = pytest.mark.xdist_group("reader")


def test_keys_are_given_once_and_every_relation_finds_its_quantities() -> None:
    wrong = []
    for text in load_corpus():
        keys = Counter(quantity.key for quantity in text.quantities if quantity.key)
        wrong += [f"{text.name}: {key} twice" for key, times in keys.items() if times > 1]
        for relation in text.relations:
            named = {*relation.members, relation.stated}
            wrong += [f"{text.name}: no {key}" for key in named - keys.keys()]
    assert wrong == []


def test_no_relation_is_written_twice() -> None:
    wrong = []
    for text in load_corpus():
        said = Counter((r.kind, r.members, r.stated) for r in text.relations)
        wrong += [f"{text.name}: {what}" for what, times in said.items() if times > 1]
    assert wrong == []


def test_values_written_out_agree_with_the_plain_conversion_where_it_can_read_them() -> None:
    wrong = []
    for text in load_corpus():
        for quantity in text.quantities:
            plain = parse_amount(quantity.text) if quantity.stated_apart else None
            read = plain is not None and plain.unit == quantity.amount.unit
            if plain and read and plain.value != quantity.amount.value:
                wrong.append(f"{text.name}: {quantity.text}: {quantity.amount.value} ≠ {plain.value}")
    assert wrong == []


def test_every_relation_holds_exactly_where_it_says_so() -> None:
    wrong = []
    for text in load_corpus():
        for relation in text.relations:
            assert relation.kind in KINDS, f"{text.name}: {relation.kind}"
            computed = agrees(text, relation) if relation.holds is not None else None
            if computed is not None and computed is not relation.holds:
                wrong.append(f"{text.name}: {relation.kind} {relation.members} {relation.stated}")
    assert wrong == []


def test_every_planted_violation_and_question_names_its_cause() -> None:
    bare = [
        (t.name, r.stated) for t in load_corpus() for r in t.relations if r.holds is not True and not r.cause
    ]
    assert bare == []


def test_the_whole_conversion_is_seen_in_units_that_mean_something() -> None:
    """A slip of a bracket leaves digits or punctuation in the unit."""
    odd = [
        f"{text.name}: {quantity.text}: {quantity.amount.unit!r}"
        for text in load_corpus()
        for quantity in text.quantities
        if not quantity.optional and not quantity.amount.unit.isalpha()
    ]
    assert odd == []


def test_texts_are_as_long_as_a_page_or_less() -> None:
    assert [
        (text.name, len(text.plain)) for text in load_corpus() if not 250 <= len(text.plain) <= 1500
    ] == []


@pytest.mark.parametrize(
    ("written", "value", "unit", "approx"),
    [
        ("824户", "824", "户", ""),
        ("800余万元", "8000000", "元", "余"),
        ("近3万元", "30000", "元", "近"),
        ("1,234.5万元", "12345000", "元", ""),
        ("６５．０５万元", "650500", "元", ""),
        ("三分之二", "2/3", "比例", ""),
        ("百分之九十八点五", "197/200", "比例", ""),
        ("98.7%", "987/1000", "比例", ""),
        ("两万三", "23000", "", ""),
        ("一千二百三十四户", "1234", "户", ""),
        ("一百零五人", "105", "人", ""),
        ("12公里", "12000", "米", ""),
        ("3万5千元", "35000", "元", ""),
        ("260余人次", "260", "人次", "余"),
        ("3至5万元", "30000", "元", ""),
        ("1.2个百分点", "3/250", "百分点", ""),
        ("50千瓦", "50", "千瓦", ""),
    ],
)
def test_the_plain_conversion_reads(written: str, value: str, unit: str, approx: str) -> None:
    amount = parse_amount(written)
    assert amount is not None
    assert (str(amount.value), amount.unit, amount.approx) == (value, unit, approx)


def test_a_bracket_that_is_no_mark_is_refused() -> None:
    with pytest.raises(BadAnnotation, match="a bracket"):
        read_marks("x", "共[a:12户")


def test_a_relation_without_its_sign_is_refused() -> None:
    with pytest.raises(BadAnnotation, match="expected KIND"):
        list(read_relations("x", "sum a b c"))
