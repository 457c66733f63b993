#include "store/log_copy.hpp"

#include <fmt/format.h>

#include "store/engine/rocks_engine.hpp"
#include "store/store.hpp"
#include "store/stored_log.hpp"
#include "store/uuid_text.hpp"

namespace vastine::store {

using engine::Family;
using engine::RocksEngine;

struct LogCopy::Inside {
    RocksEngine engine;
    StoredLog tables;
    std::string organisation;  // 16 bytes
    Head head;

    explicit Inside(const std::filesystem::path& database)
        : engine({database, engine::log_families, RocksEngine::Mode::Read}),
          tables(engine, database.string()) {
        if (engine.get(Family::Meta, "format") != "log 1") {
            throw CannotOpen(fmt::format("{} is no complete log, or a newer version's.", database.string()));
        }
        organisation = engine.get(Family::Meta, "organisation").value_or("");
        head = tables.standing().head();
    }
    void expect(Position size) const {
        if (size > head.position) throw std::out_of_range("no such record");
    }
};

LogCopy::LogCopy(const std::filesystem::path& database) {
    if (!std::filesystem::exists(database / "CURRENT")) {
        throw CannotOpen(fmt::format("{} holds no log.", database.string()));
    }
    inside_ = std::make_unique<Inside>(database);
}
LogCopy::~LogCopy() = default;

std::string LogCopy::organisation() const {
    return uuid_text(inside_->organisation);
}
Head LogCopy::head() const {
    return inside_->head;
}
Head LogCopy::verify(const std::function<void(Position)>& progress) const {
    inside_->tables.check(inside_->head, {inside_->organisation, {}, progress});
    return inside_->head;
}
void LogCopy::check_extends(const Head& known) const {
    inside_->tables.check_extends(inside_->head, known);
}
std::vector<std::string> LogCopy::inclusion_proof(Position position, Position size) const {
    inside_->expect(size);
    return inside_->tables.inclusion_proof(position, size);
}
std::vector<std::string> LogCopy::consistency_proof(Position old_size, Position size) const {
    inside_->expect(size);
    return inside_->tables.consistency_proof(old_size, size);
}
std::string LogCopy::leaf(Position position) const {
    inside_->expect(position);
    return inside_->tables.leaf(position);
}

}  // namespace vastine::store
