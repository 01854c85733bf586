"""Subtitles in TTML: times of every kind, spans, styles, languages, what goes and is told."""

from __future__ import annotations

import pytest

from aligner.model import Document, Malformed, ReadOptions, Source, UsageError
from aligner.workflows.reading import read

NS = (
    'xmlns="http://www.w3.org/ns/ttml" xmlns:ttp="http://www.w3.org/ns/ttml#parameter" '
    'xmlns:tts="http://www.w3.org/ns/ttml#styling" xmlns:ttm="http://www.w3.org/ns/ttml#metadata"'
)
NTSC = 'ttp:timeBase="smpte" ttp:frameRate="30" ttp:frameRateMultiplier="1000 1001"'


def ttml(
    body: str, head: str = "", root: str = "", *, name: str = "a.ttml", side: str = ""
) -> Document:
    text = f"<tt {NS} {root}><head>{head}</head><body>{body}</body></tt>"
    return read(Source(name, text.encode()), ReadOptions(side=side))


def shown(document: Document) -> list[tuple[str, tuple[int, int] | None]]:
    return [(p.text, p.times) for p in document.paragraphs]


def times(attributes: str, root: str = "") -> tuple[int, int] | None:
    (paragraph,) = ttml(f"<div><p {attributes}>Sí.</p></div>", root=root).paragraphs
    return paragraph.times


@pytest.mark.parametrize(
    ("attributes", "root", "expected"),
    [
        ('begin="00:00:01.5" end="00:00:02"', "", (1500, 2000)),
        ('begin="1.5s" dur="500ms"', "", (1500, 2000)),
        ('begin="0.5m" end="0.01h"', "", (30_000, 36_000)),
        ('begin="00:00:01:12" end="00:00:02:00"', 'ttp:frameRate="24"', (1500, 2000)),
        ('begin="24f" end="48f"', 'ttp:frameRate="24"', (1000, 2000)),
        # 24 labels a second that last a thousandth longer
        (
            'begin="24f" end="240f"',
            'ttp:frameRate="24" ttp:frameRateMultiplier="1000 1001"',
            (1001, 10_010),
        ),
        ('begin="15000000t" end="20000000t"', 'ttp:tickRate="10000000"', (1500, 2000)),
        ('begin="3t" end="4t"', "", (3000, 4000)),
        ('begin="48t" end="96t"', 'ttp:frameRate="24" ttp:subFrameRate="2"', (1000, 2000)),
        ('begin="00:00:01:15.1" end="2s"', 'ttp:frameRate="30" ttp:subFrameRate="2"', (1517, 2000)),
        # an hour of dropped labels is an hour of video
        (
            'begin="01:00:00:00" end="01:00:00:15"',
            f'{NTSC} ttp:dropMode="dropNTSC"',
            (3_599_996, 3_600_497),
        ),
        (
            'begin="01:00:00:00" end="01:00:01:00"',
            NTSC,
            (3_603_600, 3_604_601),
        ),
        ('begin="1s" dur="5s" end="2s"', "", (1000, 2000)),
    ],
)
def test_times(attributes: str, root: str, expected: tuple[int, int]) -> None:
    assert times(attributes, root) == expected


def test_times_are_seen_from_the_parent_and_end_with_it() -> None:
    document = ttml(
        '<div begin="10s" dur="5s"><p begin="1s" end="3s">a</p><p begin="4s">b</p></div>'
    )
    assert shown(document) == [("a", (11_000, 13_000)), ("b", (14_000, 15_000))]


def test_a_sequence_goes_on_where_the_one_before_ended() -> None:
    document = ttml(
        '<div timeContainer="seq"><p dur="2s">a</p><p begin="1s" dur="2s">b</p><p dur="1s">c</p></div>'
    )
    assert shown(document) == [("a", (0, 2000)), ("b", (3000, 5000)), ("c", (5000, 6000))]


def test_discontinuous_labels_stand_for_themselves() -> None:
    root = 'ttp:timeBase="smpte" ttp:markerMode="discontinuous" ttp:frameRate="25"'
    document = ttml(
        '<div begin="10:00:00:00"><p begin="10:00:01:00" end="10:00:02:00">a</p></div>', root=root
    )
    assert shown(document) == [("a", (36_001_000, 36_002_000))]


