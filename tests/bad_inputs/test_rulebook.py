"""Broken rulebook files: every problem at once, each with its file, its line, what was found and what was expected."""

from __future__ import annotations

from pathlib import Path

import pytest

from bangfu.policy.loader import load_policy
from bangfu.policy.source import RulebookError
from bangfu.terms.errors import UserError

CHECK = """\
id: income.too_high
name: 收入过高
ref: INC-900
subject: household
severity: error
when: household_size > 3
department: 乡村振兴
rectify: 核实
basis: 测试
examples:
  - {given: {household_size: 4}, expect: finding}
  - {given: {household_size: 3}, expect: pass}
  - {given: {household_size: null}, expect: unknown}
"""
STANDARD = """\
id: line
name: 线
unit: yuan
values:
  - {from: 2023-01-01, to: 2023-12-31, place: "", value: 7600, source: 文件}
"""
CODELIST = """\
id: household_type
name: 户类型
versions:
  - from: 2019-01-01
    labels: [{label: 脱贫户}, 一般农户]
groups:
  exited: [脱贫户]
"""
PROGRAMME = """\
id: dibao
name: 低保
department: 民政
subject: household
period: month
eligible: household_size > 3
basis: 测试
"""
FILES = {
    "checks/income/too_high.yaml": CHECK,
    "standards/line.yaml": STANDARD,
    "codelists/household_type.yaml": CODELIST,
    "programmes/dibao.yaml": PROGRAMME,
}


def rulebook(folder: Path, **changed: str) -> Path:
    """A sound little rulebook with some files put in the place of its own (check=, standard=, ...)."""
    names = dict(zip(("check", "standard", "codelist", "programme"), FILES, strict=True))
    for path, text in FILES.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    for name, text in changed.items():
        (folder / names[name]).write_text(text, encoding="utf-8")
    return folder


def problems(root: Path, overlays: tuple[str, ...] = ()) -> list[str]:
    with pytest.raises(RulebookError) as caught:
        load_policy(root, overlays)
    return [str(problem) for problem in caught.value.problems]


def test_sound_rulebook_loads_with_the_checks_of_its_programme(tmp_path: Path) -> None:
    policy = load_policy(rulebook(tmp_path))
    assert "income.too_high" in policy.checks
    assert {"dibao.entitled_not_received", "dibao.paid_twice"} <= policy.checks.keys()


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("name: 收入过高", "nmae: 收入过高", 2, "不认识 nmae,是不是 name"),
        ("name: 收入过高\n", "", 1, "缺少 name"),
        ("name: 收入过高", "name: 7", 2, "name 应是 文字,写的是 7"),
        ("ref: INC-900", "ref: {a: b}", 3, "ref 应是 文字 或 列表"),
        ("id: income.too_high", "id: income.too_low", 1, "id 应与路径相同:income.too_high"),
        ("subject: household", "subject: houshold", 4, "没有表 houshold,是不是 household"),
        ("severity: error", "severity: fatal", 5, "severity 应是 error、suspicion、reminder 之一"),
        ("household_size > 3\n", "houshold_size > 3\n", 6, "household 没有字段 houshold_size,是不是 household_size"),
        ("household_size > 3\n", "household_size > standard('lin')\n", 6, "没有标准 lin,是不是 line"),
        ("household_size > 3\n", "household_type == '脱贫'\n", 6, "代码表 household_type 没有 脱贫,是不是 脱贫户"),
        ("household_size > 3\n", "agee(cancelled_on) > 3\n", 6, "没有函数 agee,是不是 age"),
        ("household_size > 3\n", "household_size > cancelled_on\n", 6, "类型不同,不能相比:integer 和 date"),
        ("department: 乡村振兴", "focus: [houshold_size]\ndepartment: 乡村振兴", 1, "focus 里的 houshold_size 不是"),
        ("department: 乡村振兴", "in_force: {form: 2021-05-01}\ndepartment: 乡村振兴", 7, "不认识 form,是不是 from"),
        ("department: 乡村振兴", "missing: pass\ndepartment: 乡村振兴", 7, "missing: pass 要在 missing_reason 说明理由"),
        ("department: 乡村振兴", "missing: finding\ndepartment: 乡村振兴", 7, "missing 应是 unknown 或 pass"),
        ("{household_size: 4}", "{houshold_size: 4}", 11, "household 没有 houshold_size,是不是 household_size"),
        ("{household_size: 4}", "{household_size: 四}", 11, "household_size(家庭人口数)是 integer,不能写 '四'"),
        ("{household_size: 4}", "{household_size: true}", 11, "household_size(家庭人口数)是 integer,不能写 True"),
        ("{household_size: 4}", "{cancelled_on: 2023-02}", 11, "cancelled_on(销户日期)是 date,不能写 '2023-02'"),
        ("{household_size: 4}", "{monitored_from: 2023-13}", 11, "是 month,不能写 '2023-13'"),
        ("{household_size: 4}", "{is_absent_long: 1}", 11, "是 yes_no,不能写 1"),
        ("{household_size: 4}", "{members: {full_name: 甲}}", 11, "members 应写成映射的列表"),
        ("{household_size: 4}", "{head: [甲]}", 11, "head 应写成一个映射"),
        ("expect: finding", "expect: found", 11, "expect 应是 finding、pass、unknown 之一,写的是 found"),
        ("expect: finding", "expekt: finding", 11, "不认识 expekt,是不是 expect"),
        ("  - {given: {household_size: 4}, expect: finding}", "  - 甲", 1, "例子应写成 {given: ..., expect: ...}"),
        ("basis: 测试", "basis: 测试\nbasis: 又一次", 1, "第 10 行的 basis 重复"),
        ("basis: 测试", "basis: [", 11, "不是合格的 YAML"),
    ],
)  # fmt: skip
def test_fault_of_a_check_is_told_with_its_line(
    tmp_path: Path, old: str, new: str, line: int, message: str
) -> None:
    assert old in CHECK
    found = problems(rulebook(tmp_path, check=CHECK.replace(old, new)))
    file = "checks/income/too_high.yaml"
    assert any(text.startswith(f"{file}:{line}: ") and message in text for text in found), "\n".join(found)


