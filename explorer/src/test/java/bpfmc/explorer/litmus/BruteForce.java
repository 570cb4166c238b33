package bpfmc.explorer.litmus;

import bpfmc.explorer.axiomatic.Model;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * The second opinion on small litmus tests: all value traces of each thread, all combinations of them, all reads-from and all orders of each cell,
 * and the axioms once more, in another style. Only the parser is shared with what it judges. Tests without loops.
 */
final class BruteForce {
    /** One event. Dependencies are places of reads in the own thread's list. */
    private record Ev(int thread, int instruction, boolean read, boolean write, String cell, Value readValue, Value writtenValue, boolean acquire, boolean release,
            boolean fence, boolean locked, int partner, Set<Integer> addr, Set<Integer> data, Set<Integer> ctrl) {}

    private record Run(List<Ev> events, Value[] registers) {}

    /** A thread that waits for the value of this cell. */
    private static final class Needs extends Exception {
        private static final long serialVersionUID = 1L;
        private final String cell;
        private final Value wanted;

        /** @param wanted a value that may be there for no other reason than that it is wanted, or null */
        Needs(String cell, Value wanted) {
            super(null, null, false, false);
            this.cell = cell;
            this.wanted = wanted;
        }
    }

    private static final class NoMeaning extends Exception {
        private static final long serialVersionUID = 1L;

        NoMeaning() {
            super(null, null, false, false);
        }
    }

    /** Final states and counts. */
    record Answer(Set<String> states, long positive, long negative) {}

    private static final int MOST_RUNS = 50;
    private static final int MOST_WRITES = 5;

    private final LitmusTest test;
    private final Map<String, Value> initial = new TreeMap<>();

    BruteForce(LitmusTest test) {
        this.test = test;
        test.variables().values().forEach(v -> {
            for (int i = 0; i < v.initial().size(); i++) {
                initial.put(v.name() + "@" + i, v.initial().get(i));
            }
        });
    }

    /** {@return what each model allows; nothing when there is too much to enumerate} */
    Map<Model, Answer> answers(int most) {
        List<List<Run>> traces = traces();
        if (traces.isEmpty()) {
            return Map.of();
        }
        long product = 1;
        for (List<Run> each : traces) {
            product *= each.size();
        }
        long writes = test.threads().stream().flatMap(List::stream).filter(i -> !(i instanceof Instruction.Compute) && !(i instanceof Instruction.Load)).count();
        if (product > most || writes > MOST_WRITES) {
            return Map.of();
        }
        Map<Model, Set<String>> states = new HashMap<>();
        Map<Model, long[]> counts = new HashMap<>();
        for (Model model : Model.offered()) {
            states.put(model, new HashSet<>());
            counts.put(model, new long[2]);
        }
        combine(traces, new ArrayList<>(), combination -> new Candidate(combination).each((model, state) -> {
            counts.get(model)[test.condition().holds(state::get) ? 0 : 1]++;
            StringBuilder text = new StringBuilder();
            test.displayed().forEach(l -> text.append(text.isEmpty() ? "" : " ").append(l).append('=').append(state.get(l)).append(';'));
            states.get(model).add(text.toString());
        }));
        Map<Model, Answer> out = new HashMap<>();
        for (Model model : Model.offered()) {
            out.put(model, new Answer(states.get(model), counts.get(model)[0], counts.get(model)[1]));
        }
        return out;
    }

    private static void combine(List<List<Run>> traces, List<Run> chosen, Consumer<List<Run>> out) {
        if (chosen.size() == traces.size()) {
            out.accept(chosen);
            return;
        }
        for (Run run : traces.get(chosen.size())) {
            chosen.add(run);
            combine(traces, chosen, out);
            chosen.removeLast();
        }
    }

    /** Least set of values that each cell may hold, and the runs with reads of these; nothing when there are too many. */
    private List<List<Run>> traces() {
        Map<String, Set<Value>> values = new LinkedHashMap<>();
        initial.forEach((cell, value) -> values.put(cell, new LinkedHashSet<>(List.of(value))));
        for (int round = 0;; round++) {
            boolean grew = false;
            int writes = 0;
            List<List<Run>> all = new ArrayList<>();
            for (int t = 0; t < test.threads().size(); t++) {
                List<Run> runs = runs(t, values);
                if (runs.size() > MOST_RUNS) {
                    return List.of();
                }
                all.add(runs);
                writes += runs.stream().mapToInt(r -> (int) r.events.stream().filter(Ev::write).count()).max().orElse(0);
            }
            for (List<Run> runs : all) {
                for (Run run : runs) {
                    for (Ev e : run.events) {
                        grew |= e.write && values.get(e.cell).add(e.writtenValue);
                    }
                }
            }
            if (!grew || round > writes) {
                return all;
            }
        }
    }

