#pragma once
// A script of tests/node, run by Node beside the test: lines of JSON both ways.

#include <sys/types.h>

#include <boost/json.hpp>
#include <string>
#include <vector>

namespace vastine::test {

class NodeProgram {
public:
    // Installs what the scripts need from npm first, when it is not there.
    NodeProgram(const std::string& script, std::vector<std::string> arguments);
    ~NodeProgram();
    NodeProgram(const NodeProgram&) = delete;
    NodeProgram& operator=(const NodeProgram&) = delete;

    void say(const boost::json::object& line);
    // The next line; fails the test when none comes within 20 seconds.
    [[nodiscard]] boost::json::object hear();
    void kill();  // as a crash would

private:
    pid_t process_ = -1;
    int to_ = -1;
    int from_ = -1;
    std::string buffer_;
};

}  // namespace vastine::test
