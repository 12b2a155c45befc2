#pragma once

#include "core/nets/build/architectures.h"
#include "core/nets/image/preprocessing.h"
#include "core/nets/text/tokenizer.h"

#include <filesystem>
#include <memory>
#include <optional>

namespace likeness {

/// One tower of a file: what was recognised and where its parameters lie.
struct Tower {
    const Architecture *architecture = &residualArchitecture;
    Parameters parameters;
    NetworkFacts facts;
    Graph graph;
    int dimension = 0; ///< of its vector
};

/// What a user may have to add to a file that does not say it.
struct ImportChoices {
    std::optional<bool> quickGelu;
    int heads = 0;
    int resizePx = 0;        ///< short side before the crop, where the authors' differs from the family's
    bool runProgram = false; ///< a TorchScript file of unknown architecture may run as it is
    std::string entry;       ///< which file of weights in a wheel or zip archive, by its name there
};

/// Only the user can say it.
class ChoiceNeeded : public Error {
public:
    enum class Question { Activation, RunProgram, Entry };
    ChoiceNeeded(Question question, const char *text, std::vector<MessageArgument> args)
        : Error(ErrorKind::Unavailable, text, std::move(args)), m_question(question)
    {
    }
    /// Which of these entries of an archive.
    ChoiceNeeded(std::vector<std::string> entries, const char *text, std::vector<MessageArgument> args)
        : ChoiceNeeded(Question::Entry, text, std::move(args))
    {
        m_entries = std::move(entries);
    }
    Question question() const { return m_question; }
    const std::vector<std::string> &entries() const { return m_entries; }

private:
    Question m_question;
    std::vector<std::string> m_entries;
};

/// A file of weights as a network, without running anything. Parameters point into `file`.
struct NetworkModel {
    std::shared_ptr<const WeightFile> file;
    std::string title;   ///< "ViT, 12 blocks of 768, patches of 16 px"
    std::string family;  ///< as modelFamily() knows it
    std::string library; ///< whose names the tensors have
    Tower image;
    std::optional<Tower> text;
    int contextLength = 0; ///< of the text tower
    TextNeeds textNeeds;
    double logitScale = 0; ///< factor of cosines before a softmax; 0 where there is none
    Preprocessing preprocessing;
    std::vector<std::string> unused;  ///< tensors that the network does not need
    std::vector<Message> notes;       ///< what was assumed or repaired
    std::vector<std::string> foreign; ///< names of files beside it that describe another network
};

/// Weights that were looked through when they were imported need no second look at every number.
enum class Trust { Untrusted, Installed };

/// Recognises the architecture by its tensor names and shapes, with what config.json, preprocessor_config.json and
/// open_clip_config.json beside the file add. Throws Error{Format}: unknown architecture (names seen), a tensor missing
/// or of another shape, not a number among the weights; ChoiceNeeded.
NetworkModel recogniseNetwork(const std::filesystem::path &path, const ImportChoices &choices = {},
                              Trust trust = Trust::Untrusted);

} // namespace likeness
