// SPDX-License-Identifier: EUPL-1.2
// What a server's refusals mean for the one who runs the hub, in both languages.
#pragma once

#include <curl/curl.h>

#include <string>

#include "adapters/sftp/sftp.hpp"

namespace raccordo::sftp {

// "sftp://host:22", as messages name a server.
[[nodiscard]] std::string shown(const Server& server);
// A name that a server gave, without what could play tricks on a screen.
[[nodiscard]] std::string harmless_name(std::string_view name);

[[nodiscard]] Error not_connected(const Server& server, CURLcode reason);
[[nodiscard]] Error address_not_allowed(const Server& server, const std::string& address);
[[nodiscard]] Error stopped(const Server& server);
[[nodiscard]] Error timed_out(const Server& server);
// `words` are libssh2's own.
[[nodiscard]] Error lost(const Server& server, std::string_view words);
[[nodiscard]] Error no_common_ground(const Server& server, std::string_view words);
[[nodiscard]] Error unexpected_key(const Server& server, const std::string& shown_keys);
[[nodiscard]] Error unusable_known_hosts(const Server& server);
[[nodiscard]] Error unusable_key(const Server& server);
[[nodiscard]] Error not_let_in(const Server& server, std::string_view ways);

// `path` on the server; `status` is that of the SFTP protocol (draft-ietf-secsh-filexfer-02, section 7).
[[nodiscard]] Error folder_failure(const Server& server, const std::string& path, unsigned long status);
[[nodiscard]] Error file_failure(const Server& server, const std::string& path, unsigned long status);
[[nodiscard]] Error gone(const Server& server, const std::string& path);
[[nodiscard]] Error changed(const Server& server, const std::string& path);
[[nodiscard]] Error full(const Server& server, const std::string& path);
[[nodiscard]] Error too_large(const Server& server, const std::string& path, std::uint64_t limit);
[[nodiscard]] Error too_many(const Server& server, const std::string& folder, std::size_t limit);
[[nodiscard]] Error unusable_name(const Server& server, const std::string& folder, std::string_view name);
[[nodiscard]] Error tells_too_little(const Server& server, const std::string& path);
[[nodiscard]] Error taken(const Server& server, const std::string& path);
[[nodiscard]] Error neither(const Server& server, const std::string& aside, const std::string& final_path);

}  // namespace raccordo::sftp
