package bpfmc.explorer.parameterized;

import static org.assertj.core.api.Assertions.assertThat;

import bpfmc.explorer.scenario.Scenario;
import bpfmc.explorer.scenario.ScenarioSpace;
import bpfmc.explorer.search.Limits;
import bpfmc.explorer.search.Progress;
import bpfmc.explorer.search.Search;
import bpfmc.explorer.system.BpfSystem;
import bpfmc.explorer.system.RandomSystems;
import bpfmc.explorer.system.Systems;
import bpfmc.model.machine.MachineValues;
import bpfmc.model.machine.PrivateState;
import bpfmc.model.memory.Element;
import bpfmc.model.memory.ElementIds;
import bpfmc.model.memory.KeyPartition;
import bpfmc.model.program.BpfObject;
import bpfmc.model.step.VisibleOperation;
import bpfmc.model.value.Key;
import bpfmc.model.value.Region;
import bpfmc.model.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;
import org.junit.jupiter.api.Test;

/**
 * Every state of two or three CPUs that a search without reductions reaches is covered by the views of each item: what
 * memory has of the item, with what two of the CPUs do. Runs are compared by where
 * they stand, what they own, which of the item's bytes they remember to have loaded and whether others have stored
 * there since, and which addresses they have.
 */
class ViewsTest {
    private static final int SYSTEMS = Integer.getInteger("bpfmc.systems", 80);
    private static final long SEED = Long.getLong("bpfmc.seed", 7);
    private static final Limits SMALL = Limits.NONE.withMaxStates(10_000);
    private static final int HASH = 1;

    // ---- what a run looks like to an item

    /** @param own whether a name is that of the item's element @param tracked whether a key is the item's */
    private static String told(PrivateState run, IntPredicate own, Predicate<Key> tracked, int map) {
        List<String> all = new ArrayList<>();
        all.add(run.pc() + " " + operation(run.operation(), own));
        run.held().each(h -> all.add("owns " + own.test(h.element()) + h.offset() + "@" + h.takenAt()));
        run.loads().select(l -> own.test(l.element())).each(l -> all.add("loaded " + l.offset() + "+" + l.size() + "@" + l.at() + " over " + l.from() + ".." + l.to()));
        run.misses().select(m -> m.map() == map && tracked.test(m.key())).each(m -> all.add("missed@" + m.at() + m.inserted() + m.found()));
        all.add(run.flags().toString());
        MachineValues.forEachValue(run, v -> {
            if (v instanceof Value.Pointer p && p.region() instanceof Region.Element e) {
                all.add("address " + own.test(e.slot()) + e.life());
            }
        });
        return all.toString();
    }

    private static String operation(VisibleOperation operation, IntPredicate own) {
        return switch (operation) {
            case VisibleOperation.Access o -> o.getClass().getSimpleName() + own.test(o.element().slot()) + o.offset() + "+" + o.size();
            case VisibleOperation.Acquire o -> "Acquire" + own.test(o.element().slot()) + o.offset();
            case VisibleOperation.Release o -> "Release" + own.test(o.element().slot()) + o.offset();
            case VisibleOperation.MapOperation o -> o.getClass().getSimpleName() + o.map();
            case VisibleOperation.TimerOperation o -> o.getClass().getSimpleName();
            case VisibleOperation o -> o.getClass().getSimpleName();
        };
    }

    private static String told(boolean bound, List<Integer> locks, String a, String b) {
        return bound + " " + locks + "\n  " + a + "\n  " + b;
    }

    // ---- the views of an item

    private record Views(Set<String> told, boolean nesting) {}

    private static Views views(ScenarioSpace space, Item item, ElementNames names) {
        Programs programs = Programs.of(space.object(), space.programs(), space.contexts(), space.rules(), true, names);
        Fixpoint.Setting setting = new Fixpoint.Setting(space.object(), programs, names, space.rules(), Closure.MOST_VIEWS, () -> false);
        Focus focus = Focus.on(item);
        var parts = new Fixpoint.Parts(setting, focus);
        parts.closure.run(Fixpoint.initially(space.object(), focus));
        IntPredicate own = slot -> item instanceof Item.Fixed f ? slot == f.slot() : names.kind(slot) == ElementNames.Kind.CURRENT && names.mapOf(slot) == HASH;
        Set<String> told = new HashSet<>();
        Map<Integer, String> known = new HashMap<>();
        parts.closure.each((part, a, b) -> {
            List<Integer> locks = part.taken().collect(Shared.Taken::offset).toSortedList();
            String one = a.collect(f -> known.computeIfAbsent(f, g -> frame(parts.runs, g, own, focus))).makeString();
            String other = b.collect(f -> known.computeIfAbsent(f, g -> frame(parts.runs, g, own, focus))).makeString();
            told.add(told(part.bound().notEmpty(), locks, one, other));
        });
        return new Views(parts.closure.isCut() || parts.closure.observations().stream().anyMatch(o -> o instanceof bpfmc.explorer.verdict.Gap) ? null : told, programs.nesting());
    }

    private static String frame(Runs runs, int frame, IntPredicate own, Focus focus) {
        return runs.placed(frame).program().name() + told(runs.state(frame), own,
                k -> runs.frame(frame).keys().of(k).orElse(focus.constant().equals(Optional.of(k))), HASH);
    }

