package bpfmc.model;

import java.util.ArrayList;
import java.util.List;

/**
 * What a thread that helps has met without being allowed to give it a number. One thread alone gives numbers, in the order in which it
 * follows states; the others look them up. Where a {@link Numbering} of such a thread does not know a value, it gives it a number that is
 * good until {@link #clear} only, and says so here: what the thread comes to from then on is to be dropped, and its work to be left
 * to the one that gives numbers. For one thread.
 */
public final class Provisional {
    private final List<Runnable> given = new ArrayList<>();
    private boolean any;

    /** {@return whether anything without a number was met since the last {@link #clear}} */
    public boolean any() {
        return any;
    }

    /** Says that something without a number was met. */
    public void mark() {
        any = true;
    }

    /** Says so of something that was given a number for the moment. @param takeBack takes it back */
    void mark(Runnable takeBack) {
        any = true;
        given.add(takeBack);
    }

    /** Takes all provisional numbers back. */
    public void clear() {
        if (any) {
            given.forEach(Runnable::run);
            given.clear();
            any = false;
        }
    }
}
