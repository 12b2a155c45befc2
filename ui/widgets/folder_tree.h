#pragma once

#include "core/data/image_set.h"

#include <QTreeWidget>

namespace likeness::ui {

/// The sub-folders of a set of images with how many lie in and below each; the first row is all of them.
class FolderTree final : public QTreeWidget {
    Q_OBJECT

public:
    explicit FolderTree(QWidget *parent = nullptr);
    void setImages(const ImageSet &images);
    bool hasFolders() const { return m_hasFolders; }

Q_SIGNALS:
    void folderChosen(const QString &folder); ///< as names of images begin; empty for all

private:
    bool m_hasFolders = false;
};

} // namespace likeness::ui
