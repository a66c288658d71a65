#include "detente/events/petrarch.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "detente/base/mapped_file.h"
#include "detente/events/errors.h"

namespace detente::events {
namespace {

using HeadedTriggers = std::vector<std::pair<WordId, Trigger>>;

std::string_view trim(std::string_view text) {
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.front())) != 0) {
    text.remove_prefix(1);
  }
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back())) != 0) {
    text.remove_suffix(1);
  }
  return text;
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

/// "042:043", "023?", "111!", ":173": the first code, and whether it runs backwards.
struct Code {
  std::string cameo;
  bool reversed = false;
  bool blocks = false;
};

std::optional<Code> read_code(std::string_view text) {
  const auto open = text.rfind('[');
  const auto close = text.find(']', open == std::string_view::npos ? 0 : open);
  if (open == std::string_view::npos || close == std::string_view::npos) return std::nullopt;
  std::string_view inner = trim(text.substr(open + 1, close - open - 1));
  Code code;
  if (inner.starts_with("---") || inner.starts_with("###") || inner.starts_with("+++")) {
    code.blocks = true;
    return code;
  }
  if (inner.starts_with(':')) {
    code.reversed = true;
    inner.remove_prefix(1);
  }
  for (const char c : inner) {
    if (c < '0' || c > '9') break;
    code.cameo += c;
  }
  if (code.cameo.empty()) return std::nullopt;
  return code;
}

}  // namespace

class PetrarchReader {
 public:
  PetrarchReader(Ontology& ontology, DictionaryReport& report)
      : ontology_(ontology), report_(report) {
    ontology_.rules_.clear();
    for (const PlaceKind kind : {PlaceKind::Named, PlaceKind::Indirect})
      recipient_.push_back({kind, {}});
    for (const auto* word : {"with", "to", "against", "on", "from", "for", "of", "in"}) {
      recipient_.push_back({PlaceKind::Preposition, ontology_.words_.intern(word)});
    }
    for (const PlaceKind kind : {PlaceKind::Object, PlaceKind::Inside, PlaceKind::Anywhere}) {
      recipient_.push_back({kind, {}});
    }
  }

  void line(std::uint32_t number, std::string_view raw) {
    number_ = number;
    raw_ = raw;
    const auto hash = raw.find('#');
    const std::string_view text = trim(raw.substr(0, hash));
    if (text.empty()) return;
    if (text.starts_with("---")) {
      open_block(text);
    } else if (text.starts_with("- ")) {
      pattern(text.substr(2));
    } else if (text.starts_with('&')) {
      set_ = lower(trim(text.substr(1)));
      while (set_.ends_with('_')) set_.pop_back();
      ++report_.n_sets;
    } else if (text.starts_with('+') && block_.value == 0) {
      if (set_.empty()) return refuse("a member without its set");
      add_forms(trim(text.substr(1)), sets_[set_]);
    } else if (block_.value != 0 && (text.front() == '+' ||
                                     std::isalpha(static_cast<unsigned char>(text.front())) != 0)) {
      verb(text);
    } else {
      refuse("neither a set, a block, a verb nor a pattern");
    }
  }

  HeadedTriggers triggers;

 private:
  void refuse(std::string reason) {
    report_.refused.push_back({number_, std::string(trim(raw_)), std::move(reason)});
  }

