"""TMX: the profile that clients accept, ids that stay, units over several languages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from aligner.files import StdoutSink
from aligner.formats import WriteOptions, write
from aligner.formats.tmx.flavours import FLAVOURS
from aligner.model import Alignment, ExportError, UsageError, as_set, rows_of
from aligner.text.output import bcp47, joined, one_line
from tests.unit.formats.samples import (
    bead,
    document,
    export,
    flat,
    interview,
    one_to_one,
    trilingual,
)

LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def tree(files: dict[str, bytes], name: str = "out.tmx") -> Any:
    return etree.fromstring(files[name])


def props(element: Any) -> dict[str, str]:
    return {prop.get("type"): prop.text for prop in element.findall("prop")}


def variants(tu: Any) -> dict[str, str]:
    return {tuv.get(LANG): tuv.findtext("seg") for tuv in tu.findall("tuv")}


@pytest.mark.parametrize("flavour", FLAVOURS)
@pytest.mark.parametrize("nulls", ["skip", "keep", "separate"])
@pytest.mark.parametrize(
    "alignment", [interview(), trilingual(), one_to_one(flat("", []), flat("", []))]
)
def test_valid_against_the_dtd(
    shared: Path, alignment: Any, nulls: str, flavour: str, tmp_path: Path
) -> None:
    dtd = etree.DTD(str(shared / "schemas" / "tmx14.dtd"))
    for name in export(alignment, "tmx", tmp_path, nulls=nulls, flavour=flavour, stamp=True):
        assert dtd.validate(etree.parse(tmp_path / name)), dtd.error_log


def test_header(tmp_path: Path) -> None:
    files = export(interview(), "tmx", tmp_path, parameters=(("device", "cpu"),))
    header = tree(files).find("header")
    assert dict(header.attrib) == {
        "creationtool": "aligner",
        "creationtoolversion": "0.1.0",
        "segtype": "sentence",
        "o-tmf": "aligner",
        "adminlang": "en",
        "srclang": "es",
        "datatype": "plaintext",
    }
    assert props(header) == {"x-signature": "enc:mini1|seg:srx4|beads:4x4", "x-device": "cpu"}
    assert b"<!DOCTYPE" not in files["out.tmx"]


def test_units_of_an_interview(tmp_path: Path) -> None:
    tus = tree(export(interview(), "tmx", tmp_path)).findall("body/tu")
    assert [variants(tu) for tu in tus][:3] == [
        {"es": "La casa vacía", "en-GB": "The Empty House"},
        {
            "es": "Una charla sobre el mar. Y sobre el viento.",
            "en-GB": "A talk about the sea and the wind.",
        },
        {"es": "Por Ana Gil", "en-GB": "By Ana Gil"},
    ]
    assert len(tus) == 6
    assert props(tus[0]) == {
        "x-Origin": "Alignment",
        "x-ConfirmationLevel": "ApprovedTranslation",
        "x-score": "0.999",
        "x-align-type": "1-1",
        "x-document": "doc-es",
    }
    assert props(tus[1])["x-ConfirmationLevel"] == "Draft"
    assert tus[2].findtext("note") == "a doubt: <x>"
    assert "x-score" not in props(tus[3])
    assert [p.text for p in tus[2].findall("prop[@type='x-label']")] == ["free", "style"]


def test_no_white_space_inside_units(tmp_path: Path) -> None:
    for tu in tree(export(interview(), "tmx", tmp_path)).iter("tu"):
        assert tu.text is None
        assert all(not (e.tail or "").strip("\n") for e in tu.iter())


def test_nulls(tmp_path: Path) -> None:
    alignment = interview()
    nulls = sum(1 for b in alignment.beads if b.is_null)
    skipped = export(alignment, "tmx", tmp_path)
    kept = tree(export(alignment, "tmx", tmp_path, nulls="keep")).findall("body/tu")
    separate = export(alignment, "tmx", tmp_path, nulls="separate")
    assert separate["out.tmx"] == skipped["out.tmx"]
    alone = tree(separate, "out.nulls.tmx").findall("body/tu")
    assert len(alone) == nulls
    assert all(len(tu.findall("tuv")) == 1 for tu in alone)
    assert len(kept) == nulls + 6
    assert {"en-GB": "A sentence added in translation."} in [variants(tu) for tu in alone]


def test_nulls_apart_need_files() -> None:
    with pytest.raises(ExportError, match="standard output"):
        write(interview(), "tmx", StdoutSink(), WriteOptions(nulls="separate"))


def test_ids_depend_on_texts_and_documents_only(tmp_path: Path) -> None:
    def ids(source: list[str], target: list[str], **more: Any) -> list[str]:
        alignment = one_to_one(flat("es", source, **more), flat("en", target))
        return [tu.get("tuid") for tu in tree(export(alignment, "tmx", tmp_path)).iter("tu")]

    before = ids(["a", "b", "a"], ["x", "y", "x"])
    after = ids(["new", "a", "b", "a"], ["new", "x", "y", "x"])
    assert after[1:] == before
    assert len(set(before)) == 3
    assert before[2] == f"{before[0]}-2"
    assert not set(before) & set(ids(["a", "b"], ["x", "y"], id="another"))
    assert len(ids([str(i) for i in range(300)], ["x"] * 300)) == 300


def test_three_languages(tmp_path: Path) -> None:
    tus = tree(export(trilingual(), "tmx", tmp_path, nulls="keep")).findall("body/tu")
    assert [variants(tu) for tu in tus] == [
        {"es": "Uno. Dos.", "en": "One. Two.", "fr": "Un, deux."},
        {"en": "Added."},
        {"es": "Tres.", "en": "Three.", "fr": "Trois."},
        {"es": "Cuatro."},
        {"es": "Cinco.", "en": "Five.", "fr": "Cinq."},
        {"fr": "Fin."},
    ]
    assert props(tus[0])["x-align-type"] == "2-2-1"
    assert props(tus[0])["x-score"] == "0.700"
    assert "x-score" not in props(tus[4])


def test_units_are_the_beads_of_a_pair() -> None:
    alignment = interview()
    found = [(u.sides, u.beads) for u in rows_of(as_set(alignment))]
    assert found == [((s, t), (b,)) for b, s, t in alignment.pairs()]


def test_a_null_in_one_target_links_in_the_other() -> None:
    es = flat("es", ["a", "b"])
    en, fr = flat("en", ["A B"]), flat("fr", ["B"])
    pair = trilingual().__class__(
        (
            Alignment(es, en, (bead(0, 1, 0, 0), bead(1, 1, 0, 1, 0.5))),
            Alignment(es, fr, (bead(0, 1, 0, 1, 0.7), bead(1, 1, 1, 0))),
        )
    )
    found = [(u.kind, u.is_null, u.confidence) for u in rows_of(pair)]
    assert found == [("1-0-1", False, 0.7), ("1-1-0", False, 0.5)]


def test_flavours(tmp_path: Path) -> None:
    def first(flavour: str) -> Any:
        return tree(export(interview(), "tmx", tmp_path, flavour=flavour)).find("body/tu")

    assert props(first("trados"))["x-score:SingleString"] == "0.999"
    memoq = first("memoq")
    assert props(memoq)["aligned"] == "yes"
    assert props(memoq.find("tuv")) == {"x-context-post": "Una charla sobre el mar."}
    assert props(first("phrase").find("tuv")) == {"context_next": "Una charla sobre el mar."}
    corpus = first("corpus")
    assert (props(corpus)["score"], props(corpus)["type"]) == ("0.999", "1:1")
    assert props(corpus.findall("tuv")[1]) == {"source-document": "en-GB.html"}
    with pytest.raises(UsageError, match="known: omegat, trados"):
        first("tradoss")


def test_options_are_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsageError, match="known: skip, keep, separate"):
        WriteOptions(nulls="drop")
    with pytest.raises(UsageError, match="corpus"):
        WriteOptions(layout="single")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    with pytest.raises(UsageError, match="SOURCE_DATE_EPOCH"):
        WriteOptions().moment()
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert WriteOptions().moment() is None
    assert WriteOptions(stamp=True).moment() is not None
    assert WriteOptions().version


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("es", "es"), ("ES", "es"), ("es_MX", "es-MX"), ("es-mx", "es-MX"), ("zh_hant_tw", "zh-Hant-TW"),
        ("sr-Latn", "sr-Latn"), ("es-419", "es-419"), ("en-x-ab", "en-x-ab"), ("", "und"),
        (" fr ", "fr"), ("¿?", "und"), ("abcdefghi", "und"), ("de-", "und"),
    ],
)  # fmt: skip
def test_language_tags(tag: str, expected: str) -> None:
    assert bcp47(tag) == expected


def test_one_line() -> None:
    assert one_line(" a \t b\x0bc\u2028 d\x01\ufffe ") == "a b c d"
    assert one_line("a  b") == "a  b"
    assert one_line("\x00\t\xa0") == ""


def test_segments_are_joined_as_they_stood() -> None:
    es = document("es", [("para", ["A.", "B."]), ("para", ["C."])])
    assert joined(es, es.segments) == "A. B. C."
    zh = document("zh-TW", [("para", ["一。"]), ("para", ["二。"])])
    assert joined(zh, zh.segments) == "一。二。"
