"""Sentences as other projects test them: pySBD, LanguageTool, the Pragmatic Segmenter.

Their files are read as they are, from a folder that the user names; nothing of them is kept here:

* pySBD: its repository, `tests/lang/test_*.py`;
* LanguageTool: its repository, `*SentenceTokenizerTest.java`, or the copy that the source package of
  choppa-srx carries in `tests/data/lt/*.json` (newer than most checkouts, and small);
* the Pragmatic Segmenter: its repository, `spec/**/*_spec.rb`, but for cases with a `doc_type`.

`DECISIONS` lists, by the opening of their texts, the cases in which this project decides otherwise,
and why: such a case is neither right nor wrong. `docs/reading.md` says it in short.
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
    "amharic": "am", "asturian": "ast", "arabic": "ar", "armenian": "hy", "bulgarian": "bg", "burmese": "my",
    "catalan": "ca", "chinese": "zh", "crimean": "crh", "danish": "da", "deutsch": "de", "german": "de",
    "dutch": "nl", "english": "en", "french": "fr", "galician": "gl", "greek": "el",
    "hindi": "hi", "italian": "it", "japanese": "ja", "kazakh": "kk", "lithuanian": "lt", "malayalam": "ml", "marathi": "mr",
    "persian": "fa", "polish": "pl", "portuguese": "pt", "romanian": "ro", "russian": "ru",
    "serbian": "sr", "slovak": "sk", "spanish": "es", "swedish": "sv", "tagalog": "tl", "ukrainian": "uk", "urdu": "ur",
}  # fmt: skip
_JAVA = re.compile(r'testSplit\(((?:\s*"(?:\\.|[^"\\])*"\s*[,+]?)+)\)')
_JAVA_TEXT = re.compile(r'"((?:\\.|[^"\\])*)"\s*([,+]?)')
_RUBY = re.compile(
    r"Segmenter\.new\(text: (?P<text>\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'), language: ['\"](?P<lang>\w+)['\"]\)\s*"
    r"expect\(ps\.segment\)\.to eq\(\[(?P<want>.*?)\]\)\s*\n",
    re.DOTALL,
)
_RUBY_TEXT = re.compile(r"\"((?:\\.|[^\"\\])*)\"|'((?:\\.|[^'\\])*)'")

_PYSBD = re.compile(r"(?!.*(CLEAN|PDF|SPAN)).*TEST_CASES")
# why a case is decided otherwise
_COLON = "a colon that announces ends no sentence, as the suite itself has it in Spanish"
_COMMA = "commas end no sentence"
_STOP = "two sentences: the stop of the abbreviation ends the first"
_QUOTED = "sentences inside a quotation are sentences, which a translation parts or joins"
_DOTS = "the fourth dot is the stop, and the dots stay with the sentence that they trail off"
_LINES = "a text file's line is a paragraph where the file is not wrapped"
_CLEANED = "the suite changes or drops characters; nothing of a text vanishes here"
_OTHER_LANGUAGE = "a Polish sentence among the Slovak ones"
_SPACES = "told from its twin by two spaces, and white space is made even before"

_ARABIC = {"سؤال وجواب: ماذا": _COLON, "الاحد, 21 فبراير": _COLON, "عثر في الغرفة على": _COMMA}
# suite -> language -> opening of a text -> why
DECISIONS: dict[str, dict[str, dict[str, str]]] = {
    "pySBD": {
        "ar": _ARABIC,
        "bg": {"Той поставя началото на могъща династия": _STOP},
        "en": {"One further habit which was somewhat": _DOTS},
        "it": {'"Ei fu. Siccome immobile': _QUOTED},
        "ru": {'Л.Н. Толстой написал "Войну и мир"': _STOP},
        "sk": {"„Prieskumy beriem na ľahkú váhu. V podstate": _QUOTED},
    },
    "LanguageTool": {
        "ca": {"(Impren.  Disss)": _SPACES},
        "sk": {"To jest zmienna A.Zaś to": _OTHER_LANGUAGE},
        "zh": {"Linux是一種自由和開放源碼的": _COMMA},
    },
    "Pragmatic Segmenter": {
        "ar": _ARABIC,
        "bg": {"Той поставя началото на могъща династия": _STOP},
        "da": {
            "One further habit which was somewhat": _DOTS,
            "It was a cold \nnight": _LINES,
            "Hello{b^&gt;1": _CLEANED,
        },
        "en": {
            "One further habit which was somewhat": _DOTS,
            "'Well!' thought Alice": _QUOTED,
            "'Well?' thought Alice": _QUOTED,
            "Either the well was very deep": _QUOTED,
            "Rolls-Royce Motor Cars Inc. said it expects its U.S. sales to remain steady at about "
            "1,200 cars in 1990. `So": _CLEANED,
            "Remove long strings of dots": _CLEANED,
            "See our additional services section": _LINES,
            "\n3\n\nIntroduction": _CLEANED,
            "\nW\nA\nRN": _LINES,
            "\n\n\nW\nA\nRN": _LINES,
            "Until its release, a generic mechanism": _LINES,
            "This is a test. Until its release": _LINES,
            "This was because it was an offensive weapon": _LINES,
            "It was a cold \nnight": _LINES,
            "This is the U.S. Senate my friends. <em>": _CLEANED,
            '<h2 class="lined">': _CLEANED,
            "<bpt i=": _CLEANED,
            "Hello{b^&gt;1": _CLEANED,
            "//////": _CLEANED,
            "Hello World. \\r": _CLEANED,
            "Hello World. \\ r": _CLEANED,
        },
        "es": {"\n______": _CLEANED},
        "it": {'"Ei fu. Siccome immobile': _QUOTED},
        "ja": {"これは父の\n家です。": _LINES, "フフーの\n主たる": _LINES},
        "ru": {'Л.Н. Толстой написал "Войну и мир"': _STOP},
    },
}


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
            decided = DECISIONS.get(suite, {}).get(lang, {})
            undecided = [c for c in chosen if not c[1].startswith(tuple(decided))]
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
    """The Java tests as they are, and the copy of them that the source of choppa-srx carries."""
    for path in sorted(folder.rglob("*SentenceTokenizerTest.java")):
        word = re.match(r"[A-Z][a-z]+(?=.*Tokenizer)", path.stem)
        lang = _LANGUAGES.get(word[0].lower(), "") if word else ""
        source = re.sub(r"^\s*//.*$", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        one = "setSingleLineBreaksMarksParagraph(true)" in source
        for match in _JAVA.finditer(source) if lang else ():
            pieces = [""]
            for literal, sign in _JAVA_TEXT.findall(match[1]):
                pieces[-1] += json.loads(f'"{literal}"'.replace("\\'", "'"))
                if sign == ",":
                    pieces.append("")
            yield _with_lines(lang, pieces, one=one)
    for path in sorted(folder.glob("tests/data/lt/*.json")):
        content = json.loads(path.read_text(encoding="utf-8"))
        for case in content["cases"]:
            one = case["mode"] == "_one"
            yield _with_lines(content["language"], case["sentences"], one=one)


def _with_lines(lang: str, pieces: Sequence[str], *, one: bool) -> Case:
    """A case of LanguageTool, for which a line end parts paragraphs (`one`) or only an empty line."""
    text = "".join(pieces)
    return lang, text if one else re.sub(r"(?<!\n)\n(?!\n)", " ", text), tuple(pieces)


def _pragmatic(folder: Path) -> Iterator[Case]:
    for path in sorted(folder.glob("spec/**/*_spec.rb")):
        for match in _RUBY.finditer(path.read_text(encoding="utf-8")):
            want = tuple(_ruby(m[0]) for m in _RUBY_TEXT.finditer(match["want"]))
            yield match["lang"], _ruby(match["text"]), want


def _ruby(literal: str) -> str:
    if literal.startswith("'"):
        return literal[1:-1].replace("\\'", "'")
    return str(ast.literal_eval(literal.replace("\n", "\\n")))
