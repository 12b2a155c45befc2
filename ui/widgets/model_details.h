#pragma once

#include "core/nets/models/catalogue.h"

#include <QString>

namespace likeness::ui {

/// All that is known of an installed model, as HTML. `readme` is the card of its authors, if there is one.
QString modelHtml(const ModelCard &card, const QString &readme);
/// A model that can be downloaded.
QString modelHtml(const CatalogueEntry &entry);

} // namespace likeness::ui
