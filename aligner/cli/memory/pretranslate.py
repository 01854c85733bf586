"""`aligner memory pretranslate`: a file filled with what the memory knows, or a draft to go on with."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from aligner.cli.common.outputs import To, outputs_of
from aligner.cli.common.texts import Include, SourceLang, TargetLang, included
from aligner.cli.memory.upkeep import DEFAULT, AsJson, MemoryFile
from aligner.cli.ui import tell, translated
from aligner.files import is_stdout
from aligner.files.output_places import check_places
from aligner.text.wording import numbered

if TYPE_CHECKING:
    from aligner.workflows.memory.pretranslating import Filled

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
    include: Include = None,
    as_json: AsJson = False,
) -> None:
    """Fill a file with the matches of the memory.

    aligner memory pretranslate messages.po -o messages.filled.po -m memory.db

    XLIFF, PO, DOCX, ODT, HTML, EPUB, Markdown, subtitles and plain text are filled in as they are;
    segments of a document that stay as they were are printed: letter.docx -o letter.es.docx

    Any text becomes an XLIFF or table to go on with, in which the segments without a match are
    empty: letter.docx -o letter.xlf, -o letter.tsv
    """
    from aligner.memory import Memory
    from aligner.workflows import aligning
    from aligner.workflows.memory.drafting import is_filled, pretranslate_file
    from aligner.workflows.memory.pretranslating import in_place

    check_places([output], [memory, file], printed=as_json)
    notices = aligning.Notices()
    wanted = file if is_stdout(output) else str(output)
    if not is_filled(file, output, to):
        outputs_of([str(output)], to, [memory, file], printed=as_json)
    filled = pretranslate_file(
        lambda: Memory(memory),
        file,
        output,
        to=to,
        source_lang=source_lang,
        target_lang=target_lang,
        least=least,
        include=included(include),
        notices=notices,
    )
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


def _list(filled: Filled, out: TextIO) -> None:
    """The segments of a document that stayed as they were, one a line: number, why, text."""
    for number, text, reason in filled.rest:
        print(f"s{number}\t{translated(reason)}\t{text}", file=out)
