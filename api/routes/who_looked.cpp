#include <fmt/format.h>

#include <algorithm>

#include "api/http/file_name.hpp"
#include "api/json.hpp"
#include "api/routes/handlers.hpp"
#include "domain/alerts/alerts.hpp"

namespace vastine::api::handlers {

namespace {

domain::Area area(const Call& call) {
    return call.text("area") == "ombudsman" ? domain::Area::Ombudsman : domain::Area::Legal;
}

void fill(OpenedInEmergency& view, const Emergencies::File& file) {
    view.set_case_id(file.case_id);
    view.set_reason(file.reason);
    *view.mutable_until() = timestamp(file.until);
}

projections::Day day(const Call& call, const std::string& name) {
    const auto date = call.date(name);
    return date ? projections::day_of(*date) : projections::no_day;
}

LookedSearchQuery searched(const Call& call) {
    LookedSearchQuery query;
    query.area = area(call);
    query.find.user_id = call.text("user");
    if (const auto id = call.text("case_id"); !id.empty()) query.find.case_ids = {id};
    query.find.what = call.flag("emergencies") ? "break-glass" : call.text("what");
    query.find.from = day(call, "from");
    query.find.until = day(call, "until");
    const auto purpose = call.text("purpose");
    if (purpose == "stated") query.find.purpose = projections::PurposeStated::Yes;
    if (purpose == "none") query.find.purpose = projections::PurposeStated::No;
    query.find.before = {call.number("cursor").value_or(0)};
    query.limit = call.number("limit").value_or(query.limit);
    return query;
}

class Pieces : public BodySource {
public:
    explicit Pieces(std::unique_ptr<Reading::Export> pieces) : pieces_(std::move(pieces)) {}
    void next(std::function<void(std::string)> ready) override { ready(pieces_->next()); }
    void close() override {}
    [[nodiscard]] bool works() const override { return true; }

private:
    std::unique_ptr<Reading::Export> pieces_;
};

template <class M>
Result<Answer> answered(Result<M> result) {
    if (!result) return tl::unexpected(std::move(result.error()));
    return Answer::of(std::move(*result));
}

}  // namespace

// On record first, then told, then open: what fails in between has opened nothing.
Result<Answer> break_glass(Services& services, Call& call, Kind kind) {
    const auto& case_id = call.path.at(0);
    const auto& asked = call.body_as<BreakGlass>();
    const auto of = services.reading.break_glass(call.reader(), {kind, case_id}, asked);
    if (!of) return tl::unexpected(of.error());
    services.alerts.emergency(domain::alert_of_emergency(case_id, call.caller->viewer.user_id,
                                                         services.reading.hearers_of_emergencies(*of),
                                                         services.directory.everyone()->reference, new_uuid));
    const auto file = services.emergencies.open(call.caller->key, case_id, asked.reason(), services.now());
    OpenedInEmergency view;
    fill(view, file);
    return Answer::of(std::move(view), call.route.status);
}

Result<Answer> own_emergencies(Services& services, Call& call) {
    OpenedInEmergencyList list;
    for (const auto& file : services.emergencies.files(call.caller->key, services.now()))
        fill(*list.add_files(), file);
    return Answer::of(std::move(list));
}

Result<Answer> emergencies(Services& services, Call& call) {
    return answered(services.reading.emergencies(
        call.reader(), area(call), {call.number("cursor").value_or(0)}, call.number("limit").value_or(50)));
}

Result<Answer> search_log(Services& services, Call& call) {
    return answered(services.reading.search_log(call.reader(), searched(call)));
}

Result<Answer> export_log(Services& services, Call& call) {
    auto pieces = services.reading.export_log(call.reader(), searched(call));
    if (!pieces) return tl::unexpected(std::move(pieces.error()));
    Response response;
    response.headers.set("Content-Type", call.route.media);
    response.headers.set("Content-Disposition", disposition(Shown::AsDownload, "vastine-log.csv"));
    response.source = std::make_shared<Pieces>(std::move(*pieces));
    return Answer::as_it_is(std::move(response));
}

Result<Answer> log_extract_preview(Services& services, Call& call, Kind kind) {
    LogExtractQuery query;
    query.of = {kind, call.path.at(0)};
    query.other_cases = call.list("cases");
    query.from = call.date("from");
    query.until = call.date("until");
    return answered(services.reading.log_extract_preview(call.reader(), query));
}

Result<Answer> release_log_extract(Services& services, Call& call, Kind kind, const std::string& case_id,
                                   const std::string& path) {
    const projections::CasePageQuery of{kind, case_id};
    const auto release = call.body_as<ReleaseLogExtract>();
    if (auto checked = services.reading.check_release(call.reader(), of, release); !checked)
        return tl::unexpected(std::move(checked.error()));
    auto taken = give_command(services, call, kind, case_id, path);
    // A retry is answered again, and is on record again: an entry too many, never one too few.
    if (taken) services.reading.released(call.reader(), of, release);
    return taken;
}

Result<Answer> log_extract(Services& services, Call& call, Kind kind) {
    auto words = services.reading.log_extract(call.reader(), {kind, call.path.at(0)}, call.path.at(1));
    if (!words) return tl::unexpected(std::move(words.error()));
    const bool text = call.text("format") == "text";
    Response response;
    auto& headers = response.headers;
    headers.set("Content-Type", text ? "text/plain; charset=utf-8" : call.route.media);
    headers.set("Content-Language", std::string(domain::code_of(words->language)));
    headers.set("Content-Disposition", disposition(Shown::Inline, words->title + (text ? ".txt" : ".pdf")));
    response.body = text ? to_plain_text(*words) : rendering::render(*words);
    return Answer::as_it_is(std::move(response));
}

}  // namespace vastine::api::handlers
