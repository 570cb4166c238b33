package bpfmc.explorer.litmus;

import bpfmc.explorer.axiomatic.Answers;
import bpfmc.explorer.axiomatic.Program;
import bpfmc.explorer.axiomatic.Trace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The threads of a litmus test as functions from answers to events. */
final class LitmusProgram implements Program<Value> {
    private final Cells cells;
    private final List<LitmusThread> threads = new ArrayList<>();
    private final int turns;

    /** @param turns how often each backward jump may be taken */
    LitmusProgram(LitmusTest test, Cells cells, int turns) {
        this.cells = cells;
        this.turns = turns;
        for (int t = 0; t < test.threads().size(); t++) {
            int number = t;
            List<Value> registers = IntStream.rangeClosed(0, 10).mapToObj(r -> test.registers().getOrDefault(new Location.Register(number, r), Value.ZERO)).toList();
            Map<Integer, IntType> types = new HashMap<>();
            test.types().forEach((register, type) -> {
                if (register.thread() == number) {
                    types.put(register.number(), type);
                }
            });
            threads.add(new LitmusThread(t, test.threads().get(t), registers, types, new LaterWrites(test.threads().get(t), cells)));
        }
    }

    @Override
    public int threads() {
        return threads.size();
    }

    @Override
    public Value initial(int cell) {
        return cells.initial(cell);
    }

    @Override
    public Trace<Value> trace(int thread, Answers<Value> answers) {
        return new Interpreter(threads.get(thread), cells, turns, answers).run();
    }

    @Override
    public boolean mayBe(Value value, Value wanted) {
        return value instanceof Value.Unknown || value.equals(wanted);
    }

    @Override
    public List<List<Integer>> alike() {
        Map<List<Object>, List<Integer>> sets = new LinkedHashMap<>();
        threads.forEach(t -> sets.computeIfAbsent(List.of(t.code(), t.registers(), t.types()), k -> new ArrayList<>()).add(t.number()));
        return sets.values().stream().filter(s -> s.size() > 1).toList();
    }
}