    private List<Run> runs(int thread, Map<String, Set<Value>> values) {
        List<Run> out = new ArrayList<>();
        ArrayDeque<List<Value>> todo = new ArrayDeque<>(List.of(List.of()));
        while (!todo.isEmpty() && out.size() <= MOST_RUNS) {
            List<Value> answers = todo.pop();
            try {
                out.add(run(thread, answers));
            } catch (Needs needs) {
                Set<Value> possible = new LinkedHashSet<>(values.get(needs.cell));
                if (needs.wanted != null) {
                    possible.add(needs.wanted);
                }
                for (Value value : possible) {
                    List<Value> more = new ArrayList<>(answers);
                    more.add(value);
                    todo.push(more);
                }
            } catch (NoMeaning none) {
                continue;
            }
        }
        return out;
    }

    private Run run(int thread, List<Value> answers) throws Needs, NoMeaning {
        Value[] r = new Value[11];
        List<Set<Integer>> taint = new ArrayList<>();
        for (int i = 0; i < 11; i++) {
            r[i] = test.registers().getOrDefault(new Location.Register(thread, i), new Value.Int(0));
            taint.add(Set.of());
        }
        List<Ev> events = new ArrayList<>();
        Set<Integer> ctrl = Set.of();
        int next = 0;
        List<Instruction> code = test.threads().get(thread);
        for (int pc = 0, ins = 0; pc < code.size(); ins++) {
            int me = events.size();
            switch (code.get(pc++)) {
                case Instruction.Compute(int to, Operator operator, Instruction.Operand from) -> {
                    Value b = from instanceof Instruction.Register(int n) ? r[n] : new Value.Int(((Instruction.Constant) from).value());
                    Set<Integer> tb = from instanceof Instruction.Register(int n) ? taint.get(n) : Set.of();
                    taint.set(to, operator == Operator.SET ? tb : union(taint.get(to), tb));
                    r[to] = operator == Operator.SET ? b : computed(operator, r[to], b);
                }
                case Instruction.Goto(int target) -> pc = target;
                case Instruction.Branch(Instruction.Condition condition, int left, Instruction.Operand right, int target) -> {
                    Value b = right instanceof Instruction.Register(int n) ? r[n] : new Value.Int(((Instruction.Constant) right).value());
                    ctrl = union(ctrl, union(taint.get(left), right instanceof Instruction.Register(int n) ? taint.get(n) : Set.of()));
                    boolean taken = switch (condition) {
                        case EQUAL -> r[left].equals(b);
                        case DIFFERENT -> !r[left].equals(b);
                        case LESS -> number(r[left]) < number(b);
                        case NOT_LESS -> number(r[left]) >= number(b);
                    };
                    pc = taken ? target : pc;
                }
                case Instruction.Load(int to, Instruction.Place place, boolean acquire) -> {
                    String cell = cell(r[place.base()], place.offset());
                    Value v = answer(answers, next++, cell, null);
                    events.add(new Ev(thread, ins, true, false, cell, v, null, acquire, false, false, false, -1, taint.get(place.base()), Set.of(), ctrl));
                    r[to] = v;
                    taint.set(to, Set.of(me));
                }
                case Instruction.Store(Instruction.Place place, Instruction.Operand from, boolean release) -> {
                    Value v = from instanceof Instruction.Register(int n) ? r[n] : new Value.Int(((Instruction.Constant) from).value());
                    Set<Integer> data = from instanceof Instruction.Register(int n) ? taint.get(n) : Set.of();
                    events.add(new Ev(thread, ins, false, true, cell(r[place.base()], place.offset()), null, v, false, release, false, false, -1, taint.get(place.base()), data, ctrl));
                }
                case Instruction.Atomic(Operator operator, boolean fetch, Instruction.Place place, int register) -> {
                    String cell = cell(r[place.base()], place.offset());
                    Value v = answer(answers, next++, cell, null);
                    Value stored = operator == Operator.SET ? r[register] : computed(operator, v, r[register]);
                    events.add(new Ev(thread, ins, true, true, cell, v, stored, false, false, fetch, true, -1, union(taint.get(place.base()), taint.get(register)), taint.get(register), ctrl));
                    if (fetch) {
                        r[register] = v;
                        taint.set(register, Set.of(me));
                    }
                }
                case Instruction.CompareExchange(Instruction.Place place, int register) -> {
                    String cell = cell(r[place.base()], place.offset());
                    Value v = answer(answers, next++, cell, r[0]);
                    boolean won = v.equals(r[0]);
                    events.add(new Ev(thread, ins, true, false, cell, v, null, false, false, won, true, won ? me + 1 : -1, taint.get(place.base()), Set.of(), ctrl));
                    if (won) {
                        events.add(new Ev(thread, ins, false, true, cell, null, r[register], false, false, true, true, -1, taint.get(place.base()), taint.get(register), ctrl));
                    }
                    r[0] = v;
                    taint.set(0, Set.of(me));
                }
            }
        }
        return new Run(events, r);
    }

