"""What a worker of `aligner corpus build` runs: two paths -> files and figures."""

from __future__ import annotations

import json
import os
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aligner.files import reading, remote, storage
from aligner.files.opening import container
from aligner.model import (
    Alignment,
    Document,
    ReadOptions,
    Source,
    UsageError,
    address_of,
    program_version,
)
from aligner.runtime import places
from aligner.runtime.places import relative
from aligner.text.wording import numbered
from aligner.workflows import aligning, weighing

if TYPE_CHECKING:
    from aligner.corpus.build import DaskRunner, Job, Outcome, Output, Pool
    from aligner.model import Limits

__all__ = [
    "PAIR_WORK",
    "build_settings",
    "jobs_in",
    "moved",
    "pair_work",
    "quality_of",
    "runner",
    "verified",
    "with_places",
    "written_suffix",
]

PAIR_WORK = "aligner.workflows.corpus.building:pair_work"
_MANIFESTS = (".tsv", ".jsonl", ".toml")
_SUFFIXES = {
    "json": ".alignment.json",
    "tei": ".tei.xml",
    "xces": ".xces.xml",
    "intertext": ".intertext.xml",
    "vertical": ".vert",
    "xliff": ".xlf",
}


def build_settings(
    *,
    formats: tuple[str, ...] = (),
    encoder: str = "auto",
    weights: Path | None = None,
    read: ReadOptions | None = None,
    paragraphs: bool = False,
    from_format: str | None = None,
    nulls: str = "skip",
) -> dict[str, Any]:
    """Everything that the result of a pair depends on besides its texts, as JSON values.

    `.alignment.json` is always written; `formats` are written beside it. Raises UsageError for a
    format or encoder that nobody knows or for options that contradict each other, ModelError for
    weights that do not fit.
    """
    from aligner.corpus.quality import quality_digest
    from aligner.engine import embedding
    from aligner.formats import WRITERS, WriteOptions

    WriteOptions(nulls=nulls)
    for name in formats:
        WRITERS.load(name)
    if encoder != embedding.AUTO:
        embedding.ENCODERS.load(encoder.partition(":")[0])
    weighed = weighing.load_weights(weights)
    if weights is not None:
        weighing.chosen_encoder(encoder, ("", ""), weighed, weights)
    read = read or ReadOptions()
    if paragraphs and read.segmented:
        raise UsageError(
            "--paragraphs and --segmented contradict each other", hint="give one of them"
        )
    return {
        "aligner": program_version(),
        "encoder": encoder,
        "weights": weighed.digest,
        "quality": quality_digest(),
        "formats": ["json", *(name for name in formats if name != "json")],
        "encoding": read.encoding,
        "segmented": read.segmented,
        "paragraphs": paragraphs,
        "html_body": read.html_body,
        # a corpus that was made before there was such an option is the same without it
        **({"include": sorted(read.include)} if read.include else {}),
        "from": from_format,
        "nulls": nulls,
    }


def jobs_in(
    texts: Path, source_lang: str, target_lang: str, patterns: tuple[str, str]
) -> tuple[list[Job], list[str]]:
    """The pairs of a folder of texts (by `patterns`, where given, else by their names) or of a manifest,
    and sentences about texts without a partner. Raises UsageError, ReadError or Malformed.
    """
    from aligner.corpus import build

    if any(patterns) and not all(patterns):
        raise UsageError("--source and --target go together")
    if storage.is_folder(texts):
        by_name = build.find_pairs(
            texts, source_lang, target_lang, patterns if any(patterns) else None
        )
        shown = ", ".join(by_name.alone[:5]) + (" ..." if len(by_name.alone) > 5 else "")
        alone = numbered(len(by_name.alone), "file without a partner", "files without a partner")
        notes = [f"{alone}: {shown}"] if by_name.alone else []
        if not (source_lang or target_lang or any(patterns)):
            first = by_name.jobs[0]
            notes.append(f"from {first.source_lang} to {first.target_lang}; -s names the source")
        return by_name.jobs, notes
    if texts.suffix.lower() not in _MANIFESTS:
        with reading(texts):
            storage.opened(texts).close()
        raise UsageError("neither a folder nor a manifest (.tsv .jsonl .toml)", context=str(texts))
    if any(patterns):
        raise UsageError("patterns are for folders; a manifest names its files")
    data = aligning.read_source(str(texts)).data
    # names of files are bytes: what is no UTF-8 must come out as it went in
    manifest = build.parse_manifest(data.decode("utf-8-sig", "surrogateescape"), str(texts))
    jobs = [
        replace(
            _as_on_disk(job),
            source_lang=job.source_lang or source_lang,
            target_lang=job.target_lang or target_lang,
        )
        for job in manifest.jobs
    ]
    # said once, and before workers start
    elsewhere = {one.partition(":")[0]: one for job in jobs for one in map(address_of, job.names)}
    for address in filter(None, elsewhere.values()):
        remote.require(address)
    notes = []
    if manifest.alone:
        notes.append(f"{numbered(manifest.alone, 'text')} of the manifest without a partner")
    if manifest.twice:
        notes.append(f"{numbered(manifest.twice, 'line')} of the manifest that came before")
    if manifest.unknown:
        notes.append(
            f"columns of the manifest that nobody knows, not read: {', '.join(manifest.unknown)}"
        )
    return jobs, notes


