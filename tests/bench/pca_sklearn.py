"""scikit-learn's PCA beside bench_pca on the same rows.

    python pca_sklearn.py FILE.f32 [ROWS WIDTH COMPONENTS]   writes FILE where it is missing, then fits it

Rows with a decaying spectrum, float32. Each solver that fits into memory is timed; run with OPENBLAS_NUM_THREADS=2
OMP_NUM_THREADS=2 beside two threads of the program."""
import os
import resource
import sys
import time

import numpy as np
from sklearn.decomposition import PCA

path = sys.argv[1]
rows, width, components = (int(v) for v in sys.argv[2:5]) if len(sys.argv) > 2 else (100_000, 2048, 200)
if not os.path.exists(path):
    random = np.random.default_rng(1)
    turn, _ = np.linalg.qr(random.standard_normal((width, width)).astype(np.float32))
    strength = (1 + np.arange(width, dtype=np.float32)) ** -0.5
    with open(path, "wb") as out:
        for first in range(0, rows, 10_000):
            count = min(10_000, rows - first)
            block = random.standard_normal((count, width), dtype=np.float32) * strength
            (block @ turn).astype(np.float32).tofile(out)
x = np.fromfile(path, np.float32).reshape(-1, width)
for solver in sys.argv[5:] or ["covariance_eigh", "randomized"]:
    start = time.perf_counter()
    pca = PCA(components, svd_solver=solver, random_state=1).fit(x)
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"{solver}: {seconds:.2f} s, peak {peak:.2f} GB, explained {pca.explained_variance_ratio_.sum():.6f}", flush=True)
