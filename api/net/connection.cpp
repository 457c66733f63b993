#include "api/net/connection.hpp"

#include <boost/asio/dispatch.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>
#include <optional>

namespace vastine::api {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using Error = beast::error_code;

constexpr std::size_t drained_bytes_max = std::size_t{256} << 10U;

class TlsConnection : public Connection, public std::enable_shared_from_this<TlsConnection> {
public:
    TlsConnection(asio::ip::tcp::socket socket, std::string peer, Surroundings surroundings,
                  std::function<void()> closed)
        : stream_(std::move(socket), surroundings.tls),
          timer_(stream_.get_executor()),
          peer_(std::move(peer)),
          application_(surroundings.application),
          workers_(surroundings.workers),
          limits_(surroundings.limits),
          closed_(std::move(closed)) {}
    ~TlsConnection() override {
        if (source_) source_->close();
        closed_();
    }

    void start() override {
        asio::dispatch(stream_.get_executor(), [self = shared_from_this()] {
            self->lowest().expires_after(self->limits_.handshake);
            self->stream_.async_handshake(asio::ssl::stream_base::server, [self](Error error) {
                if (!error) self->wait_for_request(self->limits_.header);
            });
        });
    }

    void finish() override {
        asio::dispatch(stream_.get_executor(), [self = shared_from_this()] {
            self->finishing_ = true;
            if (!self->busy_ || self->source_) self->drop();
        });
    }

private:
    beast::tcp_stream& lowest() { return beast::get_lowest_layer(stream_); }

    // A timer of our own for reading, since the stream's own closes the connection before the sender
    // can be told why.
    void limit_time(std::chrono::milliseconds time) {
        lowest().expires_never();
        timed_out_ = false;
        timer_.expires_after(time);
        timer_.async_wait([weak = weak_from_this(), round = ++round_](Error error) {
            const auto self = weak.lock();
            if (error || !self || round != self->round_) return;
            self->timed_out_ = true;
            self->lowest().cancel();
        });
    }
    void end_limit() {
        ++round_;
        timer_.cancel();
    }

    // Nothing has come yet: silence is allowed for as long as `patience`, and is no fault.
    void wait_for_request(std::chrono::milliseconds patience) {
        if (finishing_) return drop();
        if (buffer_.size() > 0) return read_header();
        limit_time(patience);
        stream_.async_read_some(buffer_.prepare(4096),
                                [self = shared_from_this()](Error error, std::size_t count) {
                                    self->end_limit();
                                    if (error) return self->shut_down();
                                    self->buffer_.commit(count);
                                    self->read_header();
                                });
    }

    void read_header() {
        parser_.emplace();
        parser_->header_limit(static_cast<std::uint32_t>(limits_.header_bytes_max));
        parser_->body_limit(boost::none);  // set when the header says what the body is for
        busy_ = true;
        limit_time(limits_.header);
        http::async_read_header(stream_, buffer_, *parser_,
                                [self = shared_from_this()](Error error, std::size_t) {
                                    self->end_limit();
                                    if (error) return self->unreadable(error);
                                    self->header_read();
                                });
    }

    void header_read() {
        const auto& head = parser_->get();
        request_ = {};
        request_.method = std::string(head.method_string());
        request_.target = std::string(head.target());
        request_.peer = peer_;
        for (const auto& field : head) {
            request_.headers.add(std::string(field.name_string()), std::string(field.value()));
        }
        const auto hosts = head.count(http::field::host);
        if (hosts > 1 || (hosts == 0 && head.version() >= 11)) return refuse(400);
        request_.receiver = application_.receiver(request_);
        const auto most = application_.body_bytes_max(request_);
        const auto length = parser_->content_length();
        if (length && *length > most) return refuse(413);
        parser_->body_limit(most);
        const auto expect = head[http::field::expect];
        if (expect.empty() || parser_->is_done()) return read_body();
        if (!beast::iequals(expect, "100-continue")) return refuse(417);
        static constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
        lowest().expires_after(limits_.write);
        asio::async_write(stream_, asio::buffer(go_on),
                          [self = shared_from_this()](Error error, std::size_t) {
                              if (!error) self->read_body();
                          });
    }

