// SPDX-License-Identifier: EUPL-1.2
// The smallest program that can be a worker.
#include "adapters/plugin_worker/plugin_worker.hpp"

int main(int argc, char** argv) { return raccordo::worker_main(argc, argv); }
