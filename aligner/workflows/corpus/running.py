"""Run a recipe: each step once, with a record of what it was made of beside the output.

    OUT/recipe.toml         the recipe as it was run
    OUT/record.json         versions; each step's settings, what it read, counts, digests of its files
    OUT/steps.tsv           what each step took
    OUT/index.html          the same for people
    OUT/pairs.jsonl  OUT/built/  OUT/filtered.jsonl  OUT/unique.jsonl  OUT/sets/  OUT/export/

A step is done again where its settings, what it reads or the program have changed, or its files are
not those that it made; else it is passed over. The record is written behind every step, so that a
run that is stopped goes on.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aligner.files import atomic, storage, write_atomically
from aligner.model import Limits, ReadOptions, UsageError, program_version
from aligner.runtime import cores
from aligner.workflows.corpus import building, pairing, sets
from aligner.workflows.corpus.making import memory_of_worker
from aligner.workflows.corpus.recipe_page import page_of, table_of
from aligner.workflows.corpus.recipes import Recipe, parse_recipe
from aligner.workflows.opening import read_source

if TYPE_CHECKING:
    from aligner.corpus.build import Tally

__all__ = ["RecipeRun", "run_recipe", "run_recipe_file"]

_RECORD, _BUILT, _LOCK = "record.json", "built", ".lock"
_OURS = ("recipe.toml", _LOCK)
_SUFFIXES = {"tmx": ".tmx", "jsonl": ".jsonl", "parquet": ".parquet", "tei": ".xml"}


@dataclass(slots=True)
class RecipeRun:
    """How a recipe is run, and what came of it: `done` steps and those `passed` over."""

    workers: int = 1
    limits: Limits = field(default_factory=Limits)
    tell: Callable[[str], None] = lambda _: None
    progress: Callable[[Tally], None] | None = None
    done: list[str] = field(default_factory=list)
    passed: list[str] = field(default_factory=list)


def run_recipe_file(
    path: Path,
    workers: int,
    time_limit: float,
    tell: Callable[[str], None] = lambda _: None,
    progress: Callable[[Tally], None] | None = None,
) -> tuple[Recipe, RecipeRun, dict[str, Any]]:
    """The recipe in a file, run by so many processes (0: one a core); raises as `parse_recipe` and
    `run_recipe`.
    """
    recipe = parse_recipe(read_source(str(path)).data, path)
    count = workers or cores.count()
    run = RecipeRun(count, Limits(time_limit, memory_of_worker(count)), tell, progress)
    return recipe, run, run_recipe(recipe, run)


def run_recipe(recipe: Recipe, run: RecipeRun) -> dict[str, Any]:
    """The record, see above. Raises UsageError where the folder holds other files, and what the
    steps raise.
    """
    from aligner.corpus.build import locked

    folder = recipe.output
    storage.here(folder, "the folder of a recipe", "export it there: aligner corpus export")
    before = _record_in(folder)
    folder.mkdir(parents=True, exist_ok=True)
    with locked(folder / _LOCK):
        return _run(recipe, run, before)


def _run(recipe: Recipe, run: RecipeRun, before: Mapping[str, Any]) -> dict[str, Any]:
    folder = recipe.output
    write_atomically(folder / "recipe.toml", recipe.data)
    record: dict[str, Any] = {
        "format": "aligner-recipe",
        "version": 1,
        "aligner": program_version(),
        "recipe": _digest(recipe.data),
        "steps": [],
    }
    known = {step["name"]: step for step in before.get("steps", ())}
    if not before:
        _write_record(folder, record)  # from here on the folder is that of a recipe
    for name in known.keys() - recipe.steps.keys():
        _remove(folder, known[name])
    read = _read_by_first(recipe)
    for name, settings in recipe.steps.items():
        key = {
            "name": name,
            "aligner": program_version(),
            "settings": dict(settings),
            "langs": list(recipe.langs),
            "read": read,
        }
        old = known.get(name, {})
        same = {part: old.get(part) for part in key} == key
        # a build knows itself what is finished, and which of its texts have changed
        if same and name != "build" and _unchanged(folder, old.get("files", {})):
            run.passed.append(name)
            step = old
        else:
            run.tell(f"step {name}")
            _remove(folder, old)
            step = {**key, "counts": _DO[name](recipe, settings, run)}
            step["files"] = _files_of(folder, name)
            run.done.append(name)
        record["steps"].append(step)
        _write_record(folder, record)
        if name not in ("split", "export"):  # these read what the step before them gave
            read = step["files"]
    with atomic(folder / "steps.tsv") as out:
        out.write(table_of(record).encode())
    with atomic(folder / "index.html") as out:
        out.write(page_of(record, recipe.name).encode("utf-8", "backslashreplace"))
    return record


def _digest(data: bytes) -> str:
    from aligner.corpus.build import digest_of

    return digest_of(data)


def _record_in(folder: Path) -> dict[str, Any]:
    path = folder / _RECORD
    if not path.exists():
        if folder.is_dir() and any(one.name not in _OURS for one in folder.iterdir()):
            raise UsageError(
                "the folder holds other files",
                context=str(folder),
                hint="name a folder that is new or empty",
            )
        return {}
    try:
        record = json.loads(path.read_bytes())
        steps = record["steps"]
        if all(isinstance(step, dict) and "name" in step for step in steps):
            return dict(record)
    except (OSError, ValueError, KeyError, TypeError):
        pass
    return {}  # a damaged record costs the work, not the corpus


def _write_record(folder: Path, record: Mapping[str, Any]) -> None:
    text = json.dumps(record, ensure_ascii=False, indent=1)
    write_atomically(folder / _RECORD, f"{text}\n".encode("utf-8", "backslashreplace"))


def _remove(folder: Path, step: Mapping[str, Any]) -> None:
    """What a step made that is not made any more, or made anew; a build removes its own."""
    for path in step.get("files", ()) if step.get("name") != "build" else ():
        (folder / path).unlink(missing_ok=True)


def _read_by_first(recipe: Recipe) -> dict[str, str]:
    """Digests of what the recipe begins with: texts to pair, or a manifest."""
    from aligner.corpus.build import digest_of_file

    read = {}
    for number, path in enumerate(recipe.texts):
        if storage.is_file(path):
            read[path.name] = digest_of_file(path)
        elif len(recipe.texts) > 1 and storage.is_folder(path):
            side = ("source", "target")[number]
            read |= {
                f"{side}/{one}": digest_of_file(path / one) for one in storage.files_under(path)
            }
    return read


def _unchanged(folder: Path, files: Mapping[str, str]) -> bool:
    from aligner.corpus.build import digest_of_file

    return bool(files) and all(digest_of_file(folder / one) == was for one, was in files.items())


_PLACES = {
    "pair": "pairs.jsonl",
    "build": f"{_BUILT}/report.tsv",
    "filter": "filtered*.jsonl",
    "dedup": "unique.jsonl",
    "split": "sets/*",
    "export": "export/**/*",
}


def _files_of(folder: Path, step: str) -> dict[str, str]:
    """The digests of the files that a step has made; of a build that of its list of digests."""
    from aligner.corpus.build import digest_of_file

    paths = sorted(path for path in folder.glob(_PLACES[step]) if path.is_file())
    return {path.relative_to(folder).as_posix(): digest_of_file(path) for path in paths}


def _units_of(recipe: Recipe, step: str) -> list[Path]:
    """What a step reads: what the last step before it that writes units wrote."""
    made = {"build": _BUILT, "filter": "filtered.jsonl", "dedup": "unique.jsonl"}
    order = list(recipe.steps)
    before = [made[one] for one in order[: order.index(step)] if one in made]
    return [recipe.output / before[-1]]


def _pair(recipe: Recipe, settings: Mapping[str, Any], run: RecipeRun) -> dict[str, int]:
    from aligner.engine import embedding

    langs = (recipe.langs[0] or "en", recipe.langs[1] or "en")
    encoder, _ = embedding.choose(settings.get("encoder", "auto"), langs)
    read = ReadOptions(include=frozenset(settings.get("include", ())))
    sides = [
        (folder, pairing.SideReading(lang, read, encoder=encoder))
        for folder, lang in zip(recipe.texts, recipe.langs, strict=True)
    ]
    paired = pairing.pair_folders(sides, int(settings.get("nearest", 5)), run.workers)
    with atomic(recipe.output / "pairs.jsonl") as out:
        for line in paired.lines_from(str(recipe.output), as_json=True):
            out.write(line.encode("utf-8", "surrogateescape"))
    for message in paired.failures.values():
        run.tell(message)
    count = sum(1 for partner in paired.partners if partner.target is not None)
    return {
        "sources": len(paired.names[0]),
        "targets": len(paired.names[1]),
        "pairs": count,
        "unreadable": len(paired.failures),
    }


def _build(recipe: Recipe, settings: Mapping[str, Any], run: RecipeRun) -> dict[str, int]:
    from aligner.corpus import build

    texts = recipe.output / "pairs.jsonl" if "pair" in recipe.steps else recipe.texts[0]
    jobs, notes = building.jobs_in(texts, *recipe.langs, ("", ""))
    for note in notes:
        run.tell(note)
    made = building.build_settings(
        formats=tuple(settings.get("to", ())),
        encoder=settings.get("encoder", "auto"),
        read=ReadOptions(
            None,
            settings.get("segmented", False),
            settings.get("html_body", "article"),
            include=frozenset(settings.get("include", ())),
        ),
        paragraphs=settings.get("paragraphs", False),
    )
    with (
        build.Output.open(recipe.output / _BUILT, made, None, len(jobs)) as folder,
        building.runner(
            "processes", building.with_places(made, folder), run.workers, run.limits
        ) as running,
    ):
        tally = build.build(jobs, folder, running, progress=run.progress)
    return {"pairs": tally.pairs, "failed": tally.failed}


def _filter(recipe: Recipe, settings: Mapping[str, Any], run: RecipeRun) -> dict[str, int]:
    from aligner import corpus

    del run
    rules = corpus.FilterRules(
        settings.get("min_confidence", 0.0),
        int(settings.get("min_words", 0)),
        int(settings.get("max_words", 0)),
        settings.get("max_ratio", 0.0),
        settings.get("identical", False),
        settings.get("numbers", False),
        settings.get("language", False),
        not settings.get("keep_nulls", False),
        settings.get("min_quality", 0.0),
    )
    folder = recipe.output
    rejected = folder / "filtered-rejected.jsonl"
    rejected.unlink(missing_ok=True)
    return dict(
        sets.filter_corpora(
            _units_of(recipe, "filter"),
            folder / "filtered.jsonl",
            rules,
            rejected if settings.get("rejected") else None,
        )
    )


def _dedup(recipe: Recipe, settings: Mapping[str, Any], run: RecipeRun) -> dict[str, int]:
    from aligner import corpus

    del run
    near = settings.get("similarity", 0.85) if settings.get("near") else 0.0
    ignore = frozenset(settings.get("ignore", ()))
    rules = corpus.DuplicateRules(settings.get("sides", "both"), ignore, near)
    output = recipe.output / "unique.jsonl"
    return dict(sets.dedup_corpora(_units_of(recipe, "dedup"), output, rules))


def _split(recipe: Recipe, settings: Mapping[str, Any], run: RecipeRun) -> dict[str, int]:
    del run
    figures = sets.split_corpora(
        _units_of(recipe, "split"),
        recipe.output / "sets",
        settings.get("dev", 0.05),
        settings.get("test", 0.05),
        settings.get("seed", "0"),
    )
    kept = {part: figures.units[part] for part in sets.PARTS}
    leaks = sum(figures.leaks.values())
    return {"units": sum(kept.values()) + leaks, **kept, "leaks": leaks}


def _export(recipe: Recipe, settings: Mapping[str, Any], run: RecipeRun) -> dict[str, int]:
    from aligner.formats import WriteOptions

    del run
    units = _units_of(recipe, "export")
    names: Sequence[str] = settings.get("to", ())
    folder = recipe.output / "export"
    folder.mkdir(exist_ok=True)
    counts = {}
    for name in names:
        output = folder / ("opus" if name == "opus" else f"corpus{_SUFFIXES.get(name, '')}")
        done = sets.export_corpora(units, name, output, WriteOptions())
        counts[name] = done.alignments
    return counts


_DO: dict[str, Callable[[Recipe, Mapping[str, Any], RecipeRun], dict[str, int]]] = {
    "pair": _pair,
    "build": _build,
    "filter": _filter,
    "dedup": _dedup,
    "split": _split,
    "export": _export,
}