  /// A word and its regular stems, so that it meets the lemma whatever its ending.
  void add_forms(std::string_view text, std::vector<WordId>& out) {
    std::string word = lower(text);
    const bool exact = word.ends_with('_');
    while (word.ends_with('_')) word.pop_back();
    // Of a compound the last word tells: "armored_vehicle".
    if (const auto joint = word.rfind('_'); joint != std::string::npos) word.erase(0, joint + 1);
    if (word.empty()) return;
    auto add = [&](std::string_view one) {
      const WordId id = ontology_.words_.intern(one);
      if (std::find(out.begin(), out.end(), id) == out.end()) out.push_back(id);
    };
    add(word);
    if (exact) return;
    const std::string_view w = word;
    if (w.size() > 4 && w.ends_with("ies")) add(std::string(w.substr(0, w.size() - 3)) + "y");
    if (w.size() > 3 && w.ends_with("s")) add(w.substr(0, w.size() - 1));
    if (w.size() > 4 && w.ends_with("ed")) {
      add(w.substr(0, w.size() - 2));
      add(w.substr(0, w.size() - 1));
    }
    if (w.size() > 5 && w.ends_with("ing")) {
      add(w.substr(0, w.size() - 3));
      add(std::string(w.substr(0, w.size() - 3)) + "e");
    }
  }

  std::uint32_t add_rule(const Code& code, std::string name) {
    Rule rule;
    rule.name = "petrarch/" + std::move(name);
    rule.line = number_;
    rule.weight = 0.55;
    rule.recipient = recipient_;
    rule.actor = {{PlaceKind::Subject, {}}};
    if (code.reversed) std::swap(rule.actor, rule.recipient);
    if (!code.blocks) {
      const CameoRow* row = ontology_.cameo(code.cameo);
      if (row == nullptr && code.cameo.size() > 3) row = ontology_.cameo(code.cameo.substr(0, 3));
      if (row == nullptr) {
        unknown_code_ = true;
      } else if (!row->event.empty()) {
        for (std::size_t i = 0; i < ontology_.event_types_.size(); ++i) {
          if (ontology_.event_types_[i].name == row->event) {
            rule.event = EventTypeId{static_cast<std::uint8_t>(i)};
          }
        }
        rule.cameo = row->code;
        if (!row->mode.empty()) rule.modes = {row->mode};
        rule.reciprocal = row->event == "CONSULT";
      }
    }
    ontology_.rules_.push_back(std::move(rule));
    return static_cast<std::uint32_t>(ontology_.rules_.size() - 1);
  }

  void open_block(std::string_view text) {
    std::string_view name = text;
    while (name.starts_with('-')) name.remove_prefix(1);
    name = trim(name);
    block_name_ = std::string(name.substr(0, name.find_first_of(" [-")));
    auto code = read_code(text);
    if (!code) {
      refuse("a block without a code");
      code = Code{"", false, true};
    }
    block_ = ontology_.words_.intern("\x02" + block_name_ + ":" + std::to_string(number_));
    unknown_code_ = false;
    Trigger trigger;
    trigger.rule = add_rule(*code, block_name_);
    trigger.linear = true;
    if (unknown_code_) refuse("CAMEO code " + code->cameo + " is in no table");
    triggers.emplace_back(block_, trigger);
  }

  void verb(std::string_view text) {
    const std::string_view word = trim(text.substr(0, text.find_first_of(" {[")));
    if (word.empty()) return refuse("a verb without a word");
    // "+BRING_DOWN": the word behind the plus is the verb, the others stand around it.
    const auto plus = word.find('+');
    std::string_view head = plus == std::string_view::npos ? word : word.substr(plus + 1);
    std::string_view rest;
    if (const auto joint = head.find('_');
        joint != std::string_view::npos && joint + 1 < head.size()) {
      rest = head.substr(joint + 1);
      head = head.substr(0, joint);
    }
    while (head.ends_with('_')) head.remove_suffix(1);
    const WordId id = ontology_.words_.intern(lower(head));
    const auto own = read_code(text.substr(word.size()));
    if (rest.empty() && !own) {
      if (ontology_.blocks_.count(id.value) == 0) ontology_.blocks_[id.value] = block_;
    } else {
      Trigger trigger;
      trigger.linear = true;
      trigger.rule = own ? add_rule(*own, block_name_ + "/" + lower(word))
                         : triggers[first_of_block()].second.rule;
      std::string_view left = rest;
      while (!left.empty()) {
        const auto end = std::min(left.find('_'), left.size());
        PhraseWord one;
        add_forms(left.substr(0, end), one.words);
        if (!one.words.empty()) trigger.after.push_back(std::move(one));
        left = left.substr(std::min(end + 1, left.size()));
      }
      for (auto& step : trigger.after) std::sort(step.words.begin(), step.words.end());
      trigger.specificity = 10 * static_cast<int>(trigger.after.size());
      // A head of its own would hide behind its block; the trigger goes where the block's are.
      if (auto found = ontology_.blocks_.find(id.value); found != ontology_.blocks_.end()) {
        triggers.emplace_back(found->second, std::move(trigger));
      } else {
        triggers.emplace_back(id, std::move(trigger));
      }
    }
    ++report_.n_verbs;
  }