    void read_body() {
        if (request_.receiver) return read_piece();
        limit_time(limits_.body);
        http::async_read(stream_, buffer_, *parser_, [self = shared_from_this()](Error error, std::size_t) {
            self->end_limit();
            if (error) return self->unreadable(error);
            self->request_.body = std::move(self->parser_->get().body());
            self->hand_over();
        });
    }

    // A file: what has come so far goes on its way before more is read, so that a fast sender waits for the
    // disk and not for memory.
    void read_piece() {
        if (parser_->is_done()) return hand_over();
        limit_time(limits_.body);
        http::async_read_some(stream_, buffer_, *parser_,
                              [self = shared_from_this()](Error error, std::size_t) {
                                  self->end_limit();
                                  if (error) return self->unreadable(error);
                                  self->take_piece();
                              });
    }

    void take_piece() {
        std::string piece;
        piece.swap(parser_->get().body());
        asio::post(workers_, [self = shared_from_this(), piece = std::move(piece),
                              work = asio::make_work_guard(stream_.get_executor())] {
            bool taken = true;
            try {
                self->request_.receiver->take(piece);
            } catch (const std::exception&) {
                taken = false;  // a fault of the disk: what was written is left unfinished, and reaped
            }
            asio::post(self->stream_.get_executor(), [self, taken] {
                if (!taken) return self->refuse(503);
                self->read_piece();
            });
        });
    }

    void unreadable(Error error) {
        if (timed_out_) return refuse(408);
        if (error == http::error::header_limit) return refuse(431);
        if (error == http::error::body_limit) return refuse(413);
        // What is left of Beast's HTTP errors is a request that does not follow the protocol.
        if (error.category() == make_error_code(http::error::bad_method).category() &&
            error != http::error::end_of_stream && error != http::error::partial_message) {
            return refuse(400);
        }
        shut_down();
    }

    // Answers without a handler and closes: what else has come cannot be told apart from a request.
    void refuse(unsigned status) {
        finishing_ = true;
        unread_ = true;
        respond(application_.refuse(status, request_));
    }

    void hand_over() {
        keep_alive_ = parser_->get().keep_alive();
        version_ = parser_->get().version();
        asio::post(
            workers_, [self = shared_from_this(), work = asio::make_work_guard(stream_.get_executor())] {
                auto response = self->application_.handle(self->request_);
                asio::post(self->stream_.get_executor(), [self, response = std::move(response)]() mutable {
                    self->request_.body.clear();
                    self->request_.receiver.reset();
                    self->respond(std::move(response));
                });
            });
    }

    template <class Body>
    http::response<Body> prepared(const Response& response) {
        http::response<Body> message;
        message.version(version_);
        message.result(response.status);
        message.keep_alive(keep_alive_ && !finishing_);
        for (const auto& [name, value] : response.headers.all()) message.insert(name, value);
        return message;
    }

    void respond(Response response) {
        const bool head = request_.method == "HEAD";
        if (response.source && !head) return stream(std::move(response));
        lowest().expires_after(limits_.write);
        if (head || response.status == 204) {
            auto message =
                std::make_shared<http::response<http::empty_body>>(prepared<http::empty_body>(response));
            if (head && !response.source) message->content_length(response.body.size());
            return write(std::move(message));
        }
        auto message =
            std::make_shared<http::response<http::string_body>>(prepared<http::string_body>(response));
        message->body() = std::move(response.body);
        message->prepare_payload();
        write(std::move(message));
    }

    template <class Message>
    void write(std::shared_ptr<Message> message) {
        http::async_write(stream_, *message, [self = shared_from_this(), message](Error error, std::size_t) {
            if (error) return;
            self->answered(message->need_eof());
        });
    }

    void answered(bool last) {
        busy_ = false;
        source_.reset();
        if (unread_) return drain(0);
        if (last || finishing_) return shut_down();
        wait_for_request(limits_.keep_alive);
    }

    // ---- bodies that come in pieces ----

