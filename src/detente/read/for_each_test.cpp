#include <fstream>

#include "detente/read/published_day.h"
#include "detente/read/read_test_tools.h"

namespace detente::read {
namespace {

TEST(JsonLines, ReadsFieldsByTheirNamesAndAliases) {
  const Taken taken = take(
      "{\"id\":\"a\",\"text\":\"One.\",\"published\":\"2022-04-22\",\"title\":\"T\",\"url\":\"u\","
      "\"publisher\":\"P\",\"language\":\"en\"}\n\n"
      "{\"source\":{\"id\":null,\"name\":\"Reuters\"},\"headline\":\"H\",\"pub_date\":"
      "\"Fri, 22 Apr 2022 10:00:00 GMT\",\"text\":\"Two.\",\"tags\":[{\"id\":\"no\"}],\"id\":7}\n",
      "news.jsonl");
  ASSERT_TRUE(taken.summary);
  ASSERT_EQ(taken.documents.size(), 2U);
  EXPECT_EQ(taken.documents[0].publisher, "P");
  EXPECT_EQ(taken.documents[0].published_at, Date::from_ymd(2022, 4, 22));
  EXPECT_EQ(taken.documents[1].id, "7");
  EXPECT_EQ(taken.documents[1].title, "H");
  EXPECT_EQ(taken.documents[1].publisher, "Reuters");
  EXPECT_EQ(taken.documents[1].published_at, Date::from_ymd(2022, 4, 22));
}

TEST(JsonLines, TheFirstNameWinsOverItsAliases) {
  const Taken taken = take(
      "{\"date\":\"2001-01-01\",\"published\":\"2022-04-22\",\"text\":\"x\",\"pub_date\":\"1999-"
      "09-09\"}",
      "-");
  ASSERT_EQ(taken.documents.size(), 1U);
  EXPECT_EQ(taken.documents[0].published_at->text(), "2022-04-22");
}

TEST(JsonLines, ABadLineIsNamedAndTheRestGoesOn) {
  const Taken taken = take(
      "{\"text\":\"One.\"}\n{\"text\": oops}\n[1]\n{\"txet\":\"no\"}\n{\"text\":\"Two.\"}\n"
      "{\"text\":\"cut",
      "in/news.jsonl");
  EXPECT_EQ(taken.documents.size(), 2U);
  ASSERT_EQ(taken.errors.size(), 4U);
  EXPECT_EQ(taken.errors[0].code, "D0105");
  EXPECT_NE(taken.errors[0].message.find("in/news.jsonl:2:"), std::string::npos);
  EXPECT_EQ(taken.errors[1].code, "D0105");
  EXPECT_EQ(taken.errors[2].code, "D0106");
  EXPECT_NE(taken.errors[2].message.find("txet"), std::string::npos);
  EXPECT_NE(taken.errors[3].message.find(":6:"), std::string::npos);
  EXPECT_EQ(taken.summary->n_refused, 4U);
}

TEST(JsonLines, RefusesATextThatIsNoNewsItemAndGoesOn) {
  const std::string lines = "{\"id\":\"big\",\"text\":\"" + std::string(kMaxTextBytes + 1, 'a') +
                            "\"}\n{\"text\":\"Two.\"}\n";
  const Taken taken = take(lines, "news.jsonl");
  ASSERT_EQ(taken.errors.size(), 1U);
  EXPECT_EQ(taken.errors[0].code, "D0102");
  EXPECT_NE(taken.errors[0].message.find("news.jsonl:1:"), std::string::npos);
  EXPECT_EQ(taken.documents.size(), 1U);
}

TEST(JsonLines, PassesOverALineLongerThanARecordMayBe) {
  const std::string lines =
      "{\"text\":\"" + std::string(kMaxRecordBytes, 'a') + "\"}\n{\"text\":\"Two.\"}\n";
  const Taken taken = take(lines, "news.jsonl");
  ASSERT_EQ(taken.errors.size(), 1U);
  EXPECT_EQ(taken.errors[0].code, "D0104");
  EXPECT_EQ(taken.documents.size(), 1U);
}

TEST(JsonLines, StandsDeepNestingWithoutKeepingIt) {
  const std::string deep =
      "{\"text\":\"One.\",\"x\":" + std::string(1000000, '[') + std::string(1000000, ']') + "}\n";
  EXPECT_EQ(take(deep, "news.jsonl").documents.size(), 1U);
}

TEST(JsonLines, MakesTheSameIdFromTheSameText) {
  const Taken taken = take("{\"text\":\"One.\"}\n{\"text\":\"One.\",\"url\":\"u\"}\n", "a.jsonl");
  ASSERT_EQ(taken.documents.size(), 2U);
  EXPECT_EQ(taken.documents[0].id, taken.documents[1].id);
  EXPECT_EQ(taken.documents[0].id.size(), 17U);
}

TEST(Csv, ReadsQuotedFieldsWithSeparatorsAndLineBreaks) {
  const Taken taken = take(
      "\xEF\xBB\xBFid,text,date,publication\r\n"
      "1,\"He said, \"\"no\"\".\nThen left.\",22/04/2022,Daily\r\n"
      "2,short row\r\n"
      "3,Plain,2022-04-23,\"Week\"\n",
      "news.csv");
  ASSERT_EQ(taken.documents.size(), 2U);
  EXPECT_EQ(taken.documents[0].text, "He said, \"no\".\nThen left.");
  EXPECT_EQ(taken.documents[0].published_at->text(), "2022-04-22");
  EXPECT_EQ(taken.documents[1].publisher, "Week");
  ASSERT_EQ(taken.errors.size(), 1U);
  EXPECT_EQ(taken.errors[0].code, "D0107");
  EXPECT_NE(taken.errors[0].message.find("news.csv:4:"), std::string::npos);
}

TEST(Csv, IsToldFromPlainTextByItsHeader) {
  EXPECT_EQ(take("headline;text\nH;One\n", "-").documents.at(0).title, "H");
  const Taken plain = take("A title, text and more\nOne, two\n", "-");
  ASSERT_EQ(plain.documents.size(), 1U);
  EXPECT_EQ(plain.documents[0].text, "A title, text and more\nOne, two\n");
}

TEST(Csv, WithoutATextColumnIsRefusedWithItsColumns) {
  const Taken taken = take("id,body\n1,x\n", "news.csv");
  ASSERT_FALSE(taken.summary);
  EXPECT_EQ(taken.summary.error().code, "D0110");
  EXPECT_NE(taken.summary.error().message.find("body"), std::string::npos);
}

TEST(Csv, AnOpenQuoteDoesNotEatTheMemory) {
  const std::string bytes =
      "id,text\n1,\"open " + std::string(kMaxRecordBytes + 10, 'a') + "\n2,fine\n";
  const Taken taken = take(bytes, "news.csv");
  ASSERT_EQ(taken.errors.size(), 1U);
  EXPECT_EQ(taken.errors[0].code, "D0104");
  EXPECT_EQ(taken.documents.size(), 1U);
}

TEST(ForEach, UnpacksGzipAndNamesThePlainFileWithoutItsExtensions) {
  const Taken taken = take(gzipped("Seoul said yes.\n"), "in/talks.txt.gz");
  ASSERT_EQ(taken.documents.size(), 1U);
  EXPECT_EQ(taken.documents[0].text, "Seoul said yes.\n");
  EXPECT_EQ(taken.documents[0].name, "talks");
  const std::string two = gzipped("{\"text\":\"One.\"}\n") + gzipped("{\"text\":\"Two.\"}\n");
  EXPECT_EQ(take(two, "news.jsonl.gz").documents.size(), 2U);
}

TEST(ForEach, KeepsWhatStoodBeforeDamageInAGzip) {
  std::string lines;
  for (int i = 0; i < 20000; ++i) {
    lines += "{\"text\":\"Number " + std::to_string(i * 7919) + ".\"}\n";
  }
  const std::string packed = gzipped(lines);
  const Taken taken = take(packed.substr(0, packed.size() * 3 / 4), "news.jsonl.gz");
  ASSERT_FALSE(taken.summary);
  EXPECT_EQ(taken.summary.error().code, "D0108");
  EXPECT_GT(taken.documents.size(), 1000U);
}

TEST(ForEach, StopsWhenTheCallerHasEnough) {
  int n = 0;
  const auto summary = for_each_document_in("{\"text\":\"1\"}\n{\"text\":\"2\"}\n", "a.jsonl", {},
                                            [&n](const Result<Document>&) { return ++n < 1; });
  ASSERT_TRUE(summary);
  EXPECT_EQ(summary->n_documents, 1U);
}

TEST(ForEach, SaysWhereEachDocumentAndEachErrorStands) {
  std::vector<Place> places;
  const auto summary = for_each_item_in("{\"text\":\"1\"}\n\n{oops\n", "in/a.jsonl", {},
                                        [&places](const Item& item) {
                                          places.push_back(item.place);
                                          return true;
                                        });
  ASSERT_TRUE(summary);
  ASSERT_EQ(places.size(), 2U);
  EXPECT_EQ(places[1].file, "in/a.jsonl");
  EXPECT_EQ(places[1].line, 3U);
  EXPECT_EQ(places[1].ordinal, 1U);
}

TEST(ForEach, NamesAFormatThatItDoesNotRead) {
  EXPECT_EQ(take("%PDF-1.4", "-").summary.error().code, "D0109");
  EXPECT_EQ(take("[{\"text\":\"x\"}]", "-").summary.error().code, "D0109");
  ReadOptions options;
  options.format = Format::Plain;
  EXPECT_EQ(take("<html> as text", "-", options).documents.size(), 1U);
}

TEST(ForEach, RefusesAPlainFileThatIsNoNewsItem) {
  const Taken taken = take(std::string(kMaxTextBytes + 5, 'a'), "huge.txt");
  ASSERT_EQ(taken.errors.size(), 1U);
  EXPECT_EQ(taken.errors[0].code, "D0102");
  EXPECT_TRUE(taken.summary);
}

TEST(ForEach, NamesAFileThatIsNotThere) {
  const auto summary =
      for_each_document("/nowhere/news.txt", {}, [](const Result<Document>&) { return true; });
  ASSERT_FALSE(summary);
  EXPECT_EQ(summary.error().code, "D0001");
}

TEST(ForEach, NamesWhatIsNoNewsAndSaysWhatToDo) {
  std::string noise;
  for (int i = 0; i < 600; ++i) noise += static_cast<char>(i * 37 % 251);
  const std::vector<std::pair<std::string, std::string>> foreign{
      {"%PDF-1.4", "pdftotext"},
      {"PK\x03\x04 word/document.xml", "plain text"},
      {"{\\rtf1\\ansi", "plain text"},
      {"BZh91AY&SY", "bunzip2"},
      {std::string(257, 'x') + "ustar", "tar xf"},
      {"\x89PNG\r\n", "Leave it out"},
      {noise, "binary"},
      {"{\n \"text\": \"x\"\n}\n", "jq -c . in.json"},
      {"[\n {\"text\":\"x\"}\n]\n", "jq -c '.[]'"},
      {"<?xml version=\"1.0\"?><nitf/>", "JSON lines"}};
  for (const auto& [bytes, advice] : foreign) {
    const Taken taken = take(bytes, "given");
    ASSERT_FALSE(taken.summary) << bytes;
    EXPECT_EQ(taken.summary.error().code, "D0109");
    EXPECT_NE(taken.summary.error().message.find("given: is"), std::string::npos);
    EXPECT_NE(taken.summary.error().message.find(advice), std::string::npos) << bytes;
  }
  EXPECT_EQ(take("Caf\xE9 talks\x01 go on.\n", "-").documents.size(), 1U);
}

std::string utf16(std::u16string_view text, bool big_endian) {
  std::string out;
  for (const char16_t unit : text) {
    const char high = static_cast<char>(unit >> 8U);
    const char low = static_cast<char>(unit & 0xFFU);
    out += big_endian ? high : low;
    out += big_endian ? low : high;
  }
  return out;
}

TEST(ForEach, ReadsUtf16InEveryFormatWithAndWithoutItsMark) {
  for (const bool big_endian : {false, true}) {
    for (const char16_t* mark : {u"\uFEFF", u""}) {
      const auto read = [&](const std::u16string& text) {
        const Taken taken = take(utf16(mark + text, big_endian), "-");
        EXPECT_TRUE(taken.summary && taken.errors.empty());
        return taken.documents.size() == 1 ? taken.documents[0].text : "not one document";
      };
      EXPECT_EQ(read(u"Talks in Z\u00FCrich, \U0001F54A."), "Talks in Z\u00FCrich, \U0001F54A.");
      EXPECT_EQ(read(u"id\ttext\r\n1\tTalks in Z\u00FCrich, \U0001F54A.\r\n"),
                "Talks in Z\u00FCrich, \U0001F54A.");
      EXPECT_EQ(read(u"{\"text\":\"Talks in Z\u00FCrich.\"}\n"), "Talks in Z\u00FCrich.");
    }
  }
}

TEST(ForEach, ReadsRecordsOfWesternEncodings) {
  const Taken csv = take("id;text\n1;Per\xFA and C\xF4te d'Ivoire met in Z\xFCrich.\n", "news.csv");
  EXPECT_EQ(csv.documents.at(0).text, "Per\u00FA and C\u00F4te d'Ivoire met in Z\u00FCrich.");
  EXPECT_EQ(csv.documents[0].remarks.at(0).code, "charset-decoded");
  const Taken json = take("{\"text\":\"Per\xFA said \x93yes\x94 to it.\"}\n", "news.jsonl");
  EXPECT_EQ(json.documents.at(0).text, "Per\u00FA said \u201Cyes\u201D to it.");
  // What UTF-8 leaves when it is cut is no letter of the West.
  EXPECT_EQ(take("{\"text\":\"Per\xC3\"}\n", "news.jsonl").documents.at(0).text, "Per\uFFFD");
}

TEST(Csv, NamesTheQuoteThatNeverEnds) {
  const Taken taken = take("id,text\n1,\"Talks opened.\n2,Talks ended.\n", "news.csv");
  ASSERT_EQ(taken.errors.size(), 1U);
  EXPECT_NE(taken.errors[0].message.find("news.csv:2: a double quote opens"), std::string::npos);
}

TEST(Published, IsReadInTheWaysThatPagesWriteIt) {
  const Date day = *Date::from_ymd(2022, 4, 22);
  for (const char* text : {"2022-04-22",
                           "2022-04-22T23:59:00-05:00",
                           "20220422",
                           "20220422T101500Z",
                           "2022/04/22",
                           "Fri, 22 Apr 2022 10:00:00 GMT",
                           "April 22, 2022",
                           "22 April 2022, 10:15",
                           "22.04.2022",
                           "22/04/2022",
                           "04/22/2022",
                           "1650585600",
                           "1650585600000",
                           "Friday April 22nd 2022",
                           "20220422101500",
                           "10:01 pm PST, Friday, April 22, 2022",
                           "Fri Apr 22 05:44:06 UTC 2022",
                           "01:38:07 PM IST Apr 22, 2022",
                           "Updated 1909 GMT (0309 HKT) April 22, 2022",
                           "PUBLISHED: 00:01, Fri, Apr 22, 2022",
                           "5:45 AM PST 4/22/2022",
                           "Apr 22 2022, 10:18am ist"}) {
    EXPECT_EQ(published_day(text), day) << text;
  }
  for (const char* text : {"04/05/2022", "yesterday", "", "2022", "31 April 2022", "April 2022"}) {
    EXPECT_FALSE(published_day(text)) << text;
  }
  EXPECT_EQ(published_day("04/05/2022", true), Date::from_ymd(2022, 5, 4));
}

TEST(Published, FiguresAloneAreReadAsTheDocumentsLocaleHasThem) {
  const auto day = [](const std::string& language) {
    const Taken taken = take(
        "{\"text\":\"Talks opened.\",\"date\":\"04/05/2022\",\"language\":\"" + language + "\"}\n",
        "news.jsonl");
    const auto& published = taken.documents.at(0).published_at;
    return published ? published->text() : "none";
  };
  EXPECT_EQ(day("en-GB"), "2022-05-04");
  EXPECT_EQ(day("pt_BR"), "2022-05-04");
  EXPECT_EQ(day("en-US"), "none");
  EXPECT_EQ(day(""), "none");
}

}  // namespace
}  // namespace detente::read
