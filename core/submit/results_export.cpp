#include "core/submit/results_export.h"

#include "core/base/csv.h"
#include "core/base/file.h"
#include "core/base/json_text.h"
#include "core/base/params.h"
#include "core/data/image.h"
#include "core/search/preview.h"

#include <nlohmann/json.hpp>
#include <ostream>

namespace likeness {

namespace {

constexpr int picturePx = 160;
constexpr int jpegQuality = 80;

/// "1", "0", or nothing where nobody knows.
std::string rightText(const std::set<std::string> *sources, const std::string &name)
{
    return !sources ? "" : sources->contains(name) ? "1" : "0";
}

struct Export {
    const Workspace &workspace;
    std::span<const QueryResult> results;
    std::size_t best;

    const std::set<std::string> *sourcesOf(const QueryResult &result) const
    {
        return workspace.truth ? workspace.truth->sourcesOf(result.query) : nullptr;
    }
    std::span<const Hit> hitsOf(const QueryResult &result) const
    {
        return std::span(result.ranking).first(std::min(best, result.ranking.size()));
    }
    const std::string &nameOf(const Hit &hit) const { return workspace.gallery[hit.image].name; }
};

void writeCsv(std::ostream &out, const Export &all)
{
    writeCsvRow(out, {"query", "rank", "source", "score", "margin", "right"});
    for (const QueryResult &result : all.results) {
        int rank = 0;
        for (const Hit &hit : all.hitsOf(result))
            writeCsvRow(out, {result.query, std::to_string(++rank), all.nameOf(hit), toText(double(hit.score)),
                              toText(double(hit.margin)), rightText(all.sourcesOf(result), all.nameOf(hit))});
    }
}

void writeJson(std::ostream &out, const Export &all)
{
    nlohmann::ordered_json queries = nlohmann::ordered_json::array();
    for (const QueryResult &result : all.results) {
        nlohmann::ordered_json answers = nlohmann::ordered_json::array();
        const auto *sources = all.sourcesOf(result);
        for (const Hit &hit : all.hitsOf(result)) {
            nlohmann::ordered_json answer{{"source", all.nameOf(hit)}, {"score", hit.score}, {"margin", hit.margin}};
            if (hit.inliers >= 0)
                answer["inliers"] = hit.inliers;
            if (sources)
                answer["right"] = sources->contains(all.nameOf(hit));
            answers.push_back(std::move(answer));
        }
        queries.push_back({{"query", result.query}, {"answers", std::move(answers)}});
    }
    out << dumpJson(queries, 1) << '\n';
}

std::string base64(std::span<const std::uint8_t> bytes)
{
    static constexpr char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const auto at = [&](std::size_t k) { return i + k < bytes.size() ? std::uint32_t(bytes[i + k]) : 0U; };
        const std::uint32_t three = at(0) << 16 | at(1) << 8 | at(2);
        for (int k = 0; k < 4; ++k)
            text += i + std::size_t(k) <= bytes.size() ? digits[three >> (18 - 6 * k) & 63] : '=';
    }
    return text;
}

std::string inHtml(const std::string &text)
{
    std::string safe;
    for (const char c : text)
        switch (c) {
        case '<':
            safe += "&lt;";
            break;
        case '>':
            safe += "&gt;";
            break;
        case '&':
            safe += "&amp;";
            break;
        case '"':
            safe += "&quot;";
            break;
        default:
            safe += c;
        }
    return safe;
}

void writePicture(std::ostream &out, const ImageRef &image, const char *kind, const std::string &caption,
                  FeatureCache *cache, TaskContext &context)
{
    out << "<figure class=\"" << kind << "\">";
    try {
        const cv::Mat small = previewImage(image.path, picturePx, cache);
        out << "<img alt=\"" << inHtml(image.name) << "\" src=\"data:image/jpeg;base64,"
            << base64(encodeJpeg(small, jpegQuality)) << "\">";
    } catch (const Error &error) {
        context.problem({image.name, error.message()});
    }
    out << "<figcaption>" << inHtml(caption) << "</figcaption></figure>\n";
}

void writeSheet(std::ostream &out, const Export &all, const SheetTexts &texts, FeatureCache *cache,
                TaskContext &context)
{
    out << "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>" << inHtml(texts.title)
        << "</title><style>body{font-family:sans-serif;margin:24px}section{display:flex;flex-wrap:wrap;gap:8px;"
           "border-bottom:1px solid #ccc;padding:8px 0}figure{margin:0;width:"
        << picturePx + 8 << "px;text-align:center;font-size:12px;overflow-wrap:anywhere}img{max-width:" << picturePx
        << "px;max-height:" << picturePx
        << "px;padding:2px;border:2px solid transparent}.right img{border:2px solid #0b62b8}.wrong img{border:2px "
           "dotted #b85c00}.query{font-weight:bold}</style></head><body><h1>"
        << inHtml(texts.title) << "</h1>\n";
    std::int64_t done = 0;
    for (const QueryResult &result : all.results) {
        context.checkCancelled();
        const auto query = all.workspace.queries.find(result.query);
        const auto *sources = all.sourcesOf(result);
        out << "<section>\n";
        if (query)
            writePicture(out, all.workspace.queries[*query], "query",
                         sources && sources->empty() ? result.query + " — " + texts.noSource : result.query, cache,
                         context);
        int rank = 0;
        for (const Hit &hit : all.hitsOf(result)) {
            const std::string right = rightText(sources, all.nameOf(hit));
            writePicture(out, all.workspace.gallery[hit.image],
                         right.empty()  ? "answer"
                         : right == "1" ? "right"
                                        : "wrong",
                         std::to_string(++rank) + ". " + all.nameOf(hit), cache, context);
        }
        out << "</section>\n";
        context.progress(++done, std::int64_t(all.results.size()));
    }
    out << "</body></html>\n";
}

} // namespace

void exportResults(const std::filesystem::path &file, const Workspace &workspace, std::span<const QueryResult> results,
                   std::size_t best, const SheetTexts &texts, FeatureCache *cache, TaskContext &context)
{
    const Export all{workspace, results, best};
    const std::string kind = file.extension().string();
    if (kind != ".csv" && kind != ".json" && kind != ".html")
        throw Error(ErrorKind::InvalidArgument,
                    QT_TRANSLATE_NOOP("core", "results are written as .csv, .json or .html, not as %1"),
                    {toUtf8(file.filename())});
    context.stage(QT_TRANSLATE_NOOP("core", "Writing the results"), 1, 1);
    writeFileAside(file, [&](std::ostream &out) {
        kind == ".csv"    ? writeCsv(out, all)
        : kind == ".json" ? writeJson(out, all)
                          : writeSheet(out, all, texts, cache, context);
    });
}

} // namespace likeness
