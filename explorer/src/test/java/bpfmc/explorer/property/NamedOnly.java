package bpfmc.explorer.property;

import bpfmc.explorer.verdict.Explanation;
import bpfmc.explorer.verdict.Level;
import bpfmc.explorer.verdict.SourceNames;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.set.ImmutableSet;
import org.eclipse.collections.impl.factory.Lists;
import org.eclipse.collections.impl.factory.Sets;

/** The explanation of a property that only tests know. */
abstract class NamedOnly implements Explanation {
    @Override
    public String name() {
        return "only-tested";
    }

    @Override
    public String title() {
        return "Something that tests look for";
    }

    @Override
    public ImmutableList<Level> levels() {
        return Lists.immutable.with(Level.WARNING);
    }

    @Override
    public int order() {
        return 1000;
    }

    @Override
    public String cause() {
        return name();
    }

    @Override
    public ImmutableSet<TraceNote> notes() {
        return Sets.immutable.empty();
    }

    @Override
    public String sentence(Shown shown, SourceNames names) {
        return "";
    }

    @Override
    public String fix(Shown shown, SourceNames names) {
        return "";
    }

    @Override
    public String page() {
        return "";
    }
}
