// ONNX files against ONNX's own backend tests (Debian's libonnx-testdata), and files that are none.
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/onnx/onnx_runner.h"

#include <QtTest>
#include <cmath>
#include <cstring>
#include <regex>

using namespace likeness;

namespace {

/// Of Debian's libonnx-testdata, or another version of it.
std::filesystem::path dataFolder()
{
    const char *folder = std::getenv("LIKENESS_ONNX_TESTS");
    return folder ? folder : "/usr/share/libonnx-testdata/data";
}

template <class Value> double at(const OnnxTensor &tensor, std::size_t i)
{
    Value value;
    std::memcpy(&value, tensor.bytes.data() + i * sizeof value, sizeof value);
    return static_cast<double>(value);
}

double halfAt(const OnnxTensor &tensor, std::size_t i)
{
    std::uint16_t bits;
    std::memcpy(&bits, tensor.bytes.data() + i * sizeof bits, sizeof bits);
    if (tensor.type == OnnxType::BF16) {
        const std::uint32_t wide = std::uint32_t{bits} << 16;
        float value;
        std::memcpy(&value, &wide, sizeof value);
        return static_cast<double>(value);
    }
    const int exponent = bits >> 10 & 31, mantissa = bits & 1023;
    const double value = exponent == 0    ? std::ldexp(mantissa, -24)
                         : exponent == 31 ? (mantissa ? std::nan("") : INFINITY)
                                          : std::ldexp(1024 + mantissa, exponent - 25);
    return bits & 0x8000 ? -value : value;
}

double numberAt(const OnnxTensor &tensor, std::size_t i)
{
    switch (tensor.type) {
    case OnnxType::F32:
        return at<float>(tensor, i);
    case OnnxType::F64:
        return at<double>(tensor, i);
    case OnnxType::U8:
    case OnnxType::Bool:
        return at<std::uint8_t>(tensor, i);
    case OnnxType::I8:
        return at<std::int8_t>(tensor, i);
    case OnnxType::U16:
        return at<std::uint16_t>(tensor, i);
    case OnnxType::I16:
        return at<std::int16_t>(tensor, i);
    case OnnxType::I32:
        return at<std::int32_t>(tensor, i);
    case OnnxType::I64:
        return at<std::int64_t>(tensor, i);
    case OnnxType::U32:
        return at<std::uint32_t>(tensor, i);
    case OnnxType::U64:
        return at<std::uint64_t>(tensor, i);
    default:
        return halfAt(tensor, i);
    }
}

/// The types that stand for those that LibTorch lacks.
OnnxType heldAs(OnnxType type)
{
    return type == OnnxType::U16                            ? OnnxType::I32
           : type == OnnxType::U32 || type == OnnxType::U64 ? OnnxType::I64
                                                            : type;
}

/// What differs; empty where nothing does. Limits are those of ONNX's own runner.
QString difference(const OnnxTensor &found, const OnnxTensor &wanted)
{
    if (heldAs(found.type) != heldAs(wanted.type))
        return QStringLiteral("type %1, not %2")
            .arg(QLatin1String(nameOf(found.type)), QLatin1String(nameOf(wanted.type)));
    if (found.shape != wanted.shape)
        return QStringLiteral("another shape");
    const std::size_t count = wanted.bytes.size() / bytesOf(wanted.type);
    for (std::size_t i = 0; i < count; ++i) {
        const double a = numberAt(found, i), b = numberAt(wanted, i);
        if (!(a == b || (std::isnan(a) && std::isnan(b)) || std::abs(a - b) <= 1e-7 + 1e-3 * std::abs(b)))
            return QStringLiteral("entry %1 is %2, not %3").arg(i).arg(a).arg(b);
    }
    return {};
}

std::vector<OnnxTensor> tensorsIn(const std::filesystem::path &folder, const std::string &kind)
{
    std::vector<OnnxTensor> tensors;
    for (int i = 0;; ++i) {
        const auto file = folder / (kind + "_" + std::to_string(i) + ".pb");
        if (!std::filesystem::exists(file))
            return tensors;
        tensors.push_back(onnxTensorOf(file));
    }
}

/// The data of the tests have bfloat16 as uint16.
void actAs(OnnxType type, OnnxTensor &tensor)
{
    if (type == OnnxType::BF16 && tensor.type == OnnxType::U16)
        tensor.type = type;
}

double cosineOf(const OnnxTensor &a, const OnnxTensor &b)
{
    double ab = 0, aa = 0, bb = 0;
    for (std::size_t i = 0; i < a.bytes.size() / sizeof(float); ++i) {
        ab += numberAt(a, i) * numberAt(b, i);
        aa += numberAt(a, i) * numberAt(a, i);
        bb += numberAt(b, i) * numberAt(b, i);
    }
    return ab / std::sqrt(aa * bb);
}

QString runSets(const std::filesystem::path &test)
{
    const auto runner = makeOnnxRunner(test / "model.onnx");
    for (int set = 0;; ++set) {
        const auto folder = test / ("test_data_set_" + std::to_string(set));
        if (!std::filesystem::exists(folder))
            return set > 0 ? QString() : QStringLiteral("no data");
        auto inputs = tensorsIn(folder, "input"), wanted = tensorsIn(folder, "output");
        for (std::size_t i = 0; i < std::min(inputs.size(), runner->inputs().size()); ++i)
            actAs(runner->inputs()[i].type, inputs[i]);
        for (int again = 0; again < 2; ++again) {
            const auto found = runner->run(inputs);
            if (found.size() < wanted.size())
                return QStringLiteral("%1 outputs, not %2").arg(found.size()).arg(wanted.size());
            for (std::size_t i = 0; i < wanted.size(); ++i)
                actAs(found[i].type, wanted[i]);
            for (std::size_t i = 0; i < wanted.size(); ++i)
                if (const QString text = difference(found[i], wanted[i]); !text.isEmpty())
                    return QStringLiteral("output %1: %2").arg(i).arg(text);
        }
    }
}

} // namespace

