#include "tests/api/organisation.hpp"

#include <catch2/catch.hpp>

namespace vastine::test {

domain::Viewer Organisation::viewer(const std::string& id, Role role) {
    domain::Viewer made;
    made.user_id = id;
    made.roles = {role};
    return made;
}

Organisation::Organisation() {
    std::vector<api::CommandRequest> requests;
    for (auto& command : domain::default_reference_commands()) {
        api::CommandRequest request;
        request.viewer = administrator;
        request.kind = REFERENCE;
        for (const auto& entry : domain::commands()) {
            if (entry.message == command->GetDescriptor()) request.path = entry.rule.path();
        }
        request.command = std::move(command);
        request.command_id = api::new_uuid();
        requests.push_back(std::move(request));
    }
    for (const auto& answer : execution.execute_batch(std::move(requests))) {
        if (!answer) FAIL(answer.error().text << " " << answer.error().field);
    }
    set_unit("sairaala", "");
    set_unit("osasto-1", "sairaala");
}

void Organisation::set_unit(const std::string& id, const std::string& parent) {
    auto unit = std::make_unique<SetUnit>();
    unit->set_unit_id(id);
    unit->set_parent(parent);
    unit->mutable_name()->set_fi(id);
    unit->mutable_name()->set_sv(id);
    unit->mutable_name()->set_en(id);
    unit->set_valid_from("2000-01-01");
    api::CommandRequest request;
    request.viewer = administrator;
    request.kind = REFERENCE;
    request.path = "units";
    request.command = std::move(unit);
    request.command_id = api::new_uuid();
    const auto answer = execution.execute(std::move(request));
    if (!answer) FAIL(answer.error().text << " " << answer.error().field);
}

RegisterReminder registration() {
    RegisterReminder command;
    auto& opening = *command.mutable_opening();
    opening.set_arrived_on("2026-03-01");
    opening.set_channel("letter");
    opening.set_cause("care");
    opening.set_maker("client");
    opening.add_units("osasto-1");
    opening.add_sectors("health");
    opening.set_subject("The waiting time");
    return command;
}

}  // namespace vastine::test
