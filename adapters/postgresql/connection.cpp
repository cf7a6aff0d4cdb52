// SPDX-License-Identifier: EUPL-1.2
#include "adapters/postgresql/connection.hpp"

#include <libpq-fe.h>
#include <poll.h>

#include <array>
#include <cerrno>

#include "adapters/postgresql/failure.hpp"

namespace raccordo::postgresql {
namespace {

// Debian's; this version of the library knows no word for it.
constexpr const char* kSystemSigners = "/etc/ssl/certs/ca-certificates.crt";
// What the server takes longer to end a statement by itself.
constexpr Duration kGrace = std::chrono::seconds(2);

std::int64_t milliseconds(Duration duration) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(duration).count();
}

Duration from_now(Duration duration) {
  return std::chrono::steady_clock::now().time_since_epoch() + duration;
}

using Settings = std::vector<std::pair<const char*, std::string>>;

void add_tls(const std::optional<Tls>& tls, Settings& settings) {
  settings.emplace_back("sslmode", tls ? "verify-full" : "disable");
  if (!tls) return;
  settings.emplace_back("ssl_min_protocol_version", "TLSv1.2");
  settings.emplace_back("sslrootcert", tls->ca.empty() ? kSystemSigners : tls->ca);
  if (tls->certificate.empty()) return;
  settings.emplace_back("sslcert", tls->certificate);
  settings.emplace_back("sslkey", tls->key);
  if (!tls->key_password.empty()) settings.emplace_back("sslpassword", tls->key_password);
}

Settings settings_of(const ServerOptions& options, const Address& address) {
  Settings settings{
      {"host", address.host},       {"port", address.port},           {"user", address.user},
      {"dbname", address.database}, {"application_name", "raccordo"}, {"client_encoding", "UTF8"},
      {"gssencmode", "disable"},    {"passfile", "/dev/null/none"},   {"password", options.password}};
  // A session whose hub is gone ends, and with it what it has locked.
  settings.emplace_back(
      "options",
      fmt::format("-c statement_timeout={0} -c lock_timeout={0} -c "
                  "idle_in_transaction_session_timeout={1} -c tcp_keepalives_idle=30 -c "
                  "tcp_keepalives_interval=10 -c tcp_keepalives_count=3",
                  milliseconds(options.statement_timeout),
                  milliseconds(options.standstill > Duration::zero() ? options.standstill
                                                                     : options.statement_timeout)));
  add_tls(options.tls, settings);
  return settings;
}

}  // namespace

void Connection::Finish::operator()(pg_conn* handle) const { PQfinish(handle); }

Connection::~Connection() = default;

Result<std::unique_ptr<Connection>> Connection::open(const ServerOptions& options) {
  RACCORDO_TRY(const auto address, Address::parse(options.url));
  std::unique_ptr<Connection> connection(new Connection(options, address.name()));
  RACCORDO_CHECK(connection->connect(address));
  RACCORDO_CHECK(connection->set_up());
  return connection;
}

Status Connection::connect(const Address& address) {
  const auto settings = settings_of(options_, address);
  std::vector<const char*> names;
  std::vector<const char*> values;
  for (const auto& [name, value] : settings) {
    names.push_back(name);
    values.push_back(value.c_str());
  }
  names.push_back(nullptr);
  values.push_back(nullptr);
  handle_.reset(PQconnectStartParams(names.data(), values.data(), 0));
  if (!handle_) return failure_of(name_, {}, "out of memory");
  PQsetErrorVerbosity(handle_.get(), PQERRORS_VERBOSE);  // the code of a login that fails stands nowhere else
  PQsetNoticeProcessor(
      handle_.get(), [](void*, const char*) {}, nullptr);
  return reach();
}

Status Connection::reach() {
  const auto until = from_now(options_.connect_timeout);
  for (auto step = PGRES_POLLING_WRITING; step != PGRES_POLLING_OK; step = PQconnectPoll(handle_.get())) {
    if (step == PGRES_POLLING_FAILED || PQstatus(handle_.get()) == CONNECTION_BAD) {
      const std::string_view words = PQerrorMessage(handle_.get());
      return failure_of(name_, state_within(words), words);
    }
    if (!wait(step == PGRES_POLLING_WRITING, until)) return failure_of(name_, {}, "timeout");
  }
  PQsetErrorVerbosity(handle_.get(), PQERRORS_DEFAULT);
  if (PQsetnonblocking(handle_.get(), 1) != 0) return failed(nullptr);
  return done();
}

