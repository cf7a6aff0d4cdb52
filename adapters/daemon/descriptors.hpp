// SPDX-License-Identifier: EUPL-1.2
#pragma once

namespace raccordo {

// Each worker takes four of the daemon's descriptors, each caller of the admin address one: as many as the
// system allows are made use of, for the 1,024 that processes begin with are soon gone. Before threads start.
void take_all_descriptors();

}  // namespace raccordo
