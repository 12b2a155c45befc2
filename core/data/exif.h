#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace likeness {

/// What the camera or a program wrote into a picture file, as a person reads it.
struct ExifField {
    const char *label; ///< marked QT_TRANSLATE_NOOP("core", ...)
    std::string value; ///< UTF-8, as libexif prints it: "1/125 sec.", "f/8.0", "2026:11:27 10:20:30"
};

/// The usual fields that a JPEG file has (Exif 2.32): camera, lens, time, exposure, place. Empty where there are none,
/// and for a file that is no JPEG or damaged. Any thread.
std::vector<ExifField> exifOf(const std::filesystem::path &picture);

} // namespace likeness
