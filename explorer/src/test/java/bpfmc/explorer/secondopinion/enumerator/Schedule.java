package bpfmc.explorer.secondopinion.enumerator;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** Follows a schedule that somebody tells: each step by that run, at that instruction, with those numbers. Runs begin and end in between as they can. */
public final class Schedule {
    /**
     * A step that others can notice.
     *
     * @param slot of the instruction @param map whose bytes, -1 when none are touched @param offset of the bytes @param size how many, 0 when none are
     * @param read what they held, if it is told @param written what they hold then, if it is told @param found whether a key was found: 1, 0, or not told
     */
    public record Step(int agent, int slot, int map, int offset, int size, OptionalLong read, OptionalLong written, OptionalLong found) {}

    /**
     * What comes of it.
     *
     * @param steps how many could be followed at most @param shown whether they all can and what is wanted is wrong with the last world
     * @param worlds how many there were on the way
     */
    public record Result(int steps, boolean shown, int worlds) {}

    private record At(World world, int next) {}

    private final Setup setup;
    private final List<Step> steps;
    private final Enumerator enumerator;

    private Schedule(Setup setup, List<Step> steps) {
        this.setup = setup;
        this.steps = steps;
        this.enumerator = new Enumerator(setup, 0);
    }

    /**
     * {@return what comes of following the steps}
     *
     * @param wanted what must be wrong in the end @param most worlds
     * @throws NotEnumerated when there are more, or a program does something unknown
     */
    public static Result follow(Setup setup, List<Step> steps, Found wanted, int most) {
        return new Schedule(setup, steps).all(wanted, most);
    }

    private Result all(Found wanted, int most) {
        Set<At> seen = new HashSet<>();
        Deque<At> open = new ArrayDeque<>(List.of(new At(new World(setup), 0)));
        int furthest = 0;
        while (!open.isEmpty()) {
            At at = open.pop();
            if (!seen.add(at)) {
                continue;
            }
            furthest = Math.max(furthest, at.next());
            if (at.next() == steps.size() && isWrong(at.world(), wanted)) {
                return new Result(furthest, true, seen.size());
            }
            untold(at.world()).forEach(w -> open.push(new At(w, at.next())));
            if (at.next() < steps.size()) {
                told(at.world(), steps.get(at.next())).forEach(w -> open.push(new At(w, at.next() + 1)));
            }
            if (seen.size() > most) {
                throw new NotEnumerated("more than " + most + " worlds");
            }
        }
        return new Result(furthest, false, seen.size());
    }

    private static boolean isWrong(World w, Found wanted) {
        Enumerator here = new Enumerator(w.setup, 0);
        boolean stuck = here.next(w).isEmpty();
        Judge.judge(w, stuck, here.found());
        return here.found().contains(wanted);
    }

    /** Beginnings and ends. */
    private List<World> untold(World w) {
        List<World> next = new ArrayList<>();
        for (int agent = 0; agent < w.runs.length; agent++) {
            if (w.runs[agent].status == Run.Status.NEW && enumerator.mayStart(w, agent)) {
                enumerator.everyWay(w, agent, next, Kernel::start);
            } else if (w.underway(agent) && !w.suspended(agent) && Kernel.standing(w, agent) instanceof Op.End) {
                enumerator.everyWay(w, agent, next, Kernel::end);
            }
        }
        return next;
    }

    private List<World> told(World w, Step step) {
        List<World> next = new ArrayList<>();
        if (!w.underway(step.agent()) || w.suspended(step.agent()) || w.runs[step.agent()].pc != step.slot()) {
            return next;
        }
        Op op = Kernel.standing(w, step.agent());
        boolean waits = op instanceof Op.End || op instanceof Op.Lock l && !l.resilient() && w.elements.get(l.element()).owner() != Element.NOBODY;
        boolean others = op instanceof Op.Access a
                && (w.elements.get(a.element()).map() != step.map() || a.offset() != step.offset() || a.size() != step.size());
        if (!waits && !others) {
            enumerator.everyWay(w, step.agent(), next, Kernel::step);
            next.removeIf(after -> !agrees(w, after, op, step));
        }
        return next;
    }

    private static boolean agrees(World before, World after, Op op, Step step) {
        if (op instanceof Op.Access a) {
            Bytes was = before.elements.get(a.element()).bytes();
            Bytes is = after.elements.get(a.element()).bytes();
            long read = (a.writes() ? was : is).number(a.offset(), a.size());
            boolean known = !a.writes() || was.chosen(a.offset(), a.size());
            return (step.read().isEmpty() || !known || step.read().getAsLong() == read)
                    && (step.written().isEmpty() || step.written().getAsLong() == is.number(a.offset(), a.size()));
        }
        if (op instanceof Op.Other && step.found().isPresent() && Helpers.helper(before, step.agent()) == Helpers.LOOKUP) {
            Run run = before.runs[step.agent()];
            boolean found = after.keys[Helpers.mapNumber(run)].met().get(Helpers.key(run)) != World.ABSENT;
            return found == (step.found().getAsLong() == 1);
        }
        return true;
    }
}
