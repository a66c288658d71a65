#include "detente/read/encoding.h"

#include "detente/base/utf8.h"
#include "detente/read/language.h"
#include "detente/read/read_test_tools.h"

namespace detente::read {
namespace {

TEST(Encoding, KeepsUtf8WhateverIsStated) {
  EXPECT_EQ(decoded("Caf\u00E9", "iso-8859-1").text, "Caf\u00E9");
  EXPECT_TRUE(decoded("Caf\u00E9", "iso-8859-1").remarks.empty());
}

TEST(Encoding, ReadsWhatIsStatedAsTheWebMeansIt) {
  EXPECT_EQ(decoded("Caf\xE9 \x93x\x94", "ISO-8859-1").text, "Caf\u00E9 \u201Cx\u201D");
  EXPECT_EQ(decoded("\x93\xFA\x96{", "shift_jis").text, "\u65E5\u672C");
  EXPECT_EQ(decoded(std::string_view("\xFF\xFE"
                                     "a\0b\0",
                                     6),
                    "")
                .text,
            "ab");
}

TEST(Encoding, TellsTheEncodingFromTheBytes) {
  // KOI8-R, stated nowhere.
  const std::string_view koi =
      "\xED\xC9\xCE\xC9\xD3\xD4\xD2\xD9 \xCF\xC2\xC5\xC9\xC8 \xD3\xD4\xD2\xC1\xCE "
      "\xD7\xD3\xD4\xD2\xC5\xD4\xC9\xCC\xC9\xD3\xD8 \xD7 "
      "\xD0\xCF\xCE\xC5\xC4\xC5\xCC\xD8\xCE\xC9\xCB";
  EXPECT_EQ(decoded(koi, "").text.substr(0, 16),
            "\u041C\u0438\u043D\u0438\u0441\u0442\u0440\u044B");
}

TEST(Encoding, ASlipInUtf8IsNoOtherEncoding) {
  EXPECT_EQ(decoded("\u201CYes\u201D, \xFF he said", "utf-8").text,
            "\u201CYes\u201D, \xFF he said");
}

TEST(Encoding, FindsTheCharsetInAPage) {
  EXPECT_EQ(charset_in_page("<head><meta charset=\"Windows-1251\">"), "windows-1251");
  EXPECT_EQ(charset_in_page("<meta http-equiv=Content-Type content='text/html; charset=koi8-r'>"),
            "koi8-r");
  EXPECT_EQ(charset_in_page("<p>no"), "");
}

constexpr std::string_view kEnglish =
    "The ministers of transport of both islands met in Praia on Monday and agreed to open a second "
    "line before the summer. A commission of six will settle the fares until May, according to the "
    "note that both sides signed at the end of the talks in the capital.";
constexpr std::string_view kSwahili =
    "Mawaziri wa uchukuzi wa visiwa vyote viwili walikutana mjini Praia siku ya Jumatatu na "
    "kukubaliana kufungua njia ya pili kabla ya majira ya joto. Tume ya watu sita itaamua nauli "
    "hadi mwezi wa Mei, kwa mujibu wa taarifa iliyotiwa saini na pande zote mbili mwishoni mwa "
    "mazungumzo hayo katika mji mkuu wa nchi hiyo.";

TEST(Language, IsToldFromTheTextAndElseFromWhatIsStated) {
  EXPECT_EQ(language_of(kEnglish, "sw").code, "en");
  EXPECT_EQ(language_of(kSwahili, "en").code, "sw");
  EXPECT_EQ(language_of(kSwahili, "en").name, "Swahili");
  EXPECT_EQ(language_of("Ministers met.", "fr").name, "French");
  EXPECT_EQ(language_of("Ministers met.", "").code, "");
}

TEST(Language, OtherLanguagesAreSkippedByNameWhereTheyWouldBeMiscoded) {
  ReadOptions options;
  options.skip_other_languages = true;
  const Taken taken = take("{\"text\":\"" + std::string(kSwahili) + "\"}\n{\"text\":\"" +
                               std::string(kEnglish) + "\"}\n",
                           "a.jsonl", options);
  EXPECT_EQ(taken.documents.size(), 1U);
  ASSERT_EQ(taken.errors.size(), 1U);
  EXPECT_EQ(taken.errors[0].code, "D0117");
  EXPECT_NE(taken.errors[0].message.find("Swahili"), std::string::npos);
  EXPECT_EQ(taken.summary->n_skipped, 1U);
  EXPECT_EQ(taken.summary->n_refused, 0U);
}

}  // namespace
}  // namespace detente::read
