package bpfmc.model.thread;

import bpfmc.model.machine.Machine;
import bpfmc.model.machine.PrivateState;

/** The form that forgets nothing: states are as they are, and ways that meet go on apart. */
final class Unforgotten implements Interpreter.Form {
    @Override
    public PrivateState of(Machine m, boolean again) {
        return m.freeze();
    }

    @Override
    public PrivateState finished(Machine m) {
        return m.freeze();
    }

    @Override
    public boolean merges() {
        return false;
    }
}
