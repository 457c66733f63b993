#include "store/sealed_blobs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "store/bytes.hpp"
#include "store/sealing/cipher.hpp"

namespace vastine::store {
namespace {

using engine::Batch;
using engine::Family;

constexpr auto between_tries = std::chrono::seconds(1);

std::string hexadecimal(std::string_view bytes) {
    std::string out;
    out.reserve(bytes.size() * 2);
    for (const char byte : bytes) out += fmt::format("{:02x}", static_cast<std::uint8_t>(byte));
    return out;
}
// Nothing when it is no name of a blob.
std::optional<std::string> name_bytes(std::string_view text) {
    if (text.size() != 2 * blob_hash_size) return std::nullopt;
    const auto digit = [](char letter) {
        if (letter >= '0' && letter <= '9') return letter - '0';
        if (letter >= 'a' && letter <= 'f') return letter - 'a' + 10;
        return -1;
    };
    std::string out;
    for (std::size_t i = 0; i < text.size(); i += 2) {
        const int high = digit(text[i]);
        const int low = digit(text[i + 1]);
        if (high < 0 || low < 0) return std::nullopt;
        out.push_back(static_cast<char>(high * 16 + low));
    }
    return out;
}

constexpr std::string_view finished_prefix = "b";
constexpr std::string_view writing_prefix = "w";

std::string finished_of(std::string_view stream) {
    std::string row(finished_prefix);
    row.append(stream).push_back('\0');
    return row;
}
std::string finished_row(std::string_view stream, std::string_view name) {
    return finished_of(stream).append(name);
}
std::string writing_row(std::string_view blob) {
    return std::string(writing_prefix).append(blob);
}
// The first row after all that begin with these bytes, which do not end in FF.
std::string after(std::string prefix) {
    prefix.back() = static_cast<char>(static_cast<std::uint8_t>(prefix.back()) + 1);
    return prefix;
}
std::string chunk_key(std::string_view blob, std::uint64_t number) {
    std::string key(blob);
    put_u64(key, number);
    return key;
}
void erase_chunks(Batch& batch, std::string_view blob) {
    batch.erase_range(Family::Chunks, chunk_key(blob, 0), chunk_key(blob, UINT64_MAX));
}

}  // namespace

// ---- the contract's own ----

tl::expected<BlobRef, Missing> Blobs::put(const StreamId& of, KeyArea area, std::string_view content) {
    auto writer = write(of, area);
    if (!writer) return tl::unexpected(writer.error());
    (*writer)->add(content);
    return (*writer)->finish();
}

tl::expected<std::string, Missing> Blobs::get(const StreamId& of, const std::string& sealed_sha256) const {
    auto source = read(of, sealed_sha256);
    if (!source) return tl::unexpected(source.error());
    std::string content;
    for (auto piece = (*source)->next(); !piece.empty(); piece = (*source)->next()) content += piece;
    return content;
}

// ---- writing ----

class SealedBlobs::SealingWriter final : public Writer {
public:
    SealingWriter(SealedBlobs& blobs, StreamId of) : blobs_(blobs), of_(std::move(of)) {
        sealing::fill_random(id_);
        waiting_.reserve(chunk_size);
        // From here on the stream's key is not given up.
        const std::lock_guard lock(blobs_.mutex_);
        generation_ = blobs_.generation_;
        blobs_.writing_.emplace(blob(), of_.value);
    }
    SealingWriter(const SealingWriter&) = delete;
    SealingWriter& operator=(const SealingWriter&) = delete;
    ~SealingWriter() override {
        forget_waiting();
        const std::lock_guard lock(blobs_.mutex_);
        try {
            const bool unfinished = state_ == State::Open || state_ == State::Broken;
            if (unfinished && begun_ && !blobs_.engine_.faulted()) {
                Batch batch;
                batch.erase(Family::Blobs, writing_row(blob()));
                erase_chunks(batch, blob());
                // Nobody waits for its being durable: what is left after a crash is reaped.
                blobs_.engine_.write_unsynced(batch);
            }
        } catch (const std::exception&) {
            // Its row says that it was never finished.
        }
        blobs_.writing_.erase(std::string(blob()));
    }

    void under(Sequencer::StreamKey key) { key_ = std::move(key); }

    void add(std::string_view piece) override {
        may_go_on();
        content_.add(piece);
        size_ += piece.size();
        while (!piece.empty()) {
            // A full chunk waits for more: only then is it known not to be the last.
            if (waiting_.size() == chunk_size) {
                write_inner(waiting_);
                forget_waiting();
            }
            const auto taken = piece.substr(0, chunk_size - waiting_.size());
            waiting_.append(taken);
            piece.remove_prefix(taken.size());
        }
    }

