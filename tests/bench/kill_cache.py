#!/usr/bin/env python3
"""Kills searches that fill the cache at random moments (SIGKILL) and looks into the cache each time: whole, and nothing missing that
was done two seconds before. At the end what the cache gives must be what a search without it finds.

Run: kill_cache.py CLI WORKSPACE [KILLS] [SEED]. Exit code 0 where every check passed.
"""
import os
import pty
import random
import re
import select
import sqlite3
import subprocess
import sys
import tempfile
import time

cli, workspace = sys.argv[1:3]
kills = int(sys.argv[3]) if len(sys.argv) > 3 else 50
random.seed(int(sys.argv[4]) if len(sys.argv) > 4 else 1)
allowed_seconds = 2
command = [cli, "submit", workspace, "--recipe", "local-votes", "--threads", "2", "--force", "--out"]


def filled_until(process, terminal, end):
    """(when, images done in the stage) of every line of progress until `end` or the end of the process."""
    seen, text, stage, base = [], "", None, 0
    while (left := end - time.time()) > 0:
        if not select.select([terminal], [], [], left)[0]:
            break
        try:
            text += os.read(terminal, 65536).decode(errors="replace")
        except OSError:  # the process has ended
            break
        for line in re.findall(r"([^\r\n\x1b]*?)  (\d+)/(\d+)  \d+/s", text):
            if "Extracting" not in line[0] and "Searching" not in line[0]:
                continue
            if line[0] != stage:
                stage, base = line[0], seen[-1][1] if seen else 0
            seen.append((time.time(), base + int(line[1])))
        text = text[text.rfind("\r"):]
    return seen


def rows(database):
    try:
        connection = sqlite3.connect(f"file:{database}?mode=rw", uri=True)  # it takes in what the killed one left in the log
        state = connection.execute("PRAGMA integrity_check").fetchone()[0]
        count = connection.execute("SELECT count(DISTINCT content) FROM features").fetchone()[0]
        connection.close()
        return state, count
    except sqlite3.OperationalError as error:
        return ("ok" if "unable to open" in str(error) or "no such table" in str(error) else str(error)), 0


broken, longest, most = [], 0, 0
with tempfile.TemporaryDirectory() as temporary:
    def environment(cache):
        return dict(os.environ, LC_ALL="C.UTF-8", LIKENESS_CACHE_DIR=os.path.join(temporary, cache))

    plain = os.path.join(temporary, "plain.csv")
    began = time.time()
    subprocess.run(command + [plain, "--no-cache"], check=True, env=environment("none"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    duration = time.time() - began
    cache, number, kill = "cache0", 0, 0
    while kill < kills:
        database = os.path.join(temporary, cache, "features.sqlite")
        terminal, theirs = pty.openpty()
        process = subprocess.Popen(command + [os.path.join(temporary, "killed.csv")], env=environment(cache), stdout=subprocess.DEVNULL, stderr=theirs)
        os.close(theirs)
        seen = filled_until(process, terminal, time.time() + random.uniform(0, duration))
        over = process.poll() is not None
        process.kill()
        process.wait()
        at = time.time()
        os.close(terminal)
        state, count = rows(database)
        if state != "ok":
            broken.append(f"kill {kill}: {state}")
        done = max([images for when, images in seen if when <= at - allowed_seconds], default=0)
        if count < done:
            broken.append(f"kill {kill}: {count} images in the cache, {done} were done {allowed_seconds} s before")
        most = max(most, count)
        if over:  # what was filled is compared, and an empty cache is begun
            with open(os.path.join(temporary, "killed.csv")) as found, open(plain) as expected:
                if found.read() != expected.read():
                    broken.append(f"cache {number}: what it gives differs from a search without it")
            number += 1
            cache = f"cache{number}"
        else:
            kill += 1
    end = os.path.join(temporary, "end.csv")
    last = subprocess.run(command + [end], env=environment(cache), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    with open(end) as found, open(plain) as expected:
        if last.returncode != 0 or found.read() != expected.read():
            broken.append("the end: what the cache gives differs from a search without it")
print(f"{kills} kills in runs of {duration:.1f} s, {number + 1} caches filled to their end, at most {most} images in one; {len(broken)} broken")
for line in broken:
    print(line)
sys.exit(1 if broken else 0)
