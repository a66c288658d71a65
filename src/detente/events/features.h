#pragma once
// What speaks for an event when it is coded, by names that data/ontology/confidence.tsv weighs.

#include <vector>

#include "detente/events/coded_document.h"
#include "detente/events/compose.h"
#include "detente/events/document_view.h"
#include "detente/events/frame.h"

namespace detente::events {

/// Of one mention, before it is merged with others.
std::vector<Feature> features_of(const DocumentView& view, FrameBuilder& frames, const Meaning& m,
                                 const Event& event);

}  // namespace detente::events
