package bpfmc.explorer.secondopinion.enumerator;

import bpfmc.explorer.secondopinion.enumerator.Op.Access;
import bpfmc.explorer.secondopinion.enumerator.Run.Call;
import bpfmc.explorer.secondopinion.enumerator.Setup.Unknowns.Source;
import bpfmc.explorer.secondopinion.enumerator.Value.Area;
import java.util.List;

/** Calls: first what the arguments point to is copied, piece by piece, then the main step is made, then what is written is copied. */
final class Helpers {
    static final int LOOKUP = 1;
    static final int UPDATE = 2;
    static final int DELETE = 3;
    static final int RANDOM = 7;
    static final int CPU = 8;
    static final int STORE_BYTES = 9;
    static final int LOAD_BYTES = 26;
    static final int CHECKSUM = 28;
    static final int LOCK = 93;
    static final int UNLOCK = 94;
    static final int READ_KERNEL = 113;

    private static final int PIECE = 8;
    private static final long E2BIG = -7;
    private static final long EFAULT = -14;
    private static final long EEXIST = -17;
    private static final long EINVAL = -22;

    private Helpers() {}

    /** Memory that a call reads. */
    private record Argument(int register, int size) {}

    private static List<Argument> reads(World w, int agent) {
        Run run = w.runs[agent];
        return switch (helper(w, agent)) {
            case LOOKUP, DELETE -> List.of(new Argument(2, map(w, run).keySize()));
            case UPDATE -> List.of(new Argument(2, map(w, run).keySize()), new Argument(3, map(w, run).valueSize()));
            case STORE_BYTES -> List.of(new Argument(3, (int) run.get(4).bits()));
            case CHECKSUM -> List.of(new Argument(1, (int) run.get(2).bits()), new Argument(3, (int) run.get(4).bits()));
            case READ_KERNEL -> List.of(new Argument(3, (int) run.get(2).bits()));
            default -> List.of();
        };
    }

    static int helper(World w, int agent) {
        return w.agent(agent).program().code().get(w.runs[agent].pc) instanceof bpfmc.model.isa.Instruction.CallHelper c ? c.helper() : 0;
    }

    private static MapSpec map(World w, Run run) {
        return w.setup.maps().get(mapNumber(run));
    }

    static int mapNumber(Run run) {
        Value v = run.get(1);
        if (v.area() != Area.MAP) {
            throw new NotEnumerated("a map that is not known");
        }
        return v.id();
    }

    // ---- what is private

    /** {@return whether the call is over, without anybody having noticed; else it stands before something visible} */
    static boolean alone(World w, int agent, Stepper s, int helper) {
        Run run = w.mine(agent);
        run.call = new Call(new Bytes[6], new int[6], null, null, 0, null);
        return advance(w, agent, s);
    }

    private static boolean advance(World w, int agent, Stepper s) {
        Run run = w.mine(agent);
        for (Argument a : reads(w, agent)) {
            if (run.call.have()[a.register()] < a.size()) {
                if (run.get(a.register()).area() == Area.ELEMENT) {
                    return false;
                }
                gatherPrivate(run, s, a);
            }
        }
        Value result = run.call.result();
        if (result == null) {
            result = main(w, agent, s);
            if (result == null) {
                return false;
            }
        }
        if (run.call.target() != null && run.call.written() < run.call.contents().size()) {
            return false;
        }
        finish(run, result);
        return true;
    }

    static void finish(Run run, Value result) {
        run.call = null;
        run.registers[0] = result;
        for (int r = 1; r <= 5; r++) {
            run.registers[r] = null;
        }
        run.pc++;
    }

    private static void gatherPrivate(Run run, Stepper s, Argument a) {
        Bytes read = Bytes.of(a.size());
        for (int i = 0; i < a.size(); i++) {
            Value v = s.loadPrivate(run.get(a.register()), i, 1);
            read = read.storing(0, 1, i, 1, v.bits(), v.loads());
        }
        gathered(run, a.register(), read, a.size());
    }

    private static void gathered(Run run, int register, Bytes read, int have) {
        Bytes[] all = run.call.read().clone();
        int[] counts = run.call.have().clone();
        all[register] = read;
        counts[register] = have;
        run.call = new Call(all, counts, run.call.target(), run.call.contents(), run.call.written(), run.call.result());
    }

