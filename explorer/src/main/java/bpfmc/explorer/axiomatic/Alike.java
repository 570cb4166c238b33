package bpfmc.explorer.axiomatic;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which threads nothing tells apart yet: they do the same, were answered the same, and no write of theirs has a place. Of the executions that
 * differ only by the names of such threads one is explored, with a weight that says for how many it stands. Never changes.
 */
final class Alike {
    private final int[] leader;
    private final BigInteger weight;

    private Alike(int[] leader, BigInteger weight) {
        this.leader = leader;
        this.weight = weight;
    }

    /** {@return the threads of each set alike, all others alone} */
    static Alike of(int threads, List<List<Integer>> sets) {
        int[] leader = IntStream.range(0, threads).toArray();
        for (List<Integer> set : sets) {
            int first = set.stream().min(Integer::compare).orElseThrow();
            set.forEach(t -> leader[t] = first);
        }
        return new Alike(leader, BigInteger.ONE);
    }

    /** {@return how many executions one stands for} */
    BigInteger weight() {
        return weight;
    }

    boolean leads(int thread) {
        return leader[thread] == thread;
    }

    /** {@return the threads that are like this one, itself among them, in ascending order} */
    int[] with(int thread) {
        return IntStream.range(0, leader.length).filter(t -> leader[t] == leader[thread]).toArray();
    }

    /** {@return the same after the threads of a set have decided: those with equal picks stay alike, and any other of the set might have picked so} */
    Alike parted(int[] members, int[] picks) {
        if (members.length == 1) {
            return this;
        }
        int[] parted = leader.clone();
        BigInteger ways = factorial(members.length);
        for (int i = 0; i < members.length; i++) {
            int first = i;
            while (first > 0 && picks[first - 1] == picks[i]) {
                first--;
            }
            parted[members[i]] = members[first];
            ways = ways.divide(BigInteger.valueOf(i - first + 1L));
        }
        return new Alike(parted, weight.multiply(ways));
    }

    /** {@return the same after each thread of a set has gone its own way} */
    Alike parted(int[] members) {
        return parted(members, IntStream.range(0, members.length).toArray());
    }

    static BigInteger factorial(int n) {
        return IntStream.rangeClosed(2, n).mapToObj(BigInteger::valueOf).reduce(BigInteger.ONE, BigInteger::multiply);
    }

    @Override
    public String toString() {
        return Arrays.toString(leader) + " x " + weight;
    }
}
