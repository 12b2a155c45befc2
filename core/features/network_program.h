#pragma once

#include <memory>
#include <opencv2/core/mat.hpp>
#include <string>
#include <vector>

namespace likeness {

/// A network that only its own file describes, run as it is. Callable from many threads at once; each call uses one.
class NetworkProgram {
public:
    virtual ~NetworkProgram() = default;
    /// All outputs (floats) for one input of n x channels x height x width floats. Throws Error{Format}.
    virtual std::vector<cv::Mat> run(const cv::Mat &input) const = 0;
    struct Input {
        bool takesBatches = false; ///< n may be more than one
        bool takesBytes = false;   ///< it prepares the image itself
        int sidePx = 0;            ///< 0: not said, -1: any
    };
    virtual Input input() const { return {}; }
    /// Those that its file needs beside itself or below, as it names them.
    virtual std::vector<std::string> files() const { return {}; }
};

/// An ONNX file. An input that wants bytes gets the floats times 255, one that wants channels last gets them last.
/// Throws what makeOnnxRunner() throws (core/onnx/onnx_runner.h), Error{Format} where the file takes no images.
std::unique_ptr<NetworkProgram> makeOnnxProgram(const std::string &file, bool bf16 = false);

} // namespace likeness
