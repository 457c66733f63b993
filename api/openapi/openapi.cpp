#include "api/openapi/openapi.hpp"

#include <google/protobuf/descriptor.h>

#include <boost/json.hpp>
#include <set>

#include "domain/schema/options.pb.h"
#include "domain/schema/session.pb.h"

namespace vastine::api {

namespace {

namespace json = boost::json;
using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

std::string schema_name(const Descriptor& message) {
    auto name = message.full_name();
    if (name.starts_with("vastine.")) name = name.substr(8);
    for (auto& c : name) c = c == '.' ? '_' : c;
    return name;
}

json::object reference_to(const Descriptor& message) {
    return {{"$ref", "#/components/schemas/" + schema_name(message)}};
}

// Schemas of messages, each once, with those they hold.
class Schemas {
public:
    json::object of(const Descriptor& message) {
        if (message.full_name() == "google.protobuf.Timestamp") {
            return {{"type", "string"}, {"format", "date-time"}};
        }
        if (seen_.insert(message.full_name()).second) {
            json::object properties;
            json::array required;
            for (int i = 0; i < message.field_count(); ++i) {
                const auto& field = *message.field(i);
                properties[field.name()] = property(field);
                if (field.options().GetExtension(v).required()) required.emplace_back(field.name());
            }
            json::object schema{
                {"type", "object"}, {"additionalProperties", false}, {"properties", properties}};
            if (!required.empty()) schema["required"] = required;
            all_[schema_name(message)] = std::move(schema);
        }
        return reference_to(message);
    }
    json::object take() { return std::move(all_); }

private:
    json::object property(const FieldDescriptor& field) {
        const auto& rule = field.options().GetExtension(v);
        auto one = value(field, rule);
        if (!field.is_repeated()) return one;
        json::object list{{"type", "array"}, {"items", one}};
        if (rule.max_length() > 0) list["maxItems"] = rule.max_length();
        return list;
    }

    json::object value(const FieldDescriptor& field, const FieldRule& rule) {
        switch (field.cpp_type()) {
            case FieldDescriptor::CPPTYPE_MESSAGE:
                return of(*field.message_type());
            case FieldDescriptor::CPPTYPE_BOOL:
                return {{"type", "boolean"}};
            case FieldDescriptor::CPPTYPE_UINT32:
                return {{"type", "integer"}, {"minimum", 0}, {"maximum", 4294967295U}};
            case FieldDescriptor::CPPTYPE_INT32:
                return {{"type", "integer"}};
            case FieldDescriptor::CPPTYPE_UINT64:
            case FieldDescriptor::CPPTYPE_INT64:
                return {{"type", "string"}, {"pattern", "^[0-9]+$"}, {"description", "64-bit count"}};
            case FieldDescriptor::CPPTYPE_DOUBLE:
            case FieldDescriptor::CPPTYPE_FLOAT:
                return {{"type", "number"}};
            case FieldDescriptor::CPPTYPE_ENUM: {
                json::array names;
                for (int i = 0; i < field.enum_type()->value_count(); ++i) {
                    names.emplace_back(field.enum_type()->value(i)->name());
                }
                return {{"type", "string"}, {"enum", names}};
            }
            case FieldDescriptor::CPPTYPE_STRING:
                break;
        }
        json::object text{{"type", "string"}};
        if (field.type() == FieldDescriptor::TYPE_BYTES) text["contentEncoding"] = "base64";
        if (rule.max_length() > 0 && !field.is_repeated()) text["maxLength"] = rule.max_length();
        std::string description;
        switch (rule.format()) {
            case DATE:
                text["format"] = "date";
                break;
            case ID:
                description = "An id given by this service";
                break;
            case UNIT:
                description = "Id of a unit valid on the day";
                break;
            case USER:
                description = "Id of an active user";
                break;
            case AUTHORITY:
                description = "Id of an authority";
                break;
            default:
                break;
        }
        if (!rule.codes().empty()) description = "A code of the set " + rule.codes() + " valid on the day";
        if (!description.empty()) text["description"] = description;
        return text;
    }

