#pragma once

#include "core/base/file.h"
#include "core/data/image.h"

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <opencv2/imgproc.hpp>

namespace likeness::test {

/// The same formula as in make_fixtures.py.
inline cv::Mat testPicture(int seed, int width, int height)
{
    cv::Mat image(height, width, CV_8UC3);
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x)
            for (int c = 0; c < 3; ++c)
                image.at<cv::Vec3b>(y, x)[c] = static_cast<std::uint8_t>(
                    (x * (3 + seed) + y * 5 + (x / 9 + y / 7) % 4 * 60 + c * 40 + (x * y / 16) % 37) % 256);
    return image;
}

inline cv::Mat testGrey(int seed, int width, int height)
{
    cv::Mat grey;
    cv::cvtColor(testPicture(seed, width, height), grey, cv::COLOR_BGR2GRAY);
    return grey;
}

inline nlohmann::json fixtures()
{
    return nlohmann::json::parse(readText(SOURCE_DIR "/tests/support/fixtures.json"));
}

inline void writeBytes(const std::filesystem::path &path, const std::vector<std::uint8_t> &bytes)
{
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary)
        .write(reinterpret_cast<const char *>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
}

inline void writeJpeg(const std::filesystem::path &path, const cv::Mat &image, int quality = 95)
{
    writeBytes(path, encodeJpeg(image, quality));
}

inline void writeText(const std::filesystem::path &path, const std::string &text)
{
    writeBytes(path, {text.begin(), text.end()});
}

} // namespace likeness::test
