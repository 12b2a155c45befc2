#pragma once

#include "core/base/task.h"
#include "ui/session.h"

#include <QStringList>

namespace likeness::ui {

/// How a query came from a picture, in words, where their keypoints prove that it did: matched at a reduced size, which
/// takes a fifth of a second. Any thread; throws Cancelled. No value without a proof, or where one cannot be read.
std::optional<QStringList> changesBetween(const Query &query, const std::filesystem::path &picture,
                                          const TaskContext &context);

} // namespace likeness::ui
