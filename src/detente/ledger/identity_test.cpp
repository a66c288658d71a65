#include "detente/ledger/identity.h"

#include <gtest/gtest.h>

namespace detente::ledger {
namespace {

TEST(CanonicalUrl, IsOneForAllSpellingsOfAPage) {
  const std::string one = canonical_url("https://example.org/world/talks?id=7");
  for (const char* other :
       {"http://www.example.org/world/talks/?id=7", "HTTPS://Example.org:443/world/talks?id=7#top",
        "https://example.org/world/talks?utm_source=x&id=7&fbclid=9"}) {
    EXPECT_EQ(one, canonical_url(other)) << other;
  }
}

TEST(CanonicalUrl, KeepsWhatTellsPagesApart) {
  EXPECT_NE(canonical_url("https://example.org/Talks"), canonical_url("https://example.org/talks"));
  EXPECT_NE(canonical_url("https://example.org/a?id=7"),
            canonical_url("https://example.org/a?id=8"));
  EXPECT_NE(canonical_url("https://a.example.org/"), canonical_url("https://b.example.org/"));
  EXPECT_EQ("", canonical_url("https://example.org/").substr(19));
}

TEST(CanonicalUrl, TakesAnythingAtAll) {
  for (const char* odd : {"", "?", "#", "://", "urn:uuid:1", "www.", "//x//"}) {
    EXPECT_EQ(canonical_url(odd), canonical_url(canonical_url(odd))) << odd;
  }
}

TEST(HashOf, IsFnv1aOf128Bits) {
  // The offset basis, and the value that the algorithm's authors print for "a".
  EXPECT_EQ("6c62272e07bb014262b821756295c58d", hex(hash_of("")));
  EXPECT_EQ("d228cb696f1a8caf78912b704e4a8964", hex(hash_of("a")));
}

TEST(KnownDocuments, CountsRevisionsAndKnowsEachText) {
  KnownDocuments known;
  EXPECT_FALSE(known.has("key", "one"));
  EXPECT_EQ(1U, known.add("key", "one"));
  EXPECT_EQ(2U, known.add("key", "two"));
  EXPECT_TRUE(known.has("key", "one"));
  EXPECT_FALSE(known.has("other", "one"));
}

TEST(KnownDocuments, GivesAnIdToOneDocumentAlone) {
  KnownDocuments known;
  EXPECT_EQ("7", known.claim_id("7", "https://a"));
  EXPECT_EQ("7", known.claim_id("7", "https://a"));
  const std::string other = known.claim_id("7", "https://b");
  EXPECT_NE("7", other);
  EXPECT_EQ(other, known.claim_id("7", "https://b"));
}

}  // namespace
}  // namespace detente::ledger
