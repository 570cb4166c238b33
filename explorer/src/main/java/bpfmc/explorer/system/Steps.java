package bpfmc.explorer.system;

import bpfmc.explorer.space.Actors;
import bpfmc.explorer.space.Successors;
import bpfmc.explorer.store.CacheLinePadded;
import bpfmc.model.Reading;
import bpfmc.model.machine.Invalidation;

/** Takes the steps of a system. What it tells of stands in a vector of its own, so each thread has one. */
final class Steps extends CacheLinePadded implements Actors {
    private final BpfSystem system;
    private final int agents;
    private final int maps;
    private final int[] successor;

    Steps(BpfSystem system) {
        this.system = system;
        this.agents = system.scenario().agents().size();
        this.maps = system.scenario().object().maps().size();
        this.successor = new int[system.width()];
    }

    @Override
    public int width() {
        return successor.length;
    }

    @Override
    public int actors() {
        return agents;
    }

    @Override
    public void initial(int[] state) {
        system.initial(state);
    }

    @Override
    public void successors(int[] state, Successors sink) {
        for (int agent = 0; agent < agents; agent++) {
            successors(state, agent, sink);
        }
    }

    @Override
    public void successors(int[] state, int agent, Successors sink) {
        if (system.mayStep(state, agent)) {
            Effect[] effects = system.effects(agent, state);
            for (int choice = 0; choice < effects.length; choice++) {
                apply(state, agent, effects[choice]);
                sink.accept(agent, choice, successor);
            }
        }
    }

    private void apply(int[] state, int agent, Effect effect) {
        System.arraycopy(state, 0, successor, 0, successor.length);
        successor[agent] = effect.next();
        int[] components = effect.components();
        for (int i = 0; i < components.length; i++) {
            successor[components[i]] = effect.values()[i];
        }
        if (effect.notices().notEmpty()) {
            tellOthers(agent, effect);
        }
        if (system.forgets() && system.node(agent, effect.next()).ended()) {
            forget(agent);
        }
    }

    private void tellOthers(int agent, Effect effect) {
        for (int other = 0; other < agents; other++) {
            if (other != agent && system.node(successor, other).remembers()) {
                int known = effect.told(other, successor[other]);
                successor[other] = known == Effect.UNKNOWN ? learn(agent, effect, other, successor[other]) : known;
            }
        }
    }

    private int learn(int agent, Effect effect, int other, int before) {
        Reading.mayLearn();
        int node = before;
        for (Invalidation notice : effect.notices()) {
            if (system.reaches(notice, agent, other) && (!(notice instanceof Invalidation.Written) || system.node(other, node).remembersLoads())) {
                node = system.automatonOf(other).notice(node, BpfSystem.toAgent(notice, other), false);
            }
        }
        effect.told(other, before, node);
        return node;
    }

    private void forget(int agent) {
        for (int map = 0; map < maps; map++) {
            int component = system.layout().bindings(map);
            if (successor[component] != 0) {
                successor[component] = system.bindings().number(system.bindings().value(successor[component]).forget(agent));
            }
        }
    }
}
