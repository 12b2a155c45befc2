// Networks against their Python originals (tests/support/make_models.py): every family, every file format.
#include "core/data/image.h"
#include "core/data/pillow_resize.h"
#include "core/eval/heat_map.h"
#include "core/nets/build/tensor_map.h"
#include "core/nets/models/model_store.h"
#include "core/nets/network_extractor.h"
#include "core/nets/recognise/likeness_format.h"
#include "core/nets/run/network.h"
#include "core/nets/run/pooling.h"
#include "tests/support/pictures.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <cmath>
#include <fstream>
#include <opencv2/core.hpp>
#include <set>
#include <zlib.h>

using namespace likeness;

namespace {

const std::filesystem::path g_models = SOURCE_DIR "/tests/support/models";

/// Full-size models in another folder where tests/run --reference has made them.
std::filesystem::path agreementFolder()
{
    const QByteArray folder = qgetenv("LIKENESS_REFERENCE");
    return folder.isEmpty() ? g_models : std::filesystem::path(folder.toStdString());
}

const nlohmann::json &expectedModels()
{
    static const nlohmann::json models = [] {
        nlohmann::json all = nlohmann::json::array();
        for (const char *name : {"expected.json", "expected_newer.json"}) {
            const auto file = agreementFolder() / name;
            const auto json = std::filesystem::exists(file) ? nlohmann::json::parse(readText(file)) : nlohmann::json();
            if (json.contains("models"))
                all.insert(all.end(), json["models"].begin(), json["models"].end());
        }
        return all;
    }();
    return models;
}

std::vector<float> batchOf(const Preprocessing &how)
{
    std::vector<float> batch;
    for (int i = 0; i < 3; ++i) {
        const Image image = loadImage(agreementFolder() / ("image" + std::to_string(i) + ".png"));
        const auto values = preprocessed(image.pixels, how);
        batch.insert(batch.end(), values.begin(), values.end());
    }
    return batch;
}

/// Largest deviation as a share of the largest value, and the smallest cosine of two rows.
struct Agreement {
    double deviation = 0, cosine = 1;

    Agreement(const cv::Mat &ours, const nlohmann::json &theirs)
    {
        double largest = 0;
        if (ours.rows != int(theirs.size()) || ours.cols != int(theirs[0].size())) {
            deviation = 1e9;
            return;
        }
        for (int y = 0; y < ours.rows; ++y) {
            double product = 0, a = 0, b = 0;
            for (int x = 0; x < ours.cols; ++x) {
                const double own = double(ours.at<float>(y, x)),
                             other = theirs[std::size_t(y)][std::size_t(x)].get<double>();
                deviation = std::max(deviation, std::abs(own - other));
                largest = std::max(largest, std::abs(other));
                product += own * other;
                a += own * own;
                b += other * other;
            }
            cosine = std::min(cosine, product / std::sqrt(a * b));
        }
        deviation /= largest;
    }
};

/// Weights in two shards, as large ones are published.
void writeShards(const std::filesystem::path &folder, float factor)
{
    std::filesystem::create_directories(folder);
    TensorMap halves[2];
    nlohmann::json map;
    int next = 0;
    for (auto &[name, tensor] : readTensors(readWeightFile(g_models / "hf_vit/model.safetensors"))) {
        PlainTensor scaled = tensor;
        for (float &value : scaled.values)
            value *= factor;
        map["weight_map"][name] = next % 2 ? "b.safetensors" : "a.safetensors";
        halves[next++ % 2].emplace(name, std::move(scaled));
    }
    writeSafetensors(folder / "a.safetensors", halves[0], {});
    writeSafetensors(folder / "b.safetensors", halves[1], {});
    std::ofstream(folder / "model.safetensors.index.json") << map.dump();
    for (const char *name : {"config.json", "preprocessor_config.json"})
        std::filesystem::copy_file(g_models / "hf_vit" / name, folder / name);
}

bool isNoted(const NetworkModel &model, const char *words)
{
    return std::ranges::any_of(
        model.notes, [words](const Message &note) { return note.english().find(words) != std::string::npos; });
}

} // namespace

class TestNetworks : public QObject {
    Q_OBJECT

