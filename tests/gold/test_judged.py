"""The judged findings of published translations: the table is what its script says it is."""

from __future__ import annotations

import csv
import hashlib
from pathlib import Path

from tests.conftest import load_script

TABLE = Path(__file__).parent / "judged" / "findings.tsv"
CALIBRATE = load_script("calibrate_findings")


def rows() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_every_finding_has_a_verdict_with_a_reason() -> None:
    assert len(rows()) >= 600
    assert len({one["languages"] for one in rows()}) >= 3
    for one in rows():
        assert one["verdict"] in ("real", "excusable", "wrong"), one
        assert one["reason"]
        # reasons are kinds, not quotations of the texts
        assert len(one["reason"].split()) <= 4


def test_the_halves_are_those_of_the_digest() -> None:
    for one in rows():
        digest = int(hashlib.sha256(one["document"].encode()).hexdigest(), 16)
        assert one["half"] == ("test" if digest % 2 else "learn"), one["document"]


def test_no_finding_stands_twice() -> None:
    keys = [(one["document"], one["languages"], one["code"], one["id"]) for one in rows()]
    assert len(set(keys)) == len(keys)


def test_what_is_severe_is_mostly_real() -> None:
    """On the half that nothing was chosen by, at least what docs/fidelity.md says of it."""
    import json

    model = CALIBRATE.judgement_of(json.loads(CALIBRATE.OUTPUT.read_text("utf-8"))["document"])
    unseen = [row for row in CALIBRATE.judged_rows(TABLE) if row.half == "test"]
    final = [
        (
            row.real,
            CALIBRATE.shown_as(model, row, model.probability(row.code, row.signs)),
        )
        for row in unseen
        if row.code not in CALIBRATE.SHIFTS
    ]
    shown = [real for real, severity in final if severity != "note"]
    severe = [real for real, severity in final if severity in ("major", "critical")]
    raw = [
        row.real for row in unseen if row.severity != "note" and row.code not in CALIBRATE.SHIFTS
    ]
    assert sum(severe) / len(severe) > sum(shown) / len(shown) > sum(raw) / len(raw)
