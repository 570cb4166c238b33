package bpfmc.explorer.report.format;

import bpfmc.explorer.report.CheckReport;
import bpfmc.explorer.report.FailOn;
import bpfmc.explorer.report.Naming;
import bpfmc.explorer.report.ObjectReport;
import bpfmc.explorer.report.Report;
import bpfmc.explorer.report.Status;
import bpfmc.explorer.report.Unreadable;
import bpfmc.explorer.report.Wording;
import bpfmc.explorer.verdict.ScenarioResult;
import bpfmc.explorer.verdict.Verdict;
import java.io.StringWriter;
import java.util.Locale;
import java.util.Optional;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.eclipse.collections.api.list.ImmutableList;

/**
 * The verdicts as JUnit XML: a suite an object, a test case a scenario, a failure for each problem it shows. Inconclusive
 * scenarios are errors or skipped, as asked: a CI job should not take them for passed. The elements are those that Jenkins,
 * GitLab and the GitHub actions for test reports read.
 */
final class JUnitReport {
    /** How a scenario that is inconclusive is told. */
    enum Inconclusive { ERROR, SKIPPED }

    private final Inconclusive inconclusive;
    private final StringWriter text = new StringWriter();
    private final XMLStreamWriter xml;

    private JUnitReport(Inconclusive inconclusive) throws XMLStreamException {
        this.inconclusive = inconclusive;
        this.xml = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
    }

    static String of(CheckReport all, Inconclusive inconclusive) {
        try {
            var report = new JUnitReport(inconclusive);
            report.suites(all);
            return report.text + "\n";
        } catch (XMLStreamException e) {
            throw new IllegalStateException("XML into a string", e);
        }
    }

    private void suites(CheckReport all) throws XMLStreamException {
        xml.writeStartDocument("UTF-8", "1.0");
        start(0, "testsuites", "name", "bpfmc");
        for (ObjectReport object : all.objects()) {
            suite(object, all.failOn());
        }
        for (Unreadable unreadable : all.unreadable()) {
            start(1, "testsuite", "name", unreadable.path(), "tests", "1", "failures", "0", "errors", "1", "skipped", "0", "time", "0.000");
            start(2, "testcase", "classname", unreadable.path(), "name", "read", "time", "0.000");
            outcome("error", "input", unreadable.message(), unreadable.message());
            end(2);
            end(1);
        }
        end(0);
        xml.writeEndDocument();
    }

    private void suite(ObjectReport object, FailOn failOn) throws XMLStreamException {
        if (object.expected().isPresent()) {
            expected(object);
            return;
        }
        Report report = object.report();
        int violated = report.results().count(r -> failOn.count(r.verdict()) == Status.VIOLATED || failOn.count(r.verdict()) == Status.REJECTED);
        int open = report.results().count(r -> failOn.count(r.verdict()) == Status.INCONCLUSIVE);
        boolean errors = inconclusive == Inconclusive.ERROR;
        start(1, "testsuite", "name", object.path(), "tests", String.valueOf(report.results().size()), "failures", String.valueOf(violated),
                "errors", String.valueOf(errors ? open : 0), "skipped", String.valueOf(errors ? 0 : open), "time",
                seconds(report.results().sumOfDouble(r -> r.exploration().seconds())));
        for (ScenarioResult result : report.results()) {
            start(2, "testcase", "classname", object.path(), "name", result.name(), "time", seconds(result.exploration().seconds()));
            testCase(report, result, failOn);
            end(2);
        }
        end(1);
    }

    /** A scenario of which something is expected is one test, which passes when that comes. */
    private void expected(ObjectReport object) throws XMLStreamException {
        Report report = object.report();
        Optional<String> difference = object.expected().orElseThrow().difference(report);
        String time = seconds(report.results().sumOfDouble(r -> r.exploration().seconds()));
        start(1, "testsuite", "name", object.path(), "tests", "1", "failures", difference.isPresent() ? "1" : "0", "errors", "0", "skipped", "0",
                "time", time);
        start(2, "testcase", "classname", object.path(), "name", "as expected", "time", time);
        if (difference.isPresent()) {
            outcome("failure", "expectation", difference.get(), TextReport.of(report));
        }
        end(2);
        end(1);
    }

    private void testCase(Report report, ScenarioResult result, FailOn failOn) throws XMLStreamException {
        Naming naming = new Naming(report.object());
        switch (failOn.count(result.verdict())) {
            case HOLDS -> { }
            case INCONCLUSIVE -> {
                ImmutableList<String> reasons = result.verdict().unfinished().collect(r -> Wording.reason(naming, r));
                outcome(inconclusive == Inconclusive.ERROR ? "error" : "skipped", "inconclusive", "inconclusive: " + reasons.getFirst(),
                        reasons.makeString("\n"));
            }
            case REJECTED -> {
                var findings = ((Verdict.Rejected) result.verdict()).findings();
                outcome("failure", findings.getFirst().rule(), findings.collect(f -> f.rule()).distinct().makeString(", "),
                        findings.collect(f -> RuleText.rejection(report.object(), f)).makeString("\n"));
            }
            case VIOLATED -> {
                var faults = ((Verdict.Violated) result.verdict()).faults();
                ImmutableList<String> properties = faults.collect(f -> f.finding().property()).distinct().toSortedList().toImmutable();
                String ids = Wording.ids(naming, result).makeString("\n");
                outcome("failure", properties.getFirst(), properties.collect(p -> p.replace('-', ' ')).makeString(", "),
                        ids + "\n\n" + TextReport.problems(report, result));
            }
        }
    }

    private void outcome(String element, String type, String message, String body) throws XMLStreamException {
        start(3, element, "type", type, "message", printable(message));
        xml.writeCharacters(printable(body));
        xml.writeEndElement();
    }

    private void start(int depth, String element, String... attributes) throws XMLStreamException {
        xml.writeCharacters("\n" + "  ".repeat(depth));
        xml.writeStartElement(element);
        for (int i = 0; i < attributes.length; i += 2) {
            xml.writeAttribute(attributes[i], printable(attributes[i + 1]));
        }
    }

    private void end(int depth) throws XMLStreamException {
        xml.writeCharacters("\n" + "  ".repeat(depth));
        xml.writeEndElement();
    }

    private static String seconds(double seconds) {
        return String.format(Locale.ROOT, "%.3f", seconds);
    }

    /** Names come from the object, where they may hold any character; XML 1.0 forbids most control characters even when escaped. */
    private static String printable(String text) {
        return text.codePoints().map(c -> c >= 0x20 && c != 0xfffe && c != 0xffff && (c < 0xd800 || c > 0xdfff) || c == '\n' || c == '\t' ? c : 0xfffd)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
    }
}