    static void runsAsItsFileSays(const nlohmann::json &expected)
    {
        const QTemporaryDir dir;
        const ModelStore store(dir.filePath("models").toStdString());
        const std::filesystem::path file = g_models / expected["file"].get<std::string>();
        const bool script = file.extension() == ".pt";
        if (script)
            QVERIFY_THROWS_EXCEPTION(ChoiceNeeded, store.import(file, {}, {}, TaskContext::none()));
        QVERIFY(store.list().empty());
        const ModelCard card = store.import(file, {}, {.runProgram = script}, TaskContext::none());
        QCOMPARE(card.program, std::string(script ? "TorchScript" : "ONNX"));
        const auto model = store.load(card.id);
        const int side = expected["side"].get<int>();
        const NetworkOutput output = model->image->run(batchOf(card.preprocessing.atSize(side)), side, false);
        const Agreement agreement(output.vectors, expected["features"]);
        QVERIFY2(agreement.deviation < 1e-4 && agreement.cosine > 0.99999,
                 qPrintable(QString::number(agreement.deviation)));
        QCOMPARE(card.dimension, output.vectors.cols);
        store.verify(card.id);
        QVERIFY_THROWS_EXCEPTION(Error, model->image->run(batchOf(card.preprocessing.atSize(side)), side, true));
        QVERIFY_THROWS_EXCEPTION(Error, store.load(card.id, true)); // no bf16
    }

private Q_SLOTS:
    void agreesWithItsPythonOriginal_data()
    {
        QTest::addColumn<int>("index");
        for (std::size_t i = 0; i < expectedModels().size(); ++i) {
            const auto &model = expectedModels()[i];
            QTest::addRow("%s at %d", model["file"].get<std::string>().c_str(), model["side"].get<int>()) << int(i);
        }
    }

    void agreesWithItsPythonOriginal()
    {
        QFETCH(int, index);
        const auto &expected = expectedModels()[std::size_t(index)];
        if (expected.contains("foreign"))
            return runsAsItsFileSays(expected);
        const NetworkModel model = recogniseNetwork(agreementFolder() / expected["file"].get<std::string>());
        const int side = expected["side"].get<int>();
        QVERIFY(side == model.preprocessing.cropPx || side == 48 || !model.image.parameters.contains("position") ||
                model.library.find("DINOv2") != std::string::npos); // the side that the positions were made for
        const auto network = makeNetwork(model.image.graph, model.image.parameters, model.file);
        const Preprocessing how = model.preprocessing.atSize(side);
        const NetworkOutput output = network->run(batchOf(how), side, true);
        QVERIFY(cv::checkRange(output.vectors));
        const Agreement agreement(output.vectors, expected["features"]);
        qInfo("largest deviation %.1e of the largest value, cosine 1 - %.1e", agreement.deviation,
              1 - agreement.cosine);
        QVERIFY2(agreement.deviation < 1e-4 && agreement.cosine > 0.99999,
                 qPrintable(QStringLiteral("%1 %2, %3")
                                .arg(agreement.deviation)
                                .arg(agreement.cosine)
                                .arg(QString::fromStdString(how.text()))));
        QCOMPARE(output.vectors.cols, model.image.dimension);
        QCOMPARE(output.maps.size(), std::size_t(3));
        QCOMPARE(output.maps[0].rows, output.mapSize.area());
        if (!expected.contains("texts"))
            return;
        QVERIFY(model.text);
        const auto text = makeNetwork(model.text->graph, model.text->parameters, model.file);
        const Agreement texts(text->runText(expected["words"].get<std::vector<std::vector<int>>>()), expected["texts"]);
        QVERIFY2(texts.deviation < 1e-4, qPrintable(QString::number(texts.deviation)));
    }

    void fusedConvolutionsGiveWhatLibTorchsOwnDo_data() { agreesWithItsPythonOriginal_data(); }
    void fusedConvolutionsGiveWhatLibTorchsOwnDo()
    {
        QFETCH(int, index);
        const auto &expected = expectedModels()[std::size_t(index)];
        if (expected.contains("foreign"))
            QSKIP("runs as its file says");
        const NetworkModel model = recogniseNetwork(agreementFolder() / expected["file"].get<std::string>());
        const auto fused = makeNetwork(model.image.graph, model.image.parameters, model.file);
        setNetworkDevice(NetworkDevice::Reference);
        const auto plain = makeNetwork(model.image.graph, model.image.parameters, model.file);
        setNetworkDevice(NetworkDevice::Cpu);
        const int side = expected["side"].get<int>();
        const auto batch = batchOf(model.preprocessing.atSize(side));
        const NetworkOutput a = fused->run(batch, side, true), b = plain->run(batch, side, true);
        QVERIFY(cv::norm(a.vectors, b.vectors, cv::NORM_INF) < 1e-4 * cv::norm(b.vectors, cv::NORM_INF));
        QVERIFY(cv::norm(a.maps[1], b.maps[1], cv::NORM_INF) < 1e-4 * cv::norm(b.maps[1], cv::NORM_INF));
    }

    void aDeviceThatIsNotThereIsSaid()
    {
        QVERIFY_THROWS_EXCEPTION(Error, networkDeviceNamed("tpu"));
        const NetworkModel model = recogniseNetwork(g_models / "resnet.pth");
        setNetworkDevice(networkDeviceNamed("cuda"));
        std::string message = "it is there";
        try {
            const auto network = makeNetwork(model.image.graph, model.image.parameters, model.file);
            QVERIFY(!network->run(batchOf(model.preprocessing), model.preprocessing.cropPx, false).vectors.empty());
        } catch (const Error &error) {
            message = error.message().english();
        }
        setNetworkDevice(NetworkDevice::Cpu);
        QVERIFY2(message == "it is there" || message.find("CUDA") != std::string::npos, message.c_str());
    }

