#pragma once

#include "core/nets/text/tokenizer.h"

#include <map>
#include <string>
#include <unordered_map>

namespace likeness {

/// CLIP's byte-pair encoding (Radford et al. 2021, Sennrich et al. 2016): lower case, words by letters, single digits
/// and runs of signs, bytes as visible characters, merges in order; as Hugging Face's CLIPTokenizer. Reads vocab.json
/// and merges.txt, tokenizer.json, or OpenAI's bpe_simple_vocab_16e6.txt(.gz). Thread-safe.
class ClipTokenizer final : public Tokenizer {
public:
    /// Throws Error{NotFound} where the folder has none of these, Error{Format} where one is damaged.
    explicit ClipTokenizer(const std::filesystem::path &folder);

    std::vector<int> pieces(std::string_view text) const override;
    /// Filled with the end's number to `contextLength`.
    std::vector<int> encoded(std::string_view text, int contextLength) const override;
    int size() const override { return m_size; }

private:
    void readMerges(std::string_view text);
    void readTokenizerJson(const std::filesystem::path &path);
    void readOpenAi(const std::filesystem::path &path);
    void appendWord(const std::u32string &word, std::vector<int> &to) const;

    std::unordered_map<std::string, int> m_numbers;
    std::map<std::pair<std::string, std::string>, int> m_ranks;
    int m_start = 0, m_end = 0, m_size = 0;
};

} // namespace likeness
