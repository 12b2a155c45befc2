#!/usr/bin/env python3
"""Writes calibration.json: simulated scores of queries and what SciPy and scikit-learn make of them, for tst_calibration.

Another way to the same numbers: the density of p by isotonic regression of the steps of its distribution, the width by
a bounded search of the likelihood, Platt's curve by a logistic regression with weighted rows.
Needs numpy, scipy and scikit-learn."""
import json
import os

import numpy as np
from scipy.optimize import minimize_scalar
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression

RANKS = 10


def evidence(scores, rank):
    gap = rank * (scores[:, rank - 1] - scores[:, rank])
    r = np.arange(rank + 1, RANKS)
    spacings = r * (scores[:, rank:RANKS - 1] - scores[:, rank + 1:RANKS])
    m, scale = len(r), spacings.mean(axis=1)
    scatter = (scale.var() / scale.mean() ** 2 - 1 / m) / (1 + 1 / m)
    weight = 1 / max(1e-3, scatter) + 1
    return (weight + 1 + m) * np.log1p(gap / (weight * scale.mean() + m * scale))


def truncated_scale(values, end, errors):
    seen = values[values <= end]
    scale = minimize_scalar(lambda s: len(seen) * np.log(s * -np.expm1(-end / s)) + seen.sum() / s, bounds=(1e-2, 50),
                            method="bounded", options={"xatol": 1e-12}).x
    step = 1e-3 * scale
    loss = lambda s: len(seen) * np.log(s * -np.expm1(-end / s)) + seen.sum() / s
    curvature = (loss(scale + step) - 2 * loss(scale) + loss(scale - step)) / step ** 2
    return scale, scale + errors / np.sqrt(curvature)


def rates(values, width):
    """One query fewer than seen lies below each p; the density between two neighbours, made to fall."""
    p = np.sort(np.exp(-values / width))
    n = len(p)
    share = min(1, ((p > 0.5).sum() + 1) / (n * 0.5))
    edges = np.concatenate([[0], p, [1]])
    heights = np.concatenate([[0], np.arange(n) / n, [1]])
    widths = np.diff(edges)
    falling = IsotonicRegression(increasing=False).fit_transform(np.arange(n + 1), np.diff(heights) / widths,
                                                                 sample_weight=widths)
    at = np.searchsorted(p, np.exp(-values / width))
    return share, np.minimum(1, share / falling[at])


def unrelated(scores):
    first, second = evidence(scores, 1), evidence(scores, 2)
    scale, middle = truncated_scale(first, 3, 2)
    width = max(1, middle)
    for _ in range(20):
        rate = rates(first, width)[1]
        width = max(width, (rate * second).sum() / rate.sum() * (1 + 2 / np.sqrt(rate.sum())))
    share, rate = rates(first, width)
    return {"width": width, "share": share, "significance": np.exp(-first / width).tolist(), "rates": rate.tolist(),
            "middle": scale, "middle_and_two_errors": middle, "evidence": first.tolist()}


def platt(scores, right):
    wins, losses = right.sum(), (~right).sum()
    target = np.where(right, (wins + 1) / (wins + 2), 1 / (losses + 2))
    model = LogisticRegression(C=1e12, tol=1e-12, max_iter=10000)
    model.fit(np.tile(scores, 2)[:, None], np.repeat([1, 0], len(scores)), np.concatenate([target, 1 - target]))
    return float(model.coef_[0, 0]), float(model.intercept_[0])


def main():
    random = np.random.default_rng(7)
    count, gallery = 60, 300
    scale = np.exp(0.3 * random.standard_normal(count))[:, None]
    scores = -np.sort(-(0.05 * scale * random.exponential(size=(count, gallery))), axis=1)[:, :RANKS]
    right = np.arange(count) % 3 == 0
    scores[right] = np.hstack([random.uniform(0.45, 1.2, (right.sum(), 1)), scores[right, :RANKS - 1]])
    scores = np.round(-np.sort(-scores, axis=1), 5)
    slope, offset = platt(scores[:, 0], right)
    folds = np.zeros(count)
    for part in range(10):
        out = np.arange(count) % 10 == part
        a, b = platt(scores[~out, 0], right[~out])
        folds[out] = 1 / (1 + np.exp(-(a * scores[out, 0] + b)))
    result = {"scores": scores.tolist(), "right": right.tolist(), "slope": slope, "offset": offset,
              "cross_fitted": folds.tolist(), **unrelated(scores)}
    rounded = lambda v: [rounded(x) for x in v] if isinstance(v, list) else float(f"{v:.9g}") if isinstance(v, float) else v
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "calibration.json"), "w") as file:
        json.dump({key: rounded(value) for key, value in result.items()}, file)
        file.write("\n")


main()
