"""Sentences as other projects test them: pySBD, LanguageTool, the Pragmatic Segmenter.

Their files are read as they are, from a folder that the user names; nothing of them is kept here.
`DECISIONS` lists, by the opening of their texts, the cases in which this project decides otherwise:
such a case is neither right nor wrong, and `docs/reading.md` gives the reason.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from aligner.model import Document, Paragraph
from aligner.segmenting import segment
from aligner.text.rich import clean

Case = tuple[str, str, tuple[str, ...]]  # language, text, its sentences

_LANGUAGES = {
    "amharic": "am", "arabic": "ar", "armenian": "hy", "bulgarian": "bg", "burmese": "my",
    "catalan": "ca", "chinese": "zh", "danish": "da", "deutsch": "de", "german": "de",
    "dutch": "nl", "english": "en", "french": "fr", "galician": "gl", "greek": "el",
    "hindi": "hi", "italian": "it", "japanese": "ja", "kazakh": "kk", "marathi": "mr",
    "persian": "fa", "polish": "pl", "portuguese": "pt", "romanian": "ro", "russian": "ru",
    "slovak": "sk", "spanish": "es", "ukrainian": "uk", "urdu": "ur",
}  # fmt: skip
_JAVA = re.compile(r'testSplit\(((?:\s*"(?:\\.|[^"\\])*"\s*[,+]?)+)\)')
_JAVA_TEXT = re.compile(r'"((?:\\.|[^"\\])*)"\s*([,+]?)')
_RUBY = re.compile(
    r"Segmenter\.new\(text: (?P<text>\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'), language: \"(?P<lang>\w+)\"\)\s*"
    r"expect\(ps\.segment\)\.to eq\(\[(?P<want>.*?)\]\)\s*\n",
    re.DOTALL,
)
_RUBY_TEXT = re.compile(r"\"((?:\\.|[^\"\\])*)\"|'((?:\\.|[^'\\])*)'")

_PYSBD = re.compile(r"(?!.*(CLEAN|PDF|SPAN)).*TEST_CASES")
# suite -> language -> openings of texts that are decided otherwise
DECISIONS: dict[str, dict[str, tuple[str, ...]]] = {}


def measure(folder: Path, *, listed: bool) -> list[list[object]]:
    """Rows (suite, language, right, of, decided otherwise) of the suites in a folder."""
    rows: list[list[object]] = []
    for suite, cases in (
        ("pySBD", list(_pysbd(folder))),
        ("LanguageTool", list(_languagetool(folder))),
        ("Pragmatic Segmenter", list(_pragmatic(folder))),
    ):
        by_language: dict[str, list[Case]] = {}
        for case in dict.fromkeys(cases):
            by_language.setdefault(case[0], []).append(case)
        totals = [0, 0, 0]
        for lang, chosen in sorted(by_language.items()):
            decided = DECISIONS.get(suite, {}).get(lang, ())
            undecided = [c for c in chosen if not c[1].startswith(decided or ("\0",))]
            wrong = [(c, made) for c in undecided if (made := sentences(c[1], lang)) != even(c[2])]
            counts = [len(undecided) - len(wrong), len(undecided), len(chosen) - len(undecided)]
            totals = [a + b for a, b in zip(totals, counts, strict=True)]
            rows.append([suite, lang, *counts])
            for case, made in wrong if listed else ():
                print(f"{suite} {lang}: {case[1]!r}\n  wanted {even(case[2])}\n  made   {made}")
        if by_language:
            rows.append([suite, "all", *totals])
    return rows


def even(pieces: Sequence[str]) -> list[str]:
    return [text for text in map(clean, pieces) if text]


def sentences(text: str, lang: str) -> list[str]:
    """The text's sentences; an empty line or a line of its own ends a paragraph, as in a text file."""
    paragraphs = tuple(
        Paragraph(i, "para", clean(part))
        for i, part in enumerate(filter(str.strip, re.split(r"\n", text)))
    )
    made = segment(Document("suite", lang, "suite", "", "", paragraphs))
    return [s.text for paragraph in made.paragraphs for s in paragraph.segments]


def _pysbd(folder: Path) -> Iterator[Case]:
    for path in sorted(folder.glob("tests/lang/test_*.py")):
        lang = _LANGUAGES.get(path.stem.removeprefix("test_"), "")
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if not isinstance(node, ast.Assign) or not lang:
                continue
            name = node.targets[0]
            if isinstance(name, ast.Name) and _PYSBD.fullmatch(name.id):
                for case in node.value.elts if isinstance(node.value, ast.List) else ():
                    # some are wrapped, to say that pySBD itself fails them
                    pair = case.args[:2] if isinstance(case, ast.Call) else [case]
                    values = [ast.literal_eval(part) for part in pair]
                    text, want = values if len(values) > 1 else values[0]
                    yield lang, text, tuple(want)


def _languagetool(folder: Path) -> Iterator[Case]:
    for path in sorted(folder.rglob("*SentenceTokenizerTest.java")):
        word = re.match(r"[A-Z][a-z]+", path.stem)
        lang = _LANGUAGES.get(word[0].lower(), "") if word else ""
        source = re.sub(r"^\s*//.*$", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        for match in _JAVA.finditer(source) if lang else ():
            pieces = [""]
            for literal, sign in _JAVA_TEXT.findall(match[1]):
                pieces[-1] += json.loads(f'"{literal}"'.replace("\\'", "'"))
                if sign == ",":
                    pieces.append("")
            yield lang, "".join(pieces), tuple(pieces)


def _pragmatic(folder: Path) -> Iterator[Case]:
    for path in sorted(folder.glob("spec/**/*_spec.rb")):
        for match in _RUBY.finditer(path.read_text(encoding="utf-8")):
            want = tuple(_ruby(m[0]) for m in _RUBY_TEXT.finditer(match["want"]))
            yield match["lang"], _ruby(match["text"]), want


def _ruby(literal: str) -> str:
    if literal.startswith("'"):
        return literal[1:-1].replace("\\'", "'")
    return str(ast.literal_eval(literal.replace("\n", "\\n")))
