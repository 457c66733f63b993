#include "api/attachments/attachment_receiver.hpp"
#include "api/attachments/file_type.hpp"
#include "api/http/file_name.hpp"
#include "api/http/purpose.hpp"
#include "api/publications/editions.hpp"
#include "api/routes/handlers.hpp"
#include "projections/case_index.hpp"

namespace vastine::api::handlers {

namespace {

constexpr std::string_view command_path = "documents";
constexpr std::uint64_t bytes_max_unless_said = std::uint64_t{20} << 20U;
// A page of it may be looked at and nothing in it runs, asks or sends.
constexpr std::string_view file_policy =
    "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'";

store::StreamId stream_of(Kind kind, const std::string& case_id) {
    return {std::string(domain::entry(kind).stream_prefix) + "-" + case_id};
}

// The name as the sender's disk has it, without the folders; empty when it is none.
std::string file_name(const Headers& headers) {
    auto name = read_purpose(headers.get("X-File-Name")).value_or("");
    if (const auto slash = name.find_last_of("/\\"); slash != std::string::npos) name.erase(0, slash + 1);
    return name;
}

class FileBody : public BodySource {
public:
    explicit FileBody(std::unique_ptr<store::Blobs::Source> source) : source_(std::move(source)) {}
    void next(std::function<void(std::string)> ready) override { ready(source_->next()); }
    void close() override {}
    [[nodiscard]] bool works() const override { return true; }

private:
    std::unique_ptr<store::Blobs::Source> source_;
};

}  // namespace

std::uint64_t attachment_bytes_max(const Services& services) {
    const auto said = services.model.read([](const projections::Views& views) {
        return views.reference.organisation().attachment_bytes_max();
    });
    return said == 0 ? bytes_max_unless_said : said;
}

// Whether the case is there for the caller is asked before the first byte is kept: its key is not touched for
// somebody who may not see it.
Result<std::shared_ptr<BodyReceiver>> attachment_receiver(Services& services, const Caller& caller, Kind kind,
                                                          const std::string& case_id,
                                                          const Headers& headers) {
    const auto* command = domain::command(kind, command_path);
    const auto may = services.model.read([&](const projections::Views& views) -> Result<std::monostate> {
        const auto scope = views.cases->scope(case_id);
        if (!scope || scope->kind != kind)
            return domain::reject(domain::Reason::NotFound, "access.no_such_case");
        return domain::may_command(caller.viewer, command->rule, kind, *scope, views.reference);
    });
    if (!may) return tl::unexpected(may.error());
    AttachmentReceiver::Where where{stream_of(kind, case_id), key_area(*domain::area_of(kind)),
                                    attachment_bytes_max(services)};
    return std::make_shared<AttachmentReceiver>(services.store.blobs(), std::move(where), file_name(headers));
}

Result<Answer> store_attachment(Services& services, Call& call, Kind kind) {
    auto receiver = call.request.receiver;
    if (!receiver) {
        auto made = attachment_receiver(services, *call.caller, kind, call.path.at(0), call.request.headers);
        if (!made) return tl::unexpected(std::move(made.error()));
        receiver = std::move(*made);
        receiver->take(call.request.body);
    }
    auto stored = dynamic_cast<AttachmentReceiver&>(*receiver).finish();
    if (!stored) return tl::unexpected(std::move(stored.error()));
    return Answer::of(std::move(*stored), 201);
}

Result<Answer> attached_file(Services& services, Call& call, Kind kind) {
    auto file = services.reading.attached_file(call.reader(), {kind, call.path.at(0)}, call.path.at(1));
    if (!file) return tl::unexpected(std::move(file.error()));
    const auto& attachment = file->attachment;
    const bool shown = call.flag("inline") && shown_inline(attachment.media_type());
    const bool text = attachment.media_type() == "text/plain";
    Response response;
    auto& headers = response.headers;
    headers.set("Content-Type", text ? "text/plain; charset=utf-8" : attachment.media_type());
    headers.set("Content-Disposition",
                disposition(shown ? Shown::Inline : Shown::AsDownload, attachment.file_name()));
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Content-Security-Policy", std::string(file_policy));
    if (call.request.method != "HEAD") response.source = std::make_shared<FileBody>(std::move(file->source));
    return Answer::as_it_is(std::move(response));
}

}  // namespace vastine::api::handlers
