"""Plain text (.txt, .text, or no suffix).

- A blank line separates paragraphs; the lines of one are joined by a space (Chinese and Japanese:
  by nothing). In a file without a blank line every line is a paragraph, unless the lines look
  wrapped: all of about one width, and most ending inside a sentence.
- A first short paragraph without a full stop is the title, later ones before longer text are
  headings. Lines that open with a bullet or a number are items; turns as `_turns` says.
- `options.segmented`: one segment a line, a line of white space only parts paragraphs. Nothing is
  guessed then: every paragraph is `para`.
"""

from __future__ import annotations

import re
from itertools import groupby

from aligner.model import Declined, Document, ReadOptions, Source
from aligner.text.decoding import decode
from aligner.text.drafts import DEFAULTS, make_document, make_segmented, suffix_of
from aligner.text.rich import Draft, clean, weight
from aligner.text.turns import find_turns, looks_like_turn

__all__ = ["SUFFIXES", "read"]

SUFFIXES = (".txt", ".text", "")

_ITEM = re.compile(r"\s*(?:[-*•‣▪◦·]\s+|\(?\d{1,3}[.)]\s+|[a-z]\)\s+)(?=\S)")
_BLANK = re.compile(r"\n[^\S\n]*\n")
_ENDS = (
    ".",
    "!",
    "?",
    "…",
    ":",
    ";",
    ",",
    "。",
    "！",
    "？",
    "؟",
    "：",
    "，",
    "؛",
    "।",
    "»",
    "”",
    '"',
    ")",
)
_MAX_TITLE = 150
_MAX_HEADING = 80
_WRAPPED = range(40, 101)  # a wrapped file's widest line, in Latin-like characters


def read(source: Source, options: ReadOptions = DEFAULTS) -> Document:
    """`source` as a document; raises ReadError or Malformed for what is not text, Declined for
    a suffix that is not ours (unless the user called for segmented text, which is plain text).
    """
    suffix = suffix_of(source.name)
    named = suffix in SUFFIXES or source.media.lower().startswith("text/plain")
    if not named and not options.segmented:
        raise Declined(f"the suffix {suffix} is not one of {', '.join(filter(None, SUFFIXES))}")
    return read_text(source, options)


def read_text(source: Source, options: ReadOptions) -> Document:
    """As `read`, whatever the suffix."""
    notices: list[str] = []
    text = decode(source.data, source.name, encoding=options.encoding, notices=notices)
    lines = re.split(r"[\n\v\f\u2028\u2029\x85]", text)
    if options.segmented:
        groups = [
            list(group) for full, group in groupby(lines, lambda line: bool(clean(line))) if full
        ]
        return make_segmented(source, groups, notices=notices)
    drafts = [Draft(kind, clean(part)) for kind, part in _paragraphs(text, lines)]
    drafts = [draft for draft in drafts if draft.text]
    _find_headings(drafts)
    return make_document(source, drafts, notices=notices)


def _paragraphs(text: str, lines: list[str]) -> list[tuple[str, str]]:
    """(kind, raw text) of each paragraph."""
    if not _BLANK.search(text.strip()) and not _is_wrapped(lines):
        groups = [[line] for line in lines]
    else:
        groups = [
            list(group) for full, group in groupby(lines, lambda line: bool(line.strip())) if full
        ]
    return [paragraph for group in groups for paragraph in _parts(group)]


def _parts(group: list[str]) -> list[tuple[str, str]]:
    """A block between blank lines, parted where its lines open items or turns."""
    opens = [bool(_ITEM.match(line)) or looks_like_turn(line.strip()) for line in group]
    if sum(opens) < 2 and not (opens and opens[0]):
        return [("para", "\n".join(group))]
    parts: list[list[str]] = []
    for line, new in zip(group, opens, strict=True):
        if new or not parts:
            parts.append([line])
        else:
            parts[-1].append(line)
    return [("item" if _ITEM.match(part[0]) else "para", "\n".join(part)) for part in parts]


def _is_wrapped(lines: list[str]) -> bool:
    full = [line.strip() for line in lines if line.strip()]
    if len(full) < 3:
        return False
    widest = max(map(weight, full))
    open_ends = sum(1 for line in full[:-1] if not line.endswith(_ENDS))
    near = sum(1 for line in full[:-1] if weight(line) >= 0.75 * widest)
    return widest in _WRAPPED and 2 * open_ends > len(full) and 3 * near >= 2 * (len(full) - 1)


def _find_headings(drafts: list[Draft]) -> None:
    """Mark title and headings: short, no full stop, and longer text follows."""
    turns = [draft.kind == "turn" for draft in find_turns(drafts)]
    for position, draft in enumerate(drafts[:-1]):
        after = drafts[position + 1]
        limit = _MAX_HEADING if position else _MAX_TITLE
        bare = draft.kind == "para" and not draft.text.endswith(_ENDS)
        short = weight(draft.text) <= limit and weight(after.text) > weight(draft.text)
        if not bare or turns[position]:
            continue
        if position == 0 and weight(draft.text) <= limit and len(drafts) > 2:
            draft.kind = "title"
        elif position and short and not draft.text[:1].islower():
            draft.kind, draft.level = "heading", 2
