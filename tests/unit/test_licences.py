"""What is needed at run time is free for us: no GPL, no AGPL; and the choice is read rightly."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tests.conftest import load_script

ROOT = Path(__file__).resolve().parents[2]
EXTRAS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"][
    "optional-dependencies"
]
licences = load_script("licences")


@pytest.mark.parametrize(
    ("text", "free"),
    [
        ("MIT", True),
        ("MPL-1.1 OR GPL-2.0-only OR LGPL-2.1-or-later", True),
        ("GNU Lesser General Public License v3 (LGPLv3)", True),
        ("GPL-3.0-or-later", False),
        ("GNU General Public License v3 (GPLv3)", False),
        ("GNU Affero General Public License v3", False),
        ("AGPL-3.0-only OR GPL-2.0-only", False),
        ("", False),
    ],
)
def test_licences_are_told_apart(text: str, free: bool) -> None:
    assert licences.is_free_for_us(text) is free


def test_nothing_at_run_time_is_gpl() -> None:
    needed = licences.all_needed(frozenset(EXTRAS) - {"dev", "docs"})
    assert {"numpy", "lxml", "sentencepiece", "sacremoses", "typer"} <= set(needed)
    texts = {name: licences.licence(package) for name, package in needed.items()}
    assert [name for name, text in texts.items() if not licences.is_free_for_us(text)] == []