    /** {@return the result of a main step that nobody notices, null where somebody does} */
    private static Value main(World w, int agent, Stepper s) {
        Run run = w.mine(agent);
        return switch (helper(w, agent)) {
            case LOOKUP -> map(w, run).hash() ? null : lookupInArray(w, agent);
            case UPDATE -> map(w, run).hash() ? null : updateArray(w, agent);
            case DELETE -> map(w, run).hash() ? null : Value.number(EINVAL, 0);
            case LOCK, UNLOCK -> null;
            case RANDOM -> {
                Bytes any = s.choosing(Bytes.of(4), Source.RANDOM, 0, 4);
                yield Value.number(any.number(0, 4), 0);
            }
            case CPU -> Value.number(w.agent(agent).cpu(), 0);
            case STORE_BYTES -> storeBytes(run, s);
            case LOAD_BYTES -> loadBytes(w, run, s);
            case CHECKSUM -> checksum(run);
            case READ_KERNEL -> copyTo(w, run, s, 1, run.call.read()[3], Value.ZERO);
            default -> throw new NotEnumerated("helper " + helper(w, agent));
        };
    }

    /** {@return the key that a call on a map is about} */
    static long key(Run run) {
        Bytes key = run.call.read()[2];
        return key.number(0, key.size());
    }

    private static Value lookupInArray(World w, int agent) {
        Run run = w.mine(agent);
        long index = key(run);
        return index >= map(w, run).maxEntries() || index < 0 ? Value.ZERO
                : Value.toElement(w.ofArray(mapNumber(run), index, w.agent(agent).cpu()), -1).from(run.call.read()[2].loads(0));
    }

    private static Value updateArray(World w, int agent) {
        Run run = w.mine(agent);
        long flags = KeyTable.known(run.get(4).bits());
        if (flags > KeyTable.EXIST || flags < 0) {
            return Value.number(EINVAL, 0);
        }
        Value found = lookupInArray(w, agent);
        if (found.isNumber() || flags == KeyTable.NOEXIST) {
            return Value.number(found.isNumber() ? E2BIG : EEXIST, 0);
        }
        run.call = new Call(run.call.read(), run.call.have(), found, run.call.read()[3], 0, Value.ZERO);
        return Value.ZERO;
    }

    private static Value storeBytes(Run run, Stepper s) {
        int at = (int) run.get(2).bits();
        int size = (int) run.get(4).bits();
        if (at + size > s.packetLength()) {
            return Value.number(EFAULT, 0);
        }
        for (int i = 0; i < size; i++) {
            Bytes from = run.call.read()[3];
            run.packet = run.packet.storing(0, 1, at + i, 1, from.number(i, 1), from.loads(0, i, 1));
        }
        return Value.ZERO;
    }

    private static Value loadBytes(World w, Run run, Stepper s) {
        int at = (int) run.get(2).bits();
        int size = (int) run.get(4).bits();
        boolean inside = at + size <= s.packetLength();
        Bytes contents = Bytes.of(size);
        if (inside) {
            run.packet = s.choosing(run.packet, Source.PACKET, at, size);
        }
        for (int i = 0; i < size; i++) {
            contents = contents.storing(0, 1, i, 1, inside ? run.packet.number(at + i, 1) : 0, inside ? run.packet.loads(0, at + i, 1) : 0);
        }
        return copyTo(w, run, s, 3, contents, inside ? Value.ZERO : Value.number(EFAULT, 0));
    }

    /** Copies to where an argument points: at once if that is private. */
    private static Value copyTo(World w, Run run, Stepper s, int register, Bytes contents, Value result) {
        Value to = run.get(register);
        if (to.area() == Area.ELEMENT) {
            run.call = new Call(run.call.read(), run.call.have(), to, contents, 0, result);
        } else {
            for (int i = 0; i < contents.size(); i++) {
                s.storePrivate(to, i, 1, Value.number(contents.number(i, 1), contents.loads(0, i, 1)));
            }
        }
        return result;
    }

    /** The difference of two sums in one's complement, as lib/checksum.c adds. */
    private static Value checksum(Run run) {
        long sum = Arithmetic.cut(run.get(5).bits(), 4);
        long loads = run.get(5).loads();
        for (int register = 1; register <= 3; register += 2) {
            Bytes read = run.call.read()[register];
            for (int i = 0; read != null && i < read.size(); i += 4) {
                long word = read.number(i, 4);
                sum += register == 1 ? ~word & 0xffff_ffffL : word;
                sum = (sum & 0xffff_ffffL) + (sum >>> 32);
                loads |= read.loads(0, i, 4);
            }
        }
        return Value.number(sum, loads);
    }

    // ---- what others can notice

    static Op standing(World w, int agent) {
        Run run = w.runs[agent];
        for (Argument a : reads(w, agent)) {
            int have = run.call.have()[a.register()];
            if (have < a.size()) {
                Value from = run.get(a.register());
                return new Access(from.id(), from.binding(), (int) from.bits() + have, Math.min(PIECE, a.size() - have), false, false, true);
            }
        }
        if (run.call.target() != null) {
            return piece(w, run);
        }
        return switch (helper(w, agent)) {
            case LOCK -> new Op.Lock(locked(run), false);
            case UNLOCK -> new Op.Unlock(locked(run));
            default -> new Op.Other();
        };
    }

