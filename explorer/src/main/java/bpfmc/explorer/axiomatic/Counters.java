package bpfmc.explorer.axiomatic;

/** What an exploration cost, and whether it met the limit on loops. Of one worker. */
final class Counters {
    private long executions;
    private long deadEnds;
    private long checks;
    private boolean cut;

    void execution() {
        executions++;
    }

    void deadEnd() {
        deadEnds++;
    }

    void check() {
        checks++;
    }

    void cut(Trace<?> trace) {
        cut |= trace.ending() instanceof Trace.Cut;
    }

    void add(Counters other) {
        executions += other.executions;
        deadEnds += other.deadEnds;
        checks += other.checks;
        cut |= other.cut;
    }

    Cost cost() {
        return new Cost(executions, deadEnds, checks, cut);
    }
}
