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

    /** {@return the gravest verdict of all objects, where one that could not be read counts as inconclusive} */
    public Status status() {
        return reports().collect(Report::status).newWithAll(ofUnreadable()).maxOptional().orElse(Status.HOLDS);
    }

    /** {@return the status that the exit code stands for: that of the verdicts, but for findings that do not fail the call} */
    public Status counted() {
        return reports().flatCollect(r -> r.results().collect(x -> failOn.count(x.verdict()))
                .newWith(r.rules().rejected() ? Status.REJECTED : Status.HOLDS)).newWithAll(ofUnreadable()).maxOptional().orElse(Status.HOLDS);
    }

    private ImmutableList<Status> ofUnreadable() {
        return unreadable.collect(u -> Status.INCONCLUSIVE);
    }
}
