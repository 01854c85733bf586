"""Empty translations of a catalogue filled in; everything else of it stays byte for byte.

What is not sure is flagged `fuzzy`, so that no program takes it as finished: a match that is not
exact, one of several that disagree, an entry of which not every plural form is known.
"""

from __future__ import annotations

from aligner.formats.common.filling import (
    NO_PLACE,
    DraftText,
    Filled,
    Finder,
    Query,
    Suggest,
    Suggestion,
    drafted,
    inlined,
)
from aligner.formats.po.entries import Entry, charset_of, entries, string_lines
from aligner.formats.po.forms import SINGULAR, Forms
from aligner.formats.po.stream import FORM, FUZZY, fields, language
from aligner.model import Source, Variant
from aligner.text.decoding import decode
from aligner.text.rich import clean

__all__ = ["fill"]


def fill(source: Source, finder: Finder) -> tuple[bytes, Filled]:
    """The file with what the memory knows, and what was filled. Raises as `stream` does."""
    data = source.data
    encoding = _encoding(data)
    if encoding:
        lines = data.decode(encoding).split("\n")
    else:
        lines = decode(data, source.name).split("\n")
        encoding = "utf-8"
    every = [entry for entry in entries(lines, source.name) if not entry.obsolete]
    header = next((entry for entry in every if entry.is_header), None)
    declared = fields(header.texts.get("msgstr", "")) if header else {}
    suggest = finder(
        language(declared.get("X-Source-Language", "")), language(declared.get("Language", ""))
    )
    forms = Forms(declared.get("Plural-Forms", ""))
    live = [entry for entry in every if entry.texts.get(SINGULAR)]
    texts = [clean(entry.texts[SINGULAR]) for entry in live]
    filled = Filled(len(live))
    changes: list[tuple[int, int, list[str]]] = []
    for index, entry in enumerate(live):
        if not entry.forms or any(entry.texts[word].strip() for word in entry.forms):
            continue
        before = texts[index - 1] if index else ""
        after = texts[index + 1] if index + 1 < len(texts) else ""
        changes += _entry(entry, forms, suggest, (before, after), filled, encoding)
    end = "\r" if lines and lines[0].endswith("\r") else ""
    for start, stop, new in sorted(changes, reverse=True):
        lines[start:stop] = [line + end for line in new]
    return "\n".join(lines).encode(encoding), filled


def _encoding(data: bytes) -> str:
    """The encoding in which the file can be read and written again; "" where none is sure."""
    declared = charset_of(data)
    for name in (declared if data.isascii() else "utf-8", "utf-8" if data.isascii() else declared):
        try:
            if name and data.decode(name).encode(name) == data:
                return name
        except (LookupError, ValueError):
            continue
    return ""


def _entry(
    entry: Entry,
    forms: Forms,
    suggest: Suggest,
    around: tuple[str, str],
    filled: Filled,
    encoding: str,
) -> list[tuple[int, int, list[str]]]:
    """The lines of an entry that change: from, to, what stands there then."""
    words = entry.forms
    wanted: dict[str, list[str]] = {word: [] for word in words}
    if entry.is_plural:
        for form in forms.of(len(words)):
            wanted[words[form.number]].insert(0, form.source)
    else:
        wanted = {words[0]: [SINGULAR]}
    drafts: dict[str, tuple[DraftText, str]] = {}
    for number, (word, keys) in enumerate(wanted.items()):
        for key in keys:
            raw = entry.texts.get(key) or ""
            draft = _draft(entry, raw, f"{number}/{len(words)}", suggest, around, filled)
            if draft and (word not in drafts or draft.is_exact):
                drafts[word] = (draft, raw)
            if draft and draft.is_exact:
                break
    if not drafts:
        return []
    changes: list[tuple[int, int, list[str]]] = []
    for word, (draft, raw) in drafts.items():
        text = _like(raw, inlined(draft.target))
        try:
            text.encode(encoding)
        except UnicodeEncodeError:
            filled.left[f"characters that {encoding} has not"] += 1
            return []
        start, stop = entry.lines[word]
        changes.append((start, stop, string_lines(word, text)))
    exact = len(drafts) == len(wanted) and all(draft.is_exact for draft, _ in drafts.values())
    filled.count(exact)
    if not exact and FUZZY not in entry.flags:
        changes.append(_flag(entry))
    return changes


def _draft(
    entry: Entry, raw: str, form: str, suggest: Suggest, around: tuple[str, str], filled: Filled
) -> DraftText | None:
    query = Query(Variant("", clean(raw)), *around, entry.texts.get("msgctxt", ""))
    # a message in another context is another message, as msgmerge has it
    suggestions = [
        one._replace(is_exact=one.is_exact and not _is_elsewhere(one, query))
        for one in suggest(query)
    ]
    if entry.is_plural:
        # of several translations of the plural the one of this form
        of_form = [one for one in suggestions if ("plural", form) in one.unit.properties]
        suggestions = of_form or suggestions
    draft = drafted(query, suggestions)
    if draft is None and suggestions:
        filled.left[NO_PLACE] += 1
    return draft


def _is_elsewhere(suggestion: Suggestion, query: Query) -> bool:
    unit = suggestion.unit
    return unit.form == FORM and unit.context != query.context


def _flag(entry: Entry) -> tuple[int, int, list[str]]:
    """The flag that an entry is not finished."""
    for comment in entry.comments:
        if comment.marker == "#,":
            return comment.line, comment.line + 1, [f"#, fuzzy,{comment.text.rstrip()}"]
    previous = [comment.line for comment in entry.comments if comment.marker == "#|"]
    first = min([*previous, *(start for start, _ in entry.lines.values())])
    return first, first, ["#, fuzzy"]


def _like(source: str, target: str) -> str:
    """The translation with the line breaks at both ends that gettext wants to be the same."""
    core = target.strip()
    lead = source[: len(source) - len(source.lstrip())]
    tail = source[len(source.rstrip()) :]
    return f"{lead}{core}{tail}"
