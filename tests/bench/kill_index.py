#!/usr/bin/env python3
"""Kills `index update` and, every third time, `index build` over the index at random moments (SIGKILL) and looks whether the index
is whole each time: old or new, never broken. Other processes search the index all the while: none may ever meet a broken one.
A first build that is killed (one for every five of those) leaves a folder that the next build takes.

Run: kill_index.py CLI FOLDER [KILLS] [SEED] [RECIPE]. FOLDER holds images; copies of them come and go. Exit code 0 where every check passed.
"""
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time

cli, folder = sys.argv[1:3]
kills = int(sys.argv[3]) if len(sys.argv) > 3 else 10
random.seed(int(sys.argv[4]) if len(sys.argv) > 4 else 1)
recipe = sys.argv[5] if len(sys.argv) > 5 else "tiny-image"
names = sorted(n for n in os.listdir(folder) if n.endswith(".jpg"))


def run(*arguments):
    return subprocess.run([cli, "index", *arguments], capture_output=True, text=True)


with tempfile.TemporaryDirectory() as temporary:
    images, index = os.path.join(temporary, "images"), os.path.join(temporary, "index")
    os.mkdir(images)
    for name in names[:len(names) // 2]:
        shutil.copy(os.path.join(folder, name), images)
    built = run("build", images, "--out", index, "--recipe", recipe, "--no-cache")
    if built.returncode != 0:
        sys.exit(built.stderr)
    for name in names[:20]:
        os.remove(os.path.join(images, name))
    for name in names[-20:]:
        shutil.copy(os.path.join(folder, name), images)
    began = time.time()
    run("update", index, "--no-cache")
    duration = time.time() - began
    failures = whole = searches = broken_searches = 0
    over = threading.Event()

    def read():
        global searches, broken_searches
        while not over.is_set():
            found = run("search", index, "--query", os.path.join(folder, random.choice(names)), "--top", "1")
            searches += 1
            if found.returncode != 0:
                broken_searches += 1
                print("a reader met:", found.stderr.strip())

    reader = threading.Thread(target=read)
    reader.start()
    for kill in range(kills // 5):
        first = os.path.join(temporary, f"first{kill}")
        process = subprocess.Popen([cli, "index", "build", images, "--out", first, "--recipe", recipe, "--no-cache"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        delay = random.uniform(0, 1.5 * duration)
        time.sleep(delay)
        process.kill()
        process.wait()
        again = run("build", images, "--out", first, "--recipe", recipe, "--no-cache")
        good = again.returncode == 0 and run("verify", first).returncode == 0
        failures += not good
        print(f"first build killed after {1000 * delay:.0f} ms: {'whole' if good else 'BROKEN ' + again.stderr}")
    for kill in range(kills):
        for name in random.sample(names, 20):
            target = os.path.join(images, name)
            if os.path.exists(target):
                os.remove(target)
            else:
                shutil.copy(os.path.join(folder, name), images)
        before = json.loads(run("info", index, "--json").stdout)["generation"]
        command = ["build", images, "--out", index, "--recipe", recipe] if kill % 3 == 2 else ["update", index]
        process = subprocess.Popen([cli, "index", *command, "--no-cache"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        delay = random.uniform(0, 2 * duration)  # searches beside it make it slower than the one that was timed
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
        print(f"{command[0]} killed after {1000 * delay:.0f} ms: generation {before} -> {after}, {'whole' if good else 'BROKEN ' + verified.stderr + found.stderr}")
    over.set()
    reader.join()
    done = run("update", index, "--no-cache")
    images_now = json.loads(run("info", index, "--json").stdout)["images"]
    print(f"{kills} kills, {whole} had finished, {failures} broken; {broken_searches} of {searches} searches beside them failed; after one more update {images_now} of {len(os.listdir(images))} images")
    sys.exit(failures > 0 or broken_searches > 0 or done.returncode != 0 or images_now != len(os.listdir(images)))
