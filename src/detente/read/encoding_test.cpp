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

TEST(Language, ASentenceTellsWhereNothingIsStated) {
  EXPECT_EQ(language_of("Le ministre a re\u00E7u son homologue lundi \u00E0 Praia.", "").code,
            "fr");
  EXPECT_EQ(language_of("El ministro rechaz\u00F3 la propuesta el martes.", "").code, "es");
  EXPECT_EQ(language_of("\u4E2D\u56FD\u5916\u4EA4\u90E8\u5468\u4E00\u8C34\u8D23\u5BF9"
                        "\u5927\u4F7F\u9986\u7684\u88AD\u51FB\u3002",
                        "")
                .name,
            "Chinese");
  EXPECT_EQ(language_of("The minister met his counterpart in Praia on Monday.", "").code, "en");
  EXPECT_EQ(language_of("Le ministre a re\u00E7u son homologue lundi \u00E0 Praia.", "en").code,
            "en");
}

TEST(Language, MixedTextsAreEnglishWhenAFifthIsAndElseGoByTheFirst) {
  const std::string french =
      "Les ministres des transports des deux \u00EEles se sont rencontr\u00E9s lundi \u00E0 Praia "
      "et "
      "ont convenu d'ouvrir une deuxi\u00E8me ligne avant l'\u00E9t\u00E9, selon une note du "
      "gouvernement. Une commission de six membres fixera les tarifs d'ici au mois de mai. ";
  EXPECT_EQ(language_of(french + std::string(kEnglish), "").code, "en");
  const std::string other = language_of(french + std::string(kSwahili), "").code;
  EXPECT_TRUE(other == "fr" || other == "sw") << other;
}

TEST(Language, ATextOfNoKnownLanguageIsNotTakenForEnglish) {
  const std::string_view somali =
      "Wasiirrada gaadiidka ee labada jasiiradood ayaa Isniintii ku kulmay magaalada Praia, "
      "waxayna "
      "isku raaceen in la furo khad labaad ka hor xagaaga. Guddi lix xubnood ka kooban ayaa "
      "go'aamin "
      "doona qiimaha ilaa bisha Maajo, sida lagu sheegay qoraalka ay labada dhinac saxeexeen.";
  EXPECT_EQ(language_of(somali, "").code, "und");
  EXPECT_FALSE(is_readable(language_of(somali, "")));
  EXPECT_EQ(language_of(somali, "so").code, "so");
  EXPECT_EQ(language_of("TORONTO 4 2 6 BOSTON 3", "").code, "");
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
