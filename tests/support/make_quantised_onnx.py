"""Writes keypoints/quantised.onnx: one QuantizeLinear (scale 0.5, zero point 0), whose output has 8-bit whole numbers.

Needs nothing but Python: an ONNX file is a Protocol Buffers message, written here field by field.
"""
import pathlib
import struct


def varint(n):
    out = b""
    while n > 127:
        out += bytes([n & 127 | 128])
        n >>= 7
    return out + bytes([n])


def number(field, n):
    return varint(field << 3) + varint(n)


def block(field, content):
    content = content.encode() if isinstance(content, str) else content
    return varint(field << 3 | 2) + varint(len(content)) + content


def tensor(name, kind, raw):  # TensorProto of no dimensions: a scalar
    return number(2, kind) + block(8, name) + block(9, raw)


def value(name, kind):  # ValueInfoProto, 1 x 3 x 8 x 8
    shape = b"".join(block(1, number(1, n)) for n in (1, 3, 8, 8))
    return block(1, name) + block(2, block(1, number(1, kind) + block(2, shape)))


FLOAT, INT8 = 1, 3
node = b"".join(block(1, name) for name in ("x", "scale", "zero")) + block(2, "y") + block(3, "q") + block(4, "QuantizeLinear")
graph = (block(1, node) + block(2, "quantised") + block(5, tensor("scale", FLOAT, struct.pack("<f", 0.5)))
         + block(5, tensor("zero", INT8, b"\0")) + block(11, value("x", FLOAT)) + block(12, value("y", INT8)))
model = number(1, 7) + block(7, graph) + block(8, block(1, "") + number(2, 13))
(pathlib.Path(__file__).parent / "keypoints" / "quantised.onnx").write_bytes(model)
