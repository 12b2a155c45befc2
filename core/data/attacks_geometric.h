#pragma once

#include "core/data/attacks.h"

namespace likeness {

// The attacks that move pixels, and the small helpers which all attacks share.
AttackedImage attackCrop(const cv::Mat &source, double strength, Random &random, const cv::Mat &other);
AttackedImage attackResize(const cv::Mat &source, double strength, Random &random, const cv::Mat &other);
AttackedImage attackRotate(const cv::Mat &source, double strength, Random &random, const cv::Mat &other);
AttackedImage attackQuarterTurn(const cv::Mat &source, double strength, Random &random, const cv::Mat &other);
AttackedImage attackFlip(const cv::Mat &source, double strength, Random &random, const cv::Mat &other);
AttackedImage attackPad(const cv::Mat &source, double strength, Random &random, const cv::Mat &other);
AttackedImage attackPerspective(const cv::Mat &source, double strength, Random &random, const cv::Mat &other);
AttackedImage attackPaste(const cv::Mat &source, double strength, Random &random, const cv::Mat &other);
AttackedImage attackScreenshot(const cv::Mat &source, double strength, Random &random, const cv::Mat &other);

inline double between(double mild, double strong, double strength)
{
    return mild + (strong - mild) * strength;
}
inline int shortSide(const cv::Mat &image)
{
    return std::min(image.cols, image.rows);
}
std::string number(double value); ///< with at most two decimals

} // namespace likeness
