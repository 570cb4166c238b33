package bpfmc.explorer.check;

import bpfmc.explorer.check.witness.Trace;
import bpfmc.explorer.property.Places;
import bpfmc.explorer.system.BpfSystem;
import bpfmc.explorer.system.Run;
import bpfmc.explorer.verdict.AccessSite;
import bpfmc.explorer.verdict.AccessSites;
import bpfmc.model.machine.PrivateState;
import bpfmc.model.step.VisibleOperation.Access;
import bpfmc.model.step.VisibleOperation.Store;
import bpfmc.model.value.Constant;
import bpfmc.model.value.Terms;
import java.util.OptionalLong;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.impl.factory.Lists;

/** What the runs of a scenario do to shared memory, from the states that they were met in. */
final class Accesses {
    /** Bytes of a lock word. */
    private static final int LOCK = 4;

    private Accesses() {}

    /** {@return the accesses of all agents, as far as the search has come} */
    static AccessSites of(BpfSystem system) {
        MutableList<AccessSite> met = Lists.mutable.empty();
        for (int agent = 0; agent < system.scenario().agents().size(); agent++) {
            String level = system.scenario().agents().get(agent).level().word();
            for (int node = 0; node < system.privateStates(agent); node++) {
                Run run = system.run(agent, node);
                if (run.state().operation() instanceof Access access) {
                    met.add(site(run, access, level));
                }
            }
        }
        return AccessSites.of(met);
    }

    private static AccessSite site(Run run, Access access, String level) {
        PrivateState state = run.state();
        return new AccessSite(Places.current(run), Places.subject(run, access), level, access.writes(), stored(access), access.atomic(),
                state.held().select(h -> h.ofProgram()).collect(h -> new AccessSite.Lock(Places.subject(run, h.element(), h.offset(), LOCK),
                        h.element() == access.element().slot())), Trace.off(state.flags()));
    }

    private static OptionalLong stored(Access access) {
        return access instanceof Store s && s.value().term() instanceof Constant c ? OptionalLong.of(c.value() & Terms.mask(s.size())) : OptionalLong.empty();
    }
}
