#!/usr/bin/env python3
"""Promised against held precision of calibration: leaves gallery images out of a workspace with a truth so that a share
of the queries has no source, ranks with the command line, and has bench_calibration print the rows of the table.

usage: calibration_held.py WORKSPACE WORK [--bin DIR] [--recipes R,R] [--shares 17,50,80] [--seeds N] [--threads N]
Rankings stay in WORK; those that are there are not made again. 0 for a share of what the workspace has."""
import argparse
import csv
import os
import random
import subprocess

parser = argparse.ArgumentParser()
parser.add_argument("workspace")
parser.add_argument("work")
parser.add_argument("--bin", default="build/release/bin")
parser.add_argument("--recipes", default="best,likeness-small,pdq,hsv-histogram")
parser.add_argument("--shares", default="17,50,80")
parser.add_argument("--seeds", type=int, default=20)
parser.add_argument("--threads", default="2")
args = parser.parse_args()

workspace = os.path.abspath(args.workspace)
truth = {}
with open(os.path.join(workspace, "ground_truth.csv"), newline="") as file:
    for row in csv.DictReader(file):
        truth.setdefault(row["query"], set()).update({row["source"]} - {""})
gallery = sorted(os.listdir(os.path.join(workspace, "dataset")))


def left_out(share, seed):
    """Images of the gallery without which at least so many per cent of the queries have no source."""
    pool = sorted({source for sources in truth.values() for source in sources})
    random.Random(1000 * seed + share).shuffle(pool)
    out = set()
    for image in pool:
        if 100 * sum(sources <= out for sources in truth.values()) >= share * len(truth):
            break
        out.add(image)
    return out


def ranked(recipe, share, seed):
    out = left_out(share, seed)
    name = f"{recipe}_{share}_{seed}" if out else f"{recipe}_all"
    file, folder = os.path.join(args.work, name + ".json"), os.path.join(args.work, f"ws_{share}_{seed}")
    if os.path.exists(file):
        return file
    if out:
        os.makedirs(os.path.join(folder, "dataset"), exist_ok=True)
        for image in gallery:
            link = os.path.join(folder, "dataset", image)
            if image not in out and not os.path.lexists(link):
                os.symlink(os.path.join(workspace, "dataset", image), link)
        if not os.path.lexists(os.path.join(folder, "query")):
            os.symlink(os.path.join(workspace, "query"), os.path.join(folder, "query"))
    with open(file + ".part", "w") as output:
        subprocess.run([os.path.join(args.bin, "likeness-cli"), "search", folder if out else workspace, "--recipe", recipe,
                        "--top", "10", "--json", "--threads", args.threads], stdout=output, stderr=subprocess.DEVNULL,
                       check=True)
    os.rename(file + ".part", file)
    return file


os.makedirs(args.work, exist_ok=True)
print("| recipe, % without a source | truth | 0.90 | 0.95 | 0.99 | said < 0.5: right | < 0.8 | < 0.9 | < 0.97 | more |")
print("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |", flush=True)
for recipe in args.recipes.split(","):
    for share in map(int, args.shares.split(",")):
        files = [ranked(recipe, share, seed) for seed in range(args.seeds)]
        subprocess.run([os.path.join(args.bin, "bench_calibration"), f"{recipe}, {share}",
                        os.path.join(workspace, "ground_truth.csv"), *files], check=True)
