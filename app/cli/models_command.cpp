#include "app/cli/options.h"
#include "core/base/file.h"
#include "core/base/plain_text.h"
#include "core/data/image.h"
#include "core/eval/families.h"
#include "core/eval/heat_map.h"
#include "core/eval/model_comparison.h"
#include "core/nets/models/catalogue.h"

#include <cstdio>
#include <cstdlib>
#include <set>

namespace likeness::cli {

namespace {

std::string megabytes(std::int64_t bytes)
{
    char text[32];
    std::snprintf(text, sizeof text, "%.1f MB", static_cast<double>(bytes) / 1e6);
    return text;
}

/// A line of what is known of a model.
void tell(const Message &message)
{
    std::printf("  %s\n", message.localised().c_str());
}

void print(const ModelCard &card)
{
    std::printf("%s: %s\n", card.id.c_str(), card.title.c_str());
    tell({QT_TRANSLATE_NOOP("core", "file: %1, %2, %3"), {card.source, card.format, megabytes(card.bytes)}});
    tell({QT_TRANSLATE_NOOP("core", "names of: %1"), {card.library}});
    tell({card.text ? QT_TRANSLATE_NOOP("core", "dimension: %1, also of texts")
                    : QT_TRANSLATE_NOOP("core", "dimension: %1"),
          {std::to_string(card.dimension)}});
    tell({QT_TRANSLATE_NOOP("core", "preparation: %1"), {card.preprocessing.text()}});
    tell({QT_TRANSLATE_NOOP("core", "speed: %1 ms an image on one thread"), {fixedText(card.imageMs, 1)}});
    if (!card.licence.empty())
        tell({QT_TRANSLATE_NOOP("core", "licence: %1"),
              {card.licence + (card.homepage.empty() ? "" : ", " + card.homepage)}});
    for (const StoredMessage &note : card.notes)
        tell({QT_TRANSLATE_NOOP("core", "note: %1"), {note.localised()}});
    if (card.unused.empty())
        return;
    std::string names;
    for (std::size_t i = 0; i < card.unused.size() && i < 8; ++i)
        names += (names.empty() ? "" : " ") + card.unused[i];
    tell({QT_TRANSLATE_NOOP("core", "%1 unused tensors: %2"),
          {std::to_string(card.unused.size()), names + (card.unused.size() > 8 ? " ..." : "")}});
}

void list(bool json)
{
    const auto cards = ModelStore::user().list();
    if (json) {
        auto array = nlohmann::ordered_json::array();
        for (const ModelCard &card : cards) {
            array.push_back(card.toJson());
            array.back()["hides_import"] = card.hidesOwn;
        }
        printJson({{"folder", toUtf8(ModelStore::user().folder())}, {"models", array}});
        return;
    }
    if (cards.empty())
        say({QT_TRANSLATE_NOOP("core", "no model is installed; \"models import FILE\" installs one in %1"),
             {toUtf8(ModelStore::user().folder())}});
    for (const ModelCard &card : cards) {
        const Message kind{card.text ? QT_TRANSLATE_NOOP("core", "image and text") : QT_TRANSLATE_NOOP("core", "image"),
                           {}};
        std::printf("%-28s %-32s %5d %10s  %s\n", card.id.c_str(), card.title.c_str(), card.dimension,
                    megabytes(card.bytes).c_str(), kind.localised().c_str());
        if (card.hidesOwn)
            tell({QT_TRANSLATE_NOOP("core", "it hides an older import of yours: \"models remove %1\" removes that"),
                  {card.id}});
    }
}

/// The catalogue: what can be fetched.
void listAvailable(bool json)
{
    std::set<std::string> installed;
    for (const ModelCard &card : ModelStore::user().list())
        installed.insert(card.id);
    auto array = nlohmann::ordered_json::array();
    const std::string there = Message{QT_TRANSLATE_NOOP("core", "installed"), {}}.localised();
    for (const CatalogueEntry &entry : catalogue()) {
        if (json)
            array.push_back({{"id", entry.id},
                             {"title", entry.title},
                             {"good_for", entry.goodFor.in("en")},
                             {"bytes", entry.bytes()},
                             {"dimension", entry.dimension},
                             {"text", entry.text},
                             {"licence", entry.licence},
                             {"source", entry.source},
                             {"installed", installed.contains(entry.id)}});
        else
            std::printf("%-26s %-30s %5d %10s  %-12s %-9s %s\n", entry.id.c_str(), entry.title.c_str(), entry.dimension,
                        megabytes(entry.bytes()).c_str(), entry.licence.c_str(),
                        installed.contains(entry.id) ? there.c_str() : "", entry.goodFor.in("en").c_str());
    }
    if (json)
        printJson({{"models", array}});
}

ExitCode show(const ModelCard &card, bool json)
{
    if (json)
        printJson(card.toJson());
    else
        print(card);
    return Done;
}

} // namespace

ExitCode run(const ModelsListCommand &command)
{
    command.available ? listAvailable(command.json) : list(command.json);
    return Done;
}

ExitCode run(const ModelsShowCommand &command)
{
    return show(ModelStore::user().card(command.id), command.json);
}

ExitCode run(const ModelsImportCommand &command)
{
    ConsoleContext context;
    ImportChoices choices;
    choices.heads = command.heads.value_or(0);
    choices.runProgram = command.runProgram;
    choices.entry = command.entry;
    if (!command.activation.empty())
        choices.quickGelu = command.activation == "quickgelu";
    const ModelStore store = ModelStore::user();
    const ModelCard card = store.import(command.file, command.id, choices, context);
    if (!command.vocabulary.empty())
        store.addVocabulary(card.id, {command.vocabulary.begin(), command.vocabulary.end()});
    return show(card, command.json);
}

ExitCode run(const ModelsFetchCommand &command)
{
    ConsoleContext context;
    FetchOptions options{command.mirror, command.proxy};
    if (const char *mirror = std::getenv("LIKENESS_MIRROR"); mirror && options.mirror.empty())
        options.mirror = mirror;
    try {
        const ModelCard card = fetchModel(ModelStore::user(), catalogueEntry(command.id), options, context);
        reportProblems(context); // a mirror that failed; the model is there all the same
        return show(card, command.json);
    } catch (const Error &) {
        reportProblems(context);
        throw;
    }
}

ExitCode run(const ModelsVocabularyCommand &command)
{
    ModelStore::user().addVocabulary(command.id, {command.files.begin(), command.files.end()});
    if (command.json)
        printJson({{"id", command.id}, {"vocabulary", true}});
    return Done;
}

ExitCode run(const ModelsVerifyCommand &command)
{
    ModelStore::user().verify(command.id);
    if (command.json)
        printJson({{"id", command.id}, {"verified", true}});
    else
        say({QT_TRANSLATE_NOOP("core", "%1: weights and answers are those of the import"), {command.id}});
    return Done;
}

/// What the network finds alike in two pictures, side by side as a PNG.
ExitCode run(const ModelsLookCommand &command)
{
    checkOutput(command.out);
    const auto model = ModelStore::user().load(command.id);
    const cv::Mat a = loadImage(command.a).pixels, b = loadImage(command.b).pixels;
    const HeatMaps heat = heatMaps(*model, a, b);
    const cv::Mat left = heatPicture(a, heat.a, heat.areaA), right = heatPicture(b, heat.b, heat.areaB);
    cv::Mat both(std::max(left.rows, right.rows), left.cols + right.cols, CV_8UC3, cv::Scalar::all(0));
    left.copyTo(both(cv::Rect({}, left.size())));
    right.copyTo(both(cv::Rect({left.cols, 0}, right.size())));
    const auto png = encodePng(both);
    writeFileAside(command.out.path, [&](std::ostream &out) {
        out.write(reinterpret_cast<const char *>(png.data()), static_cast<std::streamsize>(png.size()));
    });
    if (command.json)
        printJson({{"model", model->card.id}, {"cosine", heat.cosine}, {"out", command.out.path}});
    else
        say({QT_TRANSLATE_NOOP("core", "%1: cosine %2"), {command.out.path, fixedText(heat.cosine, 4)}});
    return Done;
}

/// Every installed model: its speed here, and in a workspace with a truth its accuracy.
ExitCode run(const ModelsCompareCommand &command)
{
    ConsoleContext context;
    std::optional<Workspace> workspace;
    if (!command.workspace.empty())
        workspace = Workspace::open(command.workspace, context);
    auto array = nlohmann::ordered_json::array();
    if (!command.json)
        std::printf("%-26s %-28s %9s %9s %6s %6s\n", "model", "family", "dimension", "images/s", "acc1", "uAP");
    for (const ModelCard &card : ModelStore::user().list()) {
        ModelFigures figures;
        try {
            figures = measureModel(card, workspace ? &*workspace : nullptr, openCache(command), context);
        } catch (const Error &error) {
            context.problem({card.id, error.message()});
            continue;
        }
        context.finish();
        const auto &found = figures.evaluation;
        if (command.json) {
            array.push_back({{"model", card.id},
                             {"family", card.family},
                             {"dimension", card.dimension},
                             {"images_per_second", figures.imagesPerSecond}});
            if (found)
                array.back().update({{"acc1", found->metrics.acc1}, {"uap", found->metrics.uap}});
            continue;
        }
        std::printf("%-26s %-28s %9d %9.1f", card.id.c_str(), modelFamily(card.family).name.localised().c_str(),
                    card.dimension, figures.imagesPerSecond);
        found ? std::printf(" %6.3f %6.3f\n", found->metrics.acc1, found->metrics.uap) : std::printf("\n");
    }
    if (command.json)
        printJson({{"models", array}, {"problems", problemsJson(context.problems())}});
    return reportProblems(context);
}

ExitCode run(const ModelsRemoveCommand &command)
{
    ModelStore::user().remove(command.id);
    if (command.json)
        printJson({{"id", command.id}, {"removed", true}});
    return Done;
}

} // namespace likeness::cli
