#include "detente/read/read_test_tools.h"

namespace detente::read {
namespace {

TEST(Feed, ReadsRss) {
  const Taken taken = take(
      "<?xml version=\"1.0\"?>\n<!-- made by hand -->\n<rss version=\"2.0\" "
      "xmlns:content=\"c\" xmlns:dc=\"d\"><channel><title>Island "
      "Post</title><language>en-gb</language><link>https://island.example/</"
      "link>\n<item><title>Talks "
      "&amp; fares</title><link>https://island.example/1</link><guid>g1</guid><description>Short."
      "</description><content:encoded><![CDATA[<p>Ministers met in "
      "Praia.</p><p>They&nbsp;agreed.</p>]]></content:encoded><pubDate>Mon, 08 Feb 2021 10:00:00 "
      "GMT</pubDate><dc:creator>Ana Lima</dc:creator></item>\n<item><title>Only a "
      "title</title></item></channel></rss>",
      "-");
  ASSERT_TRUE(taken.summary) << taken.summary.error().text();
  ASSERT_EQ(taken.documents.size(), 2U);
  const Document& first = taken.documents[0];
  EXPECT_EQ(first.text,
            "Ministers met in Praia.\n\nThey\xC2\xA0"
            "agreed.");
  EXPECT_EQ(first.title, "Talks & fares");
  EXPECT_EQ(first.url, "https://island.example/1");
  EXPECT_EQ(first.id, "g1");
  EXPECT_EQ(first.publisher, "Island Post");
  EXPECT_EQ(first.author, "Ana Lima");
  EXPECT_EQ(first.language, "en");
  EXPECT_EQ(first.published_at->text(), "2021-02-08");
  EXPECT_EQ(taken.places[0].line, 4U);
  EXPECT_EQ(taken.places[0].member, "https://island.example/1");
  EXPECT_EQ(taken.documents[1].text, "Only a title");
}

TEST(Feed, ReadsAtom) {
  const Taken taken = take(
      "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en\"><title>Island Post</title>"
      "<entry><title>Talks</title><link rel=\"enclosure\" href=\"no\"/><link "
      "href=\"https://island.example/1\"/><author><name>Ana</name></author><updated>2021-02-09T00:"
      "00:00Z</updated><published>2021-02-08T00:00:00Z</published><content "
      "type=\"xhtml\"><div><p>Ministers met <b>in</b> Praia.</p></div></content></entry></feed>",
      "news.xml");
  ASSERT_EQ(taken.documents.size(), 1U);
  EXPECT_EQ(taken.documents[0].url, "https://island.example/1");
  EXPECT_EQ(taken.documents[0].published_at->text(), "2021-02-08");
  EXPECT_EQ(taken.documents[0].author, "Ana");
  EXPECT_EQ(taken.documents[0].text, "Ministers met in Praia.");
}

TEST(Feed, ReadsNewsSitemapsAndPassesOverPlainAddresses) {
  const Taken taken = take(
      "<urlset xmlns:news=\"n\" xmlns:image=\"i\"><url><loc>https://island.example/1</loc><news:"
      "news><news:publication><news:name>Island Post</news:name><news:language>en</news:language>"
      "</news:publication><news:publication_date>2021-02-08</news:publication_date><news:title>"
      "Talks open in Praia</news:title></news:news><image:image><image:loc>no</image:loc>"
      "<image:title>No</image:title></image:image></url><url><loc>https://island.example/2</loc>"
      "</url></urlset>",
      "-");
  ASSERT_EQ(taken.documents.size(), 1U);
  EXPECT_EQ(taken.documents[0].text, "Talks open in Praia");
  EXPECT_EQ(taken.documents[0].publisher, "Island Post");
  EXPECT_EQ(taken.documents[0].url, "https://island.example/1");
  EXPECT_EQ(taken.documents[0].published_at->text(), "2021-02-08");
}

TEST(Feed, ExpandsNoEntities) {
  std::string lol = "<!DOCTYPE rss [<!ENTITY a \"ha\">";
  for (char c = 'b'; c < 'm'; ++c) {
    lol += std::string("<!ENTITY ") + c + " \"";
    for (int i = 0; i < 10; ++i) lol += std::string("&") + static_cast<char>(c - 1) + ";";
    lol += "\">";
  }
  const Taken taken = take(
      "<?xml version=\"1.0\"?>" + lol + "]><rss><channel><item><title>&l;</title></item>", "-", [] {
        ReadOptions options;
        options.format = Format::Feed;
        return options;
      }());
  EXPECT_TRUE(taken.documents.empty());
  ASSERT_EQ(taken.errors.size(), 1U);
  EXPECT_EQ(taken.errors[0].code, "D0116");
}

TEST(Feed, KeepsWhatStoodBeforeDamageAndStandsDeepNesting) {
  const std::string start = "<rss><channel><item><title>One</title></item>";
  const Taken broken = take(start + "<item><title>Two</ti", "-");
  EXPECT_EQ(broken.documents.size(), 1U);
  ASSERT_EQ(broken.errors.size(), 1U);
  EXPECT_EQ(broken.errors[0].code, "D0116");
  std::string deep = start;
  for (int i = 0; i < 100000; ++i) deep += "<x>";
  EXPECT_EQ(take(deep, "-").errors.size(), 1U);
}

TEST(Feed, ReadsEncodingsOfOneByte) {
  const Taken taken = take(
      "<?xml version=\"1.0\" encoding=\"windows-1252\"?><rss><channel><item><title>Caf\xE9 "
      "\x93x\x94"
      "</title></item></channel></rss>",
      "-");
  ASSERT_EQ(taken.documents.size(), 1U);
  EXPECT_EQ(taken.documents[0].text, "Caf\u00E9 \u201Cx\u201D");
}

}  // namespace
}  // namespace detente::read
