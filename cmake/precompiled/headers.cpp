// SPDX-License-Identifier: EUPL-1.2
// The targets that own the precompiled headers need a source.
