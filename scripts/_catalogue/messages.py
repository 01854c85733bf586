"""The messages of the program, read out of its source: every text that reads like a sentence or a part
of one, f-strings as templates with names for their values.

A text need not be marked to be found, so a new message cannot be forgotten; what only looks like a
message (names of features, HTML, patterns) is told apart by where it stands and how it looks.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from _catalogue.words import PARTS, SINGLE, WORDS

__all__ = ["messages"]

PACKAGE = Path(__file__).resolve().parents[2] / "aligner"
# modules whose texts nobody is told in the terminal: tables of names, words and codes; pages (HTML);
# what is written into files; the functions for Python, and the servers of pages
SILENT = (
    "__init__.py",
    "api/",
    "checks/report/",
    "cli/ui/",
    "documents/html/evidence.py",
    "documents/html/names.py",
    "documents/html/wording.py",
    "documents/office/package.py",
    "documents/office/symbols.py",
    "engine/embedding/background.py",
    "engine/training/data.py",
    "formats/conllu/write.py",
    "formats/epub/write.py",
    "formats/html/page.py",
    "formats/html/row.py",
    "formats/json/write.py",
    "formats/office/docx.py",
    "formats/office/odt.py",
    "formats/subtitles/write_ass.py",
    "formats/tei/header.py",
    "formats/tei/method.py",
    "formats/tei/validate_tables.py",
    "formats/tei/view.py",
    "formats/tmx/validate_tables.py",
    "formats/xliff/its_tables.py",
    "formats/xliff/markup.py",
    "formats/xliff/rules1/tables.py",
    "formats/xliff/rules2/tables.py",
    "languages/lookalikes.py",
    "languages/names.py",
    "languages/rule_codes.py",
    "languages/scripts.py",
    "memory/browsing.py",
    "memory/conditions.py",
    "memory/facets.py",
    "memory/lookup.py",
    "memory/page_views.py",
    "memory/schema.py",
    "memory/stored.py",
    "model/tabular.py",
    "review/server.py",
    "serving/answers.py",
    "serving/guard.py",
    "serving/wording.py",
    "text/catalogue.py",
    "text/guessing.py",
    "text/speaking.py",
)
# names of features are texts of weights files, wherever they stand
NAMES = (
    "corpus/quality/covering.py",
    "corpus/quality/measuring.py",
    "corpus/quality/texts.py",
    "corpus/quality/vectors.py",
    "engine/attribution/",
    "engine/features/economy.py",
    "engine/features/extras.py",
    "engine/features/matches.py",
    "engine/features/nulls.py",
    "engine/features/same.py",
    "engine/features/tables.py",
    "engine/features/timing.py",
)
# texts that read like messages and are none: sentences to try an encoder with, names in weights files,
# a header of gettext, the argument of a process
OTHERS = {
    "A sentence.",
    "Una frase.",
    "e5 installed",
    "List Paragraph",
    "heading {count}",
    "first pass, match",
    "partner in the first pass",
    "segments without a partner in the first pass",
    "first pass, null",
    "first pass, {value}",
    "is 1-1",
    "opens a run of nulls",
    "second {k}",
    "second {kind}",
    "signature {signature}",
    "split text",
    "edit text",
    "restore text",
    "docx:Office Open XML Text",
    "text/plain; charset=UTF-8",
    "words not looked up",
    "module {name!r} has no attribute {name2!r}",
    "aligner check",
    "aligner corpus build",
    "aligner validate",
    # what a finding is known by, for its id
    "quotes {count}:{count2}",
    "turns {count} {count2}",
    "{source} not {lower}",
    "{count} beads: {cause}",
    "{count} rows: {cause}",
    "{count} segments: {key}",
}
_NO_WORDS = {"T", "L", "s", "true", "false", "match", "null"}
# a text that is no sentence: markup, a pattern, SQL, the clause of a standard, an encoding
_OTHER = re.compile(
    r"</|<[a-z]+[ :][a-z-]+[= ]|^ ?[a-z]+:[a-z-]+=|\{\{ [a-z-]+:|^\[.*\]$|^Name, "
    r"|^(Style|Format|Dialogue|Title|ScriptType|WrapStyle|PlayRes[XY]): "
    r"|^ *<[a-z]|/>$|<[?!][A-Za-z]|[(][?]|\\[wdsb]|\[\^|^[A-Z]+ [A-Z*(]|\bSELECT\b|\bPRAGMA\b|=[?]| [?]$"
    r"|\bUPDATE\b|\bJOIN\b|\bIN \(|^#, |^msg(id|str) |[a-z]=\"\{|^ [a-zA-Z:]+=\"|=\"\{|^(xmlns|https?:)"
    r"|^(XLIFF|TMX|XML|ITS|RFC|UAX|BCP|Namespaces|CLDR) [0-9in]|^[0-9]\.[0-9.]+ |^[ A-Z]+$|^\n|^from aligner\."
    r"|^source target$|^Marked|^Match \||^ kmg|^\{schema\}, mid|<cesAlign v|[.]text \{|^\{links\}|^toc$"
)
_WORDS = re.compile(r"[^\W\d_]{2,}")


def messages() -> Iterator[tuple[str, str | None, str]]:
    """(template, context or None, module) of every message, in the order of the modules."""
    modules = {
        path.relative_to(PACKAGE).as_posix(): _Module(ast.parse(path.read_text(encoding="utf-8")))
        for path in sorted(PACKAGE.rglob("*.py"))
    }
    others = set(OTHERS)
    for name in [name for name in modules if name.startswith(NAMES)]:
        others |= {text for text, _ in modules.pop(name).texts()}
    for word in (*SINGLE, *PARTS):
        yield word, None, "words"
    for context, words in WORDS.items():
        for word in words:
            yield word, context, "words"
    for name, module in modules.items():
        if name.startswith(SILENT):
            continue
        for text, place in module.texts():
            if text not in (_NO_WORDS if place else others):
                yield text, place, f"aligner/{name}"


class _Module:
    """One module's texts."""

    def __init__(self, tree: ast.Module) -> None:
        self._tree = tree
        self._skipped: set[ast.AST] = set()
        for node in ast.walk(tree):
            self._skip(node)
        self._formatted = {
            node.value.id
            for node in ast.walk(tree)
            if isinstance(node, ast.Attribute)
            and node.attr == "format"
            and isinstance(node.value, ast.Name)
        }

    def _skip(self, node: ast.AST) -> None:
        """What is no text for people: docstrings, help of options, parts of an f-string."""
        if isinstance(node, ast.Expr):
            self._skipped.add(node.value)  # docstrings
        elif isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            if called in ("typer.Option", "typer.Argument", "typer.Typer"):
                self._skipped.update(ast.walk(node))
            elif called in ("t", "tn") or called.endswith(
                "numbered"
            ):  # texts of pages (see `pages`), of `_numbered`
                self._skipped.update(a for a in node.args if isinstance(a, ast.Constant))
            elif called.startswith(("re.", "regex.")) or called in ("TypeVar", "cast", "getattr"):
                self._skipped.update(node.args)
        elif isinstance(node, ast.JoinedStr):
            for value in node.values:
                self._skipped.add(value)
                if isinstance(value, ast.FormattedValue) and value.format_spec is not None:
                    self._skipped.update(ast.walk(value.format_spec))
        elif isinstance(node, ast.AnnAssign):
            self._skipped.update(ast.walk(node.annotation))

    def texts(self) -> Iterator[tuple[str, str | None]]:
        """Templates of messages, and their contexts."""
        for node in ast.walk(self._tree):
            if node in self._skipped:
                continue
            if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
                parts = _leaves(node)
                if any(isinstance(p, ast.JoinedStr) or _is_text(p) for p in parts):
                    self._skipped.update(p for p in parts if _is_text(p))
                    self._skipped.update(_inner(node))
                    yield from self._told(_template(parts))
            elif isinstance(node, ast.JoinedStr):
                yield from self._told(_template([node]))
                yield from _words(node)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield from self._constant(node.value, node)
            elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("numbered"):
                yield from _numbered(node)

    def _constant(self, text: str, node: ast.AST) -> Iterator[tuple[str, str | None]]:
        if not re.search(r"\{[a-z_0-9:.]*\}", text) or not self._is_format(node):
            text = text.replace("{", "{{").replace("}", "}}")
        yield from self._told(_unnumbered(text))

    def _is_format(self, node: ast.AST) -> bool:
        """Whether the text is a template: `"...".format(...)`, or a name that is formatted."""
        for parent in ast.walk(self._tree):
            if isinstance(parent, ast.Attribute) and parent.value is node:
                return parent.attr == "format"
            if isinstance(parent, ast.Assign) and any(n is node for n in ast.walk(parent.value)):
                return any(ast.unparse(t) in self._formatted for t in parent.targets)
        return False

    def _told(self, template: str) -> Iterator[tuple[str, str | None]]:
        literal = re.sub(r"\{[^{}]*\}", "{}", template)
        words = _WORDS.findall(literal)
        spaced = re.search(r"[^\W\d_][^ ]* |[ ][^ ]*[^\W\d_]", literal)
        if words and spaced and not _OTHER.search(template):
            yield template, None


