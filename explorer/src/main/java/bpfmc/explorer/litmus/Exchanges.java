package bpfmc.explorer.litmus;

import bpfmc.explorer.axiomatic.Execution;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;

/**
 * The final registers of all executions that one stands for: threads that do the same have changed places. Threads that nobody asks of need not be told
 * apart, so for these only the number of ways counts.
 */
final class Exchanges {
    private final List<List<Integer>> sets;
    private final List<List<Integer>> askedThreads = new ArrayList<>();
    private final List<List<Integer>> askedRegisters = new ArrayList<>();

    /** Final values of registers. */
    interface Registers {
        Value of(Location.Register register);
    }

    Exchanges(List<List<Integer>> sets, Set<Location> asked) {
        this.sets = sets;
        for (List<Integer> set : sets) {
            Set<Integer> threads = new TreeSet<>();
            Set<Integer> registers = new TreeSet<>();
            for (Location location : asked) {
                if (location instanceof Location.Register r && set.contains(r.thread())) {
                    threads.add(r.thread());
                    registers.add(r.number());
                }
            }
            askedThreads.add(List.copyOf(threads));
            askedRegisters.add(List.copyOf(registers));
        }
    }

    /** Passes on each way to tell the asked threads of each set what they end with, and how many executions end so. */
    void each(Execution<Value> execution, BiConsumer<Registers, BigInteger> out) {
        int[] plays = IntStream.range(0, execution.registers().size()).toArray();
        each(execution, 0, plays, execution.weight(), out);
    }

    /** @param plays for each thread the one of the execution whose part it plays */
    private void each(Execution<Value> execution, int set, int[] plays, BigInteger weight, BiConsumer<Registers, BigInteger> out) {
        if (set == sets.size()) {
            out.accept(r -> execution.registers().get(plays[r.thread()]).get(r.number()), weight);
            return;
        }
        Map<List<Value>, List<Integer>> parts = new LinkedHashMap<>();
        for (int thread : sets.get(set)) {
            parts.computeIfAbsent(askedRegisters.get(set).stream().map(execution.registers().get(thread)::get).toList(), k -> new ArrayList<>()).add(thread);
        }
        List<List<Integer>> groups = List.copyOf(parts.values());
        int[] left = groups.stream().mapToInt(List::size).toArray();
        BigInteger all = ways(left);
        cast(set, 0, groups, left, plays, p -> each(execution, set + 1, p, weight.multiply(ways(left)).divide(all), out));
    }

    private interface Casting {
        void take(int[] plays);
    }

    private void cast(int set, int index, List<List<Integer>> groups, int[] left, int[] plays, Casting out) {
        List<Integer> threads = askedThreads.get(set);
        if (index == threads.size()) {
            out.take(plays);
            return;
        }
        for (int g = 0; g < left.length; g++) {
            if (left[g] > 0) {
                left[g]--;
                int before = plays[threads.get(index)];
                plays[threads.get(index)] = groups.get(g).getFirst();
                cast(set, index + 1, groups, left, plays, out);
                plays[threads.get(index)] = before;
                left[g]++;
            }
        }
    }

    /** {@return how many orders there are of things of which so many each are alike} */
    private static BigInteger ways(int[] alike) {
        BigInteger out = factorial(IntStream.of(alike).sum());
        for (int n : alike) {
            out = out.divide(factorial(n));
        }
        return out;
    }

    private static BigInteger factorial(int n) {
        return IntStream.rangeClosed(2, n).mapToObj(BigInteger::valueOf).reduce(BigInteger.ONE, BigInteger::multiply);
    }
}
