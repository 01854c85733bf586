"""Plural forms: which translation goes with which of the two source texts.

gettext has a singular and a plural source (`msgid`, `msgid_plural`) and as many translations as the
language has forms. One form serves both sources; of two the first is the singular; of more, the form
that `Plural-Forms` gives for one thing goes with the singular, each other one with the plural.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from gettext import c2py

__all__ = ["PLURAL", "SINGULAR", "Form", "Forms"]

SINGULAR, PLURAL = "msgid", "msgid_plural"
_DECLARED = re.compile(r"nplurals\s*=\s*(\d{1,2})\s*;\s*plural\s*=\s*([^;\n]+)")


@dataclass(frozen=True, slots=True)
class Form:
    """A translation of an entry with plural forms: its number, and the source that it goes with."""

    number: int
    source: str


class Forms:
    """The forms that a catalogue declares (`Plural-Forms` of its header, "" where it says none)."""

    def __init__(self, declared: str) -> None:
        match = _DECLARED.search(declared)
        self.count = int(match[1]) if match else 0
        self._one = 0  # the form for one thing
        if match:
            try:
                self._one = int(c2py(match[2].strip())(1))
            except (ValueError, ArithmeticError, RecursionError):
                self._one = 0

    def of(self, there: int) -> list[Form]:
        """The forms of an entry that has so many translations: one form is told twice."""
        count = there or self.count or 2
        if count == 1:
            return [Form(0, SINGULAR), Form(0, PLURAL)]
        one = self._one if self._one < count else 0
        return [Form(number, SINGULAR if number == one else PLURAL) for number in range(count)]
