"""Word documents, each word its own."""

from __future__ import annotations

from tests.property.worded.words import Words
from tests.unit.documents.packages import R, W, pack

__all__ = ["made_docx"]

_BLOCKS = (
    "p p p p tbl sdt customXml ins del moveFrom moveTo smartTag alternate math altChunk unknown"
)
_ROWS = "tr tr tr sdt customXml ins del"
_CELLS = "tc tc tc sdt customXml"
_INLINES = (
    "r r r r r hyperlink fldSimple sdt customXml smartTag ins del moveFrom moveTo bdo dir math ruby "
    "alternate unknown field"
)
_RUN = (
    "t t t t tab br sym cr noBreakHyphen drawing pict object instrText delText alternate ruby "
    "footnote endnote unknown"
)
_SDT = "<w:sdtPr><w:alias w:val='a'/></w:sdtPr>"


class _Word:
    """A body of WordprocessingML."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.notes: dict[str, list[str]] = {"footnote": [], "endnote": []}

    def blocks(self, depth: int) -> str:
        return "".join(self._block(depth) for _ in range(self.words.chance.randint(1, 3)))

    def _block(self, depth: int) -> str:
        kind = self.words.pick(_BLOCKS) if depth else "p"
        if kind == "p":
            return f"<w:p>{self._properties()}{self._inlines(depth - 1)}</w:p>"
        if kind == "tbl":
            return f"<w:tbl><w:tblPr/>{self._level(_ROWS, depth - 1)}</w:tbl>"
        if kind == "alternate":
            inner = self.blocks(depth - 1)
            return f"<mc:AlternateContent><mc:Choice>{inner}</mc:Choice><mc:Fallback/></mc:AlternateContent>"
        if kind == "math":
            return f"<m:oMathPara><m:oMath><m:r><m:t>{self.words.text()}</m:t></m:r></m:oMath></m:oMathPara>"
        if kind == "altChunk":
            return "<w:altChunk/>"
        return self._around(kind, self.blocks(depth - 1))

    def _around(self, kind: str, inner: str) -> str:
        if kind == "sdt":
            return f"<w:sdt>{_SDT}<w:sdtContent>{inner}</w:sdtContent></w:sdt>"
        return f"<w:{kind}>{inner}</w:{kind}>"

    def _properties(self) -> str:
        kind = self.words.chance.randrange(8)
        return (
            "<w:pPr><w:framePr w:dropCap='drop'/></w:pPr>",
            "<w:pPr><w:rPr><w:del w:id='1'/></w:rPr></w:pPr>",
            "<w:pPr><w:pStyle w:val='Title'/></w:pPr>",
            "<w:pPr><w:numPr><w:numId w:val='2'/></w:numPr></w:pPr>",
        )[kind] if kind < 4 else ""  # fmt: skip

    def _level(self, options: str, depth: int) -> str:
        made = ""
        for _ in range(self.words.chance.randint(1, 3)):
            kind = self.words.pick(options) if depth > 0 else options.split(maxsplit=1)[0]
            if kind == "tr":
                made += f"<w:tr>{self._level(_CELLS, depth - 1)}</w:tr>"
            elif kind == "tc":
                made += f"<w:tc><w:tcPr/>{self.blocks(max(depth - 1, 0))}</w:tc>"
            else:
                made += self._around(kind, self._level(options, depth - 1))
        return made

    def _inlines(self, depth: int) -> str:
        return "".join(self._inline(depth) for _ in self.words.some(4))

    def _inline(self, depth: int) -> str:
        kind = self.words.pick(_INLINES) if depth > 0 else "r"
        if kind == "r":
            hidden = "<w:vanish/>" if not self.words.chance.randrange(9) else ""
            return f"<w:r><w:rPr>{hidden}</w:rPr>{self._run(depth - 1)}</w:r>"
        if kind == "math":
            return f"<m:oMath><m:r><m:t>{self.words.text()}</m:t></m:r></m:oMath>"
        if kind == "ruby":
            return f"<w:r>{self._ruby(depth - 1)}</w:r>"
        if kind == "alternate":
            return f"<mc:AlternateContent><mc:Choice>{self._inlines(depth - 1)}</mc:Choice></mc:AlternateContent>"
        if kind == "fldSimple":
            return f"<w:fldSimple w:instr=' TITLE '>{self._inlines(depth - 1)}</w:fldSimple>"
        if kind == "field":
            code = f"<w:r><w:instrText>QUOTE {self.words.word()}</w:instrText></w:r>"
            mark = "<w:r><w:fldChar w:fldCharType='{}'/></w:r>"
            return f"{mark.format('begin')}{code}{mark.format('separate')}{self._inlines(depth - 1)}{mark.format('end')}"
        return self._around(kind, self._inlines(depth - 1))

    def _run(self, depth: int) -> str:
        return "".join(self._piece(depth) for _ in range(self.words.chance.randint(1, 3)))

    def _piece(self, depth: int) -> str:
        kind = self.words.pick(_RUN) if depth > 0 else "t"
        words = self.words
        if kind in ("t", "instrText", "delText"):
            return f"<w:{kind}>{words.text()}</w:{kind}>"
        if kind == "sym":
            return "<w:sym w:font='Symbol' w:char='F061'/>"
        if kind in ("drawing", "object"):
            box = f"<w:txbxContent>{self.blocks(depth - 1)}</w:txbxContent>"
            shape = f"<a:p><a:r><a:t>{words.text()}</a:t></a:r></a:p>"
            inner = words.chance.choice((box, f"<a:txBody>{shape}</a:txBody>", ""))
            return f"<w:{kind}><wp:docPr descr='{words.text()}' title='{words.text()}'/>{inner}</w:{kind}>"
        if kind == "pict":
            shape = f"<v:textpath string='{words.text()}'/>"
            box = f"<v:textbox><w:txbxContent>{self.blocks(depth - 1)}</w:txbxContent></v:textbox>"
            return f"<w:pict><v:shape alt='{words.text()}'>{words.chance.choice((shape, box))}</v:shape></w:pict>"
        if kind == "ruby":
            return self._ruby(depth)
        if kind in self.notes:
            self.notes[kind].append(self.blocks(min(depth - 1, 1)))
            return f"<w:{kind}Reference w:id='{len(self.notes[kind])}'/>"
        if kind == "alternate":
            return f"<mc:AlternateContent><mc:Choice>{self._run(depth - 1)}</mc:Choice></mc:AlternateContent>"
        if kind == "unknown":
            return f"<w:unknown>{self._run(depth - 1)}</w:unknown>"
        return f"<w:{kind}/>"

    def _ruby(self, depth: int) -> str:
        over, base = self.words.text(), self._run(depth)
        return (
            f"<w:ruby><w:rubyPr/><w:rt><w:r><w:t>{over}</w:t></w:r></w:rt>"
            f"<w:rubyBase><w:r>{base}</w:r></w:rubyBase></w:ruby>"
        )


_NAMES = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" xmlns:v="urn:v" '
    'xmlns:wp="urn:wp" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)


def made_docx(words: Words) -> bytes:
    word = _Word(words)
    body = f"<w:p><w:r><w:t>{words.word()}</w:t></w:r></w:p>{word.blocks(5)}"
    others = {}
    for kind, notes in word.notes.items():
        made = "".join(f"<w:{kind} w:id='{n}'>{note}</w:{kind}>" for n, note in enumerate(notes, 1))
        extra = f"<w:{kind} w:id='99'>{word.blocks(1)}</w:{kind}>"
        others[f"word/{kind}s.xml"] = f'<w:{kind}s xmlns:w="{W}" {_NAMES}>{made}{extra}</w:{kind}s>'
    for name, root in (("header1", "hdr"), ("footer2", "ftr")):
        others[f"word/{name}.xml"] = f'<w:{root} xmlns:w="{W}" {_NAMES}>{word.blocks(2)}</w:{root}>'
    others["word/comments.xml"] = (
        f'<w:comments xmlns:w="{W}" {_NAMES}><w:comment>{word.blocks(1)}</w:comment></w:comments>'
    )
    a = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    others["word/diagrams/data1.xml"] = (
        f"<dgm:dataModel xmlns:dgm='urn:d' {a}><dgm:pt><dgm:t><a:p><a:r><a:t>{words.text()}</a:t></a:r></a:p></dgm:t></dgm:pt></dgm:dataModel>"
    )
    others["word/charts/chart1.xml"] = (
        f"<c:chartSpace xmlns:c='urn:c' {a}><c:title><a:p><a:r><a:t>{words.text()}</a:t></a:r></a:p></c:title>"
        f"<c:cat><c:pt><c:v>{words.text()}</c:v></c:pt></c:cat></c:chartSpace>"
    )
    return pack(
        {
            "word/document.xml": f'<w:document xmlns:w="{W}" xmlns:r="{R}" {_NAMES}><w:body>{body}</w:body></w:document>',
            **others,
        }
    )
