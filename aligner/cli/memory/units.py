"""`aligner memory` list, edit, delete, rename: single units of a memory, and the filters that choose them."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from aligner.cli.common.texts import SourceLang, TargetLang
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
from aligner.text.wording import numbered

__all__ = ["ByUser", "OfStatus", "Since", "Until", "WithField", "register"]

_FINDINGS = 1
OfStatus = Annotated[str, typer.Option("--status", help="Only units: auto, accepted, edited.")]
ByUser = Annotated[str, typer.Option("--user", help="Only units that this person made or changed.")]
Since = Annotated[
    str,
    typer.Option("--since", help="Only units made or changed on this day (2026-11-30) or later."),
]
Until = Annotated[str, typer.Option("--until", help="Only units of this day or earlier.")]
WithField = Annotated[
    str, typer.Option("--field", help="Only units with this property: NAME, or NAME=VALUE.")
]


def register(app: typer.Typer) -> None:
    """Add these commands to `aligner memory`."""
    app.command("list")(list_)
    app.command("edit")(edit)
    app.command("delete")(delete)
    app.command("rename")(rename)


def list_(
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
    limit: Annotated[int, typer.Option("--limit", min=1, help="Units at most.")] = 100,
    after: Annotated[int, typer.Option("--after", min=0, help="Only ids behind this one.")] = 0,
    as_json: AsJson = False,
) -> None:
    """List units with the ids by which `edit` and `delete` know them.

    aligner memory list -m memory.db --user ana --since 2026-11

    Exit code 1 where there is nothing.
    """
    from aligner import memory as memories
    from aligner.workflows.memory.storing import chosen_units

    chosen = chosen_units(
        source_lang, target_lang, min_confidence, reviewed, document, label, status, user, since,
        until, field,
    )  # fmt: skip
    with memories.Memory(memory) as store:
        rows = list(memories.listed_units(store, chosen, limit, after))
    if as_json:
        listed = [
            {
                "id": number,
                "source": unit.source,
                "target": unit.target,
                "languages": [unit.source_lang, unit.target_lang],
                "document": unit.document,
                "confidence": unit.confidence,
                "status": unit.status,
                "labels": list(unit.labels),
            }
            for number, unit in rows
        ]
        print(json.dumps(listed, ensure_ascii=False, indent=1))
    else:
        for number, unit in rows:
            pair = f"{unit.source_lang}-{unit.target_lang}"
            print(f"{number}\t{pair}\t{unit.status}\t{unit.source}\t{unit.target}\t{unit.document}")
    if len(rows) == limit:
        tell(f"the first {limit}; --after {rows[-1][0]} goes on")
    if not rows:
        tell("no unit passes these filters")
        raise typer.Exit(_FINDINGS)


def edit(
    unit: Annotated[int, typer.Argument(metavar="ID", help="The unit, as `memory list` shows it.")],
    memory: MemoryFile = DEFAULT,
    source: Annotated[str | None, typer.Option("--source", help="Its new source text.")] = None,
    target: Annotated[str | None, typer.Option("--target", help="Its new target text.")] = None,
    status: Annotated[
        str | None, typer.Option("--status", help="auto, accepted or edited.")
    ] = None,
) -> None:
    """Change a unit. New words make it `edited`; one that becomes another unit is that one.

    aligner memory edit 17 -m memory.db --target "El barco salió del puerto."
    """
    from aligner import memory as memories
    from aligner.workflows.memory.storing import to_change

    with to_change(memory) as store:
        done = memories.edit_unit(store, unit, source=source, target=target, status=status)
    if not done.changed:
        tell(f"unit {unit} is like that already")
    elif done.is_double:
        tell(f"unit {unit} became a unit that was there already")
    else:
        tell(f"unit {unit} changed")
    if done.codes:
        tell(f"{numbered(done.codes, 'inline code')} went with the old words")


def delete(
    units: Annotated[
        list[int], typer.Argument(metavar="ID...", help="As `memory list` shows them.")
    ],
    memory: MemoryFile = DEFAULT,
) -> None:
    """Delete units by their ids (`memory maintain --delete` deletes by filters).

    Exit code 1 where none of them is there.
    """
    from aligner import memory as memories
    from aligner.workflows.memory.storing import chosen_units, to_change

    with to_change(memory) as store:
        count = memories.delete_units(store, chosen_units(ids=tuple(units)))
    tell(numbered(count, "unit deleted", "units deleted"))
    if not count:
        raise typer.Exit(_FINDINGS)


def rename(
    old: Annotated[str, typer.Argument(metavar="OLD", help="A language of the memory: es-MX.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="Its new name: es.")],
    memory: MemoryFile = DEFAULT,
) -> None:
    """Call a language or region by another name; units that are the same then become one.

    aligner memory rename en-EN en -m memory.db
    """
    from aligner import memory as memories
    from aligner.workflows.memory.storing import to_change

    with to_change(memory) as store:
        count = memories.rename_language(store, old, new)
    tell(f"{numbered(count, 'unit')} of {old} are in {new} now")
