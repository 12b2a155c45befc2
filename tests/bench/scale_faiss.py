#!/usr/bin/env python3
"""The flat, PQ and IVF-PQ search of `likeness-cli bench scale --out FOLDER` by Faiss from Python, on the same vectors.

Run: scale_faiss.py FOLDER DIMENSIONS [THREADS]. Needs numpy and faiss-cpu.
"""
import sys
import time

import faiss
import numpy as np

folder, width = sys.argv[1], int(sys.argv[2])
faiss.omp_set_num_threads(int(sys.argv[3]) if len(sys.argv) > 3 else 2)
rows = np.fromfile(folder + "/rows.f32", np.float32).reshape(-1, width)
queries = np.fromfile(folder + "/queries.f32", np.float32).reshape(-1, width)


def median(work):
    times = []
    for _ in range(5):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return 1000 * sorted(times)[2]


def report(name, index, exact, build):
    found = index.search(queries, 10)[1]
    batch = median(lambda: index.search(queries, 10)) / len(queries)
    alone = median(lambda: index.search(queries[:1], 10))
    recall = np.mean([len(set(a) & set(b)) / 10 for a, b in zip(exact, found)])
    print(f"{name:18s} build {build:7.1f} s  batch {batch:9.3f} ms a query  alone {alone:9.3f} ms  recall@10 {recall:.3f}", flush=True)
    return found


print("faiss", faiss.__version__, rows.shape)
flat = faiss.IndexFlatIP(width)
flat.add(rows)
exact = flat.search(queries, 10)[1]
report("flat", flat, exact, 0)
began = time.time()
pq = faiss.IndexPQ(width, 64, 8, faiss.METRIC_INNER_PRODUCT)
pq.train(rows[:: max(1, len(rows) // 65536)][:65536])
pq.add(rows)
report("pq", pq, exact, time.time() - began)
