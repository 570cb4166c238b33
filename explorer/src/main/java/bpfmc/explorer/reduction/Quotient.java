package bpfmc.explorer.reduction;

import bpfmc.explorer.space.Successors;
import bpfmc.explorer.space.Symmetry;
import bpfmc.explorer.space.TransitionSystem;

/** A system in which every state stands for all that differ from it in names only. */
public final class Quotient implements TransitionSystem {
    private final TransitionSystem system;
    private final Symmetry symmetry;
    private final int[] representative;
    private final int[] names;

    /** @param actors how many actors the system has */
    public Quotient(TransitionSystem system, Symmetry symmetry, int actors) {
        this.system = system;
        this.symmetry = symmetry;
        representative = new int[system.width()];
        names = new int[actors];
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
        symmetry.canonical(state, -1, names);
    }

    @Override
    public void successors(int[] state, Successors sink) {
        system.successors(state, (actor, choice, successor) -> {
            System.arraycopy(successor, 0, representative, 0, representative.length);
            symmetry.canonical(representative, -1, names);
            if (!symmetry.marked()) {
                sink.accept(actor, choice, representative);
            }
        });
    }
}
