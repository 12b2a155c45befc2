#!/usr/bin/env python3
"""Tiny random networks with the outputs of SuperPoint, XFeat and DISK as ONNX files, and the keypoints that numpy finds.

Needs torch, onnx, numpy, Pillow. Run: make_keypoint_nets.py OUT (tests/support/keypoints). The picture is models/image0.png as grey.
"""
import json
import os
import sys
import numpy as np
import torch
from PIL import Image
from torch import nn
from torch.nn import functional as F

out = sys.argv[1]
torch.manual_seed(12)
grey = np.asarray(Image.open(os.path.join(os.path.dirname(out.rstrip("/")) or ".", "models/image0.png")).convert("L"), np.float32)
grey = grey[:64, :80]


class Net(nn.Module):
    def __init__(self, kind):
        super().__init__()
        self.kind = kind
        channels = 1 if kind == "superpoint" else 3
        self.first = nn.Conv2d(channels, 8, 5, stride=1 if kind == "disk" else 2, padding=2)
        if kind == "disk":
            self.last = nn.Conv2d(8, 33, 3, padding=1)
        else:
            self.second, self.third = nn.Conv2d(8, 12, 3, stride=2, padding=1), nn.Conv2d(12, 16, 3, stride=2, padding=1)
            self.logits, self.descriptors, self.reliable = nn.Conv2d(16, 65, 1), nn.Conv2d(16, 32, 1), nn.Conv2d(16, 1, 1)
            self.logits.weight.data *= 60

    def forward(self, x):
        x = F.relu(self.first(x))
        if self.kind == "disk":
            return self.last(x)
        x = F.relu(self.third(F.relu(self.second(x))))
        if self.kind == "superpoint":
            return self.logits(x), self.descriptors(x)
        return self.descriptors(x), self.logits(x), torch.sigmoid(self.reliable(x))


def bilinear(plane, height, width):
    """OpenCV's and the half-pixel convention's resize."""
    y = np.clip((np.arange(height) + 0.5) * plane.shape[0] / height - 0.5, 0, plane.shape[0] - 1)
    x = np.clip((np.arange(width) + 0.5) * plane.shape[1] / width - 0.5, 0, plane.shape[1] - 1)
    y0, x0 = np.floor(y).astype(int), np.floor(x).astype(int)
    y1, x1 = np.minimum(y0 + 1, plane.shape[0] - 1), np.minimum(x0 + 1, plane.shape[1] - 1)
    fy, fx = (y - y0)[:, None], (x - x0)[None]
    return (plane[y0][:, x0] * (1 - fx) + plane[y0][:, x1] * fx) * (1 - fy) + (plane[y1][:, x0] * (1 - fx) + plane[y1][:, x1] * fx) * fy


expected = {}
for kind in ("superpoint", "xfeat", "disk"):
    net = Net(kind).eval()
    x = torch.from_numpy(grey / 255)[None, None].repeat(1, 1 if kind == "superpoint" else 3, 1, 1)
    names = {"superpoint": ["semi", "desc"], "xfeat": ["feats", "keypoints", "heatmap"], "disk": ["unet"]}[kind]
    torch.onnx.export(net, x, f"{out}/{kind}.onnx", opset_version=11, dynamo=False, input_names=["image"], output_names=names,
                      dynamic_axes={n: {2: "h", 3: "w"} for n in ["image"] + names})
    with torch.no_grad():
        result = net(x)
    result = [r.numpy()[0].astype(np.float64) for r in (result if isinstance(result, tuple) else (result,))]
    h, w = grey.shape
    if kind == "disk":
        scores, features = result[0][-1], result[0][:-1]
    else:
        logits, features = (result[0], result[1]) if kind == "superpoint" else (result[1], result[0])
        p = np.exp(logits - logits.max(0))
        p = (p / p.sum(0))[:-1]
        scores = p.reshape(8, 8, h // 8, w // 8).transpose(2, 0, 3, 1).reshape(h, w)
        if kind == "xfeat":
            scores = scores * bilinear(result[2][0], h, w)
    full = np.stack([bilinear(f, h, w) for f in features]) if kind != "disk" else features
    points = []
    for y in range(h):
        for x0 in range(w):
            near = scores[max(0, y - 4):y + 5, max(0, x0 - 4):x0 + 5]
            if scores[y, x0] > 0.005 and scores[y, x0] == near.max():
                d = full[:, y, x0]
                points.append((scores[y, x0], x0, y, (d / np.linalg.norm(d))[:4]))
    expected[kind] = [{"x": p[1], "y": p[2], "descriptor": [round(float(v), 6) for v in p[3]]} for p in sorted(points, key=lambda p: (p[1], p[2]))]
    print(kind, len(points))
json.dump(expected, open(f"{out}/expected.json", "w"), separators=(",", ":"))
