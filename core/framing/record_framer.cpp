// SPDX-License-Identifier: EUPL-1.2
#include "core/framing/record_framer.hpp"

namespace raccordo {

void RecordFramer::share(InputBatch& batch) const {
  batch.format = format_;
  if (batch.file != file_) batch.file = file_;
  if (batch.columns != columns_) batch.columns = columns_;
}

Result<bool> RecordFramer::read(InputBatch& batch, std::vector<Malformed>& malformed) {
  share(batch);
  std::size_t malformed_bytes = 0;
  for (std::size_t added = 0; added < limits_.batch_records; ++added) {
    if (batch.bytes.size() >= limits_.batch_bytes || batch.originals.size() >= limits_.batch_bytes ||
        malformed_bytes >= limits_.batch_bytes)
      break;
    const std::size_t before = malformed.size();
    RACCORDO_TRY(const bool more, next(batch, malformed));
    if (!more) return false;
    if (malformed.size() > before) malformed_bytes += malformed.back().original.size();
    ++records_;
  }
  return true;
}

Error RecordFramer::ends_before_mark() const {
  return error(ErrorCode::kConflict,
               say("{}: il file finisce prima del punto in cui la lettura era arrivata",
                   "{}: the file ends before the point that reading had reached", file_));
}

FramingFinding no_records() { return {"empty_file", say("nessun record nel file", "no record in the file")}; }

Status RecordFramer::resume(const Mark& mark) {
  InputBatch batch;
  std::vector<Malformed> malformed;
  while (records_ < mark.records) {
    RACCORDO_TRY(const bool more, next(batch, malformed));
    if (!more) return ends_before_mark();
    ++records_;
    batch.clear();
    malformed.clear();
  }
  return done();
}

}  // namespace raccordo