    private static Value answer(List<Value> answers, int next, String cell, Value wanted) throws Needs {
        if (next >= answers.size()) {
            throw new Needs(cell, wanted);
        }
        return answers.get(next);
    }

    private String cell(Value base, long offset) throws NoMeaning {
        if (!(base instanceof Value.Address(String variable, long at))) {
            throw new NoMeaning();
        }
        int bytes = test.variables().get(variable).type().bytes();
        String cell = variable + "@" + (at + offset) / bytes;
        if (at + offset < 0 || (at + offset) % bytes != 0 || !initial.containsKey(cell)) {
            throw new NoMeaning();
        }
        return cell;
    }

    private static long number(Value value) throws NoMeaning {
        if (value instanceof Value.Int(long bits)) {
            return bits;
        }
        throw new NoMeaning();
    }

    private static Value computed(Operator operator, Value a, Value b) throws NoMeaning {
        if (a instanceof Value.Address(String variable, long offset) && operator == Operator.ADD) {
            return new Value.Address(variable, offset + number(b));
        }
        if (b instanceof Value.Address(String variable, long offset) && operator == Operator.ADD) {
            return new Value.Address(variable, offset + number(a));
        }
        if (operator == Operator.XOR && a.equals(b)) {
            return new Value.Int(0);
        }
        long x = number(a);
        long y = number(b);
        return new Value.Int(switch (operator) {
            case ADD -> x + y;
            case SUB -> x - y;
            case AND -> x & y;
            case OR -> x | y;
            case XOR -> x ^ y;
            default -> throw new IllegalStateException("not in random programs: " + operator);
        });
    }

    private static Set<Integer> union(Set<Integer> a, Set<Integer> b) {
        Set<Integer> out = new HashSet<>(a);
        out.addAll(b);
        return out;
    }

    private interface Found {
        void state(Model model, Map<Location, Value> state);
    }

    /** One combination of traces. Event 0 and on are the initial writes. */
    private final class Candidate {
        private final List<Ev> events = new ArrayList<>();
        private final List<Run> runs;
        private final List<String> cells = new ArrayList<>(initial.keySet());
        private final int[] base;
        private final int n;

        Candidate(List<Run> runs) {
            this.runs = runs;
            base = new int[runs.size()];
            cells.forEach(c -> events.add(new Ev(-1, 0, false, true, c, null, initial.get(c), false, false, false, false, -1, Set.of(), Set.of(), Set.of())));
            for (int t = 0; t < runs.size(); t++) {
                base[t] = events.size();
                events.addAll(runs.get(t).events);
            }
            n = events.size();
        }

        void each(Found found) {
            for (int r = cells.size(); r < n; r++) {
                Ev e = events.get(r);
                int me = r;
                if (e.read && IntStream.range(0, n).noneMatch(w -> w != me && events.get(w).write && events.get(w).cell.equals(e.cell)
                        && events.get(w).writtenValue.equals(e.readValue))) {
                    return;
                }
            }
            choose(0, new ArrayList<>(), new HashMap<>(), found);
        }

