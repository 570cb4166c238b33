package bpfmc.explorer.secondopinion.enumerator;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** All worlds. */
public final class Enumerator {
    /** @param ends how everything can end @param worlds how many there were */
    public record Result(Set<Found> found, Set<End> ends, int worlds) {}

    /**
     * What maps hold when nobody can step.
     *
     * @param contents of each value by "map/key/cpu": its bytes, null those that nobody chose; "absent" of keys that find nothing
     * @param ended whether every run has come to its end
     */
    public record End(Map<String, List<Integer>> contents, boolean ended) {}

    private final Setup setup;
    private final int most;
    private final Set<Found> found = new LinkedHashSet<>();
    private final Set<End> ends = new HashSet<>();

    Enumerator(Setup setup, int most) {
        this.setup = setup;
        this.most = most;
    }

    /**
     * {@return what can happen}
     *
     * @param most worlds
     * @throws NotEnumerated when there are more, or a program does something unknown
     */
    public static Result enumerate(Setup setup, int most) {
        return new Enumerator(setup, most).all();
    }

    private Result all() {
        Set<World> seen = new HashSet<>();
        Deque<World> open = new ArrayDeque<>();
        World first = new World(setup);
        seen.add(first);
        open.push(first);
        while (!open.isEmpty()) {
            World w = open.pop();
            List<World> next = next(w);
            Judge.judge(w, next.isEmpty(), found);
            if (next.isEmpty()) {
                ends.add(end(w));
            }
            for (World n : next) {
                if (seen.add(n)) {
                    open.push(n);
                }
            }
            if (seen.size() > most) {
                throw new NotEnumerated("more than " + most + " worlds");
            }
        }
        return new Result(found, ends, seen.size());
    }

    /** {@return what a step of anybody makes of a world} What is wrong with a step itself is added to {@link #found()}. */
    List<World> next(World w) {
        List<World> next = new ArrayList<>();
        for (int i = 0; i < w.runs.length; i++) {
            int agent = i;
            if (w.runs[agent].status == Run.Status.NEW && mayStart(w, agent)) {
                everyWay(w, agent, next, Kernel::start);
            } else if (w.underway(agent) && !w.suspended(agent)) {
                switch (Kernel.standing(w, agent)) {
                    case Op.Lock l when !l.resilient() && w.elements.get(l.element()).owner() != Element.NOBODY -> { }
                    case Op.End e -> everyWay(w, agent, next, Kernel::end);
                    default -> everyWay(w, agent, next, Kernel::step);
                }
            }
        }
        return next;
    }

    Set<Found> found() {
        return found;
    }

    void everyWay(World w, int agent, List<World> next, Consumer<Kernel> step) {
        Choices choices = new Choices();
        do {
            World after = new World(w);
            step.accept(new Kernel(after, agent, choices, found));
            next.add(after);
        } while (choices.more());
    }

    /** An interrupt may come where interrupts are on, an NMI anywhere; runs of one rank wait for those before them. */
    boolean mayStart(World w, int agent) {
        Setup.Agent own = w.agent(agent);
        for (int before = 0; before < agent; before++) {
            Setup.Agent other = w.agent(before);
            if (other.cpu() == own.cpu() && other.rank() == own.rank() && w.runs[before].status != Run.Status.ENDED) {
                return false;
            }
        }
        List<Integer> stack = w.stacks.get(own.cpu());
        return stack.isEmpty() || own.level().compareTo(w.agent(stack.getLast()).level()) > 0
                && (own.level() == Setup.Level.NMI || w.interrupts[own.cpu()]);
    }

    private End end(World w) {
        Map<String, List<Integer>> contents = new TreeMap<>();
        for (int map = 0; map < setup.maps().size(); map++) {
            int number = map;
            w.keys[map].met().forEach((key, e) -> contents.put(number + "/" + key + "/0", e == World.ABSENT ? List.of() : bytes(w.elements.get(e))));
        }
        for (Element e : w.elements) {
            if (!setup.maps().get(e.map()).hash()) {
                contents.put(e.map() + "/" + e.index() + "/" + e.cpu(), bytes(e));
            }
        }
        boolean ended = true;
        for (Run run : w.runs) {
            ended &= run.status == Run.Status.ENDED;
        }
        return new End(contents, ended);
    }

    /** {@return the bytes, -1 those not chosen} */
    private static List<Integer> bytes(Element e) {
        List<Integer> bytes = new ArrayList<>();
        for (int i = 0; i < e.bytes().size(); i++) {
            bytes.add(e.bytes().chosen(i) ? (int) e.bytes().number(i, 1) : -1);
        }
        return bytes;
    }
}
