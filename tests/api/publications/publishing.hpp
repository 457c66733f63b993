#pragma once
// A publication on its way through the API, step by step, as tests of what stands around it need it.

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "tests/api/service.hpp"

namespace vastine::test {

struct MadeFile {
    std::string form;
    std::string language;
    std::string file_name;
    std::string content;
};

class Publishing {
public:
    Service service;
    // A second ombudsman: nobody confirms the own example.
    Person colleague;

    Publishing();

    // The id of a new one.
    [[nodiscard]] std::string open(const std::string& body, Role role);
    // With the version that the publication is at.
    [[nodiscard]] api::Response give(const std::string& id, const std::string& path, const std::string& body,
                                     Role role);
    [[nodiscard]] api::Response give(const std::string& id, const std::string& path, const std::string& body,
                                     const Person& person);
    // The same, which must be taken.
    void take(const std::string& id, const std::string& path, const std::string& body, Role role);
    [[nodiscard]] std::uint64_t version(const std::string& id) const;

    // An annual report of 2025 with words in both languages, an example that is confirmed, and a proposal to
    // the ward; signed by the head.
    [[nodiscard]] std::string signed_report();
    // The steps that an annual report needs, and publishing.
    void publish(const std::string& id);
    // As the service that makes the files would: stored, then named.
    void store(const std::string& id, std::uint32_t edition, const std::string& level,
               const std::vector<MadeFile>& files);
    // The JSON of a small public form: a table with a suppressed cell.
    [[nodiscard]] static std::string public_json(const std::string& language);
    // Signed, published, with files of both levels.
    [[nodiscard]] std::string published_report();
    // A correction of what is published, and its files.
    void correct(const std::string& id, std::uint32_t edition);
};

extern const std::string annual_body;

}  // namespace vastine::test
