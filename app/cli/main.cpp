#include "app/cli/options.h"
#include "core/base/parallel.h"

#include <QCoreApplication>
#include <QLocale>
#include <QTranslator>
#include <clocale>
#include <cstdio>
#include <iostream>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

using namespace likeness;

namespace {

int complain(const Message &message, cli::ExitCode code)
{
    std::fprintf(stderr, "likeness-cli: %s\n", message.localised().c_str());
    return code;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    std::setlocale(LC_NUMERIC, "C"); // Qt has taken the user's: a comma would stand in numbers of files and options
    QTranslator translator;
    if (translator.load(QLocale(), QStringLiteral("likeness"), QStringLiteral("_"), QStringLiteral(":/i18n")))
        QCoreApplication::installTranslator(&translator);
    spdlog::set_default_logger(spdlog::stderr_logger_mt("likeness"));
    spdlog::set_pattern("%l: %v");

    cli::Run run;
    const auto commands = cli::commandLine(run);
    try {
        commands->parse(argc, argv);
    } catch (const CLI::ParseError &error) {
        return commands->exit(error) == 0 ? cli::Done : cli::BadUsage;
    }
    setThreadCount(0);
    try {
        const cli::ExitCode code = run();
        std::cout.flush();
        // A full disk behind a redirection must not look like success.
        if (!std::cout || std::fflush(stdout) != 0 || std::ferror(stdout))
            return complain({QT_TRANSLATE_NOOP("core", "the standard output cannot be written"), {}}, cli::NothingDone);
        return code;
    } catch (const Cancelled &) {
        return cli::Interrupted;
    } catch (const cli::UsageError &error) {
        return complain(error.message, cli::BadUsage);
    } catch (const Error &error) {
        return complain(error.message(), error.kind() == ErrorKind::InvalidArgument ? cli::BadUsage : cli::NothingDone);
    } catch (const std::exception &error) {
        return complain(messageOf(error), cli::NothingDone);
    }
}
