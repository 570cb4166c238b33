package bpfmc.explorer.system;

import bpfmc.explorer.scenario.Scenario;
import bpfmc.model.memory.Element;
import bpfmc.model.memory.KeyPartition;
import bpfmc.model.memory.MemoryModel;
import bpfmc.model.value.Key;
import org.eclipse.collections.api.list.ImmutableList;

/** A state to look at; only good until its array changes. */
final class SystemSnapshot implements Snapshot {
    private final SystemParts parts;
    private final MemoryModel.View view;
    private final int[] state;

    SystemSnapshot(SystemParts parts, MemoryModel.View view, int[] state) {
        this.parts = parts;
        this.view = view;
        this.state = state;
    }

    @Override
    public int agents() {
        return parts.automata().agents();
    }

    @Override
    public boolean active(int agent) {
        return !parts.automata().node(state, agent).ended() && parts.scheduler().begun(state, agent);
    }

    @Override
    public int above(int agent) {
        return parts.scheduler().above(state, agent);
    }

    @Override
    public int own(int agent, int bound) {
        Scenario scenario = parts.scenario();
        boolean perCpu = scenario.object().maps().get(parts.dictionary().slots().mapOf(bound)).type().perCpu();
        return perCpu ? parts.dictionary().slots().onCpu(bound, scenario.agents().get(agent).cpu()) : bound;
    }

    @Override
    public Run run(int agent) {
        return new Run(parts.scenario().agents().get(agent).program(), parts.automata().node(state, agent).state(), parts.dictionary().slots());
    }

    @Override
    public Element element(int slot) {
        return view.element(slot);
    }

    @Override
    public Element seen(int agent, int slot) {
        return parts.dictionary().layout().buffers() == 0 ? element(slot) : view.buffer(parts.scenario().agents().get(agent).cpu()).over(slot, element(slot));
    }

    @Override
    public KeyPartition bindings(int map) {
        return view.bindings(map);
    }

    @Override
    public ImmutableList<Integer> mayFind(int agent, int map, Key key) {
        return memory().mayFind(map, key, parts.agent(agent, parts.automata().node(state, agent).state()), view);
    }

    @Override
    public MemoryModel memory() {
        return parts.memory();
    }
}
