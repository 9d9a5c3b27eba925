"""The command line: its words, its exit codes, what programs read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bangfu.cli.main import BAD_INPUT, DONE, FOUND, MODULES, main, parser


def write_list(folder: Path) -> Path:
    """A small 脱贫人口名单 of one household whose head has a wrong check character."""
    path = folder / "脱贫人口名单.csv"
    heads = (
        "序号,数据日期,县,乡,村,自然村,户编号,人编号,姓名,证件号码,人数,与户主关系,民族,文化程度,在校生状况,健康状况,"
        "劳动技能,务工时间(月),是否参加大病保险,致贫原因1,危房户,是否解决安全饮用水,人均纯收入,户联系电话,人联系电话,"
        "首次识别时间,人员识别时间,户类型,易返贫致贫户类型,风险是否消除,风险识别时间,风险消除时间"
    )
    row = (
        "1,20231218,赤壁市,茶庵岭镇,温泉村,上湾,610090000001,61009000000101,冯大年,429999197001010011,1,户主,汉族,初中,,"
        "健康,普通劳动力,6,是,因病,否,是,15000,19900000001,19900000002,201312,201312,脱贫户,,,,"
    )
    path.write_text(f"{heads}\n{row}\n", encoding="gb18030")
    return path


def test_check_writes_findings_and_workbooks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "结果"
    assert main(["check", str(write_list(tmp_path)), "--out", str(out)]) == DONE
    lines = [json.loads(line) for line in (out / "findings.jsonl").read_text(encoding="utf-8").splitlines()]
    wrong = [line for line in lines if line["check"] == "identity.checksum_wrong"]
    assert [(line["subject"], line["status"], line["sources"][0]["column"]) for line in wrong] == [
        ("61009000000101", "finding", "J")
    ]
    assert (out / "summary.xlsx").is_file()
    assert (out / "温泉村.xlsx").is_file()
    assert "核查截止 2023-12-18" in capsys.readouterr().out


def test_fail_on_error_gives_exit_code_one(tmp_path: Path) -> None:
    arguments = ["check", str(write_list(tmp_path)), "--out", str(tmp_path / "o"), "--no-workbooks"]
    assert main([*arguments, "--fail-on", "error"]) == FOUND
    assert main([*arguments, "--fail-on", "error", "--only", "ID-009"]) == DONE


def test_json_summary_is_readable(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", str(write_list(tmp_path)), "--out", str(tmp_path / "o"), "--no-workbooks", "--json"])
    summary = json.loads(capsys.readouterr().out)
    assert summary["as_of"] == "2023-12-18"
    assert summary["lists"][0]["layout"] == "exited_list"


def test_missing_date_is_asked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "名单.csv"
    path.write_text("序号,村,姓名,身份证号,金额\n1,温泉村,冯大年,429999197001010010,5\n", encoding="utf-8")
    assert main(["check", str(path), "--out", str(tmp_path / "o")]) == BAD_INPUT
    assert "--as-of" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["check", "不存在的文件.xlsx"], "找不到"),
        (["check", "x", "--as-of", "2023-13-40"], "2023-13-40"),
        (["check", "x", "--place", "42128"], "42128"),
        (["rules", "show", "INC-0005"], "INC-005"),
        (["没有的命令"], "没有"),
        (["rules", "lint", "incom"], "income"),
    ],
)
def test_bad_arguments_are_explained(
    arguments: list[str], word: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == BAD_INPUT
    assert word in capsys.readouterr().err


def test_rule_is_shown_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "show", "INC-005"]) == DONE
    assert "人均纯收入低于防返贫监测收入线且监测对象类别未填" in capsys.readouterr().out


def test_doctor_finds_the_installation_whole(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor"]) == DONE
    assert "异常" not in capsys.readouterr().out


def commands_of(argv: list[str]) -> list[str]:
    [action] = [one for one in parser(argv)._actions if one.dest == "command"]
    return list(action.choices or ())


@pytest.mark.parametrize("module", MODULES)
def test_a_command_named_loads_its_module_alone(module: str) -> None:
    for command in MODULES[module]:
        assert commands_of([command]) == list(MODULES[module])


def test_without_a_command_all_are_offered() -> None:
    assert (
        commands_of([]) == commands_of(["--help"]) == [name for names in MODULES.values() for name in names]
    )
