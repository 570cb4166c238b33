package bpfmc.explorer.nightly;

import bpfmc.explorer.spec.NightFile;
import bpfmc.explorer.spec.NightFile.Accepted;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.impl.factory.Lists;

/**
 * What is otherwise than in the night before. A finding is known by its job and its id.
 *
 * @param fresh findings that neither the night before nor the baseline knows @param open those that the night before knows as well
 * @param fixed findings of the night before that are gone @param accepted findings that the baseline accepts
 * @param changed jobs whose verdict changed @param slower jobs that took longer @param grown jobs with more states
 * @param stale entries of the baseline that match nothing, or have expired
 */
public record NightComparison(ImmutableList<String> fresh, ImmutableList<String> open, ImmutableList<String> fixed, ImmutableList<String> accepted,
        ImmutableList<String> changed, ImmutableList<String> slower, ImmutableList<String> grown, ImmutableList<String> stale) {
    /** Shorter jobs vary by more than any factor. */
    private static final double SHORTEST = 1;

    /** @param before the night before, empty for the first one @param today the day that decides what has expired */
    public static NightComparison of(ImmutableList<JobResult> before, ImmutableList<JobResult> now, NightFile file, LocalDate today) {
        MutableList<String> fresh = Lists.mutable.empty();
        MutableList<String> open = Lists.mutable.empty();
        MutableList<String> fixed = Lists.mutable.empty();
        MutableList<String> known = Lists.mutable.empty();
        MutableList<String> changed = Lists.mutable.empty();
        MutableList<String> slower = Lists.mutable.empty();
        MutableList<String> grown = Lists.mutable.empty();
        ImmutableList<Accepted> valid = file.accepted().reject(a -> a.expires().isBefore(today));
        for (JobResult job : now) {
            Optional<JobResult> old = before.detectOptional(b -> b.name().equals(job.name()));
            for (String finding : job.findings()) {
                boolean accepted = valid.anySatisfy(a -> a.matches(finding));
                boolean old1 = old.isPresent() && old.get().findings().contains(finding);
                (accepted ? known : old1 ? open : fresh).add(job.name() + ": " + finding);
            }
            old.ifPresent(o -> {
                o.findings().stream().filter(f -> !job.findings().contains(f)).forEach(f -> fixed.add(job.name() + ": " + f));
                if (!o.verdict().equals(job.verdict())) {
                    changed.add(job.name() + ": " + o.verdict() + " before, " + job.verdict() + " now");
                }
                if (job.seconds() > SHORTEST && job.seconds() > file.slower() * o.seconds()) {
                    slower.add(String.format(Locale.ROOT, "%s: %.1f s before, %.1f s now", job.name(), o.seconds(), job.seconds()));
                }
                if (o.states() > 0 && job.states() > file.grown() * o.states()) {
                    grown.add(job.name() + ": " + o.states() + " states before, " + job.states() + " now");
                }
            });
        }
        MutableList<String> stale = Lists.mutable.empty();
        for (Accepted a : file.accepted()) {
            if (a.expires().isBefore(today)) {
                stale.add(a.id() + ": expired on " + a.expires() + " (" + a.reason() + ")");
            } else if (now.noneSatisfy(j -> j.findings().stream().anyMatch(a::matches))) {
                stale.add(a.id() + ": found no longer; remove it from the baseline (" + a.reason() + ")");
            }
        }
        return new NightComparison(fresh.toImmutable(), open.toImmutable(), fixed.toImmutable(), known.toImmutable(), changed.toImmutable(),
                slower.toImmutable(), grown.toImmutable(), stale.toImmutable());
    }
}
