"""The office's own Word templates and superiors' forms: looked through before they are kept, under their hash.

They name figures and hold nobody's data, so they belong to no area. Shipped templates lie in the rulebook.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZipFile

from bangfu.config.env import read_env
from bangfu.documents.forms import form_references
from bangfu.documents.word import FieldValue, references_of, render_report
from bangfu.documents.word.shipped import SHIPPED
from bangfu.intake.files import clean_name
from bangfu.intake.rulebook import home_rulebook
from bangfu.office.home import this_home
from bangfu.office.journal.waiting import write_lock
from bangfu.policy.language.errors import did_you_mean
from bangfu.policy.model import VILLAGE
from bangfu.policy.references import parse_reference
from bangfu.policy.root import default_root
from bangfu.registry.queries import villages_by_code, villages_by_name
from bangfu.reporting.models import PaperTemplate
from bangfu.reporting.papers.kinds import FORM, REPORT
from bangfu.reporting.papers.reports import as_date
from bangfu.reporting.papers.words import samples_on, words_on
from bangfu.terms.errors import UserError

SUFFIX = {REPORT: ".docx", FORM: ".xlsx"}
_ADVICE = {
    REPORT: "请用 Word 或 WPS 打开后另存为 .docx 再上传",
    FORM: "请用 Excel 或 WPS 打开后另存为 .xlsx 再上传",
}
_OF_THE_TOWN = re.compile(r"全[镇乡]|全街道|我[镇乡]")
_TAG = re.compile(rb"<[^>]+>")


@dataclass(frozen=True)
class Template:
    """`id` is a shipped one's name, or the number of the office's own; `path` the file that is filled."""

    id: str
    kind: str
    name: str
    file_name: str
    path: Path
    sha256: str = ""
    actor: str = ""
    kept_at: datetime | None = None

    @property
    def is_shipped(self) -> bool:
        return not self.id.isdigit()


def shipped_templates() -> list[Template]:
    folder = default_root() / "reports"
    return [
        Template(name, REPORT, one.title, f"{one.title}.docx", folder / f"{name}.docx")
        for name, one in SHIPPED.items()
    ]


def own_templates(kind: str) -> list[Template]:
    """The newest first."""
    rows = PaperTemplate.objects.filter(kind=kind, is_dropped=False).order_by("-kept_at", "-pk")
    return [_shown(row) for row in rows]


def template_named(name: str, kind: str = "") -> Template | None:
    """None where there is none, or none of the kind."""
    if name.isdecimal() and len(name) < 18:
        row = PaperTemplate.objects.filter(pk=int(name), is_dropped=False).first()
        found = None if row is None else _shown(row)
    else:
        found = next((one for one in shipped_templates() if one.id == name), None)
    return found if found is not None and kind in ("", found.kind) else None


def template_row(number: int) -> PaperTemplate | None:
    return PaperTemplate.objects.filter(pk=number, is_dropped=False).first()


def keep_template(
    kind: str, name: str, path: Path, *, actor: str, as_of: int, number: int | None = None
) -> tuple[int, int]:
    """Takes a file of the work folder in; its number, and how many figures it names.

    `number`: the one that it replaces; else one of the same name is replaced, of forms only the actor's own. UserError
    with everything that is wrong in it, where it stands and what was perhaps meant; nothing is kept then.
    """
    told = clean_name(name)
    references = look_through(kind, told, path, as_of)
    digest = _keep_file(kind, path)
    row = PaperTemplate(
        kind=kind,
        name=told.rpartition(".")[0],
        file_name=told,
        sha256=digest,
        size=file_of(kind, digest).stat().st_size,
        actor=actor,
        kept_at=datetime.now(UTC),
    )
    with write_lock(lambda message: None):
        row.pk = _replaced(row, number)
        row.save()
    return row.pk, len(references)


def drop_template(number: int) -> None:
    """It is offered no more; papers that were made by it stay. UserError where there is none."""
    with write_lock(lambda message: None):
        if not PaperTemplate.objects.filter(pk=number, is_dropped=False).update(is_dropped=True):
            raise UserError("没有这个模板,可能已经删掉了")


def look_through(kind: str, name: str, path: Path, as_of: int) -> tuple[str, ...]:
    """The figures that it names. UserError with all that is wrong with it."""
    if Path(name).suffix.lower() != SUFFIX[kind]:
        raise UserError(f"“{name}”不是 {SUFFIX[kind]} 文件。{_ADVICE[kind]}")
    place = this_home().place
    if kind == FORM:
        found = form_references(
            path.read_bytes(), words=words_on(as_of, place), demand=demand(as_of), name=name
        )
        if not found:
            raise UserError(
                f"“{name}”没有一格写着指标。请在要填的格子里写 {{{{指标}}}},如 {{{{建档立卡户数}}}},再上传"
            )
        return found
    words, lists = samples_on(as_of, place)
    found = references_of(path, words=words, lists=lists, demand=demand(as_of), name=name)
    policy = home_rulebook()

    def one(reference: str) -> FieldValue:
        return FieldValue("", 1, parse_reference(reference, policy).indicator.unit)

    # written once for nothing: only so is it seen that 万元 is asked of persons
    render_report(path, one, day=as_date(as_of), words=words, lists=lists, name=name)
    return found


def demand(as_of: int) -> Callable[[str], object]:
    """Raises UserError for a reference that no count will answer: its name, its time, its labels, its village."""
    policy = home_rulebook()
    names, codes = villages_by_name(), villages_by_code()

    def check(reference: str) -> None:
        found = parse_reference(reference, policy).on(as_of).reference
        for dimension, label in found.only:
            if dimension == VILLAGE and names and label not in names and label not in codes:
                raise UserError(f"没有村 {label}{did_you_mean(label, names) or '。请写村名或12位区划代码'}")

    return check


def speaks_of_the_town(template: Template) -> str:
    """The words 全镇, 我镇 of a template, which would be wrong over the figures of a village; empty where it has none."""
    if not template.path.is_file():
        return ""
    with ZipFile(template.path) as package:
        texts = [
            package.read(name)
            for name in package.namelist()
            if re.fullmatch(r"word/(document|header\d*|footer\d*)\.xml", name)
        ]
    found = _OF_THE_TOWN.search(_TAG.sub(b"", b"".join(texts)).decode("utf-8", "replace"))
    return found[0] if found else ""


def file_of(kind: str, sha256: str) -> Path:
    return read_env().home / "files" / "templates" / f"{sha256}{SUFFIX[kind]}"


def _keep_file(kind: str, path: Path) -> str:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    target = file_of(kind, digest)
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_name(f".{digest[:8]}.{os.getpid()}.part")
        shutil.copyfile(path, part)
        os.replace(part, target)
    return digest


def _replaced(row: PaperTemplate, number: int | None) -> int | None:
    """The row that it takes the place of."""
    standing = PaperTemplate.objects.filter(kind=row.kind, is_dropped=False)
    if number is not None:
        if not standing.filter(pk=number).exists():
            raise UserError("没有这个模板,可能已经删掉了")
        return number
    same = standing.filter(name=row.name)
    if row.kind == FORM:
        same = same.filter(actor=row.actor)
    return same.values_list("pk", flat=True).first()


def _shown(row: PaperTemplate) -> Template:
    return Template(
        str(row.pk),
        row.kind,
        row.name,
        row.file_name,
        file_of(row.kind, row.sha256),
        row.sha256,
        row.actor,
        row.kept_at,
    )
