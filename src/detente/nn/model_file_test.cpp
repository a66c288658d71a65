#include "detente/nn/model_file.h"

#include <gtest/gtest.h>

#include <fstream>
#include <numeric>
#include <sstream>

namespace detente::nn {
namespace {

class ModelFileTest : public testing::Test {
 protected:
  void SetUp() override {
    path_ = std::filesystem::path(testing::TempDir()) /
            (std::string("model_") + testing::UnitTest::GetInstance()->current_test_info()->name() +
             ".dtm");
    std::vector<float> numbers(1000);
    std::iota(numbers.begin(), numbers.end(), 0.5F);
    ModelFileWriter writer;
    writer.add("words", "Seoul\nPyongyang\n!");
    writer.add_numbers<float>("numbers", numbers);
    writer.add("nothing", "");
    ASSERT_TRUE(writer.write(path_));
    std::ostringstream bytes;
    bytes << std::ifstream(path_, std::ios::binary).rdbuf();
    bytes_ = bytes.str();
  }
  Result<ModelFile> open_changed(const std::string& bytes) {
    std::ofstream(path_, std::ios::binary | std::ios::trunc) << bytes;
    return ModelFile::open(path_);
  }
  std::filesystem::path path_;
  std::string bytes_;
};

TEST_F(ModelFileTest, GivesBackWhatWasWritten) {
  const auto model = ModelFile::open(path_);
  ASSERT_TRUE(model);
  EXPECT_EQ(model->text("words").value(), "Seoul\nPyongyang\n!");
  const auto numbers = model->numbers<float>("numbers").value();
  EXPECT_EQ(numbers.size(), 1000U);
  EXPECT_EQ(numbers[999], 999.5F);
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(numbers.data()) % 64, 0U);
  EXPECT_EQ(model->text("nothing").value(), "");
}

TEST_F(ModelFileTest, NamesTheMissingSection) {
  const auto model = ModelFile::open(path_);
  ASSERT_TRUE(model);
  EXPECT_EQ(model->text("absent").error().code, "D0204");
  EXPECT_EQ(model->numbers<double>("words").error().code, "D0205");
}

TEST_F(ModelFileTest, FindsEveryChangedByte) {
  for (std::size_t i = 0; i < bytes_.size(); i += 7) {
    std::string changed = bytes_;
    changed[i] = static_cast<char>(changed[i] ^ 0x20);
    const auto model = open_changed(changed);
    if (!model) continue;
    // Only the padding between sections may change unnoticed.
    EXPECT_EQ(bytes_[i], '\0') << "byte " << i;
  }
}

TEST_F(ModelFileTest, RefusesAFileCutShortAtAnyByte) {
  for (std::size_t size = 0; size < bytes_.size(); size += 13) {
    EXPECT_FALSE(open_changed(bytes_.substr(0, size))) << size;
  }
}

TEST_F(ModelFileTest, SaysThatAFormatIsTooNew) {
  std::string changed = bytes_;
  changed[8] = 9;
  EXPECT_EQ(open_changed(changed).error().code, "D0207");
}

}  // namespace
}  // namespace detente::nn
