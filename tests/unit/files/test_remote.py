"""Files in storage elsewhere: S3 (a server on this machine), fsspec's file system and its memory."""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from aligner.files import FileSink, atomic, remote, storage
from aligner.files.opening import container, open_source, open_stream
from aligner.model import ExportError, MissingExtra, ReadError, Unit, UsageError, address_of
from aligner.workflows.corpus.shards import write_shards
from aligner.workflows.corpus.units import corpus_units
from tests.conftest import CORPORA, missing_client
from tests.unit.cli import run as cli

pytest.importorskip("fsspec", reason="pip install 'aligner[remote]'")

TEXT = b"Una frase.\nOtra frase.\n"
INTERVIEW = CORPORA / "interview"


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """An S3 server on a free port of this machine."""
    try:
        import s3fs  # noqa: F401 - what fsspec needs for s3://
        from moto.server import ThreadedMotoServer
    except ImportError:
        missing_client("no local S3 server: pip install s3fs 'moto[s3]' flask flask-cors")
    running = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    running.start()
    host, port = running.get_host_and_port()
    yield f"http://{host}:{port}"
    running.stop()


@pytest.fixture
def bucket(server: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of an empty bucket."""
    import boto3

    for name, value in {
        "AWS_ENDPOINT_URL": server,
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_EC2_METADATA_DISABLED": "true",
    }.items():
        monkeypatch.setenv(name, value)
    client = boto3.client("s3")
    client.create_bucket(Bucket="texts")
    yield "s3://texts"
    for one in client.list_objects_v2(Bucket="texts").get("Contents", ()):
        client.delete_object(Bucket="texts", Key=one["Key"])
    client.delete_bucket(Bucket="texts")
    client.close()


@pytest.fixture(params=["s3", "file", "memory"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An address under which anything may be written."""
    if request.param == "s3":
        return str(request.getfixturevalue("bucket"))
    return f"file://{tmp_path}" if request.param == "file" else f"memory://{tmp_path.name}"


def put(address: str, data: bytes) -> str:
    with atomic(Path(address)) as out:
        out.write(data)
    return address


def run(*words: str) -> tuple[int, str, str]:
    done = cli.run(*words)
    return done.code, done.out.decode(), done.err


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("s3://b/a.txt", "s3://b/a.txt"),
        (Path("s3://b/a.txt"), "s3://b/a.txt"),
        (Path("S3://b/a.txt"), "s3://b/a.txt"),
        (Path("gs://b") / "x" / "a.txt", "gs://b/x/a.txt"),
        (Path("file:///tmp/a"), "file:///tmp/a"),
        ("memory:///a", "memory://a"),
        ("a.txt", ""),
        ("http://a.org/", ""),
        ("crawl.warc.gz:s3://b/a", ""),
        ("s3.txt", ""),
        ("c:/a", ""),
    ],
)
def test_addresses_are_told_from_paths(name: str | Path, address: str) -> None:
    assert address_of(name) == address


def test_what_is_written_is_read(place: str) -> None:
    name = (
        put(f"{place}/a b/é.txt", TEXT) if place.startswith("s3") else put(f"{place}/é.txt", TEXT)
    )
    assert open_source(name).data == TEXT
    assert open_source(name).name == name
    assert storage.is_file(Path(name))
    assert not storage.is_folder(Path(name))
    assert storage.is_folder(Path(place))
    put(name, b"other")
    assert open_source(name).data == b"other"


