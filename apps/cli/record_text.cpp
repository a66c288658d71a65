#include "record_text.h"

#include <algorithm>
#include <sstream>

namespace detente::cli {

std::string one_line(std::string text, std::size_t width) {
  for (char& c : text) c = c == '\n' || c == '\r' || c == '\t' ? ' ' : c;
  if (text.size() <= width) return text;
  std::size_t end = width - 3;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end) + "...";
}

std::string sides(const std::vector<EntityRecord>& entities) {
  std::string out;
  for (const EntityRecord& entity : entities) {
    out += (out.empty() ? "" : "+") + (entity.code.empty() ? std::string("?") : entity.code) +
           (entity.sector.empty() ? "" : "/" + entity.sector);
  }
  return out.empty() ? "-" : out;
}

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : ",") + word;
  return out;
}

void pad(std::string& line, std::size_t column) {
  line.resize(std::max(line.size() + 2, column), ' ');
}

std::string days(std::optional<Date> first, std::optional<Date> last) {
  if (!first) return "?";
  return first->text() + (last && *last != *first ? ".." + last->text() : "");
}

const std::string& name_of(const EntityRecord& entity) {
  return entity.identifier_text.empty() ? entity.entity_text : entity.identifier_text;
}

std::string event_line(const EventRecord& event) {
  std::string line = event.date.text();
  if (event.enddate != event.date) line += ".." + event.enddate.text();
  pad(line, 24);
  line += event.event + (event.mode.empty() ? "" : "/" + joined(event.mode));
  pad(line, 42);
  line += sides(event.actor);
  pad(line, 60);
  line += sides(event.recipient);
  pad(line, 76);
  if (!event.auxiliary_modes.empty()) line += "(" + joined(event.auxiliary_modes) + ") ";
  line += one_line(event.mentions.front().text, 70);
  if (event.mentions.size() > 1) line += "  x" + std::to_string(event.mentions.size());
  return line;
}

std::string claim_line(const ClaimRecord& claim) {
  const std::string& who = name_of(claim.speaker);
  std::string line = "claim";
  pad(line, 24);
  line += who.empty() ? "(unsaid)" : one_line(who, 30);
  for (const EntityRecord& via : claim.via) line += " via " + one_line(via.entity_text, 20);
  pad(line, 76);
  return line + claim.stance + ", " + claim.quote;
}

std::string commitment_line(const CommitmentRecord& commitment) {
  std::string line = days(commitment.made, commitment.made_end);
  pad(line, 24);
  line += commitment.form + ", " + commitment.status;
  pad(line, 42);
  line += sides(commitment.by);
  pad(line, 60);
  line += sides(commitment.to);
  pad(line, 76);
  line += one_line(commitment.content, 70);
  if (commitment.deadline) line += "  until " + commitment.deadline->enddate.text();
  return line;
}

std::string expectation_line(const ExpectationRecord& expectation, const std::string& first) {
  const std::string& name = name_of(expectation.by);
  std::string line = first;
  pad(line, 24);
  line += name.empty() ? "(unsaid)" : one_line(name, 30);
  pad(line, 56);
  line += sides(expectation.about);
  pad(line, 76);
  line += expectation.direction + ", \"" + expectation.hedge + "\" ";
  line += std::to_string(static_cast<int>(expectation.strength * 100 + 0.5)) + "%";
  if (expectation.horizon) {
    line += ", " + one_line(expectation.horizon->text, 30) + " (" +
            days(expectation.horizon->date, expectation.horizon->enddate) + ")";
  }
  return line;
}

std::string party_lines(const char* role, const std::vector<EntityRecord>& entities) {
  std::string out;
  for (const EntityRecord& entity : entities) {
    out += "  " + std::string(role) + " " + sides({entity}) + "  \"" +
           one_line(entity.entity_text, 60) + "\"" +
           (entity.identifier_text.empty() ? "" : " = " + entity.identifier_text) +
           (entity.office.empty() ? "" : ", " + entity.office) +
           (entity.resolved_by.empty() ? "" : " (by " + entity.resolved_by + ")") + "\n";
  }
  return out;
}

// The evidence of one event: its words, the rules that fired, each side's and the day's derivation.
std::string explanation(const EventRecord& event, const std::vector<ReadDate>& dates) {
  std::ostringstream out;
  out << "\n"
      << event.event << (event.mode.empty() ? "" : "/" + joined(event.mode)) << "  "
      << event.date.text() << (event.enddate != event.date ? ".." + event.enddate.text() : "")
      << " (" << event.date_precision << ")"
      << "  CAMEO " << event.cameo << "  confidence " << event.confidence << "\n  id " << event.id
      << '\n';
  for (const MentionRecord& mention : event.mentions) {
    out << "  sentence " << mention.sequence << " [" << mention.at.start << ", " << mention.at.end
        << ") " << one_line(mention.text, 160) << "\n    rules: " << joined(mention.rules) << '\n';
  }
  out << party_lines("actor", event.actor) << party_lines("recipient", event.recipient);
  for (const ReadDate& date : dates) {
    const bool inside =
        std::any_of(event.mentions.begin(), event.mentions.end(), [&](const MentionRecord& m) {
          return m.at.start <= date.at.start && date.at.end <= m.at.end;
        });
    if (inside)
      out << "  day \"" << date.text << "\" = " << date.value << ": " << date.derivation << '\n';
  }
  for (const AttributionRecord& a : event.attribution) {
    out << "  according to "
        << (a.speaker.entity_text.empty() ? "(unsaid)" : one_line(a.speaker.entity_text, 60));
    for (const EntityRecord& via : a.via) out << " via " << one_line(via.entity_text, 60);
    out << " (" << a.stance << ")\n";
  }
  if (!event.convention.empty()) out << "  convention: " << event.convention << '\n';
  return out.str();
}

}  // namespace detente::cli
