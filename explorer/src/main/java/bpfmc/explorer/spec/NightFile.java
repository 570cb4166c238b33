package bpfmc.explorer.spec;

import bpfmc.model.InputException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.impl.factory.Lists;

/**
 * What is to be checked every night.
 *
 * @param jobs what @param reports the folder of all nights @param formats written for each job, by name
 * @param accepted findings that are known @param slower by which factor a job must be slower to be told
 * @param grown by which factor its states must have grown to be told @param limit seconds in total, empty for none
 * @param workers how many scenarios of an object are explored at the same time; empty for one on each processor
 */
public record NightFile(ImmutableList<Job> jobs, Path reports, ImmutableList<String> formats, ImmutableList<Accepted> accepted, double slower,
        double grown, Optional<Long> limit, Optional<Integer> workers) {
    private static final ImmutableList<String> KEYS = Lists.immutable.with("jobs", "reports", "formats", "baseline", "slower", "grown", "timeout", "workers");
    private static final ImmutableList<String> OF_JOB = Lists.immutable.with("check").newWithAll(Keys.OPTIONS.collect(Keys.Key::key));
    private static final ImmutableList<String> OF_ACCEPTED = Lists.immutable.with("id", "reason", "expires");
    private static final double DEFAULT_FACTOR = 2;

    /** @param paths objects, scenario files, folders or patterns, as the command line takes them @param options of the objects */
    public record Job(ImmutableList<String> paths, ImmutableList<String> options) {}

    /** A finding that is known and accepted for a time. @param id as reports tell it, {@code *} for any characters @param expires the last day */
    public record Accepted(String id, String reason, LocalDate expires) {
        /** {@return whether it is this finding} */
        public boolean matches(String finding) {
            return new bpfmc.explorer.report.Accepted(id, reason).matches(finding);
        }
    }

    /** {@return the file's contents} @throws InputException naming file, line and column of what is wrong */
    public static NightFile read(Path file) {
        Map<String, Yaml> keys = ScenarioFile.compose(file, "say at least 'jobs: [{check: FILE}]'").map(KEYS);
        Path folder = file.getParent() == null ? Path.of("") : file.getParent();
        if (!keys.containsKey("jobs")) {
            throw new InputException(file + ": there are no jobs; say 'jobs: [{check: FILE}]'");
        }
        ImmutableList<Job> jobs = keys.get("jobs").list().flatCollect(one -> jobs(folder, one));
        ImmutableList<Accepted> accepted = keys.containsKey("baseline") ? baseline(folder.resolve(keys.get("baseline").word())) : Lists.immutable.empty();
        return new NightFile(jobs, folder.resolve(keys.containsKey("reports") ? keys.get("reports").word() : "nights").normalize(),
                keys.containsKey("formats") ? keys.get("formats").list().collect(Yaml::word) : Lists.immutable.with("json", "junit", "sarif", "text"),
                accepted, factor(keys.get("slower")), factor(keys.get("grown")),
                Optional.ofNullable(keys.get("timeout")).map(t -> t.quantity(Quantities::seconds)), Optional.ofNullable(keys.get("workers")).map(NightFile::workers));
    }

    private static double factor(Yaml value) {
        try {
            double factor = value == null ? DEFAULT_FACTOR : Double.parseDouble(value.word());
            if (factor > 1) {
                return factor;
            }
        } catch (NumberFormatException e) {
            throw value.error("'" + value.word() + "' is no number");
        }
        throw value.error("a factor is more than 1");
    }

    private static int workers(Yaml value) {
        if (value.number() < 1) {
            throw value.error("there is at least one worker");
        }
        return value.number();
    }

    /** {@return a job for each choice of the values of keys that have several} */
    private static ImmutableList<Job> jobs(Path folder, Yaml one) {
        Map<String, Yaml> keys = one.map(OF_JOB);
        if (!keys.containsKey("check")) {
            throw one.error("what is to be checked? say 'check: FILE', relative to this file");
        }
        ImmutableList<String> paths = keys.get("check").list().collect(p -> folder.resolve(p.word()).normalize().toString());
        ImmutableList<ImmutableList<String>> choices = Lists.immutable.with(Lists.immutable.empty());
        for (Keys.Key key : Keys.OPTIONS) {
            if (keys.containsKey(key.key())) {
                ImmutableList<Yaml> values = severalValues(key) ? keys.get(key.key()).list() : Lists.immutable.with(keys.get(key.key()));
                choices = choices.flatCollect(before -> values.collect(value -> with(before, key, value)));
            }
        }
        if (choices.isEmpty()) {
            throw one.error("a key without a value");
        }
        return choices.collect(options -> new Job(paths, options));
    }

    private static boolean severalValues(Keys.Key key) {
        return key.kind() == Keys.Kind.NUMBER || key.kind() == Keys.Kind.NUMBER_OR_ANY || key.kind() == Keys.Kind.WORD;
    }

    private static ImmutableList<String> with(ImmutableList<String> before, Keys.Key key, Yaml value) {
        MutableList<String> options = before.toList();
        ScenarioFile.option(key, value, options);
        return options.toImmutable();
    }

    private static ImmutableList<Accepted> baseline(Path file) {
        return ScenarioFile.compose(file, "say '[]' when nothing is accepted").list().collect(one -> {
            Map<String, Yaml> keys = one.map(OF_ACCEPTED);
            OF_ACCEPTED.each(k -> {
                if (!keys.containsKey(k)) {
                    throw one.error("an accepted finding has an id, a reason and a day on which it expires; '" + k + "' is missing");
                }
            });
            Yaml day = keys.get("expires");
            try {
                return new Accepted(keys.get("id").word(), keys.get("reason").word(), LocalDate.parse(day.word()));
            } catch (DateTimeParseException e) {
                throw day.error("'" + day.word() + "' is no day; write 2027-01-31");
            }
        });
    }
}
