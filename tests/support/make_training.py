#!/usr/bin/env python3
"""Losses, their gradients and steps of optimisers by other implementations: pytorch-metric-learning where it has the
definition, plain PyTorch in double precision where it has not.

Needs torch, pytorch-metric-learning. Run: make_training.py OUT (tests/support/training.json).
"""
import json
import sys

import torch
import torch.nn.functional as F
from pytorch_metric_learning import distances, losses, miners, reducers

torch.manual_seed(5)
torch.set_default_dtype(torch.float64)


def rows(t):
    return [[float(f"{v:.10g}") for v in r] for r in t.detach().tolist()]


cases = []


def case(name, objective, values, z, images, loss_of, classes=None, memory=None, memory_images=None, shift=1, entropy=0.0,
         siamese=None, hard_images=None, overlap=None):
    """`loss_of` gets unit vectors; the gradient is by the rows as they are given."""
    z = torch.tensor(rows(z), requires_grad=True)
    unit = F.normalize(z)
    mem = None if memory is None else torch.tensor(rows(memory))
    sia = None if siamese is None else torch.tensor(rows(siamese))
    total, ent = loss_of(unit, mem, sia), 0.0
    if entropy:
        ent = entropy_of(unit, images, mem, memory_images)
        total = total + entropy * ent
        ent = ent.item()
    more = {"hard_images": hard_images} if hard_images else {}
    if overlap:
        weight, cells, shares = overlap
        cells = torch.tensor(cells.tolist(), requires_grad=True)
        term = copy_nce(cells, shares)
        total = total + weight * term
        more["overlap_weight"], more["overlap"] = weight, term.item()
        more["cells"], more["overlaps"] = rows(cells.flatten(0, 1)), rows(shares.flatten(0, 1))
    total.backward()
    if overlap:
        more["cell_gradient"] = rows(cells.grad.flatten(0, 1))
    cases.append(more | {"name": name, "objective": objective, "params": values, "embeddings": rows(z), "images": images,
                  "classes": classes or [], "memory": [] if mem is None else rows(mem), "memory_images": memory_images or [],
                  "shift": shift, "entropy_weight": entropy, "siamese": [] if sia is None else rows(sia),
                  "loss": total.item(), "entropy": ent, "gradient": rows(z.grad)})


def copy_nce(cells, shares, scale=16, gamma=3):
    """As in the file core/loss/copynce_loss.py of its authors (eddielyc/CopyNCE, Apache-2.0): what is not seen there is
    one more column of the weights, of value 1 that counts nothing. Pairs one after the other."""
    n = len(cells) // 2
    total = 0
    for a in range(2 * n):
        b = (a + n) % (2 * n)
        for i, own in enumerate(cells[a]):
            below = sum(torch.exp(scale * F.cosine_similarity(own, k, dim=0)) for k in cells[b])
            weights = torch.cat([shares[a, i], 1 - shares[a, i].sum()[None]]) ** gamma
            weights = weights / weights.sum()
            for j, other in enumerate(cells[b]):
                total = total - weights[j] * torch.log(torch.exp(scale * F.cosine_similarity(own, other, dim=0)) / below)
    return total / cells[..., 0].numel()


def entropy_of(unit, images, mem, memory_images):
    n = len(images)
    keys = unit[:2 * n] if mem is None else torch.cat([unit[:2 * n], mem])
    ids = images + images + (memory_images or [])
    total = 0
    for i in range(2 * n):
        nearest = max((unit[i] @ keys[k] for k in range(len(ids)) if ids[k] != (images + images)[i]), key=lambda s: s.item())
        total = total - torch.log(torch.sqrt(torch.clamp(2 - 2 * nearest, min=1e-6)))
    return total / (2 * n)


def nt_xent_by_sum(unit, n, t, mem=None, images=None, memory_images=None):
    total = 0
    for i in range(2 * n):
        j = (i + n) % (2 * n)
        below = sum(torch.exp(unit[i] @ unit[k] / t) for k in range(2 * n) if k != i)
        if mem is not None:
            below = below + sum(torch.exp(unit[i] @ mem[k] / t) for k in range(len(mem)) if memory_images[k] != images[i % n])
        total = total - torch.log(torch.exp(unit[i] @ unit[j] / t) / below)
    return total / (2 * n)


