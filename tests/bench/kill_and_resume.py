#!/usr/bin/env python3
"""Kills a training at five random moments (SIGKILL) and compares its history with that of a run without a break.

Run: kill_and_resume.py CLI FOLDER [SEED]. Prints where it was killed and whether every number of every step is equal,
times and speeds apart. Exit code 0 where it is.
"""
import csv
import os
import random
import signal
import subprocess
import sys
import tempfile
import time

cli, folder = sys.argv[1:3]
random.seed(int(sys.argv[3]) if len(sys.argv) > 3 else 1)
options = ["--threads", "2", "--epochs", "12", "--set", "network.side=64", "--set", "train.batch=64", "--set", "train.memory=256",
           "--set", "train.entropy=1", "--set", "train.average=0.99", "--set", "network.dropout=0.1", "--set", "train.checkpoint=10"]


def history(out):
    with open(os.path.join(out, "history.csv"), newline="") as f:
        return [{k: v for k, v in row.items() if k not in ("seconds", "images_per_second")} for row in csv.DictReader(f)]


def start(arguments):
    return subprocess.Popen([cli, "train"] + arguments, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)


with tempfile.TemporaryDirectory() as temporary:
    whole, broken = os.path.join(temporary, "whole"), os.path.join(temporary, "broken")
    began = time.time()
    if start([folder, "--out", whole] + options).wait() != 0:
        sys.exit("the run without a break failed")
    duration = time.time() - began
    expected = history(whole)
    print(f"{len(expected)} steps without a break in {duration:.0f} s")
    process = start([folder, "--out", broken] + options)
    for kill in range(5):
        # Not before there is something to go on from, and anywhere behind it: while writing a checkpoint, too.
        while not os.path.isdir(os.path.join(broken, "checkpoint")) or not os.listdir(os.path.join(broken, "checkpoint")):
            time.sleep(0.05)
        time.sleep(random.uniform(0, duration / 5))
        if process.poll() is not None:
            print("it had ended before")
            break
        process.send_signal(signal.SIGKILL)
        process.wait()
        lines = sum(1 for _ in open(os.path.join(broken, "history.csv"))) - 1
        print(f"kill {kill + 1} behind step {lines}; checkpoints: {sorted(os.listdir(os.path.join(broken, 'checkpoint')))}")
        process = start(["--resume", "--out", broken, "--threads", "2"])
    if process.wait() != 0:
        sys.exit("the continued run failed")
    found = history(broken)
    different = [i for i, (a, b) in enumerate(zip(expected, found)) if a != b]
    print(f"{len(found)} steps with breaks; {len(different)} differ" + (f", the first is {found[different[0]]['step']}" if different else ""))
    models = [open(os.path.join(out, "model.safetensors"), "rb").read() for out in (whole, broken)]
    print("models are " + ("equal" if models[0] == models[1] else "different"))
    sys.exit(0 if len(found) == len(expected) and not different and models[0] == models[1] else 1)
