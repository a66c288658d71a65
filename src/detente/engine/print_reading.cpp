#include "detente/engine/print_reading.h"

#include "detente/base/utf8.h"

namespace detente::engine {
namespace {

Offsets offsets(const utf8::OffsetMap& map, TextSpan span) {
  return {map.to_code_points(span.begin), map.to_code_points(span.end)};
}

void add_remarks(const std::vector<Remark>& remarks, const utf8::OffsetMap& map, Reading& reading) {
  for (const Remark& remark : remarks) {
    reading.remarks.push_back({offsets(map, remark.span), remark.code, remark.message});
  }
}

}  // namespace

Reading to_reading(const read::Document& document) {
  Reading reading;
  reading.document_id = document.id;
  reading.is_id_of_file = document.is_id_of_file;
  reading.name = document.name;
  reading.text = document.text;
  reading.title = document.title;
  reading.url = document.url;
  reading.publisher = document.publisher;
  reading.author = document.author;
  reading.language = document.language;
  reading.published_at = document.published_at;
  const utf8::OffsetMap map(document.text);
  for (const read::ZoneSpan& zone : document.zones) {
    reading.zones.push_back({offsets(map, zone.span), std::string(read::zone_name(zone.zone))});
  }
  add_remarks(document.remarks, map, reading);
  return reading;
}

void add_tokens(const parse::ParsedDocument& parsed, Reading& reading) {
  const utf8::OffsetMap map(reading.text);
  const parse::Tokens& tokens = parsed.tokens;
  const auto text = [&](StringId id) { return std::string(parsed.strings.view(id)); };
  reading.tokens.reserve(tokens.size());
  for (std::uint32_t i = 0; i < tokens.size(); ++i) {
    ReadToken token;
    token.at = offsets(map, tokens.span(i));
    token.text = std::string(tokens.span(i).in(reading.text));
    token.lemma = text(tokens.lemma[i]);
    token.pos = text(tokens.pos[i]);
    token.tag = text(tokens.tag[i]);
    token.dep = text(tokens.dep[i]);
    token.head = tokens.head[i];
    reading.tokens.push_back(std::move(token));
  }
  for (const parse::NamedSpan& name : parsed.names) {
    for (std::uint32_t i = name.tokens.begin; i < name.tokens.end; ++i) {
      reading.tokens[i].ent = (i == name.tokens.begin ? "B-" : "I-") + text(name.type);
    }
  }
  for (const parse::TokenRange& sentence : parsed.sentences) {
    reading.sentences.push_back(offsets(map, tokens.span(sentence)));
  }
  add_remarks(parsed.remarks, map, reading);
}

}  // namespace detente::engine
