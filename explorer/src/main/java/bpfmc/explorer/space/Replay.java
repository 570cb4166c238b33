package bpfmc.explorer.space;

import org.eclipse.collections.api.factory.Lists;
import org.eclipse.collections.api.list.MutableList;

/** Looks for one step among the successors of one state, and remembers what else there was, for the message. */
final class Replay implements Successors {
    private static final int SHOWN = 8;

    private final Step wanted;
    private final MutableList<Step> seen = Lists.mutable.empty();
    private int count;
    private boolean found;

    Replay(Step wanted) {
        this.wanted = wanted;
    }

    @Override
    public void accept(int actor, int choice, int[] successor) {
        count++;
        Step step = Step.of(actor, choice, successor);
        found |= step.equals(wanted);
        if (seen.size() < SHOWN) {
            seen.add(step);
        }
    }

    boolean found() {
        return found;
    }

    /** {@return what the system offered, the first few of it} */
    String told() {
        return count > seen.size() ? seen + " and " + (count - seen.size()) + " more" : seen.toString();
    }
}
