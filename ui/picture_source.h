#pragma once

#include "ui/query.h"

#include <QPoint>

namespace likeness::ui {

/// What a widget shows of pictures, for the one menu of a picture and the keys that go with it. A widget that shows
/// any inherits it beside QWidget; PictureMenu finds it by that.
class PictureSource {
public:
    virtual ~PictureSource() = default;
    /// Those that are meant at a point of the screen: all chosen ones where it lies on one of them.
    virtual std::vector<Query> picturesAt(QPoint global) const = 0;
    /// Those that are chosen.
    virtual std::vector<Query> chosenPictures() const = 0;
    /// Chooses the picture after (1) or before (-1) the chosen one; false where there is none.
    virtual bool chooseBeside(int) { return false; }
};

} // namespace likeness::ui
