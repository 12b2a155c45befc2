#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace likeness {

/// What the camera or a program wrote into a picture file, as a person reads it.
struct ExifField {
    const char *label; ///< marked QT_TRANSLATE_NOOP("core", ...)
    std::string value; ///< UTF-8, as Exiv2 prints it: "1/125 s", "F8", "2026:11:27 10:20:30"
};

/// The usual fields that the file has (Exif 2.32; JPEG, TIFF, PNG, WebP, HEIF): camera, lens, time, exposure, place.
/// Empty where there are none, and for a file that is no picture or damaged. One thread at a time reads; callers need
/// not care.
std::vector<ExifField> exifOf(const std::filesystem::path &picture);

} // namespace likeness
