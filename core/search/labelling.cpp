#include "core/search/labelling.h"

#include "core/base/csv.h"
#include "core/base/plain_text.h"
#include "core/nets/models/model_store.h"
#include "core/search/engine.h"
#include "core/search/recipe_store.h"

#include <algorithm>
#include <cmath>
#include <opencv2/core.hpp>

namespace likeness {

namespace {

/// CLIP's own, for weights that come without one.
constexpr double usualLogitScale = 100;

std::string modelWithTexts(const std::string &wanted)
{
    const ModelStore store = ModelStore::user();
    std::string names;
    for (const ModelCard &card : store.list())
        if (card.text)
            names += (names.empty() ? "" : ", ") + card.id;
    if (names.empty())
        throw Error(ErrorKind::NotFound,
                    QT_TRANSLATE_NOOP("core", "no installed model understands texts: CLIP and Chinese-CLIP do"), {});
    if (wanted.empty())
        throw Error(ErrorKind::InvalidArgument,
                    QT_TRANSLATE_NOOP("core", "no model is chosen: these understand texts: %1"), {names});
    if (!store.card(wanted).text)
        throw Error(ErrorKind::InvalidArgument, QT_TRANSLATE_NOOP("core", "the model %1 does not understand texts"),
                    {wanted});
    return wanted;
}

std::string sentence(const std::string &pattern, const std::string &word)
{
    const auto at = pattern.find("%1");
    return at == std::string::npos ? word : pattern.substr(0, at) + word + pattern.substr(at + 2);
}

void softmax(cv::Mat row, double scale)
{
    double most = 0;
    cv::minMaxLoc(row, nullptr, &most);
    row = (row - most) * scale;
    cv::exp(row, row);
    row /= cv::sum(row)[0];
}

} // namespace

int Labelling::best(ImageId image) const
{
    const cv::Mat row = probabilities.row(image);
    cv::Point place;
    double most = 0;
    cv::minMaxLoc(row, nullptr, &most, nullptr, &place);
    return most > 0 ? place.x : -1;
}

std::vector<Labelling::Share> Labelling::shares() const
{
    std::vector<Share> all(words.size());
    for (int image = 0; image < probabilities.rows; ++image)
        if (const int word = best(image); word >= 0) {
            Share &share = all[static_cast<std::size_t>(word)];
            share.meanProbability += probabilities.at<float>(image, word);
            ++share.images;
        }
    for (Share &share : all)
        share.meanProbability /= std::max(1, share.images);
    return all;
}

Labelling labelImages(const ImageSet &images, const LabelOptions &options, std::shared_ptr<FeatureCache> cache,
                      TaskContext &task)
{
    if (options.words.size() < 2)
        throw Error(ErrorKind::InvalidArgument,
                    QT_TRANSLATE_NOOP("core", "labels need at least two words to choose between"), {});
    Labelling labelling{modelWithTexts(options.model), options.words, {}};
    Recipe recipe = recipeNamed("network");
    applyOverride(recipe, "network.model=" + labelling.model);
    const RecipeExtractor extractor(recipe, std::move(cache));
    cv::Mat sentences;
    for (const std::string &word : options.words) {
        const QueryPart part{.text = sentence(options.pattern, word)};
        sentences.push_back(extractor.extractParts({&part, 1}, word)[0].rows);
    }
    const double scale = ModelStore::user().load(labelling.model)->logitScale;
    task.stage(QT_TRANSLATE_NOOP("core", "Extracting gallery features"), 1, 1);
    const auto features = extractor.extractAll(images, Role::Gallery, task);
    labelling.probabilities = cv::Mat::zeros(images.size(), sentences.rows, CV_32F);
    for (ImageId i = 0; i < images.size(); ++i)
        if (const auto &found = features[static_cast<std::size_t>(i)]; !found.empty() && !found[0].rows.empty()) {
            cv::Mat row = labelling.probabilities.row(i);
            cv::gemm(found[0].rows.row(0), sentences, 1, cv::noArray(), 0, row, cv::GEMM_2_T);
            softmax(row, std::isfinite(scale) && scale > 0 ? scale : usualLogitScale);
        }
    return labelling;
}

std::vector<std::string> wordsIn(const std::string &text)
{
    std::string separated = text;
    for (const char *separator : {"\r", ",", ";", "\xef\xbc\x8c", "\xe3\x80\x81", "\xef\xbc\x9b"}) // and ，、；
        for (auto at = separated.find(separator); at != std::string::npos; at = separated.find(separator, at))
            separated.replace(at, std::char_traits<char>::length(separator), "\n");
    std::vector<std::string> words;
    for (std::size_t begin = 0; begin < separated.size();) {
        const auto end = std::min(separated.find('\n', begin), separated.size());
        std::string word = separated.substr(begin, end - begin);
        word.erase(0, std::min(word.find_first_not_of(" \t"), word.size()));
        word.erase(word.find_last_not_of(" \t") + 1);
        if (!word.empty() && std::ranges::find(words, word) == words.end())
            words.push_back(word);
        begin = end + 1;
    }
    return words;
}

void writeLabels(const Labelling &labelling, const ImageSet &images, std::ostream &out)
{
    std::vector<std::string> head{"image", "label"};
    head.insert(head.end(), labelling.words.begin(), labelling.words.end());
    writeCsvRow(out, head);
    for (ImageId i = 0; i < images.size(); ++i) {
        const int best = labelling.best(i);
        std::vector<std::string> row{images[i].name, best < 0 ? "" : labelling.words[static_cast<std::size_t>(best)]};
        for (int word = 0; word < labelling.probabilities.cols; ++word) {
            const double probability = labelling.probabilities.at<float>(i, word);
            row.push_back(best < 0 ? "" : fixedText(probability, 4));
        }
        writeCsvRow(out, row);
    }
}

} // namespace likeness
