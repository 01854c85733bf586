"""Markdown: front matter and shortcodes out, structure and formatting kept."""

from __future__ import annotations

import pytest

from aligner.documents.markdown.front_matter import split_front_matter
from aligner.model import Document, ReadOptions, Source, UsageError
from aligner.workflows.reading import read


def md(text: str) -> Document:
    return read(Source("t.md", text.encode()))


def kinds(text: str) -> list[tuple[str, str]]:
    return [(p.kind, p.text) for p in md(text).paragraphs]


FRONT = """---
title: "Un título: con \\"comillas\\""
author:
- Ana Ruiz
- name: Luis Sáez
  url: https://example.org
translator: 'Rosa d''Or'   # thanks
date: '2023-02-28'
lang: es_MX
description: >
  Dos líneas
  plegadas.
tags: [uno, "dos, tres"]
params:
  doi: "10.1/x"
---
Texto.
"""


def test_front_matter_is_metadata() -> None:
    document = md(FRONT)
    assert [p.text for p in document.paragraphs] == ["Texto."]
    assert document.title == 'Un título: con "comillas"'
    assert document.lang == "es-MX"
    assert dict(document.metadata) == {
        "author": ("Ana Ruiz", "Luis Sáez"),
        "translator": ("Rosa d'Or",),
        "date": ("2023-02-28",),
        "description": ("Dos líneas plegadas.",),
    }


def test_flow_list_and_toml() -> None:
    assert split_front_matter('---\ntags: [uno, "dos, tres"]\n---\nx')[0]["tags"] == (
        "uno",
        "dos, tres",
    )
    document = md('+++\ntitle = "Hola"\nauthors = ["A", "B"]\n+++\nTexto.')
    assert (document.title, document.metadata["author"]) == ("Hola", ("A", "B"))


def test_a_rule_is_no_front_matter() -> None:
    assert kinds("---\n\nUno.\n\n---\n\nDos.") == [("para", "Uno."), ("para", "Dos.")]
    assert kinds("---\nsin: cierre\n") == [("para", "sin: cierre")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            '{{< figure src="a.png" alt="no" caption="Un *pie* de foto." >}}',
            [("caption", "Un pie de foto.")],
        ),
        (
            '{{< figure\n  src="a.png"\n  caption="Dos líneas" >}}\nPegado.',
            [("caption", "Dos líneas"), ("para", "Pegado.")],
        ),
        (
            'Antes.\n{{< vimeo id=1 title="no" >}}\nDespués.',
            [("para", "Antes."), ("para", "Después.")],
        ),
        ('Va {{< ref "x" >}}dentro {{ site.name }}fin.', [("para", "Va dentro fin.")]),
        ("{{% note %}}\nQueda.\n{{% /note %}}", [("para", "Queda.")]),
        ("{% highlight python %}\nx = 1\n{% endhighlight %}\nQueda.", [("para", "Queda.")]),
        ('{% include figure.html caption="Pie." %}', [("caption", "Pie.")]),
        ("El código `{{< x >}}` se ve.", [("para", "El código {{< x >}} se ve.")]),
        ("Llaves {fusen} y {{sin cerrar.", [("para", "Llaves {fusen} y {{sin cerrar.")]),
    ],
)
def test_shortcodes(text: str, expected: list[tuple[str, str]]) -> None:
    assert kinds(text) == expected


def test_structure() -> None:
    text = (
        "# Título\n\nPárrafo con\ndos líneas.\n\n## Dos ##\n\n- uno\n- dos\n\n  más\n\n> Cita.\n>\n> Otra.\n\n"
        "| a | b |\n|---|---|\n| c | d |\n\n```r\ncode <- 1\n```\n\n    indentado\n\n***\n\n![alt](x.png)\n\nFin."
    )
    assert kinds(text) == [
        ("title", "Título"),
        ("para", "Párrafo con dos líneas."),
        ("heading", "Dos"),
        ("item", "uno"),
        ("item", "dos"),
        ("item", "más"),
        ("quote", "Cita."),
        ("quote", "Otra."),
        ("cell", "a"),
        ("cell", "b"),
        ("cell", "c"),
        ("cell", "d"),
        ("para", "Fin."),
    ]


def test_inline() -> None:
    (paragraph,) = md(
        "Un **muy _raro_** [enlace](/x) y `code`,\nH<sub>2</sub>O ![no](i.png) \\*fin\\*."
    ).paragraphs
    assert paragraph.text == "Un muy raro enlace y code, H2O *fin*."
    assert {(s.kind, paragraph.text[s.start : s.end], s.value) for s in paragraph.spans} == {
        ("bold", "muy raro", ""),
        ("italic", "raro", ""),
        ("link", "enlace", "/x"),
        ("code", "code", ""),
        ("sub", "2", ""),
    }


def test_footnotes_stand_apart() -> None:
    document = md("Un dato[^a] y otro^[en línea].\n\n[^a]: La fuente.\n\nFin.")
    assert [(p.kind, p.text) for p in document.paragraphs] == [
        ("para", "Un dato y otro."),
        ("note", "en línea"),
        ("note", "La fuente."),
        ("para", "Fin."),
    ]
    first, inline, note, _ = document.paragraphs
    assert [(s.start, s.end, s.value) for s in first.spans] == [(7, 7, "a"), (14, 14, "inline-2")]
    assert [s.value for p in (inline, note) for s in p.spans] == ["inline-2", "a"]


def test_html_block() -> None:
    text = "<div class='x'>\n<p>Dentro de <b>html</b>.</p>\n<script>no()</script>\n</div>\n\n<!-- no -->\n\nFin."
    assert kinds(text) == [("para", "Dentro de html."), ("para", "Fin.")]


def test_bold_questions_are_turns() -> None:
    text = "**¿Cuándo empezó?**\n\nEn mayo.\n\n**¿Y ahora?**\n\nAhora **no** sé.\n\n**Cuente.**\n\nNada."
    assert [kind for kind, _ in kinds(text)] == ["turn", "para", "turn", "para", "turn", "para"]


def test_segmented_is_for_plain_text() -> None:
    with pytest.raises(UsageError, match="not segmented"):
        read(Source("t.md", b"Hola."), ReadOptions(segmented=True))