        /** Orders and sources of one cell after another. */
        private void choose(int cell, List<List<Integer>> orders, Map<Integer, Integer> sources, Found found) {
            if (cell == cells.size()) {
                judge(orders, sources, found);
                return;
            }
            List<Integer> writes = new ArrayList<>();
            List<Integer> reads = new ArrayList<>();
            for (int e = cells.size(); e < n; e++) {
                if (events.get(e).cell.equals(cells.get(cell))) {
                    if (events.get(e).write) {
                        writes.add(e);
                    }
                    if (events.get(e).read) {
                        reads.add(e);
                    }
                }
            }
            permute(writes, new ArrayList<>(List.of(cell)), order -> read(reads, 0, order, sources, () -> {
                orders.add(List.copyOf(order));
                if (new Axioms(orders, sources).coherent()) {
                    choose(cell + 1, orders, sources, found);
                }
                orders.removeLast();
            }));
        }

        private void permute(List<Integer> rest, List<Integer> order, Consumer<List<Integer>> out) {
            if (rest.isEmpty()) {
                out.accept(order);
                return;
            }
            for (int i = 0; i < rest.size(); i++) {
                List<Integer> others = new ArrayList<>(rest);
                order.add(others.remove(i));
                permute(others, order, out);
                order.removeLast();
            }
        }

        private void read(List<Integer> reads, int index, List<Integer> order, Map<Integer, Integer> sources, Runnable out) {
            if (index == reads.size()) {
                out.run();
                return;
            }
            int r = reads.get(index);
            Ev e = events.get(r);
            for (int w : order) {
                boolean itself = w == r || e.partner >= 0 && w == base[e.thread] + e.partner;
                boolean behind = !e.write || order.indexOf(w) + 1 == order.indexOf(r);
                if (!itself && behind && events.get(w).writtenValue.equals(e.readValue)) {
                    sources.put(r, w);
                    read(reads, index + 1, order, sources, out);
                    sources.remove(r);
                }
            }
        }

        private void judge(List<List<Integer>> orders, Map<Integer, Integer> sources, Found found) {
            Axioms axioms = new Axioms(orders, sources);
            Map<Location, Value> state = null;
            for (Model model : Model.offered()) {
                if (axioms.allow(model)) {
                    state = state == null ? state(orders) : state;
                    found.state(model, state);
                }
            }
        }

        private Map<Location, Value> state(List<List<Integer>> orders) {
            Map<Location, Value> out = new HashMap<>();
            for (Location location : test.asked()) {
                Value value = switch (location) {
                    case Location.Register(int thread, int number) -> runs.get(thread).registers[number];
                    case Location.Cell(String variable, int index, boolean array) -> events.get(orders.get(cells.indexOf(variable + "@" + index)).getLast()).writtenValue;
                };
                out.put(location, value instanceof Value.Int(long bits) && test.type(location).bytes() == 4 ? new Value.Int((int) bits) : value);
            }
            return out;
        }

        /** Relations as sets of successors, a bit each. */
        private final class Axioms {
            private final long[] po = none();
            private final long[] rf = none();
            private final long[] co = none();
            private final long[] fr = none();
            private final long[] amo = none();
            private final long[] coherence;

            Axioms(List<List<Integer>> orders, Map<Integer, Integer> sources) {
                for (int a = 0; a < n; a++) {
                    for (int b = 0; b < n; b++) {
                        po[a] |= internal(a, b) && events.get(a).instruction < events.get(b).instruction ? 1L << b : 0;
                    }
                    if (events.get(a).partner >= 0) {
                        amo[a] |= 1L << base[events.get(a).thread] + events.get(a).partner;
                    }
                }
                for (List<Integer> order : orders) {
                    for (int i = 0; i < order.size(); i++) {
                        for (int j = i + 1; j < order.size(); j++) {
                            co[order.get(i)] |= 1L << order.get(j);
                        }
                    }
                }
                sources.forEach((r, w) -> {
                    rf[w] |= 1L << r;
                    fr[r] = co[w] & ~(1L << r);
                });
                coherence = union(where(po, (a, b) -> events.get(a).cell.equals(events.get(b).cell)), rf, co, fr);
            }

            private boolean internal(int a, int b) {
                return events.get(a).thread >= 0 && events.get(a).thread == events.get(b).thread;
            }

            private long[] none() {
                return new long[n];
            }

            private interface Test {
                boolean holds(int a, int b);
            }

            private long[] where(long[] relation, Test test) {
                long[] out = none();
                for (int a = 0; a < n; a++) {
                    for (int b = 0; b < n; b++) {
                        out[a] |= (relation[a] >>> b & 1) != 0 && test.holds(a, b) ? 1L << b : 0;
                    }
                }
                return out;
            }