@pytest.mark.parametrize(
    ("name", "old", "new", "where", "message"),
    [
        ("standard", "to: 2023-12-31", "to: 2022-12-31", "standards/line.yaml:5", "from 晚于 to"),
        ("standard", "value: 7600", "value: 七千六", "standards/line.yaml:5", "value '七千六' 与单位不合"),
        ("standard", ", source: 文件", "", "standards/line.yaml:5", "缺少 source"),
        ("standard", 'place: ""', "place: 42", "standards/line.yaml:5", "place 应是 文字,写的是 42"),
        ("standard", "unit: yuan", "unit: dollar", "standards/line.yaml:3", "unit 应是 yuan、days"),
        ("standard", "id: line", "id: lime", "standards/line.yaml:1", "id 应与文件名相同:line"),
        ("codelist", "[脱贫户]", "[脱贫人]", "codelists/household_type.yaml:6", "分组 exited 里的 脱贫人 不在代码表内"),
        ("codelist", "{label: 脱贫户}", "{labl: 脱贫户}", "codelists/household_type.yaml:5", "不认识 labl,是不是 label"),
        ("programme", "period: month", "period: week", "programmes/dibao.yaml:5", "period 应是 month、term、year、once 之一"),
        ("programme", "subject: household", "subject: loan", "programmes/dibao.yaml:4", "subject 应是 person 或 household"),
        ("programme", "household_size > 3", "houshold_size > 3", "programmes/dibao.yaml:6", "没有字段 houshold_size"),
        ("programme", "basis: 测试", "basis: 测试\namount: houshold_size", "programmes/dibao.yaml:8", "benefit 没有字段"),
        ("programme", "basis: 测试", "basis: 测试\nrefs: {paid_3: W-1}", "programmes/dibao.yaml:8", "refs 里不认识 paid_3"),
    ],
)  # fmt: skip
def test_fault_of_another_file_is_told_with_its_line(
    tmp_path: Path, name: str, old: str, new: str, where: str, message: str
) -> None:
    sound = dict(zip(("check", "standard", "codelist", "programme"), FILES.values(), strict=True))[name]
    assert old in sound
    found = problems(rulebook(tmp_path, **{name: sound.replace(old, new)}))
    assert any(text.startswith(f"{where}: ") and message in text for text in found), "\n".join(found)


