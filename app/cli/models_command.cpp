#include "app/cli/options.h"
#include "app/cli/output_file.h"
#include "core/base/file.h"
#include "core/base/parallel.h"
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
        tell({QT_TRANSLATE_NOOP("core", "licence: %1, %2"), {card.licence, card.homepage}});
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

struct ModelOptions : CommonOptions {
    std::string file, id, activation, a, b;
    OutputFile out;
    std::vector<std::string> vocabulary;
    FetchOptions fetch;
    int heads = 0;
    bool available = false, runProgram = false;
};

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

ExitCode import(const ModelOptions &given)
{
    given.apply();
    ConsoleContext context;
    ImportChoices choices;
    choices.heads = given.heads;
    choices.runProgram = given.runProgram;
    if (!given.activation.empty())
        choices.quickGelu = given.activation == "quickgelu";
    const ModelStore store = ModelStore::user();
    const ModelCard card = store.import(given.file, given.id, choices, context);
    if (!given.vocabulary.empty())
        store.addVocabulary(card.id, {given.vocabulary.begin(), given.vocabulary.end()});
    return show(card, given.json);
}

ExitCode fetch(const ModelOptions &given)
{
    given.apply();
    ConsoleContext context;
    FetchOptions options = given.fetch;
    if (const char *mirror = std::getenv("LIKENESS_MIRROR"); mirror && options.mirror.empty())
        options.mirror = mirror;
    try {
        const ModelCard card = fetchModel(ModelStore::user(), catalogueEntry(given.id), options, context);
        reportProblems(context); // a mirror that failed; the model is there all the same
        return show(card, given.json);
    } catch (const Error &) {
        reportProblems(context);
        throw;
    }
}

ExitCode addVocabulary(const ModelOptions &given)
{
    ModelStore::user().addVocabulary(given.id, {given.vocabulary.begin(), given.vocabulary.end()});
    if (given.json)
        printJson({{"id", given.id}, {"vocabulary", true}});
    return Done;
}

ExitCode verify(const ModelOptions &given)
{
    given.apply();
    ModelStore::user().verify(given.id);
    if (given.json)
        printJson({{"id", given.id}, {"verified", true}});
    else
        say({QT_TRANSLATE_NOOP("core", "%1: weights and answers are those of the import"), {given.id}});
    return Done;
}

/// What the network finds alike in two pictures, side by side as a PNG.
ExitCode look(const ModelOptions &given)
{
    given.out.check();
    given.apply();
    const auto model = ModelStore::user().load(given.id);
    const cv::Mat a = loadImage(given.a).pixels, b = loadImage(given.b).pixels;
    const HeatMaps heat = heatMaps(*model, a, b);
    const cv::Mat left = heatPicture(a, heat.a, heat.areaA), right = heatPicture(b, heat.b, heat.areaB);
    cv::Mat both(std::max(left.rows, right.rows), left.cols + right.cols, CV_8UC3, cv::Scalar::all(0));
    left.copyTo(both(cv::Rect({}, left.size())));
    right.copyTo(both(cv::Rect({left.cols, 0}, right.size())));
    const auto png = encodePng(both);
    writeFileAside(given.out.path, [&](std::ostream &out) {
        out.write(reinterpret_cast<const char *>(png.data()), static_cast<std::streamsize>(png.size()));
    });
    if (given.json)
        printJson({{"model", model->card.id}, {"cosine", heat.cosine}, {"out", given.out.path}});
    else
        say({QT_TRANSLATE_NOOP("core", "%1: cosine %2"), {given.out.path, fixedText(heat.cosine, 4)}});
    return Done;
}