            private long[] union(long[]... relations) {
                long[] out = none();
                for (long[] relation : relations) {
                    for (int a = 0; a < n; a++) {
                        out[a] |= relation[a];
                    }
                }
                return out;
            }

            private long[] sequence(long[] first, long[] second) {
                long[] out = none();
                for (int a = 0; a < n; a++) {
                    for (int b = 0; b < n; b++) {
                        out[a] |= (first[a] >>> b & 1) != 0 ? second[b] : 0;
                    }
                }
                return out;
            }

            private long[] optional(long[] relation) {
                long[] out = union(relation);
                for (int a = 0; a < n; a++) {
                    out[a] |= 1L << a;
                }
                return out;
            }

            private long[] star(long[] relation) {
                long[] out = optional(relation);
                for (long[] more = sequence(out, out); !Arrays.equals(more, out); more = sequence(out, out)) {
                    out = more;
                }
                return out;
            }

            private boolean circles(long[] relation) {
                long[] all = sequence(relation, star(relation));
                for (int a = 0; a < n; a++) {
                    if ((all[a] >>> a & 1) != 0) {
                        return true;
                    }
                }
                return false;
            }

            boolean coherent() {
                return !circles(coherence);
            }

            boolean allow(Model model) {
                long[] rfe = where(rf, (a, b) -> !internal(a, b));
                long[] coe = where(co, (a, b) -> !internal(a, b));
                long[] fre = where(fr, (a, b) -> !internal(a, b));
                long[] between = sequence(fre, coe);
                for (int a = 0; a < n; a++) {
                    if ((amo[a] & between[a]) != 0) {
                        return false;
                    }
                }
                return switch (model) {
                    case SC -> !circles(union(po, amo, rf, co, fr));
                    case TSO -> !circles(union(coherence, amo)) && !circles(union(where(po, (a, b) -> events.get(a).locked || events.get(b).locked
                            || events.get(a).read || !events.get(b).read), amo, rfe, co, fr));
                    case BPF_STRICT -> !circles(union(coherence, amo)) && bpf(rfe, coe, fre);
                    case BPF -> bpf(rfe, coe, fre);
                    case COHERENCE, ANYTHING -> throw new IllegalStateException("nobody asks for " + model);
                };
            }

            private boolean bpf(long[] rfe, long[] coe, long[] fre) {
                long[] fences = where(po, (a, b) -> fetch(a) || fetch(b) || events.get(a).fence && events.get(a).write && !events.get(a).read
                        || events.get(b).fence && events.get(b).read && !events.get(b).write);
                long[] release = where(po, (a, b) -> events.get(b).release);
                long[] acquire = where(po, (a, b) -> events.get(a).acquire);
                long[] addr = none();
                long[] data = none();
                long[] ctrl = none();
                for (int e = cells.size(); e < n; e++) {
                    int to = e;
                    Ev event = events.get(e);
                    event.addr.forEach(d -> addr[base[event.thread] + d] |= 1L << to);
                    event.data.stream().filter(d -> event.write).forEach(d -> data[base[event.thread] + d] |= 1L << to);
                    event.ctrl.stream().filter(d -> event.write).forEach(d -> ctrl[base[event.thread] + d] |= 1L << to);
                }
                long[] forwarded = sequence(where(union(addr, data), (a, b) -> events.get(b).write), where(rf, this::internal));
                long[] ppo = union(fences, release, acquire, addr, data, ctrl, forwarded, where(sequence(addr, po), (a, b) -> events.get(b).write),
                        where(co, this::internal), where(fr, this::internal));
                long[] atomic = union(amo);
                for (int e = 0; e < n; e++) {
                    atomic[e] |= events.get(e).read && events.get(e).write ? 1L << e : 0;
                }
                long[] cumulative = sequence(optional(rfe), union(fences, release));
                long[] step = sequence(cumulative, star(sequence(rf, atomic)));
                long[] prop = sequence(sequence(optional(union(coe, fre)), star(step)), optional(rfe));
                long[] hb = union(ppo, rfe, where(prop, (a, b) -> a != b && internal(a, b)));
                return !circles(hb) && !circles(sequence(sequence(prop, fences), star(hb)));
            }

            private boolean fetch(int e) {
                return events.get(e).fence && events.get(e).read && events.get(e).write;
            }
        }
    }
}