def test_all_problems_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    root = rulebook(
        tmp_path,
        check=CHECK.replace("household_size > 3", "houshold_size > 3").replace("name:", "nmae:"),
        standard=STANDARD.replace("2023-12-31", "2022-12-31"),
        programme=PROGRAMME.replace("month", "week"),
    )
    found = problems(root)
    assert [text.split(":")[0] for text in found] == [
        "checks/income/too_high.yaml",
        "checks/income/too_high.yaml",
        "programmes/dibao.yaml",
        "standards/line.yaml",
    ]


def test_message_counts_the_problems_and_says_that_nothing_was_loaded(tmp_path: Path) -> None:
    with pytest.raises(
        RulebookError, match=r"^规则库有 1 处错误,没有载入:\n  checks/income/too_high\.yaml:5: "
    ):
        load_policy(rulebook(tmp_path, check=CHECK.replace("severity: error", "severity: fatal")))


def test_file_that_is_not_utf8_is_told(tmp_path: Path) -> None:
    root = rulebook(tmp_path)
    (root / "checks/income/too_high.yaml").write_bytes(CHECK.encode("gb18030"))
    assert any("不是合格的 YAML" in text for text in problems(root))


def test_file_that_is_no_mapping_is_told(tmp_path: Path) -> None:
    assert any("文件应是“名称: 值”的形式" in text for text in problems(rulebook(tmp_path, check="- 甲\n")))


def test_empty_file_is_told(tmp_path: Path) -> None:
    assert any("文件应是“名称: 值”的形式" in text for text in problems(rulebook(tmp_path, check="")))


def test_check_that_a_programme_yields_already_is_told(tmp_path: Path) -> None:
    root = rulebook(tmp_path)
    (root / "checks/dibao").mkdir()
    (root / "checks/dibao/paid_twice.yaml").write_text(CHECK.replace("income.too_high", "dibao.paid_twice"))
    assert problems(root) == ["checks/dibao/paid_twice.yaml:1: dibao.paid_twice 已由补助项目自动产生"]


def with_overlay(root: Path, file: str, text: str) -> Path:
    folder = root / "overlays" / "trial"
    (folder / file).parent.mkdir(parents=True)
    (folder / "overlay.yaml").write_text("id: trial\nname: 试行\n", encoding="utf-8")
    (folder / file).write_text(text, encoding="utf-8")
    return root


def test_overlay_puts_its_standard_in_the_place_of_the_rulebooks(tmp_path: Path) -> None:
    root = with_overlay(rulebook(tmp_path), "standards/line.yaml", STANDARD.replace("7600", "8000"))
    before, after = load_policy(root), load_policy(root, ("trial",))
    assert [policy.standards["line"].values[0].value for policy in (before, after)] == [760_000, 800_000]
    assert after.overlays == ("trial",)


def test_overlay_puts_its_check_in_the_place_of_the_rulebooks(tmp_path: Path) -> None:
    changed = CHECK.replace("household_size > 3", "household_size > 9")
    root = with_overlay(rulebook(tmp_path), "checks/income/too_high.yaml", changed)
    assert load_policy(root).checks["income.too_high"].text == "household_size > 3"
    assert load_policy(root, ("trial",)).checks["income.too_high"].text == "household_size > 9"


def test_broken_overlay_is_told(tmp_path: Path) -> None:
    root = with_overlay(rulebook(tmp_path), "standards/line.yaml", STANDARD.replace("yuan", "dollar"))
    assert any("unit 应是 yuan" in text for text in problems(root, ("trial",)))


def test_unknown_overlay_names_those_there_are(tmp_path: Path) -> None:
    root = with_overlay(rulebook(tmp_path), "standards/line.yaml", STANDARD)
    with pytest.raises(UserError, match="没有叠加规则 nosuch,可用的有 trial"):
        load_policy(root, ("nosuch",))


def test_what_was_read_is_read_again_only_when_a_file_changed(tmp_path: Path) -> None:
    root = rulebook(tmp_path)
    before = load_policy(root)
    assert load_policy(root) is before
    rulebook(tmp_path, check=CHECK.replace("severity: error", "severity: suspicion"))
    after = load_policy(root)
    severities = [one.checks["income.too_high"].severity for one in (before, after)]
    assert severities == ["error", "suspicion"]


def test_hash_changes_with_any_file(tmp_path: Path) -> None:
    root = rulebook(tmp_path)
    before = load_policy(root).hash
    (root / "standards/line.yaml").write_text(STANDARD.replace("文件", "文件二"), encoding="utf-8")
    assert load_policy(root).hash != before
