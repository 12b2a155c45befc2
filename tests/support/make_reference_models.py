#!/usr/bin/env python3
"""Full-size randomly initialised torchvision models in the three formats, with their features of three images.

Needs torch, torchvision, Pillow (Debian's python3-torch and python3-torchvision will do). Called by tests/run --reference;
make_reference_models.py OUT writes OUT/expected.json in the form of tests/support/models.
"""
import json
import os
import struct
import sys
import numpy as np
import torch
import torchvision
from PIL import Image

out = sys.argv[1]
os.makedirs(out, exist_ok=True)
rng = np.random.default_rng(7)
images = []
for i, (w, h) in enumerate([(400, 300), (224, 224), (333, 777)]):
    y, x = np.mgrid[:h, :w]
    planes = [127 + 90 * np.sin(x / (17 + 5 * i) + c) * np.cos(y / (31 - 4 * i + c)) for c in range(3)]
    images.append(Image.fromarray(np.clip(np.stack(planes, 2) + rng.normal(0, 12, (h, w, 3)), 0, 255).astype(np.uint8)))
    images[-1].save(f"{out}/image{i}.png")


def prepared(resize=256, crop=224):
    batch = []
    for im in images:
        w, h = im.size
        r = im.resize((resize, int(resize * h / w)) if w <= h else (int(resize * w / h), resize), Image.BILINEAR)
        left, top = int(round((r.size[0] - crop) / 2)), int(round((r.size[1] - crop) / 2))
        x = torch.from_numpy(np.asarray(r.crop((left, top, left + crop, top + crop)), np.float32).copy()) / 255
        batch.append(((x - torch.tensor([0.485, 0.456, 0.406])) / torch.tensor([0.229, 0.224, 0.225])).permute(2, 0, 1))
    return torch.stack(batch)


def safetensors(state, path):
    """By hand: Debian has no package of the library."""
    head, blobs, offset = {}, [], 0
    for name, tensor in state.items():
        blob = tensor.contiguous().numpy().tobytes()
        kind = {torch.float32: "F32", torch.int64: "I64"}[tensor.dtype]
        head[name] = {"dtype": kind, "shape": list(tensor.shape), "data_offsets": [offset, offset + len(blob)]}
        offset += len(blob)
        blobs.append(blob)
    text = json.dumps(head).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + b"".join(blobs))


models = []
for name in ("resnet18", "resnet50", "resnext50_32x4d", "wide_resnet50_2", "vit_b_16", "vit_b_32", "mobilenet_v3_large", "mobilenet_v3_small"):
    torch.manual_seed(3)
    model = getattr(torchvision.models, name)(weights=None)
    for module in model.modules():  # a reader that drops buffers is found out
        if isinstance(module, torch.nn.BatchNorm2d):
            torch.nn.init.normal_(module.running_mean, 0, 0.3)
            torch.nn.init.uniform_(module.running_var, 0.5, 2)
    model.eval()
    state = model.state_dict()
    torch.save(state, f"{out}/{name}.pth")
    torch.save(state, f"{out}/{name}.legacy.pth", _use_new_zipfile_serialization=False)
    safetensors(state, f"{out}/{name}.safetensors")
    setattr(model, "heads" if "vit" in name else "classifier" if "mobilenet" in name else "fc", torch.nn.Identity())
    with torch.no_grad():
        features = model(prepared()).tolist()
    for ending in ("pth", "legacy.pth", "safetensors"):
        models.append({"name": name, "file": f"{name}.{ending}", "side": 224, "features": features})
json.dump({"versions": {"torch": torch.__version__, "torchvision": torchvision.__version__}, "models": models}, open(f"{out}/expected.json", "w"))
