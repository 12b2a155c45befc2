#pragma once

#include <memory>
#include <opencv2/core/mat.hpp>
#include <string>
#include <vector>

namespace likeness {

/// Numbers of any type (a quantised graph gives whole ones) as floats, in memory of their own.
inline cv::Mat ownFloats(const cv::Mat &output)
{
    cv::Mat floats;
    output.convertTo(floats, CV_32F);
    return floats;
}

/// A network that only its own file describes, run as it is. One thread at a time.
class NetworkProgram {
public:
    virtual ~NetworkProgram() = default;
    /// All outputs (floats) for one input of n x channels x height x width floats. Throws Error{Format}.
    virtual std::vector<cv::Mat> run(const cv::Mat &input) = 0;
};

/// An ONNX file by OpenCV. Throws Error{Format} naming the file where OpenCV cannot read it, Error{Unavailable} without
/// OpenCV's networks.
std::unique_ptr<NetworkProgram> makeOnnxProgram(const std::string &file);

} // namespace likeness
