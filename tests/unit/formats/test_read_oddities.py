"""Files of units and editions read as texts: what people and other programs put into them."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

import aligner
from aligner.model import Declined, Document, Malformed, ReadOptions, Source, UsageError
from aligner.workflows.reading import read

HEADER = (
    '<header creationtool="c" creationtoolversion="1" segtype="sentence" o-tmf="c" adminlang="en" '
    'srclang="en" datatype="plaintext"/>'
)
TMX = (
    f'<tmx version="1.4">{HEADER}<body>'
    '<tu><tuv xml:lang="en"><seg>One.</seg></tuv><tuv xml:lang="es"><seg>Uno.</seg></tuv></tu>'
    '<tu><tuv xml:lang="en"><seg>Two.</seg></tuv></tu></body></tmx>'
)
TEI = (
    '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>T</title>'
    "</titleStmt><publicationStmt><p>x</p></publicationStmt><sourceDesc><p>y</p></sourceDesc>"
    '</fileDesc><profileDesc><particDesc><listPerson><person xml:id="a"><persName>Ana</persName>'
    '</person><person xml:id="b"/></listPerson></particDesc></profileDesc></teiHeader>'
    '<text xml:lang="es">{}</text></TEI>'
)


def opened(name: str, text: str, side: str = "", *, segmented: bool = False) -> Document:
    return read(Source(name, text.encode()), ReadOptions(side=side, segmented=segmented))


def texts(document: Document) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


def kinds(body: str) -> list[tuple[str, str]]:
    document = opened("a.tei.xml", TEI.format(body))
    return [(paragraph.kind, paragraph.text) for paragraph in document.paragraphs]


def gone(body: str) -> list[tuple[str, str]]:
    document = opened("a.tei.xml", TEI.format(body))
    return [(one.reason, one.text) for one in document.dropped][:-1]  # the header is the last


@pytest.mark.parametrize(
    ("side", "found"),
    [
        *(("", "Uno."), ("source", "Uno."), ("target", "One.")),
        *(("es", "Uno."), ("ES-sv", "Uno."), ("EN", "One.")),
    ],
)
def test_a_side_of_an_alignment(side: str, found: str, tmp_path: Path) -> None:
    made = aligner.align_texts(["Uno."], ["One."], source_lang="es-SV", target_lang="en")
    aligner.export(made, "json", tmp_path / "x.alignment.json")
    text = (tmp_path / "x.alignment.json").read_text("utf-8")
    assert texts(opened("x.alignment.json", text, side)) == [found]
    with pytest.raises(UsageError, match=r"there is no side 'fr' in it \(known: es-SV, en\)"):
        opened("x.alignment.json", text, "fr")


def test_a_side_of_a_memory() -> None:
    assert texts(opened("a.tmx", TMX, "en-GB")) == ["One.", "Two."]
    spanish = opened("a.tmx", TMX, "es", segmented=True)
    assert [segment.text for segment in spanish.segments] == ["Uno."]
    assert [(one.reason, one.text) for one in spanish.dropped] == [
        ("the en side", "One."),
        ("the en side", "Two."),
    ]
    with pytest.raises(UsageError, match=r"there is no side 'de' in it \(known: en, es\)"):
        opened("a.tmx", TMX, "de")


def test_a_variant_twice_is_a_text_of_its_own() -> None:
    again = TMX.replace(
        '<tuv xml:lang="es">', '<tuv xml:lang="en"><seg>Or.</seg></tuv><tuv xml:lang="es">'
    )
    document = opened("a.tmx", again)
    assert texts(document) == ["One.", "Two."]
    assert [(one.reason, one.text) for one in document.dropped] == [
        ("the target side", "Or."),
        ("the target2 side", "Uno."),
    ]


def test_tags_of_one_language_share_what_they_begin_with() -> None:
    two = TMX.replace('"en"><seg>One', '"en-US"><seg>One').replace(
        '"en"><seg>Two', '"en-GB"><seg>Two'
    )
    document = opened("a.tmx", two)
    assert (document.lang, texts(document)) == ("en", ["One.", "Two."])


def test_front_matter_notes_and_line_breaks_of_an_edition() -> None:
    front = "<front><titlePage><docTitle><titlePart>The title</titlePart><titlePart>And more</titlePart></docTitle></titlePage></front>"
    body = (
        '<body><p rend="standfirst">Stand</p><p rend="byline">By</p><p>One<lb/>two<lb break="no"/>'
        'three<note n="1">Note words.</note> <anchor type="note" n="2"/>end.</p></body>'
    )
    assert kinds(front + body) == [
        ("title", "The title"),
        ("standfirst", "And more"),
        ("standfirst", "Stand"),
        ("byline", "By"),
        ("para", "One twothree end."),
        ("note", "Note words."),
    ]


def test_lists_and_tables_whose_cells_hold_paragraphs() -> None:
    assert kinds(
        "<body><list><item><p>in item</p></item><item>plain</item></list>"
        "<table><row><cell><p>in cell</p></cell><cell>c2</cell></row></table></body>"
    ) == [("item", "in item"), ("item", "plain"), ("cell", "in cell"), ("cell", "c2")]


def test_who_speaks_and_what_happens() -> None:
    body = (
        '<body><sp who="#a"><speaker>ANA</speaker><p>Hola.</p></sp><sp><speaker>LONE</speaker></sp>'
        '<sp who="#b"><l>verse</l></sp><u who="#a">Buenas</u><u>Nadie</u>'
        "<incident><desc>Ruido</desc></incident><incident/><kinesic>Se va</kinesic></body>"
    )
    document = opened("a.tei.xml", TEI.format(body))
    assert [(one.text, one.speaker) for one in document.paragraphs] == [
        ("ANA Hola.", "Ana"),
        ("LONE", "LONE"),
        ("verse", "b"),
        ("Buenas", "Ana"),
        ("Nadie", None),
    ]
    assert gone(body) == [
        ("description of an event (incident)", "Ruido"),
        ("description of an event (kinesic)", "Se va"),
    ]


def test_what_editors_add_and_strike_out() -> None:
    body = (
        "<body><fw>running head</fw>loose words<p>a <choice><sic>g</sic><corr>G</corr></choice> <del>h</del>"
        '<add>i</add> <gap/> <ref target="http://e">f</ref></p><figure><head>Cap</head>'
        "<figDesc>shown</figDesc></figure></body>"
    )
    assert kinds(body) == [("para", "loose words"), ("para", "a G i f"), ("caption", "Cap")]
    assert gone(body) == [
        ("running head or page number (fw)", "running head"),
        ("other reading (sic)", "g"),
        ("deleted in the source", "h"),
        ("description of an image", "shown"),
    ]


def text_file(lang: str, *lines: str) -> str:
    sentences = "".join(f'<s id="{n}">{line}</s>' for n, line in enumerate(lines, 1))
    return (
        f"<text><head>{sentences}</head></text>"
        if lang == "en"
        else f"<text><p>{sentences}</p></text>"
    )


def corpus(folder: Path, links: str) -> Path:
    """A corpus as OPUS publishes it: two pairs of texts, packed, and the links of both."""
    for name, lines in (("a", ("Uno.", "")), ("b", ("Dos.", "Tres."))):
        for lang, said in (("es", lines), ("en", tuple(f"{line}en" for line in lines))):
            (folder / lang).mkdir(exist_ok=True)
            data = text_file(lang, *said).encode()
            (folder / lang / f"{name}.xml.gz").write_bytes(gzip.compress(data))
    groups = "".join(
        f'<linkGrp fromDoc="es/{name}.xml.gz" toDoc="en/{name}.xml.gz">{links}</linkGrp>'
        for name in ("a", "b")
    )
    path = folder / "es-en.xml"
    path.write_text(f'<cesAlign version="1.0">{groups}<linkGrp/></cesAlign>', "utf-8")
    return path


def test_a_corpus_of_several_texts_is_read_as_one(tmp_path: Path) -> None:
    path = corpus(tmp_path, '<link xtargets="1;1" certainty="0.5"/><link xtargets="2;2"/>')
    made = aligner.open_alignment(path, from_format="xces")
    assert isinstance(made, aligner.Alignment)
    assert [s.text for s in made.source.segments] == ["Uno.", "Dos.", "Tres."]
    assert [s.text for s in made.target.segments] == ["Uno.en", "en", "Dos.en", "Tres.en"]
    assert [(*map(list, (b.source, b.target)), b.confidence) for b in made.beads] == [
        ([0], [0], 0.5),
        ([], [1], None),
        ([1], [2], 0.5),
        ([2], [3], None),
    ]
    assert {p.kind for p in made.target.paragraphs} == {"heading"}
    assert (made.source.lang, made.target.lang) == ("es", "en")


@pytest.mark.parametrize(
    ("links", "said"),
    [
        ('<link xtargets="1 1"/>', r"xtargets '1 1' is not two sides with a ; between"),
        ('<link xtargets="1;9"/>', r"no sentence has the id '9'"),
    ],
)
def test_links_that_name_nothing(tmp_path: Path, links: str, said: str) -> None:
    with pytest.raises(Malformed, match=said) as caught:
        aligner.open_alignment(corpus(tmp_path, links), from_format="xces")
    assert caught.value.line == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<text><s>x</s></text>", "a sentence has no id"),
        ('<text><s id="1">x</s><s id="1">y</s></text>', "the id '1' comes twice"),
    ],
)
def test_sentences_without_an_id_of_their_own(tmp_path: Path, text: str, said: str) -> None:
    path = corpus(tmp_path, '<link xtargets="1;1"/>')
    (tmp_path / "es" / "a.xml.gz").write_bytes(gzip.compress(text.encode()))
    with pytest.raises(Malformed, match=said):
        aligner.open_alignment(path, from_format="xces")


def test_another_root_is_no_xces(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text("<text/>", "utf-8")
    with pytest.raises(Declined, match="the root element is not <cesAlign>"):
        aligner.open_alignment(tmp_path / "a.xml", from_format="xces")


def test_a_header_that_says_much_and_one_that_is_not_there() -> None:
    header = (
        '<teiHeader><fileDesc><titleStmt><title>T</title><author>A</author><editor role="translator">'
        "Tr</editor><respStmt><resp>Translated by</resp><name>N1</name></respStmt><respStmt>"
        "<resp>proofread</resp><name>N2</name></respStmt></titleStmt><publicationStmt><p>x</p>"
        "</publicationStmt><sourceDesc><bibl><date>1999</date><publisher>P</publisher>"
        '<idno type="URL">http://x</idno></bibl></sourceDesc></fileDesc><profileDesc><langUsage>'
        '<language ident="fr">fr</language></langUsage></profileDesc></teiHeader>'
    )
    ns = 'xmlns="http://www.tei-c.org/ns/1.0"'
    body = "<body><p>Un.</p></body></text></TEI>"
    document = opened("a.tei.xml", f"<TEI {ns}>{header}stray<text>loose{body}")
    assert (document.lang, document.title) == ("fr", "T")
    assert dict(document.metadata) == {
        "author": ("A",),
        "translator": ("Tr", "N1"),
        "date": ("1999",),
        "outlet": ("P",),
        "url": ("http://x",),
    }
    assert texts(document) == ["loose", "Un."]
    assert (document.dropped[0].reason, document.dropped[0].text) == (
        "words in an element that holds none (TEI)",
        "stray",
    )
    bare = opened("a.tei.xml", f'<TEI {ns}><text xml:lang="fr">{body}')
    assert (bare.lang, bare.title, dict(bare.metadata)) == ("fr", "", {})


PO = """msgid ""
msgstr "Language: es\\nX-Source-Language: en\\n"

msgid "One"
msgstr[0] "Uno"
msgstr[1] "Unos"

#, fuzzy
msgid "Two"
msgstr "Dos"
"""


@pytest.mark.parametrize(
    ("side", "found"), [("source", ["One", "Two"]), ("target", ["Uno", "Dos"])]
)
def test_forms_of_an_entry_that_has_no_plural(side: str, found: list[str]) -> None:
    document = opened("a.po", PO, side)
    assert texts(document) == found
    reasons = {one.reason: one.text for one in document.dropped}
    assert reasons["translation msgstr[1] of an entry without a plural"] == "Unos"
    assert reasons["comment"] == "#, fuzzy"
