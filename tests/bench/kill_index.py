#!/usr/bin/env python3
"""Kills `index update` at random moments (SIGKILL) and looks whether the index is whole each time: old or new, never broken.

Run: kill_index.py CLI FOLDER [KILLS] [SEED]. FOLDER holds images; copies of them come and go. Exit code 0 where every check passed.
"""
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time

cli, folder = sys.argv[1:3]
kills = int(sys.argv[3]) if len(sys.argv) > 3 else 10
random.seed(int(sys.argv[4]) if len(sys.argv) > 4 else 1)
names = sorted(n for n in os.listdir(folder) if n.endswith(".jpg"))


def run(*arguments):
    return subprocess.run([cli, "index", *arguments], capture_output=True, text=True)


with tempfile.TemporaryDirectory() as temporary:
    images, index = os.path.join(temporary, "images"), os.path.join(temporary, "index")
    os.mkdir(images)
    for name in names[:len(names) // 2]:
        shutil.copy(os.path.join(folder, name), images)
    built = run("build", images, "--out", index, "--recipe", "tiny-image", "--no-cache")
    if built.returncode != 0:
        sys.exit(built.stderr)
    os.remove(os.path.join(images, names[0]))
    began = time.time()
    run("update", index, "--no-cache")
    duration = time.time() - began
    failures = whole = 0
    for kill in range(kills):
        for name in random.sample(names, 20):
            target = os.path.join(images, name)
            if os.path.exists(target):
                os.remove(target)
            else:
                shutil.copy(os.path.join(folder, name), images)
        before = json.loads(run("info", index, "--json").stdout)["generation"]
        process = subprocess.Popen([cli, "index", "update", index, "--no-cache"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        delay = random.uniform(0, 4 * duration)  # the copies of a round take longer than the removal that was timed
        time.sleep(delay)
        process.kill()
        process.wait()
        verified = run("verify", index)
        after = json.loads(run("info", index, "--json").stdout)["generation"]
        query = os.path.join(folder, random.choice(names))
        found = run("search", index, "--query", query, "--top", "1")
        good = verified.returncode == 0 and found.returncode == 0 and after in (before, before + 1)
        failures += not good
        whole += after > before
        print(f"killed after {1000 * delay:.0f} ms: generation {before} -> {after}, {'whole' if good else 'BROKEN ' + verified.stderr + found.stderr}")
    done = run("update", index, "--no-cache")
    images_now = json.loads(run("info", index, "--json").stdout)["images"]
    print(f"{kills} kills, {whole} had finished, {failures} broken; after one more update {images_now} of {len(os.listdir(images))} images")
    sys.exit(failures > 0 or done.returncode != 0 or images_now != len(os.listdir(images)))
