#include "core/nets/models/download.h"

#include "core/base/file.h"

#include <QCryptographicHash>
#include <QEventLoop>
#include <QFile>
#include <QNetworkAccessManager>
#include <QNetworkProxy>
#include <QNetworkReply>
#include <QTimer>
#include <QUrl>
#include <thread>

namespace fs = std::filesystem;

namespace likeness {

namespace {

constexpr int silenceMs = 30000, pollMs = 50, mostBreaks = 5;

QString pathText(const fs::path &path)
{
    return QString::fromStdString(toUtf8(path));
}

QNetworkProxy proxyNamed(const std::string &text)
{
    if (text == "none")
        return QNetworkProxy(QNetworkProxy::NoProxy);
    const QUrl url(QString::fromStdString(text));
    const bool socks = url.scheme().startsWith(QLatin1String("socks"));
    if (url.host().isEmpty() || (!socks && url.scheme() != QLatin1String("http")))
        throw Error(ErrorKind::InvalidArgument,
                    QT_TRANSLATE_NOOP("core", "\"%1\" is no proxy: http://host:port, socks5://host:port or none"),
                    {text});
    return QNetworkProxy(socks ? QNetworkProxy::Socks5Proxy : QNetworkProxy::HttpProxy, url.host(),
                         static_cast<quint16>(url.port(socks ? 1080 : 8080)), url.userName(), url.password());
}

/// One connection: appends to the unfinished file what the server sends.
class Transfer {
public:
    Transfer(const std::string &url, const fs::path &part, const DownloadOptions &options, TaskContext &task)
        : m_url(url),
          m_file(pathText(part)),
          m_tagFile(pathText(part) + QStringLiteral(".tag")),
          m_options(options),
          m_task(task)
    {
    }

    /// Throws what cannot be mended by another try. False: the connection broke.
    bool run(QNetworkAccessManager &manager)
    {
        openPart();
        m_known = stored();
        if (m_known.tag.isEmpty() && m_options.sha256.empty())
            m_file.resize(0); // nothing would tell a newer version joined to it
        m_begin = m_file.size();
        QNetworkRequest request(QUrl(QString::fromStdString(m_url)));
        request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::NoLessSafeRedirectPolicy);
        request.setHeader(QNetworkRequest::UserAgentHeader, QStringLiteral("likeness"));
        request.setRawHeader("Accept-Encoding", "identity"); // sizes and ranges are those of the file
        request.setTransferTimeout(silenceMs);
        if (m_begin > 0) {
            request.setRawHeader("Range", "bytes=" + QByteArray::number(m_begin) + "-");
            if (!m_known.tag.isEmpty())
                request.setRawHeader("If-Range", m_known.tag);
        }
        const std::unique_ptr<QNetworkReply> reply(manager.get(request));
        reply->setReadBufferSize(4 << 20); // a disk that is slower than the network must not fill the memory
        QEventLoop loop;
        QTimer poll;
        QObject::connect(&poll, &QTimer::timeout, &loop, [&] {
            if (m_task.isCancelled())
                reply->abort();
        });
        QObject::connect(reply.get(), &QNetworkReply::readyRead, &loop, [&] { take(*reply); });
        QObject::connect(reply.get(), &QNetworkReply::finished, &loop, &QEventLoop::quit);
        poll.start(pollMs);
        if (!reply->isFinished())
            loop.exec();
        take(*reply);
        m_file.close();
        return outcomeOf(*reply);
    }
    qint64 size() const { return m_file.size(); }
    const std::string &cause() const { return m_cause; }

private:
    void openPart()
    {
        if (!m_file.open(QIODevice::ReadWrite | QIODevice::Append | QIODevice::Unbuffered))
            cannotWrite();
    }
    [[noreturn]] void cannotWrite()
    {
        throw Error(ErrorKind::Io, QT_TRANSLATE_NOOP("core", "%1 cannot be written: %2"),
                    {m_file.fileName().toStdString(), m_file.errorString().toStdString()});
    }
    /// Which version of the file the unfinished one belongs to.
    struct Version {
        QByteArray tag;   ///< ETag or Last-Modified, for If-Range
        qint64 total = 0; ///< bytes of the whole file; 0 unknown
    };
    Version stored() const
    {
        QFile file(m_tagFile);
        if (!file.open(QIODevice::ReadOnly))
            return {};
        const QByteArray tag = file.readLine().trimmed();
        return {tag, file.readLine().trimmed().toLongLong()};
    }
    void storeTag(const QNetworkReply &reply)
    {
        // A weak tag says nothing about bytes (RFC 9110, 13.1.5).
        QByteArray tag = reply.rawHeader("ETag");
        if (tag.isEmpty() || tag.startsWith("W/"))
            tag = reply.rawHeader("Last-Modified");
        QFile file(m_tagFile);
        if (file.open(QIODevice::WriteOnly))
            file.write(tag + '\n' + QByteArray::number(m_total) + '\n');
    }

