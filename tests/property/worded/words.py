"""Words that no other place has."""

from __future__ import annotations

import random
import re
from collections import Counter
from itertools import count

__all__ = ["WORD", "Words", "words_in"]

WORD = re.compile(r"w\d+q")


def words_in(text: str) -> Counter[str]:
    """The words of our files in a text, glued to others or not."""
    return Counter(WORD.findall(text))


class Words:
    """Words that no other place has, and choices."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.made: list[str] = []
        self._count = count()

    def word(self) -> str:
        self.made.append(f"w{next(self._count)}q")
        return self.made[-1]

    def text(self) -> str:
        """White space, or a word or two in it."""
        kind = self.chance.randrange(5)
        return ("", " ", self.word(), f" {self.word()} {self.word()} ", f"{self.word()}. ")[kind]

    def some(self, most: int) -> range:
        return range(self.chance.randint(0, most))

    def pick(self, options: str) -> str:
        return self.chance.choice(options.split())
