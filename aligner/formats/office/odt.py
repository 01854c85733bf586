"""An OpenDocument text (1.2) with a table: a column a text, a row a unit; see `docx`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from aligner.files import Sink
from aligner.formats.common.packing import packed
from aligner.formats.common.runs import RUN_KINDS, TextPart, TextRun, parts_of, title_of
from aligner.formats.options import WriteOptions
from aligner.languages.scripts import is_right_to_left
from aligner.model import Alignment, AlignmentSet, Document, as_set, rows_of
from aligner.text.output import bcp47, xml_safe

__all__ = ["write"]

_MIMETYPE = "application/vnd.oasis.opendocument.text"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("text", "text"),
        ("table", "table"),
        ("style", "style"),
        ("fo", "xsl-fo-compatible"),
        ("meta", "meta"),
    )
)
_DC = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
_LOOKS = {
    "bold": 'fo:font-weight="bold"',
    "italic": 'fo:font-style="italic"',
    "underline": 'style:text-underline-style="solid"',
    "sup": 'style:text-position="super 60%"',
    "sub": 'style:text-position="sub 60%"',
    "code": 'fo:font-family="Courier New"',
}
_NAMED = {
    "title": ("Title", 'fo:font-weight="bold" fo:font-size="15pt"'),
    "caption": ("Caption", 'fo:font-size="9pt"'),
    "quote": ("Quotations", 'fo:font-style="italic"'),
    "standfirst": ("Subtitle", 'fo:font-size="12pt"'),
    "item": ("List", ""),
    "heading": ("Heading", 'fo:font-weight="bold" fo:font-size="12pt"'),
    "": ("Standard", 'fo:font-size="10.5pt"'),
}


def write(alignment: Alignment | AlignmentSet, sink: Sink, options: WriteOptions) -> None:
    """Write the document. Raises ExportError where the sink cannot be written."""
    alignments = as_set(alignment)
    moment = options.moment()
    stamp = f"<dc:date>{moment:%Y-%m-%dT%H:%M:%S}</dc:date>" if moment else ""
    title = f"<dc:title>{_safe(title_of(alignments.documents))}</dc:title>"
    names = ("content.xml", "styles.xml", "meta.xml")
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="{kind}"/>'
        for name, kind in (("/", _MIMETYPE), *((name, "text/xml") for name in names))
    )
    members = {
        "META-INF/manifest.xml": (
            f'{_HEAD}<manifest:manifest manifest:version="1.2" xmlns:manifest='
            f'"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">{entries}</manifest:manifest>'
        ),
        "content.xml": "".join(_content(alignments)),
        "styles.xml": _styles(),
        "meta.xml": (
            f'{_HEAD}<office:document-meta {_SPACES} {_DC} office:version="1.2"><office:meta>'
            f"{title}{stamp}</office:meta></office:document-meta>"
        ),
    }
    with sink.open() as out:
        out.write(packed(members, _MIMETYPE))


def _styles() -> str:
    named = "".join(
        f'<style:style style:name="{name}" style:family="paragraph"><style:paragraph-properties '
        f'fo:margin-bottom="0.07cm"/><style:text-properties {looks}/></style:style>'
        for name, looks in _NAMED.values()
    )
    return (
        f'{_HEAD}<office:document-styles {_SPACES} office:version="1.2"><office:styles>{named}'
        '</office:styles><office:automatic-styles><style:page-layout style:name="pm1">'
        '<style:page-layout-properties fo:page-width="29.7cm" fo:page-height="21cm" '
        'style:print-orientation="landscape" fo:margin="2cm"/></style:page-layout>'
        "</office:automatic-styles><office:master-styles>"
        '<style:master-page style:name="Standard" style:page-layout-name="pm1"/>'
        "</office:master-styles></office:document-styles>"
    )


def _content(alignments: AlignmentSet) -> Iterator[str]:
    documents = alignments.documents
    rows = [
        [parts_of(d, side) for d, side in zip(documents, row.sides, strict=True)]
        for row in rows_of(alignments)
    ]
    yield f'{_HEAD}<office:document-content {_SPACES} office:version="1.2">'
    yield "<office:automatic-styles>"
    yield '<style:style style:name="Ta" style:family="table"><style:table-properties '
    yield 'style:width="25.7cm" table:align="margins"/></style:style>'
    for name, colour in (("C", ""), ("E", "#f2f2f2"), ("H", "#ededed")):
        fill = f' fo:background-color="{colour}"' if colour else ""
        yield f'<style:style style:name="{name}" style:family="table-cell"><style:table-cell-properties'
        yield f' fo:padding="0.1cm" fo:border="0.5pt solid #bfbfbf"{fill}/></style:style>'
    yield '<style:style style:name="R" style:family="table-row"><style:table-row-properties '
    yield 'fo:keep-together="always"/></style:style>'
    for number, document in enumerate(documents):
        yield from _languages(number, document)
    yield from _formats(rows)
    yield '</office:automatic-styles><office:body><office:text><table:table table:name="texts" '
    yield f'table:style-name="Ta"><table:table-column table:number-columns-repeated="{len(documents)}"/>'
    yield '<table:table-header-rows><table:table-row table:style-name="R">'
    for number, document in enumerate(documents):
        head = xml_safe(f"{title_of([document])} ({bcp47(document.lang)})")
        part = TextPart("heading", 6, (TextRun(head),))
        yield _cell([part], number, "H")
    yield "</table:table-row></table:table-header-rows>"
    for row in rows:
        cells = (_cell(parts, n, "C" if parts else "E") for n, parts in enumerate(row))
        yield f'<table:table-row table:style-name="R">{"".join(cells)}</table:table-row>'
    yield "</table:table></office:text></office:body></office:document-content>"


def _languages(number: int, document: Document) -> Iterator[str]:
    """Of each kind of paragraph a style in the language of a text."""
    tag = bcp47(document.lang)
    lang, _, rest = tag.partition("-")
    region = rest if len(rest) == len("MX") else "none"  # else it is a script
    exact = f" style:rfc-language-tag={quoteattr(tag)}" if rest and region == "none" else ""
    turned = is_right_to_left(document.lang)
    mode = ' style:writing-mode="rl-tb" fo:text-align="start"' if turned else ""
    languages = "".join(
        f' {prefix}:language{end}={quoteattr(lang)} {prefix}:country{end}="{region}"'
        for prefix, end in (("fo", ""), ("style", "-asian"), ("style", "-complex"))
    )
    for kind, (parent, _) in _NAMED.items():
        yield f'<style:style style:name="P{number}{kind}" style:family="paragraph" '
        yield f'style:parent-style-name="{parent}"><style:paragraph-properties{mode}/>'
        yield f"<style:text-properties{languages}{exact}/></style:style>"


def _formats(rows: Sequence[Sequence[Sequence[TextPart]]]) -> Iterator[str]:
    """A style for every set of formatting that there is."""
    used = {run.kinds for row in rows for parts in row for part in parts for run in part.runs}
    for kinds in sorted(used - {()}):
        looks = " ".join(_LOOKS[kind] for kind in kinds if kind != "sub" or "sup" not in kinds)
        yield f'<style:style style:name="{_name(kinds)}" style:family="text">'
        yield f"<style:text-properties {looks}/></style:style>"


def _name(kinds: tuple[str, ...]) -> str:
    return "T" + "".join(str(RUN_KINDS.index(kind)) for kind in kinds)


def _cell(parts: Sequence[TextPart], number: int, style: str) -> str:
    body = (
        "".join(_paragraph(part, number) for part in parts)
        or f'<text:p text:style-name="P{number}"/>'
    )
    return f'<table:table-cell table:style-name="{style}" office:value-type="string">{body}</table:table-cell>'


def _paragraph(part: TextPart, number: int) -> str:
    kind = part.kind if part.kind in _NAMED else ""
    name = f"P{number}{kind}"
    body = "".join(_run(run) for run in part.runs)
    if part.kind == "heading":
        level = min(max(part.level, 1), 6)
        return f'<text:h text:style-name="{name}" text:outline-level="{level}">{body}</text:h>'
    return f'<text:p text:style-name="{name}">{body}</text:p>'


def _run(run: TextRun) -> str:
    if run.text == "\n":
        return "<text:line-break/>"
    text = _safe(run.text).replace("\t", "<text:tab/>").replace("  ", " <text:s/>")
    text = f"<text:s/>{text[1:]}" if text.startswith(" ") else text
    return (
        f'<text:span text:style-name="{_name(run.kinds)}">{text}</text:span>' if run.kinds else text
    )


def _safe(text: str) -> str:
    return escape(xml_safe(text))