def test_what_cannot_be_read_of_times_costs_no_words() -> None:
    document = ttml(
        '<div><p begin="soon" end="2s">a</p><p begin="3s">b</p><p begin="5s" end="later">c</p></div>'
    )
    assert [p.text for p in document.paragraphs] == ["a", "b", "c"]
    assert [p.times for p in document.paragraphs] == [None, (3000, 5000), (5000, 5000)]
    assert {d.text for d in document.dropped} == {"soon", "later"}
    told = " ".join(document.notices)
    assert "«soon»" in told
    assert "2 cues have no end" in told


def test_spans_that_follow_each_other_are_cues_and_words_that_come_up_are_not() -> None:
    apart = '<p><span begin="1s" end="2s">Uno.</span><br/><span begin="2s" end="3s">Dos.</span></p>'
    coming = (
        '<p><span begin="1s" end="9s">Uno</span> <span begin="2s" end="9s">dos</span> '
        '<span begin="3s" end="9s">tres.</span></p>'
    )
    karaoke = (
        '<p begin="1s" end="3s"><span begin="0s" end="1s">Uno</span> '
        '<span begin="1s" end="2s">dos.</span></p>'
    )
    assert shown(ttml(f"<div>{apart}</div>")) == [("Uno.", (1000, 2000)), ("Dos.", (2000, 3000))]
    assert shown(ttml(f"<div>{coming}</div>")) == [("Uno dos tres.", (1000, 9000))]
    assert shown(ttml(f"<div>{karaoke}</div>")) == [("Uno dos.", (1000, 3000))]


def test_cues_are_in_the_order_of_their_times() -> None:
    document = ttml('<div><p begin="5s" end="6s">b</p><p begin="1s" end="2s">a</p></div>')
    assert [p.text for p in document.paragraphs] == ["a", "b"]


def test_lines_dialogue_speakers_and_keys() -> None:
    head = '<metadata><ttm:agent xml:id="v1" type="person"><ttm:name>Ana</ttm:name></ttm:agent></metadata>'
    document = ttml(
        '<div><p xml:id="c1" begin="1s" end="2s">- ¿Quién es?<br/>- Nadie.</p>'
        '<p begin="2s" end="3s" ttm:agent="v1">Voy.</p><p begin="3s" end="4s">[ruido]</p></div>',
        head,
    )
    assert [p.text for p in document.paragraphs] == ["- ¿Quién es?", "- Nadie.", "Voy.", "[ruido]"]
    assert [p.kind for p in document.paragraphs] == ["cue", "cue", "cue", "stage"]
    assert [p.key for p in document.paragraphs] == ["c1", "c1", "", ""]
    assert document.paragraphs[2].speaker == "Ana"
    assert document.dropped == ()


def test_words_that_a_line_break_holds_are_kept() -> None:
    """`br` is empty by the standard; files that close it behind the line are about."""
    document = ttml(
        '<div><p begin="1s" end="2s">Uno<br>dos <span tts:fontStyle="italic">tres</span></br>'
        " cuatro</p></div>"
    )
    (paragraph,) = document.paragraphs
    assert paragraph.text.split() == ["Uno", "dos", "tres", "cuatro"]
    assert [span.kind for span in paragraph.spans] == ["break", "italic"]
    assert document.dropped == ()


def test_line_ends_count_where_white_space_is_kept() -> None:
    words = "<div><p begin='1s' end='2s'>Una\n línea</p></div>"
    (plain,), (kept,) = ttml(words).paragraphs, ttml(words, root='xml:space="preserve"').paragraphs
    assert plain.text == kept.text == "Una línea"
    assert [s.kind for s in plain.spans] == []
    assert [s.kind for s in kept.spans] == ["break"]


