"""One paper, or what a bare library needs for as much: `python -m bench.papers.work WAY ...`, in a process of its own.

command: one of ours (`bangfu ...`). cells: bare XlsxWriter writes the cells of a workbook. texts: bare python-docx reads
the paragraphs and tables of a document. verified: ours, in a process that runs. pages: bare Typst prints as many pages.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

from bench.measure import timed


def command(*words: str) -> Callable[[], dict[str, Any]]:
    def run() -> dict[str, Any]:
        from bangfu.cli.main import main

        with redirect_stdout(io.StringIO()) as said:
            assert main(words) in (0, 1)
        return {"said": said.getvalue().splitlines()[-1]}

    return run


def cells(workbook: str, out: str) -> Callable[[], dict[str, Any]]:
    from python_calamine import load_workbook

    book = load_workbook(workbook)
    sheets = [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]

    def write() -> dict[str, Any]:
        from xlsxwriter import Workbook

        with Workbook(out, {"constant_memory": True}) as written:
            for rows in sheets:
                sheet = written.add_worksheet()
                for row, values in enumerate(rows):
                    for column, value in enumerate(values):
                        sheet.write(row, column, value)
        return {"cells": sum(len(row) for rows in sheets for row in rows)}

    return write


def texts(document: str) -> Callable[[], dict[str, Any]]:
    def read() -> dict[str, Any]:
        from docx import Document

        opened = Document(document)
        told = [paragraph.text for paragraph in opened.paragraphs]
        for table in opened.tables:
            told += [cell.text for row in table.rows for cell in row.cells]
        return {"characters": sum(map(len, told))}

    return read


def verified(document: str) -> Callable[[], dict[str, Any]]:
    """In a process that has verified a text before, as a server has."""
    from bangfu.documents.files.opening import open_text
    from bangfu.documents.limits import caps_of_text
    from bangfu.documents.verification import verify

    verify(open_text(Path(document)), caps_of_text)

    def read() -> dict[str, Any]:
        return {"figures": len(verify(open_text(Path(document)), caps_of_text).reading.quantities)}

    return read


def pages(count: str, out: str) -> Callable[[], dict[str, Any]]:
    row = "[茶庵岭镇罗峰村], [农村居民最低生活保障], [2020年1月至4月], [1,234.56]"
    page = f"#table(columns: 4, {', '.join([row] * 12)})\n#pagebreak(weak: true)\n"
    text = '#set text(font: "Noto Serif CJK SC")\n' + page * int(count)

    def printed() -> dict[str, Any]:
        import typst

        Path(out).write_bytes(typst.compile(text.encode()))
        return {"pages": int(count)}

    return printed


WAYS: dict[str, Callable[..., Callable[[], dict[str, Any]]]] = {
    "command": command,
    "cells": cells,
    "texts": texts,
    "verified": verified,
    "pages": pages,
}


def main() -> None:
    timed(WAYS[sys.argv[1]](*sys.argv[2:]))


if __name__ == "__main__":
    main()
