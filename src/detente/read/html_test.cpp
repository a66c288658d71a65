#include "detente/read/html.h"

#include "detente/read/html_tree.h"
#include "detente/read/page_tables.h"
#include "detente/read/read_test_tools.h"
#include "detente/read/zone_rows.h"

namespace detente::read {
namespace {

Result<Document> page(std::string_view html, const std::string& url = {}) {
  ReadOptions options;
  options.zone_tables = &test_tables();
  return read_page(html, {"page.html", "page", url, ""}, options);
}

// A page as many sites build it; `head` and `extra` go into its head and behind its story.
std::string built(std::string_view head, std::string_view extra = {}) {
  return "<!DOCTYPE html><html lang=\"en-GB\"><head><title>Ferry talks open in Praia | Island "
         "Post</title>" +
         std::string(head) +
         "</head><body><div class=\"site-header\"><ul class=\"main-nav\"><li><a href=/>Home</a>"
         "<li><a href=/w>World</a></ul></div><div class=\"page\"><h1>Ferry talks open in Praia</h1>"
         "<p class=\"byline\">By Ana Lima</p><div class=\"article-body\"><p>The ministers of "
         "transport of both islands met in Praia on Monday, the harbour office said.</p>"
         "<figure><img src=a.jpg><figcaption>The harbour of Praia, seen from the old fort above "
         "the town, in a picture of last year.</figcaption></figure>"
         "<p>They agreed to open a second line before the summer, &amp; to share its cost.</p>"
         "<div class=\"newsletter-box\"><p>Sign up for our newsletter and never miss a story from "
         "the islands again.</p></div><h2>What comes next</h2><p>A commission of six will settle "
         "the fares until May, according to the note that both sides signed.</p></div>" +
         std::string(extra) +
         "<div class=\"related-stories\"><h3>Related</h3><ul><li><a href=/1>Harbour dues rise "
         "again in the north of the island</a></ul></div></div><footer>Copyright Island Post, all "
         "rights reserved, written in many words for all.</footer></body></html>";
}

TEST(Html, KeepsTheStoryAndLeavesTheFurniture) {
  const auto document = page(built(""));
  ASSERT_TRUE(document) << document.error().text();
  EXPECT_EQ(document->text,
            "The ministers of transport of both islands met in Praia on Monday, the harbour office "
            "said.\n\nThey agreed to open a second line before the summer, & to share its "
            "cost.\n\nWhat comes next\n\nA commission of six will settle the fares until May, "
            "according to the note that both sides signed.");
  EXPECT_EQ(document->title, "Ferry talks open in Praia");
  EXPECT_EQ(document->language, "en");
}

TEST(Html, TakesWhatThePageSaysOfItself) {
  const auto document = page(
      built("<link rel=canonical href=\"https://island.example/talks\"><script "
            "type=\"application/ld+json\">{\"@graph\":[{\"@type\":\"WebSite\",\"name\":\"no\"},"
            "{\"@type\":\"NewsArticle\",\"headline\":\"Ferry talks open in Praia\","
            "\"datePublished\":\"2021-02-08T23:30:00-01:00\",\"publisher\":{\"name\":\"Island "
            "Post\"},\"author\":[{\"name\":\"Ana Lima\"},{\"name\":\"B\"}]}]}</script>"
            "<meta property=\"article:published_time\" content=\"2020-01-01\">"),
      "https://mirror.example/x");
  ASSERT_TRUE(document);
  EXPECT_EQ(document->published_at->text(), "2021-02-08");
  EXPECT_EQ(document->publisher, "Island Post");
  EXPECT_EQ(document->author, "Ana Lima");
  EXPECT_EQ(document->url, "https://island.example/talks");
}

TEST(Html, FindsTheDayInMetaElementsInTheTextAndInTheAddress) {
  const auto day = [](std::string_view head, std::string_view extra, const std::string& url) {
    const auto document = page(built(head, extra), url);
    return document && document->published_at ? document->published_at->text() : "none";
  };
  EXPECT_EQ(day("<meta name=pubdate content=\"Mon, 8 Feb 2021 10:00:00 GMT\">", "", ""),
            "2021-02-08");
  EXPECT_EQ(day("", "<time datetime=\"2021-02-08T10:00\">today</time>", ""), "2021-02-08");
  EXPECT_EQ(day("", "<span class=post-date>February 8, 2021</span>", ""), "2021-02-08");
  EXPECT_EQ(day("<meta name=date content=0001-01-01>", "", "https://a.example/news/2021/2/8/talks"),
            "2021-02-08");
  EXPECT_EQ(day("", "", "https://a.example/20210208-talks.html"), "2021-02-08");
  EXPECT_EQ(day("", "<p>8 Feb 2021</p>", ""), "2021-02-08");
  EXPECT_EQ(day("", "<span class=date>08/02/2021</span>", ""), "2021-02-08");
  EXPECT_EQ(day("", "", "https://a.example/2021/02/talks-120210208"), "none");
}

TEST(Html, TakesTheDayOfThePlaceForAMomentOfUniversalTime) {
  const auto day = [](const std::string& moment, std::string_view shown, const std::string& url) {
    std::string text =
        built("<meta property=\"article:published_time\" content=\"" + moment + "\">");
    text.insert(text.find("<p class=\"byline\">"), shown);
    return page(text, url)->published_at->text();
  };
  const char* evening = "<span>10:01 pm PST, Monday, February 8, 2021</span>";
  EXPECT_EQ(day("2021-02-09T05:57:50Z", evening, ""), "2021-02-08");
  EXPECT_EQ(day("2021-02-09T05:57:50Z", "", "https://a.example/2021/02/08/talks"), "2021-02-08");
  EXPECT_EQ(day("2021-02-08T20:00:00Z", "", "https://a.example/2021/02/09/talks"), "2021-02-09");
  EXPECT_EQ(day("2021-02-09T15:57:50Z", evening, ""), "2021-02-09");
  EXPECT_EQ(day("2021-02-07T22:57:50Z", evening, ""), "2021-02-07");
  EXPECT_EQ(day("2021-02-09", evening, ""), "2021-02-09");
  EXPECT_EQ(day("2021-02-19T05:57:50Z", evening, ""), "2021-02-19");
}

TEST(Html, AWordOfTheTitleThatHeadsAPartIsNotTheTitle) {
  const auto document = page(
      "<title>Ferry talks open in Praia after a year of waiting: comments</title><h1>Waiting: "
      "comments</h1><p>The ministers of both islands met in Praia on Monday, the "
      "harbour office said.</p>");
  EXPECT_EQ(document->title, "Ferry talks open in Praia after a year of waiting: comments");
}

TEST(Html, CutsTheSitesNameFromATitleAndNothingElse) {
  const auto title = [](const std::string& text) {
    return page("<title>" + text + "</title><p>" + std::string(20, 'a') +
                    " a paragraph that is long enough to be one, with a comma in it.</p>",
                "https://www.islandpost.example/a")
        ->title;
  };
  EXPECT_EQ(title("Harbour dues rise again - Island Post"), "Harbour dues rise again");
  EXPECT_EQ(title("Harbour dues rise again - minister"), "Harbour dues rise again - minister");
}

TEST(Html, HidesWhatReadersDoNotSee) {
  const auto document =
      page(built("",
                 "<p style=\"display: none\">A hidden line that is long enough to be a "
                 "paragraph of its own, with words.</p>"));
  EXPECT_EQ(document->text.find("hidden line"), std::string::npos);
  EXPECT_NE(test_tables().rows().pages.hint_of("field--label-hidden"), HintKind::Hidden);
}

TEST(Html, APageWithoutAStoryIsRefused) {
  const auto document = page("<html><body><a href=/>Home</a></body></html>");
  ASSERT_FALSE(document);
  EXPECT_EQ(document.error().code, "D0113");
}

std::string repeated(std::string_view piece, std::size_t n) {
  std::string out;
  for (std::size_t i = 0; i < n; ++i) out += piece;
  return out;
}

TEST(Html, StandsPagesThatNestWithoutEnd) {
  EXPECT_EQ(page(repeated("<div>", 1000000)).error().code, "D0111");
  EXPECT_EQ(page(repeated("<div>", 100000)).error().code, "D0111");
  EXPECT_EQ(page(repeated("<table><tr><td>", 33000)).error().code, "D0111");
  EXPECT_EQ(page(repeated("<ul><li>", 100000)).error().code, "D0111");
  EXPECT_FALSE(page(repeated("<div>", 4900)));
  std::string fonts;
  for (int i = 0; i < 2400; ++i) fonts += "<font size=" + std::to_string(i) + ">";
  EXPECT_EQ(page("<p>" + fonts + "</p>" + repeated("<p>x", 2400)).error().code, "D0111");
}

TEST(Html, StandsTagsOfAttributesWithoutEnd) {
  std::string attributes;
  for (int i = 0; i < 100000; ++i) attributes += " a" + std::to_string(i) + "=1";
  for (const std::string& tag :
       {"<p" + attributes + ">", "</p" + attributes + ">", "<body" + attributes + ">",
        "<script>'<a b=\"</script><p" + attributes + ">"}) {
    const auto document = page(built("", tag));
    ASSERT_FALSE(document);
    EXPECT_EQ(document.error().code, "D0111");
    EXPECT_NE(document.error().message.find("attributes"), std::string::npos);
  }
  EXPECT_TRUE(page(built("", "<p title=\"" + std::string(7000000, 'a') + "\">")));
  EXPECT_TRUE(page(built("", "<p" + attributes.substr(0, 3000) + ">")));
}

TEST(Html, LongPagesOfTheNewsAreNoDeepPages) {
  const std::string row = "<tr><td><b>name</b><td>value, and more of it</tr>";
  const auto document = page(built("", "<table>" + repeated(row, 12000) + "</table>"));
  EXPECT_TRUE(document);
}

TEST(PageTables, CutNamesWhereTheirWritersDo) {
  EXPECT_EQ(words_of_name("articleBody__main-2 js"), "article body main js");
  EXPECT_EQ(test_tables().rows().pages.hint_of("post-comments"), HintKind::Aside);
  EXPECT_EQ(test_tables().rows().pages.hint_of("commentary"), HintKind::None);
}

}  // namespace
}  // namespace detente::read
