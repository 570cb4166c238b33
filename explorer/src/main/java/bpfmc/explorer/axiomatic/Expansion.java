package bpfmc.explorer.axiomatic;

import bpfmc.explorer.axiomatic.Answers.Assumption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/**
 * The step of the exploration: events are added in the order in which they are <em>determined</em>. A write goes in when its address and value are
 * known, once for each place in its cell's order. When there is none, a read takes a write that is there, or is postponed to one that is not there
 * yet. Each partial graph is asked for the axioms at once; they are monotone, so what is cut off leads nowhere.
 *
 * <p>Complete: in an execution that the axioms allow, dependencies and reads-from have no circle (whatever leads through a thread from a read of
 * another's write to a write that another reads is preserved program order), so there is an order in which every read finds its write. Once: which
 * event comes next is decided by the graph alone, and the ways it may come in exclude each other. What waits for what beyond dependencies
 * (everything behind an acquire or a fence, a fence for everything before it) is in happens-before, so it makes no circle either.
 *
 * <p>There are two exceptions, where preserved program order has nothing from the read of an instruction to its write: others may see what a
 * compare-and-exchange writes, and the own thread what an atomic without a result stores, before its read is determined. Where all pending reads are
 * postponed nothing else can come next, so there, and only there, a compare-and-exchange is assumed to succeed, or an atomic promised a value.
 */
final class Expansion<V> {
    private final Program<V> program;
    private final Model model;
    private final PossibleValues<V> values;
    private final Counters counters;

    Expansion(Program<V> program, Model model, PossibleValues<V> values, Counters counters) {
        this.values = values;
        this.program = program;
        this.model = model;
        this.counters = counters;
    }

    /** A pending read, and those of the threads that nothing tells from its thread. */
    private record Pending<V>(Event<V> event, int[] threads, boolean moreWrites) {}

    /** A way to answer a read. */
    private record Choice(int write, Assumption assumption) {}

    /** Passes on what the next decision may lead to, or the execution when all is decided. */
    void expand(Node<V> node, Consumer<Node<V>> next, Consumer<Execution<V>> found) {
        for (int t = 0; t < program.threads(); t++) {
            for (Event<V> event : determinable(node, t)) {
                if (event.isSettledWrite() && node.graph().find(t, event.op(), false) < 0) {
                    int[] threads = node.alike().with(t);
                    place(touching(node, event.cell()), event, threads, 0, 0, next);
                    return;
                }
            }
        }
        Node<V> touched = node;
        List<Pending<V>> pending = pending(node);
        if (pending.isEmpty()) {
            found.accept(execution(node));
            return;
        }
        for (Pending<V> p : pending) {
            touched = touching(touched, p.event.cell());
        }
        answer(touched, pending, next);
    }

    private Execution<V> execution(Node<V> node) {
        List<List<V>> registers = new ArrayList<>();
        for (Trace<V> trace : node.traces()) {
            if (!(trace.ending() instanceof Trace.Ended<V> ended)) {
                throw new IllegalStateException("a thread stands at " + trace.ending() + " and waits for nothing");
            }
            registers.add(ended.registers());
        }
        return new Execution<>(node.graph(), node.values(), registers, node.alike().weight());
    }

    /** {@return the events of a thread that may be the next} */
    private List<Event<V>> determinable(Node<V> node, int thread) {
        List<Event<V>> events = node.traces().get(thread).events();
        if (!model.hasFences()) {
            return events;
        }
        boolean allSettled = true;
        for (int i = 0; i < events.size(); i++) {
            Event<V> event = events.get(i);
            if (event.kind() == Kind.FETCH && !allSettled) {
                return events.subList(0, i);
            }
            if (event.kind().holdsBack() && !event.settled()) {
                return events.subList(0, i + 1);
            }
            allSettled &= event.settled();
        }
        return events;
    }

    private Node<V> touching(Node<V> node, int cell) {
        return node.graph().initial(cell) >= 0 ? node : node.grown(node.graph().withInitial(cell), program.initial(cell));
    }

    /** A write of each thread of a set, which nothing tells apart: their order among themselves is that of their numbers, and stands for all orders. */
    private void place(Node<V> node, Event<V> event, int[] threads, int index, int from, Consumer<Node<V>> next) {
        if (index == threads.length) {
            next.accept(node.with(node.alike().parted(threads)));
            return;
        }
        int[] order = node.graph().order(event.cell());
        boolean any = false;
        for (int i = from; i < order.length; i++) {
            Graph graph = node.graph().with(threads[index], event, -1, order[i]);
            if (allowed(graph)) {
                any = true;
                place(node.grown(graph, event.value()), event, threads, index + 1, i + 1, next);
            }
        }
        if (!any) {
            counters.deadEnd();
        }
    }

    private List<Pending<V>> pending(Node<V> node) {
        List<Pending<V>> last = new ArrayList<>();
        List<Pending<V>> out = new ArrayList<>();
        for (int t = 0; t < program.threads(); t++) {
            if (node.alike().leads(t)) {
                for (Event<V> event : determinable(node, t)) {
                    if (hasNoSource(node.graph(), t, event)) {
                        boolean more = moreWrites(node, t, event);
                        (more ? last : out).add(new Pending<>(event, node.alike().with(t), more));
                    }
                }
            }
        }
        out.addAll(last);
        return out;
    }