    void shapesThatAnotherNetworkSharesNeedTheName()
    {
        const QTemporaryDir dir;
        const std::filesystem::path folder = dir.path().toStdString(), weights = folder / "model.safetensors";
        std::filesystem::copy_file(g_models / "efficientnet_lite0/model.safetensors", weights);
        QCOMPARE(recogniseNetwork(weights).notes.size(), std::size_t(2)); // how images are prepared, and which it is
        std::ofstream(folder / "config.json") << R"({"architecture": "mnasnet_100"})"; // ReLU where this has ReLU6
        QVERIFY_THROWS_EXCEPTION(Error, recogniseNetwork(weights));
        std::ofstream(folder / "config.json") << R"({"architecture": "efficientnet_lite0"})";
        QCOMPARE(recogniseNetwork(weights).notes.size(), std::size_t(1));
    }

    /// Small results that are kept between large blocks that are freed: a heap grows by them, the network must not.
    void memoryDoesNotGrowWithTheImages()
    {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
        QSKIP("a sanitizer keeps what is freed");
#endif
        const NetworkModel model = recogniseNetwork(g_models / "resnet.pth");
        const auto network = makeNetwork(model.image.graph, model.image.parameters, model.file);
        const auto megabytes = [] {
            std::ifstream status("/proc/self/statm");
            long pages = 0;
            status >> pages >> pages;
            return pages / 256;
        };
        std::vector<cv::Mat> kept;
        long before = 0;
        for (int i = 0; i < 200; ++i) {
            const std::vector<float> images(std::size_t(4 * 3 * 224 * 224), 0.5f);
            kept.push_back(network->run(images, 224, false).vectors);
            if (i == 20)
                before = megabytes();
        }
        QVERIFY2(megabytes() - before < 40, qPrintable(QString::number(megabytes() - before)));
    }

    void anInstalledModelIsWholeOrNotThere()
    {
        const QTemporaryDir dir;
        const ModelStore store(dir.filePath("models").toStdString());
        QVERIFY(store.list().empty());
        const ModelCard card = store.import(g_models / "hf_clip_gelu", {}, {}, TaskContext::none());
        QCOMPARE(card.id, std::string("hf_clip_gelu"));
        QVERIFY(card.text && card.dimension == 48 && card.imageMs > 0);
        QCOMPARE(store.card(card.id).hash, card.hash);
        try {
            store.card({});
            QFAIL("a model was taken silently");
        } catch (const Error &error) {
            QVERIFY(error.message().english().find("one of hf_clip_gelu") != std::string::npos);
        }
        const auto held = store.load(card.id);
        QCOMPARE(store.load(card.id), held); // once
        store.verify(card.id);
        QVERIFY_THROWS_EXCEPTION(Error, store.import(g_models / "hf_clip_gelu", {}, {}, TaskContext::none()));
        QVERIFY_THROWS_EXCEPTION(Error, store.import(g_models / "hostile/system.pth", {}, {}, TaskContext::none()));
        QVERIFY_THROWS_EXCEPTION(Error, store.import(g_models / "views.pth", "../outside", {}, TaskContext::none()));
        QCOMPARE(store.list().size(), std::size_t(1));
        QCOMPARE(std::distance(std::filesystem::directory_iterator(store.folder()), {}),
                 std::ptrdiff_t(1)); // no draft left
        {
            std::fstream file(store.folder() / card.id / card.weights, std::ios::in | std::ios::out | std::ios::binary);
            file.seekp(-3, std::ios::end);
            file.put('\1');
        }
        QVERIFY_THROWS_EXCEPTION(Error, store.verify(card.id));
        store.remove(card.id);
        QVERIFY(store.list().empty());
        QVERIFY_THROWS_EXCEPTION(Error, store.card(card.id));
    }

    void aFingerprintOfAnotherLengthIsRefused()
    {
        const QTemporaryDir dir;
        const ModelStore store(dir.filePath("models").toStdString());
        store.import(g_models / "resnet.pth", "m", {}, TaskContext::none());
        const std::filesystem::path file = store.folder() / "m/model.json";
        auto card = nlohmann::ordered_json::parse(readText(file));
        for (int i = 0; i < 3; ++i)
            card["fingerprint"].push_back(0.5);
        test::writeText(file, card.dump());
        QVERIFY_THROWS_EXCEPTION(Error, store.verify("m"));
    }

    void everyFileAndChoiceOfAModelDecidesItsHash()
    {
        const QTemporaryDir dir;
        const std::filesystem::path root = dir.path().toStdString();
        const ModelStore store(root / "models");
        const std::filesystem::path weights = g_models / "open_clip/open_clip_pytorch_model.bin",
                                    alone = root / "m.bin";
        std::filesystem::copy_file(weights, alone);
        std::set<std::string> hashes;
        for (const ImportChoices &choices :
             {ImportChoices{.quickGelu = false}, ImportChoices{.quickGelu = true},
              ImportChoices{.quickGelu = true, .heads = 2}, ImportChoices{.quickGelu = true, .resizePx = 80}}) {
            hashes.insert(store.import(alone, "m", choices, TaskContext::none()).hash);
            store.remove("m");
        }
        QCOMPARE(hashes.size(), std::size_t(4));
        QCOMPARE(store.import(alone, "m", {.quickGelu = true}, TaskContext::none()).hash.size(), std::size_t(32));
        QVERIFY(hashes.contains(store.card("m").hash)); // the same choices again: the same vectors
    }

