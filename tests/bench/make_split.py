#!/usr/bin/env python3
"""A split of photographs for choosing recipes: a workspace of sources, other pictures, edited copies and pictures without a
source. Its edits are written here, apart from the program's attacks and from those of other sets. numpy and Pillow.

    make_split.py OUT --sources FOLDER [--list NAMES] --others FOLDER [--seed 1] [--gallery 500] [--copies 300] [--absent 60]

Of the sources' photographs, ABSENT stay out of the gallery and become queries without a source; the rest are in it, with so many
of the others that it holds GALLERY."""
import argparse
import csv
import io
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageFont


def crop(image, rng, _):
    w, h = image.size
    share = rng.uniform(0.45, 0.9)
    cw, ch = int(w * share), int(h * min(1, share * rng.uniform(0.8, 1.25)))
    x, y = rng.integers(0, w - cw + 1), rng.integers(0, h - ch + 1)
    return image.crop((x, y, x + cw, y + ch))


def smaller(image, rng, _):
    share = rng.uniform(0.15, 0.5)
    return image.resize((max(24, int(image.width * share)), max(24, int(image.height * share))), Image.Resampling.BILINEAR)


def jpeg(image, rng, _):
    file = io.BytesIO()
    image.save(file, "JPEG", quality=int(rng.integers(4, 25)))
    return Image.open(file).convert("RGB")


def blur(image, rng, _):
    return image.filter(ImageFilter.GaussianBlur(rng.uniform(1.5, 6) * max(image.size) / 640))


def noise(image, rng, _):
    values = np.asarray(image, np.float32) + rng.normal(0, rng.uniform(12, 45), (image.height, image.width, 3))
    return Image.fromarray(values.clip(0, 255).astype(np.uint8))


def colour(image, rng, _):
    image = ImageEnhance.Brightness(image).enhance(rng.uniform(0.5, 1.6))
    image = ImageEnhance.Contrast(image).enhance(rng.uniform(0.6, 1.5))
    hue = np.asarray(image.convert("HSV")).copy()
    hue[..., 0] = (hue[..., 0].astype(int) + int(rng.integers(-60, 61))) % 256
    return Image.fromarray(hue, "HSV").convert("RGB")


def grey(image, _, __):
    return image.convert("L").convert("RGB")


def turn(image, rng, _):
    return image.rotate(rng.uniform(-50, 50), Image.Resampling.BICUBIC, expand=True, fillcolor=tuple(rng.integers(0, 256, 3)))


def quarter(image, rng, _):
    return image.transpose([Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_180, Image.Transpose.ROTATE_270][rng.integers(3)])


def mirror(image, _, __):
    return image.transpose(Image.Transpose.FLIP_LEFT_RIGHT)


def text(image, rng, _):
    image = image.copy()
    draw = ImageDraw.Draw(image)
    for _ in range(rng.integers(1, 4)):
        words = "".join(chr(rng.integers(97, 123)) if rng.random() > 0.15 else " " for _ in range(rng.integers(6, 24)))
        place = (rng.integers(0, image.width), rng.integers(0, image.height))
        draw.text(place, words, tuple(rng.integers(0, 256, 3)), ImageFont.load_default(int(rng.uniform(0.05, 0.16) * image.height) + 6),
                  anchor="mm")
    return image


def stickers(image, rng, _):
    image = image.copy()
    draw = ImageDraw.Draw(image)
    for _ in range(rng.integers(2, 7)):
        x, y = rng.uniform(0, image.width), rng.uniform(0, image.height)
        r = rng.uniform(0.04, 0.16) * max(image.size)
        shape = [draw.ellipse, draw.rectangle][rng.integers(2)]
        shape((x - r, y - r, x + r, y + r), fill=tuple(rng.integers(0, 256, 3)))
    return image


def frame(image, rng, _):
    left, top, right, bottom = (int(v) for v in rng.uniform(0.04, 0.35, 4) * max(image.size))
    out = Image.new("RGB", (image.width + left + right, image.height + top + bottom), tuple(rng.integers(0, 256, 3)))
    out.paste(image, (left, top))
    return out


def perspective(image, rng, _):
    w, h = image.size
    corners = [(0, 0), (w, 0), (w, h), (0, h)]
    moved = [(x + rng.uniform(-0.16, 0.16) * w, y + rng.uniform(-0.16, 0.16) * h) for x, y in corners]
    rows, right = [], []
    for (x, y), (u, v) in zip(corners, moved):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        right += [u, v]
    numbers = np.linalg.solve(np.array(rows), np.array(right))
    return image.transform((w, h), Image.Transform.PERSPECTIVE, tuple(numbers), Image.Resampling.BICUBIC,
                           fillcolor=tuple(rng.integers(0, 256, 3)))


