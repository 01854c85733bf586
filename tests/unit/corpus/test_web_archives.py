"""Pages inside web archives as texts of a corpus: named in a manifest, and paired by content."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from aligner.files.opening import open_source, pages_in
from aligner.files.warc import place_in
from aligner.model import Malformed, ReadError, UsageError
from aligner.workflows.corpus.pairing import texts_in
from tests.unit.cli.run import run
from tests.unit.files.test_warc import Archive

pytest.importorskip("warcio", reason="needs the optional part [warc]")

PAGES = {
    "es": [
        ("perro", "El perro duerme en el jardín.", "Por la noche come pan y carne."),
        ("banco", "El banco central subió los tipos.", "La inflación llegó al 4 %."),
        ("mar", "El barco salió del puerto.", "La tormenta rompió las velas."),
    ],
    "en": [
        ("sea", "The ship left the harbour.", "The storm tore the sails."),
        ("dog", "The dog sleeps in the garden.", "At night it eats bread and meat."),
        ("bank", "The central bank raised its rates.", "Inflation reached 4 %."),
    ],
}
WANTED = {"perro": "dog", "banco": "bank", "mar": "sea"}


def archive(folder: Path, lang: str, name: str = "", *, packed: bool = True) -> str:
    made = Archive(packed=packed)
    for page, *sentences in PAGES[lang]:
        body = "".join(f"<p>{sentence}</p>" for sentence in sentences)
        html = f"<html><body><main>{body}</main></body></html>".encode()
        made.add(address(lang, page), html, "text/html; charset=utf-8")
    return made.save(folder, name or f"{lang}.warc.gz")


def address(lang: str, page: str) -> str:
    return f"https://{lang}.example/a/{page}?id=1:2"


@pytest.mark.parametrize("packed", [True, False])
def test_pages_are_listed_with_their_places(tmp_path: Path, packed: bool) -> None:
    name = archive(tmp_path, "es", packed=packed)
    pages = pages_in(name)
    assert [page.address for page in pages] == [address("es", page) for page, *_ in PAGES["es"]]
    data = Path(name).read_bytes()
    for page in pages:
        place = place_in(page.member)
        assert place is not None
        record = data[place:]
        head = gzip.decompress(record)[:400] if packed else record[:400]
        assert f"WARC-Target-URI: {page.address}".encode() in head
        assert (
            open_source(f"{name}:{page.member}").data == open_source(f"{name}:{page.address}").data
        )


def test_an_archive_packed_as_a_whole_has_no_places(tmp_path: Path) -> None:
    plain = Path(archive(tmp_path, "es", "a.warc", packed=False))
    whole = tmp_path / "b.warc.gz"
    whole.write_bytes(gzip.compress(plain.read_bytes()))
    pages = pages_in(str(whole))
    assert [page.member for page in pages] == [page.address for page in pages]
    assert len(pages) == 3
    whole.write_bytes(whole.read_bytes()[:-40])
    with pytest.raises(Malformed):
        pages_in(str(whole))


def test_places_where_no_page_begins(tmp_path: Path) -> None:
    name = archive(tmp_path, "es")
    for place in ("@1", "@99999999"):
        with pytest.raises((ReadError, Malformed), match=r"es\.warc\.gz"):
            open_source(f"{name}:{place}")
    request = next(
        at for at in range(10_000) if b"WARC-Type: request" in _record(Path(name).read_bytes(), at)
    )
    with pytest.raises(ReadError, match=rf"es\.warc\.gz:@{request}: no page begins at this byte"):
        open_source(f"{name}:@{request}")
    with pytest.raises(UsageError, match="this is no folder and no web archive"):
        texts_in(Path(__file__))


def _record(data: bytes, at: int) -> bytes:
    if data[at : at + 3] != b"\x1f\x8b\x08":
        return b""
    import zlib

    return zlib.decompressobj(31).decompress(data[at:], 60)


@pytest.mark.parametrize("by", ["address", "place"])
def test_a_manifest_names_pages(tmp_path: Path, by: str) -> None:
    sides = {lang: archive(tmp_path, lang) for lang in ("es", "en")}
    places = {page.address: page.member for one in sides.values() for page in pages_in(one)}
    rows = ["source\ttarget\tsource_url"]
    for page, other in WANTED.items():
        names = [address("es", page), address("en", other)]
        members = names if by == "address" else [places[name] for name in names]
        rows.append(f"es.warc.gz:{members[0]}\ten.warc.gz:{members[1]}\t{names[0]}")
    (tmp_path / "pairs.tsv").write_text("\n".join(rows))
    words = ["corpus", "build", tmp_path / "pairs.tsv", "-s", "es", "-t", "en", "--workers", "1"]
    done = run(*words, "-o", tmp_path / "out", "--json")
    assert done.code == 0, done.err
    assert json.loads(done.out)["done"] == 3
    done = run("corpus", "export", tmp_path / "out", "--to", "jsonl", "-o", tmp_path / "u.jsonl")
    assert done.code == 0, done.err
    units = [json.loads(line) for line in (tmp_path / "u.jsonl").read_text().splitlines()]
    assert {u["metadata"]["url"] for u in units} == {address("es", page) for page in WANTED}
    texts = {text for page in PAGES["es"] for text in page[1:]}
    assert {unit["translation"]["es"] for unit in units} == texts
    assert json.loads(run(*words, "-o", tmp_path / "out", "--json").out)["finished_before"] == 3
    # the archive is written anew: its pairs are looked at again, also where size and name stay
    path = Path(sides["es"])
    path.write_bytes(path.read_bytes())
    assert json.loads(run(*words, "-o", tmp_path / "out", "--json").out)["finished_before"] == 3
    data = archive(tmp_path, "en", "other.warc.gz")
    Path(data).replace(sides["es"])
    assert json.loads(run(*words, "-o", tmp_path / "out", "--json").out)["finished_before"] == 0


@pytest.mark.parametrize("suffix", ["tsv", "jsonl"])
def test_two_archives_are_paired_and_built(tmp_path: Path, suffix: str) -> None:
    sides = [archive(tmp_path, lang) for lang in ("es", "en")]
    manifest = tmp_path / f"pairs.{suffix}"
    done = run("corpus", "pair", *sides, "-s", "es", "-t", "en", "-o", manifest)
    assert done.code == 0, done.err
    rows = manifest.read_text().splitlines()
    assert len(rows) == 3
    wanted = {(address("es", page), address("en", other)) for page, other in WANTED.items()}
    if suffix == "jsonl":
        made = {(row["source_url"], row["target_url"]) for row in map(json.loads, rows)}
    else:
        made = {(row.split("\t")[3], row.split("\t")[4]) for row in rows}
        assert all(row.startswith("es.warc.gz:@") for row in rows)
    assert made == wanted
    out = tmp_path / "out"
    done = run("corpus", "build", manifest, "-s", "es", "-t", "en", "-o", out, "--workers", "1")
    assert done.code == 0, done.err
    done = run("corpus", "verify", out, "--texts")
    assert done.code == 0, done.err
