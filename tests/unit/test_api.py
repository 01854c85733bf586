"""What programs call: lists of texts, files, data frames, notebooks."""

from __future__ import annotations

import sys
import types
from pathlib import Path

import pytest

import aligner
from aligner.model import InternalError, MissingExtra, UsageError

ES = ["La puerta estaba abierta.", "Entró sin hacer ruido <b>.", "Nadie la oyó."]
EN = ["The door was open.", "She went in without a sound, and nobody heard her."]


def made() -> aligner.Alignment:
    return aligner.align_texts(ES, EN, source_lang="es", target_lang="en")


def test_progress_and_notices_are_callbacks() -> None:
    stages: list[tuple[str, int, int]] = []
    notices = aligner.Notices()
    folder = Path(__file__).resolve().parents[2] / "corpora" / "interview"
    aligner.align(
        folder / "es.html",
        str(folder / "en.html"),
        notices=notices,
        progress=lambda *figures: stages.append(figures),
    )
    assert {stage for stage, _, _ in stages} == {"encoding", "aligning"}
    assert notices.lines == []
    aligner.align_texts(ES, ES[:2], source_lang="es", target_lang="es-MX", notices=notices)
    assert "both texts are in the language es" in notices.lines


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (["Uno.", " "], "text 1 of the source is empty"),
        (["Uno.\nDos."], "text 0 of the source holds a line end"),
        ("Uno. Dos.", "the source is one string, not a list"),
    ],
)
def test_texts_that_are_no_list_of_sentences(source: list[str], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        aligner.align_texts(source, EN, source_lang="es", target_lang="en")


def test_decomposed_letters_are_composed_and_numbers_stay() -> None:
    texts = ["Entro\u0301.", "Salió."]
    alignment = aligner.align_texts(
        texts, ["He came in.", "She left."], source_lang="es", target_lang="en"
    )
    assert [segment.text for segment in alignment.source.segments] == ["Entró.", "Salió."]
    with pytest.raises(InternalError):
        aligner.Document.of_segments("a", "es", ["Entro\u0301."])


def test_records_and_a_notebook() -> None:
    alignment = made()
    rows = alignment.records()
    assert [row["source_segments"] for row in rows] == [list(b.source) for b in alignment.beads]
    assert " ".join(row["source"] for row in rows) == " ".join(ES)
    assert " ".join(row["target"] for row in rows) == " ".join(EN)
    page = alignment._repr_html_()
    assert "&lt;b&gt;" in page
    assert "<b>" not in page
    assert 'lang="es"' in page
    long = aligner.align_texts(ES * 100, EN * 100, source_lang="es", target_lang="en")
    assert f"{len(long.beads) - 200} more beads" in long._repr_html_()


def test_a_data_frame(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(MissingExtra, match="pip install pandas"):
        made().to_pandas()
    pandas = types.ModuleType("pandas")
    pandas.DataFrame = list  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "pandas", pandas)
    frame: object = made().to_pandas()
    assert frame == made().records()


def test_files_are_checked_converted_and_validated(tmp_path: Path) -> None:
    alignment = aligner.align_texts(
        ["Cuarenta y dos barcos salieron del puerto.", "Volvieron siete."],
        ["Forty-three ships left the port.", "Seven came back."],
        source_lang="es",
        target_lang="en",
    )
    path = tmp_path / "a.alignment.json"
    assert aligner.export(alignment, "json", str(path)) == (path,)
    codes = [finding.code for finding in aligner.check(str(path)).shown]
    assert codes == [finding.code for finding in aligner.check(alignment).shown]
    assert "number-word" in codes
    done = aligner.convert(path, tmp_path / "a.tmx")
    assert done.units == 2
    assert aligner.convert(tmp_path / "a.tmx", str(tmp_path / "a.xlf")).units == 2
    assert aligner.validate(tmp_path / "a.tmx") == []
    with pytest.raises(UsageError, match="would replace the input"):
        aligner.convert(path, path)
    aligner.convert(path, tmp_path / "gold.beads")
    figures = aligner.evaluate(tmp_path / "gold.beads", path)
    assert figures.macro["strict"].f1 == 1.0


def test_one_language_alone_overrules_what_a_file_says(tmp_path: Path) -> None:
    alignment = aligner.align_texts(
        ["Cuarenta y dos barcos salieron del puerto."],
        ["Forty-three ships left the port."],
        source_lang="es",
        target_lang="en",
    )
    path = tmp_path / "a.alignment.json"
    aligner.export(alignment, "json", path)
    assert aligner.check(path).alignment.source.lang == "es"
    as_german = aligner.check(path, source_lang="de")
    assert (as_german.alignment.source.lang, as_german.alignment.target.lang) == ("de", "en")
    # no German number there: nothing became forty-three
    assert [bool(one.places[0].source_spans) for one in aligner.check(path).shown] == [True]
    assert not any(one.places[0].source_spans for one in as_german.shown)
    british = aligner.check(path, target_lang="en-GB")
    assert (british.alignment.source.lang, british.alignment.target.lang) == ("es", "en-GB")


def test_reports_glossary_and_baseline_of_a_check(tmp_path: Path) -> None:
    path, baseline = tmp_path / "a.alignment.json", tmp_path / "accepted.tsv"
    texts = ["Cuarenta y dos barcos salieron del puerto."], ["Forty-three ships left the port."]
    alignment = aligner.align_texts(*texts, source_lang="es", target_lang="en")
    aligner.export(alignment, "json", path)
    html, sarif, mqm = (tmp_path / f"report.{name}" for name in ("html", "sarif", "tsv"))
    report = aligner.check(
        path,
        write_baseline=baseline,
        reason="a joke",
        against=alignment,
        html=html,
        sarif=sarif,
        mqm=mqm,
    )
    assert all(file.stat().st_size for file in (html, sarif, mqm))
    assert report.remaining
    assert not aligner.check(str(path), baseline=str(baseline)).remaining
    glossary = tmp_path / "terms.tsv"
    glossary.write_text("puerto\tharbour\n", "utf-8")
    assert "terminology" in {one.code for one in aligner.check(path, glossary=glossary).findings}
    with pytest.raises(UsageError, match="needs a reason"):
        aligner.check(path, write_baseline=baseline)
    with pytest.raises(UsageError, match="would replace one of the inputs"):
        aligner.check(path, html=path)
    with pytest.raises(UsageError, match="there is no check 'numbr'"):
        aligner.check(path, wanted=aligner.Wanted(only=frozenset(["numbr"])))
    assert aligner.compare(report, report) == []


def test_labels_of_a_table_are_put_on_beads(tmp_path: Path) -> None:
    alignment = made()
    table, output = tmp_path / "labels.tsv", tmp_path / "b.alignment.json"
    table.write_text("source\ttarget\tlabel\n0\t0\tmodulation\n", "utf-8")
    labelled = aligner.label(alignment, table, "vinay-darbelnet", output=output)
    assert labelled.beads[0].labels == ("modulation",)
    opened = aligner.open_alignment(output)
    assert isinstance(opened, aligner.Alignment)
    assert opened.beads[0].labels == ("modulation",)


def test_what_evaluate_prints_beside_its_figures_is_a_notice(tmp_path: Path) -> None:
    gold, system = tmp_path / "gold", tmp_path / "s.beads"
    gold.mkdir()
    (gold / "src.es.txt").write_text("Uno.\nDos.\n", "utf-8")
    (gold / "tgt.en.txt").write_text("One.\nTwo.\n", "utf-8")
    (gold / "gold.txt").write_text("[0]:[0]\n[1]:[1]\n", "utf-8")
    system.write_text("[0]:[0]\n", "utf-8")
    heard: list[str] = []
    notices = aligner.Notices(tell=heard.append)
    aligner.evaluate(gold, system, notices=notices)
    assert notices.lines == heard
    assert any("gold, system: " in line for line in heard), heard
    whole = aligner.evaluate_all([(gold, gold)], versus=system, bootstrap=20)
    assert whole.versus is not None
    assert whole.comparison["micro"]["strict"].difference < 0
    assert aligner.evaluate_by_text(gold, gold).cuts


def test_several_texts_with_pins_words_and_a_dictionary(tmp_path: Path) -> None:
    names = []
    for lang, texts in (("es", ES), ("en", EN), ("de", [*EN, "Ende."])):
        names.append(tmp_path / f"{lang}.txt")
        names[-1].write_text("\n".join(texts), "utf-8")
    pins = tmp_path / "pins.txt"
    pins.write_text("[0, 1]:[0]\n", "utf-8")
    one_line = aligner.ReadOptions(segmented=True)
    whole = aligner.align_all(names, langs=["es", "en", "de"], options=one_line)
    assert [len(document.segments) for document in whole.documents] == [3, 2, 3]
    dictionary = tmp_path / "d.tsv"
    dictionary.write_text("puerta\tdoor\n", "utf-8")
    pinned = aligner.align(
        names[0],
        str(names[1]),
        source_lang="es",
        target_lang="en",
        segmented=True,
        pins=pins,
        dictionary=str(dictionary),
        words=True,
    )
    assert list(pinned.beads[0].source) == [0, 1]
    assert pinned.words
    # a list of options is one for each text, whatever is segmented
    for segmented in (True, False):
        with pytest.raises(UsageError, match="1 option for 2 texts"):
            aligner.align(names[0], names[1], segmented=segmented, options=[aligner.ReadOptions()])
    with pytest.raises(UsageError, match="2 languages for 3 texts"):
        aligner.align_all(names, langs=["es", "en"])
    with pytest.raises(UsageError, match="a dictionary is for two texts"):
        aligner.align_all(names, dictionary=dictionary)
    with pytest.raises(UsageError, match="--include cannot be 'headrs'"):
        aligner.ReadOptions(include=frozenset(["headrs"]))


def test_a_memory_from_import_to_export(tmp_path: Path) -> None:
    first = tmp_path / "a.tmx"
    aligner.export(made(), "tmx", first)
    (tmp_path / "broken.tmx").write_text("<tmx", "utf-8")
    memory = aligner.Memory(tmp_path / "m.db")
    stages: list[tuple[str, int, int]] = []
    notices = aligner.Notices()
    done = memory.import_files(
        [first, str(tmp_path / "broken.tmx")],
        notices=notices,
        progress=lambda *figures: stages.append(figures),
    )
    assert (done.totals["new"], done.failed) == (2, 1)
    assert "broken.tmx" in notices.lines[0]
    with memory:
        assert [one.kind for one in memory.lookup(ES[0])] == ["exact"]
        assert memory.concordance("puer*")[0].unit.target == EN[0]
        assert memory.statistics()["units"] == 2
        ((number, unit), *_) = memory.units(source_lang="es", limit=1)
        assert memory.edit(number, target="The gate was open.").changed
        assert memory.lookup(unit.source)[0].unit.target == "The gate was open."
    assert memory.units(status="edited")[0][0] == number
    assert memory.inconsistencies() == []
    memory.set_penalty(5)
    assert memory.statistics()["penalty"] == 5
    text = tmp_path / "new.txt"
    text.write_text(f"{ES[0]}\n", "utf-8")
    filled = memory.pretranslate(text, tmp_path / "done.txt", source_lang="es", target_lang="en")
    assert (filled.segments, filled.exact) == (1, 1)
    assert (tmp_path / "done.txt").read_text("utf-8") == "The gate was open.\n"
    memory.pretranslate(text, str(tmp_path / "draft.tsv"), source_lang="es", target_lang="en")
    assert "The gate was open." in (tmp_path / "draft.tsv").read_text("utf-8")
    assert memory.rename("en", "en-GB") == 2
    assert memory.export(tmp_path / "out.tmx", target_lang="en-GB") == 2
    other = aligner.Memory(str(tmp_path / "other.db"))
    other.import_files([tmp_path / "out.tmx"])
    (merged,) = memory.merge([tmp_path / "other.db"])
    assert (merged.new, merged.known) == (0, 2)
    assert memory.add_vectors() == 2
    assert memory.lookup("The gate", semantic=True, least=1)
    assert memory.delete([number]) == 1
    assert memory.delete_where(source_lang="es") == 1
    with pytest.raises(UsageError, match="needs a filter"):
        memory.delete_where()
    with pytest.raises(UsageError, match="is no date"):
        memory.units(since="yesterday")
    absent = aligner.Memory(tmp_path / "absent.db")
    with pytest.raises(aligner.AlignerError, match="there is no memory"):
        absent.delete([1])
    assert not absent.path.exists()


def test_a_corpus_from_folders_to_a_split(tmp_path: Path) -> None:
    for lang, texts in (("es", ES), ("en", EN)):
        (tmp_path / lang).mkdir()
        for name in ("a", "b"):
            (tmp_path / lang / f"{name}.txt").write_text("\n".join(texts), "utf-8")
    paired = aligner.Corpus.pair(
        tmp_path / "es", str(tmp_path / "en"), source_lang="es", target_lang="en"
    )
    assert len(paired.pairs()) == 2
    corpus = aligner.Corpus(tmp_path / "corpus")
    stages: list[tuple[str, int, int]] = []
    tally = corpus.build(
        tmp_path,
        source="es/{}.txt",
        target="en/{}.txt",
        source_lang="es",
        target_lang="en",
        workers=1,
        options=aligner.ReadOptions(segmented=True),
        progress=lambda *figures: stages.append(figures),
    )
    assert (tally.done, tally.failed) == (2, 0)
    assert stages[-1] == ("pairs", 2, 2)
    assert corpus.status().state == "finished"
    assert corpus.verify(texts=True) == []
    assert len(list(corpus.units())) == 4
    assert len(list(corpus.alignments())) == 2
    counts = corpus.dedup(tmp_path / "unique.jsonl", ignore=["case"])
    assert (counts["units"], counts["kept"]) == (4, 2)
    unique = aligner.Corpus(str(tmp_path / "unique.jsonl"))
    assert unique.filter(tmp_path / "some.jsonl", min_words=5, rejected=tmp_path / "rest.jsonl")
    unique.sample(tmp_path / "one.jsonl", count=1)
    assert unique.split(tmp_path / "sets", dev=0, test=0).units["train"] == 2
    assert unique.export(tmp_path / "all.tmx", "tmx").alignments == 1
    assert unique.stats(html=tmp_path / "page.html")["types"]
    assert (tmp_path / "page.html").exists()
    assert unique.terms([tmp_path / "terms.tsv"], min_count=2) == []
    with pytest.raises(UsageError, match=r"written as \.jsonl"):
        unique.sample(tmp_path / "one.tmx")
    with pytest.raises(UsageError, match="would replace one of the inputs"):
        unique.filter(tmp_path / "unique.jsonl")
    with pytest.raises(UsageError, match="several corpora"):
        aligner.Corpus("a", "b").status()
    (tmp_path / "broken.jsonl").write_text("{\n", "utf-8")
    refused: list[aligner.AlignerError] = []
    both = aligner.Corpus(
        tmp_path / "unique.jsonl", tmp_path / "broken.jsonl", refused=refused.append
    )
    assert len(list(both.units())) == 2
    assert len(refused) == 1
