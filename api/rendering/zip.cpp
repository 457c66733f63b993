#include "api/rendering/zip.hpp"

#include <archive.h>
#include <archive_entry.h>

#include <memory>

#include "api/rendering/rendering.hpp"

namespace vastine::api::rendering {
namespace {

struct Free {
    void operator()(archive* open) const { archive_free(open); }
    void operator()(archive_entry* entry) const { archive_entry_free(entry); }
};

void require(int result) {
    if (result != ARCHIVE_OK) throw Failed("an archive that cannot be read or written");
}

la_ssize_t append(archive*, void* out, const void* bytes, std::size_t count) {
    static_cast<std::string*>(out)->append(static_cast<const char*>(bytes), count);
    return static_cast<la_ssize_t>(count);
}

}  // namespace

std::vector<ZippedFile> unzipped(const std::string& archive_bytes) {
    const std::unique_ptr<archive, Free> in(archive_read_new());
    require(archive_read_support_format_zip(in.get()));
    require(archive_read_open_memory(in.get(), archive_bytes.data(), archive_bytes.size()));
    std::vector<ZippedFile> out;
    archive_entry* entry = nullptr;
    int result = ARCHIVE_OK;
    while ((result = archive_read_next_header(in.get(), &entry)) == ARCHIVE_OK) {
        ZippedFile file{archive_entry_pathname(entry), {}};
        const void* bytes = nullptr;
        std::size_t count = 0;
        la_int64_t offset = 0;
        while ((result = archive_read_data_block(in.get(), &bytes, &count, &offset)) == ARCHIVE_OK) {
            file.content.append(static_cast<const char*>(bytes), count);
        }
        if (result != ARCHIVE_EOF) throw Failed("an archive that cannot be read");
        out.push_back(std::move(file));
    }
    if (result != ARCHIVE_EOF) throw Failed("an archive that cannot be read");
    return out;
}

std::string zipped(const std::vector<ZippedFile>& files, std::int64_t moment) {
    std::string out;
    const std::unique_ptr<archive, Free> to(archive_write_new());
    require(archive_write_set_format_zip(to.get()));
    // Nothing is added behind the end.
    require(archive_write_set_bytes_in_last_block(to.get(), 1));
    require(archive_write_open(to.get(), &out, nullptr, append, nullptr));
    for (const auto& file : files) {
        const std::unique_ptr<archive_entry, Free> entry(archive_entry_new());
        archive_entry_set_pathname(entry.get(), file.name.c_str());
        archive_entry_set_size(entry.get(), static_cast<la_int64_t>(file.content.size()));
        archive_entry_set_filetype(entry.get(), AE_IFREG);
        archive_entry_set_perm(entry.get(), 0644);
        archive_entry_set_mtime(entry.get(), static_cast<time_t>(moment), 0);
        require(archive_write_header(to.get(), entry.get()));
        if (archive_write_data(to.get(), file.content.data(), file.content.size()) !=
            static_cast<la_ssize_t>(file.content.size())) {
            throw Failed("an archive that cannot be written");
        }
    }
    require(archive_write_close(to.get()));
    return out;
}

}  // namespace vastine::api::rendering
