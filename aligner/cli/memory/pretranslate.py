"""`aligner memory pretranslate`: a file filled with what the memory knows, or a draft to go on with."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from aligner.cli.common.outputs import To, outputs_of, write_all
from aligner.cli.common.places import check_places
from aligner.cli.common.texts import SourceLang, TargetLang
from aligner.cli.memory.upkeep import DEFAULT, AsJson, MemoryFile
from aligner.cli.ui import tell, translated
from aligner.files import is_stdout
from aligner.model import AlignerError, UsageError
from aligner.text.wording import numbered

if TYPE_CHECKING:
    from aligner.model import Source
    from aligner.workflows.opening import Notices
    from aligner.workflows.pretranslating import Filled

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the command to `aligner memory`."""
    app.command("pretranslate")(pretranslate)


def pretranslate(
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="A text in any known format, XLIFF or PO.")
    ],
    output: Annotated[
        Path, typer.Option("-o", "--output", help="The file to write, its format by its suffix.")
    ],
    memory: MemoryFile = DEFAULT,
    to: To = None,
    source_lang: SourceLang = "",
    target_lang: TargetLang = "",
    least: Annotated[
        float | None,
        typer.Option(
            "--least",
            min=1,
            max=101,
            help="Least score in percent: 75, in a document that is filled in as it is 100.",
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Fill a file with the matches of the memory.

    aligner memory pretranslate messages.po -o messages.filled.po -m memory.db

    XLIFF, PO, DOCX, ODT, HTML, EPUB, Markdown, subtitles and plain text are filled in as they are;
    segments of a document that stay as they were are printed: letter.docx -o letter.es.docx

    Any text becomes an XLIFF or table to go on with, in which the segments without a match are
    empty: letter.docx -o letter.xlf, -o letter.tsv
    """
    from aligner.files import output as output_to
    from aligner.memory import Memory
    from aligner.workflows import aligning
    from aligner.workflows.pretranslating import fills, in_place
    from aligner.workflows.pretranslating import pretranslate as fill

    check_places([output], [memory, file], printed=as_json)
    notices = aligning.Notices()
    wanted = file if is_stdout(output) else str(output)
    if to is None and fills(file, wanted):
        with Memory(memory) as store:
            source = aligning.read_source(file)
            data, filled = fill(store, source, source_lang, target_lang, least, notices)
        with output_to(output) as out:
            out.write(data)
    else:
        (chosen,) = outputs_of([str(output)], to, [memory, file], printed=as_json)
        langs = (source_lang, target_lang)
        filled = _drafted(file, chosen, memory, langs, 75.0 if least is None else least, notices)
    for line in notices.lines:
        tell(line)
    if as_json:
        figures = ("segments", "exact", "fuzzy", "proposed")
        shown: dict[str, object] = {name: getattr(filled, name) for name in figures}
        more: dict[str, object] = {"left": dict(filled.left)}
        if to is None and in_place(file, wanted):
            more |= {"rest": [one._asdict() for one in filled.rest], "linked": filled.linked}
        print(json.dumps(shown | more, ensure_ascii=False))
        return
    _list(filled, sys.stderr if is_stdout(output) else sys.stdout)
    tell(
        f"of {numbered(filled.segments, 'segment')} {filled.exact} exact, "
        f"{filled.fuzzy} fuzzy"
        + (f", {filled.proposed} proposed beside" if filled.proposed else "")
        + "".join(f"; {count} left: {reason}" for reason, count in filled.left.items())
    )
    if filled.linked:
        names = ", ".join(f"s{number}" for number in filled.linked)
        tell(f"formatting that was placed by links between words, to be looked at: {names}")


def _drafted(
    file: str,
    chosen: tuple[str, Path | None],
    memory: Path,
    langs: tuple[str, str],
    least: float,
    notices: Notices,
) -> Filled:
    from aligner.formats import WriteOptions
    from aligner.memory import Memory
    from aligner.workflows import aligning
    from aligner.workflows.drafting import draft

    source = aligning.read_source(file)
    _refuse_several(source)
    document = aligning.open_document(source, langs[0], notices=notices)
    with Memory(memory) as store:
        made, filled = draft(store, document, *langs, least)
    # what is left to translate is what the file is for
    write_all(made, [chosen], WriteOptions(nulls="keep"), [memory, file])
    return filled


def _list(filled: Filled, out: TextIO) -> None:
    """The segments of a document that stayed as they were, one a line: number, why, text."""
    for number, text, reason in filled.rest:
        print(f"s{number}\t{translated(reason)}\t{text}", file=out)


def _refuse_several(source: Source) -> None:
    """A draft of one text of a file would lose the others, and what is translated already."""
    from aligner.workflows import reading

    try:
        reading.read_alignment(source)
    except AlignerError:
        return  # one text
    raise UsageError(
        "the file holds texts side by side already: a draft of one would lose the others",
        context=source.name,
        hint="write the text to translate as a file of its own: aligner segment FILE --side source",
    )
