#!/usr/bin/env python3
"""Images a second of ONNX files in this program and in ONNX Runtime, in turns.

Run: networks_onnxruntime.py BUILD/bin IMAGES THREADS FILE.onnx[@SIDE] ... ; needs numpy and onnxruntime. The files are imported into a folder
of their own. Batches of four, of random numbers; ours are shared out among the threads, ONNX Runtime is taken at its better one
of threads within a batch and batches side by side. Three rounds of both, medians.
"""
import concurrent.futures
import os
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import time

import numpy as np
import onnxruntime

binaries, images, threads = pathlib.Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
batch = 4


def theirs(file, side, within):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads if within else 1
    session = onnxruntime.InferenceSession(file, options, providers=["CPUExecutionProvider"])
    given = session.get_inputs()[0]
    last = given.shape[-1] == 3
    shape = (batch, side, side, 3) if last else (batch, 3, side, side)
    kind = np.uint8 if given.type == "tensor(uint8)" else np.float32
    x = np.random.default_rng(0).uniform(0, 255 if kind == np.uint8 else 1, shape).astype(kind)
    run = lambda _: session.run(None, {given.name: x})
    run(0)
    rates = []
    with concurrent.futures.ThreadPoolExecutor(1 if within else threads) as pool:
        for _ in range(3):
            start = time.perf_counter()
            list(pool.map(run, range(images // batch)))
            rates.append(images / (time.perf_counter() - start))
    return statistics.median(rates)


def ours(name):
    text = subprocess.run([binaries / "bench_networks", name, str(images), str(batch), str(threads)], capture_output=True, text=True, check=True).stdout
    return float(re.search(r"([\d.]+) images/s", text)[1])


with tempfile.TemporaryDirectory() as folder:
    os.environ["LIKENESS_MODEL_DIR"] = folder
    print(f"ONNX Runtime {onnxruntime.__version__}, {threads} threads, images a second")
    for argument in sys.argv[4:]:
        file, _, side = argument.partition("@")
        subprocess.run([binaries / "likeness-cli", "models", "import", file], check=True, capture_output=True)
        name = pathlib.Path(file).stem
        pairs = []
        for _ in range(3):
            other = max(theirs(file, int(side or 224), within) for within in (True, False))
            pairs.append((ours(name), other))
        own, other = (statistics.median(p[i] for p in pairs) for i in (0, 1))
        print(f"{name}: {own:.1f} here, {other:.1f} there, {statistics.median(a / b for a, b in pairs):.2f} times", flush=True)
