// Texts as numbers, against Hugging Face's CLIPTokenizer and BertTokenizer (tests/support/make_tokens.py).
#include "core/base/error.h"
#include "core/nets/text/clip_tokenizer.h"
#include "core/nets/text/word_piece_tokenizer.h"
#include "tests/support/pictures.h"

#include <QTemporaryDir>
#include <QTest>
#include <fstream>
#include <sstream>

using namespace likeness;

namespace {

const std::filesystem::path g_tokens = SOURCE_DIR "/tests/support/tokens";

const nlohmann::json &reference()
{
    static const nlohmann::json json = nlohmann::json::parse(readText(g_tokens / "lines.json"));
    return json;
}

QString asText(const std::vector<int> &numbers)
{
    QStringList list;
    for (const int number : numbers)
        list << QString::number(number);
    return list.join(QLatin1Char(' '));
}

int differing(const Tokenizer &tokenizer, const nlohmann::json &lines, const nlohmann::json &pieces)
{
    int wrong = lines.size() == pieces.size() ? 0 : 1;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const auto expected = QString::fromStdString(pieces[i].get<std::string>());
        const QString found = asText(tokenizer.pieces(lines[i].get<std::string>()));
        if (found != expected && ++wrong < 4)
            qWarning("line %d %s: %s for %s", int(i), lines[i].dump().c_str(), qPrintable(found), qPrintable(expected));
    }
    return wrong;
}

int differing(const ClipTokenizer &tokenizer)
{
    return differing(tokenizer, reference()["lines"], reference()["pieces"]);
}

} // namespace

class TestTokenizers : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void twoThousandLinesAreAsInPython()
    {
        QCOMPARE(reference()["lines"].size(), std::size_t(2000));
        QCOMPARE(differing(ClipTokenizer(g_tokens)), 0);
    }

    void wordPiecesAreAsInPython()
    {
        const auto bert = nlohmann::json::parse(readText(g_tokens / "bert/pieces.json"));
        auto lines = reference()["lines"];
        for (const auto &line : bert["more_lines"])
            lines.push_back(line);
        const QTemporaryDir dir;
        const std::filesystem::path folder = dir.path().toStdString();
        for (const char *file : {"vocab.txt", "tokenizer.json"}) {
            std::filesystem::copy_file(g_tokens / "bert" / file, folder / file);
            QVERIFY(WordPieceTokenizer::fits(folder));
            QCOMPARE(differing(*readTokenizer(folder), lines, bert["lower"]), 0);
            std::filesystem::remove(folder / file);
        }
        std::filesystem::copy_file(g_tokens / "bert/vocab.txt", folder / "vocab.txt");
        std::ofstream(folder / "tokenizer_config.json") << R"({"do_lower_case": false})";
        QCOMPARE(differing(*readTokenizer(folder), lines, bert["as_written"]), 0);
        const WordPieceTokenizer tokenizer(folder);
        const auto cut = tokenizer.encoded(std::string(500, '5'), 10), whole = tokenizer.encoded("a", 10);
        QCOMPARE(cut.size(), std::size_t(3)); // one unknown word
        QVERIFY(cut.front() == whole.front() && cut.back() == whole.back());
        QCOMPARE(tokenizer.encoded("a a a a a a a a a a", 6).size(), std::size_t(6));
        std::filesystem::remove(folder / "vocab.txt");
        for (const char *numbers : {R"("[UNK]": 900000)", R"("[UNK]": -7)", R"("[UNK]": "x")"}) {
            std::ofstream(folder / "tokenizer.json")
                << R"({"model": {"type": "WordPiece", "vocab": {"[CLS]": 1, "[SEP]": 2, )" << numbers << "}}}";
            QVERIFY_THROWS_EXCEPTION(Error, readTokenizer(folder, {400, true}, "small"));
        }
        std::ofstream(folder / "vocab.txt") << "a\nb\n";
        QVERIFY_THROWS_EXCEPTION(Error, readTokenizer(folder));
    }

    /// OpenAI's and Chinese-CLIP's own, where somebody has them (make_tokens.py OUT FULL).
    void fullVocabulariesAgree()
    {
        const QByteArray folder = qgetenv("LIKENESS_VOCABULARIES");
        if (folder.isEmpty())
            QSKIP("LIKENESS_VOCABULARIES names no folder with the full vocabularies");
        const std::filesystem::path full = folder.toStdString();
        const auto expected = nlohmann::json::parse(readText(full / "pieces.json"));
        QCOMPARE(differing(ClipTokenizer(full), expected["lines"], expected["clip"]), 0);
        QCOMPARE(differing(WordPieceTokenizer(full), expected["lines"], expected["bert"]), 0);
    }

    void otherFilesSayTheSame()
    {
        const QTemporaryDir dir;
        const std::filesystem::path folder = dir.path().toStdString();
        nlohmann::json merges = nlohmann::json::array();
        std::istringstream text(readText(g_tokens / "merges.txt"));
        for (std::string line; std::getline(text, line);)
            if (!line.starts_with("#version"))
                merges.push_back(line);
        const nlohmann::json vocabulary = nlohmann::json::parse(readText(g_tokens / "vocab.json"));
        std::ofstream(folder / "tokenizer.json")
            << nlohmann::json{{"model", {{"vocab", vocabulary}, {"merges", merges}}}};
        QCOMPARE(differing(ClipTokenizer(folder)), 0);
        std::filesystem::remove(folder / "tokenizer.json");
        QVERIFY_THROWS_EXCEPTION(Error, ClipTokenizer{folder});
        // OpenAI's file has the merges only; the numbers follow from their order.
        std::filesystem::copy_file(g_tokens / "merges.txt", folder / "bpe_simple_vocab_16e6.txt");
        QCOMPARE(ClipTokenizer(folder).size(), 512 + int(merges.size()) + 2);
    }

    void startAndEndStayWhateverTheLength()
    {
        const ClipTokenizer tokenizer(g_tokens);
        const int start = tokenizer.encoded({}, 4)[0], end = tokenizer.encoded({}, 4)[1];
        QCOMPARE(tokenizer.encoded({}, 4), (std::vector<int>{start, end, end, end}));
        const auto cut = tokenizer.encoded(std::string(500, '5'), 10);
        QCOMPARE(cut.size(), std::size_t(10));
        QVERIFY(cut.front() == start && cut.back() == end && cut[8] != end);
    }

    void damagedVocabulariesAreErrors()
    {
        const QTemporaryDir dir;
        const std::filesystem::path folder = dir.path().toStdString();
        for (const char *content : {"", "{}", "[1]", "{\"model\": {\"vocab\": 3}}", "\x1f\x8b broken"}) {
            std::ofstream(folder / "tokenizer.json") << content;
            QVERIFY_THROWS_EXCEPTION(Error, ClipTokenizer{folder});
        }
        std::filesystem::remove(folder / "tokenizer.json");
        std::ofstream(folder / "bpe_simple_vocab_16e6.txt.gz") << "\x1f\x8b broken";
        QVERIFY_THROWS_EXCEPTION(Error, ClipTokenizer{folder});
    }
};

QTEST_APPLESS_MAIN(TestTokenizers)
#include "tst_tokenizers.moc"
