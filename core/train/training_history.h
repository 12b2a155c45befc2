#pragma once

#include "core/base/error.h"

#include <array>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <span>
#include <vector>

namespace likeness {

/// What a run has measured at a step; not a number where it did not.
struct HistoryPoint {
    static constexpr double none = std::numeric_limits<double>::quiet_NaN();

    std::int64_t step = 0; ///< counted from 1
    double epoch = 0;
    double seconds = 0; ///< of training, all sessions together
    double loss = none, rate = none;
    double entropy = none, overlap = none; ///< the additions before their weights
    double accuracy = none;                ///< of pairs (siamese)
    double deviation = none; ///< mean standard deviation of an embedding's entries; 1 / sqrt(d) at best, 0: collapse
    double imagesPerSecond = none; ///< views
    double validationLoss = none, validationAccuracy = none;
    double recall1 = none, uap = none; ///< of copies of held-out images among them
    double alignment = none;           ///< E |x - y|^2 of copies (Wang and Isola 2020)
    double uniformity = none;          ///< log E exp(-2 |x - y|^2) of different images

    bool isValidation() const { return validationLoss == validationLoss; }
};

/// The columns of history.csv after step, epoch and seconds.
struct HistoryColumn {
    const char *key;
    const char *label; ///< marked QT_TRANSLATE_NOOP("core", ...)
    double HistoryPoint::*value;
};
std::span<const HistoryColumn> historyColumns();

/// Appends to history.csv; a point is written at once, as a whole line.
class HistoryWriter {
public:
    /// Keeps what is there up to step `last` and drops the rest. Throws Error{Io}.
    HistoryWriter(const std::filesystem::path &path, std::int64_t last);
    ~HistoryWriter();
    HistoryWriter(const HistoryWriter &) = delete;
    HistoryWriter &operator=(const HistoryWriter &) = delete;
    /// A full disk is no reason to stop: returns false.
    bool add(const HistoryPoint &point);

private:
    int m_file = -1;
};

/// Columns are found by their names: unknown ones are passed over, missing ones are not a number. A last line that is
/// not whole is left out. Throws Error{NotFound|Io|Format}.
std::vector<HistoryPoint> readHistory(const std::filesystem::path &path);

} // namespace likeness
