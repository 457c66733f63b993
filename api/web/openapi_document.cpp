// Writes the OpenAPI document to a file, for the build: the web application's types are made from it.
//
//   openapi_document FILE      the file keeps its date when nothing has changed

#include <fstream>
#include <iterator>

#include "api/openapi/openapi.hpp"

int main(int argc, char** argv) {
    if (argc != 2) return 2;
    const auto document = vastine::api::openapi_document(vastine::api::routes());
    std::ifstream before(argv[1], std::ios::binary);
    if (before && std::string(std::istreambuf_iterator<char>(before), {}) == document) return 0;
    before.close();
    std::ofstream file(argv[1], std::ios::binary);
    file << document;
    file.close();
    return file ? 0 : 1;
}
