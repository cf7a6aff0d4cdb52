// SPDX-License-Identifier: EUPL-1.2
// Loaded into a test's sshd: who runs the tests may not read the system's passwords, and every account has this
// one instead ("segreta").
#include <shadow.h>
#include <stddef.h>

struct spwd* getspnam(const char* name) {
  static char password[] =
      "$6$raccordo$OjUT7e1NdsDgEVS4nZoxoDnZnpMxBzUy/fqb2ynTKsdCoVXR"
      "jBw0PdxbRuSrLJ5ZzgGKNQSBzBpMlSEpPkW7J0";
  static struct spwd entry;
  entry.sp_namp = (char*)name;
  entry.sp_pwdp = password;
  entry.sp_lstchg = 20000;
  entry.sp_max = 99999;
  entry.sp_warn = entry.sp_inact = entry.sp_expire = -1;
  return &entry;
}