def test_styles_by_attribute_name_region_and_around() -> None:
    head = (
        '<styling><style xml:id="s" tts:fontStyle="italic"/><style xml:id="t" style="s t" '
        'tts:fontWeight="bold"/></styling><layout><region xml:id="r"><style '
        'tts:textDecoration="underline"/></region></layout>'
    )
    document = ttml(
        '<div><p begin="1s" end="2s">a <span style="t">b</span> c</p>'
        '<p begin="2s" end="3s" region="r">d</p>'
        '<p begin="3s" end="4s" style="s">e <span tts:fontStyle="normal">f</span></p></div>',
        head,
    )
    spans = [[(s.kind, p.text[s.start : s.end]) for s in p.spans] for p in document.paragraphs]
    assert spans == [[("bold", "b"), ("italic", "b")], [("underline", "d")], [("italic", "e")]]


def test_what_is_not_text_goes_and_is_told() -> None:
    document = ttml(
        '<div>fuera<p begin="1s" end="2s"><metadata><ttm:desc>nota</ttm:desc></metadata>Sí'
        '<span tts:ruby="container"><span tts:ruby="base">漢</span><span tts:ruby="text">kan</span>'
        '</span><span tts:display="none">oculto</span></p></div>',
        "<metadata><ttm:title>Película</ttm:title><ttm:copyright>ACME</ttm:copyright>"
        '<x:station xmlns:x="urn:x">Canal</x:station></metadata>',
    )
    assert [p.text for p in document.paragraphs] == ["Sí漢"]
    assert document.title == "Película"
    assert document.metadata["licence"] == ("ACME",)
    assert {(d.reason, d.text) for d in document.dropped} == {
        ("outside cues", "fuera"),
        ("metadata (metadata)", "nota"),
        ("reading above the text (ruby)", "kan"),
        ("not shown", "oculto"),
        ("metadata (station)", "Canal"),
    }


TWO = (
    '<div xml:lang="es"><p begin="1s" end="2s">Hola.</p></div>'
    '<div xml:lang="en"><p begin="1s" end="2s">Hello.</p></div>'
)


def test_several_languages_are_sides() -> None:
    document = ttml(TWO)
    assert (document.lang, [p.text for p in document.paragraphs]) == ("es", ["Hola."])
    assert [(d.reason, d.text) for d in document.dropped] == [("the en side", "Hello.")]
    assert "--side" in document.notices[0]
    for side in ("en", "target"):
        assert [p.text for p in ttml(TWO, side=side).paragraphs] == ["Hello."]
    with pytest.raises(UsageError, match=r"no side 'fr'.*known: es, en"):
        ttml(TWO, side="fr")


def test_one_line_in_another_language_is_part_of_the_film() -> None:
    document = ttml(
        '<div><p begin="1s" end="2s">Hola.</p><p xml:lang="fr" begin="2s" end="3s">Salut.</p></div>',
        root='xml:lang="es"',
    )
    assert [p.text for p in document.paragraphs] == ["Hola.", "Salut."]


def test_other_names_namespaces_and_encodings() -> None:
    old = '<tt xmlns="http://www.w3.org/2006/10/ttaf1"><body><div><p begin="1s" end="2s">Sí.</p></div></body></tt>'
    assert shown(read(Source("a.dfxp", old.encode()))) == [("Sí.", (1000, 2000))]
    assert shown(read(Source("a.xml", old.encode()))) == [("Sí.", (1000, 2000))]
    assert shown(read(Source("a.ttml", old.encode("utf-16")))) == [("Sí.", (1000, 2000))]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("<div><p> </p></div>", "there is no cue"),
        ('<div smpte:backgroundImage="#i" xmlns:smpte="urn:s"/>', "its subtitles are images"),
    ],
)
def test_without_text(body: str, message: str) -> None:
    with pytest.raises(Malformed, match=message):
        ttml(body)


def test_styles_that_name_each_other_end() -> None:
    chain = "".join(f'<style xml:id="s{n}" style="s{n + 1} s{n + 1}"/>' for n in range(300))
    document = ttml(
        '<div><p begin="1s" end="2s" style="s0">Sí.</p></div>', f"<styling>{chain}</styling>"
    )
    assert shown(document) == [("Sí.", (1000, 2000))]
