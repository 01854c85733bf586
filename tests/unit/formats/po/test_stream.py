"""Gettext catalogues to units and back: contexts, plural forms, flags, comments, obsolete entries."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path

import pytest

from aligner.files import FileSink
from aligner.formats import FORMATS, WriteOptions
from aligner.formats.po.forms import PLURAL, SINGULAR, Forms
from aligner.formats.po.stream import language
from aligner.model import Code, Declined, Header, Malformed, ReadOptions, Unit, UnitStream, Variant

HEAD = (
    'msgid ""\nmsgstr ""\n"Language: {}\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    '"Plural-Forms: {};\\n"\n\n'
)
ONE, TWO = "nplurals=1; plural=0", "nplurals=2; plural=(n != 1)"
SLAVIC = "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 ? 1 : 2)"
ARABIC = "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5"
PLURALS = 'msgid "%d boat"\nmsgid_plural "%d boats"\n'
CATALOGUE = (
    "# Traducción de Ana.\n#, fuzzy\n" + HEAD.format("es_MX", TWO) + "# Visto por Eva.\n"
    '#  y por Ana\n#. A verb.\n#: a.c:1 b.c:2\n#: c.c:3\n#, fuzzy, c-format\n#| msgid "Op %s"\n'
    'msgctxt "menu"\nmsgid "Open %s\\n"\nmsgstr "Abrir %s\\n"\n\n'
    'msgid ""\n"One line\\n"\n"and  one more."\nmsgstr "Una línea\\n y otra."\n\n'
    '#, c-format\n' + PLURALS + 'msgstr[0] "%d barco"\nmsgstr[1] "%d barcos"\n\n'
    '#, fuzzy\n#~ msgid "Old"\n#~ msgstr "Viejo"\n#: d.c:4\nmsgid "Live"\nmsgstr "Vivo"\n\n'
    '#~ msgctxt "x"\n#~ msgid "Gone"\n#~ msgstr ""\n#~ "Ido"\n'
)  # fmt: skip


def read(text: str | bytes, name: str = "a.po") -> UnitStream:
    load = FORMATS["po"].stream
    assert load is not None
    data = text.encode() if isinstance(text, str) else text
    return load()(io.BytesIO(data), name, ReadOptions())


def written(folder: Path, units: list[Unit], header: Header | None = None) -> str:
    load = FORMATS["po"].write_units
    assert load is not None
    sink = FileSink(folder / "out.po")
    assert load()(UnitStream(units, header or Header()), sink, WriteOptions()) == len(units)
    sink.commit()
    return (folder / "out.po").read_text("utf-8")


def test_a_catalogue_comes_back_as_it_was(tmp_path: Path) -> None:
    stream = read(CATALOGUE)
    units = list(stream)
    text = written(tmp_path, units, stream.header)
    again = read(text)
    assert list(again) == units
    assert again.header == stream.header
    program = shutil.which("msgcat")
    if program:
        (tmp_path / "in.po").write_text(CATALOGUE, encoding="utf-8")
        same = [
            subprocess.run(
                [program, "--no-wrap", tmp_path / name], capture_output=True, check=True
            ).stdout
            for name in ("in.po", "out.po")
        ]
        assert same[0] == same[1]


def test_what_units_of_a_catalogue_say() -> None:
    stream = read(CATALOGUE)
    opened, lines, one, many, live = stream
    assert (stream.header.source_lang, opened.target_lang) == ("", "es-MX")
    assert (opened.context, opened.labels, opened.source) == ("menu", ("fuzzy",), "Open %s")
    assert opened.comment == "Visto por Eva. y por Ana"
    assert opened.notes == ("A verb.",)
    assert dict(opened.variants[0].properties) == {"raw": "Open %s\n"}
    assert (lines.source, lines.target) == ("One line and one more.", "Una línea y otra.")
    assert [(u.source, u.target) for u in (one, many)] == [
        ("%d boat", "%d barco"),
        ("%d boats", "%d barcos"),
    ]
    # what stood before the live entry is none of its
    assert (live.source, live.labels) == ("Live", ())
    assert dict(stream.dropped) == {"obsolete entry": 2}


@pytest.mark.parametrize(
    ("language", "declared", "forms", "pairs"),
    [
        ("zh_CN", ONE, ["一"], [("%d boat", "一"), ("%d boats", "一")]),
        ("fr", "nplurals=2; plural=(n>1)", ["a", "b"], [("%d boat", "a"), ("%d boats", "b")]),
        (
            "ru",
            SLAVIC,
            ["a", "b", "c"],
            [("%d boat", "a"), ("%d boats", "b"), ("%d boats", "c")],
        ),
        (
            "ar",
            ARABIC,
            list("abcdef"),
            [("%d boats", "a"), ("%d boat", "b"), *(("%d boats", form) for form in "cdef")],
        ),
        ("ru", SLAVIC, ["a"], [("%d boat", "a"), ("%d boats", "a")]),
        ("de", "nplurals=x", ["a", "b"], [("%d boat", "a"), ("%d boats", "b")]),
    ],
)
def test_plural_forms(
    language: str, declared: str, forms: list[str], pairs: list[tuple[str, str]], tmp_path: Path
) -> None:
    text = HEAD.format(language, declared) + PLURALS
    text += "".join(f'msgstr[{number}] "{form}"\n' for number, form in enumerate(forms))
    stream = read(text)
    units = list(stream)
    assert [(unit.source, unit.target) for unit in units] == pairs
    assert list(read(written(tmp_path, units, stream.header))) == units


def test_forms_that_nobody_declares() -> None:
    assert [form.source for form in Forms("").of(0)] == [SINGULAR, PLURAL]
    assert [form.source for form in Forms("nplurals=2; plural=n/0").of(2)] == [SINGULAR, PLURAL]


def test_a_decision_changes_flags_and_comments(tmp_path: Path) -> None:
    stream = read(CATALOGUE)
    opened, lines, *rest = stream
    done = [
        opened._replace(labels=(), comment="Bien."),
        lines._replace(labels=("fuzzy",)),
        *rest,
    ]
    text = written(tmp_path, done, stream.header)
    assert "# Bien.\n#. A verb.\n#: a.c:1 b.c:2\n#: c.c:3\n#, c-format\n#| msgid" in text
    assert '#, fuzzy\nmsgid ""\n"One line\\n"' in text
    assert "Visto" not in text


def test_a_text_that_was_changed_is_written_as_it_is_now(tmp_path: Path) -> None:
    stream = read(CATALOGUE)
    opened, *_ = stream
    source, target = opened.variants
    text = written(tmp_path, [opened.with_variants(source, target._replace(text="Abra %s"))])
    assert 'msgid ""\n"Open %s\\n"' not in text
    assert 'msgid "Open %s\\n"\nmsgstr "Abra %s"\n' in text


def test_units_of_another_format(tmp_path: Path) -> None:
    """Native codes as text, notes, contexts; equal entries told apart; what has no source told."""
    name = (Code(6, "point", "1", "", "{name}"),)
    units = [
        Unit(
            (
                Variant("en", "Hello .", name),
                Variant("es", "Hola, .", name),
                Variant("fr", "Salut"),
            ),
            context="chat",
            notes=("A greeting",),
            labels=("fuzzy",),
            form="tmx",
        ),
        Unit.of("en", "es", "Sea", "Mar", confidence=0.9),
        Unit.of("en", "es", "Sea", "Océano", status="accepted", confidence=0.9),
        Unit.of("en", "es", "", "Sin fuente"),
    ]
    text = written(tmp_path, units)
    assert '"Language: es\\n"' in text
    assert '"X-Source-Language: en\\n"' in text
    assert (
        '\n#. A greeting\n#, fuzzy\nmsgctxt "chat"\nmsgid "Hello {name}."\nmsgstr "Hola, {name}."\n'
    ) in text
    assert '\n#, fuzzy\nmsgid "Sea"\nmsgstr "Mar"\n' in text
    assert '\nmsgctxt "2"\nmsgid "Sea"\nmsgstr "Océano"\n' in text
    assert "\n# without a source: Sin fuente\n" in text
    assert 'msgstr "Salut"' in (tmp_path / "out.fr.po").read_text("utf-8")


def test_charsets() -> None:
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset={}\\n"\n\nmsgid "a"\nmsgstr "{}"\n'
    for charset, text in (("ISO-8859-2", "żółw"), ("EUC-JP", "海の家です"), ("UTF-8", "año")):
        (unit,) = read(head.format(charset, text).encode(charset))
        assert unit.target == text


def test_strings_and_keywords_as_gettext_takes_them() -> None:
    text = (
        'msgid   "a" "b"\n  "c"\nmsgstr\n"x"\n\n# later\n\n  msgid "tab\\there \\"q\\" \\\\"\n'
        'msgstr "\\101\\x42"\n#~| msgid "before"\n#~ msgid "o"\n#~ msgstr "p"\r\n'
        'msgid "crlf"\r\nmsgstr "si"\r\n'
    )
    assert [(u.source, u.target, u.comment) for u in read(text)] == [
        ("abc", "x", ""),
        ('tab here "q" \\', "AB", "later"),
        ("crlf", "si", ""),
    ]


@pytest.mark.parametrize(
    ("declared", "tag"),
    [
        ("es_MX", "es-MX"),
        ("sr@latin", "sr-Latn"),
        ("sr_RS@latin", "sr-Latn-RS"),
        ("ca@valencia", "ca-valencia"),
        ("pt_BR.UTF-8", "pt-BR"),
        ("de@euro", "de"),
        ("C", ""),
        ("", ""),
    ],
)
def test_locales(declared: str, tag: str) -> None:
    assert language(declared) == tag


def test_what_is_no_catalogue() -> None:
    with pytest.raises(Declined):
        read("text", "a.txt")
    with pytest.raises(Malformed, match="line 2"):
        read('msgid "a"\nmsgtxt "b"\n')