    /// The first bytes of an answer: is it the file, and from where on?
    void begin(QNetworkReply &reply)
    {
        m_begun = true;
        const int status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        const QByteArray type = reply.header(QNetworkRequest::ContentTypeHeader).toByteArray();
        if (status != 200 && status != 206)
            return; // its text is no file
        if (type.startsWith("text/html")) {
            m_failure.emplace(ErrorKind::Format,
                              QT_TRANSLATE_NOOP("core", "%1 sent a web page instead of the file (a login or an error "
                                                        "page, perhaps)"),
                              std::vector<MessageArgument>{m_url});
            return;
        }
        const qint64 rest = reply.header(QNetworkRequest::ContentLengthHeader).toLongLong();
        const bool continues =
            status == 206 && reply.rawHeader("Content-Range").startsWith("bytes " + QByteArray::number(m_begin) + "-");
        if (!continues) {
            if (status == 206) { // a part that was not asked for
                m_failure.emplace(ErrorKind::Io, QT_TRANSLATE_NOOP("core", "%1 sent another part of the file"),
                                  std::vector<MessageArgument>{m_url});
                return;
            }
            m_file.resize(0);
            m_begin = 0;
        }
        m_total = rest > 0 ? m_begin + rest : 0;
        if (continues && m_known.total > 0 && m_total != m_known.total) { // another file under the same name
            m_file.resize(0);
            QFile::remove(m_tagFile);
            m_anew = true;
            return;
        }
        storeTag(reply);
        std::error_code unknown;
        const auto space = fs::space(fs::path(m_file.fileName().toStdString()).parent_path(), unknown);
        if (rest > 0 && !unknown && space.available < static_cast<std::uintmax_t>(rest))
            m_failure.emplace(ErrorKind::Io, QT_TRANSLATE_NOOP("core", "%1 needs %2 MB more, the disk has %3 MB left"),
                              std::vector<MessageArgument>{m_file.fileName().toStdString(),
                                                           std::to_string(rest / 1'000'000),
                                                           std::to_string(space.available / 1'000'000)});
        else
            m_accepts = true;
    }

    void take(QNetworkReply &reply)
    {
        if (!m_begun && reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).isValid())
            begin(reply);
        if (m_failure || m_anew)
            return reply.abort();
        const QByteArray bytes = reply.isOpen() ? reply.readAll() : QByteArray(); // closed by a cancel
        if (!m_accepts || bytes.isEmpty())
            return;
        if (m_file.write(bytes) != bytes.size()) {
            m_failure.emplace(
                ErrorKind::Io, QT_TRANSLATE_NOOP("core", "%1 cannot be written: %2"),
                std::vector<MessageArgument>{m_file.fileName().toStdString(), m_file.errorString().toStdString()});
            return reply.abort();
        }
        m_task.progress(m_file.size(), std::max<qint64>(m_total > 0 ? m_total : m_options.bytes, m_file.size()));
    }

