"""How many small changes of the engine and of the writers their tests notice; lists those they miss.

    scripts/bench mutants [--sample 1000] [--seed 0] [--package NAME] [--record]

A mutant is one small change of one module (kinds: scripts/_bench/_mutations.py). A sample that a
seed decides, spread over the modules as their mutants are, is run against the tests of the package,
of these those that run the changed statement, the quickest first and up to --seconds of processor
time; a mutant of which no test takes notice, or that no test runs, has survived. One that runs on
without end counts as killed and is counted apart.

What was found is kept in build/mutants and stands while the module and the test that killed are the
same (of a survivor: the module and all tests of its package). What a test imports or reads besides
is not looked at: after a change of that, and while files change under a run, --fresh begins anew.
"""

from __future__ import annotations

import hashlib
import importlib
import json
import os
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from _bench import ROOT, parser, progress, table
from _bench._mutant_runs import (
    ChangedModule,
    Fork,
    NotInPlace,
    Session,
    change_in_place,
    functions_of,
    in_order,
    module_name,
    record,
)
from _bench._mutant_sample import (
    KILLED,
    SURVIVED,
    TIMED_OUT,
    UNTESTED,
    Mutant,
    State,
    packages,
    sample,
)
from _bench._mutations import mutated

_LONG = 1e6  # seconds: no limit

Reached = dict[str, dict[str, Any]]
"""By the name of a test its `seconds` and the `lines` that it runs, by module."""


def reached(state: State, files: Sequence[str], modules: Sequence[str]) -> Reached:
    """What each test runs; a file of tests is run again where it or what it runs has changed."""
    found: Reached = {}
    now = {module: state.digest(module) for module in modules}
    for number, file in enumerate(files, 1):
        name = hashlib.sha256(f"{file} {state.digest(file, 'tests/conftest.py')}".encode())
        kept = state.folder / f"lines-{name.hexdigest()[:24]}.json"
        data = json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else {}
        if not _stands(data, now):
            progress(f"which lines each test runs: {number} of {len(files)}, {file}")
            made = kept.with_suffix(".new")
            if Fork(partial(_record, file, modules, made), _LONG).answer() is None:
                sys.exit(f"{file}: the process of its tests was killed")
            data = {**json.loads(made.read_text(encoding="utf-8")), "modules": now}
            made.unlink()
            kept.write_text(json.dumps(data), encoding="utf-8")
        if data["failed"]:
            print(f"left out, since they fail without a mutant: {', '.join(data['failed'])}")
        found |= data["tests"]
    return found


def _stands(data: dict[str, Any], now: dict[str, str]) -> bool:
    """Whether these lines were recorded for all modules, and those that were run are the same."""
    if not data or not set(now) <= set(data["modules"]):
        return False
    run = {module for test in data["tests"].values() for module in test["lines"]}
    return all(data["modules"][module] == now[module] for module in run & set(now))


def _record(file: str, modules: Sequence[str], to: Path) -> str:
    record(ROOT, file, modules, to)
    return ""


def tests_of(mutant: Mutant, found: Reached, seconds: float) -> list[str]:
    """The tests of its package that run the changed statement; of a line that runs on import, all
    that run anything of the module.
    """
    first, last = mutant.mutation.lines
    fit = {}
    for name, test in found.items():
        if name.split("::", maxsplit=1)[0] not in mutant.package.tests:
            continue
        lines = test["lines"].get(mutant.module, ())
        if any(first <= line <= last for line in lines) or (lines and not mutant.mutation.called):
            fit[name] = test["seconds"]
    path = Path(mutant.module)
    return in_order(fit, seconds, (path.stem, path.parent.name))


@dataclass(frozen=True, slots=True)
class Task:
    mutant: Mutant
    tests: list[str]
    limit: float  # seconds of processor time


