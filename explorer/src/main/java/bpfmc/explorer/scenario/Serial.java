package bpfmc.explorer.scenario;

import bpfmc.explorer.space.Successors;
import bpfmc.explorer.space.TransitionSystem;

/** A scenario's runs one after the other: an agent that has begun goes on to its end before any other steps. */
public record Serial(BpfSystem system) implements TransitionSystem {
    @Override
    public int width() {
        return system.width();
    }

    @Override
    public void initial(int[] state) {
        system.initial(state);
    }

    @Override
    public void successors(int[] state, Successors sink) {
        int underway = -1;
        for (int agent = 0; agent < system.scenario().agents().size(); agent++) {
            if (system.underway(state, agent)) {
                underway = agent;
            }
        }
        int only = underway;
        system.successors(state, (actor, choice, successor) -> {
            if (only < 0 || actor == only) {
                sink.accept(actor, choice, successor);
            }
        });
    }
}
