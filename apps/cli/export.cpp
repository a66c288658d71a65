// detente export: a store in the formats that the field's tools read.

#include <algorithm>
#include <fstream>
#include <iostream>
#include <memory>
#include <set>

#include "common.h"
#include "export_values.h"
#include "record_json.h"
#include "store_options.h"

namespace detente::cli {
namespace {

namespace fs = std::filesystem;

struct ExportArguments {
  StoreArguments store;
  std::string format, out, data;
};

Error cannot_write(const fs::path& path) {
  std::error_code failed;
  if (!path.has_filename() || fs::is_directory(path, failed)) {
    return {"D0902", path.string() + ": is a folder, and this format is one file. Name the file.",
            ErrorKind::BadUsage};
  }
  return {"D0902",
          path.string() + ": cannot be written. Check the folder and the room on the disk."};
}

/// One file of a format: where it goes, and what stands in its columns.
struct Sheet {
  std::string rows, nothing;  // see data/export/formats.tsv
  std::vector<std::string> columns;
  std::vector<const ExportValue*> values;
  std::ofstream file;
  std::ostream* out = nullptr;  // the file, or standard output

  void write_fields(const std::function<std::string(std::size_t)>& field) {
    std::string line;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      std::string value = field(i);
      if (value.empty()) value = nothing;
      for (char& c : value) c = c == '\t' || c == '\n' || c == '\r' ? ' ' : c;
      line += (i == 0 ? "" : "\t") + value;
    }
    *out << line << '\n';
  }
};

Result<Sheet> open_sheet(const fs::path& tables, const std::vector<std::string>& format,
                         const std::string& to) {
  Sheet sheet;
  const fs::path path = tables / (format[1] + ".tsv");
  DETENTE_TRY(const ExportTable table, ExportTable::open(path));
  for (const auto& row : table.rows) {
    const auto value = row.size() == 2 ? export_values().find(row[1]) : export_values().end();
    if (value == export_values().end()) {
      return Error{"D0903", path.string() + ": '" + row[0] + "' names no value that is known."};
    }
    sheet.columns.push_back(row[0]);
    sheet.values.push_back(&value->second);
  }
  sheet.rows = format[3];
  sheet.nothing = format.size() > 5 ? format[5] : "";
  sheet.out = &std::cout;
  if (to != "-") {
    const fs::path file = format[2] == "-" ? fs::path(to) : fs::path(to) / format[2];
    std::error_code failed;
    if (format[2] != "-") fs::create_directories(to, failed);
    sheet.file.open(file);
    if (!sheet.file) return cannot_write(file);
  }
  return sheet;
}

/// The pairs of sides of an event, each once; reciprocal events in both directions.
std::vector<std::pair<const EntityRecord*, const EntityRecord*>> pairs_of(
    const EventRecord& event) {
  std::vector<std::pair<const EntityRecord*, const EntityRecord*>> pairs;
  std::set<std::string> seen;
  const auto key = [](const EntityRecord* side) {
    return side == nullptr ? "-" : side->code + "/" + side->sector;
  };
  const auto add = [&](const EntityRecord* source, const EntityRecord* target) {
    if (seen.insert(key(source) + ">" + key(target)).second) pairs.emplace_back(source, target);
  };
  const auto& others = event.reciprocal ? event.actor : event.recipient;
  for (const EntityRecord& source : event.actor) {
    for (const EntityRecord& target : others) {
      if (&source != &target) add(&source, &target);
    }
    if (others.empty() || (event.reciprocal && event.actor.size() == 1)) add(&source, nullptr);
  }
  for (const EntityRecord& target : event.recipient) {
    if (event.actor.empty()) add(nullptr, &target);
  }
  if (pairs.empty()) add(nullptr, nullptr);
  return pairs;
}

// Told as having happened: the older formats know no other events.
bool is_real(const EventRecord& event) {
  return std::all_of(event.auxiliary_modes.begin(), event.auxiliary_modes.end(),
                     [](const std::string& mode) { return mode == "historical"; });
}

/// Takes a store's events, story by story, and writes the rows of each sheet.
class RowExporter {
 public:
  RowExporter(std::vector<Sheet>& sheets, const Crosswalks& crosswalks)
      : sheets_(sheets), crosswalks_(crosswalks) {
    for (Sheet& sheet : sheets_) {
      if (sheet.file.is_open()) sheet.out = &sheet.file;
    }
  }

