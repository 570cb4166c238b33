package bpfmc.model.verifier;

import bpfmc.model.call.Callee;
import bpfmc.model.call.Knowledge;
import bpfmc.model.call.VerifierCall;
import bpfmc.model.machine.Machine;
import bpfmc.model.machine.PathHistory;
import bpfmc.model.machine.RunConfig;
import bpfmc.model.machine.VerifierState;
import bpfmc.model.value.Value;
import java.util.function.Consumer;

/** A call on one path of a {@link VerifierRun}. @param others takes paths that are followed as well @param later takes functions that run at another time */
record PathCall(VerifierPath path, Callee callee, RunConfig config, Knowledge knowledge, Consumer<VerifierPath> others, Later later)
        implements VerifierCall {

    /** Takes functions that begin on their own. */
    interface Later {
        /** @param map of the value that the function is handed, -1 when that is not known @param sleepable whether it may sleep */
        void runs(int slot, int map, boolean sleepable);
    }

    @Override
    public Machine machine() {
        return path.machine;
    }

    @Override
    public VerifierState state() {
        return path.custody;
    }

    @Override
    public void keep(VerifierState changed) {
        path.custody = changed;
    }

    @Override
    public void happened(PathHistory.Kind kind) {
        path.happened(kind);
    }

    @Override
    public void restsOn(Value value) {
        path.restsOn(value);
    }

    @Override
    public VerifierCall fork() {
        VerifierPath copy = path.copy();
        others.accept(copy);
        return new PathCall(copy, callee, config, knowledge, others, later);
    }

    @Override
    public void comesBack() {
        path.again = true;
    }

    @Override
    public void runsLater(int slot, int map, boolean sleepable) {
        later.runs(slot, map, sleepable);
    }
}