def test_nothing_lies_on_this_machine(
    place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A Path of an address is a name like any other: no folder `s3:` may come of it."""
    empty = tmp_path / "empty"
    empty.mkdir()
    monkeypatch.chdir(empty)
    put(f"{place}/a.txt", TEXT)
    write_shards(UNITS, "jsonl", Path(f"{place}/out"), 30)
    assert list(empty.iterdir()) == []


def test_archives_and_packed_files(place: str, tmp_path: Path) -> None:
    import gzip
    import zipfile

    with zipfile.ZipFile(tmp_path / "a.zip", "w") as package:
        package.writestr("es.txt", TEXT)
        package.writestr("en.txt", b"x" * 3_000_000)
    name = put(f"{place}/book.zip", (tmp_path / "a.zip").read_bytes())
    assert open_source(f"{name}:es.txt").data == TEXT
    assert address_of(container(f"{name}:es.txt")) == name
    with pytest.raises(ReadError, match=r"//.*book\.zip.*an archive of 2 files"):
        open_source(name)
    packed = put(f"{place}/a.txt.gz", gzip.compress(TEXT))
    assert open_source(packed).data == TEXT
    with open_stream(packed, again=True) as file:
        assert file.read(3) == TEXT[:3]
        file.seek(0)
        assert file.read() == TEXT


def test_a_failure_leaves_what_was_there(place: str) -> None:
    name = put(f"{place}/a.txt", TEXT)
    sink = FileSink(Path(name))
    with sink.open() as out:
        out.write(b"half")
    assert open_source(name).data == TEXT
    sink.discard()
    assert open_source(name).data == TEXT
    assert [one for one in storage.names_in(Path(place)) if "a.txt" in one] == ["a.txt"]


def test_an_upload_that_breaks_off(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from fsspec.core import url_to_fs

    name = put(f"{place}/a.txt", TEXT)
    storage_there = url_to_fs(name, use_listings_cache=False)[0]

    def broken(path: str, where: str, **_: object) -> None:
        raise RuntimeError("the line is cut")

    with monkeypatch.context() as patched:
        patched.setattr(storage_there, "put_file", broken)
        with pytest.raises(ExportError, match=r"//.*a\.txt: cannot write: the line is cut"):
            put(name, b"new")
    assert open_source(name).data == TEXT


def test_what_is_wrong_is_one_sentence(place: str) -> None:
    with pytest.raises(ReadError, match=r"//.*none\.txt: there is no such file"):
        open_source(f"{place}/none.txt")
    assert storage.names_in(Path(f"{place}/none")) == []


def test_no_bucket_and_no_credentials(bucket: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ReadError, match="there is no such file"):
        open_source("s3://nobucket/a.txt")
    with pytest.raises(ExportError, match="cannot write"):
        put("s3://nobucket/a.txt", TEXT)
    texts = [str(INTERVIEW / f"{lang}.html") for lang in ("es", "en")]
    code, _, err = run("align", *texts, "-o", "s3://nobucket/a.tmx")
    assert code == 2
    assert (
        "s3://nobucket/a.tmx: this place cannot be written to: no bucket or folder nobucket is there"
        in err
    )
    code, _, err = run("corpus", "export", f"{bucket}/x.jsonl", "--to", "opus", "-o", "s3://nobucket/x")  # fmt: skip
    assert code == 2


UNITS = [
    Unit.of("es", "en", f"frase {n}", f"sentence {n}", f"d{n // 10}", n % 10 + 1, "1-1", 0.5)
    for n in range(100)
]


@pytest.mark.parametrize("name", ["jsonl", "parquet"])
def test_shards(place: str, name: str, tmp_path: Path) -> None:
    pytest.importorskip("pyarrow", reason="pip install 'aligner[parquet]'")
    folder = Path(f"{place}/out")
    assert write_shards(UNITS, name, folder, 30) == 4
    assert list(corpus_units([folder])) == UNITS
    with pytest.raises(UsageError, match=r"//.*holds other files"):
        write_shards(UNITS, name, folder, 30)
    write_shards(UNITS, name, tmp_path / "here", 30)
    for path in (tmp_path / "here").iterdir():  # the same bytes wherever they lie
        assert open_stream_bytes(folder / path.name) == path.read_bytes()


def open_stream_bytes(path: Path) -> bytes:
    with contextlib.closing(storage.opened(path)) as file:
        return file.read()


def test_corpus_tools(place: str, tmp_path: Path) -> None:
    """stats, filter, dedup, split, export: the files are those of a run on this machine."""
    from aligner.model import dump_unit

    lines = "".join(f"{dump_unit(unit)}\n" for unit in [*UNITS, *UNITS[:20]]).encode()
    put(f"{place}/units.jsonl", lines)
    (tmp_path / "here").mkdir()
    (tmp_path / "here" / "units.jsonl").write_bytes(lines)
    for base in (place, str(tmp_path / "here")):
        for words in (
            ["filter", f"{base}/units.jsonl", "-o", f"{base}/good.jsonl", "--min-words", "2"],
            ["dedup", f"{base}/good.jsonl", "-o", f"{base}/unique.jsonl"],
            ["split", f"{base}/unique.jsonl", "-o", f"{base}/sets"],
            ["export", f"{base}/unique.jsonl", "--to", "tmx", "-o", f"{base}/all.tmx"],
            ["export", f"{base}/unique.jsonl", "--to", "moses", "-o", f"{base}/all"],
            ["export", f"{base}/unique.jsonl", "--to", "opus", "-o", f"{base}/opus"],
            ["export", f"{base}/unique.jsonl", "--to", "tmx", "--per-pair", "-o", f"{base}/tmx"],
        ):
            code, _, err = run("corpus", *words)
            assert code == 0, err
        assert run("corpus", "stats", f"{base}/units.jsonl", "--html", f"{base}/s.html")[0] == 0  # fmt: skip
    names = storage.files_under(tmp_path / "here")
    assert len(names) > 15
    mine = [one for one in storage.files_under(Path(place)) if not one.startswith("here/")]
    assert mine == names
    for one in names:
        assert open_stream_bytes(Path(place) / one) == (tmp_path / "here" / one).read_bytes(), one


def test_align_convert_and_read(place: str, tmp_path: Path) -> None:
    texts = [
        put(f"{place}/{lang}.html", (INTERVIEW / f"{lang}.html").read_bytes())
        for lang in ("es", "en")
    ]
    outputs = [f"{place}/out.tmx", f"{place}/out.alignment.json", f"{place}/out.es", f"{place}/x.tei.xml"]  # fmt: skip
    code, out, err = run(
        "align", *texts, "-o", outputs[0], "-o", outputs[1], "--json", "-o", outputs[3]
    )
    assert code == 0, err
    assert json.loads(out)["outputs"] == [outputs[0], outputs[1], outputs[3]]
    code, out, err = run("convert", outputs[1], f"{place}/out.tsv", str(tmp_path / "o.tmx"))
    assert code == 0, err
    # from an alignment there, as from one here
    assert (tmp_path / "o.tmx").read_bytes() == open_source(outputs[0]).data
    code, out, err = run("read", texts[0])
    assert code == 0, err
    assert "Aduana" in out
    made = json.loads(open_source(outputs[1]).data)
    origins = [one["origin"] for one in made["documents"]]
    assert origins == (["es.html", "en.html"] if place.startswith("file") else texts)


def test_no_way_leads_from_there_to_here(bucket: str) -> None:
    """Where texts lie on this machine is nothing for a file that lies elsewhere."""
    texts = [str(INTERVIEW / f"{lang}.html") for lang in ("es", "en")]
    assert run("align", *texts, "-o", f"{bucket}/out.alignment.json")[0] == 0
    made = json.loads(open_source(f"{bucket}/out.alignment.json").data)
    assert [one["origin"] for one in made["documents"]] == ["es.html", "en.html"]


def corpus_of(tmp_path: Path) -> Path:
    """Two small pairs."""
    folder = tmp_path / "texts"
    folder.mkdir()
    for number, text in enumerate(("perro", "gato")):
        (folder / f"{number}.es.txt").write_text(f"El {text} duerme.\nEl {text} come pan.\n")
        word = ("dog", "cat")[number]
        (folder / f"{number}.en.txt").write_text(f"The {word} sleeps.\nThe {word} eats bread.\n")
    return folder


@pytest.mark.parametrize("kind", ["s3", "file"])
def test_build_from_a_manifest(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    """Texts that lie elsewhere make the files that texts here make, but for where they lie."""
    folder = corpus_of(tmp_path)
    place = request.getfixturevalue("bucket") if kind == "s3" else f"file://{tmp_path}/storage"
    storage.make_folder(Path(f"{place}/in"))
    for path in folder.iterdir():
        put(f"{place}/in/{path.name}", path.read_bytes())
    rows = "".join(f"{{0}}{n}.es.txt\t{{0}}{n}.en.txt\t{n}\n" for n in (0, 1))
    head = "source\ttarget\tid\n"
    (tmp_path / "here.tsv").write_text(head + rows.format("texts/"))
    (tmp_path / "there.tsv").write_text(head + rows.format(f"{place}/in/"))
    put(f"{place}/pairs.tsv", (head + rows.format("in/")).encode())
    made: dict[str, dict[str, object]] = {}
    for name, manifest in {
        "here": tmp_path / "here.tsv",
        "there": tmp_path / "there.tsv",
        "both": f"{place}/pairs.tsv",
    }.items():
        words = ["corpus", "build", str(manifest), "-s", "es", "-t", "en", "--to", "tmx"]
        code, _, err = run(*words, "-o", str(tmp_path / name), "--workers", "1")
        assert code == 0, err
        made[name] = {
            n: (tmp_path / name / "pairs" / n / f"{n}.tmx").read_bytes() for n in ("0", "1")
        }
        record = json.loads((tmp_path / name / "pairs" / "0" / "quality.json").read_bytes())
        made[name]["digests"] = record["digests"]
    assert made["here"] == made["there"] == made["both"]
    told = json.loads((tmp_path / "there" / "pairs" / "0" / "0.alignment.json").read_bytes())
    if kind == "s3":
        assert told["documents"][0]["origin"] == f"{place}/in/0.es.txt"
    # again: nothing is done; a text that changed there is
    words = ["corpus", "build", str(tmp_path / "there.tsv"), "-s", "es", "-t", "en", "--to", "tmx"]
    words += ["-o", str(tmp_path / "there"), "--workers", "1", "--json"]
    assert json.loads(run(*words)[1])["finished_before"] == 2
    put(f"{place}/in/0.es.txt", b"El perro duerme mucho.\nEl perro come pan.\n")
    assert json.loads(run(*words)[1]) | {"seconds": 0} == {
        "pairs": 2,
        "done": 1,
        "finished_before": 1,
        "failed": 0,
        "removed": 0,
        "segments": 4,
        "seconds": 0,
    }
    code, _, err = run("corpus", "verify", str(tmp_path / "there"), "--texts")
    assert code == 0, err


def test_texts_that_are_not_there_fail_and_no_storage_is_an_outage(
    bucket: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from aligner.corpus.build import Failure, Outage
    from aligner.corpus.build.causes import judged

    def cause(name: str) -> Failure | Outage:
        with pytest.raises(ReadError) as raised:
            open_source(name)
        return judged(raised.value)

    assert isinstance(cause(f"{bucket}/none.txt"), Failure)
    import fsspec

    fsspec.get_filesystem_class("s3").clear_instance_cache()
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    assert isinstance(cause(f"{bucket}/a.txt"), Outage)
    fsspec.get_filesystem_class("s3").clear_instance_cache()


def test_folders_of_texts_are_paired_by_name(bucket: str, tmp_path: Path) -> None:
    from aligner.workflows.corpus.building import jobs_in

    for name in ("es/a.txt", "en/a.txt", "es/b.txt", "en/b.txt", ".hidden/x.txt"):
        put(f"{bucket}/in/{name}", TEXT)
    jobs, _ = jobs_in(Path(f"{bucket}/in"), "es", "en", ("", ""))
    assert [job.names[0] for job in jobs] == [f"{bucket}/in/es/{x}.txt" for x in "ab"]
    assert [job.id for job in jobs] == ["es.a", "es.b"]


def test_ids_of_addresses(tmp_path: Path) -> None:
    from aligner.corpus.build import parse_manifest

    text = "s3://b/es/a.txt\ts3://b/en/a.txt\n../es/b.txt\t./b.txt\nfile:///c/d.txt\td.txt\n"
    jobs = parse_manifest(text, "s3:/b/x/pairs.tsv").jobs
    assert [job.id for job in jobs] == ["es.a", "es.b", "d"]
    assert jobs[2].names[0] == "/c/d.txt"
    assert jobs[1].names == ("s3://b/es/b.txt", "s3://b/x/b.txt")


@pytest.mark.parametrize(
    "words",
    [
        "corpus build texts -o s3://b/c -s es -t en",
        "corpus merge s3://b/x -o here",
        "corpus status s3://b/x",
        "corpus verify s3://b/x",
        "memory import units.jsonl -m s3://b/m.db",
        "review s3://b/a.alignment.json",
    ],
)
def test_what_must_lie_here(words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus_of(tmp_path)
    (tmp_path / "units.jsonl").write_text("")
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.iterdir())
    code, _, err = run(*words.split())
    assert code == 2
    assert "s3://b/" in err
    assert "must lie on this machine" in err
    assert sorted(tmp_path.iterdir()) == before


def test_without_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fsspec.core", None)
    with pytest.raises(
        MissingExtra, match=r"s3://b/a: .*\[remote\].*pip install 'aligner\[remote\]'"
    ):
        open_source("s3://b/a")
    monkeypatch.undo()
    monkeypatch.setitem(sys.modules, "gcsfs", None)
    with pytest.raises(MissingExtra, match=r"gs://b/a: gs:// needs .*pip install gcsfs"):
        open_source("gs://b/a")


def test_versions_change_with_files(place: str) -> None:
    name = put(f"{place}/a.txt", TEXT)
    first = remote.version(name)
    assert first == remote.version(name)
    put(name, TEXT.upper())
    assert remote.version(name) != first
