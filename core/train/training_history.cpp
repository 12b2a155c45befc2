#include "core/train/training_history.h"

#include "core/base/file.h"
#include "core/base/plain_text.h"

#include <algorithm>
#include <cmath>
#include <fcntl.h>
#include <ostream>
#include <sstream>
#include <unistd.h>

namespace likeness {

namespace {

std::string lineOf(const HistoryPoint &point)
{
    std::string line =
        std::to_string(point.step) + ',' + roundedText(point.epoch, 6) + ',' + fixedText(point.seconds, 3);
    for (const HistoryColumn &column : historyColumns()) {
        const double value = point.*column.value;
        line += ',' + (std::isnan(value) ? std::string() : roundedText(value, 9));
    }
    return line + '\n';
}

/// Nothing if a cell is neither empty nor a number.
std::vector<double> numbersOf(const std::string &line)
{
    std::vector<double> values;
    std::istringstream cells(line + ',');
    for (std::string cell; std::getline(cells, cell, ',');) {
        const auto value = cell.empty() ? HistoryPoint::none : numberIn(cell);
        if (!value)
            return {};
        values.push_back(*value);
    }
    return values;
}

std::string headOf()
{
    std::string head = "step,epoch,seconds";
    for (const HistoryColumn &column : historyColumns())
        head += std::string(",") + column.key;
    return head + '\n';
}

} // namespace

std::span<const HistoryColumn> historyColumns()
{
    static constexpr HistoryColumn columns[] = {
        {"loss", QT_TRANSLATE_NOOP("core", "Loss"), &HistoryPoint::loss},
        {"rate", QT_TRANSLATE_NOOP("core", "Learning rate"), &HistoryPoint::rate},
        {"entropy", QT_TRANSLATE_NOOP("core", "Entropy term"), &HistoryPoint::entropy},
        {"overlap", QT_TRANSLATE_NOOP("core", "Overlap term"), &HistoryPoint::overlap},
        {"accuracy", QT_TRANSLATE_NOOP("core", "Pair accuracy"), &HistoryPoint::accuracy},
        {"deviation", QT_TRANSLATE_NOOP("core", "Deviation of the vectors"), &HistoryPoint::deviation},
        {"images_per_second", QT_TRANSLATE_NOOP("core", "Views a second"), &HistoryPoint::imagesPerSecond},
        {"validation_loss", QT_TRANSLATE_NOOP("core", "Validation loss"), &HistoryPoint::validationLoss},
        {"validation_accuracy", QT_TRANSLATE_NOOP("core", "Validation pair accuracy"),
         &HistoryPoint::validationAccuracy},
        {"recall1", QT_TRANSLATE_NOOP("core", "Recall@1 of copies"), &HistoryPoint::recall1},
        {"uap", QT_TRANSLATE_NOOP("core", "µAP of copies"), &HistoryPoint::uap},
        {"alignment", QT_TRANSLATE_NOOP("core", "Alignment"), &HistoryPoint::alignment},
        {"uniformity", QT_TRANSLATE_NOOP("core", "Uniformity"), &HistoryPoint::uniformity},
    };
    return columns;
}

HistoryWriter::HistoryWriter(const std::filesystem::path &path, std::int64_t last)
{
    std::vector<HistoryPoint> kept;
    if (last > 0 && std::filesystem::exists(path))
        kept = readHistory(path);
    writeFileAside(path, [&](std::ostream &out) {
        out << headOf();
        for (const HistoryPoint &point : kept)
            if (point.step <= last)
                out << lineOf(point);
    });
    m_file = ::open(path.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC);
    if (m_file < 0)
        throwUnwritable(path, std::error_code(errno, std::generic_category()));
}

HistoryWriter::~HistoryWriter()
{
    ::close(m_file);
}

bool HistoryWriter::add(const HistoryPoint &point)
{
    const std::string line = lineOf(point);
    return ::write(m_file, line.data(), line.size()) == static_cast<ssize_t>(line.size());
}

std::vector<HistoryPoint> readHistory(const std::filesystem::path &path)
{
    std::istringstream lines(readText(path));
    std::string line;
    // By name: another version may have more columns, or fewer.
    std::getline(lines, line);
    std::vector<std::string> names;
    std::istringstream heads(line);
    for (std::string name; std::getline(heads, name, ',');)
        names.push_back(name);
    if (names.empty() || names.front() != "step" || std::ranges::find(names, "loss") == names.end())
        throw Error(ErrorKind::Format, QT_TRANSLATE_NOOP("core", "%1 is not the history of a training run"),
                    {toUtf8(path)});
    std::vector<HistoryPoint> points;
    while (std::getline(lines, line)) {
        if (lines.eof()) // without its end: cut short
            break;
        const auto values = numbersOf(line);
        if (values.size() != names.size())
            continue; // the remains of a full disk
        const auto valueOf = [&](const char *name) {
            const auto found = std::ranges::find(names, name);
            return found == names.end() ? HistoryPoint::none : values[static_cast<std::size_t>(found - names.begin())];
        };
        HistoryPoint point;
        point.step = static_cast<std::int64_t>(values[0]);
        point.epoch = valueOf("epoch");
        point.seconds = valueOf("seconds");
        for (const HistoryColumn &column : historyColumns())
            point.*column.value = valueOf(column.key);
        points.push_back(point);
    }
    return points;
}

} // namespace likeness
