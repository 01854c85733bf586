"""The runner of `scripts/bench mutants`: which changes it makes, and what it says of tests."""

from __future__ import annotations

import ast
import json
import mmap
import os
import signal
import sys
import textwrap
import time
from pathlib import Path

import pytest

from tests.conftest import load_script

MUTATIONS = load_script("_bench._mutations")
RUNS = load_script("_bench._mutant_runs")
SAMPLE = load_script("_bench._mutant_sample")


def made(source: str) -> list[tuple[str, str, str]]:
    return [
        (one.kind, one.before, one.after) for one in MUTATIONS.mutations(textwrap.dedent(source))
    ]


@pytest.mark.parametrize(
    ("source", "changes"),
    [
        ("a < b", [("comparison", "a < b", "a <= b")]),
        ("a in b", [("comparison", "a in b", "a not in b")]),
        (
            "x if a >= b else y",
            [("negated condition", "a >= b", "not a >= b"), ("comparison", "a >= b", "a > b")],
        ),
        # negated, it is the change of the comparison
        ("x if a is b else y", [("comparison", "a is b", "a is not b")]),
        ("[a for a in b if a]", [("negated condition", "a", "not a")]),
        ("a - b", [("arithmetic", "a - b", "a + b")]),
        ("-a", [("arithmetic", "-a", "a")]),
        ("a and b", [("boolean", "a and b", "a or b")]),
        ("not a", [("boolean", "not a", "a")]),
        ("x = 7", [("constant", "7", "8")]),
        ("x = True", [("constant", "True", "False")]),
        ("x = '<p>'", [("constant", "'<p>'", "'XX<p>'")]),
        ("f(a, b)", [("swapped arguments", "f(a, b)", "f(b, a)")]),
        ("f(a, a)", []),
        ("max(a, b)", []),
        (
            "zip(a, b, strict=True)",
            [("swapped arguments", "zip(a, b, strict=True)", "zip(b, a, strict=True)")],
        ),
        ("open(a, strict=True)", [("constant", "True", "False")]),
        ("f'{a:.3f}'", []),
    ],
)
def test_changes_of_an_expression(source: str, changes: list[tuple[str, str, str]]) -> None:
    # a call that stands alone can be left out too
    assert [one for one in made(source) if one[0] != "statement"] == changes


def test_changes_of_statements() -> None:
    assert made("def f():\n    return a") == [("returned value", "return a", "return None")]
    assert made("def f():\n    return None\n    return\n    return ''")[1:] == []
    assert made("while a:\n    break") == [
        ("negated condition", "a", "not a"),
        ("statement", "break", "continue"),
    ]
    assert made("a.b = c") == [("statement", "a.b = c", "pass")]
    assert made("a = b") == []
    assert made("a += b") == [
        ("arithmetic", "a += b", "a -= b"),
        ("statement", "a += b", "pass"),
    ]


@pytest.mark.parametrize(
    "source",
    [
        '"""Words of a docstring."""',
        'class A:\n    """Words."""\n    b: int\n    """Of an attribute."""',
        '__all__ = ["a"]\n__all__ += ["b"]',
        "if TYPE_CHECKING:\n    x = 1",
        'def f(a: "int | None") -> Literal["a"]: ...',
        "assert a < 1, 'what'",
        "@dataclass(frozen=True, slots=True)\nclass A(B): ...",
        'x = cast("A", b)',
        "Kind = Literal['a', 'b']",
        'x = "no file of that name"',
        'x = f"{count} files left"',
        "from a import b",
    ],
)
def test_what_no_test_is_to_see_is_not_changed(source: str) -> None:
    assert made(source) == []


def test_what_is_raised_keeps_its_words_and_is_left_out() -> None:
    assert made("raise A('words', 3)") == [
        ("statement", "raise A('words', 3)", "pass"),
        ("swapped arguments", "A('words', 3)", "A(3, 'words')"),
        ("constant", "3", "4"),
    ]


def test_one_change_of_the_module_and_no_other() -> None:
    source = "def f(a, b):\n    if a < 1:\n        return a + b\n    return b\n"
    whole = ast.unparse(ast.parse(source)).splitlines()
    for one in MUTATIONS.mutations(source):
        changed = ast.unparse(MUTATIONS.mutated(source, one.index)).splitlines()
        lines = [
            n for n, pair in enumerate(zip(whole, changed, strict=True), 1) if len(set(pair)) == 2
        ]
        assert lines == [one.line]
    with pytest.raises(IndexError):
        MUTATIONS.mutated(source, 99)


