"""Plain words: no private pictures, no padding, in the names and the sentences that people read."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BANNED = re.compile(
    r"\b(?:mend(?:s|ed|ing)?|furniture|hallway|household|kitchen of|of old(?=[.,;:)])|utili[sz]e[sd]?|leverag(?:e|es|ing)"
    r"|in order to|basically|needless to say|please note|obviously|simply put|state-of-the-art|cutting-edge"
    r"|seamless(?:ly)?|blazing(?:ly)?|and/or|e\.g\.|i\.e\.)(?!\w)",
    re.IGNORECASE,
)
# field names of formats that were, and words quoted as data
ALLOWED = {("CHANGELOG.md", "mend")}


def test_no_banned_phrase() -> None:
    places = [ROOT / "README.md", ROOT / "CHANGELOG.md", ROOT / "CONTRIBUTING.md"]
    places += sorted((ROOT / "docs").rglob("*.md"))
    places += sorted(
        p for p in (ROOT / "aligner").rglob("*") if p.suffix in (".py", ".js", ".html")
    )
    banned = []
    for path in places:
        if not path.is_file():
            continue
        name = path.relative_to(ROOT).as_posix()
        for number, line in enumerate(path.read_text("utf-8").split("\n"), start=1):
            banned += [
                f"{name}:{number}: {match.group()}"
                for match in BANNED.finditer(line)
                if (name, match.group().lower()) not in ALLOWED
            ]
    assert banned == []
