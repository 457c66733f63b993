#include "domain/schema/check.hpp"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/timestamp.pb.h>

#include <algorithm>
#include <cassert>
#include <memory>
#include <string_view>
#include <unordered_map>

#include "domain/identifiers/uuid.hpp"
#include "domain/schema/options.pb.h"

namespace vastine::domain {

namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

constexpr std::size_t default_characters_max = 1000;
constexpr int default_items_max = 100;
// Shorter fields are one line on a page and one cell in a list: names, titles, numbers.
constexpr std::size_t lines_from_characters = 400;
// Nobody corrects more at once, and a hostile list of thousands costs no more than this.
constexpr std::size_t errors_max = 100;
// An earlier date is a slip of the hand (0206-03-01), not history.
constexpr Date earliest = std::chrono::sys_days{std::chrono::year{1850} / 1 / 1};

// ---- plans: what the schema says of a message, looked up once ----

struct Plan;
struct FieldPlan {
    const FieldDescriptor* field;
    FieldRule rule;
    const Plan* inside;  // of a sub-message
};
struct Plan {
    std::vector<FieldPlan> fields;
    bool timestamp = false;
    bool for_contacts = false;  // a command that contacts take
};

class Plans {
public:
    const Plan& of(const Descriptor* descriptor) {
        auto& place = plans_[descriptor];
        if (place) return *place;
        place = std::make_unique<Plan>();
        Plan& plan = *place;  // stays where it is while the map grows
        plan.timestamp = descriptor == google::protobuf::Timestamp::descriptor();
        const auto& kinds = descriptor->options().GetExtension(command).kinds();
        plan.for_contacts = std::ranges::find(kinds, CONTACT) != kinds.end();
        for (int i = 0; i < descriptor->field_count(); ++i) {
            const auto* field = descriptor->field(i);
            const bool message = field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE;
            assert(!field->is_map());  // the schema has none: how a map is sealed would be unclear
            plan.fields.push_back(
                {field, field->options().GetExtension(v), message ? &of(field->message_type()) : nullptr});
        }
        return plan;
    }

private:
    std::unordered_map<const Descriptor*, std::unique_ptr<Plan>> plans_;
};

const Plan& plan_of(const Descriptor* descriptor) {
    // Each thread makes its own: they are small, and nothing needs a lock.
    thread_local Plans plans;
    return plans.of(descriptor);
}

// ---- texts ----

struct Counted {
    std::size_t characters = 0;
    bool utf8 = true;
    bool controls = false;
    bool lines = false;
    bool blank = true;  // nothing but spaces
};

// The code point at `at`, moving it on; nothing when the bytes are not UTF-8 (RFC 3629).
std::optional<char32_t> next_code_point(std::string_view text, std::size_t& at) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = byte(at);
    if (lead < 0x80) return text[at++];
    const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || at + length > text.size()) return std::nullopt;
    char32_t code = lead & (0xFFU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(at + i) & 0xC0U) != 0x80U) return std::nullopt;
        code = (code << 6U) | (byte(at + i) & 0x3FU);
    }
    const bool overlong = (length == 3 && code < 0x800) || (length == 4 && code < 0x10000);
    if (overlong || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) return std::nullopt;
    at += length;
    return code;
}

Counted count(std::string_view text) {
    Counted counted;
    for (std::size_t at = 0; at < text.size(); ++counted.characters) {
        const auto code = next_code_point(text, at);
        if (!code) {
            counted.utf8 = false;
            return counted;
        }
        if (*code == '\n' || *code == '\r') {
            counted.lines = true;
        } else if ((*code < 0x20 && *code != '\t') || (*code >= 0x7F && *code <= 0x9F)) {
            counted.controls = true;
        } else if (*code != ' ' && *code != '\t' && *code != 0xA0) {
            counted.blank = false;
        }
    }
    return counted;
}

