package dev.assay.store.embedded;

import dev.assay.store.fact.Observation;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Something to be written. Only the writer's thread calls its methods. */
sealed interface Request permits Journaled, Asked {
  /** How many observations. */
  int size();

  List<Observation> observations();

  default void apply(Transaction tx) throws SQLException {}

  /** It is written. */
  void written();

  /** It is not written, and not tried again. */
  void refused(String message, @Nullable Throwable cause);

  /** Tells that it is written, once: what fails meanwhile is written all the same. */
  default void succeed() {
    try {
      written();
    } catch (Throwable e) {
      untold(e);
    }
  }

  /** Tells that it is refused, once. */
  default void fail(String message, @Nullable Throwable cause) {
    try {
      refused(message, cause);
    } catch (Throwable e) {
      untold(e);
    }
  }

  private static void untold(Throwable e) {
    Logger log = LoggerFactory.getLogger(Request.class);
    log.error("What became of a commit could not be told to who waited for it", e);
  }
}
