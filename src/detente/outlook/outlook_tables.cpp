#include "detente/outlook/outlook_tables.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <span>

#include "detente/outlook/errors.h"

namespace detente::outlook {
namespace {

constexpr auto kKinds = std::to_array<Named<HedgeKind>>({{"modal", HedgeKind::Modal},
                                                         {"adverb", HedgeKind::Adverb},
                                                         {"state", HedgeKind::State},
                                                         {"holds", HedgeKind::Holds},
                                                         {"sees", HedgeKind::Sees},
                                                         {"feels", HedgeKind::Feels},
                                                         {"thinks", HedgeKind::Thinks},
                                                         {"chance", HedgeKind::Chance},
                                                         {"few", HedgeKind::Few},
                                                         {"judges", HedgeKind::Judges},
                                                         {"taken", HedgeKind::Taken},
                                                         {"warns_of", HedgeKind::WarnsOf}});
constexpr auto kEffects = std::to_array<Named<Effect>>({{"cooperation", Effect::Cooperation},
                                                        {"conflict", Effect::Conflict},
                                                        {"keeps", Effect::Keeps},
                                                        {"turns", Effect::Turns},
                                                        {"fails", Effect::Fails},
                                                        {"helps", Effect::Helps},
                                                        {"nothing", Effect::Nothing}});
constexpr auto kBindings = std::to_array<Named<Binding>>({{"promise", Binding::Promise},
                                                          {"vow", Binding::Vow},
                                                          {"clause", Binding::Clause},
                                                          {"pact", Binding::Pact},
                                                          {"signs", Binding::Signs},
                                                          {"declares", Binding::Declares}});
constexpr auto kMade =
    std::to_array<Named<BoundNoun::Made>>({{"declared", BoundNoun::Made::Declared},
                                           {"signed", BoundNoun::Made::Signed},
                                           {"named", BoundNoun::Made::Named}});
constexpr auto kPlaces = std::to_array<Named<FateRow::Place>>({{"object", FateRow::Place::Object},
                                                               {"subject", FateRow::Place::Subject},
                                                               {"noun", FateRow::Place::Noun}});
constexpr auto kTurns = std::to_array<Named<std::optional<Turn>>>({{"kept", Turn::Kept},
                                                                   {"stalled", Turn::Stalled},
                                                                   {"broken", Turn::Broken},
                                                                   {"withdrawn", Turn::Withdrawn},
                                                                   {"extended", Turn::Extended},
                                                                   {"broken?", Turn::PerhapsBroken},
                                                                   {"binds", std::nullopt}});
constexpr auto kRoles = std::to_array<Named<Role>>({{"light", Role::Light},
                                                    {"factual", Role::Factual},
                                                    {"failing", Role::Failing},
                                                    {"condition", Role::Condition},
                                                    {"refrain", Role::Refrain},
                                                    {"force", Role::Force},
                                                    {"as", Role::As},
                                                    {"aside", Role::Aside},
                                                    {"private", Role::Private},
                                                    {"expert", Role::Expert},
                                                    {"retired", Role::Retired},
                                                    {"envoy", Role::Envoy},
                                                    {"habit", Role::Habit},
                                                    {"contrast", Role::Contrast},
                                                    {"limit", Role::Limit},
                                                    {"text", Role::Text},
                                                    {"where", Role::Where},
                                                    {"dread", Role::Dread},
                                                    {"wish", Role::Wish},
                                                    {"mind", Role::Mind},
                                                    {"opinion", Role::Opinion},
                                                    {"seems", Role::Seems},
                                                    {"ready", Role::Ready},
                                                    {"anyone", Role::Anyone},
                                                    {"gathering", Role::Gathering},
                                                    {"armed", Role::Armed},
                                                    {"surprise", Role::Surprise},
                                                    {"moves", Role::Moves},
                                                    {"courts", Role::Courts},
                                                    {"dismisses", Role::Dismisses},
                                                    {"makes", Role::Makes},
                                                    {"brings", Role::Brings},
                                                    {"arms", Role::Arms},
                                                    {"refuses", Role::Refuses},
                                                    {"under", Role::Under},
                                                    {"announces", Role::Announces},
                                                    {"office", Role::Office},
                                                    {"none", Role::None},
                                                    {"gives_up", Role::GivesUp},
                                                    {"part", Role::Part},
                                                    {"finishes", Role::Finishes}});

double chance_of(std::string_view word, RowReader& reader) {
  double value = -1;
  const auto [end, code] = std::from_chars(word.data(), word.data() + word.size(), value);
  if (code != std::errc() || end != word.data() + word.size() || value < 0 || value > 1) {
    reader.refuse("strength", word, "numbers from 0 to 1");
  }
  return value;
}

int turn_of(const DirectionRow& row) {
  return row.object.empty() ? 2 : row.object.front() == '@' ? 1 : 0;
}

template <class Take>
Result<void> read_table(const std::filesystem::path& path,
                        std::initializer_list<std::string_view> columns, const Take& take) {
  const auto check = [](const TableRow&) -> Result<void> { return {}; };
  return read_word_table(path, columns, errors::unknown_word, check, take);
}

}  // namespace

Result<OutlookTables> OutlookTables::open(const std::filesystem::path& data_folder) {
  using Fields = std::vector<std::string>;
  const std::filesystem::path folder = data_folder / "outlook";
  OutlookTables tables;
  DETENTE_TRY_VOID(read_table(
      folder / "hedges.tsv", {"word", "kind", "strength"}, [&](const Fields& f, RowReader& reader) {
        const auto kind = reader.read<HedgeKind>(f[1], "kind", kKinds);
        tables.hedges_[static_cast<std::size_t>(kind)][f[0]] = chance_of(f[2], reader);
      }));
  DETENTE_TRY_VOID(read_table(
      folder / "directions.tsv", {"word", "object", "effect"},
      [&](const Fields& f, RowReader& reader) {
        auto& rows = tables.directions_[f[0]];
        rows.push_back({f[1], reader.read<Effect>(f[2], "effect", kEffects)});
        // Rows that ask for a word are tried first, then those that ask for a group.
        std::stable_sort(rows.begin(), rows.end(),
                         [](const auto& a, const auto& b) { return turn_of(a) < turn_of(b); });
      }));
  DETENTE_TRY_VOID(
      read_table(folder / "groups.tsv", {"word", "group"},
                 [&](const Fields& f, RowReader&) { tables.groups_[f[0]].push_back("@" + f[1]); }));
  DETENTE_TRY_VOID(read_table(folder / "commitment_verbs.tsv", {"lemma", "form"},
                              [&](const Fields& f, RowReader& reader) {
                                tables.verbs_[f[0]] = reader.read<Binding>(f[1], "form", kBindings);
                              }));
  DETENTE_TRY_VOID(
      read_table(folder / "commitment_nouns.tsv", {"lemma", "concept", "made"},
                 [&](const Fields& f, RowReader& reader) {
                   tables.nouns_[f[0]] = {f[1], reader.read<BoundNoun::Made>(f[2], "made", kMade)};
                 }));
  DETENTE_TRY_VOID(read_table(folder / "fates.tsv", {"word", "place", "with", "turn"},
                              [&](const Fields& f, RowReader& reader) {
                                auto& rows = tables.fates_[f[0]];
                                rows.insert(
                                    f[2].empty() ? rows.end() : rows.begin(),
                                    {reader.read<FateRow::Place>(f[1], "place", kPlaces), f[2],
                                     reader.read<std::optional<Turn>>(f[3], "turn", kTurns)});
                              }));
  DETENTE_TRY_VOID(read_table(folder / "alike.tsv", {"word", "with", "meaning"},
                              [&](const Fields& f, RowReader&) {
                                auto& rows = tables.alike_[f[0]];
                                rows.insert(f[1].empty() ? rows.end() : rows.begin(), {f[1], f[2]});
                              }));
  DETENTE_TRY_VOID(
      read_table(folder / "roles.tsv", {"word", "role"}, [&](const Fields& f, RowReader& reader) {
        tables.roles_[f[0]].push_back(reader.read<Role>(f[1], "role", kRoles));
      }));
  return tables;
}

bool OutlookTables::is_in_group(std::string_view group, std::string_view lemma) const {
  const std::vector<std::string>* groups = find_word(groups_, lemma);
  return groups != nullptr && std::find(groups->begin(), groups->end(), group) != groups->end();
}

bool OutlookTables::is_asked(std::string_view asked, std::string_view lemma) const {
  return asked == lemma || (asked.starts_with('@') && is_in_group(asked, lemma));
}

bool OutlookTables::is(Role role, std::string_view word) const {
  const std::vector<Role>* roles = find_word(roles_, word);
  return roles != nullptr && std::find(roles->begin(), roles->end(), role) != roles->end();
}

}  // namespace detente::outlook
