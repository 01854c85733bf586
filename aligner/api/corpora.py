"""A corpus, as `aligner corpus` makes it and works on it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aligner.files import storage
from aligner.model import AlignerError, Alignment, FileName, ReadOptions, Unit, UsageError
from aligner.workflows.aligning import Notices, Progress

if TYPE_CHECKING:
    from aligner.corpus import SplitFigures
    from aligner.corpus.build import Progress as BuildState
    from aligner.corpus.build import Tally
    from aligner.corpus.terms import Candidate
    from aligner.workflows.corpus.pairing import Paired
    from aligner.workflows.corpus.sets import Exported

__all__ = ["Corpus"]

Refuse = Callable[[AlignerError], None]
_PAIR_SECONDS = 3600.0


class Corpus:
    """One corpus or several: folders of `build` or OPUS, lines of units, TMX, alignments. A method for each
    command of `aligner corpus`, and `terms`.

    `refused` hears of each of several files that cannot be read, which costs that file only; without
    it the error is raised. Files appear whole or not at all. Methods raise ReadError, Malformed,
    UsageError and ExportError.

    >>> import aligner, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     made = aligner.align("corpora/interview/es.html", "corpora/interview/en.html")
    ...     files = aligner.export(made, "json", f"{folder}/one.alignment.json")
    ...     corpus = aligner.Corpus(f"{folder}/one.alignment.json")
    ...     counts = corpus.filter(f"{folder}/good.jsonl", min_confidence=0.9)
    ...     good = aligner.Corpus(f"{folder}/good.jsonl").stats()
    >>> counts["units"] == len(made.beads), sum(good["types"].values()) == counts["kept"]
    (True, True)
    """

    def __init__(self, *paths: FileName, refused: Refuse | None = None) -> None:
        if not paths:
            raise UsageError("a corpus needs a file or a folder")
        self.paths = tuple(Path(path) for path in paths)
        self.refused = refused

    @property
    def folder(self) -> Path:
        """The folder of the corpus. Raises UsageError where there are several corpora."""
        if len(self.paths) > 1:
            raise UsageError("these are several corpora", hint="name one folder")
        return self.paths[0]

    def units(self) -> Iterator[Unit]:
        """All units, those without a counterpart among them."""
        from aligner.workflows.corpus.units import corpus_units

        return corpus_units(self.paths, self.refused)

    def alignments(self, *, source_lang: str = "", target_lang: str = "") -> Iterator[Alignment]:
        """The same as alignments, one at a time; languages choose, also the other way round."""
        from aligner.workflows.corpus.units import corpus_alignments

        return corpus_alignments(self.paths, self.refused, (source_lang, target_lang))

    def build(
        self,
        texts: FileName,
        *,
        source_lang: str = "",
        target_lang: str = "",
        source: str = "",
        target: str = "",
        to: Sequence[str] = (),
        workers: int = 0,
        time_limit: float = _PAIR_SECONDS,
        memory: str = "",
        shard: str = "",
        engine: str = "processes",
        retry: bool = False,
        keep: bool = False,
        encoder: str = "auto",
        weights: FileName | None = None,
        options: ReadOptions | None = None,
        paragraphs: bool = False,
        format: str | None = None,  # noqa: A002
        nulls: str = "skip",
        notices: Notices | None = None,
        progress: Progress | None = None,
    ) -> Tally:
        """Align the texts of a folder or of a manifest into this folder; what is finished is not done again.

        `source` and `target` are patterns of names; `to` names formats beside `.alignment.json`; `memory`
        is what a worker may use (2G); `shard` is I/N. Pairs that fail are counted, and listed in
        `failures.tsv`.
        """
        from aligner.workflows.corpus.making import BuildHow, BuildWhat, build_corpus

        told = progress
        what = BuildWhat(
            source_lang,
            target_lang,
            (source, target),
            to,
            encoder,
            None if weights is None else Path(weights),
            options or ReadOptions(),
            paragraphs,
            format,
            nulls,
        )
        return build_corpus(
            Path(texts),
            self.folder,
            what,
            BuildHow(workers, time_limit, memory, shard, engine, retry, keep),
            tell=(notices or Notices()).add,
            progress=None if told is None else lambda tally: told("pairs", *_far(tally)),
        )

    def merge(self, shards: Sequence[FileName], *, keep: bool = False) -> dict[str, int]:
        """Join the folders of all shards of a build into this one; returns the counts."""
        from aligner.corpus import build
        from aligner.workflows.corpus import building

        folders = [Path(shard) for shard in shards]
        return build.merge_shards(folders, self.folder, building.moved, keep=keep)

    @staticmethod
    def pair(
        source: FileName,
        target: FileName,
        output: FileName | None = None,
        *,
        source_lang: str = "",
        target_lang: str = "",
        nearest: int = 5,
        workers: int = 0,
        encoder: str = "auto",
        options: ReadOptions | None = None,
        format: str | None = None,  # noqa: A002
        notices: Notices | None = None,
        progress: Progress | None = None,
    ) -> Paired:
        """Find which text of the second folder translates which of the first, by content.

        `output` is a manifest to write (.tsv, .jsonl), which `build` reads. Texts that cannot be read are in
        `failures` of the result.
        """
        from aligner.workflows.corpus.pairing import pair_texts

        told = progress
        return pair_texts(
            (Path(source), Path(target)),
            None if output is None else Path(output),
            langs=(source_lang, target_lang),
            nearest=nearest,
            workers=workers,
            encoder=encoder,
            options=options or ReadOptions(),
            from_format=format,
            tell=(notices or Notices()).add,
            stage=lambda name, _: (
                None if told is None else lambda done, total: told(name, done, total)
            ),
        )

    def status(self) -> BuildState:
        """How far the build of this folder is: done, failed, rate, time left, last errors."""
        from aligner.corpus import build

        return build.progress_of(self.folder)

    def verify(self, *, texts: bool = False) -> list[tuple[str, str]]:
        """What is not as it was made: paths, and what differs; with `texts` the texts too."""
        from aligner.workflows.corpus import building

        return list(building.verified(self.folder, texts=texts))

    @staticmethod
    def run(
        recipe: FileName,
        *,
        workers: int = 0,
        time_limit: float = _PAIR_SECONDS,
        notices: Notices | None = None,
        progress: Progress | None = None,
    ) -> dict[str, Any]:
        """Make a corpus as a recipe says; what is done is not done again. Returns the record."""
        from aligner.workflows.corpus.running import run_recipe_file

        told = progress
        _, _, record = run_recipe_file(
            Path(recipe),
            workers,
            time_limit,
            (notices or Notices()).add,
            None if told is None else lambda tally: told("pairs", *_far(tally)),
        )
        return record

    def stats(self, *, html: FileName | None = None) -> dict[str, Any]:
        """Languages, segments, words, bead types, expansion, nulls, confidences; `html` is a page to write."""
        from aligner.workflows.corpus.sets import gather_statistics, write_statistics

        path = None if html is None else Path(html)
        self._outputs([path])
        figures = gather_statistics(self.paths, self.refused)
        if path is not None:
            write_statistics(figures, self.paths, path)
        return figures

    def filter(
        self,
        output: FileName,
        *,
        min_confidence: float = 0.0,
        min_quality: float = 0.0,
        min_words: int = 0,
        max_words: int = 0,
        max_ratio: float = 0.0,
        language: bool = False,
        identical: bool = False,
        numbers: bool = False,
        keep_nulls: bool = False,
        rejected: FileName | None = None,
    ) -> dict[str, int]:
        """Write the units that break no rule; returns how many there were, are kept, and break which rule.

        Rules as the options of `aligner corpus filter`; `rejected` takes what is dropped.
        """
        from aligner import corpus
        from aligner.workflows.corpus.sets import filter_corpora

        other = None if rejected is None else Path(rejected)
        self._outputs([Path(output), other], ".jsonl")
        rules = corpus.FilterRules(
            min_confidence,
            min_words,
            max_words,
            max_ratio,
            identical,
            numbers,
            language,
            not keep_nulls,
            min_quality,
        )
        return dict(filter_corpora(self.paths, Path(output), rules, other, self.refused))

    def dedup(
        self,
        output: FileName,
        *,
        near: bool = False,
        similarity: float = 0.85,
        ignore: Iterable[str] = (),
        sides: str = "both",
    ) -> dict[str, int]:
        """Write each unit once, the first of copies; `near` copies too. Returns the counts.

        `ignore`: what does not count, of punctuation, case and digits; `sides`: what must be alike.
        """
        from aligner import corpus
        from aligner.workflows.corpus.sets import dedup_corpora

        self._outputs([Path(output)], ".jsonl")
        rules = corpus.DuplicateRules(sides, frozenset(ignore), similarity if near else 0.0)
        return dict(dedup_corpora(self.paths, Path(output), rules, self.refused))

    def split(
        self, output: FileName, *, dev: float = 0.05, test: float = 0.05, seed: str = "0"
    ) -> SplitFigures:
        """Part documents into `train.jsonl`, `dev.jsonl` and `test.jsonl` in the folder `output`.

        What would leak between the parts is left out, and counted.
        """
        from aligner.workflows.corpus.sets import PARTS, split_corpora

        folder = Path(output)
        storage.make_folder(folder)
        self._outputs([folder / f"{part}.jsonl" for part in PARTS])
        return split_corpora(self.paths, folder, dev, test, seed, self.refused)

    def sample(self, output: FileName, *, count: int = 100, seed: int = 0) -> None:
        """Write units drawn at random, each with the same chance, in their order."""
        from aligner.workflows.corpus.sets import sample_corpora

        self._outputs([Path(output)], ".jsonl")
        sample_corpora(self.paths, Path(output), count, seed, self.refused)

    def export(
        self,
        output: FileName,
        to: str | None = None,
        *,
        source_lang: str = "",
        target_lang: str = "",
        per_pair: bool = False,
        shard_size: int = 0,
        flavour: str = "",
    ) -> Exported:
        """Write the corpus in a format of others: tmx, moses, jsonl, parquet, tei, vertical, opus, the one
        that the suffix of `output` names or `to`.

        `per_pair`: a file a pair, of any format; `shard_size`: units a file (needs the extra `parquet`);
        both in the folder `output`.
        """
        from aligner.formats import WriteOptions
        from aligner.workflows.corpus.sets import check_export, export_corpora

        path = Path(output)
        name = check_export(self.paths, to, path, per_pair=per_pair, shard_size=shard_size)
        return export_corpora(
            self.paths,
            name,
            path,
            WriteOptions(flavour=flavour),
            langs=(source_lang, target_lang),
            per_pair=per_pair,
            shard_size=shard_size,
            refused=self.refused,
        )

    def terms(
        self,
        outputs: Sequence[FileName] = (),
        *,
        to: str | None = None,
        min_count: int = 3,
        limit: int = 500,
        encoder: str = "auto",
    ) -> list[Candidate]:
        """Candidates of bilingual terms, the best first, written to glossaries (.tbx, .tsv, .csv, .utf8).

        `min_count`: units in which a term must be translated so; `to`: the format, whatever the suffix.
        """
        from aligner.workflows.corpus.terminology import terms_of

        paths = [Path(output) for output in outputs]
        return terms_of(self.paths, paths, to, encoder, min_count, limit, self.refused)

    def _outputs(self, outputs: Sequence[Path | None], suffix: str = "") -> None:
        from aligner.files.output_places import check_places, check_suffix

        check_places(outputs, self.paths)
        for path in outputs if suffix else ():
            hint = "then aligner corpus export --to tmx writes other formats"
            check_suffix(path, (suffix,), hint)


def _far(tally: Tally) -> tuple[int, int]:
    return tally.done + tally.skipped + tally.failed, tally.pairs
