"""What the subtitle formats share: marks inside a cue, dialogue in one cue, the time of each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape

from aligner.model import Dropped
from aligner.text.rich import Draft, Rich
from aligner.text.turns import cut_at

__all__ = ["cue_drafts", "milliseconds"]

_MARK = re.compile(
    r"<(?P<close>/?)(?P<tag>b|i|u|font|c|v|lang|ruby|rt|s)(?P<rest>(?:[.\s][^<>]*)?)>"
    r"|<(?P<time>\d[\d:.]*)>|\{(?P<code>\\[^{}]*)\}",
    re.IGNORECASE,
)
_TAGS = {"b": "bold", "i": "italic", "u": "underline"}
_CODES = re.compile(r"\\(?P<code>[biu])(?P<on>\d{1,3})(?![\w&])|\\r")
_CODE_KINDS = {"b": "bold", "i": "italic", "u": "underline"}
_DASH = re.compile(r"[-–—―‐]\s?(?=\S)")
_MINUS = re.compile(r"-(?=\d)")
_STAGE = re.compile(r"(?:\[[^\[\]]*\]|\([^()]*\)|（[^（）]*）|［[^［］]*］)$")
_TIME = re.compile(r"(?:(\d{1,4}):)?(\d{1,3}):(\d{1,3})[.,:](\d{1,3})")


def milliseconds(text: str) -> int | None:
    """A time as subtitles write it (`1:02:03,4`, `02:03.400`), None for what is none."""
    match = _TIME.match(text.strip())
    if match is None:
        return None
    hours, minutes, seconds, part = match.groups()
    whole = (int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)
    return whole * 1000 + int(part.ljust(3, "0"))


def cue_drafts(
    text: str,
    times: tuple[int, int],
    key: str = "",
    *,
    speaker: str | None = None,
    entities: bool = False,
    line: int = 0,
    dropped: list[Dropped] | None = None,
) -> Iterator[Draft]:
    r"""The paragraphs of one cue: one, or one a speaker where lines open with dashes.

    `text` may hold `<i>`, `{\\i1}` and their like, which become spans or go (into `dropped`, if
    they are codes). Line ends are `break` spans.
    """
    rich = Rich()
    at = 0
    for match in _MARK.finditer(text):
        _add(rich, text[at : match.start()], entities=entities)
        at = match.end()
        if match["code"]:
            _apply_codes(rich, match["code"])
            if dropped is not None:
                dropped.append(Dropped("styling code", match[0], line))
        elif match["tag"]:
            said = _apply_tag(rich, match)
            speaker = speaker or said
            if dropped is not None and match["rest"].strip() and not said:
                dropped.append(Dropped("styling code", match[0], line))
    _add(rich, text[at:], entities=entities)
    body, spans = rich.build()
    if not body:
        return
    draft = Draft("cue", body, spans, speaker=speaker, times=times, key=key)
    parts = _turns(draft)
    for part in parts:
        dash = _DASH.match(part.text)
        if dash and len(parts) == 1 and _MINUS.match(part.text):
            dash = None
        at = dash.end() if dash else 0
        remark = _STAGE.match(part.text, at) is not None
        label = (0, at) if 0 < at < len(part.text) else None
        yield replace(part, kind="stage" if remark else "cue", label=label)


def _add(rich: Rich, text: str, *, entities: bool) -> None:
    for number, line in enumerate(text.split("\n")):
        if number:
            rich.mark("break")
        rich.add(unescape(line) if entities else line)


def _apply_tag(rich: Rich, match: re.Match[str]) -> str | None:
    """Formatting opens or closes; the name that a voice tag gives comes back."""
    tag = match["tag"].lower()
    if tag == "v":
        name = match["rest"].partition(" ")[2].strip()
        return name or None
    kind = _TAGS.get(tag)
    if kind and match["close"]:
        rich.close(kind)
    elif kind:
        rich.open(kind)
    return None


def _apply_codes(rich: Rich, codes: str) -> None:
    for match in _CODES.finditer(codes):
        if match["code"] is None:
            for kind in _CODE_KINDS.values():
                rich.close(kind)
        elif match["on"] == "0":
            rich.close(_CODE_KINDS[match["code"]])
        else:
            rich.open(_CODE_KINDS[match["code"]])


def _turns(draft: Draft) -> list[Draft]:
    """One paragraph a dash, where two lines or more open with one."""
    starts = [0, *(span.start + 1 for span in draft.spans if span.kind == "break")]
    opening = [start for start in starts if _DASH.match(draft.text, start)]
    if len(opening) < 2 or all(_MINUS.match(draft.text, start) for start in opening):
        return [draft]
    return list(cut_at(draft, [start - 1 for start in opening if start]))
