#pragma once

#include <QTemporaryDir>
#include <cstdlib>
#include <filesystem>

namespace likeness::test {

/// A folder of its own for configuration, data and cache, so that a test sees nothing of the user's and leaves nothing
/// behind. Make it before the application object.
class Sandbox {
public:
    Sandbox()
    {
        for (const char *variable : {"XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"})
            ::setenv(variable, m_dir.path().toStdString().c_str(), 1);
        ::setenv("LIKENESS_CACHE_DIR", (path() / "cache").c_str(), 1);
        ::setenv("LIKENESS_MODEL_DIR", (path() / "models").c_str(), 1);
    }
    std::filesystem::path path() const { return m_dir.path().toStdString(); }

private:
    QTemporaryDir m_dir;
};

} // namespace likeness::test
