"""Whatever a person does, in whatever order: no segment lost, undo exact, journal true."""

from __future__ import annotations

import json
import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.model import Alignment, AlignmentSet, UsageError, text_key
from aligner.review import actions, changes
from aligner.review.state import State
from tests.unit.review import samples

_NAMES = [name for name in actions.ACTIONS if name != "edit-text"]
_VALUES = st.fixed_dictionaries(
    {
        "action": st.sampled_from(_NAMES),
        "pair": st.integers(0, 1),
        "bead": st.integers(0, 7),
        "other": st.one_of(st.none(), st.integers(0, 7)),
        "side": st.integers(0, 1),
        "at": st.integers(1, 3),
        "step": st.sampled_from([-1, 1]),
        "text": st.integers(0, 2),
        "segment": st.integers(0, 7),
        "offset": st.integers(0, 20),
        "threshold": st.sampled_from([0.5, 0.9]),
        "labels": st.lists(st.sampled_from(["modulation", "two words", ""]), max_size=2),
        "comment": st.sampled_from(["", "look again", "no\nyes"]),
    }
)


@st.composite
def _alignments(draw: st.DrawFn) -> AlignmentSet:
    """Sets of two alignments over small texts, null runs in order."""
    source = samples.document("es", _paragraphs(draw))
    made = []
    for lang in ("en", "fr"):
        target = samples.document(lang, _paragraphs(draw))
        sizes = _tiling(draw, len(source.segments), len(target.segments))
        made.append(Alignment(source, target, samples.tiled(sizes)))
    return AlignmentSet(tuple(made))


def _paragraphs(draw: st.DrawFn) -> list[list[str]]:
    counts = draw(st.lists(st.integers(1, 3), min_size=1, max_size=3))
    words = iter(f"w{n} x y{n}z" for n in range(99))
    return [[next(words) for _ in range(count)] for count in counts]


def _tiling(draw: st.DrawFn, n: int, m: int) -> list[tuple[int, int]]:
    sizes: list[tuple[int, int]] = []
    while n or m:
        a, b = draw(st.integers(0, min(n, 2))), draw(st.integers(0, min(m, 2)))
        if (a, b) == (0, 0):
            a, b = (1, 0) if n else (0, 1)
        if not b and sizes and not sizes[-1][0]:  # a source null behind a target null
            if not m:
                sizes[-1] = (a, sizes[-1][1])
                n -= a
                continue
            b = 1
        sizes.append((a, b))
        n, m = n - a, m - b
    return sizes


def _words(state: State) -> list[str]:
    """The text of each side, whatever its segments."""
    return [text_key("".join(text.words(n) for n in range(text.count))) for text in state.texts]


@settings(max_examples=150, deadline=None)
@given(_alignments(), st.lists(_VALUES, max_size=12))
def test_any_edits_keep_all_text_and_can_be_undone(
    alignment: AlignmentSet, steps: list[dict[str, object]]
) -> None:
    state, _ = State.of(alignment)
    assert state.alignment() == alignment
    words = _words(state)
    history = [state]
    patches = []
    for step in steps:
        try:
            patch = actions.perform_action(state, str(step["action"]), step)
        except UsageError:
            continue
        # the journal's JSON is the patch
        again = changes.from_json(json.loads(json.dumps(changes.to_json(patch))))
        assert again == patch
        state = changes.apply_patch(state, again)
        state.alignment()  # the model checks the tiling, the order of nulls, every offset
        assert _words(state) == words
        pair, bead = patch.focus
        assert 0 <= bead < len(state.pairs[pair].items)
        history.append(state)
        patches.append(patch)
    for patch, before in zip(reversed(patches), reversed(history[:-1]), strict=True):
        state = changes.apply_patch(state, changes.inverse(patch))
        assert state == before
    for patch, after in zip(patches, history[1:], strict=True):
        state = changes.apply_patch(state, patch)
        assert state == after


@settings(max_examples=100, deadline=None)
@given(_alignments(), st.lists(_VALUES, max_size=10))
def test_comments_and_labels_are_never_lost(
    alignment: AlignmentSet, steps: list[dict[str, object]]
) -> None:
    """Beads that vanish leave what a person wrote on them to the bead that takes their segments."""
    state, _ = State.of(alignment)
    for number in range(len(state.pairs[0].items)):
        said = {"pair": 0, "bead": number, "comment": f"note {number}"}
        state = changes.apply_patch(state, actions.perform_action(state, "comment", said))
    notes = {f"note {number}" for number in range(len(state.pairs[0].items))}
    for step in steps:
        if step["action"] in ("comment", "label"):
            continue
        try:
            patch = actions.perform_action(state, str(step["action"]), step)
        except UsageError:
            continue
        state = changes.apply_patch(state, patch)
        found = "\n".join(item.comment for item in state.pairs[0].items).split("\n")
        assert notes <= set(found)


@settings(max_examples=100, deadline=None)
@given(
    st.text(st.characters(codec="utf-8"), max_size=30),
    st.integers(0, 4),
    st.integers(0, 1),
)
def test_any_text_is_refused_or_kept(words: str, segment: int, text: int) -> None:
    state, _ = State.of(samples.small())
    before = state
    said = {"text": text, "segment": segment, "words": words}
    try:
        patch = actions.perform_action(state, "edit-text", said)
    except UsageError:
        return
    state = changes.apply_patch(state, patch)
    assert text_key(state.texts[text].words(segment)) == text_key(
        unicodedata.normalize("NFC", words)
    )
    state.alignment()
    passage, piece = state.texts[text].locate(segment)
    assert state.texts[text].passages[passage].pieces[piece].original == before.texts[text].words(
        segment
    )
    restored = changes.apply_patch(
        state, actions.perform_action(state, "restore-text", {"text": text, "segment": segment})
    )
    assert restored.texts[text].words(segment) == before.texts[text].words(segment)
    assert changes.apply_patch(state, changes.inverse(patch)) == before
