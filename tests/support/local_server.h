#pragma once

#include <QMap>
#include <QTcpServer>
#include <QTcpSocket>
#include <QThread>
#include <QTimer>
#include <atomic>
#include <limits>
#include <mutex>

namespace likeness::test {

/// A small HTTP server on this machine whose manners a test chooses. Serves from a thread of its own.
class LocalServer {
public:
    enum class Manner {
        Honest,    ///< with ranges and a tag
        NoRanges,  ///< always the whole file
        HalfWay,   ///< closes the connection after half of what was asked for, the first `breaks` times
        WebPage,   ///< 200 with HTML
        Missing,   ///< 404
        OtherPart, ///< 206 with a range that nobody asked for
        Slow,      ///< a little every 20 ms
        Boundless  ///< announces more than a disk holds, and waits to be let go
    };
    struct File {
        QByteArray content;
        Manner manner = Manner::Honest;
        int breaks = 1;
        QByteArray tag = "\"v1\"";
    };

    LocalServer()
    {
        m_server.moveToThread(&m_thread);
        QObject::connect(&m_thread, &QThread::started, &m_server, [this] { m_server.listen(QHostAddress::LocalHost); });
        QObject::connect(&m_server, &QTcpServer::newConnection, &m_server, [this] { accept(); });
        QObject::connect(
            &m_thread, &QThread::finished, &m_server, [this] { m_server.close(); }, Qt::DirectConnection);
        m_thread.start();
        while (!m_server.isListening())
            QThread::msleep(1);
    }
    ~LocalServer()
    {
        m_thread.quit();
        m_thread.wait();
    }
    /// Before the first request for it.
    void serve(const QString &path, const File &file)
    {
        const std::lock_guard lock(m_mutex);
        m_files[path] = file;
    }
    std::string url(const QString &path) const
    {
        return QStringLiteral("http://127.0.0.1:%1%2").arg(m_server.serverPort()).arg(path).toStdString();
    }
    std::string base() const { return QStringLiteral("http://127.0.0.1:%1").arg(m_server.serverPort()).toStdString(); }
    int requests() const { return m_requests; }
    qint64 sent() const { return m_sent; }

private:
    void accept()
    {
        while (QTcpSocket *socket = m_server.nextPendingConnection()) {
            QObject::connect(socket, &QTcpSocket::readyRead, socket, [this, socket] {
                if (socket->peek(65536).contains("\r\n\r\n"))
                    answer(*socket, QString::fromLatin1(socket->readAll()));
            });
            QObject::connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        }
    }
    static QString header(const QString &request, const QString &name)
    {
        for (const QString &line : request.split(QStringLiteral("\r\n")))
            if (line.startsWith(name + QLatin1Char(':'), Qt::CaseInsensitive))
                return line.mid(name.size() + 1).trimmed();
        return {};
    }
    void answer(QTcpSocket &socket, const QString &request)
    {
        ++m_requests;
        const std::lock_guard lock(m_mutex);
        const auto found = m_files.find(request.section(QLatin1Char(' '), 1, 1));
        if (found == m_files.end() || found->manner == Manner::Missing) {
            socket.write("HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\nConnection: close\r\n\r\ngone");
            return socket.disconnectFromHost();
        }
        File &file = *found;
        if (file.manner == Manner::WebPage) {
            socket.write("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nConnection: close\r\n"
                         "Content-Length: 20\r\n\r\n<html>log in!</html>");
            return socket.disconnectFromHost();
        }
        const QString range = header(request, QStringLiteral("Range")),
                      condition = header(request, QStringLiteral("If-Range"));
        qint64 from = 0;
        if (range.startsWith(QLatin1String("bytes=")) && file.manner != Manner::NoRanges &&
            (condition.isEmpty() || condition.toLatin1() == file.tag))
            from = range.mid(6).section(QLatin1Char('-'), 0, 0).toLongLong();
        if (from > 0 && from >= file.content.size()) {
            socket.write("HTTP/1.1 416 Range Not Satisfiable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            return socket.disconnectFromHost();
        }
        const qint64 claimed = file.manner == Manner::OtherPart ? from + 1 : from;
        const QByteArray body = file.content.mid(from);
        QByteArray head = from > 0
                              ? "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes " + QByteArray::number(claimed) +
                                    "-" + QByteArray::number(file.content.size() - 1) + "/" +
                                    QByteArray::number(file.content.size()) + "\r\n"
                              : QByteArray("HTTP/1.1 200 OK\r\n");
        head += "Content-Type: application/octet-stream\r\nETag: " + file.tag + "\r\nContent-Length: " +
                QByteArray::number(file.manner == Manner::Boundless ? std::numeric_limits<qint64>::max() / 2
                                                                    : body.size()) +
                "\r\nConnection: close\r\n\r\n";
        socket.write(head);
        if (file.manner == Manner::Slow)
            return trickle(socket, body);
        const bool breaks = file.manner == Manner::HalfWay && file.breaks-- > 0;
        const QByteArray part = breaks ? body.left(body.size() / 2) : body;
        m_sent += part.size();
        socket.write(part);
        if (file.manner != Manner::Boundless) // closed before its end, an answer may be asked for again
            socket.disconnectFromHost();
    }
    void trickle(QTcpSocket &socket, const QByteArray &body)
    {
        auto *timer = new QTimer(&socket);
        auto at = std::make_shared<qint64>(0);
        QObject::connect(timer, &QTimer::timeout, &socket, [this, timer, &socket, body, at] {
            socket.write(body.mid(*at, 1000));
            m_sent += 1000;
            *at += 1000;
            if (*at >= body.size()) {
                timer->stop();
                socket.disconnectFromHost();
            }
        });
        timer->start(20);
    }

    QThread m_thread;
    QTcpServer m_server;
    std::mutex m_mutex; ///< over the files
    QMap<QString, File> m_files;
    std::atomic<int> m_requests = 0;
    std::atomic<qint64> m_sent = 0;
};

} // namespace likeness::test
