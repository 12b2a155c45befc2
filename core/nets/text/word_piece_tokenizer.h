#pragma once

#include "core/nets/text/tokenizer.h"

#include <string>
#include <unordered_map>

namespace likeness {

/// BERT's word pieces (Devlin et al. 2019, Wu et al. 2016), as Hugging Face's BertTokenizer: control characters go,
/// Chinese characters and signs stand alone, lower case without accents unless tokenizer_config.json says otherwise,
/// then the longest pieces from the left, the later ones marked "##". Reads vocab.txt or tokenizer.json.
class WordPieceTokenizer final : public Tokenizer {
public:
    explicit WordPieceTokenizer(const std::filesystem::path &folder);
    /// Whether the folder has a vocabulary of this kind.
    static bool fits(const std::filesystem::path &folder);

    std::vector<int> pieces(std::string_view text) const override;
    /// Not filled up: a text tower that sees every word of a text needs no mask.
    std::vector<int> encoded(std::string_view text, int contextLength) const override;
    int size() const override { return m_size; }

private:
    int number(const std::string &piece) const;
    void appendWord(const std::u32string &word, std::vector<int> &to) const;
    std::vector<std::u32string> wordsOf(std::string_view text) const;

    std::unordered_map<std::string, int> m_numbers;
    bool m_lowerCase = true;
    int m_size = 0;
};

} // namespace likeness
