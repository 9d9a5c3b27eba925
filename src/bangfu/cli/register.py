"""`bangfu init|import|apply|undo|journal|rebuild|snapshot|export|backup|restore`: the register of one office in its home."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator
from pathlib import Path

from bangfu.cli.arguments import Parser, day
from bangfu.cli.homes import actor, command
from bangfu.cli.progress import moving, say
from bangfu.config.env import read_env
from bangfu.terms.errors import UserError


def add(sub: argparse._SubParsersAction[Parser]) -> None:
    _add_init(sub)
    _add_import(sub)
    _add_apply(sub)
    _add_undo(sub)
    _add_journal(sub)
    _command(sub, "rebuild", "从台账重建农户检索(doctor 说检索与台账不符时用)", _rebuild)
    _add_snapshot(sub)
    _add_export(sub)
    _add_backup(sub)
    _add_false_alarm(sub)


def _add_init(sub: argparse._SubParsersAction[Parser]) -> None:
    parser = _command(sub, "init", "新建一个镇的台账", _init)
    parser.add_argument("--place", required=True, metavar="区划代码", help="镇的区划代码,如 421281102")
    parser.add_argument(
        "--business-date", type=day, metavar="日期", help="台账的业务日期(演示用);不写就是当天"
    )


def _add_import(sub: argparse._SubParsersAction[Parser]) -> None:
    parser = _command(sub, "import", "导入国网导出的表和各部门名单:先看差异,再应用", _import)
    parser.add_argument(
        "files", nargs="+", type=Path, metavar="文件或文件夹", help="国网导出表、部门名单(.xlsx/.xls/.csv)"
    )
    parser.add_argument("--as-of", type=day, metavar="日期", help="文件是哪一天的数据;文件写明了的不用填")
    parser.add_argument("--apply", action="store_true", help="看过差异后直接应用")
    parser.add_argument("--json", action="store_true", help="结果写成 JSON")


def _add_apply(sub: argparse._SubParsersAction[Parser]) -> None:
    parser = _command(sub, "apply", "应用一个读入的批次", _apply)
    parser.add_argument("batch", type=int, metavar="批次")
    parser.add_argument("--clean-only", action="store_true", help="有看不懂的单元格的户不写入,其余的照常应用")


def _add_undo(sub: argparse._SubParsersAction[Parser]) -> None:
    parser = _command(sub, "undo", "撤销一个已经应用的批次", _undo)
    parser.add_argument("batch", type=int, metavar="批次")


def _add_journal(sub: argparse._SubParsersAction[Parser]) -> None:
    parser = _command(sub, "journal", "查看或验证变更日志", _journal)
    parser.add_argument("action", choices=("verify", "show"), metavar="verify|show")
    parser.add_argument("--table", metavar="表", help="show:只看这张表")
    parser.add_argument("--row", type=int, metavar="行号", help="show:只看这一行")
    parser.add_argument("--last", type=int, default=20, metavar="条数", help="show:最近多少条,默认 20")


def _add_snapshot(sub: argparse._SubParsersAction[Parser]) -> None:
    parser = _command(sub, "snapshot", "把台账某一天的样子写成快照", _snapshot)
    parser.add_argument("out", type=Path, metavar="文件夹", help="写到哪里,要空文件夹")
    parser.add_argument("--as-of", type=day, required=True, metavar="日期", help="哪一天的样子,如 2023-12-18")
    parser.add_argument(
        "--known-at",
        type=int,
        metavar="事务",
        help="只算到这个事务为止所知道的,以后的更正不算;不写就是现在所知道的",
    )


def _add_export(sub: argparse._SubParsersAction[Parser]) -> None:
    parser = _command(sub, "export", "把台账写成国网导出表的样子", _export)
    parser.add_argument("kind", choices=("national",), metavar="national", help="国网导出表")
    parser.add_argument("out", type=Path, metavar="文件夹", help="写到哪里")
    parser.add_argument("--as-of", type=day, metavar="日期", help="哪一天的样子;不写就是业务日期")


def _add_false_alarm(sub: argparse._SubParsersAction[Parser]) -> None:
    parser = _command(sub, "false-alarm", "认定一条疑点是误报:所依据的值不变就不再提示", _false_alarm)
    parser.add_argument("finding", type=int, metavar="疑点编号")
    parser.add_argument("--reason", required=True, metavar="理由")


def _add_backup(sub: argparse._SubParsersAction[Parser]) -> None:
    parser = _command(sub, "backup", "把台账备份成一个文件", _backup)
    parser.add_argument("target", type=Path, metavar="文件", help="如 备份-2023-12-18.zip")
    parser = _command(sub, "restore", "从备份恢复台账", _restore)
    parser.add_argument("source", type=Path, metavar="文件")


def _command(
    sub: argparse._SubParsersAction[Parser], name: str, told: str, run: Callable[[argparse.Namespace], int]
) -> Parser:
    return command(sub, name, told, run, opens=run not in (_init, _restore))


def _init(arguments: argparse.Namespace) -> int:
    from bangfu.office.home import make_home
    from bangfu.screening.place import read_default_divisions

    divisions = read_default_divisions()
    place = divisions.get(arguments.place)
    if place is None:
        raise UserError(f"区划表里没有 {arguments.place}。应写镇的区划代码,如 421281102")
    make_home(place.code, divisions, business_on=arguments.business_date)
    print(f"已为{place.name}新建台账:{read_env().home}")
    print("下一步:bangfu import 国网导出的表.xlsx")
    return 0


def _import(arguments: argparse.Namespace) -> int:
    from bangfu.intake import batches

    told, failed = [], []
    with moving() as progress:
        for path in batches.in_order(arguments.files):
            try:
                told.append(_import_one(path, arguments, progress))
            except UserError as error:
                failed.append(str(error))
    if arguments.json:
        print(json.dumps(told, ensure_ascii=False))
    if failed:
        raise UserError("\n".join(failed))
    return 0


def _import_one(
    path: Path, arguments: argparse.Namespace, progress: Callable[[str], None]
) -> dict[str, object]:
    from bangfu.intake import batches

    staged = batches.stage(path, actor=actor(), as_of=arguments.as_of, progress=progress)
    number = staged.batch.pk
    if not arguments.json:
        print("\n".join(_shown(staged)))
    if arguments.apply:
        batches.apply(number, actor=actor(), gathered=staged.gathered, say=say, progress=progress)
    if not arguments.json:
        done = f"  批次 {number} 已应用"
        print(done if arguments.apply else f"  还没有写入。看过以后:bangfu apply {number}")
    return {"batch": number, "file": path.name, **staged.difference.as_json()}


def _apply(arguments: argparse.Namespace) -> int:
    from bangfu.intake import batches

    with moving() as progress:
        difference = batches.apply(
            arguments.batch, actor=actor(), clean_only=arguments.clean_only, say=say, progress=progress
        )
    print(f"批次 {arguments.batch} 已应用" + (",没有变化" if difference.is_empty else ""))
    return 0


def _shown(staged: object) -> Iterator[str]:
    from bangfu.intake.batches import Staged
    from bangfu.intake.showing import difference_lines

    assert isinstance(staged, Staged)
    yield from difference_lines(staged)


def _undo(arguments: argparse.Namespace) -> int:
    from bangfu.intake import batches

    touched = batches.undo(arguments.batch, actor=actor(), say=say)
    print(f"批次 {arguments.batch} 已撤销,恢复 {touched} 行")
    return 0


def _journal(arguments: argparse.Namespace) -> int:
    from bangfu.intake.batches import fact_models
    from bangfu.office.journal.reading import last_seal, shown
    from bangfu.office.journal.verifying import broken_facts, broken_links

    if arguments.action == "show":
        for line in shown(arguments.table, arguments.row, arguments.last):
            print(line)
        return 0
    broken = [*broken_links(), *broken_facts(fact_models().values())]
    if broken:
        raise UserError("变更日志不完整:" + "".join(f"\n  {line}" for line in broken))
    print(f"变更日志完整,台账与它一致。{last_seal()}")
    return 0


def _rebuild(arguments: argparse.Namespace) -> int:
    from bangfu.office.journal.derived import all_derived

    with moving() as progress:
        for derived in all_derived():
            count = derived.rebuild(progress)
            print(f"{derived.name}已重建:{count} 户")
    return 0


def _snapshot(arguments: argparse.Namespace) -> int:
    from bangfu.intake.snapshots.writing import write_snapshot

    manifest = write_snapshot(arguments.as_of, arguments.out, known_at=arguments.known_at)
    persons, households = manifest.rows["person"], manifest.rows["household"]
    print(f"快照已写到 {arguments.out}:{households} 户,{persons} 人,日志到事务 {manifest.position}")
    print(f"核查它:bangfu check --snapshot {arguments.out} --out 核查结果")
    return 0


def _export(arguments: argparse.Namespace) -> int:
    from bangfu.intake.exports.national import export_national
    from bangfu.office.home import business_day

    for path, rows in export_national(arguments.out, arguments.as_of or business_day()).items():
        print(f"{path}:{rows} 行")
    print("这些文件含完整的身份信息,请按涉密规定保管")
    return 0


def _backup(arguments: argparse.Namespace) -> int:
    from bangfu.office.keeping import back_up

    count = back_up(arguments.target)
    print(f"已备份到 {arguments.target},共 {count} 个文件")
    return 0


def _restore(arguments: argparse.Namespace) -> int:
    from bangfu.office.keeping import restore

    restore(arguments.source)
    print(f"已从 {arguments.source} 恢复到 {read_env().home}。请运行 bangfu journal verify 核对")
    return 0


def _false_alarm(arguments: argparse.Namespace) -> int:
    from bangfu.findings.actions import call_false_alarm
    from bangfu.office.home import business_day
    from bangfu.office.journal.writing import Source, transaction

    with transaction(actor=actor(), source=Source("finding", str(arguments.finding)), say=say) as change:
        call_false_alarm(change, arguments.finding, reason=arguments.reason, on=business_day())
    print(f"疑点 {arguments.finding} 已认定为误报")
    return 0
