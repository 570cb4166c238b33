package bpfmc.model.kernel;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.impl.factory.Lists;

/**
 * What section names mean, by libbpf's conventions ({@code sections.txt}). The first rule that fits decides.
 */
public final class Sections {
    private static final ImmutableList<Rule> RULES = read();

    private Sections() {}

    /**
     * @param prefix the name, or what it begins with
     * @param match whether the name must be the prefix alone, have a target behind a slash, or may have one
     */
    private record Rule(String prefix, Match match, ProgramType type, String attach, boolean sleepable) {
        boolean fits(String name) {
            return switch (match) {
                case EXACT -> name.equals(prefix);
                case TARGET -> name.startsWith(prefix + "/");
                case OPTIONAL -> name.equals(prefix) || name.startsWith(prefix + "/");
            };
        }
    }

    private enum Match { EXACT, TARGET, OPTIONAL }

    /** {@return what the section's name says; type UNSPEC when libbpf would not know it} */
    public static Section parse(String sectionName) {
        boolean autoload = !sectionName.startsWith("?");
        String name = autoload ? sectionName : sectionName.substring(1);
        Rule rule = RULES.detect(r -> r.fits(name));
        if (rule == null) {
            return new Section(name, ProgramType.UNSPEC, "", "", false, autoload);
        }
        String target = name.length() > rule.prefix().length() ? name.substring(rule.prefix().length() + 1) : "";
        return new Section(name, rule.type(), rule.attach(), target, rule.sleepable(), autoload);
    }

    private static ImmutableList<Rule> read() {
        MutableList<Rule> rules = Lists.mutable.empty();
        try (var in = new BufferedReader(new InputStreamReader(
                Sections.class.getResourceAsStream("sections.txt"), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (!line.startsWith("#")) {
                    rules.add(parseRule(line.split(" +")));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rules.toImmutable();
    }

    private static Rule parseRule(String[] words) {
        String pattern = words[0];
        Match match = pattern.endsWith("+") ? Match.OPTIONAL : pattern.endsWith("/") ? Match.TARGET : Match.EXACT;
        String prefix = match == Match.EXACT ? pattern : pattern.substring(0, pattern.length() - 1);
        boolean sleepable = words[words.length - 1].equals("sleepable");
        int attachWords = words.length - 2 - (sleepable ? 1 : 0);
        return new Rule(prefix, match, ProgramType.valueOf(words[1]), attachWords > 0 ? words[2] : "", sleepable);
    }
}
