package bpfmc.explorer.system;

import bpfmc.explorer.space.Successors;
import bpfmc.explorer.store.CacheLinePadded;
import bpfmc.model.Numbering;
import bpfmc.model.memory.KeyPartition;
import org.eclipse.collections.api.map.primitive.MutableLongIntMap;
import org.eclipse.collections.impl.factory.primitive.LongIntMaps;

/** Takes the steps of a system. What it tells of stands in a vector of its own, so each thread has one. */
final class Steps extends CacheLinePadded {
    private static final int MISSING = -1;

    private final SystemParts parts;
    private final Dictionary dictionary;
    private final StepTable table;
    private final int agents;
    private final int maps;
    private final boolean forgets;
    private final int[] successor;
    /** KeyPartition without the names that an agent has given, by their number before and the agent. */
    private final MutableLongIntMap forgotten = LongIntMaps.mutable.empty();

    /** @param forgets whether bindings lose the names that runs have given them, when these end */
    Steps(SystemParts parts, StepTable table, boolean forgets) {
        this.parts = parts;
        this.dictionary = parts.dictionary();
        this.table = table;
        this.agents = parts.automata().agents();
        this.maps = parts.scenario().object().maps().size();
        this.forgets = forgets;
        this.successor = new int[dictionary.layout().width()];
    }

    /** Tells the steps of one agent. Of a draft that is marked it tells no more. */
    void of(int[] state, int agent, Successors sink) {
        if (dictionary.marked() || !parts.scheduler().mayStep(state, agent)) {
            return;
        }
        Effect[] effects = table.of(agent, state);
        for (int choice = 0; choice < effects.length; choice++) {
            apply(state, agent, effects[choice]);
            if (dictionary.marked()) {
                return;
            }
            sink.accept(agent, choice, successor);
        }
    }

    /** Tells how the oldest store of a CPU becomes visible. */
    void ofBuffer(int[] state, int cpu, Successors sink) {
        if (dictionary.marked() || state[dictionary.layout().buffer(cpu)] == 0) {
            return;
        }
        Effect effect = table.drain(cpu, state);
        if (!dictionary.marked()) {
            System.arraycopy(state, 0, successor, 0, successor.length);
            change(effect.next(), effect);
            if (!dictionary.marked()) {
                sink.accept(agents + cpu, 0, successor);
            }
        }
    }

    private void apply(int[] state, int agent, Effect effect) {
        System.arraycopy(state, 0, successor, 0, successor.length);
        successor[agent] = effect.next();
        change(agent, effect);
        if (forgets && parts.automata().node(agent, effect.next()).ended()) {
            forget(agent);
        }
    }

    private void change(int agent, Effect effect) {
        int[] components = effect.components();
        for (int i = 0; i < components.length; i++) {
            successor[components[i]] = effect.values()[i];
        }
        if (effect.notices().notEmpty()) {
            tellOthers(agent, effect);
        }
    }

    private void tellOthers(int agent, Effect effect) {
        for (int other = 0; other < agents; other++) {
            if (other != agent && parts.automata().node(successor, other).remembers()) {
                successor[other] = table.told(agent, effect, other, successor[other], successor);
            }
        }
    }

    private void forget(int agent) {
        for (int map = 0; map < maps; map++) {
            int component = dictionary.layout().bindings(map);
            if (successor[component] != 0) {
                successor[component] = forgotten(successor[component], agent);
            }
        }
    }

    private int forgotten(int number, int agent) {
        long key = (long) number << Integer.SIZE | agent;
        int known = forgotten.getIfAbsent(key, MISSING);
        if (known == MISSING) {
            Numbering<KeyPartition> bindings = dictionary.bindings();
            known = bindings.number(bindings.value(number).forget(agent));
            if (!dictionary.marked()) {
                forgotten.put(key, known);
            }
        }
        return known;
    }
}
