#!/usr/bin/env python3
"""Ratios against Python peers in one run: compare_python.py CLI WORKSPACE

The peers do the same work with the usual libraries on one core (numpy, opencv-contrib-python-headless, scikit-image); ours
uses two threads. Minimum of several runs each, alternating. Nothing here is asserted.
"""
import glob
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time

cli, workspace = sys.argv[1:3]
runs = 5
peer_environment = dict(os.environ, OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")
histogram_peer = """
import cv2, glob, os, numpy as np
cv2.setNumThreads(1)
def rows(folder):
    rows = [cv2.calcHist([cv2.imread(p, 0)], [0], None, [256], [0, 256]).flatten() for p in sorted(glob.glob(os.path.join(W, folder, '*.jpg')))]
    rows = np.array(rows)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)
G, Q = rows('dataset'), rows('query')
best = (Q @ G.T).argmax(1)
"""
phash_peer = """
import cv2, glob, os
cv2.setNumThreads(1)
hasher = cv2.img_hash.PHash_create()
for folder in ('dataset', 'query'):
    for p in sorted(glob.glob(os.path.join(W, folder, '*.jpg'))):
        hasher.compute(cv2.imread(p))
"""
ssim_peer = """
import cv2, glob, os, time, sys
from skimage.metrics import structural_similarity
def thumbs(folder, count):
    return [cv2.resize(cv2.imread(p, 0), (64, 64), interpolation=cv2.INTER_AREA) for p in sorted(glob.glob(os.path.join(W, folder, '*.jpg')))[:count]]
G, Q = thumbs('dataset', 50), thumbs('query', 10)
start = time.perf_counter()
for q in Q:
    for g in G:
        structural_similarity(q, g, gaussian_weights=True, sigma=1.5, use_sample_covariance=False, data_range=255)
print((time.perf_counter() - start) / (len(Q) * len(G)))
"""


def python(code):
    start = time.perf_counter()
    out = subprocess.run([sys.executable, "-c", f"W={workspace!r}\n{code}"], check=True, env=peer_environment,
                         capture_output=True, text=True).stdout
    return time.perf_counter() - start, out


def ours(*arguments):
    start = time.perf_counter()
    out = subprocess.run([cli, *arguments, "--threads", "2"], check=True, capture_output=True, text=True).stdout
    return time.perf_counter() - start, out


def row(name, peer, mine, target):
    print(f"{name:58} {peer:9.3f} s {mine:9.3f} s {peer / mine:7.1f} x   at least {target}", flush=True)


print(f"{'whole program, wall clock':58} {'peer':>11} {'ours':>11} {'ratio':>9}")
cache = tempfile.mkdtemp()
search = ("search", workspace, "--top", "1", "--json")
peer = cold = reduced = warm = 1e9
for _ in range(runs):
    peer = min(peer, python(histogram_peer)[0])
    cold = min(cold, ours(*search, "--recipe", "seed-grey-histogram", "--no-cache")[0])
    reduced = min(reduced, ours(*search, "--recipe", "fast-grey-histogram", "--no-cache")[0])
    ours(*search, "--recipe", "seed-grey-histogram", "--cache-dir", cache)
    warm = min(warm, ours(*search, "--recipe", "seed-grey-histogram", "--cache-dir", cache)[0])
row("grey histogram, exact, cold", peer, cold, 1.8)
row("grey histogram, reduced decode, cold", peer, reduced, 4)
row("grey histogram, exact, warm cache", peer, warm, 10)
shutil.rmtree(cache)
peer = mine = 1e9
for _ in range(runs):
    peer = min(peer, python(phash_peer)[0])
    mine = min(mine, ours(*search, "--recipe", "fast-phash", "--no-cache")[0])
row("pHash, reduced decode, cold, against cv2.img_hash", peer, mine, 2)
pairs = len(glob.glob(os.path.join(workspace, "dataset", "*.jpg"))) * len(glob.glob(os.path.join(workspace, "query", "*.jpg")))
peer = mine = 1e9
for _ in range(3):
    peer = min(peer, float(python(ssim_peer)[1]) * pairs)
    # Extraction from the cache: what is left is the comparison of all pairs.
    with tempfile.TemporaryDirectory() as cache:
        ours(*search, "--recipe", "ssim", "--cache-dir", cache)
        mine = min(mine, ours(*search, "--recipe", "ssim", "--cache-dir", cache)[0])
row(f"SSIM of {pairs} pairs at 64 x 64 against scikit-image's loop", peer, mine, 50)