  bool take(const StoredEvent& event) {
    if (!story_.empty() && story_.front().story_id != event.story_id) finish_story();
    story_.push_back(event);
    return is_good();
  }

  void finish_story() {
    if (story_.empty()) return;
    // The first to report it stands for the story.
    const auto earlier = [](const StoredEvent& a, const StoredEvent& b) {
      const auto day = [](const StoredEvent& e) {
        return e.document.published_at.value_or(Date::from_ymd(9999, 12, 31).value_or(Date()));
      };
      return day(a) < day(b);
    };
    const StoredEvent& first = *std::min_element(story_.begin(), story_.end(), earlier);
    for (Sheet& sheet : sheets_) {
      std::uint64_t n_row = n_story_rows_;
      if (sheet.rows == "story" || sheet.rows == "mention") {
        write_story(sheet, first, n_row);
      } else {
        write_events(sheet);
      }
    }
    if (is_real(first.record)) n_story_rows_ += pairs_of(first.record).size();
    story_.clear();
  }

  [[nodiscard]] bool is_good() const {
    return std::all_of(sheets_.begin(), sheets_.end(),
                       [](const Sheet& sheet) { return static_cast<bool>(*sheet.out); });
  }

 private:
  void write(Sheet& sheet, const ExportRow& row) {
    sheet.write_fields([&](std::size_t i) { return (*sheet.values[i])(row); });
  }

  void write_story(Sheet& sheet, const StoredEvent& first, std::uint64_t n_row) {
    if (!is_real(first.record)) return;
    for (const auto& [source, target] : pairs_of(first.record)) {
      ++n_row;
      if (sheet.rows == "story") {
        write(sheet, {n_row, 0, first, story_, source, target, crosswalks_});
        continue;
      }
      for (const StoredEvent& event : story_) {
        write(sheet, {n_row, 0, event, story_, source, target, crosswalks_});
      }
    }
  }

  void write_events(Sheet& sheet) {
    for (const StoredEvent& event : story_) {
      const std::vector<StoredEvent> alone{event};
      const std::uint64_t document = document_number(event.document.document_id);
      if (sheet.rows == "event") {
        write(sheet, {++n_event_rows_, document, event, alone, nullptr, nullptr, crosswalks_});
        continue;
      }
      if (!is_real(event.record)) continue;
      for (const auto& [source, target] : pairs_of(event.record)) {
        write(sheet, {++n_event_rows_, document, event, alone, source, target, crosswalks_});
      }
    }
  }

  std::uint64_t document_number(const std::string& id) {
    return documents_.try_emplace(id, documents_.size() + 1).first->second;
  }

  std::vector<Sheet>& sheets_;
  const Crosswalks& crosswalks_;
  std::vector<StoredEvent> story_;
  std::map<std::string, std::uint64_t> documents_;
  std::uint64_t n_story_rows_ = 0;
  std::uint64_t n_event_rows_ = 0;
};

Result<std::uint64_t> export_rows(const ExportArguments& arguments, const Ledger& ledger,
                                  const LedgerFilter& filter) {
  const fs::path data = data_folder(arguments.data);
  DETENTE_TRY(const Crosswalks crosswalks, Crosswalks::open(data));
  DETENTE_TRY(const ExportTable formats, ExportTable::open(data / "export" / "formats.tsv"));
  std::vector<Sheet> sheets;
  for (const auto& format : formats.rows) {
    if (format.size() < 5 || format[0] != arguments.format) continue;
    if (format[2] != "-" && arguments.out == "-") {
      return Error{"D0904",
                   "--format " + arguments.format + " writes several files: name a folder.",
                   ErrorKind::BadUsage};
    }
    DETENTE_TRY(Sheet sheet, open_sheet(data / "export", format, arguments.out));
    sheets.push_back(std::move(sheet));
    Sheet& placed = sheets.back();
    if (placed.file.is_open()) placed.out = &placed.file;
    if (format[4] == "yes") placed.write_fields([&](std::size_t i) { return placed.columns[i]; });
  }
  RowExporter exporter(sheets, crosswalks);
  DETENTE_TRY(const std::uint64_t n, ledger.events(filter, [&](const StoredEvent& event) {
    return exporter.take(event);
  }));
  exporter.finish_story();
  for (Sheet& sheet : sheets) sheet.out->flush();
  if (!exporter.is_good()) return cannot_write(arguments.out);
  return n;
}

/// A file of JSON lines, or standard output.
class Lines {
 public:
  explicit Lines(const std::string& path) : out_(&std::cout) {
    if (path == "-") return;
    file_.open(path);
    out_ = &file_;
  }
  bool write(const nlohmann::ordered_json& json) {
    *out_ << dump(json) << '\n';
    return is_good();
  }
  [[nodiscard]] bool is_good() const { return static_cast<bool>(*out_); }
  void flush() { out_->flush(); }