  [[nodiscard]] std::size_t first_of_block() const {
    for (std::size_t i = 0; i < triggers.size(); ++i) {
      if (triggers[i].first == block_) return i;
    }
    return 0;
  }

  void pattern(std::string_view text) {
    if (block_.value == 0) return refuse("a pattern before the first block");
    const auto code = read_code(text);
    if (!code) return refuse("no code in brackets");
    const std::string_view words = text.substr(0, text.rfind('['));
    if (words.find('*') == std::string_view::npos) return refuse("no * for the verb");
    Trigger trigger;
    trigger.linear = true;
    bool behind = false;
    bool fault = false;
    auto word = [&](std::string_view one) {
      if (one.empty() || one == "$" || one == "+" || one == "%" || one == "^" || one == "@" ||
          one == "{" || one == "}" || one == "|") {
        return;
      }
      PhraseWord step;
      if (one.front() == '&') {
        std::string name = lower(one.substr(1));
        while (name.ends_with('_')) name.pop_back();
        const auto found = sets_.find(name);
        if (found == sets_.end()) {
          fault = true;
          refuse("set " + std::string(one) + " is not defined");
          return;
        }
        step.words = found->second;
      } else {
        add_forms(one, step.words);
      }
      std::sort(step.words.begin(), step.words.end());
      if (!step.words.empty()) (behind ? trigger.after : trigger.before).push_back(std::move(step));
    };
    std::string_view left = words;
    while (!left.empty()) {
      const auto end = std::min(left.find_first_of(" _\t"), left.size());
      const std::string_view one = trim(left.substr(0, end));
      left = left.substr(std::min(end + 1, left.size()));
      if (one.find('*') != std::string_view::npos) {
        word(one.substr(0, one.find('*')));
        behind = true;
        word(one.substr(one.find('*') + 1));
      } else {
        word(one);
      }
    }
    if (fault) return;
    unknown_code_ = false;
    trigger.rule = add_rule(*code, block_name_ + ":" + std::to_string(number_));
    if (unknown_code_) return refuse("CAMEO code " + code->cameo + " is in no table");
    trigger.specificity = 10 * static_cast<int>(trigger.before.size() + trigger.after.size());
    triggers.emplace_back(block_, std::move(trigger));
    ++report_.n_patterns;
  }

  Ontology& ontology_;
  DictionaryReport& report_;
  std::map<std::string, std::vector<WordId>> sets_;
  std::vector<Place> recipient_;
  std::string set_;
  std::string block_name_;
  WordId block_;
  std::uint32_t number_ = 0;
  std::string_view raw_;
  bool unknown_code_ = false;
};

Result<HeadedTriggers> read_petrarch(const std::filesystem::path& path, Ontology& ontology,
                                     DictionaryReport* report) {
  DETENTE_TRY(const MappedFile file, MappedFile::open(path));
  DictionaryReport own;
  PetrarchReader reader(ontology, report != nullptr ? *report : own);
  std::string_view text = file.text();
  std::uint32_t number = 0;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    reader.line(++number, text.substr(0, end));
    text = text.substr(std::min(end + 1, text.size()));
  }
  if ((report != nullptr ? *report : own).n_patterns == 0) return errors::not_a_dictionary(path);
  return std::move(reader.triggers);
}

}  // namespace detente::events