def test_where_a_change_is() -> None:
    source = textwrap.dedent("""
        A = 1
        def f(a=2):
            for b in (3,
                      4):
                g(a,
                  5)
        """)
    found = {
        one.before: (one.line, one.lines, one.called)
        for one in MUTATIONS.mutations(source)
        if one.kind == "constant"
    }
    assert found == {
        "1": (2, (2, 2), False),
        "2": (3, (3, 3), False),  # on import, like A
        "3": (4, (4, 5), True),
        "4": (5, (4, 5), True),
        "5": (7, (6, 7), True),
    }


def test_tests_run_quickest_first_as_long_as_there_is_time() -> None:
    tests = {"b::slow": 3.0, "a::quick": 0.001, "c::middle": 0.4, "a::quicker": 0.0005}
    assert RUNS.in_order(tests, 3.0) == ["a::quick", "a::quicker", "c::middle"]
    assert RUNS.in_order(tests, 9.0)[-1] == "b::slow"
    # those that are named for what was changed come first
    assert RUNS.in_order(tests, 9.0, ("middle", "z"))[0] == "c::middle"
    assert RUNS.in_order({"b::slow": 3.0}, 1.0) == ["b::slow"]  # one at least


def _endless() -> str:
    while True:
        pass


def _dies() -> str:
    os.kill(os.getpid(), signal.SIGTERM)
    return ""


def _fails() -> str:
    raise ValueError("as it is")


def test_a_child_answers_or_is_ended() -> None:
    assert RUNS.Fork(lambda: "this", 5).answer() == "this"
    begin = time.process_time()
    assert RUNS.Fork(_endless, 1).answer() is None
    assert time.process_time() - begin < 1  # the child's time, not ours
    assert RUNS.Fork(_dies, 5).answer() == "SIGTERM"
    with pytest.raises(RuntimeError, match="as it is"):
        RUNS.Fork(_fails, 5).answer()


def _nested() -> str:
    grown = mmap.mmap(
        -1, 64 << 20
    )  # addresses, so that the child asks for more than its parent has
    with grown:
        return str(RUNS.Fork(lambda: "inside", 5).answer())


def test_a_child_has_children() -> None:
    """The process that has collected the tests forks for every mutant."""
    assert RUNS.Fork(_nested, 10).answer() == "inside"


CODE = '''\
"""A module."""

from functools import partial

LIMIT = 3


def bounded(value, limit=LIMIT):
    return value if value < limit else limit


class Counter:
    def __init__(self):
        self.count = 0

    @property
    def next(self):
        self.count += 1
        return self.count


twice = partial(lambda a, b: a * b, 2)


def never():
    return 1 + 1
'''
TESTS = """\
import pytest

from thing.code import Counter, bounded, twice


def test_bounded():
    assert bounded(1) == 1
    assert bounded(9) == 3


@pytest.mark.parametrize("number", [1, 2])
def test_counter(number):
    assert Counter().next == 1


def test_twice():
    assert twice(4) == 8


def test_that_fails():
    assert bounded(1) == 2
"""
FILE, TEST = "thing/code.py", "tests/test_code.py"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name, text in ((FILE, CODE), (TEST, TESTS), ("thing/__init__.py", "")):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def recorded(project: Path) -> dict[str, dict[str, list[int]]]:
    """Lines of the module by the name of the test, without the folder."""
    to = project / "lines.json"

    def work() -> str:
        sys.path.insert(0, str(project))
        RUNS.record(project, TEST, [FILE], to)
        return ""

    RUNS.Fork(work, 60).answer()
    found: dict[str, dict[str, list[int]]] = json.loads(to.read_text(encoding="utf-8"))
    return found


def test_which_tests_run_which_lines(project: Path) -> None:
    found = recorded(project)
    lines = {name.split("::")[1]: one["lines"][FILE] for name, one in found["tests"].items()}  # type: ignore[call-overload]
    assert lines == {
        "test_bounded": [9],
        "test_counter[1]": [14, 18, 19],
        "test_counter[2]": [14, 18, 19],
        "test_twice": [22],
    }
    # one that fails without a mutant kills none
    assert [name.split("::")[1] for name in found["failed"]] == ["test_that_fails"]


def outcome(project: Path, before: str, *, afresh: bool = False) -> str:
    """The test that fails with the first change of these words: its name without the file."""
    source = (project / FILE).read_text(encoding="utf-8")
    index = next(one.index for one in MUTATIONS.mutations(source) if one.before == before)
    tree = MUTATIONS.mutated(source, index)
    names = [name for name in recorded(project)["tests"] if "fails" not in name]

    def run(session: object) -> None:
        if not afresh:
            import thing.code  # type: ignore[import-not-found] # noqa: F401

            functions = RUNS.functions_of([str(project / FILE)])[str(project / FILE)]
            RUNS.change_in_place(functions, source, tree)
        failed.append(session.first_failure(names))  # type: ignore[attr-defined]

    failed: list[str] = []

    def work() -> str:
        sys.path.insert(0, str(project))
        if afresh:
            sys.meta_path.insert(0, RUNS.ChangedModule(RUNS.module_name(FILE), tree))
        RUNS.Session(run).main(project, [TEST])
        return failed[0]

    answer = RUNS.Fork(work, 60).answer()
    assert answer is not None
    return str(answer).partition("::")[2]


