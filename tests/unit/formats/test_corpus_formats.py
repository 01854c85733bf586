"""Formats of corpus tools and translation tools, each by its own rules."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from aligner.model import Alignment
from aligner.text.words import tokens
from tests.unit.formats.samples import bead, document, export, flat, interview, trilingual

X = "{urn:oasis:names:tc:xliff:document:1.2}"
X2 = "{urn:oasis:names:tc:xliff:document:2.0}"


def tree(data: bytes) -> Any:
    return etree.fromstring(data)


def test_xliff_states_are_those_of_the_review(tmp_path: Path) -> None:
    root = tree(export(interview(), "xliff", tmp_path)["out.xlf"])
    file = root.find(f"{X}file")
    assert (file.get("source-language"), file.get("target-language")) == ("es", "en-GB")
    units = list(root.iter(f"{X}trans-unit"))
    assert [unit.get("id") for unit in units[:3]] == ["es.s1", "es.s2", "es.s4"]
    states = [(u.get("approved"), u.find(f"{X}target").get("state")) for u in units[:3]]
    assert states == [
        ("yes", "signed-off"),
        (None, "needs-review-translation"),
        ("yes", "final"),
    ]
    assert units[2].find(f"{X}note").text == "a doubt: <x>"
    assert units[2].get("extradata") == "confidence=0.500; label=free; label=style"
    assert units[1].get("extradata") == "confidence=0.973; source-lengths=24 18"
    assert units[3].find(f"{X}target") is None
    # a target without a source has no place unless it is asked for
    kept = tree(export(interview(), "xliff", tmp_path, nulls="keep")["out.xlf"])
    assert len(list(kept.iter(f"{X}trans-unit"))) == len(units) + 1
    assert [u.get("id") for u in kept.iter(f"{X}trans-unit") if not u[0].text] == ["en-GB.s6"]


def test_xliff_2_units_are_runs_inside_one_pair_of_paragraphs(tmp_path: Path) -> None:
    source = document("es", [("para", ["a.", "b."]), ("para", ["c."])])
    target = document("en", [("para", ["x.", "y."]), ("para", ["z."])])
    beads = tuple(bead(n, 1, n, 1, None) for n in range(3))
    root = tree(export(Alignment(source, target, beads), "xliff2", tmp_path)["out.xliff2"])
    units = list(root.iter(f"{X2}unit"))
    assert [[s.find(f"{X2}source").text for s in u.iter(f"{X2}segment")] for u in units] == [
        ["a.", "b."],
        ["c."],
    ]
    said = export(interview(), "xliff2", tmp_path)["out.xliff2"]
    marks = [(s.get("state"), s.get("subState")) for s in tree(said).iter(f"{X2}segment")]
    assert marks[:4] == [
        ("final", "aligner:accepted"),
        ("translated", None),
        ("final", "aligner:edited"),
        ("initial", None),
    ]


def test_xces_links_and_texts(tmp_path: Path) -> None:
    files = export(interview(), "xces", tmp_path)
    assert sorted(files) == ["out.xces.en-GB.xml", "out.xces.es.xml", "out.xces.xml"]
    root = tree(files["out.xces.xml"])
    group = root.find("linkGrp")
    assert (group.get("fromDoc"), group.get("toDoc")) == ("out.xces.es.xml", "out.xces.en-GB.xml")
    links = [(link.get("xtargets"), link.get("certainty")) for link in group]
    assert links[:2] == [("1;1", "0.999"), ("2 3;2", "0.973")]
    assert (";6", "0.600") in links
    assert links[4] == ("6 7;4 5", None)
    sentences = [s.get("id") for s in tree(files["out.xces.es.xml"]).iter("s")]
    assert sentences == [str(n) for n in range(1, len(sentences) + 1)]


def test_xces_of_a_set_has_a_group_a_target(tmp_path: Path) -> None:
    files = export(trilingual(), "xces", tmp_path)
    groups = tree(files["out.xces.xml"]).findall("linkGrp")
    assert [group.get("toDoc") for group in groups] == ["out.xces.en.xml", "out.xces.fr.xml"]
    ids = [link.get("id") for group in groups for link in group]
    assert len(set(ids)) == len(ids)


def test_intertext_puts_the_target_first(tmp_path: Path) -> None:
    files = export(interview(), "intertext", tmp_path)
    links = tree(files["out.intertext.xml"])
    assert (links.get("toDoc"), links.get("fromDoc")) == (
        "out.intertext.en-GB.xml",
        "out.intertext.es.xml",
    )
    said = [(k.get("type"), k.get("xtargets"), k.get("status")) for k in links]
    assert said[:2] == [("1-1", "1:1;1:1", "man"), ("1-2", "2:1;2:1 2:2", "auto")]
    names = {s.get("id") for s in tree(files["out.intertext.es.xml"]).iter("s")}
    used = {name for _, sides, _ in said for name in sides.split(";")[1].split()}
    assert used == names


def test_vertical_and_its_map(tmp_path: Path) -> None:
    es = document("es", [("turn", ["¿Sí? No-lo sé.", "3 < 4"], {"speaker": "P:"})])
    en = flat("en", ["Yes? I don't know.", "Added."])
    alignment = Alignment(es, en, (bead(0, 2, 0, 1), bead(2, 0, 1, 1)))
    files = export(alignment, "vertical", tmp_path)
    assert files["out.es-en.map"].decode() == "0,1\t0\n-1\t1\n"
    assert files["out.es.vert"].decode() == (
        '<doc id="es" lang="es">\n<p type="turn" speaker="P:">\n<s id="es.s1">\n'
        "¿\n<g/>\nSí\n<g/>\n?\nNo-lo\nsé\n<g/>\n.\n</s>\n"
        '<s id="es.s2">\n3\n&lt;\n4\n</s>\n</p>\n</doc>\n'
    )
    assert "don't\n" in files["out.en.vert"].decode()


def test_conllu_says_its_counterparts(tmp_path: Path) -> None:
    files = export(trilingual(), "conllu", tmp_path)
    first = files["out.es.conllu"].decode().split("\n\n")[0].split("\n")
    assert first[3:7] == [
        "# sent_id = es.s1",
        "# align = en.s1 fr.s1",
        "# confidence = 0.850",
        "# text = Uno.",
    ]
    assert first[7:] == [
        "1\tUno\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No",
        "2\t.\t_\t_\t_\t_\t_\t_\t_\t_",
    ]
    assert "# align =\n" in files["out.en.conllu"].decode()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("l'eau, U.S. 3.14 well-known", ["l'eau", ",", "U.S", ".", "3.14", "well-known"]),
        ("你好。", ["你", "好", "。"]),
        ("שלום עולם!", ["שלום", "עולם", "!"]),
        ("e\u0301te\u0301 \U0001d11e", ["e\u0301te\u0301", "\U0001d11e"]),
        ("", []),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    assert [text[t.start : t.end] for t in tokens(text)] == words


def test_moses(tmp_path: Path) -> None:
    files = export(trilingual(), "moses", tmp_path)
    assert files["out.es"].decode().split("\n") == ["Uno. Dos.", "Tres.", "Cinco.", ""]
    assert files["out.fr"].decode().split("\n") == ["Un, deux.", "Trois.", "Cinq.", ""]
    kept = export(trilingual(), "moses", tmp_path, nulls="keep")
    assert len({data.count(b"\n") for data in kept.values()}) == 1
    cut = export(trilingual(), "moses", tmp_path, tokenize=True)
    assert cut["out.es"].decode().split("\n")[0] == "Uno . Dos ."


def test_ladder(tmp_path: Path) -> None:
    lines = export(interview(), "ladder", tmp_path)["out.ladder"].decode().splitlines()
    assert lines[:3] == ["0\t0\t0.999", "1\t1\t0.973", "3\t2\t0.500"]
    n, m = len(interview().source.segments), len(interview().target.segments)
    assert lines[-1] == f"{n}\t{m}\t"


def test_lines_of_json(tmp_path: Path) -> None:
    data = export(interview(), "jsonl", tmp_path)["out.jsonl"]
    rows = [json.loads(line) for line in data.decode().splitlines()]
    metadata = rows[1].pop("metadata")  # of the source, on each line as in a corpus
    assert metadata == rows[0]["metadata"]
    assert metadata["author"] == "Ana Gil"
    assert rows[1] == {
        "id": 2,
        "document": "doc-es",
        "before": "La casa vacía",
        "after": "Por Ana Gil",
        "type": "2-1",
        "translation": {
            "es": "Una charla sobre el mar. Y sobre el viento.",
            "en-GB": "A talk about the sea and the wind.",
        },
        "confidence": 0.973,
        "status": "auto",
        "kind": "standfirst",
        "ids": {"es": ["es.s2", "es.s3"], "en-GB": ["en-GB.s2"]},
        "segments": {"es": ["Una charla sobre el mar.", "Y sobre el viento."]},
    }
    assert rows[3]["translation"]["en-GB"] is None
    assert rows[2]["labels"] == ["free", "style"]