    private static boolean hasNoSource(Graph graph, int thread, Event<?> event) {
        int there = event.kind().reads() ? graph.find(thread, event.op(), true) : 0;
        return event.kind().reads() && (there < 0 || graph.source(there) < 0);
    }

    /** {@return whether a write that is not in the graph may still come where a read could read it} */
    private boolean moreWrites(Node<V> node, int thread, Event<V> read) {
        for (int t = 0; t < program.threads(); t++) {
            Trace<V> trace = node.traces().get(t);
            if (t != thread && trace.laterMayWrite(read.cell())) {
                return true;
            }
            for (Event<V> e : trace.events()) {
                if (e.cell() == read.cell() && (t != thread || e.op() < read.op()) && mayWrite(node, t, e) && fits(node, thread, read, e)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean mayWrite(Node<V> node, int thread, Event<V> event) {
        return event.kind().mayWrite() && node.graph().find(thread, event.op(), false) < 0
                && (event.kind() != Kind.SWAP || node.answers().get(thread).assumption(event.op()) != Assumption.FAILS);
    }

    /** {@return whether a read may read a write that is to come; one that is assumed to find what it expects reads nothing else} */
    private boolean fits(Node<V> node, int thread, Event<V> read, Event<V> write) {
        return node.answers().get(thread).assumption(read.op()) != Assumption.SUCCEEDS || mayFind(read, write);
    }

    private boolean mayFind(Event<V> read, Event<V> write) {
        Event.Swap<V> swap = read.swap().orElseThrow();
        V stored = write.kind() == Kind.SWAP ? write.swap().orElseThrow().stored() : write.value();
        return !swap.known() || program.mayBe(stored, swap.expected());
    }

    /** The first pending read that reads a write that is there reads it now; all before it are postponed. */
    private void answer(Node<V> node, List<Pending<V>> pending, Consumer<Node<V>> next) {
        Node<V> rest = node;
        boolean[] any = {false};
        Consumer<Node<V>> counted = n -> {
            any[0] = true;
            next.accept(n);
        };
        boolean stuck = true;
        for (Pending<V> p : pending) {
            long there = LongStream.of(Arrays.stream(node.graph().order(p.event.cell())).asLongStream().toArray()).map(w -> 1L << w).reduce(0, (a, b) -> a | b);
            decide(rest, p, choices(rest, p), there, 0, new int[p.threads.length], counted);
            if (!p.moreWrites) {
                stuck = false;
                break;
            }
            for (int t : p.threads) {
                rest = rest.postponing(t, p.event.op(), there);
            }
        }
        if (stuck && model.swapsMayWriteFirst()) {
            rest = assume(rest, pending, counted);
        }
        if (stuck && rest != null && model.atomicsMayBeForwarded()) {
            forward(rest, pending, counted);
        }
        if (stuck && model.valuesMayComeFirst()) {
            pending.stream().filter(p -> p.event.isPendingRead()).findFirst().ifPresent(p -> suppose(node, p, counted));
        }
        if (!any[0]) {
            counters.deadEnd();
        }
    }

    private List<Choice> choices(Node<V> node, Pending<V> p) {
        int thread = p.threads[0];
        int op = p.event.op();
        Assumption assumed = node.answers().get(thread).assumption(op);
        List<Choice> out = new ArrayList<>();
        for (int write : node.graph().order(p.event.cell())) {
            if ((node.postponed(thread, op) >>> write & 1) == 0 && write != node.graph().find(thread, op, false)) {
                if (p.event.expectsUnknown() && assumed == Assumption.NONE) {
                    out.add(new Choice(write, Assumption.FAILS));
                    out.add(new Choice(write, Assumption.SUCCEEDS));
                } else {
                    out.add(new Choice(write, assumed));
                }
            }
        }
        return out;
    }

    /** The threads of a set choose one after another, none before what its predecessor chose, the last ones perhaps to be postponed; the first chooses. */
    private void decide(Node<V> node, Pending<V> p, List<Choice> choices, long there, int index, int[] picks, Consumer<Node<V>> next) {
        if (index == p.threads.length) {
            next.accept(node.with(node.alike().parted(p.threads, picks)));
            return;
        }
        for (int c = index == 0 ? 0 : picks[index - 1]; c < choices.size(); c++) {
            Node<V> told = told(node, p.threads[index], p.event.op(), choices.get(c));
            if (told != null) {
                picks[index] = c;
                decide(told, p, choices, there, index + 1, picks, next);
            }
        }
        if (index > 0 && p.moreWrites) {
            Node<V> rest = node;
            for (int i = index; i < p.threads.length; i++) {
                picks[i] = choices.size();
                rest = rest.postponing(p.threads[i], p.event.op(), there);
            }
            next.accept(rest.with(rest.alike().parted(p.threads, picks)));
        }
    }

    /** {@return the node where a read reads a write, or null where that cannot be} */
    private Node<V> told(Node<V> node, int thread, int op, Choice choice) {
        V value = node.values().get(choice.write);
        Answers<V> before = node.answers().get(thread);
        if (before.promised(op) && !before.value(op).equals(value)) {
            return null;
        }
        Answers<V> answers = before.assuming(op, choice.assumption).with(op, value);
        Trace<V> trace = program.trace(thread, answers);
        counters.cut(trace);
        if (!trace.possible()) {
            return null;
        }
        for (Event<V> event : trace.events()) {
            if (event.op() == op && event.kind().reads()) {
                int early = node.graph().find(thread, op, true);
                if (early >= 0) {
                    Graph resolved = node.graph().resolved(early, choice.write);
                    return allowed(resolved) ? node.told(thread, answers, trace).with(resolved) : null;
                }
                Graph graph = node.graph().with(thread, event, choice.write, choice.write);
                return allowed(graph) ? node.told(thread, answers, trace).grown(graph, event.value()) : null;
            }
        }
        throw new IllegalStateException("an answered read is gone: operation " + op + " of thread " + thread);
    }

    /**
     * All pending reads read writes that are not there, so the next event is a write that comes before the read of its own instruction: that of the first
     * compare-and-exchange that succeeds.
     *
     * @return the node where none does, or null where that cannot be
     */
    private Node<V> assume(Node<V> node, List<Pending<V>> pending, Consumer<Node<V>> next) {
        Node<V> rest = node;
        for (Pending<V> p : pending) {
            int op = p.event.op();
            if (p.event.kind() != Kind.SWAP || node.answers().get(p.threads[0]).assumption(op) != Assumption.NONE) {
                continue;
            }
            for (int succeeding = p.threads.length; succeeding >= 0 && rest != null; succeeding--) {
                Node<V> assumed = rest;
                int[] picks = new int[p.threads.length];
                for (int i = 0; i < picks.length && assumed != null; i++) {
                    picks[i] = i < succeeding ? 0 : 1;
                    assumed = assuming(assumed, p.threads[i], op, i < succeeding ? Assumption.SUCCEEDS : Assumption.FAILS);
                }
                if (assumed != null && succeeding > 0 && !moreWrites(assumed, p.threads[0], p.event)) {
                    continue;
                }
                if (succeeding == 0) {
                    rest = assumed;
                } else if (assumed != null) {
                    next.accept(assumed.with(assumed.alike().parted(p.threads, picks)));
                }
            }
            if (rest == null) {
                return null;
            }
        }
        return rest;
    }

    /** Or it is that of an atomic without a result, which its own thread reads early. */
    private void forward(Node<V> node, List<Pending<V>> pending, Consumer<Node<V>> next) {
        for (Pending<V> p : pending) {
            if (p.event.kind() == Kind.ATOMIC && !p.event.early() && readByItsThread(node, p)) {
                promise(node, p, List.copyOf(values.of(p.event.cell())), 0, new int[p.threads.length], next);
                return;
            }
        }
    }

    /** Where nothing is ordered, a read may have a value before anybody stores it. */
    private void suppose(Node<V> node, Pending<V> p, Consumer<Node<V>> next) {
        for (V value : values.of(p.event.cell())) {
            int thread = p.threads[0];
            Answers<V> answers = node.answers().get(thread).promising(p.event.op(), value).with(p.event.op(), value);
            Trace<V> trace = program.trace(thread, answers);
            if (trace.possible()) {
                next.accept(node.told(thread, answers, trace));
            }
        }
    }

    private boolean readByItsThread(Node<V> node, Pending<V> atomic) {
        for (Event<V> e : determinable(node, atomic.threads[0])) {
            if (e.isPendingRead() && e.op() > atomic.event.op() && e.cell() == atomic.event.cell() && !e.kind().writes()) {
                return true;
            }
        }
        return false;
    }

    /** Each thread of a set is promised a value, none one before that of its predecessor. */
    private void promise(Node<V> node, Pending<V> p, List<V> possible, int index, int[] picks, Consumer<Node<V>> next) {
        if (index == p.threads.length) {
            next.accept(node.with(node.alike().parted(p.threads, picks)));
            return;
        }
        for (int v = index == 0 ? 0 : picks[index - 1]; v < possible.size(); v++) {
            int thread = p.threads[index];
            Answers<V> answers = node.answers().get(thread).promising(p.event.op(), possible.get(v));
            Trace<V> trace = program.trace(thread, answers);
            if (trace.possible()) {
                picks[index] = v;
                promise(node.told(thread, answers, trace), p, possible, index + 1, picks, next);
            }
        }
    }

    private Node<V> assuming(Node<V> node, int thread, int op, Assumption assumption) {
        Answers<V> answers = node.answers().get(thread).assuming(op, assumption);
        Trace<V> trace = program.trace(thread, answers);
        counters.cut(trace);
        return trace.possible() ? node.told(thread, answers, trace) : null;
    }

    private boolean allowed(Graph graph) {
        counters.check();
        return model.allows(graph);
    }
}
