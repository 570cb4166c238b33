package bpfmc.explorer.litmus;

import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;

/** Which cells the rest of a thread may write to: the instructions that can be reached, with addresses as far as they are known. */
final class LaterWrites {
    private final List<Instruction> code;
    private final Cells cells;
    private final BitSet[] reached;

    LaterWrites(List<Instruction> code, Cells cells) {
        this.code = code;
        this.cells = cells;
        this.reached = new BitSet[code.size() + 1];
        for (int at = 0; at <= code.size(); at++) {
            reached[at] = new BitSet();
            reach(at, reached[at]);
        }
    }

    private void reach(int start, BitSet seen) {
        java.util.ArrayDeque<Integer> todo = new java.util.ArrayDeque<>(List.of(start));
        while (!todo.isEmpty()) {
            int at = todo.pop();
            if (at < code.size() && !seen.get(at)) {
                seen.set(at);
                switch (code.get(at)) {
                    case Instruction.Goto g -> todo.push(g.target());
                    case Instruction.Branch b -> {
                        todo.push(b.target());
                        todo.push(at + 1);
                    }
                    case Instruction.Compute c -> todo.push(at + 1);
                    case Instruction.Load l -> todo.push(at + 1);
                    case Instruction.Store s -> todo.push(at + 1);
                    case Instruction.Atomic a -> todo.push(at + 1);
                    case Instruction.CompareExchange c -> todo.push(at + 1);
                }
            }
        }
    }

    /** {@return which cells may be written to from an instruction on, where registers hold these values} */
    IntPredicate from(int at, Value[] registers) {
        BitSet changed = new BitSet();
        reached[at].stream().forEach(i -> {
            int to = target(code.get(i));
            if (to >= 0) {
                changed.set(to);
            }
        });
        BitSet written = new BitSet();
        boolean[] any = {false};
        reached[at].stream().forEach(i -> {
            Instruction.Place place = written(code.get(i));
            if (place != null) {
                if (!changed.get(place.base()) && registers[place.base()] instanceof Value.Address(String variable, long offset)) {
                    cells.at(new Value.Address(variable, offset + place.offset())).ifPresent(written::set);
                } else if (changed.get(place.base()) || registers[place.base()] instanceof Value.Unknown) {
                    any[0] = true;
                }
            }
        });
        return any[0] ? cell -> true : written::get;
    }

    private static int target(Instruction instruction) {
        return switch (instruction) {
            case Instruction.Compute c -> c.to();
            case Instruction.Load l -> l.to();
            case Instruction.Atomic a -> a.fetch() ? a.register() : -1;
            case Instruction.CompareExchange c -> 0;
            case Instruction.Store s -> -1;
            case Instruction.Goto g -> -1;
            case Instruction.Branch b -> -1;
        };
    }

    private static Instruction.Place written(Instruction instruction) {
        return switch (instruction) {
            case Instruction.Store s -> s.place();
            case Instruction.Atomic a -> a.place();
            case Instruction.CompareExchange c -> c.place();
            case Instruction.Compute c -> null;
            case Instruction.Load l -> null;
            case Instruction.Goto g -> null;
            case Instruction.Branch b -> null;
        };
    }
}
