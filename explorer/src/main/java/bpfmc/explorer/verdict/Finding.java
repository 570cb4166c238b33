package bpfmc.explorer.verdict;

import org.eclipse.collections.api.list.ImmutableList;

/**
 * A fault that a reachable state shows. Two states that show the same fault at the same places show one finding,
 * whichever CPUs the agents run on.
 *
 * @param property its name, as in {@code --property}
 * @param places what each side does, in the order of {@link Place}, but for a lost update: the load, then the store
 */
public record Finding(String property, Level level, Subject subject, ImmutableList<Place> places)
        implements Observation {}