Status Connection::set_up() {
  RACCORDO_CHECK(
      run("SELECT set_config('search_path', $1, false), set_config('synchronous_commit', "
          "CASE current_setting('synchronous_commit') WHEN 'off' THEN 'on' ELSE "
          "current_setting('synchronous_commit') END, false)",
          quoted(options_.schema)));
  return done();
}

std::string Connection::quoted(std::string_view name) {
  std::string out = "\"";
  for (const char c : name) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + '"';
}

int Connection::server_version() const { return PQserverVersion(handle_.get()); }
bool Connection::encrypted() const { return PQsslInUse(handle_.get()) != 0; }

bool Connection::wait(bool to_write, Duration until) const {
  pollfd socket{PQsocket(handle_.get()), static_cast<short>(to_write ? POLLIN | POLLOUT : POLLIN), 0};
  for (;;) {
    const auto left = milliseconds(until - std::chrono::steady_clock::now().time_since_epoch());
    if (left <= 0) return false;
    const int ready = ::poll(&socket, 1, static_cast<int>(std::min<std::int64_t>(left, 1'000'000)));
    if (ready > 0) return true;
    if (ready < 0 && errno != EINTR) return false;
  }
}

Result<Rows> Connection::run_prepared(const std::string& sql, const Parameters& parameters) {
  if (lost_) return failure_of(name_, {}, "connection lost");
  last_state_.clear();
  auto known = prepared_.find(sql);
  if (known == prepared_.end()) {
    const auto statement = "s" + std::to_string(prepared_.size());
    if (PQsendPrepare(handle_.get(), statement.c_str(), sql.c_str(), parameters.count(),
                      parameters.types()) == 0)
      return failed(nullptr);
    RACCORDO_CHECK(answer(options_.statement_timeout + kGrace));
    known = prepared_.emplace(sql, statement).first;
  }
  if (PQsendQueryPrepared(handle_.get(), known->second.c_str(), parameters.count(), parameters.values(),
                          parameters.lengths(), parameters.formats(), 1) == 0)
    return failed(nullptr);
  return answer(options_.statement_timeout + kGrace);
}

Status Connection::script(const std::string& sql) {
  if (lost_) return failure_of(name_, {}, "connection lost");
  last_state_.clear();
  if (PQsendQuery(handle_.get(), sql.c_str()) == 0) return failed(nullptr);
  RACCORDO_CHECK(answer(options_.statement_timeout + kGrace));
  return done();
}

// Of all that the server has to say to what was sent; the first failure counts.
Result<Rows> Connection::answer(Duration at_most) {
  const auto until = from_now(at_most);
  std::optional<Error> failure;
  Rows last;
  for (;;) {
    int unsent = PQflush(handle_.get());
    while (unsent > 0 || PQisBusy(handle_.get()) != 0) {
      if (!wait(unsent > 0, until)) return timed_out();
      if (PQconsumeInput(handle_.get()) == 0) return failed(nullptr);
      if (unsent > 0) unsent = PQflush(handle_.get());
    }
    if (unsent < 0) return failed(nullptr);
    auto* const result = PQgetResult(handle_.get());
    if (result == nullptr) break;
    Rows rows(result);
    const auto status = PQresultStatus(result);
    if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK)
      last = std::move(rows);
    else if (!failure)
      failure = failed(result);
  }
  if (failure) return std::move(*failure);
  return last;
}

Error Connection::failed(const pg_result* result) {
  const char* const state = result != nullptr ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : nullptr;
  last_state_ = state != nullptr ? state : "";
  lost_ = lost_ || PQstatus(handle_.get()) == CONNECTION_BAD || last_state_.empty();
  const char* const primary =
      result != nullptr ? PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY) : nullptr;
  return failure_of(name_, last_state_, primary != nullptr ? primary : PQerrorMessage(handle_.get()));
}

// It may come later still, when nobody would know what it belongs to.
Error Connection::timed_out() {
  lost_ = true;
  last_state_.clear();
  return failure_of(name_, "57014", {});
}

}  // namespace raccordo::postgresql
