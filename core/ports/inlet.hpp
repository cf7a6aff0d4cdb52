// SPDX-License-Identifier: EUPL-1.2
// Where requests of partners' systems go once it is known who asks. The one who takes them answers when it can; how long
// the partner is kept waiting, and what it is told when there is no answer, is decided by the adapter in front.
#pragma once

#include <string>
#include <vector>

#include "core/ports/http_client.hpp"
#include "core/ports/reply.hpp"

namespace raccordo {

// Authenticated: it comes from the connector's partner. What it says is the partner's, and is not trusted.
struct InboundRequest {
  std::string connector;
  // What the partner calls this message (Idempotency-Key; a CloudEvent's source and id), or what its signature makes of
  // it: "signature:" and 64 hex digits. The same message has it again when it is repeated. Empty: it has none.
  std::string message_id;
  std::string content;  // SHA-256 of the body, 64 hex digits
  std::string method;
  std::string path;   // behind the connector's address, as it was sent: "", or "/..." percent-encoded
  std::string query;  // as it was sent, without the question mark
  std::vector<WebHeader> headers;  // names in lower case; without credentials and what is about the connection
  std::string body;
  std::string client;  // the numeric address at the other end
};

struct InboundAnswer {
  int status = 200;
  std::vector<WebHeader> headers;  // Content-Type among them; lengths and dates are the adapter's
  std::string body;
};

using InboundReply = Reply<InboundAnswer>;

class Inlet {
 public:
  virtual ~Inlet() = default;

  // Returns at once: the thread that calls serves every partner. The answer may come from any thread, also from within; a
  // partner that was told 503 meanwhile, or that went away, does not hear it, and asks again under the same message_id.
  // A reply that is let go unanswered tells the partner to try later. [ingress]
  virtual void take(InboundRequest request, InboundReply reply) = 0;
};

}  // namespace raccordo
