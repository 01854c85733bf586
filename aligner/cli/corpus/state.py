"""`aligner corpus status` and `verify`: how far a build is, and whether its files are what they were."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from aligner.cli.corpus.progress import spoken
from aligner.cli.ui import say, tell, translated
from aligner.text.wording import numbered

__all__ = ["register"]

_FINDINGS = 1
Folder = Annotated[Path, typer.Argument(metavar="FOLDER", help="A folder of corpus build.")]


def register(app: typer.Typer) -> None:
    """Add these commands to `aligner corpus`."""
    app.command("status")(status)
    app.command("verify")(verify)


def status(
    folder: Folder,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> None:
    """Say how far a build is: done, failed, rate, time left, last errors.

    aligner corpus status corpus/
    """
    from aligner.corpus import build

    far = build.progress_of(folder)
    if as_json:
        print(json.dumps(asdict(far), ensure_ascii=False))
        return
    say(f"{far.state}: {far.done} of {numbered(far.pairs, 'pair')} done, {far.failed} failed")
    if far.pairs_a_second is not None and far.segments_a_second is not None:
        left = f", {spoken(far.seconds_left)} left" if far.seconds_left is not None else ""
        say(f"{far.pairs_a_second:.1f} pairs/s, {far.segments_a_second:.0f} segments/s{left}")
    for identifier, reason in far.errors:
        print(f"  {identifier}  {translated(reason)}")
    if far.state == "stopped":
        say("the same aligner corpus build goes on from here")


def verify(
    folder: Folder,
    texts: Annotated[
        bool, typer.Option("--texts", help="Look at the texts too that the pairs were made of.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print what differs as JSON.")] = False,
) -> None:
    """Compare every file with the digest it was made with, and print what differs.

    aligner corpus verify corpus/
    """
    from aligner.workflows.corpus import building

    different = list(building.verified(folder, texts=texts))
    if as_json:
        print(json.dumps([{"path": path, "message": what} for path, what in different], indent=1))
    else:
        for path, what in different:
            print(f"{path}: {translated(what)}")
        if not different:
            tell("everything is as it was made")
    if different:
        raise typer.Exit(_FINDINGS)
