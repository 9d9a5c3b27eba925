"""Names as they are read aloud, surnames in their own readings."""

from __future__ import annotations

import pytest

from bangfu.terms.readings import initials_of, reading_of


@pytest.mark.parametrize(
    ("name", "reading", "initials"),
    [
        ("王建国", "wang jian guo", "wjg"),
        ("单雄", "shan xiong", "sx"),
        ("王单", "wang dan", "wd"),
        ("解放", "xie fang", "xf"),
        ("曾参", "zeng can", "zc"),
        ("仇英", "qiu ying", "qy"),
        ("查良", "zha liang", "zl"),
        ("区志", "ou zhi", "oz"),
        ("尉迟恭", "yu chi gong", "ycg"),
        ("欧阳修", "ou yang xiu", "oyx"),
        ("阿依古丽", "a yi gu li", "aygl"),
        ("JOHN", "J O H N", "john"),
        ("李*", "li *", "l*"),
        ("", "", ""),
    ],
)
def test_a_name_is_read_with_its_surname(name: str, reading: str, initials: str) -> None:
    assert reading_of(name) == reading
    assert initials_of(name) == initials