    void everyShardIsHashedAndVerified()
    {
        const QTemporaryDir dir;
        const std::filesystem::path root = dir.path().toStdString();
        writeShards(root / "one", 1);
        writeShards(root / "other", 1.125f);
        const ModelStore store(root / "models");
        const std::string hash = store.import(root / "one", {}, {}, TaskContext::none()).hash;
        QVERIFY(hash != store.import(root / "other", {}, {}, TaskContext::none()).hash);
        store.verify("one");
        // Imported by a version that knew the hash of the index only.
        const std::filesystem::path cardFile = store.folder() / "one/model.json";
        auto old = nlohmann::ordered_json::parse(readText(cardFile));
        old.erase("weight_files");
        std::ofstream(cardFile) << old.dump();
        QVERIFY(store.card("one").hash.empty());
        QCOMPARE(store.identified(store.card("one")).hash, hash);
        QCOMPARE(store.card("one").hash, hash); // kept
        std::fstream shard(store.folder() / "one/b.safetensors", std::ios::in | std::ios::out | std::ios::binary);
        shard.seekp(-3, std::ios::end);
        shard.put('\1');
        shard.close();
        QVERIFY_THROWS_EXCEPTION(Error, store.verify("one"));
        store.verify("other");
    }

    void aModelThatComesWithTheProgramIsNotReplaced()
    {
        const QTemporaryDir dir;
        const std::filesystem::path root = dir.path().toStdString();
        ModelStore(root / "shipped").import(g_models / "resnet.pth", "ours", {}, TaskContext::none());
        const ModelStore store(root / "own", root / "shipped");
        try {
            store.import(g_models / "vit_timm.safetensors", "ours", {}, TaskContext::none());
            QFAIL("it was replaced");
        } catch (const Error &error) {
            QVERIFY(error.message().english().find("\"ours\" comes with the program") != std::string::npos);
        }
        ModelStore(root / "own").import(g_models / "vit_timm.safetensors", "ours", {}, TaskContext::none()); // as once
        QVERIFY(store.card("ours").shipped && store.card("ours").family != "vit");
        QCOMPARE(store.list().size(), std::size_t(1));
        QVERIFY(store.list()[0].hidesOwn);
        store.remove("ours"); // the hidden one
        QVERIFY(!store.list()[0].hidesOwn && store.card("ours").shipped);
        QVERIFY(!std::filesystem::exists(root / "own/ours") && std::filesystem::exists(root / "shipped/ours"));
        QVERIFY_THROWS_EXCEPTION(Error, store.remove("ours"));
    }

