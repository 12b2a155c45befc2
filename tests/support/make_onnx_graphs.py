"""Small networks of the patterns that lowering.cpp recognises, with ONNX Runtime's answers, in the layout of ONNX's own tests:
make_onnx_graphs.py OUT (tests/support/onnx/graphs). Needs numpy, onnx and onnxruntime; the random numbers are seeded.
"""
import sys
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

out = Path(sys.argv[1])
rng = np.random.default_rng(5)


class Network:
    def __init__(self, name, shape):
        self.name, self.shape, self.nodes, self.constants = name, shape, [], []

    def constant(self, value, dtype=np.float32):
        name = f"c{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.asarray(value, dtype), name))
        return name

    def random(self, *shape, scale=0.4):
        return self.constant(rng.normal(0, scale, shape))

    def add(self, operation, *inputs, **attributes):
        name = f"v{len(self.nodes)}"
        self.nodes.append(helper.make_node(operation, list(inputs), [name], **attributes))
        return name

    def conv(self, x, outputs, channels, kernel, **attributes):
        return self.add("Conv", x, self.random(outputs, channels, kernel, kernel), self.random(outputs),
                        pads=[kernel // 2] * 4, **attributes)

    def norm(self, x, channels):
        positive = self.constant(rng.uniform(0.5, 2, channels))
        return self.add("BatchNormalization", x, self.random(channels), self.random(channels), self.random(channels), positive)

    def write(self, *outputs):
        value = rng.normal(0, 1, self.shape).astype(np.float32)
        graph = helper.make_graph(
            self.nodes, self.name, [helper.make_tensor_value_info("x", TensorProto.FLOAT, self.shape)],
            [helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in outputs], self.constants)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
        data = out / self.name / "test_data_set_0"
        data.mkdir(parents=True, exist_ok=True)
        onnx.save(model, out / self.name / "model.onnx")
        options = onnxruntime.SessionOptions()
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
        session = onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
        (data / "input_0.pb").write_bytes(numpy_helper.from_array(value).SerializeToString())
        for i, answer in enumerate(session.run(None, {"x": value})):
            (data / f"output_{i}.pb").write_bytes(numpy_helper.from_array(answer).SerializeToString())


n = Network("residual", [1, 3, 8, 8])
r = n.add("Relu", n.norm(n.conv("x", 6, 3, 3, strides=[2, 2]), 6))
n.write(n.add("Relu", n.add("Add", r, n.norm(n.conv(n.add("Relu", n.conv(r, 6, 6, 3)), 6, 6, 3), 6))))

# What is looked at without a copy must not be written to by the sum behind it.
for name, look in (("view_by_depth_to_space", lambda n, r: n.add("DepthToSpace", r, blocksize=1)),
                   ("view_by_einsum", lambda n, r: n.add("Einsum", r, equation="nchw->nhwc")),
                   ("view_by_slice", lambda n, r: n.add("Slice", r, *(n.constant([v], np.int64) for v in (0, 4, 1))))):
    n = Network(name, [1, 3, 8, 8])
    r = n.add("Relu", n.conv("x", 6, 3, 3))
    seen = look(n, r)
    n.write(n.add("Relu", n.add("Add", n.conv(n.conv(r, 6, 6, 1), 6, 6, 1), r)), seen)

n = Network("mobile", [2, 3, 8, 8])
x = n.add("Clip", n.norm(n.conv("x", 8, 3, 3), 8), n.constant(0), n.constant(6))
x = n.conv(x, 8, 1, 3, group=8)
x = n.add("Mul", x, n.add("HardSigmoid", x, alpha=1 / 6, beta=0.5))
x = n.conv(x, 8, 8, 1)
x = n.add("Mul", n.add("Sigmoid", x), x)
gate = n.add("Sigmoid", n.conv(n.add("GlobalAveragePool", x), 8, 8, 1))
n.write(n.add("Mul", x, gate))

n = Network("quantised", [1, 3, 8, 8])


def rounded(n, x, scale, zero, dtype):
    s, z = n.constant(scale), n.constant(zero, dtype)
    return n.add("DequantizeLinear", n.add("QuantizeLinear", x, s, z), s, z)


def weights(n, *shape):
    whole = n.constant(rng.integers(-127, 128, shape), np.int8)
    return n.add("DequantizeLinear", whole, n.constant(rng.uniform(0.002, 0.004, shape[0])), n.constant(np.zeros(shape[0]), np.int8), axis=0)


x = rounded(n, "x", 0.0291, 3, np.int8)
r = rounded(n, n.add("Conv", x, weights(n, 6, 3, 3, 3), pads=[1] * 4), 0.0213, 0, np.uint8)  # the zero cuts as a ReLU does
y = rounded(n, n.add("Conv", r, weights(n, 6, 6, 1, 1)), 0.0317, 120, np.uint8)
n.write(rounded(n, n.add("Add", r, y), 0.0419, 0, np.uint8))

n = Network("transformer", [2, 5, 12])
mean = n.add("ReduceMean", "x", axes=[-1])
centred = n.add("Sub", "x", mean)
variance = n.add("ReduceMean", n.add("Pow", centred, n.constant(2)), axes=[-1])
x = n.add("Div", centred, n.add("Sqrt", n.add("Add", variance, n.constant(1e-6))))
x = n.add("Add", n.add("Mul", x, n.random(12)), n.random(12))
x = n.add("Add", n.random(24), n.add("MatMul", x, n.random(12, 24)))
erf = n.add("Erf", n.add("Div", x, n.constant(np.sqrt(2))))
x = n.add("Mul", n.add("Mul", x, n.add("Add", erf, n.constant(1))), n.constant(0.5))
x = n.add("LayerNormalization", n.add("MatMul", x, n.random(24, 12)), n.random(12), n.random(12), epsilon=1e-5)
first = n.add("Gather", x, n.constant(0, np.int64), axis=1)
n.write(n.add("Gemm", first, n.random(12, 7), n.random(7)), n.add("Gemm", first, n.random(7, 12), n.random(7), transB=1))
