package bpfmc.explorer.secondopinion.enumerator;

import bpfmc.explorer.secondopinion.enumerator.Value.Area;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Calls that run a function of the program again and again: bpf_loop (kernel/bpf/bpf_iter.c), bpf_for_each_map_elem (arraymap.c, hashtab.c). */
final class Walks {
    static final int FOR_EACH = 164;
    static final int LOOP = 181;
    private static final long MOST_LOOPS = 8 << 20;
    private static final long E2BIG = -7;
    private static final long EINVAL = -22;
    private static final int KEY_SIZE = 8;

    private Walks() {}

    static boolean concerns(int helper) {
        return helper == FOR_EACH || helper == LOOP;
    }

    /** {@return whether the instruction has done something that nobody noticed} */
    static boolean begin(World w, int agent, Stepper s, int helper) {
        Run run = w.mine(agent);
        long wanted = helper == LOOP ? Arithmetic.cut(Stepper.numberOf(run.get(1)), 4) : 0;
        if (run.get(4).bits() != 0 || wanted > MOST_LOOPS) {
            Helpers.finish(run, Value.number(run.get(4).bits() != 0 ? EINVAL : E2BIG, 0));
            return true;
        }
        return next(w, agent, s, new Run.Walk(Arrays.asList(Arrays.copyOfRange(run.registers, 1, 6)), 0, List.of(), false, null));
    }

    /** The callback has returned. {@return whether nobody noticed what followed} */
    static boolean returned(World w, int agent, Stepper s, Run.Walk walk) {
        Run run = w.mine(agent);
        if (run.get(0).bits() != 0) {
            return over(run, walk);
        }
        return next(w, agent, s, walk);
    }

    private static boolean over(Run run, Run.Walk walk) {
        run.walk = null;
        Helpers.finish(run, Value.number(walk.turns(), 0));
        return true;
    }

    private static boolean next(World w, int agent, Stepper s, Run.Walk walk) {
        Run run = w.mine(agent);
        Value first = walk.arguments().getFirst();
        if (first.area() != Area.MAP) {
            if (walk.turns() >= Arithmetic.cut(first.bits(), 4)) {
                return over(run, walk);
            }
            enter(run, s, walk, walk.visited(), null, 0, Value.number(walk.turns(), 0), walk.arguments().get(2), null, null);
            return true;
        }
        MapSpec map = w.setup.maps().get(first.id());
        if (map.hash()) {
            run.walk = walk;
            return false;
        }
        if (walk.turns() >= map.maxEntries()) {
            return over(run, walk);
        }
        int element = w.ofArray(first.id(), walk.turns(), w.agent(agent).cpu());
        enter(run, s, walk, walk.visited(), null, walk.turns(), first, null, Value.toElement(element, -1), walk.arguments().get(2));
        return true;
    }

    /**
     * The walk comes to an element of a hash map: to the one it had read before, else to any that it has not been to. In a map that changes meanwhile it may find anything, or
     * miss it. As it comes to one it reads, or does not read yet, which one is next.
     */
    static void step(World w, int agent, Stepper s) {
        Run run = w.mine(agent);
        Run.Walk walk = run.walk;
        int map = walk.arguments().getFirst().id();
        MapSpec spec = w.setup.maps().get(map);
        KeyTable keys = new KeyTable(w, agent, map, s.choices());
        Value current = walk.ahead();
        List<Long> visited = walk.visited();
        if (walk.turns() >= Math.min(w.setup.walk(), spec.maxEntries())) {
            over(run, walk);
            return;
        }
        if (current == null) {
            List<Long> candidates = unvisited(keys, walk, visited);
            int way = s.choices().of(candidates.size() + (walk.disturbed() || candidates.isEmpty() ? 1 : 0));
            if (way == candidates.size()) {
                over(run, walk);
                return;
            }
            current = keys.address(candidates.get(way));
        }
        long key = w.elements.get(current.id()).keys().get(current.binding());
        visited = with(visited, key);
        List<Long> next = walk.turns() + 1 < Math.min(w.setup.walk(), spec.maxEntries()) ? unvisited(keys, walk, visited) : List.of();
        int way = s.choices().of(1 + next.size());
        run.walk = null;
        enter(run, s, walk, visited, way == 0 ? null : keys.address(next.get(way - 1)), key, walk.arguments().getFirst(), null, current, walk.arguments().get(2));
    }

    private static List<Long> unvisited(KeyTable keys, Run.Walk walk, List<Long> visited) {
        return keys.keys().stream().filter(k -> walk.disturbed() || !visited.contains(k)).toList();
    }

    private static List<Long> with(List<Long> visited, long key) {
        List<Long> now = new ArrayList<>(visited);
        now.add(key);
        return now.stream().distinct().sorted().toList();
    }

    /** Enters the callback; the key lies above its stack. @param second null for the address of the key */
    private static void enter(Run run, Stepper s, Run.Walk walk, List<Long> visited, Value ahead, long key, Value first, Value second, Value third, Value fourth) {
        if (walk.arguments().get(1).area() != Area.CODE) {
            throw new NotEnumerated("a callback that is not known");
        }
        int callback = walk.arguments().get(1).id();
        Bytes stack = Bytes.of(Run.STACK + KEY_SIZE).storing(0, 1, Run.STACK, KEY_SIZE, key, 0);
        s.enter(callback, run.pc, new Run.Walk(walk.arguments(), walk.turns() + 1, visited, walk.disturbed(), ahead), stack);
        Arrays.fill(run.registers, 0, 10, null);
        run.registers[1] = first;
        run.registers[2] = second != null ? second : Value.to(Area.STACK, run.frames.size() - 1, 0);
        run.registers[3] = third;
        run.registers[4] = fourth;
    }

    static long loads(Run.Walk walk) {
        long all = 0;
        for (Value v : walk == null ? List.<Value>of() : walk.arguments()) {
            all |= v == null ? 0 : v.loads();
        }
        return all;
    }
}
