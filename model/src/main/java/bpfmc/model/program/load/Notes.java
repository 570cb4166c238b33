package bpfmc.model.program.load;

import org.eclipse.collections.api.factory.Lists;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;

/** What the user should know about an object that was read all the same. At most 100; equal ones once. */
final class Notes {
    private static final int MOST = 100;

    private final MutableList<String> notes = Lists.mutable.empty();

    void add(String note) {
        if (notes.size() < MOST && !notes.contains(note)) {
            notes.add(note);
        } else if (notes.size() == MOST) {
            notes.add("and more notes like these");
        }
    }

    ImmutableList<String> all() {
        return notes.toImmutable();
    }
}
