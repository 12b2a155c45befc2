#pragma once

#include "ui/page_state.h"
#include "ui/session.h"
#include "ui/widgets/match_view.h"

namespace likeness::ui {

/// A pair that is matched, with its keypoints; used by the job alone once made.
struct MatchedPictures {
    cv::Mat a, b;
    PairMatcher matcher;
};

/// What the page of matches shows, and with which options.
class MatchState final : public PageState {
public:
    Query a, b;
    bool ownFiles = false; ///< chosen on the page, not by the search
    std::string preset = "default";
    ParamValues options; ///< empty: nobody has seen the page yet
    std::shared_ptr<MatchedPictures> pictures;
    std::shared_ptr<const ImageMatch> match;
    double ms = 0;        ///< what the match took
    bool current = false; ///< `match` is of these pictures with these options
    int selected = -1;    ///< of its matches
    MatchLook look;
    int tab = 0;

    /// "likeness-cli match ..." that prints the same; empty where pictures have no file.
    QString command() const;
};

} // namespace likeness::ui