bool is_digits(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// d1 documents, s1 statements, i1 inquiries, a1 measures, m1 matters, l1 links, r1 drafts of reminders, h1
// legal holds; of a publication e1 examples and p1 proposals.
bool is_id_in_case(std::string_view text) {
    return text.size() >= 2 && text.size() <= 7 &&
           std::string_view("dsiamlrhep").find(text[0]) != std::string_view::npos && text[1] != '0' &&
           is_digits(text.substr(1));
}

// ---- the check ----

class Check {
public:
    Check(const Reference& reference, Date on, bool for_contacts)
        : reference_(reference), on_(on), for_contacts_(for_contacts) {}

    void message(const Message& message, const Plan& plan) {
        if (plan.timestamp) return instant(static_cast<const google::protobuf::Timestamp&>(message));
        const Reflection& reflection = *message.GetReflection();
        for (const auto& field : plan.fields) {
            if (full()) return;
            path_.push_back({field.field, -1});
            if (field.field->is_repeated()) {
                list(message, reflection, field);
            } else {
                single(message, reflection, field);
            }
            path_.pop_back();
        }
    }

    [[nodiscard]] Result<std::monostate> result() {
        if (errors_.empty()) return std::monostate{};
        Rejection first = std::move(errors_.front());
        first.more.assign(std::make_move_iterator(errors_.begin() + 1),
                          std::make_move_iterator(errors_.end()));
        return tl::unexpected(std::move(first));
    }

private:
    struct Step {
        const FieldDescriptor* field;
        int index;
    };

    [[nodiscard]] bool full() const { return errors_.size() >= errors_max; }

    void error(std::string text, std::map<std::string, std::string> args = {}) {
        std::string path;
        for (const auto& step : path_) {
            if (!path.empty()) path += '.';
            path += step.field->name();
            if (step.index >= 0) path += '[' + std::to_string(step.index) + ']';
        }
        errors_.push_back({Reason::Invalid, std::move(text), std::move(args), std::move(path)});
    }

    void single(const Message& message, const Reflection& reflection, const FieldPlan& plan) {
        switch (plan.field->cpp_type()) {
            case FieldDescriptor::CPPTYPE_MESSAGE:
                if (reflection.HasField(message, plan.field)) {
                    this->message(reflection.GetMessage(message, plan.field), *plan.inside);
                } else if (plan.rule.required()) {
                    error("field.required");
                }
                break;
            case FieldDescriptor::CPPTYPE_STRING: {
                const std::string& text = reflection.GetStringReference(message, plan.field, &scratch_);
                if (!text.empty()) {
                    this->text(text, plan);
                } else if (plan.rule.required()) {
                    error("field.required");
                }
                break;
            }
            case FieldDescriptor::CPPTYPE_BOOL:
                break;  // false is an answer
            default:
                if (plan.field->cpp_type() == FieldDescriptor::CPPTYPE_ENUM &&
                    !known(message, reflection, plan)) {
                    error("field.unknown_choice");
                } else if (plan.rule.required() && !reflection.HasField(message, plan.field)) {
                    error("field.required");
                }
        }
    }

    static bool known(const Message& message, const Reflection& reflection, const FieldPlan& plan) {
        const int number = reflection.GetEnumValue(message, plan.field);
        return plan.field->enum_type()->FindValueByNumber(number) != nullptr;
    }

    void list(const Message& message, const Reflection& reflection, const FieldPlan& plan) {
        const int size = reflection.FieldSize(message, plan.field);
        if (size == 0) {
            if (plan.rule.required()) error("field.required");
            return;
        }
        const int max =
            plan.rule.max_length() != 0 ? static_cast<int>(plan.rule.max_length()) : default_items_max;
        if (size > max) return error("field.too_many", {{"max", std::to_string(max)}});
        for (int i = 0; i < size && !full(); ++i) {
            path_.back().index = i;
            item(message, reflection, plan, i);
        }
        path_.back().index = -1;
    }

    void item(const Message& message, const Reflection& reflection, const FieldPlan& plan, int i) {
        switch (plan.field->cpp_type()) {
            case FieldDescriptor::CPPTYPE_MESSAGE:
                this->message(reflection.GetRepeatedMessage(message, plan.field, i), *plan.inside);
                break;
            case FieldDescriptor::CPPTYPE_STRING: {
                const std::string& text =
                    reflection.GetRepeatedStringReference(message, plan.field, i, &scratch_);
                if (text.empty()) return error("field.required");
                this->text(text, plan);
                const bool chosen = !plan.rule.codes().empty() || plan.rule.format() != ANY;
                if (chosen && given_before(message, reflection, plan, i)) error("field.given_twice");
                break;
            }
            case FieldDescriptor::CPPTYPE_ENUM: {
                const int number = reflection.GetRepeatedEnumValue(message, plan.field, i);
                if (number == 0 || plan.field->enum_type()->FindValueByNumber(number) == nullptr) {
                    error("field.unknown_choice");
                }
                break;
            }
            default:
                break;
        }
    }

    // The lists are short (their length was checked), so looking back costs less than a set.
    static bool given_before(const Message& message, const Reflection& reflection, const FieldPlan& plan,
                             int i) {
        std::string mine;
        std::string other;
        const auto& text = reflection.GetRepeatedStringReference(message, plan.field, i, &mine);
        for (int j = 0; j < i; ++j) {
            if (reflection.GetRepeatedStringReference(message, plan.field, j, &other) == text) return true;
        }
        return false;
    }

    void text(const std::string& text, const FieldPlan& plan) {
        const auto& rule = plan.rule;
        const bool limited = rule.max_length() != 0 && !plan.field->is_repeated();
        const std::size_t max = limited ? rule.max_length() : default_characters_max;
        const auto counted = count(text);
        if (!counted.utf8) return error("field.not_text");
        if (counted.characters > max) return error("field.too_long", {{"max", std::to_string(max)}});
        if (counted.controls) return error("field.control_character");
        if (counted.lines && max < lines_from_characters) return error("field.line_break");
        if (counted.blank && rule.required()) return error("field.required");
        if (!rule.codes().empty()) code(text, rule);
        format(text, rule.format());
    }

    void code(const std::string& text, const FieldRule& rule) {
        if (reference_.code_valid(rule.codes(), text, on_)) return;
        const bool other_set = for_contacts_ && !rule.contact_codes().empty();
        if (other_set && reference_.code_valid(rule.contact_codes(), text, on_)) return;
        const bool existed = reference_.code(rule.codes(), text) != nullptr ||
                             (other_set && reference_.code(rule.contact_codes(), text) != nullptr);
        error(existed ? "field.code_not_in_use" : "field.unknown_code", {{"codes", rule.codes()}});
    }

    void format(const std::string& text, Format format) {
        switch (format) {
            case DATE: {
                const auto date = parse_date(text);
                if (!date) return error("field.not_a_date");
                if (*date < earliest) error("field.date_too_early");
                break;
            }
            case ID:
                if (!is_uuid(text) && !is_id_in_case(text)) error("field.not_an_id");
                break;
            case UNIT: {
                const auto* unit = reference_.unit(text, on_);
                if (unit == nullptr) return error("field.unknown_unit");
                // Services that have ended are still written about; those that have not begun are not.
                const auto from = parse_date(unit->given.valid_from());
                if (from && *from > on_) error("field.unit_not_yet");
                break;
            }
            case USER: {
                const auto* user = reference_.user(text);
                if (user == nullptr) return error("field.unknown_user");
                if (!user->active()) error("field.user_not_active");
                break;
            }
            case AUTHORITY:
                if (reference_.authority(text) == nullptr) error("field.unknown_authority");
                break;
            default:
                break;
        }
    }

    // The years 1 to 9999, as Protobuf's own definition has it.
    void instant(const google::protobuf::Timestamp& at) {
        const bool second = at.seconds() >= -62'135'596'800 && at.seconds() <= 253'402'300'799;
        if (!second || at.nanos() < 0 || at.nanos() > 999'999'999) error("field.not_an_instant");
    }

    const Reference& reference_;
    Date on_;
    bool for_contacts_;
    std::vector<Step> path_;
    std::vector<Rejection> errors_;
    std::string scratch_;
};

}  // namespace

Result<std::monostate> check_fields(const Message& command, const Reference& reference, Date on) {
    const Plan& plan = plan_of(command.GetDescriptor());
    Check check(reference, on, plan.for_contacts);
    check.message(command, plan);
    return check.result();
}

}  // namespace vastine::domain
