"""What is indexed of a text, and the hashes that stand for it.

Words are runs of letters and digits, case folded. A run in a script that writes no spaces (Chinese,
Japanese, Thai ...) is indexed as its pairs of neighbouring characters, and its last character, so
that a query of any length is found: two characters and more by their pairs, one by a prefix.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata

__all__ = ["UNSPACED", "fold_text", "indexed", "key_of", "keys_of", "plain", "words_of"]

_WORD = re.compile(r"[^\W_]+")
_MARKS = re.compile("[\u0300-\u036f]")
UNSPACED = (
    "\u0e00-\u0eff"  # Thai, Lao
    "\u1000-\u109f\u1780-\u17ff"  # Burmese, Khmer
    "\u3040-\u30ff"  # kana
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # Han
)
_RUN = re.compile(f"[{UNSPACED}]+")
# where FTS5's tokenizer (Unicode 6.1) finds the words of `words_of` by itself: Latin, Greek and
# Cyrillic letters but those that fold to several characters, and the usual signs
_ALIKE = re.compile(
    r"[\0-\xde\xe0-\u012f\u0131-\u0148\u014a-\u017f\u0391-\u03a1\u03a3-\u03ab\u03b1-\u03ce"
    r"\u0400-\u0481\u048a-\u0527\u2010-\u2027\u2030-\u203a\u20ac]*"
)


def fold_text(text: str) -> str:
    """The text as it is indexed: case folded, without combining marks that stay after NFC (the dot
    of a folded `İ`), which SQLite's tokenizer and Python take for different things.
    """
    if text.isascii():
        return text.lower()
    return _MARKS.sub("", unicodedata.normalize("NFC", text).casefold())


def words_of(text: str) -> list[str]:
    """The words in order, as they are indexed."""
    text = fold_text(text)
    words = _WORD.findall(text)
    if text.isascii() or not _RUN.search(text):
        return words
    return [token for word in words for token in _tokens(word)]


def _tokens(word: str) -> list[str]:
    out: list[str] = []
    place = 0
    for run in _RUN.finditer(word):
        if run.start() > place:
            out.append(word[place : run.start()])
        characters = run[0]
        out += [characters[k : k + 2] for k in range(len(characters) - 1)]
        out.append(characters[-1])
        place = run.end()
    if place < len(word):
        out.append(word[place:])
    return out


def indexed(text: str) -> str:
    """What the index gets of a text: its words, or the text where FTS5 finds them by itself."""
    return text if _ALIKE.fullmatch(text) else " ".join(words_of(text))


def key_of(languages: int, text: str) -> int:
    """64 bits (signed, as SQLite has them) for a source text; white space and NFC do not count."""
    return _hash(f"{languages}\0{plain(text)}")


def keys_of(languages: int, source: str, target: str, codes: str = "") -> tuple[int, int]:
    """`key_of` of the source, and 64 bits for both texts and for their codes, where there are any."""
    same = plain(source)
    both = f"{same}\0{plain(target)}"
    return _hash(f"{languages}\0{same}"), _hash(f"{both}\0{codes}" if codes else both)


def plain(text: str) -> str:
    """The text as it is compared: NFC, its white space single spaces."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    # a printable text has no white space but U+0020
    if text.isprintable() and "  " not in text and text[:1] != " " and text[-1:] != " ":
        return text
    return " ".join(text.split())


def _hash(text: str) -> int:
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
