#include "core/data/workspace.h"

#include "core/base/file.h"

namespace likeness {

namespace fs = std::filesystem;

Workspace Workspace::open(const fs::path &folder, TaskContext &context)
{
    std::error_code ignored; // an unreadable parent is said by the scan
    const bool isWorkspace = fs::is_directory(folder / "dataset", ignored);
    Workspace workspace;
    if (isWorkspace)
        workspace = besideGallery(folder, context);
    workspace.root = folder;
    workspace.gallery = ImageSet::scan(isWorkspace ? folder / "dataset" : folder, context);
    return workspace;
}

Workspace Workspace::besideGallery(const fs::path &folder, TaskContext &context)
{
    Workspace workspace;
    workspace.root = folder;
    std::error_code ignored;
    if (fs::is_directory(folder / "query", ignored))
        workspace.queries = ImageSet::scan(folder / "query", context);
    if (const fs::path truth = folder / "ground_truth.csv"; fs::exists(truth, ignored)) {
        try {
            workspace.truth = GroundTruth::read(truth);
        } catch (const Error &error) {
            context.problem({toUtf8(truth), error.message()});
        }
    }
    return workspace;
}

void requireGallery(const Workspace &workspace)
{
    if (workspace.gallery.empty())
        throw Error(ErrorKind::NotFound,
                    QT_TRANSLATE_NOOP("core", "%1 holds no image (looked for dataset/ and for image files)"),
                    {toUtf8(workspace.root)});
}

void requireQueries(const Workspace &workspace)
{
    if (workspace.queries.empty())
        throw Error(ErrorKind::NotFound,
                    QT_TRANSLATE_NOOP("core", "%1 has no query images: put them into its folder query/"),
                    {toUtf8(workspace.root)});
}

} // namespace likeness
