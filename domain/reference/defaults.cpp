// The default reference data, read from the TOML files of domain/data. Keys of a file that nothing
// reads would be silent losses, so every key must be a field of the message it fills.
#include <toml++/toml.h>

#include <stdexcept>
#include <string>

#include "domain/data/embedded.hpp"
#include "domain/reference/reference.hpp"

namespace vastine::domain {

namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

[[noreturn]] void fail(std::string_view file, const toml::node& node, std::string_view what) {
    throw std::runtime_error(std::string(file) + ", line " + std::to_string(node.source().begin.line) + ": " +
                             std::string(what));
}

void read(const toml::table& table, Message& message, std::string_view file, std::string_view items = {});

// A text, or one of an enumeration's names: LAWYER.
void add(Message& message, const FieldDescriptor& field, const toml::node& item, std::string_view file) {
    const auto* const text = item.as_string();
    if (!text) fail(file, item, "expected a text");
    const auto* const reflection = message.GetReflection();
    if (field.type() != FieldDescriptor::TYPE_ENUM)
        return reflection->AddString(&message, &field, text->get());
    const auto* const value = field.enum_type()->FindValueByName(text->get());
    if (!value) fail(file, item, "no such name: " + text->get());
    reflection->AddEnum(&message, &field, value);
}

void set(Message& message, const FieldDescriptor& field, const toml::node& node, std::string_view file) {
    const auto* const reflection = message.GetReflection();
    if (const auto* const list = node.as_array(); list && field.is_repeated()) {
        for (const toml::node& item : *list) add(message, field, item, file);
    } else if (const auto* const text = node.as_string();
               text && field.type() == FieldDescriptor::TYPE_STRING) {
        reflection->SetString(&message, &field, text->get());
    } else if (const auto* const number = node.as_integer();
               number && field.type() == FieldDescriptor::TYPE_UINT32) {
        reflection->SetUInt32(&message, &field, static_cast<std::uint32_t>(number->get()));
    } else if (const auto* const yes = node.as_boolean(); yes && field.type() == FieldDescriptor::TYPE_BOOL) {
        reflection->SetBool(&message, &field, yes->get());
    } else if (const auto* const inner = node.as_table();
               inner && field.type() == FieldDescriptor::TYPE_MESSAGE && !field.is_repeated()) {
        read(*inner, *reflection->MutableMessage(&message, &field), file);
    } else {
        fail(file, node, "has another type than " + field.full_name());
    }
}

// A table's keys are the message's fields; fi, sv and en are its name's; `items` is left to the caller.
void read(const toml::table& table, Message& message, std::string_view file, std::string_view items) {
    const auto* const name = message.GetDescriptor()->FindFieldByName("name");
    for (const auto& [key, node] : table) {
        if (key.str() == items) continue;
        Message* target = &message;
        if (name && (key == "fi" || key == "sv" || key == "en"))
            target = message.GetReflection()->MutableMessage(&message, name);
        const auto* const field = target->GetDescriptor()->FindFieldByName(std::string(key.str()));
        if (!field) fail(file, node, "no field " + std::string(key.str()) + " in " + message.GetTypeName());
        set(*target, *field, node, file);
    }
}

template <class Take>
void each_table(const toml::table& root, std::string_view items, std::string_view file, Take take) {
    const toml::array* const list = root[items].as_array();
    if (!list) fail(file, root, "has no " + std::string(items));
    for (const toml::node& item : *list) {
        const toml::table* const table = item.as_table();
        if (!table) fail(file, item, "is no table");
        take(*table);
    }
}

using Commands = std::vector<std::unique_ptr<Message>>;

void read_file(std::string_view path, std::string_view content, Commands& commands) {
    if (!path.ends_with(".toml")) return;
    const auto add_each = [&]<class Command>(std::string_view items, const Command&) {
        each_table(toml::parse(content, path), items, path, [&](const toml::table& table) {
            auto command = std::make_unique<Command>();
            read(table, *command, path);
            commands.push_back(std::move(command));
        });
    };
    if (path.starts_with("codes/")) {
        const toml::table root = toml::parse(content, path);
        auto command = std::make_unique<PublishCodeSet>();
        read(root, *command, path, "codes");
        each_table(root, "codes", path,
                   [&](const toml::table& code) { read(code, *command->add_codes(), path); });
        commands.push_back(std::move(command));
    } else if (path.starts_with("authorities/")) {
        add_each("authorities", SetAuthority());
    } else if (path.starts_with("policies/")) {
        add_each("policies", SetPolicy());
    } else if (path.starts_with("retention/")) {
        add_each("retention", SetRetention());
    } else if (path.starts_with("letters/")) {
        add_each("letters", SetLetterTemplate());
    }
}

}  // namespace

// Code sets come first: the commands after them are checked against them.
std::vector<std::unique_ptr<Message>> default_reference_commands() {
    Commands commands;
    for (const std::string_view folder : {"codes/", "authorities/", "policies/", "retention/", "letters/"})
        for (const auto& [path, content] : embedded_files())
            if (path.starts_with(folder)) read_file(path, content, commands);
    return commands;
}

}  // namespace vastine::domain