def run(tasks: Sequence[Task], state: State, jobs: int) -> None:
    """Run mutants and keep what came out: first those inside functions, then the others."""
    done = [0]

    def keep(task: Task, by: str | None) -> None:
        result = TIMED_OUT if by is None else KILLED if by else SURVIVED
        state.keep(task.mutant, result, by or "")
        done[0] += 1
        progress(f"mutants: {done[0]} of {len(tasks)}, {task.mutant.module}")

    called = [task for task in tasks if task.mutant.mutation.called]
    _import_others()
    groups: dict[tuple[str, ...], list[Task]] = defaultdict(list)
    for task in called:
        groups[task.mutant.package.tests].append(task)
    elsewhere = [task for task in tasks if not task.mutant.mutation.called]
    for group in groups.values():
        names = state.folder / f"elsewhere-{os.getpid()}.json"
        serving = partial(_serve, group, jobs, keep, names)
        server = Fork(serving, _LONG, heard=True)
        if server.answer() is None:
            sys.exit("the process that collects the tests was killed")
        elsewhere += [group[number] for number in json.loads(names.read_text(encoding="utf-8"))]
        names.unlink()
        done[0] += len(group) - len(elsewhere)
    state.read()
    _forks(elsewhere, jobs, _afresh, keep)


def _serve(
    tasks: Sequence[Task], jobs: int, keep: Callable[[Task, str | None], None], to: Path
) -> str:
    """Collect the tests of all these and fork for each; `to` gets the numbers of those left."""
    left: list[int] = []

    def work(session: Session) -> None:
        for module in {task.mutant.module for task in tasks}:
            importlib.import_module(module_name(module))
        functions = functions_of([str(ROOT / task.mutant.module) for task in tasks])

        def one(task: Task) -> str:
            source = (ROOT / task.mutant.module).read_text(encoding="utf-8")
            tree = mutated(source, task.mutant.mutation.index)
            change_in_place(functions[str(ROOT / task.mutant.module)], source, tree)
            return session.first_failure(task.tests)

        refused = _forks(tasks, jobs, one, keep)
        left.extend(tasks.index(task) for task in refused)

    files = sorted({name.split("::", maxsplit=1)[0] for task in tasks for name in task.tests})
    if code := Session(work).main(ROOT, files):
        raise RuntimeError(f"pytest ended with code {code}")
    to.write_text(json.dumps(left), encoding="utf-8")
    return ""


def _afresh(task: Task) -> str:
    source = (ROOT / task.mutant.module).read_text(encoding="utf-8")
    tree = mutated(source, task.mutant.mutation.index)
    sys.meta_path.insert(0, ChangedModule(module_name(task.mutant.module), tree))
    return _first_failure(task.tests)


def _forks(
    tasks: Sequence[Task],
    jobs: int,
    work: Callable[[Task], str],
    keep: Callable[[Task, str | None], None],
) -> list[Task]:
    """A child each, so many at once; returns those that cannot be changed in place."""
    refused: list[Task] = []
    waiting = list(reversed(tasks))
    running: list[tuple[Task, Fork]] = []
    while waiting or running:
        while waiting and len(running) < jobs:
            task = waiting.pop()
            running.append((task, Fork(partial(work, task), task.limit)))
        over = [one for one in running if one[1].is_over()]
        running = [one for one in running if one not in over]
        for task, fork in over:
            try:
                keep(task, fork.answer())
            except NotInPlace:
                refused.append(task)
        time.sleep(0 if over else 0.005)
    return refused


def _import_others() -> None:
    """What many modules need and is not ours, so that no child imports it again."""
    for name in ("lxml.etree", "lxml.html", "numpy.random", "hypothesis.extra.numpy"):
        importlib.import_module(name)


def tasks_of(mutants: Sequence[Mutant], found: Reached, state: State, seconds: float) -> list[Task]:
    """What is to run; of a mutant that no test runs the result is known."""
    made = []
    for mutant in mutants:
        if state.result(mutant) is not None:
            continue
        tests = tests_of(mutant, found, seconds)
        if tests:
            limit = 10 + 3 * sum(found[name]["seconds"] for name in tests)
            made.append(Task(mutant, tests, limit))
        else:
            state.keep(mutant, UNTESTED, "")
    return made