    std::set<std::string> seen_;
    json::object all_;
};

json::object parameter(const Parameter& parameter) {
    json::object schema{{"type", "string"}};
    switch (parameter.form) {
        case Form::Uuid:
            schema["format"] = "uuid";
            break;
        case Form::Date:
            schema["format"] = "date";
            break;
        case Form::Month:
            schema["pattern"] = "^[0-9]{4}-[0-9]{2}$";
            break;
        case Form::Number:
            schema = {{"type", "integer"}, {"minimum", 0}};
            break;
        case Form::Flag:
            schema = {{"type", "boolean"}};
            break;
        case Form::Choice: {
            const json::array choices(parameter.choices.begin(), parameter.choices.end());
            if (parameter.list) {
                schema = {{"type", "array"}, {"items", {{"type", "string"}, {"enum", choices}}}};
            } else {
                schema["enum"] = choices;
            }
            break;
        }
        case Form::Text:
        case Form::Opaque:
            break;
    }
    json::object object{{"name", parameter.name},
                        {"in", "query"},
                        {"required", parameter.required},
                        {"description", parameter.description},
                        {"schema", schema}};
    if (parameter.list) {
        object["style"] = "form";
        object["explode"] = false;
    }
    return object;
}

enum class Presence { Required, Optional };
json::object header(std::string_view name, std::string_view description, json::object schema,
                    Presence presence = Presence::Required) {
    return {{"name", name},
            {"in", "header"},
            {"required", presence == Presence::Required},
            {"description", description},
            {"schema", schema}};
}

// Asked of somebody who is known; what they read goes on record, with why.
bool may_give_purpose(const Route& route) {
    return route.method == "GET" && !std::holds_alternative<Anyone>(route.admission);
}

json::array parameters(const Route& route) {
    json::array all;
    for (auto at = route.pattern.find('{'); at != std::string::npos; at = route.pattern.find('{', at + 1)) {
        const auto name = route.pattern.substr(at + 1, route.pattern.find('}', at) - at - 1);
        json::object schema{{"type", "string"}};
        if (name == "id") schema["format"] = "uuid";
        all.emplace_back(
            json::object{{"name", name}, {"in", "path"}, {"required", true}, {"schema", schema}});
    }
    if (route.needs.key) {
        all.emplace_back(header(
            "Idempotency-Key", "A UUID for this command; a retry repeats it and is answered, not taken twice",
            {{"type", "string"}, {"format", "uuid"}}));
    }
    if (route.needs.version) {
        all.emplace_back(header("If-Match", "The version the command was decided on, as ETag gave it: \"7\"",
                                {{"type", "string"}, {"pattern", "^\"[0-9]+\"$"}}));
    }
    if (route.receives) {
        all.emplace_back(header("X-File-Name",
                                "What the file is called: at most 200 characters, UTF-8 percent-encoded",
                                {{"type", "string"}, {"pattern", "^([ -$&-~]|%[0-9A-Fa-f]{2})*$"}}));
    }
    if (may_give_purpose(route)) {
        all.emplace_back(
            header("X-Purpose",
                   "Why it is read, for the access log: one line of at most 200 characters, UTF-8 "
                   "percent-encoded, with or without RFC 8187's mark: UTF-8''tietopyynt%C3%B6%2012",
                   {{"type", "string"}, {"pattern", "^([ -$&-~]|%[0-9A-Fa-f]{2})*$"}}, Presence::Optional));
    }
    for (const auto& one : route.query) all.emplace_back(parameter(one));
    return all;
}

json::array security(const Route& route) {
    if (std::holds_alternative<Anyone>(route.admission)) return {};
    json::array ways{json::object{{"session", json::array{}}}};
    const bool session_only = std::holds_alternative<WithSession>(route.admission) ||
                              std::holds_alternative<WithAnySession>(route.admission);
    if (!session_only) ways.emplace_back(json::object{{"token", json::array{}}});
    return ways;
}

std::string who_may(const Route& route) {
    if (const auto* giver = std::get_if<Giver>(&route.admission)) {
        std::string roles;
        for (const int role : giver->rule->by()) {
            roles += (roles.empty() ? "" : ", ") + Role_Name(static_cast<Role>(role));
        }
        return "Given by " + roles + ", within their own area.";
    }
    if (const auto* worker = std::get_if<KindWorker>(&route.admission)) {
        return domain::area_of(worker->kind) == domain::Area::Ombudsman ? "For the ombudsman area."
                                                                        : "For the legal area.";
    }
    return {};
}

json::object operation(const Route& route, Schemas& schemas) {
    json::object success{{"description", route.summary}};
    if (route.gives != nullptr) {
        success["content"] = {{route.media, {{"schema", schemas.of(*route.gives)}}}};
    } else if (route.status != 204 && route.status != 303) {
        success["content"] = {{route.media, json::object{}}};
    }
    if (route.needs.version || route.needs.key) {
        success["headers"] = {
            {"ETag", {{"schema", {{"type", "string"}}}, {"description", "The version after the command"}}}};
    }
    json::object object{{"summary", route.summary},
                        {"tags", {route.tag}},
                        {"parameters", parameters(route)},
                        {"security", security(route)},
                        {"responses",
                         {{std::to_string(route.status), success},
                          {"default", {{"$ref", "#/components/responses/Problem"}}}}}};
    if (const auto may = who_may(route); !may.empty()) object["description"] = may;
    if (route.takes != nullptr) {
        object["requestBody"] = {{"required", true},
                                 {"content", {{"application/json", {{"schema", schemas.of(*route.takes)}}}}}};
    }
    if (route.receives) {
        object["requestBody"] = {{"required", true},
                                 {"content", {{"application/octet-stream", json::object{}}}}};
    }
    if (route.form_body) {
        object["requestBody"] = {{"required", true},
                                 {"content", {{"application/x-www-form-urlencoded", json::object{}}}}};
    }
    return object;
}

}  // namespace

std::string openapi_document(const std::vector<Route>& routes) {
    Schemas schemas;
    json::object paths;
    for (const auto& route : routes) {
        auto method = route.method;
        for (auto& c : method) c = static_cast<char>(c - 'A' + 'a');
        auto& path = paths[route.pattern];
        if (path.is_null()) path = json::object{};
        path.as_object()[method] = operation(route, schemas);
    }
    const auto problem = schemas.of(*Problem::descriptor());
    json::object components{
        {"schemas", schemas.take()},
        {"responses",
         {{"Problem",
           {{"description", "A refusal, in the caller's language (RFC 9457)"},
            {"content", {{"application/problem+json", {{"schema", problem}}}}}}}}},
        {"securitySchemes",
         {{"session",
           {{"type", "apiKey"},
            {"in", "cookie"},
            {"name", "__Host-vastine"},
            {"description",
             "POST /api/v1/session; repeat its csrf_token in X-CSRF-Token with every unsafe request"}}},
          {"token", {{"type", "http"}, {"scheme", "bearer"}, {"description", "POST /api/v1/tokens"}}}}}};
    return json::serialize(json::object{
        {"openapi", "3.1.0"},
        {"info",
         {{"title", "Vastine"},
          {"version", VASTINE_VERSION},
          {"summary", "Reminders, complaints, authorities' requests and ombudsman contacts"},
          {"description",
           "Field names are snake_case. Unknown fields, unknown parameters and duplicate keys are refused. "
           "64-bit counts are strings. Errors are problem documents in fi, sv or en, by Accept-Language."},
          {"license", {{"name", "EUPL-1.2"}, {"identifier", "EUPL-1.2"}}}}},
        {"paths", paths},
        {"components", components}});
}

}  // namespace vastine::api