def some(n, d, views=2, near=0.6, generator=None):
    base = torch.randn(n, d, generator=generator)
    return torch.cat([base + near * torch.randn(n, d, generator=generator) for _ in range(views)])


mean = reducers.MeanReducer()
n, d = 6, 8
ids = list(range(n))
twice = torch.tensor(ids + ids)
case("two images by a sum", "nt-xent", {"temperature": 1}, some(2, 4), [0, 1], lambda u, m, s: nt_xent_by_sum(u, 2, 1.0))
case("NT-Xent", "nt-xent", {"temperature": 0.1}, some(n, d), ids, lambda u, m, s: losses.NTXentLoss(0.1)(u, twice))
case("NT-Xent, 64 images", "nt-xent", {"temperature": 0.5}, some(64, 16), list(range(64)),
     lambda u, m, s: losses.NTXentLoss(0.5)(u, torch.tensor(list(range(64)) * 2)))
memory_images = [11, 12, 0, 13, 3]
case("NT-Xent with a memory and entropy", "nt-xent", {"temperature": 0.2}, some(n, d), ids,
     lambda u, m, s: nt_xent_by_sum(u, n, 0.2, m, ids, memory_images), memory=F.normalize(torch.randn(5, d)),
     memory_images=memory_images, entropy=3.0)
classes = [0, 0, 1, 1, 1, 2]
case("SupCon", "supcon", {"temperature": 0.1}, some(n, d), ids,
     lambda u, m, s: losses.SupConLoss(0.1)(u, torch.tensor(classes + classes)), classes=classes)
for margin in (0.3, 1.2):
    case(f"semi-hard triplets, margin {margin}", "triplet", {"margin": margin, "mining": "semi-hard"}, some(n, d, near=1.0), ids,
         lambda u, m, s: losses.TripletMarginLoss(margin, distance=distances.LpDistance(), reducer=mean)(
             u, twice, miners.TripletMarginMiner(margin, "semihard", distance=distances.LpDistance())(u, twice)))
case("hardest triplets", "triplet", {"margin": 0.5, "mining": "hard"}, some(n, d, near=1.0), ids,
     lambda u, m, s: losses.TripletMarginLoss(0.5, distance=distances.LpDistance(), reducer=mean)(
         u, twice, miners.BatchHardMiner(distance=distances.LpDistance())(u, twice)))


def pairs(u, shift, n):
    first = torch.cat([u[:n], u[:n]])
    second = torch.cat([u[n:2 * n], torch.stack([u[n + (i + shift) % n] for i in range(n)])])
    return first, second, torch.cat([torch.ones(n), torch.zeros(n)])


def contrastive(u, m, s, margin=1.1, shift=2):
    a, b, y = pairs(u, shift, n)
    dist = torch.norm(a - b, dim=1)
    return (y * dist ** 2 / 2 + (1 - y) * torch.clamp(margin - dist, min=0) ** 2 / 2).mean()


def siamese(u, m, s, shift=3):
    a, b, y = pairs(u, shift, n)
    p = torch.sigmoid(torch.abs(a - b) @ s[0, :-1] + s[0, -1])
    return -(y * torch.log(p) + (1 - y) * torch.log(1 - p)).mean()


case("contrastive", "contrastive", {"margin": 1.1}, some(n, d), ids, contrastive, shift=2)
case("siamese", "siamese", {}, some(n, d), ids, siamese, shift=3, siamese=torch.randn(1, d + 1))
case("SimCSE, dropout", "simcse", {"temperature": 0.05, "form": "dropout"}, some(n, d, near=0.9), ids,
     lambda u, m, s: F.cross_entropy(F.cosine_similarity(u[:n, None], u[None, n:], dim=2) / 0.05, torch.arange(n)))


def supervised(u, m, s):
    a, b, c = u[:n], u[n:2 * n], u[2 * n:]
    near, hard = F.cosine_similarity(a[:, None], b[None], dim=2) / 0.1, F.cosine_similarity(a[:, None], c[None], dim=2) / 0.1
    return F.cross_entropy(torch.cat([near, hard + 0.7 * torch.eye(n)], 1), torch.arange(n))


