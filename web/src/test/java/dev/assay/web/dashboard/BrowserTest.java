package dev.assay.web.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.IsHiddenOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.assay.web.api.Progress;
import dev.assay.web.sample.Acme;
import dev.assay.web.sample.AcmeServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The dashboard in a real browser; what it looked like lies in target/screenshots. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrowserTest {
  private static final String SHOWCASE = "/pull-requests/Z2l0aHViLmNvbS9hY21lL2FwaSM0MTI";

  @TempDir static Path data;
  @TempDir static Path other;
  private @Nullable Chromium chromium;
  private @Nullable AcmeServer server;

  @BeforeAll
  void start() throws Exception {
    chromium = Chromium.open();
    server = AcmeServer.filled(data);
  }

  @AfterAll
  void stop() {
    if (chromium != null) {
      chromium.close();
    }
    if (server != null) {
      server.close();
    }
  }

  @Test
  void overview_showsTheFiguresOfTheApi() throws Exception {
    try (Visit visit = visit(Visit.DESKTOP, ColorScheme.LIGHT)) {
      Page page = visit.open("/?range=all");
      String body = server().get("/api/v1/summary").body();
      int sessions = Integer.parseInt(body.replaceAll(".*\"sessions\":(\\d+).*", "$1"));
      assertThat(card(page, "Sessions")).containsText(String.valueOf(sessions));
      assertThat(card(page, "Users")).containsText("7");
      assertThat(card(page, "Accept rate")).containsText("93%");
      assertThat(page.locator(".chart svg")).hasCount(5);
      assertThat(page.locator("section[aria-label=Leaderboard] tbody tr")).hasCount(7);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "overview, /",
    "pull-requests, /pull-requests",
    "pull-request, " + SHOWCASE,
    "team, /team",
    "coverage, /coverage"
  })
  void everyPage_fitsAndCanBeRead(String name, String path) {
    for (int width : new int[] {Visit.DESKTOP, Visit.PHONE}) {
      for (ColorScheme scheme : new ColorScheme[] {ColorScheme.LIGHT, ColorScheme.DARK}) {
        try (Visit visit = visit(width, scheme)) {
          Page page = visit.open(path);
          String shot = name + "-" + width + "-" + scheme.name().toLowerCase(Locale.ROOT);
          visit.screenshot(shot);
          assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
              .as("nothing sticks out of " + shot)
              .isLessThanOrEqualTo(width);
          assertThat(Audit.problems(page)).as(shot).isEmpty();
        }
      }
    }
  }

  @Test
  void toggles_changeWhatIsShownAndStayInTheAddress() {
    try (Visit visit = visit(Visit.DESKTOP, ColorScheme.LIGHT)) {
      Page page = visit.open("/");
      Locator pulls = page.locator("section[aria-label='Pull requests']");
      button(pulls, "Lines").click();
      assertThat(pulls.locator("svg"))
          .hasAttribute("aria-label", Pattern.compile("Lines of merged"));
      Locator leaders = page.locator("section[aria-label=Leaderboard]");
      button(leaders, "Lines").click();
      assertThat(leaders.locator("thead")).containsText("All lines");
      assertThat(page.url()).contains("by=lines");
      button(page.locator(".filters"), "7 days").click();
      assertThat(page.url()).contains("range=7");
      page.locator("select[name=user]").selectOption("ada@acme.example");
      assertThat(card(page, "Users")).containsText("1");
      assertThat(page.url()).contains("user=ada");
      page.locator("nav a", new Page.LocatorOptions().setHasText("Pull requests")).click();
      assertThat(page.locator("h1")).hasText("Pull requests");
      assertThat(page.url()).contains("user=ada");
      page.goBack();
      assertThat(card(page, "Users")).containsText("1");
    }
  }

  @Test
  void chart_canBeReadWithTheKeyboardAndAsATable() {
    try (Visit visit = visit(Visit.DESKTOP, ColorScheme.LIGHT)) {
      Page page = visit.open("/");
      Locator adoption = page.locator("section[aria-label=Adoption]");
      adoption.locator("svg").focus();
      page.keyboard().press("ArrowLeft");
      assertThat(adoption.locator(".tip")).containsText("Fri, 20 Nov 2026");
      page.keyboard().press("ArrowLeft");
      assertThat(adoption.locator(".tip")).containsText("Thu, 19 Nov 2026");
      visit.screenshot("overview-keyboard");
      adoption.locator("summary").click();
      assertThat(adoption.locator("tbody tr")).hasCount(30);
      assertThat(adoption.locator("tbody tr").first()).containsText("20 Nov 2026");
    }
  }

  @Test
  void survival_isShownByMonthAndDays_andNotYetIsNoZero() throws Exception {
    try (Visit visit = visit(Visit.DESKTOP, ColorScheme.LIGHT)) {
      Page page = visit.open("/"); // thirty days: survival is of all time
      Locator survival = page.locator("section[aria-label=Survival]");
      assertThat(survival.locator("svg"))
          .hasAttribute("aria-label", Pattern.compile("Oct 2026: Claude Code \\d+%, others \\d+%"));
      button(survival, "7 days").click();
      assertThat(survival.locator("svg rect.fill")).hasCount(4);
      assertThat(survival).containsText("not counted (the merge is not on the default branch");
      survival.locator("summary").click();
      assertThat(survival.locator("tbody tr")).hasCount(2);
      assertThat(survival.locator("tbody tr").first()).containsText("May still change");
      visit.screenshot("overview-survival");
      button(survival, "90 days").click();
      assertThat(survival).containsText("No merge was 90 days ago");
    }
  }

  @Test
  void pullRequest_showsWhoseLinesAreAndWhy() {
    try (Visit visit = visit(Visit.DESKTOP, ColorScheme.LIGHT)) {
      Page page = visit.open("/pull-requests");
      page.locator("a.pull-link").first().click();
      assertThat(page.locator("h1")).hasText("Repeat requests to the partner when it fails");
      assertThat(page.locator(".pull-head")).containsText("Provisional");
      assertThat(page.locator("tr.with")).hasCount(15);
      Locator similar = page.locator("button.verdict.similar");
      assertThat(similar).hasText("similar 12%");
      similar.focus();
      page.keyboard().press("Enter");
      Locator evidence = page.locator("tr.evidence");
      assertThat(evidence).containsText("11.8% of the line");
      assertThat(evidence).containsText("7f0c2a4e-5d1b-4c8e-9a55-0b9d6a1e2f31");
      assertThat(evidence).containsText("ada@acme.example");
      visit.screenshot("pull-request-evidence");
      page.keyboard().press("Enter");
      assertThat(evidence).hasCount(0);
      page.locator("button.verdict.other").last().click();
      assertThat(evidence).containsText("no edit of this file by Claude Code is known");
    }
  }

  @Test
  void emptyServer_saysWhatToDo_andFillsByItself() throws Exception {
    try (AcmeServer empty = AcmeServer.empty(other);
        Visit visit =
            new Visit(Objects.requireNonNull(chromium), empty, Visit.DESKTOP, ColorScheme.LIGHT)) {
      Page page = visit.open("/");
      assertThat(page.locator(".empty h2")).hasText("Waiting for the first session");
      assertThat(page.locator(".empty")).containsText("./assay up --claude-home DIR");
      visit.screenshot("empty");
      empty.progress(
          new Progress(
              List.of(
                  new Progress.Task(
                      "scan",
                      "Reading sessions",
                      Progress.State.RUNNING,
                      41_000_000,
                      96_000_000,
                      "bytes",
                      "212 transcripts"))));
      assertThat(page.locator("#progress")).containsText("41.0 MB of 96.0 MB", patiently());
      visit.screenshot("progress");
      new Acme().fill(empty.store());
      empty.progress(Progress.NONE);
      assertThat(card(page, "Users")).containsText("7", patiently());
      assertThat(page.locator("#progress")).isHidden(new IsHiddenOptions().setTimeout(30_000));
    }
  }

  @Test
  void selectionWithoutAnything_offersTheRest() {
    try (Visit visit = visit(Visit.DESKTOP, ColorScheme.LIGHT)) {
      Page page = visit.open("/?from=2020-01-01&to=2020-01-31");
      assertThat(page.locator(".empty h2")).hasText("Nothing in this selection");
      button(page.locator(".empty"), "Show everything").click();
      assertThat(card(page, "Users")).containsText("7");
    }
  }

  @Test
  void badAddress_saysWhatIsWrong() {
    try (Visit visit = visit(Visit.DESKTOP, ColorScheme.LIGHT)) {
      Page page = visit.open("/?from=2026-13-01");
      assertThat(page.locator(".failure")).containsText("from must be a day as YYYY-MM-DD");
      visit.open("/pull-requests/bm9uZQ");
      assertThat(page.locator(".failure")).containsText("There is no such page");
      visit.forgetErrors(); // the browser logs each 400 and 404
    }
  }

  @Test
  void theme_canBeSwitchedAndIsKept() {
    try (Visit visit = visit(Visit.DESKTOP, ColorScheme.LIGHT)) {
      Page page = visit.open("/team");
      page.locator("#theme").click();
      assertThat(page.locator("html")).hasAttribute("data-theme", "dark");
      visit.open("/coverage");
      assertThat(page.locator("html")).hasAttribute("data-theme", "dark");
      page.locator("#theme").click();
      assertThat(page.locator("html")).hasAttribute("data-theme", "light");
    }
  }

  private AcmeServer server() {
    return Objects.requireNonNull(server);
  }

  private Visit visit(int width, ColorScheme scheme) {
    return new Visit(Objects.requireNonNull(chromium), server(), width, scheme);
  }

  private static Locator card(Page page, String title) {
    return page.locator(
        ".card", new Page.LocatorOptions().setHas(page.getByRole(AriaRole.HEADING, exact(title))));
  }

  private static Page.GetByRoleOptions exact(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }

  private static Locator button(Locator in, String name) {
    return in.getByRole(
        AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true));
  }

  /** The page asks every few seconds. */
  private static ContainsTextOptions patiently() {
    return new ContainsTextOptions().setTimeout(30_000);
  }
}
