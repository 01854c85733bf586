"""Messages in another language than English, out of a compiled catalogue of gettext.

A message is made where it arises, from a template with values in it: `there is no check {name!r}`.
What arrives here is the message, so the template is looked for: the one with the most literal
text of those that fit. Values that are messages themselves (a hint, `3 beads`) are put into the
language too; what is quoted, and what a template writes with `!r`, is the person's own text and stays.

Messages are joined as "where: what (hint)" and "this; that": what no template fits as a whole is
taken apart at these marks.
"""

from __future__ import annotations

import gettext
import re
from functools import cached_property, lru_cache
from pathlib import Path
from string import Formatter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from aligner.model import AlignerError

__all__ = ["DOMAIN", "FOLDER", "Catalogue"]

DOMAIN = "aligner"
FOLDER = Path(__file__).resolve().parents[1] / "locale"

_OPEN, _CLOSE = "«“‘\"'‹[`", "»”’\"'›]`"
_WEAK = 2  # words of a template; with fewer it may fit what it was not made for
_DEPTH = 8  # messages inside messages
_LONGEST = 2000  # characters; what is longer is no message
_COUNTED = re.compile(r"(\s*\d[\d,.]* )(.+)", re.DOTALL)
_EXCERPT = re.compile(r"([^«]*)(: «.*»)", re.DOTALL)
_NUMBER = r"\s*[-+−]?(?:\d[\d,. eE+-]*?|n/a|nan|inf)%?"
_REPR = r"""b?'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|\[.*?\]|\{.*?\}|-?\d[\w.+-]*|None|True|False|\w+\(.*?\)"""
_WORD = re.compile(r"[^\W\d_]+")
_PLACE = re.compile(r"(?<!\{)\{[a-z]")
# by the names of places what their values look like
_KINDS = {"count": _NUMBER, "measure": rf"{_NUMBER} \D+"}
_QUOTED = re.compile(r"(“[^”]*”)( .*)", re.DOTALL)
_CONTEXT = "\x04"  # gettext's mark between a context and its text


class _Template:
    """A text with places for values, and its translation."""

    def __init__(self, source: str, target: str) -> None:
        self._parts = list(Formatter().parse(source))
        self._target = list(Formatter().parse(target))
        self.literals = [literal for literal, *_ in self._parts if literal]
        self.size = sum(map(len, self.literals))
        words = sum(len(_WORD.findall(literal)) for literal in self.literals)
        # one that neither begins nor ends with text of its own
        loose = not self._parts[0][0] and self._parts[-1][1] is not None
        self.weak = loose and words < _WEAK

    @cached_property
    def _patterns(self) -> list[re.Pattern[str]]:
        """Values as short as possible; and as long, where nothing but a space parts two of them."""
        inner = [literal for literal, *_ in self._parts[1:]]
        loose = any(not literal.strip() for literal in inner)
        return [self._pattern(".*?"), *([self._pattern(".*")] if loose else [])]

    def _pattern(self, text: str) -> re.Pattern[str]:
        known: set[str] = set()
        pattern = ""
        for literal, name, _, how in self._parts:
            pattern += re.escape(literal)
            if name in known:
                pattern += f"(?P={name})"
            elif name is not None:
                known.add(name)
                value = _REPR if how == "r" else _KINDS.get(name.rstrip("0123456789"), text)
                pattern += f"(?P<{name}>{value})"
        return re.compile(pattern, re.DOTALL)

    @cached_property
    def own(self) -> frozenset[str]:
        """Names of the values that stay: what is quoted or written with `!r` is the person's own
        text, and what is known are codes.
        """
        names = set()
        after = [literal for literal, *_ in self._parts[1:]] + [""]
        for (literal, name, _, how), behind in zip(self._parts, after, strict=True):
            quoted = literal and behind and _OPEN.find(literal[-1]) == _CLOSE.find(behind[0]) >= 0
            if name is not None and (how == "r" or quoted or literal.endswith("known: ")):
                names.add(name)
        return frozenset(names)

    def has(self, mark: str) -> bool:
        """Whether this stands in the text itself."""
        return any(mark in literal for literal in self.literals)

    def values(self, text: str) -> list[dict[str, str]]:
        """What `text` has at the places, in each way to read it; none where it is no such text."""
        if any(literal not in text for literal in self.literals):
            return []
        matches = [pattern.fullmatch(text) for pattern in self._patterns]
        return [match.groupdict() for match in matches if match is not None]

    def filled(self, values: dict[str, str]) -> str:
        """The translation with these values."""
        made = ""
        for literal, name, *_ in self._target:
            made += literal
            value = "" if name is None else values[name]
            # Spanish: de + el, a + el
            if value.startswith("el ") and made.endswith((" de ", " a ", "De ", "A ")):
                made, value = made[:-1], value.removeprefix("el" if made[-2] in "aA" else "e")
                made += "l" if made[-1] in "aA" else ""
            made += value
        return made


