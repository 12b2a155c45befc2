#include "core/train/objective_stages.h"

namespace likeness {

std::span<const Stage<Objective>> objectives()
{
    static const std::vector<Stage<Objective>> all{
        stage("nt-xent", "SimCLR (NT-Xent)",
              QT_TRANSLATE_NOOP("core",
                                "Each view has to find the other view of its image among all views of the batch. The "
                                "best one for finding copies; large batches or a memory help."),
              1, makeObjective<NtXentOptions>),
        stage("siamese", QT_TRANSLATE_NOOP("core", "Siamese (binary)"),
              QT_TRANSLATE_NOOP("core",
                                "Tells pairs of views of one image from pairs of two images. Its accuracy says plainly "
                                "how well; weaker in a search."),
              1, makeObjective<SiameseOptions>),
        stage("contrastive", QT_TRANSLATE_NOOP("core", "Contrastive (margin)"),
              QT_TRANSLATE_NOOP("core", "Pulls views of one image together and pushes those of two images apart, up to "
                                        "a margin."),
              1, makeObjective<ContrastiveOptions>),
        stage("triplet", QT_TRANSLATE_NOOP("core", "Triplets"),
              QT_TRANSLATE_NOOP("core", "A copy has to be nearer than another image by a margin; which other image is "
                                        "a matter of mining."),
              1, makeObjective<TripletOptions>),
        stage("simcse", "SimCSE",
              QT_TRANSLATE_NOOP("core",
                                "The same picture twice with dropout as the only difference, or copies with the most "
                                "similar other image as a hard negative."),
              1, makeObjective<SimCseOptions>),
        stage("supcon", QT_TRANSLATE_NOOP("core", "Supervised contrastive (SupCon)"),
              QT_TRANSLATE_NOOP("core", "Images of one sub-folder belong together; for galleries that are sorted."), 1,
              makeObjective<SupConOptions>),
    };
    return all;
}

const Stage<Objective> &objectiveById(std::string_view id)
{
    return stageOf(objectives(), id);
}

} // namespace likeness