@pytest.mark.parametrize(
    ("before", "killer"),
    [
        ("value < limit", "test_bounded"),
        ("return self.count", "test_counter[1]"),  # a property's function
        ("a * b", "test_twice"),  # one that only `partial` holds
        ("1 + 1", ""),
    ],
)
def test_a_change_inside_a_function_is_made_in_place(
    project: Path, before: str, killer: str
) -> None:
    assert outcome(project, before) == killer


def test_a_fork_of_a_large_process_has_memory_of_its_own() -> None:
    """Of pytest's, say, after thousands of tests: 70 GB of addresses were seen."""
    taken = mmap.mmap(-1, 20 << 30, flags=mmap.MAP_PRIVATE, prot=mmap.PROT_READ)
    try:
        assert RUNS.Fork(lambda: str(len(bytearray(1 << 28))), 20).answer() == str(1 << 28)
        with pytest.raises(RuntimeError, match=r"MemoryError|Cannot allocate"):
            RUNS.Fork(lambda: str(len(mmap.mmap(-1, 9 << 30))), 20).answer()
    finally:
        taken.close()


def test_a_change_of_what_runs_on_import_is_imported(project: Path) -> None:
    assert outcome(project, "3", afresh=True) == "test_bounded"
    assert outcome(project, "value < limit", afresh=True) == "test_bounded"
    tree = MUTATIONS.mutated(CODE, 0)
    with pytest.raises(RUNS.NotInPlace):
        RUNS.change_in_place([], CODE, tree)


@pytest.fixture
def rooted(project: Path, monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Packages of the small project, which is the root."""
    monkeypatch.setattr(SAMPLE, "ROOT", project)
    long = "\n".join(f"A{number} = {number}" for number in range(90))
    (project / "thing" / "long.py").write_text(long, encoding="utf-8")
    modules = (FILE, "thing/long.py")
    return [SAMPLE.Package("thing", modules, (TEST,))]


def test_the_sample_is_spread_and_the_same_for_a_seed(rooted: list[object]) -> None:
    every = SAMPLE.sample(rooted, 1000, 0)
    own = sum(one.module == FILE for one in every)
    assert len(every) - own == 90
    some = SAMPLE.sample(rooted, 30, 0)
    assert len(some) == 30
    assert sum(one.module == FILE for one in some) == round(30 * own / (own + 90))
    assert SAMPLE.sample(rooted, 30, 0) == some
    assert SAMPLE.sample(rooted, 30, 1) != some
    assert len(set(some)) == 30


def test_a_result_stands_as_long_as_module_and_test_do(
    rooted: list[object], project: Path, tmp_path: Path
) -> None:
    first, second, third = SAMPLE.sample(rooted, 3, 0)
    folder = tmp_path / "state"

    def results() -> list[str | None]:
        state = SAMPLE.State(folder, fresh=False, seconds=5)
        return [(state.result(one) or (None,))[0] for one in (first, second, third)]

    state = SAMPLE.State(folder, fresh=False, seconds=5)
    state.keep(first, SAMPLE.KILLED, f"{TEST}::test_bounded")
    state.keep(second, SAMPLE.SURVIVED, "")
    assert results() == ["killed", "survived", None]
    (project / "thing" / "__init__.py").write_text("A = 1", encoding="utf-8")
    assert results() == ["killed", "survived", None]
    state = SAMPLE.State(folder, fresh=False, seconds=6)
    assert state.result(first) is not None
    assert state.result(second) is None  # tests of six seconds it may not survive
    (project / TEST).write_text(f"{TESTS}\n", encoding="utf-8")
    assert results() == [None, None, None]
    (project / TEST).write_text(TESTS, encoding="utf-8")
    (project / first.module).write_text(f"{CODE}\n", encoding="utf-8")
    assert results()[0] is None
    SAMPLE.State(folder, fresh=True, seconds=5)
    assert results() == [None, None, None]


def test_every_writer_and_the_engine_have_modules_and_tests() -> None:
    packages = {one.name: one for one in SAMPLE.packages()}
    assert {"engine.lattice", "engine.decoding", "engine.features"} < set(packages)
    folders = {path.parent.name for path in (SAMPLE.ROOT / "aligner/formats").glob("*/*write*.py")}
    assert {f"formats.{name}" for name in folders} | {"formats.html", "formats.office"} < set(
        packages
    )
    for one in packages.values():
        assert one.modules
        assert one.tests
        reading = [name for name in one.modules if Path(name).stem.startswith(("read", "validate"))]
        assert not reading or one.name.startswith("engine.")
