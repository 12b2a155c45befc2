#pragma once

#include <memory>
#include <opencv2/core/mat.hpp>
#include <string>
#include <vector>

namespace likeness {

/// A network of an ONNX file, run by OpenCV. One thread at a time.
class OnnxRunner {
public:
    virtual ~OnnxRunner() = default;
    /// All outputs for one input, both as n x channels x height x width floats. Throws Error{Format}.
    virtual std::vector<cv::Mat> run(const cv::Mat &input) = 0;
};

/// Throws Error{Format} naming the file where OpenCV cannot read it, Error{Unavailable} without OpenCV's networks.
std::unique_ptr<OnnxRunner> makeOnnxRunner(const std::string &file);

} // namespace likeness
