// Search over a log: what is found, in which order, by whom, and what is not found any more.

#include "projections/search/search.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <random>
#include <thread>

#include "tests/projections/written_log.hpp"

namespace vastine::projections::tests {
namespace {

using search::Search;

std::string reminder_stream(unsigned number) {
    return "reminder-" + uuid(number);
}

// The read model and the search over one log, as the service has them.
class Searched {
public:
    enum class Built { No, Yes };
    explicit Searched(const WrittenLog& log, Built built = Built::Yes)
        : events_(log.events()), model_(events_), search_(events_, model_) {
        model_.catch_up(events_.head().position);
        if (built == Built::Yes) build();
    }
    void build() {
        search_.start();
        while (!search_.warm()) std::this_thread::yield();
    }
    Shown<SearchResult> ask(const domain::Viewer& who, const search::Query& query) {
        model_.catch_up(events_.head().position);
        search_.catch_up();
        return model_.read([&](const Views& views) {
            return search_.find(views, who, AsOf{views.position, day("2018-06-01")}, Language::English,
                                query);
        });
    }
    std::vector<std::string> found(const std::string& text, const domain::Viewer& who = viewer(REGISTRAR)) {
        const auto shown = ask(who, {.text = text});
        std::vector<std::string> ids;
        for (const auto& hit : shown.message.hits()) ids.push_back(hit.row().case_id());
        CHECK(shown.message.total() == ids.size());
        CHECK(shown.case_ids == ids);
        return ids;
    }
    [[nodiscard]] Search& search() { return search_; }
    [[nodiscard]] const Search& search() const { return search_; }

private:
    const store::EventStore& events_;
    ReadModel model_;
    Search search_;
};

using Ids = std::vector<std::string>;

DocumentEntered document(const std::string& id, const std::string& title) {
    DocumentEntered event;
    event.set_document_id(id);
    event.mutable_given()->set_direction("incoming");
    event.mutable_given()->set_dated_on("2018-03-09");
    event.mutable_given()->set_title(title);
    event.mutable_given()->set_party("Lääkäri Lumikki Lampi");
    return event;
}

TEST_CASE("a case is found by forms of its words, by names, numbers and days", "[search]") {
    WrittenLog log;
    write_units(log);
    log.add(reminder_stream(1),
            reminder({.subject = "Hoitovirheestä hammashoitolassa", .diary_number = "HVA/123/2018"}));
    log.add(reminder_stream(1), document("d1", "Anmärkningarna från Åbo"));
    Searched searched(log);
    for (const std::string text :
         {"hoitovirhe", "virhe", "HAMMASHOITO", "hammash", "henkilön", "Testi Henkilö", "anmärkning", "åbo",
          "lampi lumikki", "HVA/123/2018", "hva/12", "123/2018", "1.3.2018", "2018-03-01", "maaliskuu 2018",
          "9. maaliskuuta 2018", "virhe lampi maaliskuussa 2018"}) {
        INFO(text);
        CHECK(searched.found(text) == Ids{uuid(1)});
    }
    for (const std::string text :
         {"abo", "hoitovirhe puuttuu", "2.3.2018", "huhtikuu 2018", "124/2018", "HVA/124", "anmarkning"}) {
        INFO(text);
        CHECK(searched.found(text).empty());
    }
}

TEST_CASE("exact comes before another form, that before a beginning, and in each the newest first",
          "[search]") {
    WrittenLog log;
    write_units(log);
    log.add(reminder_stream(1), reminder({.arrived_on = "2018-03-05", .subject = "muistutuslomake"}))
        .add(reminder_stream(2), reminder({.arrived_on = "2018-03-04", .subject = "muistutuksesta"}))
        .add(reminder_stream(3), reminder({.arrived_on = "2018-03-01", .subject = "Muistutus"}))
        .add(reminder_stream(4), reminder({.arrived_on = "2018-03-02", .subject = "muistutus"}))
        .add(reminder_stream(5), reminder({.arrived_on = "2018-03-06", .subject = "muistutushakuisuusx"}));
    Searched searched(log);
    const auto all = searched.found("muistutus");
    REQUIRE(all.size() == 5);
    CHECK(Ids(all.begin(), all.begin() + 2) == Ids{uuid(4), uuid(3)});
    CHECK(all.back() == uuid(5));
}

TEST_CASE("pages follow one another and together are the whole", "[search]") {
    WrittenLog log;
    write_units(log);
    for (unsigned i = 1; i <= 7; ++i) log.add(reminder_stream(i), reminder({.subject = "jonotus"}));
    Searched searched(log);
    Ids all;
    std::string cursor;
    do {
        const auto page =
            searched.ask(viewer(REGISTRAR), {.text = "jonotus", .page = {.cursor = cursor, .limit = 3}});
        CHECK(page.message.total() == 7);
        for (const auto& hit : page.message.hits()) all.push_back(hit.row().case_id());
        cursor = page.message.next_cursor();
        CHECK(cursor.find("jono") == std::string::npos);
    } while (!cursor.empty() && all.size() < 20);
    CHECK(all == searched.found("jonotus"));
}

TEST_CASE("a hit shows where it was found, with the words marked", "[search]") {
    WrittenLog log;
    write_units(log);
    std::string subject;
    for (int i = 0; i < 100; ++i) subject += "täytettä \xf0\x9f\x98\x80 ";
    log.add(reminder_stream(1), reminder({.subject = subject + "Hoitovirheestä kysytään\nmyös. " + subject}));
    Searched searched(log);
    const auto hit = searched.ask(viewer(REGISTRAR), {.text = "hoitovirhe kysyä"}).message.hits(0);
    CHECK(hit.where() == "Subject");
    CHECK(hit.snippet().starts_with("… "));
    CHECK(hit.snippet().ends_with(" …"));
    CHECK(hit.snippet().find('\n') == std::string::npos);
    REQUIRE(hit.marks_size() == 4);
    // In UTF-16 units: a face is two of them and four bytes.
    std::u16string units;
    for (std::size_t i = 0; i < hit.snippet().size();) {
        const auto lead = static_cast<unsigned char>(hit.snippet()[i]);
        const std::size_t bytes = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
        units += bytes == 1 ? static_cast<char16_t>(lead) : u'?';
        if (bytes == 4) units += u'?';
        i += bytes;
    }
    CHECK(units.substr(hit.marks(0), hit.marks(1) - hit.marks(0)) == u"Hoitovirheest?");
    CHECK(units.substr(hit.marks(2), hit.marks(3) - hit.marks(2)) == u"kysyt??n");
}

TEST_CASE("nobody finds, or sees counted, what they may not see", "[search][wall]") {
    WrittenLog log;
    write_units(log);
    const auto word = std::string("salasana");
    log.add(reminder_stream(1), reminder({.unit = "sairaala-osasto-1", .subject = word}))
        .add(reminder_stream(2),
             reminder({.unit = "perhe-neuvola", .department = "perhe-sosiaali", .subject = word}))
        .add("contact-" + uuid(3), contact({.note = word}), me);
    log.add(reminder_stream(1), disqualified(me, uuid(0xcc)));
    Searched searched(log);
    // `me` is disqualified from the first one.
    CHECK(searched.found(word, viewer(REGISTRAR)) == Ids{uuid(2)});
    CHECK(searched.found(word, viewer(UNIT_HEAD, {"perhe-sosiaali"})) == Ids{uuid(2)});
    CHECK(searched.found(word, viewer(UNIT_HEAD, {"sairaala"})).empty());
    CHECK(searched.found(word, viewer(OMBUDSMAN)) == Ids{uuid(3)});
    CHECK(searched.found(word, viewer(BOARD)).empty());
    CHECK(searched.found(word, viewer(ADMINISTRATOR)).empty());
}

TEST_CASE("kinds narrow a search", "[search]") {
    WrittenLog log;
    write_units(log);
    log.add(reminder_stream(1), reminder({.subject = "jono"}))
        .add("complaint-" + uuid(2), complaint({.subject = "jono"}));
    Searched searched(log);
    const auto only = searched.ask(viewer(REGISTRAR), {.text = "jono", .kinds = {COMPLAINT}});
    REQUIRE(only.message.total() == 1);
    CHECK(only.message.hits(0).row().kind() == "complaint");
}

TEST_CASE("a case whose key is destroyed is not found, and its words leave memory", "[search]") {
    WrittenLog log;
    write_units(log);
    log.add(reminder_stream(1), reminder({.subject = "Lumikki Kukkamaa"}))
        .add(reminder_stream(2), reminder({.subject = "Kukkamaa"}));
    Searched searched(log);
    REQUIRE(searched.found("kukkamaa").size() == 2);
    log.destroy_key(reminder_stream(1));
    CHECK(searched.found("kukkamaa") == Ids{uuid(2)});
    CHECK_FALSE(searched.search().knows("lumikki"));
    CHECK(searched.search().knows("kukkamaa"));
    CHECK(searched.search().cases() == 1);
}

TEST_CASE("a retracted document and corrected words are not found from that event on", "[search]") {
    WrittenLog log;
    write_units(log);
    log.add(reminder_stream(1), reminder({.subject = "Väärinkirjoitettu"}));
    log.add(reminder_stream(1), document("d1", "Toisen potilaan epikriisi"));
    log.add(reminder_stream(1), document("d2", "Lähete"));
    log.add("contact-" + uuid(2), contact({.note = "sekaannus"}), me);
    Searched searched(log);
    REQUIRE(searched.found("epikriisi") == Ids{uuid(1)});
    REQUIRE(searched.found("väärinkirjoitettu") == Ids{uuid(1)});

    DocumentRetracted retracted;
    retracted.mutable_given()->set_document_id("d1");
    retracted.mutable_given()->set_reason("Epikriisi oli toisen");
    log.add(reminder_stream(1), retracted);
    CHECK(searched.found("epikriisi").empty());
    CHECK(searched.found("lähete") == Ids{uuid(1)});
    CHECK_FALSE(searched.search().knows("epikriisi"));

    OpeningCorrected corrected;
    *corrected.mutable_given()->mutable_opening() = opening({.subject = "Oikein"});
    corrected.mutable_given()->set_reason("kirjoitusvirhe");
    *corrected.mutable_coarse() = coarse("2018-03-01", "sairaala");
    log.add(reminder_stream(1), corrected);
    CHECK(searched.found("väärinkirjoitettu").empty());
    CHECK(searched.found("oikein") == Ids{uuid(1)});

    ContactCorrected contact_corrected;
    *contact_corrected.mutable_given()->mutable_contact() = contact({.note = "selvä"}).given();
    *contact_corrected.mutable_coarse() = coarse("2018-03-01", "sairaala");
    contact_corrected.mutable_given()->set_reason("korjattu");
    log.add("contact-" + uuid(2), contact_corrected, me);
    CHECK(searched.found("sekaannus", viewer(OMBUDSMAN)).empty());
    CHECK(searched.found("selvä", viewer(OMBUDSMAN)) == Ids{uuid(2)});
}

TEST_CASE("until the index is built a search says so, and then finds", "[search]") {
    WrittenLog log;
    write_units(log);
    log.add(reminder_stream(1), reminder({.subject = "jono"}));
    Searched searched(log, Searched::Built::No);
    const auto early = searched.ask(viewer(REGISTRAR), {.text = "jono"});
    CHECK(early.message.warming_up());
    CHECK(early.message.warmed_percent() < 100);
    CHECK(early.message.total() == 0);
    searched.build();
    const auto later = searched.ask(viewer(REGISTRAR), {.text = "jono"});
    CHECK_FALSE(later.message.warming_up());
    CHECK(later.message.warmed_percent() == 100);
    CHECK(later.message.total() == 1);
}

TEST_CASE("building stops when the service does", "[search]") {
    WrittenLog log;
    write_units(log);
    for (unsigned i = 1; i <= 300; ++i) log.add(reminder_stream(i), reminder({.subject = "jono"}));
    Searched searched(log, Searched::Built::No);
    searched.search().start();
    searched.search().stop();
    searched.build();
    CHECK(searched.ask(viewer(REGISTRAR), {.text = "jono"}).message.total() == 300);
}

TEST_CASE("a case of a hundred words costs a kilobyte of memory, a word of the vocabulary half of one",
          "[search]") {
    // Words are as unequal as in a language: the n-th is met as often as 1/n says.
    std::mt19937 random(7);
    constexpr unsigned vocabulary = 20'000;
    const auto word = [&] {
        const double uniform = std::uniform_real_distribution<double>(0, 1)(random);
        const auto number = static_cast<unsigned>(std::pow(double{vocabulary}, uniform)) * 2654435761U;
        std::string out;
        for (unsigned rest = number, i = 0; i < 8; ++i, rest /= 13) out += "aeiouklmnprst"[rest % 13];
        return out;
    };
    WrittenLog log;
    write_units(log);
    constexpr unsigned cases = 2000;
    for (unsigned i = 1; i <= cases; ++i) {
        std::string subject;
        for (int k = 0; k < 100; ++k) subject += word() + ' ';
        log.add(reminder_stream(i), reminder({.subject = subject}));
    }
    const Searched searched(log);
    INFO(searched.search().words() << " words, " << searched.search().bytes() / cases << " bytes a case");
    CHECK(searched.search().bytes() < cases * 1024 + searched.search().words() * 512);
    CHECK(searched.search().cases() == cases);
}

// A plain scan of what every case says is the model: words of letters and a digit have no forms, so they
// are found whole or by their beginning.
TEST_CASE("whatever happens to cases, the index finds what a plain scan finds", "[search]") {
    const auto seed = std::random_device{}();
    INFO("seed " << seed);
    std::mt19937 random(seed);
    const auto below = [&](unsigned end) { return static_cast<unsigned>(random() % end); };
    const auto word = [&] {
        static const std::vector<std::string> letters{"a", "ä", "ö", "b"};
        std::string out = "q";
        for (unsigned i = below(4) + 1; i > 0; --i) out += letters[below(4)];
        return out + std::to_string(below(3));
    };
    const auto words = [&] {
        std::string out;
        for (unsigned i = below(6) + 1; i > 0; --i) out += word() + " ";
        return out;
    };
    struct Plain {
        std::string subject;
        std::vector<std::string> documents;  // empty: retracted
        bool destroyed = false;
    };
    WrittenLog log;
    write_units(log);
    std::vector<Plain> plain(12);
    for (unsigned i = 0; i < plain.size(); ++i) {
        plain[i].subject = words();
        log.add(reminder_stream(i), reminder({.subject = plain[i].subject}));
    }
    Searched searched(log);
    const auto holds = [](const Plain& one, const std::string& asked) {
        const auto in = [&](const std::string& text) {
            return (' ' + text).find(' ' + asked) != std::string::npos;
        };
        return in(one.subject) || std::ranges::any_of(one.documents, in);
    };
    for (int step = 0; step < 150; ++step) {
        const auto at = below(static_cast<unsigned>(plain.size()));
        auto& one = plain[at];
        const auto what = below(10);
        if (one.destroyed) continue;
        if (what < 4) {
            one.documents.push_back(words());
            log.add(reminder_stream(at),
                    document("d" + std::to_string(one.documents.size()), one.documents.back()));
        } else if (what < 6 && !one.documents.empty()) {
            const auto number = below(static_cast<unsigned>(one.documents.size()));
            one.documents[number].clear();
            DocumentRetracted retracted;
            retracted.mutable_given()->set_document_id("d" + std::to_string(number + 1));
            log.add(reminder_stream(at), retracted);
        } else if (what < 9) {
            one.subject = words();
            OpeningCorrected corrected;
            *corrected.mutable_given()->mutable_opening() = opening({.subject = one.subject});
            *corrected.mutable_coarse() = coarse("2018-03-01", "sairaala");
            log.add(reminder_stream(at), corrected);
        } else if (below(4) == 0) {
            one.destroyed = true;
            log.destroy_key(reminder_stream(at));
        }
        auto first = word();
        if (below(2) == 0) first.pop_back();
        const auto second = below(2) == 0 ? word() : std::string();
        Ids expected;
        for (unsigned i = 0; i < plain.size(); ++i) {
            if (!plain[i].destroyed && holds(plain[i], first) && (second.empty() || holds(plain[i], second)))
                expected.push_back(uuid(i));
        }
        auto found = searched.found(first + ' ' + second);
        std::ranges::sort(found);
        INFO("step " << step << ": " << first << ' ' << second);
        REQUIRE(found == expected);
    }
    // What was built alone is what was followed.
    Searched anew(log);
    CHECK(anew.search().cases() <= searched.search().cases());
    for (const auto& one : plain) {
        if (one.destroyed) continue;
        const auto first = one.subject.substr(0, one.subject.find(' '));
        CHECK(anew.found(first) == searched.found(first));
    }
    for (const auto& one : plain) static_cast<void>(searched.found(one.subject));
    CHECK(anew.search().words() == searched.search().words());
}

}  // namespace
}  // namespace vastine::projections::tests