def control(mutants: Sequence[Mutant], found: Reached, state: State) -> None:
    """The tests that killed, without a mutant: stops where one fails in the order of these runs."""
    killers = defaultdict(set)
    for mutant in mutants:
        result = state.result(mutant)
        if result is not None and result[1] in found:
            killers[mutant.package.tests].add(result[1])
    for tests in killers.values():
        names = in_order({name: found[name]["seconds"] for name in tests}, _LONG)
        answer = Fork(partial(_first_failure, names), _LONG).answer()
        if answer is None or answer:
            sys.exit(f"without a mutant fails: {answer}")


def _first_failure(names: Sequence[str]) -> str:
    """The first of these tests that fails, in this process; what pytest says where none was run."""
    failed: list[str] = []
    files = sorted({name.split("::", maxsplit=1)[0] for name in names})
    session = Session(lambda session: failed.append(session.first_failure(names)))
    code = session.main(ROOT, files)
    # a module that cannot be imported stops the collection
    return failed[0] if failed else f"pytest's code {code}"


@dataclass(frozen=True, slots=True)
class Outcome:
    mutant: Mutant
    result: str


def report(outcomes: Sequence[Outcome]) -> None:
    """Print the table and the survivors."""
    by: dict[str, Counter[str]] = defaultdict(Counter)
    for one in outcomes:
        by[one.mutant.package.name][one.result] += 1
        by["all"][one.result] += 1
    order = [*sorted(name for name in by if name != "all"), "all"]
    columns = (KILLED, TIMED_OUT, SURVIVED, UNTESTED)
    table(
        ("package", "mutants", *columns, "killed %"),
        (
            (name, by[name].total(), *(by[name][one] for one in columns), f"{_share(by[name]):.1f}")
            for name in order
        ),
    )
    survivors = [_line(one) for one in outcomes if one.result in (SURVIVED, UNTESTED)]
    print("\nsurvivors:", *survivors, sep="\n")


def _share(counts: Counter[str]) -> float:
    return 100 * (counts[KILLED] + counts[TIMED_OUT]) / counts.total()


def _line(one: Outcome) -> str:
    mutation = one.mutant.mutation
    where = f"{one.mutant.module}:{mutation.line}"
    note = f" ({UNTESTED})" if one.result == UNTESTED else ""
    return f"{where}: {mutation.kind}: {mutation.before} => {mutation.after}{note}"


def main() -> None:
    options = parser(__doc__)
    options.add_argument("--sample", type=int, default=1000)
    options.add_argument("--seed", type=int, default=0)
    options.add_argument(
        "--package", action="append", help="only this (engine.lattice, formats.tmx)"
    )
    options.add_argument("--seconds", type=float, default=20.0, help="of tests for each mutant")
    options.add_argument("--jobs", type=int, default=1)
    options.add_argument("--fresh", action="store_true", help="forget what earlier runs found")
    options.add_argument("--state", type=Path, default=ROOT / "build" / "mutants")
    given = options.parse_args()
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ.setdefault(name, "1")  # before anything imports numpy
    every = packages()
    if unknown := set(given.package or ()) - {one.name for one in every}:
        sys.exit(
            f"{', '.join(unknown)}: no such package; there are {', '.join(p.name for p in every)}"
        )
    state = State(given.state, fresh=given.fresh, seconds=given.seconds)
    # the sample is that of all packages, of which some may be looked at
    mutants = sample(every, given.sample, given.seed)
    if given.package:
        mutants = [one for one in mutants if one.package.name in given.package]
    found: Reached = {}
    for tests in {one.package.tests for one in mutants}:
        modules = sorted({m for p in every if p.tests == tests for m in p.modules})
        found |= reached(state, tests, modules)
    run(tasks_of(mutants, found, state, given.seconds), state, given.jobs)
    control(mutants, found, state)
    progress("")
    outcomes = [Outcome(one, (state.result(one) or (UNTESTED, ""))[0]) for one in mutants]
    report(outcomes)


if __name__ == "__main__":
    main()
