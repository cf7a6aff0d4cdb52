/* SPDX-License-Identifier: Apache-2.0
 *
 * The contract between the Raccordo host and a plugin, version 0. Plain C11: nothing of C++ crosses it.
 *
 * A plugin is a shared library that exports one symbol, `raccordo_plugin_entry`. It translates: it is handed inputs
 * and answers with effects. It does no input or output of its own; in a worker process it could not.
 *
 * Rules that hold for every function below, unless it says otherwise:
 *  - Ownership. Strings and bytes are borrowed: the callee may read them until its call returns, and copies what it
 *    keeps. Nobody frees what the other side allocated.
 *  - Threads. [instance]: one thread at a time for one instance, always the same one. [any]: any thread.
 *  - Failure. Nothing throws, nothing longjmps across this boundary. Bad input is answered with an effect.
 *  - Growth. Every struct starts with `struct_size`, set by who fills it; a member exists only if that size covers
 *    it. Members are only ever appended, so such a struct is pointed to and never part of another. Optional features
 *    are separate tables, fetched by id (`host->table`).
 *  - Text is UTF-8 and not terminated: `size` counts bytes. `data` may be NULL when `size` is 0. Words for people
 *    (`text`, `reason`, `explain`) are in one language, or in Italian and English with space, U+2044, space between.
 */
#ifndef RACCORDO_ABI_H
#define RACCORDO_ABI_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Another major version is refused; a minor version only appends. Version 0 may still change. */
#define RACCORDO_ABI_MAJOR 0u
#define RACCORDO_ABI_MINOR 1u

#if defined(__GNUC__)
#define RACCORDO_EXPORT __attribute__((visibility("default")))
#else
#define RACCORDO_EXPORT
#endif

typedef struct raccordo_bytes {
  const char* data;
  size_t size;
} raccordo_bytes;

typedef struct raccordo_list {
  const raccordo_bytes* items;
  size_t size;
} raccordo_list;

/* What an effect answers. */
typedef enum raccordo_status {
  RACCORDO_OK = 0,
  RACCORDO_TOO_LARGE = 1,   /* over the host's limit; the effect was not taken, and the input will be parked */
  RACCORDO_NOT_NOW = 2,     /* not allowed here: an effect outside `handle`, `frame` outside `create` */
  RACCORDO_UNKNOWN = 3      /* an unknown kind, or a pointer that is NULL where it must not be */
} raccordo_status;

/* How `handle` ended. The effects of the call count only with RACCORDO_DONE. */
typedef enum raccordo_verdict {
  RACCORDO_DONE = 0,
  RACCORDO_RETRY = 1,  /* something outside may pass; the host decides when and how often to ask again */
  RACCORDO_FATAL = 2   /* this instance cannot go on; the host ends it, and says the words given to `explain` */
} raccordo_verdict;

typedef enum raccordo_log_level {
  RACCORDO_LOG_DEBUG = 0, /* the only level at which a record's content may be logged */
  RACCORDO_LOG_INFO = 1,
  RACCORDO_LOG_WARNING = 2,
  RACCORDO_LOG_ERROR = 3
} raccordo_log_level;

/* ------------------------------------------------------------------------------------------------ inputs */

/* How the host cuts a source's bytes into records before a plugin sees them. */
typedef enum raccordo_format {
  RACCORDO_FORMAT_NONE = 0,     /* the plugin reads no records, or `create` says how they are cut */
  RACCORDO_FORMAT_CSV = 1,      /* rows: RFC 4180 and its relatives */
  RACCORDO_FORMAT_XLSX = 2,     /* rows of one sheet */
  RACCORDO_FORMAT_LINES = 3,    /* NDJSON: one JSON value a line */
  RACCORDO_FORMAT_JSON = 4,     /* items of an array at a path */
  RACCORDO_FORMAT_XML = 5,      /* elements at a path */
  RACCORDO_FORMAT_DOCUMENT = 6  /* the whole file as one record */
} raccordo_format;

typedef struct raccordo_framing {
  uint32_t struct_size;
  uint32_t format;          /* raccordo_format */
  raccordo_bytes separator; /* CSV: one character, or empty: found by looking */
  raccordo_bytes encoding;  /* "utf-8" "windows-1252" "iso-8859-1" "iso-8859-15" "utf-16", or empty: found by looking */
  raccordo_bytes sheet;     /* XLSX: the sheet's name, or empty: the first */
  raccordo_bytes path;      /* JSON: "contents" or "data.items", empty: the root; XML: "/register/service" */
  uint32_t header_row;      /* rows: where the column names stand, from 1; 0: there are none, names are A, B, C ... */
  uint32_t header_rows;     /* rows: how many rows make up the header (merged headers), 0 and 1 mean one */
} raccordo_framing;