    // ---- states

    /** {@return what the CPUs do, as the item sees it; null of one that stands where the views have no place} */
    private static List<String> cpus(BpfSystem system, int[] state, IntPredicate own, Predicate<Key> tracked, boolean keyed, boolean nesting) {
        List<String> cpus = new ArrayList<>();
        for (int cpu = 0; cpu < system.scenario().cpus(); cpu++) {
            StringBuilder stack = new StringBuilder();
            boolean visible = true;
            boolean first = true;
            for (int agent = 0; agent < system.scenario().agents().size(); agent++) {
                if (system.scenario().agents().get(agent).cpu() == cpu && !system.node(state, agent).ended() && system.begun(state, agent)) {
                    int it = agent;
                    PrivateState run = system.node(state, agent).state();
                    visible &= visible(run.operation(), own, keyed, nesting);
                    stack.append(first ? "" : ", ").append(system.scenario().agents().get(agent).program().name()).append(told(run, own, k -> tracked.test(shared(k, it)), HASH));
                    first = false;
                }
            }
            cpus.add(visible ? stack.toString() : null);
        }
        return cpus;
    }

    private static Key shared(Key key, int agent) {
        return new Key(key.words().collect(w -> Element.toShared(w, agent)));
    }

    private static boolean visible(VisibleOperation operation, IntPredicate own, boolean keyed, boolean nesting) {
        return switch (operation) {
            case VisibleOperation.Access o -> own.test(o.element().slot());
            case VisibleOperation.Acquire o -> nesting || own.test(o.element().slot());
            case VisibleOperation.Release o -> nesting || own.test(o.element().slot());
            case VisibleOperation.MapOperation o -> keyed && o.map() == HASH;
            case VisibleOperation o -> false;
        };
    }

    private static boolean old(BpfSystem system, int[] state) {
        boolean[] old = {false};
        for (int agent = 0; agent < system.scenario().agents().size(); agent++) {
            MachineValues.forEachValue(system.node(state, agent).state(), v -> old[0] |= v instanceof Value.Pointer p && p.region() instanceof Region.Element e && e.life() != Region.Life.BOUND);
        }
        return old[0];
    }

    private final Map<Item, Views> views = new HashMap<>();
    private int compared;

    @Test
    void everyStateIsCovered() {
        Random random = new Random(SEED);
        for (int i = 0; i < SYSTEMS; i++) {
            Scenario first = RandomSystems.next(random);
            Scenario scenario = i % 2 == 0 ? first : SimulationTest.shuffled(first, random);
            views.clear();
            String told = "seed " + SEED + ", system " + i + scenario.agents().collect(a -> "CPU" + a.cpu() + " " + a.level() + " " + a.program().name() + a.program().code()).makeString("\n", "\n", "\n");
            Systems.with(scenario, system -> Search.explore(system, (state, terminal, sink) -> covered(system, state, told), SMALL, Progress.NONE));
        }
        System.out.printf("%d pairs of CPUs compared%n", compared);
        assertThat(compared).isGreaterThan(10_000);
    }

    private void covered(BpfSystem system, int[] state, String told) {
        if (old(system, state)) {
            return;
        }
        BpfObject object = system.scenario().object();
        ElementNames names = new ElementNames(object.maps().size());
        for (Item.Fixed item : new Items(object, names).fixed()) {
            int slot = object.maps().get(item.map()).data().isPresent() ? item.map()
                    : system.slots().of(new ElementIds.Name(item.map(), ElementIds.Series.FIXED, item.index(), 0));
            covered(system, state, item, names, s -> s == slot, k -> false, false, system.view(state).element(slot).locks().collect(Element.TakenLock::offset), told);
        }
        KeyPartition bindings = system.view(state).bindings(HASH);
        for (KeyPartition.KeyClass group : bindings.classes()) {
            Optional<Key> constant = group.keys().detectOptional(Key::isConstant);
            boolean bound = group.element() != KeyPartition.ABSENT;
            if (group.keys().notEmpty()) {
                covered(system, state, new Item.Keyed(HASH, 1, constant), names, s -> bound && s == group.element(), group.keys()::contains, bound, Lists.immutable.empty(), told);
            }
        }
    }

    private void covered(BpfSystem system, int[] state, Item item, ElementNames names, IntPredicate own, Predicate<Key> tracked, boolean bound, ImmutableList<Integer> locks, String told) {
        Views of = views.computeIfAbsent(item, x -> views(SimulationTest.space(system.scenario()), x, names));
        if (of.told() == null) {
            return;
        }
        List<String> cpus = cpus(system, state, own, tracked, item instanceof Item.Keyed, of.nesting());
        for (int a = 0; a < cpus.size(); a++) {
            for (int b = a + 1; b < cpus.size(); b++) {
                if (cpus.get(a) != null && cpus.get(b) != null) {
                    compared++;
                    String view = told(bound, locks.toSortedList(), cpus.get(a), cpus.get(b));
                    assertThat(of.told().contains(view)).as("%s is no view of %s, %s", view, item, told).isTrue();
                }
            }
        }
    }
}
