"""Names of files: stems with dots, accents in two normal forms, folders behind links, columns."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from aligner.corpus.build import find_pairs, parse_manifest
from aligner.model import Malformed, UsageError
from aligner.runtime.places import files_under, stem_of
from aligner.workflows.corpus.building import jobs_in

NFC, NFD = (unicodedata.normalize(form, "café") for form in ("NFC", "NFD"))


def written(folder: Path, *names: str) -> Path:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    return folder


def pairs(folder: Path, source: str = "", target: str = "") -> list[tuple[str, str, str]]:
    return [(j.id, j.source, j.target) for j in find_pairs(folder, source, target).jobs]


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("report.2021.txt", "report.2021"),
        ("report.2021.txt.gz", "report.2021"),
        ("report.2021", "report.2021"),
        ("v1.2.3.html", "v1.2.3"),
        ("plain", "plain"),
        (".hidden", ".hidden"),
        ("a.es.html", "a.es"),
        ("3.14", "3.14"),
        ("Dr. Who.txt", "Dr. Who"),
        ("a.alignment.json", "a"),
        ("v1.2.tei.xml", "v1.2"),
    ],
)
def test_stems(name: str, stem: str) -> None:
    assert stem_of(name) == stem


def test_stems_with_dots_are_two(tmp_path: Path) -> None:
    names = [f"{lang}/report.{year}.txt" for lang in ("es", "en") for year in (2021, 2022)]
    assert pairs(written(tmp_path, *names), "es", "en") == [
        ("es.report.2021", "es/report.2021.txt", "en/report.2021.txt"),
        ("es.report.2022", "es/report.2022.txt", "en/report.2022.txt"),
    ]


def test_languages_in_names_with_dots(tmp_path: Path) -> None:
    names = ["v1.2.es.html", "v1.2.en.html", "v1.3.es.html", "v1.3.en.html", "notes.on.x.es.txt"]
    written(tmp_path, *names, "notes.on.x.en.txt", "b.es.tok.txt", "b.en.tok.txt")
    assert [one[0] for one in pairs(tmp_path, "es", "en")] == [
        "b.tok",
        "notes.on.x",
        "v1.2",
        "v1.3",
    ]
    assert [one[0] for one in pairs(tmp_path)] == ["b.tok", "notes.on.x", "v1.2", "v1.3"]


def test_language_in_folder_and_name(tmp_path: Path) -> None:
    written(tmp_path, "es/a.es.html", "en/a.en.html", "es/b.html", "en/b.en.html")
    assert [one[0] for one in pairs(tmp_path, "es", "en")] == ["es.a", "es.b"]
    # a folder that is called like a language that nobody asked for
    other = written(tmp_path / "x", "doc/a.es.txt", "doc/a.en.txt")
    assert [one[0] for one in pairs(other, "es", "en")] == ["doc.a"]


def test_accents_in_two_forms_are_one_name(tmp_path: Path) -> None:
    written(tmp_path, f"es/{NFC}.txt", f"en/{NFD}.txt")
    ((one, source, target),) = pairs(tmp_path, "es", "en")
    assert (one, source, target) == (f"es.{NFC}", f"es/{NFC}.txt", f"en/{NFD}.txt")
    by_pattern = find_pairs(tmp_path, "es", "en", ("es/{}.txt", f"en/{{}}{''}.txt"))
    assert len(by_pattern.jobs) == 1
    with pytest.raises(UsageError, match="share one name"):
        find_pairs(written(tmp_path, f"es/{NFD}.txt"), "es", "en")


def test_a_manifest_finds_the_other_form(tmp_path: Path) -> None:
    written(tmp_path, f"{NFD}.a", f"{NFC}.b")
    rows = f"{NFC}.a\t{NFD}.b\n{NFD}.a\t{NFD}.b\n"
    (tmp_path / "m.tsv").write_text(rows, encoding="utf-8")
    (job,), notes = jobs_in(tmp_path / "m.tsv", "es", "en", ("", ""))
    assert (job.source, job.target) == (f"{NFD}.a", f"{NFC}.b")
    assert notes == ["1 line of the manifest that came before"]


def test_names_of_a_manifest_are_bytes(tmp_path: Path) -> None:
    (tmp_path / "m.tsv").write_bytes(b"caf\xe9.a\tcaf\xe9.b\n")
    (job,), _ = jobs_in(tmp_path / "m.tsv", "es", "en", ("", ""))
    assert job.source == "caf\udce9.a"


def test_a_linked_folder_is_a_folder(tmp_path: Path) -> None:
    written(tmp_path / "far", "a.txt", "deep/b.txt", ".hidden/c.txt")
    written(tmp_path / "t", "en/a.txt", "en/deep/b.txt")
    (tmp_path / "t/es").symlink_to(tmp_path / "far")
    (tmp_path / "far/deep/back").symlink_to(tmp_path / "t")  # a circle
    (tmp_path / "far/gone.txt").symlink_to(tmp_path / "nowhere")
    assert [one[1] for one in pairs(tmp_path / "t", "es", "en")] == ["es/a.txt", "es/deep/b.txt"]
    # the same folder behind two links is there twice
    for name in ("one", "two"):
        (tmp_path / "links").mkdir(exist_ok=True)
        (tmp_path / "links" / name).symlink_to(tmp_path / "t/en")
    assert files_under(tmp_path / "links") == [
        "one/a.txt",
        "one/deep/b.txt",
        "two/a.txt",
        "two/deep/b.txt",
    ]


def test_headers_and_what_is_known_of_the_texts() -> None:
    text = (
        "SRC\ttgt\tlicense\ttarget_url\tscore\turl\n"
        "a\tb\tCC0\thttps://b.example\t.9\thttps://a.example\nc\td\n"
    )
    manifest = parse_manifest(text, "m.tsv")
    first, second = manifest.jobs
    assert (first.source, first.target) == ("a", "b")
    assert first.source_known == (("url", "https://a.example"), ("licence", "CC0"))
    assert first.target_known == (("url", "https://b.example"), ("licence", "CC0"))
    assert second.source_known == second.target_known == ()
    assert manifest.unknown == ("score",)
    line = '{"src": "a", "trg": "b", "licence": "CC0", "domain": "press"}\n'
    assert parse_manifest(line, "m.jsonl").jobs[0].target_known == (
        ("licence", "CC0"),
        ("domain", "press"),
    )
    with pytest.raises(Malformed, match="'licens' is not known"):
        parse_manifest('{"source": "a", "target": "b", "licens": "x"}', "m.jsonl")
    with pytest.raises(Malformed, match="the column source comes twice"):
        parse_manifest("src\tsource\ttgt\n", "m.tsv")
    with pytest.raises(Malformed, match="source comes twice"):
        parse_manifest('{"src": "a", "source": "b", "target": "c"}', "m.jsonl")
