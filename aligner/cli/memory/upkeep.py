"""`aligner memory` merge, maintain, stats; and the options that the commands of memories share."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from aligner.cli.common.texts import SourceLang, TargetLang
from aligner.cli.ui import say, tell
from aligner.model import UsageError
from aligner.text.wording import numbered

__all__ = [
    "DEFAULT",
    "AsJson",
    "Confidence",
    "InDocument",
    "MemoryFile",
    "Reviewed",
    "WithLabel",
    "register",
]

_FINDINGS = 1
MemoryFile = Annotated[
    Path,
    typer.Option("-m", "--memory", help="The memory's file.", envvar="ALIGNER_MEMORY"),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print as JSON.")]
Confidence = Annotated[
    float, typer.Option("--min-confidence", min=0, max=1, help="Least confidence of a unit.")
]
Reviewed = Annotated[bool, typer.Option("--reviewed", help="Only units that a person has seen.")]
InDocument = Annotated[str, typer.Option("--document", help="Only documents named like this.")]
WithLabel = Annotated[str, typer.Option("--label", help="Only units with this label.")]
DEFAULT = Path("memory.db")


def register(app: typer.Typer) -> None:
    """Add these commands to `aligner memory`."""
    app.command("merge")(merge)
    app.command("maintain")(maintain)
    app.command("stats")(stats)


def merge(
    others: Annotated[list[Path], typer.Argument(metavar="OTHER...", help="Memories to add.")],
    memory: MemoryFile = DEFAULT,
) -> None:
    """Add other memories to this one; a pair of texts that both have stays one unit."""
    from aligner.workflows.memory.storing import merge_memories

    for other, loaded in zip(others, merge_memories(memory, others), strict=True):
        tell(f"{other}: {loaded.new} new, {loaded.known} known")


def maintain(
    memory: MemoryFile = DEFAULT,
    source_lang: SourceLang = "",
    target_lang: TargetLang = "",
    inconsistent: Annotated[
        bool, typer.Option("--inconsistent", help="List sources with several translations.")
    ] = False,
    penalty: Annotated[
        float | None,
        typer.Option(
            "--penalty",
            help="Percent that a match of an unreviewed unit loses; with --document one of there.",
        ),
    ] = None,
    vectors: Annotated[
        bool, typer.Option("--vectors", help="Make the vectors that lookup --semantic needs.")
    ] = False,
    encoder: Annotated[str, typer.Option("--encoder", help="The encoder of --vectors.")] = (
        "embedded"
    ),
    delete: Annotated[
        bool, typer.Option("--delete", help="Delete the units that the filter options choose.")
    ] = False,
    document: InDocument = "",
    label: WithLabel = "",
    as_json: AsJson = False,
) -> None:
    """Look after the memory: contradictions, a penalty for unreviewed units, vectors, deletion.

    Exit code 1 where --inconsistent finds some.
    """
    from aligner import memory as memories
    from aligner.workflows.memory.storing import needs_filter

    if not (inconsistent or penalty is not None or vectors or delete):
        raise UsageError("nothing to do", hint="--inconsistent, --penalty, --vectors or --delete")
    if delete:
        needs_filter(document, label, source_lang, target_lang)
    chosen = memories.Filter(source_lang, target_lang, document=document, label=label)
    with memories.Memory(memory, write=True) as store:
        if penalty is not None:
            memories.set_penalty(store, penalty, document)
        if delete:
            count = memories.delete_units(store, chosen)
            tell(numbered(count, "unit deleted", "units deleted"))
        if vectors:
            from aligner.engine import embedding

            model = embedding.load_encoder(encoder)
            count = memories.add_vectors(store, model.encode, model.signature)
            tell(numbered(count, "vector made", "vectors made"))
        disagreeing = memories.inconsistencies(store, chosen) if inconsistent else []
    if as_json:
        rows = [{"source": f.source, "targets": [list(t) for t in f.targets]} for f in disagreeing]
        print(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        for one in disagreeing:
            print(one.source)
            for target, places, status in one.targets:
                print(f"  {places:4} {status:8}  {target}")
    if disagreeing:
        raise typer.Exit(_FINDINGS)


def stats(memory: MemoryFile = DEFAULT, as_json: AsJson = False) -> None:
    """Say what is in the memory."""
    from aligner import memory as memories

    with memories.Memory(memory) as store:
        figures = memories.memory_statistics(store)
    if as_json:
        print(json.dumps(figures, ensure_ascii=False, indent=1))
        return
    repeated = numbered(figures["repeated"], "repeated place")
    say(f"units      {figures['units']} ({repeated})")
    say(f"documents  {figures['documents']}")
    for row in figures["languages"]:
        say(
            f"{row['source']}-{row['target']}  {numbered(row['units'], 'unit')}, reviewed: {row['reviewed']}"
        )
    if figures["mean_confidence"] is not None:
        say(f"confidence {figures['mean_confidence']:.3f} (mean)")
    say(f"penalty    {figures['penalty']:g} % for unreviewed units")
    for name, percent in figures["penalties"].items():
        say(f"penalty    {percent:g} % for documents named like {name}")
    say(f"size       {figures['bytes'] / 1e6:.1f} MB")
    for row in figures["unfinished_imports"]:
        say(f"unfinished import of {row['name']}: {numbered(row['units'], 'unit')}; start it again")
