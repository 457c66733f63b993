#pragma once

#include <string>

namespace vastine::api {

struct ReportDocument {
    std::string media_type;
    std::string file_name;  // "report-annual-2018-fi-internal.pdf": an internal form says so here too
    std::string content;
};

}  // namespace vastine::api
