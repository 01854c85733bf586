"""`aligner read`: what a file was understood to be, so that a user sees why it aligns as it does."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Annotated

import typer

from aligner.cli.common.texts import (
    Encoding,
    FixMojibake,
    FromFormat,
    HtmlBody,
    Include,
    MemoryLimit,
    Meta,
    Segmented,
    SidesOption,
    TimeLimit,
    check_language,
    each_read_options,
    limits_of,
)
from aligner.cli.ui import tell, translated
from aligner.model import Document, Dropped, Paragraph, UsageError
from aligner.runtime.places import shown
from aligner.text.speakers import UNKNOWN, name_of, roles
from aligner.text.wording import numbered

__all__ = ["read"]

_SHOWN = 100  # characters of a dropped part in the short list
_TAGS = {
    "title": "h1",
    "item": "li",
    "quote": "blockquote",
    "caption": "figcaption",
    "note": "aside",
    "box": "aside",
}
_INLINE = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "link": "a",
    "sup": "sup",
    "sub": "sub",
    "code": "code",
}
_STYLE = """body{max-width:48em;margin:2em auto;font:1rem/1.5 serif;padding:0 1em}
[data-kind]{position:relative;margin:.6em 0;padding-left:8em;list-style:none}
[data-kind]::before{content:attr(id) " " attr(data-kind);position:absolute;left:0;width:7.5em;
font:.75rem/2 sans-serif;color:#555}
h1[data-kind]{font-size:1.4em}h2[data-kind]{font-size:1.15em}
.label{background:#dce6f2}dt{font-weight:bold}dd{white-space:pre-wrap;overflow-wrap:anywhere}"""


def read(
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE",
            help="A text in any known format; - is standard input, book.zip:ch1.html a member.",
            show_default=False,
        ),
    ],
    to: Annotated[
        str,
        typer.Option(
            "--to",
            help="native: everything that was understood, as JSON; text: paragraphs with their "
            "kinds; html: a page that shows them.",
        ),
    ] = "text",
    source_lang: Annotated[
        str, typer.Option("-s", "--source-lang", help="Language (BCP 47); detected if absent.")
    ] = "",
    from_format: FromFormat = None,
    encoding: Encoding = None,
    html_body: HtmlBody = "article",
    include: Include = None,
    side: SidesOption = None,
    segmented: Segmented = False,
    fix_mojibake: FixMojibake = False,
    time_limit: TimeLimit = 0.0,
    memory: MemoryLimit = "",
    meta: Meta = None,
    show_dropped: Annotated[
        bool, typer.Option("--dropped", help="With text: list what was left out, too.")
    ] = False,
) -> None:
    """Show what was understood of a text: paragraphs with kinds, speakers, metadata, dropped parts.

    aligner read page.html --html-body "article.main" --to text
    """
    from aligner.workflows.opening import Notices, look_at

    forms = {"native": _native, "text": _text, "html": _html}
    if to not in forms:
        raise UsageError(f"there is no output format {to!r}", hint=f"known: {', '.join(forms)}")
    limits = limits_of(time_limit, memory)
    (options,) = each_read_options(
        1,
        encoding=encoding,
        segmented=segmented,
        html_body=html_body,
        fix_mojibake=fix_mojibake,
        sides=side or [],
        limits=limits,
        include=include or [],
    )
    check_language(source_lang)
    notices = Notices()
    document, trace = look_at(
        file, source_lang, options, from_format=from_format, meta=meta, notices=notices
    )
    if trace is not None:
        document = replace(document, dropped=(*document.dropped, *trace.left))
    for line in notices.lines:
        tell(line)
    for line in forms[to](document):
        print(line)
    if to == "text" and show_dropped:
        for part in document.dropped:
            print(_dropped_line(part))
    elif to == "text" and document.dropped:
        count = len(document.dropped)
        tell(
            numbered(
                count,
                "part was left out; --dropped lists it",
                "parts were left out; --dropped lists them",
            )
        )


def _native(document: Document) -> Iterator[str]:
    """One object: the fields of `aligner.model.Document`, empty ones left out."""
    known = roles(document)
    paragraphs = [_paragraph(paragraph, known) for paragraph in document.paragraphs]
    dropped = [
        {"reason": part.reason, "text": part.text, **({"line": part.line} if part.line else {})}
        for part in document.dropped
    ]
    whole = {
        "id": document.id,
        "lang": document.lang,
        "origin": shown(document.origin),
        "title": document.title,
        "digest": document.digest,
        "metadata": {key: list(values) for key, values in document.metadata.items()},
        "paragraphs": paragraphs,
        "dropped": dropped,
    }
    yield json.dumps(whole, ensure_ascii=False, indent=1)


