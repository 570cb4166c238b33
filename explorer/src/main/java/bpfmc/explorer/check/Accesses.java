package bpfmc.explorer.check;

import bpfmc.explorer.check.witness.Trace;
import bpfmc.explorer.property.Places;
import bpfmc.explorer.system.BpfSystem;
import bpfmc.explorer.system.Run;
import bpfmc.explorer.verdict.AccessSite;
import bpfmc.explorer.verdict.AccessSites;
import bpfmc.explorer.verdict.Subject;
import bpfmc.model.machine.PrivateState;
import bpfmc.model.step.VisibleOperation;
import bpfmc.model.step.VisibleOperation.Access;
import bpfmc.model.step.VisibleOperation.Store;
import bpfmc.model.step.VisibleOperation.Update;
import bpfmc.model.value.Constant;
import bpfmc.model.value.Terms;
import java.util.Optional;
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
                site(system, system.run(agent, node), level).ifPresent(met::add);
            }
        }
        return AccessSites.of(met);
    }

    /** An update of a hash map binds the key to a new value, all bytes of which are written. */
    private static Optional<AccessSite> site(BpfSystem system, Run run, String level) {
        VisibleOperation operation = run.state().operation();
        if (operation instanceof Access a) {
            return Optional.of(site(run, level, Places.subject(run, a), a.writes(), stored(a), a.atomic(), a.element().slot()));
        }
        return operation instanceof Update u ? Optional.of(site(run, level, new Subject(u.map(), 0, system.scenario().object().maps().get(u.map()).valueSize()), true,
                OptionalLong.empty(), false, -1)) : Optional.empty();
    }

    /** @param element that is touched, -1 when it is not known yet */
    private static AccessSite site(Run run, String level, Subject subject, boolean writes, OptionalLong stored, boolean atomic, int element) {
        PrivateState state = run.state();
        return new AccessSite(Places.current(run), subject, level, writes, stored, atomic, state.held().select(h -> h.ofProgram())
                .collect(h -> new AccessSite.Lock(Places.subject(run, h.element(), h.offset(), LOCK), h.element() == element)), Trace.off(state.flags()));
    }

    private static OptionalLong stored(Access access) {
        return access instanceof Store s && s.value().term() instanceof Constant c ? OptionalLong.of(c.value() & Terms.mask(s.size())) : OptionalLong.empty();
    }
}
