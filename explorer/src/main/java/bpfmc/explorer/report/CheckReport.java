package bpfmc.explorer.report;

import org.eclipse.collections.api.list.ImmutableList;

/**
 * All that one call has to say: what every format renders.
 *
 * @param objects what was checked, in the order given
 * @param unreadable what could not be checked, in the order given
 * @param failOn which findings make the call fail
 * @param origin who made it, and where
 */
public record CheckReport(ImmutableList<ObjectReport> objects, ImmutableList<Unreadable> unreadable, FailOn failOn, Origin origin) {

    /** {@return the reports alone} */
    public ImmutableList<Report> reports() {
        return objects.collect(ObjectReport::report);
    }

    /** {@return the gravest verdict of all objects; one that could not be read counts as inconclusive, one that came as expected as one that holds} */
    public Status status() {
        return objects.collect(o -> expectedOr(o, o.report().status())).newWithAll(ofUnreadable()).maxOptional().orElse(Status.HOLDS);
    }

    /** {@return the status that the exit code stands for: that of the verdicts, but for findings that do not fail the call} */
    public Status counted() {
        return objects.collect(o -> expectedOr(o, o.report().results().collect(x -> failOn.count(x.verdict()))
                .newWith(o.report().rules().rejected() ? Status.REJECTED : o.report().results().isEmpty() ? Status.INCONCLUSIVE : Status.HOLDS).max())).newWithAll(ofUnreadable()).maxOptional()
                .orElse(Status.HOLDS);
    }

    /** What comes as expected is as good as what holds; what does not is as bad as a violation, or as open as it is. */
    private static Status expectedOr(ObjectReport object, Status status) {
        return object.asExpected().map(met -> met ? Status.HOLDS : object.report().status() == Status.INCONCLUSIVE ? Status.INCONCLUSIVE
                : Status.VIOLATED).orElse(status);
    }

    private ImmutableList<Status> ofUnreadable() {
        return unreadable.collect(u -> Status.INCONCLUSIVE);
    }
}
