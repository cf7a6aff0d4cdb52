// SPDX-License-Identifier: EUPL-1.2
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <new>
#include <string_view>

#include "adapters/plugin_worker/plugin_library.hpp"
#include "adapters/plugin_worker/plugin_worker.hpp"
#include "adapters/plugin_worker/sandbox.hpp"
#include "adapters/plugin_worker/serving.hpp"
#include "adapters/plugin_worker/worker_descriptors.hpp"

namespace raccordo {
namespace {

constexpr unsigned kDescribeSeconds = 10;
constexpr std::uint64_t kDescribeMemory = 512ull << 20;

void close_all_from(unsigned first) { ::close_range(first, ~0u, 0); }

extern "C" void too_slow(int) {
  constexpr std::string_view kWords = "the plugin did not describe itself in time\n";
  [[maybe_unused]] const auto written = ::write(STDERR_FILENO, kWords.data(), kWords.size());
  ::_exit(exit_code_of(ErrorCode::kTimeout));
}

// As gettext chooses: the first of these that is set.
Language language() {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"})
    if (const char* value = std::getenv(name); value != nullptr && *value != '\0')
      return std::string_view(value).starts_with("it") ? Language::kItalian : Language::kEnglish;
  return Language::kEnglish;
}

int print_error(const Error& error) {
  std::fprintf(stderr, "%s\n", error.in(language()).c_str());
  return exit_code_of(error.code);
}

// For people and scripts; the daemon asks through --serve.
int describe(const char* path) {
  close_all_from(kWorkerSocket);
  ::signal(SIGALRM, too_slow);
  ::alarm(kDescribeSeconds);
  if (auto status = enter_sandbox({path, kDescribeMemory, false, true}); !status.ok())
    return print_error(status.error());
  auto library = open_plugin(path);
  if (!library.ok()) return print_error(library.error());
  std::printf("%s\n", to_json(library->description).c_str());
  return 0;
}

// The daemon decides when a worker ends; what its terminal or its service manager sends to the group is not
// for us.
void ignore_signals() {
  for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGPIPE, SIGQUIT}) ::signal(signal, SIG_IGN);
}

int serve() {
  close_all_from(kWorkerPage + 1);
  ignore_signals();
  ::prctl(PR_SET_NAME, "raccordo-worker", 0, 0, 0);
  std::setvbuf(stdout, nullptr, _IOLBF, BUFSIZ);
  void* const page = ::mmap(nullptr, sizeof(SharedPage), PROT_READ | PROT_WRITE, MAP_SHARED, kWorkerPage, 0);
  if (page == MAP_FAILED) {
    std::fprintf(stderr, "raccordo worker --serve is started by the hub, not by hand\n");
    return exit_code_of(ErrorCode::kUsage);
  }
  ::close(kWorkerPage);
  Serving(kWorkerSocket, *static_cast<SharedPage*>(page)).run();
  return 0;
}

int usage() {
  std::fprintf(stderr, "usage: raccordo worker --describe PLUGIN.so\n");
  return exit_code_of(ErrorCode::kUsage);
}

int run(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    if (std::string_view(argv[i]) == "--serve") return serve();
    if (std::string_view(argv[i]) == "--describe" && i + 1 < argc) return describe(argv[i + 1]);
  }
  return usage();
}

}  // namespace

int worker_main(int argc, char** argv) {
  int code = exit_code_of(ErrorCode::kBug);
  try {
    code = run(argc, argv);
  } catch (const std::exception& failure) {
    std::fprintf(stderr, "%s\n", failure.what());
  }
  std::fflush(nullptr);
  ::_exit(code);  // the destructors of a plugin's globals are not waited for
}

}  // namespace raccordo
