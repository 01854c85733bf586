"""Pages of docs/ of which a part is made by a script: it stands between two marks."""

from __future__ import annotations

import sys
from pathlib import Path

DOCS = Path(__file__).resolve().parent.parent / "docs"


def filled(page: Path, word: str, made: str) -> str:
    """The page with `made` between its marks `<!-- word -->` and `<!-- end of word -->`."""
    start, end = f"<!-- {word} -->\n", f"<!-- end of {word} -->\n"
    before, rest = page.read_text(encoding="utf-8").split(start)
    return f"{before}{start}{made}{end}{rest.split(end)[1]}"


def write_or_check(page: Path, text: str) -> int:
    """Write the page; under --check say by the exit code whether it is as it should be."""
    if "--check" in sys.argv:
        return int(text != page.read_text(encoding="utf-8"))
    page.write_text(text, encoding="utf-8")
    return 0
