package bpfmc.explorer.secondopinion.enumerator;

import bpfmc.explorer.secondopinion.enumerator.Found.Place;
import bpfmc.explorer.secondopinion.enumerator.Found.Property;
import bpfmc.explorer.secondopinion.enumerator.Op.Access;
import bpfmc.model.isa.AtomicOp;
import bpfmc.model.isa.Instruction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntToLongFunction;

/** What is wrong with a world: the properties of the README, word by word. */
final class Judge {
    private Judge() {}

    /** @param stuck whether nobody can step */
    static void judge(World w, boolean stuck, Set<Found> found) {
        for (int a = 0; a < w.runs.length; a++) {
            if (w.underway(a)) {
                Op op = Kernel.standing(w, a);
                lockDiscipline(w, a, op, found);
                lostUpdate(w, a, op, found);
                if (op instanceof Access x) {
                    staleElement(w, a, x, found);
                    for (int b = a + 1; b < w.runs.length; b++) {
                        if (w.underway(b) && Kernel.standing(w, b) instanceof Access y) {
                            dataRace(w, a, x, b, y, found);
                        }
                    }
                }
            }
        }
        if (stuck) {
            deadlock(w, found);
        }
    }

    /** Two runs are about to touch the same bytes, one of them writing, not both atomically. */
    private static void dataRace(World w, int a, Access x, int b, Access y, Set<Found> found) {
        if (!x.overlaps(y) || !x.writes() && !y.writes() || x.atomic() && y.atomic()) {
            return;
        }
        boolean warning = !(x.writes() && y.writes()) && whole(x) && whole(y) && x.offset() == y.offset() && x.size() == y.size();
        found.add(Found.of(Property.DATA_RACE, warning, w.elements.get(x.element()).map(), List.of(Kernel.place(w, a), Kernel.place(w, b))));
    }

    /** Whether no machine does the access in parts. */
    private static boolean whole(Access a) {
        return a.size() <= 8 && Integer.bitCount(a.size()) == 1 && a.offset() % a.size() == 0;
    }

    /** A write to an element deleted or replaced since it was looked up, any access to one reused for another key. */
    private static void staleElement(World w, int agent, Access a, Set<Found> found) {
        Element e = w.elements.get(a.element());
        boolean gone = a.binding() >= 0 && !e.still(a.binding());
        if (gone && (a.writes() || e.hadAnother(a.binding()))) {
            found.add(Found.of(Property.STALE_ELEMENT, !a.writes(), e.map(), List.of(Kernel.place(w, agent))));
        }
    }

    /** A lock is taken twice, released unowned, or still owned at the end. */
    private static void lockDiscipline(World w, int agent, Op op, Set<Found> found) {
        Run run = w.runs[agent];
        switch (op) {
            case Op.Lock l when !l.resilient() && run.heldAt(l.element()) >= 0 -> found.add(lock(w, l.element(), Kernel.place(w, agent)));
            case Op.Unlock u when run.heldAt(u.element()) < 0 -> found.add(lock(w, u.element(), Kernel.place(w, agent)));
            case Op.End e -> run.held.forEach(h -> found.add(lock(w, h[0], new Place(w.agent(agent).program().name(), h[1]))));
            default -> { }
        }
    }

    private static Found lock(World w, int element, Place place) {
        return Found.of(Property.LOCK_DISCIPLINE, false, w.elements.get(element).map(), List.of(place));
    }

    // ---- lost updates

    private static void lostUpdate(World w, int agent, Op op, Set<Found> found) {
        Run run = w.runs[agent];
        if (op instanceof Access a && a.writes()) {
            if (a.copy()) {
                lost(w, agent, a.element(), a.offset(), a.size(), i -> Helpers.loadsOfPiece(run, a, i), found);
            } else {
                long loads = stored(w, agent, run);
                lost(w, agent, a.element(), a.offset(), a.size(), i -> loads, found);
            }
        }
        Helpers.PendingUpdate update = Helpers.pending(w, agent);
        if (update != null) {
            lostByUpdate(w, agent, update, found);
        }
    }

    /** {@return where the number comes from that a store or exchange puts there} */
    private static long stored(World w, int agent, Run run) {
        return switch (w.agent(agent).program().code().get(run.pc)) {
            case Instruction.Store i when i.src() instanceof bpfmc.model.isa.Operand.Reg r -> run.get(r.register().number()).loads();
            case Instruction.Atomic i when i.op() == AtomicOp.XCHG -> run.get(i.src().number()).loads();
            default -> 0;
        };
    }

