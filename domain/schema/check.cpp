#include "domain/schema/check.hpp"
namespace vastine::domain {
Result<std::monostate> check_fields(const google::protobuf::Message&, const Reference&, Date) { return std::monostate{}; }
}
