#pragma once

#include "core/base/task.h"

#include <filesystem>
#include <string>

namespace likeness {

/// How a file is fetched over HTTP.
struct DownloadOptions {
    std::string
        proxy; ///< empty: the system's (http_proxy and the like); "none"; "http://host:port", "socks5://host:port"
    std::string sha256;     ///< hexadecimal, all of it or its first digits; empty where nobody published one
    std::int64_t bytes = 0; ///< for progress until the server says it
};

/// Fetches `url` (http or https) into `to`. What has come stays beside it as "<to>.part" after a cancel or an error and
/// the next call goes on from there if the server's file is still the same; it becomes `to` only when it is whole and
/// has the checksum. A connection that breaks is tried again while it brings something. Progress is in bytes. Needs a
/// QCoreApplication; callable from any thread. Throws Error{Io}: no network, an answer that is an error, no space;
/// Error{Format}: a web page instead of the file, another checksum; Cancelled.
void download(const std::string &url, const std::filesystem::path &to, const DownloadOptions &options,
              TaskContext &task);

/// `url` at the mirror: its scheme and host replaced by those (and the folder) of `mirror`; `url` itself where that is
/// empty.
std::string mirrored(const std::string &url, const std::string &mirror);

} // namespace likeness