    bool outcomeOf(QNetworkReply &reply)
    {
        m_task.checkCancelled();
        if (m_failure)
            throw Error(*m_failure);
        if (m_anew)
            return false;
        const int status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        if (status == 416 && reply.rawHeader("Content-Range") == "bytes */" + QByteArray::number(m_begin))
            return true;                    // it had come whole before
        if (status == 416 && m_begin > 0) { // the unfinished file is longer than the whole one
            m_file.resize(0);
            return false;
        }
        if (status >= 400)
            throw Error(ErrorKind::Io, QT_TRANSLATE_NOOP("core", "%1 answered %2 %3"),
                        {m_url, std::to_string(status),
                         reply.attribute(QNetworkRequest::HttpReasonPhraseAttribute).toString().toStdString()});
        m_cause = reply.errorString().toStdString();
        if (reply.error() != QNetworkReply::NoError && !m_begun)
            throw Error(ErrorKind::Io, QT_TRANSLATE_NOOP("core", "%1 could not be reached: %2"), {m_url, m_cause});
        return reply.error() == QNetworkReply::NoError && (m_total == 0 || m_file.size() == m_total);
    }

    std::string m_url;
    QFile m_file;
    QString m_tagFile;
    const DownloadOptions &m_options;
    TaskContext &m_task;
    qint64 m_begin = 0, m_total = 0;
    bool m_begun = false, m_accepts = false, m_anew = false;
    Version m_known;
    std::optional<Error> m_failure;
    std::string m_cause;
};

void requireChecksum(const std::string &url, const fs::path &part, const std::string &sha256)
{
    if (sha256.empty())
        return;
    QFile file(pathText(part));
    QCryptographicHash hash(QCryptographicHash::Sha256);
    if (!file.open(QIODevice::ReadOnly) || !hash.addData(&file))
        throw Error(ErrorKind::Io, QT_TRANSLATE_NOOP("core", "%1 cannot be read: %2"),
                    {toUtf8(part), file.errorString().toStdString()});
    const std::string found = hash.result().toHex().toStdString();
    if (found.starts_with(sha256))
        return;
    file.close();
    fs::remove(part); // going on from it would only repeat it
    throw Error(ErrorKind::Format,
                QT_TRANSLATE_NOOP("core", "what %1 sent is not the file that was published: its SHA-256 is %2, not %3"),
                {url, found.substr(0, std::max<std::size_t>(8, sha256.size())), sha256});
}

} // namespace

void download(const std::string &url, const fs::path &to, const DownloadOptions &options, TaskContext &task)
{
    const QUrl parsed(QString::fromStdString(url));
    if ((parsed.scheme() != QLatin1String("https") && parsed.scheme() != QLatin1String("http")) ||
        parsed.host().isEmpty())
        throw Error(ErrorKind::InvalidArgument, QT_TRANSLATE_NOOP("core", "\"%1\" is no address of a file"), {url});
    QNetworkAccessManager manager;
    if (options.proxy.empty())
        QNetworkProxyFactory::setUseSystemConfiguration(true);
    else
        manager.setProxy(proxyNamed(options.proxy));
    fs::path part = to, tag = to;
    part += ".part";
    tag += ".part.tag";
    qint64 most = 0;
    for (int breaks = 0;;) {
        task.checkCancelled();
        std::this_thread::sleep_for(std::chrono::milliseconds(100 * breaks));
        Transfer transfer(url, part, options, task);
        if (transfer.run(manager))
            break;
        breaks = transfer.size() > most ? 0 : breaks + 1; // a server that always begins anew brings nothing
        most = std::max(most, transfer.size());
        if (breaks >= mostBreaks)
            throw Error(ErrorKind::Io,
                        QT_TRANSLATE_NOOP("core", "%1 broke off after %2 MB (%3); the next try goes on from there"),
                        {url, std::to_string(fs::file_size(part) / 1'000'000), transfer.cause()});
    }
    requireChecksum(url, part, options.sha256);
    std::error_code failed;
    fs::remove(tag, failed);
    fs::rename(part, to, failed);
    if (failed)
        throwUnwritable(to, failed);
}

std::string mirrored(const std::string &url, const std::string &mirror)
{
    if (mirror.empty())
        return url;
    const auto host = url.find("://");
    const auto path = host == std::string::npos ? host : url.find('/', host + 3);
    std::string base = mirror;
    while (base.ends_with('/'))
        base.pop_back();
    return path == std::string::npos ? url : base + url.substr(path);
}

} // namespace likeness
