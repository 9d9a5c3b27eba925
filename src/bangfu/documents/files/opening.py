"""Any file -> Source, by its content; what cannot be read is refused with advice in Chinese."""

from __future__ import annotations

from pathlib import Path

from bangfu.documents.files.source import MAX_BYTES, Source, UnreadableText, checked

_ENCODINGS = ("utf-8-sig", "gb18030")
_REFUSED = (
    (b"\xd0\xcf\x11\xe0", "是旧版的 .doc 或 .xls。请用 Word 或 WPS 打开,另存为 .docx 再核对。"),
    (b"%PDF", "是 PDF。请用 Word 或 WPS 打开后另存为 .docx,或把文字复制出来粘贴核对;扫描件请先识别成文字。"),
    (b"{\\rtf", "是 .rtf。请用 Word 或 WPS 打开,另存为 .docx 再核对。"),
    (b"\x89PNG", "是图片。请先识别成文字再核对。"),
    (b"\xff\xd8\xff", "是图片。请先识别成文字再核对。"),
    (b"Rar!", "是压缩包。请先解压,再核对里面的文件。"),
    (b"7z\xbc\xaf", "是压缩包。请先解压,再核对里面的文件。"),
)


def open_text(path: Path, display_name: str | None = None) -> Source:
    """The text of a .txt, .docx or .xlsx, told apart by content; UnreadableText where it is none of them."""
    name = display_name or path.name
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableText(
            f"打不开“{name}”({error.strerror or '原因不明'})。请确认文件还在、没有被别的程序占用,再试一次。"
        ) from error
    if len(content) > MAX_BYTES:
        raise UnreadableText(
            f"“{name}”有 {len(content) // 1_000_000} MB,太大了。请去掉图片或分成几份再核对。"
        )
    for head, advice in _REFUSED:
        if content.startswith(head):
            raise UnreadableText(f"“{name}”{advice}")
    if content.startswith(b"PK"):
        return _package(path, name)
    return Source(name, "txt", checked(_decoded(content, name), name), path)


def _package(path: Path, name: str) -> Source:
    """A zip package: a Word or an Excel file, by its parts.

    Each is read by a library that takes longer to load than a plain text to read.
    """
    kind = package_kind(path)
    if kind == "docx":
        from bangfu.documents.files.docx_text import read_docx

        return Source(name, "docx", checked(read_docx(path, name), name), path)
    if kind == "xlsx":
        from bangfu.documents.files.xlsx_text import read_xlsx

        return Source(name, "xlsx", checked(read_xlsx(path, name), name), path)
    raise UnreadableText(
        f"“{name}”不是 Word(.docx)或 Excel(.xlsx)文件。请用 Word 或 WPS 打开,另存为 .docx 再核对。"
    )


def package_kind(path: Path) -> str:
    import zipfile

    try:
        with zipfile.ZipFile(path) as package:
            names = {info.filename for info in package.infolist()}
            size = sum(info.file_size for info in package.infolist())
    except zipfile.BadZipFile:
        return ""
    if size > MAX_BYTES * 10:
        return ""
    return "docx" if "word/document.xml" in names else "xlsx" if "xl/workbook.xml" in names else ""


def _decoded(content: bytes, name: str) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    for encoding in _ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise UnreadableText(f"“{name}”不是文字文件。请用 Word、WPS 或记事本打开,另存为 .docx 或 .txt 再核对。")
