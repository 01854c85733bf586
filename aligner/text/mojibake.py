"""Text that was decoded wrongly once: `MarÃ­a` for `María`. Found always, repaired on request.

Found by the traces that UTF-8 read as cp1252 or latin-1 leaves (two of them, so that one odd
`Ã©` in a text about encodings is nothing); repaired line by line by `ftfy.fix_encoding`, which
undoes only what can be undone exactly. Characters U+FFFD, lost for good, are named too.
"""

from __future__ import annotations

import re
from dataclasses import replace

from aligner.model import Document, ReadOptions, Source
from aligner.text.decoding import decode, is_zip
from aligner.text.wording import numbered

__all__ = ["remarks", "repaired_document", "repaired_source", "traces"]

# the lead bytes of UTF-8 and what may follow them, as cp1252 or latin-1 shows them
_TAIL = "\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹Œ\u017d‘’“”•–—˜™š›œ\u017e\u0178"
_TRACE = re.compile(
    rf"[ÃÂ][{_TAIL}]|[ÅÄÐÑ][{_TAIL}](?![a-z])|â[€‚„][{_TAIL}\ufffd]|ð[Ÿ\x9f][{_TAIL}]{{2}}"
)
_ENOUGH = 2
_BINARY = (b"%PDF-", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")  # PDF, Office before 2007
_BYTES = re.compile(
    rb"charset\s*=\s*[\"']?\s*([\w.:-]+)|encoding\s*=\s*[\"']([\w.:-]+)", re.IGNORECASE
)


def traces(text: str) -> list[str]:
    """The words of `text` that look wrongly decoded, each once, in order."""
    if not _TRACE.search(text):
        return []
    words: dict[str, None] = {}
    for match in _TRACE.finditer(text):
        start = text.rfind(" ", 0, match.start()) + 1
        end = text.find(" ", match.end())
        words.setdefault(text[max(start, match.start() - 20) : end if end > 0 else None][:40])
        if len(words) >= 1000:
            break
    return list(words)


def remarks(document: Document) -> tuple[str, ...]:
    """Sentences for the user: what its reader says of it, and text that its author did not write."""
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    sentences = list(document.notices)
    words = [] if not _TRACE.search(text) else traces(text.replace("\n", " "))
    if len(words) >= _ENOUGH:
        shown = ", ".join(f"«{word}»" for word in words[:3])
        sentences.append(
            f"{document.origin}: wrongly decoded text (mojibake): {shown}; "
            "--fix-mojibake repairs it"
        )
    lost = text.count("\ufffd")
    if lost and not any("U+FFFD" in line for line in sentences):
        told = numbered(
            lost,
            "character was lost before this file was written (U+FFFD)",
            "characters were lost before this file was written (U+FFFD)",
        )
        sentences.append(f"{document.origin}: {told}")
    return tuple(sentences)


def repaired_source(source: Source, options: ReadOptions) -> tuple[Source, ReadOptions]:
    """The file with its lines repaired, as UTF-8, and options that say so; binary formats stay."""
    data = source.data
    if is_zip(data) or data.startswith(_BINARY) or data[:5].lower() == b"{\\rtf":
        return source, options
    declared = _BYTES.search(data[:4096])
    label = (declared[1] or declared[2]).decode("ascii") if declared else ""
    text = decode(data, source.name, encoding=options.encoding, declared=label, notices=[])
    fixed = "\n".join(_repaired(line) for line in text.split("\n"))
    if fixed == text:
        return source, options
    utf8 = replace(options, encoding="utf-8")
    return replace(source, data=fixed.encode("utf-8", errors="replace")), utf8


def repaired_document(document: Document) -> Document:
    """The document with its paragraphs repaired; formatting of a repaired one is lost."""
    paragraphs = tuple(
        paragraph
        if paragraph.segments or (text := _repaired(paragraph.text)) == paragraph.text
        else replace(paragraph, text=" ".join(text.split()), spans=(), label=None)
        for paragraph in document.paragraphs
    )
    if paragraphs == document.paragraphs:
        return document
    return replace(document, paragraphs=paragraphs, title=_repaired(document.title))


def _repaired(line: str) -> str:
    if not _TRACE.search(line):
        return line
    import unicodedata

    from ftfy import fix_encoding

    return unicodedata.normalize("NFC", fix_encoding(line))
