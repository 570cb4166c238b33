package bpfmc.explorer.toy;

import bpfmc.explorer.space.Step;
import bpfmc.explorer.space.TransitionSystem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.eclipse.collections.impl.factory.primitive.IntLists;

/** Systems from the textbooks, and random ones. */
public final class Toys {
    private Toys() {}

    /**
     * {@return a directed graph written as paths that all start in the same node}
     *
     * <p>A path is words: nodes, with the actor of the step between them, as in {@code "1 a 2 b 3"}. The choices of an
     * actor in a node are numbered in the order they are first mentioned.
     */
    public static TransitionSystem graph(String... paths) {
        Map<Integer, List<Step>> edges = new TreeMap<>();
        for (String path : paths) {
            String[] words = path.split(" ");
            for (int i = 0; i + 2 < words.length; i += 2) {
                List<Step> out = edges.computeIfAbsent(Integer.parseInt(words[i]), from -> new ArrayList<>());
                int actor = words[i + 1].charAt(0) - 'a';
                int to = Integer.parseInt(words[i + 2]);
                if (out.stream().noneMatch(step -> step.actor() == actor && step.state().getFirst() == to)) {
                    int choice = (int) out.stream().filter(step -> step.actor() == actor).count();
                    out.add(Step.of(actor, choice, to));
                }
            }
        }
        int start = Integer.parseInt(paths[0].split(" ")[0]);
        return new Automaton(IntLists.immutable.of(start), state -> edges.getOrDefault(state[0], List.of()));
    }

    /** {@return two states, each after the other, for ever} */
    public static TransitionSystem binaryClock() {
        return new Automaton(IntLists.immutable.of(0), state -> List.of(Step.of(0, 0, 1 - state[0])));
    }

    /** {@return philosophers who take the left fork, then the right one, then put both down} Components: forks held. */
    public static TransitionSystem philosophers(int seats) {
        return new Automaton(IntLists.immutable.of(new int[seats]), state -> {
            List<Step> steps = new ArrayList<>();
            for (int p = 0; p < seats; p++) {
                boolean leftFree = state[(p + seats - 1) % seats] != 2;
                boolean rightFree = state[(p + 1) % seats] == 0;
                if (state[p] == 2 || (state[p] == 0 ? leftFree : rightFree)) {
                    steps.add(Step.of(p, 0, with(state, p, (state[p] + 1) % 3)));
                }
            }
            return steps;
        });
    }

    /**
     * {@return Peterson's lock for two threads, each entering once}
     *
     * <p>Components: turn, then for each thread where it is: 0 idle, 1 flag raised, 2 turn given away, 3 inside, 4
     * done.
     */
    public static TransitionSystem peterson() {
        return new Automaton(IntLists.immutable.of(0, 0, 0), state -> {
            List<Step> steps = new ArrayList<>();
            for (int me = 0; me < 2; me++) {
                int at = state[1 + me];
                int other = state[2 - me];
                boolean otherFlag = other >= 1 && other <= 3;
                boolean blocked = at == 4 || at == 2 && otherFlag && state[0] != me;
                if (!blocked) {
                    int[] next = with(state, 1 + me, at + 1);
                    steps.add(Step.of(me, 0, at == 1 ? with(next, 0, 1 - me) : next));
                }
            }
            return steps;
        });
    }

    /**
     * {@return threads that each add one to a counter, by a load and a store}
     *
     * <p>Components: counter, lock, then for each thread 0 idle, 1 lock taken, 2 + t loaded t, 2 + threads stored,
     * 3 + threads done.
     */
    public static TransitionSystem counter(int threads, Locking locking) {
        int stored = 2 + threads;
        return new Automaton(IntLists.immutable.of(new int[2 + threads]), state -> {
            List<Step> steps = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int me = 2 + i;
                int at = state[me];
                if (at == 0 && (locking == Locking.NONE || state[1] == 0)) {
                    int[] next = with(state, me, 1);
                    steps.add(Step.of(i, 0, locking == Locking.NONE ? next : with(next, 1, 1)));
                } else if (at == 1) {
                    steps.add(Step.of(i, 0, with(state, me, 2 + state[0])));
                } else if (at >= 2 && at < stored) {
                    steps.add(Step.of(i, 0, with(with(state, me, stored), 0, at - 2 + 1)));
                } else if (at == stored) {
                    steps.add(Step.of(i, 0, with(with(state, me, stored + 1), 1, 0)));
                }
            }
            return steps;
        });
    }

    /** Whether threads take a lock. */
    public enum Locking { LOCK, NONE }

    /**
     * {@return a random system of up to {@code most} states} States are distinct vectors of small and large numbers;
     * {@code shape} says whether steps may lead back.
     */
    public static TransitionSystem random(Random random, int most, int actors, Shape shape) {
        int count = 1 + random.nextInt(most);
        int width = 1 + random.nextInt(3);
        int[][] vectors = new int[count][width];
        for (int i = 0; i < count; i++) {
            for (int c = 0; c < width; c++) {
                vectors[i][c] = random.nextInt(8) == 0 ? random.nextInt(Integer.MAX_VALUE) : random.nextInt(3);
            }
            vectors[i][width - 1] = i;
        }
        List<List<Step>> edges = new ArrayList<>();
        for (int from = 0; from < count; from++) {
            edges.add(randomSteps(random, from, vectors, actors, shape));
        }
        return new Automaton(IntLists.immutable.of(vectors[0]), state -> edges.get(state[width - 1]));
    }

    /** Whether a random system may have cycles. */
    public enum Shape { ACYCLIC, ANY }

    private static List<Step> randomSteps(Random random, int from, int[][] vectors, int actors, Shape shape) {
        List<Step> steps = new ArrayList<>();
        int first = shape == Shape.ACYCLIC ? from + 1 : 0;
        if (first < vectors.length) {
            for (int left = random.nextInt(4); left > 0; left--) {
                int to = first + random.nextInt(vectors.length - first);
                steps.add(Step.of(random.nextInt(actors), steps.size(), vectors[to]));
            }
        }
        return steps;
    }

    private static int[] with(int[] state, int component, int value) {
        int[] changed = Arrays.copyOf(state, state.length);
        changed[component] = value;
        return changed;
    }
}
