"""Files of alignments: converted, validated, and edits of a spreadsheet taken over."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from aligner.model import FileName, ReadOptions, UsageError
from aligner.workflows.aligning import Notices

if TYPE_CHECKING:
    from aligner.formats import WriteOptions
    from aligner.formats.validation import Fault
    from aligner.workflows.converting import Converted
    from aligner.workflows.describing import Described
    from aligner.workflows.review.sheets import Applied

__all__ = ["apply_sheet", "convert", "known_formats", "validate"]


def convert(
    file: FileName,
    output: FileName,
    *,
    from_format: str | None = None,
    to: str | None = None,
    texts: Sequence[FileName] = (),
    langs: Sequence[str] = (),
    options: WriteOptions | None = None,
    reading: ReadOptions | None = None,
    meta: FileName | None = None,
    notices: Notices | None = None,
) -> Converted:
    """An alignment in another format; formats by suffix, or by name (`from_format`, `to`).

    `texts` are those that a file of links numbers, `reading` says how they are read, `meta` is what is
    known of them.

    What was not read and what the new file does not hold is in the result, as `aligner convert`
    prints it. The file appears whole or not at all. Raises ReadError, Malformed, UsageError, ExportError.

    >>> import aligner, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     made = aligner.align("corpora/interview/es.html", "corpora/interview/en.html")
    ...     aligner.export(made, "json", f"{folder}/made.alignment.json")[0].name
    ...     done = aligner.convert(f"{folder}/made.alignment.json", f"{folder}/made.csv")
    'made.alignment.json'
    >>> done.units, "scores in nats (96)" in done.lost
    (96, True)
    """
    from aligner import formats
    from aligner.files import sink_of
    from aligner.model import AlignmentSet
    from aligner.workflows import alignment_files, converting
    from aligner.workflows.metadata import with_metadata

    name, path = to or formats.format_of(str(output)), Path(output)
    if path.exists() and Path(str(file)).exists() and path.samefile(str(file)):
        raise UsageError("this output would replace the input", context=str(path))
    written = options or formats.WriteOptions()
    sink = sink_of(path)
    try:
        if not (texts or langs or meta) and converting.goes_by_unit(str(file), from_format, [name]):
            done = converting.convert_units(str(file), from_format, name, sink, written, reading)
        else:
            opened = alignment_files.open_alignment(
                str(file),
                texts=[str(one) for one in texts],
                langs=langs,
                from_format=from_format,
                read_options=reading,
                notices=notices,
            )
            if meta is not None:
                opened = with_metadata(opened, meta)
            formats.write(opened, name, sink, written)
            pairs = opened.alignments if isinstance(opened, AlignmentSet) else (opened,)
            done = converting.Converted(
                sum(len(pair.beads) for pair in pairs),
                alignment_files.not_taken(opened),
                formats.losses(opened, name, written),
            )
        sink.commit()
    finally:
        sink.discard()
    return done


def validate(
    file: FileName,
    *,
    format: str = "",  # noqa: A002
    schema: FileName | None = None,
    sarif: FileName | None = None,
) -> list[Fault]:
    """What standards and tools refuse in a TMX, TEI, XLIFF or `.alignment.json`; [] for none.

    `schema`: a schema of the user's own to hold it against too; `sarif`: a file for the findings. Raises ReadError, UsageError.

    >>> import aligner, pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = pathlib.Path(folder, "empty.tmx")
    ...     _ = path.write_text("<tmx version='1.4'><body/></tmx>")
    ...     [(fault.line, fault.severity) for fault in aligner.validate(path)]
    [(1, 'error')]
    """
    from aligner.files.output_places import check_places
    from aligner.formats import validation

    validation.check_format(format)
    path, output = Path(file), None if sarif is None else Path(sarif)
    check_places([output], [path, schema])
    faults = list(validation.validate(path, format, None if schema is None else Path(schema)))
    if output is not None:
        validation.write_sarif(output, [(path.name, fault) for fault in faults])
    return faults


def apply_sheet(sheet: FileName, alignment: FileName, *, notices: Notices | None = None) -> Applied:
    """Take over the edits of a spreadsheet (.xlsx, .csv, .tsv) into the `.alignment.json` it was made from.

    Returns how many beads and texts were changed: one step that a review can undo. Raises UsageError,
    naming the row, for an edit that cannot be made; then nothing is changed.

    >>> import aligner, pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path, sheet = f"{folder}/a.alignment.json", pathlib.Path(folder, "a.csv")
    ...     made = aligner.align_texts(
    ...         ["La puerta estaba abierta."], ["The door was open."],
    ...         source_lang="es", target_lang="en",
    ...     )
    ...     files = aligner.export(made, "json", path)
    ...     done = aligner.convert(path, sheet)
    ...     text = sheet.read_text("utf-8")
    ...     size = sheet.write_text(text.replace("The door was open", "The gate was open"), "utf-8")
    ...     aligner.apply_sheet(sheet, path)
    Applied(beads=1, texts=1)
    """
    from aligner.workflows.review import sheets

    return sheets.apply_sheet(Path(sheet), Path(alignment), (notices or Notices()).add)


def known_formats() -> dict[str, Described]:
    """All formats by name: how each is used, its suffixes, what it keeps and what it does not.

    >>> import aligner
    >>> aligner.known_formats()["tmx"].writes[0]
    '.tmx'
    """
    from aligner.workflows.describing import described

    return described()
