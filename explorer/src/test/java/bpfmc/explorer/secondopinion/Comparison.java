package bpfmc.explorer.secondopinion;

import bpfmc.explorer.check.ScenarioChecker;
import bpfmc.explorer.property.Properties;
import bpfmc.explorer.scenario.Scenario;
import bpfmc.explorer.search.Limits;
import bpfmc.explorer.search.Progress;
import bpfmc.explorer.secondopinion.enumerator.Enumerator;
import bpfmc.explorer.secondopinion.enumerator.Found;
import bpfmc.explorer.secondopinion.enumerator.Found.Place;
import bpfmc.explorer.secondopinion.enumerator.Found.Property;
import bpfmc.explorer.secondopinion.enumerator.NotEnumerated;
import bpfmc.explorer.verdict.Finding;
import bpfmc.explorer.verdict.Level;
import bpfmc.explorer.verdict.ScenarioResult;
import bpfmc.explorer.verdict.Verdict;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;

/** What bpfmc and the enumerator say of one system. @param finished whether bpfmc has explored everything */
record Comparison(Set<Found> enumerated, Set<Found> confirmed, Set<Found> possible, boolean finished, int worlds) {
    private static final int MOST_WORLDS = 8_000;
    private static final int MANY_WORLDS = 40 * MOST_WORLDS;

    /** Numbers to begin with, and those that are tried where they do not suffice to show what bpfmc has confirmed. */
    private static final SmallDomain FEW = new SmallDomain(0, 1, 2);
    private static final SmallDomain MORE = new SmallDomain(0, 1, 2, 3, 5, 7, -1, 0x1_0000_0000L, 0x1_0000_0001L, -2, 0x2_0000_0000L,
            0x1_0002L);

    /** {@return both opinions; empty where there are too many worlds} */
    static Optional<Comparison> of(Scenario scenario) {
        try {
            var few = Enumerator.enumerate(Translation.of(scenario, FEW).orElseThrow(), MOST_WORLDS);
            var c = with(scenario, few.found(), few.worlds());
            if (!c.onlyConfirmed().isEmpty() || !c.onlyPossible().isEmpty()) {
                var more = Enumerator.enumerate(Translation.of(scenario, MORE).orElseThrow(), MANY_WORLDS);
                few.found().addAll(more.found());
                c = new Comparison(few.found(), c.confirmed(), c.possible(), c.finished(), more.worlds());
            }
            return Optional.of(c);
        } catch (NotEnumerated e) {
            if (!e.getMessage().endsWith("worlds")) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private static Comparison with(Scenario scenario, Set<Found> enumerated, int worlds) {
        ScenarioResult result = new ScenarioChecker(Properties.all(), Lists.immutable.empty(), Limits.NONE, Progress.NONE).check(scenario);
        Verdict verdict = result.verdict();
        Set<Found> confirmed = new LinkedHashSet<>();
        Set<Found> possible = new LinkedHashSet<>();
        if (verdict instanceof Verdict.Violated v) {
            v.faults().each(f -> found(f.finding()).ifPresent((f.counterexample().confirmed() ? confirmed : possible)::add));
        }
        result.notes().each(n -> found(n).ifPresent(possible::add));
        return new Comparison(enumerated, confirmed, possible, verdict.unfinished().isEmpty(), worlds);
    }

    /** A stale element's finding also says who has deleted it, a lost update's whose store is lost, of whatever way is told. */
    static Optional<Found> found(Finding f) {
        return java.util.Arrays.stream(Property.values()).filter(p -> p.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(f.property())).findFirst()
                .map(p -> new Found(p, f.level() == Level.WARNING, f.subject().map(),
                        places(p, f).collect(x -> new Place(x.program(), x.slot())).castToList()));
    }

    private static ImmutableList<bpfmc.explorer.verdict.Place> places(Property property, Finding f) {
        return switch (property) {
            case STALE_ELEMENT -> f.places().take(1);
            case LOST_UPDATE -> f.places().take(2);
            default -> f.places();
        };
    }

    Set<Found> onlyEnumerated() {
        return without(without(enumerated, confirmed), possible);
    }

    Set<Found> onlyConfirmed() {
        return without(confirmed, enumerated);
    }

    Set<Found> onlyPossible() {
        return without(possible, enumerated);
    }

    private static Set<Found> without(Set<Found> some, Set<Found> others) {
        return some.stream().filter(f -> !others.contains(f)).collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
