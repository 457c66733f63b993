#pragma once
// What a case is found by: what people typed into it, opened, as it counts now. What was corrected, and
// documents that were taken back, are not among it.

#include <string>
#include <vector>

#include "store/event_store.hpp"

namespace vastine::projections::search {

enum class Where { Subject, Name, Number, Document, Day, Contact, Text };
struct CaseText {
    Where where = Where::Text;
    std::string text;
};
struct CaseTexts {
    std::vector<CaseText> texts;  // in the order they were written
    bool key_gone = false;        // then there are none
};
[[nodiscard]] CaseTexts case_texts(const store::EventStore& events, const store::StreamId& stream);
// Whether the key of the case is gone: one record is read and opened.
[[nodiscard]] bool key_gone(const store::EventStore& events, const store::StreamId& stream);

}  // namespace vastine::projections::search
