#include "api/json.hpp"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/stubs/logging.h>
#include <google/protobuf/util/json_util.h>

#include <array>
#include <boost/json.hpp>
#include <boost/json/basic_parser_impl.hpp>
#include <cmath>
#include <limits>
#include <optional>
#include <set>
#include <vector>

namespace vastine::api {

namespace {

namespace json = boost::json;
using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

constexpr std::size_t errors_max = 20;

domain::Rejection malformed(std::string text, std::string field = {}) {
    return {domain::Reason::Invalid, std::move(text), {}, std::move(field)};
}

// Boost.JSON's tree keeps the last of two equal keys silently; what arrives twice is refused instead,
// since two readers of one document must not see two meanings.
struct DuplicateKeys {
    static constexpr std::size_t max_object_size = 10'000;
    static constexpr std::size_t max_array_size = 100'000;
    static constexpr std::size_t max_key_size = 200;
    static constexpr std::size_t max_string_size = std::numeric_limits<std::size_t>::max();

    std::vector<std::set<std::string>> objects{};
    std::string key{};
    bool found = false;

    bool on_document_begin(json::error_code&) { return true; }
    bool on_document_end(json::error_code&) { return true; }
    bool on_object_begin(json::error_code&) {
        objects.emplace_back();
        return true;
    }
    bool on_object_end(std::size_t, json::error_code&) {
        objects.pop_back();
        return true;
    }
    bool on_array_begin(json::error_code&) { return true; }
    bool on_array_end(std::size_t, json::error_code&) { return true; }
    bool on_key_part(json::string_view part, std::size_t, json::error_code&) {
        key.append(part.data(), part.size());
        return true;
    }
    bool on_key(json::string_view part, std::size_t, json::error_code& error) {
        key.append(part.data(), part.size());
        found = !objects.back().insert(std::exchange(key, {})).second;
        if (found) error = json::make_error_code(json::error::syntax);
        return !found;
    }
    bool on_string_part(json::string_view, std::size_t, json::error_code&) { return true; }
    bool on_string(json::string_view, std::size_t, json::error_code&) { return true; }
    bool on_number_part(json::string_view, json::error_code&) { return true; }
    bool on_int64(std::int64_t, json::string_view, json::error_code&) { return true; }
    bool on_uint64(std::uint64_t, json::string_view, json::error_code&) { return true; }
    bool on_double(double, json::string_view, json::error_code&) { return true; }
    bool on_bool(bool, json::error_code&) { return true; }
    bool on_null(json::error_code&) { return true; }
    bool on_comment_part(json::string_view, json::error_code&) { return true; }
    bool on_comment(json::string_view, json::error_code&) { return true; }
};

std::optional<json::value> parse_strictly(std::string_view body, const JsonLimits& limits,
                                          domain::Rejection& rejection) {
    json::parse_options options;
    options.max_depth = limits.depth_max;
    json::error_code error;
    json::basic_parser<DuplicateKeys> keys(options);
    const auto read = keys.write_some(false, body.data(), body.size(), error);
    if (keys.handler().found) {
        rejection = malformed("json.duplicate_key");
        return std::nullopt;
    }
    if (error == json::error::too_deep) {
        rejection = malformed("json.too_deep");
        return std::nullopt;
    }
    if (error || read != body.size()) {
        rejection = malformed("json.malformed");
        return std::nullopt;
    }
    auto value = json::parse(json::string_view(body.data(), body.size()), error, {}, options);
    if (error || !value.is_object()) {
        rejection = malformed(error ? "json.malformed" : "json.not_an_object");
        return std::nullopt;
    }
    return value;
}

std::optional<std::int64_t> whole(const json::value& value) {
    if (value.is_int64()) return value.get_int64();
    if (value.is_uint64() && value.get_uint64() <= std::uint64_t{std::numeric_limits<std::int64_t>::max()}) {
        return static_cast<std::int64_t>(value.get_uint64());
    }
    return std::nullopt;
}

bool digits(const json::value& value) {
    if (!value.is_string()) return false;
    const auto& text = value.get_string();
    return !text.empty() && text.size() <= 20 &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// Walks the document beside the message's descriptor and notes where they part.
class Shape {
public:
    explicit Shape(std::vector<domain::Rejection>& errors) : errors_(errors) {}

    void object(const json::object& object, const Descriptor& message, const std::string& path) {
        for (const auto& [key, value] : object) {
            const std::string name(key.data(), key.size());
            const auto* field = message.FindFieldByName(name);
            // An unknown name is the sender's text and may hold anything: it is repeated only when
            // it looks like a name.
            if (field == nullptr) {
                add("json.unknown_field", join(path, like_a_name(name) ? name : "?"));
                continue;
            }
            const auto here = join(path, name);
            if (!field->is_repeated()) {
                one(value, *field, here);
            } else if (!value.is_array()) {
                add("json.not_a_list", here);
            } else {
                const auto& list = value.get_array();
                for (std::size_t i = 0; i < list.size(); ++i) {
                    one(list[i], *field, here + "[" + std::to_string(i) + "]");
                }
            }
        }
    }

private:
    static std::string join(const std::string& path, const std::string& name) {
        return path.empty() ? name : path + "." + name;
    }
    static bool like_a_name(const std::string& name) {
        return !name.empty() && name.size() <= 40 && std::all_of(name.begin(), name.end(), [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
        });
    }
    void add(std::string text, std::string path) {
        if (errors_.size() < errors_max) errors_.push_back(malformed(std::move(text), std::move(path)));
    }

    void one(const json::value& value, const FieldDescriptor& field, const std::string& path) {
        switch (field.cpp_type()) {
            case FieldDescriptor::CPPTYPE_STRING:
                if (!value.is_string()) return add("json.not_a_text", path);
                if (field.type() == FieldDescriptor::TYPE_BYTES) return;  // base64: Protobuf's word
                if (value.get_string().find('\0') != json::string::npos) add("json.not_a_text", path);
                return;
            case FieldDescriptor::CPPTYPE_BOOL:
                if (!value.is_bool()) add("json.not_true_or_false", path);
                return;
            case FieldDescriptor::CPPTYPE_UINT32: {
                const auto number = whole(value);
                if (!number || *number < 0 || *number > std::numeric_limits<std::uint32_t>::max()) {
                    add("json.not_a_count", path);
                }
                return;
            }
            case FieldDescriptor::CPPTYPE_INT32: {
                const auto number = whole(value);
                if (!number || *number < std::numeric_limits<std::int32_t>::min() ||
                    *number > std::numeric_limits<std::int32_t>::max()) {
                    add("json.not_a_count", path);
                }
                return;
            }
            case FieldDescriptor::CPPTYPE_UINT64:
            case FieldDescriptor::CPPTYPE_INT64: {
                const auto number = whole(value);
                if (!digits(value) && (!number || *number < 0)) add("json.not_a_count", path);
                return;
            }
            case FieldDescriptor::CPPTYPE_DOUBLE:
            case FieldDescriptor::CPPTYPE_FLOAT:
                if (!value.is_number()) add("json.not_a_number", path);
                return;
            case FieldDescriptor::CPPTYPE_ENUM: {
                const bool known = value.is_string() && field.enum_type()->FindValueByName(
                                                            std::string(value.get_string())) != nullptr;
                if (!known) add("json.not_a_choice", path);
                return;
            }
            case FieldDescriptor::CPPTYPE_MESSAGE:
                if (field.message_type()->full_name() == "google.protobuf.Timestamp") {
                    if (!instant(value)) add("json.not_an_instant", path);
                } else if (!value.is_object()) {
                    add("json.not_an_object", path);
                } else {
                    object(value.get_object(), *field.message_type(), path);
                }
                return;
        }
    }

    // RFC 3339; the last word is Protobuf's.
    static bool instant(const json::value& value) {
        if (!value.is_string()) return false;
        const auto& text = value.get_string();
        return text.size() >= 20 && text.size() <= 40 && text[4] == '-' && text[7] == '-' && text[10] == 'T';
    }

    std::vector<domain::Rejection>& errors_;
};

}  // namespace

domain::Result<std::monostate> read_json(std::string_view body, Message& into, const JsonLimits& limits) {
    if (body.size() > limits.bytes_max) return tl::unexpected(malformed("json.too_large"));
    domain::Rejection rejection;
    const auto value = parse_strictly(body, limits, rejection);
    if (!value) return tl::unexpected(std::move(rejection));

    std::vector<domain::Rejection> errors;
    Shape(errors).object(value->get_object(), *into.GetDescriptor(), "");
    if (!errors.empty()) {
        rejection = errors.front();
        rejection.more.assign(std::next(errors.begin()), errors.end());
        return tl::unexpected(std::move(rejection));
    }
    // Its own errors echo values, to the caller and to stderr; ours have said what there is to say.
    const google::protobuf::LogSilencer silence;
    google::protobuf::util::JsonParseOptions options;
    options.ignore_unknown_fields = false;
    const auto status = google::protobuf::util::JsonStringToMessage(
        google::protobuf::StringPiece(body.data(), body.size()), &into, options);
    if (!status.ok()) {
        into.Clear();
        return tl::unexpected(malformed("json.malformed"));
    }
    return std::monostate{};
}

std::string write_json(const Message& message, Defaults defaults) {
    google::protobuf::util::JsonPrintOptions options;
    options.preserve_proto_field_names = true;
    options.always_print_primitive_fields = defaults == Defaults::Written;
    std::string text;
    const auto status = google::protobuf::util::MessageToJsonString(message, &text, options);
    if (!status.ok()) throw std::logic_error("a message of ours has no JSON form");
    return text;
}

google::protobuf::Timestamp timestamp(domain::Instant at) {
    google::protobuf::Timestamp stamp;
    const auto seconds = std::chrono::floor<std::chrono::seconds>(at);
    stamp.set_seconds(seconds.time_since_epoch().count());
    stamp.set_nanos(static_cast<std::int32_t>(std::chrono::nanoseconds(at - seconds).count()));
    return stamp;
}

}  // namespace vastine::api
