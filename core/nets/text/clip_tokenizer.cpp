#include "core/nets/text/clip_tokenizer.h"

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/nets/text/unicode.h"

#include <algorithm>
#include <array>
#include <limits>
#include <nlohmann/json.hpp>
#include <zlib.h>

namespace likeness {

namespace {

constexpr const char *endOfWord = "</w>", *startText = "<|startoftext|>", *endText = "<|endoftext|>";
constexpr int openAiMerges = 49152 - 256 - 2;

[[noreturn]] void refuse(const std::filesystem::path &path)
{
    throw Error(ErrorKind::Format, QT_TRANSLATE_NOOP("core", "%1 is no vocabulary of CLIP"), {toUtf8(path)});
}

/// GPT-2's byte alphabet: printable bytes stand for themselves, the others for characters from U+0100 on.
const std::array<std::string, 256> &byteAlphabet()
{
    static const auto alphabet = [] {
        std::array<std::string, 256> letters;
        char32_t next = 256;
        for (char32_t byte = 0; byte < 256; ++byte) {
            const bool printable = (byte >= '!' && byte <= '~') || (byte >= 0xa1 && byte <= 0xac) || byte >= 0xae;
            const char32_t point = printable ? byte : next++;
            letters[byte] = utf8Of({&point, 1});
        }
        return letters;
    }();
    return alphabet;
}

std::string inflated(const std::filesystem::path &path)
{
    constexpr std::size_t most = 64'000'000; // OpenAI's has 3 MB: more is a bomb
    const gzFile file = gzopen(path.c_str(), "rb");
    if (!file)
        refuse(path);
    std::string text;
    char buffer[1 << 16];
    int got = 0;
    while ((got = gzread(file, buffer, sizeof buffer)) > 0 && text.size() < most)
        text.append(buffer, static_cast<std::size_t>(got));
    gzclose(file);
    if (got != 0)
        refuse(path);
    return text;
}

std::vector<std::string_view> linesOf(std::string_view text)
{
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const auto end = text.find('\n');
        std::string_view line = text.substr(0, end);
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        lines.push_back(line);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return lines;
}

/// 's 't 're 've 'm 'll 'd
std::size_t contraction(std::u32string_view text, std::size_t at)
{
    static constexpr std::u32string_view endings[] = {U"'s", U"'t", U"'re", U"'ve", U"'m", U"'ll", U"'d"};
    for (const auto ending : endings)
        if (text.substr(at).starts_with(ending))
            return ending.size();
    return 0;
}

/// Letters together, digits alone, runs of anything else but white space.
std::vector<std::u32string> wordsOf(std::u32string_view text)
{
    std::vector<std::u32string> words;
    const auto isOther = [](char32_t c) { return !isWhiteSpace(c) && !isLetter(c) && !isNumber(c); };
    for (std::size_t at = 0; at < text.size();) {
        std::size_t length = contraction(text, at);
        if (length == 0 && isLetter(text[at]))
            while (at + length < text.size() && isLetter(text[at + length]))
                ++length;
        else if (length == 0 && isOther(text[at]))
            while (at + length < text.size() && isOther(text[at + length]))
                ++length;
        else if (length == 0)
            length = 1;
        if (!isWhiteSpace(text[at]))
            words.emplace_back(text.substr(at, length));
        at += length;
    }
    return words;
}

} // namespace

ClipTokenizer::ClipTokenizer(const std::filesystem::path &folder)
{
    namespace fs = std::filesystem;
    const fs::path vocabulary = folder / "vocab.json", merges = folder / "merges.txt", both = folder / "tokenizer.json",
                   packed = folder / "bpe_simple_vocab_16e6.txt.gz", plain = folder / "bpe_simple_vocab_16e6.txt";
    if (fs::exists(vocabulary) && fs::exists(merges)) {
        const auto json = nlohmann::json::parse(readText(vocabulary), nullptr, false);
        if (!json.is_object())
            refuse(vocabulary);
        for (const auto &[piece, number] : json.items())
            m_numbers[piece] = number.is_number_integer() ? number.get<int>() : -1;
        readMerges(readText(merges));
    } else if (fs::exists(both)) {
        readTokenizerJson(both);
    } else if (fs::exists(packed) || fs::exists(plain)) {
        readOpenAi(fs::exists(packed) ? packed : plain);
    } else {
        throw Error(ErrorKind::NotFound,
                    QT_TRANSLATE_NOOP("core",
                                      "%1 has no vocabulary: texts need vocab.json and merges.txt, tokenizer.json "
                                      "or bpe_simple_vocab_16e6.txt.gz beside the weights when they are imported"),
                    {toUtf8(folder)});
    }
    const auto start = m_numbers.find(startText), end = m_numbers.find(endText);
    m_size = vocabularySize(m_numbers);
    if (start == m_numbers.end() || end == m_numbers.end() || m_ranks.empty() || m_size == 0)
        refuse(folder);
    m_start = start->second;
    m_end = end->second;
}

void ClipTokenizer::readMerges(std::string_view text)
{
    for (const std::string_view line : linesOf(text)) {
        const auto space = line.find(' ');
        if (line.starts_with("#version") || space == std::string_view::npos)
            continue;
        m_ranks.emplace(std::pair(std::string(line.substr(0, space)), std::string(line.substr(space + 1))),
                        static_cast<int>(m_ranks.size()));
    }
}

void ClipTokenizer::readTokenizerJson(const std::filesystem::path &path)
{
    const auto json = nlohmann::json::parse(readText(path), nullptr, false);
    const auto model = json.is_object() ? json.find("model") : json.end();
    if (!json.is_object() || model == json.end() || !model->is_object() || !model->contains("vocab") ||
        !model->contains("merges") || !(*model)["vocab"].is_object() || !(*model)["merges"].is_array())
        refuse(path);
    for (const auto &[piece, number] : (*model)["vocab"].items())
        m_numbers[piece] = number.is_number_integer() ? number.get<int>() : -1;
    for (const auto &merge : (*model)["merges"]) { // "a b", or a pair since tokenizers 0.20
        if (merge.is_string())
            readMerges(merge.get<std::string>());
        else if (merge.is_array() && merge.size() == 2 && merge[0].is_string() && merge[1].is_string())
            m_ranks.emplace(std::pair(merge[0].get<std::string>(), merge[1].get<std::string>()),
                            static_cast<int>(m_ranks.size()));
    }
    if (const auto added = json.find("added_tokens"); added != json.end() && added->is_array())
        for (const auto &token : *added)
            if (token.is_object() && token.contains("content") && token["content"].is_string() &&
                token.contains("id") && token["id"].is_number_integer())
                m_numbers[token["content"].get<std::string>()] = token["id"].get<int>();
}

/// The order of numbers is part of the format: bytes, bytes that end a word, merges, start, end. Bytes come in the
/// order of the alphabet's construction: printable ones first.
void ClipTokenizer::readOpenAi(const std::filesystem::path &path)
{
    const std::string text = inflated(path); // passes plain files through
    auto lines = linesOf(text);
    if (lines.size() < 2)
        refuse(path);
    lines.erase(lines.begin()); // the version
    lines.resize(std::min<std::size_t>(lines.size(), openAiMerges));
    for (const std::string_view line : lines)
        readMerges(line);
    std::vector<std::string> letters;
    for (const bool printable : {true, false})
        for (int byte = 0; byte < 256; ++byte) {
            const std::string &letter = byteAlphabet()[static_cast<std::size_t>(byte)];
            if ((codePoints(letter)[0] < 256) == printable)
                letters.push_back(letter);
        }
    for (const char *ending : {"", endOfWord})
        for (const std::string &letter : letters)
            m_numbers.emplace(letter + ending, static_cast<int>(m_numbers.size()));
    std::vector<std::string> merged(m_ranks.size());
    for (const auto &[pair, rank] : m_ranks)
        merged[static_cast<std::size_t>(rank)] = pair.first + pair.second;
    for (const std::string &piece : merged)
        m_numbers.emplace(piece, static_cast<int>(m_numbers.size()));
    for (const char *special : {startText, endText})
        m_numbers.emplace(special, static_cast<int>(m_numbers.size()));
}

void ClipTokenizer::appendWord(const std::u32string &word, std::vector<int> &to) const
{
    std::vector<std::string> parts;
    for (const char byte : utf8Of(word))
        parts.push_back(byteAlphabet()[static_cast<std::uint8_t>(byte)]);
    parts.back() += endOfWord;
    for (;;) { // the merge that was learned first
        int best = std::numeric_limits<int>::max();
        std::pair<std::string, std::string> chosen;
        for (std::size_t i = 0; i + 1 < parts.size(); ++i)
            if (const auto found = m_ranks.find({parts[i], parts[i + 1]});
                found != m_ranks.end() && found->second < best) {
                best = found->second;
                chosen = found->first;
            }
        if (best == std::numeric_limits<int>::max())
            break;
        std::vector<std::string> merged;
        for (std::size_t i = 0; i < parts.size(); ++i)
            if (i + 1 < parts.size() && parts[i] == chosen.first && parts[i + 1] == chosen.second) {
                merged.push_back(parts[i] + parts[i + 1]);
                ++i;
            } else {
                merged.push_back(parts[i]);
            }
        parts = std::move(merged);
    }
    for (const std::string &part : parts) {
        const auto found = m_numbers.find(part);
        to.push_back(found == m_numbers.end() ? m_end : found->second);
    }
}

std::vector<int> ClipTokenizer::pieces(std::string_view text) const
{
    std::vector<int> numbers;
    while (!text.empty()) {
        // Special tokens written out in the text are what they say.
        const auto start = text.find(startText), end = text.find(endText);
        const auto special = std::min(start, end);
        for (const std::u32string &word : wordsOf(codePoints(lowered(composed(text.substr(0, special))))))
            appendWord(word, numbers);
        if (special == std::string_view::npos)
            break;
        numbers.push_back(special == start ? m_start : m_end);
        text.remove_prefix(special + std::string_view(special == start ? startText : endText).size());
    }
    return numbers;
}

std::vector<int> ClipTokenizer::encoded(std::string_view text, int contextLength) const
{
    std::vector<int> numbers = pieces(text);
    numbers.resize(std::min(numbers.size(), static_cast<std::size_t>(std::max(0, contextLength - 2))));
    numbers.insert(numbers.begin(), m_start);
    numbers.push_back(m_end);
    numbers.resize(static_cast<std::size_t>(contextLength), m_end);
    return numbers;
}

} // namespace likeness
