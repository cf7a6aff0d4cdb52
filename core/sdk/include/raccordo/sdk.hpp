// SPDX-License-Identifier: Apache-2.0
// All that a plugin in C++20 needs. A plugin is a class with handlers and a declaration of itself as data;
// see README.md in core/sdk, and examples/plugin for one built step by step.
#pragma once

#include "raccordo/model/accreditation.hpp"
#include "raccordo/model/capacity.hpp"
#include "raccordo/model/entitlement.hpp"
#include "raccordo/model/offer.hpp"
#include "raccordo/model/organization.hpp"
#include "raccordo/model/plan.hpp"
#include "raccordo/model/qualification.hpp"
#include "raccordo/model/result.hpp"
#include "raccordo/model/service.hpp"
#include "raccordo/sdk/effects.hpp"
#include "raccordo/sdk/fields.hpp"
#include "raccordo/sdk/identifiers.hpp"
#include "raccordo/sdk/inputs.hpp"
#include "raccordo/sdk/plugin.hpp"
#include "raccordo/sdk/row.hpp"
#include "raccordo/sdk/setup.hpp"
