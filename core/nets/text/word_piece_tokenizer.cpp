#include "core/nets/text/word_piece_tokenizer.h"

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/nets/text/clip_tokenizer.h"
#include "core/nets/text/unicode.h"

#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>
#include <sstream>

namespace likeness {

namespace {

namespace fs = std::filesystem;

constexpr const char *unknownPiece = "[UNK]", *startPiece = "[CLS]", *endPiece = "[SEP]";
constexpr std::size_t longestWord = 100; ///< longer ones are unknown, as in BERT

/// The model of a tokenizer.json of word pieces, null for any other.
nlohmann::json wordPieceModel(const fs::path &path)
{
    std::error_code none;
    if (!fs::exists(path, none))
        return nullptr;
    const auto json = nlohmann::json::parse(readText(path), nullptr, false);
    if (!json.is_object() || !json.contains("model") || !json["model"].is_object())
        return nullptr;
    const auto &model = json["model"];
    const bool fits =
        model.contains("type") && model["type"] == "WordPiece" && model.contains("vocab") && model["vocab"].is_object();
    return fits ? model : nlohmann::json();
}

bool readsLowerCase(const fs::path &folder)
{
    std::error_code none;
    if (!fs::exists(folder / "tokenizer_config.json", none))
        return true;
    const auto json = nlohmann::json::parse(readText(folder / "tokenizer_config.json"), nullptr, false);
    return !json.is_object() || json.value("do_lower_case", nlohmann::json(true)) != nlohmann::json(false);
}

/// BERT's ranges: ideographs, not kana or hangul.
bool isIdeograph(char32_t c)
{
    static constexpr std::pair<char32_t, char32_t> ranges[] = {
        {0x4e00, 0x9fff},   {0x3400, 0x4dbf},   {0x20000, 0x2a6df}, {0x2a700, 0x2b73f},
        {0x2b740, 0x2b81f}, {0x2b920, 0x2ceaf}, {0xf900, 0xfaff},   {0x2f800, 0x2fa1f}};
    return std::ranges::any_of(ranges, [c](const auto &range) { return c >= range.first && c <= range.second; });
}

bool isSign(char32_t c)
{
    const bool ascii = (c >= 33 && c <= 47) || (c >= 58 && c <= 64) || (c >= 91 && c <= 96) || (c >= 123 && c <= 126);
    return ascii || isPunctuation(c);
}

} // namespace

std::unique_ptr<Tokenizer> readTokenizer(const fs::path &folder)
{
    if (WordPieceTokenizer::fits(folder))
        return std::make_unique<WordPieceTokenizer>(folder);
    return std::make_unique<ClipTokenizer>(folder);
}

std::unique_ptr<Tokenizer> readTokenizer(const fs::path &folder, const TextNeeds &needs, const std::string &model)
{
    auto tokenizer = readTokenizer(folder);
    if (tokenizer->size() > needs.words)
        throw Error(ErrorKind::Format, QT_TRANSLATE_NOOP("core", "the vocabulary of %1 has %2 words, its network %3"),
                    {model, std::to_string(tokenizer->size()), std::to_string(needs.words)});
    const bool wordPieces = dynamic_cast<const WordPieceTokenizer *>(tokenizer.get()) != nullptr;
    if (wordPieces != needs.wordPieces)
        throw Error(ErrorKind::Format,
                    QT_TRANSLATE_NOOP("core", "%1 needs the vocabulary of %2, this one is that of %3"),
                    {model, needs.wordPieces ? "BERT" : "CLIP", needs.wordPieces ? "CLIP" : "BERT"});
    return tokenizer;
}

int vocabularySize(const std::unordered_map<std::string, int> &numbers)
{
    int most = -1;
    for (const auto &[piece, number] : numbers) {
        if (number < 0 || number == std::numeric_limits<int>::max())
            return 0;
        most = std::max(most, number);
    }
    return most + 1;
}

bool WordPieceTokenizer::fits(const fs::path &folder)
{
    std::error_code none;
    return fs::exists(folder / "vocab.txt", none) || wordPieceModel(folder / "tokenizer.json").is_object();
}

WordPieceTokenizer::WordPieceTokenizer(const fs::path &folder) : m_lowerCase(readsLowerCase(folder))
{
    std::error_code none;
    if (const fs::path list = folder / "vocab.txt"; fs::exists(list, none)) {
        std::istringstream lines(readText(list));
        int next = 0;
        for (std::string line; std::getline(lines, line); ++next) {
            if (line.ends_with('\r'))
                line.pop_back();
            m_numbers.emplace(line, next);
        }
    } else if (const auto model = wordPieceModel(folder / "tokenizer.json"); model.is_object()) {
        for (const auto &[piece, number] : model["vocab"].items())
            m_numbers.emplace(piece, number.is_number_integer() ? number.get<int>() : -1);
    }
    for (const char *special : {unknownPiece, startPiece, endPiece})
        if (!m_numbers.contains(special))
            throw Error(ErrorKind::Format, QT_TRANSLATE_NOOP("core", "%1 is no vocabulary of BERT: %2 is missing"),
                        {toUtf8(folder), special});
    m_size = vocabularySize(m_numbers);
    if (m_size == 0)
        throw Error(ErrorKind::Format, QT_TRANSLATE_NOOP("core", "the vocabulary in %1 has pieces without a number"),
                    {toUtf8(folder)});
}

int WordPieceTokenizer::number(const std::string &piece) const
{
    const auto found = m_numbers.find(piece);
    return found == m_numbers.end() ? -1 : found->second;
}

std::vector<std::u32string> WordPieceTokenizer::wordsOf(std::string_view text) const
{
    std::u32string cleaned;
    for (const char32_t c : codePoints(text)) {
        const bool lineSpace = c == U'\t' || c == U'\n' || c == U'\r';
        if (c == 0 || c == 0xfffd || (!lineSpace && isOther(c)))
            continue;
        if (isIdeograph(c))
            cleaned += {U' ', c, U' '};
        else
            cleaned += isWhiteSpace(c) ? U' ' : c;
    }
    if (m_lowerCase) {
        std::u32string bare;
        for (const char32_t c : codePoints(decomposed(utf8Of(cleaned))))
            if (!isNonspacingMark(c))
                bare += c;
        cleaned = codePoints(lowered(utf8Of(bare)));
    }
    std::vector<std::u32string> words(1);
    for (const char32_t c : cleaned)
        if (isSign(c))
            words.insert(words.end(), {std::u32string(1, c), std::u32string()});
        else if (c == U' ')
            words.emplace_back();
        else
            words.back() += c;
    std::erase_if(words, [](const std::u32string &word) { return word.empty(); });
    return words;
}

void WordPieceTokenizer::appendWord(const std::u32string &word, std::vector<int> &to) const
{
    std::vector<int> found;
    for (std::size_t at = 0; at < word.size();) {
        std::size_t length = word.size() > longestWord ? 0 : word.size() - at;
        int best = -1;
        for (; length > 0 && best < 0; --length)
            best = number((at > 0 ? "##" : "") + utf8Of(std::u32string_view(word).substr(at, length)));
        if (best < 0) { // one piece missing makes the word unknown
            to.push_back(number(unknownPiece));
            return;
        }
        found.push_back(best);
        at += length + 1; // the loop took one off behind the find
    }
    to.insert(to.end(), found.begin(), found.end());
}

std::vector<int> WordPieceTokenizer::pieces(std::string_view text) const
{
    static constexpr std::string_view specials[] = {unknownPiece, startPiece, endPiece, "[PAD]", "[MASK]"};
    std::vector<int> numbers;
    while (!text.empty()) {
        // Special tokens written out in the text are what they say.
        std::size_t nearest = std::string_view::npos;
        std::string_view special;
        for (const std::string_view candidate : specials)
            if (const auto at = text.find(candidate); at < nearest && number(std::string(candidate)) >= 0) {
                nearest = at;
                special = candidate;
            }
        for (const std::u32string &word : wordsOf(text.substr(0, nearest)))
            appendWord(word, numbers);
        if (special.empty())
            break;
        numbers.push_back(number(std::string(special)));
        text.remove_prefix(nearest + special.size());
    }
    return numbers;
}

std::vector<int> WordPieceTokenizer::encoded(std::string_view text, int contextLength) const
{
    std::vector<int> numbers = pieces(text);
    numbers.resize(std::min(numbers.size(), static_cast<std::size_t>(std::max(0, contextLength - 2))));
    numbers.insert(numbers.begin(), number(startPiece));
    numbers.push_back(number(endPiece));
    return numbers;
}

} // namespace likeness
