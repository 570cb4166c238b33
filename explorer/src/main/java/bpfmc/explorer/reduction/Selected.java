package bpfmc.explorer.reduction;

import bpfmc.explorer.space.Actors;
import bpfmc.explorer.space.Selection;
import bpfmc.explorer.space.Successors;
import bpfmc.explorer.space.TransitionSystem;

/** A system in which only chosen actors step in each state: a stubborn set's enabled steps. */
public final class Selected implements TransitionSystem {
    private final Actors system;
    private final Selection selection;
    private final boolean[] chosen;

    public Selected(Actors system, Selection selection) {
        this.system = system;
        this.selection = selection;
        chosen = new boolean[system.actors()];
    }

    @Override
    public int width() {
        return system.width();
    }

    @Override
    public long named() {
        return system.named();
    }

    @Override
    public void initial(int[] state) {
        system.initial(state);
    }

    @Override
    public void successors(int[] state, Successors sink) {
        selection.choose(state, chosen);
        for (int actor = 0; actor < chosen.length; actor++) {
            if (chosen[actor]) {
                system.successors(state, actor, sink);
            }
        }
    }
}
