"""What `bangfu doctor` asks of a home: can it be read, was nothing changed behind the journal, is every file there."""

from __future__ import annotations

from collections.abc import Callable

Probe = tuple[str, Callable[[], str]]


def home_probes() -> tuple[Probe, ...]:
    """Of the register that is open."""
    return (
        ("台账", _home),
        ("数据库", _database),
        ("变更日志", _journal),
        ("检索", _search),
        ("原始文件", _files),
        ("佐证材料", _evidence),
        ("待确认", _questions),
    )


def _home() -> str:
    from bangfu.config.env import read_env
    from bangfu.office.home import business_day, this_home
    from bangfu.office.words import day_in_words

    home = this_home()
    where = "PostgreSQL" if read_env().server else str(read_env().home)
    return f"{where},{home.place},业务日期 {day_in_words(business_day())}"


def _database() -> str:
    from bangfu.office.keeping import damage

    found = damage()
    if found:
        raise ValueError("数据库有损坏,请用 bangfu restore 从备份恢复:" + ";".join(found[:5]))
    return "完好"


def _journal() -> str:
    from bangfu.office.journal.reading import last_seal
    from bangfu.office.journal.verifying import broken_links

    broken = broken_links()
    if broken:
        raise ValueError("不完整:" + ";".join(broken[:5]))
    return f"完整,{last_seal()}"


def _search() -> str:
    from itertools import islice

    from bangfu.office.journal.derived import all_derived

    found = [line for derived in all_derived() for line in islice(derived.drift(), 5)]
    if found:
        raise ValueError("与台账不符,请运行 bangfu rebuild 重建:" + ";".join(found[:5]))
    return "、".join(derived.name for derived in all_derived()) + "与台账一致"


def _files() -> str:
    from bangfu.intake.files import kept_files

    there, missing = kept_files()
    if missing:
        raise ValueError(f"缺少或被改动 {len(missing)} 个:{'、'.join(missing[:5])}")
    return f"{there} 个都在"


def _evidence() -> str:
    from bangfu.casework.queries import lost_evidence

    there, lost = lost_evidence()
    if lost:
        raise ValueError(f"缺少或被改动 {len(lost)} 份,在任务 {'、'.join(lost[:5])}")
    return f"{there} 份都在"


def _questions() -> str:
    from bangfu.intake.batches import open_questions

    return f"导入时留下 {open_questions()} 个问题还没有答复"
