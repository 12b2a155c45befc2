"""Answers of ONNX Runtime, for tst_onnx: make_onnx_references.py OUT SIDE IMAGES MODEL.onnx...

For each model a folder OUT/<name> in the layout of ONNX's own tests: model.onnx (a link) and test_data_set_<i> with
input_0.pb and output_0.pb, one for each image of the folder IMAGES, squashed to SIDE x SIDE. A model takes bytes with
channels last, or floats (ImageNet's preparation) with channels first. Needs numpy, onnx, onnxruntime and Pillow.
"""
import sys
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from onnx import numpy_helper
from PIL import Image

out, side, images = Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
pictures = [
    np.asarray(Image.open(file).convert("RGB").resize((side, side), Image.BILINEAR))
    for file in sorted(images.iterdir())
    if file.suffix.lower() in (".jpg", ".jpeg", ".png")
][:100]
for name in sys.argv[4:]:
    model = Path(name).resolve()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
    wanted = session.get_inputs()[0]
    folder = out / model.stem
    folder.mkdir(parents=True, exist_ok=True)
    link = folder / "model.onnx"
    link.unlink(missing_ok=True)
    link.symlink_to(model)
    for i, picture in enumerate(pictures):
        if wanted.type == "tensor(uint8)":
            value = picture[None]
        else:
            value = ((picture / 255.0 - [0.485, 0.456, 0.406]) / [0.229, 0.224, 0.225]).astype(np.float32)
            value = value.transpose(2, 0, 1)[None]
        result = session.run(None, {wanted.name: value})[0]
        data = folder / f"test_data_set_{i}"
        data.mkdir(exist_ok=True)
        for kind, array in (("input", value), ("output", result)):
            (data / f"{kind}_0.pb").write_bytes(numpy_helper.from_array(np.ascontiguousarray(array)).SerializeToString())
