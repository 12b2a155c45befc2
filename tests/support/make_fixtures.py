#!/usr/bin/env python3
"""Writes fixtures.json: what independent implementations say of small pictures that C++ makes by the same formula.

Needs numpy, opencv-contrib-python-headless, scikit-image, scipy, pdqhash, pillow<13. Run: make_fixtures.py > fixtures.json
"""
import json
import zlib
import cv2
import numpy as np
import pdqhash
from PIL import Image
from scipy.stats import wasserstein_distance
from skimage.metrics import structural_similarity


def picture(seed, width, height):
    """tests/support/pictures.h: testPicture()."""
    y, x = np.mgrid[0:height, 0:width].astype(np.int64)
    planes = [(x * (3 + seed) + y * 5 + (x // 9 + y // 7) % 4 * 60 + c * 40 + (x * y // 16) % 37) % 256 for c in range(3)]
    return np.dstack(planes).astype(np.uint8)


def grey(image):
    return cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)


out = {"ssim": [], "histogram": [], "pdq": [], "hash": []}
for seed_a, seed_b, side in [(0, 1, 64), (2, 2, 64), (3, 0, 48)]:
    a, b = grey(picture(seed_a, side, side)), grey(picture(seed_b, side, side))
    value, full = structural_similarity(a, b, gaussian_weights=True, sigma=1.5, use_sample_covariance=False, data_range=255, full=True)
    mse = float(((a.astype(float) - b) ** 2).mean())
    # scikit-image crops (win_size - 1) // 2 where win_size follows from truncate = 3.5: 5 pixels, as our valid area.
    out["ssim"].append({"a": seed_a, "b": seed_b, "side": side, "ssim": float(full[5:-5, 5:-5].mean()), "mse": mse,
                        "psnr": 100.0 if mse == 0 else float(10 * np.log10(255 ** 2 / mse))})
for seed_a, seed_b in [(0, 1), (1, 4)]:
    shares = []
    for seed in (seed_a, seed_b):
        counts = np.histogram(grey(picture(seed, 96, 64)), bins=32, range=(0, 256))[0].astype(np.float64)
        shares.append((counts / counts.sum()).astype(np.float32))
    p, q = shares
    out["histogram"].append({
        "a": seed_a, "b": seed_b, "bins": [float(v) for v in p],
        "correlation": float(np.corrcoef(p, q)[0, 1]),
        "chi_square": -float(cv2.compareHist(p, q, cv2.HISTCMP_CHISQR_ALT)),
        "intersection": float(np.minimum(p, q).sum()),
        "hellinger": -float(cv2.compareHist(p, q, cv2.HISTCMP_BHATTACHARYYA)),
        "emd": -float(wasserstein_distance(np.arange(32), np.arange(32), p, q))})
for seed, width, height in [(0, 512, 384), (1, 300, 400), (2, 128, 128), (5, 97, 61)]:
    bits, quality = pdqhash.compute(cv2.cvtColor(picture(seed, width, height), cv2.COLOR_BGR2RGB))
    text = "".join("%x" % int("".join(str(int(b)) for b in bits[i:i + 4]), 2) for i in range(0, 256, 4))
    out["pdq"].append({"seed": seed, "width": width, "height": height, "hash": text, "quality": int(quality)})
radial = cv2.img_hash.RadialVarianceHash_create()
hashes = [radial.compute(picture(seed, 200, 160)) for seed in (0, 3)]
out["hash"].append({"a": 0, "b": 3, "radial_variance": float(radial.compare(*hashes))})
# Pillow before 13, which always takes the horizontal pass first.
out["pillow"] = []
for name, filter in [("nearest", 0), ("box", 4), ("bilinear", 2), ("bicubic", 3), ("lanczos", 1)]:
    for width, height, to_width, to_height in [(400, 300, 53, 40), (97, 61, 300, 200), (50, 121, 64, 64), (333, 500, 224, 336), (640, 31, 640, 7), (5, 3, 224, 224)]:
        resized = Image.fromarray(picture(1, width, height)).resize((to_width, to_height), filter)
        out["pillow"].append({"filter": name, "from": [width, height], "to": [to_width, to_height], "crc": zlib.crc32(resized.tobytes())})
text = lambda values: " ".join(str(v) for v in np.ravel(values).tolist())
out["gms"] = []
for degrees, scale, turned in [(0, 1.0, False), (95, 0.75, True)]:
    rng = np.random.default_rng(5)
    width, height = 640, 480
    a = np.round(rng.uniform((0, 0), (width, height), (1000, 2)), 1)
    c, s = scale * np.cos(np.radians(degrees)), scale * np.sin(np.radians(degrees))
    b = (a - (width / 2, height / 2)) @ np.array([[c, s], [-s, c]]) + (width / 2, height / 2)
    wrong = rng.random(1000) < 0.4
    b[wrong] = rng.uniform((0, 0), (width, height), (int(wrong.sum()), 2))
    b = np.round(np.clip(b, 0, (width - 1, height - 1)), 1)
    points = [tuple(cv2.KeyPoint(float(x), float(y), 1) for x, y in side) for side in (a, b)]
    kept = cv2.xfeatures2d.matchGMS((width, height), (width, height), *points, tuple(cv2.DMatch(i, i, 0.0) for i in range(1000)), turned, turned)
    out["gms"].append({"turned": turned, "a": text(a), "b": text(b), "kept": text(np.sort([m.queryIdx for m in kept]))})
json.dump(out, __import__("sys").stdout, indent=1)
print()
