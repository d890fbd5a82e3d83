package dev.assay.web.client;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What the model says, turn by turn, and what must come of it: a file written and accepted, an edit
 * rejected, an edit accepted, a notebook cell replaced.
 */
final class Scenario {
  static final int ACCEPTED = 3;
  static final int REJECTED = 1;

  private static final String WRITTEN =
      """
      export interface Price {
        sku: string;
        cents: number;
      }

      export function total(prices: Price[]): number {
        return prices.reduce((sum, price) => sum + price.cents, 0);
      }
      """;
  private static final String SUM = "  return prices.reduce((sum, price) => sum + price.cents, 0);";
  private static final String REJECTED_EDIT =
      "  let rejected = 0;\n  for (const price of prices) rejected += price.cents;\n  return rejected;";
  private static final String ACCEPTED_EDIT =
      "  const positive = prices.filter((price) => price.cents > 0);\n"
          + "  return positive.reduce((sum, price) => sum + price.cents, 0);";
  private static final String CELL =
      "total = sum(price.cents for price in prices)\nprint(f'total {total}')";

  /** 8 of the new file, 2 of the accepted edit, 2 of the notebook's cell. */
  static final int LINES_ACCEPTED = 12;

  /** A notebook with one cell, {@code cell-1}, that the scenario replaces. */
  static final String NOTEBOOK =
      """
      {"cells": [{"cell_type": "code", "id": "cell-1", "metadata": {}, "execution_count": null,
        "outputs": [], "source": ["total = 0"]}],
       "metadata": {"language_info": {"name": "python"}}, "nbformat": 4, "nbformat_minor": 5}
      """;

  private Scenario() {}

  /** The model's turns, in the order in which the client asks for them. */
  static List<List<Map<String, Object>>> turns(Path checkout) {
    String source = checkout.resolve("src/pricing.ts").toString();
    String notebook = checkout.resolve("report.ipynb").toString();
    return List.of(
        List.of(
            text("Creating the file."),
            use("Write", Map.of("file_path", source, "content", WRITTEN))),
        List.of(use("Edit", edit(source, REJECTED_EDIT))),
        List.of(use("Edit", edit(source, ACCEPTED_EDIT))),
        List.of(use("Read", Map.of("file_path", notebook))),
        List.of(
            use(
                "NotebookEdit",
                Map.of(
                    "notebook_path",
                    notebook,
                    "cell_id",
                    "cell-1",
                    "new_source",
                    CELL,
                    "edit_mode",
                    "replace"))),
        List.of(text("All finished.")));
  }

  private static Map<String, Object> edit(String path, String replacement) {
    return Map.of("file_path", path, "old_string", SUM, "new_string", replacement);
  }

  private static Map<String, Object> text(String text) {
    return Map.of("type", "text", "text", text);
  }

  private static Map<String, Object> use(String tool, Map<String, Object> input) {
    return Map.of("type", "tool_use", "name", tool, "input", input);
  }
}
