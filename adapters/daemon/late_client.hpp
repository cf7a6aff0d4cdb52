// SPDX-License-Identifier: EUPL-1.2
// A partner's site, opened at the first request.
#pragma once

#include <functional>
#include <memory>

#include "core/ports/http_client.hpp"

namespace raccordo {

// Whoever only looks at a hub needs none of its secrets. Opened anew once the partner no longer lets us in,
// for the secret may have been changed since.
class LateClient final : public HttpClient {
 public:
  using Opening = std::function<Result<std::unique_ptr<HttpClient>>()>;
  explicit LateClient(Opening open) : open_(std::move(open)) {}

  Result<WebResponse> ask(const WebRequest& request, const std::stop_token& stop) override {
    if (client_ == nullptr) {
      RACCORDO_TRY(client_, open_());
    }
    auto response = client_->ask(request, stop);
    if (response.ok() ? response->status == 401 || response->status == 403
                      : response.error().code == ErrorCode::kDenied)
      client_.reset();
    return response;
  }

 private:
  Opening open_;
  std::unique_ptr<HttpClient> client_;
};

}  // namespace raccordo
