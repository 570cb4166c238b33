package bpfmc.explorer.property;

import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;

/** The list of all properties that are judged in every state. */
public final class Properties {
    private static final ImmutableList<Property> ALL = Lists.immutable.with(new MutualExclusion(), new DataRace(),
            new LostUpdate(), new Deadlock(), new LockDiscipline(), new InterruptState(), new StaleElement(),
            new ClockOrder());

    private Properties() {}

    /** {@return all properties that are on by default, in a fixed order} What is judged only on request, or stated by users, is not among them. */
    public static ImmutableList<Property> all() {
        return ALL;
    }
}
