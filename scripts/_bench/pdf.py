"""How much of an article a PDF gives back, against its HTML: words found, and words in order.

    scripts/bench pdf DIR [--list]

DIR holds pairs, NAME.pdf and NAME.html of the same article. The words of the HTML are those of its
title, headings, paragraphs, items, cells, captions and notes as lxml sees them, not as our reader
does; a word is a run of letters and digits, without regard to case. `found`: the share of them that the paragraphs of the PDF
hold, each as often; `in order`: the share in the longest common subsequence of the two texts (by
`rapidfuzz`), so that columns read across cost what they should. `in file`: the share that pdfium's plain text of
the pages holds; a pair with less than .9 is not of one article, and is named and left out. `--list`
names the words missed.
"""

from __future__ import annotations

import re
import statistics
import sys
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
from lxml import html
from rapidfuzz.distance import LCSseq

from _bench import parser, table
from aligner.documents.pdf.read import read
from aligner.model import AlignerError, Source

_WORD = re.compile(r"[^\W_]+")
_BLOCKS = [
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "p",
    "li",
    "td",
    "th",
    "dt",
    "dd",
    "figcaption",
    "caption",
    "blockquote",
]
_ONE_ARTICLE = 0.9  # share of the words of a page that a PDF of the same article holds at least
_UNSEEN = ["script", "style", "nav", "head", "noscript", "template", "svg", "math"]


def words(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFKC", text).replace("\u00ad", "").casefold())


def words_of_page(path: Path) -> list[str]:
    """The words of the outermost blocks of a page, in order."""
    root: Any = html.fromstring(path.read_bytes())
    # formulas are TeX there and letters in the PDF
    for element in root.xpath("|".join((*(f"//{tag}" for tag in _UNSEEN), "//*[@class]"))):
        formula = "math" in (element.get("class") or "").lower().split()
        if element.getparent() is not None and (element.tag in _UNSEEN or formula):
            element.drop_tree()
    found: list[str] = []
    for element in root.iter(*_BLOCKS):
        if not any(above.tag in _BLOCKS for above in element.iterancestors()):
            found += words(
                " ".join(element.itertext()) if len(element) > 9 else element.text_content()
            )
    return found


def words_of_file(data: bytes) -> list[str]:
    """The words of the pages as pdfium prints them, hyphens at the ends of lines taken back."""
    pages = pdfium.PdfDocument(data)
    text = "\n".join(page.get_textpage().get_text_range() for page in pages)
    return words(re.sub(r"[-\u2010\ufffe\x02]\s*[\r\n]+", "", text))


def share(wanted: list[str], there: list[str]) -> float:
    return 1 - sum((Counter(wanted) - Counter(there)).values()) / max(len(wanted), 1)


def main() -> int:
    options = parser(__doc__)
    options.add_argument("folder", type=Path)
    options.add_argument("--list", action="store_true", help="name the words that are missed")
    chosen = options.parse_args()
    rows, figures = [], []
    for pdf in sorted(chosen.folder.glob("*.pdf")):
        page = pdf.with_suffix(".html")
        if not page.is_file():
            continue
        wanted = words_of_page(page)
        whole = share(wanted, words_of_file(pdf.read_bytes()))
        if whole < _ONE_ARTICLE:
            print(f"{pdf.name}: another text than {page.name} ({whole:.2f})", file=sys.stderr)
            continue
        try:
            document = read(Source(pdf.name, pdf.read_bytes()))
        except AlignerError as error:
            print(error, file=sys.stderr)
            figures.append((0.0, 0.0))
            continue
        there = words(" ".join(p.text for p in document.paragraphs))
        missed = Counter(wanted) - Counter(there)
        found = share(wanted, there)
        order = LCSseq.similarity(wanted, there) / max(len(wanted), 1)
        figures.append((found, order))
        rows.append([pdf.stem, str(len(wanted)), f"{whole:.4f}", f"{found:.4f}", f"{order:.4f}"])
        if chosen.list:
            print(pdf.stem, *(f"{word}:{count}" for word, count in missed.most_common(15)))
    if not figures:
        print(f"{chosen.folder}: no NAME.pdf with its NAME.html", file=sys.stderr)
        return 2
    medians = [statistics.median(column) for column in zip(*figures, strict=True)]
    rows.append([f"median of {len(figures)}", "", "", *(f"{median:.4f}" for median in medians)])
    table(["article", "words", "in file", "found", "in order"], rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
