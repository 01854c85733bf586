"""Ids that last, findings gathered by cause, baselines, tables, glossaries, taxonomies."""

from __future__ import annotations

import pytest

from aligner.checks import (
    Place,
    accept_findings,
    baseline_lines,
    bead_texts,
    known_codes,
    label_beads,
    parse_baseline,
    parse_rows,
    parse_taxonomy,
    shipped,
)
from aligner.checks.common.findings import finding_of, gather
from aligner.checks.common.hits import Hit
from aligner.checks.common.judging import Setting
from aligner.checks.terms import check_terms
from aligner.formats.glossaries import Term, parse_glossary
from aligner.model import Malformed, UsageError
from tests.unit.checks.samples import alignment


def found(code: str, cause: str, source: str = "uno dos tres", target: str = "x"):  # type: ignore[no-untyped-def]
    place = Place((0,), (0,), source, target, ((0, 3),), (), bead=0)
    return finding_of(Hit(code, "major", 0.9, "m", ((0, 3),), (), cause), place, "en", Setting())


def test_an_id_follows_the_evidence_and_not_the_place() -> None:
    assert found("number", "15 / 14").id == found("number", "15 / 14", "otro texto", "y").id
    assert found("number", "15 / 14").id != found("number", "15 / 13").id
    assert found("number", "15 / 14").id != found("date", "15 / 14").id


def test_evidence_that_says_little_is_told_apart_by_its_text() -> None:
    here = found("quotation", "quotes 1:0", "Nadie vino a vernos ese día, dijo la mujer")
    edited = found("quotation", "quotes 1:0", "Nadie vino a vernos ese día, dijo la vecina")
    other = found("quotation", "quotes 1:0", "Llovió toda la noche sobre el pueblo")
    assert here.id == edited.id != other.id


def test_one_cause_is_one_finding_with_places() -> None:
    gathered = gather(
        [found("name", "a / b"), found("number", "1 / 2"), found("name", "a / b", "z")]
    )
    assert [(one.code, len(one.places)) for one in gathered] == [("name", 2), ("number", 1)]


def test_a_baseline_goes_to_a_file_and_back() -> None:
    findings = [found("name", "a / b"), found("number", "1 / 2")]
    lines = list(baseline_lines(findings[:1], "the house's spelling", "2026-01-02"))
    known = parse_baseline("\n".join(lines), "b.tsv")
    marked = accept_findings(findings, known)
    assert [one.status for one in marked] == ["accepted", "open"]
    assert marked[0].reason == "the house's spelling"


@pytest.mark.parametrize(
    ("content", "part"),
    [("code\treason\nx\ty", "columns id and reason"), ("id\treason\n\n# none\nabc\t", "line 4")],
)
def test_a_baseline_without_reasons_is_refused(content: str, part: str) -> None:
    with pytest.raises(Malformed, match=part):
        parse_baseline(content, "b.tsv")


def test_an_empty_baseline_accepts_nothing() -> None:
    assert parse_baseline("", "b.tsv") == {}


def test_labels_need_their_columns() -> None:
    with pytest.raises(Malformed, match="labels need the columns source, target and label"):
        label_beads(alignment([("a", "b")]), shipped("vinay-darbelnet"), "source\ttarget\n", "l")


def test_columns_are_found_by_name_and_quotes_are_text() -> None:
    rows = parse_rows('note\ttgt\tid\tsrc\nx\t"He said\t7\t"Dijo\n', "t.tsv")
    assert [(row.id, row.source, row.target) for row in rows] == [("7", '"Dijo', '"He said')]


def test_rows_without_an_id_have_the_number_of_their_line() -> None:
    assert [row.id for row in parse_rows("source\ttarget\na\tb\n\nc\td\n", "t.tsv")] == ["2", "4"]


@pytest.mark.parametrize(
    ("content", "part"),
    [("id\tsource\n1\ta", "target or tgt"), ("id\tsource\ttarget\n1\ta", "line 2"), ("", "source")],
)
def test_a_broken_table_is_refused_with_its_line(content: str, part: str) -> None:
    with pytest.raises(Malformed, match=part):
        parse_rows(content, "t.tsv")


def test_codes_of_an_option() -> None:
    assert known_codes(["number,date", "name"]) == {"number", "date", "name"}
    with pytest.raises(UsageError, match="number"):
        known_codes(["numbr"])


GLOSSARY = (
    "source\ttarget\tforbidden\ncabildo\ttown council\tcity hall\nabogado\tlawyer|attorney\t\n"
)
TBX = """<?xml version="1.0"?><tbx type="TBX-Basic" xmlns="urn:iso:std:iso:30042:ed-2"><text><body>
<conceptEntry id="c1"><langSec xml:lang="es"><termSec><term>cabildo</term></termSec></langSec>
<langSec xml:lang="en-US"><termSec><term>town council</term></termSec>
<termSec><term>city hall</term><termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote>
</termSec></langSec></conceptEntry></body></text></tbx>"""


@pytest.mark.parametrize("content", [GLOSSARY, TBX])
def test_a_glossary_asks_for_terms_and_forbids_some(content: str) -> None:
    terms = parse_glossary(content.encode(), "g", ("es", "en"))
    assert terms[0] == Term(("cabildo",), ("town council",), ("city hall",))
    units = bead_texts(
        alignment(
            [
                ("El cabildo votó.", "The town council voted."),
                ("Los cabildos votaron.", "The city hall voted."),
                ("El cabildo cerró.", "The mayor closed."),
            ]
        )
    )
    hits = [(unit.number, hit.severity) for unit, hit, _ in check_terms(units, terms, ("es", "en"))]
    assert hits == [(1, "major"), (2, "minor")]


@pytest.mark.parametrize("name", ["vinay-darbelnet", "leuven-zwart"])
def test_the_shipped_taxonomies_are_whole(name: str) -> None:
    taxonomy = shipped(name)
    assert len(taxonomy.labels) >= 7
    assert all(label.help.endswith(".") for label in taxonomy.labels.values())


def test_labels_are_put_on_beads() -> None:
    before = alignment([("Llueve.", "It rains."), ("Nada.", "")])
    content = "source\ttarget\tlabel\tcomment\n0\t0\tliteral\tplain\n1\t-\tadaptation\t\n"
    after = label_beads(before, shipped("vinay-darbelnet"), content, "l.tsv")
    assert [bead.labels for bead in after.beads] == [("literal",), ("adaptation",)]
    assert after.beads[0].comment == "plain"
    assert label_beads(after, shipped("vinay-darbelnet"), content, "l.tsv") == after


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ("\n# a remark\n0\t0\tnonsense", "line 4: .*no label"),
        ("0\t1\tliteral", "no bead"),
        ("x\t0\tliteral", "numbers"),
    ],
)
def test_labels_that_fit_nothing_are_refused(line: str, part: str) -> None:
    with pytest.raises(Malformed, match=part):
        label_beads(
            alignment([("a", "b")]),
            shipped("vinay-darbelnet"),
            f"source\ttarget\tlabel\n{line}\n",
            "l.tsv",
        )


@pytest.mark.parametrize(
    ("content", "part"),
    [
        ("name = ", "damaged TOML"),
        ("name = 'x'", "no \\[\\[label\\]\\]"),
        ("label = 'a'", "labels are \\[\\[label\\]\\] tables"),
        ("[[label]]\nid='a b'", "no id"),
        ("[[label]]\nid='a'\n[[label]]\nid='a'", "twice"),
    ],
)
def test_a_broken_taxonomy_is_refused(content: str, part: str) -> None:
    with pytest.raises(Malformed, match=part):
        parse_taxonomy(content, "t.toml")
