from __future__ import annotations

import json
from pathlib import Path

import pytest
from docx import Document

from bangfu.cli.main import main
from bangfu.documents.files.source import pasted
from bangfu.documents.highlights import highlights
from bangfu.documents.verification import verify

WRONG = "教育51万元、医疗14万元、住房68万元,合计143万元。"


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    path = tmp_path / "材料.txt"
    path.write_text(WRONG, encoding="utf-8")
    return path


def test_the_command_tells_each_doubt_with_its_computation(
    wrong: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["verify", str(wrong)]) == 0
    said = capsys.readouterr().out
    assert "51万元+14万元+68万元=133万元" in said
    assert "第 1 行" in said


def test_the_command_fails_only_where_asked_to(wrong: Path) -> None:
    assert main(["verify", str(wrong), "--fail-on", "error"]) == 1


def test_the_command_prints_the_shared_format(wrong: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["verify", str(wrong), "--json"])
    shown = json.loads(capsys.readouterr().out)
    assert [one["text"] for one in shown["quantities"]] == ["51万元", "14万元", "68万元", "143万元"]
    assert [(one["members"], one["stated"], one["holds"]) for one in shown["relations"]] == [
        ([0, 1, 2], 3, False)
    ]


def test_the_command_writes_a_marked_copy(wrong: Path, tmp_path: Path) -> None:
    out = tmp_path / "核对.docx"
    main(["verify", str(wrong), "--marked", str(out)])
    assert len(list(Document(str(out)).comments)) == 1


def test_the_marked_copy_never_takes_the_place_of_the_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.docx"
    document = Document()
    document.add_paragraph(WRONG)
    document.save(str(path))
    assert main(["verify", str(path), "--marked", str(path)]) == 2
    assert "换一个文件名" in capsys.readouterr().err


def test_highlights_join_to_the_text() -> None:
    found = verify(pasted(f"一、情况\n{WRONG}"))
    pieces = list(highlights(found))
    assert "".join(piece.text for piece in pieces) == found.source.text
    assert [piece.look for piece in pieces if piece.quantity is not None] == [
        "member",
        "member",
        "member",
        "error",
    ]