case("SimCSE, supervised", "simcse", {"temperature": 0.1, "form": "supervised", "hard_weight": 0.7}, some(n, d, 3), ids, supervised)

# The most similar other image of 0 is 1, that of 1 is 0, and so on: such a view is no negative of its own image.
groups, shown = [0, 1, 2, 3, 4, 4], [1, 0, 7, 2, 3, 0]


def supervised_masked(u, m, s):
    a, b, c = u[:n], u[n:2 * n], u[2 * n:]
    total = 0
    for i in range(n):
        others = [a[i] @ b[j] / 0.1 for j in range(n) if j == i or groups[j] != groups[i]]
        others += [a[i] @ c[j] / 0.1 + 0.7 * (i == j) for j in range(n) if shown[j] != groups[i]]
        total = total + torch.logsumexp(torch.stack(others), 0) - a[i] @ b[i] / 0.1
    return total / n


case("SimCSE, supervised, views of the own image", "simcse", {"temperature": 0.1, "form": "supervised", "hard_weight": 0.7},
     some(n, d, 3, generator=torch.Generator().manual_seed(6)), groups, supervised_masked, hard_images=shown)

grids = torch.Generator().manual_seed(9)
counts = torch.randint(0, 65, (4, 4, 4), generator=grids).double()
shares = counts / torch.maximum(counts.sum(2, keepdim=True), torch.tensor(64.0))
shares[0, 1] = 0  # a cell that the other view does not show
case("NT-Xent with CopyNCE", "nt-xent", {"temperature": 0.2}, some(2, 5, generator=grids), [0, 1],
     lambda u, m, s: nt_xent_by_sum(u, 2, 0.2), overlap=(5.0, torch.randn(4, 4, 3, generator=grids), shares))

# Optimisers, in float as the program has them. Norms and biases (one axis) do not decay.
torch.set_default_dtype(torch.float32)
shapes = {"conv.weight": (3, 2, 2, 2), "fc.weight": (4, 3), "bn.bias": (5,)}
weights = {k: torch.randn(*v) for k, v in shapes.items()}
gradients = [{k: torch.randn(*v) for k, v in shapes.items()} for _ in range(4)]
rates = [0.01, 0.02, 0.02, 0.005]


def lars(groups, decay, momentum):
    """Google's lars_optimizer.py: eeta 0.001, norms and biases left out."""
    v = {k: torch.zeros_like(w) for k, w in groups.items()}
    w = {k: t.clone() for k, t in groups.items()}
    for g, rate in zip(gradients, rates):
        for k in w:
            step, trust = g[k], 1.0
            if w[k].dim() > 1:
                step = g[k] + decay * w[k]
                trust = 0.001 * w[k].norm() / step.norm()
            v[k] = momentum * v[k] + rate * trust * step
            w[k] = w[k] - v[k]
    return w


def by_torch(make):
    w = {k: torch.nn.Parameter(t.clone()) for k, t in weights.items()}
    optimiser = make([{"params": [p for p in w.values() if p.dim() > 1]}, {"params": [p for p in w.values() if p.dim() == 1], "weight_decay": 0.0}])
    for g, rate in zip(gradients, rates):
        for group in optimiser.param_groups:
            group["lr"] = rate
        for k in w:
            w[k].grad = g[k].clone()
        optimiser.step()
    return w


def flat(tensors):
    return {k: {"shape": list(t.shape), "values": [float(f"{v:.9g}") for v in t.detach().flatten().tolist()]} for k, t in tensors.items()}


optimisers = {"weights": flat(weights), "gradients": [flat(g) for g in gradients], "rates": rates, "decay": 0.1, "momentum": 0.8,
              "adamw": flat(by_torch(lambda p: torch.optim.AdamW(p, lr=1, weight_decay=0.1))),
              "sgd": flat(by_torch(lambda p: torch.optim.SGD(p, lr=1, momentum=0.8, weight_decay=0.1))),
              "lars": flat(lars(weights, 0.1, 0.8))}
with open(sys.argv[1], "w") as f:
    f.write('{"objectives": [\n' + ",\n".join(json.dumps(c) for c in cases) + '],\n"optimisers": ' + json.dumps(optimisers) + "}\n")
