"""All SQL that makes tables. A change of meaning raises VERSION.

unit      a source and a target text, each pair once. `key` is a hash of languages and source (what
          an exact lookup asks for), `pair` one of both texts, and of their codes where there are
          any. `before` and `after` are the keys of the neighbours on the source side, where its file
          names them, `length` that of the source. `context` tells it from another of the same
          source (msgctxt ...), `identifier` is its id there, `together` the id of the first pair of
          a unit in three languages or more (NULL for two), `rest` what it came with besides, as
          JSON (`rest`), NULL for nothing.
again     further places where the same pair stood
origin    documents, with what is known about them as JSON, and the header of the file
header    what files say of all their units, as JSON
import    what was read in and how far (`done` units; `finished` 1 at the end)
*_words   the words of each side, FTS5 without content of its own: text is in `unit` only
vectors   unit vectors of sources, 8 bits a number, in blocks (`semantic`)
"""

from __future__ import annotations

__all__ = ["SCHEMA", "STATUS", "VERSION"]

VERSION = 2
STATUS = ("auto", "accepted", "edited")  # as in Bead; stored as their numbers

_FTS = (
    "fts5(words, content='', columnsize=0, detail=none, tokenize='unicode61 remove_diacritics 0')"
)
_PENDING = 32 << 20  # bytes of new postings that FTS5 holds before it writes a segment

SCHEMA = f"""
CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE languages (
  id INTEGER PRIMARY KEY, source TEXT NOT NULL, target TEXT NOT NULL, UNIQUE (source, target)
);
CREATE TABLE origin (
  id INTEGER PRIMARY KEY, document TEXT NOT NULL, metadata TEXT NOT NULL,
  header INTEGER NOT NULL, UNIQUE (document, metadata, header)
);
CREATE TABLE header (id INTEGER PRIMARY KEY, value TEXT NOT NULL UNIQUE);
CREATE TABLE import (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL, digest TEXT NOT NULL UNIQUE,
  done INTEGER NOT NULL, finished INTEGER NOT NULL
);
CREATE TABLE unit (
  id INTEGER PRIMARY KEY, languages INTEGER NOT NULL, key INTEGER NOT NULL, pair INTEGER NOT NULL,
  source TEXT NOT NULL, target TEXT NOT NULL, length INTEGER NOT NULL,
  confidence REAL, status INTEGER NOT NULL, kind TEXT NOT NULL, labels TEXT NOT NULL,
  comment TEXT NOT NULL, origin INTEGER NOT NULL, number INTEGER NOT NULL,
  before INTEGER NOT NULL, after INTEGER NOT NULL, context TEXT NOT NULL,
  identifier TEXT NOT NULL, together INTEGER, rest TEXT
);
CREATE UNIQUE INDEX unit_key ON unit (key, pair);
CREATE TABLE again (
  unit INTEGER NOT NULL, origin INTEGER NOT NULL, number INTEGER NOT NULL,
  before INTEGER NOT NULL, after INTEGER NOT NULL, context TEXT NOT NULL,
  identifier TEXT NOT NULL, rest TEXT, PRIMARY KEY (unit, origin, number)
) WITHOUT ROWID;
CREATE TABLE vectors (
  first INTEGER PRIMARY KEY, encoder TEXT NOT NULL, ids BLOB NOT NULL, rows BLOB NOT NULL
);
CREATE VIRTUAL TABLE source_words USING {_FTS};
CREATE VIRTUAL TABLE target_words USING {_FTS};
INSERT INTO source_words (source_words, rank) VALUES ('hashsize', {_PENDING});
INSERT INTO target_words (target_words, rank) VALUES ('hashsize', {_PENDING});
"""  # noqa: S608 - our own names and numbers
