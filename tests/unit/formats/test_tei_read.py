"""Other people's TEI: every word is in a paragraph or listed, and none is glued to the next."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.model import Document, ReadOptions, Source, UsageError
from aligner.workflows.reading import read

NAMESPACE = "http://www.tei-c.org/ns/1.0"
HEADER = (
    "<teiHeader><fileDesc><titleStmt><title>{}</title></titleStmt><publicationStmt><p/>"
    "</publicationStmt><sourceDesc><p/></sourceDesc></fileDesc></teiHeader>"
)


def tei(body: str, namespace: str = NAMESPACE, title: str = "T", attributes: str = "") -> str:
    declared = f' xmlns="{namespace}"' if namespace else ""
    return (
        f"<TEI{declared}{attributes}>{HEADER.format(title)}<text xml:lang='es'><body>{body}</body>"
        "</text></TEI>"
    )


def opened(body: str, **options: str) -> Document:
    return read(Source("a.xml", tei(body, **options).encode()))


def shown(document: Document) -> list[tuple[str, str]]:
    return [(p.kind, p.text) for p in document.paragraphs]


def left(document: Document) -> list[tuple[str, str]]:
    header = "header of a TEI file"
    return [(part.reason, part.text) for part in document.dropped if part.reason != header]


def test_segments_of_an_utterance_are_paragraphs() -> None:
    document = opened(
        "<u who='#ana'><seg xml:id='a'>Buenas noches.</seg><kinesic><desc>aplausos</desc></kinesic>"
        "<seg xml:id='b'>Gracias, <note>se sienta</note>señora.</seg>"
        "<note type='comment'>Pausa.</note><seg><s>Uno.</s><s>Dos.</s></seg></u>"
    )
    assert shown(document) == [
        ("turn", "Buenas noches."),
        ("turn", "Gracias, señora."),
        ("note", "Pausa."),
        ("turn", "Uno. Dos."),
        ("note", "se sienta"),
    ]
    assert [p.speaker for p in document.paragraphs if p.kind == "turn"] == ["ana"] * 3
    assert [p.key for p in document.paragraphs][:2] == ["a", "b"]
    assert left(document) == [("description of an event (kinesic)", "aplausos")]


def test_segments_of_a_paragraph_too_but_not_among_words() -> None:
    body = "<p><seg>Uno.</seg><seg>Dos.</seg></p><p>Un <seg>trozo</seg> de <seg>frase</seg>.</p>"
    assert shown(opened(body)) == [
        ("para", "Uno."),
        ("para", "Dos."),
        ("para", "Un trozo de frase."),
    ]


def test_segmented_reading_finds_the_same_segments() -> None:
    source = Source(
        "a.xml", tei("<u><seg>Uno. Y más.</seg><seg><s>Dos.</s><s>Tres.</s></seg></u>").encode()
    )
    document = read(source, ReadOptions(segmented=True))
    assert [s.text for s in document.segments] == ["Uno. Y más.", "Dos.", "Tres."]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<ab><s>Uno.</s><s>Dos.</s></ab>", "Uno. Dos."),
        ("<l>Fin <seg>Uno.</seg><seg>dos</seg></l>", "Fin Uno. dos"),
        (
            "<l><seg type='syll'>ca</seg><seg type='syll'>sa</seg> <seg>so</seg><seg>la</seg></l>",
            "casa sola",
        ),
        ("<ab><s>猫は寝た。</s><s>犬も。</s></ab>", "猫は寝た。犬も。"),
        (
            "<p>Calle<address><addrLine>Mayor 1</addrLine><addrLine>Madrid</addrLine></address></p>",
            "Calle Mayor 1 Madrid",
        ),
        (
            "<p>Va <persName><forename>Ana</forename><surname>Ruiz</surname></persName>.</p>",
            "Va Ana Ruiz.",
        ),
        ("<p>Dice<quote>que sí</quote><bibl>Faro, 2</bibl></p>", "Diceque sí Faro, 2"),
    ],
)
def test_nothing_is_glued(body: str, text: str) -> None:
    assert [p.text for p in opened(body).paragraphs] == [text]


def test_tokens_with_and_without_join() -> None:
    tokens = (
        "<p><s><w>Muy</w>\n<w join='right'>bien</w>\n<pc join='left'>,</pc>\n<name><w>Ana</w>\n"
        "<w join='right'>Ruiz</w></name>\n<pc>.</pc></s></p>"
    )
    assert [p.text for p in opened(tokens).paragraphs] == ["Muy bien, Ana Ruiz."]
    assert [p.text for p in opened("<p><w>A</w><w>dios</w></p>").paragraphs] == ["Adios"]


def test_tokens_that_nothing_parts() -> None:
    words = "".join(f"<w>palabra{n}</w>" for n in range(30))
    (paragraph,) = opened(f"<p><pc>¿</pc>{words}<pc>?</pc></p>").paragraphs
    assert paragraph.text == "¿" + " ".join(f"palabra{n}" for n in range(30)) + "?"


def test_words_beside_paragraphs() -> None:
    document = opened(
        "<opener>Querida <hi rend='italic'>Rosa</hi>:<dateline>Roma, mayo</dateline>Hola.</opener>"
        "<p>La gata está bien.</p>"
        "<closer>Te besa <choice><abbr>tu af.</abbr><expan>tu afectísima</expan></choice>"
        "<signed>Ana</signed></closer>"
    )
    assert [text for _, text in shown(document)] == [
        "Querida Rosa:",
        "Roma, mayo",
        "Hola.",
        "La gata está bien.",
        "Te besa tu afectísima",
        "Ana",
    ]
    assert left(document) == [("other reading (abbr)", "tu af.")]
    assert document.paragraphs[0].spans[0].kind == "italic"


def test_a_list_inside_a_paragraph_stays_where_it_is() -> None:
    document = opened(
        "<p>Antes: <hi rend='bold'>ojo <list><item>uno</item><item>dos</item></list> después</hi> fin.</p>"
        "<p>Dice: <quote><p>Sí.</p><p>No.</p></quote></p>"
    )
    assert shown(document) == [
        ("para", "Antes: ojo"),
        ("item", "uno"),
        ("item", "dos"),
        ("para", "después fin."),
        ("para", "Dice:"),
        ("quote", "Sí."),
        ("quote", "No."),
    ]
    assert [(s.kind, p.text[s.start : s.end]) for p in document.paragraphs for s in p.spans] == [
        ("bold", "ojo"),
        ("bold", "después"),
    ]


def test_bibliographies_quotations_and_their_sources() -> None:
    document = opened(
        "<cit><quote>Calla, mar.</quote><bibl>Canción</bibl></cit><listBibl><head>Libros</head>"
        "<bibl>A. Faro, <title>Cartas</title>, 1934.</bibl><biblStruct><monogr><author>Ana</author>"
        "<title>El faro</title></monogr></biblStruct></listBibl>"
    )
    assert shown(document) == [
        ("quote", "Calla, mar."),
        ("quote", "Canción"),
        ("caption", "Libros"),
        ("item", "A. Faro, Cartas, 1934."),
        ("item", "Ana El faro"),
    ]


def test_what_is_no_text_is_listed() -> None:
    document = opened(
        "<p>Sea <egXML xmlns='http://www.tei-c.org/ns/Examples'><p>un ejemplo</p></egXML> así.</p>"
        "<figure><head>Pie</head><figDesc>Una gata</figDesc></figure><fw>Página 3</fw>"
        "<del>quitado</del><app><lem>bueno</lem><rdg>malo</rdg></app><p>A<index><term>voz</term></index>.</p>"
    )
    assert shown(document) == [
        ("para", "Sea así."),
        ("caption", "Pie"),
        ("para", "bueno"),
        ("para", "A."),
    ]
    assert left(document) == [
        ("example of markup (egXML)", "un ejemplo"),
        ("description of an image", "Una gata"),
        ("running head or page number (fw)", "Página 3"),
        ("deleted in the source", "quitado"),
        ("other reading (rdg)", "malo"),
        ("entry of an index (index)", "voz"),
    ]


@pytest.mark.parametrize(
    ("namespace", "told"),
    [
        (NAMESPACE, ""),
        ("", "this file has none"),
        (f"{NAMESPACE}/", f"this file has '{NAMESPACE}/'"),
        ("http://www.tei-c.org/ns/2.0", "this file has 'http://www.tei-c.org/ns/2.0'"),
    ],
)
def test_another_namespace_is_told_and_the_text_read(namespace: str, told: str) -> None:
    document = opened("<p>El puerto.</p>", namespace=namespace)
    assert shown(document) == [("para", "El puerto.")]
    assert [f"the namespace of TEI is {NAMESPACE}, {told}" in n for n in document.notices] == (
        [True] if told else []
    )


def test_p4_had_no_namespace() -> None:
    text = (
        tei("<p>El puerto.</p>", namespace="")
        .replace("TEI>", "TEI.2>")
        .replace("<TEI.2>", "<TEI>")
        .replace("<TEI>", "<TEI.2>", 1)
    )
    assert read(Source("a.xml", text.encode())).notices == ()


def corpus(*texts: tuple[str, str, str], extra: str = "") -> Source:
    parts = "".join(
        tei(body, title=title, attributes=f" xml:id='{title}'").replace("'es'", f"'{lang}'")
        for lang, title, body in texts
    )
    data = f"<teiCorpus xmlns='{NAMESPACE}'>{HEADER.format('Todo')}{extra}{parts}</teiCorpus>"
    return Source("a.xml", data.encode())


LETTERS = [
    ("es", "uno", "<head>Carta 1</head><p>Hola.<note>Nota.</note></p>"),
    ("es", "dos", "<head>Carta 2</head><p>Adiós.</p>"),
    ("fr", "trois", "<p>Bonjour.</p>"),
]


def test_texts_in_one_language_are_parts() -> None:
    document = read(corpus(*LETTERS))
    assert shown(document) == [
        ("title", "Carta 1"),
        ("para", "Hola."),
        ("note", "Nota."),
        ("heading", "Carta 2"),
        ("para", "Adiós."),
    ]
    assert len(document.notices) == 2
    assert "2 texts in es are read as one" in document.notices[0]
    assert "texts in fr too" in document.notices[1]


@pytest.mark.parametrize(
    ("side", "first", "count"),
    [("2", "Carta 2", 2), ("dos", "Carta 2", 2), ("fr", "Bonjour.", 1), ("target", "Bonjour.", 1)],
)
def test_a_side_picks_one(side: str, first: str, count: int) -> None:
    document = read(corpus(*LETTERS), ReadOptions(side=side))
    assert (document.paragraphs[0].text, len(document.paragraphs)) == (first, count)
    assert document.notices == ()


def test_a_side_that_is_not_there() -> None:
    with pytest.raises(UsageError, match=r"no text '7'.*es, fr, uno, dos, trois, 1-3"):
        read(corpus(*LETTERS), ReadOptions(side="7"))


def test_texts_that_links_join_are_no_parts() -> None:
    links = "<standOff><linkGrp><link target='#a #b'/></linkGrp></standOff>"
    texts = [
        ("es", "uno", "<p><s xml:id='a'>Hola.</s></p>"),
        ("es", "dos", "<p><s xml:id='b'>Buenas.</s></p>"),
    ]
    document = read(corpus(*texts, extra=links))
    assert [p.text for p in document.paragraphs] == ["Hola."]
    assert "texts in es too" in document.notices[0]


BLOCKS = ["div", "p", "ab", "quote", "cit", "list", "item", "table", "row", "cell", "lg", "l", "sp"]
BLOCKS += ["opener", "closer", "u", "figure", "head", "note", "epigraph", "listBibl", "bibl", "q"]
PHRASES = ["hi", "seg", "s", "persName", "ref", "note", "del", "choice", "label", "stage", "desc"]
PHRASES += ["salute", "signed", "gap", "vocal", "figDesc", "egXML", "add", "app", "fw", "date"]


def trees(depth: int) -> st.SearchStrategy[tuple[object, ...]]:
    """(tag, whether words come first, children with whether words follow each)."""
    names = st.sampled_from(BLOCKS if depth > 2 else BLOCKS + PHRASES)
    children = (
        st.lists(st.tuples(trees(depth - 1), st.booleans()), max_size=3) if depth else st.just([])
    )
    return st.tuples(names, st.booleans(), children)


def xml_of(tree: tuple[object, ...], count: list[int]) -> str:
    tag, words, children = tree

    def word() -> str:
        count[0] += 1
        return f"w{count[0]}x"

    inside = (word() if words or not children else "") + "".join(
        xml_of(child, count) + (f" {word()}" if after else "")
        for child, after in children  # type: ignore[attr-defined]
    )
    return f"<{tag}>{inside}</{tag}>"


@settings(max_examples=150, deadline=None)
@given(st.lists(trees(4), min_size=1, max_size=3))
def test_no_word_vanishes_unnamed(made: list[tuple[object, ...]]) -> None:
    count = [0]
    body = "<p>w0x</p>" + "".join(xml_of(tree, count) for tree in made)
    document = opened(body)
    texts = [p.text for p in document.paragraphs] + [part.text for part in document.dropped]
    seen = Counter(word for text in texts for word in re.findall(r"w\d+x", text))
    assert seen == Counter(f"w{n}x" for n in range(count[0] + 1))
