#!/usr/bin/env python3
"""Numbers of scikit-learn, SciPy and plain numpy for transforms and rankers of vectors: writes vectors.json beside this file.

make_vectors.py (Python with numpy, scipy and scikit-learn)
"""
import json
import os

import numpy as np
import scipy.sparse
import scipy.sparse.linalg
from sklearn.covariance import ledoit_wolf_shrinkage
from sklearn.decomposition import PCA

random = np.random.default_rng(5)


def rounded(array):
    return [round(float(x), 7) for x in np.asarray(array, np.float64).ravel()]


def spectrum(n, d, seed):
    """Rows with a decaying spectrum and a mean."""
    r = np.random.default_rng(seed)
    basis = np.linalg.qr(r.standard_normal((d, d)))[0]
    return (r.standard_normal((n, d)) * 0.7 ** np.arange(d) @ basis + r.standard_normal(d)).astype(np.float32)


def largest_positive(components):
    signs = np.sign(components[np.arange(len(components)), np.abs(components).argmax(1)])
    return components * signs[:, None]


def pca_case(rows, dims):
    model = PCA(dims, svd_solver='full').fit(rows.astype(np.float64))
    components = largest_positive(model.components_)
    centred = rows - model.mean_
    projected = centred @ components.T
    white = projected / np.sqrt(model.explained_variance_)
    shrinkage = ledoit_wolf_shrinkage(rows.astype(np.float64))
    shrunk = (1 - shrinkage) * model.explained_variance_ + shrinkage * centred.var(0, ddof=1).sum() / rows.shape[1]
    return {'rows': rounded(rows), 'width': rows.shape[1], 'dims': dims, 'mean': rounded(model.mean_),
            'components': rounded(components), 'variances': rounded(model.explained_variance_),
            'total': float(centred.var(0, ddof=1).sum()), 'shrinkage': float(shrinkage), 'none': rounded(projected[:5]),
            'pca': rounded(white[:5]), 'zca': rounded((white @ components)[:5]),
            'shrunk': rounded((projected / np.sqrt(shrunk))[:5])}


def unit(rows):
    return rows / np.linalg.norm(rows, axis=-1, keepdims=True)


gallery = unit(np.abs(random.standard_normal((40, 6)))).astype(np.float32)
query = unit(np.abs(random.standard_normal((1, 6)))).astype(np.float32)
scores = (gallery @ query.T)[:, 0].astype(np.float64)
similar = gallery.astype(np.float64) @ gallery.T.astype(np.float64)


def expanded(count, alpha):
    best = np.argsort(-scores, kind='stable')[:count]
    summed = query[0] + (np.maximum(scores[best], 0)[:, None] ** alpha * gallery[best]).sum(0)
    return gallery @ unit(summed)


def augmented(count, alpha):
    out = []
    for i in range(len(gallery)):
        near = np.argsort(-similar[i], kind='stable')[:count + 1]
        out.append(unit((np.maximum(similar[i, near], 0)[:, None] ** alpha * gallery[near]).sum(0)))
    return np.stack(out)


def normalised(skip, count):
    return scores - np.sort(scores)[::-1][skip:skip + count].mean()


def graph(k):
    return [[j for j in np.argsort(-similar[i], kind='stable') if j != i][:k] for i in range(len(gallery))]


def diffusion(k, gamma, alpha):
    """The closed form over the whole gallery."""
    near = graph(k)
    n = len(gallery)
    affinity = np.zeros((n, n))
    for i in range(n):
        for j in near[i]:
            if i in near[j]:
                affinity[i, j] = max(0, similar[i, j]) ** gamma
    degree = affinity.sum(1)
    scale = 1 / np.sqrt(np.where(degree > 0, degree, 1))
    start = np.zeros(n)
    best = np.argsort(-scores, kind='stable')[:k]
    start[best] = np.maximum(scores[best], 0) ** gamma
    spread = np.linalg.solve(np.eye(n) - alpha * scale[:, None] * affinity * scale[None], start)
    return spread / spread.max() * scores.max()


def reciprocal(k, average, weight):
    """Zhong et al. 2017 with sets and dense vectors; the last index is the query, which is no neighbour of the gallery."""
    n = len(gallery)
    near = graph(k) + [list(np.argsort(-scores, kind='stable')[:k])]

    def value(i, j):
        return scores[i if j == n else j] if n in (i, j) else similar[i, j]

    def mutual(i, size):
        kept = []
        for j in near[i][:size]:
            theirs = near[j][:size]
            if (i == n and value(i, j) >= similar[j, theirs[-1]]) or i in theirs:
                kept.append(j)
        return kept

    def vector(i):
        own = mutual(i, k)
        members = {i: 1.0} | {j: np.exp(value(i, j) - 1) for j in own}
        for j in own:
            theirs = mutual(j, k // 2)
            if 3 * sum(t in members for t in theirs) >= 2 * len(theirs):
                for t in theirs:
                    if t in near[i] and t not in members:
                        members[t] = np.exp(value(i, t) - 1)
        dense = np.zeros(n + 1)
        for j, w in members.items():
            dense[j] = w
        return dense / dense.sum()

    first = np.stack([vector(i) for i in range(n + 1)])
    own = np.stack([np.mean([first[i]] + [first[j] for j in near[i][:average - 1]], 0) for i in range(n)])
    asked = np.mean([first[n]] + [own[j] for j in near[n][:average - 1]], 0)
    jaccard = 1 - np.minimum(own, asked).sum(1) / np.maximum(own, asked).sum(1)
    return weight * (1 - jaccard) + (1 - weight) * scores


result = {
    'pca': [pca_case(spectrum(60, 8, 1), 5), pca_case(spectrum(7, 12, 2), 4)],
    'gallery': rounded(gallery), 'query': rounded(query), 'width': 6,
    'average_expansion': rounded(expanded(3, 0)), 'alpha_expansion': rounded(expanded(5, 3)),
    'augmentation': rounded(augmented(4, 3)), 'normalisation': rounded(normalised(2, 10)),
    'diffusion': rounded(diffusion(8, 3, 0.9)), 'reciprocal': rounded(reciprocal(8, 4, 0.7)),
}
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), 'vectors.json'), 'w') as file:
    json.dump(result, file)
    file.write('\n')
