"""A translation memory, as `aligner memory` keeps it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypedDict, Unpack

from aligner.model import FileName, Unit
from aligner.workflows.aligning import Notices, Progress

if TYPE_CHECKING:
    from aligner.memory import ConcordanceLine, Edited, Inconsistency, Loaded, Match
    from aligner.memory import Memory as Store
    from aligner.workflows.memory.pretranslating import Filled
    from aligner.workflows.memory.storing import Imported

__all__ = ["Memory", "UnitFilters"]


class UnitFilters(TypedDict, total=False):
    """Which units of a memory are meant; each may be left out. `document` is a pattern, `since` and `until`
    are days, months or years (2026-11-30), `field` is the name of a property, or NAME=VALUE.
    """

    source_lang: str
    target_lang: str
    min_confidence: float
    reviewed: bool
    document: str
    label: str
    status: str
    user: str
    since: str
    until: str
    field: str


class Memory:
    """A translation memory in one file: what `aligner memory` does with it, a method each.

    The file is made by `import_files` or `merge`. In a `with` block it stays open between calls, which
    makes many look-ups faster; else each call opens and closes it. Methods raise StoreError where the
    file is absent, damaged or no memory, and UsageError for what cannot be asked.

    >>> import aligner, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     made = aligner.align_texts(
    ...         ["La puerta estaba abierta."], ["The door was open."],
    ...         source_lang="es", target_lang="en",
    ...     )
    ...     files = aligner.export(made, "tmx", f"{folder}/door.tmx")
    ...     memory = aligner.Memory(f"{folder}/memory.db")
    ...     done = memory.import_files([f"{folder}/door.tmx"])
    ...     matches = memory.lookup("La puerta no estaba abierta.", least=60)
    >>> done.totals["new"], [(round(one.score), one.unit.target) for one in matches]
    (1, [(94, 'The door was open.')])
    """

    def __init__(self, path: FileName) -> None:
        self.path = Path(path)
        self._open: ExitStack | None = None
        self._store: Store | None = None

    def __enter__(self) -> Self:
        """Keep the file open until the block ends."""
        self._open = ExitStack()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
        self._open = None

    def close(self) -> None:
        """Close the file; the next call opens it again."""
        if self._open is not None:
            self._open.close()
        self._store = None

    def import_files(
        self,
        files: Sequence[FileName],
        *,
        source_lang: str = "",
        target_lang: str = "",
        notices: Notices | None = None,
        progress: Progress | None = None,
    ) -> Imported:
        """Load TMX, alignments, or folders of a corpus; what is known already is not stored twice.

        A file that cannot be read costs no other: it is counted in `failed`, and the reason is a notice.
        `progress` is called with the name of a file, the units so far, and 0.
        """
        from aligner.workflows.memory.storing import import_files

        self.close()
        notices = notices or Notices()
        told = progress
        return import_files(
            self.path,
            [Path(file) for file in files],
            source_lang,
            target_lang,
            progress=(lambda name: None if told is None else lambda done: told(name, done, 0)),
            tell=notices.add,
        )

    def lookup(
        self,
        text: str,
        *,
        source_lang: str = "",
        target_lang: str = "",
        least: float = 70.0,
        limit: int = 5,
        before: str = "",
        after: str = "",
        semantic: bool = False,
        encoder: str = "embedded",
    ) -> list[Match]:
        """Translations of a text, the best first: exact (100, in context 101), fuzzy, or by meaning.

        `least` is the least score in percent; `before` and `after` are the segments beside the text.
        """
        from aligner.workflows.memory.storing import looked_up

        with self._reading() as store:
            return looked_up(
                store,
                text,
                source_lang,
                target_lang,
                least=least,
                limit=limit,
                before=before,
                after=after,
                encoder=encoder if semantic else None,
            )

    def concordance(
        self,
        query: str,
        *,
        source_lang: str = "",
        target_lang: str = "",
        side: str = "both",
        regex: bool = False,
        forms: bool = False,
        limit: int = 50,
    ) -> list[ConcordanceLine]:
        """Where a word, phrase or expression stands, with the translation; bomb* takes any ending."""
        from aligner import memory as memories

        with self._reading() as store:
            return memories.concordance_lines(
                store,
                query,
                source_lang,
                target_lang,
                side=side,
                regex=regex,
                forms=forms,
                limit=limit,
            )

    def export(
        self,
        output: FileName,
        *,
        flavour: str = "",
        notices: Notices | None = None,
        **filters: Unpack[UnitFilters],
    ) -> int:
        """Write the units that pass the filters as TMX; returns how many. `notices` hears what of them the
        file does not hold. Raises ExportError for none.
        """
        from aligner.files.output_places import check_places, check_suffix
        from aligner.formats import WriteOptions
        from aligner.formats.tmx import check_flavour
        from aligner.workflows.memory.storing import chosen_units, export_memory

        path = Path(output)
        check_places([path], [self.path])
        check_suffix(path, (".tmx", ".tmx.gz"), "then aligner convert writes other formats")
        check_flavour(flavour)
        with self._reading() as store:
            return export_memory(
                store, chosen_units(**filters), path, WriteOptions(flavour=flavour), notices
            )

    def pretranslate(
        self,
        file: FileName,
        output: FileName,
        *,
        to: str | None = None,
        source_lang: str = "",
        target_lang: str = "",
        least: float | None = None,
        include: Collection[str] = (),
        notices: Notices | None = None,
    ) -> Filled:
        """Fill a file with matches: XLIFF, PO and documents as they are, any text as a draft of another format.

        `least`: 75, in a document that is filled in as it is 100. Returns how many segments there were,
        how many were filled, and which stayed. `include`: what of a word processor's file is text besides:
        headers, footers, comments, properties. Raises ReadError, Malformed, ExportError.
        """
        from aligner.files.output_places import check_places
        from aligner.workflows.memory.drafting import pretranslate_file

        check_places([Path(output)], [self.path, str(file)])
        return pretranslate_file(
            self._reading,
            str(file),
            Path(output),
            to=to,
            source_lang=source_lang,
            target_lang=target_lang,
            least=least,
            include=frozenset(include),
            notices=notices,
        )

    def merge(self, others: Sequence[FileName]) -> list[Loaded]:
        """Add other memories; a pair of texts that both have stays one unit. One result each."""
        from aligner.workflows.memory.storing import merge_memories

        self.close()
        return list(merge_memories(self.path, [Path(other) for other in others]))

    def inconsistencies(
        self,
        *,
        source_lang: str = "",
        target_lang: str = "",
        document: str = "",
        label: str = "",
    ) -> list[Inconsistency]:
        """Sources with several translations, the most frequent first."""
        from aligner import memory as memories

        chosen = memories.Filter(source_lang, target_lang, document=document, label=label)
        with self._reading() as store:
            return memories.inconsistencies(store, chosen)

    def set_penalty(self, percent: float, *, document: str = "") -> None:
        """What a match of an unreviewed unit loses; with `document` one of a document named so."""
        from aligner import memory as memories

        with self._writing() as store:
            memories.set_penalty(store, percent, document)

    def add_vectors(self, *, encoder: str = "embedded", progress: Progress | None = None) -> int:
        """Make the vectors that `lookup(semantic=True)` needs; returns how many were made."""
        from aligner import memory as memories
        from aligner.engine import embedding

        told = progress
        model = embedding.load_encoder(encoder)
        with self._writing() as store:
            return memories.add_vectors(
                store,
                model.encode,
                model.signature,
                None if told is None else lambda done, total: told("vectors", done, total),
            )

    def delete_where(self, **filters: Unpack[UnitFilters]) -> int:
        """Delete the units that pass the filters; returns how many. Raises UsageError without a filter."""
        from aligner import memory as memories
        from aligner.workflows.memory.storing import chosen_units, needs_filter

        needs_filter(*filters.values())
        with self._writing() as store:
            return memories.delete_units(store, chosen_units(**filters))

    def statistics(self) -> dict[str, Any]:
        """What is in the memory, as JSON values: units, documents, languages, penalties, size."""
        from aligner import memory as memories

        with self._reading() as store:
            return memories.memory_statistics(store)

    def units(
        self, *, limit: int = 100, after: int = 0, **filters: Unpack[UnitFilters]
    ) -> list[tuple[int, Unit]]:
        """Units that pass the filters with their ids, `limit` at most behind the id `after`."""
        from aligner import memory as memories
        from aligner.workflows.memory.storing import chosen_units

        with self._reading() as store:
            return list(memories.listed_units(store, chosen_units(**filters), limit, after))

    def edit(
        self,
        unit: int,
        *,
        source: str | None = None,
        target: str | None = None,
        status: str | None = None,
    ) -> Edited:
        """Change a unit by its id. New words make it `edited`; one that becomes another unit is that one."""
        from aligner import memory as memories

        with self._writing() as store:
            return memories.edit_unit(store, unit, source=source, target=target, status=status)

    def delete(self, units: Sequence[int]) -> int:
        """Delete units by their ids; returns how many were there."""
        from aligner import memory as memories
        from aligner.workflows.memory.storing import chosen_units

        with self._writing() as store:
            return memories.delete_units(store, chosen_units(ids=tuple(units)))

    def rename(self, old: str, new: str) -> int:
        """Call a language or region by another name; returns how many units changed."""
        from aligner import memory as memories

        with self._writing() as store:
            return memories.rename_language(store, old, new)

    def review(
        self,
        *,
        port: int = 0,
        browser: bool = True,
        ready: Callable[[str], None] | None = None,
        progress: Progress | None = None,
    ) -> None:
        """Serve the page that searches and corrects the memory, on this machine until the process is
        interrupted. `ready` hears the address; `browser` opens it. The indexes that the page needs are made
        before. Raises MissingExtra without the extra [review], UsageError where the port is taken.
        """
        from aligner.runtime.browsers import with_browser
        from aligner.workflows.review.memory_page import open_memory_page

        self.close()
        serve = open_memory_page(self.path, progress=progress)
        serve(port=port, ready=with_browser(ready, open_it=browser))

    @contextmanager
    def _reading(self) -> Iterator[Store]:
        from aligner.memory import Memory as Store

        if self._open is None:
            with Store(self.path) as store:
                yield store
            return
        if self._store is None:
            self._store = self._open.enter_context(Store(self.path))
        yield self._store

    @contextmanager
    def _writing(self) -> Iterator[Store]:
        """Open to change what is there: a method that changes a memory makes none."""
        from aligner.workflows.memory.storing import to_change

        self.close()
        with to_change(self.path) as store:
            yield store