class TestOnnx : public QObject {
    Q_OBJECT
private Q_SLOTS:
    /// Every test of ONNX that is neither refused by name, for what is not claimed, nor one of the few below.
    void testsOfKnownOperatorsPass()
    {
        const std::regex unclaimed("the operator (\\w+) .*is not known here|(is no tensor)|(runs a graph of its own)|"
                                   "(which operators it means)|numbers of type (\\w+) are|a type that is not (read)|"
                                   "(a network in training)|(nearest of volumes)|belongs to \"([\\w.]+)\"");
        // bfloat16 is cut there where ONNX rounds today; data of another shape than the model says; answers of bytes
        // without a sign for bytes with one; places beyond the padding that count, as they do for nobody since.
        const std::regex wrong("test_cast(like)?_(FLOAT_to_BFLOAT16|BFLOAT16_to_FLOAT)(_expanded)?|"
                               "test_qlinearmatmul_[23]D_int8_float(16|32)|"
                               "test_averagepool_3d_dilations_large_count_include_pad_is_1_ceil_mode_is_True");
        int passed = 0, all = 0;
        std::map<std::string, int> refused;
        for (const char *part : {"node", "pytorch-converted", "pytorch-operator", "simple"})
            for (const auto &test : std::filesystem::directory_iterator(dataFolder() / part)) {
                const std::string name = test.path().filename().string();
                ++all;
                std::string complaint;
                try {
                    complaint = runSets(test.path()).toStdString();
                } catch (const Error &error) {
                    complaint = error.message().english();
                    if (std::smatch match; std::regex_search(complaint, match, unclaimed)) {
                        const auto said =
                            std::find_if(match.begin() + 1, match.end(), [](const auto &m) { return m.matched; });
                        ++refused[said->str()];
                        continue;
                    }
                }
                passed += complaint.empty();
                QVERIFY2(complaint.empty() || std::regex_match(name, wrong), (name + ": " + complaint).c_str());
            }
        for (const auto &[reason, count] : refused)
            qInfo("%3d refused: %s", count, reason.c_str());
        qInfo("%d of %d passed; operators: %zu", passed, all, knownOnnxOperators().size());
        QVERIFY(passed >= 850);
    }

