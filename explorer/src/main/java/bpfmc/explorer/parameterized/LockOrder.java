package bpfmc.explorer.parameterized;

import bpfmc.model.lock.LockTimeouts;
import bpfmc.model.machine.PrivateState;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.step.HeldLock;
import bpfmc.model.step.VisibleOperation;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.primitive.ImmutableIntList;
import org.eclipse.collections.impl.factory.Lists;
import org.eclipse.collections.impl.factory.primitive.IntObjectMaps;
import org.eclipse.collections.impl.factory.primitive.IntSets;
import org.eclipse.collections.impl.factory.Sets;

/**
 * Which locks runs wait for while runs of the same CPU own others. Without a circle nobody waits for ever, whatever the other CPUs do: of those that wait, one would wait for a lock whose owner's
 * CPU waits for nothing. That only owners release a lock, and that no run ends owning one, is shown elsewhere.
 *
 * <p>One CPU is looked at alone, with every lock visible and free at all times, and nothing known of memory: that only makes for more order.
 *
 * @param edges by the name of the owned lock's class those of the classes waited for
 * @param cut whether not all was looked at
 */
record LockOrder(Map<String, Set<String>> edges, boolean cut) {

    static LockOrder of(Fixpoint.Setting setting) {
        Focus nothing = Focus.on(new Item.Nothing());
        var maps = new Maps(setting.object(), nothing, setting.names(), setting.rules(), key -> { });
        var runs = new Runs(setting.programs(), setting.names(), new Elements(nothing, setting.names(), maps), maps,
                new Unfollowed(setting.object(), setting.names(), setting.rules().kernel()), true);
        var cpus = new Cpus(setting.programs(), runs);
        int s = cpus.number(new Shared(IntSets.immutable.empty(), Sets.immutable.empty(), IntObjectMaps.immutable.empty()));
        Map<String, Set<String>> edges = new TreeMap<>();
        Set<Integer> seen = new LinkedHashSet<>(Set.of(Cpus.IDLE));
        Deque<Integer> work = new ArrayDeque<>(seen);
        while (!work.isEmpty() && seen.size() <= setting.most() && !setting.timeIsUp().getAsBoolean()) {
            int cpu = work.remove();
            note(setting, runs, cpus.stack(cpu), edges);
            cpus.steps(s, cpu).each(step -> {
                if (seen.add(step.cpu())) {
                    work.add(step.cpu());
                }
            });
        }
        return new LockOrder(edges, !work.isEmpty());
    }

    private static void note(Fixpoint.Setting setting, Runs runs, ImmutableIntList stack, Map<String, Set<String>> edges) {
        if (stack.isEmpty()) {
            return;
        }
        PrivateState top = runs.state(stack.getLast());
        if (top.operation() instanceof VisibleOperation.Acquire o && (!o.call().resilient() || setting.rules().timeouts() == LockTimeouts.NEVER)) {
            String wanted = lock(setting, o.element().slot(), o.offset());
            stack.forEach(f -> runs.state(f).held().select(HeldLock::ofProgram)
                    .each(h -> edges.computeIfAbsent(lock(setting, h.element(), h.offset()), k -> new TreeSet<>()).add(wanted)));
        }
    }

    /** {@return the class of a lock: that of one element where it is always there, else that of all elements of a map} */
    private static String lock(Fixpoint.Setting setting, int slot, int offset) {
        MapDefinition map = setting.object().maps().get(setting.names().mapOf(slot));
        boolean one = setting.names().kind(slot) == ElementNames.Kind.FIXED && map.data().isEmpty();
        String field = map.value().fieldAt(offset, Integer.BYTES).map(f -> "." + f.name()).orElse(offset == 0 ? "" : "+" + offset);
        return map.name() + (one ? "[" + setting.names().ids().name(slot).index() + "]" : map.data().isPresent() ? "" : "[*]") + field;
    }

    /** {@return the order in words, a phrase for each lock that is owned while another is waited for} */
    ImmutableList<String> told() {
        return Lists.immutable.withAll(edges.entrySet()).collect(e -> e.getKey() + " before " + String.join(", ", e.getValue()));
    }

    /** {@return a circle in the order, from a lock back to it} */
    Optional<ImmutableList<String>> circle() {
        for (String from : edges.keySet()) {
            Optional<ImmutableList<String>> path = path(from, from, Lists.immutable.with(from), new LinkedHashSet<>());
            if (path.isPresent()) {
                return path;
            }
        }
        return Optional.empty();
    }

    private Optional<ImmutableList<String>> path(String at, String to, ImmutableList<String> before, Set<String> seen) {
        for (String next : edges.getOrDefault(at, Set.of())) {
            if (next.equals(to)) {
                return Optional.of(before.newWith(next));
            }
            if (seen.add(next)) {
                Optional<ImmutableList<String>> path = path(next, to, before.newWith(next), seen);
                if (path.isPresent()) {
                    return path;
                }
            }
        }
        return Optional.empty();
    }
}
