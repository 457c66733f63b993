#include "tests/api/alerts/mail_server.hpp"

#include <catch2/catch.hpp>
#include <fstream>

#include "api/execution.hpp"
#include "api/tls/local_ca.hpp"

namespace vastine::test {

namespace fs = std::filesystem;

namespace {

ArrivedMail arrived_of(const boost::json::object& line) {
    const auto text = [&](const char* name) { return std::string(line.at(name).as_string()); };
    ArrivedMail mail{text("outcome"),
                     line.at("secure").as_bool(),
                     text("user"),
                     text("from"),
                     {},
                     text("raw"),
                     text("message_id"),
                     text("subject"),
                     text("text"),
                     line.at("headers").as_object()};
    for (const auto& to : line.at("to").as_array()) mail.to.emplace_back(to.as_string());
    return mail;
}

}  // namespace

Folder::Folder() : path_(fs::temp_directory_path() / ("vastine-alerts-" + api::new_uuid())) {
    fs::create_directory(path_);
}
Folder::~Folder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
}

fs::path Folder::write(const std::string& name, const std::string& content) const {
    const auto file = path_ / name;
    std::ofstream(file) << content;
    fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write);
    return file;
}

MailServer::MailServer(Offers offers) {
    start(offers);
}

void MailServer::start(Offers offers) {
    const auto local = api::local_certificate(folder_.path());
    if (offers == Offers::AnotherName) host_ = "127.0.0.2";
    std::vector<std::string> arguments{local.certificate.string(), local.key.string(), host_,
                                       std::to_string(port_)};
    if (offers == Offers::Nothing) arguments.emplace_back("plain");
    program_ = std::make_unique<NodeProgram>("mail_server.mjs", arguments);
    port_ = static_cast<std::uint16_t>(program_->hear().at("port").as_int64());
}

void MailServer::restart(Offers offers) {
    program_.reset();
    start(offers);
}

void MailServer::next(const std::vector<std::string>& endings) {
    boost::json::array words;
    for (const auto& ending : endings) words.emplace_back(ending);
    program_->say({{"next", std::move(words)}});
}

std::vector<ArrivedMail> MailServer::arrived() {
    program_->say({{"sync", ++syncs_}});
    std::vector<ArrivedMail> all;
    for (;;) {
        const auto line = program_->hear();
        if (line.contains("sync")) return all;
        all.push_back(arrived_of(line));
    }
}

ArrivedMail MailServer::await() {
    return arrived_of(program_->hear());
}

api::SmtpServer MailServer::settings() const {
    api::SmtpServer settings;
    settings.url = "smtp://" + host_ + ":" + std::to_string(port_);
    settings.user = "vastine";
    settings.password_file = folder_.write("password", "a good word\n");
    settings.authority = folder_.path() / "ca.pem";
    settings.connecting = std::chrono::seconds(10);
    settings.answering = std::chrono::seconds(10);
    return settings;
}

}  // namespace vastine::test
