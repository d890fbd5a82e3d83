package dev.assay.web.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.store.Reports;
import dev.assay.store.Store;
import dev.assay.store.StoreOptions;
import dev.assay.store.Stores;
import dev.assay.web.WebOptions;
import dev.assay.web.WebServer;
import dev.assay.web.metrics.Metrics;
import dev.assay.web.sample.Acme;
import dev.assay.web.sample.Showcase;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store that fails in the middle of an export. */
class BrokenDownloadTest {
  @TempDir Path data;

  @Test
  void export_thatCannotBeFinished_neverLooksWhole() throws Exception {
    try (Store whole = Stores.open(StoreOptions.in(data).withFsync(false));
        Metrics metrics = new Metrics()) {
      new Acme().fill(whole);
      for (String name : new String[] {"lines.csv", "lines.jsonl", "agent-trace.jsonl"}) {
        String path = "/api/v1/export/" + name;
        assertThatThrownBy(() -> get(breaking(whole, 40), metrics, path))
            .as(name)
            .isInstanceOf(IOException.class);
        assertThat(get(breaking(whole, 0), metrics, path))
            .as("nothing had been sent yet")
            .isEqualTo(500);
      }
    }
  }

  private static int get(Store store, Metrics metrics, String path) throws Exception {
    WebServer server =
        new WebServer(
            WebOptions.loopback(0),
            store,
            () -> Progress.NONE,
            Showcase.diffs(),
            metrics,
            Clock.systemUTC());
    server.start();
    try {
      HttpRequest request = HttpRequest.newBuilder(server.address().resolve(path)).build();
      return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).statusCode();
    } finally {
      server.shutdown();
    }
  }

  /** So many attributions are given (forty fill every buffer), then the disk is gone. */
  private static Store breaking(Store whole, int after) {
    Reports reports =
        (Reports)
            Proxy.newProxyInstance(
                Reports.class.getClassLoader(),
                new Class<?>[] {Reports.class},
                (proxy, method, arguments) -> {
                  Object[] given = arguments.clone();
                  if (given[given.length - 1] instanceof Consumer) {
                    @SuppressWarnings("unchecked")
                    Consumer<Object> each = (Consumer<Object>) given[1];
                    int[] left = {after};
                    given[1] =
                        (Consumer<Object>)
                            value -> {
                              if (left[0]-- == 0) {
                                throw new IllegalStateException("the disk is gone");
                              }
                              each.accept(value);
                            };
                  }
                  try {
                    return method.invoke(whole.reports(), given);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
    return (Store)
        Proxy.newProxyInstance(
            Store.class.getClassLoader(),
            new Class<?>[] {Store.class},
            (proxy, method, arguments) ->
                method.getName().equals("reports") ? reports : method.invoke(whole, arguments));
  }
}
