package bpfmc.explorer.secondopinion.enumerator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** One agent's own state. Shared between worlds until it changes: {@link World#mine}. */
final class Run {
    enum Status { NEW, UNDERWAY, ENDED }

    static final int STACK = 512;
    private static final int CONTEXT = 256;
    static final int PACKET = 128;

    /**
     * A function's frame.
     *
     * @param back slot to return to @param saved registers 6 to 9 of the caller @param walk what calls it, if it is a callback
     */
    record Frame(Bytes stack, int back, List<Value> saved, Walk walk) {
        Frame with(Bytes other) {
            return new Frame(other, back, saved, walk);
        }
    }

    /**
     * A call that runs a callback again and again, under way.
     *
     * @param arguments r1 to r5 of the call @param turns how often it has run the callback
     * @param visited keys of a hash map that it has come to @param disturbed whether anybody has put a key into the map, or taken one out, since it began
     * @param ahead the element that comes next, read before the callback ran; null where that was not read yet
     */
    record Walk(List<Value> arguments, int turns, List<Long> visited, boolean disturbed, Value ahead) {
        Walk disturbedIn(int map) {
            Value first = arguments.getFirst();
            return first.area() == Value.Area.MAP && first.id() == map ? new Walk(arguments, turns, visited, true, ahead) : this;
        }
    }

    /**
     * A helper's progress.
     *
     * @param read what it has copied of the memory its arguments point to @param loads where each of these bytes comes from
     * @param target the value it writes, if that is shared @param contents what it writes there @param written bytes so far @param done whether the main step is behind it
     */
    record Call(Bytes[] read, int[] have, Value target, Bytes contents, int written, Value result) {
        @Override
        public boolean equals(Object o) {
            return o instanceof Call c && Arrays.equals(read, c.read) && Arrays.equals(have, c.have) && Objects.equals(target, c.target)
                    && Objects.equals(contents, c.contents) && written == c.written && Objects.equals(result, c.result);
        }

        @Override
        public int hashCode() {
            return Objects.hash(Arrays.hashCode(read), Arrays.hashCode(have), target, contents, written, result);
        }
    }

    Status status = Status.NEW;
    int pc;
    Value[] registers = new Value[11];
    List<Frame> frames = List.of();
    Bytes context = Bytes.of(CONTEXT);
    Bytes packet = Bytes.of(PACKET);
    int packetLength = -1;
    List<Load> loads = List.of();
    List<Miss> misses = List.of();
    Call call;
    /** The walk that has to find its next element. */
    Walk walk;
    /** Slots at which it took the locks it owns, by element. */
    List<int[]> held = List.of();
    boolean interruptsBefore;
    boolean interruptsBeforeLock;

    Run() {}

    Run(Run other) {
        status = other.status;
        pc = other.pc;
        registers = other.registers.clone();
        frames = other.frames;
        context = other.context;
        packet = other.packet;
        packetLength = other.packetLength;
        loads = other.loads;
        misses = other.misses;
        call = other.call;
        walk = other.walk;
        held = other.held;
        interruptsBefore = other.interruptsBefore;
        interruptsBeforeLock = other.interruptsBeforeLock;
    }

    /** {@return the run as it ends: nothing of it matters but what it left behind} */
    Run ended() {
        Run end = new Run();
        end.status = Status.ENDED;
        end.held = held;
        return end;
    }

    Value get(int register) {
        if (registers[register] == null) {
            throw new NotEnumerated("register " + register + " is read before it is written");
        }
        return registers[register];
    }

    Frame frame() {
        return frames.getLast();
    }

    void stack(int frame, Bytes stack) {
        List<Frame> changed = new ArrayList<>(frames);
        changed.set(frame, frames.get(frame).with(stack));
        frames = List.copyOf(changed);
    }

    /** Somebody has put a key into the map, or taken one out. {@return whether a walk of this run notices} */
    boolean walks(int map) {
        return walk != null && !walk.disturbedIn(map).equals(walk) || frames.stream().anyMatch(f -> f.walk() != null && !f.walk().disturbedIn(map).equals(f.walk()));
    }

    void disturb(int map) {
        walk = walk == null ? null : walk.disturbedIn(map);
        frames = frames.stream().map(f -> f.walk() == null ? f : new Frame(f.stack(), f.back(), f.saved(), f.walk().disturbedIn(map))).toList();
    }

    int heldAt(int element) {
        return held.stream().filter(h -> h[0] == element).map(h -> h[1]).findFirst().orElse(-1);
    }

    private List<List<Integer>> heldList() {
        return held.stream().map(h -> List.of(h[0], h[1])).toList();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Run r && status == r.status && pc == r.pc && Arrays.equals(registers, r.registers) && frames.equals(r.frames)
                && context.equals(r.context) && packet.equals(r.packet) && packetLength == r.packetLength && loads.equals(r.loads)
                && misses.equals(r.misses) && Objects.equals(call, r.call) && Objects.equals(walk, r.walk) && heldList().equals(r.heldList())
                && interruptsBefore == r.interruptsBefore && interruptsBeforeLock == r.interruptsBeforeLock;
    }

    @Override
    public int hashCode() {
        return Objects.hash(status, pc, Arrays.hashCode(registers), frames, context, packet, packetLength, loads, misses, call, walk);
    }
}
