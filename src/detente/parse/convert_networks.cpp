#include "detente/parse/convert_networks.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "detente/parse/errors.h"
#include "detente/parse/msgpack_value.h"

namespace detente::parse {
namespace {

// Layers that we run, or that only arrange data for those that we run.
const std::set<std::string, std::less<>>& known_layers() {
  static const std::set<std::string, std::less<>> kKnown{
      "extract_features", "list2ragged",   "ragged2list",  "list2array",
      "ints-getitem",     "hashembed",     "maxout",       "layernorm",
      "dropout",          "expand_window", "residual",     "linear",
      "softmax",          "with_array",    "parser_model", "precomputable_affine",
      "tok2vec-listener"};
  return kKnown;
}

struct Node {
  std::string name;
  MsgpackValue attributes;
  MsgpackValue parameters;
};

// One component's model file, its layers in the order in which spaCy walks them (outside in).
class TrainedModel {
 public:
  static Result<TrainedModel> open(const std::filesystem::path& path) {
    DETENTE_TRY(std::unique_ptr<MsgpackDocument> document, MsgpackDocument::open(path));
    TrainedModel model;
    DETENTE_TRY(const MsgpackValue nodes, document->root().at("nodes"));
    DETENTE_TRY(const MsgpackValue attributes, document->root().at("attrs"));
    DETENTE_TRY(const MsgpackValue parameters, document->root().at("params"));
    for (std::size_t i = 0; i < nodes.size() && i < attributes.size() && i < parameters.size();
         ++i) {
      DETENTE_TRY(const MsgpackValue name_value, nodes.item(i).at("name"));
      DETENTE_TRY(const std::string_view name, name_value.string());
      const bool combination = name.find_first_of(">|(") != std::string_view::npos;
      if (!combination && known_layers().count(name) == 0) {
        return errors::part_refused(path, "layer '" + std::string(name) + "'");
      }
      if (!combination)
        model.nodes_.push_back({std::string(name), attributes.item(i), parameters.item(i)});
    }
    model.path_ = path;
    model.document_ = std::move(document);
    return model;
  }

  [[nodiscard]] std::vector<const Node*> all(std::string_view name) const {
    std::vector<const Node*> found;
    for (const Node& node : nodes_) {
      if (node.name == name) found.push_back(&node);
    }
    return found;
  }
  [[nodiscard]] bool has(std::string_view name) const { return !all(name).empty(); }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

  // The shapes agreed on: a parameter's array with `n_dims` dimensions.
  Result<NumpyArray> parameter(const Node& node, std::string_view key, std::size_t n_dims) const {
    DETENTE_TRY(const MsgpackValue value, node.parameters.at(key));
    DETENTE_TRY(NumpyArray array, value.numpy());
    if (array.shape.size() != n_dims) return wrong_shape(node, key);
    return array;
  }
  [[nodiscard]] Error wrong_shape(const Node& node, std::string_view key) const {
    return errors::part_refused(path_, "shape of '" + node.name + "." + std::string(key) + "'");
  }
  // Attributes are MessagePack within MessagePack.
  Result<std::unique_ptr<MsgpackDocument>> attribute(const Node& node, std::string_view key) const {
    DETENTE_TRY(const MsgpackValue value, node.attributes.at(key));
    DETENTE_TRY(const std::string_view bytes, value.string());
    return MsgpackDocument::parse(std::string(bytes), path_.string());
  }

