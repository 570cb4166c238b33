package bpfmc.explorer.report.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import bpfmc.explorer.cli.Main;
import bpfmc.explorer.report.CheckReport;
import bpfmc.explorer.report.FailOn;
import bpfmc.explorer.report.ObjectReport;
import bpfmc.explorer.report.Origin;
import bpfmc.explorer.report.Reports;
import bpfmc.explorer.verdict.Counterexample;
import bpfmc.explorer.verdict.Finding;
import bpfmc.explorer.verdict.ScenarioResult;
import bpfmc.explorer.verdict.Verdict;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;

/** The page in a real browser: Debian's chromium and chromium-driver. Where they are not installed, the tests say that they did not run. */
class HtmlPageTest {
    private static final Path BROWSER = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");

    @TempDir
    private static Path folder;

    private static ChromeDriver browser;

    @BeforeAll
    static void start() {
        assumeTrue(Files.isExecutable(BROWSER) && Files.isExecutable(DRIVER),
                "the page was not tried in a browser: install chromium and chromium-driver (apt-get install chromium chromium-driver)");
        var options = new ChromeOptions().setBinary(BROWSER.toString()).addArguments("--headless=new", "--no-sandbox", "--disable-gpu",
                "--disable-dev-shm-usage", "--window-size=1300,1000");
        browser = new ChromeDriver(new ChromeDriverService.Builder().usingDriverExecutable(DRIVER.toFile()).withLogFile(new File("/dev/null")).build(), options);
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.quit();
        }
    }

    private static void open(CheckReport report, String fragment) throws IOException {
        Path page = Files.createTempFile(folder, "report", ".html");
        Files.writeString(page, HtmlReport.of(report));
        browser.get(page.toUri() + fragment);
    }

    /** Opens what {@code bpfmc check} writes of the objects. */
    private static void check(String fragment, String... objects) {
        Path page = folder.resolve("checked.html");
        var ignored = new PrintWriter(Writer.nullWriter());
        Main.run(ignored, ignored, Lists.mutable.with("check", "--format", "html=" + page).withAll(List.of(objects)).toArray(new String[0]));
        browser.get("about:blank");
        browser.get(page.toUri() + fragment);
    }

    private static CheckReport of(String... samples) {
        return Reported.of(FailOn.WARNING, Lists.immutable.empty(), samples);
    }

    private static WebElement find(String css) {
        return browser.findElement(By.cssSelector(css));
    }

    private static String count() {
        return find(".count").getText();
    }

    private static List<String> texts(String css) {
        return browser.findElements(By.cssSelector(css)).stream().map(WebElement::getText).toList();
    }

    @Test
    void nothingIsLoggedAndNothingIsAskedOfTheNetwork() throws IOException {
        open(Reported.all(), "");
        assertThat(browser.manage().logs().get(LogType.BROWSER).getAll()).isEmpty();
        assertThat(browser.executeScript("return performance.getEntriesByType('resource').length")).isEqualTo(0L);
        assertThat(texts("h1 .verdict")).containsExactly("VIOLATED");
    }

    @Test
    void laneEachCpuAndTheStepsInTheirOrder() throws IOException {
        open(of("lock/hash_elem_no_lock"), "#p1");
        assertThat(texts(".lane .name")).containsExactly("CPU0", "CPU1");
        assertThat(texts(".tick")).hasSize(6).anySatisfy(t -> assertThat(t).contains("store 5 overwrites step 5"));
        assertThat(count()).isEqualTo("step 1 of 6");
    }

    @Test
    void keysStepForthAndBack() throws IOException {
        open(of("lock/hash_elem_no_lock"), "#p1");
        WebElement timeline = find(".timeline");
        timeline.sendKeys(Keys.ARROW_RIGHT);
        timeline.sendKeys(Keys.ARROW_RIGHT);
        assertThat(count()).isEqualTo("step 3 of 6");
        timeline.sendKeys(Keys.ARROW_LEFT);
        assertThat(count()).isEqualTo("step 2 of 6");
        timeline.sendKeys(Keys.END);
        assertThat(count()).isEqualTo("step 6 of 6");
        timeline.sendKeys(Keys.ARROW_RIGHT);
        assertThat(count()).as("nothing lies behind the end").isEqualTo("step 6 of 6");
        timeline.sendKeys(Keys.HOME);
        assertThat(count()).isEqualTo("step 1 of 6");
        timeline.sendKeys(Keys.SPACE);
        assertThat(texts(".controls button")).contains("stop");
        timeline.sendKeys(Keys.SPACE);
        assertThat(texts(".controls button")).contains("play");
    }

    @Test
    void clicksStepAndTheAddressFollows() throws IOException {
        open(of("lock/hash_elem_no_lock"), "#p1");
        find("button[aria-label='step forward']").click();
        assertThat(browser.getCurrentUrl()).endsWith("#p1-step2");
        browser.findElements(By.cssSelector(".tick")).get(4).click();
        assertThat(count()).matches("step [1-6] of 6");
        assertThat(find(".tick[aria-current=step]").getText()).isEqualTo(texts(".tick").get(4));
        find("button[aria-label='last step']").click();
        assertThat(browser.getCurrentUrl()).endsWith("#p1-step6");
        find("button[aria-label='step back']").click();
        find("button[aria-label='first step']").click();
        assertThat(browser.getCurrentUrl()).endsWith("#p1-step1");
    }

    @Test
    void linkToOneStepShowsItsLineAndWhatMemoryHolds() throws IOException {
        open(of("lock/hash_elem_no_lock"), "#p1-step5");
        assertThat(count()).isEqualTo("step 5 of 6");
        assertThat(find(".source tr.now").getText()).contains("val->cnt++").contains("CPU1");
        assertThat(texts(".source tr.here")).hasSize(1);
        assertThat(texts(".cells tr.changed")).containsExactly("hash_map[{0}].cnt 5 was 4");
        assertThat(texts(".cells tr")).contains("CPU0 count (softirq)", "CPU1 count (softirq)");
    }

    @Test
    void linksBeyondTheEndOrToNothingAreHarmless() throws IOException {
        open(of("lock/hash_elem_no_lock"), "#p1-step99");
        assertThat(count()).isEqualTo("step 6 of 6");
        open(of("lock/hash_elem_no_lock"), "#p7-step1");
        open(of("lock/hash_elem_no_lock"), "#<script>");
        assertThat(browser.manage().logs().get(LogType.BROWSER).getAll()).isEmpty();
    }

    @Test
    void nestedAgentIsABoxInItsCpusLaneAndTheStackIsTold() throws IOException {
        check("#p1", "../specs/nesting/percpu_counter.bpf.o");
        assertThat(texts("#p1 .lane .name")).containsExactly("CPU0");
        assertThat(texts("#p1 .tick.nested")).first().asString().startsWith("softirq ");
        while (!find("#p1 .tick[aria-current=step]").getDomAttribute("class").contains("nested")) {
            find("#p1 .timeline").sendKeys(Keys.ARROW_RIGHT);
        }
        assertThat(texts("#p1 .cells tr")).anySatisfy(row -> assertThat(row).matches("CPU0 .* over .*"));
    }

    @Test
    void whatAProgramHasSwitchedOffOnItsCpuIsTold() throws IOException {
        open(of("lock/two_programs"), "#p1-step1");
        boolean told = false;
        for (int step = 0; step < 12 && !told; step++) {
            told = texts("#p1 .cells tr").stream().anyMatch(row -> row.matches("CPU\\d count_\\w+ \\(softirq, interrupts off\\)"));
            find("#p1 .timeline").sendKeys(Keys.ARROW_RIGHT);
        }
        assertThat(told).isTrue();
    }

    @Test
    void lockIsABarOverTheStepsOfItsOwner() throws IOException {
        open(of("lock/read_outside"), "#p1");
        assertThat(texts(".lock")).isNotEmpty().allSatisfy(t -> assertThat(t).contains("["));
        assertThat(find(".lock").getSize().getWidth()).isGreaterThan(find(".tick").getSize().getWidth());
    }

    @Test
    void matrixLeadsToTheProblemAndWordsNarrowTheProblems() throws IOException {
        check("", "../specs/nesting/percpu_counter.bpf.o", "../specs/lock/hash_elem_no_lock.bpf.o");
        assertThat(texts("th[scope=col]")).isNotEmpty();
        int problems = browser.findElements(By.cssSelector("article.problem")).size();
        find(".matrix a").click();
        assertThat(browser.getCurrentUrl()).contains("#p1");
        find("#filter").sendKeys("hash_map cpu1");
        assertThat(texts(".shown")).containsExactly("1 of " + problems + " problems");
        assertThat(browser.findElements(By.cssSelector("article.problem")).stream().filter(WebElement::isDisplayed)).hasSize(1);
    }

    @Test
    void everythingInteractiveHasANameAndTheKeyboardReachesIt() throws IOException {
        open(of("lock/hash_elem_no_lock"), "#p1");
        @SuppressWarnings("unchecked")
        List<String> nameless = (List<String>) browser.executeScript("""
                return [...document.querySelectorAll('button, a, input, [tabindex], table, [role]')].filter(e => !(e.getAttribute('aria-label')
                  || e.textContent.trim() || document.querySelector('label[for="' + e.id + '"]'))).map(e => e.outerHTML)""");
        assertThat(nameless).isEmpty();
        find(".timeline").sendKeys(Keys.TAB);
        assertThat(browser.switchTo().activeElement().getTagName()).isEqualTo("button");
    }

    @Test
    void textIsReadableInLightAndInDark() throws IOException {
        for (String scheme : List.of("light", "dark")) {
            browser.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
            open(of("lock/hash_elem_no_lock", "lock/hash_elem", "unsupported/loop"), "#p1-step3");
            @SuppressWarnings("unchecked")
            List<String> faint = (List<String>) browser.executeScript("""
                    const rgb = c => c.match(/[\\d.]+/g).map(Number);
                    const light = c => rgb(c).slice(0, 3).map(v => v / 255).map(v => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
                      .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
                    const back = e => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor;
                      if (rgb(c).length < 4 || rgb(c)[3] > 0) return c; } return 'rgb(255,255,255)'; };
                    const all = [...document.querySelectorAll('body *')].filter(e => e.checkVisibility() && [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()));
                    return all.filter(e => { const a = light(getComputedStyle(e).color), b = light(back(e));
                      return (Math.max(a, b) + .05) / (Math.min(a, b) + .05) < 4.5; }).map(e => e.outerHTML.slice(0, 80))""");
            assertThat(faint).as(scheme).isEmpty();
        }
        browser.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", List.of()));
    }

    @Test
    void paperShowsTheTimelineAndNoButtonsToStep() throws IOException {
        open(of("lock/hash_elem_no_lock"), "#p1");
        browser.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("media", "print"));
        assertThat(find(".controls").isDisplayed()).isFalse();
        assertThat(find(".timeline").isDisplayed()).isTrue();
        browser.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("media", ""));
    }

    /** In under a second on a quiet machine; this one may be shared, and three times slower. */
    @Test
    void twoHundredPairsWithFiveHundredStepsEachOpenAtOnce() throws IOException {
        ObjectReport one = Reported.object("lock/hash_elem_no_lock");
        ImmutableList<ScenarioResult> pairs = Lists.immutable.fromStream(IntStream.range(0, 200).mapToObj(i -> long500(one.report().results().getFirst(), i)));
        var report = Reports.of(one.report().object(), pairs, one.report().rules(), one.report().scope());
        assertThat(report.problems()).hasSize(200);
        long best = Long.MAX_VALUE;
        for (int attempt = 0; attempt < 3 && best >= 1000; attempt++) {
            open(new CheckReport(Lists.immutable.with(new ObjectReport("big.bpf.o", report)), Lists.immutable.empty(), FailOn.WARNING, new Origin("1", Path.of("/"))), "#p200-step500");
            assertThat(find("#p200 .count").getText()).isEqualTo("step 500 of 500");
            best = Math.min(best, (Long) browser.executeScript("return Math.round(performance.getEntriesByType('navigation')[0].domComplete)"));
        }
        assertThat(best).as("milliseconds until the page is complete").isLessThan(3000);
    }

    /** The same scenario under another name, its finding elsewhere and its interleaving with 500 steps. */
    private static ScenarioResult long500(ScenarioResult like, int number) {
        var fault = ((Verdict.Violated) like.verdict()).faults().detect(f -> f.finding().property().equals("lost-update"));
        Counterexample e = fault.counterexample();
        var steps = Lists.immutable.fromStream(IntStream.range(0, 500).mapToObj(i -> e.steps().get(i % e.steps().size())));
        Finding f = fault.finding();
        var places = f.places().collect(p -> new bpfmc.explorer.verdict.Place(p.program(), p.function() + number, p.slot(), p.act()));
        return new ScenarioResult(like.name() + " " + number, like.agents(), new Verdict.Violated(Lists.immutable.with(new Verdict.Fault(
                new Finding(f.about(), f.level(), f.subject(), places),
                new Counterexample(e.element(), e.initially(), steps, e.notes(), e.doubt(), e.inputs()))), Lists.immutable.empty()), like.exploration());
    }
}
