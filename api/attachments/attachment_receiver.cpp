#include "api/attachments/attachment_receiver.hpp"

#include <algorithm>

#include "api/attachments/file_type.hpp"

namespace vastine::api {

using domain::Reason;
using domain::Rejection;

Rejection file_too_large(std::uint64_t bytes_max) {
    return {Reason::Invalid,
            "attachments.too_large",
            {{"megabytes", std::to_string(std::max<std::uint64_t>(1, bytes_max >> 20U))}},
            "file"};
}

void AttachmentReceiver::refuse(Rejection why) {
    refused_ = std::move(why);
    writer_.reset();  // leaves nothing
    beginning_.clear();
}

void AttachmentReceiver::look() {
    auto type = file_type(beginning_, file_name_);
    if (!type) return refuse(std::move(type.error()));
    media_type_ = std::move(*type);
    auto writer = blobs_.write(where_.stream, where_.area);
    if (!writer) return refuse({Reason::WrongState, "attachments.key_gone", {}, {}});
    writer_ = std::move(*writer);
    writer_->add(beginning_);
    beginning_.clear();
}

void AttachmentReceiver::take(std::string_view piece) {
    if (refused_) return;
    if (file_name_.empty()) return refuse({Reason::Invalid, "attachments.no_name", {}, "file_name"});
    size_ += piece.size();
    if (size_ > where_.bytes_max) return refuse(file_too_large(where_.bytes_max));
    if (writer_) return writer_->add(piece);
    beginning_ += piece;
    if (beginning_.size() >= told_by_bytes) look();
}

domain::Result<StoredAttachment> AttachmentReceiver::finish() {
    if (!refused_ && file_name_.empty()) refuse({Reason::Invalid, "attachments.no_name", {}, "file_name"});
    if (!refused_ && size_ == 0) refuse({Reason::Invalid, "attachments.empty", {}, "file"});
    if (!refused_ && !writer_) look();
    if (refused_) return tl::unexpected(*refused_);
    const auto stored = writer_->finish();
    StoredAttachment attachment;
    attachment.set_sealed_sha256(stored.sealed_sha256);
    attachment.set_sha256(stored.sha256);
    attachment.set_size(stored.size);
    attachment.set_media_type(media_type_);
    attachment.set_file_name(file_name_);
    return attachment;
}

}  // namespace vastine::api
