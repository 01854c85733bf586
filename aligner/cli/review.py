"""`aligner review`: check and repair an alignment in the browser."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aligner.cli.common.pages import OpenBrowser, Port, shown_page
from aligner.cli.common.texts import WeightsFile
from aligner.cli.ui import tell
from aligner.model import AlignerError
from aligner.text.wording import numbered

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aligner.review import Session

__all__ = ["review"]

_FAILED = 2
_SHOWN = 20  # lines of a difference


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
    from aligner.runtime.limits import give_back_memory
    from aligner.workflows.aligning import Settings
    from aligner.workflows.review.reviewing import open_review

    give_back_memory()
    session, serve = open_review(
        alignment,
        settings=Settings(encoder=encoder, weights=weights),
        taxonomy=taxonomy,
        check=check,
        prepare=prepare,
        tell=tell,
    )

    with _ended(session):
        serve(port, shown_page(open_it=browser))


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
        more = numbered(len(lines) - _SHOWN, "more line")
        tell(f"and {more}", prefix="")
