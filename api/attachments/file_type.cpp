#include "api/attachments/file_type.hpp"

#include <magic.h>

#include <algorithm>
#include <memory>
#include <stdexcept>
#include <vector>

namespace vastine::api {

namespace {

using domain::Reason;
using domain::reject;

struct Kept {
    std::string_view media_type;
    std::vector<std::string_view> endings;
    bool inline_too = false;
};

const std::vector<Kept>& kept() {
    static const std::vector<Kept> all{
        {"application/pdf", {"pdf"}, true},
        {"image/png", {"png"}, true},
        {"image/jpeg", {"jpg", "jpeg"}, true},
        {"image/gif", {"gif"}, true},
        {"image/webp", {"webp"}, true},
        {"image/tiff", {"tif", "tiff"}},
        {"image/heic", {"heic", "heif"}},
        {"text/plain", {"txt", "csv", "md", "log"}, true},
        {"text/rtf", {"rtf"}},
        {"message/rfc822", {"eml"}},
        {"application/vnd.ms-outlook", {"msg"}},
        {"application/msword", {"doc"}},
        {"application/vnd.ms-excel", {"xls"}},
        {"application/vnd.ms-powerpoint", {"ppt"}},
        {"application/vnd.openxmlformats-officedocument.wordprocessingml.document", {"docx"}},
        {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", {"xlsx"}},
        {"application/vnd.openxmlformats-officedocument.presentationml.presentation", {"pptx"}},
        {"application/vnd.oasis.opendocument.text", {"odt"}},
        {"application/vnd.oasis.opendocument.spreadsheet", {"ods"}},
        {"audio/mpeg", {"mp3"}},
        {"audio/x-wav", {"wav"}},
        {"audio/x-m4a", {"m4a"}},
        {"video/mp4", {"mp4", "m4v"}},
    };
    return all;
}

const Kept* kept_as(std::string_view media_type) {
    const auto found = std::ranges::find(kept(), media_type, &Kept::media_type);
    return found == kept().end() ? nullptr : &*found;
}

// A handle belongs to one thread, and reading its table takes longer than using it.
magic_t handle() {
    struct Close {
        void operator()(magic_t open) const { magic_close(open); }
    };
    thread_local const std::unique_ptr<magic_set, Close> open = [] {
        // Words with as many commas on each line are a table only if their name says so.
        std::unique_ptr<magic_set, Close> made(
            magic_open(MAGIC_MIME_TYPE | MAGIC_ERROR | MAGIC_NO_CHECK_CSV | MAGIC_NO_CHECK_JSON));
        if (!made || magic_load(made.get(), nullptr) != 0)
            throw std::runtime_error("libmagic has no table of file types");
        return made;
    }();
    return open.get();
}

std::string ending(std::string_view file_name) {
    const auto dot = file_name.rfind('.');
    std::string end(dot == std::string_view::npos ? std::string_view() : file_name.substr(dot + 1));
    for (auto& c : end) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return end;
}

}  // namespace

domain::Result<std::string> file_type(std::string_view beginning, std::string_view file_name) {
    const auto told = beginning.substr(0, told_by_bytes);
    const char* found = magic_buffer(handle(), told.data(), told.size());
    if (found == nullptr) throw std::runtime_error("libmagic cannot read a file's beginning");
    const std::string type(found);
    const auto* kept = kept_as(type);
    if (kept == nullptr) return reject(Reason::Invalid, "attachments.not_kept", {{"type", type}}, "file");
    if (std::ranges::find(kept->endings, ending(file_name)) == kept->endings.end())
        return reject(Reason::Invalid, "attachments.name_says_otherwise", {{"type", type}}, "file_name");
    return type;
}

bool shown_inline(std::string_view media_type) {
    const auto* found = kept_as(media_type);
    return found != nullptr && found->inline_too;
}

}  // namespace vastine::api
