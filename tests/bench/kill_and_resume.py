#!/usr/bin/env python3
"""Kills trainings at random moments (SIGKILL), goes on with them and compares their history with that of a run without a break.

Run: kill_and_resume.py CLI FOLDER [KILLS] [SEED]; the first 80 images of the folder are trained on. After each kill run.json must be
read, no row before the newest checkpoint may be missing, and no more rows may lie behind it than a checkpoint has steps. A run that
reaches its end is compared in every number of every step, times and speeds apart, and a new one begins. Exit code 0 where nothing was
broken.
"""
import csv
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

cli, folder = sys.argv[1:3]
kills = int(sys.argv[3]) if len(sys.argv) > 3 else 50
random.seed(int(sys.argv[4]) if len(sys.argv) > 4 else 1)
interval = 5
options = ["--threads", "2", "--epochs", "12", "--set", "network.side=32", "--set", "network.width=0.25", "--set", "train.batch=16",
           "--set", "train.memory=64", "--set", "train.entropy=1", "--set", "train.average=0.99", "--set", "network.dropout=0.1",
           "--set", f"train.checkpoint={interval}"]


def history(out):
    """Whole rows of columns that do not depend on the clock."""
    try:
        with open(os.path.join(out, "history.csv"), newline="") as f:
            text = f.read()
    except FileNotFoundError:
        return []
    rows = csv.DictReader(text[:text.rfind("\n") + 1].splitlines())
    return [{k: v for k, v in row.items() if k not in ("seconds", "images_per_second")} for row in rows]


def newest(out):
    names = os.listdir(os.path.join(out, "checkpoint")) if os.path.isdir(os.path.join(out, "checkpoint")) else []
    return max([int(m[1]) for m in (re.fullmatch(r"step-(\d+)\.safetensors", name) for name in names) if m], default=0)


def start(arguments):
    return subprocess.Popen([cli, "train"] + arguments, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)


def model(out):
    with open(os.path.join(out, "model.safetensors"), "rb") as f:
        return f.read()


broken, lost, finished = [], 0, 0
with tempfile.TemporaryDirectory() as temporary:
    some = os.path.join(temporary, "images")  # few: what a kill may hit is the same in a short run
    os.mkdir(some)
    for name in sorted(n for n in os.listdir(folder) if n.endswith((".jpg", ".png")))[:80]:
        shutil.copy(os.path.join(folder, name), some)
    folder = some
    whole = os.path.join(temporary, "whole")
    began = time.time()
    if start([folder, "--out", whole] + options).wait() != 0:
        sys.exit("the run without a break failed")
    duration = time.time() - began
    expected, expected_model = history(whole), model(whole)
    print(f"{len(expected)} steps without a break in {duration:.1f} s", flush=True)
    number, done = 0, 0
    while done < kills:
        out = os.path.join(temporary, f"run{number}")
        number += 1
        process = start([folder, "--out", out] + options)
        while done < kills:
            try:
                process.wait(random.uniform(0, 0.6 * duration))
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
                process.wait()
                done += 1
            else:
                break
            rows, at = history(out), newest(out)
            if at == 0 and not os.path.exists(os.path.join(out, "run.json")):
                process = start([folder, "--out", out] + options)  # it had not begun
                continue
            try:
                json.load(open(os.path.join(out, "run.json")))
            except ValueError as error:
                broken.append(f"kill {done}: run.json: {error}")
            if rows[:at] != expected[:at]:
                broken.append(f"kill {done}: rows before step {at} are missing or others")
            if len(rows) - at > interval:
                broken.append(f"kill {done}: {len(rows)} rows, but the newest checkpoint is of step {at}")
            lost = max(lost, len(rows) - at)
            if at == 0:  # nothing to go on from: anew, as a user would
                break
            process = start(["--resume", "--out", out, "--threads", "2"])
        if process.poll() is None:
            process.wait()
        if process.returncode == 0:
            finished += 1
            if history(out) != expected or model(out) != expected_model:
                broken.append(f"run {number}: its history or its model differs from that without a break")
        elif process.returncode > 0:
            broken.append(f"run {number}: {process.stderr.read()[-300:]}")
    print(f"{done} kills in {number} runs, {finished} of them went to their end; at most {lost} steps were made again; "
          f"{len(broken)} broken", flush=True)
    for line in broken:
        print(line)
sys.exit(1 if broken else 0)
