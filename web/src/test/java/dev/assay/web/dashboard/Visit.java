package dev.assay.web.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.assay.web.sample.AcmeServer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Somebody who looks at the dashboard on the sample's last day. Errors of the page's scripts, and
 * anything that its policy forbids, fail the test at the end.
 */
final class Visit implements AutoCloseable {
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");

  /** A phone of the small kind. */
  static final int PHONE = 390;

  static final int DESKTOP = 1280;

  private final AcmeServer server;
  private final BrowserContext context;
  private final Page page;
  private final List<String> errors = new CopyOnWriteArrayList<>();

  Visit(Chromium chromium, AcmeServer server, int width, ColorScheme scheme) {
    this.server = server;
    this.context =
        chromium
            .browser()
            .newContext(
                new Browser.NewContextOptions()
                    .setViewportSize(width, width == PHONE ? 844 : 900)
                    .setColorScheme(scheme)
                    .setLocale("en-GB")
                    .setTimezoneId("UTC"));
    this.page = context.newPage();
    page.clock().setFixedTime("2026-11-20T20:00:00Z");
    page.onPageError(errors::add);
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error")) {
            errors.add(message.text());
          }
        });
  }

  /** Opens a path and waits until its figures are there. */
  Page open(String path) {
    page.navigate(server.address(path).toString());
    ready();
    return page;
  }

  void ready() {
    page.waitForSelector("body[data-ready]");
  }

  Page page() {
    return page;
  }

  void screenshot(String name) {
    page.screenshot(
        new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")).setFullPage(true));
  }

  /** For tests in which the server is meant to fail. */
  void forgetErrors() {
    errors.clear();
  }

  @Override
  public void close() {
    context.close();
    assertThat(errors).as("errors in the page").isEmpty();
  }
}