    void descriptionsOfAnotherNetworkAreLeftOut()
    {
        const QTemporaryDir dir;
        const std::filesystem::path folder = dir.path().toStdString();
        std::filesystem::copy_file(g_models / "resnet.pth", folder / "resnet.pth");
        const Preprocessing alone = recogniseNetwork(folder / "resnet.pth").preprocessing;
        std::ofstream(folder / "preprocessor_config.json")
            << R"({"feature_extractor_type": "CLIPFeatureExtractor", "size": 224, "crop_size": 224, "resample": 3,
                   "image_mean": [0.48145466, 0.4578275, 0.40821073], "image_std": [0.27, 0.26, 0.28]})";
        NetworkModel model = recogniseNetwork(folder / "resnet.pth");
        QCOMPARE(model.preprocessing.text(), alone.text());
        QVERIFY(isNoted(model, "CLIPFeatureExtractor"));
        std::ofstream(folder / "config.json") << R"({"hidden_size": 768, "patch_size": 32, "layer_norm_eps": 0.1})";
        QVERIFY(isNoted(recogniseNetwork(folder / "resnet.pth"), "hidden_size 768"));
        const ModelStore store(folder / "models");
        const ModelCard among = store.import(folder / "resnet.pth", "among", {}, TaskContext::none());
        for (const char *name : {"config.json", "preprocessor_config.json"})
            QVERIFY2(!std::filesystem::exists(among.folder / name), name);
        QCOMPARE(among.hash, store.import(g_models / "resnet.pth", "alone", {}, TaskContext::none()).hash);
        std::filesystem::remove(folder / "config.json");
        // A transformer whose positions were made for another size.
        std::filesystem::copy_file(g_models / "hf_vit/model.safetensors", folder / "vit.safetensors");
        std::ofstream(folder / "preprocessor_config.json") << R"({"size": 64, "image_mean": [0.1, 0.1, 0.1]})";
        model = recogniseNetwork(folder / "vit.safetensors");
        QCOMPARE(model.preprocessing.cropPx, 32);
        QVERIFY(model.preprocessing.mean[0] > 0.2f);
    }

    void whatIsNotKnownIsNamedAndSaysWhatToDo()
    {
        const QTemporaryDir dir;
        const std::filesystem::path file = dir.filePath("d121.safetensors").toStdString();
        TensorMap tensors;
        tensors["features.denseblock1.denselayer1.norm1.bias"] = tensors["classifier.bias"] =
            PlainTensor{{2}, {0.f, 0.f}};
        writeSafetensors(file, tensors, {});
        try {
            recogniseNetwork(file);
            QFAIL("it was recognised");
        } catch (const Error &error) {
            const std::string said = error.message().english();
            QVERIFY2(said.find("DenseNet") != std::string::npos && said.find("ONNX") != std::string::npos,
                     said.c_str());
        }
    }

    /// torch.hub's DINO keeps a teacher, segmentation networks an encoder, trainers a module.
    void whatStandsBeforeTheNamesChangesNothing_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("prefix");
        for (const char *prefix : {"encoder.", "backbone.", "module.", "model.encoder."})
            QTest::addRow("%s resnet", prefix) << "resnet.safetensors" << prefix;
        for (const char *prefix : {"teacher.backbone.", "encoder.", "module."})
            QTest::addRow("%s vit", prefix) << "vit_timm.safetensors" << prefix;
        QTest::addRow("teacher. dinov3") << "rotary/dinov3_meta.safetensors"
                                         << "teacher.backbone.";
    }

    void whatStandsBeforeTheNamesChangesNothing()
    {
        QFETCH(QString, file);
        QFETCH(QString, prefix);
        const QTemporaryDir dir;
        const std::filesystem::path plain = g_models / file.toStdString(),
                                    renamed = dir.filePath("w.safetensors").toStdString();
        TensorMap tensors;
        for (auto &[name, tensor] : readTensors(readWeightFile(plain)))
            tensors[prefix.toStdString() + name] = std::move(tensor);
        tensors["decoder.blocks.0.conv1.0.weight"] = PlainTensor{{1, 1, 1, 1}, {1.f}};
        writeSafetensors(renamed, tensors, {});
        const auto answerOf = [](const std::filesystem::path &path) {
            const NetworkModel model = recogniseNetwork(path);
            const auto network = makeNetwork(model.image.graph, model.image.parameters, model.file);
            return network->run(batchOf(model.preprocessing), model.preprocessing.cropPx, false).vectors;
        };
        const cv::Mat theirs = answerOf(plain), ours = answerOf(renamed);
        QCOMPARE(ours.size(), theirs.size());
        QCOMPARE(cv::norm(ours, theirs, cv::NORM_INF), 0.0);
    }

    void ourOwnFilesKeepWhatTheShapesDoNotSay_data()
    {
        QTest::addColumn<QString>("file");
        for (const char *file : {"rotary/dinov3_meta.safetensors", "rotary/eva02_base.safetensors",
                                 "siglip/hf.safetensors", "fastvit/mci.safetensors"})
            QTest::addRow("%s", file) << file;
    }

    void ourOwnFilesKeepWhatTheShapesDoNotSay()
    {
        QFETCH(QString, file);
        const QTemporaryDir dir;
        const std::filesystem::path own = dir.filePath("own.safetensors").toStdString();
        const NetworkModel theirs = recogniseNetwork(g_models / file.toStdString());
        const LikenessNetwork said{theirs.image.architecture, theirs.image.facts, theirs.preprocessing};
        writeSafetensors(own, copyOf(theirs.image.parameters), said.metadata());
        const auto answerOf = [](const NetworkModel &model) {
            const auto network = makeNetwork(model.image.graph, model.image.parameters, model.file);
            return network->run(batchOf(model.preprocessing), model.preprocessing.cropPx, false).vectors;
        };
        QCOMPARE(cv::norm(answerOf(recogniseNetwork(own)), answerOf(theirs), cv::NORM_INF), 0.0);
    }

    void aNetworkThatAnswersNothingIsNoModel()
    {
        const QTemporaryDir dir;
        const std::filesystem::path folder = dir.path().toStdString(), own = folder / "own.safetensors";
        const NetworkModel theirs = recogniseNetwork(g_models / "resnet.pth");
        TensorMap zeros = copyOf(theirs.image.parameters);
        for (auto &[name, tensor] : zeros)
            std::ranges::fill(tensor.values, 0.0F);
        writeSafetensors(
            own, zeros,
            LikenessNetwork{theirs.image.architecture, theirs.image.facts, theirs.preprocessing}.metadata());
        QString said;
        try {
            ModelStore(folder / "models").import(own, "own", {}, TaskContext::none());
        } catch (const Error &error) {
            said = QString::fromUtf8(error.what());
        }
        QVERIFY2(said.contains(QStringLiteral("all its answers are zero")), qPrintable(said));
    }

    /// Networks of timm with the names of others that are built otherwise.
    void aVariantThatIsNotKnownIsRefused_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("added"); // "-": taken away
        QTest::addRow("MobileNetV4 with attention") << "mobilenetv4/hybrid_medium.safetensors"
                                                    << "";
        QTest::addRow("BEiT: no registers") << "rotary/dinov3_timm.safetensors"
                                            << "-reg_token";
        QTest::addRow("rotary and absolute positions") << "rotary/dinov3_timm.safetensors"
                                                       << "pos_embed";
        QTest::addRow("Perception Encoder: a class token and a pooling") << "siglip/timm.safetensors"
                                                                         << "visual.trunk.cls_token";
    }

    void aVariantThatIsNotKnownIsRefused()
    {
        QFETCH(QString, file);
        QFETCH(QString, added);
        const QTemporaryDir dir;
        const std::filesystem::path path = dir.filePath("w.safetensors").toStdString();
        TensorMap tensors = readTensors(readWeightFile(g_models / file.toStdString()));
        if (added.startsWith('-'))
            QCOMPARE(tensors.erase(added.mid(1).toStdString()), std::size_t(1));
        else if (!added.isEmpty())
            tensors[added.toStdString()] = PlainTensor{{1, 1, 128}, std::vector<float>(128, 0.5f)};
        writeSafetensors(path, tensors, {});
        try {
            recogniseNetwork(path);
            QFAIL("it was recognised");
        } catch (const Error &error) {
            QVERIFY2(error.message().english().find("variant of ") != std::string::npos,
                     error.message().english().c_str());
        }
    }

    void cardsAreNamedAsTheDriverNamesThem()
    {
        const QTemporaryDir dir;
        const std::filesystem::path folder = dir.path().toStdString();
        QVERIFY(graphicsCards(folder / "none").empty());
        std::filesystem::create_directories(folder / "0000:17:00.0");
        std::ofstream(folder / "0000:17:00.0/information") << "Model: \t\t NVIDIA H200\nIRQ:   \t\t 224\n";
        std::filesystem::create_directories(folder / "0000:18:00.0");
        QCOMPARE(graphicsCards(folder), std::vector<std::string>{"NVIDIA H200"});
    }

    void aTextIsLookedForWithTheModelsVocabulary()
    {
        const QTemporaryDir dir;
        const std::filesystem::path root = dir.path().toStdString();
        ::setenv("LIKENESS_MODEL_DIR", (root / "models").c_str(), 1);
        std::filesystem::copy(g_models / "hf_clip_gelu", root / "clip");
        for (const char *file : {"vocab.json", "merges.txt"})
            std::filesystem::copy_file(SOURCE_DIR "/tests/support/tokens/" + std::string(file), root / "clip" / file);
        ModelStore::user().import(root / "clip", {}, {}, TaskContext::none());
        ModelStore::user().import(g_models / "hf_clip_quick_gelu", "silent", {}, TaskContext::none());
        ModelStore::user().import(g_models / "resnet.pth", {}, {}, TaskContext::none());
        const auto clip = makeNetworkExtractor({.model = "clip"});
        QVERIFY(clip->understandsText());
        const cv::Mat bus = clip->extractText("a red bus").rows, cat = clip->extractText("A CAT").rows;
        QCOMPARE(bus.size(), cv::Size(48, 1));
        QVERIFY(std::abs(cv::norm(bus) - 1) < 1e-5 && cv::norm(bus - cat) > 1e-3);
        QCOMPARE(cv::norm(cat - clip->extractText("  a cat ").rows), 0.0);
        QVERIFY_THROWS_EXCEPTION(Error,
                                 makeNetworkExtractor({.model = "silent"})->extractText("a cat")); // no vocabulary
        const auto resnet = makeNetworkExtractor({.model = "resnet"});
        QVERIFY(!resnet->understandsText());
        QVERIFY_THROWS_EXCEPTION(Error, resnet->extractText("a cat"));
    }

    void resizingIsPillowsToTheLastGreyLevel()
    {
        const std::map<std::string, ResizeFilter> filters{{"nearest", ResizeFilter::Nearest},
                                                          {"box", ResizeFilter::Box},
                                                          {"bilinear", ResizeFilter::Bilinear},
                                                          {"bicubic", ResizeFilter::Bicubic},
                                                          {"lanczos", ResizeFilter::Lanczos}};
        const auto rows = test::fixtures()["pillow"];
        for (const auto &row : rows) {
            const auto name = row["filter"].get<std::string>();
            const auto from = row["from"].get<std::vector<int>>(), to = row["to"].get<std::vector<int>>();
            const cv::Mat resized =
                pillowResize(test::testPicture(1, from[0], from[1]), {to[0], to[1]}, filters.at(name));
            const auto crc = crc32(0, resized.data, uInt(resized.total() * resized.elemSize()));
            QVERIFY2(crc == row["crc"].get<std::uint32_t>(), row.dump().c_str());
        }
    }

    void cropsRoundAsTheirAuthorsDo()
    {
        // A row of columns that say where they are; 7 px wide, 4 kept: torchvision begins at round(1.5) = 2, others
        // at 1.
        cv::Mat wide(4, 7, CV_8UC3);
        for (int x = 0; x < 7; ++x)
            wide.col(x).setTo(cv::Scalar::all(10 * x));
        Preprocessing how{.resizePx = 4, .cropPx = 4, .mean = {0, 0, 0}, .deviation = {1, 1, 1}};
        QCOMPARE(std::lround(preprocessed(wide, how)[0] * 255), 20l);
        how.roundCrop = false;
        QCOMPARE(std::lround(preprocessed(wide, how)[0] * 255), 10l);
        how = {.resizePx = 4,
               .cropPx = 6,
               .mean = {0, 0, 0},
               .deviation = {1, 1, 1}}; // smaller than the crop: black around
        const auto padded = preprocessed(wide, how);
        QCOMPARE(padded[0], 0.f);
        QCOMPARE(padded.size(), std::size_t(3 * 36));
        // The channel order is red, green, blue.
        const cv::Mat red(8, 8, CV_8UC3, cv::Scalar(0, 0, 255));
        const auto planes = preprocessed(red, {.resizePx = 8, .cropPx = 8, .mean = {0, 0, 0}, .deviation = {1, 1, 1}});
        QVERIFY(planes[0] == 1.f && planes[64] == 0.f && planes[128] == 0.f);
    }

    void heatAddsUpToTheCosine()
    {
        const QTemporaryDir dir;
        const ModelStore store(dir.path().toStdString());
        const auto load = [&](const char *file) {
            return store.load(store.import(g_models / file, {}, {}, TaskContext::none()).id);
        };
        const cv::Mat a = loadImage(g_models / "image0.png").pixels, b = loadImage(g_models / "image2.png").pixels;
        const HeatMaps shares = heatMaps(*load("resnet.pth"), a, b);
        QVERIFY(std::abs(cv::sum(shares.a)[0] - shares.cosine) < 1e-5);
        QVERIFY(std::abs(cv::sum(shares.b)[0] - shares.cosine) < 1e-5);
        QVERIFY(cv::norm(shares.a, shares.b) > 1e-4);
        const auto vit = load("vit_timm.safetensors");
        const HeatMaps same = heatMaps(*vit, a, a), other = heatMaps(*vit, a, b);
        QVERIFY(cv::norm(same.a, cv::Mat::ones(4, 4, CV_32F), cv::NORM_INF) < 1e-5);
        QVERIFY(std::abs(same.cosine - 1) < 1e-5 && other.cosine < same.cosine);
        double least = 0, most = 0;
        cv::minMaxLoc(other.b, &least, &most);
        QVERIFY(least >= -1 && most <= 1.00001 && most > least);
        // 90 x 70: the centre square of 32 / 35 of the short side.
        QCOMPARE(other.areaA, cv::Rect(13, 3, 64, 64));
        const cv::Mat picture = heatPicture(a, other.a, other.areaA);
        QVERIFY(picture.size() == a.size() && cv::norm(picture.row(0), a.row(0) * 0.35) < 1e-9);
    }

    void weightsAreImportedOutOfAnArchive()
    {
        const QTemporaryDir dir;
        const ModelStore store(dir.filePath("models").toStdString());
        const std::filesystem::path packages = g_models / "packages",
                                    wheel = packages / "two_models-1.0-py3-none-any.whl";
        try {
            store.import(wheel, {}, {}, TaskContext::none());
            QFAIL("which of the two?");
        } catch (const ChoiceNeeded &needed) {
            QCOMPARE(needed.entries().size(), std::size_t(2));
        }
        ImportChoices choices;
        choices.entry = "two_models/third.onnx";
        QVERIFY_THROWS_EXCEPTION(Error, store.import(wheel, {}, choices, TaskContext::none()));
        QVERIFY_THROWS_EXCEPTION(Error, store.import(packages / "none.zip", {}, {}, TaskContext::none()));
        QVERIFY(store.list().empty());
        choices.entry = "two_models/second.onnx";
        const ModelCard second = store.import(wheel, {}, choices, TaskContext::none());
        QCOMPARE(second.id, std::string("second"));
        QCOMPARE(second.licence, std::string("Apache-2.0"));
        const ModelCard one = store.import(packages / "one.zip", {}, {}, TaskContext::none());
        QCOMPARE(one.hash, store.import(g_models / "unknown.onnx", "again", {}, TaskContext::none()).hash);
        store.verify(second.id);
        QCOMPARE(QDir(dir.filePath("models")).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot).size(),
                 3);
    }

    void numbersBesideAnOnnxFileComeAlong_data()
    {
        QTest::addColumn<QString>("file");
        QTest::newRow("file") << "outside/outside.onnx";
        QTest::newRow("archive") << "outside.zip";
    }

    void numbersBesideAnOnnxFileComeAlong()
    {
        QFETCH(QString, file);
        const QTemporaryDir dir;
        const ModelStore store(dir.filePath("models").toStdString());
        const ModelCard card = store.import(g_models / "packages" / file.toStdString(), {}, {}, TaskContext::none());
        store.verify(card.id);
        QCOMPARE(card.weightFiles.size(), std::size_t(2));
        const std::vector<float> black(3 * 64 * 64, 0.5f);
        const ModelCard whole = store.import(g_models / "unknown.onnx", {}, {}, TaskContext::none());
        const auto answer = [&](const ModelCard &of) {
            return store.load(of.id)->image->run(black, 64, false).vectors;
        };
        QCOMPARE(cv::norm(answer(card), answer(whole), cv::NORM_INF), 0.0);
        QFile numbers(QString::fromStdString((card.folder / "numbers/outside.data").string()));
        QVERIFY(numbers.open(QIODevice::ReadWrite) && numbers.seek(100) && numbers.putChar('x'));
        numbers.close();
        QVERIFY_THROWS_EXCEPTION(Error, store.verify(card.id));
    }

    void poolingFollowsItsFormula()
    {
        const cv::Mat places = (cv::Mat_<float>(4, 2) << 1, 0, 2, 0, 3, 8, 4, 0);
        const cv::Size size(2, 2);
        QVERIFY(cv::norm(pooled(places, size, Pooling::Mean, 3), cv::Mat(cv::Matx12f(2.5f, 2)), cv::NORM_INF) < 1e-6);
        QVERIFY(cv::norm(pooled(places, size, Pooling::Max, 3), cv::Mat(cv::Matx12f(4, 8)), cv::NORM_INF) < 1e-6);
        QVERIFY(cv::norm(pooled(places, size, Pooling::Gem, 1), pooled(places, size, Pooling::Mean, 1), cv::NORM_INF) <
                1e-5);
        const cv::Mat gem = pooled(places, size, Pooling::Gem, 3);
        QVERIFY(std::abs(gem.at<float>(0, 0) - std::cbrt(100.f / 4)) < 1e-5f);
        // One place: every region is the same, so the sum points where it does.
        const cv::Mat one = (cv::Mat_<float>(1, 2) << 3, 4);
        const cv::Mat rmac = pooled(one, {1, 1}, Pooling::RMac, 3);
        QVERIFY(std::abs(rmac.at<float>(0, 0) * 4 - rmac.at<float>(0, 1) * 3) < 1e-4f);
    }

    void halfPrecisionStaysNear_data()
    {
        QTest::addColumn<QString>("file");
        for (const char *file : {"resnet.pth", "vit_timm.safetensors", "hf_clip_gelu/model.safetensors",
                                 "clip_resnet/open_clip_pytorch_model.bin", "sscd.torchscript.pt"})
            QTest::newRow(file) << file;
    }

    void halfPrecisionStaysNear()
    {
        QFETCH(QString, file);
        const NetworkModel model = recogniseNetwork(g_models / file.toStdString());
        const int side = model.preprocessing.cropPx;
        if (!hasBf16()) {
            QVERIFY_THROWS_EXCEPTION(Error, makeNetwork(model.image.graph, model.image.parameters, model.file, true));
            return;
        }
        std::vector<float> batch;
        for (const char *name : {"image0.png", "image2.png"}) {
            const auto values = preprocessed(loadImage(g_models / name).pixels, model.preprocessing);
            batch.insert(batch.end(), values.begin(), values.end());
        }
        const NetworkOutput full =
            makeNetwork(model.image.graph, model.image.parameters, model.file)->run(batch, side, true);
        const NetworkOutput half =
            makeNetwork(model.image.graph, model.image.parameters, model.file, true)->run(batch, side, true);
        const double deviation = cv::norm(full.vectors, half.vectors) / cv::norm(full.vectors);
        QVERIFY2(deviation > 0 && deviation < 0.03, qPrintable(QString::number(deviation)));
        QVERIFY(cv::norm(full.maps[1], half.maps[1]) < 0.05 * cv::norm(full.maps[1]));
    }

    void anImageAloneIsAsInABatch()
    {
        const NetworkModel model = recogniseNetwork(g_models / "resnet.pth");
        const auto network = makeNetwork(model.image.graph, model.image.parameters, model.file);
        const auto batch = batchOf(model.preprocessing.atSize(64));
        const cv::Mat together = network->run(batch, 64, false).vectors;
        for (std::size_t i = 0; i < 3; ++i) {
            const auto one = std::span(batch).subspan(i * batch.size() / 3, batch.size() / 3);
            const cv::Mat alone = network->run(one, 64, false).vectors;
            QVERIFY(cv::norm(alone, together.row(int(i)), cv::NORM_INF) < 1e-5 * cv::norm(alone, cv::NORM_INF));
            QCOMPARE(cv::norm(network->run(one, 64, false).vectors, alone, cv::NORM_INF), 0.0);
        }
    }
};

QTEST_APPLESS_MAIN(TestNetworks)
#include "tst_networks.moc"