    /** The bytes are about to hold what comes from loads of themselves, which others have stored to since. */
    static void lost(World w, int agent, int element, int offset, int size, IntToLongFunction from, Set<Found> found) {
        Element e = w.elements.get(element);
        for (int i = 0; i < size; i++) {
            for (long left = from.applyAsLong(i); left != 0; left &= left - 1) {
                Load l = w.runs[agent].loads.get(Long.numberOfTrailingZeros(left));
                boolean bytes = l.element() == element && (l.bits(offset + i, 1) & l.overwritten()) != 0;
                boolean value = w.mapOf(element).hash() && e.bound() && l.ofValue(e.map(), e.key()) && (l.bits(offset + i, 1) & l.replaced()) != 0;
                if (bytes || value) {
                    found.add(lost(w, agent, e.map(), l.slot()));
                }
            }
        }
    }

    private static Found lost(World w, int agent, int map, int slot) {
        return new Found(Property.LOST_UPDATE, false, map, List.of(new Place(w.agent(agent).program().name(), slot), Kernel.place(w, agent)));
    }

    private static void lostByUpdate(World w, int agent, Helpers.PendingUpdate u, Set<Found> found) {
        Integer element = w.keys[u.map()].met().get(u.key());
        if (element == null || element == World.ABSENT || u.flags() == KeyTable.NOEXIST || u.flags() > KeyTable.EXIST) {
            return;
        }
        Run run = w.runs[agent];
        List<Miss> wiped = run.misses.stream().filter(m -> u.flags() == 0 && m.map() == u.map() && m.key() == u.key() && m.inserted()).toList();
        wiped.forEach(m -> found.add(lost(w, agent, u.map(), m.slot())));
        MapSpec spec = w.setup.maps().get(u.map());
        for (int i = 0; wiped.isEmpty() && i < u.value().size(); i++) {
            for (long left = spec.special(i) ? 0 : u.value().loads(0, i, 1); left != 0; left &= left - 1) {
                Load l = run.loads.get(Long.numberOfTrailingZeros(left));
                if (l.ofValue(u.map(), u.key()) && (l.bits(i, 1) & l.replaced()) != 0) {
                    found.add(lost(w, agent, u.map(), l.slot()));
                }
            }
        }
    }

    // ---- deadlocks

    /** Nobody can go on: those who wait for each other, or the last who waits for a run that has ended. */
    private static void deadlock(World w, Set<Found> found) {
        int[] waitsFor = new int[w.runs.length];
        for (int a = 0; a < waitsFor.length; a++) {
            waitsFor[a] = w.underway(a) ? waitsFor(w, a) : Element.NOBODY;
        }
        Set<Set<Integer>> told = new HashSet<>();
        for (int a = 0; a < waitsFor.length; a++) {
            List<Integer> core = core(waitsFor, a);
            core.removeIf(x -> w.suspended(x) && !(Kernel.standing(w, x) instanceof Op.Lock));
            if (!core.isEmpty() && told.add(Set.copyOf(core))) {
                int first = core.stream().sorted().filter(x -> Kernel.standing(w, x) instanceof Op.Lock).findFirst().orElseThrow();
                int map = w.elements.get(((Op.Lock) Kernel.standing(w, first)).element()).map();
                found.add(Found.of(Property.DEADLOCK, false, map, core.stream().map(x -> Kernel.place(w, x)).toList()));
            }
        }
    }

    private static int waitsFor(World w, int agent) {
        List<Integer> stack = w.stacks.get(w.agent(agent).cpu());
        int above = stack.indexOf(agent) + 1;
        return above < stack.size() ? stack.get(above) : w.elements.get(((Op.Lock) Kernel.standing(w, agent)).element()).owner();
    }

    private static List<Integer> core(int[] waitsFor, int from) {
        List<Integer> walk = new ArrayList<>();
        int at = from;
        while (at != Element.NOBODY && waitsFor[at] != Element.NOBODY && !walk.contains(at)) {
            walk.add(at);
            at = waitsFor[at];
        }
        int again = walk.indexOf(at);
        return new ArrayList<>(again >= 0 ? walk.subList(again, walk.size()) : walk.isEmpty() ? walk : List.of(walk.getLast()));
    }
}
