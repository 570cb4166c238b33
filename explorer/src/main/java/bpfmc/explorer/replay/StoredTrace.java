package bpfmc.explorer.replay;

import bpfmc.explorer.report.format.StoredReport;
import java.nio.file.Path;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.impl.factory.Lists;
import tools.jackson.databind.JsonNode;

/**
 * A counterexample as a JSON report keeps it ({@code bpfmc schema report}).
 *
 * @param object its file name @param scenario which agents ran @param finding the whole finding, for a page
 * @param steps in order, at least one
 */
public record StoredTrace(String object, String scenario, JsonNode finding, ImmutableList<StoredStep> steps) {
    /** {@return the finding's id} */
    public String id() {
        return finding.path("id").asString("");
    }

    /** {@return what goes wrong, in one sentence} */
    public String message() {
        return finding.path("message").asString("");
    }

    /** {@return the memory that the finding is about and what it held at first, "" when it is about none} */
    public String initially() {
        String value = finding.path("initially").asString("");
        return value.isEmpty() ? "" : finding.path("element").asString("") + " = " + value;
    }

    /** {@return who interrupts whom, who waits for whom; and the inputs that lead here} */
    public ImmutableList<String> notes() {
        MutableList<String> notes = Lists.mutable.empty();
        finding.path("inputs").forEach(i -> notes.add("with " + i.asString("")));
        finding.path("notes").forEach(n -> notes.add(n.asString("")));
        return notes.toImmutable();
    }

    /** {@return the counterexamples of a JSON report, those that it tells as problems first} @throws InputException when it is none, or of another version */
    public static ImmutableList<StoredTrace> read(Path file) {
        JsonNode root = StoredReport.read(file);
        MutableList<StoredTrace> traces = Lists.mutable.empty();
        for (JsonNode scenario : root.path("scenarios")) {
            for (JsonNode finding : scenario.path("findings")) {
                ImmutableList<StoredStep> steps = Lists.immutable.withAll(finding.path("trace")).collect(StoredStep::of);
                if (steps.notEmpty()) {
                    traces.add(new StoredTrace(scenario.path("object").asString(""), scenario.path("name").asString(""), finding, steps));
                }
            }
        }
        var told = Lists.immutable.withAll(root.path("problems")).collect(p -> p.path("id").asString("") + " in " + p.path("scenario").asString(""));
        return traces.sortThisByInt(t -> told.indexOf(t.id() + " in " + t.scenario()) < 0 ? told.size() : told.indexOf(t.id() + " in " + t.scenario()))
                .toImmutable();
    }
}
