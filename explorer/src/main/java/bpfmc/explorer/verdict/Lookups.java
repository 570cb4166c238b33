package bpfmc.explorer.verdict;

import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;

/**
 * How the lookups of a scenario came out.
 *
 * @param found the maps in which some lookup found an element @param missed those in which none did, though some were made
 */
public record Lookups(ImmutableList<String> found, ImmutableList<String> missed) {
    /** There were none. */
    public static final Lookups NONE = new Lookups(Lists.immutable.empty(), Lists.immutable.empty());
}
