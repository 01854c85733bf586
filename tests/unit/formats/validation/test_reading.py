"""Bytes, encodings, namespaces, content models and types: what stands under the rules."""

from __future__ import annotations

from pathlib import Path

import pytest

from aligner.formats.validation import Fault, validate
from aligner.formats.validation.content import Model
from aligner.formats.validation.grammar import attributes
from aligner.formats.validation.texts import CODE, is_indented
from aligner.formats.validation.types import check_of
from tests.unit.formats.validation.defects import TEI, TMX, XLIFF


def faults(
    folder: Path, data: bytes | str, name: str = "a.tmx", wanted: str = "tmx"
) -> list[Fault]:
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return list(validate(path, wanted))


def places(found: list[Fault]) -> list[tuple[str, int, int]]:
    return [(fault.code, fault.line, fault.column) for fault in found]


def test_a_byte_of_another_encoding(tmp_path: Path) -> None:
    """Byte, line and column, each of them; what follows is checked all the same."""
    text = TMX.replace("El viento no calla.", "El niño calló.").replace("quiet.", "quiet. ")
    found = faults(tmp_path, text.encode("latin-1"))
    assert places(found) == [("X006", 6, 30), ("X006", 6, 37), ("T307", 7, 0)]
    assert "0xF1 at column 30 is not UTF-8" in found[0].reason
    assert "'ñ'" in found[0].reason
    assert found[0].unit == "u1"
    assert "&amp;" not in found[0].advice
    named = text.replace('"UTF-8"', '"ISO-8859-1"').encode("latin-1")
    assert places(faults(tmp_path, named)) == [("T307", 7, 0)]


def test_a_byte_beyond_the_first_block(tmp_path: Path) -> None:
    line = "ü" * 70_000
    text = TMX.replace("El viento", f"{line}\r\nx\xff")
    found = faults(tmp_path, text.encode("utf-8").replace(b"x\xc3\xbf", b"x\xff"))
    assert places(found) == [("X006", 7, 2)]
    cut = TMX.encode()[:-60] + "ñ".encode()[:1]
    assert [fault.code for fault in faults(tmp_path, cut)] == ["X006", "X001"]


@pytest.mark.parametrize("encoding", ["shift_jis", "gb18030", "koi8-r", "windows-1252", "utf-16"])
def test_encodings_that_the_declaration_names(encoding: str, tmp_path: Path) -> None:
    letters = {"koi8-r": "ветер", "windows-1252": "€ñ"}.get(encoding, "風")
    text = TMX.replace("UTF-8", encoding).replace("El viento", letters)
    assert faults(tmp_path, text.encode(encoding)) == []


@pytest.mark.parametrize(
    ("data", "codes"),
    [
        (TMX.replace("UTF-8", "utf-16").encode(), ["X004"]),
        (TMX.encode("utf-16"), ["X004"]),
        (TMX.replace("UTF-8", "utf-16").encode("utf-16"), []),
        (TMX.replace("UTF-8", "UTF-16LE").encode("utf-16-le"), []),
        (TMX.replace("UTF-8", "nothing").encode(), ["X001", "X001"]),
        (TMX.replace('<tu tuid="u2"', '<tu a:b="c" tuid="u2"').encode(), ["X005"]),
        (("\n" + TMX).encode(), ["X001"]),
        ((TMX + "<a/>").encode(), ["X001"]),
    ],
)
def test_what_the_first_line_says(data: bytes, codes: list[str], tmp_path: Path) -> None:
    assert [fault.code for fault in faults(tmp_path, data)] == codes


def test_columns_of_characters_that_xml_forbids(tmp_path: Path) -> None:
    text = TMX.replace("El viento", "ñ\x01&#x1F; &#xD800;")
    assert places(faults(tmp_path, text)) == [("X002", 6, 26), ("X002", 6, 27), ("X002", 6, 34)]


NAMESPACE = "http://www.tei-c.org/ns/1.0"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (NAMESPACE, f"{NAMESPACE}/", "with a slash at its end"),
        (NAMESPACE, NAMESPACE.replace("http:", "https:"), "'https://www.tei-c.org/ns/1.0'"),
        (f' xmlns="{NAMESPACE}"', "", "the elements are in no namespace"),
        ('<TEI xml:id="en">', f'<TEI xml:id="en" xmlns="{NAMESPACE}/">', "<TEI> and what it holds"),
        ('<text xml:id="en.text"', '<text xmlns="" xml:id="en.text"', "<text> and what it holds"),
    ],
)
def test_namespace_of_tei(old: str, new: str, words: str, tmp_path: Path) -> None:
    found = faults(tmp_path, TEI.replace(old, new), "a.xml", "tei")
    told = [fault for fault in found if fault.code == "E002"]
    assert len(told) == 1
    assert words in told[0].reason
    assert f"it should be {NAMESPACE!r}" in told[0].reason
    if new.startswith(NAMESPACE[:4]) or not new:
        assert found == told  # the rest is checked as if it were right


