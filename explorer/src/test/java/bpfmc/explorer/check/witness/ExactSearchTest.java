package bpfmc.explorer.check.witness;

import static org.assertj.core.api.Assertions.assertThat;

import bpfmc.explorer.property.Properties;
import bpfmc.explorer.property.Property;
import bpfmc.explorer.property.PropertyJudge;
import bpfmc.explorer.scenario.Scenario;
import bpfmc.explorer.search.Finished;
import bpfmc.explorer.search.Limits;
import bpfmc.explorer.search.PathResult;
import bpfmc.explorer.search.Progress;
import bpfmc.explorer.search.Search;
import bpfmc.explorer.search.ShortestPath;
import bpfmc.explorer.system.BpfSystem;
import bpfmc.explorer.system.RandomSystems;
import bpfmc.explorer.system.Systems;
import bpfmc.explorer.system.exact.ExactReplay;
import bpfmc.explorer.system.exact.TargetCondition;
import bpfmc.explorer.verdict.Finding;
import bpfmc.explorer.verdict.Gap;
import bpfmc.explorer.verdict.Observation;
import bpfmc.model.value.bits.Decisions;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;
import org.junit.jupiter.api.Test;

/** Two ways to decide a finding that share little: down one path with nothing forgotten, and through all of a system that forgets nothing. */
class ExactSearchTest {
    private static final int SYSTEMS = 60;
    private static final int MOST_FINDINGS = 3;
    private static final Limits SMALL = Limits.NONE.withMaxStates(3_000);
    private static final ImmutableList<Property> PROPERTIES = Properties.all();

    @Test
    void refutesNothingThatInputsLeadTo() {
        Random random = new Random(20260918);
        Map<String, Integer> counts = new TreeMap<>();
        for (int i = 0; i < SYSTEMS; i++) {
            Scenario scenario = RandomSystems.next(random);
            int number = i;
            Systems.with(scenario, system -> {
                compare(system, number, counts);
                return system;
            });
        }
        assertThat(counts.getOrDefault("confirmed, Reached", 0)).as("%s", counts).isGreaterThan(40);
        assertThat(counts).as("%s", counts).doesNotContainKey("confirmed, Refuted");
    }

    private static void compare(BpfSystem system, int number, Map<String, Integer> counts) {
        PropertyJudge judge = new PropertyJudge(system, PROPERTIES);
        var outcome = Search.<Observation>explore(system, judge, SMALL, Progress.NONE);
        if (!(outcome.end() instanceof Finished)) {
            return;
        }
        Set<Gap> gaps = outcome.findings().toList().selectInstancesOf(Gap.class).toSet();
        for (Finding finding : outcome.findings().toList().selectInstancesOf(Finding.class).take(MOST_FINDINGS)) {
            boolean confirmed = confirmed(system, judge, finding);
            ExactSearch.Result<Finding> result = new ExactSearch(system.scenario(), PROPERTIES, gaps, Limits.NONE.withMaxStates(20_000), new Decisions(3000))
                    .find(Lists.immutable.with(finding), (exact, f) -> wanted(f), Goals.Reached::finding);
            counts.merge((confirmed ? "confirmed, " : "open, ") + result.getClass().getSimpleName(), 1, Integer::sum);
            assertThat(confirmed && result instanceof ExactSearch.Result.Refuted).as("system %d, %s", number, finding).isFalse();
            if (result instanceof ExactSearch.Result.Reached<Finding> r) {
                assertThat(r.way()).isEqualTo(finding);
            }
        }
    }

    private static boolean confirmed(BpfSystem system, PropertyJudge judge, Finding finding) {
        PathResult path = ShortestPath.find(system, (state, terminal) -> {
            boolean[] shown = {false};
            judge.judge(state, terminal, o -> shown[0] |= o.equals(finding));
            return shown[0];
        }, Limits.NONE);
        return ExactReplay.of(system, ((PathResult.Found) path).path(), wanted(finding), new Decisions(3000)).doubt().isEmpty();
    }

    private static TargetCondition wanted(Finding finding) {
        return PROPERTIES.detect(p -> p.name().equals(finding.property())).wanted(finding);
    }
}
