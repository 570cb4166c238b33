package bpfmc.explorer.parameterized;

import bpfmc.explorer.scenario.CpuRules;
import bpfmc.explorer.verdict.Finding;
import bpfmc.explorer.verdict.Gap;
import bpfmc.explorer.verdict.Observation;
import bpfmc.model.program.BpfObject;
import bpfmc.model.value.Key;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.set.ImmutableSet;
import org.eclipse.collections.api.set.primitive.ImmutableIntSet;
import org.eclipse.collections.impl.factory.Lists;
import org.eclipse.collections.impl.factory.Sets;
import org.eclipse.collections.impl.factory.primitive.IntObjectMaps;
import org.eclipse.collections.impl.factory.primitive.IntSets;

/**
 * What came of one item.
 *
 * @param focus what the shared part knew of @param views how many there are @param cut whether not all were looked at
 * @param findings faults that may be: some of them come about in the abstraction only @param gaps what is not followed
 * @param constants keys that programs name @param deciding sets of words to try to keep
 */
record Fixpoint(Focus focus, int views, boolean cut, ImmutableList<Finding> findings, ImmutableList<Gap> gaps, ImmutableList<Key> constants,
        ImmutableList<ImmutableSet<Focus.Word>> deciding) {

    /** What a fixpoint is computed of. @param most views */
    record Setting(BpfObject object, Programs programs, ElementNames names, CpuRules rules, int most, BooleanSupplier timeIsUp) {}

    static Fixpoint of(Setting setting, Focus focus) {
        var parts = new Parts(setting, focus);
        parts.closure.run(initially(setting.object(), focus));
        ImmutableList<Observation> all = Lists.immutable.withAll(parts.closure.observations());
        return new Fixpoint(focus, parts.closure.count(), parts.closure.isCut(), all.selectInstancesOf(Finding.class), all.selectInstancesOf(Gap.class),
                Lists.immutable.withAll(parts.constants).toSortedList().toImmutable(), Deciding.words(parts.runs, setting.names(), parts.maps, focus));
    }

    /** The parts of a computation. */
    static final class Parts {
        final Set<Key> constants = new LinkedHashSet<>();
        final Maps maps;
        final Runs runs;
        final Closure closure;

        Parts(Setting setting, Focus focus) {
            this.maps = new Maps(setting.object(), focus, setting.names(), setting.rules(), constants::add);
            var elements = new Elements(focus, setting.names(), maps, Times.ofNoConcern(), setting.programs().nesting());
            var unfollowed = new Unfollowed(setting.object(), setting.names(), setting.rules().kernel());
            this.runs = new Runs(setting.programs(), setting.names(), elements, maps, unfollowed, Times.ofNoConcern(), false);
            this.closure = new Closure(new Cpus(setting.programs(), runs), runs, new ItemJudge(setting.object(), focus, setting.names(), maps, runs), setting.most(), setting.timeIsUp());
        }
    }

    /**
     * {@return the shared parts that there may be at first: the key is there, or not, in each map where it may come and
     * go}
     */
    static ImmutableList<Shared> initially(BpfObject object, Focus focus) {
        List<ImmutableIntSet> bound = new ArrayList<>(List.of(IntSets.immutable.empty()));
        focus.keyed().select(m -> !Maps.always(object.maps().get(m))).toSortedList().forEach(m -> {
            for (ImmutableIntSet before : List.copyOf(bound)) {
                bound.add(before.newWith(m));
            }
        });
        return Lists.immutable.withAll(bound).collect(b -> new Shared(b, Sets.immutable.empty(), IntObjectMaps.immutable.empty()));
    }

    boolean proven() {
        return !cut && findings.isEmpty() && gaps.isEmpty();
    }
}