def test_the_format_is_not_that_of_a_prefix(tmp_path: Path) -> None:
    its = 'xmlns:its="http://www.w3.org/2005/11/its" its:version="2.0" version="1.2"'
    assert faults(tmp_path, XLIFF.replace('version="1.2"', its), "a.xlf", "") == []


@pytest.mark.parametrize(
    ("expression", "children", "accepted"),
    [
        ("((note | prop)*, tuv+)", "tuv", True),
        ("((note | prop)*, tuv+)", "note prop note tuv tuv", True),
        ("((note | prop)*, tuv+)", "note", False),
        ("((note | prop)*, tuv+)", "tuv note", False),
        ("(a?, (b | c)+, d)", "b c b d", True),
        ("(a?, (b | c)+, d)", "a d", False),
        ("((##other*, file)+)", "o:x file o:y o:z file", True),
        ("((##other*, file)+)", "file o:x", False),
        ("EMPTY", "", True),
        ("EMPTY", "a", False),
        ("ANY", "a b a", True),
    ],
)
def test_content_models(expression: str, children: str, accepted: bool) -> None:
    model = Model(expression)
    state = 0
    for name in children.split():
        state = model.step(state, name, other=":" in name)
        if state < 0:
            break
    assert (state >= 0 and model.complete(state)) is accepted


def test_what_a_model_tells() -> None:
    model = Model("(source, seg?, target?, note*)")
    assert model.expected(0) == ["source"]
    assert model.later(0, "target") > 0
    assert model.later(model.later(0, "target"), "source") == -1
    assert [model.repeats(name) for name in ("source", "note")] == [False, True]
    assert Model("(#PCDATA | ph)*").text
    assert not model.text


@pytest.mark.parametrize(
    ("kind", "right", "wrong"),
    [
        ("NMTOKEN", ["1", "a.b-c:d_é", " a "], ["", "a b", "#1", "a/b"]),
        ("positiveInteger", ["1", "010", "+3"], ["0", "-1", "1.5", ""]),
        ("priority", ["1", "10"], ["0", "11"]),
        ("percent", ["0", "100.0", "99.5", ".5"], ["100.1", "-1", "a"]),
        ("fraction", ["0", "1.0", "0.25", "1e-3"], ["1.5", "-0.1", "x"]),
        (
            "dateTime",
            ["2021-03-04T05:06:07Z", "2021-03-04T05:06:07.5+02:00"],
            ["2021-03-04", "now"],
        ),
        ("prefixed", ["own:x"], ["own", ":x", "a:b:c", "a: b"]),
        ("language", ["es", "pt-BR", "zh-Hans"], ["es_MX", "Spanish", ""]),
        ("lang", ["es", ""], ["es_MX", "Spanish"]),
        ("+a|x-...", ["a x-c", "", "a"], ["a b", "x-"]),
        ("a|b", ["a"], ["c", "x-c", ""]),
        ("a|x-...", ["a", "x-c"], ["c", "x-", "x-c d"]),
    ],
)
def test_types(kind: str, right: list[str], wrong: list[str]) -> None:
    check = check_of(kind)
    assert check is not None
    assert [value for value in right if check(value)] == []
    assert [value for value in wrong if not check(value)] == []


def test_lists_of_attributes() -> None:
    table = attributes("id!(NMTOKEN) state(a|b)=a@205 xml:lang note")
    assert [(name, row.required, row.default, row.number) for name, row in table.items()] == [
        ("id", True, "", 14),
        ("state", False, "a", 205),
        ("xml:lang", False, "", 14),
        ("note", False, "", 14),
    ]
    with pytest.raises(ValueError, match="describes no attribute"):
        attributes("id!!")
    with pytest.raises(ValueError, match="no type"):
        attributes("id(NMTOKENS2)")


@pytest.mark.parametrize(
    ("text", "indented"),
    [
        ("\n  a", True),
        ("a\n  ", True),
        ("  \n\ta\n", True),
        ("a\nb", False),
        ("a\n  b", False),
        ("a\n", False),
        ("\na", False),
        ("  a  ", False),
        (f"\n  {CODE}", True),
    ],
)
def test_indentation(text: str, indented: bool) -> None:
    assert is_indented(text) is indented
