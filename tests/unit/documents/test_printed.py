"""Pages made for printing, as three templates write them."""

from __future__ import annotations

import pytest

from aligner.model import Document, ReadOptions, Source
from aligner.workflows.reading import read

TEXTS = [
    "La casa estaba vacía cuando llegaron los vecinos, y nadie supo quién había cerrado las ventanas.",
    "El alcalde contó a los periodistas que había oído un golpe y que no le dio importancia.",
    "«No era la primera vez», dijo, y se encogió de hombros antes de volver al ayuntamiento.",
]
TEXT = "".join(f"<p>{text}</p>" for text in TEXTS)
DRUPAL = """<html lang="es"><head><title>La casa vacía</title></head><body>
<div class="print-site_name">Publicado en <em>El Diario</em> (<a href="/">https://a.org</a>)</div>
<div class="print-breadcrumb"><a href="/">Inicio</a> > La casa vacía</div><hr class="print-hr">
<h1 class="print-title">La casa vacía</h1><div class="print-submitted">Enviado por ana</div>
<div class="print-content"><div class="content">{}</div></div>
<div class="print-footer">Todos los derechos reservados, también los de esta página para imprimir.</div>
<div class="print-source_url"><strong>URL:</strong> <a href="/12">https://a.org/12</a></div></body>"""
WP = """<html lang="es"><head><title>El Blog &rsaquo; La casa vacía</title></head><body>
<p><strong>- El Blog - https://a.org -</strong></p><div class="Center"><div id="Outline">
<p id="BlogTitle">La casa vacía</p><p id="BlogDate">Escrito por ana en Sucesos</p>
<div id="BlogContent">{}</div><hr class="Divider"><p>Article printed from El Blog: https://a.org</p>
<p id="print-link">Click <a href="#Print" onclick="window.print(); return false;">here</a> to print.</p>
</div></div><p>Copyright El Blog. All rights reserved.</p></body>"""
OWN = """<html lang="es"><head><title>La casa vacía</title></head><body onload="window.print()">
<table width="600"><tr><td><h2>La casa vacía</h2><font size="2">{}</font><br>
<a href="javascript:window.close()">Cerrar ventana</a></td></tr></table></body>"""


def page(template: str, body: str = "article") -> Document:
    return read(Source("a.html", template.format(TEXT).encode()), ReadOptions(html_body=body))


@pytest.mark.parametrize("template", [DRUPAL, WP, OWN])
def test_the_article_of_a_page_for_printing(template: str) -> None:
    document = page(template)
    assert [p.text for p in document.paragraphs] == ["La casa vacía", *TEXTS]
    assert [p.kind for p in document.paragraphs] == ["title", "para", "para", "para"]
    shown = [p.text for p in page(template, "full").paragraphs]
    left = {d.text for d in document.dropped if d.reason == "not in the article"}
    assert left | {"La casa vacía", *TEXTS} == set(shown)


def test_a_page_of_links_that_prints_itself_is_judged_as_any_other() -> None:
    links = "".join(f'<li><a href="/{n}">Otra noticia, la número {n}</a></li>' for n in range(40))
    own = OWN.replace("</td>", f"<ul>{links}</ul></td>")
    assert "Otra noticia, la número 7" not in [p.text for p in page(own).paragraphs]
