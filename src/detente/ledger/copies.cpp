#include "detente/ledger/copies.h"

#include <algorithm>
#include <limits>
#include <map>
#include <string>
#include <unordered_map>

#include "detente/ledger/sketch.h"

namespace detente::ledger {
namespace {

// A wire report is printed again within days; the same words months later are another report's
// boilerplate.
constexpr std::int32_t kDaysApart = 3;
constexpr std::int32_t kNoDay = -1'000'000;

struct Candidate {
  Sketch sketch;
  std::int32_t day = kNoDay;
  std::string group;
};

/// Which group names turn out to mean one group; the smallest name stands for it.
class Groups {
 public:
  std::string root(const std::string& name) {
    auto at = parent_.find(name);
    if (at == parent_.end() || at->second == name) return name;
    std::string top = root(at->second);
    parent_[name] = top;
    return top;
  }
  void join(const std::string& a, const std::string& b) {
    const std::string x = root(a);
    const std::string y = root(b);
    parent_[std::max(x, y)] = std::min(x, y);
  }
  /// (old, new) of every name that gave way.
  std::vector<std::pair<std::string, std::string>> renamed() {
    std::vector<std::pair<std::string, std::string>> all;
    std::vector<std::string> names;
    for (const auto& entry : parent_) names.push_back(entry.first);
    for (const std::string& name : names) {
      const std::string top = root(name);
      if (top != name) all.emplace_back(name, top);
    }
    return all;
  }

 private:
  std::map<std::string, std::string> parent_;
};

class Finder {
 public:
  Finder(const Connection& connection, std::vector<Pending>& batch)
      : connection_(connection), batch_(batch) {}

  Result<void> run() {
    DETENTE_TRY_VOID(write_sketches());
    for (auto& [id, candidate] : fresh_) candidate.group = id;
    if (first_day_ <= last_day_) {
      DETENTE_TRY_VOID(find_pairs());
      DETENTE_TRY_VOID(load_stored());
      compare();
      DETENTE_TRY_VOID(rename());
    }
    for (Pending& document : batch_) {
      if (document.is_current)
        document.copy_group = groups_.root(document.coded.reading.document_id);
    }
    return {};
  }

 private:
  Result<void> write_sketches() {
    DETENTE_TRY_VOID(connection_.run("DELETE FROM batch_bands; DELETE FROM batch_ids;"));
    DETENTE_TRY(Appender sketches, Appender::open(connection_, "copy_sketches"));
    DETENTE_TRY(Appender bands, Appender::open(connection_, "copy_bands"));
    DETENTE_TRY(Appender batch_bands, Appender::open(connection_, "batch_bands"));
    for (const Pending& document : batch_) {
      if (!document.is_current) continue;
      const Reading& reading = document.coded.reading;
      Candidate fresh;
      fresh.sketch = sketch_of(body_of(reading));
      if (fresh.sketch.n_shingles == 0) continue;
      if (reading.published_at) fresh.day = reading.published_at->days_since_1970();
      first_day_ = std::min(first_day_, fresh.day);
      last_day_ = std::max(last_day_, fresh.day);
      sketches.text(reading.document_id).integer(fresh.day);
      sketches.integer(fresh.sketch.n_shingles).blob(fresh.sketch.bytes()).end_row();
      for (const std::int64_t band : bands_of(fresh.sketch)) {
        for (Appender* table : {&bands, &batch_bands}) {
          table->integer(fresh.day).integer(band).text(reading.document_id).end_row();
        }
      }
      fresh_.emplace(reading.document_id, std::move(fresh));
    }
    DETENTE_TRY_VOID(sketches.close());
    DETENTE_TRY_VOID(bands.close());
    return batch_bands.close();
  }

  // The days of the batch bound what is looked at: in a store that grew by the day this is little.
  [[nodiscard]] std::vector<Value> days() const {
    return {std::int64_t{first_day_} - kDaysApart, std::int64_t{last_day_} + kDaysApart};
  }

  Result<void> find_pairs() {
    DETENTE_TRY(
        Rows rows,
        connection_.query("SELECT DISTINCT n.document_id, o.document_id FROM batch_bands n JOIN "
                          "copy_bands o ON o.band = n.band WHERE o.day BETWEEN ? AND ? AND "
                          "o.document_id <> n.document_id AND abs(o.day - n.day) <= " +
                              std::to_string(kDaysApart),
                          days()));
    for (;;) {
      DETENTE_TRY(const bool more, rows.next());
      if (!more) return {};
      pairs_.emplace_back(rows.string(0), rows.string(1));
    }
  }

  Result<void> load_stored() {
    DETENTE_TRY(Appender ids, Appender::open(connection_, "batch_ids"));
    bool any = false;
    for (const auto& [fresh, other] : pairs_) {
      if (fresh_.count(other) > 0 || !stored_.try_emplace(other).second) continue;
      ids.text(other).end_row();
      any = true;
    }
    DETENTE_TRY_VOID(ids.close());
    if (!any) return {};
    DETENTE_TRY(Rows rows,
                connection_.query("SELECT s.document_id, s.day, s.n_shingles, s.minima, "
                                  "d.copy_group FROM copy_sketches s JOIN batch_ids USING "
                                  "(document_id) JOIN documents d USING (document_id) WHERE s.day "
                                  "BETWEEN ? AND ?",
                                  days()));
    for (;;) {
      DETENTE_TRY(const bool more, rows.next());
      if (!more) return {};
      Candidate& stored = stored_[rows.string(0)];
      stored.day = static_cast<std::int32_t>(rows.integer(1));
      stored.sketch = Sketch::from(static_cast<std::uint32_t>(rows.integer(2)), rows.text(3));
      stored.group = rows.string(4);
    }
  }

  void compare() {
    for (const auto& [fresh, other] : pairs_) {
      const auto in_batch = fresh_.find(other);
      const Candidate& b = in_batch != fresh_.end() ? in_batch->second : stored_[other];
      if (!b.group.empty() && are_copies(fresh_.at(fresh).sketch, b.sketch)) {
        groups_.join(fresh, b.group);
      }
    }
  }

  Result<void> rename() {
    std::vector<std::pair<std::string, std::string>> changed = groups_.renamed();
    const auto is_fresh = [&](const auto& change) { return fresh_.count(change.first) > 0; };
    changed.erase(std::remove_if(changed.begin(), changed.end(), is_fresh), changed.end());
    for (const auto& [from, to] : changed) {
      DETENTE_TRY_VOID(connection_.run("UPDATE documents SET copy_group = ? WHERE copy_group = ?",
                                       {Value(to), Value(from)}));
    }
    return {};
  }

  const Connection& connection_;
  std::vector<Pending>& batch_;
  std::unordered_map<std::string, Candidate> fresh_;
  std::unordered_map<std::string, Candidate> stored_;
  std::vector<std::pair<std::string, std::string>> pairs_;
  Groups groups_;
  std::int32_t first_day_ = std::numeric_limits<std::int32_t>::max();
  std::int32_t last_day_ = std::numeric_limits<std::int32_t>::min();
};

}  // namespace

Result<void> prepare_copies(const Connection& connection) {
  return connection.run(
      "CREATE TEMP TABLE batch_bands (day INTEGER, band BIGINT, document_id TEXT);"
      "CREATE TEMP TABLE batch_ids (document_id TEXT);");
}

Result<void> settle_copies(const Connection& connection, std::vector<Pending>& batch) {
  return Finder(connection, batch).run();
}

}  // namespace detente::ledger
