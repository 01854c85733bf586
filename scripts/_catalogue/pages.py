"""What pages show: the texts of `t("...")` and `tn("...", "...")` in Python and in the scripts of pages,
and those of the pages' HTML. They stand in the catalogue under the context "page".
"""

from __future__ import annotations

import ast
import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

from _catalogue.words import PAGES
from aligner.serving.wording import html_texts
from aligner.text.speaking import PAGE

__all__ = ["CATALOGUE", "PAGE", "page_texts", "reading_catalogue", "script_texts"]

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "aligner"
READING = ROOT / "docs" / "tei" / "reading"  # pages that no server puts into words
CATALOGUE = READING / "catalogue.js"
_TEXT = r'"(?:[^"\\]|\\.)*"'
_CALL = re.compile(rf"\bt\(\s*({_TEXT})\s*[,)]")
_COUNTED = re.compile(rf"\btn\(\s*({_TEXT}),\s*({_TEXT})")


def page_texts() -> Iterator[tuple[str, str, str]]:
    """(text, its form for many or "", where it stands)."""
    for word in PAGES:
        yield word, "", "words"
    for path in sorted((PACKAGE / "checks").glob("taxonomy-*.toml")):
        for label in tomllib.loads(path.read_text("utf-8"))["label"]:
            yield label["name"], "", f"aligner/checks/{path.name}"
            yield label["help"], "", f"aligner/checks/{path.name}"
    for path in sorted(PACKAGE.rglob("*")):
        place = f"aligner/{path.relative_to(PACKAGE).as_posix()}"
        if path.suffix == ".py":
            for one, many in _python(ast.parse(path.read_text("utf-8"))):
                yield one, many, place
        elif path.suffix == ".js" and path.parent.name == "page":
            for one, many in script_texts(path.read_text("utf-8")):
                yield one, many, place
        elif path.suffix == ".html" and path.parent.name == "page":
            for text in html_texts(path.read_text("utf-8")):
                yield text, "", place
    for text in reading_texts():
        yield text, "", READING.relative_to(ROOT).as_posix()


def reading_texts() -> list[str]:
    """The texts of the reading edition, which a browser opens from a folder."""
    html = html_texts((READING / "index.html").read_text("utf-8"))
    return [*html, *(one for one, _ in script_texts((READING / "edition.js").read_text("utf-8")))]


def reading_catalogue(translated: Mapping[str, str]) -> str:
    """The script from which the reading edition takes its words, for the browser's language."""
    texts = {text: translated[text] for text in reading_texts() if translated.get(text)}
    made = json.dumps({"es": texts}, ensure_ascii=False, indent=2)
    return f"// made by scripts/make_catalogue.py\nconst CATALOGUE = {made};\n"


def script_texts(script: str) -> Iterator[tuple[str, str]]:
    """The texts of a script, and their forms for many."""
    code = re.sub(r"^\s*//.*$", "", script, flags=re.MULTILINE)
    for match in _CALL.finditer(code):
        yield json.loads(match[1]), ""
    for match in _COUNTED.finditer(code):
        yield json.loads(match[1]), json.loads(match[2])


def _python(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            texts = [a.value for a in node.args if isinstance(a, ast.Constant)]
            if node.func.id == "t" and texts:
                yield str(texts[0]), ""
            elif node.func.id == "tn" and len(texts) > 1:
                yield str(texts[0]), str(texts[1])
