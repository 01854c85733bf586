"""TEI: text kept to the letter, ids once, links with a pointer a side, marks on nulls."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from aligner.files import StdoutSink
from aligner.formats import WriteOptions, losses, write
from aligner.formats.tei.inline import Runs, pointer
from aligner.formats.tei.markup import element
from aligner.formats.tei.persons import speaker_name
from aligner.formats.tei.sources import _when
from aligner.model import Alignment, Document, ExportError, Paragraph, Segment, Span
from aligner.text.output import joined
from aligner.workflows.alignment_files import open_alignment
from tests.unit.formats.samples import (
    bead,
    document,
    export,
    flat,
    interview,
    one_to_one,
    trilingual,
)
from tests.unit.formats.tei_samples import edition, transcript

T = "{http://www.tei-c.org/ns/1.0}"
X = "{http://www.w3.org/XML/1998/namespace}"
INCLUDE = "{http://www.w3.org/2001/XInclude}include"
POINTERS = ("target", "corresp", "who", "ana", "start", "end", "since", "origin", "sameAs", "ref")
LAYOUTS = ["corpus", "separate", "parallel"]
SAMPLES: dict[str, Any] = {
    "interview": interview,
    "edition": edition,
    "transcript": transcript,
    "three": trilingual,
    "same language": lambda: one_to_one(
        flat("es", ["a", "b"], id="same"), flat("es", ["a", "b"], id="same")
    ),
    "nothing": lambda: one_to_one(flat("es", []), flat("en", [])),
}


def trees(alignment: Any, folder: Path, **options: Any) -> dict[str, Any]:
    files = export(alignment, "tei", folder, **options)
    return {name: etree.fromstring(data) for name, data in files.items()}


def corpus(alignment: Any, folder: Path) -> Any:
    return trees(alignment, folder)["out.tei.xml"]


def by_id(tree: Any) -> dict[str, Any]:
    return {e.get(f"{X}id"): e for e in tree.iter() if e.get(f"{X}id")}


@pytest.mark.parametrize("words", [False, True])
@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("sample", SAMPLES)
def test_pointers_lead_somewhere_and_ids_come_once(
    sample: str, layout: str, words: bool, tmp_path: Path
) -> None:
    made = trees(SAMPLES[sample](), tmp_path, layout=layout, words=words)
    ids = {name: [i for e in tree.iter() if (i := e.get(f"{X}id"))] for name, tree in made.items()}
    everything = [i for several in ids.values() for i in several]
    assert len(everything) == len(set(everything))
    for name, tree in made.items():
        for e in tree.iter(etree.Element):
            for attribute in POINTERS:
                for pointed in e.get(attribute, "").split():
                    file, mark, anchor = pointed.partition("#")
                    if mark and not file.startswith("http"):
                        assert anchor in ids[file or name], (name, pointed)


@pytest.mark.parametrize("words", [False, True])
@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("sample", SAMPLES)
def test_text_of_a_paragraph_is_kept(sample: str, layout: str, words: bool, tmp_path: Path) -> None:
    alignment = SAMPLES[sample]()
    found: dict[str, Any] = {}
    for tree in trees(alignment, tmp_path, layout=layout, words=words).values():
        found |= by_id(tree)
    for text in (e for e in found.values() if e.tag == f"{T}text" and e.get(f"{X}id")):
        prefix = text.get(f"{X}id").removesuffix(".text")
        number = [e for e in found if e.endswith(".text")].index(f"{prefix}.text")
        document = _documents(alignment)[number]
        assert text.get(f"{X}lang") == document.lang
        for paragraph in document.paragraphs:
            e = found[f"{prefix}.p{paragraph.index + 1}"]
            assert "".join(e.itertext()) == paragraph.text
        for segment in document.segments:
            e = found[f"{prefix}.s{segment.index + 1}"]
            assert e.tag == f"{T}s"
            assert "".join(e.itertext()) == segment.text


def _documents(alignment: Any) -> tuple[Document, ...]:
    if isinstance(alignment, Alignment):
        return (alignment.source, alignment.target)
    documents: tuple[Document, ...] = alignment.documents
    return documents


@pytest.mark.parametrize("layout", LAYOUTS)
def test_what_schematron_forbids(layout: str, tmp_path: Path) -> None:
    for tree in trees(interview(), tmp_path, layout=layout).values():
        for tag in ("s", "p"):
            assert not tree.xpath(f"//t:{tag}[ancestor::t:{tag}]", namespaces={"t": T[1:-1]})


def test_links(tmp_path: Path) -> None:
    tree = corpus(interview(), tmp_path)
    groups = tree.findall(f"{T}standOff/{T}linkGrp")
    assert [g.get("type") for g in groups] == ["alignment", "crossing"]
    assert all(g.get("targFunc") == "source target" for g in groups)
    links = [dict(link.attrib) for link in groups[0]]
    assert all(len(link["target"].split()) == 2 for link in links)
    assert links[0]["target"] == "#es.s1 #en-GB.s1"
    assert (links[0]["type"], links[0]["cert"], links[0]["subtype"]) == ("1-1", "0.999", "accepted")
    assert links[1]["type"] == "2-1"
    join = by_id(tree)[links[1]["target"].split()[0][1:]]
    assert (join.tag, join.get("target")) == (f"{T}join", "#es.s2 #es.s3")
    assert "cert" not in links[3]
    assert groups[1][0].get("target") == "#es.s5 #en-GB.s6"


def test_nulls_are_marked_where_they_are(tmp_path: Path) -> None:
    tree = corpus(interview(), tmp_path)
    marked = {
        e.get(f"{X}id"): (e.get("ana"), e.get("cert")) for e in tree.iter(f"{T}s") if e.get("ana")
    }
    assert marked["en-GB.s6"] == ("#added", "0.600")
    assert marked["es.s5"] == ("#omitted", "0.800")
    assert len(marked) == sum(1 for b in interview().beads if b.is_null)


def test_nulls_of_three_texts_say_against_which(tmp_path: Path) -> None:
    tree = corpus(trilingual(), tmp_path)
    ids = by_id(tree)
    assert ids["es.s4"].get("ana") == "#omitted.en #omitted.fr"
    assert ids["es.s4"].get("cert") == "0.500"
    assert ids["fr.s4"].get("ana") == "#added.fr"
    assert len(tree.findall(f"{T}standOff/{T}linkGrp")) == 2
    assert len(tree.findall(f"{T}TEI")) == 3


def test_header(tmp_path: Path) -> None:
    tree = corpus(interview(), tmp_path)
    head = tree.find(f"{T}TEI/{T}teiHeader")
    assert head.findtext(f".//{T}titleStmt/{T}title") == "La casa vacía"
    assert head.findtext(f".//{T}titleStmt/{T}author") == "Ana Gil"
    assert head.find(f".//{T}sourceDesc//{T}date").get("when") == "2021-03-04"
    assert list(head.iter(f"{T}person")) == []
    persons = [(p.get("role"), p.findtext(f"{T}persName")) for p in tree.iter(f"{T}person")]
    assert persons == [("interviewer", "P"), ("interviewee", "R")]
    other = tree.findall(f"{T}TEI")[1]
    assert other.find(f".//{T}titleStmt/{T}editor").get("role") == "translator"
    assert other.find(f".//{T}relatedItem").get("target") == "#es.source"
    application = tree.find(f"{T}teiHeader//{T}application")
    assert dict(application.attrib) == {"ident": "aligner", "version": "0.1.0"}
    labels = [e.text for e in application.iter(f"{T}label")]
    assert labels == ["aligner 0.1.0", "encoder", "segmentation", "beads"]
    languages = tree.findall(f"{T}teiHeader//{T}language")
    assert [(e.get("ident"), e.text) for e in languages] == [
        ("es", "Spanish"),
        ("en-GB", "English (United Kingdom)"),
    ]


def test_header_of_a_translated_interview(tmp_path: Path) -> None:
    tree = corpus(edition(), tmp_path)
    es, en = (e.find(f"{T}teiHeader") for e in tree.findall(f"{T}TEI"))
    people = [
        (r.findtext(f"{T}resp"), r.find(f"{T}resp").get("ref")[-3:], r.findtext(f"{T}name"))
        for r in es.findall(f"{T}fileDesc/{T}titleStmt/{T}respStmt")
    ]
    assert people == [("interviewer", "ivr", "Ana Gil"), ("interviewee", "ive", "Eva Soler")]
    outlets = es.findall(f".//{T}biblStruct")
    assert [
        (
            b.get(f"{X}id"),
            b.findtext(f"{T}monogr/{T}title"),
            b.find(f".//{T}date").get("when"),
            b.findtext(f"{T}analytic/{T}idno"),
        )
        for b in outlets
    ] == [
        ("es.source", "El Diario", "2021-03-04", "https://example.org/es"),
        ("es.source2", "La Revista", None, "https://example.org/revista"),
    ]
    related = [r for b in (*outlets, *en.iter(f"{T}biblStruct")) for r in b.iter(f"{T}relatedItem")]
    assert [(r.get("type"), r.get("target")) for r in related] == [
        ("otherOutlet", "#es.source"),
        ("translatedFrom", "#es.source"),
    ]
    assert [e.find(f".//{T}biblStruct").get("type") for e in (es, en)] == [
        "original",
        "translation",
    ]
    licences = es.findall(f".//{T}licence")
    assert [e.get("target")[-7:] for e in licences] == ["by/4.0/"]
    assert [a.tag.removeprefix(T) for a in licences[0].iterancestors()][:4] == [
        "availability",
        "analytic",
        "biblStruct",
        "sourceDesc",
    ]
    assert not list(en.iter(f"{T}licence"))
    # P., R. and A: are those of whom the metadata know the names
    persons = tree.findall(f"{T}teiHeader//{T}person")
    assert [(p.get("role"), [n.text for n in p]) for p in persons] == [
        ("interviewer", ["Ana Gil"]),
        ("interviewee", ["Eva Soler"]),
    ]
    method = tree.find(f"{T}teiHeader/{T}encodingDesc")
    assert [e.tag.removeprefix(T) for e in method.find(f"{T}editorialDecl")] == [
        "segmentation",
        "normalization",
        "interpretation",
    ]
    listed = method.find(f".//{T}application//{T}list")
    assert [e.text for e in listed] == [
        "aligner",
        "0.1.0",
        "encoder",
        "embedded:1",
        "weights digest",
        "0a1b2c",
    ]
    categories = [c.get(f"{X}id") for c in method.iter(f"{T}category")]
    assert categories == ["bead.1-1", "omitted", "added"]
    assert {link.get("ana") for link in tree.iter(f"{T}link")} == {"#bead.1-1"}


def test_stamp_says_what_was_reviewed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    change = corpus(edition(), tmp_path).find(f"{T}teiHeader/{T}revisionDesc/{T}change")
    assert change.get("when") == "1970-01-02T00:00:00Z"
    assert "of 7 beads a person has accepted 1 and edited 1" in change.text


def inner(element: Any) -> str:
    """The element without namespaces and ids, its tail cut off."""
    text = etree.tostring(element, encoding="unicode", with_tail=False)
    return re.sub(r' xmlns(:xml)?="[^"]*"| (xml:id|corresp|cert|ana)="[^"]*"', "", text)


def test_directions_omissions_and_notes(tmp_path: Path) -> None:
    ids = by_id(corpus(edition(), tmp_path))
    assert inner(ids["es.s4"].getparent()) == "<stage><s>[Ríe]</s></stage>"
    assert '«<gap reason="editorial"><desc>[...]</desc></gap> nada' in inner(ids["es.s5"])
    assert inner(ids["es.s6"]) == '<s><gap reason="editorial"><desc>(…)</desc></gap></s>'
    mark = ids["es.p3"].find(f".//{T}ref[@type='note']")
    assert (mark.get("n"), mark.get("target")) == ("nota1", "#es.p5")
    note = ids["es.p5"]
    assert (note.get("place"), note.get("n")) == ("bottom", "nota1")
    assert ids["en.p4"].get("place") == "inline"
    assert inner(note[0]) == "<s>El viento del norte.</s>"


def test_transcription_of_speech(tmp_path: Path) -> None:
    tree = corpus(transcript(), tmp_path)
    ids = by_id(tree)
    first = ids["es.p2"]
    assert (first.tag, first.get("who")) == (f"{T}u", "#person1")
    assert (first.get("start"), first.get("end")) == ("#es.t0", "#es.t1500")
    assert (ids["es.t1500"].get("interval"), ids["es.t1500"].get("since")) == ("1500", "#es.t0")
    assert [w.get(f"{X}id") for w in ids["es.timeline"]] == [
        f"es.t{time}" for time in (0, 1500, 2000, 3250, 4000)
    ]
    assert inner(ids["es.s3"]) == "<s><incident><desc>[Portazo]</desc></incident></s>"
    assert inner(ids["es.s5"]) == "<s><incident><desc>(suspira)</desc></incident></s>"
    assert ids["es.p5"].tag == f"{T}u"
    assert ids["es.p6"].tag == f"{T}note"
    assert "".join(ids["en.p2"].itertext()) == "[Door slams] Nobody."


def test_words(tmp_path: Path) -> None:
    ids = by_id(trees(edition(), tmp_path, words=True)["out.tei.xml"])
    found = [(e.tag.removeprefix(T), e.get("join"), "".join(e.itertext())) for e in ids["es.s2"]]
    assert found == [
        ("pc", None, "¿"),
        ("w", "left", "Vive"),
        ("w", None, "sola"),
        ("pc", "left", "?"),
    ]
    # bold ends inside the linked word, an image stands in the middle of one
    assert inner(ids["es.s3"]) == (
        '<s><hi rend="bold"><w>Con</w> <ref target="https://example.org/viento"><w>el</w></ref></hi>'
        '<ref target="https://example.org/viento"> <w>vie</w></ref><w join="left">nto</w>'
        '<ref type="note" n="nota1" target="#es.p5"/><pc join="left">.</pc></s>'
    )
    assert inner(ids["es.s5.w2"]) == '<w><hi rend="italic">d<lb break="no"/>i</hi>c</w>'
    for e in ids.values():
        if e.tag in (f"{T}w", f"{T}pc"):
            assert "".join(e.itertext()).strip() == "".join(e.itertext()) != ""
            assert not list(e.iter(f"{T}ref", f"{T}graphic", f"{T}gap"))


def test_structure(tmp_path: Path) -> None:
    ids = by_id(corpus(interview(), tmp_path))
    path = {i: [a.tag.removeprefix(T) for a in e.iterancestors()][:4] for i, e in ids.items()}
    assert ids["es.p1"].tag == f"{T}head"
    assert path["es.p10"][:3] == ["div", "div", "div"]
    assert path["es.p16"][:3] == ["div", "div", "body"]
    assert path["es.p11"][0] == "list"
    assert ids["es.p11"].getparent() is ids["es.p12"].getparent()
    assert path["es.p13"][0] == "quote"
    assert path["es.p4"][0] == "figure"
    turn = ids["es.p7"]
    assert (turn.tag, turn.get("who")) == (f"{T}sp", "#person1")
    assert [e.tag.removeprefix(T) for e in turn] == ["speaker", "p"]
    assert turn.findtext(f"{T}speaker") == "P:"
    assert ids["es.p9"].tag == f"{T}stage"
    assert ids["es.p21"].tag == f"{T}note"
    assert path["es.p17"][:2] == ["body", "floatingText"]
    assert ids["en-GB.p5"].getparent().get("who") == "#person1"


def test_label_that_is_not_at_the_start_stays_text(tmp_path: Path) -> None:
    es = document("es", [("turn", ["Dijo Ana: sí."], {"label": (5, 9), "speaker": "Ana:"})])
    tree = corpus(Alignment(es, flat("en", []), (bead(0, 1, 0, 0),)), tmp_path)
    assert not list(tree.iter(f"{T}speaker"))
    assert by_id(tree)["es.p1"].getparent().get("who") == "#person1"


def test_separate_files(tmp_path: Path) -> None:
    made = trees(interview(), tmp_path, layout="separate")
    assert set(made) == {"out.tei.xml", "out.es.xml", "out.en-GB.xml", "out.align.xml"}
    included = [e.get("href") for e in made["out.tei.xml"].iter(INCLUDE)]
    assert included == ["out.es.xml", "out.en-GB.xml", "out.align.xml"]
    first = made["out.align.xml"].find(f".//{T}link")
    assert first.get("target") == "out.es.xml#es.s1 out.en-GB.xml#en-GB.s1"
    with pytest.raises(ExportError, match="several files"):
        write(interview(), "tei", StdoutSink(), WriteOptions(layout="separate"))


def test_parallel_points_both_ways(tmp_path: Path) -> None:
    ids = by_id(trees(interview(), tmp_path, layout="parallel")["out.tei.xml"])
    assert ids["es.s2"].get("corresp") == "#en-GB.s2"
    assert ids["en-GB.s2"].get("corresp") == "#es.s2 #es.s3"


@pytest.mark.parametrize(
    ("label", "name"),
    [("P:", "P"), ("— Ana Gil.", "Ana Gil"), (" :", ":"), ("", "unnamed"), ("J.-P.", "J.-P")],
)
def test_names_of_speakers(label: str, name: str) -> None:
    assert speaker_name(label) == name


def _filled(text: str, spans: list[Span], *cuts: int) -> str:
    runs, parent = Runs(text, spans), element("p")
    edges = [0, *cuts, len(text)]
    for start, end in pairwise(edges):
        runs.fill(parent, start, end)
    return re.sub("^<p>|</p>$", "", etree.tostring(parent, encoding="unicode"))


@pytest.mark.parametrize(
    ("spans", "cuts", "expected"),
    [
        ([Span(0, 3, "bold")], [], '<hi rend="bold">abc</hi>def'),
        ([Span(0, 3, "bold"), Span(2, 5, "italic")], [],
         '<hi rend="bold">ab<hi rend="italic">c</hi></hi><hi rend="italic">de</hi>f'),
        ([Span(1, 5, "sup")], [3],
         'a<hi rend="superscript">bc</hi><hi rend="superscript">de</hi>f'),
        ([Span(0, 6, "bold"), Span(1, 2, "bold")], [], '<hi rend="bold">abcdef</hi>'),
        ([Span(3, 3, "break"), Span(6, 6, "break")], [3], 'abc<lb break="no"/>def<lb/>'),
        ([Span(2, 4, "image", "a.png"), Span(0, 0, "image", "")], [], 'ab<graphic url="a.png"/>cdef'),
        ([Span(0, 2, "link", "x?a=1&b")], [], '<ref target="x?a=1&amp;b">ab</ref>cdef'),
        ([Span(0, 2, "link", "http://[")], [], '<ref target="http://%5B">ab</ref>cdef'),
        ([Span(5, 99, "bold"), Span(-3, 1, "italic")], [],
         '<hi rend="italic">a</hi>bcde<hi rend="bold">f</hi>'),
        ([Span(2, 3, "note", "n1"), Span(3, 3, "note", "n2")], [],
         'ab<hi rend="note" n="n1">c</hi><anchor type="note" n="n2"/>def'),
        ([Span(0, 2, "link", "a#b#c")], [], '<hi rend="link" n="a#b#c">ab</hi>cdef'),
        ([Span(2, 2, "bold")], [], "abcdef"),
    ],
)  # fmt: skip
def test_inline(spans: list[Span], cuts: list[int], expected: str) -> None:
    assert _filled("abcdef", spans, *cuts) == expected


def test_spans_on_white_space_between_segments_are_left_out() -> None:
    assert (
        _filled("a b", [Span(0, 3, "bold")], 1, 2)
        == '<hi rend="bold">a</hi> <hi rend="bold">b</hi>'
    )


def test_thousands_of_nested_spans() -> None:
    spans = [Span(i, 4000 - i, kind) for i in range(2000) for kind in ("bold", "link")]
    assert _filled("x" * 4000, spans).count('rend="link"') == 1


@pytest.mark.parametrize(
    ("text", "when"),
    [("2021-03-04", "2021-03-04"), ("2021-03", "2021-03"), ("1999", "1999"), ("ayer", ""),
     ("2021-02-30", ""), ("2021-13-45", ""), ("20210304", ""), ("2021-03-04T10:00", "2021-03-04"),
     ("0000", "")],
)  # fmt: skip
def test_dates(text: str, when: str) -> None:
    assert _when(text) == when


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        ("/a b/ñ", "/a%20b/%C3%B1"),
        ("100%", "100%25"),
        ("mailto:a@b.org", "mailto:a@b.org"),
        ("a#b#c", ""),
        ("1:b", ""),
        (":", ""),
        ("", ""),
        ("http://h:port/", ""),
        ("http:", ""),
    ],
)
def test_pointers(address: str, expected: str) -> None:
    assert pointer(address) == expected


def test_text_outside_segments_is_kept(tmp_path: Path) -> None:
    text = "(1) Una. * Dos. [fin]"
    segments = (Segment(0, 0, 4, 8, "Una."), Segment(1, 0, 11, 15, "Dos."))
    es = Document("x", "es", "", "", "", (Paragraph(0, "para", text, segments),))
    alignment = Alignment(es, flat("en", ["One, two."]), (bead(0, 2, 0, 1),))
    assert "".join(by_id(corpus(alignment, tmp_path))["es.p1"].itertext()) == text
    assert joined(es, es.segments) == "Una. Dos."


def _speeches() -> Alignment:
    """A dash, a printed label, an answer of two paragraphs, somebody known by the role alone."""
    es = document(
        "es",
        [
            (
                "turn",
                ["¿Y el mar?"],
                {"printed": "— ", "label": (0, 2), "speaker": "interviewer",
                 "spans": (Span(0, 12, "bold"),)},
            ),
            ("turn", ["Lejos."], {"printed": "Eva: ", "label": (0, 4), "speaker": "Eva Soler"}),
            ("para", ["Muy lejos."], {"speaker": "Eva Soler"}),
        ],
        origin="/home/carpeta/texts/es.txt",
    )  # fmt: skip
    en = document(
        "en",
        [
            ("turn", ["And the sea?"], {"speaker": "interviewer"}),
            ("turn", ["Far."], {"speaker": "Eva Soler"}),
            ("para", ["Very far."], {"speaker": "Eva Soler"}),
        ],
        origin="C:\\texts\\en.txt",
        metadata={"surgeon": ("Eva Soler",)},
    )
    return one_to_one(es, en)


def test_speeches(tmp_path: Path) -> None:
    tree = corpus(_speeches(), tmp_path)
    es, en = ([inner(e) for e in text.iter(f"{T}sp")] for text in tree.iter(f"{T}text"))
    assert es == [
        (
            '<sp who="#person1"><p><hi rend="bold"><pc unit="turn" pre="true">—</pc> </hi>'
            '<s><hi rend="bold">¿Y el mar?</hi></s></p></sp>'
        ),
        '<sp who="#person2"><speaker>Eva:</speaker> <p><s>Lejos.</s></p></sp>',
        '<sp who="#person2" prev="#es.p2"><p><s>Muy lejos.</s></p></sp>',
    ]
    assert en[2] == '<sp who="#person2" prev="#en.sp2"><p><s>Very far.</s></p></sp>'
    assert [inner(e) for e in tree.iter(f"{T}person")] == [
        '<person role="interviewer"><p>The texts do not say the name.</p></person>'.replace(
            "><p", ">\n     <p"
        ).replace("</p><", "</p>\n    <"),
        '<person role="surgeon">\n     <persName xml:lang="es">Eva Soler</persName>\n    </person>',
    ]


@pytest.mark.parametrize("layout", ["corpus", "parallel"])
def test_speeches_are_read_as_they_were(layout: str, tmp_path: Path) -> None:
    export(_speeches(), "tei", tmp_path, layout=layout)
    read = open_alignment(str(tmp_path / "out.tei.xml"))
    assert isinstance(read, Alignment)
    for one, other in ((_speeches().source, read.source), (_speeches().target, read.target)):
        for p, q in zip(one.paragraphs, other.paragraphs, strict=True):
            label = (0, 5) if p.label == (0, 4) else p.label  # with its space
            assert (q.kind, q.speaker, q.label, q.text) == (p.kind, p.speaker, label, p.text)


def test_no_path_of_a_machine(tmp_path: Path) -> None:
    tree = corpus(_speeches(), tmp_path)
    files = [e.text for e in tree.iter(f"{T}idno") if e.get("type") == "file"]
    assert files == ["es.txt", "en.txt"]
    text = etree.tostring(tree, encoding="unicode")
    assert "carpeta" not in text
    assert "C:" not in text


def test_who_publishes_the_edition(tmp_path: Path) -> None:
    neutral = corpus(edition(), tmp_path).find(f".//{T}publicationStmt")
    assert [e.tag for e in neutral] == [f"{T}p"]
    given = {
        "edition-title": ("Cabo Norte en dos lenguas",),
        "edition-editor": ("Pía Lund",),
        "edition-publisher": ("Prensa del Cabo",),
        "edition-place": ("Cabo Norte",),
        "edition-date": ("2024-05",),
        "edition-url": ("https://example.org/cabo",),
        "edition-licence": ("https://creativecommons.org/licenses/by/4.0/",),
    }
    made = edition()
    source = replace(made.source, metadata={**made.source.metadata, **given, "licence": ("Alle",)})
    made = replace(made, source=source)
    header = corpus(made, tmp_path).find(f"{T}teiHeader")
    statement = header.find(f"{T}fileDesc/{T}publicationStmt")
    assert [e.tag.removeprefix(T) for e in statement] == [
        "publisher",
        "pubPlace",
        "date",
        "idno",
        "availability",
    ]
    assert statement.find(f"{T}date").get("when") == "2024-05"
    assert header.findtext(f".//{T}title") == "Cabo Norte en dos lenguas"
    assert [e.text for e in header.iter(f"{T}editor") if e.get("role") == "edition"] == ["Pía Lund"]
    read = open_alignment(str(tmp_path / "out.tei.xml"))
    assert isinstance(read, Alignment)
    kept = {k: v for k, v in given.items() if k not in ("edition-title", "edition-editor")}
    assert {k: read.source.metadata[k] for k in kept} == kept
    assert read.source.metadata["licence"] == ("Alle",)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("sample", SAMPLES)
def test_nothing_is_empty_that_could_hold_something(
    sample: str, layout: str, tmp_path: Path
) -> None:
    for tree in trees(SAMPLES[sample](), tmp_path, layout=layout).values():
        for e in tree.iter(f"{T}ref"):
            assert e.get("target")
        for header in tree.iter(f"{T}teiHeader"):
            for e in header.iter(etree.Element):
                alone = not len(e) and not (e.text or "").strip()
                assert not alone or e.tag == f"{T}relatedItem"


def test_labels_of_beads_show_in_a_parallel_text(tmp_path: Path) -> None:
    made = edition()
    labelled = replace(made.beads[1], labels=("modulation", "tono: más alto"))
    beads = (made.beads[0], labelled, *made.beads[2:])
    ids = by_id(trees(replace(made, beads=beads), tmp_path, layout="parallel")["out.tei.xml"])
    for name in ("es.s2", "en.s2"):
        pointed = ids[name].get("ana").split()
        assert [ids[p[1:]].find(f"{T}catDesc").text for p in pointed] == [
            "modulation",
            "tono: más alto",
        ]
    assert ids["es.s3"].get("ana") is None


def test_links_inside_a_text_lead_to_its_paragraphs_or_nowhere(tmp_path: Path) -> None:
    """A place that the text does not hold gives no pointer, and `losses` says so."""
    texts = ["See the cheese and the bread.", "The cheese", "It is hard."]
    source = flat("en", texts)
    links = (Span(8, 14, "link", "#ch%C3%A8vre"), Span(23, 28, "link", "#gone"))
    first, second, *rest = source.paragraphs
    source = replace(
        source,
        paragraphs=(replace(first, spans=links), replace(second, key="chèvre"), *rest),
    )
    alignment = one_to_one(source, flat("fr", texts))
    for files in (trees(alignment, tmp_path, layout=layout) for layout in LAYOUTS):
        (text,) = (
            e for t in files.values() for e in t.iter(f"{T}text") if e.get(f"{X}lang") == "en"
        )
        (link,) = text.iter(f"{T}ref")
        (paragraph,) = (
            e for e in text.iter() if "#" + (e.get(f"{X}id") or "") == link.get("target")
        )
        assert "".join(paragraph.itertext()) == "The cheese"
        (lost,) = text.iter(f"{T}hi")
        assert (lost.get("n"), lost.text) == ("#gone", "bread")
    sentences = losses(alignment, "tei")
    assert [s for s in sentences if "links lead" in s]
    fine = replace(source, paragraphs=(replace(first, spans=links[:1]), *source.paragraphs[1:]))
    fewer = losses(one_to_one(fine, alignment.target), "tei")
    assert not [s for s in fewer if "links lead" in s]


def test_the_mark_of_a_long_note_leads_to_its_first_paragraph(tmp_path: Path) -> None:
    source = flat("en", ["A word.", "It is old.", "And worn."])
    first, *notes = source.paragraphs
    paragraphs = (
        replace(first, spans=(Span(6, 6, "note", "n"),)),
        *(replace(p, kind="note", spans=(Span(0, len(p.text), "note", "n"),)) for p in notes),
    )
    source = replace(source, paragraphs=paragraphs)
    tree = corpus(one_to_one(source, flat("es", ["a", "b", "c"])), tmp_path)
    (mark,) = (r for r in tree.iter(f"{T}ref") if r.get("type") == "note")
    assert by_id(tree)[mark.get("target")[1:]].find(f"{T}s").text == "It is old."
