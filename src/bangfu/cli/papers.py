"""`bangfu report`, `bangfu form`, `bangfu cards`: what the office hands up and hands out, with figures of its ledgers."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from bangfu.cli.arguments import Parser, day
from bangfu.cli.homes import actor, command
from bangfu.cli.progress import moving
from bangfu.terms.errors import UserError

if TYPE_CHECKING:
    from bangfu.office.readers import Reader


def add(sub: argparse._SubParsersAction[Parser]) -> None:
    report = command(sub, "report", "按模板写报告:年度报告、简报、清单,数字都来自台账", write_report)
    report.add_argument("template", metavar="模板", help="随附模板的名称(如 annual_report),或一个 .docx 文件")
    report.add_argument("--as-of", type=day, metavar="日期", help="截至哪一天;不写就是业务日期")
    report.add_argument("--out", type=Path, required=True, metavar="文件", help="写成哪个 .docx")
    report.add_argument("--pdf", type=Path, metavar="文件", help="另写一份 PDF")
    report.add_argument("--annex", type=Path, metavar="文件", help="把每个数字的明细写成 Excel(记入日志)")
    report.add_argument("--reason", default="", metavar="用途", help="写明细的用途")
    report.add_argument(
        "--as-counted",
        action="store_true",
        help="用上次算好的指标,以后台账有改动也不重新计算(县里人多时快得多)",
    )
    report.add_argument(
        "--word",
        action="append",
        default=[],
        metavar="名称=文字",
        help="模板里的文字,如 主送机关=某某市政府;可写多次",
    )
    form = command(sub, "form", "填上级的 Excel 表:单元格里写指标", write_form)
    form.add_argument("form", type=Path, metavar="报表", help="单元格里写着 {{指标}} 的 .xlsx")
    form.add_argument("--as-of", type=day, metavar="日期", help="截至哪一天;不写就是业务日期")
    form.add_argument("--out", type=Path, required=True, metavar="文件", help="写成哪个 .xlsx")
    form.add_argument("--last", type=Path, metavar="文件", help="上次报送的表,列出这次改变的数")
    cards = command(sub, "cards", "印明白卡(PDF):一户或一个村、全镇", write_cards)
    cards.add_argument("--as-of", type=day, metavar="日期", help="截至哪一天;不写就是业务日期")
    cards.add_argument("--village", action="append", default=[], metavar="村", help="只印这些村;可写多次")
    cards.add_argument(
        "--household", action="append", default=[], metavar="户编号", help="只印这些户;可写多次"
    )
    cards.add_argument(
        "--per", choices=("village", "household"), default="village", help="一村一个文件,或一户一个"
    )
    cards.add_argument("--phone", default="", metavar="电话", help="办公室电话")
    cards.add_argument(
        "--complaints", action="append", default=[], metavar="文字", help="怎样反映问题;可写多次"
    )
    cards.add_argument("--reason", default="", metavar="用途", help="印卡的用途(记入日志)")
    cards.add_argument("--out", type=Path, required=True, metavar="文件夹", help="写到哪个文件夹")


def write_report(arguments: argparse.Namespace) -> int:
    from bangfu.office.home import business_day, this_home
    from bangfu.registry.scope import EVERYTHING
    from bangfu.reporting.papers.annex import write_annex
    from bangfu.reporting.papers.reports import make_report
    from bangfu.reporting.papers.words import told_on

    if arguments.annex and not arguments.reason.strip():
        raise UserError("写明细要用 --reason 写明用途")
    _refuse_targets(arguments.out, arguments.pdf, arguments.annex)
    as_of = arguments.as_of or business_day()
    words, lists = told_on(as_of, this_home().place, EVERYTHING, EVERYTHING, _words(arguments.word))
    with moving() as move:
        report = make_report(
            _template(arguments.template),
            as_of,
            EVERYTHING,
            words=words,
            lists=lists,
            actor=actor(),
            say=lambda message, fraction=None: move(message),
            as_counted=arguments.as_counted,
        )
    arguments.out.write_bytes(report.content)
    blanks, counted_at = report.filled.blanks, report.answers.counted_at
    print(
        f"已写 {arguments.out}:{len(report.references)} 个数字"
        + (f",其中 {len(blanks)} 个未统计" if blanks else "")
        + (f",指标计算于 {counted_at}" if counted_at else "")
    )
    if arguments.pdf:
        _write_pdf(arguments.pdf, report.content, as_of)
    for use in blanks:
        print(f"  未统计:{use.reference}({'、'.join(report.answers.figures[use.reference].why_not)})")
    if arguments.annex:
        rows = write_annex(
            arguments.annex,
            report.references,
            report.answers,
            EVERYTHING,
            reader=_reader(),
            reason=arguments.reason,
            at=_now(),
        )
        print(f"已写明细 {arguments.annex}:{rows} 行")
    return 0


def write_form(arguments: argparse.Namespace) -> int:
    from bangfu.documents.forms import compare_forms
    from bangfu.office.home import business_day, this_home
    from bangfu.registry.scope import EVERYTHING
    from bangfu.reporting.papers.reports import make_form
    from bangfu.reporting.papers.words import words_on

    as_of = arguments.as_of or business_day()
    _refuse_targets(arguments.out)
    _demand_file(arguments.form, "报表")
    if arguments.last:
        _demand_file(arguments.last, "上次报送的报表")
    words = words_on(as_of, this_home().place)
    with moving() as move:
        form = make_form(
            arguments.form,
            as_of,
            EVERYTHING,
            words=words,
            actor=actor(),
            say=lambda message, fraction=None: move(message),
        ).filled
    arguments.out.write_bytes(form.content)
    print(
        f"已写 {arguments.out}:{len(form.uses)} 个数字,{len(form.blanks)} 个未统计,{len(form.imbalances)} 处合计不平"
    )
    for line in (*form.losses, *(one.message for one in form.imbalances)):
        print(f"  {line}")
    if arguments.last:
        changes = compare_forms(arguments.last, form.content)
        print(f"与上次报送相比改变 {len(changes)} 处")
        for one in changes:
            print(f"  {one.sheet}!{one.cell}({one.what}):{one.before or '空'} → {one.after or '空'}")
    return 0


def write_cards(arguments: argparse.Namespace) -> int:
    from bangfu.documents.pdf import cards_pdf
    from bangfu.office.access import record_export
    from bangfu.office.home import business_day, this_home
    from bangfu.registry.queries import households_by_number, villages_by_name
    from bangfu.registry.scope import EVERYTHING
    from bangfu.reporting.papers.cards import cards_of, office_of

    if not arguments.reason.strip():
        raise UserError("明白卡有个人信息,要用 --reason 写明用途")
    as_of = arguments.as_of or business_day()
    villages = _known(arguments.village, villages_by_name(), "村")
    households = _known(arguments.household, households_by_number(arguments.household), "户编号")
    office = office_of(as_of, this_home().place, phone=arguments.phone, complaints=arguments.complaints)
    with moving() as move:
        cards = cards_of(as_of, EVERYTHING, villages=villages, households=households)
        done = 0

        def heard(number: int) -> None:
            nonlocal done
            done = number
            move(f"已印 {number} 户")

        files = cards_pdf(cards, arguments.out, office, per=arguments.per, progress=heard)
    record_export(_reader(), what="明白卡", reason=arguments.reason, rows=done)
    print(f"已印 {done} 户,{len(files)} 个文件,在 {arguments.out}")
    return 0


def _write_pdf(path: Path, docx: bytes, as_of: int) -> None:
    from bangfu.documents.pdf import paper_pdf
    from bangfu.reporting.papers.reports import as_date

    printed = paper_pdf(docx, day=as_date(as_of), title=path.stem)
    path.write_bytes(printed.content)
    print(f"已写 {path}")
    for loss in printed.losses:
        print(f"  {loss}")


def _refuse_targets(*paths: Path | None) -> None:
    """Before anything is counted: figures take a while, and a folder that is not there is soon said."""
    missing = [str(path.parent) for path in paths if path is not None and not path.parent.is_dir()]
    if missing:
        raise UserError(f"没有文件夹 {'、'.join(dict.fromkeys(missing))},请先建好,或换一个地方")
    folders = [str(path) for path in paths if path is not None and path.is_dir()]
    if folders:
        raise UserError(f"{'、'.join(folders)} 是文件夹,请写文件的名称")


def _demand_file(path: Path, what: str) -> None:
    if not path.is_file():
        raise UserError(f"没有{what} {path}")


def _known(names: list[str], known: dict[str, int], what: str) -> list[int]:
    missing = [name for name in names if name not in known]
    if missing:
        raise UserError(f"没有{what} {'、'.join(missing)}")
    return [known[name] for name in names]


def _template(name: str) -> Path:
    from bangfu.documents.word.shipped import SHIPPED
    from bangfu.policy.root import default_root

    path = Path(name)
    if path.suffix:
        if not path.is_file():
            raise UserError(f"没有模板文件 {path}")
        return path
    if name not in SHIPPED:
        listed = "、".join(f"{one}({shipped.title})" for one, shipped in SHIPPED.items())
        raise UserError(f"没有模板 {name}。随附的模板有 {listed},也可以写一个 .docx 文件")
    return default_root() / "reports" / f"{name}.docx"


def _words(pairs: list[str]) -> dict[str, str]:
    told = dict(pair.partition("=")[::2] for pair in pairs)
    if any("=" not in pair for pair in pairs):
        raise UserError("--word 应写成 名称=文字")
    return told


def _reader() -> Reader:
    from bangfu.office.readers import Reader

    return Reader(0, actor(), actor())


def _now() -> str:
    from django.utils import timezone

    return f"{timezone.localtime():%Y-%m-%d %H:%M}"