def _words(node: ast.JoinedStr) -> Iterator[tuple[str, str | None]]:
    """Single words of a choice inside a template, the name of their place as context."""
    for value in node.values:
        if isinstance(value, ast.FormattedValue) and isinstance(value.value, ast.IfExp):
            for word in (value.value.body, value.value.orelse):
                if isinstance(word, ast.Constant) and str(word.value).isalpha():
                    yield str(word.value), "value"


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _leaves(node: ast.expr) -> list[ast.expr]:
    """The parts of a + b + c."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return [*_leaves(node.left), *_leaves(node.right)]
    return [node]


def _inner(node: ast.expr) -> Iterator[ast.AST]:
    """Sums and f-strings that are parts of the sum."""
    yield node
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        yield from _inner(node.left)
        yield from _inner(node.right)


def _template(parts: list[ast.expr]) -> str:
    """The text with names in braces for the values."""
    names: dict[str, str] = {}
    made = ""
    for part in parts:
        values = part.values if isinstance(part, ast.JoinedStr) else [part]
        for value in values:
            if isinstance(value, ast.Constant):
                made += str(value.value).replace("{", "{{").replace("}", "}}")
                continue
            inner = value.value if isinstance(value, ast.FormattedValue) else value
            key = ast.unparse(inner)
            if key not in names:
                names[key] = _free(_name(value), set(names.values()))
            how = "!r" if getattr(value, "conversion", -1) == ord("r") else ""
            made += f"{{{names[key]}{how}}}"
    return made


def _unnumbered(text: str) -> str:
    """`{}` and `{0}` get names, formats of numbers go."""
    count = iter(range(1, 99))

    def named(match: re.Match[str]) -> str:
        name = match[1]
        return f"{{{name if name.isidentifier() else f'value{next(count)}'}}}"

    return re.sub(r"(?<!\{)\{([a-z_0-9]*)(?::[^{}]*)?\}(?!\})", named, text)


def _free(name: str, taken: set[str]) -> str:
    number = 2
    wanted = name
    while wanted in taken:
        wanted = f"{name}{number}"
        number += 1
    return wanted


def _name(node: ast.AST) -> str:
    """What to call a value: its variable, or `count` where it is a number by its looks."""
    if isinstance(node, ast.FormattedValue):
        spec = ast.unparse(node.format_spec) if node.format_spec else ""
        if re.search(r"[,dfge%]'$", spec):
            return "count"
        return _name(node.value)
    if isinstance(node, ast.Name):
        return (
            "count" if node.id.lower() in ("count", "number", "n") else node.id.lower().strip("_")
        )
    if isinstance(node, ast.Attribute):
        return node.attr.lower().strip("_")
    if isinstance(node, ast.Subscript):
        return _name(node.value)
    if isinstance(node, ast.Call):
        called = ast.unparse(node.func)
        if called in ("len", "sum", "max", "min", "round"):
            return "count"
        if called.endswith("numbered"):
            return _counted(node)
        if node.args:
            return _name(node.args[0])
        return _name(node.func)
    if isinstance(node, ast.BinOp):
        sides = [node.left, node.right]
        number = any(isinstance(s, ast.Constant) and not _is_text(s) for s in sides)
        return "count" if number or isinstance(node.op, ast.Sub | ast.Mult) else _name(node.left)
    return "value"


def _counted(node: ast.Call) -> str:
    """`beads` for numbered(count, "bead")."""
    word = node.args[1] if len(node.args) > 1 else None
    name = str(word.value).replace(" ", "_") if isinstance(word, ast.Constant) else ""
    return f"{name}s" if name.isidentifier() else "some"


def _numbered(node: ast.Call) -> Iterator[tuple[str, str | None]]:
    """`{count} bead` and `{count} beads` of numbered(count, "bead")."""
    words = [arg.value for arg in node.args[1:] if isinstance(arg, ast.Constant)]
    if words and isinstance(words[0], str):
        one = words[0]
        many = str(words[1]) if len(words) > 1 and words[1] else f"{one}s"
        yield f"{{count}} {one}", None
        yield f"{{count}} {many}", None