 private:
  std::ofstream file_;
  std::ostream* out_;
};

Result<std::uint64_t> write_events(const Ledger& ledger, const LedgerFilter& filter, Lines& lines) {
  return ledger.events(filter,
                       [&](const StoredEvent& one) { return lines.write(stored_event_json(one)); });
}

/// Claims, commitments and expectations.
Result<std::uint64_t> write_the_rest(const Ledger& ledger, const LedgerFilter& filter,
                                     Lines& lines) {
  DETENTE_TRY(const std::uint64_t n_claims, ledger.claims(filter, [&](const StoredClaim& one) {
    return lines.write(stored_claim_json(one));
  }));
  DETENTE_TRY(const std::uint64_t n_commitments,
              ledger.commitments(filter, [&](const StoredCommitment& one) {
                return lines.write(stored_commitment_json(one));
              }));
  DETENTE_TRY(const std::uint64_t n_expectations,
              ledger.expectations(filter, [&](const StoredExpectation& one) {
                return lines.write(stored_expectation_json(one));
              }));
  return n_claims + n_commitments + n_expectations;
}

/// plover: the events; jsonl: all records.
Result<std::uint64_t> export_lines(const ExportArguments& arguments, const Ledger& ledger,
                                   const LedgerFilter& filter) {
  Lines lines(arguments.out);
  if (!lines.is_good()) return cannot_write(arguments.out);
  DETENTE_TRY(std::uint64_t n, write_events(ledger, filter, lines));
  if (arguments.format == "jsonl") {
    DETENTE_TRY(const std::uint64_t n_rest, write_the_rest(ledger, filter, lines));
    n += n_rest;
  }
  lines.flush();
  if (!lines.is_good()) return cannot_write(arguments.out);
  return n;
}

int run(const ExportArguments& arguments) {
  return ask_store(arguments.store,
                   [&](const Ledger& ledger, const LedgerFilter& filter) -> Result<std::uint64_t> {
                     if (arguments.format == "plover" || arguments.format == "jsonl") {
                       return export_lines(arguments, ledger, filter);
                     }
                     if (arguments.format != "csv" && arguments.format != "parquet") {
                       return export_rows(arguments, ledger, filter);
                     }
                     DETENTE_TRY_VOID(ledger.copy_tables(arguments.format, arguments.out));
                     return std::uint64_t{1};
                   });
}

}  // namespace

void add_export(CLI::App& program, int& status) {
  auto arguments = std::make_shared<ExportArguments>();
  CLI::App* app = program.add_subcommand(
      "export",
      help_text("detente export --format gdelt --store news.duckdb -o news/",
                "Writes a store in the formats that the field's tools read.\n"
                "plover: events as JSON lines; jsonl: claims, commitments and expectations too;\n"
                "icews, polecat, phoenix: a tab-separated file; gdelt: a folder with Events and\n"
                "Mentions; csv, parquet: a folder with all tables, Parquet's events by month."));
  app->add_option("--format", arguments->format, "One of those named above")
      ->required()
      ->check(CLI::IsMember(
          {"plover", "jsonl", "gdelt", "icews", "polecat", "phoenix", "csv", "parquet"}));
  app->add_option("-o,--out", arguments->out, "File or folder; - is standard output")
      ->type_name("PATH")
      ->required();
  add_store_options(*app, arguments->store, false);
  add_filter_options(*app, arguments->store);
  app->add_option("--data", arguments->data, "Folder of the tables")->type_name("DIR");
  app->callback([arguments, &status] { status = run(*arguments); });
}

}  // namespace detente::cli