def _paragraph(paragraph: Paragraph, known: Mapping[str, str]) -> dict[str, object]:
    fields: dict[str, object] = {
        "id": f"p{paragraph.index + 1}",
        "kind": paragraph.kind,
        "text": paragraph.text,
        "level": paragraph.level,
        "speaker": paragraph.speaker,
        "role": known.get(name_of(paragraph.speaker), UNKNOWN) if paragraph.speaker else None,
        "label": paragraph.label,
        "times": paragraph.times,
        "key": paragraph.key,
        "spans": [
            {
                "start": s.start,
                "end": s.end,
                "kind": s.kind,
                **({"value": s.value} if s.value else {}),
            }
            for s in paragraph.spans
        ],
        "segments": [[s.start, s.end] for s in paragraph.segments],
    }
    return {key: value for key, value in fields.items() if value not in (0, None, "", [])}


def _text(document: Document) -> Iterator[str]:
    """Metadata, then a paragraph a line: its id, kind, speaker, and what is formatted how."""
    yield from (f"# {name}: {value}" for name, value in _known(document))
    yield ""
    known = roles(document)
    for p in document.paragraphs:
        kind = f"{p.kind}{p.level or ''}"
        speaker = f" [{p.speaker}, {known.get(name_of(p.speaker), UNKNOWN)}]" if p.speaker else ""
        times = f" {_clock(p.times[0])}-{_clock(p.times[1])}" if p.times else ""
        yield f"p{p.index + 1}\t{kind}{speaker}{times}\t{p.text}"


def _known(document: Document) -> Iterator[tuple[str, str]]:
    yield "language", document.lang or "unknown"
    yield "title", document.title or "-"
    for key, values in document.metadata.items():
        yield key, "; ".join(values)


def _dropped_line(part: Dropped) -> str:
    text = part.text if len(part.text) <= _SHOWN else f"{part.text[:_SHOWN]} ..."
    where = translated(f"line {part.line}: ") if part.line else ""
    return f"- {where}{translated(part.reason)}: {' '.join(text.split())}"


def _clock(milliseconds: int) -> str:
    seconds, part = divmod(milliseconds, 1000)
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}.{part:03}"


def _html(document: Document) -> Iterator[str]:
    """A page that needs nothing else: kinds in the margin, formatting kept, dropped parts below."""
    lang = html.escape(document.lang or "und")
    title = html.escape(document.title or shown(document.origin))
    yield f'<!DOCTYPE html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">'
    yield f"<title>{title}</title>\n<style>\n{_STYLE}\n</style>\n</head>\n<body>"
    yield "<dl>"
    for name, value in _known(document):
        yield f"<dt>{html.escape(name)}</dt><dd>{html.escape(value)}</dd>"
    yield "</dl>\n<main>"
    for p in document.paragraphs:
        tag = f"h{min(p.level + 1, 6)}" if p.kind == "heading" else _TAGS.get(p.kind, "p")
        kind = html.escape(f"{p.kind}{' ' + p.speaker if p.speaker else ''}", quote=True)
        yield f'<{tag} id="p{p.index + 1}" data-kind="{kind}">{_marked(p)}</{tag}>'
    yield "</main>"
    if document.dropped:
        left = numbered(len(document.dropped), "part was left out", "parts were left out")
        yield f"<details><summary>{left}</summary>\n<dl>"
        for part in document.dropped:
            where = f", line {part.line}" if part.line else ""
            yield f"<dt>{html.escape(part.reason)}{where}</dt><dd>{html.escape(part.text)}</dd>"
        yield "</dl>\n</details>"
    yield "</body>\n</html>"


def _marked(paragraph: Paragraph) -> str:
    """The text with its spans as elements; a span that crosses another is closed and opened again
    by cutting at every border.
    """
    text = paragraph.text
    covers = [s for s in paragraph.spans if s.start < s.end and s.kind in _INLINE]
    points = {
        s.start: s for s in paragraph.spans if s.start == s.end and s.kind in ("note", "break")
    }
    label = paragraph.label
    borders = {0, len(text), *points, *(x for s in covers for x in (s.start, s.end))}
    borders |= set(label) if label else set()
    parts = []
    cuts = sorted(borders)
    for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True):
        if start in points:
            point = points[start]
            mark = f"<sup>[{html.escape(point.value or 'note')}]</sup>"
            parts.append("<br>" if point.kind == "break" else mark)
        piece = html.escape(text[start:end])
        for s in covers:
            if piece and s.start <= start and end <= s.end:
                href = f' href="{html.escape(s.value, quote=True)}"' if s.kind == "link" else ""
                piece = f"<{_INLINE[s.kind]}{href}>{piece}</{_INLINE[s.kind]}>"
        if piece and label and label[0] <= start and end <= label[1]:
            piece = f'<span class="label">{piece}</span>'
        parts.append(piece)
    return "".join(parts)
