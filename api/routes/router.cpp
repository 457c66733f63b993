#include <algorithm>
#include <map>

#include "api/routes/route.hpp"

namespace vastine::api {

namespace {

// The table as a tree of segments, built once: a look-up costs the path's length.
struct Node {
    std::map<std::string, Node, std::less<>> literal;
    std::unique_ptr<Node> any;
    std::map<std::string, const Route*> methods;
};

bool is_open(const std::string& segment) {
    return segment.starts_with('{');
}

Node tree_of(const std::vector<Route>& table) {
    Node root;
    for (const auto& route : table) {
        auto* node = &root;
        // Patterns hold braces, which no URL does: taken apart by hand.
        std::size_t at = 1;
        while (at < route.pattern.size()) {
            const auto slash = std::min(route.pattern.find('/', at), route.pattern.size());
            const auto segment = route.pattern.substr(at, slash - at);
            if (is_open(segment)) {
                if (!node->any) node->any = std::make_unique<Node>();
                node = node->any.get();
            } else {
                node = &node->literal[segment];
            }
            at = slash + 1;
        }
        node->methods.emplace(route.method, &route);
    }
    return root;
}

const Node* find(const Node& node, const std::vector<std::string>& segments, std::size_t at,
                 std::vector<std::string>& path) {
    if (at == segments.size()) return node.methods.empty() ? nullptr : &node;
    if (const auto literal = node.literal.find(segments[at]); literal != node.literal.end()) {
        if (const auto* found = find(literal->second, segments, at + 1, path)) return found;
    }
    if (!node.any || segments[at].empty()) return nullptr;
    path.push_back(segments[at]);
    if (const auto* found = find(*node.any, segments, at + 1, path)) return found;
    path.pop_back();
    return nullptr;
}

}  // namespace

Match match(const std::string& method, const std::vector<std::string>& segments) {
    static const Node root = tree_of(routes());
    Match result;
    const auto* node = find(root, segments, 0, result.path);
    if (node == nullptr) return result;
    for (const auto& [name, route] : node->methods) {
        result.methods.push_back(name);
        if (name == "GET") result.methods.emplace_back("HEAD");
    }
    const auto found = node->methods.find(method == "HEAD" ? "GET" : method);
    if (found != node->methods.end()) result.route = found->second;
    return result;
}

}  // namespace vastine::api
