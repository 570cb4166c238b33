package bpfmc.explorer.replay;

import bpfmc.model.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.impl.factory.Lists;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A counterexample as a JSON report keeps it ({@code bpfmc schema report}).
 *
 * @param object its file name @param scenario which agents ran @param finding the whole finding, for a page
 * @param steps in order, at least one
 */
public record StoredTrace(String object, String scenario, JsonNode finding, ImmutableList<StoredStep> steps) {
    private static final int VERSION = 1;

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
        JsonNode root = parse(file);
        JsonNode version = root.path("version");
        if (!version.isInt() || !root.path("scenarios").isArray()) {
            throw new InputException(file + ": this is no report of bpfmc; write one with 'bpfmc check --format json=FILE OBJECT'");
        }
        if (version.asInt() != VERSION) {
            throw new InputException(file + ": a report of version " + version.asInt() + "; this bpfmc reads version " + VERSION);
        }
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

    private static JsonNode parse(Path file) {
        try {
            return JsonMapper.shared().readTree(Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new InputException(file + ": no such file");
        } catch (IOException e) {
            throw new InputException(file + ": cannot be read as text (" + e.getMessage() + ")");
        } catch (JacksonException e) {
            var at = e.getLocation();
            throw new InputException(file + (at == null ? "" : ":" + at.getLineNr() + ":" + at.getColumnNr()) + ": not JSON; write a report with "
                    + "'bpfmc check --format json=FILE OBJECT'");
        }
    }
}
