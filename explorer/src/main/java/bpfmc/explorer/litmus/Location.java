package bpfmc.explorer.litmus;

import java.util.Comparator;

/** What a condition can speak of: registers, and cells of variables. Registers come first. */
public sealed interface Location extends Comparable<Location> {
    /** A register of a thread. */
    record Register(int thread, int number) implements Location {
        @Override
        public String toString() {
            return thread + ":r" + number;
        }
    }

    /** An element of a variable. */
    record Cell(String variable, int index, boolean array) implements Location {
        @Override
        public String toString() {
            return array ? variable + "[" + index + "]" : "[" + variable + "]";
        }
    }

    @Override
    default int compareTo(Location other) {
        return switch (this) {
            case Register r when other instanceof Register o -> Comparator.comparingInt(Register::thread).thenComparingInt(Register::number).compare(r, o);
            case Cell c when other instanceof Cell o -> Comparator.comparing(Cell::variable).thenComparingInt(Cell::index).compare(c, o);
            case Register r -> -1;
            case Cell c -> 1;
        };
    }
}
