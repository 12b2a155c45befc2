#pragma once

#include "core/eval/calibration.h"
#include "core/rank/ranking.h"

#include <QStringList>
#include <optional>

namespace likeness::ui {

/// How sure an answer is, in steps that have words.
enum class Certainty { Unknown, Unlikely, Likely, Certain };

/// What is said of the answers to one query.
struct Judgement {
    std::vector<Certainty> hits{}; ///< one a place of the ranking
    /// The place from which answers stand out no more than unrelated pictures do; the number of answers where all
    /// stand out; -1 where scores say nothing of that.
    int noiseFrom = -1;
    int near = 0;                         ///< answers before the noise, without the picture itself
    Certainty first = Certainty::Unknown; ///< of the best answer that is not the picture itself
};

/// `probability` is that of the best answer beside the picture `itself` (an image of the ranking; -1 for none), where
/// it is known; of the others it is told by how far they stand out of the gallery.
Judgement judgementOf(const Ranking &ranking, int itself, std::optional<double> probability);

/// "certain", "likely", "unlikely"; empty for an unknown one.
QString certaintyText(Certainty certainty);

/// The answer in a sentence: "One copy, mirrored; nothing else near." `changes`: what a geometric proof says of how the
/// query came from the best answer; no value where there is none.
QString sentenceOf(const Judgement &judgement, const std::optional<QStringList> &changes);

} // namespace likeness::ui
