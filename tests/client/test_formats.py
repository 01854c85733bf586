"""Programs of others open our files: OPUS tools, translate-toolkit, Perl, LibreOffice, the schemas."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from aligner.workflows.alignment_files import open_alignment
from tests.conftest import missing_client, require_program
from tests.contract.test_writers import CASES
from tests.unit.formats.samples import bead, export, flat, interview, one_to_one

FORMULAS = ["=1+1", "+2", "-3", "@SUM(1)", "'=x", "000123", '¡Hola; "amigo", ñ!', "\t=2"]


def run(program: str, *arguments: str | Path, cwd: Path, **more: Any) -> str:
    """Standard output of a program that must succeed."""
    done = subprocess.run(
        [program, *map(str, arguments)],
        cwd=cwd,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        check=False,
        **more,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return str(done.stdout)


def python_program(name: str, package: str) -> str:
    """A program of a Python package: beside this Python, whose folder need not be on the path."""
    beside = Path(sys.executable).with_name(name)
    found = str(beside) if beside.exists() else shutil.which(name)
    return found or missing_client(f"{name} is not installed: pip install {package}")


@pytest.fixture(scope="session")
def schema(shared: Path) -> Callable[[str], etree.XMLSchema]:
    """Compiles an official schema without asking the network."""
    known: dict[str, etree.XMLSchema] = {}

    base: Any = etree.Resolver  # the stubs know half of it

    class Local(base):  # type: ignore[misc]
        def resolve(self, url: str, public: str, context: Any) -> Any:
            if url.endswith("/xml.xsd"):
                return self.resolve_filename(str(shared / "schemas" / "xml.xsd"), context)
            return None

    def load(name: str) -> etree.XMLSchema:
        if name not in known:
            parser = etree.XMLParser(no_network=True)
            parser.resolvers.add(Local())
            known[name] = etree.XMLSchema(etree.parse(str(shared / "schemas" / name), parser))
        return known[name]

    return load


SCHEMAS = {
    "xliff": "xliff1.2/xliff-core-1.2-strict.xsd",
    "xliff2": "xliff2.1/xliff_core_2.0.xsd",
}


@pytest.mark.parametrize("inline", [False, True])
@pytest.mark.parametrize("fmt", SCHEMAS)
def test_xliff_is_valid(fmt: str, inline: bool, schema: Any, tmp_path: Path) -> None:
    """Every case of the contract suite, and the metadata module by its own schema."""
    official = schema(SCHEMAS[fmt])
    metadata = schema("xliff2.1/metadata.xsd")
    checked = 0
    for number, (name, make) in enumerate(CASES.items()):
        folder = tmp_path / str(number)
        folder.mkdir()
        for data in export(make(), fmt, folder, inline=inline, nulls="keep").values():
            tree = etree.fromstring(data, etree.XMLParser(huge_tree=True))
            if name != "language that is no tag":  # two texts without a language: `und` is one
                official.assertValid(tree)
            for module in tree.iter("{urn:oasis:names:tc:xliff:metadata:2.0}metadata"):
                metadata.assertValid(module)
            checked += 1
    assert checked > len(CASES)


def test_the_schemas_would_tell(schema: Any, tmp_path: Path) -> None:
    for fmt, right, wrong in (
        ("xliff", b'state="final"', b'state="nearly"'),
        ("xliff2", b'state="final"', b'state="nearly"'),
    ):
        (data,) = export(interview(), fmt, tmp_path).values()
        assert right in data
        broken = etree.fromstring(data.replace(right, wrong))
        assert not schema(SCHEMAS[fmt]).validate(broken)


def test_opus_read_reads_our_xces(tmp_path: Path) -> None:
    program = python_program("opus_read", "opustools")
    export(interview(), "xces", tmp_path)
    arguments = ["-d", "C", "-s", "es", "-t", "en-GB", "-p", "raw", "-q"]
    arguments += ["-af", "out.xces.xml", "-dl", ".", "-rd", ".", "-wm", "moses", "-w"]
    run(program, *arguments, "all.txt", cwd=tmp_path)
    rows = [line.split("\t") for line in (tmp_path / "all.txt").read_text("utf-8").splitlines()]
    expected = [
        [" ".join(s.text for s in source), " ".join(s.text for s in target)]
        for _, source, target in interview().pairs()
    ]
    assert rows == expected
    run(program, *arguments, "sure.txt", "-a", "certainty", "-tr", "0.95", cwd=tmp_path)
    sure = [line.split("\t")[1] for line in (tmp_path / "sure.txt").read_text("utf-8").splitlines()]
    assert sure == ["The Empty House", "A talk about the sea and the wind."]


def test_pretranslate_fills_a_catalogue_from_our_memory(tmp_path: Path) -> None:
    program = python_program("pretranslate", "translate-toolkit")
    export(interview(), "tmx", tmp_path, nulls="keep")
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
    asked = ["¿Cómo empezó?", "La casa vacía", "Nada de esto consta allí."]
    entries = "".join(f'\nmsgid "{text}"\nmsgstr ""\n' for text in asked)
    (tmp_path / "in.po").write_text(head + entries, encoding="utf-8")
    options = ["--progress=none", "--similarity=95", "-t", "in.po", "--tm=out.tmx"]
    run(program, *options, "in.po", "out.po", cwd=tmp_path)
    back = open_alignment(str(tmp_path / "out.po"))
    found = {
        source[0].text: target[0].text if target else ""
        for _, source, target in back.pairs()  # type: ignore[union-attr]
    }
    assert found == dict(zip(asked, ["How did you start?", "The Empty House", ""], strict=True))


PERL = r"""
use strict; use warnings; use XML::TMX::Reader;
binmode STDOUT, ':utf8';
my $memory = XML::TMX::Reader->new($ARGV[0]);
$memory->for_tu(sub {
  my $tu = shift;
  print join("\t", map { "$_=$tu->{$_}{-seg}" } grep { !/^-/ } sort keys %$tu), "\n";
});
"""


def test_perl_reads_our_memory(tmp_path: Path) -> None:
    require_program("tmx2html", "libxml-tmx-perl")
    perl = require_program("perl", "perl")
    export(interview(), "tmx", tmp_path, nulls="keep")
    lines = run(perl, "-e", PERL, "out.tmx", cwd=tmp_path).splitlines()
    assert len(lines) == len(interview().beads)
    assert lines[0] == "en-GB=The Empty House\tes=La casa vacía"
    assert 'es=Primera frase. Segunda frase: 3 < 4 & "así".' in lines[4]


def office(folder: Path, *arguments: str | Path) -> None:
    """LibreOffice without a screen and with a profile of its own."""
    program = require_program("soffice", "libreoffice-calc-nogui")
    profile = (folder / "profile").resolve().as_uri()
    run(
        program,
        "--headless",
        f"-env:UserInstallation={profile}",
        *arguments,
        cwd=folder,
        env={"PATH": "/usr/bin:/bin", "HOME": str(folder), "LANG": "C.UTF-8"},
    )


def test_libreoffice_opens_our_tables(tmp_path: Path) -> None:
    """Each text is a text there: no formula, no number, nothing lost."""
    import openpyxl

    texts = [*FORMULAS, "שלום", "x" * 5000, "👩\u200d👧 \U0001d11e"]
    alignment = one_to_one(flat("es", texts), flat("en", texts))
    for fmt in ("xlsx", "csv"):
        export(alignment, fmt, tmp_path)
    # fields of commas, quotes, UTF-8 (76), from the first line; cells as texts where quoted
    rules = "44,34,76,1,,0,false,true,false,false,false,-1"
    office(tmp_path, "--convert-to", f"csv:Text - txt - csv (StarCalc):{rules}", "out.xlsx")
    rows = read_csv(next(tmp_path.glob("out-*.csv")).read_text("utf-8-sig"))
    shown = [text.replace("\t", " ") for text in texts]
    assert [row[5].replace("\t", " ") for row in rows[1:]] == shown
    office(tmp_path, "--infilter=CSV:44,34,76,1", "--convert-to", "ods", "out.csv")
    office(tmp_path, "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", "back", "out.ods")
    book = openpyxl.load_workbook(tmp_path / "back" / "out.xlsx")
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row]
    assert len(cells) > 100
    assert not [cell for cell in cells if cell.data_type == "f"]
    column = [str(cell.value) for cell in next(book.worksheets[0].iter_cols(6, 6))]
    assert "'=1+1" in column  # disarmed, and shown as it is in the file
    assert not [text for text in column if text.startswith(("=", "+", "@"))]


def read_csv(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


def test_a_bead_of_each_kind_is_on_its_own_in_opus(tmp_path: Path) -> None:
    """Links of nulls do not shift what follows."""
    program = python_program("opus_read", "opustools")
    alignment = one_to_one(flat("es", ["a", "b", "c"]), flat("en", ["x", "y", "z"]))
    beads = (bead(0, 1, 0, 0), bead(1, 0, 0, 1), bead(1, 2, 1, 2, 0.5))
    export(type(alignment)(alignment.source, alignment.target, beads), "xces", tmp_path)
    arguments = ["-d", "C", "-s", "es", "-t", "en", "-p", "raw", "-q", "-af", "out.xces.xml"]
    run(program, *arguments, "-dl", ".", "-rd", ".", "-wm", "moses", "-w", "o.txt", cwd=tmp_path)
    assert (tmp_path / "o.txt").read_text("utf-8").splitlines() == ["a\t", "\tx", "b c\ty z"]