/* One record. Rows have columns and cells; the other formats have a body. Always UTF-8, whatever the file was. */
typedef struct raccordo_record {
  uint32_t struct_size;
  uint32_t format;        /* raccordo_format */
  raccordo_list columns;  /* names, the same array for all rows of a file; repeated names get " (2)", " (3)" ... */
  raccordo_list cells;    /* one for each column; missing ones at the end of a short row are empty */
  raccordo_bytes body;    /* the JSON value, the XML element, the document; empty for rows */
  raccordo_bytes file;    /* the file's name without its folder */
  uint64_t line;          /* where the record starts, from 1; for XLSX the row */
} raccordo_record;

/* One event from the backbone. */
typedef struct raccordo_event {
  uint32_t struct_size;
  raccordo_bytes topic;      /* "services" ... */
  raccordo_bytes type;       /* "it.raccordo.service.changed.v1" ... */
  raccordo_bytes kind;       /* "service" ... */
  raccordo_bytes id;         /* the entity's canonical id, a UUID */
  raccordo_bytes source_id;  /* the id that the stating partner uses, where it is known */
  raccordo_bytes partner_id; /* the id that this connector's own partner uses, where the host knows one */
  raccordo_bytes data;       /* canonical JSON; for a deletion what is known of the entity, its id at least */
  uint8_t deleted;           /* 1: the entity is gone */
} raccordo_event;

typedef struct raccordo_header {
  raccordo_bytes name;
  raccordo_bytes value;
} raccordo_header;

/* A partner called the hub. Answered by the first `respond`: from this handling, or from its outcome's. */
typedef struct raccordo_request {
  uint32_t struct_size;
  raccordo_bytes method;
  raccordo_bytes path;
  raccordo_bytes query;
  const raccordo_header* headers;
  size_t header_count;
  raccordo_bytes body;
} raccordo_request;

/* The answer to a `send`, with the context that was given to it. status 0: no answer came; `body` says why.
 *
 * Of a source's requests the plugin is handed: 2xx with the body, unpacked, in whatever encoding the partner uses; 3xx that
 * were not followed (304 too, where it asked with If-None-Match) and 4xx without their body, but for 401, 403 and 407 (keys
 * are configuration: the reading ends and says so) and 408, 425, 429. These, 5xx and answers that never came the host tries
 * again, waits as long as Retry-After says, and then ends the reading: nothing is deleted, and the next one begins with a
 * tick. Headers about keys and about the connection are left out.
 * Each response is one input of the ledger. One that is parked states nothing, saves no cursor, and begins and ends no
 * snapshot; what it sends is asked all the same, so that one page does not hide those behind it. Put through again later,
 * only what it states counts. */
typedef struct raccordo_response {
  uint32_t struct_size;
  uint32_t status;
  const raccordo_header* headers;
  size_t header_count;
  raccordo_bytes body;
  raccordo_bytes context;
} raccordo_response;

/* What the case engine said to a `command`, with the context that was given to it. */
typedef struct raccordo_outcome {
  uint32_t struct_size;
  uint8_t accepted;
  uint64_t revision;       /* of the case, when accepted */
  raccordo_bytes reason;   /* code and text, when refused */
  raccordo_list legal_now; /* commands that would be accepted now */
  raccordo_bytes data;     /* JSON: a quote, the case as this connector may see it */
  raccordo_bytes context;
} raccordo_outcome;

/* Time passed. A plugin that polls its partner answers with `send`; it states nothing, for it was handed nothing. A plugin
 * that takes both ticks and responses can be configured as a source that is asked (from.http.base_url). */
typedef struct raccordo_tick {
  uint32_t struct_size;
  int64_t now_ms;        /* Unix time; the only clock a plugin has, so that replay is exact */
  raccordo_bytes cursor; /* what `save_cursor` last saved, empty at first */
} raccordo_tick;

