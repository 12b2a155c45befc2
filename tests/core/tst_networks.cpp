// Networks against their Python originals (tests/support/make_models.py): every family, every file format.
#include "core/data/image.h"
#include "core/learn/network.h"
#include "core/learn/network_model.h"
#include "tests/support/pictures.h"

#include <QTest>
#include <cmath>

using namespace likeness;

namespace {

const std::filesystem::path g_models = SOURCE_DIR "/tests/support/models";

const nlohmann::json &expectedModels()
{
    static const nlohmann::json json = nlohmann::json::parse(readText(g_models / "expected.json"));
    return json["models"];
}

std::vector<float> batchOf(const Preprocessing &how)
{
    std::vector<float> batch;
    for (int i = 0; i < 3; ++i) {
        const Image image = loadImage(g_models / ("image" + std::to_string(i) + ".png"));
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

} // namespace

class TestNetworks : public QObject {
    Q_OBJECT

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
        const NetworkModel model = recogniseNetwork(g_models / expected["file"].get<std::string>());
        const int side = expected["side"].get<int>();
        const auto network = makeNetwork(model.image.graph, model.image.parameters);
        const Preprocessing how = model.preprocessing.atSize(side);
        const NetworkOutput output = network->run(batchOf(how), side, true);
        const Agreement agreement(output.vectors, expected["features"]);
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
        const auto text = makeNetwork(model.text->graph, model.text->parameters);
        const Agreement texts(text->runText(expected["words"].get<std::vector<std::vector<int>>>()), expected["texts"]);
        QVERIFY2(texts.deviation < 1e-4, qPrintable(QString::number(texts.deviation)));
    }

    void anImageAloneIsAsInABatch()
    {
        const NetworkModel model = recogniseNetwork(g_models / "resnet.pth");
        const auto network = makeNetwork(model.image.graph, model.image.parameters);
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
