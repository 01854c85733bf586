"""What is known of documents, beside an export whose format has no place for it.

    {"document": "es.a", "languages": ["es", "en"], "units": 96,
     "source": {"licence": "CC0", "url": ...}, "target": {...}}

A line a document of which anything is known, in the order of the export.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Self

from aligner.files import FileSink, is_stdout, storage
from aligner.formats import FORMATS
from aligner.model import Alignment, Document
from aligner.runtime.places import stem_of

__all__ = ["KnownDocuments", "place_beside"]


def place_beside(name: str, output: Path, *, folder: bool) -> Path | None:
    """Where `KnownDocuments` goes for an export in the format `name`; None where the format holds what
    is known of documents itself, or nothing can lie beside it. `folder`: the output is one.
    """
    form = FORMATS.get(name)
    holds = form.holds if form is not None else frozenset()
    if {"metadata", "documents"} & holds or is_stdout(output):
        return None
    if folder:
        return output / "documents.jsonl"
    stem = output.name if name in ("moses", "vertical") else stem_of(output.name)
    return output.with_name(f"{stem}.documents.jsonl")


class KnownDocuments:
    """Passes alignments on and writes down what is known of their texts; `count` documents.

    The file appears at the end of the block, where anything is known.
    """

    def __init__(self, path: Path) -> None:
        self.path, self.count = path, 0
        self._sink = FileSink(path)
        self._stack = ExitStack()
        self._out: Any = None
        self._last: dict[str, Any] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        try:
            if kind is None:
                self._write()
            self._stack.close()
            if kind is None and self._out is not None:
                self._sink.commit()
        finally:
            self._sink.discard()

    def passing(self, alignments: Iterable[Alignment]) -> Iterator[Alignment]:
        """The same alignments; parts of one document, one after the other, count as one."""
        for one in alignments:
            row = {
                "document": one.source.id,
                "languages": [one.source.lang, one.target.lang],
                "source": _known(one.source),
                "target": _known(one.target),
            }
            if any(self._last.get(key) != value for key, value in row.items()):
                self._write()
                self._last = {**row, "units": 0}
            self._last["units"] += len(one.beads)
            yield one

    def _write(self) -> None:
        last, self._last = self._last, {}
        if not (last.get("source") or last.get("target")):
            return
        if self._out is None:
            storage.make_folder(self.path.parent)
            self._out = self._stack.enter_context(self._sink.open())
        self.count += 1
        line = json.dumps(last, ensure_ascii=False)
        self._out.write(f"{line}\n".encode("utf-8", "backslashreplace"))


def _known(document: Document) -> Mapping[str, str]:
    title = {"title": document.title} if document.title else {}
    return {**title, **{k: "; ".join(v) for k, v in sorted(document.metadata.items()) if v}}
