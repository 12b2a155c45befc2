#!/usr/bin/env python3
"""Writes tests/support/exif.jpg: a small picture with what a camera writes. Needs Pillow."""
import pathlib

from PIL import Image
from PIL.TiffImagePlugin import IFDRational

picture = Image.new("RGB", (32, 24), (200, 120, 40))
exif = picture.getexif()
exif[0x010F] = "Example"  # Make
exif[0x0110] = "Example 1"  # Model
camera = exif.get_ifd(0x8769)
camera[0x9003] = "2024:05:06 07:08:09"  # DateTimeOriginal
camera[0x829A] = IFDRational(1, 125)  # ExposureTime
camera[0x829D] = IFDRational(8, 1)  # FNumber
camera[0x8827] = 200  # ISOSpeedRatings
picture.save(pathlib.Path(__file__).parent / "exif.jpg", quality=80, exif=exif)