    private static int locked(Run run) {
        if (run.get(1).area() != Area.ELEMENT) {
            throw new NotEnumerated("a lock that is in no map");
        }
        return run.get(1).id();
    }

    /** {@return the next piece to be written, without the bytes that copies leave alone} */
    private static Access piece(World w, Run run) {
        Value to = run.call.target();
        MapSpec spec = w.mapOf(to.id());
        int base = (int) to.bits();
        int from = run.call.written();
        int end = Math.min(from / PIECE * PIECE + PIECE, run.call.contents().size());
        boolean update = run.call.read()[2] != null && run.call.read()[3] != null;
        while (update && from < end && spec.special(base + from)) {
            from++;
        }
        return new Access(to.id(), to.binding(), base + from, end - from, true, false, true);
    }

    /** Makes one visible step of the call. */
    static void perform(World w, int agent, Stepper s, Kernel k) {
        Run run = w.mine(agent);
        switch (standing(w, agent)) {
            case Access a when !a.writes() -> gatherPiece(w, agent, a, k);
            case Access a -> writePiece(run, a, k);
            case Op.Lock l -> {
                k.lock(l.element());
                finish(run, Value.ZERO);
                return;
            }
            case Op.Unlock u -> {
                k.unlock(u.element());
                finish(run, Value.ZERO);
                return;
            }
            case Op.Other o -> {
                finish(run, keyed(w, agent, s));
                return;
            }
            case Op.End e -> throw new IllegalStateException();
        }
        advance(w, agent, s);
    }

    private static void gatherPiece(World w, int agent, Access a, Kernel k) {
        Run run = w.mine(agent);
        Argument argument = reads(w, agent).stream().filter(x -> run.call.have()[x.register()] < x.size()).findFirst().orElseThrow();
        int have = run.call.have()[argument.register()];
        Value v = k.load(a, run.pc).from(run.get(argument.register()).loads());
        Bytes before = have == 0 ? Bytes.of(argument.size()) : run.call.read()[argument.register()];
        gathered(run, argument.register(), before.storing(0, 1, have, a.size(), v.bits(), v.loads()), have + a.size());
    }

    private static void writePiece(Run run, Access a, Kernel k) {
        int from = a.offset() - (int) run.call.target().bits();
        for (int i = 0; i < a.size(); i++) {
            Bytes c = run.call.contents();
            k.store(new Access(a.element(), a.binding(), a.offset() + i, 1, true, false, true),
                    Value.number(c.number(from + i, 1), c.loads(0, from + i, 1)));
        }
        run.call = new Call(run.call.read(), run.call.have(), run.call.target(), run.call.contents(), from + a.size(), run.call.result());
    }

    private static Value keyed(World w, int agent, Stepper s) {
        Run run = w.mine(agent);
        KeyTable keys = new KeyTable(w, agent, mapNumber(run), s.choices());
        return switch (helper(w, agent)) {
            case LOOKUP -> found(keys.lookup(key(run)), run.call.read()[2].loads(0));
            case UPDATE -> Value.number(keys.update(key(run), run.call.read()[3], run.get(4).bits()), 0);
            case DELETE -> Value.number(keys.delete(key(run)), 0);
            default -> throw new IllegalStateException();
        };
    }

    /** {@return what a lookup gives} An address comes from what the key was made of. */
    private static Value found(Value result, long keyLoads) {
        return result.isNumber() ? result : result.from(keyLoads);
    }

    /** {@return the map of which the run stands before putting a key in, or taking one out; -1 when it does not} */
    static int changesKeysOf(World w, int agent) {
        Run run = w.runs[agent];
        boolean changes = run.call != null && (helper(w, agent) == UPDATE || helper(w, agent) == DELETE) && standing(w, agent) instanceof Op.Other;
        return changes ? mapNumber(run) : -1;
    }

    /** What a run stands before, if it is an update of a hash map. */
    record PendingUpdate(int map, long key, Bytes value, long flags) {}

    /** {@return the update of a hash map that the run stands before, or null} */
    static PendingUpdate pending(World w, int agent) {
        Run run = w.runs[agent];
        boolean update = run.call != null && helper(w, agent) == UPDATE && standing(w, agent) instanceof Op.Other;
        return update ? new PendingUpdate(mapNumber(run), key(run), run.call.read()[3], run.get(4).bits()) : null;
    }

    /** {@return the bytes that the run is about to write for a call, by their offset in the piece, and where each comes from} */
    static long loadsOfPiece(Run run, Access a, int i) {
        return run.call.contents().loads(0, a.offset() - (int) run.call.target().bits() + i, 1);
    }

    static long loads(Call call) {
        long all = 0;
        for (int i = 0; call != null && i < call.read().length; i++) {
            all |= call.read()[i] == null ? 0 : call.read()[i].loads(0);
        }
        return call == null || call.contents() == null ? all : all | call.contents().loads(0);
    }
}
