"""Paths by the rules of other systems."""

from __future__ import annotations

import ntpath
import posixpath
from pathlib import PurePosixPath, PureWindowsPath

import pytest

from aligner.runtime import places


@pytest.mark.parametrize(
    ("name", "divisions"),
    [
        (r"C:\texts\book.zip:ch1.html", [(r"C:\texts\book.zip", "ch1.html")]),
        ("C:book.zip:a:b.html", [("C:book.zip:a", "b.html"), ("C:book.zip", "a:b.html")]),
        (r"C:\texts\es.html", []),
        ("book.zip:ch1.html", [("book.zip", "ch1.html")]),
        (r"\\server\share\book.zip:ch1.html", [(r"\\server\share\book.zip", "ch1.html")]),
        (r"\\?\D:\book.zip:c", [(r"\\?\D:\book.zip", "c")]),
        ("C:", []),
        (":x", []),
    ],
)
def test_archive_and_member_beside_drives(name: str, divisions: list[tuple[str, str]]) -> None:
    assert list(places.divided(name, PureWindowsPath)) == divisions


def test_archive_and_member_without_drives() -> None:
    assert list(places.divided("C:book.zip:ch1.html", PurePosixPath)) == [
        ("C:book.zip", "ch1.html"),
        ("C", "book.zip:ch1.html"),
    ]
    assert list(places.divided("plain.txt", PurePosixPath)) == []


def test_the_way_from_a_folder_to_a_file() -> None:
    assert places.relative("/a/b/es.html", "/a/c", posixpath) == "../b/es.html"
    assert places.relative("/a/b/es.html", "/a/b", posixpath) == "es.html"
    assert places.relative("b/es.html", "", posixpath) == "b/es.html"
    assert places.relative(r"C:\a\b\es.html", r"C:\a\c", ntpath) == "../b/es.html"
    assert places.relative(r"D:\b\es.html", r"C:\a", ntpath) == "es.html"


@pytest.mark.parametrize(
    ("path", "is_absolute"),
    [
        ("/home/me/es.html", True),
        (r"C:\Users\me\es.html", True),
        (r"\\server\share\es.html", True),
        (r"\es.html", True),
        ("C:es.html", True),
        ("es.html", False),
        ("../texts/es.html", False),
        ("book.zip:ch1.html", False),
        ("standard input", False),
    ],
)
def test_paths_that_say_where_things_lie(path: str, is_absolute: bool) -> None:
    assert places.is_absolute(path) is is_absolute