/// Every installed model: its speed here, and in a workspace with a truth its accuracy.
ExitCode compare(const ModelOptions &given)
{
    ConsoleContext context;
    given.apply();
    std::optional<Workspace> workspace;
    if (!given.file.empty())
        workspace = Workspace::open(given.file, context);
    auto array = nlohmann::ordered_json::array();
    if (!given.json)
        std::printf("%-26s %-28s %9s %9s %6s %6s\n", "model", "family", "dimension", "images/s", "acc1", "uAP");
    for (const ModelCard &card : ModelStore::user().list()) {
        ModelFigures figures;
        try {
            figures = measureModel(card, workspace ? &*workspace : nullptr, given.openCache(), context);
        } catch (const Error &error) {
            context.problem({card.id, error.message()});
            continue;
        }
        context.finish();
        const auto &found = figures.evaluation;
        if (given.json) {
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
    if (given.json)
        printJson({{"models", array}, {"problems", problemsJson(context.problems())}});
    return reportProblems(context);
}

ExitCode remove(const ModelOptions &given)
{
    ModelStore::user().remove(given.id);
    if (given.json)
        printJson({{"id", given.id}, {"removed", true}});
    return Done;
}

/// Adds sub-commands of "models", which share their options.
struct ModelsCommand {
    CLI::App &models;
    Run &run;
    std::shared_ptr<ModelOptions> options = std::make_shared<ModelOptions>();

    CLI::App *add(const char *name, const char *help, Work work,
                  const std::function<ExitCode(const ModelOptions &)> &action) const
    {
        CLI::App *command = models.add_subcommand(name, help);
        options->addTo(*command, work);
        command->callback([action, &run = run, options = options] { run = [=] { return action(*options); }; });
        return command;
    }
};

/// Those that install something.
void addInstalling(const ModelsCommand &command)
{
    CLI::App *fetched = command.add(
        "fetch", QT_TRANSLATE_NOOP("core", "Download a model of the catalogue and install it"), Work::Computing, fetch);
    fetched
        ->add_option("model", command.options->id,
                     QT_TRANSLATE_NOOP("core", "Id of the model: see \"models list --available\""))
        ->required();
    fetched->add_option(
        "--mirror", command.options->fetch.mirror,
        QT_TRANSLATE_NOOP(
            "core", "Address that takes the place of the server's, https://mirror.example; also $LIKENESS_MIRROR"));
    fetched->add_option(
        "--proxy", command.options->fetch.proxy,
        QT_TRANSLATE_NOOP("core", "http://host:port, socks5://host:port or none; the system's otherwise"));
    CLI::App *spelled =
        command.add("vocabulary", QT_TRANSLATE_NOOP("core", "Give a model the vocabulary that its texts need"),
                    Work::Reading, addVocabulary);
    spelled->add_option("model", command.options->id, QT_TRANSLATE_NOOP("core", "Id of the model"))->required();
    spelled
        ->add_option(
            "files", command.options->vocabulary,
            QT_TRANSLATE_NOOP(
                "core",
                "vocab.json and merges.txt, tokenizer.json, vocab.txt, bpe_simple_vocab_16e6.txt.gz, or a folder"))
        ->required();
    CLI::App *imported = command.add(
        "import",
        QT_TRANSLATE_NOOP("core",
                          "Install a file of weights: safetensors, .pth, TorchScript, ONNX, a folder of Hugging Face"),
        Work::Computing, import);
    imported->add_option("file", command.options->file, QT_TRANSLATE_NOOP("core", "File of weights or folder"))
        ->required();
    imported->add_option("--name,--id", command.options->id,
                         QT_TRANSLATE_NOOP("core", "Name to install it under; from the file's name otherwise"));
    imported
        ->add_option("--activation", command.options->activation,
                     QT_TRANSLATE_NOOP("core", "For CLIP files that do not say it"))
        ->check(CLI::IsMember({"gelu", "quickgelu"}));
    imported
        ->add_option("--heads", command.options->heads,
                     QT_TRANSLATE_NOOP("core", "Attention heads, where they are not 64 wide"))
        ->check(CLI::Range(1, 128));
    imported->add_option("--vocabulary", command.options->vocabulary,
                         QT_TRANSLATE_NOOP("core", "Vocabulary files that do not lie beside the weights"));
    imported->add_flag(
        "--run-program", command.options->runProgram,
        QT_TRANSLATE_NOOP(
            "core",
            "Run a TorchScript file of unknown architecture. It is a program: only from people whom you trust"));
}

/// Those that look at what is installed.
void addLooking(const ModelsCommand &command)
{
    CLI::App *listed = command.add("list", QT_TRANSLATE_NOOP("core", "The installed models"), Work::Reading,
                                   [](const ModelOptions &given) {
                                       given.available ? listAvailable(given.json) : list(given.json);
                                       return Done;
                                   });
    listed->add_flag("--available", command.options->available,
                     QT_TRANSLATE_NOOP("core", "Those that can be fetched instead"));
    CLI::App *shown =
        command.add("show", QT_TRANSLATE_NOOP("core", "All that is known of a model"), Work::Reading,
                    [](const ModelOptions &given) { return show(ModelStore::user().card(given.id), given.json); });
    CLI::App *verified =
        command.add("verify", QT_TRANSLATE_NOOP("core", "Compare weights and answers with those at import"),
                    Work::Computing, verify);
    CLI::App *removed =
        command.add("remove", QT_TRANSLATE_NOOP("core", "Remove an installed model"), Work::Reading, remove);
    for (CLI::App *one : {shown, verified, removed})
        one->add_option("model", command.options->id, QT_TRANSLATE_NOOP("core", "Id of the model"))->required();
    CLI::App *compared = command.add(
        "compare", QT_TRANSLATE_NOOP("core", "Speed of every installed model, and its accuracy in a workspace"),
        Work::Features, compare);
    compared->add_option("workspace", command.options->file,
                         QT_TRANSLATE_NOOP("core", "Workspace with a ground truth; speed alone without"));
    CLI::App *looked = command.add(
        "look", QT_TRANSLATE_NOOP("core", "What a model finds alike in two pictures, as a heat map on both"),
        Work::Networks, look);
    looked->add_option("model", command.options->id, QT_TRANSLATE_NOOP("core", "Id of the model"))->required();
    looked->add_option("image_a", command.options->a, QT_TRANSLATE_NOOP("core", "One picture"))->required();
    looked->add_option("image_b", command.options->b, QT_TRANSLATE_NOOP("core", "Another one"))->required();
    command.options->out.addTo(*looked, QT_TRANSLATE_NOOP("core", "PNG file to write"))->required();
}

} // namespace

void addModelsCommand(CLI::App &app, Run &run)
{
    CLI::App *models = app.add_subcommand(
        "models",
        QT_TRANSLATE_NOOP("core", "Networks: list, show, fetch, import, vocabulary, compare, look, verify, remove"));
    models->require_subcommand(1);
    const ModelsCommand command{*models, run};
    addInstalling(command);
    addLooking(command);
}

} // namespace likeness::cli
