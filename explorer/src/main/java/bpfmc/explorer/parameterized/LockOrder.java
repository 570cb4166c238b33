package bpfmc.explorer.parameterized;

import bpfmc.model.lock.LockTimeouts;
import bpfmc.model.machine.PrivateState;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.step.HeldLock;
import bpfmc.model.step.VisibleOperation;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.primitive.ImmutableIntList;
import org.eclipse.collections.impl.factory.Lists;

/**
 * Which locks runs wait for while runs of the same CPU own others. Without a circle nobody waits for ever, whatever the
 * other CPUs do: of those that wait, one would wait for a lock whose owner's
 * CPU waits for nothing. That only owners release a lock, and that no run ends owning one, is shown elsewhere.
 *
 * @param edges by the name of the owned lock's class those of the classes waited for
 */
record LockOrder(Map<String, Set<String>> edges) {

    /** Gathers the order. */
    static final class Edges {
        private final Fixpoint.Setting setting;
        private final Map<String, Set<String>> edges = new TreeMap<>();

        Edges(Fixpoint.Setting setting) {
            this.setting = setting;
        }

        /** @param stack of a CPU: its frames, from the bottom to the top */
        void note(Runs runs, ImmutableIntList stack) {
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

        LockOrder order() {
            return new LockOrder(edges);
        }
    }

    /**
     * {@return the class of a lock: that of one element where it is always there, else that of all elements of a map}
     */
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
