package bpfmc.explorer.parameterized;

import bpfmc.explorer.verdict.Finding;
import bpfmc.explorer.verdict.Gap;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;

/**
 * What could be shown for any number of CPUs and runs.
 *
 * @param proven the items that are right, if all others are @param open what stands in the way; nothing is proven
 *     unless this is empty
 * @param order which locks are waited for while which are owned, a phrase each @param nesting whether runs come on
 *     top of others
 */
public record Proof(ImmutableList<Proven> proven, ImmutableList<Open> open, ImmutableList<String> order, boolean nesting) {

    /** {@return that nothing could be shown} @param why a sentence each */
    public static Proof outside(ImmutableList<String> why) {
        return new Proof(Lists.immutable.empty(), why.collect(w -> new Open("all of it", w, Lists.immutable.empty())), Lists.immutable.empty(), false);
    }

    /** @param item in words @param views that its fixpoint has */
    public record Proven(String item, int views) {}

    /**
     * What is not shown. @param item in words @param why in words @param findings the faults that may be: one, or none
     * where it is not a fault that stands in the way
     */
    public record Open(String item, String why, ImmutableList<Finding> findings) {
        Open(String item, Gap gap) {
            this(item, gap.what() + " (" + gap.program() + ", instruction " + gap.slot() + ")", Lists.immutable.empty());
        }

        Open(String item, Finding finding) {
            this(item, finding.property(), Lists.immutable.with(finding));
        }
    }

    /** {@return whether everything is shown} */
    public boolean complete() {
        return open.isEmpty();
    }

    /** {@return how many views there are of all items} */
    public int views() {
        return (int) proven.sumOfInt(Proven::views);
    }
}
