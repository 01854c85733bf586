"""`aligner review`: check and repair an alignment in the browser."""

from __future__ import annotations

import contextlib
import sys
import threading
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aligner.cli.common.pages import OpenBrowser, Port, shown_page
from aligner.cli.common.texts import WeightsFile
from aligner.cli.ui import tell
from aligner.model import AlignerError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from aligner.model import Alignment, AlignmentSet, Bead
    from aligner.review import Remark, Session, State, Tools
    from aligner.workflows.realigning import Realigner

__all__ = ["review", "tools"]

_FAILED = 2
_SHOWN = 20  # lines of a difference
_PREPARED = 6000  # segments up to which texts are made ready, and checked after every edit


def review(
    alignment: Annotated[
        Path,
        typer.Argument(metavar="ALIGNMENT", help="A .alignment.json file; it is changed in place."),
    ],
    port: Port = 0,
    browser: OpenBrowser = True,
    prepare: Annotated[
        bool,
        typer.Option(
            "--prepare/--no-prepare",
            help="Make aligning again ready at the start, so that the first time is fast too.",
        ),
    ] = True,
    check: Annotated[
        bool,
        typer.Option(
            "--check/--no-check", help="Show what `aligner check` finds beside the beads."
        ),
    ] = True,
    taxonomy: Annotated[
        str,
        typer.Option(
            "--taxonomy", help="Labels to offer: vinay-darbelnet, leuven-zwart, or a TOML file."
        ),
    ] = "vinay-darbelnet",
    encoder: Annotated[
        str, typer.Option("--encoder", help="The encoder for aligning again.")
    ] = "auto",
    weights: WeightsFile = None,
) -> None:
    """Review an alignment in the browser, on this machine only.

    Every action is on disk, in ALIGNMENT.journal, before the page shows it; undo has no limit.
    Ctrl-C ends the review and writes ALIGNMENT.
    """
    from aligner.review import Session, page_server
    from aligner.runtime.limits import give_back_memory
    from aligner.workflows.aligning import Settings
    from aligner.workflows.realigning import Realigner

    give_back_memory()
    serve_session = page_server()
    realigner = Realigner(Settings(encoder=encoder, weights=weights))
    labels = _labels(taxonomy)
    session = Session(
        alignment,
        tools(realigner, _check if check else None, labels),
        tell,
    )

    with _ended(session):
        for line in session.notices:
            tell(line)
        _, state = session.snapshot()
        for one in state.alignments():
            realigner.check(one)
        if sum(text.count for text in state.texts) > _PREPARED:
            if check:
                session.tools = replace(session.tools, check=None)
                tell("the text is too long to be checked after every edit (use `aligner check`)")
        elif prepare:
            threading.Thread(target=_prepare, args=(realigner, state), daemon=True).start()
        serve_session(session, port=port, ready=shown_page(open_it=browser))


@contextlib.contextmanager
def _ended(session: Session) -> Iterator[None]:
    """Around the review: at its end the file is written, and nothing is waited for."""
    from aligner.review import FileChanged
    from aligner.runtime import interrupts

    try:
        yield
    finally:
        code = 0
        if session.is_computing:
            code = _FAILED
            tell("interrupted: aligning again was given up; everything before it is kept")
        try:
            session.close()
        except FileChanged as error:
            code = _FAILED
            _show_difference(session)
            tell(error)
        if interrupts.is_computing():
            interrupts.end_now(code)
        if code:
            raise typer.Exit(code)


def _show_difference(session: Session) -> None:
    try:
        lines = session.difference()
    except AlignerError as error:
        lines = [str(error)]
    for line in lines[:_SHOWN]:
        print(line, file=sys.stderr)  # texts of the person: said as they are
    if len(lines) > _SHOWN:
        tell(f"and {len(lines) - _SHOWN} more lines", prefix="")


def _prepare(realigner: Realigner, state: State) -> None:
    """Vectors and scores before anybody asks for them; errors are told to who asks."""
    for alignment in state.alignments():
        with contextlib.suppress(AlignerError):
            realigner.prepare(alignment)


def tools(
    realign: Callable[[Alignment, Sequence[tuple[range, range]]], Sequence[Bead]] | None = None,
    check: Callable[[Alignment], Sequence[Remark]] | None = None,
    labels: Sequence[tuple[str, str]] = (),
) -> Tools:
    """What the review needs of other packages."""
    from aligner import formats
    from aligner.languages.scripts import is_right_to_left
    from aligner.model import Source
    from aligner.review import Tools
    from aligner.workflows import reading

    def read(data: bytes, name: str) -> Alignment | AlignmentSet:
        if data.startswith(b"SQLite format 3\0"):
            raise UsageError(
                "this is a memory, which has a page of its own",
                context=name,
                hint=f"aligner memory review -m {name}",
            )
        # the file is written anew, and only our own format holds all that a review may say
        if not data.lstrip().startswith(b"{"):
            raise UsageError(
                "this is no .alignment.json, which edits are kept in",
                context=name,
                hint=f"aligner convert {name} {name.split('.', maxsplit=1)[0]}.alignment.json",
            )
        return reading.read_alignment(Source(name, data), "json")

    return Tools(
        read=read,
        render=_render,
        is_right_to_left=is_right_to_left,
        formats=formats.fitting,
        losses=formats.losses,
        labels=labels,
        realign=realign,
        check=check,
    )


def _labels(taxonomy: str) -> list[tuple[str, str]]:
    """Labels of a taxonomy with what they mean."""
    from aligner.checks import parse_taxonomy, shipped
    from aligner.workflows import aligning

    if taxonomy.lower().endswith(".toml"):
        content = aligning.read_source(taxonomy).data.decode("utf-8-sig", "replace")
        chosen = parse_taxonomy(content, taxonomy)
    else:
        chosen = shipped(taxonomy)
    return [
        (label.id, ": ".join(part for part in (label.name, label.help) if part))
        for label in chosen.labels.values()
    ]


def _check(alignment: Alignment) -> list[Remark]:
    """The findings of `aligner check`, one for each place."""
    from aligner.review import Remark
    from aligner.workflows import checking

    report = checking.check(alignment)
    return [
        Remark(one.code, one.message, one.severity, place.source, place.target)
        for one in report.shown
        if one.status == "open"
        for place in one.places
    ]


def _render(alignment: Alignment | AlignmentSet, name: str) -> Mapping[str, bytes]:
    """The files of an output format, by name."""
    from aligner import formats
    from aligner.files import FileSink, scratch_folder

    suffix = next(suffix for suffix, known in formats.SUFFIXES.items() if known == name)
    with scratch_folder() as folder:
        sink = FileSink(folder / f"review{suffix}")
        sink.folder = None  # the texts are where the file that is reviewed says
        try:
            formats.write(alignment, name, sink)
            return {path.name: path.read_bytes() for path in sink.commit()}
        finally:
            sink.discard()
