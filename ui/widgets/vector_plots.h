#pragma once

#include "core/eval/vector_analysis.h"

#include <QWidget>

class QLabel;

namespace likeness::ui {

class CurveChart;
class PairHistogram;
class PointChart;

/// The classic plots of small vectors: variance explained by the first directions, distances before and after
/// whitening, recall by the size of a code.
class VectorPlots final : public QWidget {
    Q_OBJECT

public:
    explicit VectorPlots(QWidget *parent = nullptr);
    void setAnalysis(const VectorAnalysis &analysis, const QString &recipe);
    /// All four by the extension: .png, .svg or .csv. Empty on success, else why not.
    QString save(const QString &file);

private:
    void showExplained();
    void showCodes();

    VectorAnalysis m_analysis;
    QLabel *m_summary;
    CurveChart *m_explained;
    PairHistogram *m_before, *m_after;
    PointChart *m_codes;
};

} // namespace likeness::ui
