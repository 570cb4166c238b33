package bpfmc.explorer.scenario;

import bpfmc.model.memory.Bindings;
import bpfmc.model.memory.Element;

/** One state of a scenario, as properties and reports look at it. */
public interface Snapshot {
    /** {@return the number of agents} */
    int agents();

    /** {@return whether the agent may step now or later: it has not ended, and those before it on its CPU have} */
    boolean active(int agent);

    /** {@return the agent's run} */
    Run run(int agent);

    /** {@return what an element holds} */
    Element element(int slot);

    /** {@return which keys of a map find which elements} */
    Bindings bindings(int map);
}
