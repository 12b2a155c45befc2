// The only source that knows OpenCV's networks; a module of its own, loaded late.
#include "core/features/network_program.h"

#include "core/base/error.h"

#include <opencv2/core/utils/logger.hpp>
#include <opencv2/dnn.hpp>

namespace likeness {

namespace {

class Runner final : public NetworkProgram {
public:
    explicit Runner(const std::string &file) : m_file(file)
    {
        // What it prints beside its exceptions would be read by nobody who can act on it.
        cv::utils::logging::setLogLevel(cv::utils::logging::LOG_LEVEL_SILENT);
        try {
            m_net = cv::dnn::readNetFromONNX(file);
            m_outputs = m_net.getUnconnectedOutLayersNames();
        } catch (const cv::Exception &error) {
            refuse(error);
        }
    }
    std::vector<cv::Mat> run(const cv::Mat &input) override
    {
        try {
            m_net.setInput(input);
            std::vector<cv::Mat> outputs;
            m_net.forward(outputs, m_outputs);
            for (cv::Mat &output : outputs)
                output = ownFloats(output); // it is the network's memory
            return outputs;
        } catch (const cv::Exception &error) {
            refuse(error);
        }
    }

private:
    [[noreturn]] void refuse(const cv::Exception &error) const
    {
        const bool half = error.err.find("FLOAT16") != std::string::npos;
        const Message reason =
            half
                ? Message{QT_TRANSLATE_NOOP("core", "its numbers have 16 bits (FLOAT16), which are not read: export it "
                                                    "with 32-bit numbers"),
                          {}}
                : Message{QT_TRANSLATE_NOOP("core", "it is damaged or uses what is not known here; if it is whole, "
                                                    "export it with 32-bit numbers, a fixed size of images and opset "
                                                    "11 to 13 (OpenCV says: %1)"),
                          {error.err}};
        throw Error(ErrorKind::Format, QT_TRANSLATE_NOOP("core", "%1 cannot be used: %2"), {m_file, reason});
    }

    std::string m_file;
    cv::dnn::Net m_net;
    std::vector<std::string> m_outputs;
};

} // namespace

} // namespace likeness

extern "C" __attribute__((visibility("default"))) likeness::NetworkProgram *
likenessMakeOnnxProgram(const std::string &file)
{
    return new likeness::Runner(file);
}
