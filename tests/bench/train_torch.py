#!/usr/bin/env python3
"""Speed of training with PyTorch and torchvision as people write it, beside bench_training: train_torch.py
step|loop|augment NETWORK SIDE BATCH [STEPS] [THREADS] [float|bf16] with NETWORK small or resnet18. `loop` and
`augment` read the files in the folder LIKENESS_BENCH_IMAGES. An image is seen in two views.
"""
import math
import os
import statistics
import sys
import time

import torch
import torchvision
from PIL import Image
from torch import nn
from torch.nn import functional as F
from torch.utils.data import DataLoader, Dataset
from torchvision import transforms
from torchvision.models.resnet import BasicBlock

WARM_UP = 2
LOOP_WARM_UP = 6  # until what the workers made ahead before the first step is used up
WORKERS = 2


class GeM(nn.Module):
    def forward(self, x):
        return x.clamp(min=1e-6).pow(3).mean((2, 3)).pow(1 / 3)


def small():
    """The small ResNet of core/train/initial_network.cpp."""
    layers = [nn.Conv2d(3, 32, 5, 2, 2, bias=False), nn.BatchNorm2d(32), nn.ReLU(inplace=True)]
    width = 32
    for layer, (out, blocks) in enumerate(zip((32, 64, 128, 256), (1, 1, 2, 2))):
        for block in range(blocks):
            stride = 2 if layer > 0 and block == 0 else 1
            shortcut = None
            if stride != 1 or width != out:
                shortcut = nn.Sequential(nn.Conv2d(width, out, 1, stride, bias=False), nn.BatchNorm2d(out))
            layers.append(BasicBlock(width, out, stride, shortcut))
            width = out
    return nn.Sequential(*layers, GeM(), nn.Linear(256, 128))


def resnet18():
    model = torchvision.models.resnet18(weights=None)
    model.fc = nn.Linear(512, 128)
    return model


def nt_xent(z, temperature=0.1):
    z = F.normalize(z.float(), dim=1)
    similarities = z @ z.t() / temperature
    similarities.fill_diagonal_(-math.inf)
    count = len(z) // 2
    return F.cross_entropy(similarities, torch.arange(2 * count).roll(count))


class Training:
    def __init__(self, network, bf16, memory_format):
        self.model = {"small": small, "resnet18": resnet18}[network]().to(memory_format=memory_format).train()
        self.optimiser = torch.optim.AdamW(self.model.parameters(), lr=1e-3, weight_decay=1e-4)
        self.bf16, self.memory_format = bf16, memory_format

    def step(self, images):
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=self.bf16):
            z = self.model(images.to(memory_format=self.memory_format))
        loss = nt_xent(z)
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()
        self.optimiser.step()
        value = loss.item()
        assert math.isfinite(value)
        return value


def files():
    extensions = (".jpg", ".jpeg", ".png", ".webp", ".bmp")
    found = [os.path.join(folder, name) for folder, _, names in os.walk(os.environ["LIKENESS_BENCH_IMAGES"])
             for name in names if name.lower().endswith(extensions)]
    return sorted(found)


def simclr(side):
    kernel = max(3, side // 10 | 1)
    return [
        transforms.RandomResizedCrop(side),
        transforms.RandomHorizontalFlip(),
        transforms.RandomApply([transforms.ColorJitter(0.8, 0.8, 0.8, 0.2)], p=0.8),
        transforms.RandomGrayscale(0.2),
        transforms.RandomApply([transforms.GaussianBlur(kernel)], p=0.5),
    ]


def simclr_tensor(side):
    return transforms.Compose(simclr(side) + [
        transforms.ToTensor(),
        transforms.Normalize((0.485, 0.456, 0.406), (0.229, 0.224, 0.225)),
    ])


class TwoViews(Dataset):
    def __init__(self, paths, transform):
        self.paths, self.transform = paths, transform

    def __len__(self):
        return len(self.paths)

    def __getitem__(self, index):
        image = Image.open(self.paths[index]).convert("RGB")
        return self.transform(image), self.transform(image)


def print_rate(statistic, seconds_a_step, note):
    images = batch / seconds_a_step
    print(f"{mode} {network} {side} px batch {batch} {precision}: {images:.1f} images/s, {2 * images:.1f} views/s "
          f"({statistic} of {steps}, {threads} threads, {note})", flush=True)


FORMATS = {"contiguous": torch.contiguous_format, "channels_last": torch.channels_last}


def bench_step():
    for name, memory_format in FORMATS.items():
        training = Training(network, precision == "bf16", memory_format)
        images = torch.randn(2 * batch, 3, side, side).to(memory_format=memory_format)
        seconds = []
        for i in range(WARM_UP + steps):
            start = time.perf_counter()
            training.step(images)
            if i >= WARM_UP:
                seconds.append(time.perf_counter() - start)
        print_rate("median", statistics.median(seconds), name)


def bench_loop():
    """The mean, not the median: batches that come in bursts would hide the waiting between them."""
    loader = DataLoader(TwoViews(files(), simclr_tensor(side)), batch, shuffle=True, num_workers=WORKERS,
                        drop_last=True, persistent_workers=True)
    if len(loader) == 0:
        sys.exit("fewer images than a batch has")
    for name, memory_format in FORMATS.items():
        training = Training(network, precision == "bf16", memory_format)
        done, start = 0, 0
        while done < LOOP_WARM_UP + steps:
            for first, second in loader:
                if done == LOOP_WARM_UP:
                    start = time.perf_counter()
                training.step(torch.cat([first, second]))
                done += 1
                if done == LOOP_WARM_UP + steps:
                    break
        print_rate("mean", (time.perf_counter() - start) / steps, f"{WORKERS} workers, {name}")


def bench_augment():
    passes, most = 3, 100
    torch.set_num_threads(1)
    images = [Image.open(path).convert("RGB") for path in files()[:most]]
    for transform, note in ((transforms.Compose(simclr(side)), "PIL to PIL"),
                            (simclr_tensor(side), "with ToTensor and Normalize")):
        seconds = []
        for _ in range(passes):
            start = time.perf_counter()
            for image in images:
                transform(image)
            seconds.append((time.perf_counter() - start) / len(images))
        print(f"augment {side} px: {statistics.median(seconds) * 1000:.3f} ms a view "
              f"(median of {passes} passes over {len(images)} images, 1 thread, {note})", flush=True)


MODES = {"step": bench_step, "loop": bench_loop, "augment": bench_augment}
if len(sys.argv) < 5 or sys.argv[1] not in MODES or sys.argv[2] not in ("small", "resnet18"):
    sys.exit("train_torch.py step|loop|augment small|resnet18 SIDE BATCH [STEPS [THREADS [float|bf16]]]")
mode, network = sys.argv[1:3]
side, batch = map(int, sys.argv[3:5])
steps, threads = [int(given) for given in sys.argv[5:7]] + [10, 2][len(sys.argv[5:7]):]
precision = sys.argv[7] if len(sys.argv) > 7 else "float"
torch.set_num_threads(threads)
torch.manual_seed(1)
MODES[mode]()