    BlobRef finish() override {
        may_go_on();
        state_ = State::Broken;  // unless all goes well
        auto plain = encode_last_chunk(waiting_);
        auto box = seal(plain, ChunkPlace::Last);
        sealing::wipe(plain);
        const std::lock_guard lock(blobs_.mutex_);
        const auto& organisation = blobs_.keys_.organisation();
        const auto manifest =
            encode_manifest({{reinterpret_cast<const char*>(organisation.data()), organisation.size()},
                             of_.value,
                             blob(),
                             key_.id,
                             blobs_.clock_(),
                             hashes_});
        const auto name = sealing::sha256(manifest);
        Batch batch;
        batch.put(Family::Chunks, chunk_key(blob(), number_ - 1), std::move(box));
        batch.put(Family::Blobs, finished_row(of_.value, name), manifest);
        batch.erase(Family::Blobs, writing_row(blob()));
        check_generation();
        state_ = State::Unknown;
        blobs_.engine_.write(batch);
        state_ = State::Finished;
        return {hexadecimal(content_.finish()), hexadecimal(name), size_};
    }

private:
    enum class State {
        Open,
        Broken,
        Unknown,  // finish() failed: the whole blob may stand on the disk, and is not touched
        Finished,
    };

    [[nodiscard]] std::string_view blob_view() const {
        return {reinterpret_cast<const char*>(id_.data()), id_.size()};
    }
    [[nodiscard]] std::string blob() const { return std::string(blob_view()); }

    void may_go_on() const {
        if (state_ == State::Finished) throw std::logic_error("the blob is finished");
        if (state_ != State::Open) throw Fault(blobs_.where_ + " failed while this blob was written");
    }
    void check_generation() const {
        if (generation_ != blobs_.generation_) {
            throw Fault(blobs_.where_ + " was reopened after a fault: the blob is to be written anew");
        }
    }

    void forget_waiting() {
        sealing::wipe(waiting_);
        waiting_.clear();
    }

    [[nodiscard]] std::string seal(std::string_view plain, ChunkPlace place) {
        auto box = sealing::seal_box(*key_.key, sealing::random_nonce(),
                                     chunk_bound(of_.value, key_.id, blob_view(), number_, place), plain);
        hashes_ += sealing::sha256(box);
        ++number_;
        return box;
    }

    void write_inner(std::string_view plain) {
        state_ = State::Broken;
        Batch batch;
        if (!begun_) batch.put(Family::Blobs, writing_row(blob()), of_.value);
        const auto number = number_;
        batch.put(Family::Chunks, chunk_key(blob(), number), seal(plain, ChunkPlace::Inner));
        const std::lock_guard lock(blobs_.mutex_);
        check_generation();
        begun_ = true;
        blobs_.engine_.write_unsynced(batch);
        state_ = State::Open;
    }

    SealedBlobs& blobs_;
    const StreamId of_;
    BlobId id_{};
    Sequencer::StreamKey key_;
    std::uint64_t generation_ = 0;
    State state_ = State::Open;
    bool begun_ = false;  // something of it may stand on the disk
    sealing::RunningHash content_;
    std::uint64_t size_ = 0;
    std::uint64_t number_ = 0;
    std::string waiting_;  // at most one chunk
    std::string hashes_;
};

tl::expected<std::unique_ptr<Blobs::Writer>, Missing> SealedBlobs::write(const StreamId& of, KeyArea area) {
    if (engine_.faulted()) recover();
    auto writer = std::make_unique<SealingWriter>(*this, of);
    auto key = log_.key_for(of, static_cast<sealing::WrapArea>(area));
    if (!key.key) return tl::unexpected(Missing::Key);
    writer->under(std::move(key));
    return writer;
}

// ---- reading ----

class SealedBlobs::OpeningSource final : public Source {
public:
    OpeningSource(const SealedBlobs& blobs, Row row, std::string manifest)
        : blobs_(blobs),
          row_(std::move(row)),
          bytes_(std::move(manifest)),
          manifest_(blobs_.checked(row_, bytes_)) {}

