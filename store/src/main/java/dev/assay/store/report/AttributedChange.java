package dev.assay.store.report;

import dev.assay.store.fact.Attribution;
import dev.assay.store.fact.EditOrigin;
import java.util.Map;

/**
 * A decided change with its verdicts and what made the edits that they name.
 *
 * @param origins by tool use id; may hold those of other changes too
 */
public record AttributedChange(Attribution attribution, Map<String, EditOrigin> origins) {}