typedef enum raccordo_input_kind {
  RACCORDO_INPUT_RECORD = 1,
  RACCORDO_INPUT_EVENT = 2,
  RACCORDO_INPUT_REQUEST = 3,
  RACCORDO_INPUT_RESPONSE = 4,
  RACCORDO_INPUT_OUTCOME = 5,
  RACCORDO_INPUT_TICK = 6
} raccordo_input_kind;

/* Exactly the member named by `kind` is set; the others are NULL. */
typedef struct raccordo_input {
  uint32_t struct_size;
  uint32_t kind; /* raccordo_input_kind; a plugin rejects a kind that it does not know */
  const raccordo_record* record;
  const raccordo_event* event;
  const raccordo_request* request;
  const raccordo_response* response;
  const raccordo_outcome* outcome;
  const raccordo_tick* tick;
} raccordo_input;

/* ----------------------------------------------------------------------------------------------- effects */

/* A request to the connector's partner. Method, path, query, headers and body only: where the partner is, who we are
 * there, and how often to try is configuration. Path and query as they stand on the wire, escaped. The path goes behind the
 * partner's address and does not climb; or it is a whole address on the partner's own server, as links to a next page are.
 * A source asks by GET, or by POST where that is how its partner is read: a request may be made more than once. */
typedef struct raccordo_send {
  uint32_t struct_size;
  raccordo_bytes method;
  raccordo_bytes path;
  raccordo_bytes query;
  const raccordo_header* headers;
  size_t header_count;
  raccordo_bytes body;
} raccordo_send;

/* The host, as a plugin sees it. Owned by the host; valid from `create` until `destroy` returns.
 * All functions: [instance], `self` first. Effects only from within `handle`. */
typedef struct raccordo_host {
  uint32_t struct_size;
  void* self;

  /* An optional table by revisioned id ("raccordo.something/1"), or NULL. From `create` or `handle`. */
  const void* (*table)(void* self, raccordo_bytes id);

  /* The words for a `create` that returns NULL, a RETRY or a FATAL. The last call counts. */
  void (*explain)(void* self, raccordo_bytes text);

  /* From `create` only: how this instance wants its source cut, when its options decide that. */
  raccordo_status (*frame)(void* self, const raccordo_framing* framing);

  /* States an entity: `kind` as in the model ("service"), `json` its canonical JSON with the partner's own ids. */
  raccordo_status (*publish)(void* self, raccordo_bytes kind, raccordo_bytes json);

  /* States that the partner no longer has the entity with this id of its own. */
  raccordo_status (*erase)(void* self, raccordo_bytes kind, raccordo_bytes id);

  /* Asks the case engine for a step ("booking.request.v1"). `context` comes back with the outcome. */
  raccordo_status (*command)(void* self, raccordo_bytes type, raccordo_bytes json, raccordo_bytes context);

  /* Sends a request to the partner. `context` comes back with the response: at most 64 KiB, no people's data. Those of a
   * source are made one after the other, in the order in which they were sent, once what the input stated is kept; the
   * same request with the same context twice in one reading ends it. */
  raccordo_status (*send)(void* self, const raccordo_send* request, raccordo_bytes context);

  /* Answers the partner's request that this input is, or came from. A second answer parks the input. */
  raccordo_status (*respond)(void* self, uint32_t status, const raccordo_header* headers, size_t header_count,
                             raccordo_bytes body);

  /* Appends bytes to the connector's file of this name; name, folder and roll are configuration. */
  raccordo_status (*write)(void* self, raccordo_bytes file, raccordo_bytes bytes);

  /* Remembers where reading stands at the partner. Kept once all effects of the input are: with a snapshot's end once
   * what it lacks was deleted, and not at all where the snapshot is not believed. At most 64 KiB, no people's data. */
  raccordo_status (*save_cursor)(void* self, raccordo_bytes cursor);

  /* All that the source has of `scope` follows; what is not stated again before the end is deleted, if the snapshot
   * is clean: it ends with the reading that began it, something was stated, nothing parked, and every request that was
   * sent before its end is answered. `scope`: kinds with blanks between, or empty: all that the source states. One at a
   * time. For sources that the host reads as files the host brackets them itself. */
  raccordo_status (*snapshot_begin)(void* self, raccordo_bytes scope);
  raccordo_status (*snapshot_end)(void* self, raccordo_bytes scope);

  /* This input is of no interest, and why. */
  raccordo_status (*filter)(void* self, raccordo_bytes reason);

  /* This input cannot be translated: it is parked whole. `code` lower_case; `field` as the partner names it. */
  raccordo_status (*reject)(void* self, raccordo_bytes code, raccordo_bytes field, raccordo_bytes text);

  /* Something a person should know although the input is accepted: a dropped field, a guess. */
  raccordo_status (*finding)(void* self, raccordo_bytes code, raccordo_bytes field, raccordo_bytes text);

  /* A line in the hub's log. No content of a record above debug level. */
  void (*log)(void* self, uint32_t level, raccordo_bytes text);
} raccordo_host;

