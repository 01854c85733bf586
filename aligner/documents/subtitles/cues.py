"""What the subtitle formats share: marks inside a cue, dialogue in one cue, the time of each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape

from aligner.model import Dropped
from aligner.text.rich import Draft, Rich, clean
from aligner.text.turns import cut_at

__all__ = ["by_speaker", "cue_drafts"]

_TAGS = {
    **dict.fromkeys(("b", "strong"), "bold"),
    **dict.fromkeys(("i", "em"), "italic"),
    "u": "underline",
    "sub": "sub",
    "sup": "sup",
}
# tags of SubRip, WebVTT and the players; what is none of them is text: <3, <xyz>
_KNOWN = (
    "b|i|u|s|strong|em|strike|del|ins|font|span|div|p|br|big|small|sub|sup|center|blink|marquee|mark"
    "|tt|code|q|nobr|c|v|lang|ruby|rb|rt|rp|rtc|sami|sync|text|body"
)
_MARK = re.compile(
    rf"<(?P<close>/?)(?P<tag>{_KNOWN})(?P<rest>(?:[.\s][^<>]*)?)/?>"
    r"|<(?P<time>\d[\d:.]*)>"
    r"|\{\s?(?P<code>\\[^{}]*)\}"  # Advanced SubStation: {\an8} {\i1}
    r"|\{(?P<micro>[yYcCfFsSpPhHoO]:[^{}]*)\}",  # MicroDVD: {y:i} {c:$0000ff}
    re.IGNORECASE,
)
_CODES = re.compile(r"\\(?P<code>[biu])(?P<on>\d{1,3})(?![\w&])|\\r")
_CODE_KINDS = {"b": "bold", "i": "italic", "u": "underline"}
_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|lrm|rlm|#\d{1,7}|#x[0-9a-fA-F]{1,6});")
_DASH = re.compile(r"[-–—―‐]\s?(?=\S)")
_MINUS = re.compile(r"-(?=\d)")
_STAGE = re.compile(r"(?:\[[^\[\]]*\]|\([^()]*\)|（[^（）]*）|［[^［］]*］)$")


def cue_drafts(
    text: str,
    times: tuple[int, int] | None,
    key: str = "",
    *,
    speaker: str | None = None,
    entities: bool = False,
    line: int = 0,
    dropped: list[Dropped] | None = None,
) -> Iterator[Draft]:
    r"""The paragraphs of one cue: one, or one a speaker where lines open with dashes.

    `text` may hold `<i>`, `{\\i1}` and their like of any dialect, which become spans or go (into
    `dropped`, where they say more than their name); so do the readings of ruby. Line ends are
    `break` spans. `entities`: all of HTML's, as WebVTT has them, and not only the commonest.
    """
    cue = _Cue(entities=entities, line=line, dropped=[] if dropped is None else dropped)
    at = 0
    for match in _MARK.finditer(text):
        cue.add(text[at : match.start()])
        at = match.end()
        cue.take(match)
    cue.add(text[at:])
    cue.end_reading()
    body, spans = cue.rich.build()
    if not body:
        return
    yield from by_speaker(
        Draft("cue", body, spans, speaker=speaker or cue.speaker, times=times, key=key)
    )


def by_speaker(draft: Draft) -> Iterator[Draft]:
    """The text of a cue as paragraphs: one a dash, each a `cue` or, nothing but a remark, `stage`."""
    parts = _turns(draft)
    for part in parts:
        dash = _DASH.match(part.text)
        if dash and len(parts) == 1 and _MINUS.match(part.text):
            dash = None
        at = dash.end() if dash else 0
        remark = _STAGE.match(part.text, at) is not None
        label = (0, at) if 0 < at < len(part.text) else None
        yield replace(part, kind="stage" if remark else "cue", label=label)


class _Cue:
    """The text of one cue while its marks are taken out."""

    def __init__(self, *, entities: bool, line: int, dropped: list[Dropped]) -> None:
        self.rich = Rich()
        self.speaker: str | None = None
        self._entities = entities
        self._line = line
        self._dropped = dropped
        self._reading: list[str] | None = None  # above ruby, while it is open

    def add(self, text: str) -> None:
        """Text between two marks."""
        text = unescape(text) if self._entities else _ENTITY.sub(lambda m: unescape(m[0]), text)
        if self._reading is not None:
            self._reading.append(text)
            return
        for number, line in enumerate(text.split("\n")):
            if number:
                self.rich.mark("break")
            self.rich.add(line)

    def take(self, match: re.Match[str]) -> None:
        """A mark: formatting opens or closes, or it goes and is told."""
        if match["code"]:
            self._apply_codes(match["code"])
            self._drop(match[0])
        elif match["micro"]:
            self._drop(match[0])
        elif match["tag"]:
            self._apply_tag(match, match["tag"].lower())

    def end_reading(self) -> None:
        """The reading above ruby ends."""
        if self._reading is not None:
            words = clean(" ".join(self._reading))
            if words:
                reason = "reading above the text (ruby)"
                self._dropped.append(Dropped(reason, words, self._line))
        self._reading = None

    def _drop(self, code: str) -> None:
        self._dropped.append(Dropped("styling code", code, self._line))

    def _apply_tag(self, match: re.Match[str], tag: str) -> None:
        if tag in ("rt", "rp", "ruby"):
            self.end_reading()
            if tag != "ruby" and not match["close"]:
                self._reading = []
            return
        if tag == "br":
            self.rich.mark("break")
            return
        name = match["rest"].partition(" ")[2].strip() if tag == "v" else ""
        if name:
            self.speaker = self.speaker or name
        elif match["rest"].strip(" /"):
            self._drop(match[0])
        kind = _TAGS.get(tag)
        if kind and match["close"]:
            self.rich.close(kind)
        elif kind:
            self.rich.open(kind)

    def _apply_codes(self, codes: str) -> None:
        for match in _CODES.finditer(codes):
            if match["code"] is None:
                for kind in _CODE_KINDS.values():
                    self.rich.close(kind)
            elif match["on"] == "0":
                self.rich.close(_CODE_KINDS[match["code"]])
            else:
                self.rich.open(_CODE_KINDS[match["code"]])


def _turns(draft: Draft) -> list[Draft]:
    """One paragraph a dash, where two lines or more open with one."""
    starts = [0, *(span.start + 1 for span in draft.spans if span.kind == "break")]
    opening = [start for start in starts if _DASH.match(draft.text, start)]
    if len(opening) < 2 or all(_MINUS.match(draft.text, start) for start in opening):
        return [draft]
    return list(cut_at(draft, [start - 1 for start in opening if start]))
