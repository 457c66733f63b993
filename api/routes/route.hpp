#pragma once
// What a route is: one row of the table in table.cpp. Routing, rights, preconditions, OpenAPI and the
// role × route test all read the same rows.

#include <google/protobuf/message.h>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "api/http/message.hpp"
#include "api/http/target.hpp"
#include "api/reading.hpp"
#include "domain/access/access.hpp"
#include "domain/cases/kinds.hpp"
#include "domain/schema/login.pb.h"
#include "domain/text/text.hpp"

namespace vastine::api {

struct Services;  // application.hpp

// Who may knock at all. What they then see of a case is for domain/access, deeper inside.
struct Anyone {};
struct SignedIn {};
struct WithSession {};  // signed in as a person, not by a token
// What a session is open for alone, until it is done: a password that somebody else chose is changed first,
// then the second factor is set up that the organisation asks for.
enum class Unfinished { Nothing, SecondFactor, Password };
// The same, even while up to this is unfinished. While something is, every other route is closed.
struct WithAnySession {
    Unfinished until = Unfinished::Password;
};
struct Giver {  // of a command: whom its rule names, on their own side of the wall
    Kind kind;
    const CommandRule* rule;
};
struct AreaWorker {};         // works in the ombudsman or the legal area
struct DestructionReader {};  // sees destruction lists of the ombudsman or the legal area
struct KindWorker {           // works in the area of the kind
    Kind kind;
};
using Admission = std::variant<Anyone, SignedIn, WithSession, WithAnySession, AreaWorker, DestructionReader,
                               KindWorker, Giver, domain::Right>;

enum class Form { Text, Opaque, Uuid, Date, Month, Number, Flag, Choice };
struct Parameter {
    std::string name;
    Form form = Form::Text;
    std::string description;
    std::vector<std::string> choices{};  // of Form::Choice
    bool list = false;                   // several, separated by commas
    bool required = false;
};

// What must stand in the header of a request that changes something.
struct Needs {
    bool version = false;  // If-Match
    bool key = false;      // Idempotency-Key
};

// Who is calling, once it is known.
struct Caller {
    domain::Viewer viewer;
    std::string name;
    domain::Language language = domain::Language::Finnish;
    enum class Means { Session, Token } means = Means::Session;
    std::string key;             // of the session or token: names it in limits and feeds
    std::string session_secret;  // the cookie's; empty with a token
    Unfinished unfinished = Unfinished::Nothing;
    std::set<TokenScope> scopes{};  // of a token
};

struct Route;
// One request on its way through the five steps.
struct Call {
    const Request& request;
    const Route& route;
    std::string address;            // the client's, a trusted proxy's word included
    std::vector<std::string> path;  // what stood in the pattern's braces
    std::map<std::string, std::string> query;
    domain::Language language;
    std::optional<Caller> caller;
    std::optional<store::Version> if_match;
    std::string idempotency_key;
    std::string purpose;  // of X-Purpose, decoded
    std::unique_ptr<google::protobuf::Message> body;

    [[nodiscard]] Reader reader() const;
    template <class M>
    [[nodiscard]] const M& body_as() const {
        return dynamic_cast<const M&>(*body);
    }
    // Parameters have been checked against the route's forms before the handler runs.
    [[nodiscard]] std::string text(const std::string& name) const;
    [[nodiscard]] std::vector<std::string> list(const std::string& name) const;
    [[nodiscard]] std::optional<std::uint64_t> number(const std::string& name) const;
    [[nodiscard]] std::optional<domain::Date> date(const std::string& name) const;
    [[nodiscard]] bool flag(const std::string& name) const;
};

// A handler's answer: a message that becomes JSON, or a ready response.
struct Answer {
    unsigned status = 200;
    std::unique_ptr<google::protobuf::Message> message;
    std::optional<store::Version> version;  // becomes ETag
    std::string location;
    std::optional<Response> ready;  // instead of the message

    template <class M>
    static Answer of(M message, unsigned status = 200) {
        Answer answer;
        answer.status = status;
        answer.message = std::make_unique<M>(std::move(message));
        return answer;
    }
    static Answer nothing() {
        Answer answer;
        answer.status = 204;
        return answer;
    }
    static Answer as_it_is(Response response) {
        Answer answer;
        answer.status = response.status;
        answer.ready = std::move(response);
        return answer;
    }
};

using Handler = std::function<domain::Result<Answer>(Services&, Call&)>;
// Where a body goes that is not to be held whole, decided by the head of its request: what stood in the
// pattern's braces, and the headers. A refusal is the handler's to say.
using Receiving = std::function<domain::Result<std::shared_ptr<BodyReceiver>>(
    Services&, const Caller&, const std::vector<std::string>& path, const Headers&)>;

struct Route {
    std::string method;
    std::string pattern;  // /api/v1/reminders/{id}/assign
    Admission admission;
    const google::protobuf::Descriptor* takes = nullptr;
    const google::protobuf::Descriptor* gives = nullptr;
    Handler handler;
    std::string summary;
    std::string tag;
    std::vector<Parameter> query{};
    Needs needs{};
    unsigned status = 200;                   // of success
    std::string media = "application/json";  // of success
    bool while_warming_up = false;           // answers before the log is folded
    bool large_body = false;                 // an import
    bool uncounted = false;                  // in limits of rate: a copy from memory, the same for all
    Receiving receives{};                    // takes the bytes of a file instead of a message
    bool foreign_query = false;              // parameters not named here are another service's: passed over
    bool form_body = false;  // takes a form, as another service posts it, instead of a message
};

// Every route of the server, in the order of the documentation.
[[nodiscard]] const std::vector<Route>& routes();
// Of them, those of publications that are no commands.
[[nodiscard]] std::vector<Route> publication_routes();
// And those of destruction lists and legal holds.
[[nodiscard]] std::vector<Route> destruction_routes();
// Those about signing in, beside the session itself, its password and tokens.
[[nodiscard]] std::vector<Route> login_routes();

// The route for a path and method. Literal segments go before {…}.
struct Match {
    const Route* route = nullptr;  // nothing: none for this method
    std::vector<std::string> path;
    std::vector<std::string> methods;  // those of the path; empty: no such path
};
[[nodiscard]] Match match(const std::string& method, const std::vector<std::string>& segments);

}  // namespace vastine::api