 private:
  std::filesystem::path path_;
  std::unique_ptr<MsgpackDocument> document_;
  std::vector<Node> nodes_;
};

std::string part(std::string_view name, std::string_view what) {
  return std::string(name) + "." + std::string(what);
}

Result<void> convert_maxout(const TrainedModel& model, const Node& maxout, const Node& norm,
                            std::size_t n_blocks, std::size_t width, const std::string& name,
                            nn::ModelFileWriter& writer) {
  DETENTE_TRY(const NumpyArray weights, model.parameter(maxout, "W", 3));
  DETENTE_TRY(const NumpyArray biases, model.parameter(maxout, "b", 2));
  DETENTE_TRY(const NumpyArray gain, model.parameter(norm, "G", 1));
  DETENTE_TRY(const NumpyArray bias, model.parameter(norm, "b", 1));
  if (weights.shape[0] != width || weights.shape[1] != 3 || weights.shape[2] != n_blocks * width ||
      biases.values.size() != 3 * width || gain.values.size() != width ||
      bias.values.size() != width) {
    return model.wrong_shape(maxout,
                             "W (maxout of three pieces over blocks of the vector's width)");
  }
  nn::pack_layer(writer, name, {weights.values, biases.values, 3 * width, n_blocks * width},
                 n_blocks, nn::Packing::Maxout);
  writer.add_numbers<float>(name + ".norm.gain", gain.values);
  writer.add_numbers<float>(name + ".norm.bias", bias.values);
  return {};
}

Result<void> convert_tok2vec(const TrainedModel& model, const std::string& name,
                             nn::ModelFileWriter& writer) {
  const auto features = model.all("extract_features");
  const auto tables = model.all("hashembed");
  const auto maxouts = model.all("maxout");
  const auto norms = model.all("layernorm");
  if (features.size() != 1 || tables.empty() || maxouts.size() < 2 ||
      maxouts.size() != norms.size()) {
    return errors::part_refused(model.path(),
                                "a tok2vec other than MultiHashEmbed with MaxoutWindowEncoder");
  }
  for (const Node* window : model.all("expand_window")) {
    DETENTE_TRY(const auto size, model.attribute(*window, "window_size"));
    DETENTE_TRY(const std::int64_t n, size->root().integer());
    if (n != 1) return errors::part_refused(model.path(), "window_size other than 1");
  }
  DETENTE_TRY(const auto columns, model.attribute(*features[0], "columns"));
  std::string column_names;
  for (std::size_t i = 0; i < columns->root().size(); ++i) {
    DETENTE_TRY(const std::string_view column, columns->root().item(i).string());
    column_names += std::string(column) + "\n";
  }
  if (columns->root().size() != tables.size()) {
    return errors::part_refused(model.path(), "features that are not embedded one by one");
  }
  std::vector<std::uint64_t> shape{0, maxouts.size() - 1, tables.size()};
  for (std::size_t i = 0; i < tables.size(); ++i) {
    DETENTE_TRY(const NumpyArray values, model.parameter(*tables[i], "E", 2));
    DETENTE_TRY(const auto seed_attribute, model.attribute(*tables[i], "seed"));
    DETENTE_TRY(const std::int64_t seed, seed_attribute->root().integer());
    if (i == 0) shape[0] = values.shape[1];
    if (values.shape[1] != shape[0] || shape[0] % nn::kLanes != 0)
      return model.wrong_shape(*tables[i], "E");
    shape.push_back(values.shape[0]);
    shape.push_back(static_cast<std::uint64_t>(seed));
    writer.add_numbers<float>(part(name, "embed" + std::to_string(i)), values.values);
  }
  writer.add(part(name, "columns"), column_names);
  writer.add_numbers<std::uint64_t>(part(name, "shape"), shape);
  DETENTE_TRY_VOID(convert_maxout(model, *maxouts[0], *norms[0], tables.size(), shape[0],
                                  part(name, "mix"), writer));
  for (std::size_t i = 1; i < maxouts.size(); ++i) {
    DETENTE_TRY_VOID(convert_maxout(model, *maxouts[i], *norms[i], 3, shape[0],
                                    part(name, "window" + std::to_string(i - 1)), writer));
  }
  return {};
}

Result<void> convert_affine(const TrainedModel& model, const Node& node, const std::string& name,
                            nn::ModelFileWriter& writer) {
  DETENTE_TRY(const NumpyArray weights, model.parameter(node, "W", 2));
  DETENTE_TRY(const NumpyArray biases, model.parameter(node, "b", 1));
  if (biases.shape[0] != weights.shape[0] || weights.shape[1] % 16 != 0)
    return model.wrong_shape(node, "W");
  nn::pack_layer(writer, name, {weights.values, biases.values, weights.shape[0], weights.shape[1]},
                 1, nn::Packing::Affine);
  return {};
}

// [feature][hidden][piece] -> [feature][piece][hidden]
std::vector<float> pieces_first(const std::vector<float>& values, std::size_t n_hidden,
                                std::size_t n_inner) {
  std::vector<float> out(values.size());
  const std::size_t per_feature = n_hidden * 2 * n_inner;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::size_t feature = i / per_feature;
    const std::size_t hidden = i % per_feature / (2 * n_inner);
    const std::size_t piece = i / n_inner % 2;
    out[feature * per_feature + (piece * n_hidden + hidden) * n_inner + i % n_inner] = values[i];
  }
  return out;
}

// The order of the actions is the order of the network's outputs: by move, then by falling
// frequency and name; labels added after training (their frequency is negative) come last.
Result<std::string> action_lines(const std::filesystem::path& path) {
  DETENTE_TRY(const auto document, MsgpackDocument::open(path));
  DETENTE_TRY(const MsgpackValue moves_value, document->root().at("moves"));
  DETENTE_TRY(const std::string_view moves_text, moves_value.string());
  const nlohmann::json moves = nlohmann::json::parse(moves_text, nullptr, false);
  if (!moves.is_object()) return errors::part_refused(path, "moves that are no table");
  struct Label {
    std::string move;
    std::int64_t frequency;
    std::string text;
  };
  std::string lines;
  std::vector<Label> added;
  for (const auto& [move, frequencies] :
       moves.items()) {  // nlohmann's objects are sorted by key, as needed here
    if (move.size() != 1 || !frequencies.is_object())
      return errors::part_refused(path, "move '" + move + "'");
    std::vector<Label> labels;
    for (const auto& [label, frequency] : frequencies.items()) {
      if (!frequency.is_number_integer())
        return errors::part_refused(path, "frequency of '" + label + "'");
      Label entry{move, frequency.get<std::int64_t>(), label};
      if (label.find('\n') != std::string::npos || label == "subtok") {
        return errors::part_refused(path, "label '" + label + "'");
      }
      (entry.frequency < 0 ? added : labels).push_back(std::move(entry));
    }
    std::sort(labels.begin(), labels.end(), [](const Label& a, const Label& b) {
      return a.frequency != b.frequency ? a.frequency > b.frequency : a.text > b.text;
    });
    for (const Label& label : labels) lines += move + " " + label.text + "\n";
  }
  if (!added.empty())
    return errors::part_refused(path,
                                "labels added after training, such as '" + added[0].text + "'");
  return lines;
}

Result<void> check_settings(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  const nlohmann::json settings = nlohmann::json::parse(text.str(), nullptr, false);
  if (!settings.is_object()) return errors::part_refused(path, "settings that are no JSON object");
  if (settings.contains("beam_width") && settings["beam_width"] != 1) {
    return errors::part_refused(path, "beam_width other than 1");
  }
  if (settings.contains("learn_tokens") && settings["learn_tokens"] != false) {
    return errors::part_refused(path, "learn_tokens");
  }
  return {};
}

Result<void> convert_transitions(const std::filesystem::path& folder, const std::string& name,
                                 nn::ModelFileWriter& writer) {
  DETENTE_TRY_VOID(check_settings(folder / name / "cfg"));
  DETENTE_TRY(const TrainedModel model, TrainedModel::open(folder / name / "model"));
  const auto lowers = model.all("precomputable_affine");
  const auto linears = model.all("linear");
  if (lowers.size() != 1 || linears.size() != 2) {
    return errors::part_refused(model.path(),
                                "a transition model without its upper layer (use_upper = false)");
  }
  DETENTE_TRY(const NumpyArray weights, model.parameter(*lowers[0], "W", 4));
  DETENTE_TRY(const NumpyArray bias, model.parameter(*lowers[0], "b", 2));
  DETENTE_TRY(const NumpyArray padding, model.parameter(*lowers[0], "pad", 4));
  const std::size_t n_features = weights.shape[0];
  const std::size_t n_hidden = weights.shape[1];
  if (weights.shape[2] != 2 || n_hidden % 16 != 0 || weights.shape[3] % 16 != 0 ||
      weights.shape[3] != n_hidden || bias.values.size() != 2 * n_hidden ||
      padding.values.size() != n_features * 2 * n_hidden) {
    return model.wrong_shape(*lowers[0], "W (two pieces, hidden width a multiple of 16)");
  }
  const std::vector<float> lower = pieces_first(weights.values, n_hidden, n_hidden);
  const std::vector<float> no_bias(n_features * 2 * n_hidden, 0.0F);
  nn::pack_layer(writer, part(name, "lower"), {lower, no_bias, n_features * 2 * n_hidden, n_hidden},
                 1, nn::Packing::Affine);
  writer.add_numbers<float>(part(name, "padding"), pieces_first(padding.values, n_hidden, 1));
  writer.add_numbers<float>(part(name, "bias"), pieces_first(bias.values, n_hidden, 1));
  DETENTE_TRY_VOID(convert_affine(model, *linears[0], part(name, "upper"), writer));
  DETENTE_TRY_VOID(convert_affine(model, *linears[1], part(name, "projection"), writer));
  const bool shares = model.has("tok2vec-listener");
  if (!shares) DETENTE_TRY_VOID(convert_tok2vec(model, part(name, "tok2vec"), writer));
  const std::array<std::uint64_t, 3> shape{n_features, n_hidden, shares ? 1U : 0U};
  writer.add_numbers<std::uint64_t>(part(name, "shape"), shape);
  DETENTE_TRY(const std::string lines, action_lines(folder / name / "moves"));
  writer.add(part(name, "actions"), lines);
  return {};
}

Result<void> convert_tagger(const std::filesystem::path& folder, nn::ModelFileWriter& writer) {
  DETENTE_TRY(const TrainedModel model, TrainedModel::open(folder / "tagger" / "model"));
  const auto outputs = model.all("softmax");
  if (outputs.size() != 1 || !model.has("tok2vec-listener")) {
    return errors::part_refused(model.path(), "a tagger with vectors of its own");
  }
  DETENTE_TRY_VOID(convert_affine(model, *outputs[0], "tagger.output", writer));
  std::ostringstream text;
  text << std::ifstream(folder / "tagger" / "cfg").rdbuf();
  const nlohmann::json settings = nlohmann::json::parse(text.str(), nullptr, false);
  if (!settings.is_object() || !settings.contains("labels") || !settings["labels"].is_array()) {
    return errors::part_refused(folder / "tagger" / "cfg", "settings without labels");
  }
  std::string labels;
  for (const auto& label : settings["labels"]) {
    if (!label.is_string())
      return errors::part_refused(folder / "tagger" / "cfg", "a label that is no text");
    labels += label.get<std::string>() + "\n";
  }
  writer.add("tagger.labels", labels);
  return {};
}

}  // namespace

