package dev.assay.agent.privacy;

import dev.assay.agent.checkout.Checkout;
import dev.assay.agent.checkout.Checkouts;
import dev.assay.agent.checkout.Location;
import dev.assay.agent.observe.Observation.AppliedEdit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Lines leave the machine only for files inside a checkout that git does not ignore. Of others an
 * edit travels with its counts alone: no lines, no path.
 */
public final class Withholding {
  private final Checkouts checkouts;
  private final Map<String, Long> counts = new TreeMap<>();

  public Withholding(Checkouts checkouts) {
    this.checkouts = checkouts;
  }

  /**
   * What may travel of an edit.
   *
   * @param repositories of the file's checkout; empty where there is none
   * @param path relative to the root; null where it may not travel
   * @param reason why the lines stay here: {@code ignored}, {@code outside}, {@code no-checkout};
   *     null where they may travel
   */
  public record Ruling(List<String> repositories, @Nullable String path, @Nullable String reason) {}

  /** Decides on an edit, and counts what stays here. */
  public Ruling of(AppliedEdit edit) {
    Location location = checkouts.locate(edit.path(), edit.context().cwd());
    if (location instanceof Location.Inside inside) {
      Checkout checkout = inside.checkout();
      // No answer is no permission.
      if (checkouts.ignores(checkout, inside.path()).orElse(true)) {
        return withheld(checkout.repositories(), "ignored");
      }
      return new Ruling(checkout.repositories(), inside.path(), null);
    }
    String reason = location instanceof Location.Outside ? "outside" : "no-checkout";
    return withheld(List.of(), reason);
  }

  private synchronized Ruling withheld(List<String> repositories, String reason) {
    counts.merge(reason, 1L, Long::sum);
    return new Ruling(repositories, null, reason);
  }

  /** How many edits' lines stayed here, by reason. */
  public synchronized Map<String, Long> counts() {
    return new TreeMap<>(counts);
  }
}
