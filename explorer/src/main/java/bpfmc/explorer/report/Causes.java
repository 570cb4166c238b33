package bpfmc.explorer.report;

import bpfmc.explorer.report.Cause.Order;
import bpfmc.explorer.report.Cause.Row;
import bpfmc.explorer.verdict.AccessSite;
import bpfmc.explorer.verdict.AccessSite.Lock;
import bpfmc.explorer.verdict.Finding;
import bpfmc.explorer.verdict.Place;
import bpfmc.explorer.verdict.ScenarioResult;
import bpfmc.explorer.verdict.Subject;
import bpfmc.explorer.verdict.Verdict;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.collections.api.bag.MutableBag;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.impl.factory.Bags;
import org.eclipse.collections.impl.factory.Lists;

/** What the accesses to each field that is part of a finding have in common, over all scenarios of an object. */
final class Causes {
    private final Naming naming;
    private final ImmutableList<AccessSite> sites;
    private final ImmutableList<Finding> findings;
    private final Map<Subject, Cause> causes = new HashMap<>();

    Causes(Naming naming, ImmutableList<ScenarioResult> results) {
        this.naming = naming;
        this.sites = results.flatCollect(r -> r.accesses().all());
        this.findings = results.collect(ScenarioResult::verdict).selectInstancesOf(Verdict.Violated.class).flatCollect(Verdict.Violated::faults)
                .collect(Verdict.Fault::finding).select(Causes::concerned);
    }

    /** {@return what the accesses to the finding's memory have in common; empty for findings that are about no order of accesses, and where no accesses are told} */
    Optional<Cause> of(Finding finding) {
        return concerned(finding) ? Optional.of(causes.computeIfAbsent(finding.subject(), this::cause)).filter(c -> c.accesses().notEmpty()) : Optional.empty();
    }

    private static boolean concerned(Finding finding) {
        return finding.about().cause().equals(Finding.UNORDERED) && finding.subject().size() > 0;
    }

    private Cause cause(Subject field) {
        ImmutableList<Row> rows = rows(sites.select(s -> s.subject().overlaps(field)));
        Order order = order(rows);
        ImmutableList<Place> found = findings.select(f -> f.subject().overlaps(field)).flatCollect(Finding::places);
        ImmutableList<Row> odd = order instanceof Order.Nothing ? Lists.immutable.empty()
                : rows.select(r -> !Cause.has(order, r) && r.places().anySatisfy(found::contains));
        return new Cause(field, rows, order, odd);
    }

    /** The lock that most accesses own; without one, whether some are atomic. */
    private static Order order(ImmutableList<Row> rows) {
        MutableBag<Lock> locks = Bags.mutable.withAll(rows.flatCollect(Row::held));
        if (locks.notEmpty()) {
            int most = locks.topOccurrences(1).getFirst().getTwo();
            return new Order.ByLock(rows.flatCollect(Row::held).detect(l -> locks.occurrencesOf(l) == most));
        }
        return rows.anySatisfy(Row::atomic) ? new Order.Atomically() : new Order.Nothing();
    }

    private record Line(String program, String function, String file, int number) {}

    private ImmutableList<Row> rows(ImmutableList<AccessSite> met) {
        Map<Line, MutableList<AccessSite>> lines = new LinkedHashMap<>();
        ImmutableList<AccessSite> inOrder = met.toSortedList(Comparator.comparing((AccessSite s) -> naming.number(s.place().program())).thenComparing(AccessSite::place))
                .toImmutable();
        inOrder.each(s -> lines.computeIfAbsent(line(s.place()), l -> Lists.mutable.empty()).add(s));
        return Lists.immutable.withAll(lines.values()).collect(Causes::row);
    }

    private Line line(Place place) {
        return naming.line(place.program(), place.slot()).map(l -> new Line(place.program(), place.function(), l.file(), l.line()))
                .orElse(new Line(place.program(), place.function(), "", place.slot()));
    }

    private static Row row(MutableList<AccessSite> line) {
        ImmutableList<Lock> held = line.getFirst().held().select(l -> line.allSatisfy(s -> s.held().contains(l)));
        ImmutableList<String> off = line.collect(AccessSite::off).distinct().toImmutable();
        return new Row(line.collect(AccessSite::place).distinct().toImmutable(), line.collect(AccessSite::level).distinct().toImmutable(), held,
                line.allSatisfy(AccessSite::atomic), off.size() == 1 ? off.getFirst() : "");
    }
}