Result<void> convert_networks(const std::filesystem::path& folder, const PipelineConfig& config,
                              nn::ModelFileWriter& writer) {
  const std::vector<std::string> disabled = config.list("nlp", "disabled");
  const std::array<std::string_view, 6> run{"tok2vec",         "tagger",     "parser",
                                            "attribute_ruler", "lemmatizer", "ner"};
  std::vector<std::string> found;
  for (const std::string& name : config.list("nlp", "pipeline")) {
    if (std::find(disabled.begin(), disabled.end(), name) != disabled.end()) continue;
    const std::string factory = config.value("components." + name, "factory").value_or("");
    if (factory != name || std::find(run.begin(), run.end(), name) == run.end()) {
      return errors::part_refused(folder / "config.cfg",
                                  "component '" + name + "' (factory '" + factory + "')");
    }
    found.push_back(name);
  }
  for (std::string_view name : run) {
    if (std::find(found.begin(), found.end(), name) == found.end()) {
      return errors::part_needed(folder / "config.cfg", name);
    }
  }
  {
    DETENTE_TRY(const TrainedModel model, TrainedModel::open(folder / "tok2vec" / "model"));
    DETENTE_TRY_VOID(convert_tok2vec(model, "tok2vec", writer));
  }
  DETENTE_TRY_VOID(convert_tagger(folder, writer));
  DETENTE_TRY_VOID(convert_transitions(folder, "parser", writer));
  return convert_transitions(folder, "ner", writer);
}

}  // namespace detente::parse
