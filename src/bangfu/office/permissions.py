"""The one table of who may do what. Who holds a role holds it for an area: `Holding` in `readers`.

A right that a role does not name it does not have. Routes of the pages name their right in `web/access.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Role:
    """`reach`: what of the area is meant: everything, a department's part, or the households paired with the user."""

    id: str
    label: str
    meaning: str
    reach: str = "area"  # area, department, paired


ROLES: Mapping[str, Role] = {
    role.id: role
    for role in (
        Role("administrator", "系统管理员", "管账号、备份和运行，看不到户的资料"),
        Role("clerk", "乡镇专干", "导入、核查、派发、核实、销号，管本镇的台账"),
        Role("leader", "乡镇领导", "看本镇全部情况，核实和销号"),
        Role("village_cadre", "村干部", "看和改本村的户，答复本村的问题"),
        Role("helper", "帮扶责任人", "只看自己结对的户，答复派给自己的问题", "paired"),
        Role(
            "department_officer",
            "部门经办",
            "只看本部门的台账、疑点和问题，答复派给本部门的问题",
            "department",
        ),
        Role("county_reviewer", "县级复核", "看辖区全部情况，派发、核实和销号"),
        Role("auditor", "审计", "只读，能看变更日志"),
    )
}

_ALL = tuple(ROLES)
_READERS = ("clerk", "leader", "village_cadre", "helper", "county_reviewer", "auditor")


@dataclass(frozen=True)
class Right:
    """What may be done, and by which roles."""

    id: str
    label: str
    roles: tuple[str, ...]


RIGHTS: Mapping[str, Right] = {
    right.id: right
    for right in (
        Right("self", "自己的账号和后台任务", _ALL),
        Right("desk.see", "工作台", _ALL),
        Right("policy.see", "看政策和规则", _ALL),
        Right(
            "figure.see",
            "看指标和数据看板（自己范围里整村的数）",
            ("clerk", "leader", "village_cadre", "county_reviewer", "auditor"),
        ),
        Right("template.change", "上传、替换和删除报告模板", ("clerk", "county_reviewer")),
        Right("text.verify", "核对材料里的数字", (*_READERS, "department_officer")),
        Right("household.see", "看户和人", _READERS),
        Right("household.change", "改户和人的资料", ("clerk", "village_cadre")),
        Right(
            "personal.reveal",
            "看完整的证件号码、电话和账号（每次都记入日志）",
            ("clerk", "village_cadre", "helper", "county_reviewer", "auditor"),
        ),
        Right(
            "table.export",
            "把看到的表导出成 .xlsx，写报告，填上级的表",
            ("clerk", "leader", "village_cadre", "county_reviewer", "auditor"),
        ),
        Right("ledger.see", "看台账", (*_READERS, "department_officer")),
        Right("ledger.change", "登记、更正和删除台账", ("clerk", "village_cadre")),
        Right("finding.see", "看疑点", (*_READERS, "department_officer")),
        Right("finding.judge", "认定误报", ("clerk", "county_reviewer")),
        Right("run.start", "开始核查", ("clerk", "county_reviewer")),
        Right("task.see", "看问题、责任和整改清单", (*_READERS, "department_officer")),
        Right("task.open", "登记问题、派发任务、举一反三", ("clerk", "county_reviewer")),
        Right("task.answer", "答复整改任务", ("clerk", "village_cadre", "helper", "department_officer")),
        Right("task.verify", "核实整改，销号或退回", ("clerk", "leader", "county_reviewer")),
        Right("date.set", "登记重要日期", ("clerk", "leader", "county_reviewer")),
        Right("chain.set", "设定各村的责任链", ("clerk", "county_reviewer")),
        Right("import.see", "看导入的批次", ("clerk", "county_reviewer", "auditor")),
        Right("import.load", "导入、应用和撤销批次", ("clerk",)),
        Right("journal.see", "看和验证变更日志", ("auditor", "county_reviewer", "clerk")),
        Right("account.manage", "管账号和角色", ("administrator",)),
        Right("backup.make", "备份和恢复", ("administrator",)),
        Right("health.see", "看运行情况", ("administrator", "clerk", "auditor")),
    )
}
