"""`aligner memory`: a translation memory in one file."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from aligner.cli.common.outputs import FlavourOption
from aligner.cli.common.progress import status_line
from aligner.cli.common.texts import SourceLang, TargetLang
from aligner.cli.memory import page, pretranslate, units, upkeep
from aligner.cli.memory.units import ByUser, OfStatus, Since, Until, WithField
from aligner.cli.memory.upkeep import (
    DEFAULT,
    AsJson,
    Confidence,
    InDocument,
    MemoryFile,
    Reviewed,
    WithLabel,
)
from aligner.cli.ui import tell
from aligner.files.output_places import check_places, check_suffix
from aligner.text.wording import numbered

if TYPE_CHECKING:
    from aligner.memory import ConcordanceLine, Match

__all__ = ["app"]

app = typer.Typer(
    help="Keep, search and use a translation memory (one SQLite file).",
    no_args_is_help=True,
    rich_markup_mode=None,
    add_completion=False,  # it belongs to `aligner` as a whole
)
_FINDINGS, _ERROR = 1, 2
_CONTEXT = 40  # characters beside a hit


@app.command("import")
def import_(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE|DIR...", help="TMX, alignments, or folders of a corpus."),
    ],
    memory: MemoryFile = DEFAULT,
    source_lang: SourceLang = "",
    target_lang: TargetLang = "",
    as_json: AsJson = False,
) -> None:
    """Load translation memories and alignments; what is known already is not stored twice.

    aligner memory import old.tmx corpus/ -m memory.db

    An import that was killed goes on where it was when it is started again. -s and -t name the
    languages that are taken: en all English, en-GB British English only. A file that cannot be read
    does not stop the others; the exit code is 2 then, and 1 where nothing of a file was taken.
    """
    from aligner.workflows.memory.storing import import_files

    done = import_files(
        memory,
        files,
        source_lang,
        target_lang,
        progress=_progress,
        tell=tell,
    )
    totals = done.totals
    if as_json:
        told = {"failed": done.failed, "lost": done.lost, "nothing": done.nothing}
        print(json.dumps({**totals, **told}))
    _print_losses(done.lost, done.nothing)
    if not as_json and not done.is_empty:
        unread = f", {numbered(done.failed, 'file')} could not be read" if done.failed else ""
        tell(
            f"{numbered(totals['new'], 'new unit')}, {totals['known']} known already, "
            f"{totals['nulls']} without counterpart, {totals['skipped']} imported before{unread}"
        )
    if done.failed:
        raise typer.Exit(_ERROR)
    if done.nothing:
        raise typer.Exit(_FINDINGS)


def _print_losses(lost: dict[str, dict[str, int]], nothing: dict[str, str]) -> None:
    for name, reason in nothing.items():
        tell(f"{name}: nothing was taken: {reason}")
    for name, counts in lost.items():
        if name in nothing:
            continue
        for reason, count in counts.items():
            times = f" ({count} times)" if count > 1 else ""
            tell(f"not taken over from {name}: {reason}{times}")


@app.command("lookup")
def lookup(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="The text to look up.")],
    memory: MemoryFile = DEFAULT,
    source_lang: SourceLang = "",
    target_lang: TargetLang = "",
    least: Annotated[
        float, typer.Option("--least", min=1, max=101, help="Least score in percent.")
    ] = 70.0,
    limit: Annotated[int, typer.Option("--limit", min=1, help="Matches at most.")] = 5,
    before: Annotated[str, typer.Option("--before", help="The segment before the text.")] = "",
    after: Annotated[str, typer.Option("--after", help="The segment after the text.")] = "",
    semantic: Annotated[
        bool, typer.Option("--semantic", help="By meaning (needs `memory maintain --vectors`).")
    ] = False,
    encoder: Annotated[str, typer.Option("--encoder", help="The encoder of --semantic.")] = (
        "embedded"
    ),
    as_json: AsJson = False,
) -> None:
    """Find translations of a text: exact (100, in context 101), fuzzy, or by meaning.

    aligner memory lookup "Where were you born?" -m memory.db

    With -s or -t also among what was translated the other way. Exit code 1 where there is nothing.
    """
    from aligner import memory as memories
    from aligner.workflows.memory.storing import looked_up

    with memories.Memory(memory) as store:
        matches = looked_up(
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
    if as_json:
        print(json.dumps([_match(m) for m in matches], ensure_ascii=False, indent=1))
    else:
        for m in matches:
            print(f"{m.score:5.1f}  {m.kind:8}  {m.unit.source}\n{'':17}{m.unit.target}")
    if not matches:
        tell(f"nothing in the memory is {least:g} % like this text (--least asks for less)")
        raise typer.Exit(_FINDINGS)


@app.command("concordance")
def concordance(
    query: Annotated[str, typer.Argument(metavar="QUERY", help="Words, or an expression.")],
    memory: MemoryFile = DEFAULT,
    source_lang: SourceLang = "",
    target_lang: TargetLang = "",
    side: Annotated[str, typer.Option("--side", help="source, target or both.")] = "both",
    regex: Annotated[bool, typer.Option("--regex", help="QUERY is a regular expression.")] = False,
    forms: Annotated[
        bool, typer.Option("--forms", help="The words with other endings too: boat, boats.")
    ] = False,
    limit: Annotated[int, typer.Option("--limit", min=1, help="Hits at most.")] = 50,
    as_json: AsJson = False,
) -> None:
    """Show a word, phrase or expression in context, with the translation.

    aligner memory concordance "data sharing" -m memory.db

    A star stands for any letters: bomb*, *ation. Exit code 1 where there is nothing.
    """
    from aligner import memory as memories

    with memories.Memory(memory) as store:
        hits = memories.concordance_lines(
            store, query, source_lang, target_lang, side=side, regex=regex, forms=forms, limit=limit
        )
    if as_json:
        rows = [{**_unit(h), "side": h.side, "start": h.start, "end": h.end} for h in hits]
        print(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        for hit in hits:
            print("\n".join(_kwic(hit)))
    if not hits:
        tell(
            "nothing in the memory matches"
            + ("" if regex or forms else " (bomb* finds longer words, --forms other endings)")
        )
        raise typer.Exit(_FINDINGS)


@app.command("export")
def export(
    output: Annotated[Path, typer.Option("-o", "--output", help="The .tmx or .tmx.gz to write.")],
    memory: MemoryFile = DEFAULT,
    source_lang: SourceLang = "",
    target_lang: TargetLang = "",
    min_confidence: Confidence = 0.0,
    reviewed: Reviewed = False,
    document: InDocument = "",
    label: WithLabel = "",
    status: OfStatus = "",
    user: ByUser = "",
    since: Since = "",
    until: Until = "",
    field: WithField = "",
    flavour: FlavourOption = "",
) -> None:
    """Write the units that pass the filters as TMX.

    aligner memory export -m memory.db --min-confidence 0.9 -o good.tmx
    """
    from aligner.formats import WriteOptions
    from aligner.memory import Memory
    from aligner.workflows.memory.storing import chosen_units, export_memory
    from aligner.workflows.opening import Notices

    check_places([output], [memory])
    check_suffix(output, (".tmx", ".tmx.gz"), "then aligner convert writes other formats")
    chosen = chosen_units(
        source_lang, target_lang, min_confidence, reviewed, document, label, status, user, since,
        until, field,
    )  # fmt: skip
    notices = Notices()
    with Memory(memory) as store:
        count = export_memory(store, chosen, output, WriteOptions(flavour=flavour), notices)
    for line in notices.lines:
        tell(line)
    tell(numbered(count, "unit"))


def _match(match: Match) -> dict[str, Any]:
    unit = match.unit
    return {
        "score": match.score,
        "kind": match.kind,
        "source": unit.source,
        "target": unit.target,
        "languages": [unit.source_lang, unit.target_lang],
        "document": unit.document,
        "confidence": unit.confidence,
        "status": unit.status,
    }


def _unit(hit: ConcordanceLine) -> dict[str, Any]:
    unit = hit.unit
    return {
        "source": unit.source,
        "target": unit.target,
        "languages": [unit.source_lang, unit.target_lang],
        "document": unit.document,
    }


def _kwic(hit: ConcordanceLine) -> list[str]:
    text = hit.text
    left = text[max(0, hit.start - _CONTEXT) : hit.start]
    right = text[hit.end : hit.end + _CONTEXT]
    other = hit.unit.target if hit.side == "source" else hit.unit.source
    where = f"{hit.unit.document}:{hit.unit.number}"
    return [f"{left:>{_CONTEXT}}[{text[hit.start : hit.end]}]{right}", f"    {other}  ({where})"]


def _progress(name: str) -> Callable[[int], None] | None:
    line = status_line()
    if line is None:
        return None
    began = time.monotonic()

    def show(done: int) -> None:
        rate = done / max(time.monotonic() - began, 1e-6)
        line(f"{name}: {numbered(done, 'unit')}, {rate:.0f}/s", False)

    return show


pretranslate.register(app)
upkeep.register(app)
units.register(app)
page.register(app)
