#include "core/nets/models/loaded_model.h"

#include "core/base/file.h"
#include "core/base/stopwatch.h"
#include "core/data/scene.h"
#include "core/nets/recognise/model_config.h"
#include "core/nets/run/whole_file_network.h"

#include <algorithm>
#include <cmath>
#include <opencv2/core.hpp>

namespace fs = std::filesystem;

namespace likeness {

namespace {

constexpr std::size_t fingerprintEntries = 16;

std::vector<float> builtInImages(const Preprocessing &how)
{
    std::vector<float> batch;
    for (const int scene : {1, 2}) {
        const auto values = preprocessed(renderScene(1, scene), how);
        batch.insert(batch.end(), values.begin(), values.end());
    }
    return batch;
}

double cosineOf(const cv::Mat &a, const cv::Mat &b)
{
    return a.dot(b) / std::max(1e-30, cv::norm(a) * cv::norm(b));
}

ModelCard cardOf(const NetworkModel &model)
{
    ModelCard card;
    card.title = model.title;
    card.library = model.library;
    card.family = model.family;
    card.format = nameOf(model.file->format);
    card.dimension = model.image.dimension;
    card.text = model.text.has_value();
    card.preprocessing = model.preprocessing;
    card.unused = model.unused;
    card.bytes = model.file->fileBytes;
    for (const Message &note : model.notes)
        card.notes.push_back(note);
    return card;
}

void openProgram(const fs::path &weights, ProgramKind kind, bool bf16, LoadedModel &model)
{
    ModelCard &card = model.card;
    if (card.program.empty()) { // a new one
        const ModelConfig config = ModelConfig::beside(weights);
        auto [network, preprocessing, input, files] = tryProgramNetwork(weights, kind, config);
        model.image = std::move(network);
        model.files = std::move(files);
        card.preprocessing = preprocessing;
        card.program = card.format = card.library = kind == ProgramKind::Onnx ? "ONNX" : "TorchScript";
        card.family = "program";
        card.title = toUtf8(weights.stem());
        card.bytes = static_cast<std::int64_t>(fs::file_size(weights));
        for (const std::string &file : model.files)
            card.bytes += static_cast<std::int64_t>(fs::file_size(weights.parent_path() / file));
        card.dimension = model.image->run(builtInImages(preprocessing), preprocessing.cropPx, false).vectors.cols;
        if (!config.preprocessing && input.takesBytes)
            card.notes.push_back(
                Message{QT_TRANSLATE_NOOP("core", "it takes pixels as they are and prepares them itself"), {}});
        else if (!config.preprocessing)
            card.notes.push_back(Message{
                QT_TRANSLATE_NOOP("core", "no file says how images are prepared: as usual for %1"), {"ImageNet"}});
    } else {
        model.image = makeProgramNetwork(weights, kind, bf16);
    }
}

} // namespace

void failModelCheck(const std::string &id, const Message &reason)
{
    throw Error(ErrorKind::Format, QT_TRANSLATE_NOOP("core", "model %1 failed its check: %2"), {id, reason});
}

void checkAnswers(const Network &network, ModelCard &card)
{
    const std::vector<float> batch = builtInImages(card.preprocessing);
    const int side = card.preprocessing.cropPx;
    const cv::Mat both = network.run(batch, side, false).vectors;
    if (!cv::checkRange(both))
        failModelCheck(card.id, {QT_TRANSLATE_NOOP("core", "its answers are no numbers"), {}});
    if (cv::countNonZero(both) == 0) // a head that was never trained
        failModelCheck(card.id, {QT_TRANSLATE_NOOP("core", "all its answers are zero"), {}});
    if (cosineOf(both.row(0), both.row(1)) > 0.999999)
        failModelCheck(card.id, {QT_TRANSLATE_NOOP("core", "it answers the same to two different images"), {}});
    double best = 1e9;
    cv::Mat alone;
    for (int i = 0; i < 3; ++i) {
        const Stopwatch watch;
        alone = network.run(std::span(batch).first(batch.size() / 2), side, false).vectors;
        best = std::min(best, watch.ms());
    }
    if (cosineOf(alone, both.row(0)) < 0.99999)
        failModelCheck(
            card.id, {QT_TRANSLATE_NOOP("core", "it answers otherwise to an image alone than to it among others"), {}});
    card.imageMs = best;
    const auto entries = std::min<std::size_t>(fingerprintEntries, static_cast<std::size_t>(alone.cols));
    card.fingerprint.assign(alone.ptr<float>(), alone.ptr<float>() + entries);
}

std::unique_ptr<LoadedModel> openModel(const fs::path &weights, const ModelCard &card, Trust trust, bool bf16)
{
    auto made = std::make_unique<LoadedModel>();
    made->card = card;
    if (card.choices.runProgram || weights.extension() == ".onnx") {
        const ProgramKind kind = card.choices.runProgram ? ProgramKind::TorchScript : ProgramKind::Onnx;
        if (bf16 && kind == ProgramKind::TorchScript)
            throw Error(ErrorKind::Unavailable,
                        QT_TRANSLATE_NOOP("core", "%1 runs as its file says: it cannot calculate in bf16"),
                        {toUtf8(weights.filename())});
        openProgram(weights, kind, bf16, *made);
        return made;
    }
    const NetworkModel model = recogniseNetwork(weights, card.choices, trust);
    if (trust == Trust::Untrusted) {
        made->card = cardOf(model);
        made->card.choices = card.choices;
    }
    made->image = makeNetwork(model.image.graph, model.image.parameters, model.file, bf16);
    if (model.text)
        made->text = makeNetwork(model.text->graph, model.text->parameters, model.file, bf16);
    made->contextLength = model.contextLength;
    made->textNeeds = model.textNeeds;
    made->transformer =
        std::ranges::any_of(model.image.graph.nodes, [](const Node &node) { return node.op == Op::Tokens; });
    made->gem = model.image.facts.gem;
    made->logitScale = model.logitScale;
    made->foreign = model.foreign;
    return made;
}

} // namespace likeness
