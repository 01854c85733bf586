"""Commands of every day on small files: what they print, as text and as JSON, and with which exit code."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.unit.cli.run import Done, run

ES = "La casa del puerto estaba vacía.\nNadie volvió en invierno.\nEl capitán cerró las puertas.\n"
EN = "The harbour house was empty.\nNobody came back in winter.\nThe captain closed the doors.\n"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    (folder / "es.txt").write_text(ES, "utf-8")
    (folder / "en.txt").write_text(EN, "utf-8")
    texts = (folder / "es.txt", folder / "en.txt")
    assert run("align", *texts, "-s", "es", "-t", "en", "-o", folder / "x.tmx").code == 0
    other = (folder / "x.tmx").read_text("utf-8").replace("The harbour house", "The house")
    (folder / "y.tmx").write_text(other, "utf-8")
    for name in ("x", "y"):
        assert (
            run("memory", "import", folder / f"{name}.tmx", "-m", folder / f"{name}.db").code == 0
        )
    (folder / "texts").mkdir()
    shutil.copy(folder / "x.tmx", folder / "texts")
    (folder / "texts" / "readme").write_text("x", "utf-8")
    (folder / "none").mkdir()
    assert (
        run("corpus", "export", folder / "x.tmx", "--to", "opus", "-o", folder / "NAME").code == 0
    )
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(made, tmp_path / "f")
    monkeypatch.chdir(tmp_path / "f")
    return tmp_path / "f"


def sh(line: str) -> Done:
    return run(*line.split())


MISTAKES = [
    ("memory merge x.db -m x.db", "x.db: this is the memory itself (name another)"),
    ("memory maintain -m x.db", "nothing to do (--inconsistent, --penalty, --vectors or --delete)"),
    ("memory maintain -m x.db --delete", "--delete needs a filter ("),
    ("memory import none -m x.db", "none: no file in it is an alignment by its name (these are: "),
    ("corpus export NAME -o new.tmx -s de", "there is nothing from de into any (alignments that"),
    (
        "terms x.tmx --to tbx",
        "--to names the format of an output, and none is named (give -o FILE)",
    ),
    (
        "align es.txt en.txt -s es -t en --to nothing -o -",
        "there is no output format 'nothing' (known",
    ),
    ("align es.txt en.txt", "no output is named (give -o FILE ("),
    ("align es.txt en.txt -o -", "standard output needs a format (add --to tmx, --to beads)"),
    ("alin es.txt en.txt", "there is no command 'alin' (did you mean 'align'? known: align, check"),
    (
        "es.txt",
        "'es.txt' is a file, and a command comes first (to align two texts: aligner align es",
    ),
    (
        "es.txt en.txt",
        "'es.txt' is a file, and a command comes first (to align two texts: aligner al",
    ),
    ("--ui fr align", "the command line does not speak 'fr' (known: en, es)"),
    ("formats docs", "there is no format 'docs' (known: "),
    ("corpus build x.tmx -o c", "x.tmx: neither a folder nor a manifest (.tsv .jsonl .toml)"),
    ("corpus build texts -o c --source {}", "--source and --target go together"),
    ("corpus build none -o c", "none: there is no file in this folder"),
    (
        "corpus export x.tmx -o new --per-pair --shard-size 2 --to jsonl",
        "--per-pair and --shard-size",
    ),
    (
        "corpus export x.tmx --to opus -o es.txt",
        "es.txt: there is a file of this name (name a folder",
    ),
    (
        "align es.txt en.txt en.txt -s es -t en -o new.tmx",
        "-t is for two texts (give -l once for each",
    ),
    ("check es.txt", "es.txt: this looks like one text, not like an alignment (align it with its"),
    (
        "segment es.txt --paragraphs --segmented",
        "--paragraphs and --segmented contradict each other",
    ),
    ("corpus pair none texts -o m.tsv", "none: there is no file in it"),
    (
        "review x.db --no-browser",
        "x.db: this is a memory, which has a page of its own (aligner memory",
    ),
    (
        "review x.tmx --no-browser --taxonomy nothing",
        "there is no taxonomy 'nothing' (known: leuven",
    ),
    ("corpus stats none", "none: this is no folder of aligner corpus build"),
]


@pytest.mark.parametrize(("line", "said"), MISTAKES, ids=[line for line, _ in MISTAKES])
def test_a_mistake(line: str, said: str, folder: Path) -> None:
    before = sorted(path.name for path in folder.iterdir())
    done = sh(line)
    assert (done.code, done.out) == (2, b"")
    assert done.err.startswith(f"aligner: {said}"), done.err
    assert done.err.count("\n") == 1
    left = sorted(p.name for p in folder.iterdir() if not p.name.endswith(("-wal", "-shm")))
    assert left == before


def test_a_text_to_look_up_that_is_none(folder: Path) -> None:
    del folder
    done = run("memory", "lookup", " ", "-m", "x.db")
    assert (done.code, done.err) == (2, "aligner: the text to look up is empty\n")


def test_two_memories_into_one_and_what_contradicts_in_it(folder: Path) -> None:
    del folder
    assert sh("memory merge y.db -m x.db").err == "aligner: y.db: 1 new, 2 known\n"
    found = sh("memory maintain -m x.db --inconsistent")
    assert found.code == 1
    assert found.out.decode().splitlines() == [
        "La casa del puerto estaba vacía.",
        "     1 auto      The harbour house was empty.",
        "     1 auto      The house was empty.",
    ]
    table = json.loads(sh("memory maintain -m x.db --inconsistent --json").out)
    assert [row["source"] for row in table] == ["La casa del puerto estaba vacía."]
    assert [target[0] for target in table[0]["targets"]] == [
        "The harbour house was empty.",
        "The house was empty.",
    ]


def test_penalties_are_said_by_the_figures(folder: Path) -> None:
    del folder
    assert sh("memory maintain -m x.db --penalty 5").code == 0
    assert sh("memory maintain -m x.db --penalty 3 --document y*").code == 0
    assert sh("memory maintain -m x.db --vectors").err == "aligner: 3 vectors made\n"
    lines = sh("memory stats -m x.db").out.decode().splitlines()
    assert lines[:3] == [
        "units      3 (0 repeated places)",
        "documents  1",
        "es-en  3 units, reviewed: 0",
    ]
    assert "penalty    5 % for unreviewed units" in lines
    assert "penalty    3 % for documents named like y*" in lines
    held = json.loads(sh("memory stats -m x.db --json").out)
    assert (held["units"], held["penalty"], held["penalties"]) == (3, 5.0, {"y*": 3.0})
    found = run(
        "memory", "lookup", "Nadie volvió en invierno.", "-m", "x.db", "-s", "es", "-t", "en"
    )
    assert found.out.decode().splitlines() == [
        " 95.0  exact     Nadie volvió en invierno.",
        "                 Nobody came back in winter.",
    ]


def test_units_are_deleted_by_what_they_are_of(folder: Path) -> None:
    del folder
    assert sh("memory maintain -m x.db --delete -s es").err == "aligner: 3 units deleted\n"
    assert json.loads(sh("memory stats -m x.db --json").out)["units"] == 0


def test_a_word_in_its_contexts(folder: Path) -> None:
    del folder
    shown = sh("memory concordance casa -m x.db").out.decode().splitlines()
    assert [line.strip() for line in shown] == [
        "La [casa] del puerto estaba vacía.",
        "The harbour house was empty.  (es:1)",
    ]
    (row,) = json.loads(sh("memory concordance casa -m x.db --json").out)
    assert row["source"][row["start"] : row["end"]] == "casa"
    none = sh("memory concordance zzz -m x.db")
    assert (none.code, none.out) == (1, b"")
    assert none.err.startswith("aligner: nothing in the memory matches")


def test_units_page_by_page(folder: Path) -> None:
    del folder
    first = sh("memory list -m x.db --limit 2")
    assert first.err == "aligner: the first 2; --after 2 goes on\n"
    rows = json.loads(sh("memory list -m x.db --after 2 --json").out)
    assert [row["source"] for row in rows] == ["El capitán cerró las puertas."]


def test_a_folder_is_imported_but_what_is_no_alignment(folder: Path) -> None:
    del folder
    done = sh("memory import texts -m new.db")
    assert done.err == (
        "aligner: texts: 1 other file not looked at\n"
        "aligner: 3 new units, 0 known already, 0 without counterpart, 0 imported before\n"
    )
    counts = json.loads(sh("memory import texts -m newer.db --json").out)
    assert (counts["new"], counts["known"], counts["failed"]) == (3, 0, 0)


def test_what_opus_publishes_is_a_corpus(folder: Path) -> None:
    """Written, counted, filtered, and turned the other way round."""
    shown = sh("corpus stats NAME").out.decode().splitlines()
    assert shown[0] == "en-es"
    assert [line.split() for line in shown[1:3]] == [["documents", "1"], ["units", "3"]]
    assert json.loads(sh("corpus filter NAME -o f.jsonl --json").out) == {"units": 3, "kept": 3}
    rows = [json.loads(line) for line in (folder / "f.jsonl").read_text("utf-8").splitlines()]
    assert next(row["translation"] for row in rows) == {
        "en": "The harbour house was empty.",
        "es": "La casa del puerto estaba vacía.",
    }
    assert sh("corpus export NAME -o again.jsonl -s es -t en").code == 0
    rows = [json.loads(line) for line in (folder / "again.jsonl").read_text("utf-8").splitlines()]
    assert [row["languages"] for row in rows] == [["es", "en"]] * 3


@pytest.mark.parametrize("form", ["jsonl", "parquet"])
def test_a_corpus_in_packed_parts(form: str, folder: Path) -> None:
    pytest.importorskip("pyarrow", reason="pip install 'aligner[parquet]'")
    assert (
        sh(f"corpus export x.tmx --to {form} --shard-size 2 -o parts").err == "aligner: 2 files\n"
    )
    assert len(list((folder / "parts").iterdir())) == 2
    assert json.loads(sh("corpus filter parts -o f.jsonl --json").out) == {"units": 3, "kept": 3}


def test_a_file_a_pair(folder: Path) -> None:
    assert (
        sh("corpus export x.tmx y.tmx --to beads --per-pair -o each").err
        == "aligner: 2 alignments\n"
    )
    assert len(list((folder / "each").glob("*.beads"))) == 2


def test_what_is_known_of_formats_and_languages(folder: Path) -> None:
    del folder
    lines = sh("formats tmx").out.decode().splitlines()
    assert lines[:2] == ["tmx: translation memory, TMX 1.4b", "used as: text, pair, units, write"]
    assert "written: .tmx .tmx.gz" in lines
    assert "keeps:" in lines
    assert (
        "needs: pip install 'aligner[parquet]'" in sh("formats parquet").out.decode().splitlines()
    )
    table = json.loads(sh("languages --json").out)
    shown = {
        line.split()[0]: line.split()[1] for line in sh("languages").out.decode().splitlines()[2:]
    }
    assert float(shown["es"]) == table["embedded"]["es"]
    assert shown["af"] == "-"


def test_an_option_without_effect_is_told(folder: Path) -> None:
    done = sh("align es.txt en.txt -s es -t en -o new.tmx --tei-words")
    assert done.code == 0
    assert done.err == "aligner: --tei-words has no effect: it is for tei\n"
    assert (folder / "new.tmx").is_file()


def test_a_text_as_paragraphs_and_as_segments(folder: Path) -> None:
    del folder
    assert sh("segment es.txt -s es").out.decode() == ES.replace("\n", "\n\n")[:-1]
    assert sh("read es.txt").out.decode().splitlines()[3:] == [
        f"p{number}\tpara\t{line}" for number, line in enumerate(ES.splitlines(), start=1)
    ]


def test_texts_of_one_name_in_two_folders(folder: Path) -> None:
    """What is written of them is right by our own word."""
    for lang in ("es", "en"):
        (folder / lang).mkdir()
        shutil.copy(folder / f"{lang}.txt", folder / lang / "1.txt")
    outputs = ["o.alignment.json", "o.tei.xml", "o.tmx", "o.xlf"]
    wanted = " ".join(f"-o {name}" for name in outputs)
    assert sh(f"align es/1.txt en/1.txt -s es -t en {wanted}").code == 0
    done = sh(f"validate {' '.join(outputs)}")
    assert (done.code, done.out.decode()) == (0, "4 files, nothing found\n")


ROWS = ["uno", "dos", "tres", "cuatro", "cinco", "seis"]


def test_terms_as_lines_as_json_and_in_files(folder: Path) -> None:
    rows = [
        {
            "languages": ["es", "en"],
            "translation": {"es": f"El molino {w} ardió.", "en": f"The mill {w} burned."},
        }
        for w in ROWS
    ]
    (folder / "t.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows), "utf-8")
    lines = sh("terms t.jsonl").out.decode().splitlines()
    assert [line.split(maxsplit=2)[2] for line in lines] == ["ardió = burned", "molino = mill"]
    assert [line.split()[1] for line in lines] == ["6", "6"]
    table = json.loads(sh("terms t.jsonl --json").out)
    assert [(row["source"], row["target"]) for row in table] == [
        ("ardió", "burned"),
        ("molino", "mill"),
    ]
    assert sh("terms t.jsonl -o t.tbx").code == 0
    assert "<termEntry" in (folder / "t.tbx").read_text("utf-8")


def test_pairs_of_two_folders(folder: Path) -> None:
    for name, text in (("a", ES), ("b", EN)):
        (folder / name).mkdir()
        (folder / name / "1.txt").write_text(text, "utf-8")
        (folder / name / "2.txt").write_text("\n".join(reversed(text.split("\n"))), "utf-8")
    (folder / "a" / "3.txt").write_bytes(b"")
    done = sh("corpus pair a b -o m.tsv -s es -t en --json")
    assert done.code == 1
    table = json.loads(done.out)
    assert [(row["source"], row["target"]) for row in table["pairs"]] == [
        ("a/1.txt", "b/1.txt"),
        ("a/2.txt", "b/2.txt"),
    ]
    assert list(table["failures"]) == ["a/3.txt"]
    assert done.err.splitlines()[0] == (
        "aligner: 2 pairs; without partner: 0 of 2 sources, 0 of 2 targets"
    )
    quiet = sh("corpus pair a b -o - -s es -t en --quiet")
    assert (quiet.err, len(quiet.out.splitlines())) == ("", 2)


def test_none_of_several_files_can_be_read(folder: Path) -> None:
    for name in ("v.tmx", "w.tmx"):
        (folder / name).write_text("<tmx", "utf-8")
    done = sh("corpus stats v.tmx w.tmx")
    assert done.code == 2
    assert [line.split(", ")[0] for line in done.err.splitlines()] == [
        "aligner: v.tmx",
        "aligner: w.tmx",
        "aligner: none of these files gave a unit (aligner validate says why)",
    ]


def test_figures_of_an_alignment_as_json(folder: Path) -> None:
    done = sh("align es.txt en.txt -s es -t en -o o.alignment.json --words --json")
    (figures,) = json.loads(done.out)["alignments"]
    assert (figures["beads"], figures["types"]) == (3, {"1-1": 3})
    assert figures["expected"].startswith("about ")
    assert json.loads((folder / "o.alignment.json").read_text("utf-8"))["alignments"][0]["words"]


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("xliff2", ["used as: write", "written: .xliff2"]),
        ("txt", ["used as: text", "read by suffix: .txt .text"]),
        ("vertical", ["used as: write", "does not keep:"]),
    ],
)
def test_a_format_that_is_read_only_or_written_only(
    name: str, lines: list[str], folder: Path
) -> None:
    del folder
    shown = sh(f"formats {name}").out.decode().splitlines()
    assert set(lines) <= set(shown)
    assert ("read by suffix" in "".join(shown)) == (name == "txt")


def test_a_check_and_what_was_accepted(folder: Path) -> None:
    (folder / "a.txt").write_text("La casa tenía 3 puertas.\nNadie volvió.\n", "utf-8")
    (folder / "b.txt").write_text("The house had 4 doors.\nNobody came back.\n", "utf-8")
    assert sh("align a.txt b.txt -s es -t en -o o.alignment.json -o o.tmx").code == 0
    found = sh("check o.alignment.json --min-confidence 0.2 --write-baseline b.tsv --reason known")
    assert found.code == 1
    assert found.out.decode().split(maxsplit=1)[1].split() == [
        "minor",
        "number",
        "s1",
        "t1:",
        "“3”",
        "became",
        "“4”",
    ]
    assert found.err.startswith("1 finding; 100.0 % of the source is covered; expected precision")
    again = sh("check o.alignment.json --baseline b.tsv")
    assert (again.code, again.out) == (0, b"")
    assert again.err.strip().endswith("; 1 accepted by the baseline")
    strict = sh("check o.alignment.json --min-confidence 0.99")
    assert (strict.code, strict.out) == (0, b"")
    assert "1 below --min-severity minor or --min-confidence 0.99" in strict.err
    both = sh("check o.tmx --against o.alignment.json --html p.html")
    assert both.code == 1
    assert "every unit has both languages" in both.err
    assert "coverage cannot be told" in both.err
    assert "is covered" not in both.err
    page = (folder / "p.html").read_text("utf-8")
    assert "coverage cannot be told" in page
    assert "% of the source is covered" not in page
    assert (folder / "p.html").is_file()


RECIPES = [
    ('output = "c"\ntexts = "t"\nbuild = 3\n', "[build] must be a table"),
    ('texts = "t"\n', 'there is no output = "FOLDER"'),
    ('output = "c"\n', "which texts?"),
    ('output = "c"\ntexts = "t"\nsource = "a"\ntarget = "b"\n', "which texts?"),
    ('output = "c"\nsource = "a"\n', "which texts?"),
    ('output = "c"\ntexts = "t"\n[pair]\n', "[pair] needs two folders"),
    ('output = "c"\ntexts = "t"\ntext = "x"\n', "unknown key 'text' (known: "),
    ('output = "c"\ntexts = "t"\n[split]\ndev = "x"\n', "dev in [split] must be "),
    ('output = "c"\ntexts = "t"\n[filter]\nnumbers = 1\n', "numbers in [filter] must be "),
    ('output = "c"\ntexts = "t"\n[export]\nto = "tmx"\n', "to in [export] must be "),
    ('output = "c"\ntexts = "t"\n[dedup]\nnear = 1\n', "near in [dedup] must be "),
]


@pytest.mark.parametrize(("recipe", "said"), RECIPES, ids=[said for _, said in RECIPES])
def test_a_recipe_that_says_what_nobody_knows(recipe: str, said: str, folder: Path) -> None:
    (folder / "r.toml").write_text(recipe, "utf-8")
    done = sh("corpus run r.toml")
    assert (done.code, done.out) == (2, b"")
    assert done.err.startswith(f"aligner: r.toml: {said}"), done.err
    assert not (folder / "c").exists()
