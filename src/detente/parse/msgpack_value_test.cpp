#include "detente/parse/msgpack_value.h"

#include <gtest/gtest.h>

namespace detente::parse {
namespace {

using namespace std::string_literals;

// {"name": "tok2vec", b"nd": true, "shape": [2, 3], "deep": {"x": [1, -2, 2.5, nil]}, 429: 1e20}
std::string sample() {
  return "\x85"s + "\xA4name\xA7tok2vec" + "\xC4\x02nd\xC3" + "\xA5shape\x92\x02\x03" + "\xA4" +
         "deep\x81\xA1x\x94\x01\xFE\xCB\x40\x04\x00\x00\x00\x00\x00\x00\xC0"s +
         "\xCD\x01\xAD\xCB\x44\x15\xAF\x1D\x78\xB5\x8C\x40"s;
}

std::unique_ptr<MsgpackDocument> parsed(std::string bytes) {
  auto document = MsgpackDocument::parse(std::move(bytes), "folder/model");
  EXPECT_TRUE(document) << (document ? "" : document.error().text());
  return document ? std::move(document).value() : nullptr;
}

TEST(Msgpack, FindsTextAndBytesKeysAndNumbers) {
  const auto document = parsed(sample());
  const MsgpackValue root = document->root();
  EXPECT_EQ(root.size(), 5U);
  EXPECT_EQ(root.at("name")->string().value(), "tok2vec");
  EXPECT_TRUE(root.at("nd")->boolean().value());
  EXPECT_EQ(root.at("shape")->item(1).integer().value(), 3);
  EXPECT_EQ(root.find(std::uint64_t{429})->number().value(), 1e20);
  const MsgpackValue x = root.at("deep")->at("x").value();
  EXPECT_EQ(x.item(1).integer().value(), -2);
  EXPECT_EQ(x.item(2).number().value(), 2.5);
  EXPECT_TRUE(x.item(3).is_nil());
}

TEST(Msgpack, NamesFileAndPathWhenAValueIsMissingOrOfAnotherKind) {
  const auto document = parsed(sample());
  const MsgpackValue x = document->root().at("deep")->at("x").value();
  EXPECT_EQ(x.item(2).path(), "deep.x[2]");
  const Error wrong = x.item(2).string().error();
  EXPECT_EQ(wrong.code, "D0303");
  EXPECT_NE(wrong.message.find("folder/model: at deep.x[2]: text is needed, found a number"),
            std::string::npos)
      << wrong.message;
  EXPECT_EQ(document->root().at("deep")->at("y").error().code, "D0302");
  EXPECT_EQ(x.at("y").error().code, "D0303");
  EXPECT_EQ(x.item(1).id().error().code, "D0303");
}

TEST(Msgpack, RefusesEveryTruncationAndSaysWhere) {
  const std::string whole = sample();
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const auto document = MsgpackDocument::parse(whole.substr(0, size), "f");
    ASSERT_FALSE(document) << size;
    EXPECT_EQ(document.error().code, "D0301");
  }
  const auto longer = MsgpackDocument::parse(whole + "x", "f");
  ASSERT_FALSE(longer);
  EXPECT_NE(longer.error().message.find("byte " + std::to_string(whole.size())), std::string::npos);
}

TEST(Msgpack, TakesNoMemoryForItemsThatAreOnlyAnnounced) {
  EXPECT_FALSE(MsgpackDocument::parse("\xDD\xFF\xFF\xFF\xFF"s, "f"));
  EXPECT_FALSE(MsgpackDocument::parse("\xDF\x80\x00\x00\x00\x01"s, "f"));
  EXPECT_FALSE(MsgpackDocument::parse("\xC6\xFF\xFF\xFF\xFF"s, "f"));
}

TEST(Msgpack, RefusesDeepNesting) {
  EXPECT_TRUE(MsgpackDocument::parse(std::string(20, '\x91') + "\x01", "f"));
  EXPECT_FALSE(MsgpackDocument::parse(std::string(100000, '\x91') + "\x01", "f"));
}

TEST(Msgpack, SurvivesAnyChangedByte) {
  const std::string whole = sample();
  for (std::size_t i = 0; i < whole.size(); ++i) {
    for (int byte = 0; byte < 256; ++byte) {
      std::string changed = whole;
      changed[i] = static_cast<char>(byte);
      const auto document = MsgpackDocument::parse(changed, "f");
      if (document) {
        EXPECT_LE((*document)->root().size(), whole.size());
      }
    }
  }
}

TEST(Msgpack, ReadsNumpyArrays) {
  const std::string head = "\x84\xC4\x02nd\xC3\xC4\x04type\xA3<f4\xC4\x05shape"s;
  const std::string data = "\xC4\x04"s + "data" + "\xC4\x08\x00\x00\x80\x3F\x00\x00\x20\xC0"s;
  const auto document = parsed(head + "\x92\x02\x01" + data);
  const NumpyArray array = document->root().numpy().value();
  EXPECT_EQ(array.shape, (std::vector<std::size_t>{2, 1}));
  EXPECT_EQ(array.values, (std::vector<float>{1.0F, -2.5F}));
  EXPECT_EQ(parsed(head + "\x92\x02\x02" + data)->root().numpy().error().code, "D0304");
  EXPECT_EQ(parsed(head + "\x92\xCE\xFF\xFF\xFF\xFF\xCE\xFF\xFF\xFF\xFF"s + data)
                ->root()
                .numpy()
                .error()
                .code,
            "D0304");
}

}  // namespace
}  // namespace detente::parse
