package bpfmc.explorer.space;

/**
 * A system whose actors run one after the other: while one is under way, only its own steps are offered, in the order
 * of the wrapped system. Its terminal states are what the actors can do to each other without interleaving, which is
 * what an atomic execution is compared with.
 *
 * <p>Where the wrapped system has several actors under way at once, as an initial state may, the one with the lowest
 * number goes on first. An actor under way that cannot move leaves the serial system in a terminal state, even if
 * others could move: whoever collects outcomes has to look whether everybody has finished.
 */
public final class SerialSystem implements TransitionSystem {
    private static final int NOBODY = -1;
    /** Stands for no receiver between two calls. */
    private static final Successors NO_SINK = (actor, choice, successor) -> { };

    private final TransitionSystem system;
    private final int actors;
    private final Activity activity;
    private final Filter filter = new Filter();

    /**
     * @param system may have any interleaving @param actors how many actors it has; they are numbered from 0
     * @param activity says who is under way
     */
    public SerialSystem(TransitionSystem system, int actors, Activity activity) {
        this.system = system;
        this.actors = actors;
        this.activity = activity;
    }

    @Override
    public int width() {
        return system.width();
    }

    @Override
    public void initial(int[] state) {
        system.initial(state);
    }

    @Override
    public void successors(int[] state, Successors receiver) {
        filter.running = running(state);
        filter.sink = receiver;
        system.successors(state, filter);
        filter.sink = NO_SINK;
    }

    private int running(int[] state) {
        for (int actor = 0; actor < actors; actor++) {
            if (activity.active(state, actor)) {
                return actor;
            }
        }
        return NOBODY;
    }

    /** Lets through the steps of one actor, or of all while nobody is under way. */
    private static final class Filter implements Successors {
        private int running = NOBODY;
        private Successors sink = NO_SINK;

        @Override
        public void accept(int actor, int choice, int[] successor) {
            if (running == NOBODY || running == actor) {
                sink.accept(actor, choice, successor);
            }
        }
    }
}
