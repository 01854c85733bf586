"""Advanced SubStation Alpha with all texts in one file: a style a text, the source's line above.

Players that know no styles show the lines one under the other all the same.
"""

from __future__ import annotations

from aligner.files import Sink
from aligner.formats.options import WriteOptions
from aligner.formats.subtitles.timing import SpokenLine
from aligner.formats.subtitles.write import pieces_of, timed_cues
from aligner.model import Alignment, AlignmentSet, Document, as_set
from aligner.text.output import bcp47, one_line

__all__ = ["write_ass"]

_CODES = {"bold": "b", "italic": "i", "underline": "u"}
_FIELDS = (
    "Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, "
    "Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, "
    "Alignment, MarginL, MarginR, MarginV, Encoding"
)
# white for the source, pale yellow for its translations (&HAABBGGRR)
_COLOURS = ("&H00FFFFFF", "&H0078E6FF")
_SIZES = (54, 46)
_OUT = "&H00000000"


def write_ass(alignment: Alignment | AlignmentSet, sink: Sink, _options: WriteOptions) -> None:
    """Write the file. Raises ExportError where no text has times."""
    documents = as_set(alignment).documents
    cues = timed_cues(alignment, sink)
    styles = [_style(number, document) for number, document in enumerate(documents)]
    lines = [
        "[Script Info]",
        f"Title: {one_line(documents[0].title or documents[0].id)}",
        "ScriptType: v4.00+",
        "WrapStyle: 0",
        "PlayResX: 1920",
        "PlayResY: 1080",
        "",
        "[V4+ Styles]",
        f"Format: {_FIELDS}",
        *styles,
        "",
        "[Events]",
        "Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text",
    ]
    for cue in cues:
        start, end = cue.times or (0, 0)
        text = "\\N".join(_line(line, documents) for line in cue.lines)
        lines.append(
            f"Dialogue: 0,{_clock(start)},{_clock(end)},{_name(0, documents[0])},,0,0,0,,{text}"
        )
    with sink.open() as out:
        out.write("".join(f"{line}\n" for line in lines).encode("utf-8-sig", "backslashreplace"))


def _style(number: int, document: Document) -> str:
    later = int(number > 0)
    return (
        f"Style: {_name(number, document)},Arial,{_SIZES[later]},{_COLOURS[later]},{_COLOURS[later]},"
        f"{_OUT},{_OUT},0,0,0,0,100,100,0,0,1,2,1,2,60,60,50,1"
    )


def _name(number: int, document: Document) -> str:
    return f"{bcp47(document.lang)}-{number + 1}"


def _clock(milliseconds: int) -> str:
    """A moment in hundredths of a second: 0:01:02.34."""
    seconds, hundredths = divmod(milliseconds // 10, 100)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}.{hundredths:02}"


def _line(line: SpokenLine, documents: tuple[Document, ...]) -> str:
    style = f"{{\\r{_name(line.text_number, documents[line.text_number])}}}" * (
        line.text_number > 0
    )
    paragraph = line.paragraph
    if paragraph is None:
        return f"{style}{_plain(line.text)}"
    named = paragraph.speaker if paragraph.label is None else None
    made = [f"{_plain(named)}: "] if named else []
    for text, kinds in pieces_of(paragraph):
        codes = [_CODES[kind] for kind in dict.fromkeys(kinds)]
        opened = "".join(f"\\{code}1" for code in codes)
        closed = "".join(f"\\{code}0" for code in codes)
        words = "\\N" if text is None else _plain(text)
        made.append(f"{{{opened}}}{words}{{{closed}}}" if codes else words)
    return style + "".join(made)


def _plain(text: str) -> str:
    """Text in which nothing is a code: braces become those of full width, which look like them."""
    return " ".join(text.replace("{", "｛").replace("}", "｝").replace("\\", "＼").splitlines())
