"""Which reader to ask first: by what the bytes say, then by the suffix."""

from __future__ import annotations

import json
from types import NoneType

from aligner.documents import DOCUMENTS
from aligner.documents.html import is_page
from aligner.files.archives import document_kind, is_old_word, is_ole
from aligner.files.xml import root_of
from aligner.formats import FORMATS
from aligner.formats.common.columns import is_text
from aligner.model import Source
from aligner.text.decoding import is_zip
from aligner.text.drafts import suffix_of

__all__ = ["BY_SUFFIX", "INSTEAD", "likeliest"]

BY_SUFFIX = {
    **{suffix: name for name, one in DOCUMENTS.items() for suffix in one.suffixes},
    **{suffix: name for name, one in FORMATS.items() for suffix in one.reads},
    "": "txt",
}
_PACKED = ("docx", "epub", "odt", "xlsx")  # as `document_kind` and readers call them
# what to do about files that no reader takes
_WORD = "save it as .docx or .odt"
_SHEET = "save it as .xlsx or .csv"
_SLIDES = "print it to .pdf, or save its outline as .docx"
INSTEAD = {
    **dict.fromkeys((".doc", ".dot", ".wps", ".wpd", ".pages", ".sxw"), _WORD),
    **dict.fromkeys((".xls", ".ods", ".numbers", ".xlsb"), _SHEET),
    **dict.fromkeys((".ppt", ".pptx", ".odp", ".key"), _SLIDES),
    **dict.fromkeys((".mobi", ".azw", ".azw3", ".fb2", ".lit"), "convert it to .epub"),
    **dict.fromkeys((".sub", ".sbv", ".smi", ".stl"), "save it as .srt or .vtt"),
    **dict.fromkeys(
        (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".djvu"), "recognise its text (OCR)"
    ),
}
_BY_MEDIA = {"text/html": "html", "application/xhtml+xml": "html", "text/plain": "txt"}
_OPENING = 4096  # bytes in which a MIME message names its version
_LINE = 1 << 20  # bytes of a first line that is looked at
_ROOTS = {
    root: name
    for table in (DOCUMENTS, {name: one for name, one in FORMATS.items() if one.read})
    for name, one in table.items()
    for root in one.roots
}


def likeliest(source: Source) -> str:
    """Name of the reader most likely to take `source`, "html" where nothing tells."""
    data, suffix = source.data, suffix_of(source.name)
    if is_zip(data):
        kind = document_kind(data, source.name)
        return kind if kind in _PACKED else BY_SUFFIX.get(suffix, "docx")
    opening = data[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    if opening.startswith(b"%PDF-"):
        return "pdf"
    if opening[:5].lower() == b"{\\rtf":
        return "rtf"
    if is_ole(data):
        return "doc" if is_old_word(data) else BY_SUFFIX.get(suffix, "doc")
    if data.startswith(b"PAR1"):
        return "parquet"
    if suffix == ".json":
        return "jsonl" if opening.startswith(b"[") or _is_line_of_units(data, False) else "json"
    if opening.startswith(b"{") and _is_line_of_units(data, True):
        return "jsonl"
    if opening.startswith((b"<", b"\xff\xfe<", b"\xfe\xff")) and suffix not in (".md", ".srt"):
        name = _ROOTS.get(root_of(data)) or _ROOTS.get(root_of(data).lower())
        if name:
            return name
        if suffix in (".txt", ""):
            return "html"
    return _by_name(source, suffix)


def _by_name(source: Source, suffix: str) -> str:
    """What the media type and the suffix say; MIME messages have often neither."""
    by_media = _BY_MEDIA.get(source.media.partition(";")[0].strip().lower())
    if by_media:
        return by_media
    if not suffix and b"mime-version" in source.data[:_OPENING].lower() and is_page(source):
        return "html"
    return BY_SUFFIX.get(suffix, "html")


def _is_line_of_units(data: bytes, sure: bool) -> bool:
    """True where the first line is an object of JSON; `sure`: and says which texts it holds."""
    line = data[:_LINE].lstrip(b"\xef\xbb\xbf \t\r\n").split(b"\n", 1)[0]
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return False
    if not isinstance(value, dict) or "format" in value:
        return False
    texts = [
        key for key, item in value.items() if isinstance(item, str | NoneType) and is_text(key)
    ]
    return not sure or isinstance(value.get("translation"), dict) or len(texts) > 1
