#pragma once
// One thread gives, several work, the caller's takes: results come in the order of the input, and
// never more than so much of it is under way, so that the slowest of the three holds back the
// others.

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace detente::engine {

/// How much may be under way between giving and taking.
struct PipelineBounds {
  std::size_t n_items = 0;
  std::size_t weight = 0;  ///< sum of what put() was told; a single item may weigh more
};

template <typename In, typename Out>
class Pipeline {
 public:
  explicit Pipeline(PipelineBounds bounds) : bounds_(bounds) {}

  /// `give` runs on a thread of its own and calls put(); `work(item, thread_idx)` runs on
  /// `n_threads` others; `take(result)` runs here, in order, and ends the whole with false.
  template <typename Give, typename Work, typename Take>
  void run(unsigned n_threads, const Give& give, const Work& work, const Take& take) {
    std::vector<std::thread> threads;
    threads.emplace_back([&] {
      give();
      const std::lock_guard lock(mutex_);
      is_closed_ = true;
      changed_.notify_all();
    });
    for (unsigned i = 0; i < n_threads; ++i) {
      threads.emplace_back([this, &work, i] { work_off(work, i); });
    }
    take_all(take);
    for (std::thread& thread : threads) thread.join();
  }

  /// Waits while too much is under way. False: nobody wants more.
  bool put(In item, std::size_t weight) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] {
      return is_stopped_ || slots_.empty() ||
             (slots_.size() < bounds_.n_items && weight_ + weight <= bounds_.weight);
    });
    if (is_stopped_) return false;
    slots_.push_back({std::move(item), std::nullopt, weight});
    weight_ += weight;
    changed_.notify_all();
    return true;
  }

 private:
  struct Slot {
    std::optional<In> in;
    std::optional<Out> out;
    std::size_t weight = 0;
  };

  template <typename Work>
  void work_off(const Work& work, unsigned thread_idx) {
    std::unique_lock lock(mutex_);
    for (;;) {
      changed_.wait(lock, [&] { return is_stopped_ || n_begun_ < slots_.size() || is_closed_; });
      if (is_stopped_ || n_begun_ == slots_.size()) return;
      Slot& slot = slots_[n_begun_++];  // a deque's elements stay where they are
      lock.unlock();
      Out out = work(std::move(*slot.in), thread_idx);
      lock.lock();
      slot.in.reset();
      slot.out.emplace(std::move(out));
      changed_.notify_all();
    }
  }

  template <typename Take>
  void take_all(const Take& take) {
    std::unique_lock lock(mutex_);
    for (;;) {
      changed_.wait(lock,
                    [&] { return slots_.empty() ? is_closed_ : slots_.front().out.has_value(); });
      if (slots_.empty()) return;
      Out out = std::move(*slots_.front().out);
      weight_ -= slots_.front().weight;
      slots_.pop_front();
      --n_begun_;
      changed_.notify_all();
      lock.unlock();
      const bool go_on = take(std::move(out));
      lock.lock();
      if (go_on) continue;
      is_stopped_ = true;
      changed_.notify_all();
      return;
    }
  }

  PipelineBounds bounds_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Slot> slots_;
  std::size_t n_begun_ = 0;  ///< slots, from the front, that a worker has taken up
  std::size_t weight_ = 0;
  bool is_closed_ = false;
  bool is_stopped_ = false;
};

}  // namespace detente::engine
