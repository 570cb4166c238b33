package bpfmc.explorer.spec;

import bpfmc.explorer.check.AgentSpec;
import bpfmc.explorer.condition.ScenarioConditions;
import bpfmc.explorer.report.Accepted;
import bpfmc.explorer.report.Expected;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.collections.api.list.ImmutableList;

/**
 * One scenario of a file.
 *
 * @param file where it stands @param name of the scenario @param objects its object files, loaded together
 * @param options what it chooses, as options of {@code bpfmc check} @param words where its words stand
 * @param agents who runs where; none for the default exploration of the object
 * @param expected what must come of it
 * @param stated what maps hold at first, and what must hold later @param accepted findings that are known
 */
public record ScenarioSpec(Path file, String name, ImmutableList<Path> objects, ImmutableList<String> options, ImmutableList<Word> words, ImmutableList<AgentSpec> agents,
        Optional<Expected> expected, ScenarioConditions stated, ImmutableList<Accepted> accepted) {

    /** A word that the scenario chooses by. @param place "file.yaml:line:column" */
    public record Word(String text, String place) {}

    /** {@return why a key, by its name or that of its option, cannot be followed here; empty when it can} @param value what it says */
    public Optional<String> inapplicable(String key, String value) {
        String name = Keys.OPTIONS.detectOptional(k -> k.option().equals(key)).map(Keys.Key::key).orElse(key);
        if (agents.isEmpty()) {
            return Optional.empty();
        }
        return name.equals("cpus") ? contradicted(value) : Optional.ofNullable(Keys.WITHOUT_AGENTS.get(name));
    }

    /** Agents that name their CPUs leave nothing to choose; those on any CPU need as many as are named, or more. */
    private Optional<String> contradicted(String cpus) {
        int named = agents.collectInt(a -> a.cpu().orElse(-1)).max() + 1;
        boolean open = agents.anySatisfy(a -> a.cpu().isEmpty());
        boolean fits = cpus.matches("\\d{1,9}") && (open ? Integer.parseInt(cpus) >= named : Integer.parseInt(cpus) == named);
        return fits ? Optional.empty() : Optional.of("they run on " + named + (named == 1 ? " CPU" : " CPUs") + (open ? " or more" : "") + ", not on " + cpus);
    }

    /** {@return where the word stands that an error message quotes first; the title when it quotes none} */
    public String place(String message) {
        return words.select(w -> quoted(w, message) >= 0).minByOptional(w -> quoted(w, message)).map(Word::place).orElse(title());
    }

    private static int quoted(Word word, String message) {
        return Math.max(message.indexOf("'" + word.text() + "'"), message.indexOf(" " + word.text() + ":"));
    }

    /** {@return "file.yaml: name"} */
    public String title() {
        return file + ": " + name;
    }
}
