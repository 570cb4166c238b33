package bpfmc.explorer.verdict;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;

/** All instructions that touch shared memory in what was explored. @param all one for each instruction, bytes and level */
public record AccessSites(ImmutableList<AccessSite> all) {
    public static final AccessSites NONE = new AccessSites(Lists.immutable.empty());

    private record Key(Place place, Subject subject, String level) {}

    /** {@return what is true of each instruction every time that it was met} @param met in any order */
    public static AccessSites of(Iterable<AccessSite> met) {
        Map<Key, AccessSite> sites = new LinkedHashMap<>();
        met.forEach(s -> sites.merge(new Key(s.place(), s.subject(), s.level()), s, AccessSite::and));
        return new AccessSites(Lists.immutable.withAll(sites.values()));
    }

    /** {@return the same at other places} */
    AccessSites at(UnaryOperator<Place> places) {
        return of(all.collect(s -> s.at(places.apply(s.place()))));
    }
}