/* --------------------------------------------------------------------------------------------- descriptor */

typedef enum raccordo_option_type {
  RACCORDO_OPTION_TEXT = 1,
  RACCORDO_OPTION_INTEGER = 2,
  RACCORDO_OPTION_NUMBER = 3,
  RACCORDO_OPTION_BOOLEAN = 4,  /* reaches the plugin as "true" or "false" */
  RACCORDO_OPTION_DURATION = 5, /* configured "30s"; reaches the plugin as whole milliseconds */
  RACCORDO_OPTION_SIZE = 6,     /* configured "64MiB"; reaches the plugin as bytes */
  RACCORDO_OPTION_CHOICE = 7,   /* one of `choices` */
  RACCORDO_OPTION_FILE = 8      /* configured as a path; the host reads it and hands over its content */
} raccordo_option_type;

typedef struct raccordo_option {
  uint32_t struct_size;
  uint32_t type; /* raccordo_option_type */
  raccordo_bytes name;
  raccordo_bytes default_value; /* as it would be written in a configuration; ignored when required */
  uint8_t required;
  uint8_t secret;   /* only ever shown as [secret] */
  uint8_t has_min;
  uint8_t has_max;
  double min;
  double max;
  raccordo_list choices;
  raccordo_bytes help_it;
  raccordo_bytes help_en;
} raccordo_option;

/* One option as configured, by the name it was declared with. Options with a default always come. */
typedef struct raccordo_option_value {
  raccordo_bytes name;
  raccordo_bytes value;
} raccordo_option_value;

typedef struct raccordo_options {
  uint32_t struct_size;
  const raccordo_option_value* values;
  size_t size;
} raccordo_options;

/* A plugin, described as data. Static: valid as long as the library is loaded. */
typedef struct raccordo_plugin {
  uint32_t struct_size;
  uint32_t abi_major; /* RACCORDO_ABI_MAJOR, RACCORDO_ABI_MINOR as compiled */
  uint32_t abi_minor;
  raccordo_bytes name;       /* [a-z0-9_], as in `plugin: name` */
  raccordo_bytes version;    /* semantic version */
  raccordo_bytes licence;    /* SPDX expression */
  raccordo_bytes summary_it;
  raccordo_bytes summary_en;
  uint32_t inputs;           /* bits: 1 << raccordo_input_kind */
  const raccordo_framing* framing; /* how its records are cut, or NULL; `create` may call `frame` instead */
  raccordo_list publishes;   /* kinds that it may state: anything else parks the input */
  raccordo_list subscribes;  /* kinds whose events it understands */
  raccordo_list commands;    /* commands it may give */
  raccordo_list writes;      /* names of the files it writes; "*" alone: whatever its options name */
  const raccordo_option* options;
  size_t option_count;
  raccordo_list capabilities; /* optional tables that it asks for */
  raccordo_list data_classes; /* classes of people's data that it asks to see */

  /* [instance] Builds an instance, or returns NULL after `explain`. `host` outlives it; `options` are borrowed. */
  void* (*create)(const raccordo_host* host, const raccordo_options* options);

  /* [instance] One input, answered with effects. Between calls an instance keeps only what `create` built. */
  raccordo_verdict (*handle)(void* instance, const raccordo_input* input);

  /* [instance] Frees it. Not called after a crash or a deadline passed. */
  void (*destroy)(void* instance);
} raccordo_plugin;

/* The one exported symbol. [any] Never fails; returns the same pointer at each call. */
RACCORDO_EXPORT const raccordo_plugin* raccordo_plugin_entry(void);
typedef const raccordo_plugin* (*raccordo_plugin_entry_function)(void);
#define RACCORDO_PLUGIN_ENTRY "raccordo_plugin_entry"

#ifdef __cplusplus
}
#endif

#endif /* RACCORDO_ABI_H */
