#pragma once
// Takes the file of a document as it comes and seals it under its case's key, chunk by chunk: it is never
// whole in memory, and no plain byte of it is on the disk. What is refused, and what no document names within
// a day, is an orphan blob or none.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "api/http/message.hpp"
#include "domain/result.hpp"
#include "domain/schema/session.pb.h"
#include "store/blobs.hpp"

namespace vastine::api {

// Of a file with more bytes than that: says how many megabytes there may be.
[[nodiscard]] domain::Rejection file_too_large(std::uint64_t bytes_max);

class AttachmentReceiver : public BodyReceiver {
public:
    struct Where {
        store::StreamId stream;
        store::KeyArea area = store::KeyArea::Legal;
        std::uint64_t bytes_max = 0;
    };
    // `file_name` as it came; empty when none did, which is refused.
    AttachmentReceiver(store::Blobs& blobs, Where where, std::string file_name)
        : blobs_(blobs), where_(std::move(where)), file_name_(std::move(file_name)) {}

    // Throws what the store throws. What comes after a refusal is passed over.
    void take(std::string_view piece) override;
    // Once, when everything has come: durable when it returns.
    [[nodiscard]] domain::Result<StoredAttachment> finish();

private:
    void refuse(domain::Rejection why);
    void look();  // at the beginning, for what it is

    store::Blobs& blobs_;
    Where where_;
    std::string file_name_;
    std::string beginning_;
    std::string media_type_;
    std::uint64_t size_ = 0;
    std::unique_ptr<store::Blobs::Writer> writer_;
    std::optional<domain::Rejection> refused_;
};

}  // namespace vastine::api
