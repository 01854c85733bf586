"""Which runs of capitals are acronyms."""

from __future__ import annotations

import pytest

from aligner.checks.names.acronyms import acronyms_of


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("The UN, NGOs, EE. UU. and the XIV century", ["UN", "NGO", "EEUU"]),
        ("LA ONU Y LA OEA", []),  # a line in capitals
        ("R2D2 and 3D4", []),
        ("PAHO (Pan American Health Organization)", ["PAHO"]),
        ("The U.S. and the D. C. press", ["US", "DC"]),
    ],
)
def test_acronyms(text: str, letters: list[str]) -> None:
    assert [one.letters for one in acronyms_of(text, "en")] == letters