def pasted(image, rng, background):
    back = background(rng)
    share = np.sqrt(rng.uniform(0.1, 0.7))
    image = image.copy()
    image.thumbnail((int(back.width * share), int(back.height * share)), Image.Resampling.BICUBIC)
    back.paste(image, (int(rng.integers(0, back.width - image.width + 1)), int(rng.integers(0, back.height - image.height + 1))))
    return back


def screenshot(image, rng, _):
    bar, foot = int(image.height * rng.uniform(0.06, 0.18)), int(image.height * rng.uniform(0.03, 0.3))
    out = Image.new("RGB", (image.width, image.height + bar + foot), [(250, 250, 250), (24, 26, 30)][rng.integers(2)])
    out.paste(image, (0, bar))
    draw = ImageDraw.Draw(out)
    for _ in range(rng.integers(2, 7)):
        x, y = rng.uniform(0, image.width * 0.8), rng.choice([rng.uniform(0, bar), bar + image.height + rng.uniform(0, foot)])
        draw.rounded_rectangle((x, y, x + rng.uniform(10, image.width * 0.3), y + bar * 0.25), 3, fill=tuple(rng.integers(80, 200, 3)))
    return out


def sharpen(image, rng, _):
    return image.filter(ImageFilter.UnsharpMask(3, int(rng.integers(200, 500)), 2))


def pixels(image, rng, _):
    blocks = rng.uniform(24, 64) / max(image.size)
    small = image.resize((max(8, int(image.width * blocks)), max(8, int(image.height * blocks))), Image.Resampling.BOX)
    return small.resize(image.size, Image.Resampling.NEAREST)


EDITS = (crop, smaller, jpeg, blur, noise, colour, grey, turn, quarter, mirror, text, stickers, frame, perspective, pasted, screenshot,
         sharpen, pixels)

arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
arguments.add_argument("out", type=Path)
arguments.add_argument("--sources", type=Path, required=True)
arguments.add_argument("--list", type=Path, help="a name of the sources' folder in each line")
arguments.add_argument("--others", type=Path, required=True)
for name, usual in (("seed", 1), ("gallery", 500), ("copies", 300), ("absent", 60)):
    arguments.add_argument("--" + name, type=int, default=usual)
given = arguments.parse_args()
rng = np.random.default_rng(given.seed)

names = given.list.read_text().split() if given.list else [p.name for p in given.sources.iterdir()]
photos = [given.sources / name for name in rng.permutation(sorted(names))]
absent, sources = photos[: given.absent], photos[given.absent:]
others = sorted(given.others.iterdir())
rng.shuffle(others)
kept, backgrounds = others[: given.gallery - len(sources)], others[given.gallery - len(sources):]
for folder in ("dataset", "query"):
    (given.out / folder).mkdir(parents=True)
numbers = iter(rng.permutation(90000) + 10000)
gallery = {}
for photo in sources + kept:
    gallery[photo] = f"g{next(numbers)}{photo.suffix.lower()}"
    (given.out / "dataset" / gallery[photo]).write_bytes(photo.read_bytes())


def background(chance):
    return Image.open(backgrounds[chance.integers(len(backgrounds))]).convert("RGB")


truth, said = [], []
queries = [(sources[i % len(sources)], True) for i in range(given.copies)] + [(photo, False) for photo in absent]
for at, (photo, known) in enumerate(queries):
    image = Image.open(photo).convert("RGB")
    edits = rng.choice(len(EDITS), 1 + at % 3, replace=False)
    for edit in edits:
        image = EDITS[edit](image, rng, background)
    name = f"q{next(numbers)}.jpg"
    image.save(given.out / "query" / name, quality=90)
    truth.append((gallery[photo] if known else "", name))
    said.append((name, ("easy", "medium", "hard")[at % 3], "+".join(EDITS[e].__name__ for e in edits)))
for file, head, rows in (("ground_truth.csv", ("source", "query"), truth), ("transforms.csv", ("query", "difficulty", "transforms"), said)):
    with open(given.out / file, "w", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows([head, *sorted(rows, key=lambda row: row[file[0] == "g"])])
