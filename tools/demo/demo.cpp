#include "tools/demo/demo.hpp"

#include <algorithm>
#include <map>
#include <stdexcept>

#include "domain/cases/kinds.hpp"
#include "domain/schema/contact.pb.h"
#include "domain/schema/reference.pb.h"
#include "tools/demo/draw.hpp"
#include "tools/demo/plan.hpp"

namespace vastine::tools::demo {
namespace {

constexpr std::uint64_t kCommandIds = 20260101;
constexpr std::size_t kBatch = 250;
constexpr int kFirstYear = 2016;
constexpr int kLastYear = 2018;

// The demo's own commands hold to the rules: one that is refused is a bug of the demo.
[[noreturn]] void refused(const Step& step, const domain::Rejection& rejection) {
    throw std::logic_error("demo: " + step.path + " of " + step.case_id + " refused: " + rejection.text +
                           " " + rejection.field + (rejection.more.empty() ? "" : " and more"));
}

// General advice is over when it is saved; whatever else the demo opens today stays open.
bool stays_open(const google::protobuf::Message& command) {
    const auto* contact = dynamic_cast<const LogContact*>(&command);
    return contact == nullptr || contact->has_client_record() || !contact->call_back_on().empty();
}

class Making {
public:
    Making(api::Execution& execution, api::Accounts& accounts, const Progress& progress)
        : execution_(execution), accounts_(accounts), progress_(progress) {
        system_.operating_system_user = true;
        system_.user_id = "system";
    }

    DemoSummary make() {
        const auto today = domain::helsinki_date(execution_.now());
        auto past = history(organisation_);
        auto live = live_cases(organisation_, today);
        const auto written = publications(today);
        all_ = organisation_.steps.size() + past.cases.size() + past.follow_ups.size() + live.size() +
               written.size();
        add_defaults();
        for (const auto& step : organisation_.steps) give(step);
        learn_users();
        give_in_batches(past.cases);
        give_in_batches(past.follow_ups);
        release();  // before the live cases, which are of another year anyway
        for (const auto& step : live) give(step);
        for (const auto& step : written) give(step);
        for (const auto& user : organisation_.users) {
            // One password for all, printed for everybody: nobody is asked to change it.
            const auto set = accounts_.set_password(user.id, organisation_.password, api::ChosenBy::Owner);
            if (!set) {
                throw std::logic_error("demo: password refused: " + set.error().text);
            }
            summary_.logins.push_back({user.login, user.name, user.roles});
        }
        summary_.password = organisation_.password;
        return std::move(summary_);
    }

private:
    // Without the county's defaults no code is valid; an organisation that has some keeps them.
    void add_defaults() {
        if (!execution_.reference().code_sets().empty()) return;
        for (auto& command : domain::default_reference_commands()) {
            Step step;
            step.kind = REFERENCE;
            step.path = command->GetDescriptor()->options().GetExtension(vastine::command).path();
            step.command = std::shared_ptr<const google::protobuf::Message>(std::move(command));
            ++all_;
            give(step);
        }
    }

    void learn_users() {
        const auto reference = execution_.reference();
        for (const auto* user : reference.users()) viewers_[user->login()] = domain::viewer_of(*user);
    }

    [[nodiscard]] api::CommandRequest request_of(const Step& step) {
        api::CommandRequest request;
        request.viewer = step.actor.empty() ? system_ : viewers_.at(step.actor);
        request.kind = step.kind;
        request.case_id = step.case_id;
        request.path = step.path;
        request.command.reset(step.command->New());
        request.command->CopyFrom(*step.command);
        request.command_id = draw_.uuid();
        return request;
    }

    [[nodiscard]] std::uint64_t& count_of(Kind kind) {
        switch (kind) {
            case CONTACT:
                return summary_.contacts;
            case PUBLICATION:
                return summary_.publications;
            case REFERENCE:
                return reference_commands_;
            default:
                return summary_.cases;
        }
    }

    void note(const Step& step, const api::CommandAnswer& answer) {
        versions_[answer.case_id] = answer.version;
        summary_.position = std::max(summary_.position, answer.position);
        if (step.after == 0) ++count_of(step.kind);
        if (progress_) progress_(++done_, all_);
    }

    void give(const Step& step) {
        auto request = request_of(step);
        if (step.after > 0) request.expected = versions_.at(step.case_id);
        const auto answer = execution_.execute(std::move(request));
        if (!answer) refused(step, answer.error());
        note(step, *answer);
        const bool is_case = domain::area_of(step.kind).has_value();
        if (is_case && step.after == 0 && stays_open(*step.command)) ++summary_.open;
    }

    // A case and what follows on it stay in one batch: their steps stand next to each other.
    void give_in_batches(const std::vector<Step>& steps) {
        for (std::size_t from = 0; from < steps.size();) {
            auto until = std::min(steps.size(), from + kBatch);
            while (until < steps.size() && steps[until].after > 0) ++until;
            std::vector<api::CommandRequest> requests;
            for (auto i = from; i < until; ++i) {
                requests.push_back(request_of(steps[i]));
                if (steps[i].after > 0) requests.back().expected = store::Version{steps[i].after};
            }
            const auto answers = execution_.execute_batch(std::move(requests));
            for (std::size_t i = 0; i < answers.size(); ++i) {
                if (!answers[i]) refused(steps[from + i], answers[i].error());
                note(steps[from + i], *answers[i]);
            }
            from = until;
        }
    }

    // Each area's totals for the other's report.
    void release() {
        for (int year = kFirstYear; year <= kLastYear; ++year) {
            for (const auto* area : {"legal", "ombudsman"}) {
                auto command = std::make_shared<ReleaseTotals>();
                command->set_area(area);
                command->set_year(static_cast<std::uint32_t>(year));
                ++all_;
                give({REFERENCE,
                      {},
                      "totals",
                      area == std::string("legal") ? "lawyer" : "head-ombudsman",
                      0,
                      command});
            }
        }
    }

    api::Execution& execution_;
    api::Accounts& accounts_;
    const Progress& progress_;
    Organisation organisation_ = organisation();
    domain::Viewer system_;
    std::map<std::string, domain::Viewer> viewers_;
    std::map<std::string, store::Version> versions_;
    Draw draw_{kCommandIds};
    DemoSummary summary_;
    std::uint64_t reference_commands_ = 0;
    std::uint64_t done_ = 0;
    std::uint64_t all_ = 0;
};

}  // namespace

domain::Result<DemoSummary> make_demo(api::Execution& execution, api::Accounts& accounts,
                                      const Progress& progress) {
    if (!execution.reference().units().empty())
        return domain::reject(domain::Reason::Conflict, "demo.not_empty");
    return Making(execution, accounts, progress).make();
}

}  // namespace vastine::tools::demo
