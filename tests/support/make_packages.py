#!/usr/bin/env python3
"""Archives with files of weights, by Python's zipfile, and an ONNX file whose numbers lie beside it: models/packages. From
unknown.onnx (make_models.py). Python 3.11, onnx."""
import os
import zipfile

import onnx

here = os.path.dirname(os.path.abspath(__file__)) + "/models"
out = here + "/packages"
os.makedirs(out + "/outside/numbers", exist_ok=True)
network = open(here + "/unknown.onnx", "rb").read()
metadata = "Metadata-Version: 2.1\nName: two-models\nVersion: 1.0\nHome-page: https://example.org/two\nLicense: Apache-2.0\n\nLicense: not this\n"


def archive(file, entries, method=zipfile.ZIP_DEFLATED):
    with zipfile.ZipFile(f"{out}/{file}", "w", method) as written:
        for name, content in entries.items():
            written.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), content, method)


archive("two_models-1.0-py3-none-any.whl", {"two_models/__init__.py": "raise SystemExit\n", "two_models/first.onnx": network,
                                            "two_models/second.onnx": network, "two_models-1.0.dist-info/METADATA": metadata})
unsaid = metadata.replace("License: Apache-2.0", "License: UNKNOWN\nClassifier: License :: OSI Approved :: Apache Software License")
archive("unsaid-1.0-py3-none-any.whl", {"unsaid.txt": "no weights\n", "unsaid-1.0.dist-info/METADATA": unsaid})
archive("one.zip", {"model-main/weights/unknown.onnx": network, "model-main/README.md": "# One\n"}, zipfile.ZIP_STORED)
archive("none.zip", {"pictures/1.txt": "no weights\n"})
archive("bzip.zip", {"unknown.onnx": network}, zipfile.ZIP_BZIP2)
archive("damaged.zip", {"unknown.onnx": network})
with open(out + "/damaged.zip", "r+b") as damaged: # inside the packed bytes: only the check sum can tell
    damaged.seek(4000)
    byte = damaged.read(1)
    damaged.seek(4000)
    damaged.write(bytes([byte[0] ^ 1]))

if os.path.exists(out + "/outside/numbers/outside.data"): # onnx would write behind it
    os.remove(out + "/outside/numbers/outside.data")
model = onnx.load_model_from_string(network)
onnx.save_model(model, out + "/outside/outside.onnx", save_as_external_data=True, all_tensors_to_one_file=True,
                location="numbers/outside.data", size_threshold=0)
archive("outside.zip", {f"net/{name}": open(f"{out}/outside/{name}", "rb").read() for name in ("outside.onnx", "numbers/outside.data")})
