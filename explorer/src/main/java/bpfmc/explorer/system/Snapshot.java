package bpfmc.explorer.system;

import bpfmc.model.memory.Element;
import bpfmc.model.memory.KeyPartition;
import bpfmc.model.memory.MemoryModel;
import bpfmc.model.value.Key;
import org.eclipse.collections.api.list.ImmutableList;

/** One state of a scenario, as properties and reports look at it. */
public interface Snapshot {
    /** {@return the number of agents} */
    int agents();

    /** {@return whether the agent may step now or later: it has not ended, and it has begun or can begin at once} */
    boolean active(int agent);

    /** {@return the element that this agent finds for a key that is bound to {@code bound}: in per-CPU maps that of its own CPU} */
    int own(int agent, int bound);

    /** {@return the agent that has come on top of this one on its CPU, -1 when there is none} */
    int above(int agent);

    /** {@return the agent's run} */
    Run run(int agent);

    /** {@return what an element holds} */
    Element element(int slot);

    /** {@return what an element holds as the agent's CPU sees it: with what that has stored and others do not see yet} */
    Element seen(int agent, int slot);

    /** {@return which keys of a map find which elements} */
    KeyPartition bindings(int map);

    /** {@return the classes of keys of the map, by index, that this key of the agent's may be of} */
    ImmutableList<Integer> mayFind(int agent, int map, Key key);

    /** {@return where elements are found} */
    MemoryModel memory();
}
