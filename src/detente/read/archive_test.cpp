#include "detente/read/archive.h"

#include <zstd.h>

#include <fstream>
#include <sstream>

#include "detente/read/http_message.h"
#include "detente/read/read_test_tools.h"

namespace detente::read {
namespace {

constexpr std::string_view kPage =
    "<html><head><title>Ferry talks open</title></head><body><p>The ministers of both islands met "
    "in Praia on Monday, the harbour office said in a note.</p></body></html>";

std::string record(std::string_view type, std::string_view content_type, std::string_view block,
                   std::string_view more = {}) {
  return "WARC/1.0\r\nWARC-Type: " + std::string(type) +
         "\r\nWARC-Target-URI: <https://island.example/talks>\r\nWARC-Date: "
         "2021-02-08T10:00:00Z\r\n" +
         std::string(more) + "Content-Type: " + std::string(content_type) +
         "\r\nContent-Length: " + std::to_string(block.size()) + "\r\n\r\n" + std::string(block) +
         "\r\n\r\n";
}

std::string answer(std::string_view body, std::string_view headers = {},
                   std::string_view status = "200 OK") {
  return "HTTP/1.1 " + std::string(status) + "\r\nContent-Type: text/html; charset=utf-8\r\n" +
         std::string(headers) + "\r\n" + std::string(body);
}

std::string response(std::string_view body, std::string_view headers = {}) {
  return record("response", "application/http; msgtype=response", answer(body, headers));
}

TEST(Archive, ReadsResponsesResourcesAndConversionsAndPassesOverTheRest) {
  const std::string warc =
      record("warcinfo", "application/warc-fields", "software: x\r\n") +
      record("request", "application/http; msgtype=request", "GET / HTTP/1.1\r\n\r\n") +
      response(kPage) + record("resource", "text/html", kPage) +
      record("conversion", "text/plain", "The ministers met in Praia.\n") +
      record("response", "application/http", answer(kPage, "", "404 Not Found")) +
      record("revisit", "application/http", "HTTP/1.1 200 OK\r\n\r\n");
  const Taken taken = take(warc, "a.warc");
  ASSERT_TRUE(taken.summary);
  ASSERT_EQ(taken.documents.size(), 3U);
  EXPECT_TRUE(taken.errors.empty());
  EXPECT_EQ(taken.documents[0].title, "Ferry talks open");
  EXPECT_EQ(taken.documents[0].url, "https://island.example/talks");
  EXPECT_EQ(taken.documents[0].published_at->text(), "2021-02-08");
  EXPECT_EQ(taken.documents[0].remarks.back().code, "published-from-capture");
  EXPECT_EQ(taken.documents[2].text, "The ministers met in Praia.\n");
  EXPECT_EQ(taken.places[0].member, "https://island.example/talks");
  EXPECT_EQ(warc.substr(taken.places[1].offset, 26), "WARC/1.0\r\nWARC-Type: resou");
}

TEST(Archive, NamesTheMemberWhenEachRecordIsPackedForItself) {
  const std::string first = gzipped(record("warcinfo", "application/warc-fields", "x"));
  const Taken taken = take(first + gzipped(response(kPage)) + gzipped(response(kPage)), "-");
  ASSERT_EQ(taken.documents.size(), 2U);
  EXPECT_EQ(taken.places[0].offset, first.size());
  EXPECT_EQ(taken.places[1].offset, first.size() + gzipped(response(kPage)).size());
}

TEST(Archive, GoesOnBehindADamagedMember) {
  std::string damaged = gzipped(response(kPage));
  for (std::size_t i = 20; i < 40; ++i) damaged[i] = static_cast<char>(damaged[i] ^ 0x5A);
  const std::string good = gzipped(response(kPage));
  const Taken taken = take(good + damaged + good, "a.warc.gz");
  ASSERT_TRUE(taken.summary);
  EXPECT_EQ(taken.documents.size(), 2U);
  ASSERT_GE(taken.errors.size(), 1U);
  EXPECT_EQ(taken.errors[0].code, "D0114");
  EXPECT_EQ(taken.error_places[0].offset, good.size());
}

TEST(Archive, GoesOnBehindALengthThatIsWrong) {
  std::string wrong = response(kPage);
  const std::string length = "Content-Length: " + std::to_string(answer(kPage).size());
  wrong.replace(wrong.find(length), length.size(), "Content-Length: 100");
  std::string none = response(kPage);
  none.replace(none.find("Content-Length"), 14, "Content-Longth");
  const Taken taken = take(wrong + none + response(kPage), "a.warc");
  EXPECT_EQ(taken.documents.size(), 1U);
  EXPECT_GE(taken.errors.size(), 2U);
}

TEST(Archive, ARecordCutShortIsNamed) {
  const std::string warc = response(kPage) + response(kPage);
  const Taken taken = take(warc.substr(0, warc.size() - 60), "a.warc");
  EXPECT_EQ(taken.documents.size(), 1U);
  ASSERT_EQ(taken.errors.size(), 1U);
  EXPECT_EQ(taken.errors[0].code, "D0114");
  EXPECT_NE(taken.errors[0].message.find("cut short"), std::string::npos);
  EXPECT_EQ(taken.error_places[0].offset, response(kPage).size());
  const std::string packed = gzipped(response(kPage));
  const Taken cut = take(packed + packed.substr(0, packed.size() / 2), "a.warc.gz");
  EXPECT_EQ(cut.documents.size(), 1U);
  EXPECT_EQ(cut.errors.size(), 1U);
}

TEST(Archive, ReadsArc) {
  const std::string block = answer(kPage);
  const std::string arc =
      "filedesc://a.arc 0.0.0.0 20210208100000 text/plain 20\n1 0 X\nURL IP-address\n\n"
      "http://island.example/a talk 10.0.0.1 20210208100000 text/html " +
      std::to_string(block.size()) + "\n" + block + "\n";
  const Taken taken = take(arc, "-");
  ASSERT_EQ(taken.documents.size(), 1U);
  EXPECT_EQ(taken.documents[0].url, "http://island.example/a talk");
  EXPECT_EQ(taken.documents[0].published_at->text(), "2021-02-08");
}

TEST(Archive, ReadsZstd) {
  const std::string warc = response(kPage);
  std::string packed(ZSTD_compressBound(warc.size()), '\0');
  packed.resize(ZSTD_compress(packed.data(), packed.size(), warc.data(), warc.size(), 3));
  EXPECT_EQ(take(packed + packed, "a.warc.zst").documents.size(), 2U);
  const Taken cut = take(packed + packed.substr(0, packed.size() - 9), "a.warc.zst");
  EXPECT_EQ(cut.documents.size(), 1U);
  EXPECT_EQ(cut.errors.size(), 1U);
}

TEST(Archive, ReadsFeedsThatWereFetched) {
  const std::string feed =
      "<?xml version=\"1.0\"?><rss><channel><title>Island Post</title><item><title>Talks</title>"
      "<link>https://island.example/1</link><description>Ministers met in Praia.</description>"
      "<pubDate>Sun, 07 Feb 2021 10:00:00 GMT</pubDate></item><item><title>Fares "
      "rise</title></item>"
      "</channel></rss>";
  const auto fetched = [](std::string_view type, std::string_view body) {
    return record(
        "response", "application/http",
        "HTTP/1.1 200 OK\r\nContent-Type: " + std::string(type) + "\r\n\r\n" + std::string(body));
  };
  const std::string warc = fetched("application/rss+xml; charset=utf-8", feed) +
                           fetched("text/xml", "<svg/>") + fetched("text/html", feed) +
                           fetched("application/xml", "<rss><channel><item><title>Talks</title>") +
                           response(kPage);
  const Taken taken = take(warc, "a.warc");
  ASSERT_TRUE(taken.summary);
  ASSERT_EQ(taken.documents.size(), 5U);
  EXPECT_EQ(taken.documents[0].published_at->text(), "2021-02-07");
  EXPECT_EQ(taken.documents[0].publisher, "Island Post");
  EXPECT_EQ(taken.places[0].member, "https://island.example/1");
  EXPECT_EQ(taken.documents[1].published_at->text(), "2021-02-08");
  EXPECT_EQ(taken.documents[1].remarks.back().code, "published-from-capture");
  EXPECT_EQ(taken.places[2].ordinal, 2U);
  EXPECT_EQ(warc.substr(taken.places[2].offset, 5), "WARC/");
  ASSERT_EQ(taken.errors.size(), 1U);
  EXPECT_EQ(taken.errors[0].code, "D0116");
  EXPECT_NE(taken.errors[0].message.find("at byte"), std::string::npos);
}

std::string zstd_packed(std::string_view text, std::string_view dictionary = {}) {
  ZSTD_CCtx* context = ZSTD_createCCtx();
  ZSTD_CCtx_loadDictionary(context, dictionary.data(), dictionary.size());
  std::string packed(ZSTD_compressBound(text.size()), '\0');
  packed.resize(ZSTD_compress2(context, packed.data(), packed.size(), text.data(), text.size()));
  ZSTD_freeCCtx(context);
  return packed;
}

std::string dictionary_frame(std::string_view dictionary) {
  std::string frame = "\x5d\x2a\x4d\x18";
  for (int shift = 0; shift < 32; shift += 8) {
    frame += static_cast<char>(dictionary.size() >> shift & 0xFFU);
  }
  return frame + std::string(dictionary);
}

TEST(Archive, ReadsZstdWithADictionaryInFront) {
  const std::string dictionary = response(kPage);
  const std::string member = zstd_packed(response(kPage), dictionary);
  ASSERT_LT(2 * member.size(), zstd_packed(response(kPage)).size());
  const std::string plain = dictionary_frame(dictionary);
  const std::string packed = dictionary_frame(zstd_packed(dictionary));
  for (const std::string& front : {plain, packed}) {
    const Taken taken = take(front + member + member, "a.warc.zst");
    ASSERT_TRUE(taken.summary);
    EXPECT_TRUE(taken.errors.empty());
    ASSERT_EQ(taken.documents.size(), 2U);
    EXPECT_EQ(taken.places[0].offset, front.size());
    EXPECT_EQ(taken.places[1].offset, front.size() + member.size());
  }
}

TEST(Archive, NamesADictionaryThatIsMissingBrokenOrBoundless) {
  const std::string dictionary = response(kPage);
  const std::string member = zstd_packed(response(kPage), dictionary);
  const auto errors = [](const std::string& bytes) {
    const Taken taken = take(bytes, "a.warc.zst");
    EXPECT_TRUE(taken.documents.empty());
    return taken.errors.size() + (taken.summary ? 0 : 1);
  };
  EXPECT_GE(errors(member), 1U);
  EXPECT_GE(errors(dictionary_frame("another dictionary") + member), 1U);
  EXPECT_GE(errors(dictionary_frame("\x28\xb5\x2f\xfd no frame at all") + member), 1U);
  EXPECT_GE(errors(dictionary_frame(dictionary).substr(0, 100)), 1U);
  EXPECT_GE(errors("\x5d\x2a\x4d\x18\xff\xff\xff\xff" + member), 1U);
}

TEST(Http, JoinsChunksAndLetsPassWhatIsNone) {
  const auto body = [](std::string_view text) {
    return read_http(answer(text, "Transfer-Encoding: chunked\r\n"), 1000);
  };
  EXPECT_EQ(body("3\r\nabc\r\n2;x=1\r\nde\r\n0\r\n\r\n").body, "abcde");
  EXPECT_EQ(body("<p>no chunks").body, "<p>no chunks");
  EXPECT_EQ(body("<p>no chunks").remarks.at(0).code, "not-chunked");
  EXPECT_EQ(body("3\r\nabc\r\n9\r\nde").body, "abcde");
  EXPECT_EQ(body("3\r\nabc\r\n9\r\nde").remarks.at(0).code, "body-cut");
}

TEST(Http, UnpacksBodiesAndSaysWhenItCannot) {
  const auto page = [](std::string_view encoding, const std::string& body) {
    return read_http(answer(body, "Content-Encoding: " + std::string(encoding) + "\r\n"), 1000);
  };
  EXPECT_EQ(page("gzip", gzipped("abc")).body, "abc");
  EXPECT_EQ(page("gzip", "<p>unpacked already").body, "<p>unpacked already");
  const auto unknown = page("lzma2", std::string("\x01\x02\x03", 3));
  EXPECT_EQ(unknown.content_encoding, "lzma2");
  const Taken taken =
      take(response(std::string("\x01\x02\x03", 3), "Content-Encoding: lzma2\r\n"), "a.warc");
  ASSERT_EQ(taken.errors.size(), 1U);
  EXPECT_EQ(taken.errors[0].code, "D0115");
}

TEST(Http, ABodyThatGrowsWithoutEndIsBounded) {
  const std::string bomb = gzipped(std::string(std::size_t{64} << 20, 'a'));
  EXPECT_EQ(read_http(answer(bomb, "Content-Encoding: gzip\r\n"), 1000).body.size(), 1000U);
}

TEST(Archive, AFileThatGrowsWithoutEndIsStoppedWhateverItsFormat) {
  const std::string bomb(std::size_t{70} << 20, 'a');
  std::string warc = response(kPage);
  warc.replace(warc.find("Content-Length: "), 17, "Content-Length: 99999999");
  for (const std::string& head : {std::string("{\"text\":\""), warc}) {
    const Taken taken = take(gzipped(head + bomb), "-");
    EXPECT_TRUE(taken.documents.empty());
    const Error& error = taken.summary ? taken.errors.at(0) : taken.summary.error();
    EXPECT_TRUE(error.code == "D0108" || error.code == "D0114") << error.text();
  }
}

struct Sample {
  std::string_view file;
  std::size_t n_documents, n_errors;
};

// What is in the samples of other readers, good and bad.
TEST(Archive, ReadsTheSamplesOfOtherReaders) {
  const auto folder = std::filesystem::path(DETENTE_SOURCE_DIR) / "../shared/peer-data/warc";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << folder << " is not here";
  for (const Sample& sample : std::vector<Sample>{{"example.warc", 1, 0},
                                                  {"example.warc.gz", 1, 0},
                                                  {"example.arc", 1, 0},
                                                  {"example.arc.gz", 1, 0},
                                                  {"whirlwind.warc", 1, 0},
                                                  {"whirlwind.warc.gz", 1, 0},
                                                  {"whirlwind.warc.wet.gz", 1, 0}}) {
    ReadOptions options;
    options.zone_tables = &test_tables();
    Taken taken;
    taken.summary = for_each_item(folder / sample.file, options, into(taken));
    ASSERT_TRUE(taken.summary) << sample.file;
    EXPECT_EQ(taken.documents.size(), sample.n_documents) << sample.file;
    EXPECT_EQ(taken.errors.size(), sample.n_errors) << sample.file;
  }
}

}  // namespace
}  // namespace detente::read
