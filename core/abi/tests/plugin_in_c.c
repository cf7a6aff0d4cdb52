/* SPDX-License-Identifier: Apache-2.0
 * A whole plugin in C11 with nothing but the contract: one service for each row, named by its first cell. */
#include <raccordo/abi.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TEXT(literal) \
  { literal, sizeof(literal) - 1 }

typedef struct instance {
  const raccordo_host* host;
  size_t most; /* bytes of a name */
} instance;

static raccordo_bytes text(const char* words) {
  raccordo_bytes bytes;
  bytes.data = words;
  bytes.size = strlen(words);
  return bytes;
}

/* 0: not a number from 1 to 1000. */
static size_t bound(raccordo_bytes digits) {
  size_t value = 0;
  for (size_t i = 0; i < digits.size; ++i) {
    if (digits.data[i] < '0' || digits.data[i] > '9' || value > 1000) return 0;
    value = value * 10 + (size_t)(digits.data[i] - '0');
  }
  return value > 1000 ? 0 : value;
}

static void* create(const raccordo_host* host, const raccordo_options* options) {
  size_t most = 40;
  for (size_t i = 0; i < options->size; ++i)
    if (options->values[i].name.size == 4) most = bound(options->values[i].value);
  if (most == 0) {
    host->explain(host->self, text("most: not from 1 to 1000"));
    return NULL;
  }
  instance* built = malloc(sizeof *built);
  if (built == NULL) return NULL;
  built->host = host;
  built->most = most;
  return built;
}

static void destroy(void* given) { free(given); }

static int plain(raccordo_bytes name) {
  for (size_t i = 0; i < name.size; ++i)
    if ((unsigned char)name.data[i] < 0x20 || name.data[i] == '"' || name.data[i] == '\\') return 0;
  return 1;
}

static raccordo_verdict reject(const raccordo_host* host, const char* field, const char* words) {
  (void)host->reject(host->self, text("invalid_field"), text(field), text(words));
  return RACCORDO_DONE;
}

static raccordo_verdict state(const raccordo_host* host, raccordo_bytes name) {
  char json[2100];
  const int size = snprintf(json, sizeof json, "{\"id\":\"%.*s\",\"name\":\"%.*s\"}", (int)name.size,
                            name.data, (int)name.size, name.data);
  if (size < 0 || (size_t)size >= sizeof json) return reject(host, "name", "too long");
  (void)host->publish(host->self, text("service"), text(json));
  return RACCORDO_DONE;
}

static raccordo_verdict handle(void* given, const raccordo_input* input) {
  const instance* self = given;
  if (input->kind != RACCORDO_INPUT_RECORD || input->record == NULL)
    return reject(self->host, "", "rows only");
  if (input->record->cells.size == 0) return reject(self->host, "name", "missing");
  const raccordo_bytes name = input->record->cells.items[0];
  if (name.size == 0 || name.size > self->most || !plain(name) || memchr(name.data, 0, name.size) != NULL)
    return reject(self->host, "name", "empty, too long or not plain");
  return state(self->host, name);
}

static const raccordo_bytes kinds[] = {TEXT("service")};
static const raccordo_option options[] = {{
    .struct_size = sizeof(raccordo_option),
    .type = RACCORDO_OPTION_INTEGER,
    .name = TEXT("most"),
    .default_value = TEXT("40"),
    .has_min = 1,
    .has_max = 1,
    .min = 1,
    .max = 1000,
    .help_it = TEXT("Lunghezza massima del nome"),
    .help_en = TEXT("Longest name"),
}};
static const raccordo_framing framing = {
    .struct_size = sizeof(raccordo_framing), .format = RACCORDO_FORMAT_CSV, .header_row = 1};
static const raccordo_plugin plugin = {
    .struct_size = sizeof(raccordo_plugin),
    .abi_major = RACCORDO_ABI_MAJOR,
    .abi_minor = RACCORDO_ABI_MINOR,
    .name = TEXT("in_c"),
    .version = TEXT("1.0.0"),
    .licence = TEXT("Apache-2.0"),
    .summary_it = TEXT("Un servizio per riga"),
    .summary_en = TEXT("A service for each row"),
    .inputs = 1u << RACCORDO_INPUT_RECORD,
    .framing = &framing,
    .publishes = {kinds, 1},
    .options = options,
    .option_count = 1,
    .create = create,
    .handle = handle,
    .destroy = destroy,
};

const raccordo_plugin* raccordo_plugin_entry(void) { return &plugin; }
