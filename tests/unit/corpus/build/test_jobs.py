"""Manifests and folders."""

from __future__ import annotations

from pathlib import Path

import pytest

from aligner.corpus.build import find_pairs, parse_manifest
from aligner.model import Malformed, UsageError


def pairs(text: str, name: str) -> list[tuple[str, str, str, str, str]]:
    jobs = parse_manifest(text, name).jobs
    return [(j.id, j.source, j.target, j.source_lang, j.target_lang) for j in jobs]


def test_what_pair_prints_is_a_manifest() -> None:
    rows = "a/1.txt\tb/9.txt\t0.99\na/2.txt\t-\t0.90\na/1.txt\tb/9.txt\t0.99\n"
    manifest = parse_manifest(rows, "lists/p.tsv")
    jobs = manifest.jobs
    assert [(j.source, j.target, j.folder) for j in jobs] == [("a/1.txt", "b/9.txt", "lists")]
    assert jobs[0].names == ("lists/a/1.txt", "lists/b/9.txt")
    assert (manifest.alone, manifest.twice) == (1, 1)


def test_the_three_notations_say_the_same() -> None:
    expected = [("one", "a.txt", "b.txt", "es", "en"), ("c", "c.txt", "d.txt", "es", "fr")]
    tsv = (
        "# a comment\n\nid\tsource\ttarget\tsource_lang\ttarget_lang\r\n"
        "one\ta.txt\tb.txt\tes\ten\r\n\tc.txt\td.txt\tes\tfr\r\n"
    )
    jsonl = (
        '{"id": "one", "source": "a.txt", "target": "b.txt", "source_lang": "es",'
        ' "target_lang": "en"}\n\n'
        '{"source": "c.txt", "target": "d.txt", "source_lang": "es", "target_lang": "fr"}\n'
    )
    toml = (
        'source_lang = "es"\ntarget_lang = "en"\n[[pair]]\nid = "one"\nsource = "a.txt"\n'
        'target = "b.txt"\n[[pair]]\nsource = "c.txt"\ntarget = "d.txt"\ntarget_lang = "fr"\n'
    )
    assert pairs(tsv, "m.tsv") == pairs(jsonl, "m.jsonl") == pairs(toml, "m.toml") == expected


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        ("a.txt\tb.txt\nonly one\n", "m.tsv", "m.tsv, line 2"),
        ("source\ttarget\na.txt\t\n", "m.tsv", "no target"),
        ('{"source": "a"}\n', "m.jsonl", "m.jsonl, line 1: there is no target"),
        ('{"source": "a", "target": "b", "tarot": "c"}\n', "m.jsonl", "'tarot' is not known"),
        ("{", "m.jsonl", "damaged JSON"),
        ("[1]\n", "m.jsonl", "not an object"),
        ('{"source": 1, "target": "b"}\n', "m.jsonl", "source is not a string"),
        ("[[pair]\n", "m.toml", "damaged TOML"),
        ("pair = 3\n", "m.toml", "tables"),
    ],
)
def test_a_bad_manifest_says_where(text: str, name: str, said: str) -> None:
    with pytest.raises(Malformed) as caught:
        parse_manifest(text, name)
    assert said in str(caught.value)


@pytest.mark.parametrize("name", ["m.csv", "m", "m.tsv"])
def test_a_manifest_has_a_known_suffix_and_pairs(name: str) -> None:
    with pytest.raises(UsageError):
        parse_manifest("# nothing\n", name)


def fill(folder: Path, *names: str) -> Path:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    return folder


def test_a_folder_a_language(tmp_path: Path) -> None:
    fill(tmp_path, "es/2021/a.html", "en/2021/a.txt", "es/b.md", "en/b.md", "es/only.md", "x.txt")
    found = find_pairs(tmp_path, "es", "en")
    assert [(j.source, j.target, j.id) for j in found.jobs] == [
        ("es/2021/a.html", "en/2021/a.txt", "es.2021.a"),
        ("es/b.md", "en/b.md", "es.b"),
    ]
    assert {(j.source_lang, j.target_lang) for j in found.jobs} == {("es", "en")}
    assert found.alone == ["es/only.md", "x.txt"]
    assert find_pairs(tmp_path, target_lang="es").jobs[0].source.startswith("en/")


def test_the_language_in_the_name(tmp_path: Path) -> None:
    fill(tmp_path, "n/a.pt-BR.html", "n/a.en.html", "b.en.txt", "b.pt-BR.txt", "c.tar.gz")
    found = find_pairs(tmp_path, "en", "pt-BR")
    assert [(j.source, j.target) for j in found.jobs] == [
        ("b.en.txt", "b.pt-BR.txt"),
        ("n/a.en.html", "n/a.pt-BR.html"),
    ]
    assert find_pairs(tmp_path).jobs[0].source_lang == "en"


def test_patterns(tmp_path: Path) -> None:
    fill(tmp_path, "t/1_spa.txt", "t/1_eng.txt", "t/2_spa.txt", "u/3_spa.txt")
    found = find_pairs(tmp_path, "es", "en", ("t/{}_spa.txt", "*/{}_eng.txt"))
    assert [(j.source, j.target, j.source_lang) for j in found.jobs] == [
        ("t/1_spa.txt", "t/1_eng.txt", "es")
    ]
    assert found.alone == ["t/2_spa.txt"]
    with pytest.raises(UsageError, match="has no"):
        find_pairs(tmp_path, "es", "en", ("t/*.txt", "t/{}"))


def test_folders_that_do_not_tell(tmp_path: Path) -> None:
    fill(tmp_path, "es/a.md", "en/a.md", "fr/a.md")
    with pytest.raises(UsageError, match="which languages"):
        find_pairs(tmp_path)
    with pytest.raises(UsageError, match="no file is in the language de"):
        find_pairs(tmp_path, "es", "de")
    fill(tmp_path, "es/a.html")
    with pytest.raises(UsageError, match="share one name"):
        find_pairs(tmp_path, "es", "en")
    with pytest.raises(UsageError, match="no file has a partner"):
        find_pairs(fill(tmp_path / "z", "es/a.md", "en/b.md"))