def _as_on_disk(job: Job) -> Job:
    """The job under the names that its files have: macOS gives `café` in another normal form."""

    def found_as(name: str) -> str:
        if address_of(name) or address_of(job.folder):
            return name
        forms = (name, *(unicodedata.normalize(form, name) for form in ("NFC", "NFD")))
        return next((one for one in forms if os.path.lexists(os.path.join(job.folder, one))), name)  # noqa: PTH118

    return replace(job, source=found_as(job.source), target=found_as(job.target))


def runner(
    name: str, settings: dict[str, object], workers: int, limits: Limits
) -> Pool | DaskRunner:
    """What runs the pairs: `processes`, `dask`, or `dask:ADDRESS` of a scheduler. Raises UsageError for
    another name, MissingExtra where Dask is not installed.
    """
    from aligner.corpus import build

    kind, _, address = name.partition(":")
    if kind == "processes" and not address:
        return build.Pool(PAIR_WORK, settings, workers, limits)
    if kind == "dask":
        from aligner.corpus.build import DaskRunner

        return DaskRunner(PAIR_WORK, settings, workers, limits, address)
    raise UsageError(f"there is no engine {name!r}", hint="known: processes, dask, dask:ADDRESS")


def with_places(
    settings: Mapping[str, Any], output: Output, weights: Path | None = None
) -> dict[str, Any]:
    """The settings with what workers must know of this machine, and what no file of a corpus holds:
    where the corpus will lie, and where the weights are.
    """
    return {
        **settings,
        "output": str(output.folder.absolute()),
        "levels": output.levels,
        "weights_file": str(weights.absolute()) if weights else "",
    }


def pair_work(settings: Mapping[str, Any]) -> Callable[[Job], Outcome]:
    """A function that aligns one pair (settings as `with_places` gives them); the encoder is loaded
    now.

    Raises UsageError, MissingExtra or ModelError where the encoder cannot be had.
    """
    from aligner import formats
    from aligner.corpus.build import Outcome, place_of
    from aligner.engine import embedding
    from aligner.files import FileSink, scratch_folder
    from aligner.segmenting import SegmentOptions

    if settings["encoder"] != embedding.AUTO:
        embedding.load_encoder(settings["encoder"])
    options = ReadOptions(
        settings["encoding"],
        settings["segmented"],
        settings["html_body"],
        include=frozenset(settings.get("include", ())),
    )
    weights = Path(settings["weights_file"]) if settings["weights_file"] else None
    weighing.load_weights(weights)  # wrong ones end the run, not a pair
    how = aligning.Settings(encoder=settings["encoder"], weights=weights)
    write_options = formats.WriteOptions(nulls=settings["nulls"])

    def work(job: Job) -> Outcome:
        notices = aligning.Notices()
        source, target = aligning.open_documents(
            [_source(name) for name in job.names],
            [job.source_lang, job.target_lang],
            read_options=[replace(options, include=options.include | set(job.include))] * 2,
            segment_options=SegmentOptions(paragraphs=settings["paragraphs"]),
            from_format=settings["from"],
            notices=notices,
        )
        source, target = (
            _with_known(source, job.source_known),
            _with_known(target, job.target_known),
        )
        alignment = aligning.align_documents(source, target, settings=how, notices=notices)
        located = replace(
            alignment,
            source=replace(alignment.source, origin=job.names[0]),
            target=replace(alignment.target, origin=job.names[1]),
        )
        files: dict[str, bytes] = {}
        with scratch_folder() as folder:
            for name in settings["formats"]:
                sink = FileSink(folder / (job.id + written_suffix(name)), stem=job.id)
                sink.folder = place_of(Path(settings["output"]), job.id, settings["levels"])
                told = located if name == "json" else alignment
                formats.write(told, name, sink, write_options)
                for path in sink.commit():
                    files[path.name] = path.read_bytes()
        quality = quality_of(alignment)
        files["log.txt"] = _log(alignment, notices).encode("utf-8", "backslashreplace")
        return Outcome(files, quality)

    return work


