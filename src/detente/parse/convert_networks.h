#pragma once
// The trained networks of a spaCy 3 pipeline folder, quantized and packed into a model file.

#include <filesystem>

#include "detente/base/result.h"
#include "detente/nn/nn.h"
#include "detente/parse/pipeline_config.h"

namespace detente::parse {

/// Adds tok2vec, tagger, parser and ner. Errors: D03xx; whatever part of the folder we do not run
/// is refused by its name.
Result<void> convert_networks(const std::filesystem::path& folder, const PipelineConfig& config,
                              nn::ModelFileWriter& writer);

}  // namespace detente::parse