    std::string next() override {
        if (number_ == manifest_.chunks()) return {};
        const auto key = blobs_.keys_.find(manifest_.key);
        if (!key) throw Fault("the key of " + row_.stream + " was destroyed meanwhile");
        const auto box = blobs_.chunk(row_, manifest_, number_);
        if (!box) throw Fault("a blob of " + row_.stream + " was reaped meanwhile");
        return blobs_.opened(row_, manifest_, number_++, *box, *key);
    }

private:
    const SealedBlobs& blobs_;
    const Row row_;
    const std::string bytes_;
    const Manifest manifest_;  // views into them
    std::uint64_t number_ = 0;
};

tl::expected<std::unique_ptr<Blobs::Source>, Missing> SealedBlobs::read(
    const StreamId& of, const std::string& sealed_sha256) const {
    const auto name = name_bytes(sealed_sha256);
    auto bytes = name ? engine_.get(Family::Blobs, finished_row(of.value, *name)) : std::nullopt;
    // Whether a blob of a destroyed key was reaped already makes no difference to who asks.
    if (!bytes) return tl::unexpected(log_.key_destroyed(of) ? Missing::Key : Missing::Blob);
    const Row row{of.value, *name};
    if (!keys_.find(checked(row, *bytes).key)) return tl::unexpected(Missing::Key);
    return std::make_unique<OpeningSource>(*this, row, std::move(*bytes));
}

bool SealedBlobs::has(const StreamId& of, const std::string& sealed_sha256) const {
    const auto name = name_bytes(sealed_sha256);
    return name && engine_.get(Family::Blobs, finished_row(of.value, *name)).has_value();
}

std::uint64_t SealedBlobs::count() const {
    std::uint64_t blobs = 0;
    each_manifest([&](const Row&, std::string_view) { ++blobs; });
    return blobs;
}

void SealedBlobs::damaged(const Row& row, std::string_view what) const {
    throw Corruption(fmt::format("{}: blob {} of {}: {}", where_, hexadecimal(row.name), row.stream, what));
}

Manifest SealedBlobs::checked(const Row& row, std::string_view bytes) const {
    if (sealing::sha256(bytes) != row.name) damaged(row, "its manifest is not what was written");
    const auto manifest = decode_manifest(bytes);
    const auto& organisation = keys_.organisation();
    const std::string_view own(reinterpret_cast<const char*>(organisation.data()), organisation.size());
    if (manifest.stream != row.stream) damaged(row, "it belongs to another stream");
    if (manifest.organisation != own) damaged(row, "it belongs to another organisation");
    return manifest;
}

std::optional<std::string> SealedBlobs::chunk(const Row& row, const Manifest& manifest,
                                              std::uint64_t number) const {
    std::string what;
    try {
        auto box = engine_.get(Family::Chunks, chunk_key(manifest.blob, number));
        if (box && sealing::sha256(*box) == manifest.hash(number)) return box;
        what = box ? "it is not what was written" : "it is missing";
    } catch (const Corruption& found) {
        what = found.what();
    }
    if (!engine_.get(Family::Blobs, finished_row(row.stream, row.name))) return std::nullopt;
    damaged(row, fmt::format("chunk {}: {}", number, what));
}

std::string SealedBlobs::opened(const Row& row, const Manifest& manifest, std::uint64_t number,
                                std::string_view box, const sealing::Key& key) const {
    const auto place = number + 1 == manifest.chunks() ? ChunkPlace::Last : ChunkPlace::Inner;
    std::string plain;
    if (!sealing::open_box(key, chunk_bound(row.stream, manifest.key, manifest.blob, number, place), box,
                           plain)) {
        damaged(row, fmt::format("chunk {}: its seal is broken", number));
    }
    if (place == ChunkPlace::Inner) {
        if (plain.size() != chunk_size) damaged(row, fmt::format("chunk {}: its size is another", number));
        return plain;
    }
    auto content = std::string(decode_last_chunk(plain));
    sealing::wipe(plain);
    return content;
}

void SealedBlobs::each_manifest(const std::function<void(const Row&, std::string_view)>& visit) const {
    engine_.scan(Family::Blobs, finished_prefix, after(std::string(finished_prefix)),
                 [&](std::string_view row, std::string_view bytes) {
                     // The name is hash bytes and may hold a zero; the stream's may not.
                     row.remove_prefix(finished_prefix.size());
                     const auto end = row.find('\0');
                     if (end == std::string_view::npos || row.size() - end - 1 != blob_hash_size) {
                         throw Corruption(where_ + ": a row that is none of a blob's");
                     }
                     visit({std::string(row.substr(0, end)), std::string(row.substr(end + 1))}, bytes);
                     return true;
                 });
}

BlobsVerified SealedBlobs::verify(const std::function<void(std::uint64_t)>& progress) const {
    BlobsVerified verified;
    each_manifest([&](const Row& row, std::string_view bytes) {
        const auto manifest = checked(row, bytes);
        const auto key = keys_.find(manifest.key);
        std::uint64_t sealed_bytes = 0;
        for (std::uint64_t number = 0; number < manifest.chunks(); ++number) {
            const auto box = chunk(row, manifest, number);
            if (!box) return;  // reaped meanwhile
            sealed_bytes += box->size();
            if (!key) continue;
            auto content = opened(row, manifest, number, *box, *key);
            sealing::wipe(content);
        }
        verified.sealed_bytes += sealed_bytes;
        ++verified.blobs;
        if (key) ++verified.opened;
        if (progress) progress(verified.blobs);
    });
    return verified;
}

// ---- reaping ----

void SealedBlobs::remove(const std::string& row, std::string_view blob) {
    Batch batch;
    batch.erase(Family::Blobs, row);
    erase_chunks(batch, blob);
    engine_.write(batch);
}

std::uint64_t SealedBlobs::remove_unfinished() {
    const std::lock_guard lock(mutex_);
    std::vector<std::string> left;
    engine_.scan(Family::Blobs, writing_prefix, after(std::string(writing_prefix)),
                 [&](std::string_view row, std::string_view) {
                     auto blob = std::string(row.substr(writing_prefix.size()));
                     if (!writing_.contains(blob)) left.push_back(std::move(blob));
                     return true;
                 });
    for (const auto& blob : left) remove(writing_row(blob), blob);
    return left.size();
}

Reaped SealedBlobs::reap(Instant before, const Named& named) {
    if (engine_.faulted()) recover();
    Reaped reaped;
    reaped.unfinished = remove_unfinished();
    std::vector<std::pair<std::string, std::string>> useless;  // row, id
    each_manifest([&](const Row& row, std::string_view bytes) {
        Manifest manifest;
        bool unreadable = false;
        try {
            manifest = checked(row, bytes);
            unreadable = keys_.find(manifest.key) == nullptr;
        } catch (const Corruption&) {
            return;  // not to be believed, and so not to be acted on: verify() tells of it
        }
        if (!unreadable && manifest.written_at >= before) return;
        if (!unreadable && named(StreamId{row.stream}, hexadecimal(row.name))) return;
        ++(unreadable ? reaped.unreadable : reaped.orphans);
        useless.emplace_back(finished_row(row.stream, row.name), manifest.blob);
    });
    for (const auto& [row, blob] : useless) {
        const std::lock_guard lock(mutex_);
        remove(row, blob);
    }
    forget_unborn();
    if (reaped != Reaped{}) engine_.reclaim(Family::Chunks);
    return reaped;
}

// A key that was made for the blobs of a stream which never began opens nothing any more.
void SealedBlobs::forget_unborn() {
    for (const auto& stream : log_.unborn()) {
        std::optional<KeyId> given_up;
        {
            // Nobody begins to write a blob meanwhile.
            const std::lock_guard lock(mutex_);
            const auto writes = [&](const auto& blob) { return blob.second == stream.value; };
            if (std::any_of(writing_.begin(), writing_.end(), writes)) continue;
            const auto rows = finished_of(stream.value);
            if (engine_.last(Family::Blobs, rows, after(rows))) continue;
            given_up = log_.give_up_key(stream);
        }
        if (given_up) keys_.destroy(*given_up);
    }
}

// ---- the database ----

void SealedBlobs::create(engine::Engine& engine, const Organisation& organisation) {
    Batch batch;
    batch.put(Family::Meta, "format", "blobs 1");
    batch.put(Family::Meta, "organisation", std::string(organisation.begin(), organisation.end()));
    engine.write(batch);
}

SealedBlobs::SealedBlobs(engine::Engine& engine, sealing::KeyRing& keys, Sequencer& log,
                         std::function<Instant()> clock, std::string where)
    : engine_(engine), keys_(keys), log_(log), clock_(std::move(clock)), where_(std::move(where)) {
    if (engine_.get(Family::Meta, "format") != "blobs 1") {
        throw CannotOpen(where_ + " was written by a newer version of this software.");
    }
    const auto& organisation = keys_.organisation();
    if (engine_.get(Family::Meta, "organisation") != std::string(organisation.begin(), organisation.end())) {
        throw CannotOpen(where_ + " and the keys belong to different organisations.");
    }
}

SealedBlobs::~SealedBlobs() = default;

void SealedBlobs::recover() {
    const std::lock_guard lock(mutex_);
    if (!engine_.faulted()) return;
    const auto now = std::chrono::steady_clock::now();
    if (now < next_try_) throw Fault(where_ + " took a write error and is not ready yet");
    next_try_ = now + between_tries;
    engine_.reopen();
    ++generation_;
}

void SealedBlobs::try_recover() noexcept {
    try {
        recover();
    } catch (const std::exception&) {
        return;  // still faulted, and healthy() says so
    }
}

}  // namespace vastine::store