def _with_known(document: Document, known: tuple[tuple[str, str], ...]) -> Document:
    """The document with what the manifest says of it, over what was found in the file."""
    given = dict(known)
    title = given.pop("title", document.title)
    more = {key: (value,) for key, value in given.items()}
    return replace(document, title=title, metadata={**document.metadata, **more})


def _source(name: str) -> Source:
    """A text under the name that logs and editions may say."""
    return replace(aligning.read_source(name), name=places.shown(name))


def moved(work: Path, old: Path, new: Path) -> None:
    """Put the alignments in `work`, a copy of a pair's folder `old`, right for their place in `new`:
    they say where the texts are, seen from themselves.
    """
    from aligner import formats
    from aligner.files import FileSink
    from aligner.workflows.reading import read_alignment

    around = next(one for one in old.absolute().parents if one.name == "pairs").parents[1]
    if relative(str(around), str(new.absolute())) == relative(str(around), str(old.absolute())):
        return  # corpora side by side see the same
    for file in sorted(work.glob("*.alignment.json")):
        alignment = read_alignment(Source(str(old / file.name), file.read_bytes()), "json")
        sink = FileSink(file)
        sink.folder = new
        formats.write(alignment, "json", sink)
        sink.commit()


def verified(folder: Path, *, texts: bool = False) -> Iterator[tuple[str, str]]:
    """(path, what is wrong with it) for everything in a corpus that is not as it was made; with
    `texts` also for the texts, where its alignments say that they are. Raises UsageError for a folder
    that is no finished corpus.
    """
    from aligner.corpus import build

    yield from build.differences(folder)
    for name, place in build.built_pairs(folder) if texts else ():
        try:
            alignment = json.loads((place / f"{name}.alignment.json").read_bytes())
            record = json.loads((place / "quality.json").read_bytes())
            origins = [document["origin"] for document in alignment["documents"]]
        except (OSError, ValueError, KeyError, TypeError):
            continue  # told above
        for origin, digest in zip(origins, record["digests"] or (), strict=False):
            text = places.brought_back(origin, str(place))
            now = build.digest_of_file(container(text))
            if now != digest:
                yield text, f"has changed since {name} was made" if now else f"is gone ({name})"


def quality_of(alignment: Alignment) -> dict[str, Any]:
    """Figures of one alignment, as JSON values; shares and confidences with three decimals."""
    from aligner.corpus.quality import document_quality

    source, target = alignment.source, alignment.target
    counts = (len(source.segments), len(target.segments))
    mean = alignment.mean_confidence
    scored = document_quality(alignment)
    return {
        "source_lang": source.lang,
        "target_lang": target.lang,
        "source_segments": counts[0],
        "target_segments": counts[1],
        "beads": len(alignment.beads),
        "types": dict(sorted(Counter(b.kind for b in alignment.beads).items())),
        "mean_confidence": None if mean is None else round(mean, 3),
        "quality": scored.quality,
        "null_share": scored.null_share,
        "other_languages": list(scored.other_languages),
        "warnings": list(alignment.warnings),
        "signature": str(alignment.signature),
    }


def written_suffix(name: str) -> str:
    """The suffix of a file of that format, which `formats.format_of` takes for it."""
    return _SUFFIXES.get(name, f".{name}")


def _log(alignment: Alignment, notices: aligning.Notices) -> str:
    sides = [
        f"{document.origin}: {document.lang}, {numbered(len(document.segments), 'segment')}"
        for document in (alignment.source, alignment.target)
    ]
    dropped = [
        f"{document.origin}: left out {numbered(len(document.dropped), 'part')} ({reasons})"
        for document in (alignment.source, alignment.target)
        if document.dropped
        for reasons in [", ".join(sorted({part.reason for part in document.dropped}))]
    ]
    lines = [*sides, *dropped, *notices.lines, f"signature {alignment.signature}"]
    return "\n".join(" ".join(line.split()) for line in lines) + "\n"
