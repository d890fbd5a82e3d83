package dev.assay.store.embedded;

import dev.assay.store.StoreUnavailableException;
import dev.assay.store.fact.Observation;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** A change that a caller of the {@link Writer} waits for. */
final class Asked<T> implements Request {
  private final Writer.Change<T> change;
  private final CompletableFuture<T> answer = new CompletableFuture<>();
  private @Nullable Runnable success;

  Asked(Writer.Change<T> change) {
    this.change = change;
  }

  @Override
  public int size() {
    return 0;
  }

  @Override
  public List<Observation> observations() {
    return List.of();
  }

  @Override
  public void apply(Transaction tx) throws SQLException {
    T result = change.apply(tx);
    success = () -> answer.complete(result);
  }

  @Override
  public void written() {
    if (success != null) {
      success.run();
    }
  }

  @Override
  public void refused(String message, @Nullable Throwable cause) {
    answer.completeExceptionally(
        new StoreUnavailableException(message, Writer.RETRY_FAILED_MILLIS, cause));
  }

  T get() throws StoreUnavailableException {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return answer.get();
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          if (e.getCause() instanceof StoreUnavailableException unavailable) {
            throw new StoreUnavailableException(
                Database.firstLine(unavailable), unavailable.retryAfterMillis(), unavailable);
          }
          throw new IllegalStateException(e);
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
