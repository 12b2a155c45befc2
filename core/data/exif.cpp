#include "core/data/exif.h"

#include "core/base/error.h"

#include <array>
#include <libexif/exif-data.h>
#include <memory>
#include <nlohmann/json.hpp>

namespace likeness {

namespace {

struct Wanted {
    ExifIfd part;
    int tag;
    const char *label;
};

constexpr Wanted wanted[] = {
    {EXIF_IFD_0, EXIF_TAG_MAKE, QT_TRANSLATE_NOOP("core", "Maker")},
    {EXIF_IFD_0, EXIF_TAG_MODEL, QT_TRANSLATE_NOOP("core", "Camera")},
    {EXIF_IFD_EXIF, 0xa434, QT_TRANSLATE_NOOP("core", "Lens")},
    {EXIF_IFD_EXIF, EXIF_TAG_DATE_TIME_ORIGINAL, QT_TRANSLATE_NOOP("core", "Taken")},
    {EXIF_IFD_0, EXIF_TAG_DATE_TIME, QT_TRANSLATE_NOOP("core", "Changed by a program")},
    {EXIF_IFD_EXIF, EXIF_TAG_EXPOSURE_TIME, QT_TRANSLATE_NOOP("core", "Exposure")},
    {EXIF_IFD_EXIF, EXIF_TAG_FNUMBER, QT_TRANSLATE_NOOP("core", "Aperture")},
    {EXIF_IFD_EXIF, EXIF_TAG_ISO_SPEED_RATINGS, QT_TRANSLATE_NOOP("core", "ISO")},
    {EXIF_IFD_EXIF, EXIF_TAG_FOCAL_LENGTH, QT_TRANSLATE_NOOP("core", "Focal length")},
    {EXIF_IFD_EXIF, EXIF_TAG_FLASH, QT_TRANSLATE_NOOP("core", "Flash")},
    {EXIF_IFD_0, EXIF_TAG_ORIENTATION, QT_TRANSLATE_NOOP("core", "Orientation")},
    {EXIF_IFD_GPS, EXIF_TAG_GPS_LATITUDE, QT_TRANSLATE_NOOP("core", "Latitude")},
    {EXIF_IFD_GPS, EXIF_TAG_GPS_LONGITUDE, QT_TRANSLATE_NOOP("core", "Longitude")},
    {EXIF_IFD_0, EXIF_TAG_SOFTWARE, QT_TRANSLATE_NOOP("core", "Software")},
    {EXIF_IFD_0, EXIF_TAG_ARTIST, QT_TRANSLATE_NOOP("core", "Artist")},
    {EXIF_IFD_0, EXIF_TAG_COPYRIGHT, QT_TRANSLATE_NOOP("core", "Copyright")},
};

/// Tags are bytes of strangers: what is no UTF-8 or no text is left out.
std::string shown(const std::string &value)
{
    const nlohmann::json bytes(value);
    auto text =
        nlohmann::json::parse(bytes.dump(-1, ' ', false, nlohmann::json::error_handler_t::ignore)).get<std::string>();
    std::erase_if(text, [](unsigned char c) { return c < ' '; });
    const auto last = text.find_last_not_of(' ');
    return last == std::string::npos ? std::string() : text.substr(0, last + 1);
}

} // namespace

std::vector<ExifField> exifOf(const std::filesystem::path &picture)
{
    std::vector<ExifField> fields;
    const std::unique_ptr<ExifData, decltype(&exif_data_unref)> data(exif_data_new_from_file(picture.c_str()),
                                                                     &exif_data_unref);
    for (const Wanted &one : wanted) {
        ExifEntry *entry = data ? exif_content_get_entry(data->ifd[one.part], static_cast<ExifTag>(one.tag)) : nullptr;
        std::array<char, 200> text{}; // a description, not a document
        if (entry && exif_entry_get_value(entry, text.data(), text.size()))
            if (std::string value = shown(text.data()); !value.empty())
                fields.push_back({one.label, std::move(value)});
    }
    return fields;
}

} // namespace likeness
