"""The review of an alignment with everything that it needs of other packages: aligning again, checks,
labels, readers and writers.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from aligner.files import storage
from aligner.model import AlignerError, Alignment, AlignmentSet, Bead, UsageError
from aligner.text.speaking import t
from aligner.workflows.aligning import Settings

if TYPE_CHECKING:
    from aligner.review import Remark, Session, State, Tools
    from aligner.workflows.review.realigning import Realigner

__all__ = ["labels_of", "open_review", "remarks_on", "review_tools"]

_PREPARED = 6000  # segments up to which texts are made ready, and checked after every edit
Serve = Callable[[int, Callable[[str], None]], None]  # port, what is called once with the URL


def open_review(
    alignment: Path,
    *,
    settings: Settings | None = None,
    taxonomy: str = "vinay-darbelnet",
    check: bool = True,
    prepare: bool = True,
    tell: Callable[[str], None] = lambda _: None,
) -> tuple[Session, Serve]:
    """A session on an .alignment.json, and what serves it in the browser until the process is told to
    stop. The session is the caller's to close, which writes the file.

    Raises MissingExtra without the extra [review], ReadError, UsageError or Malformed for the file.
    """
    from aligner.review import Session, page_server
    from aligner.workflows.review.realigning import Realigner

    storage.here(
        alignment,
        "an alignment under review",
        "copy it here, and back when the review has ended",
    )
    serve_session = page_server()
    realigner = Realigner(settings or Settings())
    labels = labels_of(taxonomy)
    session = Session(
        alignment, review_tools(realigner, remarks_on if check else None, labels), tell
    )

    def serve(port: int, ready: Callable[[str], None]) -> None:
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
        serve_session(session, port=port, ready=ready)

    return session, serve


def _prepare(realigner: Realigner, state: State) -> None:
    """Vectors and scores before anybody asks for them; errors are told to who asks."""
    for alignment in state.alignments():
        with contextlib.suppress(AlignerError):
            realigner.prepare(alignment)


def review_tools(
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


def labels_of(taxonomy: str) -> list[tuple[str, str]]:
    """Labels of a taxonomy with what they mean, in the language that is spoken."""
    from aligner.checks import parse_taxonomy, shipped
    from aligner.workflows import aligning

    if taxonomy.lower().endswith(".toml"):
        content = aligning.read_source(taxonomy).data.decode("utf-8-sig", "replace")
        chosen = parse_taxonomy(content, taxonomy)
    else:
        chosen = shipped(taxonomy)
    return [
        (label.id, ": ".join(t(part) for part in (label.name, label.help) if part))
        for label in chosen.labels.values()
    ]


def remarks_on(alignment: Alignment) -> list[Remark]:
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
