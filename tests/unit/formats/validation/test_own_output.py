"""Nothing is found in what our own writers write, in any layout and flavour."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from aligner.formats.options import NULLS, TEI_LAYOUTS
from aligner.formats.tmx.flavours import FLAVOURS
from aligner.formats.validation import validate
from tests.contract.test_writers import CASES
from tests.unit.formats.samples import export
from tests.unit.formats.tei_samples import edition, transcript

SAMPLES: dict[str, Any] = {**CASES, "edition": edition, "transcript": transcript}
SHAPES: list[tuple[str, dict[str, Any]]] = [
    *(
        ("tmx", {"flavour": flavour, "inline": inline, "nulls": nulls})
        for flavour in FLAVOURS
        for inline in (False, True)
        for nulls in NULLS
    ),
    *(
        ("tei", {"layout": layout, "words": words, "stamp": True})
        for layout in TEI_LAYOUTS
        for words in (False, True)
    ),
    *(
        (fmt, {"inline": inline, "nulls": nulls})
        for fmt in ("xliff", "xliff2")
        for inline in (False, True)
        for nulls in ("skip", "keep")
    ),
    ("json", {}),
]
# what is wrong with these is in the texts that were aligned, and is rightly found
RIGHTLY = {
    "language like an id of ours": {"J201", "T104", "T303", "E103", "L102", "F102"},
    "language that is no tag": {"J201"},
    "no language": {"J201", "J202"},
    "same language": {"J202"},
    "only a control": {"E401", "L301", "F301"},
}


@pytest.mark.parametrize(
    ("fmt", "options"), SHAPES, ids=["-".join(map(str, [f, *o.values()])) for f, o in SHAPES]
)
def test_nothing_is_found(fmt: str, options: dict[str, Any], tmp_path: Path) -> None:
    checked = 0
    for name, make in SAMPLES.items():
        folder = tmp_path / name.replace(" ", "-")
        folder.mkdir()
        for file in export(make(), fmt, folder, **options):
            found = [f for f in validate(folder / file) if f.code not in RIGHTLY.get(name, set())]
            assert found == [], (name, file)
            checked += 1
    assert checked >= len(SAMPLES)
