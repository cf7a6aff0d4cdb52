// SPDX-License-Identifier: EUPL-1.2
#include <gtest/gtest.h>

#include <filesystem>

#include "adapters/daemon/delivery_of.hpp"
#include "adapters/daemon/late_delivery.hpp"
#include "core/ports/testing/faulty_files.hpp"
#include "core/ports/testing/memory_files.hpp"
#include "core/ports/testing/memory_store.hpp"
#include "core/ports/testing/simulated_clock.hpp"
#include "core/ports/testing/temp_folder.hpp"

namespace raccordo::testing {
namespace {

namespace fs = std::filesystem;

Error denied() { return error(ErrorCode::kDenied, as_is("not let in")); }

TEST(LateDelivery, opens_nothing_before_it_is_used) {
  int opened = 0;
  LateDelivery late([&] {
    ++opened;
    return Result<std::unique_ptr<OutputFiles>>(std::make_unique<MemoryOutputFiles>());
  });
  EXPECT_EQ(opened, 0);
  EXPECT_TRUE(late.clean({}).ok());
  EXPECT_TRUE(late.clean({}).ok());
  EXPECT_EQ(opened, 1);
}

TEST(LateDelivery, opens_anew_once_it_is_not_let_in_any_more_and_when_it_is_used_again) {
  class Refusing final : public OutputFiles {
   public:
    explicit Refusing(int& alive) : alive_(alive) { ++alive_; }
    Refusing(const Refusing&) = delete;
    Refusing& operator=(const Refusing&) = delete;
    ~Refusing() override { --alive_; }
    Result<std::unique_ptr<OutputFile>> create() override { return denied(); }
    Result<std::string> name(std::string_view, std::int64_t) override { return denied(); }
    Status publish(const std::string&, const std::string&) override { return done(); }
    Status clean(std::span<const std::string>) override { return denied(); }

   private:
    int& alive_;
  };
  int opened = 0;
  int alive = 0;
  LateDelivery late([&] {
    ++opened;
    return Result<std::unique_ptr<OutputFiles>>(std::make_unique<Refusing>(alive));
  });
  EXPECT_EQ(late.name("a.csv", 1).error().code, ErrorCode::kDenied);
  EXPECT_EQ(alive, 1) << "files that are being written may still need it";
  EXPECT_TRUE(late.publish("aside", "a.csv").ok());
  EXPECT_EQ(opened, 2);
  EXPECT_TRUE(late.publish("aside", "a.csv").ok());
  EXPECT_EQ(opened, 2);
}

class DeliveryFolder : public ::testing::Test {
 protected:
  DeliveryFolder() {
    connector_.to.emplace().files.emplace();
    connector_.to->files->folder = out().string();
    connector_.to->files->name = "{file}";
  }

  [[nodiscard]] fs::path out() const { return folder_.path() / "out"; }
  [[nodiscard]] Result<std::unique_ptr<OutputFiles>> delivery(bool there_now) {
    return delivery_of(connector_, {}, "valle.portale", there_now, store_, clock_);
  }

  const TempFolder folder_;
  ConnectorConfiguration connector_;
  MemoryStore store_;
  const SimulatedClock clock_;
};

TEST_F(DeliveryFolder, is_made_at_first_and_missed_once_it_was_there) {
  ASSERT_TRUE(delivery(false).value()->clean({}).ok());
  ASSERT_TRUE(fs::is_directory(out()));
  fs::remove(out());  // the share is not mounted
  EXPECT_EQ(delivery(false).value()->clean({}).error().code, ErrorCode::kNotFound);
  EXPECT_EQ(delivery(true).error().code, ErrorCode::kNotFound);
  EXPECT_FALSE(fs::exists(out()));
  connector_.to->files->folder = (folder_.path() / "elsewhere").string();
  EXPECT_TRUE(delivery(true).ok());
}

TEST_F(DeliveryFolder, is_not_looked_for_by_those_who_only_look_at_a_hub) {
  const auto unused = delivery(false);
  EXPECT_TRUE(unused.ok());
  EXPECT_FALSE(fs::exists(out()));
}

}  // namespace
}  // namespace raccordo::testing
