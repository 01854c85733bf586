"""Boxes and marks of Markdown dialects: titles and bodies are text, marks are told."""

from __future__ import annotations

import pytest

from aligner.documents.markdown.read import read
from aligner.model import Document, Source


def document(text: str) -> Document:
    return read(Source("page.md", f"# Head\n\n{text}\n\nLast words.\n".encode()))


def lines(text: str) -> list[tuple[str, str]]:
    return [(p.kind, p.text) for p in document(text).paragraphs[1:-1]]


BOXES = {
    "docusaurus": ":::tip[Good to know]\n\nThe **lamp** is lit.\n\n:::",
    "docusaurus without blank lines": ":::tip Good to know\nThe **lamp** is lit.\n:::",
    "vitepress": "::: tip Good to know\nThe **lamp** is lit.\n:::",
    "pandoc": '::: {.callout-tip title="Good to know"}\nThe **lamp** is lit.\n:::',
    "myst colons": ":::{tip} Good to know\n:class: dropdown\n\nThe **lamp** is lit.\n:::",
    "myst fence": "```{tip} Good to know\n:class: dropdown\n\nThe **lamp** is lit.\n```",
    "mkdocs": '!!! tip "Good to know"\n    The **lamp** is lit.',
    "mkdocs folded": '???+ tip "Good to know"\n\n    The **lamp** is lit.',
    "mkdocs blocks": "/// tip | Good to know\n\nThe **lamp** is lit.\n\n///",
    "mkdocs tab": '=== "Good to know"\n\n    The **lamp** is lit.',
    "alert": "> [!TIP] Good to know\n> The **lamp** is lit.",
}


@pytest.mark.parametrize("text", BOXES.values(), ids=BOXES)
def test_a_box_has_its_title_and_its_body(text: str) -> None:
    if ":class: dropdown" in text and text.startswith(":::"):
        text = text.replace(":class: dropdown\n\n", "")
    assert lines(text) == [("box", "Good to know"), ("box", "The lamp is lit.")]
    bold = [s for p in document(text).paragraphs for s in p.spans if s.kind == "bold"]
    assert len(bold) == 1


@pytest.mark.parametrize("text", BOXES.values(), ids=BOXES)
def test_the_marks_of_a_box_are_listed(text: str) -> None:
    assert any(part.reason == "mark of a box" for part in document(text).dropped)


def test_carpentries_boxes_nest() -> None:
    text = (
        ":::::: challenge\n\n## Try it\n\nCount the boats.\n\n"
        "::: solution\n\nThree.\n\n:::\n\nNow the crews.\n\n::::::"
    )
    assert lines(text) == [
        ("heading", "Try it"),
        ("box", "Count the boats."),
        ("box", "Three."),
        ("box", "Now the crews."),
    ]


def test_what_follows_a_box_is_outside() -> None:
    assert lines("!!! note\n    Inside.\n\nOutside.") == [("box", "Inside."), ("para", "Outside.")]
    assert lines(":::note\nInside.\n:::\n\nOutside.") == [("box", "Inside."), ("para", "Outside.")]


@pytest.mark.parametrize(
    "mark", ["{#harbour}", "{/*harbour*/}", "{: #harbour .big}", "{ #harbour }", "{-}"]
)
def test_ids_of_headings_are_no_text(mark: str) -> None:
    made = document(f"## The harbour {mark}")
    assert made.paragraphs[1].text == "The harbour"
    assert [part.text for part in made.dropped if part.reason == "id of a heading"] == [mark]


def test_braces_that_are_text_stay() -> None:
    assert lines("## Sets {a, b}") == [("heading", "Sets {a, b}")]
    assert lines("The set {a} and `{#id}` stay.") == [("para", "The set {a} and {#id} stay.")]


def test_components_and_comments_of_mdx() -> None:
    text = (
        "import Lamp from './lamp';\nexport const n = 3;\n\n"
        '<Note title="Mind *this*">\n\nThe lamp {/* unsure */}is lit.\n\n</Note>\n\n'
        "{/* a comment\nof two lines */}\n\n<Sandpack\n  wide\n>\n\nWords.\n\n</Sandpack>"
    )
    assert [text for _, text in lines(text)] == ["Mind this", "The lamp is lit.", "Words."]


@pytest.mark.parametrize("words", ["import taxes rose.", "export duties fell from 3 to 2."])
def test_prose_that_begins_like_a_module_stays(words: str) -> None:
    assert lines(words) == [("para", words)]


def test_attributes_roles_and_lonely_marks() -> None:
    text = (
        "(label)=\n\nSee [it](x.md){target=_blank} and {term}`the lamp`.\n{: .note}\n\n[TOC]\n\n"
        "{: .class}\n\nWords."
    )
    assert lines(text) == [("para", "See it and the lamp."), ("para", "Words.")]


def test_directives_of_code_are_code() -> None:
    made = document("```{code-cell} python\nprint(1)\n```")
    assert [part.reason for part in made.dropped if part.text == "print(1)"] == ["code"]


MORE = {
    "a comment of MyST": ("```{note}\nA.\n```\n\n% nota\n\nUno.\n", ["A.", "Uno."]),
    "a per cent sign elsewhere": ("% no es nota\n\nUno.\n", ["% no es nota", "Uno."]),
    "a cell of code": ("```{python}\nimport os\n```\n\nUno.\n", ["Uno."]),
    "a caption of pandoc": ("| a |\n|---|\n| b |\n\n: Precios {.rayas}\n", ["a", "b", ": Precios"]),
    "an equation": ("$$x$$ {#eq-uno}\n", ["$$x$$"]),
    "a snippet of VitePress": ("<<< @/a.js{1}\n\nUno.\n", ["Uno."]),
    "a tag whose attribute is code": ("<img src='a.png' style={{margin: '0'}} />\n\nUno.\n", ["Uno."]),
    "Liquid inside html": ("<div>{% for x in y %}<p>{{ x }} Uno.</p>{% endfor %}</div>\n", ["Uno."]),
    "boxes inside html": ("<div>\n:::{tab} Dos\n<p>Uno.</p>\n:::\n</div>\n", ["Dos", "Uno."]),
    "a definition": ("Faro\n:   Torre con luz.\n", ["Faro", "Torre con luz."]),
    "a box as a definition": ("<!-- x -->\n\n:   !!! note\n\n        Uno.\n", ["Uno."]),
}  # fmt: skip


@pytest.mark.parametrize("kind", MORE)
def test_marks_of_sites_are_no_text(kind: str) -> None:
    text, expected = MORE[kind]
    document = read(Source("a.mdx", text.encode()))
    assert [p.text for p in document.paragraphs] == expected