    void loweredGraphsAnswerAsOnnxRuntimeDoes_data()
    {
        QTest::addColumn<QString>("name");
        for (const auto &entry : std::filesystem::directory_iterator(SOURCE_DIR "/tests/support/onnx/graphs"))
            QTest::newRow(entry.path().filename().c_str()) << QString::fromStdString(entry.path().filename().string());
    }

    /// Of make_onnx_graphs.py: what lowering.cpp recognises, and values that it must not write to.
    void loweredGraphsAnswerAsOnnxRuntimeDoes()
    {
        QFETCH(QString, name);
        QCOMPARE(runSets(SOURCE_DIR "/tests/support/onnx/graphs/" + name.toStdString()), QString());
    }

    /// Found by fuzz_readers: weights without axes, of which the first one was written to.
    void weightsWithoutAxesAreRefused()
    {
        const auto runner = makeOnnxRunner(SOURCE_DIR "/tests/support/onnx/scalar_weights.onnx");
        std::vector<OnnxTensor> inputs;
        for (const OnnxInput &input : runner->inputs()) {
            std::size_t bytes = bytesOf(input.type);
            for (const std::int64_t extent : input.shape)
                bytes *= static_cast<std::size_t>(extent);
            const auto memory = std::make_shared<std::vector<std::byte>>(bytes);
            inputs.push_back({input.type, input.shape, *memory, memory});
        }
        QVERIFY_THROWS_EXCEPTION(Error, runner->run(inputs));
    }

    void theListOfOperatorsIsThatOfTheProgram()
    {
        std::string text = readText(SOURCE_DIR "/docs/onnx.md");
        text.erase(0, text.find("-->") + 4);
        std::vector<std::string> listed;
        for (const QString &name : QString::fromStdString(text).simplified().split(", "))
            listed.push_back(name.toStdString());
        QVERIFY(listed == knownOnnxOperators());
    }

    /// With the folders that make_onnx_references.py wrote. In a network of whole numbers a sum that falls on the other
    /// side of a step changes all behind it: ONNX Runtime differs as much from itself without its optimisations.
    void agreesWithOnnxRuntime()
    {
        const char *folder = std::getenv("LIKENESS_ONNX_REFERENCES");
        if (!folder)
            QSKIP("no references: tests/run --real makes them");
        for (const auto &entry : std::filesystem::directory_iterator(folder)) {
            const auto runner = makeOnnxRunner(entry.path() / "model.onnx");
            double least = 1, sum = 0, ms = 0;
            int count = 0;
            for (;; ++count) {
                const auto data = entry.path() / ("test_data_set_" + std::to_string(count));
                if (!std::filesystem::exists(data))
                    break;
                const auto inputs = tensorsIn(data, "input"), wanted = tensorsIn(data, "output");
                QElapsedTimer timer;
                timer.start();
                const double cosine = cosineOf(runner->run(inputs).at(0), wanted.at(0));
                ms += static_cast<double>(timer.nsecsElapsed()) / 1e6;
                least = std::min(least, cosine);
                sum += cosine;
            }
            qInfo("%s: %d images, cosine %.6f on average, %.6f at least, %.1f ms", entry.path().filename().c_str(),
                  count, sum / count, least, ms / count);
            QVERIFY(count > 0 && least > 0.998);
        }
    }
};

QTEST_GUILESS_MAIN(TestOnnx)
#include "tst_onnx.moc"