class Catalogue(gettext.GNUTranslations):
    """The texts of one language."""

    _catalog: dict[object, str]
    _done: dict[str, str | None]  # parts of the message that is translated

    @classmethod
    @lru_cache(maxsize=4)
    def of(cls, language: str) -> Catalogue:
        """The installed catalogue of the language. Raises OSError where it is not installed."""
        path = FOLDER / language / "LC_MESSAGES" / f"{DOMAIN}.mo"
        with path.open("rb") as file:
            return cls(file)

    @cached_property
    def texts(self) -> dict[str, str]:
        """English -> the language; a context, where there is one, before the English."""
        known = self._catalog.items()
        return {key: text for key, text in known if isinstance(key, str) and key and text}

    def of_context(self, context: str) -> dict[str, str | list[str]]:
        """English -> the language, of one context; the forms where a text has one for each number."""
        made: dict[str, str | list[str]] = {}
        for key, text in self._catalog.items():
            name, form = key if isinstance(key, tuple) else (key, None)
            if not isinstance(name, str) or not name.startswith(f"{context}{_CONTEXT}"):
                continue
            english = name.partition(_CONTEXT)[2]
            if form is None:
                made[english] = text
            else:
                forms = made.setdefault(english, ["", ""])
                if isinstance(forms, list) and form < len(forms):
                    forms[form] = text
        return made

    @cached_property
    def _exact(self) -> dict[str, str]:
        """Messages without places, as they are printed."""
        plain = {k: t for k, t in self.texts.items() if not _PLACE.search(k) and _CONTEXT not in k}
        return {_unescaped(source): _unescaped(target) for source, target in plain.items()}

    @cached_property
    def _templates(self) -> list[_Template]:
        """Those with places for values, most literal text first."""
        made = [
            _Template(source, target)
            for source, target in self.texts.items()
            # a pattern in a help text is no template: 'es/{}.html'
            if _PLACE.search(source) and _CONTEXT not in source
        ]
        return sorted(made, key=lambda template: -template.size)

    def told(self, text: str | AlignerError) -> str:
        """A message as it is printed; of an error each part is translated on its own."""
        if isinstance(text, str):
            return self.message(text)
        where = f"{self.message(text.context)}: " if text.context else ""
        todo = f" ({self.message(text.hint)})" if text.hint else ""
        return f"{where}{self.message(text.message)}{todo}"

    def message(self, text: str) -> str:
        """The message in the language; as it is where nothing in it is known."""
        self._done = {}
        if text in self._exact:
            return self._exact[text]
        whole = self._fitting(text, 0, weak=False) if "\n" in text else None
        if whole is not None:
            return whole
        return "\n".join(self._part(line, 0) or line for line in text.split("\n"))

    def _part(self, text: str, depth: int) -> str | None:
        """The translation; None where nothing in the text is known."""
        if depth > _DEPTH or len(text) > _LONGEST or not any(map(str.isalpha, text)):
            return None
        if text not in self._done:
            self._done[text] = None  # while it is looked for
            self._done[text] = self._new_part(text, depth)
        return self._done[text]

    def _new_part(self, text: str, depth: int) -> str | None:
        bare = text.strip()
        excerpt = _EXCERPT.fullmatch(text)
        if excerpt is not None:
            done = self._part(excerpt[1], depth + 1)
            return done and done + excerpt[2]
        if text in self._exact:
            return self._exact[text]
        if bare in self._exact:
            return text.replace(bare, self._exact[bare])
        return (
            self._listed(text, depth)
            or self._fitting(text, depth, weak=False)
            or self._apart(text, depth)
            or self._fitting(text, depth, weak=True)
        )

    def _listed(self, text: str, depth: int) -> str | None:
        """A message and its hint, or several in a row, each of which is known."""
        for mark in ("; ", " ("):
            parts = list(_bracketed(text) if mark == " (" else _parts(text, mark))
            if len(parts) > 1:
                # a template that has the mark itself knows more than its parts
                whole = self._fitting(text, depth, weak=False, having=mark)
                done = self._row(parts, mark, depth) if whole is None else []
                if whole is not None or all(done):
                    return whole or ("; " if mark == "; " else "").join(filter(None, done))
        return None

    def _row(self, parts: list[str], mark: str, depth: int) -> list[str | None]:
        """Parts that stood in a row; one that is put behind another may be known with its mark."""
        done = [self._part(part, depth + 1) for part in parts]
        for place in range(1, len(parts)) if mark in ("; ", ", ") else ():
            if done[place] is None:
                behind = self._fitting(f"{mark}{parts[place]}", depth, weak=False, having=mark)
                done[place] = behind and behind.removeprefix(mark)
        return done

    def _fitting(self, text: str, depth: int, *, weak: bool, having: str = "") -> str | None:
        for template in self._templates:
            if template.weak is not weak or not template.has(having):
                continue
            own = template.own
            best, most = None, 0 if weak else -1
            for values in template.values(text):
                put = {n: v if n in own else self._value(n, v, depth) for n, v in values.items()}
                known = sum(put[n] != v or _is_number(v) for n, v in values.items())
                if known > most:
                    best, most = template.filled(put), known
            if best is not None:
                return best
        return None

    def _value(self, name: str, text: str, depth: int) -> str:
        word = self.texts.get(f"{name.rstrip('0123456789')}{_CONTEXT}{text}")
        if "\n" in text:
            return text  # a traceback
        return word or self._part(text, depth + 1) or text

    def _apart(self, text: str, depth: int) -> str | None:
        """The message translated in parts, at the first kind of mark that stands in it."""
        counted = _COUNTED.fullmatch(text)
        if counted is not None and counted[2] in self._exact:
            return counted[1] + self._exact[counted[2]]
        quoted = _QUOTED.fullmatch(text)
        if quoted is not None:
            done = self._part(quoted[2], depth + 1)
            if done is not None:
                return quoted[1] + done
        if text.startswith(("(", " (")) and text.endswith(")"):
            start, inside = text.index("(") + 1, text[text.index("(") + 1 : -1]
            done = self._part(inside, depth + 1)
            if done is not None:
                return f"{text[:start]}{done})"
        for mark in ("; ", "(", ": ", ", "):
            parts = list(_parts(text, mark) if mark != "(" else _bracketed(text))
            if len(parts) == 1:
                continue
            put = self._row(parts, mark, depth)
            if any(put):
                pairs = zip(put, parts, strict=True)
                return ("" if mark == "(" else mark).join(new or old for new, old in pairs)
        for mark in (" or ", " and "):
            parts = text.split(mark)
            if mark in self._exact and len(parts) > 1 and not any(" " in part for part in parts):
                return self._exact[mark].join(parts)
        return None


def _bracketed(text: str) -> Iterator[str]:
    """Split before the brackets that end the text."""
    depth = 0
    for place in range(len(text) - 1, 0, -1) if text.endswith(")") else ():
        depth += (text[place] == ")") - (text[place] == "(")
        if depth == 0:
            yield text[: place - 1]
            yield text[place - 1 :]
            return
    yield text


def _unescaped(text: str) -> str:
    return text.replace("{{", "{").replace("}}", "}")


def _is_number(text: str) -> bool:
    return re.fullmatch(_NUMBER, text) is not None


def _parts(text: str, mark: str) -> Iterator[str]:
    """Split at a mark outside quotation marks and brackets; at ": " once."""
    start, depth = 0, 0
    for place, character in enumerate(text):
        if depth == 0 and text.startswith(mark, place) and place > start:
            yield text[start:place]
            start = place + len(mark)
            if mark == ": ":
                break
        if character in "«“(":
            depth += 1
        elif character in "»”)":
            depth = max(0, depth - 1)
    yield text[start:]
