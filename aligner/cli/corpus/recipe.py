"""`aligner corpus run`: a corpus as one file describes it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from aligner.cli.corpus.progress import BuildProgress
from aligner.cli.corpus.workers import BuildProgressOption, PairTime, Workers, silent
from aligner.cli.ui import tell
from aligner.files.output_places import not_stdout
from aligner.text.wording import numbered

__all__ = ["register"]

_FINDINGS = 1


def register(app: typer.Typer) -> None:
    """Add the command to `aligner corpus`."""
    app.command("run")(run)


def run(
    recipe: Annotated[
        Path, typer.Argument(metavar="RECIPE", help="A recipe (.toml), see docs/scale.md.")
    ],
    workers: Workers = 0,
    time_limit: PairTime = 3600.0,
    progress: BuildProgressOption = "auto",
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress and notices.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the record as JSON.")] = False,
) -> None:
    """Make a corpus from raw folders to splits, as a recipe says; what is done is not done again.

    aligner corpus run recipe.toml

    Prints what each step took; exit code 1 where pairs failed.
    """
    from aligner.workflows.corpus.recipe_page import table_of
    from aligner.workflows.corpus.running import run_recipe_file

    not_stdout(recipe, "a recipe")
    with BuildProgress(progress, quiet=quiet) as shown:
        wanted, how, record = run_recipe_file(
            recipe, workers, time_limit, silent if quiet else tell, shown.tell
        )
    if as_json:
        print(json.dumps(record, ensure_ascii=False))
    else:
        print(table_of(record), end="")
    if not quiet:
        tell(
            f"{numbered(len(how.done), 'step')} done, {len(how.passed)} done before: {wanted.output}"
        )
    if any(step["counts"].get("failed") for step in record["steps"]):
        raise typer.Exit(_FINDINGS)