    void stream(Response response) {
        source_ = std::move(response.source);
        chunked_ = version_ >= 11;
        if (!chunked_) finishing_ = true;  // the end of the connection ends the body
        streamed_ = prepared<http::empty_body>(response);
        streamed_.chunked(chunked_);
        serializer_.emplace(streamed_);
        lowest().expires_after(limits_.write);
        http::async_write_header(stream_, *serializer_,
                                 [self = shared_from_this()](Error error, std::size_t) {
                                     if (!error) self->next_piece();
                                 });
    }

    void next_piece() {
        // Waiting for a piece may take hours (a feed), and only the client's going away ends it.
        if (!source_ || dropped_) return;  // ended while the last piece was on its way
        lowest().expires_never();
        auto ask = [self = shared_from_this(), source = source_,
                    work = asio::make_work_guard(stream_.get_executor())] {
            try {
                source->next([self, work](std::string piece) {
                    asio::post(self->stream_.get_executor(), [self, piece = std::move(piece)]() mutable {
                        self->write_piece(std::move(piece));
                    });
                });
            } catch (const std::exception&) {
                // A body cut short, not ended: the client sees that it is not whole.
                asio::post(self->stream_.get_executor(), [self] { self->drop(); });
            }
        };
        if (source_->works()) {
            asio::post(workers_, std::move(ask));
        } else {
            ask();
        }
    }

    void write_piece(std::string piece) {
        if (!source_ || dropped_) return;
        lowest().expires_after(limits_.write);
        const bool end = piece.empty();
        piece_ = std::move(piece);
        const auto written = [self = shared_from_this(), end](Error error, std::size_t) {
            if (error) return self->end_source();
            if (end) return self->answered(!self->chunked_);
            self->next_piece();
        };
        if (!chunked_) {
            if (end) return answered(true);
            asio::async_write(stream_, asio::buffer(piece_), written);
        } else if (end) {
            asio::async_write(stream_, http::make_chunk_last(), written);
        } else {
            asio::async_write(stream_, http::make_chunk(asio::buffer(piece_)), written);
        }
    }

    void end_source() {
        if (source_) source_->close();
        source_.reset();
    }

    // ---- endings ----

    // A refused sender may still be sending; closing at once would throw away the answer with it.
    void drain(std::size_t so_far) {
        if (so_far == 0) limit_time(std::chrono::seconds(2));
        if (timed_out_ || so_far > drained_bytes_max) return shut_down();
        buffer_.clear();
        stream_.async_read_some(buffer_.prepare(16'384),
                                [self = shared_from_this(), so_far](Error error, std::size_t count) {
                                    if (error) return self->shut_down();
                                    self->drain(so_far + count);
                                });
    }

    void shut_down() {
        end_limit();
        if (dropped_) return;
        lowest().expires_after(std::chrono::seconds(2));
        stream_.async_shutdown([self = shared_from_this()](Error) { self->drop(); });
    }

    void drop() {
        dropped_ = true;
        end_limit();
        end_source();
        lowest().close();
    }

    beast::ssl_stream<beast::tcp_stream> stream_;
    asio::steady_timer timer_;
    beast::flat_buffer buffer_{std::size_t{1} << 16U};
    std::optional<http::request_parser<http::string_body>> parser_;
    Request request_;
    std::string peer_;
    Application& application_;
    asio::thread_pool& workers_;
    const ServerLimits& limits_;
    std::function<void()> closed_;
    std::uint64_t round_ = 0;
    bool timed_out_ = false;
    bool busy_ = false;       // a request is under way
    bool finishing_ = false;  // this answer is the last
    bool unread_ = false;     // a part of the request was never read
    bool dropped_ = false;
    bool keep_alive_ = false;
    unsigned version_ = 11;
    std::shared_ptr<BodySource> source_;
    bool chunked_ = true;
    http::response<http::empty_body> streamed_;
    std::optional<http::response_serializer<http::empty_body>> serializer_;
    std::string piece_;
};

}  // namespace

std::shared_ptr<Connection> Connection::over(asio::ip::tcp::socket socket, std::string peer,
                                             Surroundings surroundings, std::function<void()> closed) {
    return std::make_shared<TlsConnection>(std::move(socket), std::move(peer), surroundings,
                                           std::move(closed));
}

}  // namespace vastine::api
